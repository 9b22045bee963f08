"""Promises 7 and 8: every attempt to edit or remove a fact is refused or found, and a history made anew shows by a checkpoint outside."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mineaction.ledger.chain_check import Checked, check_store
from mineaction.ledger.checkpoint import Checkpoint, checkpoint_problems
from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Told as ToldBatch
from mineaction.terms.fact import Fact
from tests.ledger.store_contract import area, record, take_back, told
from tests.promises.conftest import Rounds, Told

# Names of a table of facts are put in for {table}, of its first column for {column}.
ATTEMPTS = (
    "UPDATE {table} SET {column} = {column}",
    "UPDATE OR REPLACE {table} SET {column} = 'x'",
    "UPDATE OR IGNORE {table} SET {column} = 'x'",
    "WITH one AS (SELECT 1) UPDATE {table} SET {column} = 'x'",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE rowid = 1",
    "REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = 'x'",
    "PRAGMA recursive_triggers = ON; REPLACE INTO {table} SELECT * FROM {table}",
    "PRAGMA ignore_check_constraints = ON; UPDATE {table} SET {column} = 'x'",
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO gone",
    "ALTER TABLE {table} RENAME COLUMN {column} TO gone",
    "ALTER TABLE {table} ADD COLUMN more TEXT",
    "DROP TRIGGER {table}_not_updated",
    "DROP TRIGGER {table}_not_deleted; DELETE FROM {table}",
    "DROP TRIGGER {table}_not_replaced; REPLACE INTO {table} SELECT * FROM {table}",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TABLE copy AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE copy RENAME TO {table}",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = rootpage + 1 WHERE name = '{table}'",
)


def foreign(path: str) -> closing[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    return closing(connection)


def book(path: str) -> str:
    make_store(path, "5" * 32)
    with unsynced(path) as store:
        record(store, area("HA-1"), area("HA-2", with_outline=False))
        record(store, area("HA-3"))
        take_back(store, 2)
    return path


@contextmanager
def unsynced(path: str) -> Iterator[SqliteStore]:
    with SqliteStore(path) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        yield store


def rows(path: str, table: str) -> list[tuple[object, ...]]:
    with foreign(path) as other:
        return list(other.execute(f"SELECT * FROM {table}"))


def is_found(path: str) -> bool:
    from mineaction.terms.problem import ProblemError

    try:
        with SqliteStore(path) as store:
            return bool(check_store(store).problems)
    except ProblemError:
        return True


@pytest.mark.parametrize("table", ["store", "fact", "file", "batch", "entry"])
def test_every_attempt_to_edit_or_remove_is_refused_or_found(quick_folder: Path, table: str) -> None:
    source, path = book(str(quick_folder / "source.gpkg")), str(quick_folder / "book.gpkg")
    before = rows(source, table)
    refused = 0
    with foreign(source) as other:
        column = other.execute(f"SELECT * FROM {table}").description[0][0]
    for attempt in ATTEMPTS:
        shutil.copyfile(source, path)
        try:
            with foreign(path) as other:
                other.executescript(attempt.format(table=table, column=column))
        except sqlite3.DatabaseError:
            assert rows(path, table) == before, attempt
            refused += 1
        else:
            assert is_found(path), attempt
    assert refused >= 11


def test_a_trigger_that_is_missing_is_found(quick_folder: Path) -> None:
    path = book(str(quick_folder / "book.gpkg"))
    before = rows(path, "fact")
    with foreign(path) as other:
        other.execute("DROP TRIGGER fact_not_deleted")
        other.execute("DELETE FROM fact WHERE subject LIKE '%ha-3'")
    assert rows(path, "fact") != before and is_found(path)


# Twelve ways in which whoever holds the file makes a history anew, each giving other batches than those that were signed.
Batch = ToldBatch
MADE_ANEW: dict[str, Callable[[list[Batch], random.Random], list[Batch]]] = {
    "the end cut off": lambda told, chance: told[: chance.randrange(1, len(told))],
    "a batch left out": lambda told, chance: without(told, chance.randrange(len(told))),
    "two batches exchanged": lambda told, chance: exchanged(told, chance.randrange(len(told) - 1)),
    "a batch put in": lambda told, chance: inserted(told, chance.randrange(len(told)), chance.randrange(1000)),
    "a field of a fact": lambda told, chance: changed(told, chance, lambda fact: replace(fact, payload={**fact.payload, "note": "other"})),
    "an outline": lambda told, chance: changed(told, chance, lambda fact: replace(fact, geometry=area("HA-9").geometry)),
    "what a fact corrects": lambda told, chance: changed(told, chance, lambda fact: replace(fact, supersedes="0" * 64)),
    "a fact left out of a batch": lambda told, chance: with_batch(told, chance, lambda one: one._replace(facts=one.facts[1:])),
    "the order of facts in a batch": lambda told, chance: with_batch(told, chance, lambda one: one._replace(facts=one.facts[::-1])),
    "who told it": lambda told, chance: with_batch(told, chance, lambda one: one._replace(principal="somebody else")),
    "when it was told": lambda told, chance: with_batch(
        told, chance, lambda one: one._replace(recorded_at=one.recorded_at - dt.timedelta(1))
    ),
    "the file it came from": lambda told, chance: with_batch(told, chance, lambda one: one._replace(content=b"another file")),
}


def without(told: list[Batch], at: int) -> list[Batch]:
    return told[:at] + told[at + 1 :]


def exchanged(told: list[Batch], at: int) -> list[Batch]:
    return [*told[:at], told[at + 1], told[at], *told[at + 2 :]]


def inserted(told: list[Batch], at: int, number: int) -> list[Batch]:
    return [*told[:at], a_batch([area(f"PUT-IN-{number}")]), *told[at:]]


def with_batch(told: list[Batch], chance: random.Random, change: Callable[[Batch], Batch]) -> list[Batch]:
    at = chance.randrange(len(told))
    return [*told[:at], change(told[at]), *told[at + 1 :]]


def changed(told: list[Batch], chance: random.Random, change: Callable[[Fact], Fact]) -> list[Batch]:
    return with_batch(told, chance, lambda one: one._replace(facts=[(place, change(fact)) for place, fact in one.facts]))


def a_batch(facts: list[Fact]) -> Batch:
    return told(facts)


def made(empty: str, path: str, batches: list[Batch]) -> str:
    """A store of this id with these batches, its chain whole."""
    shutil.copyfile(empty, path)
    with unsynced(path) as store, store.transaction():
        for one in batches:
            store.append(one)
    return path


def checked(path: str) -> Checked:
    with SqliteStore(path) as store:
        return check_store(store)


Compare = Callable[[Checkpoint, Checked], bool]


def histories(folder: Path, seed: int, count: int, compare: Compare) -> tuple[int, int]:
    """How many of so many histories made anew the chain alone finds, and how many a checkpoint that was kept outside."""
    chance = random.Random(seed)
    empty = str(folder / "empty.gpkg")
    make_store(empty, "5" * 32)
    by_chain = by_checkpoint = 0
    for number in range(count):
        batches = [
            a_batch([area(f"HA-{number}-{batch}-{fact}", note=f"{chance.random()}") for fact in range(chance.randint(2, 4))])
            for batch in range(chance.randint(3, 6))
        ]
        true = checked(made(empty, str(folder / "true.gpkg"), batches))
        assert true.problems == []
        signed = Checkpoint(true.store_id, len(true.links), true.facts, true.head, "2026-01-01T00:00:00Z")
        kind = list(MADE_ANEW)[number % len(MADE_ANEW)]
        anew = checked(made(empty, str(folder / "anew.gpkg"), MADE_ANEW[kind](batches, chance)))
        by_chain += bool(anew.problems)
        by_checkpoint += compare(signed, anew)
    return by_chain, by_checkpoint


def by_comparison(signed: Checkpoint, held: Checked) -> bool:
    return bool(checkpoint_problems(signed, held, "checkpoint.json"))


def test_the_chain_alone_finds_no_history_made_anew_and_the_checkpoint_finds_all(quick_folder: Path, rounds: Rounds, figure: Told) -> None:
    assert len(MADE_ANEW) == 12
    seed, count = random.SystemRandom().randrange(1 << 32), rounds("histories made anew")
    print(f"seed {seed}")
    assert histories(quick_folder, seed, count, by_comparison) == (0, count)
    figure("histories made anew", f"{count} histories made anew in 12 ways: the chain alone finds 0, the checkpoint kept outside {count}")


def test_a_checkpoint_that_is_not_compared_finds_nothing(quick_folder: Path) -> None:
    def only_its_size(signed: Checkpoint, held: Checked) -> bool:
        return signed.batches > len(held.links)

    assert histories(quick_folder, 1, 24, only_its_size)[1] < 24


def test_the_layer_is_of_the_history_made_anew(quick_folder: Path) -> None:
    empty = str(quick_folder / "empty.gpkg")
    make_store(empty, "5" * 32)
    with SqliteStore(made(empty, str(quick_folder / "a.gpkg"), [a_batch([area("HA-1")])])) as store:
        assert [one.payload["local_id"] for one in store.standing(LAYER)] == ["HA-1"]
