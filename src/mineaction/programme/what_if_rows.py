"""Which rows of a file would be judged otherwise if the law were changed? Each row is read once and answered under both laws.

Asked of the instrument that is changed, with all its versions; a row has under each law the answer that `decide` gives. What an instrument
says that refers to the changed one is asked by screening it. A row that could not be read is counted as such and has no verdict.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mineaction.policies.law import Law
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.policies.question import Finding
from mineaction.programme.screening_columns import ASPECTS, WORDS, InstrumentColumns, dictionary
from mineaction.programme.screening_given import check_columns_free, check_paths, first_rows, given_with
from mineaction.programme.screening_passage import Passage, Progress
from mineaction.sources.record_files import open_records
from mineaction.terms.limits import CHANGED_ROWS_SHOWN_MAX

# What changes of a row: nothing, its verdict, the clauses behind the same verdict, or only duties, missing facts, reason, provisos.
SAME, VERDICT, CLAUSES, DETAILS = range(4)
_CHANGES = ("", "verdict", "clauses", "details")
_ROW, _CHANGE = "what_if.row", "what_if.change"


def what_if_rows(
    before: Law,
    after: Law,
    instrument: str,
    file: str | os.PathLike[str],
    *,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    out: str | os.PathLike[str] | None = None,
    problems: str | os.PathLike[str] | None = None,
    on: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    reading: str = "",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """`{"rows", "screened", "with_problems", "changed", "changed_clauses_only", "changed_details_only", "counts", "first_changed", ...}`.

    `counts` are the rows by verdict before and after, `first_changed` the first rows with another verdict. `out` is a file of all rows
    whose answer changes, with their row numbers and both answers; `problems` one of all that could not be read.
    """
    source = open_records(os.fspath(file))
    names = list(source.schema.names)
    given = given_with(names, mapping, on, known_at, lambda unused: first_rows(source, None, unused))
    if out:
        check_columns_free(names, added_columns(instrument), os.fspath(file))
    check_paths(source.path, out, problems)
    passage = Passage(given, [(before, instrument), (after, instrument)], reading)
    changed = _ChangedRows(passage, instrument, is_written=bool(out))
    passage.run_file(source, changed.of, changed.wider, os.fspath(out or ""), os.fspath(problems or ""), progress)
    told = {"file": os.fspath(file), "instrument": instrument} | passage.answer() | changed.answer() | given.told
    return told | {"out": os.fspath(out) if out else None, "problems_file": os.fspath(problems) if problems else None}


def added_columns(instrument: str) -> list[str]:
    """The names of the columns beside a row that changes, in their order."""
    return [_ROW, _CHANGE, *(f"{instrument}.{when}.{aspect}" for when in ("before", "after") for aspect in ASPECTS)]


class _ChangedRows:
    """The answers before and after of the rows that passed: how many of each pair, and the first rows with another verdict."""

    def __init__(self, passage: Passage, instrument: str, *, is_written: bool) -> None:
        self._passage, self._instrument, self._is_written = passage, instrument, is_written
        self._screens = [one.screen for one in passage.screeners]
        self._columns = [InstrumentColumns(one, list(ASPECTS)) for one in self._screens]
        self._pairs: Numbered[tuple[int, int]] = Numbered()
        self._pair_of = Pairs(lambda before, after: self._pairs.number((before, after)))
        self._change_of: list[int] = []
        self._met: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._first: list[dict[str, Any]] = []

    def of(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch whose answer changes, both answers to their right; none where they are not written."""
        passed = self._passage.rows
        wrong, answers = self._passage.answers(batch, batch.num_rows)
        screened = np.flatnonzero(wrong == 0)
        before, after = (found[screened].astype(np.intp) for found in answers)
        pairs = self._pair_of.of(before, after, *(len(one) for one in self._screens))
        self._count(pairs)
        changes = np.array(self._change_of, np.int32).take(pairs)
        room = CHANGED_ROWS_SHOWN_MAX - len(self._first)
        for at in np.flatnonzero(changes == VERDICT)[:room].tolist():
            self._first.append(self._told(int(screened[at]) + passed + 1, *self._pairs[int(pairs[at])]))
        chosen = np.flatnonzero(changes != SAME) if self._is_written else np.zeros(0, np.intp)
        at_rows = screened[chosen]
        added = [
            pa.array(at_rows + (passed + 1), pa.int64()),
            dictionary(_CHANGES, range(len(_CHANGES)), changes[chosen]),
            *(one for columns, found in zip(self._columns, answers, strict=True) for one in columns.of(found[at_rows])),
        ]
        kept = batch.take(pa.array(at_rows, pa.int64()))
        return pa.RecordBatch.from_arrays([*kept.columns, *added], schema=self.wider(batch.schema))

    def wider(self, schema: pa.Schema) -> pa.Schema:
        """The columns with those that are added."""
        row, *others = added_columns(self._instrument)
        return pa.schema([*schema, (row, pa.int64()), *((name, WORDS) for name in others)], metadata=schema.metadata)

    def answer(self) -> dict[str, Any]:
        """Rows by what changes, by verdict before and after (the most rows first), and the first that change their verdict."""
        by_change = np.bincount(np.array(self._change_of, np.intp), weights=self._met, minlength=len(_CHANGES))
        counts: dict[tuple[str, str], int] = {}
        for number, (before, after) in enumerate(self._pairs.values):
            verdicts = self._before(before)["verdict"], self._after(after)["verdict"]
            counts[verdicts] = counts.get(verdicts, 0) + int(self._met[number])
        return {
            "changed": int(by_change[VERDICT]),
            "changed_clauses_only": int(by_change[CLAUSES]),
            "changed_details_only": int(by_change[DETAILS]),
            "counts": [
                {"before": before, "after": after, "rows": rows}
                for (before, after), rows in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ],
            "first_changed": self._first,
        }

    def _before(self, number: int) -> Finding:
        return self._screens[0].answer(number)

    def _after(self, number: int) -> Finding:
        return self._screens[1].answer(number)

    def _count(self, pairs: Ints) -> None:
        met = np.bincount(pairs, minlength=len(self._pairs))
        met[: len(self._met)] += self._met
        self._met = met
        for before, after in self._pairs.values[len(self._change_of) :]:
            self._change_of.append(_change(self._before(before), self._after(after)))

    def _told(self, row: int, before: int, after: int) -> dict[str, Any]:
        first, second = self._before(before), self._after(after)
        return {
            "row": row,
            "before": first["verdict"],
            "after": second["verdict"],
            "clauses_before": first["clauses"],
            "clauses_after": second["clauses"],
        }


def _change(before: Finding, after: Finding) -> int:
    if before["verdict"] != after["verdict"]:
        return VERDICT
    if before["clauses"] != after["clauses"]:
        return CLAUSES
    return SAME if before == after else DETAILS
