"""A Parquet file of ten million rows of words, screened into one with verdicts and clauses: the way a user's records arrive.

All facts are plain text and about one in twelve is missing, so that verdicts follow from what every completion gives. `mineaction screen
--columns verdict,clauses` reads that off the clauses, and writes the problems besides; the peers have it written by hand, verdict and
clauses only. What all columns of an answer take is shown too. Verdicts are compared for all rows, clauses for those whose verdict is
certain: elsewhere ours names every clause that may decide. Polars is measured twice, with text made into Enum columns first and without.
Each run is a process of its own, engines take turns, and figures are the best of the rounds; all files are compressed alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured_process import CHECKOUT, Taken, taken
from benchmarks.peers import NotRunError, python_of
from benchmarks.policy_records import TASK
from benchmarks.table import Row

ROWS = 10_000_000
ROUNDS = 3
GOAL_TO_POLARS = 1.0  # the promise: from strings in a file to verdicts faster than Polars when/then on the same file
GROUP = "bench-arrays"
OURS, POLARS = "mineaction screen", "Polars when/then on Enum columns"
EVERY_COLUMN = "mineaction screen, every column"
# called -> module and its words after the two files
PEERS = {
    POLARS: ("polars_file", "enum"),
    "Polars when/then on text": ("polars_file", "text"),
    "DuckDB CASE, COPY": ("duckdb_file",),
}


def rows() -> Iterator[Row]:
    """The goal, then each engine."""
    try:
        python = str(python_of(GROUP))
    except NotRunError as why:
        yield Row(OURS, f"not run: {why}", "x", GOAL_TO_POLARS, "", at_least=True)
        return
    with tempfile.TemporaryDirectory(prefix="mineaction-bench-") as name:
        given, folder = Path(name, "records.parquet"), Path(name)
        on_files(python, "write", str(given), str(ROWS))
        runs: dict[str, list[Taken]] = {called: [] for called in (OURS, EVERY_COLUMN, *PEERS)}
        failed: dict[str, str] = {}
        for _ in range(ROUNDS):
            for called, figures in runs.items():
                if called in failed:
                    continue
                try:
                    figures.append(taken(command(python, called, given, out_of(folder, called))))
                except RuntimeError as why:
                    failed[called] = str(why)[:160]
        yield from measured(python, folder, runs, failed)


def measured(python: str, folder: Path, runs: dict[str, list[Taken]], failed: dict[str, str]) -> Iterator[Row]:
    """Ratios first; an engine whose answers differ or that failed says so instead."""
    best = {called: best_of(figures) for called, figures in runs.items() if figures and called not in failed}
    for clock, seconds in (("CPU seconds", "cpu_s"), ("seconds by the clock", "wall_s")):
        what = f"rows per second over {POLARS}"
        both = OURS in best and POLARS in best
        found = getattr(best[POLARS], seconds) / getattr(best[OURS], seconds) if both else "not measured"
        yield Row(what, found, "x", GOAL_TO_POLARS, f"of {clock}, best of {ROUNDS} rounds in turn", at_least=True)
    for called in runs:
        if called not in best:
            yield Row(called, f"not run: {failed[called]}", "", None, "")
            continue
        one = best[called]
        how = f"{ROWS:,} rows: {one.cpu_s:.2f} CPU s, {one.wall_s:.2f} s by the clock, {one.memory_gb:.2f} GB at most"
        if called in PEERS and OURS in best:
            found = on_files(python, "compare", str(out_of(folder, OURS)), str(out_of(folder, called)))
            if found["verdicts"] or found["clauses"] or found["empty"] or found["rows"] != ROWS:
                yield Row(called, f"answers differ: {json.dumps(found)}", "x", 0, how)
                continue
            how += f"; same verdicts, same clauses in the {found['certain']:,} rows that are certain"
        yield Row(called, one.cpu_s / best[OURS].cpu_s if OURS in best else one.cpu_s, "x" if OURS in best else "CPU s", None, how)


def best_of(figures: list[Taken]) -> Taken:
    """The least of each figure."""
    return Taken(min(one.wall_s for one in figures), min(one.cpu_s for one in figures), min(one.memory_gb for one in figures))


def out_of(folder: Path, called: str) -> Path:
    """The file an engine writes."""
    return folder / f"{called.split(maxsplit=1)[0].lower()}-{called.rsplit(maxsplit=1)[-1].lower()}.parquet"


def command(python: str, called: str, given: Path, out: Path) -> list[str]:
    """Ours as a user types it; a peer in the environment of its group."""
    if called not in PEERS:
        return screening(given, out, () if called == EVERY_COLUMN else ("--columns", "verdict,clauses"))
    module, *words = PEERS[called]
    return [python, "-m", f"benchmarks.policy_peers.{module}", str(given), str(out), *words]


def screening(given: Path, out: Path, columns: tuple[str, ...] = ()) -> list[str]:
    """The command as a user types it."""
    about = ("--policy", str(TASK), "--instrument", "benchmark_policy", *columns)
    return [sys.executable, "-m", "mineaction.cli", "screen", str(given), str(out), *about]


def on_files(python: str, *words: str) -> dict[str, int]:
    """Writes the records, or compares two answers, in the environment of the peers."""
    asked = [python, "-m", "benchmarks.policy_peers.files", *words]
    done = subprocess.run(asked, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, int] = json.loads(done.stdout) or {}
    return found
