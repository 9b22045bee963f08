"""What holds for every land account: on a grid followed cell by cell, and on ragged polygons in longitude and latitude."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.registers import land_release
from mineaction.registers.geodesic_area import area_m2, areas_m2
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_columns import hazard_columns, release_columns, touching
from mineaction.registers.land_edit import with_releases
from mineaction.registers.land_figures import balance, credits, sum_m2, yearly_balances
from mineaction.registers.land_release import LandAccount, land_account, posted_ground
from mineaction.registers.land_rows import RELEASE_CLASSES
from mineaction.registers.territory import KIND
from mineaction.terms.dates import moment
from tests.registers.land_book import Book, posted
from tests.registers.land_cells import cell_by_cell
from tests.registers.random_land import SIZE_M, STEP_M, exact_days, grid_books, ragged_books

CELL = STEP_M * STEP_M
# Metres of the grid are true at its corner; sixty metres off they differ by less than this share.
SHARE = 1e-4


def like(cells: dict[Any, int]) -> dict[Any, object]:
    return {key: pytest.approx(m2, rel=SHARE) for key, m2 in cells.items() if m2}


def summed(account: LandAccount, columns: Any, *names: str) -> dict[Any, float]:
    sums: dict[Any, float] = defaultdict(float)
    for entry in zip(*(getattr(columns, name) for name in names), columns.m2, strict=True):
        rows = [account.releases.rows if name == "release" else account.hazards.rows for name in names]
        sums[tuple(own[at].local_id for own, at in zip(rows, entry[:-1], strict=True))] += float(entry[-1])
    return dict(sums)


@given(grid_books())
@settings(max_examples=400, deadline=None)
def test_every_figure_is_what_following_each_cell_alone_gives(told: Book) -> None:
    account, cells = told.account(), cell_by_cell(told, SIZE_M, STEP_M)
    assert posted(account) == like(cells.posted)
    assert summed(account, account.hazard_credits, "hazard", "release") == like(cells.hazard_credits)
    assert summed(account, account.double_counted, "owner", "other", "release") == like(cells.doubled)
    figures = release_figures(account)
    for at, row in enumerate(account.releases.rows):
        credited = -sum(m2 for (kind, _, name), m2 in cells.posted.items() if name == row.local_id and kind in RELEASE_CLASSES)
        touched, undecided = cells.touched[row.local_id], cells.undecided[row.local_id]
        near = {"rel": SHARE, "abs": 0.01}
        assert figures.credited_m2[at] == pytest.approx(credited, **near)
        assert figures.undecided_m2[at] + figures.not_for_mines_m2[at] == pytest.approx(undecided, **near)
        assert figures.rework_m2[at] == pytest.approx(touched - credited - undecided, rel=SHARE, abs=0.5)
        assert figures.outside_hazard_m2[at] == pytest.approx(area_m2(row.polygon) - touched, rel=SHARE, abs=0.5)
    left = balance(account, dt.date(2900, 1, 1), dt.date(2999, 12, 31)).remaining
    remaining = shapely.union_all(account.remaining)
    assert left == pytest.approx(area_m2(remaining), abs=0.01)


@given(ragged_books())
@settings(max_examples=150, deadline=None)
def test_credited_pieces_lie_in_open_hazards_and_never_overlap_within_an_episode(told: Book) -> None:
    """I1, I2, I3: a piece lies in its hazard, which was identified by then; ground credited twice was hazardous anew between."""
    account = told.account()
    at = np.flatnonzero(account.postings.release >= 0)
    at = at[account.postings.kind[at] != KIND["reclassified"]]
    pieces = posted_ground(account, at)
    hazard, day = account.postings.hazard[at], account.postings.day[at]
    for piece, own, on in zip(pieces, hazard, day, strict=True):
        assert account.hazards.opened[own] <= on
        assert area_m2(piece.difference(account.hazards.polygons[own])) < 0.01
    for one in range(len(at)):
        for other in range(one):
            first, last = sorted((int(day[one]), int(day[other])))
            common = pieces[one].intersection(pieces[other])
            anew = [
                account.hazards.polygons[own] for own in range(len(account.hazards.rows)) if first < account.hazards.opened[own] <= last
            ]
            assert area_m2(common.difference(shapely.union_all(anew))) < 0.01


@given(ragged_books(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_and_repeated_rows_change_nothing(told: Book, chance: random.Random) -> None:
    """I6, I4: the account is that of the set of records."""
    account = told.account()
    hazards, releases = told.hazards * 2, told.releases * 3
    chance.shuffle(hazards)
    chance.shuffle(releases)
    again = land_account(hazards, releases)
    assert posted(again) == pytest.approx(posted(account), abs=1e-6)
    assert list(again.releases.rows) == list(account.releases.rows)
    np.testing.assert_allclose(release_figures(again).rework_m2, release_figures(account).rework_m2, atol=1e-6)


@given(grid_books(), st.data())
@settings(max_examples=150, deadline=None)
def test_releases_added_in_batches_give_the_account_of_all_rows(told: Book, data: st.DataObject) -> None:
    """I6: recomputing the touched groups alone is a full run."""
    _added_in_batches(told, data)


@given(ragged_books(), st.data())
@settings(max_examples=60, deadline=None)
def test_ragged_releases_added_in_batches_give_the_account_of_all_rows(told: Book, data: st.DataObject) -> None:
    _added_in_batches(told, data)


def _added_in_batches(told: Book, data: st.DataObject) -> None:
    releases = data.draw(st.permutations(told.releases))
    cut = sorted(data.draw(st.lists(st.integers(0, len(releases)), min_size=2, max_size=2)))
    known = {row.digest for row in releases[: cut[0]]}
    reversals = [row for row in told.reversals if row.release in known]
    account = land_account(told.hazards, releases[: cut[0]], told.changes, reversals)
    for batch in (releases[cut[0] : cut[1]], releases[cut[1] :], releases[:1]):
        before = posted(account)
        edited = with_releases(account, batch)
        assert posted(account) == before
        account = edited
    whole = land_account(told.hazards, [*releases, *releases[:1]], told.changes, reversals)
    assert posted(account) == pytest.approx(posted(whole), abs=1e-6)
    assert list(account.releases.rows) == list(whole.releases.rows)
    for name in ("hazard_credits", "double_counted", "undecided"):
        assert _entries(getattr(account, name)) == _entries(getattr(whole, name))
    figures, of_all = release_figures(account), release_figures(whole)
    for name in ("rework_m2", "outside_hazard_m2", "undecided_m2"):
        np.testing.assert_allclose(getattr(figures, name), getattr(of_all, name), atol=1e-6)
    assert np.array_equal(figures.parent, of_all.parent)
    assert np.array_equal(np.c_[account.pair_hazard, account.pair_release], np.c_[whole.pair_hazard, whole.pair_release])
    np.testing.assert_allclose(areas_m2(account.remaining), areas_m2(whole.remaining), atol=1e-6)
    assert Counter(map(str, account.problems)) == Counter(map(str, whole.problems))


def _entries(columns: Any) -> list[tuple[float, ...]]:
    names = list(type(columns).__slots__)
    return sorted(
        tuple(round(float(value), 5) for value in entry) for entry in zip(*(getattr(columns, name) for name in names), strict=True)
    )


@given(grid_books(days=exact_days, with_changes=False))
@settings(max_examples=150, deadline=None)
def test_an_area_followed_alone_gives_what_following_a_group_gives(told: Book) -> None:
    hazards, _ = hazard_columns(told.hazards[:1], [])
    releases, _ = release_columns(told.releases)
    pairs = touching(hazards, releases)
    short = land_account(told.hazards[:1], told.releases)
    # A change of nothing sends the area the long way.
    long = land_release.account_of(replace(hazards, changes={0: []}), releases, *pairs, np.ones(1, dtype=bool))
    assert sorted(long[0].m2) == pytest.approx(sorted(short.postings.m2), abs=1e-6)
    by_group = land_release.LandAccount(hazards, releases, *pairs, *long, ())
    for name in ("rework_m2", "outside_hazard_m2", "credited_m2"):
        assert getattr(release_figures(by_group), name) == pytest.approx(getattr(release_figures(short), name), abs=1e-6)
    assert areas_m2(long[5]) == pytest.approx(areas_m2(short.remaining), abs=1e-6)


@given(ragged_books())
@settings(max_examples=100, deadline=None)
def test_without_dates_in_the_way_what_remains_is_the_hazard_less_all_releases(told: Book) -> None:
    """Where every release is younger than every hazard, plain union and difference give the hazard account to a square metre."""
    early = [replace(one, identified_on=moment("2000-01-01")) for one in told.hazards]
    account = land_account(early, told.releases)
    released = shapely.union_all([one.polygon for one in told.releases])
    plain = areas_m2([row.polygon.difference(released) for row in account.hazards.rows])
    assert areas_m2(account.remaining) == pytest.approx(plain, abs=1)
    assert np.abs(areas_m2(account.remaining) - plain).max() < 0.01


@given(ragged_books())
@settings(max_examples=60, deadline=None)
def test_sums_by_method_class_operator_and_year_are_one_total(told: Book) -> None:
    """I5, I9: methods, classes, operators and years add up, and a year closes as the next one opens."""
    account = told.account()
    rows = credits(account)
    total = sum_m2(rows)[()]
    for by in (("method",), ("release_class",), ("organisation", "year"), ("hazard_class", "method", "year")):
        assert sum(sum_m2(rows, by).values()) == pytest.approx(total, abs=1e-6)
    assert list(sum_m2(rows, ("method",)).values()) == list(sum_m2(rows, ("release_class",)).values())
    years = yearly_balances(account, 2009, 2016)
    for one, following in itertools.pairwise(years):
        assert one.remaining == following.opening
    for year in years:
        assert year.cancelled + year.reduced + year.cleared == pytest.approx(sum_m2(rows, first=year.first, last=year.last)[()], abs=1e-6)
        suspected, confirmed = (balance(account, year.first, year.last, own) for own in ("SHA", "CHA"))
        assert suspected.remaining + confirmed.remaining == pytest.approx(year.remaining, abs=0.01)
        assert min(suspected.remaining, confirmed.remaining) > -0.01


@given(ragged_books())
@settings(max_examples=60, deadline=None)
def test_hazard_accounts_exceed_the_territory_by_what_is_counted_double(told: Book) -> None:
    account = told.account()
    excess = account.hazard_credits.m2.sum() - sum_m2(credits(account))[()]
    assert account.double_counted.m2.sum() == pytest.approx(excess, abs=0.01)


@given(ragged_books(), st.floats(1e-5, 1e-3))
@settings(max_examples=40, deadline=None)
def test_more_vertices_change_no_figure_by_a_thousandth(told: Book, step: float) -> None:
    """I7."""
    dense = Book(
        [replace(one, polygon=shapely.segmentize(one.polygon, step)) for one in told.hazards],
        [],
        [replace(one, polygon=shapely.segmentize(one.polygon, step)) for one in told.releases],
    )
    assert sum_m2(credits(dense.account()))[()] == pytest.approx(sum_m2(credits(told.account()))[()], rel=1e-3, abs=0.01)


@given(ragged_books())
@settings(max_examples=60, deadline=None)
def test_a_report_told_late_changes_no_year_before_its_own_and_no_answer_given_before(told: Book) -> None:
    """I10: an account is of the rows known; a late report dated back changes its year and the following ones only."""
    if not told.releases:
        return
    late = told.releases[-1]
    known = land_account(told.hazards, told.releases[:-1])
    answers = yearly_balances(known, 2009, 2016)
    revised = with_releases(known, [late])
    assert yearly_balances(known, 2009, 2016) == answers
    assert late.released_on is not None
    for before, after in zip(answers, yearly_balances(revised, 2009, 2016), strict=True):
        if before.last < late.released_on.first:
            assert after.remaining == pytest.approx(before.remaining, abs=1e-6)
