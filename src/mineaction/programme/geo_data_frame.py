"""The records of a kind that stand, as a table of geopandas: one row a fact, every field as told, the outline on WGS 84.

Loads geopandas, which is not part of this program; where it is missing, that is a problem with what to do.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import shapely

from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest


def geo_data_frame(store: str | None, kind: str, known_at: str | dt.date | None = None) -> Any:
    """A GeoDataFrame with `fact_id`, `subject`, the fields of the kind and `source`; empty where a field or an outline was not told."""
    problems: list[Problem] = []
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    if kind not in RECORDED_KINDS:
        problems.append(problem("unknown_code", "kind", kind, field="kind of record", nearest=", ".join(nearest(kind, RECORDED_KINDS))))
    try:
        import geopandas
    except ImportError:
        problems.append(problem("geopandas_missing", "geopandas", "geopandas"))
    if problems:
        raise ProblemError(problems)
    with open_store(store) as held:
        facts = held.standing(kind, known)
    columns = {
        "fact_id": [one.fact_id for one in facts],
        "subject": [one.subject for one in facts],
        **{name: [one.payload.get(name) for one in facts] for name in RECORDED_KINDS[kind].field_names()},
        "source": [one.source for one in facts],
    }
    outlines = shapely.from_wkb([one.geometry or None for one in facts])
    return geopandas.GeoDataFrame(columns, geometry=outlines, crs="EPSG:4326")
