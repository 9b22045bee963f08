"""A file of exactly the rows that are no facts, with their cells as they were given, to be mended and imported again (CSV, UTF-8).

Rows of a table keep their columns, a row with too many or too few cells has as many here. Records of other files get a column for each
name, and their outline in a column `wkt`, which names the system it is in. Cells are safe to open in a spreadsheet (`safe_cells.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mineaction.sources.given_rows import GivenRow
from mineaction.sources.safe_cells import as_text
from mineaction.sources.table_shapes import OUTLINE_COLUMNS
from mineaction.terms.outline import as_wkt, outline_of

_OUTLINE = OUTLINE_COLUMNS[0]
_CRS = "given_crs"


def failed_rows_csv(rows: Sequence[GivenRow]) -> str:
    """The text of the file; without a row it is empty."""
    if not rows:
        return ""
    if rows[0].header:
        return safe_csv(rows[0].header, (row.given for row in rows))
    names = list(dict.fromkeys(name for row in rows for name in row.cells if name != _OUTLINE))
    if any(row.crs for row in rows) and _CRS not in names:
        names.append(_CRS)
    return safe_csv([*names, _OUTLINE], ([*(_cell(row, name) for name in names), _outline(row)] for row in rows))


def safe_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV that no spreadsheet program takes for formulas."""
    text = io.StringIO(newline="")
    # Both marks of an end of line, so that a cell with either of them is quoted.
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(as_text, header))
    writer.writerows(map(as_text, row) for row in rows)
    return text.getvalue()


def _cell(row: GivenRow, name: str) -> str:
    return row.cells.get(name, "") or (row.crs if name == _CRS else "")


def _outline(row: GivenRow) -> str:
    if row.outline_text:
        return row.outline_text
    if row.geometry:
        return f"SRID=4326;{as_wkt(outline_of(row.geometry))}"
    return f"SRID=4326;POINT ({' '.join(row.point)})" if row.point else ""
