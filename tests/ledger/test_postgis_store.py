"""The store on a server: every promise of a store, rows that nobody changes, many writers at once, the same answers as the store in a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.postgis import PostgisStore
from mineaction.ledger.postgis_server import make_store
from mineaction.ledger.schema import TABLES
from mineaction.terms.problem import ProblemError
from tests.house.guards import CHECKOUT
from tests.ledger.private_server import PrivateServer
from tests.ledger.store_contract import NewStore, StoreContract, area, record, standing, take_back, told

pytestmark = pytest.mark.postgis
WRITERS, BATCHES = 32, 4


@pytest.fixture
def new_store(server: PrivateServer) -> Iterator[NewStore]:
    """Empty stores; the database of one that was closed is used again."""
    open_stores: list[tuple[str, PostgisStore]] = []

    def make() -> PostgisStore:
        for database, store in list(open_stores):
            if store.connection.closed:
                open_stores.remove((database, store))
                server.give_back(database)
        database = server.database()
        make_store(server.address(database), "1" * 32)
        open_stores.append((database, PostgisStore(server.address(database))))
        return open_stores[-1][1]

    yield make
    for database, store in open_stores:
        store.close()
        server.give_back(database)


class TestTheStoreOnAServer(StoreContract):
    @pytest.fixture
    def new_store(self, new_store: NewStore) -> NewStore:
        return new_store


@pytest.fixture
def database(server: PrivateServer) -> Iterator[str]:
    """A database with a store of three batches, the second taken back."""
    made = server.database()
    make_store(server.address(made), "2" * 32)
    with PostgisStore(server.address(made)) as store:
        record(store, area("HA-1"), area("HA-2", with_outline=False))
        record(store, area("HA-3"))
        take_back(store, 2)
    yield made
    server.give_back(made)


@pytest.fixture
def ana(server: PrivateServer, database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody who may write, and owns nothing, with a program of her own."""
    server.ask(database, "DROP ROLE IF EXISTS ana", "CREATE ROLE ana LOGIN IN ROLE mineaction_writer")
    with psycopg.connect(server.address(database, "ana"), autocommit=True) as connection:
        connection.execute("SET search_path = mineaction")
        yield connection


def codes(server: PrivateServer, database: str) -> list[str]:
    with PostgisStore(server.address(database)) as store:
        return [one.code for one in check_store(store).problems]


def test_a_store_is_whole(server: PrivateServer, database: str) -> None:
    assert codes(server, database) == []
