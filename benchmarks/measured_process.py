"""What a command takes as a process: seconds by the clock, CPU seconds, and the most memory it held at once.

`python -m benchmarks.measured_process COMMAND...` prints them as JSON. It stands between because a process starts with the memory of the
one it was started by, and this one is small.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


def environment() -> dict[str, str]:
    """That of this process, with the package and the benchmarks of the checkout."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])}


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures of one run."""

    wall_s: float
    cpu_s: float
    memory_gb: float


def taken(command: Sequence[str]) -> Taken:
    """Runs the command to its end; one that fails raises what it said last."""
    between = [sys.executable, "-m", "benchmarks.measured_process", *command]
    done = subprocess.run(between, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(" ".join((done.stderr.strip().splitlines() or ["it stopped without a word"])[-1:]))
    return Taken(**json.loads(done.stdout.splitlines()[-1]))


def main(command: Sequence[str]) -> None:
    """Starts the command, waits for it and prints its figures."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    figures = {"wall_s": time.perf_counter() - started, "cpu_s": used.ru_utime + used.ru_stime, "memory_gb": used.ru_maxrss * 1024 / 1e9}
    print(json.dumps(figures))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
