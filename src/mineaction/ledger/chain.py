"""How is it shown that nothing was changed: a digest of each fact told, a root over a batch, a chain over the batches.

The id of a batch follows from its facts, in whatever order, and from the version of the mapping that made them: the same batch twice is
the same batch. Its root binds their order, their number and their places in the file; its link binds the root, the whole envelope and the
link before. Refuses to say whether whoever holds the file made all of it anew: only a checkpoint that somebody else keeps can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

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
    told = sorted(_digests("fact", ((entry.fact_id, entry.supersedes) for entry in entries)))
    return _digest("batch", mapping, *told)


def reversal_id_of(batch_id: str, times_before: int) -> str:
    """The id of the reversal of a batch that was reversed so many times before."""
    return _digest("reversal", batch_id, times_before)


def root_of(entries: Sequence[Entry]) -> str:
    """The root over the facts of a batch in their order."""
    return _digest("root", len(entries), *_digests("entry", entries))


def first_link(store_id: str) -> str:
    """What the first batch of a store is linked to."""
    return _digest("store", store_id)


def link_of(before: str, envelope: Envelope, root: str) -> str:
    """The link of a batch to all batches before it."""
    return _digest("link", before, root, *envelope)


def _digest(*parts: object) -> str:
    """SHA-256 over every part behind its own length. A damaged store may give something that is no text: it has a digest, of its own."""
    return next(_digests(str(parts[0]), [parts[1:]]))


def _digests(what: str, rows: Iterable[Iterable[object]]) -> Iterator[str]:
    head = _VERSION + len(what.encode()).to_bytes(8, "big") + what.encode()
    for row in rows:
        parts = [str(part).encode("utf-8", "surrogatepass") for part in row]
        sizes = [len(part).to_bytes(8, "big") for part in parts]
        yield hashlib.sha256(head + b"".join(chain.from_iterable(zip(sizes, parts, strict=True)))).hexdigest()
