"""A release that is taken back: an adjustment of that day, and ground that has to be told anew."""

from __future__ import annotations

import datetime as dt

import pytest

from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_closing import closing
from mineaction.registers.land_figures import balance, yearly_balances
from tests.registers.land_book import book, posted


def m2(value: float) -> object:
    return pytest.approx(value, rel=2e-4, abs=0.05)


def test_a_release_taken_back_is_an_adjustment_of_the_day_and_changes_no_earlier_year() -> None:
    text = """
        hazard    H   CHA      2010-01-01  0 0 10 10
        release   R1  cleared  2011-01-01  0 0  6 10
        release   R2  cleared  2011-06-01  4 0  8 10
    """
    before, after = book(text).account(), book(text + "reversal R1 - 2014-05-01").account()
    assert yearly_balances(after, 2010, 2013) == yearly_balances(before, 2010, 2013)
    [year] = yearly_balances(after, 2014, 2014)
    assert (year.opening, year.adjusted, year.cleared, year.remaining) == (m2(20), m2(60), 0, m2(80))
    assert posted(after)[("adjusted", "H", "R1")] == m2(60)
    assert release_figures(after).credited_m2.tolist() == [m2(60), m2(20)]


def test_ground_of_a_release_taken_back_is_credited_to_whoever_tells_it_anew() -> None:
    account = book("""
        hazard    S   SHA      2010-01-01   0 0 10 10
        hazard    C   CHA      2010-01-01   5 0 10 10
        release   R1  cleared  2011-01-01   0 0 10 10
        reversal  R1  -        2012-01-01
        release   R2  cleared  2013-01-01   0 0 10 10
    """).account()
    assert posted(account) == {
        ("identified", "C", ""): m2(50), ("identified", "S", ""): m2(50),
        ("cleared", "C", "R1"): m2(-50), ("cleared", "S", "R1"): m2(-50),
        ("adjusted", "C", "R1"): m2(50), ("adjusted", "S", "R1"): m2(50),
        ("cleared", "C", "R2"): m2(-50), ("cleared", "S", "R2"): m2(-50),
    }  # fmt: skip
    assert [closing(account, at).can_close for at in range(2)] == [True, True]


def test_a_release_taken_back_returns_no_ground_that_the_area_lost_by_a_new_outline() -> None:
    account = book("""
        hazard      H  CHA      2010-01-01  0 0 10 10
        release     R  cleared  2011-01-01  0 0  6 10
        remeasured  H  -        2012-01-01  4 0 10 10
        reversal    R  -        2013-01-01
    """).account()
    assert posted(account)[("adjusted", "H", "R")] == m2(20)


def test_a_release_taken_back_returns_no_ground_that_the_area_holds_again_already() -> None:
    account = book("""
        hazard      H  CHA      2010-01-01  0 0 10 10
        release     R  cleared  2011-01-01  0 0  6 10
        remeasured  H  -        2012-01-01  6 0 10 10
        remeasured  H  -        2013-01-01  0 0 10 10
        reversal    R  -        2014-01-01
    """).account()
    assert posted(account) == {("identified", "H", ""): m2(100), ("cleared", "H", "R"): m2(-60), ("adjusted", "H", ""): m2(60)}


@pytest.mark.parametrize(
    ("reversal", "name"),
    [
        ("reversal R - 2010-12-31", "release operator/R"),
        ("reversal unknown - 2012-01-01", "unknown"),
        ("reversal R - 2012-01-01\nreversal R - 2013-01-01", "release operator/R"),
    ],
)
def test_a_reversal_of_no_release_before_its_first_day_or_for_a_second_time_is_told_and_left_out(reversal: str, name: str) -> None:
    account = book(f"""
        hazard    H  CHA      2010-01-01  0 0 10 10
        release   R  cleared  2011-01-01  0 0  6 10
        {reversal}
    """).account()
    assert [(one.code, one.value) for one in account.problems] == [("land_reversal_without_release", name)]
    assert balance(account, dt.date(2015, 1, 1), dt.date(2015, 12, 31)).remaining == m2(100 if "2013" in reversal else 40)
