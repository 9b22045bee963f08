"""What day is it, and which day was given? The one place where the programme reads the clock; every function takes the day too."""

from __future__ import annotations

import datetime as dt

from mineaction.terms.dates import parse_day
from mineaction.terms.problem import Problem


def today() -> dt.date:
    """The day of the calendar in UTC."""
    return dt.datetime.now(dt.UTC).date()


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def seconds_since(began: dt.datetime) -> float:
    """How long it took, to a thousandth; a clock that was set back in between gives nothing."""
    return max(0.0, round((now() - began).total_seconds(), 3))


def day_given(given: str | dt.date, place: str, problems: list[Problem]) -> dt.date | None:
    """The day of a text or a date; None for what is no day, which becomes a problem."""
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    day, found = parse_day(given, place)
    problems += found
    return day
