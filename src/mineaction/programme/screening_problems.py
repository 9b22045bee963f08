"""Which rows of a table could not be read, and why: counted, the first ones told, all of them written to a file when one is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from mineaction.policies.pairs import Ints, Numbered
from mineaction.programme.screening_columns import Answers
from mineaction.programme.screening_rows import Wrong
from mineaction.terms.limits import PROBLEMS_SHOWN_MAX

_TEXTS = ("column", "code", "value", "message", "remedy")
PROBLEM_SCHEMA = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in _TEXTS)])


class ProblemRows:
    """What is wrong with the rows that passed; row 1 is the first of the table."""

    def __init__(self, wrongs: Numbered[tuple[Wrong, ...]]) -> None:
        self._wrongs = wrongs
        self.rows = self.count = 0
        self.first: list[dict[str, Any]] = []
        self._at: Ints = np.zeros(0, np.intp)
        self._what: Ints = np.zeros(0, np.intp)

    def add(self, wrong: Answers, before: int) -> None:
        """The rows of one batch, of which `before` rows passed earlier."""
        at = np.flatnonzero(wrong)
        what = wrong[at].astype(np.intp)
        sizes = np.array([len(one) for one in self._wrongs.values], np.intp)
        self.rows += len(at)
        self.count += int(sizes.take(what).sum()) if len(what) else 0
        self._at, self._what = at + before + 1, what
        for row, number in zip(self._at.tolist(), what.tolist(), strict=True):
            if len(self.first) >= PROBLEMS_SHOWN_MAX:
                break
            for column, one in self._wrongs[number][: PROBLEMS_SHOWN_MAX - len(self.first)]:
                self.first.append(one.as_dict() | {"place": f"row {row}, column {column}"})

    def last(self) -> pa.RecordBatch:
        """The problems of the batch added last, one line each."""
        sizes = np.array([len(one) for one in self._wrongs.values], np.intp)
        of_rows = sizes.take(self._what)
        # The lines of all combinations met, one after another, and for each row the places of its own among them.
        lines = [(column, one.code, one.value, one.message, one.remedy) for several in self._wrongs.values for column, one in several]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        steps = np.arange(of_rows.sum()) - np.repeat(np.cumsum(of_rows) - of_rows, of_rows)
        chosen = pa.array(np.repeat(starts.take(self._what), of_rows) + steps, pa.int64())
        texts = [pa.array([line[position] for line in lines], pa.string()).take(chosen) for position in range(len(_TEXTS))]
        return pa.RecordBatch.from_arrays([pa.array(np.repeat(self._at, of_rows), pa.int64()), *texts], schema=PROBLEM_SCHEMA)
