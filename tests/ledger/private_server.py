"""A PostgreSQL server of the tests' own: its cluster in a temporary folder, reached through a socket in it, ended by its own process id."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

# Debian keeps the programs of each version apart.
_VERSIONS = Path("/usr/lib/postgresql")
# What is tested here is not whether a disk keeps its word.
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "64MB", "log_min_messages": "fatal"}
_WAIT_S = 60


@dataclass
class PrivateServer:
    """A running server. `address` of a database logs in as the administrator through the socket; `by_password` over the loopback."""

    folder: str
    port: int
    password: str
    _free: list[str] = field(default_factory=list)
    _made: int = 0

    def address(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={quote(self.folder, safe='')}&port={self.port}"

    def by_password(self, database: str, password: str) -> str:
        return f"postgresql://postgres:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def ask(self, database: str, *statements: str, user: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements one after another; the rows of the last."""
        with psycopg.connect(self.address(database, user), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def database(self) -> str:
        """The name of a database with PostGIS and no store."""
        if self._free:
            return self._free.pop()
        if not self._made:
            self.ask("postgres", "CREATE DATABASE pattern")
            self.ask("pattern", "CREATE EXTENSION postgis")
        self._made += 1
        self.ask("postgres", f"CREATE DATABASE d{self._made} TEMPLATE pattern")
        return f"d{self._made}"

    def give_back(self, database: str) -> None:
        """A database that nobody is connected to any more."""
        self.ask(database, "DROP SCHEMA IF EXISTS mineaction CASCADE")
        self._free.append(database)


@contextlib.contextmanager
def private_server() -> Iterator[PrivateServer]:
    """A server for as long as the block lasts. PostgreSQL does not run as root: the user postgres runs it then."""
    programs = _programs()
    account: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = tempfile.mkdtemp(prefix="mineaction-")
    try:
        if account:
            shutil.chown(folder, "postgres", "postgres")
        password = secrets.token_hex(8)
        given = Path(folder, "password")
        given.write_text(password, encoding="utf-8")
        given.chmod(0o644)
        cluster = f"{folder}/cluster"
        words = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={given}", "--username=postgres", "--encoding=UTF8"]
        make = [f"{programs}/initdb", "--no-sync", "--locale=C", *words, f"--pgdata={cluster}"]
        subprocess.run(make, cwd=folder, check=True, stdout=subprocess.DEVNULL, **account)
        port = _free_port()
        settings = _SETTINGS | {"unix_socket_directories": folder, "listen_addresses": "127.0.0.1", "port": str(port)}
        command = [f"{programs}/postgres", "-D", cluster, *(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))]
        process = subprocess.Popen(command, cwd=folder, **account)
        try:
            server = PrivateServer(folder, port, password)
            _wait_for(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the newest server that is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(_VERSIONS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])).parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: PrivateServer, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_WAIT_S * 10):
        assert process.poll() is None, "the server ended at its start"
        with contextlib.suppress(psycopg.OperationalError):
            server.ask("postgres", "SELECT 1")
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
