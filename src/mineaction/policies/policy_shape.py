"""Is each value of a policy file of the type its key wants? Asked before anything else, so that the later checks may trust it.

The table below is the format: which keys stand where, which of them must, and what they hold. Whether words belong to the
vocabulary and edges lead somewhere is `policy_file.py`, whether quotes stand in their files `policy_texts.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mineaction.policies.clause import FORCES, MODALITIES, TEXT_ONLY
from mineaction.terms.dates import parse_day
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import nearest

TEXT, WORDS, FLAG, DAY, FORCE, CONDITION = "a text", "a list of texts", "true or false", "a day", "a force", "a condition"
# In the table: a name of a shape for a mapping of that shape, `[name]` for one or a list of them, `{name}` for a mapping to them.
Shape = dict[str, str]

SHAPES: dict[str, Shape] = {
    "version": {
        "version": TEXT, "title": TEXT, "instrument": "instrument", "in_force": "period", "ended_by": TEXT, "texts": "{text}",
        "continues": "[carried]", "scope": CONDITION, "decided_as": "[decided_as]", "readings": "{reading}", "clauses": "[clause]",
        "accepted": "[accepted]",
    },
    "instrument": {
        "instrument": TEXT, "instrument_kind": TEXT, "title": TEXT, "existed_from": DAY, "encoded_from": DAY, "binds": "binds",
        "known_until": TEXT,
    },
    "binds": {"actors": WORDS, "parties_to": TEXT, "actor_kinds": WORDS, "counterparties": WORDS},
    "period": {"from": DAY, "to": TEXT, "known_from": DAY, "certain_until": DAY, "own_end": DAY},
    "reading": {
        "default": FLAG, "says": TEXT, "source": TEXT, "holders": TEXT, "prefers": TEXT, "cite_when": CONDITION, "scope": CONDITION,
    },
    "decided_as": {"act": WORDS, "as": TEXT, "when": CONDITION, "note": TEXT, "readings": "{override of decided_as}"},
    "clause": {
        "id": TEXT, "article": TEXT, "from": DAY, "until": DAY, "text": "[quote]", "scope": TEXT, "defeats": WORDS,
        "suspends": WORDS, "proviso": TEXT, "force": FORCE, "refers_to": "reference", "why": TEXT, "only_in": WORDS,
        "omit": FLAG, "readings": "{override of clause}",
        "continues_where": "continued",
        **dict.fromkeys(MODALITIES, CONDITION), **dict.fromkeys(TEXT_ONLY, TEXT), "oblige": "duty",
    },
    "quote": {"kind": TEXT, "says": TEXT, "file": TEXT, "citation": TEXT},
    "duty": {"do": WORDS, "triggered_by": WORDS, "when": CONDITION, "deadline": TEXT},
    "reference": {"instrument": TEXT, "as_if": TEXT},
    "continued": {"version": TEXT, "when": CONDITION, "reading": TEXT},
    "change": {"texts": "{text}", "clauses": "[clause]"},
    "accepted": {"finding": TEXT, "clauses": WORDS, "acts": WORDS, "readings": WORDS, "reason": TEXT},
    "carried": {"version": TEXT, "clauses": WORDS},
}  # fmt: skip

REQUIRED: dict[str, tuple[str, ...]] = {
    "version": ("version", "title", "in_force", "readings", "clauses"),
    "period": ("from",),
    "reading": ("says",),
    "decided_as": ("act", "as", "when", "note"),
    "clause": ("id", "text"),
    "quote": ("kind", "says"),
    "duty": ("do",),
    "reference": ("instrument", "as_if"),
    "continued": ("version", "when"),
    "change": ("clauses",),
    "accepted": ("finding", "reason"),
    "carried": ("version", "clauses"),
}
# Keys that may be written and left empty: an open end, no limit, no deadline.
_MAY_BE_EMPTY = ("to", "known_until", "deadline", "texts", "binds", "source", "holders")


def shape_problems(raw: Any, name: str, place: str) -> Iterator[Problem]:
    """Unknown keys, missing keys and values of the wrong type, in `raw` and in all it holds."""
    is_override = name.startswith("override of ")
    shape = SHAPES[name.removeprefix("override of ")]
    if not isinstance(raw, dict):
        yield _wrong(place, raw, "keys and values")
        return
    for key in raw:
        if key not in shape:
            yield problem("yaml_key_unknown", place, key, nearest=", ".join(nearest(str(key), shape)))
    for key in () if is_override else REQUIRED.get(name, ()):
        if key not in raw or (raw[key] in (None, "", [], {}) and shape[key] != CONDITION):
            yield problem("yaml_key_missing", place, key)
    for key, value in raw.items():
        is_told = key in REQUIRED.get(name, ()) and shape[key] != CONDITION
        if key in shape and not (value in (None, "") and (key in _MAY_BE_EMPTY or is_told)):
            yield from _value_problems(value, shape[key], f"{place}: {key}")


def _value_problems(value: Any, wanted: str, place: str) -> Iterator[Problem]:
    if wanted.startswith("["):
        inner = wanted[1:-1]
        if inner == "quote" and isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            yield _wrong(place, value, "a list of keys and values")
            return
        for position, one in enumerate(value, start=1):
            named = one.get("id", position) if inner == "clause" and isinstance(one, dict) else position
            yield from shape_problems(one, inner, f"{place.removesuffix('s')} {named}" if inner == "clause" else f"{place} {position}")
    elif wanted.startswith("{"):
        if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value):
            yield _wrong(place, value, "names and what they stand for")
            return
        for key, one in value.items():
            yield from _value_problems(one, TEXT if wanted == "{text}" else wanted[1:-1], f"{place}.{key}")
    elif wanted in SHAPES or wanted.startswith("override of "):
        yield from shape_problems(value, wanted, place)
    else:
        yield from _plain_problems(value, wanted, place)


def _plain_problems(value: Any, wanted: str, place: str) -> Iterator[Problem]:
    if wanted == DAY:
        if not isinstance(value, str):
            yield _wrong(place, value, DAY)
        else:
            yield from parse_day(value, place)[1]
    elif wanted == FORCE and value not in FORCES:
        yield problem("unknown_word", place, value, field="force", nearest=f"Use one of: {', '.join(FORCES)}")
    elif wanted == TEXT and (not isinstance(value, str) or not value.strip()):
        yield _wrong(place, value, TEXT)
    elif wanted == FLAG and not isinstance(value, bool):
        yield _wrong(place, value, FLAG)
    elif wanted == CONDITION and value in (None, "", []):
        yield _wrong(place, value, "field: [values]")
    elif wanted == WORDS and not (isinstance(value, list) and value and all(isinstance(one, str) for one in value)):
        yield _wrong(place, value, WORDS)


def _wrong(place: str, value: Any, wanted: str) -> Problem:
    given = value if isinstance(value, str | bool) else {"dict": "keys and values", "list": "a list"}.get(type(value).__name__, "nothing")
    return problem("yaml_value_wrong", place, given, field=place.rsplit(": ", 1)[-1], expected=f"Write {wanted}.")
