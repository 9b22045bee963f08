"""One policy asked about ten million records: packed look-ups beside what else answers such a question.

Every engine has the same policy, written by hand in its own terms, and the same records with every fact known; its verdicts are compared
one by one with the table compiled from the clauses, and a sample of that table with the clauses walked one by one. Each engine gets its
records in the form it likes best before the clock starts. Slow engines get fewer records; the ratio is per record, of CPU seconds, and
more than 1 is slower than the package without its extras. Figures are the best of several rounds; the engines of the first six rows take
turns in one process, every other engine has a process of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import policy_records
from benchmarks.peers import NotRunError, told
from benchmarks.table import Row, figure

RECORDS = 10_000_000
SECONDS = 20  # for the rounds of one process
GOAL_TO_TAKE = 0.8  # the promise without numba: rows per second over those of numpy.take on a packed key
GOAL_TO_BRANCHES = 2.0  # the promise with numba: rows per second over those of conditions in a compiled loop over raw columns

OURS, OURS_FAST, TAKE, BRANCHES = "packed_table", "packed_table_fast", "numpy_take", "numba_branches"
# file of the engine -> what it is called in the table
IN_TURN = {
    OURS: "packed look-up",
    OURS_FAST: "packed look-up, extra fast",
    "packed_table_on_threads": "packed look-up, extra fast, every core",
    TAKE: "numpy.take on a packed key",
    BRANCHES: "numba if/else on raw columns",
    "numba_branches_on_threads": "numba if/else on raw columns, every core",
}
# group, file of the engine, what it is called, how many records
ALONE = (
    ("bench-arrays", "polars_when", "Polars when/then, every core", RECORDS),
    ("bench-arrays", "duckdb_case", "DuckDB CASE, every core", RECORDS),
    ("bench-openfisca", "openfisca", "OpenFisca-Core", 1_000_000),
    ("bench-arrays", "plain_python", "plain Python function", 1_000_000),
    ("bench-engines", "zen_table", "ZEN decision table", 100_000),
    ("bench-engines", "rego", "Rego (OPA) by regorus", 100_000),
    ("bench-engines", "cel_expression", "CEL expression", 100_000),
    ("bench-engines", "clingo_program", "clingo program", 50_000),
    ("bench-engines", "cedar", "Cedar batch", 20_000),
)
Figures = dict[str, Any]


def rows() -> Iterator[Row]:
    """Goals first, then every engine, fastest form of the question first."""
    with tempfile.TemporaryDirectory(prefix="mineaction-bench-") as name:
        folder = Path(name)
        expected = policy_records.write(folder, RECORDS)
        sample = f"{policy_records.WALKED:,} cells of {policy_records.VERSION}"
        yield Row("cells that differ from the clauses walked one by one", float(policy_records.walked_differently()), "cells", 0, sample)
        try:
            in_turn = told("bench-arrays", str(folder), str(RECORDS), str(SECONDS), *IN_TURN)
        except NotRunError as why:
            yield Row("the package and its nearest peers", f"not run: {why}", "x", GOAL_TO_TAKE, "", at_least=True)
            return
        yield ratio("numpy.take on a packed key", in_turn[OURS], in_turn[TAKE], GOAL_TO_TAKE)
        yield ratio("numba if/else, with the extra fast", in_turn[OURS_FAST], in_turn[BRANCHES], GOAL_TO_BRANCHES)
        ours = in_turn[OURS]["cpu_s"] / RECORDS
        for engine, called in IN_TURN.items():
            yield row(called, in_turn[engine], RECORDS, ours, differing(folder, engine, expected))
        for group, engine, called, count in ALONE:
            try:
                figures = told(group, str(folder), str(count), str(SECONDS), engine)[engine]
            except NotRunError as why:
                yield Row(called, f"not run: {why}", "", None, "")
                continue
            yield row(called, figures, count, ours, differing(folder, engine, expected))


def ratio(peer: str, ours: Figures, theirs: Figures, goal: float) -> Row:
    """How many times the rows per second of a peer."""
    how = f"CPU seconds of one thread; by the clock {theirs['wall_s'] / ours['wall_s']:.2f} x; best of {ours['rounds']} rounds in turn"
    return Row(f"rows per second over {peer}", theirs["cpu_s"] / ours["cpu_s"], "x", goal, how, at_least=True)


def row(called: str, figures: Figures, count: int, ours: float, differ: int) -> Row:
    """An engine beside ours; answers that differ are its result, whatever its speed."""
    rate = f"{figure(count / figures['wall_s'])} a second"
    how = f"{count:,} records: {figures['cpu_s']:.4f} CPU s, {figures['wall_s']:.4f} s by the clock, {rate}; {figures['version']}"
    if differ:
        return Row(called, f"{differ:,} answers differ", "answers", 0, how)
    return Row(called, figures["cpu_s"] / count / ours, "x", None, f"{how}; same answers")


def differing(folder: Path, engine: str, expected: policy_records.Column) -> int:
    """How many answers of the engine are not the expected ones."""
    answers = np.load(folder / f"answers-{engine}.npy")
    return int((answers != expected[: len(answers)]).sum())
