"""Which land of the packaged map lies at a position, or how far is the nearest land of an area from it?

Takes the reduced Natural Earth map (`data/places/README.md` says what was reduced and how). Refuses to say whose land it is: an area is
what the map draws under one name and number. Even-odd rule on each outline with its holes; outlines run on across 180 degrees.
Distances are measured on the plane that touches the sphere at the position: against great circles they err by less than 0.1 % at
5 km and less than 1 % at 100 km outside the polar circles, which is far below the accuracy of the map.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from mineaction.terms.problem import ProblemError, problem

# Mean radius of the Earth (IUGG 1980, R1), in metres.
_EARTH_RADIUS_M = 6_371_008.8
_METRES_A_DEGREE = math.radians(1) * _EARTH_RADIUS_M
# Window bits that make zlib read a gzip file and check its CRC.
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Outline:
    """One piece of land: `box` is west, south, east, north in grid steps; `rings` are the outer line and its holes, as packed text."""

    box: tuple[int, int, int, int]
    rings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """What the map draws under one name. `iso_numeric` is empty where it gives none; `states` are those that claim a disputed area."""

    name: str
    iso_numeric: str
    states: tuple[str, ...]
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The map: countries, the disputed areas over them, and the grid both are drawn on (origin and step in degrees, steps a turn).

    `simplified_m` is how far a line may stand from Natural Earth's own; near the two Koreas it stands where theirs does.
    """

    areas: tuple[Area, ...]
    disputed: tuple[Area, ...]
    origin: tuple[float, float]
    step: tuple[float, float]
    turn: int
    simplified_m: int


def load_boundaries(raw: bytes) -> Boundaries:
    """The map from the bytes of its packaged file; a damaged file is the problem `packaged_data_broken`."""
    try:
        drawn = json.loads(zlib.decompress(raw, _GZIP))
        return Boundaries(
            areas=tuple(_area(area) for area in drawn["areas"]),
            disputed=tuple(_area(area) for area in drawn["disputed"]),
            origin=(float(drawn["origin"][0]), float(drawn["origin"][1])),
            step=(float(drawn["step"][0]), float(drawn["step"][1])),
            turn=int(drawn["turn"]),
            simplified_m=int(drawn["simplified_m"]),
        )
    except (zlib.error, ValueError, KeyError, IndexError, TypeError) as wrong:
        raise ProblemError([problem("packaged_data_broken", "places", str(wrong))]) from None


def distances_m(boundaries: Boundaries, areas: Iterable[Area], position: tuple[float, float], reach_m: float) -> list[tuple[Area, float]]:
    """The areas with land within `reach_m` of (longitude, latitude), nearest first; 0 for an area the position lies in or on."""
    x, y = ((given - origin) / step for given, origin, step in zip(position, boundaries.origin, boundaries.step, strict=True))
    metres_y = boundaries.step[1] * _METRES_A_DEGREE
    metres_x = boundaries.step[0] * _METRES_A_DEGREE * max(math.cos(math.radians(position[1])), 0.0)
    reach_y = reach_m / metres_y
    # Near a pole every longitude is within reach.
    reach_x = min(reach_m / metres_x, boundaries.turn) if metres_x > 0 else boundaries.turn
    found = []
    for area in areas:
        least = math.inf
        for outline in area.outlines:
            west, south, east, north = outline.box
            if south - reach_y > y or north + reach_y < y:
                continue
            for shifted in (x - boundaries.turn, x, x + boundaries.turn):
                if west - reach_x <= shifted <= east + reach_x:
                    least = min(least, _distance_m(outline, (shifted, y), (metres_x, metres_y), (reach_x, reach_y)))
        if least <= reach_m:
            found.append((area, least))
    return sorted(found, key=lambda one: one[1])


def _distance_m(outline: Outline, at: tuple[float, float], metres: tuple[float, float], reach: tuple[float, float]) -> float:
    """0 inside, else metres to the nearest line; infinite when no line is within reach."""
    x, y = at
    west, east, south, north = x - reach[0], x + reach[0], y - reach[1], y + reach[1]
    is_inside, least = False, math.inf
    for ring in outline.rings:
        xs, ys = _corners(ring)
        x0, y0 = xs[-1], ys[-1]
        for x1, y1 in zip(xs, ys, strict=True):
            if not ((y0 < south and y1 < south) or (y0 > north and y1 > north)):
                if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                    is_inside = not is_inside
                if not ((x0 < west and x1 < west) or (x0 > east and x1 > east)):
                    least = min(least, _to_segment((x0 - x) * metres[0], (y0 - y) * metres[1], (x1 - x) * metres[0], (y1 - y) * metres[1]))
            x0, y0 = x1, y1
    return 0.0 if is_inside else least


def _to_segment(x0: float, y0: float, x1: float, y1: float) -> float:
    """From the origin to the segment between two points."""
    across, up = x1 - x0, y1 - y0
    length = across * across + up * up
    share = min(max(-(x0 * across + y0 * up) / length, 0.0), 1.0) if length else 0.0
    return math.hypot(x0 + share * across, y0 + share * up)


def _corners(ring: str) -> tuple[list[int], list[int]]:
    """Columns and rows of a ring: the first corner, then the steps from corner to corner."""
    steps = [int(step) for step in ring.split()]
    return list(accumulate(steps[0::2])), list(accumulate(steps[1::2]))


def _area(drawn: dict[str, object]) -> Area:
    outlines = drawn["polygons"]
    states = drawn.get("states", [])
    if not isinstance(outlines, list) or not isinstance(states, list):
        raise TypeError("an area of the map has no list of outlines")
    return Area(
        name=str(drawn["name"]),
        iso_numeric=str(drawn.get("iso_numeric", "")),
        states=tuple(str(state) for state in states),
        outlines=tuple(Outline(tuple(one["box"]), tuple(one["rings"])) for one in outlines),
    )
