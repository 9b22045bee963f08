"""How do two texts lie side by side? Act by act, over the facts on which each act turns, so that texts over many facts compare too.

What each hears of an act that is helped comes from the law it refers to: every way in which the two laws judge such acts is a position of
the axis `underlying`, with an act that shows it (`helped_acts.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mineaction.policies.assisted_act import referred_variant
from mineaction.policies.clause import Variant
from mineaction.policies.helped_acts import helped_acts
from mineaction.policies.law import Law
from mineaction.policies.pair import Pair, TableOf, axes
from mineaction.policies.smallest_act import Act
from mineaction.policies.table import Table, compile_table, fixed, of_act, widened
from mineaction.policies.unknowns import restricted
from mineaction.terms.verdict import CELL_VERDICTS, UNDETERMINED
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE, FIELDS


@dataclass(frozen=True, slots=True)
class Part:
    """What several texts say of one act, over the same axes; `helped` has an act for each position of the axis `underlying`."""

    act: str
    tables: tuple[Table, ...]
    helped: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two variants as pairs of tables, one pair an act; `fields` are those that either reads."""

    one: Variant
    other: Variant
    fields: tuple[str, ...]
    pairs: tuple[Pair, ...]

    def weight(self, part: Pair, inside: Mapping[str, tuple[str, ...]]) -> int:
        """How many acts of the whole product one cell of a pair stands for: the values of the fields that its act does not turn on."""
        return weight(self.fields, part.one_table.fields, inside)


def weight(fields: Sequence[str], of_part: Sequence[str], inside: Mapping[str, tuple[str, ...]]) -> int:
    """How many acts over all `fields` one cell over the fields of a part stands for."""
    others = [name for name in fields if name not in ("act", *of_part)]
    return math.prod(len(set(FIELDS[name].values) & set(inside.get(name, FIELDS[name].values))) for name in others)


def axes_of_act(variants: Sequence[Variant], act: str) -> tuple[str, ...]:
    """The fields on which the act turns in any of them; the item always, since examples differ in it."""
    read = {name for variant in variants for name in restricted(variant, {"act": act}).fields}
    return tuple(name for name in FIELDS if name == "item" or name in read)


def side_by_side(law: Law, one: Variant, other: Variant, table_of: TableOf = compile_table, reading: str = "") -> SideBySide:
    """Both act by act; `table_of` may know tables that were compiled before; `reading` is the one asked for, of whatever text has it."""
    parts = act_by_act(law, (one, other), table_of, reading)
    pairs = [Pair(one, other, part.tables[0], part.tables[1], part.act, part.helped) for part in parts]
    return SideBySide(one, other, axes(one, other), tuple(pairs))


def act_by_act(law: Law, variants: Sequence[Variant], table_of: TableOf, reading: str = "") -> list[Part]:
    """Any number of texts, act by act."""
    helped = helped_acts([referred_variant(law, one, reading) for one in variants], table_of)
    whole = [table_of(one) for one in variants]
    parts: list[Part] = []
    for act in ACTS:
        tables = [of_act(table, variant, act) for table, variant in zip(whole, variants, strict=True)]
        fields = axes_of_act(variants, act)
        if act in ACTS_OF_ASSISTANCE and "underlying" in fields:
            others = tuple(name for name in fields if name != "underlying")
            heard = [_heard(table, others, [one.heard[place] for one in helped]) for place, table in enumerate(tables)]
            parts.append(Part(act, tuple(heard), tuple(one.activity for one in helped)))
        else:
            parts.append(Part(act, tuple(widened(one, fields) for one in tables), ()))
    return parts


def _heard(table: Table, fields: tuple[str, ...], heard: Sequence[str]) -> Table:
    """The table over these fields and, last, an axis with a position for each act that is helped."""
    prohibited, free = (widened(fixed(table, "underlying", value), fields) for value in FIELDS["underlying"].values)
    told = {"prohibited": prohibited, "not_prohibited": free}
    if "open" in heard:
        told["open"] = _either(prohibited, free)
        sets = told["open"].sets
    else:
        sets = table.sets
    verdicts = np.stack([told[one].verdicts for one in heard], axis=-1)
    return Table((*fields, "underlying"), verdicts, np.stack([told[one].clause_sets for one in heard], axis=-1), sets)


def _either(one: Table, other: Table) -> Table:
    """What follows when either may be so: the verdict of both, else undetermined, resting on the clauses of both."""
    undetermined = np.uint8(CELL_VERDICTS.index(UNDETERMINED))
    verdicts = np.where(one.verdicts == other.verdicts, one.verdicts, undetermined)
    both, sets_of_cells = np.unique(np.stack([one.clause_sets.reshape(-1), other.clause_sets.reshape(-1)]), axis=1, return_inverse=True)
    joined = [tuple(dict.fromkeys((*one.sets[a], *other.sets[b]))) for a, b in both.T.tolist()]
    clause_sets = (len(one.sets) + sets_of_cells.reshape(one.clause_sets.shape)).astype(np.uint32)
    return Table(one.fields, verdicts, clause_sets, (*one.sets, *joined))
