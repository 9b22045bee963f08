"""What the law costs once Python runs: compiling every version, one decision, a comparison. CPU seconds, median of several runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.table import Row
from mineaction.policies import compare as comparing
from mineaction.policies.analysis import check
from mineaction.policies.clause import Variant
from mineaction.policies.consequence import consequence
from mineaction.policies.law import Law, law_from
from mineaction.policies.side_by_side import side_by_side
from mineaction.policies.table import Table, compile_table
from mineaction.programme import compiled_law
from mineaction.programme.changed_law import changed_law
from mineaction.programme.decisions import decide
from mineaction.programme.what_if import what_if

GOAL_COMPILE_S = 0.5  # the promise for compiling a policy from its file to its table
GOAL_COMPILE_ALL_S = 3.0  # the promise for compiling all that is packaged
GOAL_TABLE_MB = 4.0  # the promise for the largest table: what a processor's cache holds
GOAL_COMPARE_S = 0.1  # the promise for a comparison on compiled tables
GOAL_CHECK_S = 0.1  # the promise for the findings of one version and for a change of text, every reading
GOAL_DECIDE_S = 0.001  # the promise for one decision with its explanation, warm
RUNS = 7


def rows() -> Iterator[Row]:
    """Compile, compare, decide."""
    law = compiled_law.packaged_law()
    how = f"median of {RUNS}"
    yield Row("read and check every policy file", median_cpu_s(compiled_law.compiled), "CPU s", GOAL_COMPILE_S, how)
    yield from _tables(law)
    policy, treaty = law.variant("us_apl_policy@2022-06-21"), law.variant("apmbc@1999-03-01")
    yield Row("both tables over shared fields", median_cpu_s(lambda: side_by_side(law, policy, treaty)), "CPU s", GOAL_COMPILE_S, how)
    both = side_by_side(law, policy, treaty)
    cells = sum(one.one_table.verdicts.size for one in both.pairs)
    yield Row("compare on the tables", median_cpu_s(lambda: comparing.compare(both, {})), "CPU s", GOAL_COMPARE_S, f"{cells} cells")
    yield from _findings(law)
    yield Row("one decision, every instrument and reading", median_cpu_s(_decide), "CPU s", GOAL_DECIDE_S, f"{how}, warm")


def _tables(law: Law) -> Iterator[Row]:
    """Every version under every reading: the largest table, the slowest one, and all of them from the files on."""
    variants = [law.variant(one, reading.name) for one in law.version_ids() for reading in law.version(one).readings]
    tables = {f"{one.version_id} as {one.reading}": compile_table(one) for one in variants}
    largest = max(tables, key=lambda one: size_mb(tables[one]))
    cells = f"{largest}: {tables[largest].verdicts.size:,} cells"
    yield Row("largest table, verdicts and clauses", size_mb(tables[largest]), "MB", GOAL_TABLE_MB, cells)
    seconds = {name: median_cpu_s(partial(compile_table, one)) for name, one in zip(tables, variants, strict=True)}
    slowest = max(seconds, key=lambda one: seconds[one])
    yield Row("slowest table", seconds[slowest], "CPU s", GOAL_COMPILE_S, slowest)
    whole = _cpu_s(lambda: [compile_table(one) for one in _variants_from_files()])
    yield Row("every instrument, from files to tables", whole, "CPU s", GOAL_COMPILE_ALL_S, f"{len(variants)} versions and readings, once")


def _findings(law: Law) -> Iterator[Row]:
    """The version whose findings take longest, and one change of text; both over every possible act."""
    versions = [law.version(one) for one in law.version_ids()]
    seconds = {one.id: median_cpu_s(partial(check, law, one)) for one in versions}
    slowest = max(versions, key=lambda one: seconds[one.id])
    of_which = f"{slowest.id}, the slowest of {len(versions)} versions: {len(slowest.readings)} readings"
    yield Row("check-policies, one version", seconds[slowest.id], "CPU s", GOAL_CHECK_S, of_which)
    version = law.version("us_apl_policy@2022-06-21")
    left_out = ["us_apl_policy.2022.3"]
    changed, _ = changed_law(law, version, left_out, None, None)
    before, after = law.variant(version.id), changed.variant(version.id)
    tables = {id(one): compile_table(one) for one in (before, after)}
    compared = partial(consequence, before, after, lambda one: tables[id(one)])
    yield Row("what-if on the tables, a clause left out", median_cpu_s(compared), "CPU s", GOAL_CHECK_S, f"one reading, median of {RUNS}")
    whole = partial(what_if, version.id, without=left_out)
    yield Row("the same from the question on", median_cpu_s(whole), "CPU s", None, f"{len(version.readings)} readings, tables made anew")


def _variants_from_files() -> list[Variant]:
    law = law_from(compiled_law.compiled())
    return [law.variant(one, reading.name) for one in law.version_ids() for reading in law.version(one).readings]


def size_mb(table: Table) -> float:
    """Megabytes of the arrays of a table."""
    return (table.verdicts.nbytes + table.clause_sets.nbytes) / 1e6


def _decide() -> None:
    decide(act="transfer", item="apl-persistent", actor="USA", counterparty="UKR", purpose="detection", on="2022-06-21")


def median_cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of one call; a first call that warms caches does not count."""
    return statistics.median([_cpu_s(work) for _ in range(RUNS + 1)][1:])


def _cpu_s(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before
