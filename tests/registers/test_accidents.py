"""Accidents are counted once each, and somebody who died later moves from injured to killed."""

from __future__ import annotations

import datetime as dt

import pytest

from mineaction.registers.accidents import accident_problems, casualties
from mineaction.sources.fact_rows import read_facts
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS

TODAY = dt.date(2026, 1, 1)


def accident(local_id: str, killed: str, injured: str, unknown: str = "", supersedes: str = "") -> Fact:
    header = "local_id,organisation,happened_on,accident_type,is_demining,killed_count,injured_count,unknown_outcome_count,supersedes\n"
    row = f"{local_id},Org,2020-05-01,mine,no,{killed},{injured},{unknown},{supersedes}\n"
    (told,) = read_facts((header + row).encode(), "a.csv", ".csv", KINDS["accident"], TODAY).facts
    return told.fact


FIRST = accident("AC-1", "1", "3")


def test_somebody_who_died_later_is_moved_and_not_added() -> None:
    later = accident("AC-1", "2", "2", supersedes=FIRST.fact_id)
    found = casualties([later, accident("AC-2", "0", "1")])
    assert (found.accidents, found.least["killed_count"], found.least["injured_count"]) == (2, 2, 3)
    assert found.least == found.most
    assert list(accident_problems([FIRST, later], [later])) == []


@pytest.mark.parametrize(("killed", "injured", "is_told"), [("2", "3", True), ("2", "2", False), ("1", "4", False), ("0", "4", False)])
def test_a_correction_that_adds_the_dead_without_taking_them_from_the_injured_is_told(killed: str, injured: str, is_told: bool) -> None:
    later = accident("AC-1", killed, injured, supersedes=FIRST.fact_id)
    told = [(one.code, one.place) for one in accident_problems([FIRST, later], [later])]
    assert told == ([("accident_people_added", "accident Org/AC-1")] if is_told else [])


def test_claims_that_disagree_are_no_sum() -> None:
    other = accident("ac-1", "2", "2")
    found = casualties([FIRST, other])
    assert (found.accidents, found.least["killed_count"], found.most["killed_count"]) == (1, 1, 2)
    assert [(one.code, one.value) for one in accident_problems([FIRST, other], [FIRST, other])] == [
        ("accident_counts_differ", "killed_count"),
        ("accident_counts_differ", "injured_count"),
    ]


def test_a_count_that_nobody_told_is_not_zero() -> None:
    found = casualties([accident("AC-1", "", "2"), accident("AC-2", "1", "")])
    assert (found.least["killed_count"], found.not_told["killed_count"]) == (1, 1)
    assert found.not_told == {"killed_count": 1, "injured_count": 1, "unknown_outcome_count": 2}


def test_an_accident_has_no_outline() -> None:
    header = "local_id,organisation,happened_on,accident_type,is_demining,wkt\n"
    row = 'AC-1,Org,2020,mine,no,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n'
    reading = read_facts((header + row).encode(), "a.csv", ".csv", KINDS["accident"], TODAY)
    assert [(one.code, one.place) for one in reading.problems] == [("outline_not_of_kind", "row 1")]


def test_nothing_of_an_accident_is_published() -> None:
    assert {field.sensitivity for field in KINDS["accident"].fields} == {"T3"}
