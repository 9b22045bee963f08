"""What every store promises beside the promises of a book: batches are whole, count once, correct, are taken back; no order decides."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.ledger.book import FactBook
from mineaction.ledger.chain_check import check_store
from mineaction.ledger.store import Store, Told
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem import ProblemError
from tests.ledger.reading_contract import ReadingContract

WHEN = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
NewStore = Callable[[], Store]


def area(local_id: str, *, supersedes: str = "", with_outline: bool = True, **fields: str) -> Fact:
    """A hazardous area somewhere in the Gulf of Guinea."""
    kind = KINDS["hazardous_area"]
    told = {"local_id": local_id, "organisation": "Org A", "type": "SHA", "identified_on": "2020-05", **fields}
    payload = {name: value for name, value in told.items() if value}
    west = sum(map(ord, local_id)) % 50 / 10
    ring = [(west, 0.0), (west + 0.01, 0.0), (west + 0.01, 0.01), (west, 0.0)]
    geometry = canonical_outline([[ring]], "here")[0] if with_outline else b""
    return Fact(kind.name, kind.subject_of(payload), payload, "Org A", geometry=geometry, supersedes=supersedes)


def told(facts: Sequence[Fact], content: bytes = b"as given\n", principal: str = "tester") -> Told:
    return Told(WHEN, principal, "test-1", "areas.csv", content, [(f"row {number}", fact) for number, fact in enumerate(facts, 1)])


def record(store: Store, *facts: Fact) -> int:
    with store.transaction():
        return store.append(told(facts)).seq


def take_back(store: Store, seq: int) -> int:
    with store.transaction():
        return store.reverse(store.batches()[seq - 1], told([], b"")).seq


def ids(facts: Sequence[Fact]) -> set[str]:
    return {one.fact_id for one in facts}


def standing(store: Store) -> set[str]:
    return ids(store.standing("hazardous_area"))


class StoreContract(ReadingContract):
    """Inherit, and override `new_store` with a function that makes an empty store each time it is called."""

    @pytest.fixture
    def new_store(self) -> Iterator[NewStore]:
        raise NotImplementedError("make empty stores of the kind under test")

    @pytest.fixture
    def store(self, new_store: NewStore) -> Store:
        return new_store()

    @pytest.fixture
    def book(self, store: Store) -> FactBook:
        first = area("HA-1")
        record(store, first, area("HA-2", with_outline=False))
        record(store, area("HA-1", type="CHA", supersedes=first.fact_id), area("HA-2", with_outline=False))
        return store

    def test_a_batch_is_read_as_it_was_told(self, store: Store) -> None:
        facts = [area("HA-1", note="ÄÖ \u0645"), area("HA-2"), replace(area("HA-3"), sealed={"name": b"\x00\xff"}, valid_to="2021")]
        record(store, *facts)
        assert [one.fact for one in store.facts("hazardous_area")] == facts
        assert [one.known_from for one in store.facts("hazardous_area")] == [WHEN.date()] * 3

    def test_the_same_batch_twice_is_recorded_once_and_says_so(self, store: Store) -> None:
        facts = [area("HA-1"), area("HA-2")]
        with store.transaction():
            first, again = store.append(told(facts)), store.append(told(facts[::-1], b"another file", "another"))
        assert (first.is_new, again.is_new, again.seq, again.batch_id) == (True, False, first.seq, first.batch_id)
        assert len(store.batches()) == 1

    def test_another_mapping_of_the_same_facts_is_another_batch(self, store: Store) -> None:
        with store.transaction():
            store.append(told([area("HA-1")]))
            assert store.append(told([area("HA-1")])._replace(mapping="test-2")).is_new
        assert len(store.facts("hazardous_area")) == 1
        assert store.told_in(area("HA-1").fact_id) == [1, 2]

    def test_a_batch_that_ends_in_an_error_is_not_there(self, store: Store) -> None:
        record(store, area("HA-1"))
        before = store.identity()
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.append(told([area("HA-2")]))
            raise ZeroDivisionError
        assert store.identity() == before and standing(store) == {area("HA-1").fact_id}

    def test_every_batch_changes_the_digest_of_the_book(self, store: Store) -> None:
        seen = [store.identity()["digest"]]
        for number in range(3):
            record(store, area(f"HA-{number}"))
            seen.append(store.identity()["digest"])
        assert len(set(seen)) == len(seen)

    def test_a_correction_stands_in_place_of_what_it_corrects_and_both_are_kept(self, store: Store) -> None:
        first = area("HA-1")
        second = area("HA-1", type="CHA", supersedes=first.fact_id)
        third = area("HA-1", type="CHA", note="again", supersedes=second.fact_id)
        for fact in (first, second, third):
            record(store, fact)
        assert standing(store) == {third.fact_id}
        assert [one.fact for one in store.history(first.subject)] == [first, second, third]

    def test_two_claims_on_one_subject_both_stand(self, store: Store) -> None:
        claims = [area("HA-1"), area("HA-1", type="CHA")]
        record(store, *claims)
        assert standing(store) == ids(claims) and claims[0].subject == claims[1].subject

    def test_a_batch_that_is_taken_back_stands_no_more_and_is_kept(self, store: Store) -> None:
        first = area("HA-1")
        record(store, first)
        record(store, area("HA-1", type="CHA", supersedes=first.fact_id), area("HA-2"))
        take_back(store, 2)
        assert standing(store) == {first.fact_id}
        assert len(store.facts("hazardous_area")) == 3
        take_back(store, 3)
        assert standing(store) == {area("HA-1", type="CHA").fact_id, area("HA-2").fact_id}
        take_back(store, 2)
        assert standing(store) == {first.fact_id}

    def test_what_another_batch_told_too_stands_when_one_is_taken_back(self, store: Store) -> None:
        record(store, area("HA-1"), area("HA-2"))
        record(store, area("HA-1"), area("HA-3"))
        take_back(store, 1)
        assert standing(store) == ids([area("HA-1"), area("HA-3")])

    def test_a_batch_that_was_taken_back_is_neither_taken_back_nor_recorded_again(self, store: Store) -> None:
        record(store, area("HA-1"))
        take_back(store, 1)
        for again in (lambda: take_back(store, 1), lambda: record(store, area("HA-1"))):
            with pytest.raises(ProblemError) as raised:
                again()
            assert [(one.code, one.remedy[-2:]) for one in raised.value.problems] == [("batch_reversed", "2.")]
        assert len(store.batches()) == 2

    def test_of_a_file_about_people_only_the_digest_is_kept_and_verify_knows(self, store: Store) -> None:
        content = b"victim_name\nCanary\n"
        with store.transaction():
            store.append(told([area("HA-1")], content)._replace(is_hash_only=True))
        (name, row), *others = store.manifest().items()
        assert others == [] and row["sha256"] == f"hash-only:{hashlib.sha256(content).hexdigest()}"
        assert list(store.ask("SELECT * FROM file")) == []
        with pytest.raises(ProblemError, match="file_kept_as_hash"):
            store.text(name)
        assert check_store(store).problems == []

    def test_what_stood_on_a_day_is_what_was_recorded_up_to_its_end(self, store: Store) -> None:
        first, other = area("HA-1"), area("HA-2")
        corrected = area("HA-1", type="CHA", supersedes=first.fact_id)
        days = [dt.datetime(2026, 1, day, hour, 59, 59, tzinfo=dt.UTC) for day, hour in ((2, 23), (3, 0), (5, 12), (7, 12))]
        with store.transaction():
            store.append(told([first])._replace(recorded_at=days[0]))
            store.append(told([corrected])._replace(recorded_at=days[1]))
            store.append(told([other])._replace(recorded_at=days[2]))
            store.reverse(store.batches()[1], told([], b"")._replace(recorded_at=days[3]))

        def stood(day: int) -> set[str]:
            return ids(store.standing("hazardous_area", dt.date(2026, 1, day)))

        assert [stood(day) for day in (1, 2, 3, 4)] == [set(), ids([first]), ids([corrected]), ids([corrected])]
        assert [stood(day) for day in (5, 6, 7)] == [ids([corrected, other])] * 2 + [ids([first, other])]
        assert standing(store) == stood(7) and store.active(dt.date(2026, 1, 6)) == {1, 2, 3}

    def test_any_order_and_any_split_of_the_same_facts_gives_the_same_book(self, new_store: NewStore) -> None:
        first, other = area("HA-1"), area("HA-2")
        facts = [
            first,
            other,
            area("HA-1", type="CHA", supersedes=first.fact_id),
            area("HA-2", note="x", supersedes=other.fact_id),
            area("HA-3"),
        ]
        expected = ids([facts[2], facts[3], facts[4]])

        # Each example waits for the disk once a batch.
        @settings(max_examples=20)
        @given(st.permutations(facts), st.sets(st.integers(1, len(facts) - 1)))
        def holds(order: list[Fact], cuts: set[int]) -> None:
            with new_store() as store:
                edges = [0, *sorted(cuts), len(order)]
                for start, end in pairwise(edges):
                    record(store, *order[start:end])
                assert {one.fact.fact_id for one in store.facts("hazardous_area")} == ids(facts)
                assert standing(store) == expected

        holds()


def numbered_paths(folder: object) -> Iterator[str]:
    """New file names, one after another."""
    return (f"{folder}/{number}.gpkg" for number in count())
