"""How much ground was identified and released in a period, by class, method, year, operator or by what is told of the areas?

Two kinds of table. By a word about releases (class, method, operator): what was released, and of how many hazardous areas. By year, or by
a word about hazardous areas (contamination, ground ...): a whole balance for each, and the balances add up to that of all ground. The
balance is asserted at every call, and that the rows add up to it.

What is added up is said in `land_entries`: the territory account, each square metre once, or what was reported.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mineaction.registers.admin_areas import AdminAreasOn
from mineaction.registers.land_beside import ReleaseFigures
from mineaction.registers.land_columns import INSIDES_MEET
from mineaction.registers.land_entries import Entries, computed_entries
from mineaction.registers.land_places import by_place
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_rows import METHODS, RELEASE_CLASSES, Release
from mineaction.registers.territory import KIND
from mineaction.terms.limits import BALANCE_M2, DAY_FIRST

BY_RELEASE = ("class", "method", "operator")
TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
Row = dict[str, Any]
_WORD_OF: dict[str, Callable[[Release], str]] = {
    "class": lambda row: row.release_class,
    "method": lambda row: row.method,
    "operator": lambda row: row.organisation,
}
_ORDER: dict[str, Sequence[str]] = {"class": RELEASE_CLASSES, "method": METHODS}


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included."""

    first: dt.date
    last: dt.date

    def holds(self, days: Any) -> Any:
        """Which of these numbers of days lie in it."""
        return (days >= self.first.toordinal()) & (days <= self.last.toordinal())


def totals(entries: Entries, period: Period) -> Row:
    """The balance of all entries."""
    return _balance(_terms(entries, np.zeros(len(entries.m2), dtype=np.int64), 1, period)[:, 0])


def rows_by_release(entries: Entries, by: str, period: Period) -> list[Row]:
    """What releases of the period took: `area_m2` of ground, on `areas` hazardous areas."""
    at = np.flatnonzero((entries.release >= 0) & period.holds(entries.day))
    words, code_of_release = _release_words(entries.releases, by)
    code, kind, m2, hazard = code_of_release[entries.release[at]], entries.kind[at], -entries.m2[at], entries.hazard[at]
    rows = []
    for number, word in enumerate(words):
        own = code == number
        if own.any():
            of_class = {f"{name}_m2": shown(m2[own & (kind == KIND[name])].sum()) for name in RELEASE_CLASSES}
            rows.append({by: word, "area_m2": shown(m2[own].sum()), "areas": _areas(hazard[own]), **of_class})
    _assert_whole(entries, period, rows)
    return rows


def rows_by_year(entries: Entries, period: Period) -> list[Row]:
    """A balance for each year in which something was told, and those between; `areas` are those of which ground was released.

    What was identified on a day that nobody knows counts from the beginning, and stands in a row `unknown` before the years."""
    days = entries.day[period.holds(entries.day)]
    dated = days[days > DAY_FIRST.toordinal()]
    parts: list[tuple[Any, Period]] = [("unknown", Period(DAY_FIRST, DAY_FIRST))] if len(days) > len(dated) else []
    if len(dated):
        first, last = (dt.date.fromordinal(int(day)).year for day in (dated.min(), dated.max()))
        years = range(first, last + 1)
        parts += [(year, Period(max(period.first, dt.date(year, 1, 1)), min(period.last, dt.date(year, 12, 31)))) for year in years]
    rows = []
    for year, own in parts:
        areas = _areas(entries.hazard[(entries.release >= 0) & own.holds(entries.day)])
        terms = _terms(entries, np.zeros(len(entries.m2), dtype=np.int64), 1, own)[:, 0]
        rows.append(_balance_row("year", year, terms, areas))
    _assert_whole(entries, period, rows)
    return rows


@dataclass(frozen=True, slots=True)
class Shares:
    """Which ground each area owns when a period begins and when it ends, in square metres, where areas share ground.

    Ground passes from one owner to another without any change of the total; between areas of different words it is `transferred`.
    """

    opening_m2: Any
    remaining_m2: Any


