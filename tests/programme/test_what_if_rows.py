"""A change of the law over a file of records: every row has the answer it has before and after, by screening and by `decide`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import feather, parquet

from mineaction import ProblemError, decide, screen, what_if
from mineaction.programme import screening_passage, what_if_rows
from mineaction.programme.changed_law import changed_law
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.screening_columns import ASPECTS
from mineaction.sources.record_files import RecordFile

POLICY = "us_apl_policy@2022-06-21"
WITHOUT = ["us_apl_policy.2022.3", "us_apl_policy.2022.5.reserve"]
COLUMNS = ("id", "act", "item", "actor", "on", "place", "purpose", "underlying.act", "underlying.item")
HEADER = ("rows", "screened", "with_problems", "problem_count", "problems", "mapping", "not_mapped", "on", "known_at")
Row = dict[str, str]


def rows() -> list[Row]:
    """Some that cannot be read, then acts of several kinds on both sides of the version's days, some with little known."""
    days = ("2020-03-01", "2022-06-20", "2022-06-21", "2025-12-01", "")
    plain = product(("fly", "use", "stockpile", "destroy"), ("apl", "other"), ("USA", "FRA", ""), days, ("UKR", "KOR", ""), ("", "defence"))
    assisted = product(("assist",), ("",), ("USA",), days, ("UKR", "KOR"), ("",), ("use", "transfer", ""), ("apl", ""))
    return [dict(zip(COLUMNS, (str(number), *one, "", ""), strict=False)) for number, one in enumerate((*plain, *assisted), start=1)]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("records") / "records.csv"
    write(path, rows())
    return str(path)


