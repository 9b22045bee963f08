"""Is the date of the document that of an act of the policy history?

An act of another day with the document's title makes the date wrong; without either the answer is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mineaction.reports.fact_check.evidence import (
    FALSE,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
)
from mineaction.reports.fact_check.folding import folded
from mineaction.reports.fact_check.policy_steps import step_evidence, steps_of
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact


def statement_date(claim: Claim, asked: Asked) -> Answer:
    """The date of the document is that of the act it announces."""
    day = claim.words["date"]
    steps = steps_of(asked.issuer, asked) if asked.issuer else list(asked.rows("policy_step"))
    same_day = [row for row in steps if row["date"] == day]
    title = _plain(claim.words.get("title", ""))
    # The act whose title is the longest one found in the document's: "Changes to U.S. ... Policy" rather than "U.S. ... Policy".
    fitting = [row for row in steps if title and _plain(row["instrument"]) in title]
    longest = max((len(row["instrument"]) for row in fitting), default=0)
    named = [row for row in fitting if len(row["instrument"]) == longest]
    if same_day and (not named or any(row["date"] == day for row in named)):
        return Answer(TRUE, day, (step_evidence(same_day[0]),), why=f"The policy history has an act of {day}: {same_day[0]['instrument']}.")
    if named:
        return Answer(FALSE, named[-1]["date"], (step_evidence(named[-1]),), why=f"The act of that title is of {named[-1]['date']}.")
    if moment(day) is None:
        return Answer(FALSE, None, why="It is not a date of the calendar.")
    return Answer(
        UNKNOWN,
        None,
        missing=("an act of that day",),
        why="No act of the policy history is of that day; when the document was published is not among the facts.",
    )


def is_of_an_act(claim: Claim, steps: Sequence[RecordedFact]) -> bool:
    """Whether the policy history has an act of that day or of the document's title; else the date is no claim about one."""
    title = _plain(claim.words.get("title", ""))
    return any(row["date"] == claim.words["date"] or (title and _plain(row["instrument"]) in title) for row in steps)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", folded(words).casefold()).strip()
