"""The rows of a table on their way: read once, batch by batch, and answered for each instrument asked. What was met is kept.

An instrument may be asked twice, of two laws: a row is read once and has an answer from each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import pyarrow as pa

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.law import Law
from mineaction.programme.screening_columns import NOT_SCREENED, Answers
from mineaction.programme.screening_given import Given
from mineaction.programme.screening_problems import PROBLEM_SCHEMA, ProblemRows
from mineaction.programme.screening_rows import RowReader
from mineaction.programme.screening_situations import Screener
from mineaction.sources.record_files import RecordFile
from mineaction.sources.table_writer import table_writer
from mineaction.terms.limits import ROWS_IN_CACHE

Progress = Callable[[int, int | None], None]


class Passage:
    """Reads and answers batch after batch; `rows` passed so far, `problems` of those that could not be read."""

    def __init__(self, given: Given, asked: Sequence[tuple[Law, str]], reading: str, *, with_readings: bool = True) -> None:
        book = packaged_book()
        instruments = [law.instruments[name] for law, name in asked]
        named = frozenset(state for one in instruments for state in one.binds_counterparties)
        self._reader = RowReader(given.mapped, book, named)
        self.screeners = [
            Screener(law, law.instruments[name], reading, given.known, book, self._reader, with_readings=with_readings)
            for law, name in asked
        ]
        self.columns = list(dict.fromkeys(one.column for one in given.mapped if one.column))
        self.wrongs = self._reader.wrongs
        self.problems = ProblemRows(self.wrongs)
        self.rows = 0

    def answers(self, batch: pa.RecordBatch | pa.Table, count: int) -> tuple[Answers, list[Answers]]:
        """What is wrong with each row, and the number of its answer for each instrument asked."""
        words = self._reader.words(batch, count)
        wrong = np.zeros(count, np.int32)
        answers = [np.empty(count, np.int32) for _ in self.screeners]
        for start in range(0, count, ROWS_IN_CACHE):
            block = slice(start, min(start + ROWS_IN_CACHE, count))
            rows = self._reader.read(words, block)
            wrong[block] = rows.wrong
            for screener, found in zip(self.screeners, answers, strict=True):
                found[block] = screener.answers(rows)
        is_wrong = wrong > 0
        if is_wrong.any():
            for found in answers:
                found[is_wrong] = NOT_SCREENED
        self.problems.add(wrong, self.rows)
        self.rows += count
        return wrong, answers

    def run_file(
        self,
        source: RecordFile,
        made: Callable[[pa.RecordBatch], pa.RecordBatch],
        wider: Callable[[pa.Schema], pa.Schema],
        out: str,
        problems: str,
        progress: Progress | None,
    ) -> None:
        """Read batch by batch and write what is `made` of each, where a file is named; the files appear when all is done."""
        with ExitStack() as files:
            write_problems = files.enter_context(table_writer(problems, PROBLEM_SCHEMA, PROBLEM_SCHEMA)) if problems else None
            write = None
            for batch in _at_least_one(source, self.columns):
                told = made(batch)
                if out and write is None:
                    write = files.enter_context(table_writer(out, told.schema, wider(source.schema)))
                    write(told)
                elif write and told.num_rows:
                    write(told)
                if write_problems:
                    write_problems(self.problems.last())
                if progress:
                    progress(self.rows, source.rows)

    def answer(self) -> dict[str, Any]:
        """How many rows passed, and what could not be read."""
        return {
            "rows": self.rows,
            "screened": self.rows - self.problems.rows,
            "with_problems": self.problems.rows,
            "problem_count": self.problems.count,
            "problems": self.problems.first,
        }


def _at_least_one(source: RecordFile, as_words: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The batches of a file; of one without rows an empty one, so that its columns are written."""
    any_batch = False
    for batch in source.batches(as_words):
        any_batch = True
        yield batch
    if not any_batch:
        yield pa.RecordBatch.from_arrays([pa.array([], one.type) for one in source.schema], schema=source.schema)
