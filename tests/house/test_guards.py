"""Every guard passes on this checkout, and sees the violation planted for it in a small one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import guards
from tests.house.guards import CHECKOUT, Finding

Guard = Callable[[Path], list[Finding]]


def planted(checkout: Path, path: str, text: str) -> Path:
    (checkout / path).parent.mkdir(parents=True, exist_ok=True)
    (checkout / path).write_text(text, encoding="utf-8")
    return checkout


@pytest.mark.parametrize("guard", guards.GUARDS, ids=lambda guard: guard.__name__)
def test_this_checkout_keeps_the_habit(guard: Guard) -> None:
    assert [str(one) for one in guard(CHECKOUT)] == []


PLANTED: list[tuple[Guard, str, str, str]] = [
    (guards.long_files, "src/mineaction/terms/fact.py", "x = 1\n" * 501, "501 lines"),
    (guards.long_files, "tests/policies/test_cases.py", "x = 1\n" * 501, "501 lines"),
    (guards.long_functions, "src/mineaction/terms/fact.py", "def long():\n" + "    x = 1\n" * 59, "long has 60 lines"),
    (guards.long_functions, "benchmarks/table.py", "class A:\n    async def long(self):\n" + "        x = 1\n" * 59, "long has 60"),
    (guards.empty_names, "src/mineaction/policies/utils.py", "", "'utils'"),
    (guards.empty_names, "src/mineaction/core/fact.py", "", "'core'"),
    (guards.impure_terms, "src/mineaction/terms/fact.py", "import numpy.linalg", "numpy.linalg"),
    (guards.impure_terms, "src/mineaction/terms/fact.py", "def late():\n    from yaml import safe_load", "yaml"),
    (guards.impure_terms, "src/mineaction/terms/fact.py", "from pathlib import Path", "pathlib, which does I/O"),
    (guards.impure_terms, "src/mineaction/terms/fact.py", "x = open('law.txt')", "open()"),
    (guards.imports_of_the_root, "src/mineaction/policies/walk.py", "import mineaction as ma", "by name"),
    (guards.imports_of_the_root, "src/mineaction/policies/walk.py", "from mineaction import decide", "by name"),
    (guards.clocks, "src/mineaction/registers/clocks.py", "import datetime as dt\nx = dt.date.today()", ".today()"),
    (guards.clocks, "src/mineaction/programme/decide.py", "import datetime as dt\nx = dt.datetime.now(dt.UTC)", ".now()"),
    (guards.clocks, "src/mineaction/reports/page.py", "from time import time", "module time"),
    (guards.skipped_tests, "tests/terms/test_fact.py", "import pytest\n@pytest.mark.skip\ndef test_it(): ...", "skip"),
    (guards.skipped_tests, "tests/terms/test_fact.py", "import pytest\npytest.importorskip('numpy')", "importorskip"),
    (guards.foreign_phrases, "docs/HOW.md", "Look into " + "/" + "tmp/page.html", "folder of one machine"),
    (guards.foreign_phrases, "run", "cd " + "/" + "work\n", "folder of one machine"),
    (guards.foreign_phrases, "requirements/base.lock", "--index-url https://" + "pypi" + ".org/simple", "registry host"),
    (guards.foreign_phrases, "README.md", "Done " + chr(0x1F389), "pictogram"),
]


@pytest.mark.parametrize(("guard", "path", "text", "said"), PLANTED, ids=[f"{one[0].__name__} {one[3]}" for one in PLANTED])
def test_a_planted_violation_is_seen(tmp_path: Path, guard: Guard, path: str, text: str, said: str) -> None:
    (found,) = guard(planted(tmp_path, path, text))
    assert found.path == path
    assert said in found.text


def test_every_guard_has_a_planted_violation() -> None:
    assert {guard for guard, *_ in PLANTED} == set(guards.GUARDS)


def test_what_tools_make_and_the_words_of_others_are_left_alone(tmp_path: Path) -> None:
    for path in (".venv/lib/site.py", "out/page.py", "src/mineaction/_compiled/table.py", "src/mineaction/data/texts/sources/law.txt"):
        planted(tmp_path, path, "/" + "tmp/x\n" * 501)
    assert guards.foreign_phrases(tmp_path) == []
    assert guards.long_files(tmp_path) == []


def test_the_doors_may_read_the_clock_and_an_address_may_hold_any_folder(tmp_path: Path) -> None:
    planted(tmp_path, "src/mineaction/cli/main.py", "import datetime as dt\nx = dt.datetime.now().astimezone()")
    planted(tmp_path, "docs/SOURCES.md", "https://example.org/home/treaty, out/tmp/x")
    assert guards.clocks(tmp_path) == []
    assert guards.foreign_phrases(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import os\n", "F401"),
        ("x = 1  # " + "long " * 40 + "\n", "E501"),
        ("def shown():\n    return 1\n", "D103"),
        ("class Shown:\n    pass\n", "D101"),
        ("import datetime\n\nx = datetime.datetime(2022, 6, 21)\n", "DTZ001"),
        ("try:\n    x = 1\nexcept Exception:\n    pass\n", "BLE001"),
        ("import yaml  # type: ignore\n", "PGH003"),
    ],
    ids=["unused", "long line", "function without docstring", "class without docstring", "naive", "swallowed", "blanket ignore"],
)
def test_ruff_sees(tmp_path: Path, text: str, said: str) -> None:
    planted(tmp_path, "planted.py", text)
    result = in_folder(tmp_path, "ruff", "check", "--no-cache", "--config", str(CHECKOUT / "pyproject.toml"), "planted.py")
    assert result.returncode == 1
    assert said in result.stdout


def test_ruff_sees_a_file_that_is_not_in_the_one_format(tmp_path: Path) -> None:
    planted(tmp_path, "planted.py", "x = {'a':1}\n")
    result = in_folder(tmp_path, "ruff", "format", "--no-cache", "--check", "--config", str(CHECKOUT / "pyproject.toml"), "planted.py")
    assert result.returncode == 1


def test_mypy_sees_a_function_without_types(tmp_path: Path) -> None:
    planted(tmp_path, "planted.py", "def shown(x):\n    return x\n")
    result = in_folder(tmp_path, "mypy", "--config-file", str(CHECKOUT / "pyproject.toml"), "planted.py")
    assert result.returncode == 1
    assert "no-untyped-def" in result.stdout


def in_folder(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=folder, capture_output=True, text=True, check=False)
