"""Promise 11: every figure of an area is worked out again from the facts it lists and no others, and the areas make up the national table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.store import Store, Told
from mineaction.programme.land_area import area
from mineaction.programme.land_why import _fact_ids, why
from mineaction.registers.land_facts import KINDS_READ
from mineaction.terms.fact import Fact
from tests.promises.conftest import Rounds
from tests.promises.conftest import Told as Figure
from tests.promises.land_histories import (
    DAYS,
    FIRST,
    LATER,
    RECTANGLES,
    Again,
    Step,
    TakeBack,
    Tell,
    hazards,
    play,
    releases,
    told_in,
)
from tests.promises.test_tampering import unsynced

TERMS = ("identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
FIGURES = ("class", "own_account", "in_totals", "double_counted", "closing")
NOTHING_TAKEN = ("told_again", "without_outline")
CHANGED_ON = st.sampled_from(["2011-06-15", "2012-01-01", "2013-07-01", "2015-01-01"])
ASKED_ON = st.sampled_from(["2012-12-31", "2014-12-31", "2020-12-31"])


def _lines(text: str, **words: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(words).map(lambda drawn: text.format(**drawn))


H, R, BY = st.integers(1, 4), st.integers(1, 5), st.sampled_from(["A", "B"])
# Whatever else a figure may follow from.
OTHERS = st.one_of(
    st.builds("{} contamination=uxo".format, hazards()),
    st.builds("{} drawn=cumulative task=T{}".format, releases(), st.integers(1, 2)),
    st.builds("{} ground={}".format, releases(), st.sampled_from(["battle_area", "eod_spot"])),
    _lines("hazard_change H{h} change=extended changed_on={on} at={at}", h=H, on=CHANGED_ON, at=RECTANGLES),
    _lines("hazard_change H{h} change=remeasured reason=measured changed_on={on} at={at}", h=H, on=CHANGED_ON, at=RECTANGLES),
    _lines("hazard_change H{h} change=reclassified type={t} changed_on={on}", h=H, on=CHANGED_ON, t=st.sampled_from(["SHA", "CHA"])),
    _lines("hazard_change H{h} change=superseded successors=H{other} changed_on={on}", h=H, on=CHANGED_ON, other=H),
    _lines("hazard_change H{h} change=voided reason=error approved_by=X changed_on={on}", h=H, on=CHANGED_ON),
    _lines("approval H{h} of_kind=hazard_change by=NMAA decided_by=Y decided_on={on}", h=H, on=CHANGED_ON),
    _lines("approval R{r} by={by} decision={d} decided_on={on}", r=R, by=BY, on=CHANGED_ON, d=st.sampled_from(["approved", "rejected"])),
    _lines("release_reversal R{r} by={by} reversed_on={on} reason=found", r=R, by=BY, on=CHANGED_ON),
    _lines("country_rule rule=authority value={who} from={on}", on=CHANGED_ON, who=st.sampled_from(["NMAA", "X"])),
    _lines("country_rule rule={rule}_required value=yes from={on}", on=CHANGED_ON, rule=st.sampled_from(["approval", "accreditation"])),
    _lines("accreditation C{r} by={by} issued_on={on}", r=R, by=BY, on=CHANGED_ON),
)
LINES = st.lists(st.one_of(hazards(DAYS), releases(), OTHERS, OTHERS), min_size=1, max_size=5, unique=True).map(tuple)
BEGINNINGS = st.builds(Tell, st.tuples(hazards(), hazards(), releases(), releases()), st.just(0), st.just(0))
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Tell, LINES, st.sampled_from([0, 0, 1]), LATER),
    st.builds(Tell, LINES, st.just(0), LATER),
    st.builds(TakeBack, st.integers(0, 7), LATER),
    st.builds(Again, st.integers(0, 7), LATER),
)
HISTORIES: st.SearchStrategy[list[Step]] = st.builds(
    lambda first, more: [first, *more], BEGINNINGS, st.lists(STEPS, min_size=2, max_size=5)
)


def explained(store: Store, on: str) -> dict[str, Any]:
    """Every area of a store by the id of its fact, with its figures and what they rest on."""
    subjects = sorted({fact.subject for fact in store.standing("hazardous_area")})
    return {one["fact_id"]: one for subject in subjects for one in why(subject, on=on, store=store.path)["areas"]}


def listed(areas: dict[str, Any], of: str) -> set[str]:
    """The facts that an area lists, and those that the areas list that share its ground."""
    with_it = [areas[of], *(areas[one["fact_id"]] for one in areas[of]["shares_ground_with"])]
    return {fact_id for one in with_it for fact_id in _fact_ids(one)}


def figures(one: dict[str, Any]) -> dict[str, Any]:
    """All figures of an area; a release that took nothing has none."""
    took = [
        {name: row[name] for name in ("fact_id", "class", "touched_m2", "took_m2", "in_totals_m2", "not_taken_m2", "because")}
        for row in one["releases"]
        if row["because"] not in NOTHING_TAKEN
    ]
    return {name: one[name] for name in FIGURES} | {"releases": took}


def alike(one: Any, other: Any) -> bool:
    """Whether two answers are the same, square metres to 0.01."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return abs(one - other) <= 0.01 if isinstance(one, float) and isinstance(other, float) else bool(one == other)


