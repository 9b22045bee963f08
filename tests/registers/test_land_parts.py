"""An account made part by part has the figures of the account in one piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_columns import smallest_joined
from mineaction.registers.land_figures import balance, balance_of, credits, sum_m2
from mineaction.registers.land_parts import LandFigures, Part, account_in_parts, parts_of
from mineaction.registers.land_row_checks import name_of
from tests.registers.land_book import Book, book
from tests.registers.random_land import grid_books, ragged_books


@dataclass(frozen=True)
class Loaded:
    """The rows of a book, by positions."""

    told: Book

    def __call__(self, part: Part) -> Any:
        hazards = [self.told.hazards[at] for at in part.hazards]
        names = {name_of(row) for row in hazards}
        changes = [row for row in self.told.changes if name_of(row) in names]
        releases = [self.told.releases[at] for at in part.releases]
        digests = {row.digest for row in releases}
        return hazards, releases, changes, [row for row in self.told.reversals if row.release in digests]


def boxes(polygons: Sequence[Any]) -> Any:
    return shapely.bounds(np.array(polygons, dtype=object)).reshape(-1, 4)


def in_parts(told: Book, at_once: int, **how: Any) -> tuple[list[Part], LandFigures]:
    reach = [shapely.union_all([one.polygon, *(c.polygon for c in told.changes if name_of(c) == name_of(one))]) for one in told.hazards]
    parts = parts_of(boxes(reach), boxes([one.polygon for one in told.releases]), [name_of(one) for one in told.hazards], at_once)
    return parts, account_in_parts(parts, Loaded(told), len(told.hazards), len(told.releases), **how)


def assert_same(told: Book, found: LandFigures) -> None:
    account = told.account()
    hazard = {id(row): at for at, row in enumerate(told.hazards)}
    release = {id(row): at for at, row in enumerate(told.releases)}
    hazard_at = np.array([hazard[id(row)] for row in account.hazards.rows], dtype=np.int64)
    release_at = np.array([*(release[id(row)] for row in account.releases.rows), -1], dtype=np.int64)
    whole = account.postings
    expected = sorted(
        zip(whole.kind, whole.confirmed, hazard_at[whole.hazard], release_at[whole.release], whole.day, whole.m2, strict=True)
    )
    own = found.postings
    given_rows = sorted(zip(own.kind, own.confirmed, own.hazard, own.release, own.day, own.m2, strict=True))
    assert [one[:5] for one in given_rows] == [one[:5] for one in expected]
    assert [one[5] for one in given_rows] == pytest.approx([one[5] for one in expected], abs=1e-9)
    assert found.remaining_m2[hazard_at] == pytest.approx(areas_m2(account.remaining), abs=1e-9)
    beside = release_figures(account)
    for name in ("credited_m2", "rework_m2", "outside_hazard_m2", "undecided_m2"):
        assert getattr(found, name)[release_at[:-1]] == pytest.approx(getattr(beside, name), abs=1e-6)
    by: Any = ("organisation", "release_class", "method", "hazard_class", "year")
    ends = (dt.date(2011, 1, 1), dt.date(2012, 12, 31))
    assert balance_of(found.postings, *ends).remaining == pytest.approx(balance(account, *ends).remaining, abs=1e-6)
    assert sum_m2(found.credits, by) == pytest.approx(sum_m2(credits(account), by), abs=1e-9)


@given(ragged_books(), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_parts_of_any_size_give_the_figures_of_one_piece(told: Book, at_once: int) -> None:
    parts, found = in_parts(told, at_once)
    assert sorted(at for part in parts for at in part.hazards) == list(range(len(told.hazards)))
    assert {at for part in parts for at in part.releases} == set(range(len(told.releases)))
    assert_same(told, found)


@given(grid_books(), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_days_known_in_part_and_changes_are_followed_in_parts_as_in_one_piece(told: Book, at_once: int) -> None:
    assert_same(told, in_parts(told, at_once)[1])


def test_a_release_over_two_parts_is_credited_in_both_and_outside_of_neither() -> None:
    told = book("""
        hazard   A  CHA      2010-01-01   0 0  10 10
        hazard   B  CHA      2010-01-01  90 0 100 10
        release  R  cleared  2011-01-01   0 0 100 10
        release  R  cleared  2012-01-01   0 0   5 10
        release  far  cleared  2012-01-01  500 0 510 10
    """)
    parts, found = in_parts(told, 1)
    assert (len(parts), found.credited_m2.tolist()) == (2, [pytest.approx(200, rel=2e-4), 0, 0])
    assert found.outside_hazard_m2.tolist() == [pytest.approx(800, rel=2e-4), pytest.approx(0, abs=0.01), pytest.approx(100, rel=2e-4)]
    assert_same(told, found)


def test_a_row_told_twice_is_one_row_wherever_it_lies() -> None:
    told = book("""
        hazard   A    CHA      2010-01-01   0 0  10 10
        hazard   B    CHA      2010-01-01  90 0 100 10
        release  far  cleared  2012-01-01  500 0 510 10  text=same
        release  far  cleared  2012-01-01  500 0 510 10  text=same
        release  else cleared  2012-01-01  700 0 710 10
    """)
    _, found = in_parts(told, 1)
    assert found.outside_hazard_m2.sum() == pytest.approx(200, rel=2e-4)


def test_rows_without_polygon_have_no_box_and_no_ground() -> None:
    told = book("""
        hazard   A  CHA      2010-01-01   0 0  10 10
        hazard   N  CHA      2010-01-01  -
        release  R  cleared  2012-01-01  -
    """)
    parts = parts_of([[0, 0, 1, 1], [np.nan] * 4], [[np.nan] * 4], at_once=1)
    found = account_in_parts(parts, Loaded(told), 2, 1)
    assert found.remaining_m2.tolist() == [pytest.approx(100, rel=2e-4), 0]
    assert found.outside_hazard_m2.tolist() == [0]


def test_parts_can_be_worked_on_by_processes() -> None:
    told = book("""
        hazard   A  CHA      2010-01-01   0 0  10 10
        hazard   B  CHA      2010-01-01  90 0 100 10
        release  R  cleared  2011-01-01   0 0 100 10
    """)
    with ProcessPoolExecutor(2) as pool:
        assert_same(told, in_parts(told, 1, each=pool.map)[1])


def test_an_account_of_nothing_in_parts_is_empty() -> None:
    _, found = in_parts(Book(), 10)
    assert (len(found.postings.m2), sum_m2(found.credits)) == (0, {(): 0.0})


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_what_pairs_join_has_the_smallest_position_of_all(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    joined = {at: {at} for at in range(31)}
    for left, right in pairs:
        both = joined[left] | joined[right]
        for at in both:
            joined[at] = both
    assert smallest_joined(31, one, other).tolist() == [min(joined[at]) for at in range(31)]
