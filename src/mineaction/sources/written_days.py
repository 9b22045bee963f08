"""Which day does a cell mean that is not written YYYY-MM-DD? Only what can be read one way, or the way somebody stated, is read.

`03/04/2021` is two days of two months: it is refused unless the file's order was stated, whatever its other rows look like. The number a
spreadsheet keeps a day as is told as one and not counted out.
"""

from __future__ import annotations

import re

from mineaction.terms.dates import moment
from mineaction.terms.problem import Problem, problem

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_ORDERED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_ORDER_UNSAID = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?(Z|\+00(:?00)?)?")
_TIME_OF_DAY = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
# The numbers of the days from 1954 to 2064, as spreadsheets count since 1900: five digits that are no year.
_SERIAL = re.compile(r"[2-5]\d{4}(\.0+)?")


def day_written(text: str, order: str, place: str) -> tuple[str, list[Problem]]:
    """The day as YYYY-MM-DD where another way of writing it is understood; the text itself where it is not."""
    if moment(text):
        return text, []
    if found := _MIDNIGHT.fullmatch(text):
        return found[1], []
    if _TIME_OF_DAY.fullmatch(text):
        return text, [problem("date_with_time", place, text)]
    if found := _ORDERED.fullmatch(text):
        return _iso(found[1], found[2], found[3]), []
    if found := _ORDER_UNSAID.fullmatch(text):
        if order not in (DAY_FIRST, MONTH_FIRST):
            return text, [problem("date_order_unsaid", place, text)]
        day, month = (found[1], found[2]) if order == DAY_FIRST else (found[2], found[1])
        made = _iso(found[3], month, day)
        return (made, []) if moment(made) else (text, [])
    if _SERIAL.fullmatch(text):
        return text, [problem("date_is_number", place, text)]
    return text, []


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"
