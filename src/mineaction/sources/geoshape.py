"""Which shape does the text of a survey form say: `lat lon alt acc; lat lon alt acc; ...`, the geoshape and geopoint of ODK and Kobo?

Latitude comes first, unlike everywhere else. Altitude and accuracy are no part of an outline; numbers behind them are left out and told.
One position is a point, two are refused: they enclose nothing.
"""

from __future__ import annotations

import re

from mineaction.sources.shapes import Shape, coordinate
from mineaction.terms.problem import Problem, ProblemError, problem

LOOKS_SO = re.compile(r"\s*[-+]?\d+(\.\d+)?\s+[-+]?\d+(\.\d+)?(\s|;|$)")
# Latitude, longitude, altitude, accuracy.
_NUMBERS_MAX = 4
_CORNERS_MIN = 3


def shape_from_geoshape(text: str, place: str) -> Shape:
    """The shape of the text; what is none is a ProblemError."""
    warnings: list[Problem] = []
    written: list[tuple[str, str]] = []
    positions: list[tuple[float, float]] = []
    parts = [one.split() for one in text.split(";")]
    while parts and not parts[-1]:
        parts.pop()
    for vertex, numbers in enumerate(parts, 1):
        where = f"{place}, vertex {vertex}"
        if len(numbers) < 2:
            raise ProblemError([problem("outline_broken", where, " ".join(numbers))])
        if len(numbers) > _NUMBERS_MAX and not warnings:
            warnings.append(problem("position_numbers_left_out", where, " ".join(numbers[_NUMBERS_MAX:])))
        written.append((numbers[1], numbers[0]))
        positions.append((coordinate(numbers[1], where), coordinate(numbers[0], where)))
    if len(positions) == 1:
        return Shape(point=written[0], warnings=tuple(warnings))
    if len(set(positions)) < _CORNERS_MIN:
        raise ProblemError([problem("outline_without_area", place, f"{len(positions)} positions")])
    return Shape([[positions]], warnings=tuple(warnings))
