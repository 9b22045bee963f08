"""Writes docs/CONFORMANCE.md: what was compared with what, over how many cells and cases, and what came out.

`python -m tests.policies.conformance_page` writes it; a test compares it with the figures of the day.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.policies.agreement import packaged_agreement
from tests.policies.packaged_variants import variants
from tests.policies.published_cases import REASONS, outcomes
from tests.policies.test_exception_behaviours import BEHAVIOURS as EXCEPTIONS
from tests.policies.test_exception_behaviours import REFUSED
from tests.policies.test_published_cases import DIFFERS
from tests.policies.test_unknown_behaviours import BEHAVIOURS as UNKNOWNS

PAGE = Path(__file__).parents[2] / "docs" / "CONFORMANCE.md"
HEAD = """# Conformance: what the answers were compared with

The plain walk over clauses is the reference, the tables are what answers; that both agree is tested. This page is about opinions from
outside. It is written by `python -m tests.policies.conformance_page`, and a test computes every figure again.

## A second opinion on every cell

For every packaged version under every reading a program for the solver clingo is written from the policy file as it stands, and derives
the verdict, the deciding clauses and the duties of every act. It shares with the package the vocabulary and nothing else
(`tests/policies/clingo_program.py`, `tests/policies/second_opinion.lp`). Acts that no written list of values tells apart are asked once,
and the answer is compared with the table in every cell that it stands for. Planted mistakes, one cell of a table or one sentence of a
program, are seen. The same is asked of files that nobody wrote, with all that a file may hold, and of unknown facts.

| version | reading | acts asked | cells compared | cells that differ | acts whose duties differ |
|---|---|---:|---:|---:|---:|
"""
PUBLISHED = """
## Published cases of defeasible logic

The package `datalog-conformance` (MIT, pinned for the tests) holds {cases} cases of defeasible logic. A translator
(`tests/policies/defeasible_theories.py`) writes each as a policy where our rule model can say it, and asks the walk and the table.

| | cases |
|---|---:|
| published | {cases} |
| asked, with {questions} questions | {asked} |
| answered as expected | {agreed} |
| answered otherwise | {differ} |
| left out | {left_out} |

Answered otherwise:

{otherwise}

Left out, because the case

| reason | cases |
|---|---:|
"""
BEHAVIOURS = """
## Rules and exceptions, one behaviour at a time

Which behaviours to ask about was learned from the tests of Catala, a language for law as default logic. Where the sentence names it,
Catala does otherwise.

{exceptions}

## Unknown facts beside three-valued logic

| behaviour | null of SQL, Kleene | here |
|---|---|---|
{unknowns}

A definite answer of three-valued logic is never contradicted; that is tested on conditions nobody wrote.
"""


def page() -> str:
    """The whole page, every figure computed."""
    lines = []
    totals: Counter[str] = Counter()
    for one in variants():
        told = packaged_agreement(one.version_id, one.reading)
        figures = {"acts": told.acts, "cells": told.cells, "differ": len(told.differ), "duties": len(told.duties_differ)}
        totals.update(figures)
        lines.append(f"| `{one.version_id}` | {one.reading} | {' | '.join(f'{figure:,}' for figure in figures.values())} |\n")
    lines.append(f"| together | | {' | '.join(f'{totals[name]:,}' for name in ('acts', 'cells', 'differ', 'duties'))} |\n")
    asked = [one for one in outcomes() if not one.reason]
    published = PUBLISHED.format(
        cases=len(outcomes()),
        questions=sum(one.asked for one in asked),
        asked=len(asked),
        agreed=sum(not one.differs for one in asked),
        differ=sum(bool(one.differs) for one in asked),
        left_out=len(outcomes()) - len(asked),
        otherwise="\n".join(f"- `{one.name}` ({'; '.join(one.differs)}) {DIFFERS[one.name]}." for one in asked if one.differs),
    )
    counted = Counter(one.reason for one in outcomes())
    reasons = "".join(f"| {reason} | {counted[reason]} |\n" for reason in REASONS if counted[reason])
    behaviours = BEHAVIOURS.format(
        exceptions="\n".join(f"- {says}" for says in (*(one.says for one in EXCEPTIONS), *(one[0] for one in REFUSED))),
        unknowns="\n".join(f"| {one.says} | {one.kleene} | {one.verdict} |" for one in UNKNOWNS),
    )
    return HEAD + "".join(lines) + published + reasons + behaviours


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
