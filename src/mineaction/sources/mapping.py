"""Which column of a user's table says which fact, and what do its own words mean? The mapping a user writes, checked.

    fields:
      act: {column: activity, values: {laid: use, stored: stockpile}, several: {transfer: [sold, given]}, unknown: ["n/k"]}
      item: weapon          # the column alone: its words are the vocabulary's already
      actor: {value: USA}   # the same in every row
      on: day

Two words of a column that become one must be listed together under `several`, so that nobody merges two things by a slip. What a word
of the vocabulary means is not known here: it is handed over.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import FIELDS, nearest

Raw = Mapping[str, Any]

ACTOR, DAY = "actor", "on"
UNDERLYING = "underlying."  # before a fact about the act that is assisted
_FACTS = tuple(name for name in FIELDS if name != "underlying")
# What a mapping can speak of: the day, the actor, every fact of the act and of the act it assists.
MAPPED = (DAY, ACTOR, *_FACTS, *(f"{UNDERLYING}{name}" for name in _FACTS))
_TRUTH = {"true": "yes", "false": "no"}
_KEYS = ("column", "value", "values", "several", "unknown")


@dataclasses.dataclass(frozen=True, slots=True)
class MappedField:
    """Where one fact comes from: a column with the meaning of its words, or one value for every row."""

    field: str
    column: str = ""
    value: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    def word(self, given: str) -> str:
        """The word meant by the text of a cell; empty when it is unknown, as an empty cell is. True is yes where yes or no is asked."""
        text = given.strip()
        if text in self.unknown or text.casefold() == "unknown":
            return ""
        if text in self.values or not self._is_yes_or_no():
            return self.values.get(text, text)
        return _TRUTH.get(text.casefold(), text)

    def _is_yes_or_no(self) -> bool:
        known = FIELDS.get(self.field.removeprefix(UNDERLYING))
        return known is not None and set(known.values) == {"yes", "no"}


def default_mapping(columns: Sequence[str]) -> tuple[MappedField, ...]:
    """The columns that bear the name of a fact, as it is or with spaces, dashes or capitals, each for that fact."""
    named = {name: column for column in reversed(columns) if (name := _as_field(column))}
    return tuple(MappedField(name, named[name]) for name in MAPPED if name in named)


def plain_name(column: str) -> str:
    """The name of a column without what people write in one way or another."""
    return column.strip().casefold().replace(" ", "_").replace("-", "_")


def _as_field(column: str) -> str:
    plain = plain_name(column)
    if plain in MAPPED:
        return plain
    dotted = plain.replace("underlying_", UNDERLYING, 1)
    return dotted if dotted in MAPPED else ""


def read_mapping(raw: Raw, place: str) -> tuple[tuple[MappedField, ...], list[Problem]]:
    """The mapping that a YAML file holds, and what is wrong with it."""
    problems = [problem("yaml_key_unknown", place, one, nearest="fields") for one in raw if one != "fields"]
    fields = raw.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        problems.append(wrong_value(f"{place}: fields", fields, "fields", "Write one line for each fact, such as 'act: activity'."))
        return (), problems
    mapped: list[MappedField] = []
    for name, told in fields.items():
        if name not in MAPPED:
            problems.append(problem("yaml_key_unknown", f"{place}: fields", name, nearest=", ".join(nearest(str(name), MAPPED))))
            continue
        one, found = read_field(str(name), told, f"{place}: {name}")
        problems += found
        mapped += [one] if one else []
    return tuple(mapped), problems


def column_problems(mapped: Iterable[MappedField], columns: Sequence[str], place: str) -> Iterator[Problem]:
    """The columns that the mapping names and the table does not have."""
    for one in mapped:
        where = f"{place}: {one.field}"
        if one.column and one.column not in columns:
            yield problem("table_column_missing", where, one.column, nearest=", ".join(nearest(one.column, columns)))


def read_field(name: str, told: object, place: str, more_keys: Sequence[str] = ()) -> tuple[MappedField | None, list[Problem]]:
    """One field as it is told, and what is wrong with it; `more_keys` are keys that somebody else reads."""
    if isinstance(told, str) and told:
        return MappedField(name, told), []
    if not isinstance(told, Mapping):
        return None, [wrong_value(place, told, name, "Write the name of a column, or {column: ..., values: {...}}, or {value: ...}.")]
    keys = (*_KEYS, *more_keys)
    problems = [problem("yaml_key_unknown", place, one, nearest=", ".join(nearest(str(one), keys))) for one in told if one not in keys]
    column, value = told.get("column") or "", told.get("value") or ""
    if not isinstance(column, str) or not isinstance(value, str) or bool(column) == bool(value):
        return None, [
            *problems,
            wrong_value(place, column or value, name, "Give a column, or one value for every row; not both, not neither."),
        ]
    values, found = _read_values(told, place)
    unknown = told.get("unknown") or ()
    if not isinstance(unknown, list) or not all(isinstance(one, str) for one in unknown):
        found += [] if unknown == () else [wrong_value(f"{place}: unknown", unknown, name, "Write a list of words: [n/k, none given].")]
        unknown = ()
    for one in unknown:
        if one in values:
            found.append(wrong_value(f"{place}: unknown", one, name, "It stands under values or several too; keep one of the two."))
    return MappedField(name, column, value, values, frozenset(one.strip() for one in unknown)), problems + found


def _read_values(told: Raw, place: str) -> tuple[dict[str, str], list[Problem]]:
    """The word for each given text; two texts with one word are right under `several` only."""
    problems: list[Problem] = []
    values: dict[str, str] = {}
    given_of: dict[str, str] = {}
    for given, word in _pairs(told.get("values"), f"{place}: values", problems):
        if not word:
            continue  # left blank by the wizard: such a cell is a problem of its row until somebody says what it means
        if word in given_of:
            problems.append(problem("mapping_values_merged", f"{place}: values", given, other=given_of[word], word=word))
        given_of.setdefault(word, given)
        values[given] = word
    several = told.get("several") or {}
    if not isinstance(several, Mapping):
        return values, [*problems, wrong_value(f"{place}: several", several, "several", "Write {word: [given, given]}.")]
    for word, givens in several.items():
        if not isinstance(givens, list) or not all(isinstance(one, str) for one in givens):
            problems.append(wrong_value(f"{place}: several: {word}", givens, "several", "Write a list of the texts that mean this word."))
            continue
        for given in givens:
            if given.strip() in values:
                problems.append(
                    wrong_value(f"{place}: several: {word}", given, "several", "It has a meaning already; keep one of the two.")
                )
            values[given.strip()] = str(word)
    return values, problems


def _pairs(told: object, place: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    if told is None:
        return
    if not isinstance(told, Mapping):
        problems.append(wrong_value(place, told, "values", "Write {given: word}."))
        return
    for given, word in told.items():
        if word is not None and not isinstance(word, str):
            problems.append(
                wrong_value(f"{place}: {given}", word, "values", "Write one word; several texts for one word go under several.")
            )
            continue
        # YAML reads the bare words true and false as such; a column holds them as text.
        yield str(given).lower() if isinstance(given, bool) else str(given).strip(), (word or "").strip()


def wrong_value(place: str, value: object, name: str, expected: str) -> Problem:
    """A value of a mapping that does not fit its key."""
    return problem("yaml_value_wrong", place, "nothing" if value in (None, "", {}) else value, field=name, expected=expected)
