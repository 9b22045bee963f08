"""Figures by province: they split what lies across borders and make up the national figure."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.land_places import by_place
from mineaction.registers.land_release import posted_ground
from mineaction.registers.territory import KINDS
from tests.house.guards import CHECKOUT
from tests.registers.land_book import Book, book, ground
from tests.registers.random_land import PLACES, ragged, ragged_books


def figures(text: str, areas: dict[str, tuple[float, float, float, float]]) -> dict[tuple[str, str], object]:
    account = book(text).account()
    found = by_place(account, list(areas), [ground(*one) for one in areas.values()])
    sums: Counter[tuple[str, str]] = Counter()
    for posting, place, m2 in zip(found.posting, found.place, found.m2, strict=True):
        sums[KINDS[account.postings.kind[posting]], found.codes[place]] += m2
    return {key: pytest.approx(m2, rel=2e-4) for key, m2 in sums.items()}


def test_ground_across_a_border_is_split_and_ground_in_no_province_is_listed_without_a_code() -> None:
    told = """
        hazard   H  CHA      2010-01-01   0 0 100 10
        release  R  cleared  2011-01-01  30 0  90 10
        hazard   W  SHA      2010-01-01   0 40  10 50
    """
    assert figures(told, {"P2": (40, 0, 80, 100), "P1": (0, 0, 40, 100)}) == {
        ("identified", "P1"): 500, ("identified", "P2"): 400, ("identified", ""): 200,
        ("cleared", "P1"): -100, ("cleared", "P2"): -400, ("cleared", ""): -100,
    }  # fmt: skip


def test_ground_in_two_areas_belongs_to_the_first_by_code() -> None:
    told = "hazard H CHA 2010-01-01 0 0 100 10"
    assert figures(told, {"B": (0, 0, 100, 10), "A": (50, 0, 60, 10)}) == {("identified", "A"): 100, ("identified", "B"): 900}
    assert figures(told, {"B": (0, 0, 100, 10), "A": (-10, -10, 200, 200)}) == {("identified", "A"): 1000}


def test_a_code_of_several_polygons_is_one_place() -> None:
    account = book("hazard H CHA 2010-01-01 0 0 100 10").account()
    found = by_place(account, ["A", "A"], [ground(0, 0, 20, 10), ground(80, 0, 100, 10)])
    sums = np.bincount(found.place, found.m2)
    assert dict(zip(found.codes, sums.tolist(), strict=True)) == {"": pytest.approx(600, rel=2e-4), "A": pytest.approx(400, rel=2e-4)}


@pytest.mark.parametrize("polygon", [None, shapely.Polygon(), shapely.Point(69.2, 34.5), shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])])
def test_an_area_without_a_usable_polygon_holds_no_ground(polygon: object) -> None:
    account = book("hazard H CHA 2010-01-01 0 0 100 10").account()
    found = by_place(account, ["A"], [polygon])
    assert (found.codes, found.place.tolist(), found.m2.tolist()) == (("", "A"), [0], [pytest.approx(1000, rel=2e-4)])


def test_without_areas_all_ground_is_without_a_code_and_without_postings_nothing_is_said() -> None:
    account = book("hazard H CHA 2010-01-01 0 0 100 10").account()
    assert by_place(account, [], []).m2.tolist() == account.postings.m2.tolist()
    assert by_place(account, ["A"], [ground(0, 0, 1, 1)], []).m2.tolist() == []


@given(ragged_books(), st.integers(0, 2**32 - 1), st.booleans())
@settings(max_examples=100, deadline=None)
def test_provinces_make_up_the_national_figure(told: Book, seed: int, is_partition: bool) -> None:
    """I8: for each posting, and each part is the ground of the posting in the area less areas before it."""
    account = told.account()
    chance = np.random.default_rng(seed)
    west, south, east, north = shapely.total_bounds([one.polygon for one in told.hazards])
    if is_partition:
        across, up = west + (east - west) * chance.uniform(0.2, 0.8), south + (north - south) * chance.uniform(0.2, 0.8)
        edges = [(west, south, across, up), (across, south, east, up), (west, up, across, north), (across, up, east, north)]
        polygons = [shapely.box(*one) for one in edges]
    else:
        middle = min(PLACES, key=lambda one: abs(one[0] - west))
        polygons = [ragged(chance, (middle[0] + off[0], middle[1] + off[1]), 250) for off in chance.normal(0, 0.003, (4, 2))]
    codes = ["D", "B", "A", "C"]
    found = by_place(account, codes, polygons)
    sums = np.bincount(found.posting, found.m2, minlength=len(account.postings.m2))
    np.testing.assert_allclose(sums, account.postings.m2, atol=1e-9)
    pieces = posted_ground(account, np.arange(len(account.postings.m2)))
    told_m2 = {(int(posting), found.codes[place]): m2 for posting, place, m2 in zip(found.posting, found.place, found.m2, strict=True)}
    assert len(told_m2) == len(found.m2)
    for posting, piece in enumerate(pieces):
        sign, left = np.sign(account.postings.m2[posting]), piece
        for code, area in sorted(zip(codes, polygons, strict=True)):
            assert told_m2.get((posting, code), 0.0) * sign == pytest.approx(area_m2(left.intersection(area)), abs=0.01)
            left = left.difference(area)
        assert told_m2.get((posting, ""), 0.0) * sign == pytest.approx(area_m2(left), abs=0.01)
    if is_partition and not told.releases:
        assert "" not in {code for _, code in told_m2}


def test_no_register_lets_two_threads_ask_one_geometry() -> None:
    folder = CHECKOUT / "src" / "mineaction" / "registers"
    threaded = re.compile(r"^\s*(?:from|import)\s+(?:concurrent|threading|multiprocessing)\b", re.MULTILINE)
    assert [path.name for path in sorted(folder.rglob("*.py")) if threaded.search(path.read_text(encoding="utf-8"))] == []