def rows_by_area(
    entries: Entries, by: str, words: Sequence[str], code_of_hazard: Any, is_held: Any, period: Period, shares: Shares | None = None
) -> list[Row]:
    """A balance for the ground of the areas of each word; `areas` counts those that are held on the last day.

    `words` has one more entry than areas have codes: what was released of no area. Without `shares` nothing is shared.
    """
    code = np.append(np.asarray(code_of_hazard, dtype=np.int64), len(words) - 1)
    terms = _terms(entries, code[entries.hazard], len(words), period)
    transferred = np.zeros(len(words))
    if shares is not None:
        opening, remaining = (np.bincount(code[:-1], m2, minlength=len(words)) for m2 in (shares.opening_m2, shares.remaining_m2))
        transferred = (remaining - terms[7]) - (opening - terms[0])
        terms[0], terms[7] = opening, remaining
        # What is left was cut out of many outlines: of all ground a billionth may be rounding.
        near = BALANCE_M2 + 1e-9 * np.abs(entries.m2).sum()
        assert abs(transferred.sum()) <= near, f"ground is shared out with {transferred.sum()} m2 too much"
    areas = np.bincount(code[:-1][is_held], minlength=len(words))
    rows = []
    for at, word in enumerate(words):
        row = _balance_row(by, word, terms[:, at], int(areas[at])) | {"transferred_m2": shown(transferred[at])}
        if row["areas"] or row["transferred_m2"] or any(row[f"{name}_m2"] for name in TERMS):
            rows.append(row)
    _assert_whole(entries, period, rows)
    return rows


def rows_by_place(account: LandAccount, areas: AdminAreasOn, by: str, is_held: Any, period: Period) -> list[Row]:
    """A balance for each place that holds ground of the account, "" for none; pieces across a border are split. `areas` counts those that
    lie in it at least in part: an area across a border counts on both sides."""
    shared = by_place(account, areas.codes, areas.polygons)
    postings = account.postings
    of = postings.kind[shared.posting] != KIND["reclassified"]
    at, place = shared.posting[of], shared.place[of]
    entries = Entries(postings.kind[at], postings.hazard[at], postings.release[at], postings.day[at], shared.m2[of], account.releases.rows)
    terms = _terms(entries, place, len(shared.codes), period)
    is_outside = place == 0
    lies_in = [*_lying_in(account, areas, shared.codes), *zip(place[is_outside].tolist(), entries.hazard[is_outside].tolist(), strict=True)]
    counts = Counter(where for where, hazard in set(lies_in) if is_held[hazard])
    rows = [_balance_row(by, word, terms[:, at], counts[at]) for at, word in enumerate(shared.codes)]
    rows = [row for row in rows if row["areas"] or any(row[f"{name}_m2"] for name in TERMS)]
    _assert_whole(computed_entries(account), period, rows)
    return rows


def _lying_in(account: LandAccount, areas: AdminAreasOn, codes: Sequence[str]) -> list[tuple[int, int]]:
    """Places and the hazardous areas whose ground they share, by their positions."""
    reach = account.hazards.reach
    is_usable = shapely.is_valid(areas.polygons) & ~shapely.is_missing(areas.polygons)
    usable, place_at = np.flatnonzero(is_usable), {code: at for at, code in enumerate(codes)}
    hazard, own = shapely.STRtree(areas.polygons[usable]).query(reach, predicate="intersects")
    share = shapely.relate_pattern(reach[hazard], areas.polygons[usable][own], INSIDES_MEET)
    places = [place_at[areas.codes[at]] for at in usable[own[share]].tolist()]
    return list(zip(places, hazard[share].tolist(), strict=True))


def held_on(account: LandAccount, day: dt.date) -> Any:
    """Which areas were identified by a day and are neither void nor superseded then: those that were released are held still."""
    is_held = account.hazards.opened <= day.toordinal()
    for at, changes in account.hazards.changes.items():
        if any(change.change in ("voided", "superseded") and change.changed_on <= day for change, _ in changes):
            is_held[at] = False
    return is_held


