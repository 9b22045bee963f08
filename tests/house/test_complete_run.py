"""`--complete`: what is left out is listed and fails; a run with nothing left out passes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.guards import CHECKOUT

RUNS = "def test_that_runs(): pass\n"
SKIPS = "import pytest\n@pytest.mark.skip\ndef test_of_a_map(): pass\n"


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_planted.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.house.complete_run", "-p", "no:cacheprovider", *options, "test_planted.py"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_whole_run_passes(tmp_path: Path) -> None:
    assert run(tmp_path, RUNS, "--complete").returncode == 0


@pytest.mark.parametrize("processes", ["0", "2"], ids=["one process", "two processes"])
@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (RUNS + SKIPS, [], "test_planted.py::test_of_a_map: skipped"),
        (RUNS + "def test_left_out(): pass\n", ["-k", "runs"], "test_planted.py::test_left_out: not selected"),
        ("import pytest\npytest.importorskip('nothing_of_this_name')\n", [], "test_planted.py: skipped"),
    ],
    ids=["skipped", "not selected", "a whole file"],
)
def test_what_is_left_out_is_listed_and_fails(tmp_path: Path, text: str, options: list[str], said: str, processes: str) -> None:
    result = run(tmp_path, text, "--complete", "-n", processes, *options)
    assert result.returncode != 0
    assert said in result.stdout


def test_without_the_option_a_skipped_test_passes(tmp_path: Path) -> None:
    assert run(tmp_path, RUNS + SKIPS).returncode == 0


MARKED = RUNS + "import pytest\n@pytest.mark.large\ndef test_of_a_large_program(): pass\n"


def test_what_a_run_says_it_leaves_out_is_listed_and_does_not_fail(tmp_path: Path) -> None:
    result = run(tmp_path, MARKED, "-W", "ignore", "--complete-but=large")
    assert result.returncode == 0
    assert "test_planted.py::test_of_a_large_program: left out" in result.stdout and "1 passed" in result.stdout


def test_what_is_left_out_beside_it_fails_all_the_same(tmp_path: Path) -> None:
    assert run(tmp_path, MARKED + SKIPS, "-W", "ignore", "--complete-but=large").returncode != 0
