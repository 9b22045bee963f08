"""Promise 10: the same history gives the same tables of land in a file and on a server, by every dimension and as known on any day."""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from mineaction.ledger.postgis import PostgisStore
from mineaction.ledger.postgis_server import make_store as make_on_server
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Store
from mineaction.programme import land_book
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_table import DIMENSIONS
from tests.ledger.private_server import PrivateServer
from tests.promises.conftest import Rounds
from tests.promises.conftest import Told as Figure
from tests.promises.land_histories import FIRST, HISTORIES, Step, Tell, answer, play
from tests.promises.test_tampering import unsynced

pytestmark = pytest.mark.postgis
STORE_ID = "5" * 32


def everything_asked(store: Store, history: list[Step]) -> dict[str, Any]:
    """Tell it all, and ask for every table, the status of every area, and what was known in the middle."""
    # An account is kept for the head of a chain, and both have the same: each engine makes its own.
    land_book._kept.clear()
    last = max([day for _, day in play(store, history)])
    known = [None, FIRST.date(), FIRST.date() + (last - FIRST.date()) // 2]
    return {
        "tables": [answer(store.path, day, by) for by in DIMENSIONS for day in known],
        "statuses": repr(hazard_statuses(store, dt.date(2020, 12, 31))),
        "head": [one.batch_id for one in store.batches()],
    }


def test_a_file_and_a_server_give_the_same_tables(server: PrivateServer, quick_folder: Path, rounds: Rounds, figure: Figure) -> None:
    names, tried, database = count(), 0, server.database()

    @settings(max_examples=rounds("histories on two engines"))
    @given(HISTORIES)
    def holds(history: list[Step]) -> None:
        nonlocal tried
        path = quick_folder / f"{next(names)}.gpkg"
        make_store(str(path), STORE_ID)
        server.ask(database, "DROP SCHEMA IF EXISTS mineaction CASCADE")
        make_on_server(server.address(database), STORE_ID)
        with unsynced(str(path)) as in_file, PostgisStore(server.address(database)) as served:
            assert everything_asked(in_file, history) == everything_asked(served, history)
        path.unlink()
        tried += 1

    holds()
    server.give_back(database)
    figure("histories on two engines", f"{tried:,} histories in a file and on a server: every table and status the same")


def test_an_engine_that_leaves_out_a_correction_is_found(
    server: PrivateServer, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, path = server.database(), str(quick_folder / "a.gpkg")
    make_store(path, STORE_ID)
    make_on_server(server.address(database), STORE_ID)
    history: list[Step] = [Tell(("hazardous_area H1 at=0,0,60,60",), 0, 0), Tell(("hazardous_area H1 at=0,0,20,20",), 1, 1)]
    monkeypatch.setattr(SqliteStore, "standing", lambda self, kind, known_at=None: [one.fact for one in self.facts(kind)])
    with unsynced(path) as in_file, PostgisStore(server.address(database)) as served:
        told = [everything_asked(store, history) for store in (in_file, served)]
        remaining = [one["tables"][0]["totals"]["remaining_m2"] for one in told]
        assert remaining == [pytest.approx(3_600, rel=1e-3), pytest.approx(400, rel=1e-3)]
    server.give_back(database)
