"""Outlines told by bearings and distances: where their corners lie, which north is meant, and by how much the last leg misses the start."""

from __future__ import annotations

import datetime as dt
import json
import math
from itertools import pairwise

import pytest
import shapely
from pyproj import Geod

from mineaction.registers.geodesic_area import area_m2
from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.sources.failed_rows import failed_rows_csv
from mineaction.sources.given_rows import Stated
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import outline_of
from tests.sources.made_files import as_xlsx, moved

DAY = dt.date(2026, 1, 2)
HEADER = ("local_id", "organisation", "type", "identified_on", "bearings", "north")
RECTANGLE = "3.0 1.0; 90 100; 180 50; 270 100; 0 50"
EARTH = Geod(ellps="WGS84")


def read(*rows: tuple[str, str], more: str = "", crs: str = "") -> Reading:
    lines = [f'H{at},Org,SHA,2020-05,"{bearings}",{north}{more and f",{more}"}' for at, (bearings, north) in enumerate(rows, 1)]
    header = ",".join(HEADER) + (",extras" if more else "")
    return read_facts("\n".join([header, *lines]).encode(), "areas.csv", ".csv", KINDS["hazardous_area"], DAY, Stated(crs=crs))


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.value) for one in reading.problems]


def outlines(reading: Reading) -> list[shapely.MultiPolygon]:
    return [shapely.from_wkb(one.fact.geometry) for one in reading.facts]


def test_12_a_rectangle_of_100_by_50_metres_covers_5000_square_metres() -> None:
    reading = read((RECTANGLE, "true"))
    assert told(reading) == []
    assert abs(area_m2(outlines(reading)[0]) - 5_000) < 1
    ((ring,),) = outline_of(reading.facts[0].fact.geometry)
    sides = [EARTH.inv(*a, *b)[2] for a, b in pairwise(ring)]
    assert sorted(sides) == pytest.approx([50, 50, 100, 100], abs=0.001)
    west, south, east, north = outlines(reading)[0].bounds
    assert (west, north) == (3.0, 1.0), "the start is the corner in the north-west, as it was given"
    assert all(round(one, 9) == one for one in (east, south))


def test_12_magnetic_and_true_north_differ_by_the_declination() -> None:
    true, west, east = read((RECTANGLE, "true"), (RECTANGLE, "magnetic -10"), (RECTANGLE, "Magnetic +1.5")).facts
    first = {}
    for name, one in (("true", true), ("west", west), ("east", east)):
        ((ring,),) = outline_of(one.fact.geometry)
        first[name] = next(at for at in ring if abs(EARTH.inv(3, 1, *at)[2] - 100) < 0.01)
    bearings = {name: EARTH.inv(3, 1, *at)[0] for name, at in first.items()}
    assert bearings == pytest.approx({"true": 90, "west": 80, "east": 91.5}, abs=0.001)
    # The chord of 10 degrees at 100 m.
    assert EARTH.inv(*first["true"], *first["west"])[2] == pytest.approx(200 * math.sin(math.radians(5)), abs=0.01)
    assert area_m2(shapely.from_wkb(west.fact.geometry)) == pytest.approx(5_000, abs=1)


@pytest.mark.parametrize(
    ("north", "code"),
    [
        ("", "traverse_north_missing"),
        ("grid", "traverse_north_grid"),
        ("magnetic", "traverse_north_unknown"),
        ("magnetic 1.5 W", "traverse_north_unknown"),
        ("magnetic 181", "traverse_north_unknown"),
        ("yes", "traverse_north_unknown"),
    ],
)
def test_12_a_north_that_is_missing_or_no_angle_is_never_guessed(north: str, code: str) -> None:
    reading = read((RECTANGLE, north))
    assert told(reading) == [(code, "row 1, column north", north)]
    assert (reading.facts, reading.with_problems) == ((), 1)


def test_a_table_without_the_column_north_says_no_north_either() -> None:
    text = f'local_id,organisation,type,identified_on,bearings\nH1,Org,SHA,2020,"{RECTANGLE}"\n'
    reading = read_facts(text.encode(), "areas.csv", ".csv", KINDS["hazardous_area"], DAY)
    assert told(reading) == [("traverse_north_missing", "row 1, column north", "")]


def test_12_a_small_closing_error_is_told_and_a_large_one_keeps_the_row_out() -> None:
    reading = read(("3.0 1.0; 90 100; 180 50.5; 270 100; 0 50", "true"), ("3.0 1.0; 90 100; 180 55; 270 100; 0 50", "true"))
    assert told(reading) == [
        ("traverse_closed", "row 1, column bearings", "0.50 m"),
        ("traverse_open", "row 2, column bearings", "5.00 m"),
    ]
    assert [one.is_warning for one in reading.problems] == [True, False]
    assert "at most 3.05 m are taken for a traverse of 305.00 m" in reading.problems[1].message
    assert [one.place for one in reading.facts] == ["row 1"]
    ((ring,),) = outline_of(reading.facts[0].fact.geometry)
    assert ring[0] == ring[-1] and (3.0, 1.0) in ring and len(ring) == 5, "it closes at the start, and no corner is added"


