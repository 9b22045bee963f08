"""What a fact is: a whole record as somebody told it, with two times, and an id that follows from its content alone.

`fact_id` is SHA-256 over the canonical, length-prefixed bytes of (kind, subject, payload, sealed fields, geometry, valid_from,
valid_to, source), so that the same content has the same id in every store. When it became known, who told it and in which
batch belong to the envelope (`RecordedFact`), outside the id. Status, approval and supersession are results of folds,
never fields of a fact.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENCODING_VERSION = b"mineaction-fact-1"
# Lengths as they are written before a part, most parts being words.
_SHORT = tuple(size.to_bytes(8, "big") for size in range(256))


@dataclass(frozen=True, slots=True)
class Fact:
    """One record as told. `payload` holds the fields of its kind as text; one that is empty or not there says nothing; dates are ISO
    text, possibly partial."""

    kind: str
    subject: str
    payload: Mapping[str, str]
    source: str
    valid_from: str = ""
    valid_to: str = ""
    geometry: bytes = b""
    sealed: Mapping[str, bytes] = field(default_factory=dict)
    supersedes: str = ""
    # The id once it was asked for: it is asked for again and again, and what it follows from cannot change.
    _id: str = field(default="", init=False, compare=False, repr=False)

    @property
    def fact_id(self) -> str:
        """64 hexadecimal digits; equal content gives equal ids on every machine."""
        if not self._id:
            object.__setattr__(self, "_id", hashlib.sha256(canonical_bytes(self)).hexdigest())
        return self._id


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact in its envelope: since when it could be known, on what ground, and where it stands in its book.

    `known_from` is None when it is not known since when; folds leave such facts out of an explicit `known_at`.
    `known_from_basis` is `act`, `publication`, `assumed` or empty.
    """

    fact: Fact
    known_from: dt.date | None
    known_from_basis: str
    position: str

    def __getitem__(self, name: str) -> str:
        return self.fact.payload[name]


def canonical_bytes(fact: Fact) -> bytes:
    """The bytes an id is made from: every part behind its own length, so that no two records share them."""
    parts: list[bytes] = [ENCODING_VERSION, _text(fact.kind), _text(fact.subject)]
    # A field that is empty says nothing, as one that is not there: a field added to a kind later leaves the ids of older facts as they are.
    parts += _pairs((name, _text(value)) for name, value in fact.payload.items() if value)
    parts += _pairs(fact.sealed.items())
    parts += [fact.geometry, _text(fact.valid_from), _text(fact.valid_to), _text(fact.source)]
    return b"".join(_prefixed(part) for part in parts)


def _text(value: str) -> bytes:
    return value.encode("utf-8")


def _prefixed(part: bytes) -> bytes:
    size = len(part)
    return (_SHORT[size] if size < len(_SHORT) else size.to_bytes(8, "big")) + part


def _pairs(items: Iterable[tuple[str, bytes]]) -> list[bytes]:
    ordered = sorted(items)
    flat = [len(ordered).to_bytes(8, "big")]
    for name, value in ordered:
        flat += [_text(name), value]
    return flat
