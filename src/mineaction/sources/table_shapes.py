"""Which columns of a table hold where something lies, and what does a row of it say: an outline as text, or a point in two columns?

The names people give these columns stand here and nowhere else; case and spaces around them do not count. The outline is well-known text
or a survey form's geoshape: which, the text itself shows. The columns that hold it are taken out of the cells.
"""

from __future__ import annotations

from mineaction.sources.coordinate_systems import WGS84, System, system_of
from mineaction.sources.geoshape import LOOKS_SO, shape_from_geoshape
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.shapes import Placed, Shape, placed
from mineaction.sources.wkt import shape_from_wkt
from mineaction.terms.problem import ProblemError

# The first of these that the header has.
OUTLINE_COLUMNS = ("wkt", "geoshape", "geometry", "geom", "the_geom", "wkt_geom", "polygon")
POINT_COLUMNS = (
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("long", "lat"),
    ("lng", "lat"),
    ("longitud", "latitud"),
    ("longitude_dd", "latitude_dd"),
    ("point_x", "point_y"),
    ("x", "y"),
)


class TableShapes:
    """Takes the shape out of the cells of each row of one table."""

    def __init__(self, header: tuple[str, ...], stated: Stated, path: str) -> None:
        self._outline = next((name for name in OUTLINE_COLUMNS if name in header), "")
        self._point = next((pair for pair in POINT_COLUMNS if set(pair) <= set(header)), None)
        self._system = system_of(stated.crs, path) if stated.crs else WGS84
        self._of_rows: dict[str, System] = {}

    def taken(self, row: GivenRow) -> GivenRow:
        """The row with its outline or point."""
        cells = dict(row.cells)
        outline = cells.pop(self._outline, "").strip()
        east, north = (cells.pop(name, "").strip() for name in self._point or ("", ""))
        row = row._replace(cells=cells)
        if outline:
            place = row.place_of(self._outline)
            row = self._read(outline, place).on(row, self._outline)
        if (east or north) and self._point:
            place = row.place_of(self._point[0])
            found = placed(Shape(point=(east, north)), self._system, place)
            row = row._replace(problems=(*row.problems, *found.problems))
            if found.point:
                row = row._replace(point=found.point, point_part=self._point[0], crs=row.crs or found.crs)
        return row

    def _read(self, text: str, place: str) -> Placed:
        try:
            shape = shape_from_geoshape(text, place) if LOOKS_SO.match(text) else shape_from_wkt(text, place)
            return placed(shape, self._system_of(shape.srid, place), place)
        except ProblemError as error:
            return Placed(problems=error.problems)

    def _system_of(self, srid: str, place: str) -> System:
        if not srid:
            return self._system
        if srid not in self._of_rows:
            self._of_rows[srid] = system_of(srid, place)
        return self._of_rows[srid]
