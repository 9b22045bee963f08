"""Which rows does a table file hold, and how is one written: Parquet, CSV or Arrow IPC, batch by batch in both directions?

The format goes by the extension and is checked against the content. A CSV has no types, so its columns stay text, as they were given.
A file is written beside its name and renamed when it is whole: an error, a full disk or an interruption leaves no half of it.
Refuses to guess: rows with too few or too many cells, a quote that never ends and text that is not UTF-8 are problems with their place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import ipc

from mineaction.sources.csv_rows import csv_batches, csv_columns
from mineaction.terms.limits import TABLE_ROWS_AT_ONCE
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

# Extension -> format. `.arrow` and `.feather` are IPC files, `.arrows` is an IPC stream; either content is read under either name.
FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "arrows",
}
_MAGIC = {b"PAR1": "parquet", b"ARRO": "arrow", b"\xff\xff\xff\xff": "arrow"}
_NAMES = {"parquet": "Parquet", "csv": "CSV", "arrow": "Arrow IPC"}


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A table file that was opened and looks like what its name says: its columns with their types, and its rows if it tells."""

    path: str
    format: str
    schema: pa.Schema
    rows: int | None

    def batches(self, as_words: Sequence[str] = (), rows_at_once: int = TABLE_ROWS_AT_ONCE) -> Iterator[pa.RecordBatch]:
        """The rows in order; text columns in `as_words` come as dictionaries where that is cheap."""
        reader = {"parquet": _parquet_batches, "csv": csv_batches, "arrow": _arrow_batches}[self.format]
        try:
            yield from _read_ahead(reader(self.path, as_words, rows_at_once))
        except (pa.ArrowException, OSError, ValueError) as error:
            raise ProblemError([_broken(self.path, error)]) from None


def _read_ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, the next one read while the last one is worked on."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


def format_of(path: str) -> str:
    """The format that the extension names; another is a problem."""
    extension = os.path.splitext(path)[1].casefold()
    if extension not in FORMATS:
        known = ", ".join(FORMATS)
        raise ProblemError([problem("table_format_unknown", path, extension or "nothing", known=known)])
    return FORMATS[extension]


def open_records(path: str) -> RecordFile:
    """Look at the file: its format, its columns. Problems: missing, empty, another content than its name says, torn, a name twice."""
    wanted = format_of(path).replace("arrows", "arrow")
    found = _format_within(path)
    if found != wanted:
        if found == "csv" and not _may_be_csv(path):
            raise ProblemError([problem("table_content_unknown", path, _NAMES[wanted], kinds=", ".join(_NAMES.values()))])
        raise ProblemError([problem("table_content_wrong", path, _NAMES[found], expected=_NAMES[wanted])])
    try:
        schema, rows = _described(path, found)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ProblemError([_broken(path, error)]) from None
    twice = sorted({name for name in schema.names if schema.names.count(name) > 1})
    if twice:
        raise ProblemError([problem("table_column_twice", path, name) for name in twice])
    return RecordFile(path, found, schema, rows)


def _format_within(path: str) -> str:
    try:
        with open(path, "rb") as file:
            head = file.read(4)
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    except ValueError:  # a name with a NUL byte, which no file has
        raise ProblemError([problem("file_missing", path, path, reason="no file has such a name")]) from None
    if not head:
        raise ProblemError([problem("table_empty", path)])
    return _MAGIC.get(head, "csv")


def _may_be_csv(path: str) -> bool:
    try:
        return bool(csv_columns(path))
    except ProblemError:
        return False


def _described(path: str, kind: str) -> tuple[pa.Schema, int | None]:
    if kind == "parquet":
        with pq.ParquetFile(path) as file:
            return file.schema_arrow, file.metadata.num_rows
    if kind == "csv":
        return pa.schema([(name, pa.string()) for name in csv_columns(path)]), None
    with _ipc(path) as reader:
        return reader.schema, None


def _parquet_batches(path: str, as_words: Sequence[str], rows_at_once: int) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as plain:
        text = [name for name in as_words if is_text(plain.schema_arrow.field(name).type)]
    with pq.ParquetFile(path, read_dictionary=text, pre_buffer=False, buffer_size=1 << 20) as file:
        # Group by group: a batch across two groups would come in pieces, each with words of its own.
        for group in range(file.num_row_groups):
            yield from file.iter_batches(rows_at_once, row_groups=[group])


def _arrow_batches(path: str, as_words: Sequence[str], rows_at_once: int) -> Iterator[pa.RecordBatch]:
    with _ipc(path) as reader:
        batches = reader if hasattr(reader, "read_next_batch") else map(reader.get_batch, range(reader.num_record_batches))
        for batch in batches:
            for start in range(0, batch.num_rows, rows_at_once):
                yield batch.slice(start, rows_at_once)


@contextmanager
def _ipc(path: str) -> Iterator[Any]:
    with pa.memory_map(path) as source:
        is_file = source.read(6) == b"ARROW1"
        source.seek(0)
        with ipc.open_file(source) if is_file else ipc.open_stream(source) as reader:
            yield reader


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds text."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _broken(path: str, error: Exception) -> Problem:
    if isinstance(error, OSError) and error.strerror:
        return problem("file_missing", path, path, reason=error.strerror)
    return problem("table_broken", path, reason=on_one_line(error))
