"""Rows about land as columns: which hazardous areas overlap, and which releases touch which of them?

Geometry decides, never the hazardous area that a report names. Two areas overlap when their insides do; areas that only share an edge, as
neighbours on one map do, are followed apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_row_checks import EMPTY, fitting_changes, name_of, names_twice, once, reversal_days, usable_polygons
from mineaction.registers.land_rows import RELEASE_CLASSES, Hazard, HazardChange, Release, Reversal, canonical_order, hazard_order
from mineaction.terms.dates import Moment
from mineaction.terms.limits import DAY_FIRST, DAY_LAST
from mineaction.terms.problem import Problem

# Days as numbers (`datetime.date.toordinal`). No date at all: any day, and surely passed on none.
_ANY_DAY = (DAY_FIRST.toordinal(), DAY_LAST.toordinal())
# The insides of two polygons have an area in common.
INSIDES_MEET = "T********"


@dataclass(frozen=True, slots=True)
class HazardColumns:
    """Hazardous areas in the order of ownership within one class, each column with one entry an area."""

    rows: Any
    polygons: Any
    reach: Any  # all ground it ever held: its polygon and those of its changes
    confirmed: Any  # 1 for CHA as first identified
    opened: Any  # first day on which it may have been identified
    surely: Any  # last such day; beyond every release where there is no date
    is_split_or_merge: Any  # takes over ground of others
    may_hold_mines: Any
    area_m2: Any
    changes: dict[int, list[tuple[HazardChange, Any]]]
    neighbours: dict[int, list[int]]  # areas it overlaps
    group: Any  # the smallest position among the areas it overlaps, directly or through others
    tree: Any


@dataclass(frozen=True, slots=True)
class ReleaseColumns:
    """Releases in canonical order, each column with one entry a release."""

    rows: Any
    polygons: Any
    first: Any  # the days on which it may have happened
    last: Any
    release_class: Any  # positions in RELEASE_CLASSES
    is_of_mines: Any
    reversed_on: Any  # the day on which it is taken back, 0 where it is not
    area_m2: Any
    names: Mapping[tuple[str, str], int]  # how many releases have a name


def days(moment: Moment | None) -> tuple[int, int]:
    """The first and last day a moment may mean."""
    return _ANY_DAY if moment is None else (moment.first.toordinal(), moment.last.toordinal())


def hazard_columns(hazards: Sequence[Hazard], changes: Sequence[HazardChange]) -> tuple[HazardColumns, list[Problem]]:
    """The columns of hazardous areas with their changes, and what is wrong with the rows."""
    rows, problems = once(hazards, hazard_order)
    polygons, wrong = usable_polygons(rows)
    drawn = [one for one in changes if one.change in ("extended", "remeasured")]
    drawn_polygons, wrong_changes = usable_polygons(drawn)
    outlines = {id(one): polygon for one, polygon in zip(drawn, drawn_polygons, strict=True)}
    # A change that needs an outline and has none changes nothing: it would release land.
    usable = [one for one in changes if id(one) not in outlines or not outlines[id(one)].is_empty]
    fitting, unfit = fitting_changes(usable, rows)
    with_outlines = {at: [(one, outlines.get(id(one), EMPTY)) for one in own] for at, own in fitting.items()}
    reach = polygons.copy()
    for at, own in with_outlines.items():
        reach[at] = shapely.union_all([reach[at], *(polygon for _, polygon in own)])
    opened, surely = np.array([days(row.identified_on) for row in rows], dtype=np.int64).reshape(-1, 2).T
    is_dated = np.fromiter((row.identified_on is not None for row in rows), dtype=bool, count=len(rows))
    tree = shapely.STRtree(reach)
    overlaps = _overlaps(tree, reach)
    columns = HazardColumns(
        rows=_objects(rows),
        polygons=polygons,
        reach=reach,
        confirmed=np.fromiter((row.hazard_class == "CHA" for row in rows), dtype=np.int8, count=len(rows)),
        opened=opened,
        surely=np.where(is_dated, surely, _ANY_DAY[1] + 1),
        is_split_or_merge=np.fromiter((row.opened_by == "split_or_merge" for row in rows), dtype=bool, count=len(rows)),
        may_hold_mines=np.fromiter((row.may_hold_mines for row in rows), dtype=bool, count=len(rows)),
        area_m2=areas_m2(polygons),
        changes=with_outlines,
        neighbours=_neighbours(*overlaps),
        group=smallest_joined(len(rows), *overlaps),
        tree=tree,
    )
    twice = names_twice(rows, Counter(map(name_of, rows)))
    return columns, [*problems, *twice, *wrong, *wrong_changes, *unfit]


def release_columns(releases: Sequence[Release], reversals: Iterable[Reversal] = ()) -> tuple[ReleaseColumns, list[Problem]]:
    """The columns of releases, and what is wrong with the rows."""
    rows, problems = once(releases, canonical_order)
    polygons, wrong = usable_polygons(rows)
    first, last = np.array([days(row.released_on) for row in rows], dtype=np.int64).reshape(-1, 2).T
    names = Counter(map(name_of, rows))
    classes = np.fromiter((RELEASE_CLASSES.index(row.release_class) for row in rows), dtype=np.int8, count=len(rows))
    of_mines = np.fromiter((row.is_of_mines for row in rows), dtype=bool, count=len(rows))
    reversed_on, unfit = reversal_days(reversals, rows, last)
    columns = ReleaseColumns(_objects(rows), polygons, first, last, classes, of_mines, reversed_on, areas_m2(polygons), names)
    return columns, [*problems, *names_twice(rows, names), *wrong, *unfit]


def touching(hazards: HazardColumns, releases: ReleaseColumns) -> tuple[Any, Any]:
    """Pairs (hazard, release) whose ground meets and whose days allow a credit, by hazard and then in canonical order."""
    # Boxes that meet are nearly always polygons that do: asking pair by pair costs less than preparing each polygon for it.
    release, hazard = hazards.tree.query(releases.polygons)
    # A release that is surely older than the hazardous area has nothing to do with it.
    is_possible = releases.last[release] >= hazards.opened[hazard]
    release, hazard = release[is_possible], hazard[is_possible]
    meets = shapely.intersects(hazards.reach[hazard], releases.polygons[release])
    release, hazard = release[meets], hazard[meets]
    order = np.lexsort((release, hazard))
    return hazard[order], release[order]


def _overlaps(tree: Any, reach: Any) -> tuple[Any, Any]:
    """Pairs of areas whose insides meet, the smaller position first, in order."""
    one, other = tree.query(reach, predicate="intersects")
    one, other = one[one < other], other[one < other]
    meets = shapely.relate_pattern(reach[one], reach[other], INSIDES_MEET)
    one, other = one[meets], other[meets]
    order = np.lexsort((other, one))
    return one[order], other[order]


def _neighbours(one: Any, other: Any) -> dict[int, list[int]]:
    neighbours: dict[int, list[int]] = {}
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        neighbours.setdefault(left, []).append(right)
        neighbours.setdefault(right, []).append(left)
    return {at: sorted(own) for at, own in neighbours.items()}


def smallest_joined(count: int, one: Any, other: Any) -> Any:
    """For each of so many positions the smallest that pairs (one, other) join it with, directly or through others."""
    found = np.arange(count)
    while (found[one] != found[other]).any():
        smaller = np.minimum(found[one], found[other])
        np.minimum.at(found, one, smaller)
        np.minimum.at(found, other, smaller)
        found = found[found]
    return found


def _objects(rows: Sequence[Any]) -> Any:
    return np.fromiter(rows, dtype=object, count=len(rows))


def held_back(hazards: HazardColumns, releases: ReleaseColumns, hazard: Any, release: Any) -> Any:
    """Which pairs are of a release that did not search for mines and an area that may hold them."""
    return hazards.may_hold_mines[hazard] & ~releases.is_of_mines[release]
