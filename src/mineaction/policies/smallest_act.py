"""The smallest act that shows a difference: only the facts that are needed, whatever the others turn out to be.

Works on arrays with one axis a field, so that every act is looked at; an act is shown for one cell of each way in which the arrays differ,
widened along every field that changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mineaction.policies.table import Table
from mineaction.terms.verdict import CELL_VERDICTS
from mineaction.terms.vocabulary import FIELDS

Bools = npt.NDArray[np.bool_]
Act = dict[str, str]
# An act that a State Party may not do, and one that it may do, by the instrument referred to: they stand for `underlying` in an example
# where it is a fact like any other. Every other instrument that clauses refer to is about anti-personnel mines.
_USE_OF_A_MINE = {"act": "use", "item": "anti_personnel_mine", "initiation": "victim"}
_PROHIBITED_ACTS = {"ccm": {"act": "use", "item": "cluster_munition"}}
OTHER_ACT = {"act": "use", "item": "other"}


@dataclass(frozen=True, slots=True)
class SmallestAct:
    """An act as `decide` takes it, what each table says about it under which clauses, and how many acts differ in the same way."""

    activity: dict[str, Any]
    verdicts: tuple[str, ...]
    clauses: tuple[tuple[str, ...], ...]
    cells: int


def helped_under(instrument: str) -> tuple[Act, ...]:
    """An act for each value of `underlying`, in their order, where this instrument says what is prohibited."""
    return _PROHIBITED_ACTS.get(instrument, _USE_OF_A_MINE), OTHER_ACT


def smallest_acts(
    tables: tuple[Table, ...], cells: Bools, *, by_clauses_of: int = 1, act: str = "", helped: Sequence[Act] = ()
) -> list[SmallestAct]:
    """One smallest act for each different way among `cells`: act, item, every verdict, the clauses of the first table or tables.

    `act` is told where the tables are about one act and have no axis for it. `helped` has an act for each position of `underlying`.
    """
    first = tables[0]
    places = np.argwhere(cells)
    if not len(places):
        return []
    at = tuple(places.T)
    # One number for each way of differing, so that numpy finds the first cell and the size of every group.
    acts = places[:, first.fields.index("act")].astype(np.int64) if "act" in first.fields else np.zeros(len(places), np.int64)
    ways = acts * len(FIELDS["item"].values) + places[:, first.fields.index("item")]
    for table in tables:
        ways = ways * len(CELL_VERDICTS) + table.verdicts[at]
    for table in tables[:by_clauses_of]:
        ways = ways * len(table.sets) + table.clause_sets[at]
    _, starts, sizes = np.unique(ways, return_index=True, return_counts=True)
    merged: dict[str, SmallestAct] = {}
    for position, size in zip(starts, sizes, strict=True):
        one = _smallest_act(tables, tuple(int(place) for place in places[position]), int(size), act, helped)
        key = str((one.activity, one.verdicts, one.clauses))
        held = merged.get(key)
        merged[key] = one if held is None else SmallestAct(one.activity, one.verdicts, one.clauses, held.cells + one.cells)
    return list(merged.values())


def _smallest_act(tables: tuple[Table, ...], cell: tuple[int, ...], size: int, act: str, helped: Sequence[Act]) -> SmallestAct:
    kept = needed_fields(tables[0].fields, [table.verdicts for table in tables], cell)
    told: dict[str, Any] = {"act": act} if act else {}
    for name, place in zip(tables[0].fields, cell, strict=True):
        if name in kept:
            told[name] = dict(helped[place]) if name == "underlying" else FIELDS[name].values[place]
    return SmallestAct(
        told,
        tuple(CELL_VERDICTS[table.verdicts[cell]] for table in tables),
        tuple(table.sets[table.clause_sets[cell]] for table in tables),
        size,
    )


def needed_fields(fields: Sequence[str], arrays: Sequence[npt.NDArray[Any]], cell: tuple[int, ...]) -> list[str]:
    """The fields that the values of `arrays` in `cell` need: the others may take any value without changing one. The act is one."""
    place: list[Any] = list(cell)
    for axis, name in enumerate(fields):
        if name == "act":
            continue
        given, place[axis] = place[axis], slice(None)
        if not all((array[tuple(place)] == array[cell]).all() for array in arrays):
            place[axis] = given
    return [name for axis, name in enumerate(fields) if not isinstance(place[axis], slice)]


def activity(facts: Mapping[str, str], helped: Sequence[Act]) -> dict[str, Any]:
    """The facts of a cell as an activity that `decide` understands: an assisted act is written out."""
    told: dict[str, Any] = {name: value for name, value in facts.items() if name != "underlying"}
    if "underlying" in facts:
        told["underlying"] = dict(helped[FIELDS["underlying"].values.index(facts["underlying"])])
    return told
