"""What is different between two texts, over every possible act: verdicts that change, clauses that differ, and what each difference does.

The effect of a differing clause is exact: `verdict` if it holds on one side only for an act whose verdict changes, `attribute` if a duty,
deadline, proviso or force differs, `clauses` if only the clauses that decide differ, `none` if an answer stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.policies.clause import Clause, Condition
from mineaction.policies.pair import Example, Pair, examples
from mineaction.policies.smallest_act import Bools
from mineaction.policies.table import Table, deciding_cells

EFFECTS = ("verdict", "attribute", "clauses", "none")
# Attributes of a clause that make it hold for other acts, or make other clauses hold for them.
_DECIDES = ("kind", "condition", "force", "defeats", "suspends")
# Attributes that an answer prints beside its verdict.
_PRINTED = ("do", "triggered by", "deadline", "proviso", "force")


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both texts over the same acts: the acts whose verdict, or whose deciding clauses differ; where each clause of a side holds."""

    verdicts: Bools
    clauses: Bools
    one: dict[str, Bools]
    other: dict[str, Bools]


def difference(both: Pair) -> dict[str, Any]:
    """`{"acts", "changed", "effect", "verdicts": [...], "clauses": [...]}`; side `a` is the first of the pair."""
    sides = _sides(both)
    clauses = list(_clauses(both, sides))
    has_changed = bool(sides.verdicts.any())
    effect = "verdict" if has_changed else min((one["effect"] for one in clauses), key=EFFECTS.index, default="none")
    return {
        "acts": int(sides.verdicts.size),
        "changed": int(sides.verdicts.sum()),
        "effect": effect,
        "verdicts": _by_verdicts(examples(both, sides.verdicts, by_other_clauses=True)),
        "clauses": clauses,
    }


def _sides(both: Pair) -> _Sides:
    one, other = both.one_table, both.other_table
    numbers: dict[frozenset[str], int] = {}
    return _Sides(
        np.asarray(one.verdicts != other.verdicts),
        np.asarray(_numbered(one, numbers) != _numbered(other, numbers)),
        deciding_cells(both.one, one.fields),
        deciding_cells(both.other, other.fields),
    )


def _numbered(table: Table, numbers: dict[frozenset[str], int]) -> Any:
    """The deciding clauses of every cell as a number that both tables give to the same clauses."""
    return np.array([numbers.setdefault(frozenset(ids), len(numbers)) for ids in table.sets])[table.clause_sets]


def _by_verdicts(found: Iterable[Example]) -> list[dict[str, Any]]:
    """One row for each change of verdict, the most acts first, each with its smallest acts, the most acts first."""
    groups: dict[tuple[str, str], list[Example]] = {}
    for one in found:
        groups.setdefault((one.one_verdict, one.other_verdict), []).append(one)
    sizes = {change: sum(one.cells for one in alike) for change, alike in groups.items()}
    return [
        {"a": change[0], "b": change[1], "cells": sizes[change]}
        | {"examples": [_example(one) for one in sorted(groups[change], key=lambda one: -one.cells)]}
        for change in sorted(groups, key=lambda change: -sizes[change])
    ]


def _example(one: Example) -> dict[str, Any]:
    return {"activity": one.activity, "clauses": {"a": list(one.one_clauses), "b": list(one.other_clauses)}, "cells": one.cells}


def _clauses(both: Pair, sides: _Sides) -> Iterator[dict[str, Any]]:
    """The clauses of one side only, and those of the same id that are not the same."""
    one = {clause.id: clause for clause in both.one.clauses}
    other = {clause.id: clause for clause in both.other.clauses}
    for clause_id in dict.fromkeys((*one, *other)):
        a, b = one.get(clause_id), other.get(clause_id)
        attributes = [{"attribute": name, "a": left, "b": right} for name, left, right in _attributes(a, b) if left != right]
        if attributes:
            change = "changed" if a and b else "only_in_a" if a else "only_in_b"
            effect = _effect(clause_id, a, b, {str(row["attribute"]) for row in attributes}, sides)
            yield {"id": clause_id, "change": change, "effect": effect, "attributes": attributes}


def _attributes(a: Clause | None, b: Clause | None) -> Iterator[tuple[str, Any, Any]]:
    """Each attribute on both sides; of a clause that stands on one side only its kind, condition, proviso, deadline and words."""
    for name, value in _VALUES.items():
        if (a and b) or name in ("kind", "condition", "proviso", "deadline", "text"):
            yield name, value(a) if a else "", value(b) if b else ""


def _conditions(when: Iterable[Condition]) -> list[dict[str, list[str]]] | str:
    return [{name: sorted(values) for name, values in one.items()} for one in when] or ""


_VALUES: dict[str, Any] = {
    "kind": lambda clause: clause.kind,
    "condition": lambda clause: _conditions(clause.when),
    "do": lambda clause: ", ".join(clause.do),
    "triggered by": lambda clause: _conditions(clause.duty_when),
    "deadline": lambda clause: clause.deadline,
    "proviso": lambda clause: clause.proviso,
    "force": lambda clause: clause.force,
    "defeats": lambda clause: ", ".join(clause.defeats),
    "suspends": lambda clause: ", ".join(clause.suspends),
    "refers to": lambda clause: clause.refers_to,
    "why": lambda clause: clause.why,
    "text": lambda clause: clause.texts[0].says,
}


def _effect(clause_id: str, a: Clause | None, b: Clause | None, differing: set[str], sides: _Sides) -> str:
    held = _held_by_one(clause_id, a, b, sides)
    decides = bool(differing & set(_DECIDES))
    if decides and (held & sides.verdicts).any():
        return "verdict"
    one = a or b
    assert one is not None, "a clause stands on one side at least"
    if differing & set(_PRINTED) if a and b else one.proviso or one.kind == "oblige":
        return "attribute"
    return "clauses" if decides and (held & sides.clauses).any() else "none"


def _held_by_one(clause_id: str, a: Clause | None, b: Clause | None, sides: _Sides) -> Bools:
    """The acts for which the clause holds on one side only, or on both with another meaning."""
    nowhere = np.zeros(sides.verdicts.shape, bool)
    one, other = sides.one.get(clause_id, nowhere), sides.other.get(clause_id, nowhere)
    is_same_kind = a is None or b is None or a.kind == b.kind
    return np.asarray(one != other if is_same_kind else one | other)
