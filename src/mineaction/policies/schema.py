"""The JSON Schema of a policy file, made from the vocabulary so that it cannot fall behind it."""

from __future__ import annotations

from typing import Any

from mineaction.policies.clause import FORCES, KINDS_OF_FINDING, KINDS_OF_TEXT, MODALITIES, TEXT_ONLY
from mineaction.terms.vocabulary import ACTS, FIELDS

Schema = dict[str, Any]
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_WORDS = {"type": "string", "minLength": 1}
_IDS = {"type": "array", "items": _WORDS}


def schema() -> Schema:
    """JSON Schema (2020-12) of one version file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A version of a policy as dated clauses",
        "type": "object",
        "required": ["version", "title", "in_force", "readings", "clauses"],
        "additionalProperties": False,
        "properties": {
            "version": {"type": "string", "pattern": r"^[a-z0-9_]+@\d{4}-\d{2}-\d{2}$"},
            "title": _WORDS,
            "instrument": {"type": "object"},
            "in_force": _closed(
                {"from": _DAY, "to": {"type": ["string", "null"]}, "known_from": _DAY, "certain_until": _DAY, "own_end": _DAY}, ["from"]
            ),
            "ended_by": _WORDS,
            "texts": {"type": ["object", "null"], "additionalProperties": _WORDS},
            "continues": {"type": "array", "items": _closed({"version": _WORDS, "clauses": _IDS}, ["version", "clauses"])},
            "scope": _any_of(_condition()),
            "decided_as": {"type": "array", "items": {"type": "object"}},
            "readings": {"type": "object", "minProperties": 1, "additionalProperties": _reading()},
            "clauses": {"type": "array", "minItems": 1, "items": _clause()},
            "accepted": {"type": "array", "items": _accepted()},
        },
    }


def _clause() -> Schema:
    kinds: Schema = {kind: _any_of(_condition()) for kind in MODALITIES if kind != "oblige"}
    kinds["oblige"] = _closed(
        {"do": _acts(), "triggered_by": _acts(), "when": _any_of(_condition()), "deadline": {"type": "string"}},
        ["do"],
    )
    kinds |= dict.fromkeys(TEXT_ONLY, _WORDS)
    kinds["continues_where"] = _closed({"version": _WORDS, "when": _any_of(_condition()), "reading": _WORDS}, ["version", "when"])
    return {
        "type": "object",
        "required": ["id", "text"],
        "additionalProperties": False,
        "properties": {
            "id": _WORDS,
            "article": _WORDS,
            "from": _DAY,
            "until": _DAY,
            "text": _any_of(_text()),
            "scope": {"const": "none"},
            "defeats": _IDS,
            "suspends": _IDS,
            "proviso": _WORDS,
            "force": {"enum": list(FORCES)},
            "refers_to": _closed({"instrument": _WORDS, "as_if": {"const": "party"}}, ["instrument", "as_if"]),
            "why": _WORDS,
            "only_in": _IDS,
            "omit": {"type": "boolean"},
            "readings": {"type": "object", "additionalProperties": {"type": "object"}},
            **kinds,
        },
        "oneOf": [{"required": [kind]} for kind in kinds],
    }


def _accepted() -> Schema:
    ids = {"type": "array", "minItems": 1, "items": _WORDS}
    finding = {"enum": list(KINDS_OF_FINDING)}
    return _closed({"finding": finding, "clauses": ids, "acts": _acts(), "readings": ids, "reason": _WORDS}, ["finding", "reason"])


def _condition() -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": {name: _values(name) for name in FIELDS}}


def _values(name: str) -> Schema:
    listed = {"type": "array", "items": {"enum": list(FIELDS[name].values)}}
    return {"oneOf": [listed, _closed({"not": listed}, ["not"])]}


def _acts() -> Schema:
    return {"type": "array", "items": {"enum": list(ACTS)}}


def _text() -> Schema:
    kinds = {"enum": list(KINDS_OF_TEXT)}
    return _closed({"kind": kinds, "says": _WORDS, "file": _WORDS, "citation": _WORDS}, ["kind", "says"])


def _reading() -> Schema:
    words = {"says": _WORDS, "source": {"type": "string"}, "holders": {"type": "string"}, "prefers": _WORDS}
    return _closed({"default": {"type": "boolean"}, "cite_when": _any_of(_condition()), "scope": _any_of(_condition()), **words}, ["says"])


def _any_of(one: Schema) -> Schema:
    return {"oneOf": [one, {"type": "array", "items": one}]}


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
