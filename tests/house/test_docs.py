"""The pages tell the truth: their commands run as shown, their notebook runs, their links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.console_blocks import Shown, commands, not_printed
from tests.house.guards import CHECKOUT

PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
SHOWN = [(page.relative_to(CHECKOUT).as_posix(), shown) for page in PAGES for shown in commands(page.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every path of the checkout is there to read, and what a command writes lands outside it."""
    folder = tmp_path_factory.mktemp("reader")
    for entry in CHECKOUT.iterdir():
        if entry.name != "out":
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("page", "shown"), SHOWN, ids=[f"{page} {shown.command}" for page, shown in SHOWN])
def test_a_command_of_a_page_runs_as_shown(reader: Path, page: str, shown: Shown) -> None:
    # Pages show what a terminal of the usual width shows, whatever the one is in which the tests run.
    here = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    here |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-euo", "pipefail", "-c", shown.command]
    result = subprocess.run(command, cwd=reader, env=here, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    output = result.stdout + result.stderr
    assert result.returncode == shown.exit_code, output
    assert "Traceback" not in output
    assert not_printed(shown, output) == "", output


def test_the_first_page_shows_commands() -> None:
    assert "README.md" in {page for page, _ in SHOWN}


@pytest.mark.slow
def test_every_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    # The debugger's warning about frozen modules is about a debugger nobody attaches.
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    notebooks = sorted((CHECKOUT / "docs").glob("*.ipynb"))
    assert notebooks
    for path in notebooks:
        NotebookClient(nbformat.read(path, as_version=4), timeout=120, kernel_name="python3").execute(cwd=str(CHECKOUT / "docs"))


def test_every_relative_link_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_a_page_that_shows_what_is_not_printed_is_seen() -> None:
    (first, second) = commands("```console\n$ ask --one \\\n  --two  # exits 3\nPoland   party\n...\nbooks: 1\n$ next\n```\n")
    assert (first.command, first.exit_code) == ("ask --one    --two", 3)
    assert (second.command, second.exit_code, second.printed) == ("next", 0, [])
    assert not_printed(first, "head\nPoland party\nanything\nbooks: 1\n") == ""
    assert not_printed(first, "Poland not_party\nbooks: 1\n") == "Poland party"
    assert not_printed(first, "books: 1\nPoland party\n") == "books: 1"


def test_lines_shown_one_below_the_other_are_printed_so() -> None:
    (shown,) = commands("```console\n$ ask\na\nb\n```\n")
    assert not_printed(shown, "a\n\nb\n") == ""
    assert not_printed(shown, "a\nx\nb\n") == "a\nb"
    assert not_printed(shown, "a\nx\na\nb\n") == ""
