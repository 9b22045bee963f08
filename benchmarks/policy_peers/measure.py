"""Run in the environment of a group: times engines side by side on the stored records, stores their answers, prints the figures as JSON.

`python -m benchmarks.policy_peers.measure FOLDER RECORDS SECONDS ENGINE...` or `... missing ENGINE`. Several engines named together take
turns in one process, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.policy_peers.records import Records, stored

ROUNDS_MIN, ROUNDS_MAX = 3, 40


def main(arguments: list[str]) -> None:
    """One line of JSON on standard output."""
    if arguments[0] == "missing":
        module = engine_module(arguments[1])
        print(json.dumps({"version": version(module), "answers": module.when_place_is_missing()}))
        return
    folder, count, seconds, *names = arguments
    records = stored(Path(folder), int(count))
    print(json.dumps(measured(records, Path(folder), float(seconds), names)))


def measured(records: Records, folder: Path, seconds: float, names: list[str]) -> dict[str, Any]:
    """Best wall and CPU seconds of each engine over rounds in turn, until `seconds` have passed."""
    modules = {name: engine_module(name) for name in names}
    engines = {name: module.setup(records) for name, module in modules.items()}
    inputs = {name: module.prepared(engines[name], records) for name, module in modules.items()}
    wall: dict[str, list[float]] = {name: [] for name in names}
    cpu: dict[str, list[float]] = {name: [] for name in names}
    started = time.perf_counter()
    for turn in range(ROUNDS_MAX):
        if turn >= ROUNDS_MIN and time.perf_counter() - started > seconds:
            break
        for name, module in modules.items():
            cpu_before, wall_before = time.process_time(), time.perf_counter()
            answers = module.verdicts(engines[name], inputs[name])
            wall[name].append(time.perf_counter() - wall_before)
            cpu[name].append(time.process_time() - cpu_before)
            if turn == 0:
                in_order = getattr(module, "in_order", np.asarray)
                np.save(folder / f"answers-{name}.npy", in_order(answers).astype(np.uint8))
    return {
        name: {"wall_s": min(wall[name]), "cpu_s": min(cpu[name]), "rounds": len(wall[name]), "version": version(modules[name])}
        for name in names
    }


def engine_module(name: str) -> Any:
    """The file of an engine."""
    return importlib.import_module(f"benchmarks.policy_peers.{name}")


def version(module: Any) -> str:
    """The package behind an engine and its version."""
    package: str = module.PACKAGE
    return f"{package} {importlib.metadata.version(package)}" if package else f"Python {platform.python_version()}"


if __name__ == "__main__":
    main(sys.argv[1:])
