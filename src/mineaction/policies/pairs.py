"""What follows from two numbers, for millions of rows: each pair is worked out once, when it is first met, and looked up ever after.

This is how rows are screened: few different pairs stand behind many rows, and a look-up costs about a nanosecond. The numbers are
positions in registers that only grow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Value = TypeVar("Value", bound=Hashable)

_NOT_MET = -1


class Numbered(Generic[Value]):
    """Values in the order in which they were met; the number of a value is its position."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, number: int) -> Value:
        return self.values[number]

    def number(self, value: Value) -> int:
        """The number of the value, a new one if it was not met before."""
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


class Pairs:
    """A table of results by pair; `work_out` gives the number that follows from a pair met for the first time."""

    def __init__(self, work_out: Callable[[int, int], int]) -> None:
        self._work_out = work_out
        self._table: Ints = np.full((1, 1), _NOT_MET, np.intp)

    def of(self, first: Ints, second: Ints, firsts: int, seconds: int) -> Ints:
        """The result of each pair; all numbers of `first` are below `firsts`, those of `second` below `seconds`."""
        self._make_room(firsts, seconds)
        flat = self._table.reshape(-1)
        at = first * self._table.shape[1]
        at += second
        # What is out of bounds is impossible here; saying so spares a check of every row.
        found: Ints = flat.take(at, mode="clip")
        if len(found) and found.min() == _NOT_MET:
            for one in np.unique(at[found == _NOT_MET]).tolist():
                flat[one] = self._work_out(*divmod(one, self._table.shape[1]))
            found = flat.take(at, mode="clip")
        return found

    def _make_room(self, firsts: int, seconds: int) -> None:
        rows, columns = self._table.shape
        if firsts <= rows and seconds <= columns:
            return
        # Twice what is asked, so that a table that grows step by step is rarely copied.
        shape = (rows if firsts <= rows else 2 * firsts, columns if seconds <= columns else 2 * seconds)
        wider: Ints = np.full(shape, _NOT_MET, np.intp)
        wider[:rows, :columns] = self._table
        self._table = wider
