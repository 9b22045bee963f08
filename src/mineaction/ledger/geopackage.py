"""How does a store open in a map program? As a GeoPackage 1.3 (OGC 12-128r17) with one layer: the hazardous areas as they stand now.

The layer is a copy made anew from the facts after every batch; its triggers refuse other writes with a sentence. Land releases, people,
accidents and stock sites are never layers. The tables of the ledger are not registered, so map programs do not list them: the table
`about_this_store` is, which says what the file is and lets them know that unregistered tables are not theirs.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable

from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import bounds_of

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
_SRS_ID = 4326
# GeoPackage, annex F.3: the spatial index of the column `geom` of the layer.
_INDEX = f"rtree_{LAYER}_geom"

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
    LAYER: f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, "
    + ", ".join(f"{name} TEXT NOT NULL" for name in LAYER_COLUMNS)
    + ")",
}
LAYER_TRIGGERS = {
    f"{LAYER}_no_{event}": f"CREATE TRIGGER {LAYER}_no_{event} BEFORE {event.upper()} ON {LAYER} BEGIN SELECT RAISE(ABORT, '{_COPY}'); END"
    for event in ("insert", "update", "delete")
}
MAP_OBJECTS = MAP_TABLES | LAYER_TRIGGERS

_HEADER = struct.Struct("<2sBBi4d")
_WITH_ENVELOPE = 0b0000_0011  # little-endian, west, east, south, north
_MADE_OF_FACTS = f"SELECT geom, {', '.join(LAYER_COLUMNS)} FROM {LAYER} ORDER BY fid"

Row = tuple[object, ...]


def make_map(connection: sqlite3.Connection) -> None:
    """The tables of a GeoPackage and its empty layer, in the transaction that is open."""
    for statement in MAP_TABLES.values():
        connection.execute(statement)
    systems = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        ("WGS 84 geodetic", _SRS_ID, "EPSG", _SRS_ID, _WGS84, "longitude and latitude in decimal degrees"),
    ]
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", systems)
    add = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)"
    connection.execute(add, (LAYER, "features", LAYER, KINDS[LAYER].label, _SRS_ID))
    connection.execute(add, ("about_this_store", "attributes", "about_this_store", "What this file is", None))
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)", (LAYER, _SRS_ID))
    connection.execute("INSERT INTO about_this_store (text) VALUES (?)", (_ABOUT,))
    for statement in LAYER_TRIGGERS.values():
        connection.execute(statement)


def rebuild_layer(connection: sqlite3.Connection, standing: Iterable[Fact]) -> None:
    """Make the layer anew from the facts that stand, in the transaction that is open."""
    facts = list(standing)
    _drop_triggers_and_index(connection)
    connection.execute(f"DELETE FROM {LAYER}")
    connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (LAYER,))
    marks = ", ".join("?" * (len(LAYER_COLUMNS) + 1))
    connection.executemany(f"INSERT INTO {LAYER} (geom, {', '.join(LAYER_COLUMNS)}) VALUES ({marks})", map(layer_row, facts))
    for statement in LAYER_TRIGGERS.values():
        connection.execute(statement)
    connection.execute(
        "UPDATE gpkg_contents SET min_x = ?, max_x = ?, min_y = ?, max_y = ?, last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') "
        "WHERE table_name = ?",
        (*_extent(facts), LAYER),
    )


def _drop_triggers_and_index(connection: sqlite3.Connection) -> None:
    """Our own triggers, and a spatial index that a map program made: it would call functions of that program, or lag behind the layer."""
    names = dict(connection.execute("SELECT name, type FROM sqlite_master WHERE tbl_name = ? OR name = ?", (LAYER, _INDEX)))
    for name in sorted(name for name, kind in names.items() if kind == "trigger"):
        connection.execute('DROP TRIGGER "{}"'.format(name.replace('"', '""')))
    if _INDEX in names:
        connection.execute(f"DROP TABLE {_INDEX}")
        connection.execute("DELETE FROM gpkg_extensions WHERE table_name = ? AND extension_name = 'gpkg_rtree_index'", (LAYER,))


def layer_rows(connection: sqlite3.Connection) -> list[Row]:
    """The layer as it is in the file."""
    return list(connection.execute(_MADE_OF_FACTS))


def layer_row(fact: Fact) -> Row:
    """The layer's row of a fact: its outline, its fields, its source and its id."""
    return (_geometry(fact.geometry), *layer_values(fact))


def layer_values(fact: Fact) -> tuple[str, ...]:
    """The values of LAYER_COLUMNS of a fact."""
    return (fact.subject, *(fact.payload.get(name, "") for name in _FIELDS), fact.source, fact.fact_id)


def _geometry(outline: bytes) -> bytes | None:
    if not outline:
        return None
    return _HEADER.pack(b"GP", 0, _WITH_ENVELOPE, _SRS_ID, *bounds_of(outline)) + outline


def _extent(facts: Iterable[Fact]) -> tuple[float | None, ...]:
    found = [bounds_of(fact.geometry) for fact in facts if fact.geometry]
    return tuple(pick(one[at] for one in found) for at, pick in enumerate((min, max, min, max))) if found else (None,) * 4