def again(path: Path, facts: Collection[Fact], subject: str, on: str) -> dict[str, Any]:
    """The areas of a subject in a new store of these facts alone."""
    make_store(str(path), "6" * 32)
    with unsynced(str(path)) as store, store.transaction():
        store.append(Told(FIRST, "tester", "test-1", "told.csv", b"", [(f"row {at}", fact) for at, fact in enumerate(facts, 1)]))
    found = {one["fact_id"]: one for one in why(subject, on=on, store=str(path))["areas"]}
    path.unlink()
    return found


def standing(store: Store) -> dict[str, Fact]:
    """The facts that stand, by their ids."""
    return {fact.fact_id: fact for kind in KINDS_READ for fact in store.standing(kind)}


def not_worked_out_again(store: Store, on: str, folder: Path) -> Iterator[str]:
    """Areas whose figures are others in a new store that holds what they list and nothing else."""
    areas, held, names = explained(store, on), standing(store), count()
    for of, one in areas.items():
        facts = [held[fact_id] for fact_id in sorted(listed(areas, of))]
        found = again(folder / f"again-{next(names)}.gpkg", facts, held[of].subject, on)
        if of not in found or not alike(figures(one), figures(found[of])):
            yield f"{one['local_id']}: {figures(one)} and again {figures(found[of]) if of in found else None}"


def out_of_table(store: Store, on: str) -> list[str]:
    """Terms of the national table that its areas do not make up."""
    areas, totals = explained(store, on).values(), area(until=on, store=store.path)["totals"]
    sums = {name: sum(one["in_totals"][f"{name}_m2"] for one in areas) for name in (*TERMS, "transferred")}
    wrong = [f"{name}: {sums[name]} of {totals[f'{name}_m2']}" for name in TERMS if abs(sums[name] - totals[f"{name}_m2"]) > 0.01]
    return [*wrong, *([f"transferred: {sums['transferred']}"] if abs(sums["transferred"]) > 0.01 else [])]


def test_every_figure_is_worked_out_again_from_the_facts_it_lists_and_areas_make_up_the_national_table(
    quick_folder: Path, rounds: Rounds, figure: Figure
) -> None:
    names, stores, tried = count(), 0, 0

    @settings(max_examples=rounds("figures worked out again"))
    @given(HISTORIES, ASKED_ON)
    def holds(history: list[Step], on: str) -> None:
        nonlocal stores, tried
        path = quick_folder / f"{next(names)}.gpkg"
        make_store(str(path), "5" * 32)
        with unsynced(str(path)) as store:
            list(play(store, history))
            assert out_of_table(store, on) == []
            assert list(not_worked_out_again(store, on, quick_folder)) == []
            tried += len(explained(store, on))
        path.unlink()
        stores += 1

    holds()
    figure(
        "figures worked out again",
        f"{tried:,} areas of {stores:,} stores: each makes the same figures from its listed facts alone, and all make up the national table",
    )
