"""Which hazardous area owns the ground that is left, where several hold it?

A confirmed area before a suspected one, as they are at the end of the account, then the earlier, then the name. So the ground that is left
is shared out among areas, each square metre once: what is told by a word about areas (contamination, control ...) adds up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_rows import HazardClass
from mineaction.registers.territory import polygonal


def class_at_end(account: LandAccount, hazard: int) -> HazardClass:
    """The class of an area after all its changes."""
    found: HazardClass = account.hazards.rows[hazard].hazard_class
    for change, _ in account.hazards.changes.get(hazard, ()):
        if change.change == "reclassified" and change.hazard_class is not None:
            found = change.hazard_class
    return found


def owned_m2(account: LandAccount) -> Any:
    """Square metres that each area owns of what is left at the end of the account."""
    owned = account.remaining.copy()
    neighbours = account.hazards.neighbours
    for hazard in neighbours:
        before = [one for one in neighbours[hazard] if _rank(account, one) < _rank(account, hazard)]
        held = shapely.union_all([account.remaining[one] for one in before]) if before else None
        if held is not None and not held.is_empty:
            owned[hazard] = polygonal(shapely.difference(owned[hazard], held))
    return np.asarray(areas_m2(owned))


def _rank(account: LandAccount, hazard: int) -> tuple[bool, int]:
    return (class_at_end(account, hazard) != "CHA", hazard)
