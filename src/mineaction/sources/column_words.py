"""The texts of one column and, for each row, which of them it holds: a table of few words and millions of numbers.

Days come as YYYY-MM-DD (a moment as the day it falls on in its own time zone), numbers and truth values as they are written. A column of
lists, structures or bytes has no words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute

from mineaction.terms.problem import ProblemError, problem


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The different texts; the number of each row's text, which is one more than the last where the cell is empty."""

    texts: list[str | None]
    numbers: npt.NDArray[np.int32]


def words_of(column: pa.Array | pa.ChunkedArray, place: str) -> ColumnWords:
    """The words of a column of one batch; a type without words is a problem at `place`."""
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz:
        column = compute.local_timestamp(column)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        column = column.cast(pa.date32())
    if pa.types.is_null(kind):
        return ColumnWords([], np.zeros(len(column), np.int32))
    try:
        words = column if pa.types.is_dictionary(kind) else column.dictionary_encode()
        texts = words.dictionary.cast(pa.string()).to_pylist()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        raise ProblemError([problem("table_type_wrong", place, kind)]) from None
    numbers = words.indices.cast(pa.int32()).fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return ColumnWords(texts, numbers)
