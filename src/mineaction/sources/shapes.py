"""A shape as a file gives it, and where it lies: polygons or a point, in the system of the file, turned into an outline in WGS 84.

Heights and measures are left out, with a warning where one is not zero; positions that repeat are told and stay. Nothing is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import eq
from typing import NamedTuple

from mineaction.sources.coordinate_systems import System
from mineaction.sources.given_rows import GivenRow
from mineaction.sources.texts import text_of_value
from mineaction.terms.outline import Position, as_wkt, canonical_outline, position_problem
from mineaction.terms.problem import Problem, ProblemError, problem

_PLAIN = re.compile(r"-?\d+(\.\d+)?")


class Shape(NamedTuple):
    """Polygons (rings of positions), or a point as it was written; neither for no shape. `srid` where the shape itself names its system."""

    polygons: Sequence[Sequence[Sequence[Position]]] = ()
    point: tuple[str, str] | None = None
    srid: str = ""
    warnings: tuple[Problem, ...] = ()


class Placed(NamedTuple):
    """The shape in WGS 84, the system it was given in when it was another, and what is wrong with it."""

    geometry: bytes = b""
    point: tuple[str, str] | None = None
    crs: str = ""
    problems: tuple[Problem, ...] = ()

    def on(self, row: GivenRow, part: str) -> GivenRow:
        """The row with this shape; `part` is the name of the cell that held it."""
        return row._replace(
            geometry=self.geometry,
            point=self.point,
            point_part=part,
            crs=self.crs,
            problems=(*row.problems, *self.problems),
        )


def placed(shape: Shape, system: System, place: str) -> Placed:
    """Where the shape lies in WGS 84."""
    if shape.point:
        return _placed_point(shape.point, system, place, shape.warnings)
    if not shape.polygons:
        return Placed()
    problems = list(shape.warnings)
    polygons: list[list[list[Position]]] = []
    number = 0
    for rings in shape.polygons:
        polygons.append([])
        for ring in rings:
            number += 1
            where = f"{place}, ring {number}"
            if any(map(eq, ring, ring[1:])):
                repeated = next(a for a, b in pairwise(ring) if a == b)
                problems.append(problem("positions_repeated", where, f"{repeated[0]!r} {repeated[1]!r}"))
            moved, found = system.moved(ring, where)
            problems += found
            polygons[-1].append(moved)
    if any(not one.is_warning for one in problems):
        return Placed(problems=tuple(problems))
    geometry, found = canonical_outline(polygons, place)
    return Placed(geometry, None, system.name if geometry else "", (*problems, *found))


def with_shape(row: GivenRow, part: str, read: Callable[[str], Shape], system: System, written: Callable[[], str]) -> GivenRow:
    """The row of a record that is no table's, with its shape; one that cannot be used stays on the row as text, to be mended."""
    place = f"{row.place}, {part}"
    shape = Shape()
    try:
        shape = read(place)
        made = placed(shape, system, place)
    except ProblemError as error:
        made = Placed(problems=error.problems)
    if any(not one.is_warning for one in made.problems):
        row = row._replace(outline_text=wkt_of(shape, system) if shape.polygons or shape.point else written())
    return made.on(row, part)


def on_grid(shape: Shape, decimals: int) -> Shape:
    """The shape of a format that holds whole steps of a grid: without the noise of counting them out."""
    polygons = [[[(round(x, decimals), round(y, decimals)) for x, y in ring] for ring in rings] for rings in shape.polygons]
    point = shape.point and (repr(round(float(shape.point[0]), decimals)), repr(round(float(shape.point[1]), decimals)))
    return shape._replace(polygons=polygons, point=point)


def wkt_of(shape: Shape, system: System) -> str:
    """The shape as well-known text in the system it was given in; a system without a number is stated when it is read again."""
    code = (system.name or "EPSG:4326").removeprefix("EPSG:")
    head = f"SRID={code};" if code.isdecimal() else ""
    if shape.point:
        return f"{head}POINT ({' '.join(shape.point)})"
    return head + as_wkt(shape.polygons)


def _placed_point(point: tuple[str, str], system: System, place: str, warnings: tuple[Problem, ...]) -> Placed:
    try:
        numbers = (coordinate(point[0], place), coordinate(point[1], place))
    except ProblemError as error:
        return Placed(problems=(*warnings, *error.problems))
    (moved, found) = system.moved([numbers], place)
    problems = [*warnings, *found]
    if not moved:
        return Placed(problems=tuple(problems))
    if wrong := position_problem(moved[0], place):
        return Placed(problems=(*problems, wrong))
    if not any(numbers):
        problems.append(problem("position_zero", place, "0 0"))
    as_written = not system.name and all(map(_PLAIN.fullmatch, point))
    held = point if as_written else (text_of_value(moved[0][0]), text_of_value(moved[0][1]))
    return Placed(b"", held, system.name, tuple(problems))


def coordinate(text: str, place: str) -> float:
    """The number of one coordinate in decimal degrees or metres; degrees with minutes and decimal commas are told as such."""
    try:
        if text.isascii() and "_" not in text:
            return float(text)
    except ValueError:
        pass
    raise ProblemError([problem("position_not_decimal", place, text)])


def heights_warning(heights: Sequence[float], place: str) -> tuple[Problem, ...]:
    """That heights were left out, where one says something."""
    said = [one for one in heights if one != 0]
    return (problem("heights_left_out", place, f"{said[0]:g}"),) if said else ()
