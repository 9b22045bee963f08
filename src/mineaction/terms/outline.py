"""What is the canonical form of an outline on the ground: one or several polygons, longitude and latitude in degrees (WGS 84)?

Always a multipolygon in little-endian WKB: exterior rings anticlockwise and holes clockwise (RFC 7946), each ring from its smallest
vertex, holes and polygons in order. So one outline has one encoding, whatever program wrote it. No vertex is moved, added or left out.
Refuses what is no outline: an open ring, fewer than three corners, no area, a position off the earth. Whether rings cross is not judged
here: that is said of a fact, not in place of it.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import mul, sub

from mineaction.terms.limits import PROJECTED_NUMBER_MIN
from mineaction.terms.problem import Problem, problem

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]
Outline = tuple[Polygon, ...]
Bounds = tuple[float, float, float, float]

# A ring comes back to where it began: three corners and the first again.
_POSITIONS_MIN = 4
_LITTLE_ENDIAN, _POLYGON, _MULTIPOLYGON = 1, 3, 6
_HEAD, _COUNT = struct.Struct("<BII"), struct.Struct("<I")
# What most outlines begin with.
_ONE_RING = _HEAD.pack(_LITTLE_ENDIAN, _MULTIPOLYGON, 1) + _HEAD.pack(_LITTLE_ENDIAN, _POLYGON, 1)


def canonical_outline(polygons: Sequence[Sequence[Sequence[Position]]], place: str) -> tuple[bytes, list[Problem]]:
    """The canonical bytes of these rings of these polygons, or why they are no outline."""
    areas = {number: _doubled_area(ring) for number, ring in _numbered(polygons) if _is_on_the_earth(ring)}
    found = [wrong for number, ring in _numbered(polygons) if (wrong := _ring_problem(ring, areas.get(number), f"{place}, ring {number}"))]
    if not polygons or any(not rings for rings in polygons):
        found.append(problem("outline_broken", place, "a polygon without positions"))
    if found:
        return b"", found
    signed = iter(areas.values())
    ordered = []
    for rings in polygons:
        first, *holes = [_turned(ring, (next(signed) > 0) == (at == 0)) for at, ring in enumerate(rings)]
        ordered.append((first, *sorted(holes)))
    return _encoded(sorted(ordered)), []


def position_problem(position: Position, place: str) -> Problem | None:
    """Why this is no longitude and latitude in degrees: metres of a projection, swapped axes, or no place on the earth."""
    x, y = position
    if abs(x) <= 180 and abs(y) <= 90:
        return None
    shown = f"{x!r} {y!r}"
    if PROJECTED_NUMBER_MIN <= max(abs(x), abs(y)) < math.inf:
        return problem("coordinates_projected", place, shown)
    if abs(y) <= 180 and abs(x) <= 90:
        return problem("outline_swapped", place, shown, swapped=f"{y!r} {x!r}")
    return problem("outline_off_the_earth", place, shown)


def outline_of(encoded: bytes) -> Outline:
    """The polygons behind canonical bytes; bytes of another form are a programmer's error (ValueError)."""
    return tuple(tuple(tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in rings) for rings in _numbers(encoded))


def bounds_of(encoded: bytes) -> Bounds:
    """West, east, south, north of canonical bytes."""
    exteriors = [rings[0] for rings in _numbers(encoded)]
    numbers = exteriors[0] if len(exteriors) == 1 else tuple(chain.from_iterable(exteriors))
    # Sorting is quicker here than asking for the least and the largest.
    longitudes, latitudes = sorted(numbers[::2]), sorted(numbers[1::2])
    return longitudes[0], longitudes[-1], latitudes[0], latitudes[-1]


def as_wkt(outline: Sequence[Sequence[Sequence[Position]]]) -> str:
    """The outline as well-known text, every digit that is held."""
    polygons = (f"({', '.join(_ring_text(ring) for ring in rings)})" for rings in outline)
    return f"MULTIPOLYGON ({', '.join(polygons)})"


def _ring_text(ring: Sequence[Position]) -> str:
    return f"({', '.join(f'{x!r} {y!r}' for x, y in ring)})"


def _numbered(polygons: Sequence[Sequence[Sequence[Position]]]) -> Iterator[tuple[int, Sequence[Position]]]:
    rings = (ring for rings in polygons for ring in rings)
    yield from enumerate(rings, 1)


def _is_on_the_earth(ring: Sequence[Position]) -> bool:
    if not ring:
        return True
    longitudes, latitudes = zip(*ring, strict=True)
    # False for what is no number, too: a sum with one of them is none.
    is_number = not math.isnan(sum(longitudes) + sum(latitudes))
    return is_number and min(longitudes) >= -180 and max(longitudes) <= 180 and min(latitudes) >= -90 and max(latitudes) <= 90


