"""What every book of facts promises to a reader, whatever it is kept in. Refuses nothing and decides nothing: it repeats what was told.

The packaged book and every later store pass the same test of these promises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from mineaction.terms.fact import RecordedFact


class FactBook(Protocol):
    """The reading half of a ledger."""

    def kinds(self) -> tuple[str, ...]:
        """The kinds of facts that may stand in this book, each defined in `terms/kinds.py`."""
        ...

    def facts(self, kind: str) -> tuple[RecordedFact, ...]:
        """All facts of one kind, in the order of the book, the same tuple each time.

        Nothing told is left out, merged or corrected: competing claims stand beside each other. A kind that is not in `kinds()`
        is a programmer's error (KeyError). Each `position` is unique in the book.
        """
        ...

    def history(self, subject: str) -> tuple[RecordedFact, ...]:
        """Everything told of one subject, in the order of the book; empty when nothing was."""
        ...

    def complete_until(self, kind: str, key: str = "") -> dt.date | None:
        """The last day up to which later facts of this set would be here; None when that is not known. `key` is a part of a kind."""
        ...

    def completeness(self, kind: str, key: str = "") -> Mapping[str, str]:
        """How far the set reaches, as told: complete_until, list_status, basis, source, note; empty when nothing is said of it."""
        ...

    def identity(self) -> dict[str, str]:
        """`name`, `version` and `digest`: what an answer names as the book it was read from. The digest changes with any content."""
        ...

    def manifest(self) -> Mapping[str, Mapping[str, str]]:
        """Every source text of the book by its file name, with title, issuer, date, address, rights and SHA-256."""
        ...

    def text(self, file_name: str) -> str:
        """One source text of the manifest, exactly as fetched.

        A name outside the manifest is the problem `text_missing`; bytes that differ from the manifest are `packaged_data_broken`.
        """
        ...


class Book(FactBook, Protocol):
    """A book that comes with a map of countries, as the packaged one does; a programme's own store holds none."""

    def places(self) -> bytes:
        """The map of countries of the book, as `registers/boundaries.py` loads it."""
        ...
