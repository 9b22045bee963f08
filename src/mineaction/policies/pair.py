"""Two variants over the same acts: the cells on which something is so, each way of differing with the smallest act that shows it.

An act is smallest when no fact of it can be left out without one of the two verdicts becoming uncertain. `decide` understands it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mineaction.policies.clause import Variant
from mineaction.policies.smallest_act import Act, Bools, helped_under, smallest_acts
from mineaction.policies.table import Table, compile_table, widened
from mineaction.terms.vocabulary import FIELDS

TableOf = Callable[[Variant], Table]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two variants over the same axes: every act, or the one that is named.

    `helped` has an act for each position of the axis `underlying`, where that is not a fact like any other.
    """

    one: Variant
    other: Variant
    one_table: Table
    other_table: Table
    act: str = ""
    helped: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One way in which two variants stand to each other: the smallest act, what each says of it, and how many acts are alike."""

    activity: dict[str, Any]
    one_verdict: str
    other_verdict: str
    one_clauses: tuple[str, ...]
    other_clauses: tuple[str, ...]
    cells: int


def axes(*variants: Variant) -> tuple[str, ...]:
    """The fields that any of them reads; act and item always, since examples differ in them."""
    return tuple(name for name in FIELDS if name in ("act", "item") or any(name in one.fields for one in variants))


def pair(one: Variant, other: Variant, table_of: TableOf = compile_table) -> Pair:
    """Both over the same axes; `table_of` may know tables that were compiled before."""
    fields = axes(one, other)
    return Pair(one, other, widened(table_of(one), fields), widened(table_of(other), fields))


def examples(both: Pair, cells: Bools, *, by_other_clauses: bool = False) -> list[Example]:
    """One smallest act for each different way in which the two differ: act, item, both verdicts, the first one's own clauses.

    With `by_other_clauses` acts that the second decides by different clauses are told apart too.
    """
    found = smallest_acts(
        (both.one_table, both.other_table),
        cells,
        by_clauses_of=2 if by_other_clauses else 1,
        act=both.act,
        helped=both.helped or helped_under(referred(both.other) or referred(both.one)),
    )
    return [Example(one.activity, one.verdicts[0], one.verdicts[1], one.clauses[0], one.clauses[1], one.cells) for one in found]


def referred(variant: Variant) -> str:
    """The instrument that says whether what is helped is prohibited; empty if the variant has no such rule."""
    return next((clause.refers_to for clause in variant.clauses if clause.refers_to), "")
