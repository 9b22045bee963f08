"""Where is the programme's own store, how is it made, copied and brought back? Nothing is written over, and reading makes no file.

The store is the one named, else the one MINEACTION_STORE names, else `programme.gpkg` in the current folder: a file, or the address
`postgresql://...` of a database on a server.
"""

from __future__ import annotations

import os
import uuid
from typing import Any

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import copy_store, make_store
from mineaction.ledger.store import Store
from mineaction.terms.problem import ProblemError, problem

DEFAULT_STORE = "programme.gpkg"
VARIABLE = "MINEACTION_STORE"
SENSITIVE = (
    "Whoever has this file has everything in it, and it says where uncleared ground lies: it is sensitive. "
    "It is readable by your account alone; keep it, its backups and its copies so."
)
SENSITIVE_ON_A_SERVER = (
    "The owner of this database and the administrators of its server can read and change everything in it, and it says where uncleared "
    "ground lies: it is sensitive, and so is every copy. Others log in as members of the role mineaction_writer, which reads and adds, "
    "or mineaction_reader, which sees the map alone."
)


def store_path(given: str | None) -> str:
    """The store that is meant."""
    return given or os.environ.get(VARIABLE) or DEFAULT_STORE


def open_store(given: str | None) -> Store:
    """The store that is meant, open."""
    path = store_path(given)
    if not is_address(path):
        return SqliteStore(path)
    _need_psycopg()
    from mineaction.ledger.postgis import PostgisStore

    return PostgisStore(path)


def init(store: str | None = None) -> dict[str, Any]:
    """Make a new store without facts."""
    path, store_id = store_path(store), uuid.uuid4().hex
    if is_address(path):
        _need_psycopg()
        from mineaction.ledger import postgis_server

        postgis_server.make_store(path, store_id)
    else:
        make_store(path, store_id)
    with open_store(path) as made:
        return {"store": made.path, "store_id": made.store_id(), "note": _note(path), "books": [made.identity()]}


def backup(out: str, store: str | None = None) -> dict[str, Any]:
    """Copy the store as it is at one moment into a new file, and check what is copied."""
    path = store_path(store)
    if not is_address(path):
        return _copied(path, out)
    with open_store(path) as held, held.one_moment():
        from mineaction.ledger.postgis import PostgisStore
        from mineaction.ledger.postgis_server import dump_store

        assert isinstance(held, PostgisStore)
        _refuse_broken(held)
        dump_store(path, out, held.snapshot())
        return _as_copied(held.path, out, held, SENSITIVE)


def restore(backup_file: str, store: str | None = None) -> dict[str, Any]:
    """Bring a backup back as a store that is not there; a backup that is not whole is refused."""
    path = store_path(store)
    if not is_address(path):
        return _copied(backup_file, path)
    _need_psycopg()
    from mineaction.ledger.postgis_server import drop_store, restore_store

    restore_store(backup_file, path)
    try:
        with open_store(path) as made:
            _refuse_broken(made)
            return _as_copied(backup_file, made.path, made, SENSITIVE_ON_A_SERVER)
    except ProblemError:
        drop_store(path)
        raise


def _copied(source: str, target: str) -> dict[str, Any]:
    def check(path: str) -> None:
        with SqliteStore(path) as copy:
            _refuse_broken(copy)

    with SqliteStore(source) as held:
        copy_store(held.connection, target, check)
    with SqliteStore(target) as made:
        return _as_copied(source, target, made, SENSITIVE)


def _as_copied(source: str, target: str, held: Store, note: str) -> dict[str, Any]:
    identity = held.identity()
    return {"from": source, "to": target, "batches": int(identity["version"]), "note": note, "books": [identity]}


def _refuse_broken(store: Store) -> None:
    if found := check_store(store).problems:
        raise ProblemError(found)


def _note(path: str) -> str:
    return SENSITIVE_ON_A_SERVER if is_address(path) else SENSITIVE


def is_address(path: str) -> bool:
    """Whether a store is a database on a server, and no file."""
    return path.startswith(("postgresql://", "postgres://"))


def _need_psycopg() -> None:
    try:
        import psycopg
    except ImportError:
        raise ProblemError([problem("psycopg_missing", "store", "psycopg")]) from None
    assert psycopg.__version__
