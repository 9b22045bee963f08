"""Which repair would each broken outline of a file have, to be looked at and accepted by a person? Never applied by itself.

A proposal is a feature of a GeoJSON file, so that a map program shows it: the fields of the row, the repaired outline, and under names that
begin with `repair_` what was wrong, the outline as it was given, and the square metres before, after and doubtful. Doubtful is ground that
one rule of reading crossed lines holds and another does not. To refuse a proposal, take its feature out; to accept, `mineaction repair`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import shapely

from mineaction.programme.files import write_text
from mineaction.registers.geodesic_area import area_m2
from mineaction.sources.fact_rows import ToldFact
from mineaction.sources.outline_worker import worked
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import Kind
from mineaction.terms.limits import REPAIR_SECONDS_MAX
from mineaction.terms.outline import as_wkt, canonical_outline, outline_of
from mineaction.terms.problem import Problem, problem

MARK = "repair_"


class Repair(NamedTuple):
    """What a repair makes of an outline (canonical bytes both), and how much it changes."""

    before: bytes
    after: bytes
    figures: Mapping[str, float | int]


def repairs_of(outlines: Sequence[bytes]) -> list[Repair | None]:
    """A repair of each outline; None where none was found within its time."""
    return [_repair(before, told) for before, told in zip(outlines, worked("repair", outlines, REPAIR_SECONDS_MAX), strict=True)]


def _repair(before: bytes, told: Mapping[str, Any] | None) -> Repair | None:
    made = shapely.from_wkb(told["made"]) if told else None
    if told is None or made is None or made.is_empty or not made.is_valid:
        return None
    rings = [[list(ring.coords) for ring in (one.exterior, *one.interiors)] for one in made.geoms]
    after, wrong = canonical_outline(rings, "")
    if wrong:
        return None
    was = shapely.from_wkb(before)
    vertices = shapely.get_coordinates(was)
    figures = {
        "before_m2": round(area_m2(was), 2),
        "after_m2": round(area_m2(made), 2),
        "doubtful_m2": round(area_m2(shapely.from_wkb(told["doubtful"])), 2),
        "polygons_before": len(was.geoms),
        "polygons_after": len(made.geoms),
        "vertices_left_out": int((~shapely.intersects_xy(made, vertices[:, 0], vertices[:, 1])).sum()),
    }
    return Repair(before, after, figures)


def write_proposals(out: str, kind: Kind, broken: Sequence[ToldFact]) -> list[Problem]:
    """Write a proposal for each row that is no fact because of its outline alone; those for which none was found are problems."""
    features, problems = [], []
    for told, repair in zip(broken, repairs_of([one.fact.geometry for one in broken]), strict=True):
        if repair is None:
            problems.append(problem("repair_too_demanding", told.place, limit=REPAIR_SECONDS_MAX))
        else:
            features.append(_feature(kind, told.place, told.fact, repair))
    whole = {"type": "FeatureCollection", "features": features}
    # It says where uncleared ground lies.
    write_text(out, json.dumps(whole, ensure_ascii=False, indent=1) + "\n", is_private=True)
    return problems


def _feature(kind: Kind, place: str, fact: Fact, repair: Repair) -> dict[str, Any]:
    told = {name: fact.payload[name] for name in kind.field_names() if name in fact.payload}
    told |= {"source": fact.source} | ({"supersedes": fact.supersedes} if fact.supersedes else {})
    of_repair = {"kind": kind.name, "place": place, **repair.figures, "before": as_wkt(outline_of(repair.before))}
    return {
        "type": "Feature",
        "properties": told | {f"{MARK}{name}": value for name, value in of_repair.items()},
        "geometry": {"type": "MultiPolygon", "coordinates": outline_of(repair.after)},
    }
