"""Every packaged version under every reading, and the same law with one thing taken out of it."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from mineaction.policies.clause import Variant
from mineaction.policies.law import Law
from mineaction.policies.policy_version import version_from
from mineaction.policies.table import Table, compile_table
from mineaction.programme.compiled_law import packaged_law

Raw = dict[str, Any]


def variants() -> list[Variant]:
    law = packaged_law()
    return [law.variant(one, reading.name) for one in law.version_ids() for reading in law.version(one).readings]


@cache
def table_of(version_id: str, reading: str) -> Table:
    return compile_table(packaged_law().variant(version_id, reading))


def name_of(variant: Variant) -> str:
    return f"{variant.version_id} {variant.reading}"


def changed_law(version_id: str, change: Callable[[Raw], None]) -> Law:
    """The packaged law with `change` made to a copy of the written form of one version."""
    law = packaged_law()
    instrument = law.instruments[law.version(version_id).instrument]
    raw = copy.deepcopy(law.version(version_id).raw)
    change(raw)
    versions = tuple(version_from(raw) if one.id == version_id else one for one in instrument.versions)
    return Law({**law.instruments, instrument.id: dataclasses.replace(instrument, versions=versions)})


def written_clauses(version_id: str) -> Iterator[Raw]:
    yield from packaged_law().version(version_id).raw["clauses"]


def clause_of(raw: Raw, clause_id: str) -> Raw:
    return next(one for one in raw["clauses"] if one["id"] == clause_id)
