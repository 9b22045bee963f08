"""What each release took from a hazardous area that overlaps no other, all such areas at once.

Without overlaps, changes and undecided days, the hazard account and the territory account are one: in canonical order each release takes
what is left under it. Rank by rank (the first release of every area, then the second ...) the remaining ground is a planar difference, and
the credit is the area it lost. `territory` gives the same answer the long way (a property test).

One thread: a geometry of GEOS keeps what it works out when it is first asked, and two threads that ask at once may see it half done.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_row_checks import EMPTY
from mineaction.terms.limits import AREA_NOISE_M2


def credited(polygons: Any, polygon_m2: Any, releases: Any, hazard: Any, release: Any) -> tuple[Any, Any, Any]:
    """Follows pairs (hazard, release), sorted by both. Returns the ground of each hazard that remains, the ground under each pair before it
    was released, and the square metres credited to each pair; `polygon_m2` are the areas of the hazards' polygons."""
    remaining, remaining_m2 = polygons.copy(), polygon_m2.copy()
    before, credited_m2 = np.empty(len(hazard), dtype=object), np.zeros(len(hazard))
    for ranked in _ranks(hazard):
        pairs = ranked[remaining_m2[hazard[ranked]] > 0]
        at = hazard[pairs]
        before[pairs] = remaining[at]
        left = _less(remaining[at], releases[release[pairs]])
        left_m2 = areas_m2(left)
        lost_m2 = remaining_m2[at] - left_m2
        is_credited = lost_m2 >= AREA_NOISE_M2
        at = at[is_credited]
        remaining[at], remaining_m2[at] = left[is_credited], left_m2[is_credited]
        credited_m2[pairs[is_credited]] = lost_m2[is_credited]
    return remaining, before, credited_m2


def touched_m2(polygons: Any, releases: Any, release_m2: Any, hazard: Any, release: Any, credited_m2: Any) -> Any:
    """Square metres of each release that lie on the hazard of the pair at all, released before or not."""
    touched = np.zeros(len(hazard))
    if not len(hazard):
        return touched
    is_first = np.r_[True, hazard[1:] != hazard[:-1]]
    # Nothing was released before the first: what it is credited with is all that it touches.
    touched[is_first] = credited_m2[is_first]
    others = np.flatnonzero(~is_first)
    inside = shapely.covers(polygons[hazard[others]], releases[release[others]])
    touched[others[inside]] = release_m2[release[others[inside]]]
    others = others[~inside]
    touched[others] = areas_m2(shapely.intersection(polygons[hazard[others]], releases[release[others]]))
    return touched


def _less(ground: Any, releases: Any) -> Any:
    """The ground that no release covers. Where a release covers all of it, which a cheap question tells, nothing is cut."""
    inner, outer = shapely.bounds(ground), shapely.bounds(releases)
    whole = np.flatnonzero((inner[:, :2] >= outer[:, :2]).all(axis=1) & (inner[:, 2:] <= outer[:, 2:]).all(axis=1))
    whole = whole[shapely.covers(releases[whole], ground[whole])]
    left = np.full(len(ground), EMPTY)
    others = np.delete(np.arange(len(ground)), whole)
    left[others] = shapely.difference(ground[others], releases[others])
    return left


def _ranks(hazard: Any) -> list[Any]:
    """The pairs that are the first of their hazard, the second, and so on."""
    if not len(hazard):
        return []
    is_first = np.r_[True, hazard[1:] != hazard[:-1]]
    start = np.maximum.accumulate(np.where(is_first, np.arange(len(hazard)), 0))
    rank = np.arange(len(hazard)) - start
    order = np.argsort(rank, kind="stable")
    return list(np.split(order, np.flatnonzero(np.diff(rank[order])) + 1))
