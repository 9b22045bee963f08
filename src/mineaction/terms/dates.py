"""What a date means: whole days, months or years known only in part, and half-open periods [from, to).

A month or a year as a limit means "some day in it": inside it both answers are possible (`Moment.first` to `Moment.last`).
Months are added the way treaties count them: the same day of the month, or its last day where that day does not exist.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from mineaction.terms.limits import DAY_FIRST, DAY_LAST
from mineaction.terms.problem import Problem, problem

# One way of writing only: the calendar's own reader also takes week dates, `20220621` and signs.
_WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A day known exactly (`first == last`), or only to lie between two days, both included."""

    first: dt.date
    last: dt.date

    @property
    def is_exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_exact:
            return self.first.isoformat()
        return f"{self.first:%Y-%m}" if self.first.month == self.last.month else f"{self.first:%Y}"


def parse_day(text: str, place: str) -> tuple[dt.date | None, list[Problem]]:
    """A whole day written YYYY-MM-DD; anything else is the problem `impossible_date` or `date_out_of_range` at `place`."""
    day = moment(text) if len(text) == 10 else None
    if day is None:
        return None, [problem("impossible_date", place, text, or_else="")]
    if not DAY_FIRST <= day.first <= DAY_LAST:
        return None, [problem("date_out_of_range", place, text, first=DAY_FIRST, last=DAY_LAST)]
    return day.first, []


@lru_cache(maxsize=10_000)  # the days of some decades: records repeat them
def moment(text: str) -> Moment | None:
    """The days that `2022-06-21`, `2022-06` or `2022` may mean; None for any other text."""
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        if len(text) == 10:
            day = dt.date.fromisoformat(text)
            return Moment(day, day)
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return Moment(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        return Moment(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    except ValueError:
        return None


def as_utc(at: dt.datetime) -> str:
    """A moment as it is written down: in UTC, to the second, such as `2024-05-01T09:30:00Z`."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later (or earlier), or the last day of that month if it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: dt.date, years: int) -> dt.date:
    """The anniversary; 29 February falls on the 28th of a common year."""
    return add_months(day, 12 * years)


def first_of_month(day: dt.date, months: int) -> dt.date:
    """The first day of the month that lies `months` after the month of `day`."""
    return add_months(day.replace(day=1), months)
