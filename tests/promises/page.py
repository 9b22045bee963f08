"""Writes docs/PROMISES.md from the table of promises: `python -m tests.promises.page`. A test compares the two."""

from __future__ import annotations

import json

from tests.house.guards import CHECKOUT
from tests.promises.table import FIGURES, PROMISES, ROUNDS, Promise

PAGE = CHECKOUT / "docs" / "PROMISES.md"
HEAD = """# Promises, and the tests that prove them

What the ledger promises to whoever relies on it, and which tests prove it. Rounds with every change are run by `./test`, those of the night
by `./test --nightly`. No failure in N rounds bounds the rate of failures at about 3/N, with 95 % confidence, and proves no more. Every test
that looks for something is itself shown to find it: something is left out or broken on purpose, and it has to go red. Seeds are random and
printed, so that a round can be repeated.

A promise without a test is not proved yet, and says so. What none of this proves: disks that say "written" and lie, an administrator who
holds everything, wrong facts honestly entered.

This page is written by `python -m tests.promises.page` from `tests/promises/table.py`. Figures are those that
`pytest tests/promises --record-figures` found last, with `--rounds=nightly` those of the night.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(one) for one in PROMISES)


def _section(one: Promise) -> str:
    lines = [f"\n## {one.number}. {one.sentence}\n"]
    if not one.tests:
        lines.append("\nNot yet proved.\n")
    if one.rest:
        lines.append(f"\n{one.rest}\n")
    if one.figures:
        lines.append("\n| rounds | every change | night | last found |\n|---|---:|---:|---|\n")
        lines += [f"| {name} | {ROUNDS[name][0]:,} | {ROUNDS[name][1]:,} | {_last(name)} |\n" for name in one.figures]
    if one.tests:
        lines.append("\nProved by\n\n")
        lines += [f"- {_shown(test)}\n" for test in one.tests]
    if one.mutations:
        lines.append("\nShown to go red by\n\n")
        lines += [f"- {_shown(test)}\n" for test in one.mutations]
    return "".join(lines)


def _shown(test: str) -> str:
    """File and sentence of a test."""
    file, _, name = test.partition("::")
    sentence = name.rpartition("::")[2].removeprefix("test_").replace("_", " ")
    return f"{sentence} ([{file.rpartition('/')[2]}](../{file}))" if name else f"all of [{file.rpartition('/')[2]}](../{file})"


def _last(name: str) -> str:
    held = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    found = held.get(name, {})
    words = {"day": "", "nightly": "by night: "}
    return "<br>".join(f"{words[when]}{found[when]}" for when in words if when in found) or "not recorded"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
