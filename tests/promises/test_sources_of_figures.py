"""Promise 11: every figure of an area is worked out again from the facts it lists alone, and areas make up the national table."""

from __future__ import annotations

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
from mineaction.programme.land_why import fact_ids, why
from mineaction.registers.land_facts import KINDS_READ
from mineaction.terms.fact import Fact
from tests.promises.conftest import Rounds
from tests.promises.conftest import Told as Figure
from tests.promises.land_histories import (
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
TAKEN_BACK_ON = st.sampled_from(["2014-06-01", "2016-02-29"])
ASKED_ON = st.sampled_from(["2012-12-31", "2014-12-31", "2020-12-31"])


def _lines(text: str, **words: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(words).map(lambda drawn: text.format(**drawn))


H, R, BY = st.integers(1, 4), st.integers(1, 3), st.sampled_from(["A", "B"])
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
    _lines("release_reversal R{r} by={by} reversed_on={on} reason=found", r=R, by=BY, on=TAKEN_BACK_ON),
    _lines("country_rule rule=authority value={who} from={on}", on=CHANGED_ON, who=st.sampled_from(["NMAA", "X"])),
    _lines("country_rule rule={rule}_required value=yes from={on}", on=CHANGED_ON, rule=st.sampled_from(["approval", "accreditation"])),
    _lines("accreditation C{r} by={by} issued_on={on}", r=R, by=BY, on=CHANGED_ON),
)
LINES = st.lists(st.one_of(hazards(), releases(), OTHERS, OTHERS), min_size=4, max_size=9, unique=True).map(tuple)
# Much is released of most areas, so that there is something to be decided, corrected and taken back.
FOUND, DONE = hazards(st.sampled_from(["2010-01-01", "2011"])), releases(st.sampled_from(["2012", "2013-03"]))
BEGINNINGS = st.builds(Tell, st.tuples(FOUND, FOUND, FOUND, DONE, DONE, DONE, OTHERS, OTHERS), st.just(0), st.just(0))
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Tell, LINES, st.sampled_from([0, 0, 1]), LATER),
    st.builds(Tell, LINES, st.just(0), LATER),
    st.builds(TakeBack, st.integers(1, 7), LATER),
    st.builds(Again, st.integers(0, 7), LATER),
)
HISTORIES: st.SearchStrategy[list[Step]] = st.builds(
    lambda first, more: [first, *more], BEGINNINGS, st.lists(STEPS, min_size=1, max_size=4)
)


def explained(store: Store, on: str) -> dict[str, Any]:
    """Every area of a store by the id of its fact, with its figures and what they rest on."""
    subjects = sorted({fact.subject for fact in store.standing("hazardous_area")})
    return {one["fact_id"]: one for subject in subjects for one in why(subject, on=on, store=store.path)["areas"]}


def listed(areas: dict[str, Any], of: str) -> set[str]:
    """The facts that an area lists, and those that the areas list that share its ground."""
    with_it = [areas[of], *(areas[one["fact_id"]] for one in areas[of]["shares_ground_with"])]
    return {fact_id for one in with_it for fact_id in fact_ids(one)}


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


# What a figure needs, each in a store in which the figure of H1 is another one without it.
NEEDED = {
    "the release": ("land_release R1 at=0,0,20,60",),
    "a change": ("hazard_change H1 change=extended changed_on=2012-01-01 at=0,0,90,60",),
    "a reversal": ("land_release R1 at=0,0,20,60", "release_reversal R1 by=Op reversed_on=2016-01-01 reason=found"),
    "an area on its ground": ("hazardous_area H2 type=CHA at=0,0,40,60",),
    "a rejection": ("land_release R1 at=0,0,20,60", "approval R1 decision=rejected"),
    "a rule": ("land_release R1 at=0,0,20,60", "country_rule rule=approval_required value=yes from=2010-01-01"),
    "a certificate": (
        "land_release R1 at=0,0,20,60",
        "country_rule rule=accreditation_required value=yes from=2010-01-01",
        "accreditation C1",
    ),
    "an approval of a change": (
        "hazard_change H1 change=voided reason=error approved_by=X changed_on=2016-01-01",
        "approval H1 of_kind=hazard_change by=NMAA decided_by=Y",
    ),
    "an area that takes its place": (
        "hazard_change H1 change=superseded successors=H2 changed_on=2016-01-01",
        "hazardous_area H2 identified_on=2016-01-01 at=200,0,260,60",
    ),
    "an earlier cumulative report": (
        "land_release R2 at=0,0,40,60 task=T drawn=cumulative released_on=2015-06-01",
        "land_release R1 at=0,0,20,60 task=T drawn=cumulative released_on=2009-06-01",
    ),
}


@pytest.mark.parametrize("lines", NEEDED.values(), ids=list(NEEDED))
def test_a_figure_from_which_one_of_its_facts_is_kept_is_found(lines: tuple[str, ...], quick_folder: Path) -> None:
    path = quick_folder / "whole.gpkg"
    make_store(str(path), "5" * 32)
    with unsynced(str(path)) as store:
        told = told_in(["hazardous_area H1 at=0,0,60,60", *lines])
        list(play(store, [Tell(("hazardous_area H1 at=0,0,60,60", *lines), 0, 0)]))
        assert list(not_worked_out_again(store, "2020-12-31", quick_folder)) == [] == out_of_table(store, "2020-12-31")
        areas, (area_itself, needed) = explained(store, "2020-12-31"), (told[0], told[-1])
        facts = {fact_id: standing(store)[fact_id] for fact_id in listed(areas, area_itself.fact_id)}
        del facts[needed.fact_id]
        found = again(quick_folder / "less.gpkg", facts.values(), area_itself.subject, "2020-12-31")
        assert not alike(figures(areas[area_itself.fact_id]), figures(found[area_itself.fact_id]))


def test_a_change_of_an_area_told_twice_counts_on_no_day_as_in_the_national_table(quick_folder: Path) -> None:
    path = quick_folder / "twice.gpkg"
    make_store(str(path), "5" * 32)
    with unsynced(str(path)) as store:
        lines = (
            "hazardous_area H1 at=0,0,60,60",
            "hazard_change H1 change=extended changed_on=2012-01-01 at=0,0,90,60",
            "hazardous_area H1 identified_on=2016-01-01 at=0,0,40,60",
        )
        list(play(store, [Tell(lines, 0, 0)]))
        assert out_of_table(store, "2013-12-31") == [] == out_of_table(store, "2020-12-31")
        told = [one["code"] for one in why("H1", on="2013-12-31", store=store.path)["problems"]]
        assert "land_change_without_hazard" in told, "and it is told to be left out"


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
        f"{tried:,} areas of {stores:,} stores: the same figures from its listed facts alone, and the national table from all",
    )
