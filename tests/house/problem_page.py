"""Writes docs/PROBLEMS.md from the catalogue: `python -m tests.house.problem_page`. A test compares the two."""

from __future__ import annotations

import ast

from mineaction.terms.problem_catalogue import CATALOGUE, WARNINGS
from tests.house.guards import CHECKOUT

PAGE = CHECKOUT / "docs" / "PROBLEMS.md"
HEAD = """# Problems

Whatever is wrong with something you gave comes back as a problem: a stable code, the place, what is wrong, how to mend it.
On the command line the exit code is then 3, with `--json` the answer is
`{"problems": [{code, severity, place, value, message, remedy}, ...]}`, and in Python `ProblemError.problems` holds them. Words in braces
are filled in; of a very long value the sentences show the beginning, and `value` holds all of it. A code marked *warning* is told beside
an answer and stops nothing.

This page is written by `python -m tests.house.problem_page` from `src/mineaction/terms/problem_catalogue/`.

| code | what is wrong | how to fix it |
|---|---|---|
"""


def page() -> str:
    """The whole page, one row per code in the order of the catalogue."""
    rows = (f"| `{code}`{_mark(code)} | {_cell(wrong)} | {_cell(remedy)} |\n" for code, (wrong, remedy) in CATALOGUE.items())
    return HEAD + "".join(rows)


def codes_in_use() -> set[str]:
    """Every text constant of the package outside the catalogue that is a problem code."""
    found: set[str] = set()
    for path in (CHECKOUT / "src" / "mineaction").rglob("*.py"):
        if "problem_catalogue" not in path.parts:
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found & CATALOGUE.keys()


def codes_named() -> dict[str, str]:
    """Code -> place, for every literal first argument of `problem(...)`."""
    named = {}
    for path in (CHECKOUT / "src" / "mineaction").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "problem" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    named[first.value] = f"{path.name}:{node.lineno}"
    return named


def _mark(code: str) -> str:
    return " *warning*" if code in WARNINGS else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
