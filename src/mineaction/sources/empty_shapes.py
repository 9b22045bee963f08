"""Which records of a file have no shape by the file's own word? A library that cannot read a shape hands it out as none, and says nothing.

So a record without a shape is one only if it stands here; any other is damaged and must be told. A file geodatabase has no such word that
can be read apart from its library.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing

_HEAD, _ENTRY = 100, struct.Struct(">II")
_KIND_AT, _NO_SHAPE = 8, 0


def empty_of_shapefile(shapes: bytes, index: bytes) -> frozenset[int]:
    """The records, counted from 0, whose shape is of the kind null: the index says in words of two bytes where each begins."""
    found = []
    for number, (offset, _) in enumerate(_ENTRY.iter_unpack(index[_HEAD : _HEAD + (len(index) - _HEAD) // _ENTRY.size * _ENTRY.size])):
        kind = shapes[2 * offset + _KIND_AT : 2 * offset + _KIND_AT + 4]
        if len(kind) == 4 and int.from_bytes(kind, "little") == _NO_SHAPE:
            found.append(number)
    return frozenset(found)


def empty_of_geopackage(path: str, layer: str) -> frozenset[int] | None:
    """The ids of the rows whose geometry is NULL; None for a layer that is no table with a geometry."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as held:
            named = held.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)).fetchone()
            if not named:
                return None
            table, column = (name.replace('"', '""') for name in (layer, named[0]))
            return frozenset(row[0] for row in held.execute(f'SELECT rowid FROM "{table}" WHERE "{column}" IS NULL'))
    except sqlite3.Error:
        return None
