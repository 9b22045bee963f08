"""Administrative areas: which exist on a day, which one a row means, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
import shapely

from mineaction.registers.admin_area_checks import admin_area_problems
from mineaction.registers.admin_areas import admin_areas_on, area_meant, facts_on
from mineaction.registers.geodesic_area import area_m2
from mineaction.sources.fact_rows import read_facts
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import canonical_outline

DAY = dt.date(2020, 1, 1)


def box(west: float, south: float, east: float, north: float) -> bytes:
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return canonical_outline([[ring]], "here")[0]


def area(level: int, code: str, name: str = "", outline: bytes = b"", **fields: str) -> Fact:
    kind = KINDS["admin_area"]
    payload = {"level": str(level), "code": code, "name": name or f"Area {code}", "iso3": "XDM", **fields}
    days = {key: fields.get(key, "") for key in ("valid_from", "valid_to")}
    return Fact(kind.name, kind.subject_of(payload), payload, "Survey", geometry=outline, **days)


COUNTRY = area(0, "XD", "Country", box(0, 0, 2, 1))
EAST = area(1, "XD2", "East", box(1, 0, 2, 1), parent_code="XD")
WEST = area(1, "XD1", "Wéstern", box(0, 0, 1, 1), parent_code="XD")


def told(facts: Iterable[Fact], day: dt.date = DAY) -> list[tuple[str, str]]:
    return [(one.code, one.value) for one in admin_area_problems(facts, day)]


def test_the_areas_of_a_level_come_in_the_order_of_their_codes_whatever_the_order_of_the_facts() -> None:
    for facts in ([COUNTRY, EAST, WEST], [WEST, EAST, COUNTRY]):
        codes, names, polygons = admin_areas_on(facts, 1, DAY)
        assert (codes, names) == (("XD1", "XD2"), ("Wéstern", "East"))
        assert [one.bounds for one in polygons] == [(0, 0, 1, 1), (1, 0, 2, 1)]
    assert admin_areas_on([COUNTRY, EAST], 1, DAY, iso3="XXX").codes == ()
    assert admin_areas_on([area(1, "XD9")], 1, DAY).polygons.tolist() == [None]


def test_areas_that_fit_into_their_country_have_no_problem_and_their_areas_add_up_to_it() -> None:
    assert told([COUNTRY, EAST, WEST]) == []
    parts = admin_areas_on([EAST, WEST], 1, DAY).polygons
    assert sum(map(area_m2, parts)) == pytest.approx(area_m2(shapely.from_wkb(COUNTRY.geometry)), abs=0.01)


def test_a_reform_changes_the_areas_from_its_day_on() -> None:
    old, new = area(1, "XD1", "Old", valid_to="2015-07-01"), area(1, "XD3", "New", valid_from="2015-07-01")
    assert admin_areas_on([old, new], 1, dt.date(2015, 6, 30)).names == ("Old",)
    assert admin_areas_on([old, new], 1, dt.date(2015, 7, 1)).names == ("New",)


def test_where_only_a_year_is_told_the_areas_meet_on_its_first_day_and_it_is_said() -> None:
    old, new = area(1, "XD1", "Old", box(0, 0, 1, 1), valid_to="2015"), area(1, "XD3", "New", box(0, 0, 1, 1), valid_from="2015")
    assert admin_areas_on([old, new], 1, dt.date(2014, 12, 31)).names == ("Old",)
    assert admin_areas_on([old, new], 1, dt.date(2015, 1, 1)).names == ("New",)
    assert told([old, new]) == [("admin_day_vague", "2015")]


def test_areas_of_one_level_that_overlap_are_told_with_their_square_metres() -> None:
    wide = area(1, "XD1", "West", box(0, 0, 1.1, 1), parent_code="XD")
    (one,) = admin_area_problems([COUNTRY, EAST, wide], DAY)
    expected = area_m2(shapely.box(1, 0, 1.1, 1))
    assert (one.code, one.place, one.value) == ("admin_areas_overlap", "admin_area XDM XD1 (West)", "XD2")
    assert f"{expected:,.2f} m2" in one.message
    # The same ground in another country, at another level or on another day is no overlap.
    assert told([area(1, "YY1", "Other", box(0, 0, 2, 1), valid_to="2000-01-01"), COUNTRY, EAST, WEST]) == []


def test_children_that_leave_their_parent_or_leave_it_bare_are_told() -> None:
    north = area(1, "XD1", "North", box(0, 0.5, 1, 1.5), parent_code="XD")
    found = {one.code: one.message for one in admin_area_problems([COUNTRY, EAST, north], DAY)}
    assert sorted(found) == ["admin_area_outside_parent", "admin_parent_not_covered"]
    assert f"{area_m2(shapely.box(0, 1, 1, 1.5)):,.2f} m2" in found["admin_area_outside_parent"]
    assert f"{area_m2(shapely.box(0, 0, 1, 0.5)):,.2f} m2" in found["admin_parent_not_covered"]


def test_a_boundary_that_two_neighbours_share_is_no_overlap_and_no_gap() -> None:
    # Each side has vertices of its own on the common line.
    left = area(1, "XD1", "", canonical_outline([[[(0, 0), (1, 0), (1, 0.37), (1, 1), (0, 1), (0, 0)]]], "here")[0], parent_code="XD")
    assert told([COUNTRY, EAST, left]) == []


def test_a_code_with_two_areas_at_one_time_is_told_and_both_stand() -> None:
    twice = [area(1, "XD1", "One"), area(1, " xd1", "Two"), area(1, "XD1", "Earlier", valid_to="2001-01-01")]
    assert [code for code, _ in told(twice)].count("admin_code_twice") == 1
    assert set(admin_areas_on(twice, 1, DAY).names) == {"One", "Two"}


def test_a_parent_that_is_not_there_and_one_that_is_not_named_are_told() -> None:
    lost, loose = area(1, "XD1", outline=box(0, 0, 1, 1), parent_code="XX"), area(1, "XD2", outline=box(1, 0, 2, 1))
    assert told([COUNTRY, lost, loose]) == [("admin_parent_unknown", "XX"), ("admin_parent_missing", "XD2")]
    assert told([loose]) == []


def test_an_outline_that_is_missing_or_crosses_itself_is_told_and_never_repaired() -> None:
    bow = canonical_outline([[[(0, 0), (1, 1), (1, 0), (0, 0.5), (0, 0)]]], "here")[0]
    assert [code for code, _ in told([area(1, "XD1"), area(1, "XD2", outline=bow)])] == ["admin_outline_missing", "admin_outline_broken"]


AREAS = facts_on([COUNTRY, EAST, WEST, area(2, "XD11", "Centre", parent_code="XD1"), area(2, "XD21", "Centre", parent_code="XD2")], DAY)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"code": " xd1 "}, "XD1"),
        ({"name": "western"}, "XD1"),
        ({"name": "  WÉSTERN"}, "XD1"),
        ({"name": "centre", "within": "XD2"}, "XD21"),
        ({"code": "XD1", "name": "Western"}, "XD1"),
    ],
)
def test_a_code_or_a_name_is_found_whatever_its_capitals_accents_and_spaces(asked: dict[str, str], found: str) -> None:
    one, wrong = area_meant(AREAS, "row 1", **asked)
    assert one is not None and one.payload["code"] == found and wrong is None


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        # Error 20 of the field: names are inconsistent and the code is missing.
        ({"name": "Westurn"}, "admin_name_unknown", "XD1 (Wéstern, in XD)"),
        ({"name": "Centre"}, "admin_name_ambiguous", "XD11 (Centre, in XD1); XD21 (Centre, in XD2)"),
        ({"name": "Qqqq"}, "admin_name_unknown", "none is alike"),
        ({"code": "XD9", "name": "East"}, "admin_code_unknown", "XD2 (East, in XD)"),
        ({"name": ""}, "admin_name_unknown", "none is alike"),
    ],
)
def test_nothing_is_guessed_the_candidates_are_listed(asked: dict[str, str], code: str, words: str) -> None:
    one, wrong = area_meant(AREAS, "row 1", **asked)
    assert one is None and wrong is not None
    assert (wrong.code, words in wrong.remedy) == (code, True), wrong


def test_a_code_decides_and_a_name_that_is_another_is_said() -> None:
    one, wrong = area_meant(AREAS, "row 1", code="XD1", name="East")
    assert one is not None and one.payload["code"] == "XD1"
    assert wrong is not None and (wrong.code, wrong.value) == ("admin_name_differs", "East")


def test_administrative_areas_are_read_from_a_file_and_need_a_source() -> None:
    header = "level,code,name,iso3,valid_from,valid_to,source,wkt\n"
    row = '1,XD1,West,XDM,2000,2015-07-01,Survey,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n'
    wrong = "1,XD2,East,XDM,2000,,,\n9,XD3,X,xdm,2001,2000,Survey,\n"
    reading = read_facts((header + row + wrong).encode(), "a.csv", ".csv", KINDS["admin_area"], DAY)
    (one,) = reading.facts
    assert (one.fact.valid_from, one.fact.valid_to, one.fact.subject) == ("2000", "2015-07-01", "admin_area/xdm/1/xd1")
    assert [(each.code, each.place) for each in reading.problems] == [
        ("fact_field_missing", "row 2, column source"),
        ("unknown_code", "row 3, column level"),
        ("fact_field_wrong", "row 3, column iso3"),
        ("fact_dates_reversed", "row 3, column valid_to"),
    ]
