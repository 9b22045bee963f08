"""What is added up for one answer about land: entries, the words by which they are grouped, and who owns ground that areas share.

Composes the registers: the account, the status of each area on the last day, the administrative areas that exist on it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.ledger.store import Store
from mineaction.programme.collector import collector_paused
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_book import LandBook, land_book
from mineaction.registers.admin_areas import admin_areas_on
from mineaction.registers.area_words import NOT_TOLD, coded, words_of_areas
from mineaction.registers.land_entries import Entries, computed_entries, reported_entries
from mineaction.registers.land_owned import owned_m2
from mineaction.registers.land_tables import (
    BY_RELEASE,
    TERMS,
    Period,
    Shares,
    held_on,
    rows_by_area,
    rows_by_place,
    rows_by_release,
    rows_by_year,
)
from mineaction.terms.limits import DAY_FIRST
from mineaction.terms.problem import Problem, ProblemError, problem

# The level of administrative areas that each word means.
PLACES = {"province": "1", "district": "2"}
DIMENSIONS = (*BY_RELEASE, "year", *PLACES, "status", "contamination", "ground")
# What was released of no hazardous area that is known.
_NO_AREA = "no_area"
_BALANCE = tuple(f"{name}_m2" for name in (*TERMS[:4], "transferred", *TERMS[4:]))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LandTable:
    """The rows of one answer, the balance of areas that are not under control, and what is wrong with the grouping."""

    entries: Entries
    rows: list[Row]
    not_under_control: Row
    without_figure: dict[str, int] | None
    problems: list[Problem]


@collector_paused()
def land_table(held: Store, book: LandBook, by: str, basis: str, period: Period, known: dt.date | None) -> LandTable:
    """The table of a dimension in a period, by what was recorded up to `known`."""
    entries, without_figure = _entries(book, basis)
    is_shared = basis == "computed" and bool(book.account.hazards.neighbours)

    def rows(word: str, words: list[str], codes: Any) -> list[Row]:
        is_held = held_on(book.account, period.last)
        shares = _shares(held, book, known, period) if is_shared else None
        return rows_by_area(entries, word, [*words, _NO_AREA], codes, is_held, period, shares)

    problems: list[Problem] = []
    if by in BY_RELEASE:
        found = rows_by_release(entries, by, period)
    elif by == "year":
        found = rows_by_year(entries, period)
    elif by in PLACES:
        found, problems = _by_place(held, book, by, basis, period, known)
    else:
        found = rows(by, *_words(held, book, by, period, known))
    no_control = dict.fromkeys(_BALANCE, 0.0)
    words, codes = _words(held, book, "control", period, known)
    if "no" in words:
        (row,) = [row for row in rows("control", words, codes) if row["control"] == "no"] or [no_control]
        no_control = {name: row[name] for name in _BALANCE}
    return LandTable(entries, found, no_control, without_figure, problems)


def _entries(book: LandBook, basis: str) -> tuple[Entries, dict[str, int] | None]:
    if basis == "computed":
        return computed_entries(book.account), None
    return reported_entries(book.account, book.figures, book.rows.nothing_new)


def _words(held: Store, book: LandBook, by: str, period: Period, known: dt.date | None) -> tuple[list[str], Any]:
    rows = book.account.hazards.rows
    if by != "status":
        return words_of_areas(rows, book.rows.facts, by)
    histories = hazard_statuses(held, period.last, known).by_subject
    told = (histories.get(book.rows.facts[row.digest].subject) for row in rows)
    return coded([(one.status if one else None) or NOT_TOLD for one in told])


def _by_place(held: Store, book: LandBook, by: str, basis: str, period: Period, known: dt.date | None) -> tuple[list[Row], list[Problem]]:
    if basis != "computed":
        raise ProblemError([problem("basis_not_by_place", "basis", basis, by=by)])
    areas = admin_areas_on(held.standing("admin_area", known), int(PLACES[by]), period.last)
    rows = rows_by_place(book.account, areas, by, held_on(book.account, period.last), period)
    names = dict(zip(areas.codes, areas.names, strict=True))
    for row in rows:
        row["name"] = names.get(row[by])
        row[by] = row[by] or f"no_{by}"
    none_told = [] if areas.codes else [problem("admin_areas_none", "by", by, level=PLACES[by], day=period.last)]
    return rows, none_told


def _shares(held: Store, book: LandBook, known: dt.date | None, period: Period) -> Shares:
    """What each area owned before the period and owns at its end."""
    at = {row.digest: number for number, row in enumerate(book.account.hazards.rows)}

    def on(day: dt.date) -> Any:
        then, owned = land_book(held, known, day).account, np.zeros(len(at))
        owned[[at[row.digest] for row in then.hazards.rows]] = owned_m2(then)
        return owned

    is_from_the_beginning = period.first <= DAY_FIRST
    return Shares(np.zeros(len(at)) if is_from_the_beginning else on(period.first - dt.timedelta(1)), on(period.last))
