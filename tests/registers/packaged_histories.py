"""The packaged rows as the registers take them, folded once for all tests of a run."""

from __future__ import annotations

import datetime as dt
from functools import cache

from mineaction.ledger.packaged import packaged_book
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import TreatyHistory, treaty_history


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@cache
def history(treaty: str, known_at: str = "") -> TreatyHistory:
    book = packaged_book()
    return treaty_history(
        TREATIES[treaty],
        book.facts("treaty_event"),
        book.facts("treaty_claim"),
        book.facts("treaty_list"),
        book.facts("treaty_no_consent"),
        known_at=day(known_at) if known_at else None,
    )
