"""Which two columns hold the point of a record, and where does it lie in WGS 84?

The names people give these columns stand here and nowhere else. Only a kind that has a place for a point takes one from columns; for any
other they are columns like the rest. The system is the one stated for a table; beside a geometry of its own a file has it in degrees.
"""

from __future__ import annotations

from collections.abc import Sequence

from mineaction.sources.coordinate_systems import WGS84, system_of
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.shapes import Shape, placed
from mineaction.terms.kinds import Kind

POINT = ("longitude", "latitude")
_COLUMNS = (
    POINT,
    ("lon", "lat"),
    ("long", "lat"),
    ("lng", "lat"),
    ("longitud", "latitud"),
    ("longitude_dd", "latitude_dd"),
    ("point_x", "point_y"),
    ("x", "y"),
)


def with_points(rows: Sequence[GivenRow], kind: Kind, stated: Stated, path: str) -> tuple[GivenRow, ...]:
    """The rows, their two columns named and placed as the fields `longitude` and `latitude`."""
    names = {name for row in rows for name in row.cells}
    pair = next((one for one in _COLUMNS if set(one) <= names), None)
    if pair is None or not set(POINT) <= set(kind.field_names()):
        return tuple(rows)
    is_table = any(row.header for row in rows)
    system = system_of(stated.crs, path) if stated.crs and is_table else WGS84
    made = []
    for row in rows:
        east, north = (row.cells.get(name, "").strip() for name in pair)
        columns = {**row.columns, **{field: row.columns.get(name, name) for field, name in zip(POINT, pair, strict=True)}}
        cells = {name: text for name, text in row.cells.items() if name not in pair}
        found = placed(Shape(point=(east, north)), system, row.place_of(pair[0])) if east or north else placed(Shape(), system, row.place)
        if row.cells:
            cells |= dict(zip(POINT, found.point or ("", ""), strict=True))
        problems = (*row.problems, *found.problems)
        made.append(row._replace(cells=cells, columns=columns, crs=row.crs or found.crs, problems=problems))
    return tuple(made)
