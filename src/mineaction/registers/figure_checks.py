"""Do the figures of a record fit its outline: the reported area against the area on the ellipsoid, and is a depth one in metres?

A reported area that is off by a factor with a known cause is told with the cause: square degrees, a Mercator map, hectares, dunums of a
thousand square metres, square kilometres. Any other difference beyond the tolerance is told plainly. Refuses to correct: the two figures
stand side by side and are never mixed. A figure that is no number is unknown: nothing is found about it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_row_checks import differs
from mineaction.terms.fact import Fact
from mineaction.terms.limits import AREA_FACTOR_TOLERANCE_SHARE, CLEARANCE_DEPTH_M_MAX, MERCATOR_FACTOR_MIN
from mineaction.terms.problem import Problem, problem

Found = list[tuple[int, Problem]]
PlaceOf = Callable[[int, str], str]
_ROUNDED_M2 = 0.005
_UNITS = (("area_is_hectares", 1e4), ("area_is_dunums", 1e3), ("area_is_square_kilometres", 1e6))


def figure_problems(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    """What is told of each fact, with its number; `place_of` names the place of a field of it."""
    return [*_areas(facts, place_of), *_depths(facts, place_of)]


def _areas(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    told = [at for at, fact in enumerate(facts) if fact.geometry and fact.payload.get("reported_area_m2")]
    if not told:
        return []
    polygons = shapely.from_wkb([facts[at].geometry for at in told])
    computed = areas_m2(polygons)
    degrees = shapely.area(polygons)
    bounds = shapely.bounds(polygons)
    # On both Mercator maps squares grow with the square of the secant of the latitude.
    mercator = 1 / np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2).clip(-1.5, 1.5)) ** 2
    found = []
    for at, m2, square_degrees, factor in zip(told, computed.tolist(), degrees.tolist(), mercator.tolist(), strict=True):
        payload = facts[at].payload
        reported = _number(payload["reported_area_m2"])
        if reported is None or not differs(reported, m2):
            continue
        # The figure before it was rounded to a hundredth, where it was written as a number: of square kilometres that is most of it.
        exact = _number(payload.get("reported_area_given", ""))
        is_same = exact is not None and abs(exact - reported) <= _ROUNDED_M2
        written = payload["reported_area_given"] if is_same else payload["reported_area_m2"]
        figures: dict[str, Any] = {"computed": f"{m2:,.2f}", "factor": f"{factor:.3f}"}
        place = place_of(at, "reported_area_m2")
        if code := _cause(float(written), m2, square_degrees, factor):
            found.append((at, problem(code, place, written, **figures)))
        else:
            figures = {"reported": f"{reported:,.2f}", "computed": f"{m2:,.2f}"}
            found.append((at, problem("reported_area_differs", place, payload.get("local_id", facts[at].subject), **figures)))
    return found


def _cause(reported: float, m2: float, square_degrees: float, mercator: float) -> str:
    if _is_near(reported, square_degrees):
        return "area_is_square_degrees"
    for code, factor in _UNITS:
        if _is_near(reported * factor, m2):
            return code
    return "area_is_mercator" if mercator >= MERCATOR_FACTOR_MIN and _is_near(reported, m2 * mercator) else ""


def _is_near(one: float, other: float) -> bool:
    return one > 0 and abs(one - other) <= AREA_FACTOR_TOLERANCE_SHARE * other


def _number(text: str) -> float | None:
    """The number of a text that is one; any other text is unknown, and never zero."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _depths(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    told = [(at, fact.payload["depth_m"]) for at, fact in enumerate(facts) if fact.payload.get("depth_m")]
    return [
        (at, problem("depth_unlikely", place_of(at, "depth_m"), written, limit=CLEARANCE_DEPTH_M_MAX))
        for at, written in told
        if (depth := _number(written)) is not None and depth > CLEARANCE_DEPTH_M_MAX
    ]
