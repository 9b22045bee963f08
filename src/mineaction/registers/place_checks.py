"""Do records lie where they can lie: within the outlines of the country that the store holds, and in the area that they name?

The country is the ground of the administrative areas of the highest level that has outlines. A record outside is asked whether it would lie
inside with its axes swapped or a sign changed, which is told as the likely cause. All of it is told and stops nothing: an outline of a
country is drawn coarsely, and may be the one that is wrong. Where the store holds no outlines nothing is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.registers.admin_areas import area_meant, facts_on
from mineaction.registers.geodesic_area import area_m2
from mineaction.terms.fact import Fact
from mineaction.terms.limits import OUTLINE_VERTICES_AT_ONCE_MAX, OVERLAID_AT_IMPORT_VERTICES_MAX, SLIVER_M2
from mineaction.terms.problem import Problem, problem

Found = list[tuple[int, Problem]]
PlaceOf = Callable[[int, str], str]


def place_problems(facts: Sequence[Fact], areas: Sequence[Fact], day: dt.date, place_of: PlaceOf) -> Found:
    """What is told of each fact, with its number, by the administrative areas that exist on the day."""
    held = facts_on(areas, day)
    if not held:
        return []
    shapes = _shapes(facts)
    return [*_countries(facts, shapes, _country(held), place_of), *_named_areas(facts, shapes, held, place_of)]


def _shapes(facts: Sequence[Fact]) -> Any:
    """The outline of each fact, else its point, else None."""
    shapes = shapely.from_wkb([fact.geometry or None for fact in facts])
    # A store may hold older outlines that are broken: nothing is known of their ground.
    small = shapely.get_num_coordinates(shapes) <= OUTLINE_VERTICES_AT_ONCE_MAX
    shapes[small & ~shapely.is_valid(np.where(small, shapes, None)) & ~shapely.is_missing(shapes)] = None
    for at, fact in enumerate(facts):
        if shapes[at] is None and fact.payload.get("longitude") and fact.payload.get("latitude"):
            shapes[at] = shapely.Point(float(fact.payload["longitude"]), float(fact.payload["latitude"]))
    return shapes


def _country(held: Sequence[Fact]) -> Any:
    """The ground of the highest level that has valid outlines; None where none has."""
    for level in sorted({int(one.payload["level"]) for one in held}):
        drawn = shapely.from_wkb([one.geometry for one in held if one.geometry and one.payload["level"] == str(level)])
        drawn = drawn[shapely.is_valid(drawn)] if len(drawn) else drawn
        if len(drawn):
            ground = shapely.union_all(drawn)
            shapely.prepare(ground)
            return ground
    return None


def _countries(facts: Sequence[Fact], shapes: Any, country: Any, place_of: PlaceOf) -> Found:
    if country is None:
        return []
    found: Found = []
    for at in map(int, np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.covers(country, shapes))):
        shape = shapes[at]
        x, y = (round(one, 6) for one in shapely.get_coordinates(shape)[0].tolist())
        place, where = place_of(at, "" if facts[at].geometry else "longitude"), f"{x!r} {y!r}"
        if shapely.intersects(country, shape):
            if facts[at].geometry and (outside := _outside_m2(shape, country)) != "":
                found.append((at, problem("partly_outside_country", place, where, area_m2=outside)))
        elif _would_lie_in(country, shape, swapped=True):
            found.append((at, problem("axes_swapped_likely", place, where)))
        elif signs := next((signs for signs in ((-1, 1), (1, -1), (-1, -1)) if _would_lie_in(country, shape, signs=signs)), None):
            found.append((at, problem("sign_lost_likely", place, where, other=f"{signs[0] * x!r} {signs[1] * y!r}")))
        else:
            found.append((at, problem("outside_country", place, where)))
    return found


def _outside_m2(shape: Any, country: Any) -> str:
    """Square metres beyond the border; empty where it is noise, and where the outline is too large to ask at import."""
    if shapely.get_num_coordinates(shape) > OVERLAID_AT_IMPORT_VERTICES_MAX:
        return "Some"
    outside = area_m2(shapely.difference(shape, country))
    return f"{outside:,.2f}" if outside >= SLIVER_M2 else ""


def _would_lie_in(country: Any, shape: Any, *, swapped: bool = False, signs: tuple[int, int] = (1, 1)) -> bool:
    points = shapely.get_coordinates(shape)
    points = points[:, ::-1] if swapped else points * np.array(signs)
    return bool(shapely.intersects_xy(country, points[:, 0], points[:, 1]).all())


def _named_areas(facts: Sequence[Fact], shapes: Any, held: Sequence[Fact], place_of: PlaceOf) -> Found:
    found: Found = []
    meant: dict[tuple[str, str], tuple[Fact | None, Problem | None]] = {}
    grounds: dict[str, Any] = {}
    for at, fact in enumerate(facts):
        code, name = fact.payload.get("place_code", ""), fact.payload.get("place_name", "")
        if not (code or name):
            continue
        if (code, name) not in meant:
            meant[code, name] = area_meant(held, "", code=code, name=name)
        area, wrong = meant[code, name]
        if wrong:
            found.append((at, Problem(wrong.code, place_of(at, "place_code" if code else "place_name"), *_said(wrong))))
        if area and area.geometry and shapes[at] is not None:
            if area.fact_id not in grounds:
                grounds[area.fact_id] = shapely.from_wkb(area.geometry)
                shapely.prepare(grounds[area.fact_id])
            ground = grounds[area.fact_id]
            if shapely.is_valid(ground) and not shapely.intersects(ground, shapes[at]):
                named = f"{area.payload['code']} ({area.payload['name']})"
                found.append((at, problem("outside_named_area", place_of(at, "" if fact.geometry else "longitude"), named)))
    return found


def _said(one: Problem) -> tuple[str, str, str]:
    return one.value, one.message, one.remedy
