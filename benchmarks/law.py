"""What the law costs once Python runs: compiling every version, one decision, a comparison. CPU seconds, median of several runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.table import Row
from mineaction.policies import compare as comparing
from mineaction.policies.analysis import check
from mineaction.policies.side_by_side import side_by_side
from mineaction.policies.table import compile_table
from mineaction.programme import compiled_law
from mineaction.programme.decisions import decide

GOAL_COMPILE_S = 0.5  # the promise for compiling a policy from its file to its table
GOAL_COMPARE_S = 0.1  # the promise for a comparison on compiled tables
GOAL_CHECK_S = 0.1  # the promise for the findings of one version, every reading
GOAL_DECIDE_S = 0.001  # the promise for one decision with its explanation, warm
RUNS = 7


def rows() -> Iterator[Row]:
    """Compile, compare, decide."""
    law = compiled_law.packaged_law()
    how = f"median of {RUNS}"
    yield Row("read and check every policy file", median_cpu_s(compiled_law.compiled), "CPU s", GOAL_COMPILE_S, how)
    for version_id in law.version_ids():
        variant = law.variant(version_id)
        cells = compile_table(variant).verdicts.size
        yield Row(f"table of {version_id}", median_cpu_s(partial(compile_table, variant)), "CPU s", GOAL_COMPILE_S, f"{cells} cells")
    policy, treaty = law.variant("us_apl_policy@2022-06-21"), law.variant("apmbc@1999-03-01")
    yield Row("both tables over shared fields", median_cpu_s(lambda: side_by_side(policy, treaty)), "CPU s", GOAL_COMPILE_S, how)
    both = side_by_side(policy, treaty)
    cells = sum(one.one_table.verdicts.size for one in both.pairs)
    yield Row("compare on the tables", median_cpu_s(lambda: comparing.compare(both)), "CPU s", GOAL_COMPARE_S, f"{cells} cells")
    for version_id in law.version_ids():
        checked = law.version(version_id)
        how_many = f"{len(checked.readings)} readings, {how}"
        yield Row(f"check-policies {version_id}", median_cpu_s(partial(check, law, checked)), "CPU s", GOAL_CHECK_S, how_many)
    yield Row("one decision, every instrument and reading", median_cpu_s(_decide), "CPU s", GOAL_DECIDE_S, f"{how}, warm")


def _decide() -> None:
    decide(act="transfer", item="apl-persistent", actor="USA", counterparty="UKR", purpose="detection", on="2022-06-21")


def median_cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of one call; a first call that warms caches does not count."""
    return statistics.median([_cpu_s(work) for _ in range(RUNS + 1)][1:])


def _cpu_s(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before
