"""Which hazardous areas lie within some metres of a position?

Metres are those of the ellipsoid at the position: exact to a thousandth within a hundred kilometres, and never asked for further. An area
without outline is as near as the point it was told with; one with neither has no distance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import EQUATORIAL_RADIUS_M, FLATTENING

_E2 = FLATTENING * (2 - FLATTENING)


def distances_m(position: tuple[float, float], ground: Sequence[Any]) -> Any:
    """Metres from a position (longitude, latitude) to each outline or point; 0 inside, NaN where there is neither."""
    longitude, latitude = position
    bend = 1 - _E2 * math.sin(math.radians(latitude)) ** 2
    north = math.radians(EQUATORIAL_RADIUS_M * (1 - _E2) / bend**1.5)
    east = math.radians(EQUATORIAL_RADIUS_M * math.cos(math.radians(latitude)) / math.sqrt(bend))

    def in_metres(points: Any) -> Any:
        # The shorter way around, so that the 180th meridian is no border.
        across = (points[:, 0] - longitude + 180) % 360 - 180
        return np.c_[across * east, (points[:, 1] - latitude) * north]

    places = np.fromiter((one if one is not None and not one.is_empty else None for one in ground), dtype=object, count=len(ground))
    return shapely.distance(shapely.transform(places, in_metres), shapely.Point(0, 0))
