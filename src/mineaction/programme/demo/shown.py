"""What is shown of the invented country: its national table by year and by class, and a map of its areas with what is left of each.

Nobody is to show a real country so: where uncleared ground lies is sealed. Only what `demo` made has a map here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from mineaction.programme.demo.ground import COUNTRY, ISO3
from mineaction.programme.demo.records import LAST_YEAR
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_area import area
from mineaction.programme.land_book import land_book
from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_tables import held_on, shown

LAST_DAY = f"{LAST_YEAR}-12-31"
_DECIMALS = 6
Ring = list[list[float]]


def shown_country(told: Mapping[str, Any]) -> dict[str, Any]:
    """The tables and the map of what `demo` made."""
    store = str(told["store"])
    return {
        "country": COUNTRY,
        "note": told["note"],
        "seed": told["seed"],
        "store": store,
        "facts": told["facts"],
        "files": len(told["files"]),
        "with_problems": told["with_problems"],
        "on": LAST_DAY,
        "by_year": area("year", until=LAST_DAY, store=store),
        "by_class": area("class", until=LAST_DAY, store=store),
        "map": _map(store),
    }


def _map(store: str) -> dict[str, Any]:
    day = day_given(LAST_DAY, "on", [])
    assert day is not None
    with open_store(store) as held, held.one_moment():
        account = land_book(held, None, day).account
        facts = land_book(held, None, day).rows.facts
        statuses = {subject: one.status for subject, one in hazard_statuses(held, day).by_subject.items()}
        places = [one for one in held.standing("admin_area") if one.payload["iso3"] == ISO3]
    at = np.flatnonzero(held_on(account, day) & ~shapely.is_empty(account.hazards.reach))
    reach, left = account.hazards.reach[at], account.remaining[at]
    left_m2 = areas_m2(left)
    released = shapely.difference(reach, left)
    middles = shapely.get_coordinates(shapely.point_on_surface(reach))
    areas = []
    for number, one in enumerate(at.tolist()):
        fact = facts[account.hazards.rows[one].digest]
        areas.append(
            {
                "id": account.hazards.rows[one].local_id,
                "status": statuses.get(fact.subject) or "unknown",
                "middle": middles[number].tolist(),
                "left": _rings(left[number]),
                "released": _rings(released[number]),
                "left_m2": shown(left_m2[number]),
            }
        )
    told = {level: [one for one in places if one.payload["level"] == level] for level in ("0", "1", "2")}
    outlines = {level: [shapely.from_wkb(one.geometry) for one in own] for level, own in told.items()}
    labels = [shapely.get_coordinates(shapely.point_on_surface(one))[0].tolist() for one in outlines["1"]]
    return {
        "bounds": list(outlines["0"][0].bounds),
        "provinces": [
            {"name": one.payload["name"], "label": label, "rings": _rings(outline)}
            for one, outline, label in zip(told["1"], outlines["1"], labels, strict=True)
        ],
        "districts": [_rings(one) for one in outlines["2"]],
        "areas": areas,
    }


def _rings(outline: Any) -> list[Ring]:
    """Every ring of the polygons of an outline."""
    parts = [one for one in shapely.get_parts(outline) if one.geom_type == "Polygon"]
    return [np.round(shapely.get_coordinates(ring), _DECIMALS).tolist() for ring in shapely.get_rings(parts)] if parts else []
