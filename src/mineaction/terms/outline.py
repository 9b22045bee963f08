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
from itertools import pairwise

from mineaction.terms.problem import Problem, problem

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]
Outline = tuple[Polygon, ...]

# A ring comes back to where it began: three corners and the first again.
_POSITIONS_MIN = 4
_LITTLE_ENDIAN, _POLYGON, _MULTIPOLYGON = 1, 3, 6
_HEAD, _COUNT = struct.Struct("<BI"), struct.Struct("<I")


def canonical_outline(polygons: Sequence[Sequence[Sequence[Position]]], place: str) -> tuple[bytes, list[Problem]]:
    """The canonical bytes of these rings of these polygons, or why they are no outline."""
    found = [wrong for number, ring in _numbered(polygons) if (wrong := _ring_problem(ring, number, place))]
    if not polygons or any(not rings for rings in polygons):
        found.append(problem("outline_broken", place, "a polygon without positions"))
    if found:
        return b"", found
    ordered = sorted(
        (_turned(rings[0], is_exterior=True), *sorted(_turned(hole, is_exterior=False) for hole in rings[1:])) for rings in polygons
    )
    return _encoded(ordered), []


def outline_of(encoded: bytes) -> Outline:
    """The polygons behind canonical bytes; bytes of another form are a programmer's error (ValueError)."""
    try:
        polygons, end = _decoded(encoded)
    except struct.error as error:
        raise ValueError("not a canonical outline") from error
    if end != len(encoded):
        raise ValueError("bytes behind the outline")
    return polygons


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """West, east, south, north."""
    longitudes = [position[0] for rings in outline for position in rings[0]]
    latitudes = [position[1] for rings in outline for position in rings[0]]
    return min(longitudes), max(longitudes), min(latitudes), max(latitudes)


def as_wkt(outline: Outline) -> str:
    """The outline as well-known text, every digit that is held."""
    polygons = (f"({', '.join(_ring_text(ring) for ring in rings)})" for rings in outline)
    return f"MULTIPOLYGON ({', '.join(polygons)})"


def _ring_text(ring: Ring) -> str:
    return f"({', '.join(f'{x!r} {y!r}' for x, y in ring)})"


def _numbered(polygons: Sequence[Sequence[Sequence[Position]]]) -> Iterator[tuple[int, Sequence[Position]]]:
    rings = (ring for rings in polygons for ring in rings)
    yield from enumerate(rings, 1)


def _ring_problem(ring: Sequence[Position], number: int, place: str) -> Problem | None:
    where = f"{place}, ring {number}"
    for vertex, (x, y) in enumerate(ring, 1):
        if abs(x) <= 180 and abs(y) <= 90:  # false for what is no number, too
            continue
        shown = f"{x!r} {y!r}"
        if abs(y) <= 180 and abs(x) <= 90:
            return problem("outline_swapped", f"{where}, vertex {vertex}", shown, swapped=f"{y!r} {x!r}")
        return problem("outline_off_the_earth", f"{where}, vertex {vertex}", shown)
    if ring and ring[0] != ring[-1]:
        return problem("outline_ring_open", where, f"{ring[0][0]!r} {ring[0][1]!r}", last=f"{ring[-1][0]!r} {ring[-1][1]!r}")
    if len(ring) < _POSITIONS_MIN or _doubled_area(ring) == 0:
        return problem("outline_without_area", where, f"{len(ring)} positions")
    return None


def _doubled_area(ring: Sequence[Position]) -> float:
    """Twice the signed area in square degrees, for its sign alone: the same from wherever the ring begins, negated when it is turned."""
    west, south = min(ring)
    near = [(x - west, y - south) for x, y in ring]
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(near))


def _turned(ring: Sequence[Position], *, is_exterior: bool) -> Ring:
    # `+ 0.0` makes one zero of the two.
    corners = [(x + 0.0, y + 0.0) for x, y in ring[:-1]]
    if (_doubled_area(ring) > 0) != is_exterior:
        corners.reverse()
    smallest = min(corners)
    starts = [number for number, one in enumerate(corners) if one == smallest]
    first = min((corners[start:] + corners[:start] for start in starts), key=lambda turned: turned) if len(starts) > 1 else None
    turned = first or corners[starts[0] :] + corners[: starts[0]]
    return (*turned, turned[0])


def _encoded(polygons: Sequence[Polygon]) -> bytes:
    parts = [_HEAD.pack(_LITTLE_ENDIAN, _MULTIPOLYGON), _COUNT.pack(len(polygons))]
    for rings in polygons:
        parts += [_HEAD.pack(_LITTLE_ENDIAN, _POLYGON), _COUNT.pack(len(rings))]
        for ring in rings:
            parts.append(_COUNT.pack(len(ring)))
            parts.append(struct.pack(f"<{2 * len(ring)}d", *(number for position in ring for number in position)))
    return b"".join(parts)


def _decoded(encoded: bytes) -> tuple[Outline, int]:
    at = _expect(encoded, 0, _MULTIPOLYGON)
    (polygon_count,) = _COUNT.unpack_from(encoded, at)
    at += _COUNT.size
    polygons = []
    for _ in range(polygon_count):
        at = _expect(encoded, at, _POLYGON)
        (ring_count,) = _COUNT.unpack_from(encoded, at)
        at += _COUNT.size
        rings = []
        for _ in range(ring_count):
            (length,) = _COUNT.unpack_from(encoded, at)
            at += _COUNT.size
            numbers = struct.unpack_from(f"<{2 * length}d", encoded, at)
            at += 16 * length
            rings.append(tuple(zip(numbers[::2], numbers[1::2], strict=True)))
        polygons.append(tuple(rings))
    return tuple(polygons), at


def _expect(encoded: bytes, at: int, kind: int) -> int:
    if _HEAD.unpack_from(encoded, at) != (_LITTLE_ENDIAN, kind):
        raise ValueError("not a canonical outline")
    return at + _HEAD.size
