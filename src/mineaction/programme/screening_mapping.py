"""Which columns of a table say which facts: the mapping a user gave, or the columns that bear the names of facts. Checked before any row.

Every word that a mapping writes is checked as a word of a question is. The day comes from a column, or is the same in every row.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.decisions import day_asked
from mineaction.programme.files import read_bytes
from mineaction.programme.screening_words import meaning
from mineaction.sources.mapping import DAY, MAPPED, UNDERLYING, MappedField, column_problems, default_mapping, read_mapping
from mineaction.terms.problem import Problem, ProblemError, problem

Given = str | os.PathLike[str] | Mapping[str, Any] | None


def chosen_mapping(
    given: Given, columns: Sequence[str], on: str | dt.date | None, day_columns: Callable[[list[str]], list[str]]
) -> tuple[tuple[MappedField, ...], str | None, list[dict[str, str]]]:
    """The fields mapped, the day of every row (None where a column gives it), and the mapping as an answer tells it.

    `day_columns` finds among columns that are not used those that look like days: today is no answer for a table that has days.
    """
    if given is None:
        mapped, place = default_mapping(columns), "columns"
        if not mapped:
            names = ", ".join((*(one for one in MAPPED if not one.startswith(UNDERLYING)), f"{UNDERLYING}act, {UNDERLYING}item and so on"))
            raise ProblemError([problem("mapping_empty", place, ", ".join(columns), names=names)])
    else:
        place = "mapping" if isinstance(given, Mapping) else os.fspath(given)
        mapped, problems = read_mapping(_raw(given), place)
        problems += [*column_problems(mapped, columns, place), *_word_problems(mapped, place)]
        if problems:
            raise ProblemError(problems)
    told = [{"field": one.field, "column": one.column} if one.column else {"field": one.field, "value": one.value} for one in mapped]
    has_day = any(one.field == DAY for one in mapped)
    if has_day and on is not None:
        raise ProblemError([problem("day_given_twice", DAY, on)])
    if has_day:
        return mapped, None, told
    if on is None:
        unused = [one for one in columns if one not in {two.column for two in mapped}]
        if found := day_columns(unused):
            raise ProblemError([problem("day_column_not_mapped", place, one) for one in found])
    problems = []
    day = day_asked(on, DAY, problems)
    if problems:
        raise ProblemError(problems)
    written = day.isoformat() if day else "unknown"
    return (*mapped, MappedField(DAY, value=written)), written, told


def _raw(given: str | os.PathLike[str] | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(given, Mapping):
        return given
    from mineaction.policies.policy_yaml import parse_yaml

    raw, problems = parse_yaml(read_bytes(os.fspath(given)), os.fspath(given), "a mapping", "Write 'fields:' and one line for each fact.")
    if problems:
        raise ProblemError(problems)
    return raw


def _word_problems(mapped: Sequence[MappedField], place: str) -> Iterator[Problem]:
    """The words of the mapping itself that mean nothing."""
    book = packaged_book()
    for one in mapped:
        words = {"value": one.value} if one.value else {f"{given}": word for given, word in one.values.items()}
        for given, word in words.items():
            found = meaning(MappedField(one.field), word, book).problem
            if found:
                yield Problem(found.code, f"{place}: {one.field}: {given}", found.value, found.message, found.remedy)
