"""A process that takes orders, each done by a copy of itself that may be killed in the middle: `python -m tests.promises.forked`.

An order is a line of JSON: what to do, and when to end it. Copies start at once, since the program is loaded already.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mineaction.ledger import sqlite_file
from mineaction.ledger.file_made_whole import UNFINISHED
from mineaction.programme.recording import import_records, reverse
from mineaction.programme.stores import backup, init
from mineaction.terms.problem import ProblemError
from tests.house.guards import CHECKOUT

# Pages go to the file in the middle of a batch, not only at its end.
_SMALL_CACHE_KIB = 20


def work(order: dict[str, Any]) -> dict[str, Any]:
    """What the order asks for."""
    store = order["store"]
    match order["do"]:
        case "import":
            told = import_records(order["file"], kind="hazardous_area", store=store)
            return {"batch_id": told["batch_id"]}
        case "reverse":
            return {"batch_id": reverse(order["batch"], store=store)["batch_id"]}
        case "backup":
            return {"batches": backup(order["out"], store)["batches"]}
        case "init":
            return {"store_id": init(order["out"])["store_id"]}
    raise AssertionError(order)


def _copy(order: dict[str, Any], answers: int) -> None:
    """The copy: does its work, and acknowledges it as the last thing."""
    sqlite_file.STORE_CACHE_KIB = _SMALL_CACHE_KIB
    if limit := order.get("file_bytes"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    if deadly := order.get("statement"):
        _die_at(deadly)
    if order.get("acknowledge_early"):
        os.write(answers, b'{"batch_id": "early"}')
        time.sleep(0.2)
    try:
        answer = work(order)
    except ProblemError as error:
        answer = {"problems": [one.code for one in error.problems]}
    os.write(answers, json.dumps(answer).encode())
    os._exit(0)


def _die_at(deadly: int) -> None:
    connect, seen = sqlite_file.connect, 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(path: str) -> Any:
        connection = connect(path)
        connection.set_trace_callback(count)
        return connection

    sqlite_file.connect = counted


def _order(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _copy(order, writing)
    os.close(writing)
    if (after := order.get("after_s")) is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _, status = os.waitpid(child, 0)
    answered = json.loads(answer) if answer else {}
    return {"answer": answered, "is_killed": os.WIFSIGNALED(status), "seconds": time.perf_counter() - started}


class Forked:
    """Gives orders to such a process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, **order: Any) -> dict[str, Any]:
        """Whether the copy was killed, and what it acknowledged before."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process that takes orders has ended"
        done: dict[str, Any] = json.loads(line)
        return done


@contextlib.contextmanager
def forked() -> Iterator[Forked]:
    """Such a process."""
    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))}
    command = [sys.executable, "-m", "tests.promises.forked"]
    with subprocess.Popen(command, cwd=CHECKOUT, env=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Forked(process)
        assert process.stdin
        process.stdin.close()


def left_behind(folder: Path) -> list[str]:
    """What copies that were killed left unfinished."""
    return sorted(one.name for one in folder.iterdir() if UNFINISHED in one.name)


def main() -> None:
    """Takes orders until there are no more."""
    for line in sys.stdin:
        print(json.dumps(_order(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
