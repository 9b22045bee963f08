"""A programme's own book in one file: SQLite, and a GeoPackage. Refuses to open a file that is not such a store.

The journal is a rollback journal, so that reading makes no file beside the store; `synchronous = EXTRA` waits for the disk, its folder
included. A transaction is SQLite's own, which one writer at a time holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from mineaction.ledger.chain import Entry, Envelope
from mineaction.ledger.geopackage import LAYER, MAP_OBJECTS, layer_row, layer_rows, rebuild_layer
from mineaction.ledger.schema import LEDGER_OBJECTS, TABLES
from mineaction.ledger.sqlite_file import connected, opened, problem_of
from mineaction.ledger.store import ENVELOPE_COLUMNS, Store
from mineaction.ledger.stored_facts import FACT_COLUMNS, row_of
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem, problem


class SqliteStore(Store):
    """One open store."""

    engine_errors = (sqlite3.DatabaseError,)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.connection = opened(path)

    def close(self) -> None:
        self.connection.close()

    def problem_of(self, error: Exception) -> Problem:
        return problem_of(error, self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with connected(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def ask(self, question: str, values: Sequence[object] = ()) -> Iterable[Sequence[Any]]:
        return self.connection.execute(question, values)

    def ask_for_many(self, question: str) -> Iterable[Sequence[Any]]:
        return self.connection.execute(question)

    # What is written.

    def _keep_file(self, sha256: str, content: bytes) -> None:
        new = "INSERT INTO file SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM file WHERE sha256 = ?)"
        self.connection.execute(new, (sha256, content, sha256))

    def _add_facts(self, facts: Mapping[str, Fact]) -> None:
        marks = ", ".join("?" * 10)
        self.connection.executemany(f"INSERT INTO fact ({FACT_COLUMNS}) VALUES ({marks})", (row_of(*one) for one in facts.items()))

    def _add_rows(self, envelope: Envelope, root: str, link: str, entries: Sequence[Entry]) -> None:
        assert self.connection.in_transaction, "the programme opens the transaction"
        rows = ((envelope.seq, number, entry.fact_id, entry.place) for number, entry in enumerate(entries, 1))
        self.connection.executemany("INSERT INTO entry (seq, ordinal, fact_id, place) VALUES (?, ?, ?, ?)", rows)
        self.connection.execute(
            f"INSERT INTO batch ({ENVELOPE_COLUMNS}, root, link) VALUES ({', '.join('?' * 10)})", (*envelope, root, link)
        )
        rebuild_layer(self.connection, self.standing(LAYER))

    # What is checked.

    def damage(self) -> Iterator[Problem]:
        damage = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check(10)")]
        yield from (problem("ledger_database_broken", self.path, one) for one in damage if one != "ok")
        made = dict(self.connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        expected = LEDGER_OBJECTS | MAP_OBJECTS
        for name, statement in expected.items():
            if made.get(name) != statement:
                yield problem("ledger_schema_altered", f"schema {name}", name)
        # A trigger of others on these tables could change what is added.
        for name, table in self.connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"):
            if table in TABLES and name not in expected:
                yield problem("ledger_schema_altered", f"schema {name}", name)

    def layer_problems(self) -> Iterator[Problem]:
        if layer_rows(self.connection) != [layer_row(fact) for fact in self.standing(LAYER)]:
            yield problem("ledger_layer_altered", f"layer {LAYER}", LAYER)
