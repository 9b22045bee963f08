"""How a store on a server is reached, copied and brought back: what goes wrong has a name, and no password is ever shown."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mineaction.ledger.postgis_server import shown
from mineaction.programme.recording import history, import_records, reverse
from mineaction.programme.store_checks import checkpoint, verify
from mineaction.programme.stores import backup, init, open_store, restore
from mineaction.terms.problem import ProblemError
from tests.ledger.postgis_stores import login
from tests.ledger.private_server import PrivateServer

pytestmark = pytest.mark.postgis
SECRET = "h4rd/to:guess"
AREAS = 'local_id,organisation,type,identified_on,wkt\nHA-1,Org,SHA,2020,"POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1))"\nHA-2,Org,X,2020,\n'


@pytest.fixture
def database(server: PrivateServer) -> Iterator[str]:
    """A database that holds no store."""
    name = server.database()
    yield name
    server.give_back(name)


@pytest.fixture
def other(server: PrivateServer) -> Iterator[str]:
    """Another one."""
    name = server.database()
    yield name
    server.give_back(name)


@pytest.fixture
def areas(tmp_path: Path) -> str:
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    return str(tmp_path / "areas.csv")


def refused(code: str, ask: object, *words: object, **options: object) -> str:
    """What is said where this is refused with this code."""
    assert callable(ask)
    with pytest.raises(ProblemError) as raised:
        ask(*words, **options)
    assert [one.code for one in raised.value.problems] == [code], raised.value
    return str(raised.value)


def test_the_commands_of_a_store_work_on_a_server_as_in_a_file(server: PrivateServer, database: str, areas: str, tmp_path: Path) -> None:
    told = {}
    for store in (server.address(database), str(tmp_path / "a.gpkg")):
        made = init(store)
        told[store] = import_records(areas, kind="hazardous_area", store=store, principal="Ana")
        again = import_records(areas, kind="hazardous_area", store=store)
        assert (again["batch"], again["already_recorded"]) == (1, True)
        assert [one["stands"] for one in history("hazardous_area/Org/HA-1", store=store)["told"]] == [True]
        taken = reverse("1", store=store)
        assert (taken["batch"], taken["standing"]["hazardous_area"]) == (2, 0)
        key = str(tmp_path / "key.pem")
        signed = checkpoint(f"{tmp_path}/{made['store_id']}.json", key=key, store=store)
        assert verify(store, checkpoint_file=signed["checkpoint"], public_key=f"{key}.pub")["is_whole"]
        refused("store_exists", init, store)
    on_server, in_file = told.values()
    same = ("batch", "batch_id", "rows", "facts", "with_problems", "problems")
    assert [on_server[key] for key in same] == [in_file[key] for key in same]


def test_a_backup_is_brought_back_in_another_database(server: PrivateServer, database: str, other: str, areas: str, tmp_path: Path) -> None:
    init(server.address(database))
    import_records(areas, kind="hazardous_area", store=server.address(database))
    copy = str(tmp_path / "copy.backup")
    made = backup(copy, server.address(database))
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600
    refused("store_exists", backup, copy, server.address(database))
    refused("store_exists", restore, copy, server.address(database))
    back = restore(copy, server.address(other))
    assert (made["batches"], back["batches"], back["books"]) == (1, 1, made["books"])
    with open_store(server.address(database)) as held, open_store(server.address(other)) as restored:
        assert held.facts("hazardous_area") == restored.facts("hazardous_area")
    assert verify(server.address(other))["is_whole"]
    import_records(areas, kind="hazardous_area", store=server.address(other))
    # The role of the writer is as narrow as before.
    with login(server, other, "ana", "mineaction_writer") as ana, pytest.raises(Exception, match="permission denied"):
        ana.execute("DELETE FROM fact")


def test_a_store_that_is_not_whole_is_neither_copied_nor_brought_back(
    server: PrivateServer, database: str, other: str, areas: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(server.address(database))
    import_records(areas, kind="hazardous_area", store=server.address(database))
    server.ask(database, "SET search_path = mineaction", "ALTER TABLE batch DISABLE TRIGGER ALL", "UPDATE batch SET principal = 'x'",
               "ALTER TABLE batch ENABLE ALWAYS TRIGGER batch_kept")  # fmt: skip
    copy = str(tmp_path / "copy.backup")
    refused("ledger_chain_broken", backup, copy, server.address(database))
    assert not list(tmp_path.glob("copy*"))
    # A backup that somebody made without asking.
    with monkeypatch.context() as unasked:
        unasked.setattr("mineaction.programme.stores._refuse_broken", lambda store: None)
        backup(copy, server.address(database))
    refused("ledger_chain_broken", restore, copy, server.address(other))
    refused("store_missing", verify, server.address(other))


def test_what_is_no_backup_is_said_to_be_none(server: PrivateServer, database: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"local_id\n")
    (tmp_path / "broken").write_bytes(b"PGDMP and then nothing")
    refused("store_not_ours", restore, str(tmp_path / "text"), server.address(database))
    refused("file_missing", restore, str(tmp_path / "none"), server.address(database))
    refused("store_refused", restore, str(tmp_path / "broken"), server.address(database))
    refused("store_missing", verify, server.address(database))


def test_without_the_programs_of_postgresql_a_backup_says_what_to_install(
    server: PrivateServer, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(server.address(database))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pg_dump" in refused("program_missing", backup, str(tmp_path / "a.backup"), server.address(database))
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_used_and_never_shown(server: PrivateServer, database: str, areas: str, tmp_path: Path) -> None:
    address = server.by_password(database, server.password)
    answers = [
        init(address),
        import_records(areas, kind="hazardous_area", store=address),
        history("hazardous_area/Org/HA-1", store=address),
        verify(address),
        checkpoint(str(tmp_path / "cp.json"), key=str(tmp_path / "key.pem"), store=address),
        reverse("1", store=address),
        backup(str(tmp_path / "a.backup"), address),
    ]
    assert server.password not in repr(answers)
    said = [refused("store_exists", init, address), refused("batch_unknown", reverse, "9", store=address)]
    assert server.password not in repr(said)


@pytest.mark.parametrize("where", ["user:{}@", "user:{}@host:", "?password={}", "?user=a&password={}", "user:{}@[::1", "user@x:{}@"])
def test_a_password_in_a_wrong_address_is_not_repeated(where: str) -> None:
    for secret in (SECRET, "pass@word", "100%sure", "a b'c\\"):
        beginning, _, end = where.partition("?")
        address = f"postgresql://{beginning.format(secret)}127.0.0.1:1/none?{end.format(secret)}&connect_timeout=2"
        with pytest.raises(ProblemError) as raised:
            verify(address)
        text = str(raised.value) + repr([one.as_dict() for one in raised.value.problems])
        assert secret not in text and secret.rpartition("@")[2] not in text.replace("password", "")


def test_a_wrong_password_and_a_server_that_is_not_there_are_problems(server: PrivateServer, database: str) -> None:
    text = refused("store_unreachable", verify, server.by_password(database, SECRET))
    assert "password authentication failed" in text and SECRET not in text
    refused("store_unreachable", verify, "postgresql://127.0.0.1:1/none")
    refused("store_unreachable", verify, server.address("no_such_database"))


def test_the_address_that_is_shown_holds_user_host_port_and_database_alone() -> None:
    assert shown("postgresql://ana:secret@example.test:5433/mine?sslmode=require") == "postgresql://ana@example.test:5433/mine"
    assert shown("postgres://example.test/mine?password=secret") == "postgresql://example.test/mine"


def test_a_database_without_a_store_or_without_postgis_says_so(server: PrivateServer, database: str) -> None:
    text = refused("store_missing", verify, server.address(database))
    assert f"mineaction init {shown(server.address(database))}" in text
    server.ask("postgres", "DROP DATABASE IF EXISTS plain", "DROP ROLE IF EXISTS bob", "CREATE ROLE bob LOGIN CREATEROLE",
               "CREATE DATABASE plain OWNER bob")  # fmt: skip
    try:
        # PostGIS is an extension that only an administrator may add.
        text = refused("postgis_missing", init, server.address("plain", "bob"))
        assert "permission denied" in text and "CREATE EXTENSION postgis" in text
        refused("store_missing", verify, server.address("plain", "bob"))
        server.ask("plain", "CREATE EXTENSION postgis")
        assert init(server.address("plain", "bob"))["store_id"]
        assert verify(server.address("plain", "bob"))["is_whole"]
    finally:
        server.ask("postgres", "DROP DATABASE plain", "DROP ROLE bob")


def test_a_database_of_another_encoding_is_refused(server: PrivateServer) -> None:
    server.ask("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    try:
        assert "LATIN1" in refused("store_refused", init, server.address("latin"))
    finally:
        server.ask("postgres", "DROP DATABASE latin")


def test_who_may_not_write_is_told_so(server: PrivateServer, database: str) -> None:
    init(server.address(database))
    with login(server, database, "cartographer", "mineaction_reader"):
        assert "permission denied" in refused("store_refused", verify, server.address(database, "cartographer"))
    with login(server, database, "ana", "mineaction_writer"):
        assert verify(server.address(database, "ana"))["is_whole"]


@pytest.mark.parametrize("ask", [verify, init, lambda store: restore("a.backup", store), lambda store: backup("a.backup", store)])
def test_without_psycopg_it_is_said_what_to_install(ask: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'mineaction[postgis]'" in refused("psycopg_missing", ask, "postgresql://127.0.0.1/none")
