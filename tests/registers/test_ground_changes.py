"""A change that takes ground out of the account holds only if what shows it is there; otherwise the ground stays hazardous."""

from __future__ import annotations

import datetime as dt

import pytest

from mineaction.registers.land_facts import KINDS_READ, land_rows
from mineaction.registers.land_figures import balance
from tests.registers.told_facts import land, told

AREA = "hazardous_area H1 at=0,0,100,10"
BOTH = "approved_by=Director second_approved_by=Deputy"


def remaining(*lines: str) -> tuple[float, list[str]]:
    """What remains in 2020, and the codes of what is told of changes."""
    facts = told("\n".join(lines))
    left = balance(land(facts).account(), dt.date(2020, 1, 1), dt.date(2020, 12, 31)).remaining
    problems = land_rows({kind: facts.get(kind, ()) for kind in KINDS_READ}).problems
    return left, [one.message.partition("Missing: ")[2] for one in problems if one.code == "ground_change_left_out"]


def m2(metres: float) -> object:
    return pytest.approx(metres, abs=0.5)


@pytest.mark.parametrize(
    ("void", "holds"),
    [
        (f"reason=twice {BOTH}", True),
        ("reason=twice approved_by=Director", False),
        ("reason=twice approved_by=Director second_approved_by=director", False),
        (BOTH, False),
        ("reason=twice", False),
    ],
)
def test_an_area_entered_in_error_leaves_by_two_approvals_and_a_reason(void: str, holds: bool) -> None:
    left, missing = remaining(AREA, f"hazard_change H1 change=voided changed_on=2012-01-01 {void}")
    assert (left, len(missing)) == (m2(0 if holds else 1000), 0 if holds else 1)


def test_the_second_approval_may_be_a_decision_of_its_own_by_then() -> None:
    void = "hazard_change H1 change=voided changed_on=2012-01-01 reason=twice approved_by=Director"
    decision = "approval H1 of_kind=hazard_change by=NMAA decided_by=Deputy decided_on="
    assert remaining(AREA, void, f"{decision}2012-01-01") == (m2(0), [])
    assert remaining(AREA, void, f"{decision}2012-01-02")[0] == m2(1000)
    assert remaining(AREA, void, f"{decision}2011-01-01 decision=rejected")[0] == m2(1000)


@pytest.mark.parametrize(
    ("release", "holds"),
    [
        ("released_on=2011-06-01 at=0,0,10,10", False),
        ("released_on=2011 at=0,0,10,10", False),
        ("released_on=2012-06-01 at=0,0,10,10", True),
        ("released_on=2009-06-01 at=0,0,10,10", True),
        ("released_on=2011-06-01 at=200,0,210,10", True),
        ("released_on=2011-06-01 at=100,0,110,10", True),
    ],
)
def test_an_area_of_which_ground_was_released_was_not_entered_in_error(release: str, holds: bool) -> None:
    void = f"hazard_change H1 change=voided changed_on=2012-01-01 reason=twice {BOTH}"
    left, missing = remaining(AREA, void, f"land_release R1 {release}")
    assert (left == m2(0)) == holds
    assert missing == ([] if holds else ["no release has taken ground from it; otherwise those are reversed first."])


def test_an_area_without_outline_can_be_void_too() -> None:
    void = f"hazard_change H1 change=voided changed_on=2012-01-01 reason=twice {BOTH}"
    assert remaining("hazardous_area H1", void, "land_release R1 at=0,0,10,10") == (0, [])


def test_ground_goes_to_successors_only_if_they_are_told() -> None:
    split = 'hazard_change H1 change=superseded changed_on=2012-01-01 successors="L; M"'
    one, other = (
        f"hazardous_area {name} identified_on=2012-01-01 replaces=H1 at={at}" for name, at in (("L", "0,0,50,10"), ("M", "50,0,99,10"))
    )
    assert remaining(AREA, split, one, other) == (m2(990), [])
    assert remaining(AREA, split, one) == (m2(1000), ["every area named as its successor is told."])


@pytest.mark.parametrize(
    ("change", "left"),
    [("at=0,0,60,10", 1000), ("at=0,0,60,10 reason=survey", 600), ("at=0,0,120,10", 1200), ("at=20,0,120,10", 1000)],
)
def test_a_new_outline_that_leaves_ground_out_needs_a_reason(change: str, left: float) -> None:
    assert remaining(AREA, f"hazard_change H1 change=remeasured changed_on=2012-01-01 {change}")[0] == m2(left)
