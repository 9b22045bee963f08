"""Errors of practice in files: what a spreadsheet, a survey form or an export makes of records. Each test writes its table."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from mineaction.registers.geodesic_area import area_m2
from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.terms.kinds import KINDS
from mineaction.terms.problem import ProblemError

TODAY = dt.date(2026, 1, 2)
HEADER = "local_id,organisation,type,identified_on"
ROW = "H1,Org,SHA,2020-05-04"


def read(header: str, *rows: str) -> Reading:
    return read_facts("\n".join([header, *rows, ""]).encode(), "areas.csv", ".csv", KINDS["hazardous_area"], TODAY)


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in reading.problems]


def test_5_of_four_columns_with_an_area_none_is_taken_without_being_named() -> None:
    with pytest.raises(ProblemError) as error:
        read(f"{HEADER},areasize,AREACLEARE,AREASQM,Shape_Area", f"{ROW},100,90,80,0.00001")
    assert [(one.code, one.value) for one in error.value.problems] == [
        ("record_column_unknown", name) for name in ("areacleare", "areasize", "areasqm", "shape_area")
    ]


@pytest.mark.parametrize(
    ("written", "held"), [("1.250,5 m2", "1250.50"), ("12500", "12500.00"), ("3,2 ha", "32000.00"), ("1 250 m²", "1250.00")]
)
def test_6_an_area_written_as_text_is_read_where_it_means_one_thing_and_kept_as_it_was(written: str, held: str) -> None:
    (one,) = read(f"{HEADER},reported_area_m2", f'{ROW},"{written}"').facts
    assert (one.fact.payload["reported_area_m2"], one.fact.payload["reported_area_given"]) == (held, written)


@pytest.mark.parametrize(("written", "code"), [("1.250 m2", "area_number_ambiguous"), ("12 dunum", "area_unit_differs")])
def test_6_an_area_written_as_text_that_means_two_things_keeps_its_row_out(written: str, code: str) -> None:
    reading = read(f"{HEADER},reported_area_m2", f'{ROW},"{written}"')
    assert told(reading) == [(code, "row 1, column reported_area_m2")]
    assert reading.facts == ()


def test_10_an_id_with_a_blank_behind_it_is_the_same_id_and_is_told() -> None:
    reading = read(f"{HEADER},note", f"{ROW},first", '"H1 ",Org,SHA,2020-05-04,second')
    assert [one.fact.subject for one in reading.facts] == ["hazardous_area/org/h1"] * 2
    assert told(reading) == [("id_with_blanks", "row 2, column local_id"), ("id_written_otherwise", "row 2, column local_id")]


def test_25_a_row_told_twice_is_one_fact_and_a_comma_in_quotes_parts_nothing() -> None:
    row = f'{ROW},"north of the road, 2 km"'
    reading = read(f"{HEADER},note", row, row, row.replace("H1", "H2"))
    assert [one.fact.payload["note"] for one in reading.facts] == ["north of the road, 2 km"] * 2
    assert told(reading) == [("fact_duplicate", "row 2")]
    assert (reading.rows, len(reading.facts), reading.with_problems) == (3, 2, 1)


def test_27_an_outline_across_the_180th_meridian_is_told_by_the_lines_that_would_go_around_the_earth() -> None:
    reading = read(f"{HEADER},wkt", f'{ROW},"POLYGON ((179.99 -17, -179.99 -17, -179.99 -16.99, 179.99 -16.99, 179.99 -17))"')
    assert told(reading) == [("outline_vertices_far_apart", "row 1, column wkt")]
    halves = "MULTIPOLYGON (((179.99 -17, 180 -17, 180 -16.99, 179.99 -17)), ((-180 -17, -179.99 -17, -180 -16.99, -180 -17)))"
    assert told(read(f"{HEADER},wkt", f'{ROW},"{halves}"')) == []


def test_27_a_ring_that_is_not_closed_is_told_and_not_closed_by_guess() -> None:
    reading = read(f"{HEADER},wkt", f'{ROW},"POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01))"')
    assert told(reading) == [("outline_ring_open", "row 1, column wkt, ring 1")]


def test_30_a_year_is_kept_as_a_year_and_a_first_of_january_is_asked_about() -> None:
    reading = read(HEADER, "H1,Org,SHA,2020", "H2,Org,SHA,2020-01-01")
    assert [one.fact.payload["identified_on"] for one in reading.facts] == ["2020", "2020-01-01"]
    assert told(reading) == [("date_first_of_year", "areas.csv, column identified_on")]


def test_33_rings_that_run_either_way_cover_the_same_ground_and_holes_are_no_phantom_area() -> None:
    ring, hole = [(69, 34), (69.1, 34), (69.1, 34.1), (69, 34.1)], [(69.02, 34.02), (69.04, 34.02), (69.04, 34.04), (69.02, 34.04)]
    covered = [area_m2(shapely.Polygon(outer, [inner])) for outer in (ring, ring[::-1]) for inner in (hole, hole[::-1])]
    assert covered == pytest.approx([area_m2(shapely.Polygon(ring)) - area_m2(shapely.Polygon(hole))] * 4, abs=1e-6)
