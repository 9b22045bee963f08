"""One variant over the whole fact space as an array: the second backend, exact and fast.

`verdicts` is uint8, an index into `CELL_VERDICTS`; `clause_sets` is uint16 (uint32 for a version with more than 65,535 sets), an index
into `sets`, the tuples of deciding clause ids. Both have one axis a field, in the order of `fields`, with the values in the order of the
vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mineaction.policies.clause import Clause, Condition, Variant
from mineaction.policies.unknowns import restricted
from mineaction.policies.walk import edges, verdict_of
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.verdict import CELL_VERDICTS
from mineaction.terms.vocabulary import FIELDS

Bools = npt.NDArray[np.bool_]
# The clauses live in a cell are kept as bits beside the number of the set found before: 40 bits for clauses, 24 for sets, of which there
# are no more than cells.
_CLAUSES_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Table:
    """The verdict and the deciding clauses of every cell; see the module for shapes and codes."""

    fields: tuple[str, ...]
    verdicts: npt.NDArray[np.uint8]
    clause_sets: npt.NDArray[np.uint16 | np.uint32]
    sets: tuple[tuple[str, ...], ...]

    def verdict(self, act: Mapping[str, str]) -> str:
        """The verdict of one fully known act."""
        return CELL_VERDICTS[self.verdicts[self.cell(act)]]

    def cell(self, act: Mapping[str, str]) -> tuple[int, ...]:
        return tuple(FIELDS[name].values.index(act[name]) for name in self.fields)

    def act(self, cell: tuple[int, ...]) -> dict[str, str]:
        """The facts of one cell."""
        return {name: FIELDS[name].values[position] for name, position in zip(self.fields, cell, strict=True)}


def widened(table: Table, fields: tuple[str, ...]) -> Table:
    """The same table with one axis for each of `fields`, which contain its own: two tables then compare cell by cell."""
    shape = tuple(len(FIELDS[name].values) for name in fields)
    own = tuple(length if name in table.fields else 1 for name, length in zip(fields, shape, strict=True))
    # Copies, because reading a repeated axis again and again costs more than writing it out once.
    verdicts = np.ascontiguousarray(np.broadcast_to(table.verdicts.reshape(own), shape))
    clause_sets = np.ascontiguousarray(np.broadcast_to(table.clause_sets.reshape(own), shape))
    return Table(fields, verdicts, clause_sets, table.sets)


def fixed(table: Table, name: str, value: str) -> Table:
    """The table where a field has one value; the same table if it does not read the field."""
    if name not in table.fields:
        return table
    place = (slice(None),) * table.fields.index(name) + (FIELDS[name].values.index(value),)
    fields = tuple(one for one in table.fields if one != name)
    return Table(fields, np.asarray(table.verdicts[place]), np.asarray(table.clause_sets[place]), table.sets)


def of_act(table: Table, variant: Variant, act: str) -> Table:
    """The part of a table that is about one act, without the fields on which that act does not turn."""
    read = restricted(variant, {"act": act}).fields
    for name in table.fields:
        if name not in read:
            table = fixed(table, name, act if name == "act" else FIELDS[name].values[0])
    return table


def compile_table(variant: Variant, fields: tuple[str, ...] = ()) -> Table:
    """The table of `variant` over its own fields, or over a wider set so that two variants can be compared cell by cell."""
    axes = fields or variant.fields
    shape = tuple(len(FIELDS[name].values) for name in axes)
    assert np.prod(shape) <= TABLE_CELLS_MAX, f"{variant.version_id}: {np.prod(shape)} cells"
    compiled = variant.compiled
    live_cells = _deciding(compiled, axes, shape)
    members: list[tuple[Clause, ...]] = [()]
    cells = np.zeros(shape, np.uint32)
    deciding = [clause for clause in compiled if clause.kind != "except"]
    for start in range(0, len(deciding), _CLAUSES_AT_ONCE):
        chunk = deciding[start : start + _CLAUSES_AT_ONCE]
        masks = cells.astype(np.uint64) << np.uint64(_CLAUSES_AT_ONCE)
        for position, clause in enumerate(chunk):
            masks |= live_cells[clause.id].astype(np.uint64) << np.uint64(position)
        unique, sets_of_cells = np.unique(masks, return_inverse=True)
        members = [
            members[int(mask) >> _CLAUSES_AT_ONCE] + tuple(clause for position, clause in enumerate(chunk) if int(mask) >> position & 1)
            for mask in unique
        ]
        cells = sets_of_cells.reshape(shape).astype(np.uint32)
    codes = np.array([CELL_VERDICTS.index(verdict_of({one.kind for one in live})) for live in members], np.uint8)
    kept = cells.astype(np.uint16) if len(members) <= np.iinfo(np.uint16).max else cells
    # A version without rules has one cell and no axis: numpy would give a bare number for it.
    return Table(axes, np.asarray(codes[cells]), kept, tuple(tuple(one.id for one in live) for live in members))


def deciding_cells(variant: Variant, axes: tuple[str, ...]) -> dict[str, Bools]:
    """For each clause that can change a verdict the cells, over these axes, in which it is live; an `except` switches off there."""
    return _deciding(variant.compiled, axes, tuple(len(FIELDS[name].values) for name in axes))


def _deciding(compiled: list[Clause], axes: tuple[str, ...], shape: tuple[int, ...]) -> dict[str, Bools]:
    """For each clause the cells in which it is live and its own condition (not only its duty's trigger) holds."""
    attackers = edges(compiled)
    by_id = {clause.id: clause for clause in compiled}
    live: dict[str, Bools] = {}

    def live_cells(clause: Clause) -> Bools:
        if clause.id not in live:
            holds = _cells(clause.when, axes, shape) | _cells(clause.duty_when, axes, shape)
            for attacker in attackers[clause.id]:
                holds = holds & ~live_cells(by_id[attacker])
            live[clause.id] = holds
        return live[clause.id]

    return {clause.id: live_cells(clause) & _cells(clause.when, axes, shape) for clause in compiled}


def _cells(when: tuple[Condition, ...], axes: tuple[str, ...], shape: tuple[int, ...]) -> Bools:
    cells = np.zeros(shape, bool)
    for condition in when:
        held: Bools = np.ones((1,) * len(shape), bool)
        for name, values in condition.items():
            mask = np.array([value in values for value in FIELDS[name].values])
            place = axes.index(name)
            held = held & mask.reshape((1,) * place + (-1,) + (1,) * (len(shape) - place - 1))
        cells |= held
    return cells
