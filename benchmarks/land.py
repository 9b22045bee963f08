"""The land account of 10,000 hazardous areas and 30,000 releases, beside shapely's union and difference of the same pairs, in one run.

Union and difference gives what remains of each area on its own polygon, and its square metres: one figure an area, for one day. The
account gives that too, and with it every credit, the owner of shared ground and what is counted double. Both get the same columns and
pairs, with releases older than an area left out, so that both mean the same ground and are compared area by area. What the account takes
before (rows are checked: days, names, broken polygons) and after (rework, ground outside, parents) has rows of its own. DuckDB's spatial
extension computes what remains once more, where it can be had. CPU seconds, least of the rounds, taken in turn.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from benchmarks.made_land import CENTRES, made_land
from benchmarks.measured_process import CHECKOUT, environment
from benchmarks.peers import NotRunError, python_of
from benchmarks.table import Row
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_columns import HazardColumns, ReleaseColumns, hazard_columns, release_columns
from mineaction.registers.land_edit import with_releases
from mineaction.registers.land_figures import Column, Credits, credits, sum_m2
from mineaction.registers.land_places import by_place
from mineaction.registers.land_release import LandAccount, account_from
from mineaction.registers.land_rows import Release

HAZARDS = 10_000
GROUP = "bench-arrays"  # holds DuckDB
ADDED = 100
COLUMNS: tuple[Column, ...] = ("year", "organisation", "release_class", "method", "hazard_class")
CREDITS = 1_000_000
ROUNDS = 3
GOALS_FOR_HAZARDS = 100_000  # the two promises below are for as many
GOAL_TO_UNION = 1.0
GOAL_AGREEMENT_M2 = 1.0
GOAL_EDIT = 250.0
GOAL_AS_OF_S = 0.05


def rows() -> Iterator[Row]:
    """The account, its peer, an edit, and a question to it."""
    yield from measured(HAZARDS, ROUNDS)


def measured(hazard_count: int, rounds: int) -> Iterator[Row]:
    """The same for any number of areas."""
    to_union, to_edit = (GOAL_TO_UNION, GOAL_EDIT) if hazard_count >= GOALS_FOR_HAZARDS else (None, None)
    hazards, releases = made_land(hazard_count)
    spent: dict[str, list[float]] = {name: [] for name in ("columns", "account", "beside", "union")}
    for _ in range(rounds):
        taken, columns = _cpu_s(lambda: (hazard_columns(hazards, [])[0], release_columns(releases)[0]))
        spent["columns"].append(taken)
        taken, account = _cpu_s(partial(account_from, *columns))
        spent["account"].append(taken)
        taken, _ = _cpu_s(partial(release_figures, account))
        spent["beside"].append(taken)
        taken, plain_m2 = _cpu_s(partial(union_and_difference, *columns))
        spent["union"].append(taken)
    least = {name: min(figures) for name, figures in spent.items()}
    size = f"{len(hazards):,} areas, {len(releases):,} releases, {len(account.pair_hazard):,} pairs; least of {rounds}"
    yield Row("rows checked and put into columns", least["columns"], "CPU s", None, size)
    yield Row("land account of the columns", least["account"], "CPU s", None, "credits, what remains, what is counted double")
    yield Row("rework, outside, parents", least["beside"], "CPU s", None, "for each release")
    how = f"the same columns and pairs, shapely {shapely.__version__}, GEOS {_geos()}"
    yield Row("shapely union and difference", least["union"], "CPU s", None, how)
    yield Row("account to union and difference", least["account"] / least["union"], "x", to_union, "from the same columns")
    whole = least["columns"] + least["account"] + least["beside"]
    yield Row("all three to union and difference", whole / least["union"], "x", None, "which checks no row and tells no rework")
    furthest = float(np.abs(areas_m2(account.remaining) - plain_m2).max())
    yield Row("furthest apart on one area", furthest, "m2", GOAL_AGREEMENT_M2, f"hazard accounts; {plain_m2.sum() / 1e6:,.0f} km2 remain")
    yield _second_engine(account)
    yield from _edit(account, releases, least["columns"] + least["account"], to_edit)
    yield from _questions(account)


def union_and_difference(hazards: HazardColumns, releases: ReleaseColumns) -> Any:
    """Square metres that remain of each area: what a user of shapely would write, in arrays."""
    areas = hazards.polygons.copy()
    release, hazard = shapely.STRtree(areas).query(releases.polygons, predicate="intersects")
    pairs = releases.last[release] >= hazards.opened[hazard]
    release, hazard = release[pairs], hazard[pairs]
    order = np.argsort(hazard, kind="stable")
    which, own = np.unique(hazard[order], return_inverse=True)
    together = shapely.geometrycollections(releases.polygons[release[order]], indices=own)
    areas[which] = shapely.difference(areas[which], shapely.unary_union(together[:, None], axis=1))
    return areas_m2(areas)


def _second_engine(account: LandAccount) -> Row:
    """What remains, computed once more by DuckDB's spatial extension, where it can be had."""
    what = "furthest apart on one area, DuckDB spatial"
    with tempfile.TemporaryDirectory(prefix="mineaction-bench-") as folder:
        areas, releases, remaining = (str(Path(folder, f"{name}.parquet")) for name in ("areas", "releases", "remaining"))
        for path, day, polygons in (
            (areas, account.hazards.opened, account.hazards.polygons),
            (releases, account.releases.last, account.releases.polygons),
        ):
            columns = {"position": np.arange(len(day)), "day": day, "outline": pa.array(shapely.to_wkb(polygons).tolist(), pa.binary())}
            pq.write_table(pa.table(columns), path)
        try:
            command = [str(python_of(GROUP)), "-m", "benchmarks.land_duckdb", areas, releases, remaining]
            done = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotRunError((done.stderr.strip().splitlines() or ["it stopped without a word"])[-1][:160])
        except NotRunError as why:
            return Row(what, f"not run: {why}", "m2", GOAL_AGREEMENT_M2, "its extension comes from its own server")
        said = json.loads(done.stdout.splitlines()[-1])
        found = areas_m2(shapely.from_wkb(pq.read_table(remaining)["outline"].to_pylist()))
    furthest = float(np.abs(areas_m2(account.remaining) - found).max())
    return Row(
        what, furthest, "m2", GOAL_AGREEMENT_M2, f"DuckDB {said['version']}: {said['cpu_s']:.2f} CPU s on one thread, files included"
    )


