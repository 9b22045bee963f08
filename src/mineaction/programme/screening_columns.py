"""The columns that screening adds to a table: what each instrument says of each row, and what is wrong with a row that could not be read.

A cell that is empty text says that there is nothing to say (no clause, nothing missing); a cell without a value belongs to a row that
was not screened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mineaction.policies.pairs import Numbered
from mineaction.policies.question import Finding
from mineaction.policies.screening import InstrumentScreen
from mineaction.programme.screening_rows import Wrong, wrong_as_text
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.vocabulary import nearest

DAY_OF_ALL, PROBLEM = "screened_on", "problem"
NOT_SCREENED = -1
WORDS = pa.dictionary(pa.int32(), pa.string())
Answers = npt.NDArray[np.int32]


def _joined(name: str) -> Callable[[Finding], str]:
    return lambda told: ";".join(told[name])


# What is printed of an answer, one column each. Sets of facts that settle it: facts by "+", sets by ";". A proviso holds commas and
# semicolons of its own.
ASPECTS: dict[str, Callable[[Finding], str]] = {
    "verdict": lambda told: str(told["verdict"]),
    "clauses": _joined("clauses"),
    "duties": _joined("duties"),
    "missing": lambda told: ";".join("+".join(names) for names in told["missing"]),
    "reason": lambda told: str(told["reason"]),
    "provisos": lambda told: " | ".join(told["provisos"]),
    "other_readings": lambda told: "; ".join(f"{name}: {one}" for name, one in told["readings"].items() if one != told["verdict"]),
    "beyond_data": _joined("beyond"),
}
READINGS = "other_readings"  # the one aspect that takes other questions to answer


def chosen_aspects(given: str | Sequence[str] | None) -> list[str]:
    """The aspects asked for, in the order in which they are written; all of them when none is named."""
    wanted = [one.strip() for one in (given.split(",") if isinstance(given, str) else given or ASPECTS)]
    if problems := [
        problem("unknown_code", "columns", one, field="column of an answer", nearest=", ".join(nearest(one, ASPECTS)))
        for one in wanted
        if one not in ASPECTS
    ]:
        raise ProblemError(problems)
    return [one for one in ASPECTS if one in wanted]


def added_columns(instruments: Sequence[str], aspects: Sequence[str], *, has_day: bool) -> list[str]:
    """The names of the columns that are added, in their order; one for the day of every row where no column of the table gives it."""
    return [*(f"{one}.{aspect}" for one in instruments for aspect in aspects), *([DAY_OF_ALL] if has_day else []), PROBLEM]


class InstrumentColumns:
    """The columns of one instrument, and how often each verdict was given."""

    def __init__(self, screen: InstrumentScreen, aspects: Sequence[str]) -> None:
        self._screen = screen
        self._words: dict[str, Numbered[str]] = {name: Numbered() for name in aspects}
        self._of_answers: dict[str, list[int]] = {name: [] for name in aspects}
        self._told = 0
        self._met = np.zeros(0, np.int64)

    def of(self, answers: Answers) -> list[pa.DictionaryArray]:
        """One column for each aspect of the answers with these numbers."""
        count = len(self._screen)
        known = answers[answers != NOT_SCREENED] if (answers == NOT_SCREENED).any() else answers
        met = np.bincount(known, minlength=count)
        met[: len(self._met)] += self._met
        self._met = met
        for number in range(self._told, count):
            told = self._screen.answer(number)
            for name, of_answers in self._of_answers.items():
                of_answers.append(self._words[name].number(ASPECTS[name](told)))
        self._told = count
        made = {}
        for of_answers in self._of_answers.values():
            # Columns that say the same thing of the same answers, such as nothing, share their numbers.
            numbers = tuple(of_answers)
            if numbers not in made:
                made[numbers] = indices_of(numbers, answers)
        return [
            pa.DictionaryArray.from_arrays(made[tuple(of_answers)], pa.array(self._words[name].values, pa.string()))
            for name, of_answers in self._of_answers.items()
        ]

    def counts(self) -> dict[str, int]:
        """Rows by verdict, the most frequent first."""
        found: dict[str, int] = {}
        for number in np.flatnonzero(self._met).tolist():
            verdict = self._screen.answer(number)["verdict"]
            found[verdict] = found.get(verdict, 0) + int(self._met[number])
        return dict(sorted(found.items(), key=lambda one: -one[1]))


class ProblemColumn:
    """The column that says what is wrong with a row, empty where nothing is."""

    def __init__(self, wrongs: Numbered[tuple[Wrong, ...]]) -> None:
        self._wrongs = wrongs
        self._texts: list[str] = [""]

    def of(self, wrong: Answers) -> pa.DictionaryArray:
        """The column for rows with these numbers of what is wrong with them."""
        self._texts += [wrong_as_text(one) for one in self._wrongs.values[len(self._texts) :]]
        return pa.DictionaryArray.from_arrays(pa.array(wrong, pa.int32()), pa.array(self._texts, pa.string()))


def dictionary(words: Sequence[str], of_numbers: Sequence[int], numbers: Answers) -> pa.DictionaryArray:
    """A column of few words; a row with the number `NOT_SCREENED` has none."""
    return pa.DictionaryArray.from_arrays(indices_of(of_numbers, numbers), pa.array(list(words), pa.string()))


def indices_of(of_numbers: Sequence[int], numbers: Answers) -> pa.Int32Array:
    """The number of each row's word."""
    # The last element stands for the number -1.
    moved = np.array([*of_numbers, -1], np.int32).take(numbers)
    missing: Any = moved < 0
    return pa.array(moved, pa.int32(), mask=missing) if missing.any() else pa.array(moved, pa.int32())
