"""What does the land account say of the ground of each hazardous area, as its status needs it?

The account must hold what had happened by the day asked about, and nothing later. The closing rule of `land_closing` decides whether
anything is left; where several records claim one area, all of them must be empty. The parent of a release is the one its polygon gives.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.hazard_events import Ground
from mineaction.registers.land_beside import ReleaseFigures
from mineaction.registers.land_closing import closing
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_rows import Hazard
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import SLIVER_M2, SLIVERS_TOGETHER_M2


def grounds(account: LandAccount) -> dict[str, Ground]:
    """What is known of the ground of every area, by its subject."""
    rows = account.hazards.rows
    releases: dict[int, list[int]] = defaultdict(list)
    # A release that was taken back took nothing in the end.
    stands = account.releases.reversed_on[account.hazard_credits.release] == 0
    credits = account.hazard_credits.hazard[stands].tolist(), account.hazard_credits.release[stands].tolist()
    for hazard, release in zip(*credits, strict=True):
        releases[hazard].append(release)
    left_m2 = areas_m2(account.remaining)
    has_ground = areas_m2(account.hazards.reach) > 0
    found: dict[str, Ground] = {}
    for at, row in enumerate(rows):
        own = releases.get(at, [])
        subject = subject_of(row)
        one = Ground(
            can_close=_can_close(account, at, float(left_m2[at])) if has_ground[at] else None,
            emptied_on=dt.date.fromordinal(int(account.releases.last[own].max())) if own else None,
            is_all_cancelled=bool(own) and all(account.releases.rows[release].release_class == "cancelled" for release in own),
            has_postings=bool(own),
        )
        found[subject] = _both(found[subject], one) if subject in found else one
    return found


def parents(account: LandAccount, figures: ReleaseFigures) -> dict[str, str]:
    """The subject of the area on which each release lies, by the digest of the release."""
    lies_on = np.flatnonzero(figures.parent >= 0)
    return {account.releases.rows[at].digest: subject_of(account.hazards.rows[figures.parent[at]]) for at in lies_on.tolist()}


def released_ground(account: LandAccount) -> dict[str, Any]:
    """The ground of the releases that took some from each area, by its subject; those that were taken back are left out."""
    outlines: dict[str, list[Any]] = defaultdict(list)
    stands = account.releases.reversed_on[account.hazard_credits.release] == 0
    credits = account.hazard_credits.hazard[stands].tolist(), account.hazard_credits.release[stands].tolist()
    for hazard, release in zip(*credits, strict=True):
        outlines[subject_of(account.hazards.rows[hazard])].append(account.releases.polygons[release])
    return {subject: shapely.union_all(own) for subject, own in outlines.items()}


def subject_of(row: Hazard) -> str:
    """The key of the area a row tells of."""
    return f"hazardous_area/{given_key(row.organisation)}/{given_key(row.local_id)}"


def _can_close(account: LandAccount, at: int, left_m2: float) -> bool:
    """The closing rule; it looks at single parts only where their sum leaves it open."""
    if left_m2 < SLIVER_M2:
        return True
    if left_m2 >= SLIVERS_TOGETHER_M2:
        return False
    return bool(closing(account, at).can_close)


def _both(one: Ground, other: Ground) -> Ground:
    days = [day for day in (one.emptied_on, other.emptied_on) if day]
    return Ground(
        can_close=None if None in (one.can_close, other.can_close) else bool(one.can_close and other.can_close),
        emptied_on=max(days) if days else None,
        is_all_cancelled=one.is_all_cancelled and other.is_all_cancelled,
        has_postings=bool(one.has_postings or other.has_postings),
    )
