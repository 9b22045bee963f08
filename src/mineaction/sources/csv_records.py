"""Which records does a CSV file hold (RFC 4180, UTF-8), one by one, with their outline as text or their point in two columns?

Row 1 is the first below the header; lines without anything are no rows. A row with another number of cells than the header is a problem
of that row; a quote that never ends is one of the file, since nobody can say which rows it swallowed. `csv_rows.py` reads tables of
millions of rows; here each row must be able to fail alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mineaction.sources.given_rows import GivenRow, Stated, refuse_layer, text_of
from mineaction.sources.safe_cells import as_meant
from mineaction.sources.table_shapes import TableShapes
from mineaction.terms.limits import IMPORT_BYTES_MAX
from mineaction.terms.problem import ProblemError, problem

_SEPARATORS = ",;\t"


def csv_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every row in order."""
    refuse_layer(path, stated, "CSV")
    text = text_of(content, path)
    # An outline is one cell, and longer than what the reader takes by itself.
    csv.field_size_limit(IMPORT_BYTES_MAX)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        written = tuple(map(as_meant, next(rows, [])))
        header = header_of(written, path)
        shapes = TableShapes(header, stated, path)
        for number, cells in enumerate(filter(None, rows), 1):
            yield _row(f"row {number}", written, header, tuple(map(as_meant, cells)), shapes)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise ProblemError([problem("csv_quote_open", path)]) from None
        raise ProblemError([problem("table_broken", f"{path}, line {rows.line_num}", reason=str(error))]) from None


def header_of(written: tuple[str, ...], path: str) -> tuple[str, ...]:
    """The names of the columns as they are compared; a header that is empty or names one twice is a problem."""
    header = tuple(name.strip().casefold() for name in written)
    if not any(header):
        raise ProblemError([problem("table_empty", path)])
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise ProblemError([problem("table_column_twice", path, name) for name in twice])
    return header


def _row(place: str, written: tuple[str, ...], header: tuple[str, ...], cells: tuple[str, ...], shapes: TableShapes) -> GivenRow:
    if len(cells) != len(header):
        broken = problem("fact_row_broken", place, len(cells), expected=len(header))
        return GivenRow(place, "column", {}, problems=(broken,), header=written, given=cells)
    return shapes.taken(GivenRow(place, "column", dict(zip(header, cells, strict=True)), header=written, given=cells))


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    plain = "".join(header.split('"')[::2])  # outside of quotes
    return max(_SEPARATORS, key=plain.count)
