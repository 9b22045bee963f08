"""What is to be screened: which columns say what, on which day, as known when, and where the answers go. Checked before any row."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mineaction.programme.files import refuse_writing_over
from mineaction.programme.screening_days import day_columns
from mineaction.programme.screening_mapping import chosen_mapping
from mineaction.programme.today import day_given
from mineaction.sources.data_frames import arrow_columns
from mineaction.sources.mapping import MappedField
from mineaction.sources.record_files import RecordFile
from mineaction.terms.limits import DAY_ROWS_SEEN
from mineaction.terms.problem import Problem, ProblemError, problem

Path = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Given:
    """The columns of a table as they are read; `told` is how an answer echoes them."""

    mapped: tuple[MappedField, ...]
    known: dt.date | None
    told: dict[str, Any]


def given_with(
    columns: Sequence[str],
    mapping: Path | Mapping[str, Any] | None,
    on: str | dt.date | None,
    known_at: str | dt.date | None,
    first: Callable[[list[str]], pa.Table],
) -> Given:
    """The columns under a mapping, or under their own names; the day of every row where no column gives it.

    `first` gives columns of the first rows: those that are not used may hold days.
    """
    mapped, day, told = chosen_mapping(mapping, columns, on, lambda unused: day_columns(first(unused)))
    known = None if known_at is None else _known(known_at)
    read = {one.column for one in mapped}
    echo = {"mapping": told, "not_mapped": [one for one in columns if one not in read], "on": day}
    return Given(mapped, known, echo | {"known_at": known.isoformat() if known else None})


def first_rows(source: RecordFile | None, held: Any, names: list[str]) -> pa.Table:
    """These columns of the first rows, of a file or of a table held."""
    if source is None:
        return arrow_columns(held[:DAY_ROWS_SEEN] if not isinstance(held, pa.Table) else held.slice(0, DAY_ROWS_SEEN), names)
    first = next(iter(source.batches((), DAY_ROWS_SEEN)), None)
    return pa.Table.from_batches([first] if first is not None else [], source.schema).select(names)


def _known(given: str | dt.date) -> dt.date | None:
    problems: list[Problem] = []
    day = day_given(given, "known_at", problems)
    if problems:
        raise ProblemError(problems)
    return day


def check_columns_free(columns: Sequence[str], added: Sequence[str], place: str) -> None:
    """No column of the table bears the name of one that is added."""
    if taken := sorted(set(columns) & set(added)):
        raise ProblemError([problem("table_column_taken", place, one) for one in taken])


def check_paths(source: str, out: Path | None, problems: Path | None) -> None:
    """What is written goes neither over the table nor over each other."""
    table = {source: "the table itself"}
    refuse_writing_over(out, "out", table)
    refuse_writing_over(problems, "problems", {**table, str(out): "the file for out"} if out else table)
