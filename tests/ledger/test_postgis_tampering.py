"""Nobody changes or removes a fact on a server: a writer is refused everything but adding, and what an owner does is found."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.postgis import PostgisStore
from mineaction.ledger.schema import TABLES
from mineaction.programme.store_rebuild import rebuild
from mineaction.terms.problem import ProblemError
from tests.ledger.postgis_stores import codes, login, three_batches
from tests.ledger.private_server import PrivateServer

pytestmark = pytest.mark.postgis


@pytest.fixture
def database(server: PrivateServer) -> Iterator[str]:
    with three_batches(server) as made:
        yield made


def by_owner(server: PrivateServer, database: str, *statements: str) -> None:
    server.ask(database, "SET search_path = mineaction, public", *statements)


ATTEMPTS_AT_A_TABLE = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "INSERT INTO {table} ({column}) SELECT {column} FROM {table} ON CONFLICT ({column}) DO UPDATE SET {column} = EXCLUDED.{column}",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "SELECT * FROM {table} FOR UPDATE",
    "DO $$ BEGIN LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; END $$",
    "DROP TABLE {table} CASCADE",
    "ALTER TABLE {table} RENAME TO other",
    "ALTER TABLE {table} ADD COLUMN extra text",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "ALTER TABLE {table} SET UNLOGGED",
    "DROP TRIGGER {table}_kept ON {table}",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION refuse_change()",
    "CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE INDEX mine ON {table} ({column})",
]
OTHER_ATTEMPTS = [
    "INSERT INTO store VALUES ('format', '2')",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP FUNCTION refuse_change() CASCADE",
    "CREATE OR REPLACE VIEW hazardous_area AS SELECT 1 AS one",
    "DROP SCHEMA mineaction CASCADE",
    "CREATE TABLE mineaction.mine (id int)",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "DROP EXTENSION postgis CASCADE",
]


@pytest.mark.parametrize("table", TABLES)
def test_a_writer_is_refused_everything_but_reading_and_adding(server: PrivateServer, database: str, table: str) -> None:
    with login(server, database, "ana", "mineaction_writer") as ana:
        column = {"store": "name", "fact": "fact_id", "file": "sha256", "batch": "seq", "entry": "seq"}[table]
        for attempt in ATTEMPTS_AT_A_TABLE:
            # The same where the role is put on by hand.
            for role in ("NONE", "mineaction_writer"):
                ana.execute(f"SET ROLE {role}")
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidColumnReference)):
                    ana.execute(attempt.format(table=table, column=column))
        # No right to hand on: PostgreSQL warns and does nothing.
        ana.execute(f"GRANT UPDATE ON {table} TO CURRENT_USER")
    assert codes(server, database) == []


@pytest.mark.parametrize("attempt", OTHER_ATTEMPTS)
def test_a_writer_changes_nothing_around_the_tables(server: PrivateServer, database: str, attempt: str) -> None:
    with login(server, database, "ana", "mineaction_writer") as ana, pytest.raises(psycopg.errors.InsufficientPrivilege):
        ana.execute(attempt)
    assert codes(server, database) == []


def test_a_writer_who_adds_rows_by_hand_is_found(server: PrivateServer, database: str) -> None:
    with login(server, database, "ana", "mineaction_writer") as ana:
        ana.execute("INSERT INTO entry SELECT 3, 1, fact_id, 'row 1' FROM fact LIMIT 1")
    assert "ledger_root_altered" in codes(server, database)


def test_a_table_of_one_session_stands_before_no_table_of_the_store(server: PrivateServer, database: str) -> None:
    with PostgisStore(server.address(database)) as store:
        store.connection.execute("RESET ROLE")
        store.connection.execute("CREATE TEMPORARY TABLE fact (LIKE mineaction.fact)")
        store.connection.execute("SET ROLE mineaction_writer")
        assert len(store.facts(LAYER)) == 3


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_the_owner_is_refused_by_a_trigger(server: PrivateServer, database: str, table: str, role: str) -> None:
    column = {"batch": "seq", "entry": "seq"}.get(table, "fact_id" if table == "fact" else "sha256" if table == "file" else "name")
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(psycopg.errors.RaiseException, match="facts are only added"):
            by_owner(server, database, f"SET session_replication_role = {role}", statement)
    assert codes(server, database) == []


# What an owner may do once the triggers are gone, and what is found then.
TAMPERING = {
    "a field of a fact": ("UPDATE fact SET payload = replace(payload, 'SHA', 'CHA') WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "an outline": ("UPDATE fact SET geometry = '' WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "a fact that is no JSON": ("UPDATE fact SET payload = '{' WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "what a fact corrects": ("UPDATE fact SET supersedes = 'x' WHERE subject LIKE '%ha-1'", "ledger_root_altered"),
    "a fact removed": ("DELETE FROM fact WHERE subject LIKE '%ha-3'", "ledger_fact_missing"),
    "a fact nobody told": (
        "INSERT INTO fact SELECT 'ff', kind, subject, payload, sealed, geometry, '', '', 'x', '' FROM fact LIMIT 1",
        "ledger_fact_added",
    ),
    "an entry of no batch": ("INSERT INTO entry SELECT 9, 1, fact_id, 'row 1' FROM fact LIMIT 1", "ledger_chain_broken"),
    "entries in another order": ("UPDATE entry SET ordinal = -ordinal WHERE seq = 1", "ledger_root_altered"),
    "the row of a fact": ("UPDATE entry SET place = 'row 7' WHERE seq = 2", "ledger_root_altered"),
    "a batch removed": ("DELETE FROM batch WHERE seq = 2; DELETE FROM entry WHERE seq = 2", "ledger_chain_broken"),
    "who told": ("UPDATE batch SET principal = 'somebody else' WHERE seq = 1", "ledger_chain_broken"),
    "when it was told": ("UPDATE batch SET recorded_at = '2001-01-01T00:00:00Z' WHERE seq = 1", "ledger_chain_broken"),
    "a reversal undone": ("UPDATE batch SET reverses = '' WHERE seq = 3", "ledger_batch_altered"),
    "a forged root": ("UPDATE batch SET root = replace(root, substr(root, 1, 1), 'x') WHERE seq = 1", "ledger_root_altered"),
    "a forged link": ("UPDATE batch SET link = 'ff' WHERE seq = 3", "ledger_chain_broken"),
    "the id of a batch": ("UPDATE batch SET batch_id = 'ff' WHERE seq = 2", "ledger_batch_altered"),
    "a file that was imported": ("UPDATE file SET content = '0'", "ledger_file_altered"),
    "a file removed": ("DELETE FROM file", "ledger_file_altered"),
    "which store it is": ("UPDATE store SET value = 'another' WHERE name = 'store_id'", "ledger_chain_broken"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_changed_behind_the_triggers_is_found(server: PrivateServer, database: str, what: str) -> None:
    """Done as somebody careful would: the triggers taken away and put back."""
    statements, expected = TAMPERING[what]
    by_owner(
        server,
        database,
        *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in TABLES),
        *statements.split("; "),
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_kept" for table in TABLES),
    )
    assert expected in codes(server, database)


def test_an_altered_fact_is_never_handed_out(server: PrivateServer, database: str) -> None:
    statement = TAMPERING["a field of a fact"][0]
    by_owner(server, database, "ALTER TABLE fact DISABLE TRIGGER ALL", statement)
    for ask in (lambda store: store.facts(LAYER), lambda store: store.standing(LAYER)):
        with pytest.raises(ProblemError, match="ledger_fact_altered"), PostgisStore(server.address(database)) as store:
            ask(store)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER fact_kept ON fact",
        "ALTER TABLE fact DISABLE TRIGGER fact_kept",
        "ALTER TABLE batch ENABLE TRIGGER batch_kept",
        "CREATE TRIGGER mine BEFORE INSERT ON entry EXECUTE FUNCTION refuse_edit()",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "DROP INDEX entry_by_fact",
        "DROP INDEX fact_by_outline",
        "ALTER TABLE batch DROP CONSTRAINT batch_pkey",
        "ALTER TABLE batch DROP CONSTRAINT batch_batch_id_key",
        "ALTER TABLE file SET UNLOGGED",
        "ALTER TABLE fact ALTER COLUMN source DROP NOT NULL",
        "ALTER TABLE fact ADD COLUMN extra text",
        "ALTER TABLE fact DROP COLUMN geom CASCADE",
        "ALTER TABLE fact ENABLE ROW LEVEL SECURITY",
        "CREATE RULE mine AS ON INSERT TO fact DO ALSO NOTHING",
        "CREATE TABLE beside () INHERITS (fact)",
        "CREATE TABLE another (id int)",
        "CREATE OR REPLACE FUNCTION standing_fact() RETURNS SETOF text LANGUAGE sql AS 'SELECT fact_id FROM fact'",
        "GRANT UPDATE ON fact TO mineaction_writer",
        "GRANT UPDATE (place) ON entry TO mineaction_writer",
        "GRANT DELETE ON batch TO PUBLIC",
        "GRANT TRUNCATE ON file TO mineaction_reader",
        "ALTER TABLE entry OWNER TO mineaction_writer",
    ],
)
def test_a_changed_schema_and_a_widened_role_are_found(server: PrivateServer, database: str, statement: str) -> None:
    by_owner(server, database, statement)
    assert "ledger_schema_altered" in codes(server, database)


def test_a_map_that_shows_something_else_is_found(server: PrivateServer, database: str) -> None:
    ((text,),) = server.ask(database, f"SELECT pg_get_viewdef('mineaction.{LAYER}'::regclass)")
    without_outline = text.replace("fact.geom", "NULL::geometry(MultiPolygon, 4326) AS geom")
    by_owner(server, database, f"CREATE OR REPLACE VIEW {LAYER} AS {without_outline}")
    assert codes(server, database) == ["ledger_layer_altered"]
    rebuilt_by_its_owner_alone(server, database)


def rebuilt_by_its_owner_alone(server: PrivateServer, database: str) -> None:
    with login(server, database, "ana", "mineaction_writer"), pytest.raises(ProblemError, match="store_refused"):
        rebuild(server.address(database, "ana"))
    assert rebuild(server.address(database))["differed"]
    assert codes(server, database) == []
    assert not rebuild(server.address(database))["differed"]


@pytest.mark.parametrize(
    "statement",
    [
        f"DROP VIEW {LAYER}",
        f"DROP TRIGGER {LAYER}_no_edit ON {LAYER}",
        f"DROP VIEW {LAYER}; CREATE VIEW {LAYER} AS SELECT geom, subject FROM fact",
    ],
)
def test_a_map_that_is_gone_or_of_another_form_is_found_and_made_anew(server: PrivateServer, database: str, statement: str) -> None:
    by_owner(server, database, *statement.split("; "))
    assert set(codes(server, database)) == {"ledger_layer_altered"}
    rebuilt_by_its_owner_alone(server, database)


def test_a_writer_who_became_an_administrator_is_found(server: PrivateServer, database: str) -> None:
    server.ask(database, "ALTER ROLE mineaction_writer SUPERUSER")
    try:
        assert set(codes(server, database)) == {"ledger_schema_altered"}
    finally:
        server.ask(database, "ALTER ROLE mineaction_writer NOSUPERUSER")
