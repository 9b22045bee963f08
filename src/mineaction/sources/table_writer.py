"""A table file that is written batch by batch and appears under its name only when it is whole.

The types of the columns are those they came with; columns read as dictionaries for speed are stored as the text they are. In an Arrow
file a dictionary may only grow, so that there the words of each dictionary column are collected over the whole file.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from pyarrow import ipc

from mineaction.sources.record_files import format_of
from mineaction.terms.problem import ProblemError, on_one_line, problem

Write = Callable[[pa.RecordBatch], None]


@contextmanager
def table_writer(path: str, schema: pa.Schema, held: pa.Schema) -> Iterator[Write]:
    """What takes batches of `schema` and writes the file; `held` says which types the columns have for a reader."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise ProblemError([problem("output_not_written", path, path, reason="it is there and is no plain file")])
    if format_of(path) == "csv":
        _refuse_what_no_csv_holds(path, schema)
    unfinished = f"{path}.{os.getpid()}.part"
    try:
        with _opened(unfinished, format_of(path), schema, held) as write, _meanwhile(write) as later:
            yield later
        os.replace(unfinished, path)
    except (pa.ArrowException, OSError) as error:
        reason = getattr(error, "strerror", None) or on_one_line(error)
        raise ProblemError([problem("output_not_written", path, path, reason=reason)]) from None
    finally:
        # Whatever happened, an interruption too: no half file is left.
        with suppress(OSError):
            os.remove(unfinished)


def _refuse_what_no_csv_holds(path: str, schema: pa.Schema) -> None:
    """Lists and structures, for example; asked of the writer itself, column by column, before anything is written."""
    found = []
    for one in schema:
        try:
            with pc.CSVWriter(pa.BufferOutputStream(), pa.schema([one])) as text:
                text.write(pa.RecordBatch.from_arrays([pa.array([], one.type)], schema=pa.schema([one])))
        except (pa.ArrowException, NotImplementedError):
            found.append(problem("table_type_not_csv", f"{path}, column {one.name}", one.name, kind=one.type))
    if found:
        raise ProblemError(found)


@contextmanager
def _meanwhile(write: Write) -> Iterator[Write]:
    """Writes a batch while the next one is worked out: on two cores that takes half the time. What goes wrong is told at the next one."""
    with ThreadPoolExecutor(1) as thread:
        begun: list[Future[None]] = []

        def later(batch: pa.RecordBatch) -> None:
            while begun:
                begun.pop().result()
            begun.append(thread.submit(write, batch))

        yield later
        while begun:
            begun.pop().result()


@contextmanager
def _opened(path: str, kind: str, schema: pa.Schema, held: pa.Schema) -> Iterator[Write]:
    if kind == "parquet":
        # The least and the greatest word of a column of words help no reader, and finding them takes as long as writing the column.
        counted = [one.name for one in schema if not pa.types.is_dictionary(one.type)]
        with pq.ParquetWriter(path, schema, store_schema=False, write_statistics=counted) as parquet:
            parquet.add_key_value_metadata({b"ARROW:schema": base64.b64encode(held.serialize().to_pybytes())})
            yield lambda batch: parquet.write_table(pa.Table.from_batches([batch]))
    elif kind == "csv":
        with pc.CSVWriter(path, schema) as text:
            yield text.write
    else:
        make = ipc.new_file if kind == "arrow" else ipc.new_stream
        with make(path, held, options=ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as arrow:
            collected: dict[str, _Words] = {}
            yield lambda batch: arrow.write_batch(_as_held(batch, held, collected))


class _Words:
    """The words of one column over all its batches, in the order in which they came."""

    def __init__(self, kind: pa.DictionaryType) -> None:
        self._kind = kind
        self._numbers: dict[Any, int] = {}

    def taken(self, column: pa.DictionaryArray) -> pa.DictionaryArray:
        numbers = [self._numbers.setdefault(one, len(self._numbers)) for one in column.dictionary.to_pylist()]
        indices = column.indices.fill_null(len(numbers)).to_numpy(zero_copy_only=False)
        moved = np.array([*numbers, -1], np.int64).take(indices)
        return pa.DictionaryArray.from_arrays(
            pa.array(moved, self._kind.index_type, mask=moved < 0),
            pa.array(list(self._numbers), self._kind.value_type),
            ordered=self._kind.ordered,
        )


def _as_held(batch: pa.RecordBatch, held: pa.Schema, collected: dict[str, _Words]) -> pa.RecordBatch:
    columns: list[pa.Array] = []
    for kind, column in zip(held, batch.columns, strict=True):
        if pa.types.is_dictionary(kind.type):
            words = collected.setdefault(kind.name, _Words(kind.type))
            columns.append(words.taken(column))
        else:
            columns.append(column if column.type == kind.type else column.cast(kind.type))
    return pa.record_batch(columns, schema=held)
