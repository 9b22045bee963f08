"""Which column of a table holds an outline, and what does a row of it say: well-known text, a survey form's geoshape,
or a traverse?

The names people give that column stand here and nowhere else; case and spaces around them do not count. Which of the first two it is,
the text itself shows; a traverse has a column of its own, and beside it one that names its north. The columns are taken out of the cells.
"""

from __future__ import annotations

from mineaction.sources.coordinate_systems import WGS84, System, system_of
from mineaction.sources.geoshape import LOOKS_SO, shape_from_geoshape
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.shapes import Placed, placed
from mineaction.sources.traverse import shape_from_traverse
from mineaction.sources.wkt import shape_from_wkt
from mineaction.terms.problem import ProblemError

# The first of these that the header has.
OUTLINE_COLUMNS = ("wkt", "geoshape", "geometry", "geom", "the_geom", "wkt_geom", "polygon", "bearings")
_BEARINGS, _NORTH = "bearings", "north"


class TableShapes:
    """Takes the outline out of the cells of each row of one table."""

    def __init__(self, header: tuple[str, ...], stated: Stated, path: str) -> None:
        self._outline = next((name for name in OUTLINE_COLUMNS if name in header), "")
        self._system = system_of(stated.crs, path) if stated.crs else WGS84
        self._of_rows: dict[str, System] = {}

    def taken(self, row: GivenRow) -> GivenRow:
        """The row with its outline or point."""
        cells = dict(row.cells)
        if self._outline == _BEARINGS:
            return self._of_traverse(row, cells)
        outline = cells.pop(self._outline, "").strip()
        row = row._replace(cells=cells)
        return self._read(outline, row.place_of(self._outline)).on(row, self._outline) if outline else row

    def _of_traverse(self, row: GivenRow, cells: dict[str, str]) -> GivenRow:
        given = {name: text for name in (_BEARINGS, _NORTH) if (text := cells.pop(name, "").strip())}
        row = row._replace(cells=cells, traverse=given)
        if _BEARINGS not in given:
            return row
        place = row.place_of(_BEARINGS)
        try:
            shape = shape_from_traverse(given[_BEARINGS], given.get(_NORTH, ""), self._system, place, row.place_of(_NORTH))
            found = placed(shape, WGS84, place)._replace(crs=self._system.name)
        except ProblemError as error:
            found = Placed(problems=error.problems)
        return found.on(row, _BEARINGS)

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
