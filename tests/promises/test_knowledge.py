"""Promises 9 and 12: what was known on a day is never changed by what is recorded later, and the square metres of every store balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.registers.geodesic_area import area_m2
from mineaction.terms.fact import Fact
from tests.promises.conftest import Rounds
from tests.promises.conftest import Told as Figure
from tests.promises.land_histories import FIRST, HISTORIES, Step, TakeBack, Tell, answer, hazards, play, releases, told_in
from tests.promises.test_tampering import unsynced

KINDS = ("hazardous_area", "land_release")
RELEASED = ("cancelled_m2", "reduced_m2", "cleared_m2")
GAINED = ("opening_m2", "identified_m2", "extended_m2", "adjusted_m2", "transferred_m2")


def known(store: SqliteStore, day: dt.date) -> dict[str, Any]:
    """What the store answers of what was known on a day: the table, the facts that stood, the batches that counted."""
    stood = {kind: [fact.fact_id for fact in store.standing(kind, day)] for kind in KINDS}
    return {"table": answer(store.path, day), "stood": stood, "batches": store.active(day)}


def days_that_changed(path: str, history: Sequence[Step]) -> list[dt.date]:
    """The days of which something else is known at the end than was known on the day itself."""
    make_store(path, "5" * 32)
    then: dict[dt.date, dict[str, Any]] = {}
    with unsynced(path) as store:
        last = FIRST.date()
        for number, day in play(store, history):
            # A day is known once it is over: what came later on the same day belongs to it.
            if number + 1 == len(history) or history[number + 1].days_later:
                then[day] = known(store, day)
                assert then[day]["table"] == answer(store.path), "what is known today is what was recorded up to today"
            last = day
        before = FIRST.date() - dt.timedelta(days=1)
        assert answer(store.path, before)["rows"] == [] and answer(store.path, last + dt.timedelta(days=900)) == answer(store.path)
        return [day for day, was in then.items() if known(store, day) != was]


def test_what_was_known_on_a_day_is_never_changed_by_what_is_recorded_later(quick_folder: Path, rounds: Rounds, figure: Figure) -> None:
    names, tried = count(), 0

    @settings(max_examples=rounds("histories known day by day"))
    @given(HISTORIES)
    def holds(history: list[Step]) -> None:
        nonlocal tried
        path = quick_folder / f"{next(names)}.gpkg"
        assert days_that_changed(str(path), history) == []
        path.unlink()
        tried += 1

    holds()
    figure("histories known day by day", f"{tried:,} histories: on every day the same answer as on the day itself, 0 changed")


def test_a_store_that_forgets_when_a_batch_was_taken_back_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = [Tell(("hazardous_area H1 at=0,0,60,60",), 0, 0), Tell(("land_release R1 at=0,0,60,60",), 0, 1), TakeBack(1, 1)]
    assert days_that_changed(str(tmp_path / "whole.gpkg"), history) == []
    honest = SqliteStore.active

    def forgetful(self: SqliteStore, known_at: dt.date | None = None) -> Any:
        return honest(self, known_at) & honest(self)

    monkeypatch.setattr(SqliteStore, "active", forgetful)
    assert days_that_changed(str(tmp_path / "forgetful.gpkg"), history) == [FIRST.date() + dt.timedelta(days=1)]


def test_to_take_a_batch_back_gives_the_answers_from_before_it_and_to_undo_that_gives_them_again(
    quick_folder: Path, rounds: Rounds
) -> None:
    names = count()

    @settings(max_examples=rounds("stores told in another order"))
    @given(HISTORIES, st.lists(hazards() | releases(), min_size=1, max_size=3, unique=True).map(tuple), st.integers(0, 2))
    def holds(history: list[Step], lines: tuple[str, ...], corrects: int) -> None:
        path = quick_folder / f"{next(names)}.gpkg"
        make_store(str(path), "5" * 32)
        with unsynced(str(path)) as store:
            list(play(store, history))
            before, batches = answer(store.path), len(store.batches())
            list(play(store, [Tell((*lines, "hazardous_area NEW at=20,20,60,60"), corrects, 0)]))
            told = answer(store.path)
            assert len(store.batches()) == batches + 1
            list(play(store, [TakeBack(batches, 0)]))
            assert answer(store.path) == before
            list(play(store, [TakeBack(batches + 1, 0)]))
            assert answer(store.path) == told
        path.unlink()

    holds()


def test_the_same_facts_late_in_another_order_in_other_batches_and_some_of_them_twice_give_the_same_answers(
    quick_folder: Path, rounds: Rounds, figure: Figure
) -> None:
    names, tried = count(), 0

    @settings(max_examples=rounds("stores told in another order"))
    @given(st.lists(hazards() | releases(), min_size=2, max_size=8, unique=True), st.data())
    def holds(lines: list[str], data: st.DataObject) -> None:
        nonlocal tried
        facts = told_in(lines)
        order = data.draw(st.permutations([*lines, *lines[:2]]))
        cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
        batches = [tuple(order[start:end]) for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
        answers = []
        for history in ([Tell(tuple(lines), 0, 0)], [Tell(some, 0, 1) for some in batches]):
            path = quick_folder / f"{next(names)}.gpkg"
            make_store(str(path), "5" * 32)
            with unsynced(str(path)) as store:
                list(play(store, history))
                assert {fact.fact_id for kind in KINDS for fact in store.standing(kind)} == {fact.fact_id for fact in facts}
                answers.append([answer(store.path, by=by) for by in ("year", "class", "operator", "ground")])
            path.unlink()
        assert answers[0] == answers[1]
        tried += 1

    holds()
    figure("stores told in another order", f"{tried:,} stores told late, in other batches and in part twice: 0 other answers")


def out_of_balance(path: str, by: str = "year") -> list[str]:
    """What does not add up in the answers of a store."""
    told = answer(path, by=by)
    totals, wrong = told["totals"], []
    released = sum(totals[name] for name in RELEASED)
    gained = sum(totals.get(name, 0.0) for name in GAINED)
    if abs(gained - released - totals["remaining_m2"]) > 0.01:
        wrong.append(f"balance: {totals}")
    if totals["remaining_m2"] < -0.01 or released > gained + 0.01:
        wrong.append(f"more released than there was: {totals}")
    if abs(sum(row["area_m2"] for row in told["rows"]) - released) > 0.01:
        wrong.append(f"rows: {told['rows']}")
    return wrong


def test_square_metres_balance_after_every_batch_and_no_more_is_released_than_was_hazardous(
    quick_folder: Path, rounds: Rounds, figure: Figure
) -> None:
    names, batches = count(), 0

    @settings(max_examples=rounds("histories balanced batch by batch"))
    @given(HISTORIES)
    def holds(history: list[Step]) -> None:
        nonlocal batches
        path = quick_folder / f"{next(names)}.gpkg"
        make_store(str(path), "5" * 32)
        with unsynced(str(path)) as store:
            for _ in play(store, history):
                for by in ("year", "operator"):
                    assert out_of_balance(store.path, by) == []
                ground = shapely.union_all([shapely.from_wkb(fact.geometry) for fact in store.standing("hazardous_area")])
                assert answer(store.path)["totals"]["remaining_m2"] <= area_m2(ground) + 0.01
                batches += 1
        path.unlink()

    holds()
    figure("histories balanced batch by batch", f"{batches:,} batches: each balanced to 0.01 m2, and no more released than was hazardous")


BEFORE, AFTER = st.sampled_from(["2010-01-01", "2011", "2011-06-15"]), st.sampled_from(["2012-01-01", "2013-03", "2014-12-31"])


def union_m2(facts: Sequence[Fact]) -> Any:
    return shapely.union_all([shapely.from_wkb(fact.geometry) for fact in facts])


def test_where_nothing_is_found_anew_what_is_released_is_the_ground_that_areas_and_releases_share(
    quick_folder: Path, rounds: Rounds
) -> None:
    """Against a union of all outlines at once, which knows no days, no owners and no order."""
    names = count()

    @settings(max_examples=rounds("histories balanced batch by batch"))
    @given(st.lists(hazards(BEFORE), min_size=1, max_size=4).map(tuple), st.lists(releases(AFTER), min_size=1, max_size=5).map(tuple))
    def holds(areas: tuple[str, ...], done: tuple[str, ...]) -> None:
        path = quick_folder / f"{next(names)}.gpkg"
        make_store(str(path), "5" * 32)
        with unsynced(str(path)) as store:
            list(play(store, [Tell(areas, 0, 0), Tell(done, 0, 1)]))
            hazardous, released = (union_m2(store.standing(kind)) for kind in KINDS)
            totals = answer(store.path)["totals"]
        assert sum(totals[name] for name in RELEASED) == pytest.approx(area_m2(shapely.intersection(hazardous, released)), abs=0.05)
        assert totals["remaining_m2"] == pytest.approx(area_m2(shapely.difference(hazardous, released)), abs=0.05)
        path.unlink()

    holds()


def test_an_account_that_counts_ground_twice_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "book.gpkg")
    make_store(path, "5" * 32)
    with unsynced(path) as store:
        list(
            play(store, [Tell(("hazardous_area H1 at=0,0,60,60", "land_release R1 at=0,0,40,40", "land_release R2 at=20,20,60,60"), 0, 0)])
        )
    assert out_of_balance(path) == []
    from mineaction.programme import land_area

    honest = land_area.totals

    def doubled(*given: Any) -> dict[str, float]:
        told: dict[str, float] = honest(*given)
        return told | {"cleared_m2": told["cleared_m2"] + 400}

    monkeypatch.setattr(land_area, "totals", doubled)
    assert [one.partition(":")[0] for one in out_of_balance(path)] == ["balance", "rows"]
