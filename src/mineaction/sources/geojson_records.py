"""Which records does a GeoJSON file hold (RFC 7946): one a feature, its properties as cells, its polygon as outline?

Numbers stay the text they were written as. A name that stands twice and a value that is a list are problems; a feature without geometry
is a record without outline. Coordinates are WGS 84, unless the member `crs` of older programs or the person who imports says another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NoReturn

from mineaction.sources.coordinate_systems import WGS84, System, system_for, system_of
from mineaction.sources.given_rows import GivenRow, Stated, refuse_layer, text_of
from mineaction.sources.shapes import Shape, heights_warning, with_shape
from mineaction.terms.limits import CRS_SHOWN_CHARACTERS_MAX, OUTLINE_SHOWN_CHARACTERS_MAX
from mineaction.terms.problem import Problem, ProblemError, problem


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


class _Twice(dict[str, Any]):
    """An object in which names stand twice."""

    names: tuple[str, ...] = ()


def geojson_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every feature in order."""
    refuse_layer(path, stated, "GeoJSON")
    features, system = _features(text_of(content, path), path, stated)
    for number, feature in enumerate(features, 1):
        place = f"feature {number}"
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            yield GivenRow(place, "property", {}, problems=(problem("geojson_broken", place, reason="it is no Feature"),))
        else:
            yield _record(feature, place, system)


def _features(text: str, path: str, stated: Stated) -> tuple[list[Any], System]:
    def refuse(constant: str) -> NoReturn:
        raise ProblemError([problem("geojson_broken", path, reason=f"{constant} is no number of JSON")])

    try:
        whole = json.loads(text, object_pairs_hook=_object, parse_float=_Number, parse_int=_Number, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise ProblemError([problem("geojson_broken", f"{path}, line {error.lineno}", reason=error.msg)]) from None
    except RecursionError:
        raise ProblemError([problem("geojson_broken", path, reason="it is nested too deep")]) from None
    if not isinstance(whole, Mapping) or whole.get("type") != "FeatureCollection" or not isinstance(whole.get("features"), list):
        raise ProblemError([problem("geojson_broken", path, reason="it is no FeatureCollection")])
    features: list[Any] = whole["features"]
    return features, _system(whole.get("crs"), path, stated)


def _system(named: Any, path: str, stated: Stated) -> System:
    if named is None:
        return system_of(stated.crs, path) if stated.crs else WGS84
    properties = named.get("properties") if isinstance(named, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not name or not isinstance(name, str):
        raise ProblemError([problem("crs_unknown", path, json.dumps(named)[:CRS_SHOWN_CHARACTERS_MAX])])
    return system_for(name, stated.crs, path)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) == len(names):
        return dict(pairs)
    twice = _Twice(pairs)
    twice.names = tuple(sorted({name for name in names if names.count(name) > 1}))
    return twice


def _record(feature: Mapping[str, Any], place: str, system: System) -> GivenRow:
    problems: list[Problem] = []
    cells: dict[str, str] = {}
    properties = feature.get("properties") or {}
    if not isinstance(properties, Mapping):
        return GivenRow(place, "property", {}, problems=(problem("geojson_broken", place, reason="its properties are no object"),))
    for held in (feature, properties, feature.get("geometry")):
        if isinstance(held, _Twice):
            problems += [problem("record_key_twice", place, name) for name in held.names]
    for given, value in properties.items():
        name = given.strip().casefold()
        if isinstance(value, list | Mapping):
            problems.append(problem("record_value_nested", f"{place}, property {given}", given))
            cells.setdefault(name, "")  # its name is one of the file, whatever it holds
        elif name in cells:
            problems.append(problem("record_key_twice", place, name))
        else:
            cells[name] = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    geometry = feature.get("geometry")
    row = GivenRow(place, "property", cells, problems=tuple(problems))
    return with_shape(row, "geometry", lambda where: _shape(geometry, where), system, lambda: json.dumps(geometry))


def _shape(geometry: Any, place: str) -> Shape:
    if geometry is None:
        return Shape()
    kind = str(geometry.get("type", "")) if isinstance(geometry, Mapping) else ""
    if kind in ("MultiPoint", "LineString", "MultiLineString"):
        raise ProblemError([problem("outline_kind_wrong", place, kind)])
    if kind not in ("Point", "Polygon", "MultiPolygon"):
        raise ProblemError([problem("outline_broken", place, kind or "a geometry without type")])
    coordinates = _listed(geometry.get("coordinates"), place)
    heights: list[float] = []
    if kind == "Point":
        x, y, *more = _numbers(coordinates, place)
        return Shape(point=(x, y), warnings=heights_warning([float(one) for one in more], place))
    polygons = [coordinates] if kind == "Polygon" else [_listed(one, place) for one in coordinates]
    made = [[_positions(_listed(ring, place), place, heights) for ring in _listed(rings, place)] for rings in polygons]
    if not made or not all(made):
        raise ProblemError([problem("outline_broken", place, "a polygon without positions")])
    return Shape(made, warnings=heights_warning(heights, place))


def _positions(ring: list[Any], place: str, heights: list[float]) -> list[tuple[float, float]]:
    if set(map(type, ring)) == {list} and set(map(len, ring)) == {2}:  # nearly all: no heights
        flat = list(chain.from_iterable(ring))
        if set(map(type, flat)) == {_Number}:
            numbers = list(map(float, flat))
            return list(zip(numbers[::2], numbers[1::2], strict=True))
    return [_position(one, place, heights) for one in ring]


def _listed(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise ProblemError([problem("outline_broken", place, str(value)[:OUTLINE_SHOWN_CHARACTERS_MAX])])
    return value


def _position(value: Any, place: str, heights: list[float]) -> tuple[float, float]:
    numbers = _numbers(_listed(value, place), place)
    heights += map(float, numbers[2:])
    return float(numbers[0]), float(numbers[1])


def _numbers(numbers: list[Any], place: str) -> list[str]:
    if not all(isinstance(one, _Number) for one in numbers):
        raise ProblemError([problem("outline_broken", place, ", ".join(map(str, numbers))[:OUTLINE_SHOWN_CHARACTERS_MAX])])
    if not 2 <= len(numbers) <= 4:
        raise ProblemError([problem("outline_numbers_wrong", place, ", ".join(numbers)[:OUTLINE_SHOWN_CHARACTERS_MAX])])
    return [str(one) for one in numbers]
