"""One area after another, and one area back to the rows that told it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from mineaction.programme.land_areas import areas
from mineaction.programme.land_why import why
from mineaction.programme.recording import history
from mineaction.programme.stores import init
from mineaction.terms.problem import ProblemError
from tests.programme.land_files import AT, record, store_of, table
from tests.registers.land_book import degrees
from tests.registers.test_land_account import m2

BOOK = """
    hazard   S   SHA      2010-01-01   0  0 100 100  reported=10000 name=Old~pier
    hazard   C   CHA      2011-06-01  10 10  50  50
    hazard   P   SHA      2012         -             longitude=69.3 latitude=34.5
    hazard   Q   SHA      -            -
    hazard   V   SHA      2012-01-01  500 500 600 600
    voided   V   -        2012-02-01  reason=error approved_by=NMAA second_approved_by=Director
    release  R1  cleared  2012-03-01  10 10  50  50  by=One
    release  R2  cleared  2013-03-01  10 10  70  50  by=Two reported=2400
    release  R3  reduced  2014        80  0 120 100  by=Two
    release  R4  cleared  2014-05-01   -             by=Two parent=s reported=77
"""


@pytest.fixture
def store(tmp_path: Path) -> str:
    return store_of(tmp_path, BOOK)


def listed(answer: dict[str, Any]) -> dict[str, Any]:
    return {one["local_id"]: one for one in answer["areas"]}


def refused(ask: Any) -> list[str]:
    with pytest.raises(ProblemError) as raised:
        ask()
    return [one.code for one in raised.value.problems]


def test_areas_are_listed_with_what_is_left_of_each_on_its_own(store: str) -> None:
    told = listed(areas(store=store))
    assert list(told) == ["C", "P", "Q", "S"], "a void area is none"
    assert {name: one["remaining_m2"] for name, one in told.items()} == {"C": m2(0), "P": None, "Q": None, "S": m2(5_600)}
    assert (told["S"]["class"], told["S"]["reported_m2"], told["S"]["operators"]) == ("SHA", 10_000, ["One", "Two"])
    before = listed(areas(on="2012-02-28", store=store))
    assert before["C"]["remaining_m2"] == m2(1_600) and before["S"]["operators"] == []
    assert list(listed(areas(on="2010-12-31", store=store))) == ["Q", "S"], "of unknown day: it may have been there"


def test_areas_near_a_position_are_those_within_so_many_metres(store: str) -> None:
    longitude, latitude = degrees(110, 50)
    asked = {"near": f"{longitude},{latitude}", "store": store}
    assert [(one["local_id"], one["distance_m"]) for one in areas(within=20, **asked)["areas"]] == [("S", pytest.approx(10, abs=0.1))]
    told = areas(within="61", **asked)
    assert [one["local_id"] for one in told["areas"]] == ["S", "C"] and told["without_place"] == 1
    assert "P" in listed(areas(near="69.3001,34.5", within=20, store=store)), "a point will do where there is no outline"


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"near": "69,34"}, ["near_without_within"]),
        ({"within": "5"}, ["near_without_within"]),
        ({"near": "69", "within": 5}, ["impossible_position"]),
        ({"near": "34,169", "within": 5}, ["position_swapped"]),
        ({"near": "69,34", "within": "far"}, ["distance_impossible"]),
        ({"near": "69,34", "within": -1}, ["distance_impossible"]),
        ({"near": "69,34", "within": "nan"}, ["distance_impossible"]),
        ({"on": "2020", "known_at": "x"}, ["impossible_date", "impossible_date"]),
    ],
)
def test_a_place_or_day_that_is_none_is_told(store: str, asked: dict[str, Any], codes: list[str]) -> None:
    assert refused(lambda: areas(store=store, **asked)) == codes


def test_every_figure_of_an_area_leads_back_to_the_rows_that_told_it(store: str) -> None:
    told = why("S", store=store)
    (one,) = told["areas"]
    own = one["own_account"]
    assert (own["outline_m2"], own["released_m2"], own["remaining_m2"]) == (m2(10_000), m2(4_400), m2(5_600))
    assert one["in_totals"]["identified_m2"] == m2(10_000) and one["in_totals"]["remaining_m2"] == m2(5_600)
    assert one["in_totals"]["transferred_m2"] == m2(-1_600), "its middle belongs to the confirmed area"
    releases = {row["local_id"]: (row["touched_m2"], row["took_m2"], row["in_totals_m2"], row["because"]) for row in one["releases"]}
    assert releases == {
        "R1": (m2(1_600), m2(1_600), 0, None),
        "R2": (m2(2_400), m2(800), m2(800), "rework"),
        "R3": (m2(2_000), m2(2_000), m2(2_000), None),
        "R4": (0, 0, 0, "without_outline"),
    }
    assert [(pair["owner"], pair["other"], pair["release"], pair["m2"]) for pair in one["double_counted"]] == [
        ("hazard Org/C", "hazard Org/S", "release One/R1", m2(1_600))
    ]
    for fact_id in (one["fact_id"], *(row["fact_id"] for row in one["releases"])):
        (where,) = told["told"][fact_id]
        assert where["file"] in ("hazardous_area.csv", "land_release.csv") and where["place"].startswith("row ")
        assert (where["batch"], where["recorded_at"]) in ((1, "2026-01-02T03:04:05Z"), (3, "2026-01-02T03:04:05Z"))
    assert [one["code"] for one in told["problems"]] == ["land_polygon_missing"]


def test_what_keeps_an_area_open_is_listed_with_its_positions(store: str) -> None:
    closings = {name: why(name, store=store)["areas"][0]["closing"] for name in ("S", "C", "P")}
    assert {name: (one["can_close"], one["reason"]) for name, one in closings.items()} == {
        "S": (False, "ground_left"),
        "C": (True, "nothing_left"),
        "P": (None, "without_outline"),
    }
    (part,) = closings["S"]["parts"]
    assert part["m2"] == m2(5_600) and 69.2 <= part["longitude"] <= 69.202


def test_why_answers_for_a_day_and_for_what_was_known_on_another(store: str, tmp_path: Path) -> None:
    assert [row["local_id"] for row in why("S", on="2012-12-31", store=store)["areas"][0]["releases"]] == ["R1"]
    assert why("C", on="2010-01-01", store=store)["areas"] == []
    record(tmp_path, table("release late cleared 2013-01-01 60 60 70 70"), store, AT + dt.timedelta(30))
    assert len(why("S", store=store)["areas"][0]["releases"]) == 5
    assert len(why("S", known_at=AT.date(), store=store)["areas"][0]["releases"]) == 4


def test_releases_that_do_not_count_or_did_not_search_for_mines_say_so(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   M  CHA      2012-01-01  0 0 100 100  contamination=ap~mine
        release  B  cleared  2013-01-01  0 0  50 100  ground=battle~area
        release  E  cleared  2013-01-02  0 0  10  10  ground=eod~spot
        release  U  cleared  2012        0 0  10  10
        release  K  cleared  2014-01-01  0 0  20 100  task=T drawn=cumulative parent=M
        release  L  cleared  2014-02-01  0 0  20 100  task=T drawn=cumulative parent=M
        hazard   Y  SHA      2015        0 0 300 300
        release  Z  cleared  2015-06-01  0 0   5   5
    """)  # fmt: skip
    (one,) = why("M", store=store)["areas"]
    found = {row["local_id"]: (row["took_m2"], row["because"]) for row in one["releases"]}
    assert found == {
        "B": (0, "not_for_mines"),
        "U": (m2(100), None),
        "K": (m2(1_900), "rework"),
        "L": (0, "told_again"),
        "Z": (0, "rework"),
    }
    assert [(row["local_id"], row["reason"]) for row in one["set_aside"]] == [("E", "release_of_single_items")]
    assert {row["because"] for row in why("Y", store=store)["areas"][0]["releases"]} == {"undecided"}


