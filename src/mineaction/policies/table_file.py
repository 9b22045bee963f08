"""Compiled tables as one compressed file, and back: the arrays as they are, the clause ids of each set beside them as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from mineaction.policies.table import Table

# version id and reading of a table
Key = tuple[str, str]
_INDEX = "index"


def packed(tables: Mapping[Key, Table]) -> bytes:
    """The tables as the bytes of an npz file; the same tables give the same answers after `unpacked`."""
    arrays: dict[str, Any] = {}
    index = []
    for number, (key, table) in enumerate(tables.items()):
        arrays[f"verdicts{number}"], arrays[f"clause_sets{number}"] = table.verdicts, table.clause_sets
        index.append([*key, list(table.fields), [list(one) for one in table.sets]])
    arrays[_INDEX] = np.frombuffer(json.dumps(index).encode(), np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


class Unpacked:
    """The tables of a packed file, each read when it is first asked for."""

    def __init__(self, raw: bytes) -> None:
        self._arrays = np.load(io.BytesIO(raw), allow_pickle=False)
        index = json.loads(self._arrays[_INDEX].tobytes())
        self._places = {(version, reading): (number, fields, sets) for number, (version, reading, fields, sets) in enumerate(index)}
        self._tables: dict[Key, Table] = {}

    def table(self, key: Key) -> Table | None:
        """The table of this version and reading, None if the file does not hold it."""
        if key not in self._tables and key in self._places:
            number, fields, sets = self._places[key]
            verdicts, clause_sets = self._arrays[f"verdicts{number}"], self._arrays[f"clause_sets{number}"]
            self._tables[key] = Table(tuple(fields), verdicts, clause_sets, tuple(tuple(one) for one in sets))
        return self._tables.get(key)
