"""What is wrong with the administrative areas that exist on a day? Told as problems with square metres; nothing is mended or left out.

Codes that stand for several areas, parents that are not there, outlines that are missing or cross themselves, days known in part; and on
the ground: areas of one level that overlap, children that leave their parent, parents that their children do not cover. A sum over such
areas is more or less than the country.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.registers.admin_areas import facts_on
from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.land_row_checks import EMPTY
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import SLIVER_M2
from mineaction.terms.problem import Problem, problem

Key = tuple[str, int, str]


def admin_area_problems(facts: Iterable[Fact], day: dt.date) -> list[Problem]:
    """Everything found among the areas that exist on this day, in the order of country, level and code."""
    areas = facts_on(facts, day)
    polygons = np.empty(len(areas), dtype=object)
    found: list[Problem] = []
    for at, area in enumerate(areas):
        polygons[at], wrong = _usable(area)
        found += wrong
        found += _vague_days(area)
    by_key: dict[Key, list[int]] = {}
    for at, area in enumerate(areas):
        by_key.setdefault(_key(area), []).append(at)
    found += _codes_twice(areas, by_key)
    found += _parent_problems(areas, by_key)
    found += _overlaps(areas, polygons)
    found += _against_parents(areas, polygons, by_key)
    return found


def _key(area: Fact) -> Key:
    return area.payload["iso3"], int(area.payload["level"]), given_key(area.payload["code"])


def _parent_key(area: Fact) -> Key:
    return area.payload["iso3"], int(area.payload["level"]) - 1, given_key(area.payload.get("parent_code", ""))


def _named(area: Fact) -> str:
    return f"admin_area {area.payload['iso3']} {area.payload['code']} ({area.payload['name']})"


def _usable(area: Fact) -> tuple[Any, list[Problem]]:
    """The polygon, empty where there is none that can be compared: it is never repaired here."""
    if not area.geometry:
        return EMPTY, [problem("admin_outline_missing", _named(area), area.payload["code"])]
    polygon = shapely.from_wkb(area.geometry)
    if not shapely.is_valid(polygon):
        return EMPTY, [problem("admin_outline_broken", _named(area), area.payload["code"], reason=shapely.is_valid_reason(polygon))]
    return polygon, []


def _vague_days(area: Fact) -> Iterator[Problem]:
    for name, text in (("valid_from", area.valid_from), ("valid_to", area.valid_to)):
        given = moment(text)
        if given and not given.is_exact:
            yield problem("admin_day_vague", f"{_named(area)}, {name}", text, first=given.first)


def _codes_twice(areas: Sequence[Fact], by_key: dict[Key, list[int]]) -> Iterator[Problem]:
    for held in by_key.values():
        if len(held) > 1:
            names = "; ".join(areas[at].payload["name"] for at in held)
            yield problem("admin_code_twice", _named(areas[held[0]]), areas[held[0]].payload["code"], count=len(held), names=names)


def _parent_problems(areas: Sequence[Fact], by_key: dict[Key, list[int]]) -> Iterator[Problem]:
    levels = {(iso3, level) for iso3, level, _ in by_key}
    for area in areas:
        parent = area.payload.get("parent_code", "")
        iso3, level, code = _parent_key(area)
        if parent and (iso3, level, code) not in by_key:
            yield problem("admin_parent_unknown", _named(area), parent, level=level)
        elif not parent and (iso3, level) in levels:
            yield problem("admin_parent_missing", _named(area), area.payload["code"], level=level)


def _overlaps(areas: Sequence[Fact], polygons: Any) -> Iterator[Problem]:
    """Pairs of areas of one country and level with ground in common; claims on one code are told as such already."""
    tree = shapely.STRtree(polygons)
    for one, other in sorted(zip(*map(np.ndarray.tolist, tree.query(polygons, predicate="intersects")), strict=True)):
        if one < other and _key(areas[one])[:2] == _key(areas[other])[:2] and _key(areas[one]) != _key(areas[other]):
            shared = area_m2(shapely.intersection(polygons[one], polygons[other]))
            if shared >= SLIVER_M2:
                yield problem("admin_areas_overlap", _named(areas[one]), areas[other].payload["code"], area_m2=f"{shared:,.2f}")


def _against_parents(areas: Sequence[Fact], polygons: Any, by_key: dict[Key, list[int]]) -> Iterator[Problem]:
    children: dict[Key, list[int]] = {}
    for at, area in enumerate(areas):
        children.setdefault(_parent_key(area), []).append(at)
    for key, held in by_key.items():
        parent = shapely.union_all(polygons[held])
        own = [at for at in children.get(key, []) if not polygons[at].is_empty]
        if parent.is_empty or not own:
            continue
        for at in own:
            outside = area_m2(shapely.difference(polygons[at], parent))
            if outside >= SLIVER_M2:
                yield problem("admin_area_outside_parent", _named(areas[at]), areas[held[0]].payload["code"], area_m2=f"{outside:,.2f}")
        bare = area_m2(shapely.difference(parent, shapely.union_all(polygons[own])))
        if bare >= SLIVER_M2:
            yield problem("admin_parent_not_covered", _named(areas[held[0]]), areas[held[0]].payload["code"], area_m2=f"{bare:,.2f}")
