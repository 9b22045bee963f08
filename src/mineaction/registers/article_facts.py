"""When did each told event under APMBC Article 4 or 5 happen, and which date does it speak of?

The column `date` means the new end for extension_granted, extended_deadline_in_force and deadline_in_force, the end asked for in
extension_requested, the missed deadline for deadline_missed, and the day of the act or finding for every other event. An event whose
date is an end happened at its meeting; without a meeting, when it was told. Refuses to give a day that nobody told: it stays None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact

GRANTED = "extension_granted"
REPORTED = ("extended_deadline_in_force", "deadline_in_force")
REQUESTED = "extension_requested"
NOT_APPROVED = "extension_not_approved"
MISSED = "deadline_missed"
COMPLETED = ("completed", "completion_declared", "completion_reconfirmed")
CONTAMINATED = "contamination_found_after_completion"

_DATE_IS_AN_END = (GRANTED, *REPORTED, REQUESTED)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# `18MSP (Nov 2020)`, `12MSP (2012)`, `12MSP (5 Dec 2012)`.
_MEETING = re.compile(r"\((?:(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* )?(\d{4})\)$")


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """One event: `happened` is None when nobody knows when, `end` is the deadline it speaks of, if it names one."""

    event: str
    happened: Moment | None
    end: Moment | None
    row: RecordedFact

    def is_past(self, on: dt.date) -> bool:
        """It has happened by that day for certain."""
        return self.happened is not None and self.happened.last <= on

    def is_possible(self, on: dt.date) -> bool:
        """It may have happened by that day: its month or year has begun and is not over."""
        return self.happened is not None and self.happened.first <= on < self.happened.last

    @property
    def meeting(self) -> str:
        return self.row["decision_meeting"] or (f"told {self.happened}" if self.happened else "day not known")


def article_facts(rows: Sequence[RecordedFact], article: str, derived: Moment) -> tuple[ArticleFact, ...]:
    """The events of one state under one article, in the order in which they happened, those of unknown day last."""
    facts = [
        ArticleFact(row["event"], _happened(row, derived), moment(row["date"]) if row["event"] in (*_DATE_IS_AN_END, MISSED) else None, row)
        for row in rows
        if row["article"] == article
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.happened is None, fact.happened.last if fact.happened else dt.date.max)))


def _happened(row: RecordedFact, derived: Moment) -> Moment | None:
    event, date, meeting = row["event"], moment(row["date"]), meeting_days(row["decision_meeting"])
    if event == MISSED:
        return _missed(row, date, derived)
    if event in _DATE_IS_AN_END or event == NOT_APPROVED:
        return meeting or _told(row)
    return date or meeting or _told(row)


def _missed(row: RecordedFact, deadline: Moment | None, derived: Moment) -> Moment | None:
    """A deadline is missed on the day after it; one without a date, some day between the treaty's own date and the telling."""
    if deadline is not None:
        return Moment(_day_after(deadline.first), _day_after(deadline.last))
    told = _told(row)
    return Moment(_day_after(derived.first), max(told.last, _day_after(derived.last))) if told else None


def _day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _told(row: RecordedFact) -> Moment | None:
    """When it was told: an assumed day stands for its whole year, since it was made from the year of the source."""
    if row.known_from is None:
        return None
    first = row.known_from.replace(month=1, day=1) if row.known_from_basis == "assumed" else row.known_from
    return Moment(first, row.known_from)


def meeting_days(text: str) -> Moment | None:
    """The days on which a meeting such as `18MSP (Nov 2020)` may have decided."""
    found = _MEETING.search(text)
    if found is None:
        return None
    day, month, year = found.groups()
    if month is None:
        return moment(year)
    if month not in _MONTHS:
        return None
    whole = f"{year}-{_MONTHS.index(month) + 1:02d}"
    return moment(f"{whole}-{int(day):02d}" if day else whole)
