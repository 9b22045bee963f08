"""Promises 2, 4 and 5: the same batch counts once whoever sends it when, many may write at once, a backup restores to the same answers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.geopackage import LAYER
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.programme.stores import backup, restore
from mineaction.terms.problem import ProblemError
from tests.ledger.store_contract import area, record, told
from tests.promises.conftest import Rounds, Told

WRITERS = 8


def at_once(*works: Callable[[], Any]) -> list[str]:
    """Does all of them at the same time; what went wrong in any."""
    found: list[str] = []
    start = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> None:
        start.wait()
        try:
            work()
        except ProblemError as error:
            found.extend(one.code for one in error.problems)

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def path(quick_folder: Path) -> str:
    made = str(quick_folder / "book.gpkg")
    make_store(made, "4" * 32)
    return made


def races(path: str, count: int, mapping: Callable[[int], str]) -> int:
    """Batches that are there twice after two writers sent each of them at once. `mapping` names the mapping of each writer."""
    with SqliteStore(path) as one, SqliteStore(path) as other:
        # A connection stays with the thread that made it, so each thread opens its own.
        assert one.store_id() == other.store_id()
    for number in range(count):
        batch = told([area(f"HA-{number}")])

        def send(writer: int, batch: Any = batch) -> None:
            with SqliteStore(path) as store, store.transaction():
                store.append(batch._replace(mapping=mapping(writer)))

        assert at_once(lambda send=send: send(1), lambda send=send: send(2)) == []
    with SqliteStore(path) as store:
        assert check_store(store).problems == []
        return len(store.batches()) - count


def test_the_same_batch_from_two_writers_at_once_is_one_batch(path: str, rounds: Rounds, figure: Told) -> None:
    doubles = sum(races(path_of(path, number), 50, lambda _: "test-1") for number in range(rounds("races") // 50))
    assert doubles == 0
    figure("races", f"{rounds('races')} races of two writers with the same batch: {doubles} batches there twice")


def path_of(path: str, number: int) -> str:
    """A store of its own for each fifty, so that none grows long."""
    made = f"{path}.{number}.gpkg"
    make_store(made, "4" * 32)
    return made


def test_a_batch_with_another_id_each_time_is_found_to_be_there_twice(path: str) -> None:
    assert races(path, 5, lambda writer: f"test-{writer}") == 5


def write(path: str, writers: int, batches: int) -> tuple[list[str], int, int]:
    """What went wrong, batches lost, and forks: links that are not those of one chain."""

    def work(name: str) -> Callable[[], None]:
        def send() -> None:
            with SqliteStore(path) as store:
                for number in range(batches):
                    record(store, area(f"{name}-{number}"))

        return send

    found = at_once(*(work(f"W{number}") for number in range(writers)))
    with SqliteStore(path) as store:
        held = store.batches()
        forks = sum(one.code == "ledger_chain_broken" for one in check_store(store).problems)
        assert [one.seq for one in held] == list(range(1, len(held) + 1))
        return found, writers * batches - len(held), forks


def test_eight_writers_lose_nothing_and_make_one_chain(path: str, rounds: Rounds, figure: Told) -> None:
    batches = rounds("batches of each of 8 writers")
    assert write(path, WRITERS, batches) == ([], 0, 0)
    with SqliteStore(path) as store:
        assert len(store.standing(LAYER)) == WRITERS * batches and check_store(store).problems == []
    figure("batches of each of 8 writers", f"{WRITERS} writers x {batches} batches: 0 lost, 0 forks")


def test_writers_that_read_before_they_lock_are_found(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def late(store: SqliteStore) -> Iterator[None]:
        with store_connected(store):
            store.connection.execute("BEGIN")
            store.batches()
            try:
                yield
                store.connection.execute("COMMIT")
            finally:
                if store.connection.in_transaction:
                    store.connection.execute("ROLLBACK")

    from mineaction.ledger.sqlite_file import connected

    def store_connected(store: SqliteStore) -> Any:
        return connected(store.path)

    monkeypatch.setattr(SqliteStore, "transaction", late)
    found, lost, _ = write(path, 4, 10)
    assert found and lost


class Load:
    """A writer that goes on until it is told to stop."""

    def __init__(self, path: str) -> None:
        self._stop = threading.Event()
        self._path = path
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        number = 0
        while not self._stop.is_set():
            with SqliteStore(self._path) as store:
                record(store, area(f"LOAD-{number}"), area(f"MORE-{number}", note="x" * 2000))
            number += 1

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def answers(store: SqliteStore, batches: int) -> tuple[Any, ...]:
    """Everything that a store says of its first batches."""
    active = {seq for seq in store.active() if seq <= batches}
    facts = [one for one in store.facts(LAYER) if int(one.position.partition(".")[0]) <= batches]
    return store.batches()[:batches], sorted(active), facts, check_store(store).links[:batches]


def test_a_backup_under_load_restores_to_the_same_answers(path: str, quick_folder: Path, rounds: Rounds, figure: Told) -> None:
    made: list[tuple[str, int]] = []
    with Load(path):
        for number in range(rounds("backups under load")):
            copy, back = str(quick_folder / f"backup-{number}.gpkg"), str(quick_folder / f"restored-{number}.gpkg")
            backup(copy, path)
            made.append((back, restore(copy, back)["batches"]))
    with SqliteStore(path) as source:
        for back, batches in made:
            with SqliteStore(back) as restored:
                assert check_store(restored).problems == []
                assert len(restored.batches()) == batches
                assert answers(restored, batches) == answers(source, batches)
                assert sorted(one.fact_id for one in restored.standing(LAYER)) == sorted(
                    one.fact.fact_id for one in source.facts(LAYER) if int(one.position.partition(".")[0]) <= batches
                )
    figure("backups under load", f"{len(made)} backups while another wrote: {len(made)} restored to the same answers")


def test_a_copy_of_the_file_is_found_to_be_no_backup(path: str, quick_folder: Path) -> None:
    copy = str(quick_folder / "copy.gpkg")
    with SqliteStore(path) as store:
        record(store, area("HA-1"))
        store.connection.execute("PRAGMA cache_size = 5")
        with store.transaction():
            store.append(told([area(f"NEW-{number}", note="y" * 1000) for number in range(100)]))
            shutil.copyfile(path, copy)
    with pytest.raises(ProblemError), SqliteStore(copy) as held:
        if found := check_store(held).problems:
            raise ProblemError(found)
