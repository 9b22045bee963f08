"""What is wrong with rows about land, and which of them does the account use?

Nothing given is lost: every row is used, or stands in a problem. A row told twice (same names, same content) is counted once. A name with
two contents keeps both: the territory account counts no ground twice, and dropping one could drop a hazard. A polygon that is broken is
never repaired (a repair by `buffer(0)` silently loses ground): its row is treated as one without polygon and the problem names the vertex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import shapely

from mineaction.registers.land_rows import Hazard, HazardChange, Release, Reversal, change_order, folded
from mineaction.terms.limits import REPORTED_AREA_TOLERANCE_M2, REPORTED_AREA_TOLERANCE_SHARE
from mineaction.terms.problem import Problem, problem

Row = TypeVar("Row", Hazard, Release)
POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
EMPTY = shapely.Polygon()


def place(row: Hazard | HazardChange | Release) -> str:
    """How a problem names a row."""
    kind = "release" if isinstance(row, Release) else "hazard"
    return f"{kind} {row.organisation.strip()}/{row.local_id.strip()}"


def once(rows: Iterable[Row], order: Callable[[Row], tuple[object, ...]]) -> tuple[list[Row], list[Problem]]:
    """The rows in their order, each content once; the repeated ones as problems."""
    told = list(rows)
    keys = [order(row) for row in told]
    kept: list[Row] = []
    problems = []
    previous: tuple[object, ...] | None = None
    for at in sorted(range(len(told)), key=keys.__getitem__):
        row, key = told[at], keys[at]
        if key == previous:
            problems.append(problem("land_record_repeated", place(row), place(row)))
        else:
            kept.append(row)
        previous = key
    return kept, problems


def name_of(row: Hazard | HazardChange | Release) -> tuple[str, str]:
    """The organisation and the local name as they are compared: together they name one record."""
    return row.organisation.strip(), folded(row.local_id)


def names_twice(rows: Iterable[Hazard | Release], names: Mapping[tuple[str, str], int]) -> list[Problem]:
    """A problem for each name that stands for several contents."""
    twice = {name_of(row): row for row in rows if names[name_of(row)] > 1}
    return [problem("land_id_twice", place(row), place(row), count=names[name]) for name, row in twice.items()]


def usable_polygons(rows: Sequence[Hazard | HazardChange | Release]) -> tuple[Any, list[Problem]]:
    """An array with the polygon of each row, empty where it is missing or cannot be used, which the problems say."""
    polygons = np.fromiter((row.polygon for row in rows), dtype=object, count=len(rows))
    is_missing = shapely.is_missing(polygons) | shapely.is_empty(polygons)
    is_polygonal = np.isin(shapely.get_type_id(polygons), POLYGONAL)
    bounds = shapely.bounds(polygons)
    within = (np.abs(bounds[:, (0, 2)]) <= 180).all(axis=1) & (np.abs(bounds[:, (1, 3)]) <= 90).all(axis=1)
    is_valid = shapely.is_valid(polygons)
    problems = []
    for at in map(int, np.flatnonzero(is_missing | ~is_polygonal | ~within | ~is_valid)):
        row = rows[at]
        if is_missing[at]:
            problems.append(problem("land_polygon_missing", place(row), place(row)))
        elif not is_polygonal[at]:
            reason = f"it is a {polygons[at].geom_type}"
            problems.append(problem("land_polygon_broken", place(row), place(row), reason=reason))
        elif not within[at]:
            problems.append(problem("land_position_impossible", place(row), place(row)))
        else:
            problems.append(problem("land_polygon_broken", place(row), place(row), reason=shapely.is_valid_reason(polygons[at])))
        polygons[at] = EMPTY
    return polygons, problems


def fitting_changes(changes: Iterable[HazardChange], hazards: Sequence[Hazard]) -> tuple[dict[int, list[HazardChange]], list[Problem]]:
    """The changes of each hazard, by its position, in their order; those that fit none as problems."""
    named: dict[tuple[str, str], list[int]] = {}
    for at, hazard in enumerate(hazards):
        named.setdefault(name_of(hazard), []).append(at)
    fitting: dict[int, list[HazardChange]] = {}
    problems = []
    previous: tuple[object, ...] | None = None
    for change in sorted(changes, key=change_order):
        key = change_order(change)
        if key == previous:
            problems.append(problem("land_record_repeated", place(change), place(change)))
            continue
        previous = key
        one = named.get(name_of(change), [])
        # A name with several contents: which of them changed is not known.
        opened = hazards[one[0]].identified_on if len(one) == 1 else None
        if opened is None or change.changed_on < opened.last:
            problems.append(problem("land_change_without_hazard", place(change), place(change), day=change.changed_on))
        else:
            fitting.setdefault(one[0], []).append(change)
    return fitting, problems


def reversal_days(reversals: Iterable[Reversal], releases: Sequence[Release], last: Any) -> tuple[Any, list[Problem]]:
    """For each release the day on which it is taken back, 0 where it is not; reversals that take nothing back as problems."""
    at = {row.digest: position for position, row in enumerate(releases)} if (told := list(reversals)) else {}
    found = np.zeros(len(releases), dtype=np.int64)
    problems = []
    for row in sorted(told, key=lambda one: (one.reversed_on, one.release, one.digest)):
        position, day = at.get(row.release), row.reversed_on.toordinal()
        if position is None or found[position] or day < last[position]:
            name = row.release if position is None else place(releases[position])
            problems.append(problem("land_reversal_without_release", f"reversal of {name}", name, day=row.reversed_on))
        else:
            found[position] = day
    return found, problems


def differs(reported_m2: float, computed_m2: float) -> bool:
    """Whether a reported area is flagged beside the computed one: beyond 10 m2 and a thousandth of the larger. It changes neither."""
    return abs(reported_m2 - computed_m2) > max(
        REPORTED_AREA_TOLERANCE_M2, REPORTED_AREA_TOLERANCE_SHARE * max(abs(reported_m2), abs(computed_m2))
    )


def reported_differences(rows: Sequence[Hazard | Release], computed_m2: Any, polygons: Any) -> list[Problem]:
    """A problem for each row whose reported area is not that of its polygon."""
    problems = []
    for row, computed, polygon in zip(rows, computed_m2, polygons, strict=True):
        if row.reported_m2 is not None and not polygon.is_empty and differs(row.reported_m2, computed):
            figures = {"reported": f"{row.reported_m2:,.2f}", "computed": f"{computed:,.2f}"}
            problems.append(problem("reported_area_differs", place(row), place(row), **figures))
    return problems
