"""Promise 3: a half-written disk is noticed or healed. Whatever happens to the bytes, no answer changes unseen."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from mineaction.ledger import stored_facts
from mineaction.ledger.chain_check import check_store
from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Store
from mineaction.programme.stores import init
from mineaction.terms.problem import Problem, ProblemError
from tests.ledger.store_contract import area, record, take_back, told
from tests.promises.conftest import Rounds, Told
from tests.promises.forked import forked
from tests.promises.test_kills import Book, a_file

SECTOR = 512
Check = Callable[[Store], list[Problem]]


class Hot(NamedTuple):
    """A store as a power cut may leave it: the file before a batch, the file and its journal in the middle of one."""

    before: bytes
    file: bytes
    journal: bytes


@pytest.fixture(scope="module")
def hot(tmp_path_factory: pytest.TempPathFactory) -> Hot:
    path = tmp_path_factory.mktemp("hot") / "book.gpkg"
    make_store(str(path), "3" * 32)
    with SqliteStore(str(path)) as store:
        record(store, area("HA-1"), area("HA-2", with_outline=False))
        record(store, area("HA-3"))
        take_back(store, 2)
        record(store, *(area(f"HA-{number}", note="x" * 300) for number in range(4, 30)))
    before = path.read_bytes()
    with SqliteStore(str(path)) as store:
        store.connection.execute("PRAGMA cache_size = 5")
        store.connection.execute("BEGIN IMMEDIATE")
        store.append(told([area(f"NEW-{number}", note="y" * 300) for number in range(30)]))
        return Hot(before, path.read_bytes(), Path(f"{path}-journal").read_bytes())


class State(NamedTuple):
    """Everything a store answers with."""

    links: list[str]
    facts: list[str]
    standing: list[str]


def state(store: Store) -> State:
    return State(
        check_store(store).links, [one.fact.fact_id for one in store.facts(LAYER)], sorted(one.fact_id for one in store.standing(LAYER))
    )


def torn(chance: random.Random, old: bytes, new: bytes) -> bytes:
    """Some sectors of the new file and some of the old, as a disk that was writing leaves them."""
    size = max(len(old), len(new))
    old, new = old.ljust(size, b"\0"), new.ljust(size, b"\0")
    sectors = range(0, size, SECTOR)
    return b"".join((new if chance.random() < 0.5 else old)[at : at + SECTOR] for at in sectors)


def flipped(chance: random.Random, whole: bytes) -> bytes:
    damaged = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def zeroed(chance: random.Random, whole: bytes) -> bytes:
    at = chance.randrange(0, len(whole), SECTOR)
    return whole[:at] + b"\0" * len(whole[at : at + SECTOR * chance.randint(1, 16)]) + whole[at + SECTOR * 16 :]


def cut(chance: random.Random, whole: bytes) -> bytes:
    return whole[: chance.randrange(len(whole))]


def a_damage(chance: random.Random, hot: Hot) -> tuple[bytes, bytes, str]:
    """The file, its journal and what happened to them."""
    kinds: dict[str, Callable[[], tuple[bytes, bytes]]] = {
        "bits of the file": lambda: (flipped(chance, hot.before), b""),
        "the file cut off": lambda: (cut(chance, hot.before), b""),
        "sectors of zeros": lambda: (zeroed(chance, hot.before), b""),
        "a power cut": lambda: (hot.file, hot.journal),
        "torn pages": lambda: (torn(chance, hot.before, hot.file), hot.journal),
        "a torn journal": lambda: (hot.file, cut(chance, hot.journal)),
        "bits of the journal": lambda: (hot.file, flipped(chance, hot.journal)),
        "torn pages and a torn journal": lambda: (torn(chance, hot.before, hot.file), cut(chance, hot.journal)),
        "no journal": lambda: (hot.file, b""),
        "torn pages and no journal": lambda: (torn(chance, hot.before, hot.file), b""),
    }
    kind = chance.choice(list(kinds))
    return *kinds[kind](), kind


def damages(folder: Path, hot: Hot, seed: int, count: int, check: Check) -> tuple[int, int, list[str]]:
    """How many were noticed, how many healed or without effect, and which changed an answer unseen."""
    chance, path = random.Random(seed), folder / "damaged.gpkg"
    path.write_bytes(hot.before)
    with SqliteStore(str(path)) as store:
        expected = state(store)
    noticed, healed, silent = 0, 0, []
    for number in range(count):
        file, journal, kind = a_damage(chance, hot)
        path.write_bytes(file)
        beside = Path(f"{path}-journal")
        beside.unlink(missing_ok=True)
        if journal:
            beside.write_bytes(journal)
        try:
            with SqliteStore(str(path)) as store:
                if check(store):
                    noticed += 1
                elif state(store) == expected:
                    healed += 1
                else:
                    silent.append(f"{number}: {kind}")
        except ProblemError:
            noticed += 1
    return noticed, healed, silent


def test_no_damage_changes_an_answer_unseen(quick_folder: Path, hot: Hot, rounds: Rounds, figure: Told) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    noticed, healed, silent = damages(quick_folder, hot, seed, rounds("damages"), lambda store: check_store(store).problems)
    assert silent == []
    assert noticed and healed
    figure("damages", f"{noticed + healed} damages: {noticed} noticed, {healed} healed or without effect, {len(silent)} unseen")


def test_a_store_that_compares_no_ids_is_found(quick_folder: Path, hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mineaction.ledger.store.fact_of", stored_facts._unchecked)
    assert damages(quick_folder, hot, 1, 200, lambda store: [])[2]


def test_a_power_cut_in_the_middle_of_a_batch_is_healed_by_the_next_who_reads(quick_folder: Path, hot: Hot) -> None:
    path = quick_folder / "book.gpkg"
    path.write_bytes(hot.file)
    Path(f"{path}-journal").write_bytes(hot.journal)
    with SqliteStore(str(path)) as store:
        assert check_store(store).problems == []
    assert path.read_bytes() == hot.before


def test_a_disk_that_fills_up_at_any_write_loses_nothing(quick_folder: Path, rounds: Rounds, figure: Told) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    chance, refused, recorded = random.Random(seed), 0, 0
    book = Book(str(quick_folder / "book.gpkg"))
    init(book.path)
    with forked() as order:
        for number in range(rounds("full disks")):
            size = os.path.getsize(book.path)
            file = a_file(quick_folder, number)
            # No file may grow beyond so many bytes: neither the store nor its journal.
            limit = chance.randint(1, size + 400_000)
            done = order(store=book.path, do="import", file=file, file_bytes=limit)
            assert not done["is_killed"]
            if "batch_id" in done["answer"]:
                recorded += 1
                book.acknowledged.append(done["answer"]["batch_id"])
            else:
                refused += done["answer"]["problems"] == ["store_refused"]
            assert book.lost_and_half() == (0, 0)
    assert refused + recorded == rounds("full disks") and refused and recorded
    figure("full disks", f"{refused} imports refused by a full disk, {recorded} recorded: 0 batches lost, 0 half there")


def test_a_disk_that_is_full_for_a_new_store_leaves_nothing(quick_folder: Path) -> None:
    with forked() as order:
        done = order(store="", do="init", out=str(quick_folder / "new.gpkg"), file_bytes=20_000)
    assert done["answer"] == {"problems": ["store_refused"]}
    assert list(quick_folder.iterdir()) == []


def test_what_a_damaged_page_of_the_layer_says_is_found(quick_folder: Path, hot: Hot) -> None:
    path = quick_folder / "book.gpkg"
    path.write_bytes(hot.before)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"DROP TRIGGER {LAYER}_no_update")
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree%'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        other.execute(f"UPDATE {LAYER} SET name = 'x' WHERE fid = 1")
        other.commit()
    with SqliteStore(str(path)) as store:
        assert "ledger_layer_altered" in {one.code for one in store.layer_problems()}
