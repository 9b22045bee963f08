"""The process in which a file of a stranger is parsed: limits first, then the bytes, then rows as lines of JSON.

Started by `limited.py` alone. What the rows of a table share, its header and the letters of its columns, is told once.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any, cast

from mineaction.sources.file_formats import read_with
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.terms.problem import Problem, ProblemError


def main() -> None:
    """Read a request from the arguments and the content from standard input; write rows, and how it ended, to standard output."""
    request = json.loads(sys.argv[2])
    # Libraries load these where they find them, which takes longer than most files do; nothing here needs them.
    sys.modules.update(dict.fromkeys(("pandas", "geopandas"), cast("ModuleType", None)))
    _limit(request["memory"], request["seconds"])
    try:
        content = sys.stdin.buffer.read()
        for line in _lines(request, content):
            sys.stdout.write(f"{json.dumps(line)}\n")
        ended: dict[str, Any] = {"ended": "well"}
    except ProblemError as error:
        ended = {"refused": [_told(one) for one in error.problems]}
    except MemoryError:
        ended = {"ended": "memory"}
    sys.stdout.write(f"{json.dumps(ended)}\n")
    sys.stdout.flush()


def _limit(memory: int, seconds: int) -> None:
    """Memory, time of the processor, no core dumps; where the system has no such limits the clock of the caller remains."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lines(request: dict[str, Any], content: bytes) -> Iterator[dict[str, Any]]:
    module, function = request["reader"]
    shared: Any = None
    for row in read_with((module, function), content, request["path"], Stated(*request["stated"])):
        if (row.header, row.letters, row.beside) != shared:
            shared = (row.header, row.letters, row.beside)
            yield {"shared": {"header": row.header, "letters": dict(row.letters), "beside": row.beside}}
        yield _as_told(row)


def _as_told(row: GivenRow) -> dict[str, Any]:
    return {
        "place": row.place,
        "part": row.part,
        "cells": dict(row.cells),
        "geometry": base64.b64encode(row.geometry).decode("ascii"),
        "problems": [_told(one) for one in row.problems],
        "point": row.point,
        "point_part": row.point_part,
        "crs": row.crs,
        "given": row.given,
        "outline_text": row.outline_text,
        "traverse": dict(row.traverse),
    }


def _told(one: Problem) -> list[str]:
    return [one.code, one.place, one.value, one.message, one.remedy]
