"""What does each instrument say of each row of a table? `decide` for many rows: the same answers, in the table's own order.

A row of which something could not be read keeps its place, has no verdict and says what is wrong; nothing is guessed for it. Rows are
the rows that were screened and those with problems, none else. The parts: `screening_rows.py` reads rows, `screening_situations.py` says
who is bound, `policies/screening.py` answers, `screening_columns.py` writes the answers out.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import packaged_book
from mineaction.policies.law import Law
from mineaction.programme.decisions import UNKNOWN_DAY, day_asked, reading_problems
from mineaction.programme.policies import law_with
from mineaction.programme.screening_columns import NOT_SCREENED, WORDS, InstrumentColumns, ProblemColumn, added_columns
from mineaction.programme.screening_mapping import chosen_mapping
from mineaction.programme.screening_problems import PROBLEM_SCHEMA, ProblemRows
from mineaction.programme.screening_rows import RowReader
from mineaction.programme.screening_situations import Screener
from mineaction.sources.data_frames import arrow_columns, columns_of, held_table, is_table, with_columns
from mineaction.sources.mapping import MappedField
from mineaction.sources.record_files import RecordFile, open_records
from mineaction.sources.table_writer import table_writer
from mineaction.terms.limits import ROWS_IN_CACHE, TABLE_ROWS_AT_ONCE
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER
from mineaction.terms.vocabulary import nearest

Progress = Callable[[int, int | None], None]


def screen(
    data: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    instrument: str | Sequence[str] | None = None,
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
    lists the first of them.
    """
    is_object = is_table(data)
    source = None if is_object else open_records(os.fspath(data))
    held = held_table(data) if is_object else None
    names = columns_of(held) if source is None else list(source.schema.names)
    mapped, day, told = chosen_mapping(mapping, names, on)
    known = None if known_at is None else _known(known_at)
    law = law_with(policy)
    if found := reading_problems(law, reading):
        raise ProblemError(found)
    job = _Job(law, _chosen(law, instrument), mapped, reading or "", known, packaged_book())
    if taken := sorted(set(names) & set(added_columns(job.instruments))):
        raise ProblemError([problem("table_column_taken", _place(data, is_object), one) for one in taken])
    if source is not None:
        _check_paths(source.path, out, problems)
        job.run_file(source, os.fspath(out or ""), os.fspath(problems or ""), progress)
        made = {}
    else:
        if out is not None:
            raise ProblemError([problem("output_of_object", "out", out)])
        made = {"table": job.run_object(data, held, os.fspath(problems or ""))}
    return (
        job.answer()
        | {
            "mapping": told,
            "not_mapped": [one for one in names if one not in {two.column for two in mapped}],
            "on": day,
            "known_at": known.isoformat() if known else None,
            "reading": reading,
            "out": os.fspath(out) if out else None,
            "problems_file": os.fspath(problems) if problems else None,
        }
        | made
    )


