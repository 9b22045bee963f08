"""Packed records have the verdicts of the table, whichever way they are looked up; states and pairs lose nothing."""

from __future__ import annotations

import numpy as np
import pytest

from mineaction.policies.packed import pack, verdicts_of
from mineaction.policies.pairs import Numbered, Pairs
from mineaction.policies.table import Table, compile_table
from mineaction.programme.compiled_law import packaged_law
from mineaction.terms.vocabulary import FIELDS

RECORDS = 200_000


@pytest.fixture(scope="module", params=[one for one in packaged_law().version_ids() if packaged_law().variant(one).fields])
def table(request: pytest.FixtureRequest) -> Table:
    return compile_table(packaged_law().variant(request.param))


def columns_of(table: Table) -> dict[str, np.ndarray]:
    random = np.random.default_rng(20220621)
    return {name: random.integers(0, len(FIELDS[name].values), RECORDS, np.uint8) for name in table.fields}


def test_every_way_to_look_up_gives_the_verdicts_of_the_table(table: Table) -> None:
    columns = columns_of(table)
    expected = table.verdicts[tuple(columns[name] for name in table.fields)]
    keys = pack(table, columns)
    assert np.array_equal(verdicts_of(table, keys, fast=False), expected)
    assert np.array_equal(verdicts_of(table, keys, fast=True), expected)
    assert np.array_equal(verdicts_of(table, keys.astype(np.int64)), expected)
    out = np.zeros(RECORDS, np.uint8)
    assert verdicts_of(table, keys, out) is out and np.array_equal(out, expected)
    assert len(verdicts_of(table, keys[:0])) == 0


def test_a_number_that_is_no_cell_is_refused(table: Table) -> None:
    for key in (-1, table.verdicts.size):
        with pytest.raises(AssertionError, match="no cell"):
            verdicts_of(table, np.array([0, key]))
    columns = columns_of(table)
    columns[table.fields[0]][5] = len(FIELDS[table.fields[0]].values)
    with pytest.raises(AssertionError, match="outside"):
        pack(table, columns)


def test_a_pair_is_worked_out_once_however_the_table_grows() -> None:
    asked: list[tuple[int, int]] = []
    numbers: Numbered[tuple[int, int]] = Numbered()

    def work_out(first: int, second: int) -> int:
        asked.append((first, second))
        return numbers.number((first, second))

    pairs = Pairs(work_out)
    random = np.random.default_rng(1)
    for size in (1, 3, 40, 7, 300):
        first, second = random.integers(0, size, 500), random.integers(0, 2 * size, 500)
        found = pairs.of(first, second, size, 2 * size)
        assert [numbers[one] for one in found.tolist()] == list(zip(first.tolist(), second.tolist(), strict=True))
    assert len(asked) == len(set(asked))
