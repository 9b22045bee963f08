"""A GeoPackage of one layer that is given away: the outlines and fields of records, and a table that says where they are from.

Numbers are numbers and days are days, so that map programs can reckon with them; a field that says nothing is NULL. It is no store: nothing
in it is kept up to date, and whoever has it may change it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from mineaction.ledger.geopackage import APPLICATION_ID, MAP_TABLES, SRS_ID, USER_VERSION, add_systems, header_of
from mineaction.terms.kinds import Field
from mineaction.terms.outline import bounds_of

_TYPES = {"area_m2": "DOUBLE", "decimal": "DOUBLE", "integer": "INTEGER", "year": "INTEGER", "day": "DATE"}
_NUMBERS = {"DOUBLE": float, "INTEGER": int}
_TABLES = ("gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns")
_ABOUT = "about_this_export"


def fill_layer(
    path: str, name: str, label: str, fields: Sequence[Field], rows: Iterable[tuple[bytes, Sequence[str]]], about: Mapping[str, str]
) -> None:
    """Fill a file that is there and empty: each row is an outline and the text of each field."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            connection.execute(MAP_TABLES[table])
        add_systems(connection)
        types = [_TYPES.get(field.type, "TEXT") for field in fields]
        told = ", ".join(f'"{field.name}" {kind}' for field, kind in zip(fields, types, strict=True))
        connection.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, {told})")
        connection.execute(
            f"CREATE TABLE {_ABOUT} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL)"
        )
        connection.executemany(f"INSERT INTO {_ABOUT} (name, value) VALUES (?, ?)", about.items())
        boxes = []
        marks = ", ".join("?" * (len(fields) + 1))
        names = ", ".join(f'"{field.name}"' for field in fields)
        for outline, cells in rows:
            box = bounds_of(outline) if outline else None
            boxes += [box] if box else []
            values = [_value(cell, kind) for cell, kind in zip(cells, types, strict=True)]
            geometry = header_of(box) + outline if box else None
            connection.execute(f"INSERT INTO {name} (geom, {names}) VALUES ({marks})", (geometry, *values))
        extent = [pick(box[at] for box in boxes) if boxes else None for at, pick in enumerate((min, max, min, max))]
        columns = "table_name, data_type, identifier, description, min_x, max_x, min_y, max_y, srs_id"
        add = f"INSERT INTO gpkg_contents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        connection.execute(add, (name, "features", name, label, *extent, SRS_ID))
        connection.execute(add, (_ABOUT, "attributes", _ABOUT, "Where this is from", None, None, None, None, None))
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)", (name, SRS_ID))
        connection.execute("COMMIT")


def _value(text: str, kind: str) -> str | int | float | None:
    if not text:
        return None
    return _NUMBERS[kind](text) if kind in _NUMBERS else text
