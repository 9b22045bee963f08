"""The rules of the land account once more, on a grid: every cell is followed alone, with sets of names instead of overlays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import shapely

from mineaction.registers.land_rows import Hazard, HazardChange, Release, Reversal, canonical_order, change_order, hazard_order
from mineaction.terms.dates import Moment
from tests.registers.land_book import Book, degrees

EARLY, LATE, NEVER = dt.date(1800, 1, 1), dt.date(2999, 12, 31), dt.date(3000, 1, 1)


@dataclass
class Cells:
    """Square metres by the names of what they belong to."""

    posted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    hazard_credits: Counter[tuple[str, str]] = field(default_factory=Counter)
    doubled: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    undecided: Counter[str] = field(default_factory=Counter)


def cell_by_cell(told: Book, size: int, step: int) -> Cells:
    """Follows each cell of `step` metres of a square of `size` metres."""
    found = Cells()
    for east in range(0, size, step):
        for north in range(0, size, step):
            _Cell(told, found, shapely.Point(*degrees(east + step / 2, north + step / 2)), step * step).follow()
    return found


def _days(when: Moment | None) -> tuple[dt.date, dt.date]:
    return (EARLY, LATE) if when is None else (when.first, when.last)


@dataclass
class _Cell:
    told: Book
    found: Cells
    point: Any
    m2: int
    rank: dict[str, int] = field(default_factory=dict)
    confirmed: dict[str, bool] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)  # hazards whose outline holds the cell
    left: dict[str, dt.date] = field(default_factory=dict)  # those with the cell unreleased, since when surely
    taken: dict[str, list[str]] = field(default_factory=dict)  # the hazards from which each release took the cell

    def follow(self) -> None:
        self.rank = {one.local_id: at for at, one in enumerate(sorted(self.told.hazards, key=hazard_order))}
        self.confirmed = {one.local_id: one.hazard_class == "CHA" for one in self.told.hazards}
        first_class = dict(self.confirmed)
        events: list[tuple[Any, Any]] = []
        for hazard in filter(self.holds, self.told.hazards):
            key = (_days(hazard.identified_on)[0], 0, (not first_class[hazard.local_id], self.rank[hazard.local_id]))
            events.append((key, hazard))
        for change in self.told.changes:
            events.append(((change.changed_on, 1, (self.rank[change.local_id], change_order(change))), change))
        for at, release in enumerate(sorted(self.told.releases, key=canonical_order)):
            if self.holds(release):
                events.append(((_days(release.released_on)[1], 2, (at,)), release))
        for reversal in self.told.reversals:
            events.append(((reversal.reversed_on, 3, (self.place(reversal),)), reversal))
        for _, row in sorted(events, key=lambda event: event[0]):
            {Hazard: self.open, HazardChange: self.change, Release: self.release, Reversal: self.take_back}[type(row)](row)

    def holds(self, row: Hazard | HazardChange | Release) -> bool:
        return row.polygon is not None and row.polygon.contains(self.point)

    def place(self, row: Reversal) -> int:
        return [one.digest for one in sorted(self.told.releases, key=canonical_order)].index(row.release)

    def take_back(self, row: Reversal) -> None:
        name = sorted(self.told.releases, key=canonical_order)[self.place(row)].local_id
        for one in self.in_order(self.taken.pop(name, [])):
            if one in self.inside and one not in self.left:
                self.gain(one, "adjusted", row.reversed_on, name)

    def in_order(self, names: Any) -> list[str]:
        return sorted(names, key=lambda name: (not self.confirmed[name], self.rank[name]))

    def is_confirmed(self, names: Any) -> bool:
        return any(self.confirmed[name] for name in names)

    def open(self, row: Hazard) -> None:
        surely = _days(row.identified_on)[1] if row.identified_on else NEVER
        self.gain(row.local_id, "identified" if row.opened_by == "identified" else "adjusted", surely)

    def gain(self, name: str, kind: str, surely: dt.date, release: str = "") -> None:
        if not self.left:
            self.found.posted[kind, name, release] += self.m2
        elif self.confirmed[name] and not self.is_confirmed(self.left):
            # What a release moves from one class to the other belongs to no owner in particular.
            self.found.posted["reclassified", "" if release else name, release] += self.m2
        self.left[name] = surely
        self.inside.add(name)

    def lose(self, name: str) -> None:
        self.inside.discard(name)
        if self.left.pop(name, None) is None:
            return
        if not self.left:
            self.found.posted["adjusted", name, ""] -= self.m2
        elif self.confirmed[name] and not self.is_confirmed(self.left):
            self.found.posted["reclassified", name, ""] -= self.m2

    def change(self, row: HazardChange) -> None:
        name, was_inside = row.local_id, row.local_id in self.inside
        if row.change == "reclassified":
            into = row.hazard_class == "CHA"
            if into != self.confirmed[name] and name in self.left and not self.is_confirmed(set(self.left) - {name}):
                self.found.posted["reclassified", name, ""] += self.m2 if into else -self.m2
            self.confirmed[name] = into
            return
        if row.change != "extended" and not self.holds(row):
            self.lose(name)
        if row.change in ("extended", "remeasured") and self.holds(row) and not was_inside:
            self.gain(name, "extended" if row.change == "extended" else "adjusted", row.changed_on)

    def release(self, row: Release) -> None:
        name, first = row.local_id, _days(row.released_on)[0]
        if self.inside:
            self.found.touched[name] += self.m2
        mined = {one.local_id for one in self.told.hazards if one.may_hold_mines and not row.is_of_mines}
        unsure = self.in_order(one for one, surely in self.left.items() if surely > first or one in mined)
        hit = self.in_order(one for one, surely in self.left.items() if surely <= first and one not in mined)
        if unsure:
            self.found.undecided[name] += self.m2
        owner = [*unsure[:1], *hit][:1]
        self.taken[name] = hit
        for one in hit:
            del self.left[one]
            self.found.hazard_credits[one, name] += self.m2
            if one != owner[0]:
                self.found.doubled[owner[0], one, name] += self.m2
        if hit and not unsure:
            self.found.posted[row.release_class, owner[0], name] -= self.m2
        if hit and unsure and self.is_confirmed(hit) and not self.is_confirmed(unsure):
            self.found.posted["reclassified", "", name] -= self.m2
