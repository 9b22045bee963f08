"""Which records does a GeoJSON file hold (RFC 7946): one a feature, its properties as cells, its polygon as outline?

Numbers stay the text they were written as. A name that stands twice, a value that is a list, heights and coordinates other than WGS 84
are problems; a feature without geometry is a record without outline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from mineaction.sources.given_rows import GivenRow, text_of
from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem import Problem, ProblemError, problem

# Names of WGS 84 in the member `crs` that older programs write.
_WGS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326")


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


class _Twice(dict[str, Any]):
    """An object in which names stand twice."""

    names: tuple[str, ...] = ()


def geojson_records(content: bytes, path: str) -> Iterator[GivenRow]:
    """Every feature in order."""
    features = _features(text_of(content, path), path)
    for number, feature in enumerate(features, 1):
        place = f"feature {number}"
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            yield GivenRow(place, "property", {}, problems=(problem("geojson_broken", place, reason="it is no Feature"),))
        else:
            yield _record(feature, place)


def _features(text: str, path: str) -> list[Any]:
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
    named = whole.get("crs")
    if named is not None:
        name = named.get("properties", {}).get("name", "") if isinstance(named, Mapping) else ""
        if name not in _WGS84:
            raise ProblemError([problem("coordinates_not_wgs84", path, name or "a system without a name")])
    features: list[Any] = whole["features"]
    return features


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) == len(names):
        return dict(pairs)
    twice = _Twice(pairs)
    twice.names = tuple(sorted({name for name in names if names.count(name) > 1}))
    return twice


def _record(feature: Mapping[str, Any], place: str) -> GivenRow:
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
        elif name in cells:
            problems.append(problem("record_key_twice", place, name))
        else:
            cells[name] = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    try:
        geometry, found = _outline(feature.get("geometry"), f"{place}, geometry")
    except ProblemError as error:
        geometry, found = b"", list(error.problems)
    return GivenRow(place, "property", cells, geometry, (*problems, *found))


def _outline(geometry: Any, place: str) -> tuple[bytes, list[Problem]]:
    if geometry is None:
        return b"", []
    kind = str(geometry.get("type", "")) if isinstance(geometry, Mapping) else ""
    if kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        return b"", [problem("outline_kind_wrong", place, kind)]
    if kind not in ("Polygon", "MultiPolygon"):
        return b"", [problem("outline_broken", place, kind or "a geometry without type")]
    coordinates = _listed(geometry.get("coordinates"), place)
    polygons = [coordinates] if kind == "Polygon" else [_listed(one, place) for one in coordinates]
    return canonical_outline([[[_position(one, place) for one in _listed(ring, place)] for ring in rings] for rings in polygons], place)


def _listed(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise ProblemError([problem("outline_broken", place, str(value))])
    return value


def _position(value: Any, place: str) -> tuple[float, float]:
    numbers = _listed(value, place)
    if not all(isinstance(one, _Number) for one in numbers):
        raise ProblemError([problem("outline_broken", place, ", ".join(map(str, numbers)))])
    if len(numbers) != 2:
        raise ProblemError([problem("outline_three_numbers", place, ", ".join(numbers))])
    return float(numbers[0]), float(numbers[1])
