"""What does an operation that may take long say of outlines, each within its time, and all within theirs? None where it did not end
in time, or died of it.

One process works through them; where one outline ends it, another begins behind that one. Nothing of the caller's environment is handed on.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from time import monotonic
from typing import Any, Literal

from mineaction.terms.limits import OUTLINE_MEMORY_BYTES_MAX, OUTLINES_SECONDS_MAX

_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from mineaction.sources.outline_process import main; main()"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# To load the libraries; a slow disk takes its time.
_BEGIN_S = 60


def worked(work: Literal["invalidity", "repair"], outlines: Sequence[bytes], seconds: float) -> list[dict[str, Any] | None]:
    """The answer to each outline (WKB), in their order."""
    found: list[dict[str, Any] | None] = []
    until = monotonic() + OUTLINES_SECONDS_MAX
    while len(found) < len(outlines) and (left := until - monotonic()) > 0:
        found += _until_one_ends_it(work, outlines[len(found) :], seconds, left)
    return [*found, *[None] * (len(outlines) - len(found))]


def _until_one_ends_it(work: str, outlines: Sequence[bytes], seconds: float, left: float) -> list[dict[str, Any] | None]:
    """Answers up to the first outline without one, which is answered by None."""
    paths = json.dumps([os.path.abspath(one) for one in sys.path])
    request = json.dumps({"work": work, "seconds": seconds, "memory": OUTLINE_MEMORY_BYTES_MAX})
    try:
        output = subprocess.run(
            [sys.executable, "-E", "-s", "-c", _PROGRAM, paths, request],
            input=b"".join(base64.b64encode(one) + b"\n" for one in outlines),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            timeout=min(left, _BEGIN_S + seconds * len(outlines)),
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
    whole = output[: output.rfind(b"\n") + 1]
    answers: list[dict[str, Any] | None] = [json.loads(line) for line in whole.splitlines()]
    return answers if len(answers) == len(outlines) else [*answers, None]
