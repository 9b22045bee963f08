"""What does a store tell about land on a day, as known on a day: its rows and its account, worked out once for each state of the store?

An account follows from what stands and from nothing else, so it is kept for the head of the chain and the day of knowledge; another batch
makes another account. Kept in the memory of the process alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mineaction.ledger.store import Store
from mineaction.registers.land_beside import ReleaseFigures, release_figures
from mineaction.registers.land_facts import KINDS_READ, LandRows, land_rows
from mineaction.registers.land_release import LandAccount, land_account
from mineaction.registers.land_row_checks import name_of, place
from mineaction.terms.fact import Fact
from mineaction.terms.limits import LAND_ACCOUNTS_KEPT
from mineaction.terms.problem import Problem

# The one asked for last stands last.
_kept: dict[tuple[Any, ...], LandBook] = {}


@dataclass(frozen=True, slots=True)
class LandBook:
    """The facts of a store as known on a day, the rows they tell, and their account."""

    told: Mapping[str, Sequence[Fact]]
    rows: LandRows
    account: LandAccount
    figures: ReleaseFigures

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the rows, in an order that no batch decides."""
        found = (*self.rows.problems, *self.account.problems, *self.figures.problems)
        return tuple(sorted(found, key=lambda one: (one.place, one.code, one.message)))


def land_book(store: Store, known_at: dt.date | None = None, until: dt.date | None = None) -> LandBook:
    """The land of a store by what was recorded up to `known_at`; with `until`, by what had happened then."""
    key = (store.identity()["digest"], None if known_at is None else tuple(sorted(store.active(known_at))), until)
    book = _kept.pop(key, None)
    if book is None:
        book = _made(store, known_at) if until is None else _as_of(land_book(store, known_at), until)
    _kept[key] = book
    for old in list(_kept)[:-LAND_ACCOUNTS_KEPT]:
        del _kept[old]
    return book


def _made(store: Store, known_at: dt.date | None) -> LandBook:
    told = {kind: store.standing(kind, known_at) for kind in KINDS_READ}
    return _of_rows(told, land_rows(told))


def _as_of(book: LandBook, day: dt.date) -> LandBook:
    """What had happened by the end of a day: areas that may have been identified, releases that surely were made."""
    rows, account = book.rows, book.account
    number = day.toordinal()
    is_later = (account.hazards.opened > number).any() or (account.releases.last > number).any()
    is_later = is_later or any(one.reversed_on > day for one in rows.reversals)
    if not is_later and all(change.changed_on <= day for change in rows.changes):
        return book
    hazards = account.hazards.rows[account.hazards.opened <= number].tolist()
    releases = account.releases.rows[account.releases.last <= number].tolist()
    # Of an area that is told twice nobody knows which one changed, on a day before the second was identified as well.
    count = Counter(map(name_of, account.hazards.rows))
    changes = [one for one in rows.changes if one.changed_on <= day and count[name_of(one)] < 2]
    reversals = [one for one in rows.reversals if one.reversed_on <= day]
    twice = {place(row) for row in account.hazards.rows if count[name_of(row)] > 1}
    unfit = [one for one in account.problems if one.code == "land_change_without_hazard" and one.place in twice]
    known = replace(rows, hazards=hazards, changes=changes, releases=releases, reversals=reversals, problems=[*rows.problems, *unfit])
    return _of_rows(book.told, known)


def _of_rows(told: Mapping[str, Sequence[Fact]], rows: LandRows) -> LandBook:
    account = land_account(rows.hazards, rows.releases, rows.changes, rows.reversals)
    return LandBook(told, rows, account, release_figures(account))
