"""Where is the programme's own store, how is it made, copied and brought back? Nothing is written over, and reading makes no file.

The store is the file named, else the one MINEACTION_STORE names, else `programme.gpkg` in the current folder.
"""

from __future__ import annotations

import os
import uuid
from typing import Any

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import copy_store, make_store
from mineaction.ledger.store import Store
from mineaction.terms.problem import ProblemError

DEFAULT_STORE = "programme.gpkg"
VARIABLE = "MINEACTION_STORE"
SENSITIVE = (
    "Whoever has this file has everything in it, and it says where uncleared ground lies: it is sensitive. "
    "It is readable by your account alone; keep it, its backups and its copies so."
)


def store_path(given: str | None) -> str:
    """The store that is meant."""
    return given or os.environ.get(VARIABLE) or DEFAULT_STORE


def open_store(given: str | None) -> Store:
    """The store that is meant, open."""
    return SqliteStore(store_path(given))


def init(store: str | None = None) -> dict[str, Any]:
    """Make a new store without facts."""
    path = store_path(store)
    make_store(path, uuid.uuid4().hex)
    with SqliteStore(path) as made:
        return {"store": path, "store_id": made.store_id(), "note": SENSITIVE, "books": [made.identity()]}


def backup(out: str, store: str | None = None) -> dict[str, Any]:
    """Copy the store as it is at one moment into a new file, and check the copy."""
    return _copied(store_path(store), out)


def restore(backup_file: str, store: str | None = None) -> dict[str, Any]:
    """Bring a backup back as a store that is not there; a backup that is not whole is refused."""
    return _copied(backup_file, store_path(store))


def _copied(source: str, target: str) -> dict[str, Any]:
    with SqliteStore(source) as held:
        copy_store(held.connection, target, _refuse_broken)
    with SqliteStore(target) as made:
        identity = made.identity()
        return {"from": source, "to": target, "batches": int(identity["version"]), "note": SENSITIVE, "books": [identity]}


def _refuse_broken(path: str) -> None:
    with SqliteStore(path) as copy:
        if found := check_store(copy).problems:
            raise ProblemError(found)
