"""The semantics, on the packaged law: the plain walk, the compiled table and the answer about unknown facts say the same."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.clause import Variant
from mineaction.policies.table import Table
from mineaction.policies.unknowns import answer, possible_verdicts, verdict
from mineaction.policies.walk import ready, verdict_of, walk_clauses
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.verdict import CELL_VERDICTS, UNDETERMINED
from mineaction.terms.vocabulary import FIELDS
from tests.policies.packaged_variants import name_of, table_of, variants

VARIANTS = variants()
# A table is kept small enough for the caches of a processor; the largest allowed is far away.
CELLS_USUAL_MAX = 300_000

VERDICT_TABLE = """
forbid permit oblige unsettled   verdict
     -      -      -         -   not_addressed
     x      -      -         -   prohibited
     -      x      -         -   permitted
     -      -      x         -   obliged
     -      x      x         -   obliged
     x      x      -         -   conflict
     x      -      x         -   conflict
     x      x      x         -   conflict
     -      -      -         x   undetermined
     x      -      -         x   undetermined
     -      x      -         x   undetermined
     -      -      x         x   undetermined
     -      x      x         x   undetermined
     x      x      -         x   undetermined
     x      -      x         x   undetermined
     x      x      x         x   undetermined
"""


def test_the_verdict_of_live_clauses_is_this_table() -> None:
    head, *rows = [line.split() for line in VERDICT_TABLE.strip().splitlines()]
    seen = {frozenset(kind for kind, mark in zip(head[:-1], row[:-1], strict=True) if mark == "x"): row[-1] for row in rows}
    assert len(seen) == 2 ** len(head[:-1]), "every combination of the kinds stands in the table"
    assert {kinds: verdict_of(set(kinds)) for kinds in seen} == seen


def classes(variant: Variant, name: str) -> list[list[str]]:
    """The values of a field that no condition of the variant tells apart."""
    tests = [one[name] for clause in variant.clauses for one in (*clause.when, *clause.duty_when) if name in one]
    found: dict[tuple[bool, ...], list[str]] = {}
    for value in FIELDS[name].values:
        found.setdefault(tuple(value in test for test in tests), []).append(value)
    return list(found.values())


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_the_table_says_what_the_walk_says_in_every_cell(variant: Variant) -> None:
    # Exact without walking every cell: one walk for each combination of classes of values that no condition tells apart, and the
    # table must be the same all over the class.
    table = table_of(variant.version_id, variant.reading)
    made_ready = ready(variant)
    by_field = [classes(variant, name) for name in table.fields]
    for axis, (name, found) in enumerate(zip(table.fields, by_field, strict=True)):
        for values in found:
            places = [FIELDS[name].values.index(value) for value in values]
            for grid in (table.verdicts, table.clause_sets):
                same = np.take(grid, places, axis)
                assert (same == np.take(same, [0], axis)).all(), f"{name}: {values} are told apart by the table alone"
    for chosen in itertools.product(*by_field):
        act = {name: one[0] for name, one in zip(table.fields, chosen, strict=True)}
        told, cell = walk_clauses(*made_ready, act), table.cell(act)
        assert (told.verdict, told.clauses) == (CELL_VERDICTS[table.verdicts[cell]], table.sets[table.clause_sets[cell]]), act


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_a_table_is_small(variant: Variant) -> None:
    table = table_of(variant.version_id, variant.reading)
    assert table.verdicts.size == table.clause_sets.size <= CELLS_USUAL_MAX < TABLE_CELLS_MAX
    assert (table.verdicts.itemsize, table.clause_sets.itemsize) == (1, 2), "bytes a cell"


def sub_table(table: Table, known: Mapping[str, str]) -> tuple[tuple[str, ...], np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """The verdicts of every completion of the known facts, one axis for each open field."""
    index = tuple(FIELDS[name].values.index(known[name]) if name in known else slice(None) for name in table.fields)
    return tuple(name for name in table.fields if name not in known), table.verdicts[index]


def settles(verdicts: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], chosen: tuple[int, ...]) -> bool:
    rest = tuple(axis for axis in range(verdicts.ndim) if axis not in chosen)
    return bool((verdicts.max(axis=rest) == verdicts.min(axis=rest)).all()) if rest else True


@st.composite
def questions(draw: st.DrawFn) -> tuple[Variant, dict[str, str]]:
    """A variant and facts of which some are known, with fields that it does not read among them."""
    variant = draw(st.sampled_from(VARIANTS))
    known = draw(st.sets(st.sampled_from(list(FIELDS)), min_size=3))
    return variant, {name: draw(st.sampled_from(FIELDS[name].values)) for name in sorted(known)}


@given(questions())
def test_a_missing_fact_is_answered_as_all_its_completions_together(question: tuple[Variant, dict[str, str]]) -> None:
    variant, known = question
    told = answer(variant, known)
    _, cells = sub_table(table_of(variant.version_id, variant.reading), known)
    possible = sorted({CELL_VERDICTS[code] for code in np.unique(cells)})
    assert list(told.possible) == possible
    assert told.verdict == (possible[0] if len(possible) == 1 else UNDETERMINED)
    assert possible_verdicts(variant, known) == set(possible)
    assert verdict(variant, known) == told.verdict


@given(questions())
def test_the_missing_facts_settle_the_question_and_no_smaller_set_does(question: tuple[Variant, dict[str, str]]) -> None:
    variant, known = question
    fields, cells = sub_table(table_of(variant.version_id, variant.reading), known)
    missing = {frozenset(names) for names in answer(variant, known).missing}
    if len(np.unique(cells)) == 1:
        assert missing == set()
        return
    every = (chosen for size in range(len(fields) + 1) for chosen in itertools.combinations(range(len(fields)), size))
    enough = [frozenset(fields[one] for one in chosen) for chosen in every if settles(cells, chosen)]
    assert missing == {one for one in enough if not any(other < one for other in enough)}


@given(questions())
def test_one_more_fact_never_makes_a_settled_question_open_again(question: tuple[Variant, dict[str, str]]) -> None:
    variant, known = question
    if (told := answer(variant, known)).verdict == UNDETERMINED:
        return
    for name in variant.fields:
        for value in FIELDS[name].values if name not in known else ():
            assert answer(variant, known | {name: value}).verdict == told.verdict


@given(questions())
def test_duties_that_are_listed_hold_under_every_completion(question: tuple[Variant, dict[str, str]]) -> None:
    variant, known = question
    told = answer(variant, known)
    made_ready = ready(variant)
    by_field = [[known[name]] if name in known else [values[0] for values in classes(variant, name)] for name in variant.fields]
    walked = [walk_clauses(*made_ready, dict(zip(variant.fields, values, strict=True))) for values in itertools.product(*by_field)]
    assert set(told.duties) == set.intersection(*(set(one.duties) for one in walked))
    assert set(told.clauses) == {clause for one in walked for clause in one.clauses}
