"""Two variants over the same acts: the cells on which something is so, each way of differing with the smallest act that shows it.

An act is smallest when no fact of it can be left out without one of the two verdicts becoming uncertain. `decide` understands it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mineaction.policies.clause import Variant
from mineaction.policies.table import Table, compile_table, widened
from mineaction.terms.verdict import CELL_VERDICTS
from mineaction.terms.vocabulary import FIELDS

Bools = npt.NDArray[np.bool_]
TableOf = Callable[[Variant], Table]
# What an act that a State Party may not do looks like; stands for `underlying: prohibited` in an example.
PROHIBITED_ACT = {"act": "use", "item": "anti_personnel_mine", "initiation": "victim"}
OTHER_ACT = {"act": "use", "item": "other"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two variants over the same axes."""

    one: Variant
    other: Variant
    one_table: Table
    other_table: Table


@dataclass(frozen=True, slots=True)
class Example:
    """One way in which two variants stand to each other: the smallest act, what each says of it, and how many acts are alike."""

    activity: dict[str, Any]
    one_verdict: str
    other_verdict: str
    one_clauses: tuple[str, ...]
    other_clauses: tuple[str, ...]
    cells: int


def axes(one: Variant, other: Variant) -> tuple[str, ...]:
    """The fields that either reads; act and item always, since examples differ in them."""
    return tuple(name for name in FIELDS if name in ("act", "item", *one.fields, *other.fields))


def pair(one: Variant, other: Variant, table_of: TableOf = compile_table) -> Pair:
    """Both over the same axes; `table_of` may know tables that were compiled before."""
    fields = axes(one, other)
    return Pair(one, other, widened(table_of(one), fields), widened(table_of(other), fields))


def examples(both: Pair, cells: Bools, *, by_other_clauses: bool = False) -> list[Example]:
    """One smallest act for each different way in which the two differ: act, item, both verdicts, the first one's own clauses.

    With `by_other_clauses` acts that the second decides by different clauses are told apart too.
    """
    one, other = both.one_table, both.other_table
    act_axis, item_axis = one.fields.index("act"), one.fields.index("item")
    places = np.argwhere(cells)
    if not len(places):
        return []
    at = tuple(places.T)
    # One number for each way of differing, so that numpy finds the first cell and the size of every group.
    ways = (places[:, act_axis].astype(np.int64) * 8 + places[:, item_axis]) * 8 + one.verdicts[at]
    ways = (ways * 8 + other.verdicts[at]) * len(one.sets) + one.clause_sets[at]
    if by_other_clauses:
        ways = ways * len(other.sets) + other.clause_sets[at]
    _, first, sizes = np.unique(ways, return_index=True, return_counts=True)
    merged: dict[str, Example] = {}
    for position, size in zip(first, sizes, strict=True):
        example = _example(both, tuple(int(axis) for axis in places[position]), int(size))
        same = str(replace(example, cells=0))
        merged[same] = replace(example, cells=example.cells + (merged[same].cells if same in merged else 0))
    return list(merged.values())


def _example(both: Pair, cell: tuple[int, ...], size: int) -> Example:
    one, other = both.one_table, both.other_table
    kept = _smallest(both, cell)
    return Example(
        activity({name: value for name, value in one.act(cell).items() if name in kept}),
        CELL_VERDICTS[one.verdicts[cell]],
        CELL_VERDICTS[other.verdicts[cell]],
        one.sets[one.clause_sets[cell]],
        other.sets[other.clause_sets[cell]],
        size,
    )


def _smallest(both: Pair, cell: tuple[int, ...]) -> list[str]:
    """The fields that both verdicts need: the others may take any value without changing either."""
    place: list[Any] = list(cell)
    wanted = both.one_table.verdicts[cell], both.other_table.verdicts[cell]
    for axis, name in enumerate(both.one_table.fields):
        if name == "act":
            continue
        given, place[axis] = place[axis], slice(None)
        same = all(
            (table.verdicts[tuple(place)] == code).all() for table, code in zip((both.one_table, both.other_table), wanted, strict=True)
        )
        if not same:
            place[axis] = given
    return [name for axis, name in enumerate(both.one_table.fields) if not isinstance(place[axis], slice)]


def activity(facts: Mapping[str, str]) -> dict[str, Any]:
    """The facts of a cell as an activity that `decide` understands: an assisted act is written out."""
    told: dict[str, Any] = {name: value for name, value in facts.items() if name != "underlying"}
    if "underlying" in facts:
        told["underlying"] = dict(PROHIBITED_ACT if facts["underlying"] == "prohibited" else OTHER_ACT)
    return told
