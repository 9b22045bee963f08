"""How does a fact stand in a row of the table `fact`, and how is it read again? A row that does not match its id is never handed out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from mineaction.terms.fact import Fact, encoded, length
from mineaction.terms.problem import Problem, ProblemError, problem

_as_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_BETWEEN, _AFTER = b'": "', b'", "'
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]+')
# Stands for a value; a control character, so in no name that is plain.
_MARK = b"\x1f"
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
    """Whether a row is another fact than that of its id, or its payload is written as none ever was: with a name twice, say."""
    try:
        fact = fact_of(row)
    except ProblemError as error:
        return list(error.problems)
    return [] if _as_json(dict(fact.payload)) == row[3] else [problem("ledger_fact_altered", f"fact {row[0]}", row[2])]


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


class PlainRows:
    """The ids of rows that were written as `row_of` writes them, from their bytes alone.

    A text without a backslash holds no quotation mark, so what stands between quotation marks is a name or a value. Most rows have the
    names of the row before.
    """

    def __init__(self) -> None:
        self._form = _form(())

    def id_of(self, payload: bytes, kind: bytes, subject: bytes, others: Sequence[bytes]) -> str | None:
        """The id of a row without sealed fields; None for one that is written otherwise, which `fact_of` has to read."""
        match, between = self._form
        found = match(payload)
        if not found:
            self._form = match, between = _form(tuple(payload[2:-2].replace(_BETWEEN, _AFTER).split(_AFTER)[::2]))
            found = match(payload)
        if not found:
            return None
        parts = [kind, subject, *found.groups(), *others]
        pieces = [b""] * (3 * len(parts))
        pieces[::3], pieces[1::3], pieces[2::3] = between, map(length, map(len, parts)), parts
        return hashlib.sha256(b"".join(pieces)).hexdigest()


class _Form(NamedTuple):
    """Payloads of the same names: how each is taken apart, and what stands between its values and their lengths in what is encoded."""

    match: Callable[[bytes], re.Match[bytes] | None]
    between: list[bytes]


@lru_cache(maxsize=1_000)
def _form(names: tuple[bytes, ...]) -> _Form:
    """The form of these names; one that no payload has where no payload is written with these names in this order."""
    if not names or list(names) != sorted(set(names)) or not all(map(_PLAIN.fullmatch, names)):
        return _Form(re.compile(rb"(?!)").match, [])
    payload = b", ".join(b'"%b": "(%b)"' % (re.escape(name), _PLAIN.pattern) for name in names)
    encoding = encoded([_MARK] * 2, [part for name in names for part in (name, _MARK)], [], [_MARK] * 4)
    return _Form(re.compile(b"{%b}" % payload).fullmatch, encoding.split(length(len(_MARK)) + _MARK)[:-1])


def row_of(fact_id: str, fact: Fact) -> tuple[object, ...]:
    """The row of a fact, without its empty fields."""
    payload = _as_json({name: value for name, value in fact.payload.items() if value})
    sealed = _as_json({name: value.hex() for name, value in fact.sealed.items()}) if fact.sealed else "{}"
    told = (fact.kind, fact.subject, payload, sealed, fact.geometry)
    return (fact_id, *told, fact.valid_from, fact.valid_to, fact.source, fact.supersedes)
