"""Which text does a value of a typed file stand for, the same whatever format held it?

Whole numbers have no point, no number has an exponent, a day is YYYY-MM-DD, and a moment at midnight is its day. Bytes, lists and
structures have no text.
"""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any


def text_of_value(value: Any) -> str:
    """The text; a value without one is a TypeError."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    raise TypeError(type(value).__name__)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if not math.isfinite(value):
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")


def _moment(value: dt.datetime) -> str:
    """Its day where nothing is said of the hour."""
    if value.time() == dt.time() and value.utcoffset() in (None, dt.timedelta()):
        return value.date().isoformat()
    return value.isoformat()
