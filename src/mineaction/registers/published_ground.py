"""Which released outlines may be published: those of which nothing lies on ground that may still be hazardous?

By the land account over all that is told: ground that was found contaminated again, releases that do not count, and ground drawn over what
nobody searched are hazardous still. A hazardous area whose outline cannot be used counts with all ground around it, and a release whose
outline cannot be used is not published, since nobody can tell. Less than `SLIVER_M2` is noise of drawing. Refuses to say that any ground
is safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.land_release import LandAccount
from mineaction.terms.fact import Fact
from mineaction.terms.limits import SLIVER_M2


def not_published(account: LandAccount, hazards: Iterable[Fact], releases: Sequence[Fact]) -> frozenset[str]:
    """The ids of those of these releases whose outline is not to be published; `hazards` are the areas that stand."""
    hazardous = np.array([*(one for one in account.remaining if not one.is_empty), *_unusable(hazards)], dtype=object)
    tree = shapely.STRtree(hazardous)
    drawn = [one for one in releases if one.geometry]
    outlines = shapely.from_wkb([one.geometry for one in drawn])
    is_valid = shapely.is_valid(outlines)
    held_back = {one.fact_id for one, is_usable in zip(drawn, is_valid, strict=True) if not is_usable}
    usable = np.flatnonzero(is_valid)
    for at, hazard in zip(*tree.query(outlines[usable], predicate="intersects").tolist(), strict=True):
        release = drawn[usable[at]].fact_id
        if release not in held_back and area_m2(shapely.intersection(outlines[usable[at]], hazardous[hazard])) >= SLIVER_M2:
            held_back.add(release)
    return frozenset(held_back)


def _unusable(hazards: Iterable[Fact]) -> list[Any]:
    """All ground around each outline that crosses itself."""
    outlines = [shapely.from_wkb(one.geometry) for one in hazards if one.geometry]
    return [shapely.box(*one.bounds) for one in outlines if not shapely.is_valid(one)]
