"""A programme's own book on a server: PostgreSQL with PostGIS. Refuses to open a database that holds no such store.

One writer at a time holds a lock of the database until its batch is whole; the number of a batch is unique beside that. The map is a view
of what stands, so that it is never behind. Facts and entries are added by COPY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg

from mineaction.ledger.chain import Entry, Envelope
from mineaction.ledger.geopackage import LAYER, LAYER_COLUMNS, layer_values
from mineaction.ledger.postgis_schema import MAP, altered
from mineaction.ledger.postgis_server import WRITER_LOCK, answered, opened, problem_of, shown
from mineaction.ledger.store import ENVELOPE_COLUMNS, Store
from mineaction.ledger.stored_facts import FACT_COLUMNS, row_of
from mineaction.terms.fact import Fact
from mineaction.terms.limits import ROWS_FETCHED_AT_ONCE
from mineaction.terms.problem import Problem, problem


class PostgisStore(Store):
    """One open store."""

    engine_errors = (psycopg.Error,)

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.path = shown(address)
        self.connection = opened(address)
        self._cursor_names = map("mineaction_{}".format, count())

    def close(self) -> None:
        self.connection.close()

    def problem_of(self, error: Exception) -> Problem:
        return problem_of(error, self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with answered(self._address), self.connection.transaction():
            self.connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
            yield

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        if self.connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
            yield
            return
        with self.connection.transaction():
            self.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    def ask(self, question: str, values: Sequence[object] = ()) -> Iterable[Sequence[Any]]:
        return self.connection.execute(question.replace("?", "%s"), values, binary=True)

    def ask_for_many(self, question: str) -> Iterator[Sequence[Any]]:
        with self.connection.cursor(next(self._cursor_names)) as cursor:
            cursor.itersize = ROWS_FETCHED_AT_ONCE
            yield from cursor.execute(question, binary=True)

    def fact_rows(self) -> Iterable[Sequence[Any]]:
        # In no order: putting a million rows in one costs more than reading them.
        return self.ask_for_many(f"SELECT {FACT_COLUMNS} FROM fact")

    def snapshot(self) -> str:
        """The name of the moment of `one_moment`, for another program that reads the same."""
        ((name,),) = self.ask("SELECT pg_export_snapshot()")
        return str(name)

    # What is written.

    def _keep_file(self, sha256: str, content: bytes) -> None:
        new = "INSERT INTO file SELECT %s, %b WHERE NOT EXISTS (SELECT 1 FROM file WHERE sha256 = %s)"
        self.connection.execute(new, (sha256, content, sha256))

    def _add_facts(self, facts: Mapping[str, Fact]) -> None:
        types = ["bytea" if name == "geometry" else "text" for name in FACT_COLUMNS.split(", ")]
        self._copy("fact", FACT_COLUMNS, types, (row_of(*one) for one in facts.items()))

    def _add_rows(self, envelope: Envelope, root: str, link: str, entries: Sequence[Entry]) -> None:
        assert self.connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS, "the programme opens the transaction"
        rows = ((envelope.seq, number, entry.fact_id, entry.place) for number, entry in enumerate(entries, 1))
        self._copy("entry", "seq, ordinal, fact_id, place", ["int8", "int8", "text", "text"], rows)
        self.connection.execute(
            f"INSERT INTO batch ({ENVELOPE_COLUMNS}, root, link) VALUES ({', '.join(['%s'] * 10)})", (*envelope, root, link)
        )

    def rebuild_layer(self) -> bool:
        differed = any(name.startswith(LAYER) for name in altered(self.connection)) or any(self.layer_problems())
        # By whoever owns the store; others are refused.
        for statement in ("SET LOCAL ROLE NONE", *MAP):
            self.connection.execute(statement)
        return differed

    def _copy(self, table: str, columns: str, types: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        with self.connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    # What is checked.

    def damage(self) -> Iterator[Problem]:
        for name in altered(self.connection):
            code = "ledger_layer_altered" if name.startswith(LAYER) else "ledger_schema_altered"
            yield problem(code, f"schema {name}", name)

    def layer_problems(self) -> Iterator[Problem]:
        ((postgis,),) = self.ask("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'postgis'")
        shape = f"coalesce({postgis}.ST_AsBinary(geom, 'NDR'), '')"
        held = self.ask_for_many(f"SELECT {shape}, {', '.join(LAYER_COLUMNS)} FROM {LAYER} ORDER BY fact_id")
        expected = sorted(self.standing(LAYER), key=lambda fact: fact.fact_id)
        if list(held) != [(fact.geometry, *layer_values(fact)) for fact in expected]:
            yield problem("ledger_layer_altered", f"layer {LAYER}", LAYER)
