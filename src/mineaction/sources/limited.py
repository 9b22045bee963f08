"""Which records does a file hold whose parser is not to be trusted with memory and time: read in a process of its own, within limits.

The process gets the bytes and nothing else, works in an empty folder that is removed afterwards, and answers with plain text (JSON), so
that nothing it read is run here. One that takes too much, or dies, is a problem of the file.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.terms.limits import PARSER_MEMORY_BYTES_MAX, PARSER_SECONDS_MAX
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from mineaction.sources.limited_process import main; main()"
# Nothing of the caller's environment: no address of a proxy, no settings of a library.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PROJ_NETWORK": "OFF", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def limited_records(reader: tuple[str, str], content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """The rows that the reader (module, function) gives of this content."""
    paths = json.dumps([os.path.abspath(one) for one in sys.path])
    request = json.dumps(
        {"reader": reader, "path": path, "stated": stated, "memory": PARSER_MEMORY_BYTES_MAX, "seconds": PARSER_SECONDS_MAX}
    )
    with tempfile.TemporaryDirectory(prefix="mineaction-", ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-E", "-s", "-c", _PROGRAM, paths, request],
                input=content,
                capture_output=True,
                cwd=folder,
                env=ENVIRONMENT,
                timeout=PARSER_SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ProblemError([problem("file_too_demanding", path, limit=PARSER_SECONDS_MAX)]) from None
    lines = done.stdout.splitlines()
    last = json.loads(lines[-1]) if lines and done.returncode == 0 else {}
    if "refused" in last:
        raise ProblemError([Problem(*one) for one in last["refused"]])
    if done.returncode < 0 or last.get("ended") == "memory":
        raise ProblemError([problem("file_too_demanding", path, limit=PARSER_SECONDS_MAX)])
    if last.get("ended") != "well":
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ProblemError([problem("file_not_parsed", path, reason=on_one_line(said) or f"its reader ended with {done.returncode}")])
    shared: dict[str, Any] = {}
    for line in lines[:-1]:
        told = json.loads(line)
        if "shared" in told:
            shared = told["shared"]
        else:
            yield _row(told, shared)


def _row(told: dict[str, Any], shared: dict[str, Any]) -> GivenRow:
    return GivenRow(
        told["place"],
        told["part"],
        told["cells"],
        geometry=base64.b64decode(told["geometry"]),
        problems=tuple(Problem(*one) for one in told["problems"]),
        point=(told["point"][0], told["point"][1]) if told["point"] else None,
        point_part=told["point_part"],
        crs=told["crs"],
        header=tuple(shared["header"]),
        given=tuple(told["given"]),
        outline_text=told["outline_text"],
        letters=shared["letters"],
        beside=tuple(shared["beside"]),
        traverse=told["traverse"],
    )
