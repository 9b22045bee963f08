"""How is it shown that nothing was changed: a digest of each fact told, a root over a batch, a chain over the batches.

The id of a batch follows from its facts, in whatever order, and from the version of the mapping that made them: the same batch twice is
the same batch. Its root binds their order, their number and their places in the file; its link binds the root, the whole envelope and the
link before. Refuses to say whether whoever holds the file made all of it anew: only a checkpoint that somebody else keeps can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mineaction.terms.fact import length

_VERSION = b"mineaction-chain-1"
# Stands before the digest of a file that is not kept, since it tells of people.
HASH_ONLY = "hash-only:"


class Entry(NamedTuple):
    """One fact as a batch tells it: its id, the fact it corrects, and its place in the file."""

    fact_id: str
    supersedes: str
    place: str


class Envelope(NamedTuple):
    """A batch without its facts. `reverses` is the id of the batch that it takes back; it tells no facts then."""

    seq: int
    batch_id: str
    recorded_at: str
    principal: str
    mapping: str
    file_name: str
    file_sha256: str
    reverses: str

    @property
    def is_hash_only(self) -> bool:
        """Whether nothing is kept of the file but its digest. The link binds it: a file taken out of the store does not look so."""
        return self.file_sha256.startswith(HASH_ONLY)

    def is_known_on(self, known_at: dt.date | None) -> bool:
        """Whether it was recorded by the end of a day (UTC); without a day every batch is known."""
        return known_at is None or dt.date.fromisoformat(self.recorded_at[:10]) <= known_at


def batch_id_of(entries: Iterable[Entry], mapping: str) -> str:
    """The id of these facts told under this mapping."""
    told = [(entry.fact_id, entry.supersedes) for entry in entries]
    return _digest("batch", mapping, *sorted(_digests("fact", *zip(*told, strict=True))))


def reversal_id_of(batch_id: str, times_before: int) -> str:
    """The id of the reversal of a batch that was reversed so many times before."""
    return _digest("reversal", batch_id, times_before)


def root_of(entries: Sequence[Entry]) -> str:
    """The root over the facts of a batch in their order."""
    return _digest("root", len(entries), *_digests("entry", *zip(*entries, strict=True)))


def first_link(store_id: str) -> str:
    """What the first batch of a store is linked to."""
    return _digest("store", store_id)


def link_of(before: str, envelope: Envelope, root: str) -> str:
    """The link of a batch to all batches before it."""
    return _digest("link", before, root, *envelope)


def _digest(what: str, *parts: object) -> str:
    """SHA-256 over every part behind its own length. A damaged store may give something that is no text: it has a digest, of its own."""
    return hashlib.sha256(b"".join([_head(what), *_sized(parts)])).hexdigest()


def _digests(what: str, *columns: Iterable[object]) -> list[str]:
    """The digest of each row of these columns."""
    head = _head(what)
    return [hashlib.sha256(head + b"".join(row)).hexdigest() for row in zip(*map(_sized, columns), strict=True)]


def _head(what: str) -> bytes:
    return b"".join([_VERSION, *_sized([what])])


def _sized(parts: Iterable[object]) -> list[bytes]:
    encoded = [str(part).encode("utf-8", "surrogatepass") for part in parts]
    return [length(len(part)) + part for part in encoded]
