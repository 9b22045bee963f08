"""How much land was identified, cancelled, reduced and cleared, and how much is left: the national table out of a store.

`rows` are of the dimension asked about, `totals` the balance of the period, `beside` what stands beside it. Every square metre counts once,
whoever reports it. Unknown is told: areas without outline, figures nobody gave, releases on a day known in part.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from mineaction.programme.collector import collector_paused
from mineaction.programme.land_book import LandBook, land_book
from mineaction.programme.land_table import DIMENSIONS, land_table
from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given, today
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_rows import Release
from mineaction.registers.land_tables import Period, beside, held_on, shown, totals
from mineaction.terms.limits import DAY_FIRST, PROBLEMS_SHOWN_MAX
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

BASES = ("computed", "reported")
Day = str | dt.date | None


@collector_paused()
def area(
    by: str = "class", *, since: Day = None, until: Day = None, known_at: Day = None, basis: str = "computed", store: str | None = None
) -> dict[str, Any]:
    """The land account of a store by class, method, operator, year, province, district, status, contamination or ground, from a day to a
    day, both included.

    Without `since` from the beginning, without `until` up to today; with `known_at` by what was recorded up to that day. On the basis
    `reported` the figures are those that were written, added up. Raises `ProblemError` for a word or day that is none."""
    period, known = _asked(by, basis, since, until, known_at)
    with open_store(store) as held, held.one_moment():
        book = land_book(held, known)
        table = land_table(held, book, by, basis, period, known)
        identity, path = held.identity(), held.path
    problems = (*table.problems, *book.problems)
    return {
        "store": path,
        "by": by,
        "from": None if since is None else period.first.isoformat(),
        "to": period.last.isoformat(),
        "known_at": known.isoformat() if known else None,
        "basis": basis,
        "rows": table.rows,
        "totals": totals(table.entries, period),
        "beside": {**_beside(book, period), "not_under_control_m2": table.not_under_control["remaining_m2"]},
        "not_under_control": table.not_under_control,
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
    reported = [row.reported_m2 for row in rows if row.reported_m2 is not None]
    return {"areas": len(rows), "reported_m2": shown(sum(reported)) if reported or not rows else None}
