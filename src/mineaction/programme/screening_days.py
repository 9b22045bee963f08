"""Which columns of a table look like days: by their names, or by what most of their first cells hold?

Asked where no column is read as the day of the row, so that a table with days is never screened under today's law by a slip.
"""

from __future__ import annotations

import pyarrow as pa

from mineaction.sources.column_words import words_of
from mineaction.sources.mapping_wizard import is_called_a_day
from mineaction.terms.dates import parse_day
from mineaction.terms.problem import ProblemError

_DAY_LETTERS = 10


def day_columns(first_rows: pa.Table) -> list[str]:
    """The columns that look like days, in their order."""
    return [name for name in first_rows.column_names if is_called_a_day(name) or _holds_days(first_rows[name])]


def _holds_days(column: pa.ChunkedArray) -> bool:
    """Whether more than half of the cells that are not empty are days."""
    kind = column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return True
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_dictionary(kind)):
        return False
    try:
        words = words_of(column, "")
    except ProblemError:
        return False
    found = (words.texts[one] or "" for one in words.numbers.tolist() if one < len(words.texts))
    texts = [one.strip() for one in found if one.strip()]
    days = sum(parse_day(one[:_DAY_LETTERS], "")[0] is not None for one in texts)
    return 2 * days > len(texts)
