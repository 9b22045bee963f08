"""From files to the status of an area: recorded, taken back, asked as known on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mineaction.ledger.sqlite import SqliteStore
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_area import area
from mineaction.programme.land_why import why
from mineaction.programme.recording import import_records, reverse
from mineaction.programme.stores import init
from mineaction.registers.hazard_histories import HazardHistories

ON = dt.date(2021, 1, 1)
RING = "(30 10, 30.01 10, 30.01 10.01, 30 10.01, 30 10)"
FILES = {
    "hazardous_area": "local_id,organisation,type,identified_on,direct_evidence,wkt\n"
    f'H1,NMAA,CHA,2018-05-01,mine seen,"POLYGON ({RING})"\n',
    "task_order": "local_id,organisation,operator,hazards,method,state,issued_on\nT1,NMAA,Op,H1,CLEARANCE,issued,2019-01-15\n",
    "activity": "local_id,organisation,method,task,state,started_on,ended_on\nA1,Op,CLEARANCE,T1,completed,2019-02-01,2019-06-30\n",
    "land_release": "local_id,organisation,release_class,method,released_on,task,wkt\n"
    f'R1,Op,cleared,CLEARANCE,2019-06-30,T1,"POLYGON ({RING})"\n',
    "activity_report": "local_id,organisation,report_type,task,period_from,period_to,devices_disposed\n"
    "P1,Op,completion,T1,2019-02-01,2019-06-30,yes\n",
    "sampling": "local_id,organisation,inspected,sampled_on,task,sampled_m2,find_count,result\nS1,NMAA,Op,2019-07-10,T1,500,0,accepted\n",
    "handover": "local_id,organisation,task,handed_over_on,received_by,is_signed\nO1,NMAA,T1,2019-09,village council,yes\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(str(tmp_path / "programme.gpkg"))
    for day, (kind, text) in enumerate(FILES.items(), 1):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        found = import_records(str(file), kind=kind, store=str(tmp_path / "programme.gpkg"), at=dt.datetime(2020, 1, day, tzinfo=dt.UTC))
        assert found["problems"] == []
    return tmp_path


def asked(folder: Path, on: dt.date = ON, known_at: dt.date | None = None) -> HazardHistories:
    with SqliteStore(str(folder / "programme.gpkg")) as held:
        return hazard_statuses(held, on, known_at)


def status(folder: Path, on: dt.date = ON, known_at: dt.date | None = None) -> str | None:
    (found,) = asked(folder, on, known_at).by_subject.values()
    return found.status


def test_an_area_whose_every_paper_is_in_the_store_is_released(folder: Path) -> None:
    (found,) = asked(folder).by_subject.values()
    assert [(step.transition, step.day.isoformat()) for step in found.steps] == [
        ("confirmed_at_once", "2018-05-01"),
        ("started", "2019-02-01"),
        ("cleared_part", "2019-06-30"),
        ("closed", "2019-07-10"),
        ("handed_over", "2019-09-30"),
    ]
    assert found.problems == ()


def test_a_status_is_asked_for_a_day_and_as_known_on_a_day(folder: Path) -> None:
    assert status(folder, dt.date(2019, 7, 9)) == "in_progress"
    assert [status(folder, known_at=dt.date(2020, 1, day)) for day in (1, 3, 6, 7)] == [
        "confirmed_open", "in_progress", "closed", "released",
    ]  # fmt: skip


def test_a_batch_that_is_taken_back_takes_its_evidence_with_it(folder: Path) -> None:
    reverse("6", store=str(folder / "programme.gpkg"))
    (found,) = asked(folder).by_subject.values()
    assert found.status == "in_progress"
    assert "the latest inspection" in " ".join(one.message for one in found.problems)


@pytest.mark.parametrize("by", ["class", "year", "operator", "status", "contamination"])
def test_a_release_that_is_taken_back_is_an_adjustment_in_every_table(folder: Path, by: str) -> None:
    file, store = folder / "reversal.csv", str(folder / "programme.gpkg")
    before = area(by, since="2019-01-01", until="2020-12-31", store=store)["totals"]
    file.write_text("local_id,organisation,reversed_on,reason\nR1,Op,2020-02-03,item found\n", encoding="utf-8")
    import_records(str(file), kind="release_reversal", store=store, at=dt.datetime(2020, 3, 1, tzinfo=dt.UTC))
    assert status(folder) == "in_progress"
    assert status(folder, dt.date(2020, 2, 2)) == "released"
    after = area(by, since="2019-01-01", until="2020-12-31", store=store)["totals"]
    assert after["cleared_m2"] == before["cleared_m2"] > 0
    assert (after["adjusted_m2"], after["remaining_m2"]) == (pytest.approx(before["cleared_m2"]), pytest.approx(before["cleared_m2"]))
    why(next(iter(asked(folder).by_subject)), store=store)
