"""Made-up histories of a store: batches of areas and releases that come late, correct each other, are told again and are taken back.

The day a record tells of and the day it is recorded have nothing to do with each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from hypothesis import strategies as st

from mineaction.ledger.store import Store, Told
from mineaction.programme.land_area import area
from mineaction.registers.land_facts import KINDS_READ
from mineaction.terms.fact import Fact
from mineaction.terms.problem import ProblemError
from tests.registers.told_facts import one

FIRST = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
UNTIL = "2020-12-31"
# Metres on the grid of made-up land.
EDGES = (0, 20, 40, 60)
CLASSES = {"cancelled": "NTS", "reduced": "TS", "cleared": "CLEARANCE"}
# What an answer says of the store itself, and of the question.
_OF_THE_STORE = ("store", "books", "known_at")

RECTANGLES = st.tuples(st.sampled_from(EDGES[:-1]), st.sampled_from(EDGES[:-1]), st.integers(1, 3), st.integers(1, 3)).map(
    lambda box: f"{box[0]},{box[1]},{min(box[0] + 20 * box[2], 60)},{min(box[1] + 20 * box[3], 60)}"
)
DAYS = st.sampled_from(["2010-01-01", "2011-06-15", "2012", "2013-03", "2014-12-31", "2016-02-29", "unknown"])


def hazards(days: st.SearchStrategy[str] = DAYS) -> st.SearchStrategy[str]:
    """Lines of areas."""
    return st.builds(
        "hazardous_area H{} type={} identified_on={} at={}".format, st.integers(1, 4), st.sampled_from(["SHA", "CHA"]), days, RECTANGLES
    )


def releases(days: st.SearchStrategy[str] = DAYS) -> st.SearchStrategy[str]:
    """Lines of releases."""
    words = "land_release R{} release_class={} method={} released_on={} at={} by={}"
    return st.builds(
        lambda number, of_class, day, box, by: words.format(number, of_class, CLASSES[of_class], day, box, by),
        st.integers(1, 5), st.sampled_from(list(CLASSES)), days, RECTANGLES, st.sampled_from(["A", "B"]),
    )  # fmt: skip


class Tell(NamedTuple):
    """Lines told in one batch, so many days after the batch before; `corrects` counts back over what stands, nothing where it is 0."""

    lines: tuple[str, ...]
    corrects: int
    days_later: int


class Again(NamedTuple):
    """What batch of this number told, counted round, is told once more."""

    number: int
    days_later: int


class TakeBack(NamedTuple):
    """The batch of this number, counted round, is taken back; a reversal too."""

    number: int
    days_later: int


Step = Tell | Again | TakeBack
LATER = st.integers(0, 2)
LINES = st.lists(hazards() | releases(), min_size=1, max_size=3, unique=True).map(tuple)
# Something is there to be corrected, released and taken back.
BEGINNINGS = st.builds(Tell, st.tuples(hazards(), hazards(), releases()), st.just(0), st.just(0))
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Tell, LINES, st.just(0), LATER),
    st.builds(Tell, LINES, st.integers(1, 3), LATER),
    st.builds(TakeBack, st.integers(0, 7), LATER),
    st.builds(Again, st.integers(0, 7), LATER),
)
HISTORIES: st.SearchStrategy[list[Step]] = st.builds(
    lambda first, others: [first, *others], BEGINNINGS, st.lists(STEPS, min_size=3, max_size=6)
)


def told_in(lines: Sequence[str]) -> list[Fact]:
    """The facts of lines, each once."""
    return list({fact.fact_id: fact for fact in map(one, lines)}.values())


def play(store: Store, history: Sequence[Step]) -> Iterator[tuple[int, dt.date]]:
    """Tell it step by step; after each, its number and its day. What the store refuses, it refuses whole."""
    when, batches = FIRST, list[list[Fact]]()
    for number, step in enumerate(history):
        when += dt.timedelta(days=step.days_later)
        if isinstance(step, Tell):
            facts = _corrected(store, told_in(step.lines), step.corrects)
            batches.append(facts)
            _tried(store, lambda facts=facts, when=when: store.append(_told(facts, when)))
        elif isinstance(step, Again) and batches:
            facts = batches[step.number % len(batches)]
            _tried(store, lambda facts=facts, when=when: store.append(_told(facts, when)))
        elif isinstance(step, TakeBack) and (held := store.batches()):
            target = held[step.number % len(held)]
            _tried(store, lambda target=target, when=when: store.reverse(target, _told([], when)))
        yield number, when.date()


def _corrected(store: Store, facts: list[Fact], back: int) -> list[Fact]:
    """The facts, the first of them as the correction of one that stands; what was told before is told as it was then."""
    before = {told.fact.fact_id: told.fact for kind in KINDS_READ for told in store.facts(kind)}
    stands = sorted(
        (fact for fact in store.standing(facts[0].kind) if fact.fact_id not in {one.fact_id for one in facts}), key=lambda one: one.fact_id
    )
    if 0 < back <= len(stands):
        facts[0] = replace(facts[0], supersedes=stands[-back].fact_id)
    return [before.get(fact.fact_id, fact) for fact in facts]


def _told(facts: Sequence[Fact], when: dt.datetime) -> Told:
    return Told(when, "tester", "test-1", "told.csv", b"as given\n", [(f"row {number}", fact) for number, fact in enumerate(facts, 1)])


def _tried(store: Store, write: Callable[[], Any]) -> None:
    try:
        with store.transaction():
            write()
    except ProblemError as error:
        assert {problem.code for problem in error.problems} == {"batch_reversed"}, error


def answer(path: str, known_at: dt.date | None = None, by: str = "year") -> dict[str, Any]:
    """The national table, without what it says of the store."""
    told = area(by, until=UNTIL, known_at=known_at, store=path)
    return {name: value for name, value in told.items() if name not in _OF_THE_STORE}
