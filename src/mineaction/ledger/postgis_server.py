"""How is a store on a server reached, made, copied and brought back? By its address, without ever repeating a password.

What PostgreSQL refuses becomes a problem here. The copies are made by the engine's own programs, pg_dump and pg_restore. Refuses a database
without PostGIS, and one that is not in UTF-8.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from mineaction.ledger.file_made_whole import file_made_whole
from mineaction.ledger.postgis_schema import MAKE_ROLES, SCHEMA, WRITER, statements
from mineaction.ledger.schema import FORMAT, TABLES
from mineaction.terms.limits import SERVER_ANSWER_S, STORE_WAIT_MS
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

Connection = psycopg.Connection[tuple[Any, ...]]
_SECRETS = {"password", "sslpassword"}
# Classes of SQLSTATE: the connection failed, somebody ended it.
_ENDED = ("08", "57")
# The lock of whoever writes, of the whole database: the letters "mine".
WRITER_LOCK = 0x6D696E65


def shown(address: str) -> str:
    """The address as it may be shown: user, host, port and database, and nothing else of it."""
    given = _parts(address)
    user = f"{quote(given['user'], safe='')}@" if given.get("user") else ""
    host = quote(given.get("host") or given.get("hostaddr") or "", safe=",.:[]")
    port = f":{given['port']}" if given.get("port") else ""
    return f"postgresql://{user}{host}{port}/{quote(given.get('dbname', ''), safe='')}"


def opened(address: str) -> Connection:
    """A connection to a store that is there, in the role of a writer; anything else is a problem."""
    with answered(address):
        connection = _connected(address)
        try:
            if not set(TABLES) <= _tables(connection):
                raise ProblemError([problem("store_missing", shown(address), shown(address))])
            connection.execute(f"SET ROLE {WRITER}")
            held: dict[str, str] = dict(connection.execute("SELECT name, value FROM store").fetchall())
            if held.get("format") != FORMAT or not held.get("store_id"):
                reason = f"its format is {held.get('format', 'not said')}, not {FORMAT}"
                raise ProblemError([problem("store_not_ours", shown(address), shown(address), reason=reason)])
        except BaseException:
            connection.close()
            raise
        return connection


def make_store(address: str, store_id: str) -> None:
    """A new store without facts in a database that is there and holds none; whole or not at all."""
    with answered(address), _connected(address) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
        postgis = _prepared(connection, address)
        for statement in statements(postgis):
            connection.execute(statement)
        for row in (("format", FORMAT), ("store_id", store_id)):
            connection.execute("INSERT INTO store VALUES (%s, %s)", row)


def dump_store(address: str, path: str, snapshot: str) -> None:
    """Write the store, as it is in this snapshot, into a new file, and read the file through."""

    def fill(unfinished: str) -> None:
        _run(
            address,
            "pg_dump",
            "--format=custom",
            f"--schema={SCHEMA}",
            f"--role={WRITER}",
            f"--snapshot={snapshot}",
            f"--file={unfinished}",
        )
        _run(address, "pg_restore", f"--file={os.devnull}", unfinished, is_on_server=False)

    file_made_whole(path, fill)


def restore_store(path: str, address: str) -> None:
    """Bring a file of `dump_store` into a database that holds no store; whole or not at all."""
    try:
        with open(path, "rb") as file:
            is_dump = file.read(5) == b"PGDMP"
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    if not is_dump:
        raise ProblemError([problem("store_not_ours", path, path, reason="it is no backup of a store on a server")])
    with answered(address), _connected(address) as connection:
        _prepared(connection, address)
    _run(address, "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", path)


def drop_store(address: str) -> None:
    """Take away what `restore_store` has just made of a backup that is not whole."""
    with answered(address), _connected(address) as connection:
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


@contextmanager
def answered(address: str) -> Iterator[None]:
    """What the server refuses inside becomes a problem of this store."""
    try:
        yield
    except (psycopg.Error, UnicodeError) as error:
        raise ProblemError([problem_of(error, shown(address))]) from None


def problem_of(error: Exception, place: str) -> Problem:
    """What an error of PostgreSQL means for whoever named the store."""
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return problem("store_busy", place, place)
    said = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    reason = said or on_one_line(error) or "no answer"
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn | psycopg.errors.DataCorrupted):
        return problem("store_damaged", place, place, reason=reason)
    if isinstance(error, psycopg.OperationalError) and (error.sqlstate or _ENDED[0])[:2] in _ENDED:
        return problem("store_unreachable", place, place, reason=reason)
    return problem("store_refused", place, place, reason=reason)


def _parts(address: str) -> dict[str, Any]:
    # A password with an @ or a / in it would be read as a part of the host or of the database, and shown; libpq's own words about a wrong
    # address repeat it.
    beginning, _, rest = address.partition("//")[2].partition("/")
    try:
        if beginning.count("@") > 1 or "@" in rest.partition("?")[0]:
            raise psycopg.ProgrammingError
        return conninfo_to_dict(address)
    except psycopg.Error:
        raise ProblemError([problem("store_address_wrong", "store", "the store")]) from None


def _connected(address: str) -> Connection:
    _parts(address)
    connection = psycopg.connect(address, autocommit=True, connect_timeout=SERVER_ANSWER_S, client_encoding="utf8")
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    # Tables that a session makes for itself come last; what is acknowledged is on the disk.
    for setting in (f"search_path = {SCHEMA}, pg_temp", f"lock_timeout = {STORE_WAIT_MS}", "synchronous_commit = on"):
        connection.execute(f"SET {setting}")
    return connection


def _tables(connection: Connection) -> set[str]:
    asked = "SELECT relname FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %s)"
    return {name for (name,) in connection.execute(asked, (SCHEMA,))}


def _prepared(connection: Connection, address: str) -> str:
    """The schema of PostGIS in a database that holds no store and where the roles are."""
    place = shown(address)
    if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (SCHEMA,)).fetchone():
        raise ProblemError([problem("store_exists", place, place)])
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise ProblemError([problem("store_refused", place, place, reason=f"the database is in {encoding}, not in UTF8")])
    try:
        with connection.transaction():
            connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except psycopg.Error as error:
        raise ProblemError([problem("postgis_missing", place, place, reason=problem_of(error, place).message)]) from None
    connection.execute(MAKE_ROLES)
    ((schema,),) = connection.execute("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'postgis'")
    return str(schema)


def _run(address: str, program: str, *words: str, is_on_server: bool = True) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProblemError([problem("program_missing", shown(address), program)])
    given = _parts(address)
    # A password stands in no list of processes.
    environment = {**os.environ, **({"PGPASSWORD": given["password"]} if given.get("password") else {})}
    where = make_conninfo(**{name: value for name, value in given.items() if name not in _SECRETS})
    command = [found, *([f"--dbname={where}"] if is_on_server else []), "--no-password", *words]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or [f"{program} ended with code {ended.returncode}"])[0]
        raise ProblemError([problem("store_refused", shown(address), shown(address), reason=on_one_line(said))])