def _edit(account: LandAccount, releases: list[Release], whole_s: float, goal: float | None) -> Iterator[Row]:
    """A hundred releases told late."""
    chance = np.random.default_rng(1)
    late = [replace(releases[at], local_id=f"late {at}", digest=f"late {at}") for at in chance.integers(0, len(releases), ADDED)]
    spent = min(_cpu_s(lambda: with_releases(account, late))[0] for _ in range(5))
    yield Row(f"{ADDED} releases told late", spent, "CPU s", None, "into their places of the canonical order")
    yield Row("a full run to such an edit", whole_s / spent, "x", goal, "rows checked and account", at_least=True)


def _questions(account: LandAccount) -> Iterator[Row]:
    taken, some = _cpu_s(partial(credits, account))
    yield Row("credits as columns, once", taken, "CPU s", None, f"{len(some.m2):,} of them, before the first question")
    at = np.resize(np.arange(len(some.m2)), CREDITS)
    columns = {name: getattr(some, name)[at] for name in Credits.__slots__ if name != "words"}
    many = Credits(**columns, words=some.words)
    day = dt.date(2012, 5, 1)
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("released as of a day", lambda: sum_m2(many, last=day)),
        ("by year, operator and class", lambda: sum_m2(many, ("year", "organisation", "release_class"))),
        ("by all five columns, as of a day", lambda: sum_m2(many, COLUMNS, last=day)),
    )
    for what, question in asked:
        spent = min(_cpu_s(question)[0] for _ in range(5))
        yield Row(what, spent, "CPU s", GOAL_AS_OF_S, f"{CREDITS:,} credits")
    districts = _districts()
    taken, found = _cpu_s(lambda: by_place(account, [f"D{at}" for at in range(len(districts))], districts))
    how = f"{len(account.postings.m2):,} postings, {len(districts):,} districts, {len(found.m2) - len(account.postings.m2):,} pieces more"
    yield Row("all that was posted, split by district", taken, "CPU s", None, how)
    spent = min(
        _cpu_s(lambda: np.bincount(found.place, np.where(account.postings.day[found.posting] <= day.toordinal(), found.m2, 0.0)))[0]
        for _ in range(5)
    )
    yield Row("by district, as of a day", spent, "CPU s", GOAL_AS_OF_S, f"{len(found.m2):,} rows")


def _districts() -> list[Any]:
    """Squares of half a degree around the made-up areas, with a vertex every hundredth of a degree."""
    corners = {
        (x, y)
        for lon, lat in CENTRES
        for x in np.arange(np.floor(lon) - 6, lon + 6, 0.5)
        for y in np.arange(np.floor(lat) - 6, lat + 6, 0.5)
    }
    return [shapely.segmentize(shapely.box(x, y, x + 0.5, y + 0.5), 0.01) for x, y in sorted(corners)]


def _geos() -> str:
    return ".".join(map(str, shapely.geos_version))


def _cpu_s(work: Callable[[], Any]) -> tuple[float, Any]:
    before = time.process_time()
    found = work()
    return time.process_time() - before, found
