"""In which coordinate system were positions given, and where do they lie in WGS 84? Read or stated, never guessed.

PROJ (through pyproj) does the transformation, longitude first, without network. It chooses the best known operation at each position; one
whose accuracy is unknown or bad is told once as a warning. Results are rounded to a tenth of a millimetre, so that equal files give equal
facts on every machine. Refuses systems that are not on the earth's surface.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from mineaction.terms.limits import CRS_AREA_MARGIN_DEGREES, CRS_SHOWN_CHARACTERS_MAX, DATUM_SHIFT_ACCURACY_M, TRANSFORMED_DECIMALS
from mineaction.terms.problem import Problem, ProblemError, problem

Positions = Sequence[tuple[float, float]]

# The names of WGS 84, longitude and latitude in degrees; those with a height too.
_WGS84 = frozenset(("EPSG:4326", "OGC:CRS84", "CRS84", "EPSG:4979", "OGC:CRS84H", "WGS84", "WGS 84"))
_URN = re.compile(r"urn:ogc:def:crs:(EPSG|OGC|ESRI):[\d.]*:(\w+)", re.IGNORECASE)
_CODE = re.compile(r"(EPSG|ESRI|OGC|IGNF):(\w+)", re.IGNORECASE)
_WKT = re.compile(r"\s*[A-Z_]+\s*\[", re.IGNORECASE)


class System:
    """Where positions of one system lie in WGS 84. `name` is empty for WGS 84 itself."""

    def __init__(self, name: str = "", transformer: Any = None, area: tuple[float, float, float, float] | None = None) -> None:
        self.name = name
        self._transformer, self._area = transformer, area
        self._told: set[str] = set()

    def moved(self, positions: Positions, place: str) -> tuple[list[tuple[float, float]], list[Problem]]:
        """The positions in WGS 84, and why one has none; warnings come once for each ground."""
        if self._transformer is None:
            return list(positions), []
        xs, ys = self._transformer.transform([x for x, _ in positions], [y for _, y in positions])
        for vertex, (x, y, before) in enumerate(zip(xs, ys, positions, strict=True), 1):
            if not (math.isfinite(x) and math.isfinite(y)):
                shown = f"{before[0]!r} {before[1]!r}"
                return [], [problem("crs_position_impossible", f"{place}, vertex {vertex}", shown, crs=self.name)]
        made = [(round(x, TRANSFORMED_DECIMALS), round(y, TRANSFORMED_DECIMALS)) for x, y in zip(xs, ys, strict=True)]
        return made, [*self._accuracy(place), *self._outside(made, place)]

    def _accuracy(self, place: str) -> list[Problem]:
        used = _last_used(self._transformer)
        if used.description in self._told:
            return []
        self._told.add(used.description)
        # Below zero where nobody knows.
        if 0 <= used.accuracy <= DATUM_SHIFT_ACCURACY_M:
            return []
        accuracy = f"{used.accuracy:g} m" if used.accuracy >= 0 else "unknown"
        return [problem("datum_shift_uncertain", place, self.name, accuracy=accuracy, operation=used.description)]

    def _outside(self, made: Positions, place: str) -> list[Problem]:
        if self._area is None or "area" in self._told:
            return []
        west, south, east, north = self._area
        margin = CRS_AREA_MARGIN_DEGREES
        for x, y in made:
            is_between = west - margin <= x <= east + margin if west <= east else (x >= west - margin or x <= east + margin)
            if not is_between or not south - margin <= y <= north + margin:
                self._told.add("area")
                return [problem("crs_area_exceeded", place, f"{x!r} {y!r}", crs=self.name)]
        return []


def _last_used(transformer: Any) -> Any:
    """The operation that was chosen among several; the only one says nothing of itself and is asked directly."""
    from pyproj.exceptions import ProjError

    try:
        return transformer.get_last_used_operation()
    except ProjError:
        return transformer


WGS84 = System()


def system_of(given: str, place: str) -> System:
    """The system that a code such as EPSG:32638, a URN or a well-known text names."""
    text = _plain(given)
    if text.upper() in _WGS84:
        return WGS84
    import pyproj

    try:
        if code := _CODE.fullmatch(text):
            found = pyproj.CRS.from_authority(code[1].upper(), code[2])
        elif _WKT.match(text):
            found = pyproj.CRS.from_wkt(text)
        else:
            raise ProblemError([problem("crs_unknown", place, _short(given))])
        flat = found.to_2d()
        if not (flat.is_geographic or flat.is_projected):
            raise ProblemError([problem("crs_unusable", place, flat.name)])
        if flat.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True):
            return WGS84
        transformer = pyproj.Transformer.from_crs(flat, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError:
        raise ProblemError([problem("crs_unknown", place, _short(given))]) from None
    area = flat.area_of_use
    return System(_named(flat), transformer, (area.west, area.south, area.east, area.north) if area else None)


def same_system(one: str, other: str, place: str) -> bool:
    """Whether two names mean one system."""
    return _plain(one).upper() == _plain(other).upper() or system_of(one, place).name == system_of(other, place).name


def system_for(of_file: str, stated: str, path: str) -> System:
    """The system of a file: what it says, else what was stated; two that differ are a problem, and so is none."""
    if of_file and stated and not same_system(of_file, stated, path):
        raise ProblemError([problem("crs_contradicts", path, stated, crs=_short(system_of(of_file, path).name or "WGS 84"))])
    if not of_file and not stated:
        raise ProblemError([problem("crs_missing", path)])
    return system_of(of_file or stated, path)


def _plain(given: str) -> str:
    text = given.strip()
    urn = _URN.fullmatch(text)
    return f"{urn[1].upper()}:{urn[2]}" if urn else text


def _named(system: Any) -> str:
    """Its code where it has one without doubt, else its well-known text on one line."""
    authority = system.to_authority(min_confidence=100)
    return ":".join(authority) if authority else system.to_wkt(pretty=False)


def _short(text: str) -> str:
    return text if len(text) <= CRS_SHOWN_CHARACTERS_MAX else f"{text[:CRS_SHOWN_CHARACTERS_MAX]}..."
