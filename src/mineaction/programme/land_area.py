"""How much land was identified, cancelled, reduced and cleared, and how much is left: the national table out of a store.

`rows` are of the dimension asked about, `totals` the balance of the period, `beside` what stands beside it. Every square metre counts once,
whoever reports it. Unknown is told: areas without outline, figures nobody gave, releases on a day known in part.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.ledger.store import Store
from mineaction.programme.land_book import LandBook, land_book
from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given, today
from mineaction.registers.area_words import words_of_areas
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_owned import owned_m2
from mineaction.registers.land_rows import Release
from mineaction.registers.land_tables import (
    BY_RELEASE,
    TERMS,
    Entries,
    Period,
    Shares,
    beside,
    computed_entries,
    held_on,
    reported_entries,
    rows_by_area,
    rows_by_release,
    rows_by_year,
    shown,
    totals,
)
from mineaction.terms.limits import DAY_FIRST, PROBLEMS_SHOWN_MAX
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

DIMENSIONS = (*BY_RELEASE, "year", "contamination", "ground")
BASES = ("computed", "reported")
# What was released of no hazardous area that is known.
_NO_AREA = "no_area"
_TERMS = tuple(f"{name}_m2" for name in (*TERMS[:4], "transferred", *TERMS[4:]))
Day = str | dt.date | None


def area(
    by: str = "class", *, since: Day = None, until: Day = None, known_at: Day = None, basis: str = "computed", store: str | None = None
) -> dict[str, Any]:
    """The land account of a store by class, method, year, operator, contamination or ground, from a day to a day, both included.

    Without `since` from the beginning, without `until` up to today; with `known_at` by what was recorded up to that day. On the basis
    `reported` the figures are those that were written, added up. Raises `ProblemError` for a word or day that is none."""
    period, known = _asked(by, basis, since, until, known_at)
    with open_store(store) as held:
        book = land_book(held, known)
        table = Table(book, period, *_entries(book, basis), _shares(held, book, known, period) if _is_shared(book, by, basis) else None)
        identity, path = held.identity(), held.path
    problems = book.problems
    apart = table.not_under_control()
    return {
        "store": path,
        "by": by,
        "from": None if since is None else period.first.isoformat(),
        "to": period.last.isoformat(),
        "known_at": known.isoformat() if known else None,
        "basis": basis,
        "rows": table.rows(by),
        "totals": totals(table.entries, period),
        "beside": {**_beside(book, period), "not_under_control_m2": apart["remaining_m2"]},
        "not_under_control": apart,
        "set_aside": _set_aside(book, period),
        "without_outline": _without_outline(book, period),
        "without_figure": table.without_figure,
        "problems_count": len(problems),
        "problems": [one.as_dict() for one in problems[:PROBLEMS_SHOWN_MAX]],
        "books": [identity],
    }


def _asked(by: str, basis: str, since: Day, until: Day, known_at: Day) -> tuple[Period, dt.date | None]:
    problems: list[Problem] = []
    for word, words, field in ((by, DIMENSIONS, "by"), (basis, BASES, "basis")):
        if word not in words:
            problems.append(problem("unknown_code", field, word, field=f"word for --{field}", nearest=", ".join(nearest(word, words))))
    first = DAY_FIRST if since is None else day_given(since, "from", problems)
    last = today() if until is None else day_given(until, "to", problems)
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    if first and last and first > last:
        problems.append(problem("period_reversed", "from", first, last=last))
    if problems or first is None or last is None:
        raise ProblemError(problems)
    return Period(first, last), known


def _entries(book: LandBook, basis: str) -> tuple[Entries, dict[str, int] | None]:
    if basis == "computed":
        return computed_entries(book.account), None
    return reported_entries(book.account, book.figures, book.rows.nothing_new)


@dataclass(frozen=True, slots=True)
class Table:
    """What is added up for one answer."""

    book: LandBook
    period: Period
    entries: Entries
    without_figure: dict[str, int] | None
    shares: Shares | None

    def rows(self, by: str) -> list[dict[str, Any]]:
        """The rows of the dimension asked about."""
        if by in BY_RELEASE:
            return rows_by_release(self.entries, by, self.period)
        if by == "year":
            return rows_by_year(self.entries, self.period)
        words, codes = words_of_areas(self.book.account.hazards.rows, self.book.rows.facts, by)
        is_held = held_on(self.book.account, self.period.last)
        return rows_by_area(self.entries, by, [*words, _NO_AREA], codes, is_held, self.period, self.shares)

    def not_under_control(self) -> dict[str, Any]:
        """The balance of areas of which no control is told; all terms 0 where there are none."""
        (found,) = [row for row in self.rows("control") if row["control"] == "no"] or [dict.fromkeys(_TERMS, 0.0)]
        return {name: found[name] for name in _TERMS}


def _is_shared(book: LandBook, by: str, basis: str) -> bool:
    """Whether anything is asked by area, of ground that several areas may hold."""
    is_by_area = by not in (*BY_RELEASE, "year") or any(fact.payload.get("control") == "no" for fact in book.rows.facts.values())
    return is_by_area and basis == "computed" and bool(book.account.hazards.neighbours)


def _shares(held: Store, book: LandBook, known: dt.date | None, period: Period) -> Shares:
    """What each area owned before the period and owns at its end."""
    at = {row.digest: number for number, row in enumerate(book.account.hazards.rows)}

    def on(day: dt.date) -> Any:
        then, owned = land_book(held, known, day).account, np.zeros(len(at))
        owned[[at[row.digest] for row in then.hazards.rows]] = owned_m2(then)
        return owned

    is_from_the_beginning = period.first <= DAY_FIRST
    return Shares(np.zeros(len(at)) if is_from_the_beginning else on(period.first - dt.timedelta(1)), on(period.last))


def _beside(book: LandBook, period: Period) -> dict[str, Any]:
    found = beside(book.account, book.figures, book.rows.nothing_new, period)
    releases = [*book.account.releases.rows, *book.rows.nothing_new]
    again = sum(
        book.rows.told_again_m2.get(row.digest, 0.0)
        for row in releases
        if row.released_on and period.first <= row.released_on.last <= period.last
    )
    unapproved = [row.digest in book.rows.unapproved for row in book.account.releases.rows]
    counts = period.holds(book.account.releases.last) & np.array(unapproved, dtype=bool)
    return {**found, "told_again_m2": shown(again), "unapproved_m2": shown(book.figures.credited_m2[counts].sum())}


def _set_aside(book: LandBook, period: Period) -> list[dict[str, Any]]:
    """Releases of the period that do not count, by the reason: single items that were removed, not approved, rejected ..."""
    found: dict[str, list[Release]] = {}
    for row, reason in book.rows.set_aside:
        if row.released_on and period.first <= row.released_on.last <= period.last:
            found.setdefault(reason.code, []).append(row)
    return [
        {
            "reason": code,
            "releases": len(rows),
            "computed_m2": shown(areas_m2([row.polygon for row in rows]).sum()),
            "reported_m2": shown(sum(row.reported_m2 or 0.0 for row in rows)),
        }
        for code, rows in sorted(found.items())
    ]


def _without_outline(book: LandBook, period: Period) -> dict[str, Any]:
    """Areas that no outline shows: how many, and what they report, which no total holds."""
    is_held = held_on(book.account, period.last)
    rows = [row for at, row in enumerate(book.account.hazards.rows) if is_held[at] and book.account.hazards.reach[at].is_empty]
    return {"areas": len(rows), "reported_m2": shown(sum(row.reported_m2 or 0.0 for row in rows))}
