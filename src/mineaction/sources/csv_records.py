"""Which records does a CSV file hold (RFC 4180, UTF-8), one by one, their outline in a column `wkt`?

Row 1 is the first below the header; lines without anything are no rows. A row with another number of cells than the header is a problem
of that row; a quote that never ends is one of the file, since nobody can say which rows it swallowed. `csv_rows.py` reads tables of
millions of rows; here each row must be able to fail alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mineaction.sources.given_rows import GivenRow, text_of
from mineaction.sources.wkt import outline_from_wkt
from mineaction.terms.limits import IMPORT_BYTES_MAX
from mineaction.terms.problem import ProblemError, problem

OUTLINE_COLUMN = "wkt"
_SEPARATORS = ",;\t"


def csv_records(content: bytes, path: str) -> Iterator[GivenRow]:
    """Every row in order."""
    text = text_of(content, path)
    # An outline is one cell, and longer than what the reader takes by itself.
    csv.field_size_limit(IMPORT_BYTES_MAX)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        if not header:
            raise ProblemError([problem("table_empty", path)])
        twice = sorted({name for name in header if header.count(name) > 1})
        if twice:
            raise ProblemError([problem("table_column_twice", path, name) for name in twice])
        for number, cells in enumerate(filter(None, rows), 1):
            yield _row(f"row {number}", header, cells)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise ProblemError([problem("csv_quote_open", path)]) from None
        raise ProblemError([problem("table_broken", f"{path}, line {rows.line_num}", reason=str(error))]) from None


def _row(place: str, header: list[str], cells: list[str]) -> GivenRow:
    if len(cells) != len(header):
        return GivenRow(place, "column", {}, problems=(problem("fact_row_broken", place, len(cells), expected=len(header)),))
    given = dict(zip(header, cells, strict=True))
    outline = given.pop(OUTLINE_COLUMN, "").strip()
    if not outline:
        return GivenRow(place, "column", given)
    geometry, problems = outline_from_wkt(outline, f"{place}, column {OUTLINE_COLUMN}")
    return GivenRow(place, "column", given, geometry, tuple(problems))


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    plain = "".join(header.split('"')[::2])  # outside of quotes
    return max(_SEPARATORS, key=plain.count)