def test_a_short_traverse_may_miss_its_start_by_a_metre() -> None:
    reading = read(("3.0 1.0; 90 10; 180 10.9; 270 10; 0 10", "true"), ("3.0 1.0; 90 10; 180 11.1; 270 10; 0 10", "true"))
    assert [(code, value) for code, _, value in told(reading)] == [("traverse_closed", "0.90 m"), ("traverse_open", "1.10 m")]


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "value"),
    [
        ("180 50", "180", "traverse_leg_broken", ", leg 2", "180"),
        ("180 50", "180 fifty", "traverse_leg_broken", ", leg 2", "180 fifty"),
        ("180 50", "180 nan", "traverse_leg_broken", ", leg 2", "180 nan"),
        ("180 50", "180 50,5", "traverse_leg_broken", ", leg 2", "180 50,5"),
        ("180 50", "180 50 m", "traverse_leg_broken", ", leg 2", "180 50 m"),
        ("180 50", "", "traverse_leg_broken", ", leg 2", ""),
        ("180 50", "361 50", "traverse_bearing_impossible", ", leg 2", "361"),
        ("180 50", "-180 50", "traverse_bearing_impossible", ", leg 2", "-180"),
        ("180 50", "180 -50", "traverse_distance_negative", ", leg 2", "-50"),
        ("; 270 100; 0 50", "", "traverse_legs_few", "", "2"),
        (RECTANGLE, "3.0 1.0;", "traverse_legs_few", "", "0"),
        ("3.0 1.0", "3.0", "traverse_start_broken", ", start", "3.0"),
        ("3.0 1.0", "3.0 1°", "position_not_decimal", ", start", "1°"),
        ("3.0 1.0", "3.0 91", "outline_swapped", ", start", "3.0 91.0"),
        ("3.0 1.0", "nan 1.0", "outline_off_the_earth", ", start", "nan 1.0"),
        ("3.0 1.0", "500000 110000", "coordinates_projected", ", start", "500000.0 110000.0"),
    ],
)
def test_each_slip_is_told_with_its_leg(old: str, new: str, code: str, place: str, value: str) -> None:
    text = RECTANGLE.replace(old, new)
    reading = read((RECTANGLE, "true"), (RECTANGLE, "true"), (text, "true"))
    assert (code, f"row 3, column bearings{place}", value) in told(reading)
    assert reading.with_problems == 1
    # Nothing is lost: the row to mend has its cells as they were given.
    assert text in failed_rows_csv([reading.given[2]])


def test_all_slips_of_a_row_are_told_at_once() -> None:
    reading = read(("3.0 1.0; 400 100; 180 -50; west 100; 0 50", ""))
    assert [(code, place) for code, place, _ in told(reading)] == [
        ("traverse_north_missing", "row 1, column north"),
        ("traverse_bearing_impossible", "row 1, column bearings, leg 1"),
        ("traverse_distance_negative", "row 1, column bearings, leg 2"),
        ("traverse_leg_broken", "row 1, column bearings, leg 3"),
    ]


def test_the_text_is_kept_as_it_was_given() -> None:
    given = "3.0 1.0;90 100; 180  50;270 100; 0 50;"
    kept = {"bearings": given, "north": "magnetic -1.5"}
    for more, beside in (("", {}), ("found later", {"extras": "found later"}), ('"{""a"": 1}"', {"a": 1})):
        (one,) = read((given, "magnetic -1.5"), more=more).facts
        assert json.loads(one.fact.payload["extras"]) == kept | beside
    (one,) = read((given, "true"), more='"{""north"": ""up""}"').facts
    assert json.loads(one.fact.payload["extras"]) == {"bearings": given, "north": "true", "extras": '{"north": "up"}'}


def test_a_row_without_bearings_has_no_outline_and_keeps_its_north() -> None:
    nothing, north = read(("", ""), ("", "true")).facts
    assert (nothing.fact.geometry, nothing.fact.payload.get("extras")) == (b"", None)
    assert (north.fact.geometry, north.fact.payload["extras"]) == (b"", '{"north": "true"}')


def test_a_start_in_metres_lies_in_the_system_that_is_stated() -> None:
    start = moved(shapely.Point(3, 1), "EPSG:32631")
    reading = read((RECTANGLE.replace("3.0 1.0", f"{start.x!r} {start.y!r}"), "true"), crs="EPSG:32631")
    assert (told(reading), reading.facts[0].fact.payload["given_crs"]) == ([], "EPSG:32631")
    assert outlines(reading)[0].hausdorff_distance(outlines(read((RECTANGLE, "true")))[0]) < 1e-8


def test_a_sheet_is_read_alike_and_its_cell_is_named() -> None:
    rows = [["H1", "Org", "SHA", "2020-05", RECTANGLE, "magnetic -1.5"], ["H2", "Org", "SHA", "2020-05", RECTANGLE + " m", "true"]]
    reading = read_facts(as_xlsx({"A": [list(HEADER), *rows]}), "areas.xlsx", ".xlsx", KINDS["hazardous_area"], DAY)
    assert told(reading) == [("traverse_leg_broken", "sheet A, cell E3, leg 4", "0 50 m")]
    assert [one.fact.fact_id for one in reading.facts] == [one.fact.fact_id for one in read((RECTANGLE, "magnetic -1.5")).facts]


def test_a_kind_that_could_not_keep_the_text_says_so() -> None:
    text = f'iso3,level,code,name,source,bearings,north\nXXA,1,XXA1,North,Org,"{RECTANGLE}",true\n'
    reading = read_facts(text.encode(), "areas.csv", ".csv", KINDS["admin_area"], DAY)
    assert told(reading) == [("traverse_not_of_kind", "row 1, column bearings", "admin_area")]
