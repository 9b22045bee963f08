"""How does a fact stand in a row of the table `fact`, and how is it read again? A row that does not match its id is never handed out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from mineaction.terms.fact import Fact, encoded
from mineaction.terms.problem import Problem, ProblemError, problem

_as_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_NOTHING, _BETWEEN, _AFTER = b"{}", b'": "', b'", "'
_NOT_PLAIN = re.compile(rb"[\x00-\x1f\\]")
FACT_COLUMNS = "fact_id, kind, subject, payload, sealed, geometry, valid_from, valid_to, source, supersedes"


def fact_of(row: Sequence[object]) -> Fact:
    """The fact of a row of the table `fact`; one that does not match its id is a problem and never handed out."""
    try:
        fact = _unchecked(row)
        # An empty field is no part of the id, so that a name it had could be anything: none is ever written.
        if fact.fact_id == row[0] and all(fact.payload.values()):
            return fact
    except (ValueError, TypeError, AttributeError):
        pass  # no fact was ever written so
    raise ProblemError([problem("ledger_fact_altered", f"fact {row[0]}", row[2])])


def fact_problems(row: Sequence[object]) -> list[Problem]:
    """Whether a row is another fact than that of its id."""
    try:
        fact_of(row)
    except ProblemError as error:
        return list(error.problems)
    return []


def _unchecked(row: Sequence[Any]) -> Fact:
    _, kind, subject, payload, sealed, geometry, valid_from, valid_to, source, supersedes = row
    return Fact(
        kind=kind,
        subject=subject,
        payload=MappingProxyType(json.loads(payload)),
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
        geometry=geometry,
        sealed=MappingProxyType({name: bytes.fromhex(value) for name, value in json.loads(sealed).items()}),
        supersedes=supersedes,
    )


def id_of_plain(payload: bytes, sealed: bytes, key: Sequence[bytes], others: Sequence[bytes]) -> str | None:
    """The id of a row that was written as `row_of` writes it, from its bytes alone; None for any other, which `fact_of` has to read.

    A text without a backslash holds no quotation mark, so what stands between quotation marks is a name or a value.
    """
    if sealed != _NOTHING or len(payload) <= len(_NOTHING) or _NOT_PLAIN.search(payload):
        return None
    parts = payload[2:-2].replace(_BETWEEN, _AFTER).split(_AFTER)
    values = tuple(parts[1::2])
    form = _form(tuple(parts[::2]))
    if not form or len(parts) % 2 or b"" in values or form % values != payload:
        return None
    return hashlib.sha256(encoded(key, parts, (), others)).hexdigest()


@lru_cache(maxsize=1_000)
def _form(names: tuple[bytes, ...]) -> bytes:
    """The payload with these names, its values left out; nothing where no payload has these names in this order."""
    if list(names) != sorted(set(names)):
        return b""
    return b"{" + b", ".join(b'"%b": "%%b"' % name.replace(b"%", b"%%") for name in names) + b"}"


def row_of(fact_id: str, fact: Fact) -> tuple[object, ...]:
    """The row of a fact, without its empty fields."""
    payload = _as_json({name: value for name, value in fact.payload.items() if value})
    sealed = _as_json({name: value.hex() for name, value in fact.sealed.items()})
    told = (fact.kind, fact.subject, payload, sealed, fact.geometry)
    return (fact_id, *told, fact.valid_from, fact.valid_to, fact.source, fact.supersedes)
