"""The same history gives the same store in a file and on a server: what stands, every id, every root, every link."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Store
from mineaction.terms.fact import Fact
from mineaction.terms.problem import ProblemError
from tests.ledger.postgis_stores import empty_stores
from tests.ledger.private_server import PrivateServer
from tests.ledger.store_contract import NewStore, area, record, take_back

pytestmark = pytest.mark.postgis


class Record(NamedTuple):
    """A record of one of a few areas; `corrects` counts back over the facts told so far, none where it is 0."""

    number: int
    note: str
    with_outline: bool
    corrects: int


class TakeBack(NamedTuple):
    """The batch of this number is taken back, counted round."""

    number: int


# Texts that databases order and compare in ways of their own.
NOTES = st.sampled_from(["", "a", "B", "ä", "Z", "\u0645", "a b", "%s", "?", "'", "\\", "\U0001d11e"])
RECORDS = st.builds(Record, st.integers(1, 5), NOTES, st.booleans(), st.integers(0, 4))
HISTORIES = st.lists(st.lists(RECORDS, min_size=1, max_size=4) | st.builds(TakeBack, st.integers(1, 8)), min_size=1, max_size=8)


@pytest.fixture
def on_server(server: PrivateServer) -> Iterator[NewStore]:
    with empty_stores(server) as make:
        yield make


def play(store: Store, history: list[list[Record] | TakeBack]) -> list[str]:
    """Tell it all; what was said each time: the number of the batch, or why not."""
    said: list[str] = []
    told_before: dict[str, Fact] = {}
    for step in history:
        try:
            if isinstance(step, TakeBack):
                batches = len(store.batches())
                said.append(str(take_back(store, 1 + step.number % batches)) if batches else "nothing to take back")
            else:
                facts = {fact.fact_id: fact for fact in (_fact(one, list(told_before)) for one in step)}
                # Which other fact one corrects is said when it is first told: the programme asks the store before it records.
                facts = {fact_id: told_before.get(fact_id, fact) for fact_id, fact in facts.items()}
                said.append(str(record(store, *facts.values())))
                told_before |= facts
        except ProblemError as error:
            said.append(",".join(one.code for one in error.problems))
    return said


def _fact(one: Record, before: list[str]) -> Fact:
    supersedes = before[-one.corrects] if 0 < one.corrects <= len(before) else ""
    return area(f"HA-{one.number}", note=one.note, with_outline=one.with_outline, supersedes=supersedes)


def everything(store: Store) -> dict[str, object]:
    kinds = store.kinds_told()
    return {
        "batches": store.batches(),
        "roots": list(store.ask("SELECT seq, root, link FROM batch ORDER BY seq")),
        "entries": list(store.ask("SELECT seq, ordinal, fact_id, place FROM entry ORDER BY seq, ordinal")),
        "active": store.active(),
        "standing": {kind: store.standing(kind) for kind in kinds},
        "facts": {kind: store.facts(kind) for kind in kinds},
        "histories": {told.fact.subject: store.history(told.fact.subject) for kind in kinds for told in store.facts(kind)},
        "identity": store.identity(),
        "manifest": store.manifest(),
        "found": check_store(store).problems,
        "links": check_store(store).links,
    }


def test_a_file_and_a_server_give_the_same_answers(on_server: NewStore, tmp_path: Path) -> None:
    numbers = count()

    # Fifty histories by day, two hundred by night.
    @settings(max_examples=max(50, settings().max_examples // 10))
    @given(HISTORIES)
    def holds(history: list[list[Record] | TakeBack]) -> None:
        path = str(tmp_path / f"{next(numbers)}.gpkg")
        make_store(path, "1" * 32)
        with SqliteStore(path) as in_file, on_server() as served:
            assert play(in_file, history) == play(served, history)
            expected, found = everything(in_file), everything(served)
            assert found["found"] == []
            assert found == expected

    holds()
