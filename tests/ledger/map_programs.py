"""A store with everything a map program might show or must not, and what may have changed in it afterwards."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from mineaction.ledger.schema import TABLES
from mineaction.ledger.sqlite import SqliteStore
from mineaction.programme.recording import import_records, reverse
from mineaction.programme.store_checks import verify
from tests.house.guards import CHECKOUT

EXAMPLES = CHECKOUT / "docs" / "examples"
REFUSED = "this layer is a copy of the facts: use mineaction import"
# Areas of the example that have an outline, on the ground of the example: west, south, east, north.
EXTENT = (3.0, 1.0, 3.03, 1.01)
MORE = 'local_id,organisation,type,identified_on,wkt\nHA-9,Org A,SHA,2021,"POLYGON ((4 2, 4.01 2, 4.01 2.01, 4 2))"\n'
ONE_SHAPE = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"local_id": "X"},
    "geometry": {"type": "Polygon", "coordinates": [[[3, 1], [3.01, 1], [3.01, 1.01], [3, 1]]]}}]}"""


def tell(store: str, folder: Path) -> None:
    """Areas, releases and accidents; and areas elsewhere that are taken back again."""
    import_records(str(EXAMPLES / "hazardous_areas.csv"), kind="hazardous_area", store=store)
    import_records(str(EXAMPLES / "land_releases.geojson"), kind="land_release", store=store)
    import_records(str(EXAMPLES / "accidents.csv"), kind="accident", store=store, without_personal=True)
    (folder / "more.csv").write_text(MORE, encoding="utf-8")
    import_records(str(folder / "more.csv"), kind="hazardous_area", store=store)
    reverse("4", store=store)


def count_standing(store: str) -> int:
    """How many areas stand."""
    with SqliteStore(store) as held:
        return len(held.standing("hazardous_area"))


class Held(NamedTuple):
    """The bytes of every table of facts, how far the chain is, and whether `verify` finds it whole."""

    facts: str
    head: str
    is_whole: bool


def held(store: str) -> Held:
    """What must never be changed by looking at it, or by trying to edit it."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as other:
        for table in TABLES:
            for row in other.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                digest.update(repr(row).encode())
    told = verify(store)
    return Held(digest.hexdigest(), str(told["head"]), told["is_whole"])


def digest_of(store: str) -> str:
    """Of the whole file."""
    return hashlib.sha256(Path(store).read_bytes()).hexdigest()


def run(*command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A program of the distribution, without what this environment says to its own libraries."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PROJ", "GDAL", "VIRTUAL_ENV"))}
    environment: dict[str, Any] = {**inherited, "HOME": str(folder), "LC_ALL": "C.UTF-8", **more}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
