"""What a fact is: a whole record as somebody told it, with two times, and an id that follows from its content alone.

`fact_id` is SHA-256 over the canonical, length-prefixed bytes of (kind, subject, payload, sealed fields, geometry, valid_from,
valid_to, source), so that the same content has the same id in every store. When it became known, who told it and in which
batch belong to the envelope (`RecordedFact`), outside the id. Status, approval and supersession are results of folds,
never fields of a fact.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ENCODING_VERSION = b"mineaction-fact-1"


class _Lengths(dict[int, bytes]):
    """Lengths as they are written before a part; those of words are kept, since most parts are words."""

    def __missing__(self, size: int) -> bytes:
        return size.to_bytes(8, "big")


# The length of a part as it is written before it.
length = _Lengths((size, size.to_bytes(8, "big")) for size in range(256)).__getitem__


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
    # A field that is empty says nothing, as one that is not there: a field added to a kind later leaves the ids of older facts as they are.
    told = sorted(item for item in fact.payload.items() if item[1])
    fields = [text.encode("utf-8") for item in told for text in item]
    sealed = [part for name, value in sorted(fact.sealed.items()) for part in (name.encode("utf-8"), value)]
    period = [text.encode("utf-8") for text in (fact.valid_from, fact.valid_to, fact.source)]
    return encoded((fact.kind.encode("utf-8"), fact.subject.encode("utf-8")), fields, sealed, (fact.geometry, *period))


def encoded(key: Iterable[bytes], fields: Sequence[bytes], sealed: Sequence[bytes], others: Iterable[bytes]) -> bytes:
    """The canonical bytes of parts that are bytes already. Fields and sealed fields are name, value, name, value in the order of names."""
    parts = (ENCODING_VERSION, *key, length(len(fields) // 2), *fields, length(len(sealed) // 2), *sealed, *others)
    pieces = [b""] * (2 * len(parts))
    pieces[::2], pieces[1::2] = map(length, map(len, parts)), parts
    return b"".join(pieces)
