"""How is the file of a store made, opened and copied? With mode 0600, whole or not at all, and never over another file.

SQLite's own errors become problems here: a file that is no store, damaged, busy, or that cannot be written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

from mineaction.ledger.file_made_whole import file_made_whole
from mineaction.ledger.geopackage import APPLICATION_ID, USER_VERSION, make_map
from mineaction.ledger.schema import FORMAT, LEDGER_OBJECTS
from mineaction.terms.limits import STORE_CACHE_KIB, STORE_WAIT_MS
from mineaction.terms.problem import Problem, ProblemError, problem

# Primary result codes of SQLite; the low byte of what an error carries.
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def make_store(path: str, store_id: str) -> None:
    """A new store without facts."""

    def fill(unfinished: str) -> None:
        with connected(path), closing(connect(unfinished)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {USER_VERSION}")
            connection.execute("BEGIN IMMEDIATE")
            for statement in LEDGER_OBJECTS.values():
                connection.execute(statement)
            connection.executemany("INSERT INTO store VALUES (?, ?)", [("format", FORMAT), ("store_id", store_id)])
            make_map(connection)
            connection.execute("COMMIT")

    file_made_whole(path, fill)


def copy_store(connection: sqlite3.Connection, path: str, check: Callable[[str], None]) -> None:
    """Copy an open store into a new file by SQLite's own backup, and keep the copy only if `check` finds nothing."""

    def fill(unfinished: str) -> None:
        with connected(path), closing(connect(unfinished)) as copy:
            connection.backup(copy)
        check(unfinished)

    file_made_whole(path, fill)


def opened(path: str, formats: Container[str] = (FORMAT,)) -> sqlite3.Connection:
    """A connection to a store that is there and of one of these formats; anything else is a problem."""
    if not os.path.exists(path):
        raise ProblemError([problem("store_missing", path, path)])
    try:
        with open(path, "rb"):
            pass
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    with connected(path):
        connection = connect(path)
        try:
            _refuse_others(connection, path, formats)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def connected(path: str) -> Iterator[None]:
    """What SQLite refuses inside becomes a problem of this file."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise ProblemError([problem_of(error, path)]) from None


def connect(path: str) -> sqlite3.Connection:
    """A connection to a file that is there, whatever it is."""
    # mode=rw makes no file, and reads one that may not be written.
    address = f"file:{quote(os.path.abspath(path))}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=STORE_WAIT_MS / 1000, isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    # What is worked on stays in memory; SQL that came with a foreign file calls nothing.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{STORE_CACHE_KIB}")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _refuse_others(connection: sqlite3.Connection, path: str, formats: Container[str]) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application != APPLICATION_ID or not {"store", "fact", "batch", "entry", "file"} <= tables:
        raise ProblemError([problem("store_not_ours", path, path, reason="it has not the tables of one")])
    held = dict(connection.execute("SELECT name, value FROM store"))
    given = str(held.get("format", ""))
    if not given.isascii() or not given.isdigit() or not held.get("store_id"):
        raise ProblemError([problem("store_not_ours", path, path, reason=f"its format is {given or 'not said'}, which is none")])
    if given not in formats:
        code = "store_newer" if int(given) > int(FORMAT) else "store_older"
        raise ProblemError([problem(code, path, given, known=FORMAT)])


def problem_of(error: Exception, path: str) -> Problem:
    """What an error of SQLite means for whoever gave the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return problem("store_not_ours", path, path, reason="it is no SQLite database")
    if code in _BUSY:
        return problem("store_busy", path, path)
    if code in _UNWRITABLE:
        return problem("store_refused", path, path, reason=str(error))
    return problem("store_damaged", path, path, reason=str(error))
