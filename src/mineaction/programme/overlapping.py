"""Which records of a store have ground in common, how many square metres, and where was each of the two told?

What has to overlap is counted and not listed (`registers/record_overlaps.py`). The order is that of relation, square metres and content:
the same facts give the same list, whatever the order in which they came.
"""

from __future__ import annotations

import math
from typing import Any

from mineaction.ledger.store import Store
from mineaction.programme.stores import open_store
from mineaction.programme.told_where import tellings
from mineaction.registers.record_overlaps import KINDS, KINDS_READ, RELATIONS, Overlaps, Pair
from mineaction.registers.record_overlaps import overlaps as found_overlaps
from mineaction.terms.fact import Fact
from mineaction.terms.limits import SLIVER_M2
from mineaction.terms.problem import ProblemError, problem


def overlaps(*, kind: str | None = None, min_m2: float | str = SLIVER_M2, store: str | None = None) -> dict[str, Any]:
    """Pairs of records that stand with `min_m2` or more in common; with `kind` only those of hazardous_area or of land_release."""
    if kind is not None and kind not in KINDS:
        raise ProblemError([problem("unknown_code", "kind", kind, field="kind of record that overlaps", nearest=", ".join(KINDS))])
    least = _least(min_m2)
    with open_store(store) as held, held.one_moment():
        found = overlaps_of(held, least)
        pairs = [one for one in found.pairs if kind is None or one.first.kind == one.second.kind == kind]
        where = tellings(held, list(dict.fromkeys(fact.fact_id for one in pairs for fact in (one.first, one.second))))
        identity, path = held.identity(), held.path
    return {
        "store": path,
        "kind": kind,
        "min_m2": least,
        "count": len(pairs),
        "by_relation": {name: sum(one.relation == name for one in pairs) for name in RELATIONS},
        "pairs": [_as_told(one, where) for one in pairs],
        "expected": dict(found.expected),
        "without_outline": found.without_outline,
        "broken": [one.subject for one in found.broken],
        "books": [identity],
    }


def overlaps_of(held: Store, least_m2: float) -> Overlaps:
    """The overlaps among the facts that stand in a store."""
    return found_overlaps({name: held.standing(name) for name in KINDS_READ}, least_m2)


def _least(given: float | str) -> float:
    try:
        least = float(given)
    except ValueError:
        least = math.nan
    if not (0 <= least < math.inf):
        raise ProblemError([problem("fact_field_wrong", "min_m2", given, field="min_m2", expected="square metres, 0 or more")])
    return least


def _as_told(pair: Pair, where: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "relation": pair.relation,
        "area_m2": round(pair.m2, 2),
        "first": _record(pair.first, pair.first_m2, pair.m2, where),
        "second": _record(pair.second, pair.second_m2, pair.m2, where),
    }


def _record(fact: Fact, own_m2: float, shared_m2: float, where: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    told = fact.payload
    return {
        "kind": fact.kind,
        "organisation": told["organisation"],
        "local_id": told["local_id"],
        "type": told.get("type") or told.get("release_class"),
        "day": told.get("identified_on") or told.get("released_on"),
        "area_m2": round(own_m2, 2),
        "share": round(min(1.0, shared_m2 / own_m2), 4),
        "fact_id": fact.fact_id,
        "told": where[fact.fact_id],
    }
