"""What is found about the status of hazardous areas is told: by `quality`, by `why` of the area, and counted by `areas`."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import shapely

from mineaction.cli import main
from mineaction.programme.land_areas import areas
from mineaction.programme.land_why import why
from mineaction.programme.quality import quality
from mineaction.programme.recording import history, import_records, reverse
from mineaction.programme.stores import init
from tests.registers.told_facts import told

AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
LISTED = 'hazardous_area H1 type=CHA direct_evidence="mine seen" status=closed status_on=2016-01-01 at=0,0,100,100'
CLOSED = """
    hazardous_area  H1 type=CHA direct_evidence="mine seen" at=0,0,100,100
    task_order      T1 hazards=H1
    activity        A1 by=Op task=T1 method=CLEARANCE state=completed ended_on=2015-06-30
    activity_report P1 report_type=completion task=T1 period_from=2012-02-01 period_to=2015-06-30 devices_disposed=yes
    land_release    R1 task=T1 at=0,0,100,100
    sampling        S1 task=T1 sampled_on=2015-07-10
"""
FOUND = "device_found D1 hazard=H1 found_on=2016-03-01 disposed_on=2016-03-02"


@pytest.fixture
def store(tmp_path: Path) -> str:
    init(str(tmp_path / "programme.gpkg"))
    return str(tmp_path / "programme.gpkg")


def record(store: str, text: str) -> None:
    """Import each kind of a table from a file of its own."""
    for kind, facts in told(text).items():
        file = Path(store).parent / f"{kind}.csv"
        rows = [fact.payload | ({"wkt": outline(fact.geometry)} if fact.geometry else {}) for fact in facts]
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(dict.fromkeys(name for row in rows for name in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)
        answer = import_records(str(file), kind=kind, store=store, at=AT)
        assert answer["with_problems"] == 0, answer["problems"]


def outline(geometry: bytes) -> str:
    """An outline as text, to the last digit."""
    return shapely.to_wkt(shapely.from_wkb(geometry), rounding_precision=-1)


def checks(store: str) -> dict[str, tuple[int, int]]:
    return {one["code"]: (one["findings"], one["records"]) for one in quality(store=store)["checks"]}


def status(store: str, area: str = "H1", **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = why(area, store=store, **options)["status"]
    return found


def codes(answer: dict[str, Any]) -> list[str]:
    return [one["code"] for one in answer["problems"]]


def test_an_area_listed_as_closed_without_a_release_is_told_by_quality_by_why_and_counted_by_areas(store: str) -> None:
    record(store, LISTED)
    assert checks(store) == {"closed_without_release": (1, 1)}
    found = status(store)
    assert (found["status"], found["told_status"], found["told_on"]) == ("confirmed_open", "closed", "2016-01-01")
    assert codes(found) == ["closed_without_release"]
    assert areas(store=store)["status_findings"] == 1
    assert codes(status(store, on="2015-12-31")) == [] and areas(store=store, on="2015-12-31")["status_findings"] == 0


def test_what_is_found_after_closing_comes_first_since_people_may_be_at_risk(store: str) -> None:
    record(store, CLOSED)
    assert checks(store) == {} and status(store)["status"] == "closed"
    record(store, f"{FOUND}\n{LISTED.replace('H1', 'H0').replace('at=0,0,100,100', 'at=200,0,300,100')}")
    answer = quality(store=store)
    assert codes(answer) == ["found_after_closing", "closed_without_release"]
    assert [one["record"] for one in answer["worst"]] == ["hazardous_area NMAA/H1", "hazardous_area NMAA/H0"]
    found = status(store)
    assert (found["status"], found["since"], codes(found)) == ("closed", "2015-07-10", ["found_after_closing"])
    assert "device_found Op/D1" in found["problems"][0]["message"]
    assert codes(status(store, on="2016-02-29")) == []


def test_each_step_leads_back_to_its_record_and_to_what_shows_it(store: str) -> None:
    record(store, CLOSED)
    answer = why("H1", store=store)
    steps = answer["status"]["steps"]
    assert [(one["day"], one["transition"], one["before"], one["after"], one["record"]) for one in steps] == [
        ("2010-01-01", "confirmed_at_once", None, "confirmed_open", "hazardous_area NMAA/H1"),
        ("2012-02-01", "started", "confirmed_open", "in_progress", "activity Op/A1"),
        ("2015-06-01", "cleared_part", "in_progress", "in_progress", "land_release Op/R1"),
        ("2015-07-10", "closed", "in_progress", "closed", "activity_report Op/P1"),
    ]
    shown = {one["word"]: [answer["told"][fact_id][0]["file"] for fact_id in one["fact_ids"]] for one in steps[-1]["evidence"]}
    assert shown == {
        "completion_report": ["activity_report.csv"], "nothing_left": [], "quality_accepted": ["sampling.csv"], "devices_disposed": [],
    }  # fmt: skip
    assert [one["transition"] for one in status(store, on="2014-12-31")["steps"]] == ["confirmed_at_once", "started"]


def test_an_area_that_was_not_told_by_a_day_has_no_status_and_one_that_was_taken_back_no_history(store: str) -> None:
    record(store, LISTED)
    assert (status(store, on="2009-12-31")["status"], status(store, on="2009-12-31")["since"]) == (None, None)
    reverse("1", store=store)
    assert why("H1", store=store)["status"] is None


def test_work_outside_of_an_accreditation_is_told_of_the_area_and_of_the_record(store: str) -> None:
    record(store, f"{CLOSED}\naccreditation C1 expires_on=2011-01-01")
    assert "work_outside_accreditation" in codes(status(store))
    about = {one["record"] for one in quality(store=store)["worst"] if "work_outside_accreditation" in one["codes"]}
    assert about == {"task_order NMAA/T1", "activity Op/A1"}


def test_a_record_that_names_an_area_nobody_told_of_is_a_finding_about_that_record(store: str) -> None:
    record(store, f"{LISTED}\ntask_order T9 hazards=H9")
    answer = quality(store=store)
    assert checks(store) == {"closed_without_release": (1, 1), "record_link_unknown": (1, 1)}
    assert (answer["records"], [one["record"] for one in answer["worst"]][1]) == (2, "task_order NMAA/T9")


def test_a_split_that_loses_ground_without_a_reason_is_told_and_ground_released_before_is_not_lost(store: str) -> None:
    split = """
        hazardous_area P at=0,0,200,100
        hazard_change  P change=superseded changed_on=2017-01-01 successors="L; M"
        hazardous_area L identified_on=2017-01-01 replaces=P at=50,0,100,100
        hazardous_area M identified_on=2017-01-01 replaces=P at=100,0,200,100
    """
    record(store, split)
    assert checks(store)["succession_differs"] == (1, 1)
    record(store, "land_release R1 release_class=reduced method=TS parent=P at=0,0,50,100")
    assert "succession_differs" not in checks(store)


def test_records_of_one_accident_that_disagree_are_told(store: str) -> None:
    accident = "accident X1 by=Org happened_on=2020-05-01 accident_type=mine is_demining=no"
    record(store, f"{accident} killed_count=1 injured_count=3")
    assert checks(store) == {}
    record(store, f"{accident} killed_count=2 injured_count=2")
    assert checks(store) == {"accident_counts_differ": (2, 2), "id_with_several_contents": (2, 2)}


def test_a_correction_that_adds_people_is_told_until_it_is_taken_back(store: str) -> None:
    accident = "accident X1 by=Org happened_on=2020-05-01 accident_type=mine is_demining=no injured_count=3 killed_count="
    (first,) = told(f"{accident}1")["accident"]
    record(store, f"{accident}1")
    later = Path(store).parent / "later.csv"
    words = {**first.payload, "killed_count": "2"}
    (corrected,) = history("accident/org/x1", store=store)["told"]
    later.write_text(f"{','.join(words)},supersedes\n{','.join(words.values())},{corrected['fact_id']}\n", encoding="utf-8")
    import_records(str(later), kind="accident", store=store, at=AT)
    assert checks(store) == {"accident_people_added": (1, 1)}
    reverse("2", store=store)
    assert checks(store) == {}


def test_a_terminal_shows_that_people_may_be_at_risk_the_steps_and_the_count(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    record(store, f"{CLOSED}\n{FOUND}")
    capsys.readouterr()
    assert main(["quality", "--store", store]) == 1
    found = "hazardous_area NMAA/H1: The area is closed since 2015-07-10, and device_found Op/D1 tells of ordnance"
    assert found in " ".join(capsys.readouterr().out.split())
    assert main(["why", "H1", "--store", store]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert f"status: closed since 2015-07-10 found: {found}" in text
    assert "2015-07-10 closed, now closed: activity_report Op/P1 (batch 4, activity_report.csv, row 1) shown by: completion report" in text
    assert main(["areas", "--store", store]) == 0
    assert "1 finding about status: mineaction quality" in capsys.readouterr().out
