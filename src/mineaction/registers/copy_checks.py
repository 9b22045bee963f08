"""Which records of one kind have the outline of another: the same, nearly the same, or one with most of its ground?

Each copy is told with the first record it copies; which of two is right is nobody's guess here, and none is left out. Outlines in one box
are compared vertex by vertex, so the order of vertices and the beginning of a ring do not matter; ground is compared for small outlines
only. What has to be alike, as a correction and what it corrects, is no copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.terms.fact import Fact
from mineaction.terms.limits import (
    COPIES_ASKED_AT_ONCE,
    COPIES_COMPARED_MAX,
    COPY_PAIRS_MAX,
    DRAWN_AGAIN_SHARE,
    OVERLAID_AT_IMPORT_VERTICES_MAX,
    ROWS_IN_CACHE,
    SAME_VERTEX_DEGREES,
)
from mineaction.terms.problem import Problem, problem

Found = list[tuple[int, Problem]]
PlaceOf = Callable[[int, str], str]


def outline_copy_problems(facts: Sequence[Fact], place_of: PlaceOf, id_of: Callable[[Fact], str]) -> Found:
    """What is told of each fact, with its number; `id_of` names a record to whoever reads it."""
    found: Found = []
    first: dict[bytes, int] = {}
    for at, fact in enumerate(facts):
        if fact.geometry and (earlier := first.setdefault(fact.geometry, at)) != at and not _is_meant(fact, facts[earlier]):
            found.append((at, problem("outline_repeated", place_of(at, ""), id_of(fact), other=id_of(facts[earlier]))))
    unlike = list(first.values())
    if len(unlike) < 2:
        return found
    polygons = shapely.from_wkb([facts[at].geometry for at in unlike])
    nearly, asked = _in_one_box(polygons)
    again, asked_again = _drawn_again(polygons)
    told = set()
    for one, other in nearly:
        if one not in told and not _is_meant(facts[unlike[one]], facts[unlike[other]]) and same_vertices(polygons[one], polygons[other]):
            told.add(one)
            words = {"other": id_of(facts[unlike[other]]), "limit": f"{SAME_VERTEX_DEGREES:.6f}"}
            found.append((unlike[one], problem("outline_nearly_repeated", place_of(unlike[one], ""), id_of(facts[unlike[one]]), **words)))
    for one, other, share in again:
        if one not in told and not _is_meant(facts[unlike[one]], facts[unlike[other]]):
            told.add(one)
            words = {"other": id_of(facts[unlike[other]]), "percent": f"{100 * share:.0f}"}
            found.append((unlike[one], problem("outline_drawn_again", place_of(unlike[one], ""), id_of(facts[unlike[one]]), **words)))
    if (asked := min(asked, asked_again)) < len(unlike):
        at = unlike[asked]
        found.append((at, problem("copies_not_compared", place_of(at, ""), len(unlike) - asked)))
    return found


def _is_meant(fact: Fact, other: Fact) -> bool:
    """Whether the two have to be alike: corrections, claims on one subject, ground done or found again, outlines of the whole task."""
    if fact.supersedes == other.fact_id or other.supersedes == fact.fact_id or fact.subject == other.subject:
        return True
    told = (fact.payload, other.payload)
    is_again = any(one.get("is_rework") == "yes" or one.get("rediscovered_from") or one.get("replaces") for one in told)
    return is_again or all(one.get("drawn") == "cumulative" for one in told)


def _in_one_box(polygons: Any) -> tuple[list[tuple[int, int]], int]:
    """Pairs (later, earlier) with as many vertices and the same box, of one record only so many; and how many records were asked."""
    bounds, counts = shapely.bounds(polygons), shapely.get_num_coordinates(polygons)
    corners = shapely.points(bounds[:, :2])
    tree = shapely.STRtree(corners)
    found: list[tuple[int, int]] = []
    seen = 0
    for start in range(0, len(polygons), COPIES_ASKED_AT_ONCE):
        if seen > COPY_PAIRS_MAX:
            return found, start
        asked = corners[start : start + COPIES_ASKED_AT_ONCE]
        later, earlier = tree.query(asked, predicate="dwithin", distance=2 * SAME_VERTEX_DEGREES)
        seen += len(later)
        later = later + start
        is_pair = (earlier < later) & (counts[earlier] == counts[later])
        is_pair &= (np.abs(bounds[earlier] - bounds[later]) <= SAME_VERTEX_DEGREES).all(axis=1)
        found += _first_of_each(later[is_pair], earlier[is_pair])
    return found, len(polygons)


def _first_of_each(later: Any, earlier: Any) -> list[tuple[int, int]]:
    order = np.lexsort((earlier, later))
    later, earlier = later[order], earlier[order]
    begins = np.flatnonzero(np.r_[True, later[1:] != later[:-1]][: len(later)])
    rank = np.arange(len(later)) - np.repeat(begins, np.diff(np.r_[begins, len(later)]))
    kept = rank < COPIES_COMPARED_MAX
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), strict=True))


def same_vertices(one: Any, other: Any) -> bool:
    """Whether each vertex of the one is within the tolerance of one of the other, and the other way round."""
    ends = [shapely.points(shapely.get_coordinates(polygon)) for polygon in (one, other)]
    for these, those in (ends, ends[::-1]):
        near, _ = shapely.STRtree(those).query(these, predicate="dwithin", distance=SAME_VERTEX_DEGREES)
        if len(np.unique(near)) < len(these):
            return False
    return True


def _drawn_again(polygons: Any) -> tuple[list[tuple[int, int, float]], int]:
    """Pairs (later, earlier) of small outlines with most of the ground of both in common, the share; how many records were asked."""
    small = np.flatnonzero(shapely.get_num_coordinates(polygons) <= OVERLAID_AT_IMPORT_VERTICES_MAX // 2)
    small = small[shapely.is_valid(polygons[small])]  # a store may hold older ones that are broken
    area, boxes = shapely.area(polygons), shapely.bounds(polygons)
    centres = shapely.points((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
    tree = shapely.STRtree(centres[small])
    # Outlines with nine tenths in common have their middles within both boxes.
    own = shapely.box(*boxes[small].T)
    pairs: list[tuple[int, int]] = []
    seen, asked = 0, len(polygons)
    for start in range(0, len(small), COPIES_ASKED_AT_ONCE):
        if seen > COPY_PAIRS_MAX:
            asked = int(small[start])
            break
        later, earlier = tree.query(own[start : start + COPIES_ASKED_AT_ONCE])
        seen += len(later)
        later, earlier = small[later + start], small[earlier]
        ratio = np.minimum(area[later], area[earlier]) / np.maximum(area[later], area[earlier])
        is_pair = (earlier < later) & (ratio >= DRAWN_AGAIN_SHARE)
        pairs += _first_of_each(later[is_pair], earlier[is_pair])
    found = []
    for start in range(0, len(pairs), ROWS_IN_CACHE):
        one, other = np.array(pairs[start : start + ROWS_IN_CACHE]).T
        common = shapely.area(shapely.intersection(polygons[one], polygons[other])) / np.maximum(area[one], area[other])
        some = np.flatnonzero(common >= DRAWN_AGAIN_SHARE)
        found += list(zip(one[some].tolist(), other[some].tolist(), common[some].tolist(), strict=True))
    return found, asked
