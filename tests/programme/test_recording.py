"""From a file to the store and back: what is recorded, what is not and why, and that trying records nothing."""

from __future__ import annotations

import csv
import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from mineaction.programme.recording import history, import_records, reverse
from mineaction.programme.store_checks import checkpoint, verify
from mineaction.programme.stores import backup, init, restore
from mineaction.terms.problem import ProblemError

AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
HEADER = "local_id,organisation,type,identified_on,note,wkt,supersedes\n"
SQUARE = '"POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1))"'
SUBJECT = "hazardous_area/org/ha-1"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an empty store of the default name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    init()
    return tmp_path


def row(local_id: str = "HA-1", kind: str = "SHA", note: str = "", supersedes: str = "") -> str:
    return f"{local_id},Org,{kind},2020-05,{note},{SQUARE},{supersedes}\n"


def told(*rows: str, **options: Any) -> dict[str, Any]:
    Path("areas.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return import_records("areas.csv", kind="hazardous_area", at=AT, **options)


def problems(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["code"], one["place"], one["value"]) for one in answer["problems"]]


def refused(code: str, ask: Any) -> None:
    with pytest.raises(ProblemError) as raised:
        ask()
    assert [one.code for one in raised.value.problems] == [code]


def test_rows_in_are_facts_and_rows_with_problems(folder: Path) -> None:
    answer = told(row(), row("HA-2", "X"), "short\n", principal="Ana", problems="wrong.csv")
    assert (answer["rows"], answer["facts"], answer["with_problems"], answer["problem_count"]) == (3, 1, 2, 2)
    assert (answer["batch"], answer["already_recorded"]) == (1, False)
    with Path("wrong.csv").open(encoding="utf-8", newline="") as file:
        assert [(one["code"], one["place"]) for one in csv.DictReader(file)] == [
            ("unknown_code", "row 2, column type"),
            ("fact_row_broken", "row 3"),
        ]
    (one,) = history(SUBJECT)["told"]
    assert (one["principal"], one["recorded_at"], one["file"], one["stands"]) == ("Ana", "2026-01-02T03:04:05Z", "areas.csv", True)
    assert verify()["is_whole"]


def test_who_records_is_the_log_in_name_unless_said(folder: Path) -> None:
    told(row())
    assert history(SUBJECT)["told"][0]["principal"].startswith("local:")


def test_trying_records_nothing_and_says_the_same(folder: Path) -> None:
    before = Path("programme.gpkg").read_bytes()
    tried = told(row(), row("HA-2", "X"), dry_run=True)
    assert Path("programme.gpkg").read_bytes() == before
    done = told(row(), row("HA-2", "X"))
    same = ("rows", "facts", "with_problems", "problems", "already_recorded")
    assert {key: tried[key] for key in same} == {key: done[key] for key in same}
    assert (tried["batch"], tried["dry_run"]) == (None, True)
    again = told(row(), row("HA-2", "X"), dry_run=True)
    assert (again["batch"], again["already_recorded"]) == (1, True)


def test_the_same_file_twice_is_one_batch(folder: Path) -> None:
    first, again = told(row(), row("HA-2")), told(row("HA-2"), row())
    assert (again["batch"], again["already_recorded"], again["batch_id"]) == (1, True, first["batch_id"])


def test_nothing_but_problems_is_no_batch(folder: Path) -> None:
    answer = told(row(kind="X"))
    assert (answer["batch"], answer["facts"], verify()["batches"]) == (None, 0, 0)


def test_a_correction_names_the_fact_it_corrects(folder: Path) -> None:
    told(row())
    first = history(SUBJECT)["told"][0]["fact_id"]
    told(row(kind="CHA", supersedes=first))
    assert [(one["fields"]["type"], one["stands"], one["supersedes"]) for one in history(SUBJECT)["told"]] == [
        ("SHA", False, None),
        ("CHA", True, first),
    ]
    # A file in which the first record still stands as it was brings nothing back, and one without the link tells the same fact.
    told(row(), row("HA-2"))
    told(row(kind="CHA"), row("HA-3"))
    assert [one["stands"] for one in history(SUBJECT)["told"]] == [False, True]
    assert verify()["is_whole"]


def test_what_is_corrected_has_to_be_there(folder: Path) -> None:
    told(row())
    first = history(SUBJECT)["told"][0]["fact_id"]
    told(row(kind="CHA", supersedes=first))
    second = history(SUBJECT)["told"][1]["fact_id"]
    answer = told(row("HA-2", supersedes="0" * 64), row(supersedes=second), row("HA-3", supersedes="first"))
    assert problems(answer) == [
        ("fact_field_wrong", "row 3, column supersedes", "first"),
        ("supersedes_unknown", "row 1", "0" * 64),
        ("fact_told_before", "row 2", "1"),
    ]
    assert answer["rows"] == answer["with_problems"] == 3
    # As the remedy says: with its reason it is a record of its own.
    told(row(note="the first report was right", supersedes=second))
    assert [one["stands"] for one in history(SUBJECT)["told"]] == [False, False, True]


