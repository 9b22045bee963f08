"""decide, timeline, status and explain start light: the heavy modules never load for them. The time itself is ./bench's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.guards import CHECKOUT

HEAVY = {"numpy", "yaml", "pyarrow", "rich"}
# What the programme's own store needs.
STORE = {"sqlite3", "cryptography"}
QUESTIONS = {
    "decide": ["decide", "--act", "transfer", "--item", "apl-persistent", "--actor", "USA", "--on", "2022-06-21", "--json"],
    "timeline": ["timeline", "--act", "use", "--item", "apl", "--actor", "POL", "--json"],
    "status": ["status", "APMBC", "--on", "2022-06-21", "--json"],
    "explain": ["explain", "apmbc.1.1.a", "--json"],
}
PROGRAM = """
import json, sys
from mineaction.cli import main
try:
    code = main()
except SystemExit as ended:
    code = ended.code
print(json.dumps([code or 0, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def loaded(question: list[str], source: Path) -> set[str]:
    """The top-level modules of a process after it answered."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", PROGRAM, *question]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    code, modules = json.loads(result.stderr.splitlines()[-1])
    assert code == 0, result.stdout + result.stderr
    return set(modules)


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_question_of_law_loads_no_heavy_module(command: str) -> None:
    assert loaded(QUESTIONS[command], CHECKOUT / "src") & (HEAVY | STORE) == set()


def test_recording_and_checking_load_no_heavy_module_and_no_signature(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("local_id,organisation,type,identified_on\nHA-1,Org,SHA,unknown\n", encoding="utf-8")
    store = ["--store", str(tmp_path / "a.gpkg"), "--json"]
    for words in (
        ["init", str(tmp_path / "a.gpkg")],
        ["import", str(tmp_path / "a.csv"), "--kind", "hazardous_area", *store],
        ["verify", *store],
    ):
        assert loaded(words, CHECKOUT / "src") & (HEAVY | {"cryptography"}) == set()


def test_a_heavy_import_in_the_door_is_seen(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "src" / "mineaction", tmp_path / "mineaction", ignore=shutil.ignore_patterns("__pycache__"))
    door = tmp_path / "mineaction" / "cli" / "__init__.py"
    door.write_text(door.read_text(encoding="utf-8") + "\nimport yaml\n", encoding="utf-8")
    assert loaded(QUESTIONS["explain"], tmp_path) & HEAVY == {"yaml"}
