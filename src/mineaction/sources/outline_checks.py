"""What is wrong with an outline itself: does it cross itself, do its polygons overlap, are vertices far apart, does it have spikes?

Thousands at once, `is_valid` first. One that crosses itself encloses no ground that everybody would measure alike, so it is an error that
keeps its row out; the other findings are warnings. Nothing is repaired here. An outline of many vertices can be made so that even the
question whether it is valid takes hours: such are asked in a process of its own that is ended in time. Thresholds are those of the
GICHD's geocheck where it has them (`limits.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.sources.outline_process import invalidity
from mineaction.sources.outline_worker import worked
from mineaction.terms.limits import (
    BALANCE_M2,
    OUTLINE_CHECK_SECONDS_MAX,
    OUTLINE_VERTICES_AT_ONCE_MAX,
    OUTLINE_VERTICES_USUAL_MAX,
    SPIKE_DEGREES,
    SPIKE_SIDE_M,
    VERTEX_GAP_M,
)
from mineaction.terms.problem import Problem, problem

Found = dict[int, list[Problem]]
PlaceOf = Callable[[int], str]
# Mean radius of the earth (IUGG): distances between vertices are good to half a hundredth.
_EARTH_M = 6_371_008.8


def outline_problems(outlines: Sequence[bytes], place_of: PlaceOf, *, is_border: bool = False) -> Found:
    """The problems of each outline (canonical bytes, or nothing) by its number; `is_border` for those of a map, whose lines are long."""
    found: Found = defaultdict(list)
    drawn = [at for at, outline in enumerate(outlines) if outline]
    if not drawn:
        return found
    polygons = shapely.from_wkb([outlines[at] for at in drawn])
    counts = shapely.get_num_coordinates(polygons)
    is_large = counts > OUTLINE_VERTICES_AT_ONCE_MAX
    for at in map(int, np.flatnonzero(~is_large)[~shapely.is_valid(polygons[~is_large])]):
        why = invalidity(polygons[at])
        found[drawn[at]].append(problem(why["code"], place_of(drawn[at]), why["value"], reason=why["reason"]))
    large = [drawn[at] for at in np.flatnonzero(is_large)]
    for number, told in zip(large, worked("invalidity", [outlines[at] for at in large], OUTLINE_CHECK_SECONDS_MAX), strict=True):
        if told is None:
            found[number].append(problem("outline_too_demanding", place_of(number), limit=OUTLINE_CHECK_SECONDS_MAX))
        elif told["code"]:
            found[number].append(problem(told["code"], place_of(number), told["value"], reason=told["reason"]))
    _, south, _, north = shapely.bounds(polygons).T
    m2 = shapely.area(polygons) * np.radians(_EARTH_M) ** 2 * np.cos(np.radians((south + north) / 2))
    for at in map(int, np.flatnonzero((m2 < BALANCE_M2) & np.array([at not in found for at in drawn]))):
        found[drawn[at]].append(problem("outline_without_area", place_of(drawn[at]), f"{m2[at]:.4f} m2"))
    is_told = np.array([at in found for at in drawn])
    if is_border or is_told.all():
        return found
    drawn, polygons, counts = [at for at in drawn if at not in found], polygons[~is_told], counts[~is_told]
    for at in map(int, np.flatnonzero(counts > OUTLINE_VERTICES_USUAL_MAX)):
        limit = f"{OUTLINE_VERTICES_USUAL_MAX:,}"
        found[drawn[at]].append(problem("outline_many_vertices", place_of(drawn[at]), f"{counts[at]:,}", limit=limit))
    for at, one in _lines(polygons, lambda at: place_of(drawn[at])):
        found[drawn[at]].append(one)
    return found


def _lines(polygons: Any, place_of: PlaceOf) -> list[tuple[int, Problem]]:
    """Vertices far apart, and spikes: the longest and the sharpest of each outline."""
    parts, of_outline = shapely.get_parts(polygons, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    is_line = (of_ring[1:] == of_ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    start, end, ring = points[:-1][is_line], points[1:][is_line], of_ring[:-1][is_line]
    whose = of_outline[of_part[ring]]
    # Metres east and north, as on a plane that touches the earth between the two.
    east = np.radians(end[:, 0] - start[:, 0]) * np.cos(np.radians(start[:, 1] + end[:, 1]) / 2) * _EARTH_M
    north = np.radians(end[:, 1] - start[:, 1]) * _EARTH_M
    length = np.hypot(east, north)
    found = []
    for at in _largest_of_each(whose, length, length > VERTEX_GAP_M):
        where = f"{start[at, 0].item()!r} {start[at, 1].item()!r}"
        figures = {"metres": f"{length[at]:,.0f}", "limit": f"{VERTEX_GAP_M:,}"}
        found.append((int(whose[at]), problem("outline_vertices_far_apart", place_of(int(whose[at])), where, **figures)))
    # The line before each line of its ring; before the first comes the last.
    before = np.arange(len(ring)) - 1
    firsts = np.flatnonzero(np.r_[True, ring[1:] != ring[:-1]][: len(ring)])
    before[firsts] = np.r_[firsts[1:], len(ring)][: len(firsts)] - 1
    dot = -(east[before] * east + north[before] * north)
    cross = np.abs(east[before] * north - north[before] * east)
    degrees = np.degrees(np.arctan2(cross, dot))
    side = np.minimum(length[before], length)
    for at in _largest_of_each(whose, side, (degrees < SPIKE_DEGREES) & (side > SPIKE_SIDE_M)):
        where = f"{start[at, 0].item()!r} {start[at, 1].item()!r}"
        figures = {"degrees": f"{degrees[at]:.2f}", "metres": f"{side[at]:,.0f}"}
        found.append((int(whose[at]), problem("outline_spike", place_of(int(whose[at])), where, **figures)))
    return found


def _largest_of_each(whose: Any, size: Any, is_meant: Any) -> list[int]:
    """Of those that are meant the one of largest size for each owner, in the order of owners."""
    some = np.flatnonzero(is_meant)
    some = some[np.lexsort((-size[some], whose[some]))]
    return [int(one) for one in some[np.r_[True, whose[some][1:] != whose[some][:-1]][: len(some)]]]