def test_a_subject_may_be_named_as_people_write_it(folder: Path) -> None:
    told(row("HA/1 b"))
    assert history("hazardous_area/Org/HA/1 b") == history("hazardous_area/org/ha%2f1%20b")
    assert len(history("hazardous_area/ ORG/ha/1  B ")["told"]) == 1
    Path("areas.csv").write_text("level,code,name,iso3,source\n1,XD 1,West,XDM,Survey\n", encoding="utf-8")
    import_records("areas.csv", kind="admin_area", at=AT)
    assert len(history("admin_area/XDM/1/xd 1")["told"]) == 1
    assert [history(none)["told"] for none in ("", "HA/1 c", "hazardous_area", "hazardous_area/Org", "land_release/Org/HA/1 b")] == [[]] * 5


def test_a_batch_is_taken_back_by_number_or_id(folder: Path) -> None:
    batch_id = told(row())["batch_id"]
    assert reverse("1", at=AT)["standing"] == {"hazardous_area": 0}
    refused("batch_reversed", lambda: told(row()))
    refused("batch_reversed", lambda: told(row(), dry_run=True))
    assert reverse("2", at=AT)["standing"]["hazardous_area"] == 1
    assert reverse(batch_id, at=AT)["reversed"] == 1
    refused("batch_unknown", lambda: reverse("9"))
    refused("batch_unknown", lambda: reverse("first"))
    assert verify()["is_whole"]


def test_the_store_is_the_one_named_then_that_of_the_environment_then_the_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init("other.gpkg")
    monkeypatch.setenv("MINEACTION_STORE", "other.gpkg")
    assert told(row())["store"] == "other.gpkg"
    assert told(row(), store="programme.gpkg")["store"] == "programme.gpkg"
    monkeypatch.setenv("MINEACTION_STORE", "missing.gpkg")
    for ask in (verify, lambda: told(row()), lambda: history(SUBJECT), lambda: reverse("1"), lambda: backup("b.gpkg")):
        refused("store_missing", ask)
    assert not Path("missing.gpkg").exists() and not Path("b.gpkg").exists()


def test_problems_are_not_written_over_what_was_given(folder: Path) -> None:
    for out in ("areas.csv", "programme.gpkg"):
        refused("output_is_input", lambda out=out: told(row(kind="X"), problems=out))
    assert verify()["is_whole"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("areas.docx", b"", "record_file_unknown"),
        ("areas.xlsx", b"", "table_content_wrong"),
        ("areas", b"", "record_file_unknown"),
        ("areas.csv", b"", "table_empty"),
        ("areas.csv", b"\xff", "file_not_utf8"),
        ("areas.geojson", b"{", "geojson_broken"),
        ("missing.csv", None, "file_missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_records_nothing(folder: Path, name: str, content: bytes | None, code: str) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    refused(code, lambda: import_records(name, kind="hazardous_area"))
    assert verify()["batches"] == 0


def test_a_kind_of_record_that_is_none_names_those_that_are(folder: Path) -> None:
    refused("unknown_code", lambda: import_records("areas.csv", kind="treaty_event"))


def test_a_backup_brings_back_the_same_store(folder: Path) -> None:
    told(row())
    before = verify()["head"]
    backup("backup.gpkg")
    refused("store_exists", lambda: backup("backup.gpkg"))
    refused("store_exists", lambda: restore("backup.gpkg"))
    told(row("HA-2"))
    os.remove("programme.gpkg")
    restore("backup.gpkg")
    assert verify()["head"] == before


def test_a_broken_backup_is_not_brought_back(folder: Path) -> None:
    told(row())
    content = Path("programme.gpkg").read_bytes()
    Path("broken.gpkg").write_bytes(content.replace(b'"SHA"', b'"CHA"'))
    refused("ledger_fact_altered", lambda: restore("broken.gpkg", "restored.gpkg"))
    refused("ledger_fact_altered", lambda: checkpoint("cp.json", key="key.pem", store="broken.gpkg"))
    assert sorted(one.name for one in folder.iterdir()) == ["areas.csv", "broken.gpkg", "programme.gpkg"]


def test_a_checkpoint_kept_elsewhere_shows_what_the_store_alone_cannot(folder: Path) -> None:
    told(row())
    backup("before.gpkg")
    told(row("HA-2"))
    made = checkpoint("cp.json", key="key.pem")
    assert (made["key_made"], made["batches"]) == (True, 2)
    assert verify(checkpoint_file="cp.json", public_key="key.pem.pub")["checkpoint"]["batches"] == 2
    cut = verify("before.gpkg", checkpoint_file="cp.json", public_key="key.pem.pub")
    assert [one["code"] for one in cut["findings"]] == ["checkpoint_not_reached"] and not cut["is_whole"]
    refused("public_key_missing", lambda: verify(checkpoint_file="cp.json"))
    refused("store_exists", lambda: checkpoint("cp.json", key="key.pem"))
    assert checkpoint("cp2.json", key="key.pem")["key_made"] is False


def test_a_release_is_a_fact_and_on_no_map(folder: Path) -> None:
    Path("r.csv").write_text(
        "local_id,organisation,release_class,method,released_on,parent,wkt\n"
        f"LR-1,Org,cleared,CLEARANCE,2021-03,HA-1,{SQUARE}\nLR-2,Org,freed,NTS,2021,,\n",
        encoding="utf-8",
    )
    answer = import_records("r.csv", kind="land_release")
    assert (answer["facts"], problems(answer)) == (1, [("unknown_code", "row 2, column release_class", "freed")])
    assert history("land_release/org/lr-1")["told"][0]["fields"]["parent"] == "HA-1"
    assert verify()["is_whole"]
