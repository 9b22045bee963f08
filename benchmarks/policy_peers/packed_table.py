"""Ours: one look-up a packed record, with numpy alone."""

from __future__ import annotations

import numpy as np

from benchmarks.policy_peers.records import Column, Records
from mineaction.policies.packed import verdicts_of
from mineaction.policies.table import Table

PACKAGE = "numpy"
Engine = tuple[Table, Column]


def setup(records: Records) -> Engine:
    """The table, and the array the answers are written to, touched once so that no page is missing."""
    empty = np.zeros(0, np.uint16)
    return Table((), records.table, empty, ()), np.zeros(len(records), np.uint8)


def prepared(engine: Engine, records: Records) -> Records:
    """The keys were packed before."""
    return records


def verdicts(engine: Engine, given: Records) -> Column:
    table, out = engine
    return verdicts_of(table, given.keys, out, fast=False)
