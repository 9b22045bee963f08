"""How many rounds a promise is tried for, and where its figure is kept."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.promises.table import FIGURES, ROUNDS

Rounds = Callable[[str], int]
Told = Callable[[str, str], None]


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: for tests in which the disk is not what is tried."""
    memory = "/dev/shm"
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Rounds:
    """Name of a figure -> how many rounds this run tries."""
    return lambda name: ROUNDS[name][request.config.getoption("--rounds") == "nightly"]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Iterator[Told]:
    """Prints what was found, with its seed before it; kept for docs/PROMISES.md with --record-figures."""

    def told(name: str, text: str) -> None:
        print(f"{name}: {text}")
        if request.config.getoption("--record-figures"):
            when = request.config.getoption("--rounds")
            held = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
            held.setdefault(name, {})[when] = text
            FIGURES.write_text(json.dumps(held, indent=2, sort_keys=True) + "\n", encoding="utf-8")

    yield told
