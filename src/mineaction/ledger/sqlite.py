"""A programme's own book in one file: SQLite, and a GeoPackage. Refuses to open a file that is not such a store.

The journal is a rollback journal and not a write-ahead log: a store is then one file whoever reads it, can be read where nothing can be
written, and is whole on a stick. The price, measured: 30 ms for a batch instead of 12, and a reader waits while a batch is being written
(up to a second behind a writer that never pauses, instead of none). Batches are rare; where many write and read at once, a server is the
store to use. `synchronous = EXTRA` waits for the disk, its folder included. A transaction is SQLite's own, held by one writer at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from mineaction.ledger.chain import Entry, Envelope
from mineaction.ledger.geopackage import LAYER, MAP_OBJECTS
from mineaction.ledger.layer import (
    add_to_layer,
    corrected_among,
    differences,
    is_of_today,
    made_anew,
    on_the_map,
    remove_from_layer,
    table_of_its_time,
    told_among,
)  # fmt: skip
from mineaction.ledger.schema import LEDGER_OBJECTS, TABLES
from mineaction.ledger.sqlite_file import connected, opened, problem_of
from mineaction.ledger.store import ENVELOPE_COLUMNS, Store
from mineaction.ledger.stored_facts import FACT_COLUMNS, PlainRows, fact_of, fact_problems, row_of
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem, problem


class SqliteStore(Store):
    """One open store."""

    engine_errors = (sqlite3.DatabaseError,)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.connection = opened(path)
        # What this transaction added, so that it need not be read again.
        self._fresh: Mapping[str, Fact] = {}

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
                self._fresh = {}
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
        # In the order of ids the table is written from its beginning to its end.
        rows = (row_of(fact_id, facts[fact_id]) for fact_id in sorted(facts))
        self.connection.executemany(f"INSERT INTO fact ({FACT_COLUMNS}) VALUES ({', '.join('?' * 10)})", rows)
        self._fresh = facts

    def _add_rows(self, envelope: Envelope, root: str, link: str, entries: Sequence[Entry]) -> None:
        assert self.connection.in_transaction, "the programme opens the transaction"
        before = self.active()
        rows = ((envelope.seq, number, entry.fact_id, entry.place) for number, entry in enumerate(entries, 1))
        self.connection.executemany("INSERT INTO entry (seq, ordinal, fact_id, place) VALUES (?, ?, ?, ?)", rows)
        self.connection.execute(
            f"INSERT INTO batch ({ENVELOPE_COLUMNS}, root, link) VALUES ({', '.join('?' * 10)})", (*envelope, root, link)
        )
        self._update_layer(entries, (before ^ self.active()) - {envelope.seq})
        self._fresh = {}

    def _update_layer(self, entries: Sequence[Entry], changed: set[int]) -> None:
        """Bring the layer up to date after a batch of these entries; `changed` are others that stand no more, or stand again."""
        if not is_of_today(self.connection):
            self.rebuild_layer()
            return
        touched = {one for entry in entries for one in (entry.fact_id, entry.supersedes)}
        for seq in changed:
            asked = "SELECT fact_id, supersedes FROM entry JOIN fact USING (fact_id) WHERE seq = ?"
            touched.update(one for row in self.connection.execute(asked, (seq,)) for one in row)
        active = self.active()
        fresh = {fact_id for fact_id, fact in self._fresh.items() if fact.kind == LAYER}
        stands = fresh | told_among(self.connection, touched - self._fresh.keys(), active)
        stands -= corrected_among(self.connection, stands, active)
        held = on_the_map(self.connection, touched)
        if gone := held - stands:
            remove_from_layer(self.connection, gone)
        if new := stands - held:
            add_to_layer(self.connection, self._facts_of(new))

    def _facts_of(self, fact_ids: set[str]) -> Iterator[Fact]:
        yield from (fact for fact_id, fact in self._fresh.items() if fact_id in fact_ids)
        for fact_id in sorted(fact_ids - self._fresh.keys()):
            yield fact_of(self.connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE fact_id = ?", (fact_id,)).fetchone())

    def rebuild_layer(self) -> bool:
        differed = not is_of_today(self.connection) or any(differences(self.connection, self.active()))
        made_anew(self.connection, self.standing(LAYER))
        return differed

    # What is checked.

    def damage(self) -> Iterator[Problem]:
        damage = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check(10)")]
        yield from (problem("ledger_database_broken", self.path, one) for one in damage if one != "ok")
        made = dict(self.connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        expected = LEDGER_OBJECTS | MAP_OBJECTS | {LAYER: table_of_its_time(self.connection)}
        for name, statement in expected.items():
            if made.get(name) != statement:
                yield problem("ledger_schema_altered", f"schema {name}", name)
        # A trigger of others on these tables could change what is added.
        for name, table in self.connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"):
            if table in TABLES and name not in expected:
                yield problem("ledger_schema_altered", f"schema {name}", name)

    def checked_facts(self) -> Iterator[tuple[str, str, list[Problem]]]:
        """From the bytes of each row; only a row that is not plainly as it was written is read as a fact."""
        before, after = ("payload", "kind", "subject"), ("valid_from", "valid_to", "source")
        parts = [*(f"CAST({name} AS BLOB)" for name in before), "geometry", *(f"CAST({name} AS BLOB)" for name in after)]
        typed = " AND ".join([*(f"typeof({name}) = 'text'" for name in (*before, *after, "sealed")), "typeof(geometry) = 'blob'"])
        asked = f"SELECT fact_id, supersedes, {typed} AND sealed = '{{}}', {', '.join(parts)} FROM fact"
        plain = PlainRows()
        for fact_id, corrected, may_be_plain, payload, kind, subject, *others in self.connection.execute(asked):
            found: list[Problem] = []
            if not may_be_plain or plain.id_of(payload, kind, subject, others) != fact_id:
                (row,) = self.connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE fact_id = ?", (fact_id,))
                found = fact_problems(row)
            yield fact_id, corrected, found

    def layer_problems(self) -> Iterator[Problem]:
        if any(differences(self.connection, self.active())):
            yield problem("ledger_layer_altered", f"layer {LAYER}", LAYER)
