"""Which tables, triggers, roles and map does a store on a server have? Those of `schema.py`, in a schema of their own.

Whoever writes acts in the role `mineaction_writer`, which may read and add and nothing else; beside that a trigger refuses every change.
Map programs log in under `mineaction_reader`, which sees one view: the hazardous areas as they stand. Only hazardous areas have a shape for
maps; no other kind does. The owner of the tables can take all of this away, and `verify` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg

from mineaction.ledger.geopackage import LAYER, LAYER_COLUMNS
from mineaction.ledger.schema import KEPT, TABLES

SCHEMA, WRITER, READER = "mineaction", "mineaction_writer", "mineaction_reader"
_TYPES = {"TEXT": "text", "BLOB": "bytea", "INTEGER": "int8"}
_COPY = "this layer is a copy of the facts: use mineaction import"

_TABLES = [
    # Ids and days are compared byte by byte, whatever the language of the database.
    statement.replace("TEXT", 'text COLLATE "C"').replace("BLOB", "bytea").replace("INTEGER", "int8")
    for statement in TABLES.values()
]
# A hash holds a subject of any length.
_INDEXES = {
    "fact_by_subject": ("fact", "hash", "subject"),
    "fact_by_kind": ("fact", "btree", "kind"),
    "fact_by_outline": ("fact", "gist", "geom"),
    "entry_by_fact": ("entry", "btree", "fact_id"),
}
_KEYS = {
    "store_pkey": ("store", "btree", "name"),
    "fact_pkey": ("fact", "btree", "fact_id"),
    "file_pkey": ("file", "btree", "sha256"),
    "batch_pkey": ("batch", "btree", "seq"),
    "batch_batch_id_key": ("batch", "btree", "batch_id"),
    "entry_pkey": ("entry", "btree", "seq,ordinal"),
}
_STANDING = "standing_fact"
_FUNCTIONS = {
    "refuse_change": f"BEGIN RAISE EXCEPTION '{KEPT}'; END",
    "refuse_edit": f"BEGIN RAISE EXCEPTION '{_COPY}'; END",
    # As `Store.standing` finds it: batches from the last to the first, then what they told less what they corrected.
    _STANDING: f"""DECLARE
    one record;
    active int8[] := '{{}}';
    taken_back text[] := '{{}}';
BEGIN
    FOR one IN SELECT seq, batch_id, reverses FROM batch ORDER BY seq DESC LOOP
        IF one.batch_id <> ALL (taken_back) THEN
            active := active || one.seq;
            IF one.reverses <> '' THEN taken_back := taken_back || one.reverses; END IF;
        END IF;
    END LOOP;
    RETURN QUERY WITH told AS MATERIALIZED (SELECT fact_id, supersedes FROM fact WHERE kind = '{LAYER}'
        AND fact_id IN (SELECT entry.fact_id FROM entry WHERE seq IN (SELECT unnest(active))))
        SELECT fact_id FROM told EXCEPT SELECT supersedes FROM told;
END""",
}
# As pg_trigger.tgtype: before an UPDATE, DELETE or TRUNCATE; in place of an INSERT, UPDATE or DELETE of a row.
_BEFORE_CHANGE, _IN_PLACE_OF_EDIT = 58, 93
_TRIGGERS = {(table, f"{table}_kept", "refuse_change", _BEFORE_CHANGE, "A") for table in TABLES} | {
    (LAYER, f"{LAYER}_no_edit", "refuse_edit", _IN_PLACE_OF_EDIT, "O")
}
# What is added by the writer; who the store is, is said once.
_ADDED = ("fact", "file", "batch", "entry")


_FIELDS = LAYER_COLUMNS[1:-2]
_AS_COLUMNS = f"json_to_record(payload::json) AS told ({', '.join(f'{name} text' for name in _FIELDS)})"
_SHOWN = ", ".join(f"coalesce(told.{name}, '') AS {name}" for name in _FIELDS)
# What makes the map anew: the facts are not touched.
MAP = (
    f"DROP VIEW IF EXISTS {LAYER}",
    f"CREATE VIEW {LAYER} AS SELECT geom, subject, {_SHOWN}, source, fact_id "
    f"FROM fact JOIN {_STANDING}() AS standing (fact_id) USING (fact_id) CROSS JOIN LATERAL {_AS_COLUMNS}",
    f"CREATE TRIGGER {LAYER}_no_edit INSTEAD OF INSERT OR UPDATE OR DELETE ON {LAYER} FOR EACH ROW EXECUTE FUNCTION refuse_edit()",
    f"GRANT SELECT ON {LAYER} TO {WRITER}, {READER}",
)


def statements(postgis: str) -> Iterator[str]:
    """What makes the empty store, in its order; `postgis` is the schema of the extension."""
    yield f"CREATE SCHEMA {SCHEMA}"
    yield f"SET LOCAL search_path = {SCHEMA}, pg_temp"
    yield from _TABLES
    yield (
        f"ALTER TABLE fact ADD COLUMN geom {postgis}.geometry(MultiPolygon, 4326) GENERATED ALWAYS AS "
        f"(CASE WHEN kind = '{LAYER}' AND octet_length(geometry) > 0 THEN {postgis}.ST_GeomFromWKB(geometry, 4326) END) STORED"
    )
    for name, (table, method, columns) in _INDEXES.items():
        yield f"CREATE INDEX {name} ON {table} USING {method} ({columns})"
    for name, body in _FUNCTIONS.items():
        # Tables that nobody has counted yet look small to the planner: loops within loops would take a day after a large import.
        kind = "SETOF text STABLE SECURITY DEFINER SET enable_nestloop = off" if name == _STANDING else "trigger"
        yield f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE plpgsql SET search_path = {SCHEMA}, pg_temp AS $${body}$$"
    for table in TABLES:
        yield f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()"
        # Also where a replication says that triggers rest.
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_kept"
    yield f"REVOKE ALL ON FUNCTION {_STANDING}() FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {WRITER}, {READER}"
    yield f"GRANT EXECUTE ON FUNCTION {_STANDING}() TO {WRITER}, {READER}"
    yield f"GRANT SELECT, INSERT ON {', '.join(_ADDED)} TO {WRITER}"
    yield f"GRANT SELECT ON store TO {WRITER}"
    yield from MAP


# The two roles are of the whole server; one that is there is used. Whoever makes the store may put on that of the writer.
MAKE_ROLES = f"""DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WRITER}') THEN
        CREATE ROLE {WRITER} NOLOGIN;
        GRANT {WRITER} TO CURRENT_USER;
    ELSIF NOT pg_has_role(current_user, '{WRITER}', 'MEMBER') THEN
        GRANT {WRITER} TO CURRENT_USER;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{READER}') THEN CREATE ROLE {READER} NOLOGIN; END IF;
