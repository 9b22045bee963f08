"""Which column of a table holds an outline, and what does a row of it say: well-known text, or a survey form's geoshape?

The names people give that column stand here and nowhere else; case and spaces around them do not count. Which of the two it is, the text
itself shows. The column is taken out of the cells.
"""

from __future__ import annotations

from mineaction.sources.coordinate_systems import WGS84, System, system_of
from mineaction.sources.geoshape import LOOKS_SO, shape_from_geoshape
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.shapes import Placed, placed
from mineaction.sources.wkt import shape_from_wkt
from mineaction.terms.problem import ProblemError

# The first of these that the header has.
OUTLINE_COLUMNS = ("wkt", "geoshape", "geometry", "geom", "the_geom", "wkt_geom", "polygon")


class TableShapes:
    """Takes the outline out of the cells of each row of one table."""

    def __init__(self, header: tuple[str, ...], stated: Stated, path: str) -> None:
        self._outline = next((name for name in OUTLINE_COLUMNS if name in header), "")
        self._system = system_of(stated.crs, path) if stated.crs else WGS84
        self._of_rows: dict[str, System] = {}

    def taken(self, row: GivenRow) -> GivenRow:
        """The row with its outline or point."""
        cells = dict(row.cells)
        outline = cells.pop(self._outline, "").strip()
        row = row._replace(cells=cells)
        return self._read(outline, row.place_of(self._outline)).on(row, self._outline) if outline else row

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
