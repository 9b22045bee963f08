"""numpy.take as it is called by most: the whole column of keys against the table of verdicts, into an array that is there already."""

from __future__ import annotations

import numpy as np

from benchmarks.policy_peers.records import Column, Records

PACKAGE = "numpy"


def setup(records: Records) -> Column:
    """The array the answers are written to, touched once so that no page is missing."""
    return np.zeros(len(records), np.uint8)


def prepared(engine: Column, records: Records) -> Records:
    """The keys were packed before."""
    return records


def verdicts(engine: Column, given: Records) -> Column:
    return np.take(given.table, given.keys, out=engine, mode="clip")
