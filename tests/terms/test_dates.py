"""Days, months and years known in part, and the way treaties count months."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.terms.dates import Moment, add_months, add_years, first_of_month, moment, parse_day

# Far enough from the ends of the calendar that a century of months fits on both sides.
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-06-21", "2022-06-21", "2022-06-21"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2012", "2012-01-01", "2012-12-31"),
    ],
)
def test_a_month_or_a_year_means_some_day_in_it(text: str, first: str, last: str) -> None:
    assert moment(text) == Moment(day(first), day(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "2023-02-30",
        "2022-13",
        "2022-00",
        "2022-1-1",
        "22-06-21",
        "2022/06/21",
        "FY2014",
        "0000",
        "2022-06-2",
        "20220621",
        "2022-W25",
    ],
)
def test_what_is_no_date_is_no_moment(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(("text", "is_exact"), [("2022-06-21", True), ("2022-06", False), ("2022", False)])
def test_only_a_whole_day_is_exact(text: str, is_exact: bool) -> None:
    known = moment(text)
    assert known is not None
    assert known.is_exact is is_exact


@given(DAYS, st.sampled_from([10, 7, 4]))
def test_a_moment_is_written_as_it_was_read(given_day: dt.date, length: int) -> None:
    text = given_day.isoformat()[:length]
    assert str(moment(text)) == text


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_month_in_its_year(given_day: dt.date) -> None:
    text = given_day.isoformat()
    exact, month, year = moment(text), moment(text[:7]), moment(text[:4])
    assert exact is not None
    assert month is not None
    assert year is not None
    assert year.first <= month.first <= exact.first == exact.last <= month.last <= year.last


def test_a_day_that_does_not_exist_is_a_problem_with_its_place() -> None:
    found, problems = parse_day("2023-02-30", "--on")
    assert found is None
    assert [(one.code, one.place, one.value) for one in problems] == [("impossible_date", "--on", "2023-02-30")]


@pytest.mark.parametrize("text", ["2022-6-1", "20220621", "2022-W25-2", "2022-06", "today", "2022-06-21T00:00", " 2022-06-21", ""])
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    assert parse_day(text, "--on")[0] is None


@given(DAYS)
def test_a_day_that_exists_is_read(given_day: dt.date) -> None:
    assert parse_day(given_day.isoformat(), "--on") == (given_day, [])


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-08-20", 6, "2026-02-20"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("1998-09-16", 6, "1999-03-16"),
        ("2026-01-15", -12, "2025-01-15"),
        ("2025-12-31", 0, "2025-12-31"),
    ],
)
def test_six_months_later_is_the_same_day_of_the_month_or_its_last(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "years", "end"), [("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 4, "2028-02-29"), ("1999-03-01", 10, "2009-03-01")]
)
def test_an_anniversary_of_29_february_falls_on_the_28th_of_a_common_year(start: str, years: int, end: str) -> None:
    assert add_years(day(start), years) == day(end)


@pytest.mark.parametrize(
    ("deposit", "months", "first"),
    [("2002-09-11", 6, "2003-03-01"), ("1998-09-01", 6, "1999-03-01"), ("1998-09-30", 6, "1999-03-01"), ("2025-12-31", 6, "2026-06-01")],
)
def test_the_first_day_of_the_sixth_month_after_the_month_of_deposit(deposit: str, months: int, first: str) -> None:
    assert first_of_month(day(deposit), months) == day(first)


@given(DAYS, st.integers(-1200, 1200))
def test_adding_months_moves_the_month_by_exactly_that_many(given_day: dt.date, months: int) -> None:
    moved = add_months(given_day, months)
    assert (moved.year - given_day.year) * 12 + moved.month - given_day.month == months
    assert moved.day <= given_day.day


@given(DAYS, st.integers(0, 600), st.integers(0, 600))
def test_a_longer_period_never_ends_earlier(given_day: dt.date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert add_months(given_day, shorter) <= add_months(given_day, longer)


@given(DAYS, DAYS, st.integers(-600, 600))
def test_a_later_start_never_ends_earlier(one: dt.date, other: dt.date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert add_months(earlier, months) <= add_months(later, months)