def beside(account: LandAccount, figures: ReleaseFigures, nothing_new: Sequence[Release], period: Period) -> Row:
    """What the releases of the period reported beside the balance, and ground that changed its class.

    `not_for_mines_m2` lies on areas that may hold mines, for which the release did not search. `undated_m2` is what was taken
    by reports that may be of the period or of later: their day is known in part.
    """
    of_period = period.holds(account.releases.last)
    reported = np.array([row.reported_m2 or 0.0 for row in account.releases.rows], dtype=np.float64)
    again = [row.reported_m2 or 0.0 for row in nothing_new if row.released_on and period.first <= row.released_on.last <= period.last]
    doubled = account.double_counted
    later = (account.releases.last > period.last.toordinal()) & (account.releases.first <= period.last.toordinal())
    moved = (account.postings.kind == KIND["reclassified"]) & period.holds(account.postings.day)
    return {
        "reported_m2": shown(reported[of_period].sum() + sum(again)),
        "double_counted_m2": shown(doubled.m2[of_period[doubled.release]].sum()),
        "rework_m2": shown(figures.rework_m2[of_period].sum()),
        "outside_hazard_m2": shown(figures.outside_hazard_m2[of_period].sum()),
        "not_geo_m2": shown(figures.not_geo_m2[of_period].sum()),
        "reclassified_m2": shown(account.postings.m2[moved].sum()),
        "undecided_m2": shown(figures.undecided_m2[of_period].sum()),
        "not_for_mines_m2": shown(figures.not_for_mines_m2[of_period].sum()),
        "undated_m2": shown(figures.credited_m2[later].sum()),
    }


def shown(m2: float) -> float:
    """Square metres as they are told: to a ten-thousandth, so that the terms of a balance still make it up to 0.01 m2."""
    return round(float(m2), 4) + 0.0


def _areas(hazard: Any) -> int:
    return len(np.unique(hazard[hazard >= 0]))


def _balance_row(by: str, word: Any, terms: Any, areas: int) -> Row:
    found = _balance(terms)
    released = sum(found[f"{name}_m2"] for name in RELEASE_CLASSES)
    return {by: word, "area_m2": shown(released), "areas": areas, **found}


def _balance(terms: Any) -> Row:
    return {f"{name}_m2": shown(m2) for name, m2 in zip(TERMS, terms, strict=True)}


def _release_words(releases: Sequence[Release], by: str) -> tuple[list[str], Any]:
    """The words of releases in the order in which they are shown, and for each release which of them is its own."""
    own: list[str] = [_WORD_OF[by](row) for row in releases]
    words = list(_ORDER.get(by, sorted(set(own))))
    code = {word: number for number, word in enumerate(words)}
    return words, np.fromiter((code[one] for one in own), dtype=np.int64, count=len(own))


def _terms(entries: Entries, code: Any, count: int, period: Period) -> Any:
    """The terms of the balance (rows, as in TERMS) for each code of an entry (columns)."""
    before, by_then = entries.day < period.first.toordinal(), entries.day <= period.last.toordinal()

    def sums(some: Any) -> Any:
        return np.bincount(code[some], entries.m2[some], minlength=count)

    within = [sums(by_then & ~before & (entries.kind == KIND[name])) for name in TERMS[1:7]]
    signed = [-one if name in RELEASE_CLASSES else one for name, one in zip(TERMS[1:7], within, strict=True)]
    # A sum of no entry is a whole number to numpy.
    terms = np.array([sums(before), *signed, sums(by_then)], dtype=np.float64)
    off = np.abs(terms[:4].sum(axis=0) - terms[4:].sum(axis=0)).max(initial=0)
    assert off <= BALANCE_M2, f"a balance is off by {off} m2"
    return terms


def _assert_whole(entries: Entries, period: Period, rows: Sequence[Row]) -> None:
    of_period = entries.m2[(entries.release >= 0) & period.holds(entries.day)]
    off = abs(sum(row["area_m2"] for row in rows) + of_period.sum())
    # Each row is rounded to what is shown.
    assert off <= BALANCE_M2 + 1e-4 * len(rows), f"the rows are off by {off} m2 of what was released"
