"""The land account of 100,000 hazardous areas and 300,000 releases, as in `land`, in two rounds.

It takes some minutes, so it runs when it is named, with `--full` and with `--write`.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import land
from benchmarks.table import Row

HAZARDS = 100_000


def rows() -> Iterator[Row]:
    """Two rounds: one alone is at the mercy of what else the machine does."""
    yield from land.measured(HAZARDS, 2)
