"""How much of what was posted lies in each province, district or community - and does it add up to the national figure?

`by_place` cuts the ground of postings by the areas of one administrative level. A piece across a border is split, so that the parts make up
the posting and any table by place makes up the national one (to 0.01 m2, a property test). Where two areas hold the same ground, it belongs
to the first by code; ground in no area is listed under "". An area without polygon, or with a broken one, holds no ground here: who reads
areas tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_columns import INSIDES_MEET
from mineaction.registers.land_release import LandAccount, posted_ground
from mineaction.registers.land_row_checks import EMPTY, POLYGONAL
from mineaction.registers.territory import polygonal
from mineaction.terms.limits import BORDER_NOISE_M2


@dataclass(frozen=True, slots=True)
class ByPlace:
    """One row for each posting and place that shares its ground; `place` is a position in `codes`, whose first is "" for no area.

    The `m2` of a posting's rows, signed as it is, add up to its own.
    """

    posting: Any
    place: Any
    m2: Any
    codes: tuple[str, ...]


def by_place(account: LandAccount, codes: Sequence[str], polygons: Any, postings: Any = None) -> ByPlace:
    """The postings (by their positions; all where none are given) split by areas, one code and one polygon each. A code may come again."""
    names = ("", *sorted(set(codes) - {""}))
    order = sorted(range(len(codes)), key=lambda one: codes[one])
    areas = _apart(np.array([polygons[one] for one in order], dtype=object), account.hazards.reach)
    place_at = {name: place for place, name in enumerate(names)}
    place_of = np.array([place_at[codes[one]] for one in order], dtype=np.int64)
    at = np.arange(len(account.postings.m2)) if postings is None else np.asarray(postings, dtype=np.int64)
    inside = _one_area(account, at, areas)
    across = np.flatnonzero(inside < 0)
    piece, area, m2 = _pieces(posted_ground(account, at[across]), areas)
    rest, m2 = _rests(np.abs(account.postings.m2[at[across]]), piece, m2)
    outside = np.flatnonzero(rest)
    own = np.concatenate([np.flatnonzero(inside >= 0), across[piece], across[outside]])
    place = np.concatenate([place_of[inside[inside >= 0]], place_of[area], np.zeros(len(outside), dtype=np.int64)])
    whole = account.postings.m2[at]
    shared = np.concatenate([np.abs(whole[inside >= 0]), m2, rest[outside]]) * np.sign(whole[own])
    sort = np.lexsort((place, own))
    return ByPlace(at[own[sort]], place[sort], shared[sort], names)


def _apart(polygons: Any, ground: Any) -> Any:
    """The areas without what an earlier one holds; empty where nothing usable is drawn, or far from the ground. Prepared for questions."""
    is_usable = np.isin(shapely.get_type_id(polygons), POLYGONAL) & shapely.is_valid(polygons) & ~shapely.is_empty(polygons)
    near = np.zeros(len(polygons), dtype=bool)
    near[shapely.STRtree(polygons).query(ground)[1]] = True
    areas = np.where(is_usable & near, polygons, EMPTY)
    first, later = shapely.STRtree(areas).query(areas)
    first, later = first[first < later], later[first < later]
    share = shapely.relate_pattern(areas[first], areas[later], INSIDES_MEET)
    for one, other in sorted(zip(later[share].tolist(), first[share].tolist(), strict=True)):
        areas[one] = polygonal(shapely.difference(areas[one], areas[other]))
    shapely.prepare(areas)
    return areas


def _one_area(account: LandAccount, at: Any, areas: Any) -> Any:
    """For each posting the area that holds all of it, -1 where none does or where it takes a closer look."""
    # The ground of a release lies in what the hazard held before, and in its own polygon: if an area holds either, it holds the ground.
    found = _holding(areas, account.postings.ground[at])
    release = account.postings.release[at]
    open_yet = np.flatnonzero((found < 0) & (release >= 0))
    found[open_yet] = _holding(areas, account.releases.polygons[release[open_yet]])
    return found


def _holding(areas: Any, ground: Any) -> Any:
    found = np.full(len(ground), -1)
    own, area = shapely.STRtree(areas).query(ground)
    holds = shapely.covers(areas[area], ground[own])
    found[own[holds]] = area[holds]
    return found


def _pieces(ground: Any, areas: Any) -> tuple[Any, Any, Any]:
    """Pieces of ground by areas: whose they are, in which area, their square metres."""
    own, area = shapely.STRtree(areas).query(ground)
    m2 = areas_m2(shapely.intersection(ground[own], areas[area]))
    some = m2 > 0
    return own[some], area[some], m2[some]


def _rests(whole: Any, own: Any, m2: Any) -> tuple[Any, Any]:
    """What lies in no area, and the pieces: the rounding of their cuts goes to the largest, so that they make up the whole."""
    rest = whole - np.bincount(own, m2, minlength=len(whole))
    rounding = np.abs(rest) < BORDER_NOISE_M2
    pieces = m2.copy()
    order = np.lexsort((m2, own))
    last = order[np.r_[own[order][1:] != own[order][:-1], True][: len(order)]]
    last = last[rounding[own[last]]]
    pieces[last] += rest[own[last]]
    rest[own[last]] = 0.0
    return rest, pieces
