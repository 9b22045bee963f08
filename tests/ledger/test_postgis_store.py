"""The store on a server: every promise of a store, many writers at once, a map that is never behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import settings

from mineaction.ledger.geopackage import LAYER, LAYER_COLUMNS
from mineaction.ledger.postgis import PostgisStore
from mineaction.terms.problem import ProblemError
from tests.house.guards import CHECKOUT
from tests.ledger.postgis_stores import codes, empty_stores, login, three_batches
from tests.ledger.private_server import PrivateServer
from tests.ledger.store_contract import NewStore, StoreContract, area, record, standing, told

pytestmark = pytest.mark.postgis
WRITERS, BATCHES, BATCHES_BY_NIGHT = 32, 4, 500


class TestTheStoreOnAServer(StoreContract):
    @pytest.fixture
    def new_store(self, server: PrivateServer) -> Iterator[NewStore]:
        with empty_stores(server) as make:
            yield make


@pytest.fixture
def database(server: PrivateServer) -> Iterator[str]:
    with three_batches(server) as made:
        yield made


def test_a_store_is_whole(server: PrivateServer, database: str) -> None:
    assert codes(server, database) == []


def test_many_may_write_at_once_and_each_batch_has_its_place(server: PrivateServer, database: str) -> None:
    acknowledged: list[tuple[int, str]] = []
    # By night hypothesis makes two thousand examples of everything.
    each = BATCHES_BY_NIGHT if settings().max_examples >= 2_000 else BATCHES

    def write(name: int) -> None:
        with PostgisStore(server.address(database)) as store:
            for number in range(each):
                fact = area(f"W-{name}-{number}")
                acknowledged.append((record(store, fact), fact.fact_id))

    threads = [threading.Thread(target=write, args=(name,)) for name in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with PostgisStore(server.address(database)) as store:
        batches = store.batches()
        assert [one.seq for one in batches] == list(range(1, 3 + WRITERS * each + 1))
        assert len({one.batch_id for one in batches}) == len(batches)
        # What was acknowledged is there, under the number that was told.
        assert len(acknowledged) == WRITERS * each
        assert [store.told_in(fact_id) for _, fact_id in acknowledged] == [[seq] for seq, _ in acknowledged]
    assert codes(server, database) == []


def test_the_same_batch_from_many_at_once_is_recorded_once(server: PrivateServer, database: str) -> None:
    answers: list[tuple[int, bool]] = []

    def write() -> None:
        with PostgisStore(server.address(database)) as store, store.transaction():
            recorded = store.append(told([area("HA-7"), area("HA-8")]))
        answers.append((recorded.seq, recorded.is_new))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [(4, False)] * 7 + [(4, True)]


def test_a_writer_who_believes_in_an_old_end_of_the_chain_is_refused(
    server: PrivateServer, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it would be without the lock: one number is one batch."""
    with PostgisStore(server.address(database)) as store:
        old = store._head()
        record(store, area("HA-4"))
        monkeypatch.setattr(store, "_head", lambda: old)
        with pytest.raises(ProblemError, match="entry_pkey"):
            record(store, area("HA-5"))
    assert codes(server, database) == []


def test_who_waits_too_long_for_another_writer_is_told_so(server: PrivateServer, database: str) -> None:
    with PostgisStore(server.address(database)) as first, PostgisStore(server.address(database)) as second:
        second.connection.execute("SET lock_timeout = 50")
        with first.transaction():
            first.append(told([area("HA-4")]))
            with pytest.raises(ProblemError, match="store_busy"), second.transaction():
                second.append(told([area("HA-5")]))
    assert codes(server, database) == []


def test_what_is_read_in_one_moment_stays_though_another_writes(server: PrivateServer, database: str) -> None:
    with PostgisStore(server.address(database)) as reader, PostgisStore(server.address(database)) as writer:
        with reader.one_moment():
            before = reader.identity()
            record(writer, area("HA-4"))
            assert reader.identity() == before and len(reader.batches()) == 3
        assert len(reader.batches()) == 4


KILLED = """
import os, signal, sys
from mineaction.ledger.postgis import PostgisStore
from tests.ledger.store_contract import area, record, told
with PostgisStore(sys.argv[1]) as store:
    record(store, area("HA-4"))
    print("acknowledged", flush=True)
    with store.transaction():
        store.append(told([area(f"NEW-{number}", note="x" * 2000) for number in range(200)]))
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_in_the_middle_leaves_the_last_whole_batch(server: PrivateServer, database: str) -> None:
    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))}
    command = [sys.executable, "-c", KILLED, server.address(database)]
    ended = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "acknowledged\n"), ended.stderr
    with PostgisStore(server.address(database)) as store:
        # Whoever writes next waits until the server has seen that the other is gone.
        assert record(store, area("HA-5")) == 5
        assert len(store.facts(LAYER)) == 5
    assert codes(server, database) == []


def test_a_server_that_ends_the_connection_leaves_nothing_half_recorded(server: PrivateServer, database: str) -> None:
    with pytest.raises(ProblemError) as raised, PostgisStore(server.address(database)) as store, store.transaction():
        store.append(told([area("HA-4")]))
        server.ask(database, f"SELECT pg_terminate_backend({store.connection.info.backend_pid})")
        store.batches()
    assert [one.code for one in raised.value.problems] == ["store_unreachable"]
    with PostgisStore(server.address(database)) as store:
        assert len(store.batches()) == 3 and standing(store) == {area("HA-1").fact_id, area("HA-2", with_outline=False).fact_id}


def test_the_map_shows_what_stands_with_its_outline_and_no_other_kind(server: PrivateServer, database: str) -> None:
    with login(server, database, "cartographer", "mineaction_reader") as reader:
        rows = reader.execute(f"SELECT local_id, public.ST_AsBinary(geom, 'NDR'), {LAYER_COLUMNS[-1]} FROM {LAYER} ORDER BY 1").fetchall()
        assert rows == [
            ("HA-1", area("HA-1").geometry, area("HA-1").fact_id),
            ("HA-2", None, area("HA-2", with_outline=False).fact_id),
        ]
        layers = "SELECT f_table_schema, f_table_name, type, srid FROM public.geometry_columns WHERE f_table_name = 'hazardous_area'"
        assert reader.execute(layers).fetchall() == [("mineaction", LAYER, "MULTIPOLYGON", 4326)]
        for table in ("fact", "entry", "batch", "file", "store"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT * FROM {table}")


def test_the_map_refuses_other_writers_with_a_sentence(server: PrivateServer, database: str) -> None:
    for statement in (f"UPDATE {LAYER} SET type = 'CHA'", f"DELETE FROM {LAYER}", f"INSERT INTO {LAYER} SELECT * FROM {LAYER}"):
        with pytest.raises(psycopg.errors.RaiseException, match="this layer is a copy of the facts: use mineaction import"):
            server.ask(database, "SET search_path = mineaction", statement)


def test_a_subject_and_a_text_may_be_long(server: PrivateServer, database: str) -> None:
    long = area("L" * 20_000, note="x" * 1_000_000)
    with PostgisStore(server.address(database)) as store:
        record(store, long)
        assert [one.fact for one in store.history(long.subject)] == [long]


def test_a_text_that_the_server_cannot_hold_is_a_problem_and_nothing_is_recorded(server: PrivateServer, database: str) -> None:
    with PostgisStore(server.address(database)) as store:
        with pytest.raises(ProblemError, match="store_refused"), store.transaction():
            store.append(told([area("HA-4")], principal="a zero \0"))
        assert len(store.batches()) == 3
    assert codes(server, database) == []
