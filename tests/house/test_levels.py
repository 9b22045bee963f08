"""The one layer contract: what stands in it, and that import-linter sees each kind of breach."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.house.guards import CHECKOUT


def contract() -> dict[str, Any]:
    (only,) = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    assert isinstance(only, dict)
    return only


def rooms() -> list[str]:
    return re.findall(r"[a-z]+", " ".join(level for level in contract()["layers"] if not level.startswith("(")))


def linted(package_parent: Path) -> subprocess.CompletedProcess[str]:
    """import-linter with this checkout's contract over the package below `package_parent`."""
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(sys.argv[1:])",
        "--no-cache",
        "--config",
        str(CHECKOUT / "pyproject.toml"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(package_parent)}
    return subprocess.run(command, cwd=package_parent, env=environment, capture_output=True, text=True, check=False)


def a_house(parent: Path, breach: dict[str, str]) -> Path:
    """The rooms of the contract, each empty, and the lines of the breach."""
    files = {f"{room}/__init__.py": "" for room in rooms()} | {"__init__.py": ""} | breach
    for name, text in files.items():
        path = parent / "mineaction" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return parent


def test_the_contract_is_one_exhaustive_and_without_exceptions() -> None:
    assert contract()["type"] == "layers"
    assert contract()["containers"] == ["mineaction"]
    assert contract()["exhaustive"] is True
    assert set(contract()) <= {"id", "name", "type", "containers", "exhaustive", "layers"}, "no list of exceptions"


def test_every_room_of_the_package_stands_in_the_contract() -> None:
    package = CHECKOUT / "src" / "mineaction"
    present = {path.parent.name for path in package.glob("*/__init__.py")}
    assert present == set(rooms())


def test_rooms_that_keep_to_their_level_pass(tmp_path: Path) -> None:
    allowed = {
        "cli/__init__.py": "import mineaction.programme",
        "programme/__init__.py": "import mineaction.reports, mineaction.registers",
        "__init__.py": "import mineaction.programme",
    }
    result = linted(a_house(tmp_path, allowed))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        ({"terms/__init__.py": "import mineaction.ledger"}, "mineaction.terms is not allowed to import mineaction.ledger"),
        ({"registers/__init__.py": "import mineaction.policies"}, "mineaction.registers is not allowed to import mineaction.policies"),
        ({"policies/__init__.py": "import mineaction.programme"}, "mineaction.policies is not allowed to import mineaction.programme"),
        ({"ledger/book.py": "def late():\n    from mineaction import cli"}, "mineaction.ledger is not allowed to import mineaction.cli"),
        ({"attic/__init__.py": ""}, "mineaction.attic"),
        ({"attic.py": "import mineaction.cli", "terms/__init__.py": "import mineaction.attic"}, "mineaction.attic"),
    ],
    ids=["upwards", "sideways", "over the composer", "inside a function", "a room outside the contract", "through a file outside it"],
)
def test_a_breach_is_seen(tmp_path: Path, breach: dict[str, str], said: str) -> None:
    result = linted(a_house(tmp_path, breach))
    assert result.returncode != 0
    assert said in " ".join(result.stdout.split())
