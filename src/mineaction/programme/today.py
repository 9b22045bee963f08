"""What day is it? The one place where the programme reads the clock; every function takes the day as an argument too."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """The day of the calendar in UTC."""
    return dt.datetime.now(dt.UTC).date()
