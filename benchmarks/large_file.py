"""A hundred million rows screened: the memory it takes does not grow with the file.

It takes minutes and some gigabytes of disk, so it runs when it is named, with `--full` and with `--write`; its files are deleted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured_process import taken
from benchmarks.peers import NotRunError, python_of
from benchmarks.policy_files import GROUP, on_files, screening
from benchmarks.table import Row

ROWS = 100_000_000
GOAL_GB = 2.0  # the promise for a file of this size


def rows() -> Iterator[Row]:
    """One run."""
    what = f"most memory held, {ROWS:,} rows"
    with tempfile.TemporaryDirectory(prefix="mineaction-bench-") as name:
        given = Path(name, "records.parquet")
        try:
            on_files(str(python_of(GROUP)), "write", str(given), str(ROWS))
            one = taken(screening(given, Path(name, "screened.parquet")))
        except (NotRunError, RuntimeError) as why:
            yield Row(what, f"not run: {why}", "GB", GOAL_GB, "")
            return
    yield Row(what, one.memory_gb, "GB", GOAL_GB, f"{one.cpu_s:.0f} CPU s, {one.wall_s:.0f} s by the clock")
