"""What does each instrument say of each row of a table? `decide` for many rows: the same answers, in the table's own order.

A row of which something could not be read keeps its place, has no verdict and says what is wrong; nothing is guessed for it. Rows are
the rows that were screened and those with problems, none else. The parts: `screening_rows.py` reads rows, `screening_situations.py` says
who is bound, `policies/screening.py` answers, `screening_columns.py` writes the answers out, `screening_passage.py` takes rows through.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.law import Law
from mineaction.programme.decisions import instrument_problems, reading_problems
from mineaction.programme.policies import law_with
from mineaction.programme.screening_columns import (
    NOT_SCREENED,
    READINGS,
    WORDS,
    InstrumentColumns,
    ProblemColumn,
    added_columns,
    chosen_aspects,
    dictionary,
)
from mineaction.programme.screening_given import Given, check_columns_free, check_paths, first_rows, given_with
from mineaction.programme.screening_passage import Passage, Progress
from mineaction.programme.screening_problems import PROBLEM_SCHEMA
from mineaction.sources.data_frames import arrow_columns, columns_of, held_table, is_table, with_columns
from mineaction.sources.record_files import open_records
from mineaction.sources.table_writer import table_writer
from mineaction.terms.limits import TABLE_ROWS_AT_ONCE
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER


def screen(
    data: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    instrument: str | Sequence[str] | None = None,
    columns: str | Sequence[str] | None = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    problems: str | os.PathLike[str] | None = None,
    on: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    reading: str | None = None,
    policy: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Every row with what each instrument says of it: `{"rows", "screened", "with_problems", "problems", "counts", ...}`.

    `data` is a file (Parquet, CSV, Arrow), written to `out`; or an Arrow, pandas or Polars table, which comes back wider under the key
    `"table"`. Columns that bear the name of a fact are read as that fact; `mapping` says so for others. `on` is the day of every row
    where no column gives it, today when left out. `problems` is a file for all that could not be read, one line each; the answer
    lists the first of them. `columns` names which of an answer are written, all when left out: verdict, clauses, duties, missing, reason,
    provisos, other_readings, beyond_data.
    """
    is_object = is_table(data)
    if not is_object and not isinstance(data, (str, os.PathLike)):
        raise ProblemError([problem("data_kind_unknown", "data", f"An object of the type {type(data).__name__}")])
    source = None if is_object else open_records(os.fspath(data))
    held = held_table(data) if is_object else None
    names = columns_of(held) if source is None else list(source.schema.names)
    given = given_with(names, mapping, on, known_at, lambda unused: first_rows(source, held, unused))
    law = law_with(policy)
    if found := reading_problems(law, reading):
        raise ProblemError(found)
    job = _Job(law, _chosen(law, instrument), chosen_aspects(columns), given, reading or "")
    check_columns_free(names, job.column_names(), "data" if is_object else os.fspath(data))
    made = {}
    if source is None:
        if out is not None:
            raise ProblemError([problem("output_of_object", "out", out)])
        made = {"table": job.run_object(data, held, os.fspath(problems or ""))}
    else:
        if not out:
            raise ProblemError([problem("output_missing", "out")])
        check_paths(source.path, out, problems)
        job.passage.run_file(source, job.with_answers, job.wider, os.fspath(out), os.fspath(problems or ""), progress)
    return (
        job.answer()
        | given.told
        | {
            "reading": reading,
            "out": os.fspath(out) if out else None,
            "problems_file": os.fspath(problems) if problems else None,
        }
        | made
    )


@dataclass(slots=True)
class _Job:
    """One table on its way, and the columns that are added to it."""

    law: Law
    instruments: list[str]
    aspects: list[str]
    given: Given
    reading: str
    passage: Passage = field(init=False)
    columns: list[InstrumentColumns] = field(init=False)
    problem_column: ProblemColumn = field(init=False)

    def __post_init__(self) -> None:
        asked = [(self.law, one) for one in self.instruments]
        self.passage = Passage(self.given, asked, self.reading, with_readings=READINGS in self.aspects)
        self.columns = [InstrumentColumns(one.screen, self.aspects) for one in self.passage.screeners]
        self.problem_column = ProblemColumn(self.passage.wrongs)

    def with_answers(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a file with the columns to their right."""
        return pa.RecordBatch.from_arrays([*batch.columns, *self.added(batch, batch.num_rows)], schema=self.wider(batch.schema))

    def run_object(self, given: Any, held: Any, problems: str) -> Any:
        """The table with the columns to its right, as the kind it was given as."""
        table = arrow_columns(held, self.passage.columns)
        count = len(held)
        pieces: list[pa.RecordBatch] = []
        with ExitStack() as files:
            write_problems = files.enter_context(table_writer(problems, PROBLEM_SCHEMA, PROBLEM_SCHEMA)) if problems else None
            schema = self.wider(pa.schema([]))
            for start in range(0, max(count, 1), TABLE_ROWS_AT_ONCE):
                part = table.slice(start, TABLE_ROWS_AT_ONCE)
                pieces.append(pa.RecordBatch.from_arrays(self.added(part, min(count - start, TABLE_ROWS_AT_ONCE)), schema=schema))
                if write_problems:
                    write_problems(self.passage.problems.last())
        more = pa.Table.from_batches(pieces, schema).unify_dictionaries()
        return with_columns(given, held, more)

    def added(self, batch: pa.RecordBatch | pa.Table, count: int) -> list[pa.Array]:
        """The columns for the rows of a batch."""
        wrong, answers = self.passage.answers(batch, count)
        made = [one for columns, found in zip(self.columns, answers, strict=True) for one in columns.of(found)]
        day = self.given.told["on"]
        days = [dictionary([day], [0], np.where(wrong > 0, NOT_SCREENED, 0).astype(np.int32))] if day else []
        return [*made, *days, self.problem_column.of(wrong)]

    def column_names(self) -> list[str]:
        """The columns that are added."""
        return added_columns(self.instruments, self.aspects, has_day=self.given.told["on"] is not None)

    def answer(self) -> dict[str, Any]:
        """What is told at the end."""
        return self.passage.answer() | {
            "counts": {name: columns.counts() for name, columns in zip(self.instruments, self.columns, strict=True)},
            "books": [packaged_book().identity()],
            "disclaimer": DISCLAIMER,
        }

    def wider(self, schema: pa.Schema) -> pa.Schema:
        """The columns with those that are added."""
        return pa.schema([*schema, *((name, WORDS) for name in self.column_names())], metadata=schema.metadata)


def _chosen(law: Law, wanted: str | Sequence[str] | None) -> list[str]:
    if not wanted:
        return list(law.instruments)
    names = [wanted] if isinstance(wanted, str) else list(dict.fromkeys(wanted))
    if problems := instrument_problems(law, names):
        raise ProblemError(problems)
    return names
