"""The store in one SQLite file: every promise of a store, a GeoPackage that map programs read, and rows that nobody changes."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.geopackage import LAYER, LAYER_COLUMNS, LAYER_TABLES, LAYER_TRIGGERS, SPATIAL_INDEX, layer_table
from mineaction.ledger.schema import TABLES
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import copy_store, make_store
from mineaction.programme.store_rebuild import rebuild
from mineaction.terms.problem import ProblemError
from tests.ledger.store_contract import NewStore, StoreContract, area, numbered_paths, record, take_back, told


class TestTheStoreInOneFile(StoreContract):
    @pytest.fixture
    def new_store(self, tmp_path: Path) -> Iterator[NewStore]:
        paths, made = numbered_paths(tmp_path), []

        def make() -> SqliteStore:
            path = next(paths)
            make_store(path, "1" * 32)
            made.append(SqliteStore(path))
            return made[-1]

        yield make
        for store in made:
            store.connection.close()


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A store with three batches, the second taken back."""
    made = str(tmp_path / "programme.gpkg")
    make_store(made, "2" * 32)
    with SqliteStore(made) as store:
        record(store, area("HA-1"), area("HA-2", with_outline=False))
        record(store, area("HA-3"))
        take_back(store, 2)
    return made


def foreign(path: str) -> closing[sqlite3.Connection]:
    """Another program with the file, which does not wait for the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    return closing(connection)


def codes(path: str) -> list[str]:
    with SqliteStore(path) as store:
        return [one.code for one in check_store(store).problems]


def test_a_store_is_whole_and_its_owner_alone_may_read_it(path: str) -> None:
    assert codes(path) == []
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_reading_makes_no_file(path: str, tmp_path: Path) -> None:
    with SqliteStore(path) as store:
        assert store.facts(LAYER) and store.history("x") == () and not check_store(store).problems
        assert [one.name for one in tmp_path.iterdir()] == ["programme.gpkg"]
    with pytest.raises(ProblemError, match="store_missing"):
        SqliteStore(str(tmp_path / "other.gpkg"))
    assert [one.name for one in tmp_path.iterdir()] == ["programme.gpkg"]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_the_ledger_is_neither_changed_nor_removed_nor_replaced(path: str, table: str) -> None:
    with foreign(path) as other:
        column = other.execute(f"SELECT * FROM {table}").description[0][0]
        before = list(other.execute(f"SELECT * FROM {table}"))
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            f"REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="facts are only added"):
                other.execute(statement)
        assert list(other.execute(f"SELECT * FROM {table}")) == before


def map_program(path: str) -> closing[sqlite3.Connection]:
    """Another program with the file, which brings the functions that the spatial index of a GeoPackage asks for."""
    connection = sqlite3.connect(path, isolation_level=None)
    for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
        connection.create_function(name, 1, lambda _: 0)
    return closing(connection)


def test_the_layer_refuses_other_writers_and_tells_map_programs_why(path: str) -> None:
    change = f"UPDATE {LAYER} SET type = 'CHA'"
    with foreign(path) as other, pytest.raises(sqlite3.OperationalError, match="no such function"):
        other.execute(change)
    with map_program(path) as other:
        for statement in (change, f"DELETE FROM {LAYER}", f"INSERT INTO {LAYER} SELECT * FROM {LAYER}"):
            with pytest.raises(sqlite3.IntegrityError, match="this layer is a copy of the facts: use mineaction import"):
                other.execute(statement)


def test_the_file_is_a_geopackage_with_one_layer_of_what_stands(path: str) -> None:
    with foreign(path) as other:
        assert other.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert other.execute("PRAGMA user_version").fetchone() == (10300,)
        assert list(other.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1")) == [(-1,), (0,), (4326,)]
        contents = list(other.execute("SELECT table_name, data_type, srs_id FROM gpkg_contents ORDER BY 1"))
        assert contents == [("about_this_store", "attributes", None), (LAYER, "features", 4326)]
        columns = list(other.execute("SELECT * FROM gpkg_geometry_columns"))
        assert columns == [(LAYER, "geom", "MULTIPOLYGON", 4326, 0, 0)]
        rows = dict(other.execute(f"SELECT local_id, geom FROM {LAYER}"))
        assert set(rows) == {"HA-1", "HA-2"} and rows["HA-2"] is None
        # Clause 2.1.3: the letters GP, version 0, flags (little-endian, an envelope of x and y), the id of the system, the envelope, WKB.
        assert rows["HA-1"][:8] == b"GP\x00\x03\xe6\x10\x00\x00" and rows["HA-1"][40:] == area("HA-1").geometry
        assert other.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_layer_knows_its_extent(path: str) -> None:
    with foreign(path) as other:
        (extent,) = other.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (LAYER,))
    assert extent[1::2] == (0.0, 0.01) and extent[2] - extent[0] == pytest.approx(0.01)


# What somebody with the file may do once the triggers are gone, and what is found then.
TAMPERING = {
    "a field of a fact": ("UPDATE fact SET payload = replace(payload, 'SHA', 'CHA') WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "a byte of an outline": ("UPDATE fact SET geometry = zeroblob(length(geometry)) WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "a fact that is no JSON": ("UPDATE fact SET payload = '{' WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "a fact of another type": ("UPDATE fact SET geometry = 'text' WHERE subject LIKE '%ha-1'", "ledger_fact_altered"),
    "what a fact corrects": ("UPDATE fact SET supersedes = 'x' WHERE subject LIKE '%ha-1'", "ledger_root_altered"),
    "a fact removed": ("DELETE FROM fact WHERE subject LIKE '%ha-3'", "ledger_fact_missing"),
    "a fact removed with its entry": (
        "DELETE FROM entry WHERE ordinal = 2; DELETE FROM fact WHERE subject LIKE '%ha-2'",
        "ledger_root_altered",
    ),
    "a fact nobody told": (
        "INSERT INTO fact SELECT 'ff', kind, subject, payload, sealed, geometry, '', '', 'x', '' FROM fact LIMIT 1",
        "ledger_fact_added",
    ),
    "an entry of no batch": ("INSERT INTO entry SELECT 9, 1, fact_id, 'row 1' FROM fact LIMIT 1", "ledger_chain_broken"),
    "entries in another order": ("UPDATE entry SET ordinal = -ordinal WHERE seq = 1", "ledger_root_altered"),
    "the row of a fact": ("UPDATE entry SET place = 'row 7' WHERE seq = 2", "ledger_root_altered"),
    "batches in another order": (
        "UPDATE batch SET seq = -seq; UPDATE entry SET seq = -seq; "
        "UPDATE batch SET seq = CASE seq WHEN -1 THEN 2 WHEN -2 THEN 1 ELSE 3 END; "
        "UPDATE entry SET seq = CASE seq WHEN -1 THEN 2 ELSE 1 END",
        "ledger_chain_broken",
    ),
    "a batch removed": ("DELETE FROM batch WHERE seq = 2; DELETE FROM entry WHERE seq = 2", "ledger_chain_broken"),
    "a batch and its facts removed": (
        "DELETE FROM fact WHERE fact_id IN (SELECT fact_id FROM entry WHERE seq = 1); DELETE FROM entry WHERE seq = 1; "
        "DELETE FROM batch WHERE seq = 1",
        "ledger_chain_broken",
    ),
    "who told": ("UPDATE batch SET principal = 'somebody else' WHERE seq = 1", "ledger_chain_broken"),
    "when it was told": ("UPDATE batch SET recorded_at = '2001-01-01T00:00:00Z' WHERE seq = 1", "ledger_chain_broken"),
    "a reversal undone": ("UPDATE batch SET reverses = '' WHERE seq = 3", "ledger_batch_altered"),
    "a forged root": ("UPDATE batch SET root = replace(root, substr(root, 1, 1), 'x') WHERE seq = 1", "ledger_root_altered"),
    "a forged link": ("UPDATE batch SET link = 'ff' WHERE seq = 3", "ledger_chain_broken"),
    "the id of a batch": ("UPDATE batch SET batch_id = 'ff' WHERE seq = 2", "ledger_batch_altered"),
    "a file that was imported": ("UPDATE file SET content = x'00'", "ledger_file_altered"),
    "a file removed": ("DELETE FROM file", "ledger_file_altered"),
    "a name of a file": ("UPDATE file SET sha256 = 'ff'", "ledger_file_altered"),
}


def tamper(path: str, statements: str) -> None:
    """Do it as somebody careful would: the triggers taken away and put back."""
    with foreign(path) as other:
        triggers = list(other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for name, _ in triggers:
            other.execute(f"DROP TRIGGER {name}")
        other.executescript(statements)
        for _, sql in triggers:
            other.execute(sql)


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_changed_behind_the_triggers_is_found(path: str, what: str) -> None:
    statements, expected = TAMPERING[what]
    tamper(path, statements)
    assert expected in codes(path)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {LAYER} SET type = 'CHA'",
        f"DELETE FROM {LAYER}",
        f"UPDATE {LAYER} SET geom = NULL",
        f"UPDATE {LAYER} SET fid = fid + 100",
        f"DELETE FROM {SPATIAL_INDEX}",
        f"UPDATE {SPATIAL_INDEX} SET minx = minx + 1, maxx = maxx + 1",
        f"INSERT INTO {SPATIAL_INDEX} VALUES (1000, 0, 1, 0, 1)",
        f"UPDATE gpkg_contents SET max_x = 180 WHERE table_name = '{LAYER}'",
    ],
)
def test_a_layer_that_is_no_copy_any_more_is_found_and_made_anew_by_rebuild(path: str, statement: str) -> None:
    assert not rebuild(path)["differed"]
    tamper(path, statement)
    assert codes(path) == ["ledger_layer_altered"]
    assert rebuild(path)["differed"]
    assert codes(path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER fact_not_updated",
        "DROP INDEX entry_by_fact",
        "CREATE TRIGGER mine BEFORE INSERT ON fact BEGIN SELECT 1; END",
        f"DROP TRIGGER {LAYER}_no_update",
    ],
)
def test_a_changed_schema_is_found(path: str, statement: str) -> None:
    with foreign(path) as other:
        other.execute(statement)
    assert codes(path) == ["ledger_schema_altered"]


def test_no_flipped_byte_of_the_file_changes_a_fact_unseen(path: str) -> None:
    whole = Path(path).read_bytes()
    with SqliteStore(path) as store:
        told_before = [one.fact for one in store.facts(LAYER)]
    flipped = Path(path).with_name("flipped.gpkg")
    seen = 0
    # Every byte of the outline and of a field that came first, and bytes all over the file.
    places = [at for text in (area("HA-1").geometry, b'"HA-3"') for at in range(whole.index(text), whole.index(text) + len(text))]
    for number, at in enumerate([*places, *range(0, len(whole), 397)]):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << number % 8
        flipped.write_bytes(damaged)
        try:
            with SqliteStore(str(flipped)) as store:
                found = check_store(store).problems
                if not found:
                    assert [one.fact for one in store.facts(LAYER)] == told_before, at
        except ProblemError as error:
            found = list(error.problems)
        seen += bool(found)
        assert found or number >= len(places), at
    assert seen > len(places)


# What is said of a file when one of the values by which a store is known was changed.
OF_NO_STORE = {"store_not_ours", "store_newer", "store_older", "store_damaged"}


def test_any_flipped_bit_of_any_value_of_the_ledger_is_found(path: str) -> None:
    whole = Path(path).read_bytes()
    with foreign(path) as other:
        cells = [
            (table, column, rowid, value.encode() if isinstance(value, str) else value)
            for table in TABLES
            for column in [told[1] for told in other.execute(f"PRAGMA table_info({table})")]
            for rowid, value in other.execute(f"SELECT rowid, {column} FROM {table}")
            if isinstance(value, str | bytes) and value
        ]
    changed = str(Path(path).with_name("changed.gpkg"))

    @given(st.sampled_from(cells), st.integers(0, 1 << 20))
    def is_found(cell: tuple[str, str, int, bytes], bit: int) -> None:
        table, column, rowid, value = cell
        flipped = bytearray(value)
        flipped[bit // 8 % len(value)] ^= 1 << bit % 8
        Path(changed).write_bytes(whole)
        kind = "BLOB" if column in ("geometry", "content") else "TEXT"
        tamper(changed, f"UPDATE {table} SET {column} = CAST(x'{flipped.hex()}' AS {kind}) WHERE rowid = {rowid}")
        try:
            assert codes(changed)
        except ProblemError as error:
            assert table == "store" and {one.code for one in error.problems} <= OF_NO_STORE

    is_found()


def test_a_full_disk_records_nothing_and_breaks_nothing(path: str) -> None:
    with pytest.raises(ProblemError, match="store_refused"), SqliteStore(path) as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        record(store, *(area(f"NEW-{number}", note="x" * 1000) for number in range(50)))
    with SqliteStore(path) as store:
        assert len(store.batches()) == 3
    assert codes(path) == []


def test_the_spatial_index_finds_what_stands_and_no_more(path: str) -> None:
    west = sum(map(ord, "HA-1")) % 50 / 10
    asked = f"SELECT local_id FROM {LAYER} JOIN {SPATIAL_INDEX} ON fid = id WHERE maxx >= ? AND minx <= ? ORDER BY 1"
    with SqliteStore(path) as store:
        record(store, area("HA-7"), area("HA-1", type="CHA", supersedes=area("HA-1").fact_id))
        assert list(store.ask(asked, (west + 0.001, west + 0.009))) == [("HA-1",)]
        take_back(store, 4)
        take_back(store, 1)
        assert list(store.ask(asked, (-180, 180))) == []
    assert codes(path) == []


def test_a_layer_with_the_fields_of_an_older_version_is_whole_and_gets_todays_with_the_next_batch(path: str) -> None:
    older = layer_table(name for name in LAYER_COLUMNS if name != "note")
    with SqliteStore(path) as store, store.transaction():
        for name in [name for (name,) in store.ask("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (LAYER,))]:
            store.connection.execute(f"DROP TRIGGER {name}")
        store.connection.execute(f"ALTER TABLE {LAYER} RENAME TO newer")
        store.connection.execute(older)
        kept = ", ".join(("fid", "geom", *(name for name in LAYER_COLUMNS if name != "note")))
        store.connection.execute(f"INSERT INTO {LAYER} ({kept}) SELECT {kept} FROM newer")
        store.connection.execute("DROP TABLE newer")
        for statement in (LAYER_TABLES[f"{LAYER}_by_fact"], *LAYER_TRIGGERS.values()):
            store.connection.execute(statement)
    assert codes(path) == []
    with SqliteStore(path) as store:
        record(store, area("HA-7"))
    assert codes(path) == []
    with foreign(path) as other:
        assert [row[1] for row in other.execute(f"PRAGMA table_info({LAYER})")] == ["fid", "geom", *LAYER_COLUMNS]


def test_a_store_that_a_map_program_left_with_a_log_beside_it_is_read_and_written_on(path: str, tmp_path: Path) -> None:
    with map_program(path) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        with SqliteStore(path) as store:
            record(store, area("HA-7"))
            copy_store(store.connection, str(tmp_path / "copy.gpkg"), lambda _: None)
    assert codes(path) == [] and codes(str(tmp_path / "copy.gpkg")) == []
    with SqliteStore(str(tmp_path / "copy.gpkg")) as copy:
        assert len(copy.batches()) == 4


def test_an_altered_fact_is_never_handed_out(path: str) -> None:
    tamper(path, TAMPERING["a field of a fact"][0])
    for ask in (lambda store: store.facts(LAYER), lambda store: store.standing(LAYER), lambda store: store.history(area("HA-1").subject)):
        with pytest.raises(ProblemError, match="ledger_fact_altered"), SqliteStore(path) as store:
            ask(store)


def test_a_file_that_is_no_store_is_said_to_be_none(tmp_path: Path) -> None:
    for name, content in (("text", b"local_id,organisation\n" * 100), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ProblemError, match="store_not_ours"):
            SqliteStore(str(tmp_path / name))
    with foreign(str(tmp_path / "other.gpkg")) as other:
        other.execute("CREATE TABLE trees (name TEXT)")
    with pytest.raises(ProblemError, match="store_not_ours"):
        SqliteStore(str(tmp_path / "other.gpkg"))


def test_nothing_is_written_over(path: str, tmp_path: Path) -> None:
    before = Path(path).read_bytes()
    with pytest.raises(ProblemError, match="store_exists"):
        make_store(path, "3" * 32)
    with SqliteStore(path) as store, pytest.raises(ProblemError, match="store_exists"):
        copy_store(store.connection, path, lambda _: None)
    with pytest.raises(ProblemError, match="store_refused"):
        make_store(str(tmp_path / "no folder" / "a.gpkg"), "3" * 32)
    assert Path(path).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["programme.gpkg"]


def test_a_backup_taken_while_another_writes_is_whole(path: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.gpkg")
    with SqliteStore(path) as store, SqliteStore(path) as writer:
        with writer.transaction():
            writer.append(told([area("HA-4")]))
            copy_store(store.connection, copy, lambda made: None)
        assert codes(copy) == []
        with SqliteStore(copy) as held:
            assert held.identity()["version"] == "3" and store.identity()["version"] == "4"
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600


def test_many_may_write_at_once_and_each_batch_has_its_place(path: str) -> None:
    def write(name: str) -> None:
        with SqliteStore(path) as store:
            for number in range(5):
                record(store, area(f"{name}-{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "ABCD"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with SqliteStore(path) as store:
        assert [one.seq for one in store.batches()] == list(range(1, 24))
    assert codes(path) == []


KILLED = """
import os, signal, sqlite3, sys
from mineaction.ledger.sqlite import SqliteStore
from tests.ledger.store_contract import area, record
path, deadly = sys.argv[1], int(sys.argv[2])
with SqliteStore(path) as store:
    record(store, area("HA-4"))
    print("acknowledged", flush=True)
    # Pages go to the file in the middle of the batch, not only at its end.
    store.connection.execute("PRAGMA cache_size = 5")
    seen = 0
    def count(statement):
        global seen
        seen += 1
        if seen == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    store.connection.set_trace_callback(count)
    record(store, *(area(f"NEW-{number}", note="x" * 2000) for number in range(200)))
    print("acknowledged", flush=True)
"""


@pytest.mark.parametrize("deadly", [1, 2, 5, 100, 205, 300, 410, 420, 600, 620, 10_000])
def test_a_process_killed_in_the_middle_leaves_the_last_whole_batch(path: str, deadly: int) -> None:
    from tests.house.guards import CHECKOUT

    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))}
    ended = subprocess.run([sys.executable, "-c", KILLED, path, str(deadly)], env=here, capture_output=True, text=True, check=False)
    acknowledged = ended.stdout.count("acknowledged")
    # The batch takes more than six hundred statements; the last case lets it end.
    assert (ended.returncode, acknowledged) == ((-signal.SIGKILL, 1) if deadly < 1_000 else (0, 2)), ended.stderr
    with SqliteStore(path) as store:
        batches, facts = len(store.batches()), len(store.facts(LAYER))
        assert (batches, facts) == ((4, 4) if acknowledged == 1 else (5, 204))
    assert codes(path) == []
