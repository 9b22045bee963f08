"""The engines of a group: their environment, made when they are asked for, and their figures. What cannot be run says why."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measured_process import CHECKOUT, environment

SET_UP = 'source scripts/environment.sh; ensure_peers "$1"'
SECONDS_MAX = 300  # an engine that takes longer is stopped: the whole table is promised in ten minutes


class NotRunError(Exception):
    """Why an engine gave no figures."""


def python_of(group: str) -> Path:
    """The interpreter of a group's environment, which holds the pins of requirements/GROUP.lock."""
    if not is_set_up(group):
        raise NotRunError(f"the environment {group} could not be set up")
    return CHECKOUT / ".bench" / group / "bin" / "python"


@cache
def is_set_up(group: str) -> bool:
    """Sets it up where it is not there yet; what failed once is not tried again for each of its engines."""
    command = ["bash", "-c", SET_UP, "bash", group]
    return subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, check=False).returncode == 0


def told(group: str, *arguments: str) -> Any:
    """What a module run in the group's environment prints as JSON on its last line."""
    command = [str(python_of(group)), "-m", "benchmarks.policy_peers.measure", *arguments]
    try:
        done = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        raise NotRunError(f"took more than {SECONDS_MAX} s") from None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["stopped without a word"]
        raise NotRunError(last[0][:160])
    return json.loads(done.stdout.splitlines()[-1])
