"""The verdicts of records that are packed: one number a record, its cell in the table of a version. One look-up each.

For whoever asks the same version about many fully known acts and keeps them as numbers. Rows with words, unknown facts, actors and days
are `screening.py`. With the optional extra `fast` the same look-up runs as compiled code; the answers are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from mineaction.policies.table import Table
from mineaction.terms.vocabulary import FIELDS

Bytes = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.integer]
_Gather = Callable[[Bytes, Keys, Bytes], None]
# Records looked up at once: their numbers stay in a processor's cache between the check and the look-up.
_AT_ONCE = 1 << 16


def pack(table: Table, columns: Mapping[str, npt.NDArray[np.integer]]) -> npt.NDArray[np.int32]:
    """The cell of each record; `columns` holds for every field of the table the positions of the values in the vocabulary."""
    assert table.fields, "a version without a condition has one cell: there is nothing to pack"
    keys = np.zeros(len(columns[table.fields[0]]), np.int32)
    for name in table.fields:
        size, column = len(FIELDS[name].values), columns[name]
        assert not len(column) or (column.min() >= 0 and column.max() < size), f"{name}: a position outside 0 to {size - 1}"
        keys *= size
        keys += column.astype(np.int32, copy=False)
    return keys


def verdicts_of(table: Table, keys: Keys, out: Bytes | None = None, *, fast: bool | None = None) -> Bytes:
    """The verdict of each packed record, as in `Table.verdicts`, written into `out` if it is given.

    `fast` True asks for the compiled look-up of the extra `fast`, False for numpy; left out, what is installed is used.
    """
    found = np.empty(len(keys), np.uint8) if out is None else out
    gather = _with_numpy if fast is False else (_compiled() or _with_numpy)
    assert not fast or gather is not _with_numpy, "the extra 'fast' is not installed"
    flat = np.ascontiguousarray(table.verdicts).reshape(-1)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        assert part.min() >= 0 and part.max() < flat.size, "a key that is no cell of this table"
        gather(flat, part, found[start : start + _AT_ONCE])
    return found


def _with_numpy(verdicts: Bytes, keys: Keys, out: Bytes) -> None:
    # Every key was checked: "clip" only spares numpy a second check and a copy.
    np.take(verdicts, keys, out=out, mode="clip")


@cache
def _compiled() -> _Gather | None:
    try:
        import numba
    except ImportError:
        return None

    def gather(verdicts: Bytes, keys: Keys, out: Bytes) -> None:
        for position in range(keys.size):
            out[position] = verdicts[keys[position]]

    compiled: _Gather = numba.njit(nogil=True)(gather)
    return compiled
