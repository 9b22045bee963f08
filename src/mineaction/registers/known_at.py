"""Which rows could a reader know on a given day? A row counts when it is known since when, and that day is not after `known_at`.

Without `known_at` every row held counts. Rows whose first known day is assumed, and rows left out because nobody knows since when
they were known, are named, so that an answer about the past can list both. Refuses to guess a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.terms.fact import RecordedFact


@dataclass(frozen=True, slots=True)
class KnownRows:
    """`rows` count; of them `assumed` have an assumed first day; `left_out` have none. Both are empty without a `known_at`."""

    rows: tuple[RecordedFact, ...]
    assumed: tuple[RecordedFact, ...]
    left_out: tuple[RecordedFact, ...]


def known_rows(rows: Iterable[RecordedFact], known_at: dt.date | None) -> KnownRows:
    """The rows known on `known_at`, in the order given."""
    if known_at is None:
        return KnownRows(tuple(rows), (), ())
    known: list[RecordedFact] = []
    left_out: list[RecordedFact] = []
    for row in rows:
        if row.known_from is None:
            left_out.append(row)
        elif row.known_from <= known_at:
            known.append(row)
    return KnownRows(tuple(known), tuple(row for row in known if row.known_from_basis == "assumed"), tuple(left_out))
