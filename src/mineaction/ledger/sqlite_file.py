"""How is the file of a store made, opened and copied? With mode 0600, whole or not at all, and never over another file.

SQLite's own errors become problems here: a file that is no store, damaged, busy, or that cannot be written.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from mineaction.ledger.geopackage import APPLICATION_ID, USER_VERSION, make_map
from mineaction.ledger.schema import FORMAT, LEDGER_OBJECTS
from mineaction.terms.limits import STORE_WAIT_MS
from mineaction.terms.problem import Problem, ProblemError, problem

_OWNER_ALONE = stat.S_IRUSR | stat.S_IWUSR
# Primary result codes of SQLite; the low byte of what an error carries.
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def make_store(path: str, store_id: str) -> None:
    """A new store without facts."""

    def fill(unfinished: str) -> None:
        connection = _connect(unfinished)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {USER_VERSION}")
            connection.execute("BEGIN IMMEDIATE")
            for statement in LEDGER_OBJECTS.values():
                connection.execute(statement)
            connection.executemany("INSERT INTO store VALUES (?, ?)", [("format", FORMAT), ("store_id", store_id)])
            make_map(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()

    new_file(path, fill)


def copy_store(connection: sqlite3.Connection, path: str, check: Callable[[str], None]) -> None:
    """Copy an open store into a new file by SQLite's own backup, and keep the copy only if `check` finds nothing."""

    def fill(unfinished: str) -> None:
        copy = _connect(unfinished)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        check(unfinished)

    new_file(path, fill)


def opened(path: str) -> sqlite3.Connection:
    """A connection to a store that is there; anything else is a problem."""
    if not os.path.exists(path):
        raise ProblemError([problem("store_missing", path, path)])
    try:
        with open(path, "rb"):
            pass
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    with connected(path):
        connection = _connect(path)
        try:
            _refuse_others(connection, path)
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


def new_file(path: str, fill: Callable[[str], None]) -> None:
    """Make a file beside its name, only for its owner, and give it its name when it is whole; one that is there stays as it is."""
    unfinished = f"{path}.{os.getpid()}.part"
    try:
        if os.path.lexists(path):
            raise ProblemError([problem("store_exists", path, path)])
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE))
        try:
            with connected(path):
                fill(unfinished)
            _to_disk(unfinished)
            if os.path.lexists(path):
                raise ProblemError([problem("store_exists", path, path)])
            os.rename(unfinished, path)
            _to_disk(os.path.dirname(path) or ".")
        finally:
            for left in (unfinished, f"{unfinished}-journal"):
                if os.path.exists(left):
                    os.remove(left)
    except OSError as error:
        raise ProblemError([problem("store_refused", path, path, reason=error.strerror or "unknown")]) from None
    except ValueError:  # a name with a NUL byte, which no file has
        raise ProblemError([problem("store_refused", path, path, reason="no file has such a name")]) from None


def _connect(path: str) -> sqlite3.Connection:
    # mode=rw makes no file, and reads one that may not be written.
    address = f"file:{quote(os.path.abspath(path))}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=STORE_WAIT_MS / 1000, isolation_level=None)
    # Bytes that are no text must not hide from `verify` behind an error.
    connection.text_factory = lambda given: given.decode("utf-8", "surrogateescape")
    connection.execute("PRAGMA synchronous = EXTRA")
    # What is worked on stays in memory; SQL that came with a foreign file calls nothing.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _refuse_others(connection: sqlite3.Connection, path: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application != APPLICATION_ID or not {"store", "fact", "batch", "entry", "file"} <= tables:
        raise ProblemError([problem("store_not_ours", path, path, reason="it has not the tables of one")])
    held = dict(connection.execute("SELECT name, value FROM store"))
    if held.get("format") != FORMAT or not held.get("store_id"):
        raise ProblemError([problem("store_not_ours", path, path, reason=f"its format is {held.get('format', 'not said')}, not {FORMAT}")])


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


def _to_disk(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
