"""How do two texts lie side by side? Act by act, over the facts on which each act turns, so that texts over many facts compare too.

Two texts that refer to different instruments (what is helped is prohibited by the one or by the other) are asked about acts of their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mineaction.policies.clause import Variant
from mineaction.policies.pair import Pair, TableOf, axes, referred
from mineaction.policies.smallest_act import Helped
from mineaction.policies.table import Table, compile_table, widened
from mineaction.policies.unknowns import restricted
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE, FIELDS

# What the one and the other say of the act that is helped, when each refers to an instrument of its own. No act is prohibited by both:
# the one is about mines, the other does not apply to mines (CCM Art. 1(3)).
_HELPED: tuple[tuple[str, str], ...] = (
    ("not_prohibited", "prohibited"),
    ("prohibited", "not_prohibited"),
    ("not_prohibited", "not_prohibited"),
)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two variants as pairs of tables, one pair or more an act; `fields` are those that either reads."""

    one: Variant
    other: Variant
    fields: tuple[str, ...]
    pairs: tuple[Pair, ...]

    def weight(self, part: Pair, inside: Mapping[str, tuple[str, ...]]) -> int:
        """How many acts of the whole product one cell of a pair stands for: the values of the fields that its act does not turn on."""
        told = ("act",) if part.helped is None else ("act", "underlying")
        others = [name for name in self.fields if name not in (*told, *part.one_table.fields)]
        return math.prod(len(set(FIELDS[name].values) & set(inside.get(name, FIELDS[name].values))) for name in others)


def axes_of_act(one: Variant, other: Variant, act: str) -> tuple[str, ...]:
    """The fields on which the act turns in either; the item always, since examples differ in it."""
    read = {name for variant in (one, other) for name in restricted(variant, {"act": act}).fields}
    return tuple(name for name in FIELDS if name == "item" or name in read)


def side_by_side(one: Variant, other: Variant, table_of: TableOf = compile_table) -> SideBySide:
    """Both act by act; `table_of` may know tables that were compiled before."""
    tables = table_of(one), table_of(other)
    pairs: list[Pair] = []
    for act in ACTS:
        ours, theirs = _of_act(tables[0], one, act), _of_act(tables[1], other, act)
        fields = axes_of_act(one, other, act)
        if act in ACTS_OF_ASSISTANCE and _refer_apart(one, other):
            # What the one text refers to is never prohibited by the other: each is asked about an act of its own.
            fields = tuple(name for name in fields if name != "underlying")
            for left, right in _HELPED:
                helped = Helped(referred(one) if left == "prohibited" else referred(other) if right == "prohibited" else "", is_fixed=True)
                fixed = _fixed(ours, "underlying", left), _fixed(theirs, "underlying", right)
                pairs.append(Pair(one, other, widened(fixed[0], fields), widened(fixed[1], fields), act, helped))
        else:
            pairs.append(Pair(one, other, widened(ours, fields), widened(theirs, fields), act))
    return SideBySide(one, other, axes(one, other), tuple(pairs))


def _of_act(table: Table, variant: Variant, act: str) -> Table:
    """The part of a table that is about one act, without the fields on which that act does not turn."""
    read = restricted(variant, {"act": act}).fields
    for name in table.fields:
        if name not in read:
            table = _fixed(table, name, act if name == "act" else FIELDS[name].values[0])
    return table


def _fixed(table: Table, name: str, value: str) -> Table:
    """The table where a field has one value; the same table if it does not read the field."""
    if name not in table.fields:
        return table
    place = (slice(None),) * table.fields.index(name) + (FIELDS[name].values.index(value),)
    fields = tuple(one for one in table.fields if one != name)
    return Table(fields, np.asarray(table.verdicts[place]), np.asarray(table.clause_sets[place]), table.sets)


def _refer_apart(one: Variant, other: Variant) -> bool:
    return bool(referred(one) and referred(other)) and referred(one) != referred(other)
