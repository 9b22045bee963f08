"""Splits and mergers: the new areas hold the ground of the old ones, or the difference is told."""

from __future__ import annotations

import datetime as dt

import pytest

from mineaction.registers.hazard_succession import Succession, successions
from mineaction.registers.land_figures import yearly_balances
from mineaction.terms.problem import Problem
from tests.registers.land_book import ground
from tests.registers.told_facts import land, told

SPLIT = """
    hazardous_area P at=0,0,20,10
    hazard_change  P change=superseded changed_on=2012-01-01 successors="L; M"
    hazardous_area L identified_on=2012-01-01 replaces=P at=0,0,10,10
    hazardous_area M identified_on=2012-01-01 replaces=P at=10,0,20,10
"""


def found(text: str, **released: object) -> tuple[tuple[Succession, ...], tuple[Problem, ...]]:
    facts = told(text)
    return successions(
        facts["hazardous_area"], facts["hazard_change"], {f"hazardous_area/nmaa/{name}": one for name, one in released.items()}
    )


def codes(text: str) -> list[str]:
    return [one.code for one in found(text)[1]]


def m2(metres: float) -> object:
    return pytest.approx(metres, abs=0.1)


def test_a_split_whose_parts_make_up_the_whole_changes_nothing() -> None:
    ((one,), problems) = found(SPLIT)
    assert (one.replaced, one.successors) == (("hazardous_area/nmaa/p",), ("hazardous_area/nmaa/l", "hazardous_area/nmaa/m"))
    assert (one.replaced_m2, one.successors_m2, one.gained_m2, one.lost_m2, one.shared_m2) == (m2(200), m2(200), m2(0), m2(0), m2(0))
    assert problems == ()


def test_a_difference_needs_a_reason_and_is_what_the_account_adjusts() -> None:
    text = SPLIT.replace("at=10,0,20,10", "at=10,0,25,9")
    ((one,), problems) = found(text)
    assert (one.gained_m2, one.lost_m2) == (m2(45), m2(10))
    assert [problem.code for problem in problems] == ["succession_differs"]
    assert codes(text.replace("change=superseded", "change=superseded reason=survey")) == []
    (year,) = yearly_balances(land(told(text)).account(), 2012, 2012)
    assert (year.identified, year.adjusted, year.remaining) == (0, m2(35), m2(235))


def test_ground_that_was_released_before_is_not_lost() -> None:
    text = SPLIT.replace("at=0,0,10,10", "at=5,0,10,10")
    assert codes(text) == ["succession_differs"]
    ((one,), problems) = found(text, p=ground(0, 0, 5, 10))
    assert (one.lost_m2, problems) == (m2(0), ())


def test_a_merger_is_one_succession_of_all_that_hang_together() -> None:
    text = """
        hazardous_area A at=0,0,10,10
        hazardous_area B at=10,0,20,10
        hazard_change  A change=superseded changed_on=2012-01-01 successors=C
        hazard_change  B change=superseded changed_on=2012-01-01 successors=C
        hazardous_area C identified_on=2012-01-01 replaces="A; B" at=0,0,20,10
    """
    ((one,), problems) = found(text)
    assert (len(one.replaced), len(one.successors), one.gained_m2, problems) == (2, 1, m2(0), ())
    (year,) = yearly_balances(land(told(text)).account(), 2012, 2012)
    assert (year.identified, year.adjusted, year.remaining) == (0, m2(0), m2(200))


def test_parts_that_share_ground_are_told() -> None:
    assert codes(SPLIT.replace("at=10,0,20,10", "at=8,0,20,10")) == ["successors_overlap"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("replaces=P at=10", "at=10", ["succession_not_opened"]),
        ('successors="L; M"', "successors=L", ["succession_not_closed"]),
        ("hazard_change  P change=superseded", "hazard_change P change=voided", ["succession_not_closed", "succession_not_closed"]),
        ('successors="L; M"', 'successors="L; M; N"', ["record_link_unknown"]),
        (" at=0,0,10,10", "", ["succession_without_outline"]),
    ],
)
def test_what_one_side_says_and_the_other_does_not_is_told(old: str, new: str, expected: list[str]) -> None:
    assert old in SPLIT
    assert codes(SPLIT.replace(old, new)) == expected


def test_a_released_part_of_an_area_is_moved_to_no_successor() -> None:
    text = SPLIT.replace("at=0,0,10,10", "at=5,0,10,10") + "land_release R1 released_on=2011-05-01 at=0,0,5,10"
    years = yearly_balances(land(told(text)).account(), 2011, 2012)
    assert [(year.first, year.cleared, year.adjusted, year.remaining) for year in years] == [
        (dt.date(2011, 1, 1), m2(50), m2(0), m2(150)),
        (dt.date(2012, 1, 1), m2(0), m2(0), m2(150)),
    ]
