"""What a CSV or GeoJSON file tells of ground: a fact a row, or the problems of the row, and nothing between."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import as_wkt, outline_of
from mineaction.terms.problem import ProblemError

TODAY = dt.date(2026, 1, 1)
HEADER = "local_id,organisation,type,identified_on,reported_area_m2,wkt\n"
SQUARE = "POLYGON ((30 10, 30.01 10, 30.01 10.01, 30 10.01, 30 10))"
ROW = f'HA-1,Org A,SHA,2020-05-01,12500,"{SQUARE}"\n'
PLACE = "row 1, column "


def csv_read(text: str, kind: str = "hazardous_area") -> Reading:
    return read_facts(text.encode(), "areas.csv", ".csv", KINDS[kind], TODAY)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    told = {"local_id": "HA-1", "organisation": "Org A", "type": "SHA", "identified_on": "2020-05-01", "reported_area_m2": 12500}
    return {"type": "Feature", "properties": told | properties, "geometry": geometry}


def json_read(*features: Any, **members: Any) -> Reading:
    text = json.dumps({"type": "FeatureCollection", "features": features, **members})
    return read_facts(text.encode(), "areas.geojson", ".geojson", KINDS["hazardous_area"], TODAY)


def codes(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.value) for one in reading.problems]


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as raised:
        csv_read(text)
    return [(one.code, one.value) for one in raised.value.problems]


def test_a_row_is_a_fact_with_every_field_of_its_kind() -> None:
    ((told,), reading) = (csv_read(HEADER + ROW).facts, csv_read(HEADER + ROW))
    assert (reading.rows, reading.with_problems, told.place) == (1, 0, "row 1")
    fact = told.fact
    assert (fact.kind, fact.subject, fact.source) == ("hazardous_area", "hazardous_area/org%20a/ha-1", "Org A")
    assert (fact.valid_from, fact.payload["reported_area_m2"], fact.payload["reported_area_given"]) == ("2020-05-01", "12500.00", "12500")
    assert as_wkt(outline_of(fact.geometry)).startswith("MULTIPOLYGON (((30.0 10.0,")


def test_the_same_record_in_either_format_is_the_same_fact() -> None:
    corners = [[30, 10], [30.01, 10], [30.01, 10.01], [30, 10.01], [30, 10]]
    forms = [
        csv_read(HEADER + ROW),
        csv_read("\ufeff" + HEADER.replace(",", ";") + f"HA-1; Org A ;SHA;2020-05-01;12500;MULTIPOLYGON ((({SQUARE[10:-2]})))\n"),
        csv_read("WKT,Type,organisation,local_id,identified_on,reported_area_m2\n" + f'"{SQUARE}",SHA,Org A,HA-1,2020-05-01,12500\n'),
        json_read(feature({"type": "Polygon", "coordinates": [corners]})),
        json_read(feature({"type": "MultiPolygon", "coordinates": [[corners[::-1]]]})),
    ]
    assert {one.facts[0].fact.fact_id for one in forms} == {forms[0].facts[0].fact.fact_id}


@pytest.mark.parametrize(
    ("given", "held", "valid"), [("2020", "2020", "2020"), ("2020-05", "2020-05", "2020-05"), ("unknown", "unknown", "")]
)
def test_a_date_keeps_its_precision(given: str, held: str, valid: str) -> None:
    fact = csv_read(HEADER + ROW.replace("2020-05-01", given)).facts[0].fact
    assert (fact.payload["identified_on"], fact.valid_from) == (held, valid)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("HA-1", "", ("fact_field_missing", f"{PLACE}local_id", "local_id")),
        ("SHA", "sha", ("unknown_code", f"{PLACE}type", "sha")),
        ("2020-05-01", "", ("fact_field_missing", f"{PLACE}identified_on", "identified_on")),
        ("2020-05-01", "1.5.2020", ("date_order_unsaid", f"{PLACE}identified_on", "1.5.2020")),
        ("2020-05-01", "2020-02-30", ("impossible_date", f"{PLACE}identified_on", "2020-02-30")),
        ("2020-05-01", "2026-01-02", ("date_in_future", f"{PLACE}identified_on", "2026-01-02")),
        ("12500", "1.25 dunum", ("area_unit_differs", f"{PLACE}reported_area_m2", "1.25 dunum")),
        ("12500", "-1", ("fact_field_wrong", f"{PLACE}reported_area_m2", "-1")),
        ("12500", "1e5", ("fact_field_wrong", f"{PLACE}reported_area_m2", "1e5")),
        (SQUARE, "LINESTRING (30 10, 31 10)", ("outline_kind_wrong", f"{PLACE}wkt", "LINESTRING")),
        (SQUARE, "here", ("outline_broken", f"{PLACE}wkt", "here")),
        (SQUARE, "POLYGON EMPTY", ("outline_broken", f"{PLACE}wkt", "POLYGON EMPTY")),
        (SQUARE, "POLYGON Z ((1 2 3 4 5))", ("outline_broken", f"{PLACE}wkt", "1 2 3 4 5")),
        (SQUARE, f"SRID=999999;{SQUARE}", ("crs_unknown", f"{PLACE}wkt", "EPSG:999999")),
        (", 30 10))", "))", ("outline_ring_open", f"{PLACE}wkt, ring 1", "30.0 10.0")),
        ("30.01 10.01", "30.01 nan", ("outline_broken", f"{PLACE}wkt", " 30.01 nan")),
        ("30.01 10.01", "30.01 1e999", ("outline_off_the_earth", f"{PLACE}wkt, ring 1, vertex 3", "30.01 inf")),
        ("10))", "10)", ("outline_broken", f"{PLACE}wkt", SQUARE[9:-2])),
        ("((30", "(30", ("outline_broken", f"{PLACE}wkt", "30 10, 30.01 10, 30.01 10.01, 30 10.01, 30 10)")),
    ],
)
def test_what_does_not_fit_is_a_problem_with_row_and_value(old: str, new: str, expected: tuple[str, str, str]) -> None:
    reading = csv_read(HEADER + ROW.replace(old, new))
    assert codes(reading) == [expected]
    assert (reading.rows, reading.facts, reading.with_problems) == (1, (), 1)


def test_who_does_not_know_the_day_is_told_what_else_may_be_written() -> None:
    reading = csv_read(HEADER + ROW.replace("2020-05-01", "May 2020"))
    assert [one.remedy for one in reading.problems] == [
        "Write the day as YYYY-MM-DD, for example 2022-06-21, or only its month (2022-06) or year (2022), or unknown."
    ]


def test_rows_in_are_facts_and_rows_with_problems() -> None:
    reading = csv_read(HEADER + ROW + "short,row\n" + ROW + ROW.replace("HA-1", "HA-2").replace("SHA", "X").replace("2020", "soon") + "\n")
    assert (reading.rows, len(reading.facts), reading.with_problems) == (4, 1, 3)
    assert [(code, place) for code, place, _ in codes(reading)] == [
        ("fact_row_broken", "row 2"),
        ("fact_duplicate", "row 3"),
        ("unknown_code", "row 4, column type"),
        ("impossible_date", "row 4, column identified_on"),
    ]


def test_a_file_that_would_lose_something_is_refused_as_a_whole() -> None:
    assert refused(HEADER.replace("wkt", "wkt,depth") + ROW.replace("\n", ",1\n")) == [("record_column_unknown", "depth")]
    assert refused("local_id,organisation\nHA-1,Org A\n") == [("fact_column_missing", "identified_on"), ("fact_column_missing", "type")]
    assert refused(HEADER.replace("type", "local_id") + ROW) == [("table_column_twice", "local_id")]
    assert refused(HEADER + ROW.replace(')"', ")")) == [("csv_quote_open", "")]
    assert refused("") == [("table_empty", "")]
    with pytest.raises(ProblemError, match="record_file_unknown"):
        read_facts(b"", "areas.docx", ".docx", KINDS["hazardous_area"], TODAY)


@pytest.mark.parametrize(
    ("content", "code"), [(b"a\0b", "file_not_text"), (b"\xff\xfe", "file_not_utf8"), (HEADER.encode("utf-16"), "file_not_text")]
)
def test_what_is_no_text_is_said_to_be_none(content: bytes, code: str) -> None:
    for extension in (".csv", ".geojson"):
        with pytest.raises(ProblemError) as raised:
            read_facts(content, "areas", extension, KINDS["hazardous_area"], TODAY)
        assert [one.code for one in raised.value.problems] == [code]


def test_a_record_without_outline_is_a_record() -> None:
    assert csv_read(HEADER + ROW.replace(f'"{SQUARE}"', "")).facts[0].fact.geometry == b""
    assert json_read(feature(None)).facts[0].fact.geometry == b""


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (feature({"type": "MultiPoint", "coordinates": [[1, 2]]}), "outline_kind_wrong"),
        (feature({"type": "Polygon", "coordinates": [[[1], [2, 2], [2, 3], [1, 2]]]}), "outline_numbers_wrong"),
        (feature({"type": "Polygon", "coordinates": [[["1", "2"]]]}), "outline_broken"),
        (feature({"type": "Polygon", "coordinates": 7}), "outline_broken"),
        (feature({"type": "MultiPolygon", "coordinates": [7]}), "outline_broken"),
        (feature({"coordinates": []}), "outline_broken"),
        (feature("here"), "outline_broken"),
        (feature(None, note={"a": 1}), "record_value_nested"),
        (feature(None, note="half a letter \ud800"), "fact_field_wrong"),
        (feature(None, source="a zero \0"), "fact_field_wrong"),
        (feature(None, Type="CHA"), "record_key_twice"),
        ({"type": "Feature", "properties": 7}, "geojson_broken"),
        ({"type": "Polygon"}, "geojson_broken"),
        (7, "geojson_broken"),
    ],
)
def test_a_feature_that_does_not_fit_is_a_problem_of_the_feature(made: Any, expected: str) -> None:
    reading = json_read(made)
    assert [one.code for one in reading.problems] == [expected]
    assert reading.problems[0].place.startswith("feature 1") and (reading.rows, reading.with_problems) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "7", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection", "features": {}}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"note": NaN}}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_geojson_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ProblemError, match="geojson_broken"):
        read_facts(text.encode(), "a.geojson", ".geojson", KINDS["hazardous_area"], TODAY)


def test_coordinates_of_another_system_are_turned_into_wgs84_and_say_so() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    corners = [[0, 0], [111319.49079327357, 0], [111319.49079327357, 111325.14286638486], [0, 0]]
    (told,) = json_read(feature({"type": "Polygon", "coordinates": [corners]}), crs=named).facts
    assert as_wkt(outline_of(told.fact.geometry)) == "MULTIPOLYGON (((0.0 0.0, 1.0 0.0, 1.0 1.0, 0.0 0.0)))"
    assert told.fact.payload["given_crs"] == "EPSG:3857"
    with pytest.raises(ProblemError, match="crs_unknown"):
        json_read(feature(None), crs={**named, "properties": {"name": "ours"}})
    assert json_read(feature(None), crs={**named, "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}).rows == 1


def test_a_name_that_stands_twice_in_a_feature_is_a_problem() -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [feature(None)]}).replace('"type": "SHA"', '"type": "SHA", "type": "CHA"')
    reading = read_facts(text.encode(), "a.geojson", ".geojson", KINDS["hazardous_area"], TODAY)
    assert [one.code for one in reading.problems] == ["record_key_twice"]


ROWS = [ROW.replace("HA-1", f"HA-{number}").replace("12500", str(number)) for number in range(6)]


@given(st.permutations(ROWS), st.integers(0, len(ROWS)))
def test_any_order_and_any_split_of_the_rows_gives_the_same_facts(rows: list[str], cut: int) -> None:
    parts = [csv_read(HEADER + "".join(part)) for part in (rows[:cut], rows[cut:]) if part]
    told = {one.fact.fact_id for part in parts for one in part.facts}
    assert told == {one.fact.fact_id for one in csv_read(HEADER + "".join(ROWS)).facts} and len(told) == len(ROWS)


@given(st.text(max_size=60))
def test_no_text_in_a_cell_ends_in_a_traceback(text: str) -> None:
    reading = json_read(feature(None, local_id=text, note=text), feature(None, reported_area_m2=text, identified_on=text))
    assert reading.rows == len(reading.facts) + reading.with_problems == 2
