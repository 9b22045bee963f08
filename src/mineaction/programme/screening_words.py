"""What does one cell of a table say: facts as numbers, a state, a day, or a problem? The same words mean the same as in `decide`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mineaction.ledger.book import Book
from mineaction.policies.open_questions import code_of
from mineaction.programme.activity import read_activity
from mineaction.sources.mapping import ACTOR, DAY, MappedField
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import DAY_FIRST
from mineaction.terms.problem import Problem

# Days are counted from the first one there is; a cell without a day has this number.
NO_DAY = -1
_DAY_LETTERS = 10
_BELOW = "underlying."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell says. `facts` holds (field, code), the field's own and those that a short form states besides."""

    facts: tuple[tuple[str, int], ...] = ()
    actor: str = ""
    place_state: str = ""
    counterparty_state: str = ""
    day: int = NO_DAY
    problem: Problem | None = None

    def code(self, field: str) -> int:
        """The number of the fact; 0 if the cell says nothing about it."""
        return next((code for name, code in self.facts if name == field), 0)


NOTHING = Meaning()


def meaning(mapped: MappedField, given: str | None, book: Book) -> Meaning:
    """What the text of a cell in this column says; an empty one, and one listed as unknown, says nothing."""
    word = mapped.word(given or "")
    if not word:
        return NOTHING
    problems: list[Problem] = []
    if mapped.field == DAY:
        day = _day(word, problems)
        return Meaning(problem=problems[0]) if day is None else Meaning(day=(day - DAY_FIRST).days)
    words, below = ({}, {mapped.field.removeprefix(_BELOW): word}) if mapped.field.startswith(_BELOW) else ({mapped.field: word}, None)
    said = read_activity(words, below, None, book, problems)
    if problems:
        return Meaning(problem=problems[0])
    if mapped.field == ACTOR:
        return Meaning(actor=said.actor)
    prefix = _BELOW if below else ""
    facts = said.underlying if below else said.facts
    return Meaning(
        tuple((f"{prefix}{name}", code_of(name, value)) for name, value in (facts or {}).items()),
        said.actor,
        said.place_state,
        said.counterparty_state,
    )


def _day(word: str, problems: list[Problem]) -> dt.date | None:
    """A day, or the day of a moment written by ISO 8601."""
    day, found = parse_day(word[:_DAY_LETTERS], DAY)
    if len(word) > _DAY_LETTERS:
        try:
            dt.datetime.fromisoformat(word)
        except ValueError:
            day, found = parse_day(word, DAY)
    problems += found
    return day


def contradiction(one: MappedField, text: str | None, other: MappedField, other_text: str | None, book: Book) -> Problem | None:
    """What is wrong when a short form in one column says otherwise than another column of the same row."""
    problems: list[Problem] = []
    words = {mapped.field.removeprefix(_BELOW): mapped.word(given or "") for mapped, given in ((one, text), (other, other_text))}
    is_below = one.field.startswith(_BELOW)
    read_activity({} if is_below else words, words if is_below else None, None, book, problems)
    return problems[0] if problems else None
