"""Stores on the tests' own server: empty ones, and one of three batches with somebody who may write in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.postgis import PostgisStore
from mineaction.ledger.postgis_server import make_store
from tests.ledger.private_server import PrivateServer
from tests.ledger.store_contract import NewStore, area, record, take_back


@contextmanager
def empty_stores(server: PrivateServer) -> Iterator[NewStore]:
    """A function that makes stores; the database of one that was closed is used again."""
    made: list[tuple[str, PostgisStore]] = []

    def make() -> PostgisStore:
        for database, store in list(made):
            if store.connection.closed:
                made.remove((database, store))
                server.give_back(database)
        database = server.database()
        make_store(server.address(database), "1" * 32)
        made.append((database, PostgisStore(server.address(database))))
        return made[-1][1]

    yield make
    for database, store in made:
        store.close()
        server.give_back(database)


@contextmanager
def three_batches(server: PrivateServer) -> Iterator[str]:
    """The name of a database with a store of three batches, the second taken back."""
    database = server.database()
    make_store(server.address(database), "2" * 32)
    with PostgisStore(server.address(database)) as store:
        record(store, area("HA-1"), area("HA-2", with_outline=False))
        record(store, area("HA-3"))
        take_back(store, 2)
    yield database
    server.give_back(database)


@contextmanager
def login(server: PrivateServer, database: str, name: str, *roles: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody with these roles and nothing of their own, with a program of their own."""
    server.ask(database, f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN IN ROLE {', '.join(roles)}")
    with psycopg.connect(server.address(database, name), autocommit=True) as connection:
        connection.execute("SET search_path = mineaction, public")
        yield connection


def codes(server: PrivateServer, database: str) -> list[str]:
    """What `verify` finds."""
    with PostgisStore(server.address(database)) as store:
        return [one.code for one in check_store(store).problems]
