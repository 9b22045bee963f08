"""One record of the invented country on its way into a file: its fields, its outline, when it arrives, and what is wrong with it.

Everything says that it is invented: the organisations, the places, the source of each row.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

AUTHORITY = "Invented Mine Action Authority"
OPERATORS = ("Invented Operator Ash", "Invented Operator Birch", "Invented Operator Cedar", "Invented Operator Dogwood")
DONOR = "Invented Donor Office"
FIRST_YEAR, LAST_YEAR = 2000, 2024


@dataclass(slots=True)
class Record:
    """A row of a file. `text` is written in place of the outline; `corrects` is the record it supersedes.

    `codes` are what the import says of the row, and `is_fact` whether it is recorded all the same; `told_later` are codes that only the
    account or the status of areas can tell.
    """

    kind: str
    arrives: dt.date
    fields: dict[str, str]
    outline: Any = None
    text: str = ""
    corrects: Record | None = None
    codes: tuple[str, ...] = ()
    is_fact: bool = True
    told_later: tuple[str, ...] = ()
    form: str = ""  # a form of its own: ng_columns, donor_report

    @property
    def subject(self) -> str:
        """The name by which `mineaction history` finds it."""
        return f"{self.kind}/{self.fields['organisation']}/{self.fields['local_id'].strip()}"


def written(day: dt.date) -> str:
    """A day as files have it. Nobody works on the first of January, which lists write where they know the year only."""
    return (day + dt.timedelta(1) if (day.month, day.day) == (1, 1) else day).isoformat()
