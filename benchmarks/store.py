"""A store in one file: import of polygons of twenty vertices by phase beside ogr2ogr on the same file, and verify by the fact.

CPU seconds of one process. ogr2ogr is measured where GDAL is installed; it writes a GeoPackage with a spatial index, and checks, keeps and
digests nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import Row
from mineaction.ledger.chain import Entry, batch_id_of, root_of
from mineaction.ledger.chain_check import check_store
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Told
from mineaction.programme.collector import collector_paused
from mineaction.sources.fact_rows import facts_of, given_rows
from mineaction.terms.kinds import RECORDED_KINDS

FACTS = 20_000
VERTICES = 20
LAYER_PHASE = "layer and its index"
KIND = RECORDED_KINDS["hazardous_area"]
GOAL_TO_OGR2OGR = 4.0
GOAL_OUTLINES_A_SECOND, GOAL_SMALL_A_SECOND = 150_000, 300_000
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def rows() -> Iterator[Row]:
    """Import of GeoJSON by phase, its peer, and verify with and without outlines; without the collector, as the commands do it."""
    with collector_paused():
        yield from _rows()


def _rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "areas.geojson")
        path.write_text(json.dumps({"type": "FeatureCollection", "features": _features(with_outline=True)}), encoding="utf-8")
        spent, store = _imported(path, folder)
        for phase, seconds in spent.items():
            yield Row(f"import: {phase}", seconds, "CPU s", None, f"{FACTS:,} polygons as GeoJSON")
        yield Row("import: all of it", sum(spent.values()), "CPU s", None, f"{FACTS / sum(spent.values()):,.0f} facts a second")
        yield _beside_ogr2ogr(path, folder, sum(spent.values()))
        yield _verified("verify, with outlines", store, GOAL_OUTLINES_A_SECOND)
        yield from _verified_by_phase(store)
        path.write_text(json.dumps({"type": "FeatureCollection", "features": _features(with_outline=False)}), encoding="utf-8")
        yield _verified("verify, without outlines", _imported(path, folder)[1], GOAL_SMALL_A_SECOND)


def _imported(path: Path, folder: str) -> tuple[dict[str, float], str]:
    """CPU seconds of each phase, and the store."""
    spent: dict[str, float] = {}
    store = f"{folder}/{len(os.listdir(folder))}.gpkg"
    make_store(store, "1" * 32)
    content = path.read_bytes()
    given = _timed(spent, "read", lambda: list(given_rows(content, str(path), path.suffix)))
    reading = _timed(spent, "check, and the id of each fact", lambda: facts_of(given, str(path), KIND, DAY.date()))
    assert len(reading.facts) == FACTS, reading.problems[:3]
    pairs = [(one.place, one.fact) for one in reading.facts]
    entries = [Entry(fact.fact_id, fact.supersedes, place) for place, fact in pairs]
    _timed(spent, "digests of the batch", lambda: (batch_id_of(entries, "m"), root_of(entries)))
    with _CountedStore(store, spent) as held, held.transaction():
        _timed(spent, "write", lambda: held.append(Told(DAY, "b", "m", path.name, content, pairs)))
    spent["write"] -= spent[LAYER_PHASE]
    return spent, store


class _CountedStore(SqliteStore):
    """A store that counts what its layer takes apart."""

    def __init__(self, path: str, spent: dict[str, float]) -> None:
        super().__init__(path)
        self._spent = spent

    def _update_layer(self, entries: Sequence[Entry], changed: set[int]) -> None:
        _timed(self._spent, LAYER_PHASE, lambda: super(_CountedStore, self)._update_layer(entries, changed))


def _timed(spent: dict[str, float], phase: str, work: Callable[[], Any]) -> Any:
    before = _cpu_s()
    found = work()
    spent[phase] = spent.get(phase, 0.0) + _cpu_s() - before
    return found


def _cpu_s() -> float:
    """Of this process, and of those it waited for: a reader of a format may be a process of its own."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _beside_ogr2ogr(path: Path, folder: str, import_s: float) -> Row:
    name = "import to ogr2ogr"
    if shutil.which("ogr2ogr") is None:
        return Row(name, "not measured: ogr2ogr is not installed", "x", GOAL_TO_OGR2OGR, "Debian: gdal-bin")
    before = _cpu_s()
    subprocess.run(["ogr2ogr", "-f", "GPKG", f"{folder}/peer.gpkg", str(path)], check=True, capture_output=True)
    spent = _cpu_s() - before
    version = subprocess.run(["ogr2ogr", "--version"], check=True, capture_output=True, text=True).stdout.partition(",")[0]
    return Row(name, import_s / spent, "x", GOAL_TO_OGR2OGR, f"{version}, {spent:.2f} CPU s for the same file")


def _verified(what: str, path: str, goal: int) -> Row:
    least = math.inf
    for _ in range(3):
        with SqliteStore(path) as store:
            before = time.process_time()
            checked = check_store(store)
            least = min(least, time.process_time() - before)
        assert checked.facts == FACTS and not checked.problems
    return Row(
        what, FACTS / least, "facts/s", goal, "every digest, the layer, its index and the pages of the file; least of 3", at_least=True
    )


def _verified_by_phase(path: str) -> Iterator[Row]:
    """What verify spends on a store with outlines; the rest of it is the chain."""
    phases: dict[str, Callable[[SqliteStore], Any]] = {
        "pages of the file": lambda store: list(store.damage()),
        "ids of facts": lambda store: list(store.checked_facts()),
        "layer and its index": lambda store: list(store.layer_problems()),
    }
    for phase, work in phases.items():
        least = math.inf
        for _ in range(3):
            with SqliteStore(path) as store:
                before = time.process_time()
                work(store)
                least = min(least, time.process_time() - before)
        yield Row(f"verify: {phase}", least / FACTS * 1e6, "us a fact", None, "with outlines; least of 3")


def _features(*, with_outline: bool) -> list[dict[str, Any]]:
    chance = np.random.default_rng(1)
    middle = np.c_[chance.uniform(0, 20, FACTS), chance.uniform(-8, 2, FACTS)]
    angle = 2 * np.pi * np.arange(VERTICES) / VERTICES
    away = 0.002 * chance.uniform(0.8, 1.2, (FACTS, VERTICES))
    rings = np.round(middle[:, None, :] + np.stack([away * np.cos(angle), away * np.sin(angle)], axis=-1), 7).tolist()
    return [
        {
            "type": "Feature",
            "properties": {
                "local_id": f"HA-{number}",
                "organisation": f"Org {number % 20}",
                "name": f"Place {number % 3000}",
                "type": ("SHA", "CHA")[number % 2],
                "identified_on": f"20{number % 24:02d}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "reported_area_m2": f"{100 + number * 7 % 90_000}.5",
            },
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]} if with_outline else None,
        }
        for number, ring in enumerate(rings)
    ]
