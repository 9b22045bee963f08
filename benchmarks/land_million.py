"""The land account of a million hazardous areas and three million releases, made part by part: how much memory does it hold at once?

The rows lie in files and are read as each part asks for them; what is kept is every posting and every credit, without ground. It takes half
an hour and some gigabytes of disk, so it runs when it is named, with `--full` and with `--write`; its files are deleted.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import shapely

from benchmarks.made_land import made_land
from benchmarks.measured_process import taken
from benchmarks.table import Row
from mineaction.registers.land_figures import balance_of
from mineaction.registers.land_parts import Part, account_in_parts, parts_of
from mineaction.registers.land_rows import HAZARD_CLASSES, METHODS, RELEASE_CLASSES, Hazard, HazardChange, Release, Reversal
from mineaction.terms.dates import Moment

HAZARDS = 1_000_000
MADE_AT_ONCE = 50_000
GOAL_GB = 4.0


def rows() -> Iterator[Row]:
    """One run."""
    yield from measured(HAZARDS)


def measured(hazard_count: int) -> Iterator[Row]:
    """The same for any number of areas."""
    what = f"most memory held, {hazard_count:,} areas"
    with tempfile.TemporaryDirectory(prefix="mineaction-bench-") as folder:
        command = [sys.executable, "-m", "benchmarks.land_million"]
        try:
            taken([*command, "make", folder, str(hazard_count)])
            one = taken([*command, "account", folder])
        except RuntimeError as why:
            yield Row(what, f"not run: {why}", "GB", GOAL_GB, "")
            return
        said = Path(folder, "said").read_text(encoding="utf-8")
    yield Row(what, one.memory_gb, "GB", GOAL_GB, said)
    yield Row("reading, checks, account, rework of all", one.cpu_s, "CPU s", None, f"{one.wall_s:.0f} s by the clock")
    yield Row("the same for 100,000 areas", one.cpu_s / hazard_count * 100_000, "CPU s", None, "on average")


def make(folder: Path, hazard_count: int) -> None:
    """Files of rows: polygons as WKB one after the other, other columns as arrays."""
    for at, start in enumerate(range(0, hazard_count, MADE_AT_ONCE)):
        hazards, releases = made_land(min(MADE_AT_ONCE, hazard_count - start), seed=at)
        _write(folder / f"hazards-{at}", hazards, [HAZARD_CLASSES.index(row.hazard_class) for row in hazards], [0] * len(hazards))
        kinds = [RELEASE_CLASSES.index(row.release_class) for row in releases]
        _write(folder / f"releases-{at}", releases, kinds, [int(row.organisation.split()[1]) for row in releases])


def _write(path: Path, told: Any, kinds: list[int], operators: list[int]) -> None:
    polygons = np.array([row.polygon for row in told], dtype=object)
    outlines = shapely.to_wkb(polygons)
    moments: list[Any] = [row.identified_on if isinstance(row, Hazard) else row.released_on for row in told]
    days = [one.first.toordinal() for one in moments]
    path.with_suffix(".wkb").write_bytes(b"".join(outlines))
    ends = np.cumsum([0, *map(len, outlines)])
    np.savez(path, kinds=kinds, operators=operators, days=days, boxes=shapely.bounds(polygons), starts=ends[:-1], ends=ends[1:])


@dataclass(frozen=True)
class _Columns:
    """The files of one kind of rows, one after the other; polygons stay on disk."""

    columns: dict[str, Any]
    file: Any
    outlines: list[BinaryIO]

    @classmethod
    def read(cls, folder: Path, kind: str) -> _Columns:
        """The columns of all files."""
        paths = sorted(folder.glob(f"{kind}-*.npz"), key=lambda path: int(path.stem.partition("-")[2]))
        files = [np.load(path) for path in paths]
        columns = {name: np.concatenate([one[name] for one in files]) for name in ("kinds", "operators", "days", "boxes", "starts", "ends")}
        file = np.repeat(np.arange(len(files)), [len(one["days"]) for one in files])
        return cls(columns, file, [path.with_suffix(".wkb").open("rb") for path in paths])

    def outline(self, file: int, start: int, end: int) -> bytes:
        """The bytes of one polygon."""
        self.outlines[file].seek(start)
        return self.outlines[file].read(end - start)

    def rows(self, at: Any) -> Iterator[tuple[int, int, int, Moment, Any]]:
        """Position, kind, operator, day and polygon of rows."""
        spans = zip(self.file[at].tolist(), self.columns["starts"][at].tolist(), self.columns["ends"][at].tolist(), strict=True)
        polygons = shapely.from_wkb([self.outline(*span) for span in spans])
        numbers = (self.columns[name][at].tolist() for name in ("kinds", "operators", "days"))
        for position, kind, operator, number, polygon in zip(at.tolist(), *numbers, polygons, strict=True):
            day = dt.date.fromordinal(number)
            yield position, kind, operator, Moment(day, day), polygon


def account(folder: Path) -> None:
    """The whole account, part by part."""
    hazards, releases = _Columns.read(folder, "hazards"), _Columns.read(folder, "releases")

    def load(part: Part) -> tuple[list[Hazard], list[Release], list[HazardChange], list[Reversal]]:
        areas = [
            Hazard(f"H{at}", "authority", HAZARD_CLASSES[kind], day, ground, f"h{at}")
            for at, kind, _, day, ground in hazards.rows(part.hazards)
        ]
        released = [
            Release(f"R{at}", f"operator {operator}", RELEASE_CLASSES[kind], METHODS[kind], day, ground, f"r{at}")
            for at, kind, operator, day, ground in releases.rows(part.releases)
        ]
        return areas, released, [], []

    parts = parts_of(hazards.columns["boxes"], releases.columns["boxes"])
    counts = len(hazards.file), len(releases.file)
    found = account_in_parts(parts, load, *counts)
    whole = balance_of(found.postings, dt.date(1990, 1, 1), dt.date(2100, 1, 1))
    said = f"{counts[1]:,} releases in {len(parts)} parts, {len(found.credits.m2):,} credits; {whole.remaining / 1e6:,.0f} km2 remain"
    Path(folder, "said").write_text(said, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        account(Path(sys.argv[2]))
