"""numba: the same loop on every core."""

from __future__ import annotations

import os

from benchmarks.policy_peers import numba_branches
from benchmarks.policy_peers.numba_branches import PACKAGE, Engine, prepared, verdicts
from benchmarks.policy_peers.records import Records

__all__ = ["PACKAGE", "prepared", "setup", "verdicts"]


def setup(records: Records) -> Engine:
    return numba_branches.setup(records, os.cpu_count() or 1)
