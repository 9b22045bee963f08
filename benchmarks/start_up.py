"""CPU seconds of one question asked on the command line, from an empty process to the answer; beside it what Python itself takes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.table import Row

GOAL_CPU_S = 0.3  # the promise for decide, status and explain as processes
RUNS = 9

QUESTIONS = {
    "status": ("status", "APMBC", "--on", "2022-06-21", "--group", "nato", "--json"),
    "decide": ("decide", "--act", "transfer", "--item", "apl-persistent", "--actor", "USA", "--counterparty", "UKR",
               "--place", "UKR", "--on", "2022-06-21", "--json"),
    "decide at a position": ("decide", "--act", "use", "--item", "apl", "--actor", "USA", "--at", "126.978,37.566",
                             "--on", "2022-06-21", "--json"),
    "decide, nothing known": ("decide", "--actor", "USA", "--on", "2022-06-21", "--json"),
    "explain": ("explain", "apmbc.1.1.a", "--json"),
}  # fmt: skip


def rows() -> Iterator[Row]:
    """The floor, then each question."""
    how = f"median of {RUNS} processes"
    yield Row("python -c pass", median_cpu_s([sys.executable, "-c", "pass"]), "CPU s", None, how)
    door = str(Path(sys.executable).parent / "mineaction")
    for name, question in QUESTIONS.items():
        yield Row(f"mineaction {name}", median_cpu_s([door, *question]), "CPU s", GOAL_CPU_S, how)
    check = ["factcheck", "002_f35273cdee6493af.txt", "--on", "2026-11-22", "--json"]
    yield Row("mineaction factcheck", median_cpu_s([door, *check]), "CPU s", None, f"{how}, one statement on two days")


def median_cpu_s(command: Sequence[str]) -> float:
    """User and system time of the process and its children; one run before the counted ones fills the file cache."""
    return statistics.median([_cpu_s(command) for _ in range(RUNS + 1)][1:])


def _cpu_s(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
