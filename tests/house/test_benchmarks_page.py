"""docs/BENCHMARKS.md has a table for every benchmark, and says when, on what and how it was measured. Its figures are never tested."""

from __future__ import annotations

import ast
import re

import pytest

from benchmarks.__main__ import BENCHMARKS, MODULES
from benchmarks.page import PAGE
from benchmarks.policy import ALONE, IN_TURN
from benchmarks.policy_files import PEERS
from benchmarks.table import HEADER, Row, as_markdown, as_text, figure
from tests.house.guards import CHECKOUT

TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def test_the_page_has_a_section_for_every_benchmark_in_their_order() -> None:
    assert list(SECTIONS) == list(BENCHMARKS), "run ./bench --write"


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_section_says_what_is_asked_and_has_a_table(name: str) -> None:
    assert (MODULES[name].__doc__ or "").strip() in SECTIONS[name], "run ./bench --write"
    assert "| " + " | ".join(HEADER) + " |" in SECTIONS[name]


def test_the_page_says_when_on_what_and_with_which_load() -> None:
    for said in ("date", "machine", "Python", "load average at the end"):
        assert re.search(rf"^- {said}: \S", TEXT, re.MULTILINE), said


@pytest.mark.parametrize("engine", [*IN_TURN.values(), *(called for _, _, called, _ in ALONE)])
def test_no_engine_is_missing_unseen(engine: str) -> None:
    assert f"| {engine} |" in SECTIONS["policy"]


@pytest.mark.parametrize("engine", PEERS)
def test_no_engine_on_files_is_missing_unseen(engine: str) -> None:
    assert f"| {engine} |" in SECTIONS["policy-files"]


def test_the_page_names_no_folder_and_no_address_of_a_machine() -> None:
    assert re.findall(r"(?<![\w.:/~*-])/[a-z]+/\S*", TEXT) == []
    assert re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", TEXT) == []


def test_engines_beside_the_package_import_nothing_of_it() -> None:
    """Their answers are compared with ours, so they must not see them; ours are the files named after the packed table."""
    for path in sorted((CHECKOUT / "benchmarks" / "policy_peers").glob("*.py")):
        if path.stem.startswith("packed_table"):
            continue
        imported = [
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
        ]
        assert [name for name in imported if name.startswith("mineaction")] == [], path.name


def test_a_goal_that_is_missed_or_not_measured_says_no() -> None:
    kept = [
        Row("", measured, "x", 2.0, "", at_least=at_least).is_kept
        for measured, at_least in ((2.1, True), (1.9, True), (1.9, False), (2.1, False), ("not run: why", True))
    ]
    assert kept == [True, False, True, False, False]
    assert Row("", 1.9, "x", 2.0, "", at_least=True).cells() == ("", "1.90 x", ">= 2 x", "NO", "")


def test_a_table_shows_what_was_not_run_and_why() -> None:
    row = Row("engine", "not run: no such package", "", None, "a|b")
    assert as_text([row]).splitlines()[-1].split("  ")[0] == "engine"
    assert as_markdown([row]).splitlines()[-1] == "| engine | not run: no such package |  |  | a\\|b |"


def test_a_figure_has_the_digits_that_say_something() -> None:
    assert [figure(one) for one in (0, 0.00123, 0.0123, 1.234, 17.31, 2041.4)] == ["0", "0.0012", "0.012", "1.23", "17.3", "2,041"]
