"""Can a hazardous area be closed?

Only when nothing is left that is more than numerical noise: no remaining part of a square metre or more, and the smaller parts together
below ten. Otherwise the parts are listed with their positions, so that somebody can go and look. No percentage ever closes land, and an
area without polygon closes by no computation: the answer is then None. The hazard account decides: the area's own polygon.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_release import LandAccount
from mineaction.terms.limits import SLIVER_M2, SLIVERS_TOGETHER_M2


@dataclass(frozen=True, slots=True)
class RemainingPart:
    """One piece of ground that is left: a position inside it (degrees, WGS84) and its square metres."""

    longitude: float
    latitude: float
    m2: float


@dataclass(frozen=True, slots=True)
class Closing:
    """`can_close` is None where there is no polygon to tell by; `parts` are what keeps it open, largest first."""

    can_close: bool | None
    parts: tuple[RemainingPart, ...]
    slivers_m2: float


def closing(account: LandAccount, hazard: int) -> Closing:
    """Whether the hazard at a position of the account can be closed after all releases of the account."""
    if account.hazards.reach[hazard].is_empty:
        return Closing(None, (), 0.0)
    pieces = shapely.get_parts(account.remaining[hazard])
    measured = areas_m2(pieces)
    slivers_m2 = float(measured[measured < SLIVER_M2].sum())
    listed = measured >= (0.0 if slivers_m2 >= SLIVERS_TOGETHER_M2 else SLIVER_M2)
    inside = shapely.point_on_surface(pieces[listed])
    places = zip(shapely.get_x(inside).tolist(), shapely.get_y(inside).tolist(), measured[listed].tolist(), strict=True)
    parts = sorted((RemainingPart(*one) for one in places), key=lambda one: (-one.m2, one.longitude, one.latitude))
    return Closing(not parts, tuple(parts), slivers_m2)
