"""Every kind of mistake a person can make in a file of facts is found, with its file, its row and its column."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mineaction.ledger.packaged import PACKAGED_DATA
from mineaction.ledger.packaged_check import packaged_problems
from mineaction.ledger.validation import Table, kind_problems, texts_named
from mineaction.terms.kinds import KINDS

Rows = list[list[str]]
Change = Callable[[Rows], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged data that a test may break."""
    return Path(shutil.copytree(PACKAGED_DATA, tmp_path / "data"))


def change(path: Path, how: Change) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    how(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def cell(line: int, column: str, value: str) -> Change:
    """Writes one cell; the header is line 1."""

    def write(rows: Rows) -> None:
        rows[line - 1][rows[0].index(column)] = value

    return write


def again(line: int, column: str = "", value: str = "") -> Change:
    """Appends a copy of a line, with one cell written over."""

    def append(rows: Rows) -> None:
        rows.append(list(rows[line - 1]))
        if column:
            rows[-1][rows[0].index(column)] = value

    return append


def renamed(column: str, name: str) -> Change:
    def write(rows: Rows) -> None:
        rows[0][rows[0].index(column)] = name

    return write


def without_last_cell(line: int) -> Change:
    def take(rows: Rows) -> None:
        rows[line - 1].pop()

    return take


def with_column(name: str) -> Change:
    def add(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row.append("" if number else name)

    return add


# file, what is done to it, where it is found, which problem
CORRUPTIONS: list[tuple[str, Change, str, str]] = [
    ("treaty_event", cell(2, "event", "ratified"), ":2 event", "unknown_code"),
    ("treaty_event", cell(2, "treaty", "apmbc"), ":2 treaty", "unknown_code"),
    ("treaty_event", cell(2, "kind", ""), ":2 kind", "fact_field_missing"),
    ("treaty_event", cell(2, "date", ""), ":2 date", "fact_field_missing"),
    ("treaty_event", cell(2, "source", ""), ":2 source", "fact_field_missing"),
    ("treaty_event", cell(2, "date", "2002-02-30"), ":2 date", "impossible_date"),
    ("treaty_event", cell(2, "date", "2002-09"), ":2 date", "impossible_date"),
    ("treaty_event", cell(2, "date", "11.09.2002"), ":2 date", "impossible_date"),
    ("treaty_event", cell(2, "date", "1902-09-11"), ":2 date", "fact_field_wrong"),
    ("treaty_event", cell(2, "known_from", "2002-13-01"), ":2 known_from", "impossible_date"),
    ("treaty_event", cell(2, "known_from", ""), ":2 known_from", "fact_field_missing"),
    ("treaty_event", cell(2, "known_from_basis", ""), ":2 known_from_basis", "fact_field_missing"),
    ("treaty_event", cell(2, "known_from_basis", "guessed"), ":2 known_from_basis", "unknown_code"),
    ("treaty_event", cell(2, "iso3", "AFX"), ":2 iso3", "unknown_state"),
    ("treaty_event", cell(2, "name", "Albania"), ":2 name", "fact_field_wrong"),
    ("treaty_event", cell(2, "name", "WORLD"), ":2 name", "fact_field_wrong"),
    ("treaty_event", cell(2, "event", "consent "), ":2 event", "fact_field_wrong"),
    ("treaty_event", again(2), ":724", "fact_duplicate"),
    ("treaty_event", again(2, "date", "2003-09-11"), ":724", "fact_subject_duplicate"),
    ("treaty_event", renamed("iso3", "state"), ":1", "fact_column_missing"),
    ("treaty_event", with_column("depositary"), ":1", "fact_column_unknown"),
    ("treaty_event", without_last_cell(5), ":5", "fact_row_broken"),
    ("treaty_claim", cell(3, "date_bound", "near"), ":3 date_bound", "unknown_code"),
    ("treaty_claim", again(3, "claimant", "somebody else"), ":6", "fact_subject_duplicate"),
    ("treaty_list", cell(2, "listed_consents", "166 or so"), ":2 listed_consents", "fact_field_wrong"),
    ("treaty_list", cell(2, "listed_consents", "-1"), ":2 listed_consents", "fact_field_wrong"),
    ("treaty_rule", cell(2, "article", "23"), ":2 article", "fact_field_wrong"),
    ("treaty_rule", cell(2, "rule_id", "rule 1"), ":2 rule_id", "fact_field_wrong"),
    ("article_event", cell(2, "date", "2014-00"), ":2 date", "impossible_date"),
    ("article_event", cell(2, "article", "7"), ":2 article", "unknown_code"),
    ("country", cell(2, "iso2", "Aruba"), ":2 iso2", "fact_field_wrong"),
    ("country", cell(3, "un_member_since_year", ""), ":3 un_member_since_year", "fact_field_missing"),
    ("country", cell(3, "un_member_since_year", "1944"), ":3 un_member_since_year", "fact_field_wrong"),
    ("country", cell(3, "un_member_since_year", "46"), ":3 un_member_since_year", "fact_field_wrong"),
    ("group_membership", cell(2, "to", "1948-01-01"), ":2 to", "fact_field_wrong"),
    ("group_membership", cell(14, "to", "1950-01-01"), ":14 to", "fact_dates_reversed"),
    ("policy_step", cell(2, "in_force_to", "soon"), ":2 in_force_to", "impossible_date"),
    ("policy_step", cell(30, "in_force_to", "1994-01-01"), ":30 in_force_to", "fact_dates_reversed"),
    ("policy_step", cell(2, "source", "sources/us_law_of_2031.txt"), ":2 source", "text_missing"),
    ("policy_step", cell(2, "source", "statement 001_gone.txt (White House)"), ":2 source", "text_missing"),
    ("policy_step", cell(2, "modality", "verboten"), ":2 modality", "unknown_code"),
    ("funding_record", cell(2, "amount_usd", "10,191,000"), ":2 amount_usd", "fact_field_wrong"),
    ("funding_record", cell(2, "amount_usd", "10.2 million"), ":2 amount_usd", "fact_field_wrong"),
    ("funding_record", cell(2, "fiscal_year_from", "1992"), ":2 fiscal_year_from", "fact_field_wrong"),
    ("funding_record", cell(3, "fiscal_year_to", "1993"), ":3 fiscal_year_to", "fact_dates_reversed"),
    ("funding_record", cell(90, "percent_of_region", "101"), ":90 percent_of_region", "fact_field_wrong"),
    ("funding_record", cell(90, "percent_of_region", "12 %"), ":90 percent_of_region", "fact_field_wrong"),
    ("funding_record", cell(2, "name", "WORLD"), ":2 name", "fact_field_wrong"),
    ("funding_recipient", cell(2, "sources", "0"), ":2 sources", "fact_field_wrong"),
    ("war_victims_fund", cell(4, "as_of", "FY 2014"), ":4 as_of", "fact_field_wrong"),
    ("casualty_count", cell(2, "name", "World"), ":2 name", "fact_field_wrong"),
    ("casualty_count", cell(20, "name", "WORLD"), ":20 name", "fact_field_wrong"),
    ("casualty_count", cell(2, "edition", "Monitor"), ":2 edition", "fact_field_wrong"),
    ("casualty_count", cell(2, "year", "1998"), ":2 year", "fact_field_wrong"),
    ("mine_free_milestone", cell(2, "basis", "free"), ":2 basis", "unknown_code"),
    ("mine_free_count", cell(2, "count", "15\tcountries"), ":2 count", "fact_field_wrong"),
    ("stockpile_figure", cell(2, "quantity", "9.5e6"), ":2 quantity", "fact_field_wrong"),
    ("sets", cell(2, "complete_until", "2026"), ":2 complete_until", "impossible_date"),
    ("sets", cell(2, "kind", "treaty_events"), ":2 kind", "unknown_code"),
    ("sets", cell(2, "note", ""), ":2 note", "fact_field_missing"),
    ("sets", again(2, "complete_until", "2027-01-01"), ":24", "fact_duplicate"),
    ("sets", renamed("key", "part"), ":1", "fact_column_missing"),
]


@pytest.mark.parametrize(
    ("file", "how", "place", "code"), CORRUPTIONS, ids=[f"{one[0]}{one[2]} {one[3]} {n}" for n, one in enumerate(CORRUPTIONS)]
)
def test_a_planted_mistake_is_found_where_it_is(folder: Path, file: str, how: Change, place: str, code: str) -> None:
    change(folder / "facts" / f"{file}.csv", how)
    assert (code, f"facts/{file}.csv{place}") in {(one.code, one.place) for one in packaged_problems(str(folder))}


def test_one_mistake_in_a_cell_is_one_problem(folder: Path) -> None:
    change(folder / "facts" / "treaty_event.csv", cell(2, "iso3", "AFX"))
    (found,) = packaged_problems(str(folder))
    assert found.value == "AFX"
    assert "AFG" in found.remedy or "AFG" in found.message


@pytest.mark.parametrize(
    ("kind", "column", "also"),
    [
        ("treaty_event", "date", ""),
        ("article_event", "deadline_before", ", or only its month (2022-06) or year (2022)"),
        ("policy_step", "in_force_to", ", or only its month (2022-06) or year (2022), or unknown"),
    ],
)
def test_a_date_that_is_none_is_answered_with_all_that_its_field_takes(folder: Path, kind: str, column: str, also: str) -> None:
    change(folder / "facts" / f"{kind}.csv", cell(2, column, "soon"))
    (found,) = (one for one in packaged_problems(str(folder)) if one.value == "soon")
    assert found.remedy == f"Write the day as YYYY-MM-DD, for example 2022-06-21{also}."


def test_claims_may_compete_where_their_kind_says_so(folder: Path) -> None:
    change(folder / "facts" / "casualty_count.csv", again(2, "total", "9000"))
    assert packaged_problems(str(folder)) == []


def test_a_kind_without_a_set_is_a_problem(folder: Path) -> None:
    change(folder / "facts" / "sets.csv", lambda rows: rows.remove(next(row for row in rows if row[0] == "casualty_count")))
    assert [(one.code, one.value) for one in packaged_problems(str(folder))] == [("fact_set_missing", "casualty_count")]


@pytest.mark.parametrize("path", ["facts/lost.csv", "facts/treaty_event.csv", "facts/sets.csv", "texts/manifest.csv"])
def test_a_file_that_is_gone_is_a_problem(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    found = {(one.code, one.place) for one in packaged_problems(str(folder))}
    assert (("packaged_data_broken", path) in found) is (path != "facts/lost.csv")


@pytest.mark.parametrize(("content", "what"), [(b"", "empty"), (b"treaty,iso3\n\xff\xfe", "UTF-8 at byte 12")])
def test_a_file_that_is_empty_or_not_text_is_a_problem(folder: Path, content: bytes, what: str) -> None:
    (folder / "facts" / "treaty_claim.csv").write_bytes(content)
    (found,) = packaged_problems(str(folder))
    assert (found.code, found.place) == ("packaged_data_broken", "facts/treaty_claim.csv")
    assert what in found.message


def test_a_text_with_one_letter_changed_is_found_by_its_sum(folder: Path) -> None:
    path = folder / "texts" / "sources" / "apmbc_1997_en_ca-schedule.txt"
    path.write_bytes(path.read_bytes().replace(b"never", b"always", 1))
    (found,) = packaged_problems(str(folder))
    assert (found.code, found.value) == ("text_changed", "sources/apmbc_1997_en_ca-schedule.txt")


def test_a_text_that_is_gone_and_one_that_nobody_named_are_found(folder: Path) -> None:
    (folder / "texts" / "sources" / "us_10usc407_humanitarian_demining.txt").rename(folder / "texts" / "sources" / "loose.txt")
    assert {(one.code, one.value) for one in packaged_problems(str(folder))} == {
        ("text_missing", "sources/us_10usc407_humanitarian_demining.txt"),
        ("text_not_in_manifest", "sources/loose.txt"),
    }


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("file", "sources/vclt_1969_en_nl-treaty-bank.md", "fact_duplicate"),
        ("sha256", "0" * 64, "text_changed"),
        ("sha256", "unknown", "fact_field_wrong"),
        ("rights", "", "fact_field_missing"),
        ("byte_copy", "nearly", "unknown_code"),
        ("file", "../facts/country.csv", "fact_field_wrong"),
    ],
)
def test_a_mistake_in_the_manifest_is_found(folder: Path, column: str, value: str, code: str) -> None:
    change(folder / "texts" / "manifest.csv", cell(13, column, value))
    found = packaged_problems(str(folder))
    assert code in {one.code for one in found if one.place.startswith("texts/manifest.csv:13")}


def test_every_problem_says_how_to_mend_it(folder: Path) -> None:
    for file, how, _, _ in CORRUPTIONS[:20:4]:
        change(folder / "facts" / f"{file}.csv", how)
    found = packaged_problems(str(folder))
    assert found
    assert all(one.message and one.remedy for one in found)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("https://icbl.org/news/2008/backgrounder.aspx", []),
        ("sources/us_22usc2778_note_landmine_export_moratorium.txt", ["sources/us_22usc2778_note_landmine_export_moratorium.txt"]),
        (
            "statement 002_f35273cdee6493af.txt (White House) ; statement 000_a.txt",
            ["statements/002_f35273cdee6493af.txt", "statements/000_a.txt"],
        ),
    ],
)
def test_the_texts_a_source_names_are_seen(source: str, names: list[str]) -> None:
    assert texts_named(source) == names


def test_a_file_with_nothing_but_its_header_has_no_problem() -> None:
    kind = KINDS["treaty_claim"]
    assert kind_problems(kind, Table("facts/treaty_claim.csv", kind.columns(), []), {}, []) == []
