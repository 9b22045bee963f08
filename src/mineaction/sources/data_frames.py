"""Which table does a Python object hold, and how does it get more columns: Arrow, pandas, Polars, or what has Arrow's stream interface.

The answer is of the kind that was given. pandas and Polars are recognised by their objects and never loaded for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from mineaction.terms.problem import ProblemError, problem


def is_table(data: object) -> bool:
    """Whether the object is a table rather than the name of a file."""
    return _library(data) is not None


def columns_of(data: Any) -> list[str]:
    """The names of the columns; one that stands twice is a problem."""
    names = [str(one) for one in (data.columns if _library(data) in ("pandas", "polars") else data.schema.names)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ProblemError([problem("table_column_twice", "data", name) for name in twice])
    return names


def held_table(data: Any) -> Any:
    """The object, or as an Arrow table if it can be read only once or has no columns of its own."""
    if _library(data) in ("pandas", "polars") or isinstance(data, pa.Table):
        return data
    return pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else pa.table(data)


def arrow_columns(data: Any, names: Sequence[str]) -> pa.Table:
    """These columns as Arrow; one that holds several types is a problem."""
    library = _library(data)
    if library == "polars":
        return data.select(names).to_arrow()
    if library != "pandas":
        return data.select(names)
    given = {str(one): one for one in data.columns}
    columns = []
    for name in names:
        try:
            columns.append(pa.Array.from_pandas(data[given[name]]))
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            kinds = sorted({type(one).__name__ for one in data[given[name]]})
            raise ProblemError([problem("table_types_mixed", f"data, column {name}", name, kinds=", ".join(kinds))]) from None
    # A frame of several pieces, such as one of categories, comes in pieces; a table takes them.
    return pa.table(columns, names=list(names)) if columns else pa.table({"": pa.nulls(len(data))}).select([])


def with_columns(given: Any, held: Any, more: pa.Table) -> Any:
    """What was given with these columns to the right, as the same kind."""
    library = _library(held)
    if library == "pandas":
        wider = held.copy(deep=False)
        for name in more.column_names:
            column = more[name].combine_chunks().to_pandas()
            wider[name] = column.set_axis(held.index)
        return wider
    if library == "polars":
        return held.hstack(type(held)(more))
    for name in more.column_names:
        held = held.append_column(more.schema.field(name), more[name])
    if isinstance(given, pa.RecordBatch):
        return pa.RecordBatch.from_arrays([one.combine_chunks() for one in held.columns], schema=held.schema)
    return held


def _library(data: object) -> str | None:
    if isinstance(data, (pa.Table, pa.RecordBatch, pa.RecordBatchReader)):
        return "arrow"
    home, name = type(data).__module__.split(".")[0], type(data).__name__
    if home in ("pandas", "polars"):
        if name == "DataFrame":
            return home
        raise ProblemError([problem("data_kind_unknown", "data", f"{home}.{name}")])
    return "arrow" if hasattr(data, "__arrow_c_stream__") else None
