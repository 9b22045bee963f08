"""Which shape does a well-known binary say, as GDAL hands it out: polygon, multipolygon or point, with or without heights and measures?

Refuses curves, lines and collections; several points are none that can be told apart.
"""

from __future__ import annotations

import struct

from mineaction.sources.shapes import Shape, heights_warning
from mineaction.terms.limits import OUTLINE_SHOWN_CHARACTERS_MAX
from mineaction.terms.problem import ProblemError, problem

_NAMES = {
    1: "POINT", 2: "LINESTRING", 3: "POLYGON", 4: "MULTIPOINT", 5: "MULTILINESTRING", 6: "MULTIPOLYGON", 7: "GEOMETRYCOLLECTION",
    8: "CIRCULARSTRING", 9: "COMPOUNDCURVE", 10: "CURVEPOLYGON", 11: "MULTICURVE", 12: "MULTISURFACE", 15: "POLYHEDRALSURFACE", 16: "TIN",
}  # fmt: skip
_POINT, _POLYGON, _MULTIPOLYGON = 1, 3, 6

Rings = list[list[tuple[float, float]]]


def shape_from_wkb(encoded: bytes, place: str) -> Shape:
    """The shape of the bytes; what is none is a ProblemError."""
    heights: list[float] = []
    try:
        order, kind, width, at = _head(encoded, 0)
        if kind == _POINT:
            numbers = struct.unpack_from(f"{order}{width}d", encoded, at)
            point = (repr(numbers[0]), repr(numbers[1]))
            return Shape(point=point, warnings=heights_warning(numbers[2:], place)) if numbers[0] == numbers[0] else Shape()
        if kind == _POLYGON:
            polygons = [_rings(encoded, order, width, at, heights)[0]]
        elif kind == _MULTIPOLYGON:
            polygons = _polygons(encoded, order, at, heights)
        else:
            raise ProblemError([problem("outline_kind_wrong", place, _NAMES.get(kind, f"geometry of kind {kind}"))])
    except (struct.error, IndexError):
        raise ProblemError([problem("outline_broken", place, encoded.hex()[:OUTLINE_SHOWN_CHARACTERS_MAX])]) from None
    if not any(polygons):
        return Shape()
    return Shape(polygons, warnings=heights_warning(heights, place))


def _head(encoded: bytes, at: int) -> tuple[str, int, int, int]:
    """Byte order, kind, numbers in a position, and where the content begins."""
    if not encoded or encoded[at] not in (0, 1):
        raise struct.error
    order = "<" if encoded[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", encoded, at + 1)
    # Heights and measures are thousands (ISO) or the upper bits (older).
    extra = (code % 10_000) // 1000 if code < 1 << 16 else 0
    width = 2 + (extra in (1, 3)) + (extra in (2, 3)) + bool(code & 0x8000_0000) + bool(code & 0x4000_0000)
    return order, (code & 0x1FFF_FFFF) % 1000, width, at + 5


def _polygons(encoded: bytes, order: str, at: int, heights: list[float]) -> list[Rings]:
    (count,) = struct.unpack_from(f"{order}I", encoded, at)
    at += 4
    polygons = []
    for _ in range(count):
        order, _kind, width, at = _head(encoded, at)
        rings, at = _rings(encoded, order, width, at, heights)
        polygons.append(rings)
    return polygons


def _rings(encoded: bytes, order: str, width: int, at: int, heights: list[float]) -> tuple[Rings, int]:
    (count,) = struct.unpack_from(f"{order}I", encoded, at)
    at += 4
    rings: Rings = []
    for _ in range(count):
        (length,) = struct.unpack_from(f"{order}I", encoded, at)
        at += 4
        numbers = struct.unpack_from(f"{order}{length * width}d", encoded, at)
        at += 8 * length * width
        rings.append(list(zip(numbers[::width], numbers[1::width], strict=True)))
        if width > 2:
            heights += numbers[2::width]
    return rings, at
