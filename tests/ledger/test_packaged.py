"""The packaged book keeps the promises of a book, reads late, and says what is broken instead of answering from it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import PACKAGED_DATA, PackagedBook, packaged_book
from mineaction.terms.kinds import PACKAGED_KINDS
from mineaction.terms.problem import ProblemError
from tests.ledger.reading_contract import ReadingContract


class TestThePackagedBook(ReadingContract):
    @pytest.fixture
    def book(self) -> Book:
        return packaged_book()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged data that a test may break."""
    return Path(shutil.copytree(PACKAGED_DATA, tmp_path / "data"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_the_whole_process_reads_one_book() -> None:
    assert packaged_book() is packaged_book()


def test_only_armed_conflicts_have_a_kind_and_no_fact_yet() -> None:
    assert [kind for kind in PACKAGED_KINDS if not packaged_book().facts(kind)] == ["armed_conflict"]


def test_namibia_is_na_and_not_missing() -> None:
    (namibia,) = packaged_book().history("country/NAM")
    assert namibia["iso2"] == "NA"


def test_competing_claims_on_one_subject_stand_beside_each_other() -> None:
    told = packaged_book().history("casualty_count/2016/WORLD")
    assert [(one["edition"], one["total"]) for one in told] == [("LM2017", "8605"), ("LM2018", "9437")]


def test_a_period_of_validity_comes_from_the_fields_of_the_kind() -> None:
    (rule,) = packaged_book().history("policy_step/US2022-R6")
    assert (rule.fact.valid_from, rule.fact.valid_to) == ("2022-06-21", "2025-12-02")
    (member,) = packaged_book().history("group_membership/nato/FIN")
    assert (member.fact.valid_from, member.fact.valid_to) == ("2023-04-04", "")


def test_a_position_is_the_file_and_the_line_of_the_row() -> None:
    told = packaged_book().facts("treaty_event")[0]
    path, _, line = told.position.partition(":")
    row = (Path(PACKAGED_DATA) / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert row.startswith("APMBC,AFG,Afghanistan,consent,accession,2002-09-11,")


def test_a_file_is_read_when_it_is_asked_for_and_not_before(folder: Path) -> None:
    for kind in PACKAGED_KINDS:
        if kind != "treaty_event":
            (folder / "facts" / f"{kind}.csv").unlink()
    book = PackagedBook(str(folder))
    assert len(book.facts("treaty_event")) == len(packaged_book().facts("treaty_event"))
    with pytest.raises(ProblemError, match="No such file"):
        book.facts("country")


@pytest.mark.parametrize("path", ["facts/treaty_event.csv", "facts/sets.csv", "texts/manifest.csv"])
def test_any_change_of_the_data_changes_the_digest(folder: Path, path: str) -> None:
    before = PackagedBook(str(folder)).identity()
    assert before == packaged_book().identity()
    edit(folder / path, "2025", "2024")
    after = PackagedBook(str(folder)).identity()
    assert after["digest"] != before["digest"]
    assert after["version"] == before["version"]


def test_a_text_that_was_edited_is_not_given_out(folder: Path) -> None:
    name = "statements/002_f35273cdee6493af.txt"
    edit(folder / "texts" / name, "160 parties", "170 parties")
    with pytest.raises(ProblemError) as raised:
        PackagedBook(str(folder)).text(name)
    assert [(one.code, one.place) for one in raised.value.problems] == [("packaged_data_broken", f"texts/{name}")]


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("facts/treaty_event.csv", ",2002-09-11,act", ",2002-09-31,act", "facts/treaty_event.csv:2"),
        ("facts/treaty_event.csv", "APMBC,AFG,", "APMBC,AFG,one cell more,", "facts/treaty_event.csv:2"),
        ("facts/treaty_event.csv", "treaty,iso3", "treaty,state", "facts/treaty_event.csv"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_problem_with_its_line(folder: Path, path: str, old: str, new: str, place: str) -> None:
    edit(folder / path, old, new)
    with pytest.raises(ProblemError) as raised:
        PackagedBook(str(folder)).facts("treaty_event")
    assert [(one.code, one.place) for one in raised.value.problems] == [("packaged_data_broken", place)]


def test_bytes_that_are_not_utf_8_are_a_problem_with_their_place(folder: Path) -> None:
    path = folder / "facts" / "country.csv"
    path.write_bytes(path.read_bytes()[:100] + b"\xff")
    with pytest.raises(ProblemError, match="not UTF-8 at byte 100"):
        PackagedBook(str(folder)).facts("country")


def test_a_statement_without_publisher_and_day_has_both_assumed_beside_it() -> None:
    beside = packaged_book().sidecar("statements/000_c60e18c4d0212a59.txt")
    assert "issuer: USA\ndate: 2022-06-21\nbasis: assumed\n" in beside
    assert "basis: declared" in packaged_book().sidecar("statements/002_f35273cdee6493af.txt")


@pytest.mark.parametrize("name", ["sources/us_10usc407_humanitarian_demining.txt", "statements/no_such.txt", ""])
def test_no_other_text_has_anything_beside_it(name: str) -> None:
    assert packaged_book().sidecar(name) == ""


def test_completeness_says_the_day_and_why() -> None:
    book = packaged_book()
    assert book.complete_until("treaty_event", "APMBC") == dt.date(2026, 4, 8)
    assert book.complete_until("treaty_event", "CCW_PV") is None
    assert book.completeness("treaty_event", "CCW_PV")["list_status"] == "partial"
    assert book.completeness("group_membership", "nato")["basis"] == "assumed"
