"""Is the store as it was recorded? Recomputes the id of every fact, the root of every batch, the chain over them, and the layer.

Answers with problems; an empty list means that nothing was changed by anyone who did not make the whole chain anew. Mends nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from mineaction.ledger.chain import Entry, Envelope, batch_id_of, first_link, link_of, reversal_id_of, root_of
from mineaction.ledger.geopackage import LAYER, MAP_OBJECTS, layer_row, layer_rows
from mineaction.ledger.schema import LEDGER_OBJECTS, TABLES
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_rows import fact_of, fact_rows
from mineaction.terms.problem import Problem, ProblemError, problem


@dataclass(slots=True)
class Checked:
    """What was found, and the links after each batch: what a checkpoint is compared with."""

    store_id: str = ""
    facts: int = 0
    links: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The link of the last batch."""
        return self.links[-1] if self.links else first_link(self.store_id)


def check_store(store: SqliteStore) -> Checked:
    """Everything that is not as it was recorded."""
    checked = Checked()
    try:
        # One moment of the store, whoever writes meanwhile.
        store.connection.execute("BEGIN")
        damage = [str(row[0]) for row in store.connection.execute("PRAGMA integrity_check(10)")]
        checked.problems += [problem("ledger_database_broken", store.path, one) for one in damage if one != "ok"]
        checked.store_id = store.store_id()
        checked.problems += _schema_problems(store.connection)
        supersedes = _check_facts(store.connection, checked)
        checked.problems += _batch_problems(store, supersedes, checked)
        if not checked.problems:
            checked.problems += _layer_problems(store)
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        # What no reader expects is damage too.
        checked.problems.append(problem("ledger_database_broken", store.path, " ".join(str(error).split())[:200]))
    finally:
        if store.connection.in_transaction:
            store.connection.execute("ROLLBACK")
    return checked


def _schema_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    expected = LEDGER_OBJECTS | MAP_OBJECTS
    for name, statement in expected.items():
        if made.get(name) != statement:
            yield problem("ledger_schema_altered", f"schema {name}", name)
    # A trigger of others on these tables could change what is added.
    for name, table in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"):
        if table in TABLES and name not in expected:
            yield problem("ledger_schema_altered", f"schema {name}", name)


def _check_facts(connection: sqlite3.Connection, checked: Checked) -> dict[str, str]:
    """Fact id -> the id of the fact it corrects, as they stand in the table."""
    supersedes: dict[str, str] = {}
    for row in fact_rows(connection):
        fact_id = str(row[0])
        supersedes[fact_id] = str(row[9])
        try:
            fact_of(row)
        except ProblemError as error:
            checked.problems += error.problems
    checked.facts = len(supersedes)
    told = {fact_id for (fact_id,) in connection.execute("SELECT DISTINCT fact_id FROM entry")}
    checked.problems += [problem("ledger_fact_added", f"fact {one}", one) for one in sorted(supersedes.keys() - told)]
    return supersedes


def _batch_problems(store: SqliteStore, supersedes: dict[str, str], checked: Checked) -> Iterator[Problem]:
    files = {
        sha256: hashlib.sha256(content).hexdigest() for sha256, content in store.connection.execute("SELECT sha256, content FROM file")
    }
    reversals: dict[str, int] = {}
    before = first_link(checked.store_id)
    held = dict(store.connection.execute("SELECT seq, root FROM batch"))
    links = dict(store.connection.execute("SELECT seq, link FROM batch"))
    for number, batch in enumerate(store.batches(), 1):
        place = f"batch {batch.seq}"
        entries, ordinals, missing = _entries(store.connection, batch.seq, supersedes)
        yield from (problem("ledger_fact_missing", f"{place}, fact {one}", batch.seq) for one in missing)
        root = root_of(entries)
        if root != held[batch.seq] or ordinals != list(range(1, len(entries) + 1)):
            yield problem("ledger_root_altered", place, batch.seq)
        if batch.batch_id != _expected_id(batch, entries, reversals):
            yield problem("ledger_batch_altered", place, batch.seq)
        if batch.file_sha256 and files.get(batch.file_sha256) != batch.file_sha256:
            yield problem("ledger_file_altered", place, batch.seq)
        before = link_of(before, batch, root)
        if batch.seq != number or before != links[batch.seq]:
            yield problem("ledger_chain_broken", place, batch.seq)
        checked.links.append(links[batch.seq])
    strays = "SELECT DISTINCT seq FROM entry WHERE seq NOT IN (SELECT seq FROM batch) ORDER BY seq"
    yield from (problem("ledger_chain_broken", f"batch {seq}", seq) for (seq,) in store.connection.execute(strays))


def _entries(connection: sqlite3.Connection, seq: int, supersedes: dict[str, str]) -> tuple[list[Entry], list[int], list[str]]:
    rows = list(connection.execute("SELECT ordinal, fact_id, place FROM entry WHERE seq = ? ORDER BY ordinal", (seq,)))
    entries = [Entry(fact_id, supersedes.get(fact_id, ""), place) for _, fact_id, place in rows]
    return entries, [ordinal for ordinal, _, _ in rows], [fact_id for _, fact_id, _ in rows if fact_id not in supersedes]


def _expected_id(batch: Envelope, entries: list[Entry], reversals: dict[str, int]) -> str:
    if not batch.reverses:
        return batch_id_of(entries, batch.mapping)
    times = reversals.get(batch.reverses, 0)
    reversals[batch.reverses] = times + 1
    return reversal_id_of(batch.reverses, times)


def _layer_problems(store: SqliteStore) -> Iterator[Problem]:
    if layer_rows(store.connection) != [layer_row(fact) for fact in store.standing(LAYER)]:
        yield problem("ledger_layer_altered", f"layer {LAYER}", LAYER)