def write(path: Path, given: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(given)


def read(path: Path) -> list[dict[str, Any]]:
    readers = {".parquet": parquet.read_table, ".csv": arrow_csv.read_csv, ".arrow": feather.read_table}
    return list(readers[path.suffix](str(path)).to_pylist())


def kind_of_change(before: Row, after: Row) -> str:
    if before["verdict"] != after["verdict"]:
        return "verdict"
    return "clauses" if before["clauses"] != after["clauses"] else "details"


def test_the_rows_are_those_of_two_screenings(table: str, tmp_path: Path) -> None:
    whole, less = tmp_path / "whole.yaml", tmp_path / "less.yaml"
    whole.write_text(TWO_CLAUSES + TWO_MORE, encoding="utf-8")
    less.write_text(TWO_CLAUSES, encoding="utf-8")
    screened = []
    for number, policy in enumerate((whole, less)):
        out = tmp_path / f"screened{number}.parquet"
        told_of_screen = screen(table, out, policy=str(policy), instrument="mine")
        screened.append([{name: one[f"mine.{name}"] for name in ASPECTS} for one in read(out)])
    out = tmp_path / "changed.parquet"
    told = what_if("mine", without=["mine.2", "mine.3"], policy=str(whole), file=table, out=out)["records"]
    assert {name: told[name] for name in HEADER} == {name: told_of_screen[name] for name in HEADER}
    pairs = [(number, *pair) for number, pair in enumerate(zip(*screened, strict=True), start=1) if pair[0]["verdict"] is not None]
    verdicts = Counter((before["verdict"], after["verdict"]) for _, before, after in pairs)
    assert {(one["before"], one["after"]): one["rows"] for one in told["counts"]} == verdicts
    assert told["changed"] == sum(count for (before, after), count in verdicts.items() if before != after)
    differing = [(number, before, after) for number, before, after in pairs if before != after]
    written = read(out)
    assert [(one["what_if.row"], int(one["id"])) for one in written] == [(number, number) for number, _, _ in differing]
    for one, (_, before, after) in zip(written, differing, strict=True):
        assert {name: one[f"mine.before.{name}"] for name in ASPECTS} == before
        assert {name: one[f"mine.after.{name}"] for name in ASPECTS} == after
        assert one["what_if.change"] == kind_of_change(before, after)
    by_kind = Counter(one["what_if.change"] for one in written)
    assert (by_kind["verdict"], by_kind["clauses"], by_kind["details"]) == tuple(
        told[name] for name in ("changed", "changed_clauses_only", "changed_details_only")
    )
    assert all(by_kind[kind] for kind in ("verdict", "clauses", "details"))


def test_a_row_is_judged_as_a_decision_judges_it_before_and_after(table: str, tmp_path: Path) -> None:
    changed, _ = changed_law(packaged_law(), packaged_law().version(POLICY), WITHOUT)
    out = tmp_path / "changed.csv"
    told = what_if(POLICY, without=WITHOUT, file=table, out=out)["records"]
    written = {one["what_if.row"]: one for one in read(out)}
    verdicts: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(rows(), start=1):
        if row["act"] == "fly":
            assert number not in written
            continue
        before, after = (decided(row, law) for law in (packaged_law(), changed))
        verdicts[before["verdict"], after["verdict"]] += 1
        assert (number in written) or before == after, row
        if number in written:
            for when, one in (("before", before), ("after", after)):
                found = {name: written[number][f"us_apl_policy.{when}.{name}"] for name in one}
                assert {name: text or "" for name, text in found.items()} == one, row
    assert {(one["before"], one["after"]): one["rows"] for one in told["counts"]} == verdicts
    assert told["changed"] > 0 and sum(verdicts.values()) == told["screened"]


def decided(row: Row, law: Any) -> Row:
    facts = {name: word or None for name, word in row.items() if name not in ("id", "on") and not name.startswith("underlying.")}
    below = {name.removeprefix("underlying."): word or None for name, word in row.items() if name.startswith("underlying.")}
    findings = decide(**facts, underlying=below, on=row["on"] or "unknown", law=law)["findings"]
    told = next(one for one in findings if one["instrument"] == "us_apl_policy")
    return {
        "verdict": told["verdict"],
        "clauses": ";".join(dict.fromkeys(one["id"] for one in told["clauses"])),
        "duties": ";".join(one["id"] for one in told["duties"]),
        "missing": ";".join("+".join(names) for names in told["missing"]),
        "provisos": " | ".join(told["provisos"]),
    }


def test_the_first_rows_that_change_are_told_with_their_clauses(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = what_if(POLICY, without=WITHOUT, file=table)["records"]
    assert len(told["first_changed"]) == min(told["changed"], 100)
    for one in told["first_changed"]:
        row = rows()[one["row"] - 1]
        assert row["on"] in ("2022-06-21", "2025-12-01", "") and one["before"] != one["after"]
        assert one["clauses_before"] == decided(row, packaged_law())["clauses"].split(";")
    monkeypatch.setattr(what_if_rows, "CHANGED_ROWS_SHOWN_MAX", 2)
    assert what_if(POLICY, without=WITHOUT, file=table)["records"] == told | {"first_changed": told["first_changed"][:2]}


def test_a_file_is_read_once_and_in_batches_as_in_one_piece(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = what_if(POLICY, without=WITHOUT, file=table, out=tmp_path / "whole.parquet")["records"]
    parquet.write_table(pa.Table.from_pylist(rows()), tmp_path / "groups.parquet", row_group_size=37)
    monkeypatch.setattr(screening_passage, "ROWS_IN_CACHE", 5)
    passes: list[str] = []
    batches = RecordFile.batches

    def counted(self: RecordFile, as_words: Any = ()) -> Iterator[pa.RecordBatch]:
        passes.append(self.path)
        return batches(self, as_words)

    monkeypatch.setattr(RecordFile, "batches", counted)
    seen: list[int] = []
    files = {"file": tmp_path / "groups.parquet", "out": tmp_path / "changed.parquet", "problems": tmp_path / "problems.csv"}
    told = what_if(POLICY, without=WITHOUT, **files, progress=lambda done, of: seen.append(done))["records"]
    named = {"file": str(files["file"]), "out": str(files["out"]), "problems_file": str(files["problems"])}
    assert told == whole | named and passes == [str(files["file"])]
    assert read(files["out"]) == read(tmp_path / "whole.parquet")
    assert len(seen) > 10 and seen[-1] == len(rows())
    assert len(read(files["problems"])) == told["problem_count"] == sum(one["act"] == "fly" for one in rows())


@pytest.mark.parametrize("extension", ["parquet", "csv", "arrow"])
def test_a_change_that_reaches_no_row_leaves_a_file_of_columns(extension: str, tmp_path: Path) -> None:
    for given in ([one for one in rows() if one["actor"] == "FRA" and one["act"] == "destroy" and one["on"] == "2020-03-01"], []):
        write(tmp_path / "records.csv", given)
        out = tmp_path / f"changed.{extension}"
        told = what_if(POLICY, without=["us_apl_policy.2022.3"], file=tmp_path / "records.csv", out=out)["records"]
        assert (told["rows"], told["changed"], told["first_changed"]) == (len(given), 0, [])
        assert sum(one["rows"] for one in told["counts"]) == len(given)
        assert read(out) == [] and out.stat().st_size > 0


def test_the_day_the_reading_and_the_day_of_knowledge_hold_for_every_row(tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text("what,who,why\nlaid,USA,\ndestroyed,USA,defence\n", encoding="utf-8")
    act = {"column": "what", "values": {"laid": "use", "destroyed": "destroy"}}
    constant = {"item": {"value": "apl"}, "place": {"value": "UKR"}, "context": {"value": "korean_peninsula"}}
    mapping = {"fields": {"act": act, "actor": "who", "purpose": "why", **constant}}

    def changed(**options: Any) -> list[tuple[int, str, str]]:
        told = what_if(POLICY, without=WITHOUT, file=tmp_path / "records.csv", mapping=mapping, **options)["records"]
        assert told["on"] == options["on"] and told["known_at"] == options.get("known_at")
        return [(one["row"], one["before"], one["after"]) for one in told["first_changed"]]

    use, destroy = (1, "prohibited", "not_addressed"), (2, "not_addressed", "obliged")
    assert changed(on="2022-06-21") == [use, destroy]
    assert changed(on="2022-06-21", reading="state_text") == [use]
    assert changed(on="2022-06-20") == changed(on="2022-06-21", known_at="2022-06-20") == []


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"mapping": "m.yaml"}, "records_missing", "mapping"),
    ({"on": "2022-06-21"}, "records_missing", "on"),
    ({"out": "o.csv"}, "records_missing", "out"),
    ({"file": "{table}", "out": "{table}"}, "output_is_input", "out"),
    ({"file": "{table}", "problems": "{table}"}, "output_is_input", "problems"),
    ({"file": "{table}", "out": "{absent}.csv", "problems": "{absent}.csv"}, "output_is_input", "problems"),
    ({"file": "{table}", "out": "{absent}.xlsx"}, "table_format_unknown", "{absent}.xlsx"),
    ({"file": "{table}.xlsx"}, "table_format_unknown", "{table}.xlsx"),
    ({"file": "{absent}.csv"}, "file_missing", "{absent}.csv"),
    ({"file": "{empty}"}, "table_empty", "{empty}"),
    ({"file": "{again}", "out": "{absent}.csv"}, "table_column_taken", "{again}"),
    ({"file": "{other}"}, "mapping_empty", "columns"),
    ({"file": "{table}", "mapping": "{absent}"}, "file_missing", "{absent}"),
    ({"file": "{other}", "mapping": {"fields": {"act": "acts"}}}, "table_column_missing", "mapping: act"),
    ({"file": "{table}", "on": "2022-06-21"}, "day_given_twice", "on"),
    ({"file": "{again}", "on": "2022-02-30"}, "impossible_date", "on"),
    ({"file": "{table}", "known_at": "unknown"}, "impossible_date", "known_at"),
    ({"file": "{table}", "reading": "mine"}, "reading_unknown", "reading"),
]


@pytest.mark.parametrize(("options", "code", "place"), REFUSED, ids=[f"{code} {place}" for _, code, place in REFUSED])
def test_what_cannot_be_screened_is_refused_and_nothing_is_written(
    options: dict[str, Any], code: str, place: str, table: str, tmp_path: Path
) -> None:
    given = {"other.csv": "what,who\nlaid,USA\n", "again.csv": "act,what_if.row\nuse,1\n", "empty.csv": ""}
    for name, text in given.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = {name.partition(".")[0]: str(tmp_path / name) for name in given} | {"table": table, "absent": str(tmp_path / "absent")}
    options = {name: one.format_map(paths) if isinstance(one, str) else one for name, one in options.items()}
    with pytest.raises(ProblemError) as refused:
        what_if(POLICY, without=WITHOUT, **options)
    assert (code, place.format_map(paths)) in [(one.code, one.place) for one in refused.value.problems]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(given)


TWO_CLAUSES = """\
version: mine@2021-01-01
title: Made up
instrument: {instrument_kind: executive_policy, binds: {actors: [USA]}}
in_force: {from: "2021-01-01"}
readings: {as_written: {default: true, says: "As it stands."}}
clauses:
- {id: mine.1, text: {kind: paraphrase, says: "No use.", citation: "made up"}, forbid: {act: [use]}}
- id: mine.1.korea
  text: {kind: paraphrase, says: "Use in Korea is allowed.", citation: "made up"}
  permit: {act: [use], place: [korean_peninsula]}
  defeats: [mine.1]
"""
# Without them a verdict changes, or only the clauses behind it, or only the duties beside it.
TWO_MORE = """\
- {id: mine.2, text: {kind: paraphrase, says: "Stocks go.", citation: "made up"}, oblige: {do: [destroy], triggered_by: [stockpile]}}
- id: mine.3
  text: {kind: paraphrase, says: "Not for defence.", citation: "made up"}
  forbid: {act: [use, clear], purpose: [defence]}
"""
