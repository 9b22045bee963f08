"""Promises 1 and 2: what was acknowledged is there after any kill, no batch is half there, and a command given again counts once."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import connect, make_store
from mineaction.programme.recording import import_records
from mineaction.programme.stores import backup, init
from mineaction.terms.problem import ProblemError
from tests.ledger.store_contract import area, record
from tests.promises.conftest import Rounds, Told
from tests.promises.forked import Forked, forked, left_behind

HEADER = "local_id,organisation,type,identified_on,note\n"
ROWS = 60
# Statements of an import of that many rows; a kill behind the last one is none.
STATEMENTS = 420
# An import takes some tens of milliseconds.
LONGEST_S = 0.08


def a_file(folder: Path, number: int) -> str:
    path = folder / f"{number}.csv"
    path.write_text(HEADER + "".join(f"HA-{number}-{row},Org,SHA,2020,{'x' * 500}\n" for row in range(ROWS)), encoding="utf-8")
    return str(path)


def an_end(chance: random.Random) -> dict[str, Any]:
    """At a random statement, or after a random time."""
    return {"statement": chance.randint(1, STATEMENTS)} if chance.random() < 0.5 else {"after_s": chance.uniform(0.001, LONGEST_S)}


class Book:
    """What was acknowledged to us, beside what the store holds."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.acknowledged: list[str] = []

    def lost_and_half(self) -> tuple[int, int]:
        """Acknowledged batches that are not there; 1 where the store is not whole or a batch has not all of its facts."""
        with SqliteStore(self.path) as store:
            held = store.batches()
            sizes: dict[int, int] = dict(store.ask("SELECT seq, count(*) FROM entry GROUP BY seq"))
            half = bool(check_store(store).problems) or any(sizes.get(one.seq, 0) != (0 if one.reverses else ROWS) for one in held)
        ids = [one.batch_id for one in held]
        assert len(ids) == len(set(ids))
        return len(set(self.acknowledged) - set(ids)), int(half)


def kills(order: Forked, folder: Path, seed: int, count: int) -> tuple[int, int, int, int]:
    """Kills, batches lost, batches half there, commands that counted twice when they were given again."""
    chance = random.Random(seed)
    killed = lost = half = doubled = number = 0
    book = Book(str(folder / "book.gpkg"))
    init(book.path)
    while killed < count:
        number += 1
        if number % 60 == 0:  # the time of an end is that of a small store
            book = Book(str(folder / f"book-{number}.gpkg"))
            init(book.path)
        file = a_file(folder, number)
        doing: dict[str, Any] = {"do": "import", "file": file}
        if book.acknowledged and chance.random() < 0.2:
            doing = {"do": "reverse", "batch": book.acknowledged[-1]}
        told = order(store=book.path, **doing, **an_end(chance))
        killed += told["is_killed"]
        if told["answer"].get("batch_id"):
            book.acknowledged.append(told["answer"]["batch_id"])
        gone, broken = book.lost_and_half()
        lost, half = lost + gone, half + broken
        if doing["do"] == "import":
            again = import_records(file, kind="hazardous_area", store=book.path)
            doubled += again["facts"] != ROWS
            book.acknowledged.append(again["batch_id"])
            with SqliteStore(book.path) as store:
                told_by = store.told_in(next(fact.fact_id for fact in store.standing(LAYER) if f"ha-{number}-" in fact.subject))
                doubled += len(told_by) != 1
    return killed, lost, half, doubled


def test_what_was_acknowledged_is_there_after_any_kill_and_no_batch_is_half_there(tmp_path: Path, rounds: Rounds, figure: Told) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    with forked() as order:
        killed, lost, half, doubled = kills(order, tmp_path, seed, rounds("kills"))
    assert (lost, half, doubled) == (0, 0, 0)
    figure("kills", f"{killed} kills of import and reverse: {lost} batches lost, {half} half there, {doubled} counted twice")


def test_a_killed_backup_or_a_killed_making_leaves_no_file_of_that_name_and_is_cleared_away(tmp_path: Path, rounds: Rounds) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    chance, killed, left = random.Random(seed), 0, 0
    source = str(tmp_path / "book.gpkg")
    init(source)
    import_records(a_file(tmp_path, 1), kind="hazardous_area", store=source)
    with forked() as order:
        for number in range(rounds("kills") // 4):
            out = str(tmp_path / f"{number}.gpkg")
            ends = {"statement": chance.randint(1, 60)} if chance.random() < 0.5 else {"after_s": chance.uniform(0.001, LONGEST_S)}
            told = order(store=source, do=chance.choice(["backup", "init"]), out=out, **ends)
            killed += told["is_killed"]
            left += bool(left_behind(tmp_path))
            if Path(out).exists():
                with SqliteStore(out) as made:
                    assert check_store(made).problems == []
            else:
                assert told["is_killed"]
                backup(out, source)
            assert left_behind(tmp_path) == [] or told["is_killed"]
        last = str(tmp_path / "last.gpkg")
        init(last)
    assert left_behind(tmp_path) == []
    assert killed and left


def test_what_another_is_making_is_not_cleared_away(tmp_path: Path) -> None:
    seen = []

    def check(unfinished: str) -> None:
        make_store(str(tmp_path / "other.gpkg"), "6" * 32)
        seen.append(Path(unfinished).exists())
        with pytest.raises(ProblemError, match="store_busy"):
            make_store(str(tmp_path / "copy.gpkg"), "7" * 32)

    from mineaction.ledger.sqlite_file import copy_store

    make_store(str(tmp_path / "book.gpkg"), "5" * 32)
    with SqliteStore(str(tmp_path / "book.gpkg")) as store:
        copy_store(store.connection, str(tmp_path / "copy.gpkg"), check)
    assert seen == [True]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book.gpkg", "copy.gpkg", "other.gpkg"]


def test_every_connection_waits_for_the_disk(tmp_path: Path) -> None:
    path = str(tmp_path / "book.gpkg")
    make_store(path, "1" * 32)
    with closing(connect(path)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_acknowledgement_before_the_commit_is_found(tmp_path: Path) -> None:
    book = Book(str(tmp_path / "book.gpkg"))
    init(book.path)
    with forked() as order:
        told = order(store=book.path, do="import", file=a_file(tmp_path, 1), acknowledge_early=True, after_s=0.05)
    book.acknowledged.append(told["answer"]["batch_id"])
    assert book.lost_and_half() == (1, 0)


def test_a_batch_without_a_transaction_is_found(tmp_path: Path) -> None:
    book = Book(str(tmp_path / "book.gpkg"))
    init(book.path)
    with SqliteStore(book.path) as store:
        record(store, *(area(f"HA-{number}") for number in range(ROWS)))
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        # What a program without a transaction leaves when it is stopped after some of its rows.
        other.execute("INSERT INTO entry SELECT 2, ordinal, fact_id, place FROM entry WHERE ordinal < 5")
    assert book.lost_and_half() == (0, 1)
