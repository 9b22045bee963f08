"""Which status has every hazardous area of a store on a day, as known on a day?

Reads what stands and hands it to the fold (`registers/hazard_histories`), with what the land account says of the ground. Refuses to judge.
"""

from __future__ import annotations

import datetime as dt

from mineaction.ledger.store import Store
from mineaction.programme.land_book import land_book
from mineaction.registers.hazard_ground import grounds, parents
from mineaction.registers.hazard_histories import KINDS_READ, HazardHistories, hazard_histories


def hazard_statuses(store: Store, on: dt.date, known_at: dt.date | None = None) -> HazardHistories:
    """The histories of all areas up to a day, by what was recorded up to `known_at`."""
    book = land_book(store, known_at, on)
    facts = {kind: book.told[kind] if kind in book.told else store.standing(kind, known_at) for kind in KINDS_READ}
    return hazard_histories(facts, on, grounds(book.account), parents(book.account, book.figures))
