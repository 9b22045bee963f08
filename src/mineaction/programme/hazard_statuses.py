"""Which status has every hazardous area of a store on a day, as known on a day?

Reads what stands and hands it to the fold (`registers/hazard_histories`), with what the land account says of the ground. Refuses to judge.
"""

from __future__ import annotations

import datetime as dt

from mineaction.ledger.store import Store
from mineaction.registers.hazard_ground import grounds, parents
from mineaction.registers.hazard_histories import KINDS_READ, HazardHistories, hazard_histories
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_release import LandAccount


def hazard_statuses(store: Store, on: dt.date, known_at: dt.date | None = None, account: LandAccount | None = None) -> HazardHistories:
    """The histories of all areas up to a day by what was recorded up to `known_at`.

    `account` is the land account of what had happened by that day, its rows under the ids of their facts. Without it no area is known to be
    empty, and none is closed, released or cancelled."""
    facts = {kind: store.standing(kind, known_at) for kind in KINDS_READ}
    if account is None:
        return hazard_histories(facts, on)
    return hazard_histories(facts, on, grounds(account), parents(account, release_figures(account)))