def test_two_claims_on_one_area_are_two_entries(tmp_path: Path) -> None:
    store = store_of(tmp_path, "hazard A SHA 2012-01-01 0 0 100 100\nhazard a CHA 2012-01-01 0 0 50 100")
    told = why("A", store=store)
    assert sorted(one["in_totals"]["remaining_m2"] for one in told["areas"]) == [m2(5_000), m2(5_000)]
    assert {one["code"] for one in told["problems"]} == {"land_id_twice"}


def test_an_id_alone_will_do_where_one_record_has_it(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   HA-1  SHA      2012-01-01  0 0 100 100  by=One
        hazard   HA-1  SHA      2012-01-01  0 0 100 100  by=Two
        hazard   HA-2  SHA      2012-01-01  0 0 100 100  by=Two
        release  HA-2  cleared  2013-01-01  0 0 100 100  by=Two
        release  LR-1  cleared  2013-01-01  0 0 100 100  by=Two
    """)  # fmt: skip
    assert refused(lambda: why("ha-1", store=store)) == refused(lambda: history("HA-1", store=store)) == ["id_ambiguous"]
    assert why("one/ha-1", store=store)["subject"] == history("One/HA-1", store=store)["subject"] == "hazardous_area/one/ha-1"
    assert history(" HA-2 ", store=store)["subject"] == "hazardous_area/two/ha-2", "an area before other records"
    assert history("lr-1", store=store)["subject"] == "land_release/two/lr-1"
    assert refused(lambda: why("LR-1", store=store)) == refused(lambda: why("", store=store)) == ["area_unknown"]
    assert history("none", store=store)["told"] == []


def test_a_store_without_facts_has_no_areas(tmp_path: Path) -> None:
    init(str(tmp_path / "new.gpkg"))
    assert areas(store=str(tmp_path / "new.gpkg"))["areas"] == []
    assert refused(lambda: why("HA-1", store=str(tmp_path / "new.gpkg"))) == ["area_unknown"]