@dataclass(slots=True)
class _Job:
    """One table on its way: what was met so far."""

    law: Law
    instruments: list[str]
    mapped: Sequence[MappedField]
    reading: str
    known: dt.date | None
    book: Book
    rows: int = 0
    reader: RowReader = field(init=False)
    screeners: list[Screener] = field(init=False)
    columns: list[InstrumentColumns] = field(init=False)
    problem_column: ProblemColumn = field(init=False)
    problems: ProblemRows = field(init=False)

    def __post_init__(self) -> None:
        named = frozenset(state for one in self.instruments for state in self.law.instruments[one].binds_counterparties)
        self.reader = RowReader(self.mapped, self.book, named)
        self.screeners = [
            Screener(self.law, self.law.instruments[one], self.reading, self.known, self.book, self.reader) for one in self.instruments
        ]
        self.columns = [InstrumentColumns(one.screen) for one in self.screeners]
        self.problem_column = ProblemColumn(self.reader.wrongs)
        self.problems = ProblemRows(self.reader.wrongs)

    def run_file(self, source: RecordFile, out: str, problems: str, progress: Progress | None) -> None:
        """Read, screen and write batch by batch; the files appear when all is done."""
        as_words = [one.column for one in self.mapped if one.column]
        with ExitStack() as files:
            write_problems = files.enter_context(table_writer(problems, PROBLEM_SCHEMA, PROBLEM_SCHEMA)) if problems else None
            write = None
            for batch in _at_least_one(source, as_words):
                wider = pa.RecordBatch.from_arrays([*batch.columns, *self.added(batch)], schema=self._wider(batch.schema))
                if write is None:
                    write = files.enter_context(table_writer(out, wider.schema, self._wider(source.schema)))
                write(wider)
                if write_problems:
                    write_problems(self.problems.last())
                if progress:
                    progress(self.rows, source.rows)

    def run_object(self, given: Any, held: Any, problems: str) -> Any:
        """The table with the columns to its right, as the kind it was given as."""
        names = list(dict.fromkeys(one.column for one in self.mapped if one.column))
        table = arrow_columns(held, names)
        count = len(held)
        pieces: list[pa.RecordBatch] = []
        with ExitStack() as files:
            write_problems = files.enter_context(table_writer(problems, PROBLEM_SCHEMA, PROBLEM_SCHEMA)) if problems else None
            schema = self._wider(pa.schema([]))
            for start in range(0, max(count, 1), TABLE_ROWS_AT_ONCE):
                part = table.slice(start, TABLE_ROWS_AT_ONCE)
                pieces.append(pa.RecordBatch.from_arrays(self.added(part, min(count - start, TABLE_ROWS_AT_ONCE)), schema=schema))
                if write_problems:
                    write_problems(self.problems.last())
        more = pa.Table.from_batches(pieces, schema).unify_dictionaries()
        return with_columns(given, held, more)

    def added(self, batch: pa.RecordBatch | pa.Table, count: int | None = None) -> list[pa.Array]:
        """The columns for the rows of a batch."""
        count = batch.num_rows if count is None else count
        words = self.reader.words(batch, count)
        wrong = np.zeros(count, np.int32)
        answers = [np.empty(count, np.int32) for _ in self.screeners]
        for start in range(0, count, ROWS_IN_CACHE):
            block = slice(start, min(start + ROWS_IN_CACHE, count))
            rows = self.reader.read(words, block)
            wrong[block] = rows.wrong
            for screener, found in zip(self.screeners, answers, strict=True):
                found[block] = screener.answers(rows)
        is_wrong = wrong > 0
        if is_wrong.any():
            for found in answers:
                found[is_wrong] = NOT_SCREENED
        self.problems.add(wrong, self.rows)
        self.rows += count
        made = [one for columns, found in zip(self.columns, answers, strict=True) for one in columns.of(found)]
        return [*made, self.problem_column.of(wrong)]

    def answer(self) -> dict[str, Any]:
        """What is told at the end."""
        return {
            "rows": self.rows,
            "screened": self.rows - self.problems.rows,
            "with_problems": self.problems.rows,
            "problem_count": self.problems.count,
            "problems": self.problems.first,
            "counts": {name: columns.counts() for name, columns in zip(self.instruments, self.columns, strict=True)},
            "books": [self.book.identity()],
            "disclaimer": DISCLAIMER,
        }

    def _wider(self, schema: pa.Schema) -> pa.Schema:
        return pa.schema([*schema, *((name, WORDS) for name in added_columns(self.instruments))], metadata=schema.metadata)


def _at_least_one(source: RecordFile, as_words: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The batches of a file; of one without rows an empty one, so that its columns are written."""
    any_batch = False
    for batch in source.batches(as_words):
        any_batch = True
        yield batch
    if not any_batch:
        yield pa.RecordBatch.from_arrays([pa.array([], one.type) for one in source.schema], schema=source.schema)


def _chosen(law: Law, wanted: str | Sequence[str] | None) -> list[str]:
    if not wanted:
        return list(law.instruments)
    names = [wanted] if isinstance(wanted, str) else list(dict.fromkeys(wanted))
    unknown = [one for one in names if one not in law.instruments]
    if unknown:
        raise ProblemError(
            [problem("instrument_unknown", "instrument", one, nearest=", ".join(nearest(one, law.instruments))) for one in unknown]
        )
    return names


def _known(given: str | dt.date) -> dt.date | None:
    problems = [problem("impossible_date", "known_at", given)] if given == UNKNOWN_DAY else []
    day = day_asked(given, "known_at", problems)
    if problems:
        raise ProblemError(problems)
    return day


def _check_paths(source: str, out: str | os.PathLike[str] | None, problems: str | os.PathLike[str] | None) -> None:
    """Both files that are written have a place, and it is not that of the table or of each other."""
    if not out:
        raise ProblemError([problem("output_missing", "out")])
    taken = {os.path.realpath(source): "the table itself"}
    for name, path in (("out", out), ("problems", problems)):
        if path:
            real = os.path.realpath(path)
            if real in taken:
                raise ProblemError([problem("output_is_input", name, path, other=taken[real])])
            taken[real] = f"the file for {name}"


def _place(data: Any, is_object: bool) -> str:
    return "data" if is_object else os.fspath(data)
