"""When did the answer about one act change, and by which act did it? For each instrument the periods in which its finding is the same.

Periods are half-open, leave no gap, and each but the first names what differs from the one before and the acts that made the change.
What lies beyond the data is a period of its own. Refuses a first day after the last. Not legal advice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Instrument
from mineaction.policies.law import Law
from mineaction.policies.question import Finding
from mineaction.programme.activity import Activity, read_activity
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.days_of_change import Change, changes
from mineaction.programme.decisions import Words, alone_on_one_day, instrument_problems, reading_problems
from mineaction.programme.decisions_beside import notes_beside
from mineaction.programme.today import day_given, today
from mineaction.programme.treaties import histories
from mineaction.programme.who_is_bound import unencoded_treaties
from mineaction.registers.treaty_binding import DEFAULT_READING, bindings
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER, NOT_BOUND, NOT_IN_FORCE

# The first national act on these mines that is held, the export moratorium of the United States, is of October 1992.
FIRST_DAY_WHEN_LEFT_OUT = dt.date(1992, 1, 1)
Day = str | dt.date
Period = dict[str, Any]
# What a period says besides its days and its causes: two periods beside each other differ in one of these.
_SHOWN = (
    "version", "reading", "verdict", "reason", "clauses", "duties", "provisos", "possible", "missing", "missing_law", "if_bound",
    "other_readings", "disputes", "beside", "as_last_known", "beyond_text_data",
)  # fmt: skip


def timeline(
    *,
    since: Day | None = None,
    until: Day | None = None,
    instruments: Sequence[str] = (),
    known_at: Day | None = None,
    reading: str | None = None,
    underlying: Words | None = None,
    at: str | None = None,
    law: Law | None = None,
    book: Book | None = None,
    **facts: str | None,
) -> dict[str, Any]:
    """`{"activity", "since", "until", "instruments": [{"instrument", "title", "periods"}], "bound_but_not_encoded", ...}`.

    The facts are those of `decide`, whose answer on any day from `since` (1992-01-01 when left out) to `until` (today, that day included)
    is the period's. `instruments` names those asked about, all when empty; those that never bind come last. The last period has no end:
    it holds on the last day. Raises `ProblemError`, as `decide` does, and period_reversed.
    """
    law, book = law or packaged_law(), book or packaged_book()
    problems: list[Problem] = []
    first = FIRST_DAY_WHEN_LEFT_OUT if since is None else day_given(since, "from", problems)
    last = today() if until is None else day_given(until, "to", problems)
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    if first and last and first > last:
        problems.append(problem("period_reversed", "from", first, last=last))
    problems += [*reading_problems(law, reading), *instrument_problems(law, instruments)]
    activity = read_activity(facts, underlying, at, book, problems)
    if problems or first is None or last is None:
        raise ProblemError(problems)
    told: list[dict[str, Any]] = [
        {"instrument": one.id, "title": one.title, "periods": _periods(law, one, activity, reading or "", (first, last), known, book)}
        for one in law.instruments.values()
        if not instruments or one.id in instruments
    ]
    told.sort(key=lambda one: all(period["verdict"] in (NOT_BOUND, NOT_IN_FORCE) for period in one["periods"]))
    return {
        "activity": activity.echo | {"known_at": known.isoformat() if known else None},
        "since": first.isoformat(),
        "until": last.isoformat(),
        "instruments": told,
        "bound_but_not_encoded": _not_encoded(law, activity, (first, last), known, book),
        "books": [book.identity()],
        "disclaimer": DISCLAIMER,
    }


def _periods(
    law: Law, instrument: Instrument, activity: Activity, reading: str, asked: tuple[dt.date, dt.date], known: dt.date | None, book: Book
) -> list[Period]:
    """The time asked about, cut on each day of change on which the finding does change."""
    first, last = asked
    found = changes(law, instrument, activity, known, book)
    periods: list[Period] = []
    for day in sorted({first, *(one.day for one in found if first < one.day <= last)}):
        ask = partial(_alone, law, activity, reading, day, known, book)
        told = ask(instrument)
        shown = _shown(told, notes_beside(law, instrument, told, ask))
        changed = [name for name in _SHOWN if periods and periods[-1][name] != shown[name]]
        if periods and not changed:
            continue
        if periods:
            periods[-1]["to"] = day.isoformat()
        because = [_cause(one) for one in found if one.day == day] if periods else []
        periods.append({"from": day.isoformat(), "to": None, **shown, "changed": changed, "because": because})
    return periods


def _alone(law: Law, activity: Activity, reading: str, day: dt.date, known: dt.date | None, book: Book, instrument: Instrument) -> Finding:
    return alone_on_one_day(law, instrument, activity, reading, day, known, book)


def _shown(told: Finding, beside: list[str]) -> dict[str, Any]:
    """A finding without its texts: `decide` on a day of the period has them."""
    return {
        **{name: told[name] for name in ("version", "reading", "verdict", "reason", "provisos", "possible", "missing")},
        "clauses": [one["id"] for one in told["clauses"]],
        "duties": [one["id"] for one in told["duties"]],
        "missing_law": [one["clause"] for one in told["missing_law"]],
        "if_bound": told.get("if_bound"),
        "other_readings": {name: verdict for name, verdict in told["readings"].items() if verdict != told["verdict"]},
        "disputes": told.get("disputes", []),
        "beside": beside,
        "as_last_known": told.get("as_last_known", False),
        "beyond_text_data": told["beyond_text_data"],
    }


def _cause(change: Change) -> dict[str, str]:
    return {"kind": change.kind, "what": change.what, "source": change.source}


def _not_encoded(
    law: Law, activity: Activity, asked: tuple[dt.date, dt.date], known: dt.date | None, book: Book
) -> list[dict[str, str | None]]:
    """The treaties whose rules are not encoded, with the days on which they bind the actor: no period speaks for them."""
    first, last = asked
    return [
        {"treaty": row.instrument, "from": row.start.isoformat(), "to": row.end.isoformat() if row.end else None}
        for treaty in unencoded_treaties(law, activity)
        for row in bindings(histories(book, treaty.id, known), [activity.actor])
        if row.reading == DEFAULT_READING and row.bound == "yes" and row.start <= last and (row.end is None or first < row.end)
    ]