def _ring_problem(ring: Sequence[Position], doubled_area: float | None, where: str) -> Problem | None:
    """`doubled_area` is None where a position is off the earth."""
    if doubled_area is None:
        vertex, position = next((vertex, one) for vertex, one in enumerate(ring, 1) if not _is_on_the_earth([one]))
        return position_problem(position, f"{where}, vertex {vertex}")
    if ring and ring[0] != ring[-1]:
        return problem("outline_ring_open", where, f"{ring[0][0]!r} {ring[0][1]!r}", last=f"{ring[-1][0]!r} {ring[-1][1]!r}")
    # Lobes of a line that crosses itself may cancel out: that is no ring without area, and is said of the fact.
    if len(ring) < _POSITIONS_MIN or (doubled_area == 0 and _is_flat(ring)):
        return problem("outline_without_area", where, f"{len(ring)} positions")
    return None


def _doubled_area(ring: Sequence[Position]) -> float:
    """Twice the signed area in square degrees, for its sign alone: the same from wherever the ring begins, negated when it is turned."""
    if not ring:
        return 0.0
    west, south = min(ring)
    longitudes, latitudes = zip(*ring, strict=True)
    xs = [x - west for x in longitudes]
    ys = [y - south for y in latitudes]
    return math.fsum(map(sub, map(mul, xs, ys[1:]), map(mul, xs[1:], ys)))


def _is_flat(ring: Sequence[Position]) -> bool:
    """Whether all positions lie on one line."""
    (west, south), (east, north) = min(ring), max(ring)
    return all((east - west) * (y - south) == (north - south) * (x - west) for x, y in ring)


def _turned(ring: Sequence[Position], is_right_way: bool) -> Ring:
    # `+ 0.0` makes one zero of the two.
    corners = [(x + 0.0, y + 0.0) for x, y in ring[:-1]]
    if not is_right_way:
        corners.reverse()
    smallest = min(corners)
    start = corners.index(smallest) if corners.count(smallest) == 1 else _least_start(corners)
    return (*corners[start:], *corners[:start], corners[start])


def _least_start(corners: Sequence[Position]) -> int:
    """From where the ring reads smallest, found in one pass: a ring may come back to its smallest corner a million times."""
    count, one, other, same = len(corners), 0, 1, 0
    while max(one, other, same) < count:
        left, right = corners[(one + same) % count], corners[(other + same) % count]
        if left == right:
            same += 1
            continue
        if left > right:
            one += same + 1
        else:
            other += same + 1
        other += one == other
        same = 0
    return min(one, other)


def _encoded(polygons: Sequence[Polygon]) -> bytes:
    parts = [_HEAD.pack(_LITTLE_ENDIAN, _MULTIPOLYGON, len(polygons))]
    for rings in polygons:
        parts.append(_HEAD.pack(_LITTLE_ENDIAN, _POLYGON, len(rings)))
        for ring in rings:
            parts.append(_COUNT.pack(len(ring)))
            parts.append(struct.pack(f"<{2 * len(ring)}d", *chain.from_iterable(ring)))
    return b"".join(parts)


def _numbers(encoded: bytes) -> list[list[tuple[float, ...]]]:
    """Longitude, latitude, longitude ... of each ring of each polygon."""
    if encoded.startswith(_ONE_RING) and len(encoded) > len(_ONE_RING) + _COUNT.size:
        (length,) = _COUNT.unpack_from(encoded, len(_ONE_RING))
        if len(encoded) == len(_ONE_RING) + _COUNT.size + 16 * length:
            return [[struct.unpack_from(f"<{2 * length}d", encoded, len(_ONE_RING) + _COUNT.size)]]
    polygons = []
    try:
        polygon_count, at = _counted(encoded, 0, _MULTIPOLYGON)
        for _ in range(polygon_count):
            ring_count, at = _counted(encoded, at, _POLYGON)
            rings = []
            for _ in range(ring_count):
                (length,) = _COUNT.unpack_from(encoded, at)
                at += _COUNT.size
                rings.append(struct.unpack_from(f"<{2 * length}d", encoded, at))
                at += 16 * length
            polygons.append(rings)
    except struct.error as error:
        raise ValueError("not a canonical outline") from error
    if at != len(encoded):
        raise ValueError("bytes behind the outline")
    return polygons


def _counted(encoded: bytes, at: int, kind: int) -> tuple[int, int]:
    """How many parts a geometry of this kind has, and where they begin."""
    order, found, count = _HEAD.unpack_from(encoded, at)
    if (order, found) != (_LITTLE_ENDIAN, kind):
        raise ValueError("not a canonical outline")
    return count, at + _HEAD.size
