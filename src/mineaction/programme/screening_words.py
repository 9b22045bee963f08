"""What do the words of one column say: facts as numbers, a state, a day, or a problem? The same words mean the same as in `decide`.

A word is read once, however many rows hold it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mineaction.ledger.book import Book
from mineaction.policies.open_questions import code_of
from mineaction.policies.pairs import Ints, Numbered
from mineaction.programme.activity import read_activity
from mineaction.sources.column_words import ColumnWords
from mineaction.sources.mapping import ACTOR, DAY, UNDERLYING, MappedField
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import COLUMN_PROBLEMS_MAX, DAY_FIRST, WORDS_KEPT_MAX
from mineaction.terms.problem import Problem, ProblemError, problem

# Days are counted from the first one there is; a cell without a day has this number.
NO_DAY = -1
_DAY_LETTERS = 10


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
    is_below = mapped.field.startswith(UNDERLYING)
    words = {mapped.field.removeprefix(UNDERLYING): word}
    said = read_activity({} if is_below else words, words if is_below else None, None, book, problems)
    if problems:
        return Meaning(problem=problems[0])
    if mapped.field == ACTOR:
        return Meaning(actor=said.actor)
    prefix = UNDERLYING if is_below else ""
    facts = said.underlying if is_below else said.facts
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
    words = {mapped.field.removeprefix(UNDERLYING): mapped.word(given or "") for mapped, given in ((one, text), (other, other_text))}
    is_below = one.field.startswith(UNDERLYING)
    read_activity({} if is_below else words, words if is_below else None, None, book, problems)
    return problems[0] if problems else None


class MappedColumn:
    """One mapped column (or constant), and the meanings of the words met in it."""

    def __init__(self, mapped: MappedField, book: Book) -> None:
        self.mapped, self._book = mapped, book
        self.meanings: Numbered[Meaning] = Numbered()
        self.meanings.number(NOTHING)
        self.problems = 0
        self._texts: dict[str | None, int] = {}
        self._text_of: list[str | None] = [None]
        self._luts: dict[str, Ints] = {}

    @property
    def name(self) -> str:
        return self.mapped.column or self.mapped.field

    def meanings_of(self, words: ColumnWords) -> Ints:
        """The number of the meaning of each word, and after the last word that of an empty cell."""
        return np.array([*map(self._number, words.texts), 0], np.intp)

    def text_of(self, number: int) -> str | None:
        """A text that has this meaning."""
        return self._text_of[number]

    def _number(self, text: str | None) -> int:
        if text not in self._texts:
            if len(self._texts) > WORDS_KEPT_MAX:
                self._texts.clear()
            said = meaning(self.mapped, text, self._book)
            self._texts[text] = number = self.meanings.number(said)
            if number == len(self._text_of):
                self._text_of.append(text)
                self.problems += said.problem is not None
            if self.problems > COLUMN_PROBLEMS_MAX:
                raise ProblemError(
                    [problem("table_column_unlike", f"column {self.name}", self.name, field=self.mapped.field, limit=COLUMN_PROBLEMS_MAX)]
                )
        return self._texts[text]

    def fields(self) -> list[str]:
        """The facts that words of this column say something about."""
        return list(dict.fromkeys(name for one in self.meanings.values for name, _ in one.facts))

    def lut(self, what: str, of: Callable[[Meaning], int]) -> Ints:
        """A number for each meaning, worked out anew when meanings were added."""
        if what not in self._luts or len(self._luts[what]) != len(self.meanings):
            self._luts[what] = np.array([of(one) for one in self.meanings.values], np.intp)
        return self._luts[what]
