"""The process in which an outline is asked what may take long: why it is invalid, or what a repair would make of it.

Started by `outline_worker.py` alone: outlines come as lines on standard input, answers leave as lines of JSON. A timer ends the whole
process where one outline takes too long, since an operation of GEOS hears nothing else.
"""

from __future__ import annotations

import base64
import json
import signal
import sys
from contextlib import suppress
from typing import Any

import numpy as np
import shapely

_CROSSES = ("Self-intersection", "Ring Self-intersection")


def invalidity(polygon: Any) -> dict[str, str]:
    """The code of what is found first, the place as value, and the reason; an empty code where the polygon is valid."""
    if shapely.is_valid(polygon):
        return {"code": "", "value": "", "reason": ""}
    reason, _, where = shapely.is_valid_reason(polygon).partition("[")
    found = {"value": where.rstrip("]"), "reason": reason.lower()}
    if line := _line_twice(polygon):
        return {**found, "code": "outline_line_twice", "value": line}
    parts = shapely.get_parts(polygon)
    if len(parts) > 1 and shapely.is_valid(parts).all():
        return {**found, "code": "outline_parts_overlap"}
    return {**found, "code": "outline_crosses_itself" if reason in _CROSSES else "outline_rings_misplaced"}


def repair(polygon: Any) -> dict[str, Any]:
    """The polygons that `make_valid` (structure) makes of an invalid one, and what of it is doubtful, both as WKB.

    It takes every ring as ground and holes out of it, so that no lobe is lost. Doubtful is what only one of it and of the even-odd rule
    holds, which counts how many lines are crossed. Never `buffer(0)`, which drops lobes unseen.
    """
    made = _polygonal(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    even_odd = _polygonal(shapely.make_valid(polygon, method="linework"))
    doubtful = _polygonal(shapely.symmetric_difference(made, even_odd))
    return {"made": shapely.to_wkb(made, hex=True), "doubtful": shapely.to_wkb(doubtful, hex=True)}


def _polygonal(geometry: Any) -> Any:
    """The polygons of it; lines and points that a repair leaves over are no ground."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _line_twice(polygon: Any) -> str:
    """A line that one ring runs along more than once, in whichever direction; empty where there is none."""
    for ring in shapely.get_rings(shapely.get_parts(polygon)):
        points = shapely.get_coordinates(ring)
        ends = np.hstack([points[:-1], points[1:]])
        turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
        ends[turned] = ends[turned][:, [2, 3, 0, 1]]
        ends = ends[(ends[:, :2] != ends[:, 2:]).any(axis=1)]
        lines, count = np.unique(ends, axis=0, return_counts=True)
        if (count > 1).any():
            x1, y1, x2, y2 = lines[count > 1][0].tolist()
            return f"{x1!r} {y1!r} to {x2!r} {y2!r}"
    return ""


_WORKS = {"invalidity": invalidity, "repair": repair}


def main() -> None:
    """Answer each line; `seconds` and `memory` are those of one outline and of the process."""
    request = json.loads(sys.argv[2])
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work = _WORKS[request["work"]]
    for line in sys.stdin:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        sys.stdout.write(f"{json.dumps(work(shapely.from_wkb(base64.b64decode(line))))}\n")
        sys.stdout.flush()
