"""Which records have ground in common with others: hazardous areas, releases, and land that was released and is suspected since?

Pairs of records that stand, with the square metres they share. Land that lies in a hazardous area and is released later is no finding: that
is what release means. An area identified after the release of its ground is one (`released_still_suspected`), unless it says that
contamination was found there again; where the days known do not say which came first, that is said. What has to overlap is counted and not
listed: splits and mergers, outlines drawn anew over the whole task, ground said to be done again, releases that were taken back. Refuses
to say which of two is right.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_facts import named_ids
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import OVERLAYS_AT_ONCE, ROWS_IN_CACHE

HAZARD, RELEASE, CHANGE, REVERSAL = "hazardous_area", "land_release", "hazard_change", "release_reversal"
KINDS = (HAZARD, RELEASE)
# In the order in which pairs are listed.
RELATIONS = ("released_still_suspected", "release_order_unknown", "hazards_overlap", "releases_overlap")
EXPECTED = ("found_again", "split_or_merge", "cumulative", "rework", "taken_back")
KINDS_READ = (HAZARD, RELEASE, CHANGE, REVERSAL)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records with ground in common. Of a hazardous area and a release the area comes first, else the one first in the order."""

    relation: str
    first: Fact
    second: Fact
    m2: float
    first_m2: float
    second_m2: float


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The pairs, the largest of each relation first; how many were expected, by reason; records without outline or with a broken one."""

    pairs: tuple[Pair, ...]
    expected: Mapping[str, int]
    without_outline: int
    broken: tuple[Fact, ...]


def overlaps(told: Mapping[str, Sequence[Fact]], min_m2: float) -> Overlaps:
    """Every pair with `min_m2` or more in common, among the facts that stand of the kinds KINDS_READ."""
    gone = {_key(one) for one in told[CHANGE] if one.payload["change"] in ("voided", "superseded")}
    taken_back = {_key(one) for one in told[REVERSAL]}
    areas = [one for one in told[HAZARD] if _key(one) not in gone]
    facts = sorted([*areas, *told[RELEASE]], key=lambda one: (one.kind, one.subject, one.fact_id))
    drawn = [one for one in facts if one.geometry]
    polygons = shapely.from_wkb([one.geometry for one in drawn]) if drawn else np.empty(0, dtype=object)
    is_valid = shapely.is_valid(polygons)
    broken = tuple(drawn[at] for at in np.flatnonzero(~is_valid))
    held, ground = [drawn[at] for at in np.flatnonzero(is_valid)], polygons[is_valid]
    expected: Counter[str] = Counter(dict.fromkeys(EXPECTED, 0))
    pairs: list[Pair] = []
    m2 = areas_m2(ground)
    for one, other, shared in _shared(ground):
        if shared < min_m2:
            continue
        relation = _relation(held[one], held[other])
        if relation and any(held[at].kind == RELEASE and _key(held[at]) in taken_back for at in (one, other)):
            relation = "taken_back"
        if relation in EXPECTED:
            expected[relation] += 1
        elif relation:
            pairs.append(Pair(relation, held[one], held[other], shared, float(m2[one]), float(m2[other])))
    pairs.sort(key=lambda pair: (RELATIONS.index(pair.relation), -round(pair.m2, 2), pair.first.fact_id, pair.second.fact_id))
    return Overlaps(tuple(pairs), dict(expected), len(facts) - len(drawn), broken)


def _shared(ground: Any) -> list[tuple[int, int, float]]:
    """Pairs (earlier, later) of polygons that share ground, with the square metres."""
    tree = shapely.STRtree(ground)
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(ground), ROWS_IN_CACHE):
        one, other = tree.query(ground[start : start + ROWS_IN_CACHE], predicate="intersects")
        one = one + start
        one, other = one[one < other], other[one < other]
        for at in range(0, len(one), OVERLAYS_AT_ONCE):
            these, those = one[at : at + OVERLAYS_AT_ONCE], other[at : at + OVERLAYS_AT_ONCE]
            m2 = areas_m2(shapely.intersection(ground[these], ground[those]))
            some = np.flatnonzero(m2 > 0)
            found += zip(these[some].tolist(), those[some].tolist(), m2[some].tolist(), strict=True)
    return found


def _relation(one: Fact, other: Fact) -> str:
    """What the two are to each other; empty where it is as it should be."""
    if one.kind == other.kind == HAZARD:
        return "split_or_merge" if _takes_over(one, other) or _takes_over(other, one) else _hazards(one, other)
    if one.kind == other.kind:
        return _releases(one, other)
    return _released_before(one, other)


def _hazards(one: Fact, other: Fact) -> str:
    again = any(_names(new, "rediscovered_from", old) for new, old in ((one, other), (other, one)))
    return "found_again" if again else "hazards_overlap"


def _releases(one: Fact, other: Fact) -> str:
    if "yes" in (one.payload.get("is_rework"), other.payload.get("is_rework")):
        return "rework"
    series = [_series(fact) for fact in (one, other)]
    return "cumulative" if series[0] and series[0] == series[1] else "releases_overlap"


def _series(fact: Fact) -> tuple[str, ...]:
    """What cumulative outlines of one task share; nothing where it is not drawn so, or names no task."""
    told = fact.payload
    of = told.get("task") or told.get("parent")
    return (given_key(told["organisation"]), told["release_class"], given_key(of)) if told.get("drawn") == "cumulative" and of else ()


def _released_before(area: Fact, release: Fact) -> str:
    identified, released = moment(area.payload["identified_on"]), moment(release.payload["released_on"])
    first, last = (identified.first, identified.last) if identified else (dt.date.min, dt.date.max)
    released_first, released_last = (released.first, released.last) if released else (dt.date.min, dt.date.max)
    if last <= released_first:
        return ""
    if area.payload.get("rediscovered_from"):
        return "found_again"
    return "released_still_suspected" if first > released_last else "release_order_unknown"


def _takes_over(new: Fact, old: Fact) -> bool:
    return _names(new, "replaces", old)


def _names(fact: Fact, field: str, other: Fact) -> bool:
    named = {given_key(one.rpartition("/")[2]) for one in named_ids(fact.payload.get(field, ""))}
    return _key(other)[1] in named


def _key(fact: Fact) -> tuple[str, str]:
    return given_key(fact.payload["organisation"]), given_key(fact.payload["local_id"])
