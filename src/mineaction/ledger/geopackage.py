"""How does a store open in a map program? As a GeoPackage 1.3 (OGC 12-128r17) with one layer: the hazardous areas as they stand now.

The layer is a copy of the facts (`layer.py` keeps it); its triggers refuse other writes with a sentence. Land releases, people,
accidents and stock sites are never layers. The tables of the ledger are not registered: GDAL does not list them, and QGIS, which lists
them, opens none of them. The table `about_this_store` is registered, says what the file is, and lets map programs know that unregistered
tables are not theirs.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable
from itertools import repeat

from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import Bounds

APPLICATION_ID, USER_VERSION = 0x47504B47, 10300  # "GPKG", version 1.3
LAYER = "hazardous_area"
_FIELDS = KINDS[LAYER].field_names()
LAYER_COLUMNS = ("subject", *_FIELDS, "source", "fact_id")
_COPY = "this layer is a copy of the facts: use mineaction import"
_ABOUT = (
    "A store of mineaction. The layer hazardous_area is a copy of the facts as they stand; changes come in by mineaction import. "
    "The file holds where uncleared ground lies: whoever has it has everything in it."
)
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
SRS_ID = 4326
# The spatial index of the column `geom` of the layer, under the name that the extension of GeoPackage gives it (annex F.3).
SPATIAL_INDEX = f"rtree_{LAYER}_geom"

MAP_TABLES = {
    "gpkg_spatial_ref_sys": """CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL, description TEXT)""",
    "gpkg_contents": """CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
    max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    "gpkg_geometry_columns": """CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
    m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    "about_this_store": "CREATE TABLE about_this_store (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, text TEXT NOT NULL)",
    "gpkg_extensions": """CREATE TABLE gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
}


def layer_table(columns: Iterable[str]) -> str:
    """The table of the layer with these columns: a version with more fields adds some, and an older file has fewer."""
    told = ", ".join(f"{name} TEXT NOT NULL" for name in columns)
    return f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, {told})"


# The layer and what hangs on it: made anew by `rebuild`.
LAYER_TABLES = {
    LAYER: layer_table(LAYER_COLUMNS),
    f"{LAYER}_by_fact": f"CREATE UNIQUE INDEX {LAYER}_by_fact ON {LAYER} (fact_id)",
    SPATIAL_INDEX: f"CREATE VIRTUAL TABLE {SPATIAL_INDEX} USING rtree(id, minx, maxx, miny, maxy)",
}
LAYER_TRIGGERS = {
    f"{LAYER}_no_{event}": f"CREATE TRIGGER {LAYER}_no_{event} BEFORE {event.upper()} ON {LAYER} BEGIN SELECT RAISE(ABORT, '{_COPY}'); END"
    for event in ("insert", "update", "delete")
}
# The extension asks for triggers that keep the index. These are its own words; they call functions that map programs bring and SQLite alone
# has not, and never run: the layer refuses other writers, and while this program writes, every trigger of the layer is away.
_BOX = 'NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")'
_PUT, _DROP = f"INSERT OR REPLACE INTO {SPATIAL_INDEX} VALUES ({_BOX})", f"DELETE FROM {SPATIAL_INDEX} WHERE id"
_FULL, _EMPTY = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))', '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
_SAME, _OTHER = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
LAYER_TRIGGERS |= {
    f"{SPATIAL_INDEX}_{name}": f'CREATE TRIGGER "{SPATIAL_INDEX}_{name}" AFTER {event} ON {LAYER} WHEN {when} BEGIN {does}; END'
    for name, event, when, does in (
        ("insert", "INSERT", _FULL, _PUT),
        ("update1", "UPDATE OF geom", f"{_SAME} AND {_FULL}", _PUT),
        ("update2", "UPDATE OF geom", f"{_SAME} AND {_EMPTY}", f'{_DROP} = OLD."fid"'),
        ("update3", "UPDATE", f"{_OTHER} AND {_FULL}", f'{_DROP} = OLD."fid"; {_PUT}'),
        ("update4", "UPDATE", f"{_OTHER} AND {_EMPTY}", f'{_DROP} IN (OLD."fid", NEW."fid")'),
        ("delete", "DELETE", 'OLD."geom" NOTNULL', f'{_DROP} = OLD."fid"'),
    )
}
MAP_OBJECTS = MAP_TABLES | LAYER_TABLES | LAYER_TRIGGERS

# What the tables of a GeoPackage say of the layer, beside its extent.
_REGISTERED: dict[str, dict[str, object]] = {
    "gpkg_contents": {
        "table_name": LAYER,
        "data_type": "features",
        "identifier": LAYER,
        "description": KINDS[LAYER].label,
        "srs_id": SRS_ID,
    },
    "gpkg_geometry_columns": {
        "table_name": LAYER,
        "column_name": "geom",
        "geometry_type_name": "MULTIPOLYGON",
        "srs_id": SRS_ID,
        "z": 0,
        "m": 0,
    },
    "gpkg_extensions": {
        "table_name": LAYER,
        "column_name": "geom",
        "extension_name": "gpkg_rtree_index",
        "definition": "http://www.geopackage.org/spec130/#extension_rtree",
        "scope": "write-only",
    },
}

_HEADER = struct.Struct("<2sBBi4d")
_WITH_ENVELOPE = 0b0000_0011  # little-endian, west, east, south, north
HEADER_BYTES = _HEADER.size

Row = tuple[object, ...]


def make_map(connection: sqlite3.Connection) -> None:
    """The tables of a GeoPackage and its empty layer, in the transaction that is open."""
    for statement in (MAP_TABLES | LAYER_TABLES).values():
        connection.execute(statement)
    add_systems(connection)
    register_layer(connection)
    about = ("about_this_store", "attributes", "about_this_store", "What this file is")
    connection.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, ?, ?, ?)", about)
    connection.execute("INSERT INTO about_this_store (text) VALUES (?)", (_ABOUT,))
    for statement in LAYER_TRIGGERS.values():
        connection.execute(statement)


def register_layer(connection: sqlite3.Connection) -> None:
    """Tell map programs of the layer, its system and its index, in the transaction that is open; whatever they were told of it is gone."""
    for table in reversed(_REGISTERED):
        connection.execute(f"DELETE FROM {table} WHERE table_name = ?", (LAYER,))
    for table, told in _REGISTERED.items():
        connection.execute(f"INSERT INTO {table} ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})", tuple(told.values()))


def is_registered(connection: sqlite3.Connection) -> bool:
    """Are map programs told of the layer what `register_layer` tells them?"""
    return all(
        list(connection.execute(f"SELECT {', '.join(told)} FROM {table} WHERE table_name = ?", (LAYER,))) == [tuple(told.values())]
        for table, told in _REGISTERED.items()
    )


def add_systems(connection: sqlite3.Connection) -> None:
    """The coordinate systems that every GeoPackage names, in the transaction that is open."""
    systems = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        ("WGS 84 geodetic", SRS_ID, "EPSG", SRS_ID, _WGS84, "longitude and latitude in decimal degrees"),
    ]
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", systems)


def layer_values(fact: Fact) -> tuple[str, ...]:
    """The values of LAYER_COLUMNS of a fact."""
    return (fact.subject, *map(fact.payload.get, _FIELDS, repeat("")), fact.source, fact.fact_id)


def header_of(bounds: Bounds) -> bytes:
    """What stands before the outline in the column `geom` (clause 2.1.3)."""
    return _HEADER.pack(b"GP", 0, _WITH_ENVELOPE, SRS_ID, *bounds)
