"""Made-up land to measure with: hazardous areas in clusters over eight countries, and three releases for each, the same for one seed.

Areas are ragged polygons of five to two hundred vertices around three hectares, a few times larger or smaller. A release is a ragged
polygon inside its area (60 %), a copy of it drawn a little differently (15 %), a copy of it (8 %), one half of it (12 %), or an earlier
release told again a few centimetres off (5 %). Releases follow their area by a month or more; where areas overlap they also meet younger
ones.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import shapely

from mineaction.registers.land_rows import METHODS, RELEASE_CLASSES, Hazard, Release
from mineaction.terms.dates import Moment

CENTRES = np.array([(17, -12.5), (104, 12.8), (67, 34), (36, 49), (17.5, 44), (-74, 4), (44, 34.5), (105, 18)], dtype=float)
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal()
METRES_PER_DEGREE = 111_000
REDRAWN, COPY, HALF, TOLD_AGAIN = range(1, 5)  # and 0: drawn inside


def made_land(hazard_count: int, seed: int = 7) -> tuple[list[Hazard], list[Release]]:
    """Rows of hazards and releases, in no order of days."""
    chance = np.random.default_rng(seed)
    clusters = max(8, hazard_count // 60)
    middles = CENTRES[chance.integers(0, len(CENTRES), clusters)] + chance.normal(0, 1.4, (clusters, 2))
    middle = _moved(middles[chance.integers(0, clusters, hazard_count)], chance.normal(0, 4_000, (hazard_count, 2)))
    radius = np.sqrt(np.clip(np.exp(chance.normal(np.log(30_000), 1.4, hazard_count)), 1_000, 1_000_000) / np.pi)
    outlines = [_ring(chance, *one) for one in zip(middle, radius, strict=True)]
    hazard_days = chance.integers(FIRST_DAY, LAST_DAY - 300, hazard_count)
    hazards = [
        Hazard(f"H{at}", "authority", "CHA" if is_confirmed else "SHA", _day(day), polygon, f"h{at}")
        for at, (is_confirmed, day, polygon) in enumerate(
            zip(chance.random(hazard_count) < 0.5, hazard_days, _polygons(outlines), strict=True)
        )
    ]
    parent = np.repeat(np.arange(hazard_count), chance.poisson(3, hazard_count))
    rings: list[Any] = []
    for own, how in zip(parent, chance.choice(5, len(parent), p=[0.60, 0.15, 0.08, 0.12, 0.05]), strict=True):
        rings.append(_release_ring(chance, how, outlines[own], middle[own], radius[own], rings))
    days = np.minimum(hazard_days[parent] + 30 + chance.exponential(1_500, len(parent)).astype(int), LAST_DAY)
    kinds, operators = chance.integers(0, 3, len(parent)), chance.integers(0, 20, len(parent))
    releases = [
        Release(f"R{at}", f"operator {operator}", RELEASE_CLASSES[kind], METHODS[kind], _day(day), polygon, f"r{at}", f"H{own}")
        for at, (own, kind, operator, day, polygon) in enumerate(zip(parent, kinds, operators, days, _polygons(rings), strict=True))
    ]
    return hazards, releases


def _release_ring(chance: np.random.Generator, how: int, outline: Any, middle: Any, radius: float, earlier: list[Any]) -> Any:
    if how == TOLD_AGAIN and earlier:
        return earlier[-1] + 1e-6
    if how == REDRAWN:
        return middle + (outline - middle) * chance.uniform(0.97, 1.03) + chance.normal(0, 5e-6, 2)
    if how == HALF:
        return outline[: max(3, len(outline) // 2 + 1)]
    if how == COPY:
        return outline
    angle, away = chance.uniform(0, 2 * np.pi), chance.uniform(0, 0.8) * radius
    return _ring(chance, _moved(middle, away * np.array([np.cos(angle), np.sin(angle)])), radius * chance.uniform(0.2, 0.8))


def _ring(chance: np.random.Generator, middle: Any, radius: float) -> Any:
    count = int(np.clip(np.exp(chance.normal(np.log(16), 0.8)), 5, 200))
    angle = 2 * np.pi * (np.arange(count) + chance.uniform(-0.35, 0.35, count)) / count
    away = 1 + 0.2 * np.cos(2 * angle + chance.uniform(0, 6)) + 0.15 * np.cos(3 * angle + chance.uniform(0, 6))
    away *= radius * (1 + chance.normal(0, 0.04, count))
    return _moved(np.broadcast_to(middle, (count, 2)), np.c_[away * np.cos(angle), away * np.sin(angle)])


def _moved(positions: Any, metres: Any) -> Any:
    """Positions moved east and north."""
    wide = np.cos(np.radians(positions[..., 1]))
    return positions + metres / METRES_PER_DEGREE / np.stack([wide, np.ones_like(wide)], axis=-1)


def _polygons(rings: list[Any]) -> Any:
    """Polygons of rings; the few that cross themselves are mended here, for the account would tell them and leave them out."""
    whose = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    found = shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=whose))
    broken = ~shapely.is_valid(found)
    found[broken] = shapely.make_valid(found[broken], method="structure", keep_collapsed=False)
    return found


def _day(number: int) -> Moment:
    day = dt.date.fromordinal(int(number))
    return Moment(day, day)
