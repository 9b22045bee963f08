"""Which rows does a CSV file hold (RFC 4180, UTF-8)? Every cell is text; the separator is the one of the header: comma, semicolon or tab.

Row 1 is the first below the header; a blank line is a row of empty cells, so that row N stands on line N + 1 unless a cell above it goes
over several lines. Nothing is repaired: a row with another number of cells than the header, a quote that never ends and
bytes that are not UTF-8 are problems, and the file is not read further.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv as pc

from mineaction.terms.limits import CSV_HEADER_BYTES_MAX, PROBLEMS_SHOWN_MAX, TABLE_BYTES_AT_ONCE
from mineaction.terms.problem import ProblemError, problem

_SEPARATORS = ",;\t"
NO_NUL = -1


def csv_columns(path: str) -> list[str]:
    """The names in the header."""
    header, separator = _header(path)
    return next(csv.reader(io.StringIO(header), delimiter=separator), [])


def csv_batches(
    path: str, as_words: Sequence[str], rows_at_once: int, bytes_at_once: int = TABLE_BYTES_AT_ONCE
) -> Iterator[pa.RecordBatch]:
    """The rows as text; the columns in `as_words` as dictionaries."""
    columns, separator = csv_columns(path), _header(path)[1]
    broken: list[Any] = []

    def note(row: Any) -> str:
        broken.append(row)
        return "skip"

    words = pa.dictionary(pa.int32(), pa.string())
    with open(path, "rb") as raw:
        watched = _Watched(raw)
        try:
            reader = pc.open_csv(
                pa.PythonFile(watched, "r"),
                # One thread: rows then have numbers.
                read_options=pc.ReadOptions(use_threads=False, block_size=bytes_at_once),
                parse_options=pc.ParseOptions(
                    delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
                ),
                convert_options=pc.ConvertOptions(column_types={name: words if name in as_words else pa.string() for name in columns}),
            )
            with reader:
                for batch in reader:
                    _refuse_broken(path, broken, len(columns))
                    for start in range(0, batch.num_rows, rows_at_once):
                        yield batch.slice(start, rows_at_once)
        except pa.ArrowInvalid as error:
            if "UTF8" in str(error):
                raise ProblemError([problem("file_not_utf8", path, _first_byte_not_utf8(path))]) from None
            raise
        if watched.nul != NO_NUL:
            raise ProblemError([problem("table_not_text", path, watched.nul)])
        _refuse_broken(path, broken, len(columns))
        if watched.quotes % 2:
            raise ProblemError([problem("csv_quote_open", path)])


def _refuse_broken(path: str, broken: list[Any], columns: int) -> None:
    if broken:
        # The header is line 1 of what is counted.
        found = [
            problem("fact_row_broken", f"{path}, row {row.number - 1}", row.actual_columns, expected=columns)
            for row in broken[:PROBLEMS_SHOWN_MAX]
        ]
        raise ProblemError(found)


def _header(path: str) -> tuple[str, str]:
    """The first line, and the separator it uses."""
    with open(path, "rb") as file:
        head = file.read(CSV_HEADER_BYTES_MAX)
    if (nul := head.find(b"\0")) >= 0:
        raise ProblemError([problem("table_not_text", path, nul)])
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        text = decoder.decode(head)
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", path, error.start)]) from None
    line = _first_record(text)
    if not line.strip():
        raise ProblemError([problem("table_empty", path)])
    plain = "".join(line.split('"')[::2])  # outside of quotes
    return line, max(_SEPARATORS, key=plain.count)


def _first_record(text: str) -> str:
    """The text up to the first end of line that is not inside quotes."""
    quoted = False
    for position, letter in enumerate(text):
        quoted ^= letter == '"'
        if letter in "\r\n" and not quoted:
            return text[:position]
    return text


class _Watched(io.RawIOBase):
    """A file that notes what passes: NUL bytes, which no text has, and quotes, of which an odd number is one that never ends.

    Rows behind a quote that never ends would be lost unseen.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._passed, self.quotes, self.nul = file, 0, 0, NO_NUL

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._file.read(size)
        self.quotes += chunk.count(b'"')
        if self.nul == NO_NUL and (nul := chunk.find(b"\0")) >= 0:
            self.nul = self._passed + nul
        self._passed += len(chunk)
        return chunk


def _first_byte_not_utf8(path: str) -> int:
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = 0
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return before - pending + error.start
            before += len(chunk)
    return before
