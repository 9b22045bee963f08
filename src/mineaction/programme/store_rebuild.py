"""Bring a store to the format of today, and make what it shows of the current state anew from the facts. No fact is touched by either."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.migrations import migrate
from mineaction.ledger.schema import FORMAT
from mineaction.programme.stores import is_address, open_store, store_path
from mineaction.programme.today import now
from mineaction.terms.dates import as_utc


def rebuild(store: str | None = None, *, at: dt.datetime | None = None) -> dict[str, Any]:
    """Make the layer anew and say whether it differed from the facts. On a server only the owner of the store may."""
    path = store_path(store)
    before, backup = FORMAT, ""
    if not is_address(path):
        before, backup = migrate(path, as_utc(at or now()))
    with open_store(path) as held:
        with held.transaction():
            differed = held.rebuild_layer()
        return {
            "store": held.path,
            "layer": LAYER,
            "differed": differed,
            "rows": len(held.standing(LAYER)),
            "format": FORMAT,
            "format_before": before,
            "backup": backup or None,
            "books": [held.identity()],
        }