END $$"""


def altered(connection: psycopg.Connection[Any]) -> list[str]:
    """The names of what is not as `statements` made it, or was put beside it."""
    found = {name for question, expected in _EXPECTED.items() for name in _differing(connection, question, expected)}
    return sorted(found | {name for (name,) in connection.execute(_WIDENED, {"schema": SCHEMA, "writer": WRITER})})


def _differing(connection: psycopg.Connection[Any], question: str, expected: set[tuple[object, ...]]) -> set[str]:
    """The second value of a row is its name."""
    held = set(connection.execute(question, {"schema": SCHEMA}))
    return {str(row[1]) for row in held ^ expected}


_OF_SCHEMA = "relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s)"
_EXPECTED: dict[str, set[tuple[object, ...]]] = {
    # A table that is not logged is empty after a crash; rules and policies change or hide rows.
    f"""SELECT relkind::text, relname::text, relpersistence::text, relrowsecurity,
        EXISTS (SELECT 1 FROM pg_rewrite WHERE ev_class = pg_class.oid AND rulename <> '_RETURN'),
        EXISTS (SELECT 1 FROM pg_inherits WHERE pg_class.oid IN (inhparent, inhrelid))
        FROM pg_class WHERE {_OF_SCHEMA} AND relkind NOT IN ('i', 't')""": {
        ("v" if name == LAYER else "r", name, "p", False, False, False) for name in (*TABLES, LAYER)
    },
    f"""SELECT relname::text, relname || '.' || attname, typname::text, attnotnull, attgenerated::text, coalesce(collname::text, '')
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        WHERE {_OF_SCHEMA} AND relkind = 'r' AND attnum > 0 AND NOT attisdropped""": {
        (table, f"{table}.{name}", _TYPES[given], True, "", "C" if given == "TEXT" else "")
        for table, statement in TABLES.items()
        for name, given in re.findall(r"(\w+) (TEXT|BLOB|INTEGER) NOT NULL", statement)
    }
    | {("fact", "fact.geom", "geometry", False, "s", "")},
    f"""SELECT relname::text, relname || '.' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE {_OF_SCHEMA} AND relkind = 'v' AND attnum > 0""": {(LAYER, f"{LAYER}.{name}") for name in ("geom", *LAYER_COLUMNS)},
    f"""SELECT pg_class.relname::text, held.relname::text, amname::text, indisunique AND indimmediate, indisvalid AND indisready,
        indpred IS NULL AND indexprs IS NULL,
        (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = held.oid)
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid JOIN pg_class held ON held.oid = indexrelid
        JOIN pg_am ON pg_am.oid = held.relam
        WHERE pg_class.{_OF_SCHEMA}""": {
        (table, name, method, name in _KEYS, True, True, columns) for name, (table, method, columns) in (_INDEXES | _KEYS).items()
    },
    f"""SELECT relname::text, tgname::text, proname::text, tgtype::int, tgenabled::text
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE {_OF_SCHEMA} AND tgqual IS NULL AND NOT tgisinternal""": set(_TRIGGERS),
    """SELECT prosrc, proname::text, lanname::text, prosecdef,
        (SELECT string_agg(one, '; ' ORDER BY one) FROM unnest(proconfig) AS one) FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s)""": {
        (
            body,
            name,
            "plpgsql",
            name == _STANDING,
            ("enable_nestloop=off; " if name == _STANDING else "") + f"search_path={SCHEMA}, pg_temp",
        )
        for name, body in _FUNCTIONS.items()
    },
}
# Who but the owner may change or remove; and a writer who is an owner or an administrator.
_WIDENED = f"""
    SELECT 'rights on ' || relname FROM pg_class, aclexplode(relacl) WHERE {_OF_SCHEMA}
        AND grantee <> relowner AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
    UNION SELECT 'rights on ' || relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl) WHERE {_OF_SCHEMA}
        AND grantee <> relowner AND privilege_type = 'UPDATE'
    UNION SELECT 'rights of ' || rolname FROM pg_class, pg_roles WHERE {_OF_SCHEMA} AND rolname = %(writer)s
        AND (rolsuper OR pg_has_role(rolname, relowner, 'MEMBER'))"""
