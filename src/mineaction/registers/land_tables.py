"""How much ground was identified and released in a period, by class, method, year, operator or by what is told of the areas?

Two kinds of table. By a word about releases (class, method, operator): what was released, and of how many hazardous areas. By year, or by
a word about hazardous areas (contamination, ground ...): a whole balance for each, and the balances add up to that of all ground. The
balance is asserted at every call, and that the rows add up to it.

On the basis `computed` the entries are those of the territory account: each square metre once. On the basis `reported` they are the figures
as they were written, added up, with nothing taken out that was told twice and nothing put in the place of a figure that nobody gave. The
two are never mixed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.registers.land_beside import ReleaseFigures
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_rows import METHODS, RELEASE_CLASSES, Release, folded
from mineaction.registers.territory import KIND
from mineaction.terms.limits import BALANCE_M2, DAY_LAST

BY_RELEASE = ("class", "method", "operator")
TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
# Where a reported release belongs to no hazardous area.
NO_AREA = -1
Row = dict[str, Any]
_WORD_OF: dict[str, Callable[[Release], str]] = {
    "class": lambda row: row.release_class,
    "method": lambda row: row.method,
    "operator": lambda row: row.organisation,
}
_ORDER: dict[str, Sequence[str]] = {"class": RELEASE_CLASSES, "method": METHODS}
_LATE = DAY_LAST.toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included."""

    first: dt.date
    last: dt.date

    def holds(self, days: Any) -> Any:
        """Which of these numbers of days lie in it."""
        return (days >= self.first.toordinal()) & (days <= self.last.toordinal())


@dataclass(frozen=True, slots=True)
class Entries:
    """What is added up, one entry an event: signed square metres, releases and losses negative. `kind` is a position in KINDS.

    `hazard` is a position in the account, or NO_AREA; `release` a position in `releases`, -1 where there is none.
    """

    kind: Any
    hazard: Any
    release: Any
    day: Any
    m2: Any
    releases: Sequence[Release]


def computed_entries(account: LandAccount) -> Entries:
    """The territory account, without ground that only changes its class."""
    one = account.postings
    of = one.kind != KIND["reclassified"]
    return Entries(one.kind[of], one.hazard[of], one.release[of], one.day[of], one.m2[of], account.releases.rows)


def reported_entries(account: LandAccount, figures: ReleaseFigures, nothing_new: Sequence[Release]) -> tuple[Entries, dict[str, int]]:
    """What was written of areas and releases, and how many of each report no area."""
    hazards = account.hazards
    area_m2 = np.array([np.nan if row.reported_m2 is None else row.reported_m2 for row in hazards.rows], dtype=np.float64)
    opened_as = np.array([KIND["identified" if row.opened_by == "identified" else "adjusted"] for row in hazards.rows], dtype=np.int64)
    releases = [*account.releases.rows, *nothing_new]
    last = np.array([*account.releases.last, *((row.released_on.last.toordinal() if row.released_on else _LATE) for row in nothing_new)])
    of_hazard = _reported_of(account, figures, releases)
    released_m2 = np.array([np.nan if row.reported_m2 is None else row.reported_m2 for row in releases], dtype=np.float64)
    kind = np.array([KIND[row.release_class] for row in releases], dtype=np.int64)
    gone_at, gone_day, gone_m2 = [], [], []
    for at, changes in hazards.changes.items():
        for change, _ in changes:
            if change.change in ("voided", "superseded") and at not in gone_at and not np.isnan(area_m2[at]):
                day = change.changed_on.toordinal()
                left = area_m2[at] - np.nansum(released_m2[(of_hazard == at) & (last <= day)])
                gone_at.append(at)
                gone_day.append(day)
                gone_m2.append(-max(left, 0.0))
    entries = Entries(
        kind=np.concatenate([opened_as, kind, np.full(len(gone_at), KIND["adjusted"])]),
        hazard=np.concatenate([np.arange(len(area_m2)), of_hazard, np.array(gone_at, dtype=np.int64)]),
        release=np.concatenate([np.full(len(area_m2), -1), np.arange(len(releases)), np.full(len(gone_at), -1)]),
        day=np.concatenate([hazards.opened, last.astype(np.int64), np.array(gone_day, dtype=np.int64)]),
        m2=np.concatenate([area_m2, -released_m2, gone_m2]),
        releases=releases,
    )
    is_given = ~np.isnan(entries.m2)
    columns = (entries.kind, entries.hazard, entries.release, entries.day, entries.m2)
    kind, hazard, release, day, m2 = (column[is_given] for column in columns)
    return Entries(kind, hazard, release, day, m2, releases), {
        "areas": int(np.isnan(area_m2).sum()),
        "releases": int(np.isnan(released_m2).sum()),
    }


def _reported_of(account: LandAccount, figures: ReleaseFigures, releases: Sequence[Release]) -> Any:
    """The area each report belongs to: the one it is credited to; where nothing tells that, the one it names, if one alone has the name."""
    named: dict[str, list[int]] = {}
    for at, row in enumerate(account.hazards.rows):
        named.setdefault(folded(row.local_id), []).append(at)
    found = []
    for at, release in enumerate(releases):
        own = int(figures.parent[at]) if at < len(figures.parent) else NO_AREA
        declared = named.get(folded(release.parent_id or ""), [])
        found.append(declared[0] if own == NO_AREA and len(declared) == 1 else own)
    return np.array(found, dtype=np.int64)


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
    """A balance for each year in which something was told, and those between; `areas` are those of which ground was released."""
    days = entries.day[period.holds(entries.day)]
    if not len(days):
        return []
    first, last = (dt.date.fromordinal(int(day)).year for day in (days.min(), days.max()))
    rows = []
    for year in range(first, last + 1):
        own = Period(max(period.first, dt.date(year, 1, 1)), min(period.last, dt.date(year, 12, 31)))
        found = totals(entries, own)
        released = sum(found[f"{name}_m2"] for name in RELEASE_CLASSES)
        areas = _areas(entries.hazard[(entries.release >= 0) & own.holds(entries.day)])
        rows.append({"year": year, "area_m2": shown(released), "areas": areas, **found})
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
        assert abs(transferred.sum()) <= 2 * BALANCE_M2, f"ground is shared out with {transferred.sum()} m2 too much"
    areas = np.bincount(code[:-1][is_held], minlength=len(words))
    rows = []
    for at, word in enumerate(words):
        found = _balance(terms[:, at]) | {"transferred_m2": shown(transferred[at])}
        released = sum(found[f"{name}_m2"] for name in RELEASE_CLASSES)
        if areas[at] or any(found.values()):
            rows.append({by: word, "area_m2": shown(released), "areas": int(areas[at]), **found})
    _assert_whole(entries, period, rows)
    return rows


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
