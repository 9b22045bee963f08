"""Ours: one look-up a packed record, compiled (the extra `fast`)."""

from __future__ import annotations

from benchmarks.policy_peers.packed_table import Engine, prepared
from benchmarks.policy_peers.packed_table import setup as plain_setup
from benchmarks.policy_peers.records import Column, Records
from mineaction.policies.packed import verdicts_of

__all__ = ["PACKAGE", "prepared", "setup", "verdicts"]
PACKAGE = "numba"


def setup(records: Records) -> Engine:
    """Compiled by a first call."""
    table, out = plain_setup(records)
    verdicts_of(table, records.keys[:1], out[:1], fast=True)
    return table, out


def verdicts(engine: Engine, given: Records) -> Column:
    table, out = engine
    return verdicts_of(table, given.keys, out, fast=True)
