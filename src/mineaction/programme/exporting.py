"""Give records of the store away: those of one kind that stand, with only what may be told at a tier, and beside them where they are from.

Beside the file stands FILE.about.json: store, head, tier, day and digest, so that whoever has the file can ask back. What is told at T1 is
what was reported as released; an outline of which some ground may still be hazardous is held back there, and nobody may read from any of
them that ground is safe.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mineaction.ledger.file_made_whole import file_made_whole
from mineaction.ledger.store import Store
from mineaction.programme.files import refuse_writing_over, write_text
from mineaction.programme.record_kinds import kind_named
from mineaction.programme.stores import open_store
from mineaction.programme.today import now
from mineaction.reports.disclosed_records import SOURCE, as_csv, as_geojson, as_rows, columns_at, refuse_layer, shows_outline
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import TIERS, Kind, Sensitivity
from mineaction.terms.problem import ProblemError, problem

_WRITERS = {".csv": as_csv, ".geojson": as_geojson}
_GEOPACKAGE = ".gpkg"
_NOTES: dict[Sensitivity, str] = {
    "T1": "What was reported, as it stands; it may be published. Released land is land reported as released: contamination may have been "
    "found there since, and nobody may read from this file that ground is safe.",
    "T2": "For those who do the work, and for nobody else.",
    "T3": "Sealed: it may say where uncleared ground lies. Keep it as you keep the store.",
}


def export_records(out: str, *, kind: str, tier: str, store: str | None = None, at: dt.datetime | None = None) -> dict[str, Any]:
    """Write the records of a kind that stand into a .csv, .geojson or new .gpkg file, with the fields of this tier and below."""
    meant, level = _asked(kind, tier)
    extension = os.path.splitext(out)[1].casefold()
    if extension not in (*_WRITERS, _GEOPACKAGE):
        raise ProblemError([problem("export_file_unknown", out, extension or "nothing", known=", ".join((*_WRITERS, _GEOPACKAGE)))])
    columns = columns_at(meant, level)
    if extension != ".csv":
        refuse_layer(meant, level, out)
    with open_store(store) as held:
        refuse_writing_over(out, "out", {held.path: "the store"})
        with held.one_moment():
            facts, identity, store_id = held.standing(kind), held.identity(), held.store_id()
            held_back = _not_published(held, facts) if kind == "land_release" and level == "T1" else frozenset()
        path = held.path
    facts = [replace(one, geometry=b"") if one.fact_id in held_back else one for one in facts]
    with_outline = sum(bool(one.geometry) for one in facts) if shows_outline(meant, level) else 0
    told = {
        "kind": kind,
        "tier": level,
        "day": (at or now()).date().isoformat(),
        "store_id": store_id,
        "head": identity["digest"],
        "records": len(facts),
        "with_outline": with_outline,
        "outlines_held_back": len(held_back),
        "columns": list(columns),
        "left_out_columns": [name for name in (*meant.field_names(), SOURCE) if name not in columns],
        "note": _NOTES[level],
    }
    told["sha256"] = _written(out, extension, facts, meant, level, told)
    about = f"{out}.about.json"
    write_text(about, json.dumps(told, ensure_ascii=False, indent=2) + "\n", is_private=level != "T1")
    return {"store": path, "out": out, "about": about, **told, "books": [identity]}


def _written(out: str, extension: str, facts: Sequence[Fact], kind: Kind, tier: Sensitivity, told: Mapping[str, Any]) -> str:
    """Write the file; its digest."""
    if extension in _WRITERS:
        text = _WRITERS[extension](facts, kind, tier)
        write_text(out, text, is_private=tier != "T1")
        return hashlib.sha256(text.encode()).hexdigest()
    from mineaction.ledger.geopackage_file import fill_layer

    fields, rows = as_rows(facts, kind, tier)
    about = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in told.items()}
    file_made_whole(out, lambda unfinished: fill_layer(unfinished, kind.name, kind.label, fields, rows, about))
    with open(out, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_published(held: Store, releases: Sequence[Fact]) -> frozenset[str]:
    """The releases of which some ground may still be hazardous."""
    # The land account is loaded where land is published, and nowhere else.
    from mineaction.programme.land_book import land_book
    from mineaction.registers.published_ground import not_published

    return not_published(land_book(held).account, held.standing("hazardous_area"), releases)


def _asked(kind: str, tier: str) -> tuple[Kind, Sensitivity]:
    meant = kind_named(kind)
    for one in TIERS:
        if tier.strip().upper() == one:
            return meant, one
    raise ProblemError([problem("unknown_code", "tier", tier, field="tier", nearest=", ".join(TIERS))])
