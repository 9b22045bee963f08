"""The habits of the house that no linter knows, each a function from a checkout to what it finds there.

`python -m tests.house.guards` prints the findings and fails on any; files over the soft size are reported and fail nothing.
Layers are import-linter's, style is ruff's, types are mypy's: none of them is repeated here.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# docs/ARCHITECTURE.md, Habits.
FILE_LINES_SOFT = 250
FILE_LINES_HARD = 500
FUNCTION_LINES_MAX = 59

# Names that say nothing about the question a file answers.
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "service", "core", "base", "misc"})

# What reaches outside the process; `terms` does none of it.
MODULES_THAT_DO_IO = frozenset(
    "asyncio ftplib glob http importlib io logging multiprocessing os pathlib shutil socket sqlite3 ssl subprocess tempfile urllib".split()
)
CALLS_THAT_READ_THE_CLOCK = frozenset({"now", "utcnow", "today"})
MAY_READ_THE_CLOCK = ("src/mineaction/cli/", "src/mineaction/programme/today.py")
CALLS_THAT_SKIP = frozenset({"skip", "skipif", "skipIf", "importorskip", "xfail"})

# Made by tools and builds (.gitignore).
MADE_AT_THE_TOP = frozenset({".git", ".bench", ".venv", ".tools", ".hypothesis", "out", "dist", "build"})
MADE_ANYWHERE = frozenset({"__pycache__", "_compiled", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache"})

# A text of the project speaks of the project: no folder of one machine, no registry host, no pictograms.
PHRASES = (
    (re.compile(r"(?<![\w.:/~*-])/(?:work|tmp|root|home)\b"), "names a folder of one machine"),
    (re.compile(r"pypi\.org|pythonhosted\.org|deb\.debian\.org|registry\.npmjs"), "names a registry host"),
    (re.compile("[\U0001f000-\U0001faff]"), "holds a pictogram"),
)
# Words of others, kept as they were published.
TEXTS_OF_OTHERS = ("src/mineaction/data/texts/",)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a habit."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def long_files(checkout: Path) -> list[Finding]:
    """Python files over the hard limit."""
    return _sizes(checkout, FILE_LINES_HARD)


def largish_files(checkout: Path) -> list[Finding]:
    """Python files over the soft limit: reported, failing nothing."""
    return _sizes(checkout, FILE_LINES_SOFT)


def long_functions(checkout: Path) -> list[Finding]:
    """Functions of 60 lines or more, counted from `def` to their last line."""
    found = []
    for path, tree in _trees(checkout):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    found.append(Finding(path, node.lineno, f"{node.name} has {lines} lines, at most {FUNCTION_LINES_MAX}"))
    return found


def empty_names(checkout: Path) -> list[Finding]:
    """Modules and folders whose name says nothing about what they answer."""
    return [
        Finding(path, 1, f"the name '{part}' says nothing about the question this file answers")
        for path in _python_files(checkout)
        for part in Path(path).with_suffix("").parts
        if part in EMPTY_NAMES
    ]


def impure_terms(checkout: Path) -> list[Finding]:
    """Imports in `terms` beyond the standard library and `terms` itself, and anything there that does I/O."""
    found = []
    for path, tree in _trees(checkout, "src/mineaction/terms"):
        for node, module in _imports(tree):
            root = module.partition(".")[0]
            if root == "mineaction":
                continue  # the layer contract's business
            if root not in sys.stdlib_module_names:
                found.append(Finding(path, node.lineno, f"terms imports {module}, which is outside the standard library"))
            elif root in MODULES_THAT_DO_IO:
                found.append(Finding(path, node.lineno, f"terms imports {module}, which does I/O"))
        found += [
            Finding(path, node.lineno, f"terms calls {node.func.id}(), which does I/O")
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
        ]
    return found


def imports_of_the_root(checkout: Path) -> list[Finding]:
    """Rooms that import the package itself, whose exports sit above every room."""
    return [
        Finding(path, node.lineno, "a room imports its own modules by name, never the package's exports")
        for path, tree in _trees(checkout, "src/mineaction")
        if path != "src/mineaction/__main__.py"
        for node, module in _imports(tree)
        if module == "mineaction"
    ]


def clocks(checkout: Path) -> list[Finding]:
    """Reading the clock anywhere but at the doors: the command line, and the one place where Python is asked without a day."""
    found = []
    for path, tree in _trees(checkout, "src/mineaction"):
        if path.startswith(MAY_READ_THE_CLOCK):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS_THAT_READ_THE_CLOCK:
                found.append(Finding(path, node.lineno, f".{node.func.attr}() reads the clock; take the day as a parameter"))
        # How long something takes says no day: a time limit may ask for it, by name.
        found += [
            Finding(path, node.lineno, "the module time reads the clock; take the day as a parameter")
            for node, module in _imports(tree)
            if module == "time" and not (isinstance(node, ast.ImportFrom) and {one.name for one in node.names} == {"monotonic"})
        ]
    return found


def skipped_tests(checkout: Path) -> list[Finding]:
    """Tests that skip themselves: what needs more than the Python package index has a marker, and --all runs it."""
    return [
        Finding(path, node.lineno, f"{node.attr} leaves a test out; use a marker")
        for path, tree in _trees(checkout, "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CALLS_THAT_SKIP and ast.unparse(node).startswith(("pytest.", "unittest."))
    ]


def foreign_phrases(checkout: Path) -> list[Finding]:
    """Phrases in any text of the project that belong to one machine."""
    found = []
    for path in _files(checkout):
        if path.startswith(TEXTS_OF_OTHERS):
            continue
        try:
            lines = (checkout / path).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or a table, not a text
        for number, line in enumerate(lines, 1):
            found += [Finding(path, number, f"'{hit[0]}' {why}") for pattern, why in PHRASES if (hit := pattern.search(line))]
    return found


GUARDS: tuple[Callable[[Path], list[Finding]], ...] = (
    long_files,
    long_functions,
    empty_names,
    impure_terms,
    imports_of_the_root,
    clocks,
    skipped_tests,
    foreign_phrases,
)


def _files(checkout: Path, below: str = "") -> Iterator[str]:
    for folder, inner, names in os.walk(checkout / below):
        here = Path(folder)
        made = MADE_ANYWHERE | (MADE_AT_THE_TOP if here == checkout else frozenset())
        inner[:] = sorted(set(inner) - made)
        yield from ((here / name).relative_to(checkout).as_posix() for name in sorted(names))


def _python_files(checkout: Path, below: str = "") -> Iterator[str]:
    return (path for path in _files(checkout, below) if path.endswith(".py"))


def _trees(checkout: Path, below: str = "") -> Iterator[tuple[str, ast.Module]]:
    for path in _python_files(checkout, below):
        yield path, ast.parse((checkout / path).read_text(encoding="utf-8"), path)


def _imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node, node.module or ""


def _sizes(checkout: Path, limit: int) -> list[Finding]:
    found = []
    for path in _python_files(checkout):
        lines = len((checkout / path).read_text(encoding="utf-8").splitlines())
        if lines > limit:
            found.append(Finding(path, limit + 1, f"{lines} lines, over {limit}"))
    return found


def main() -> int:
    """Prints what every guard finds; 1 when any finds something."""
    for one in largish_files(CHECKOUT):
        print(f"note: {one}")
    found = [one for guard in GUARDS for one in guard(CHECKOUT)]
    for one in found:
        print(one)
    print(f"{len(GUARDS)} guards, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
