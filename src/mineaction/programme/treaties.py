"""Who is bound by a treaty on a day, who of a group is, and which deadlines run for a state? The answers of `mineaction status` and
`mineaction deadlines`, as plain dictionaries.

Composes: names become treaties, states and groups; rows of the book are folded by the registers. Days are ISO text, partial where only a
month or a year is known. Wrong names and days raise `ProblemError`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import packaged_book
from mineaction.programme.today import day_given, today
from mineaction.programme.treaty_answers import (
    about_group,
    about_parties,
    about_state,
    deadline_as_dict,
    dispute_as_dict,
    iso,
    subjects,
    text,
)
from mineaction.registers.clock_rules import CLOCKS_ENCODED
from mineaction.registers.countries import resolve_state
from mineaction.registers.groups import find_group, members_on
from mineaction.registers.treaties import TREATIES, Treaty, find_treaty
from mineaction.registers.treaty_clocks import clocks_of
from mineaction.registers.treaty_status import TreatyHistory, parties_on, status_of, treaty_history
from mineaction.terms.problem import Problem, ProblemError, problem

Day = str | dt.date
Found = TypeVar("Found", str, Treaty)
# Each instrument as a whole, and each as known on a few days: a page of questions asks about no more than these.
_HISTORIES_KEPT = 32


def status(
    instrument: str,
    *,
    on: Day | None = None,
    known_at: Day | None = None,
    group: str | None = None,
    state: str | None = None,
    book: Book | None = None,
) -> dict[str, Any]:
    """The parties on a day; with `group` its members by status, with `state` the status and the acts of one state.

    `on` (today when left out) and `known_at` are days or ISO text; the state is a code or a name. Raises `ProblemError`:
    instrument_unknown, unknown_state, group_unknown, impossible_date, date_before_instrument.
    """
    held = book or packaged_book()
    problems: list[Problem] = []
    treaty = _kept(find_treaty(instrument), problems)
    day, known = _days(treaty, on, known_at, problems)
    iso3 = None if state is None else _kept(resolve_state(state, held.facts("country")), problems)
    group_name = None if group is None else _kept(find_group(group), problems)
    if treaty is None or day is None or problems:
        raise ProblemError(problems)
    history = histories(held, treaty.id, known)
    answer = about_parties(parties_on(history, day))
    if group_name is not None:
        members = members_on(group_name, day, held.facts("group_membership"), held.facts("country"), known)
        answer |= about_group(history, members, held.complete_until("group_membership", group_name))
    if iso3 is not None:
        answer |= about_state(history, status_of(history, iso3, day))
    return answer | {"books": [held.identity()]}


def deadlines(
    instrument: str, *, state: str, on: Day | None = None, known_at: Day | None = None, book: Book | None = None
) -> dict[str, Any]:
    """The deadlines of one state on a day, each with its basis, how it stands and whether it binds; none, with the reason, if not bound.

    Raises `ProblemError` as `status` does, and clocks_not_encoded.
    """
    held = book or packaged_book()
    problems: list[Problem] = []
    treaty = _kept(find_treaty(instrument), problems)
    day, known = _days(treaty, on, known_at, problems)
    iso3 = _kept(resolve_state(state, held.facts("country")), problems)
    if treaty is not None and treaty.id not in CLOCKS_ENCODED:
        problems.append(problem("clocks_not_encoded", "instrument", treaty.id, encoded=", ".join(CLOCKS_ENCODED)))
    if treaty is None or day is None or iso3 is None or problems:
        raise ProblemError(problems)
    history = histories(held, treaty.id, known)
    clocks = clocks_of(history, iso3, day, held.facts("article_event"))
    until = held.complete_until("article_event", treaty.id)
    is_beyond = clocks.state.beyond_data or (until is not None and day > until)
    return {
        "instrument": treaty.id,
        "state": iso3,
        "on": day.isoformat(),
        "known_at": iso(known),
        "status": clocks.state.status,
        "reason": clocks.state.reason,
        "bound_from": text(clocks.state.bound_from),
        "bound_to": text(clocks.state.bound_to),
        "deadlines": [deadline_as_dict(one) for one in clocks.deadlines],
        "disputed": [dispute_as_dict(one) for one in clocks.state.disputes],
        "assumes": list(clocks.state.assumes),
        "events_complete_until": iso(until),
        "beyond_data": is_beyond,
        "as_last_known": is_beyond or clocks.state.as_last_known,
        "assumed_rows": subjects((*clocks.state.assumed_rows, *clocks.assumed_rows)),
        "left_out_rows": subjects((*clocks.state.left_out_rows, *clocks.left_out_rows)),
        "books": [held.identity()],
    }


def histories(book: Book, instrument: str, known_at: dt.date | None = None) -> TreatyHistory:
    """All acts under one treaty, given by its id, as known on a day. Kept for the process: the facts of a book do not change."""
    return _history(cast(Hashable, book), instrument, known_at)


@lru_cache(maxsize=_HISTORIES_KEPT)
def _history(kept: Hashable, instrument: str, known_at: dt.date | None) -> TreatyHistory:
    book = cast(Book, kept)
    return treaty_history(
        TREATIES[instrument],
        book.facts("treaty_event"),
        book.facts("treaty_claim"),
        book.facts("treaty_list"),
        book.facts("treaty_no_consent"),
        book.facts("armed_conflict"),
        known_at,
    )


def _days(treaty: Treaty | None, on: Day | None, known_at: Day | None, problems: list[Problem]) -> tuple[dt.date | None, dt.date | None]:
    day = today() if on is None else day_given(on, "on", problems)
    if day is not None and treaty is not None and day < treaty.first_day:
        problems.append(problem("date_before_instrument", "on", day, instrument=treaty.id, first_day=treaty.first_day))
    return day, None if known_at is None else day_given(known_at, "known_at", problems)


def _kept(found: Found | Problem, problems: list[Problem]) -> Found | None:
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found
