"""Bad CSV and GeoJSON files: what is wrong, the file, and the codes it must be told with. A file is made of one good one, changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from mineaction.sources.given_rows import Stated

SQUARE = "POLYGON ((30 10, 30.01 10, 30.01 10.01, 30 10.01, 30 10))"
CORNERS = [[30, 10], [30.01, 10], [30.01, 10.01], [30, 10.01], [30, 10]]
GOOD = {"local_id": "HA-1", "organisation": "Org", "type": "SHA", "identified_on": "2020-05-02", "reported_area_m2": "12500"}


NOTHING = Stated()


class Bad(NamedTuple):
    """A file, what was stated of it, and the codes, in order. Where `is_refused`, no row can be told. Content may be made late."""

    what: str
    name: str
    content: bytes | Callable[[Path], bytes]
    codes: tuple[str, ...]
    is_refused: bool = False
    stated: Stated = NOTHING


def csv_file(*rows: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines).encode()


def csv_bad(what: str, *codes: str, stated: Stated = NOTHING, is_refused: bool = False, **changed: str) -> Bad:
    return Bad(what, "a.csv", csv_file(GOOD | {"wkt": SQUARE} | changed), codes, is_refused, stated)


def csv_text(what: str, content: str | bytes, *codes: str) -> Bad:
    return Bad(what, "a.csv", content if isinstance(content, bytes) else content.encode(), codes, True)


def geojson(geometry: Any = None, **changed: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": GOOD | changed, "geometry": geometry or {"type": "Polygon", "coordinates": [CORNERS]}}


def collection(*features: Any, **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def json_bad(what: str, *codes: str, geometry: Any = None, stated: Stated = NOTHING, **changed: Any) -> Bad:
    return Bad(what, "a.geojson", collection(geojson(geometry, **changed)), codes, False, stated)


def json_text(what: str, content: bytes, *codes: str) -> Bad:
    return Bad(what, "a.geojson", content, codes, True)


def point(longitude: str, latitude: str) -> dict[str, str]:
    return {"wkt": "", "longitude": longitude, "latitude": latitude}


DATES = [
    csv_bad(f"a date written {written}", code, identified_on=written)
    for written, code in (
        ("03/04/2021", "date_order_unsaid"),
        ("3.4.2021", "date_order_unsaid"),
        ("25/04/2021", "date_order_unsaid"),
        ("03-04-2021", "date_order_unsaid"),
        ("2020-13-01", "impossible_date"),
        ("2020-02-30", "impossible_date"),
        ("2021-02-29", "impossible_date"),
        ("20200501", "impossible_date"),
        ("May 2020", "impossible_date"),
        ("1 May 2020", "impossible_date"),
        ("01/05/20", "impossible_date"),
        ("2020-W18", "impossible_date"),
        ("43952", "date_is_number"),
        ("43952.0", "date_is_number"),
        ("2020-05-02T10:11:12", "date_with_time"),
        ("2020-05-02 10:11", "date_with_time"),
        ("2020-05-02T10:11:12+03:00", "date_with_time"),
        ("2030-01-02", "date_in_future"),
        ("2020/13/01", "impossible_date"),
        ("", "fact_field_missing"),
        ("-", "impossible_date"),
        ("n/a", "impossible_date"),
        ("0000-00-00", "impossible_date"),
    )
]
AREAS = [
    csv_bad(f"an area written {written}", code, reported_area_m2=written)
    for written, code in (
        ("1.250 m2", "area_number_ambiguous"),
        ("1,250", "area_number_ambiguous"),
        ("1,250 ha", "area_number_ambiguous"),
        ("1,25,00", "area_number_ambiguous"),
        ("1.2.3", "area_number_ambiguous"),
        ("1,250.5,0", "area_number_ambiguous"),
        ("12 dunum", "area_unit_differs"),
        ("12 Dunams", "area_unit_differs"),
        ("3 jerib", "area_unit_differs"),
        ("2 feddan", "area_unit_differs"),
        ("12 football fields", "area_unit_unknown"),
        ("12 m", "area_unit_unknown"),
        ("about 100", "fact_field_wrong"),
        ("100-200", "fact_field_wrong"),
        ("-5", "fact_field_wrong"),
        ("1e5", "fact_field_wrong"),
        ("unknown", "fact_field_wrong"),
        ("#REF!", "fact_field_wrong"),
        ("NaN", "fact_field_wrong"),
        ("ha", "fact_field_wrong"),
    )
]
OUTLINES = [
    csv_bad(f"the outline {written[:60]}", code, wkt=written)
    for written, code in (
        ("LINESTRING (30 10, 31 11)", "outline_kind_wrong"),
        ("MULTIPOINT ((30 10), (31 11))", "outline_kind_wrong"),
        ("MULTILINESTRING ((30 10, 31 11))", "outline_kind_wrong"),
        ("GEOMETRYCOLLECTION (POINT (30 10))", "outline_broken"),
        ("CIRCULARSTRING (30 10, 31 11, 32 10)", "outline_broken"),
        ("POLYGON EMPTY", "outline_broken"),
        ("POLYGON (())", "outline_broken"),
        ("POLYGON ((30 10, 30.01 10, 30.01 10.01, 30 10.01))", "outline_ring_open"),
        ("POLYGON ((30 10, 30.01 10, 30 10))", "outline_without_area"),
        ("POLYGON ((30 10, 31 11, 32 12, 30 10))", "outline_without_area"),
        ("POLYGON ((10 130, 10.01 130, 10.01 130.01, 10 130))", "outline_swapped"),
        ("POLYGON ((200 10, 201 10, 201 11, 200 10))", "outline_off_the_earth"),
        ("POLYGON ((500000 1100000, 500100 1100000, 500100 1100100, 500000 1100000))", "coordinates_projected"),
        ("SRID=4326;POLYGON ((500000 1100000, 500100 1100000, 500100 1100100, 500000 1100000))", "coordinates_projected"),
        ("SRID=32636;POLYGON ((1e30 1e30, 1e30 2e30, 2e30 2e30, 1e30 1e30))", "crs_position_impossible"),
        ("SRID=1;POLYGON ((1 1, 2 1, 2 2, 1 1))", "crs_unknown"),
        ("SRID=5703;POLYGON ((1 1, 2 1, 2 2, 1 1))", "crs_unusable"),
        ("SRID=4978;POLYGON ((1 1, 2 1, 2 2, 1 1))", "crs_unusable"),
        ("POLYGON ((30,10; 30.01,10; 30.01,10.01))", "outline_broken"),
        ("POLYGON ((30 10, 30.01 10, 30.01 10.01, 30 10)", "outline_broken"),
        ("POLYGON (30 10, 30.01 10, 30.01 10.01, 30 10)", "outline_broken"),
        ("POLYGON ((30 10, 30.01 x, 30.01 10.01, 30 10))", "outline_broken"),
        ("POLYGON ((30 10 1 2 3, 30.01 10, 30.01 10.01, 30 10))", "outline_broken"),
        ("POLYGON ((30 10, 30.01 inf, 30.01 10.01, 30 10))", "outline_broken"),
        ("0103000020E6100000", "outline_broken"),
        ("see sketch map", "outline_broken"),
        ("POINT (200 10)", "outline_off_the_earth"),
        ("POINT (10 130)", "outline_swapped"),
        ("POINT (500000 1100000)", "coordinates_projected"),
        ("33.5 44.1 0 0; 33.6 44.1 0 0", "outline_without_area"),
        ("33.5 44.1 0 0;33.6 44.1 0 0;33.5 44.1 0 0", "outline_without_area"),
        ("33.5 44.1 0 0; 33.6 44.1 0 0; 33.6 44.2 0 0; 33.5 44.2 0 0", "outline_ring_open"),
        ("33.5 44.1 0 0; 33.6; 33.6 44.2 0 0; 33.5 44.1 0 0", "outline_broken"),
        ("33.5 44.1 0 0; x y 0 0; 33.6 44.2 0 0; 33.5 44.1 0 0", "position_not_decimal"),
        ("133.5 44.1 0 0; 133.6 44.1 0 0; 133.6 44.2 0 0; 133.5 44.1 0 0", "outline_swapped"),
    )
]
POINTS = [
    csv_bad(f"the point {longitude}, {latitude}", code, **point(longitude, latitude))
    for longitude, latitude, code in (
        ("500000", "3800000", "coordinates_projected"),
        ("44,5", "33,1", "position_not_decimal"),
        ("44°30'", "33°12'", "position_not_decimal"),
        ("44.5E", "33.1N", "position_not_decimal"),
        ("44.5", "", "position_not_decimal"),
        ("", "33.1", "position_not_decimal"),
        ("33.1", "144.5", "outline_swapped"),
        ("200", "10", "outline_off_the_earth"),
        ("nan", "10", "outline_off_the_earth"),
        ("inf", "10", "outline_off_the_earth"),
        ("1_0", "10", "position_not_decimal"),
        ("٤٤", "٣٣", "position_not_decimal"),
    )
]
WARNED = [
    csv_bad("a position at zero", "position_zero", **point("0", "0")),
    csv_bad("heights", "heights_left_out", wkt="POLYGON Z ((30 10 5, 30.01 10 5, 30.01 10.01 5, 30 10 5))"),
    csv_bad("a repeated position", "positions_repeated", wkt="POLYGON ((30 10, 30.01 10, 30.01 10, 30.01 10.01, 30 10))"),
    csv_bad("a survey form's numbers", "position_numbers_left_out", wkt="33 44 0 0 9 9; 33.01 44 0 0; 33.01 44.01 0 0; 33 44 0 0"),
    csv_bad("an id with blanks", "id_with_blanks", local_id="HA-1 "),
    csv_bad("the first of January", "date_first_of_year", identified_on="2020-01-01"),
    csv_bad("one position four times", "positions_repeated", "outline_without_area", wkt="POLYGON ((30 10, 30 10, 30 10, 30 10))"),
    csv_bad("a datum nobody can shift well", "datum_shift_uncertain", "crs_area_exceeded", wkt=f"SRID=4267;{SQUARE}"),
    csv_bad("a system far from its area", "crs_area_exceeded", wkt="SRID=3131;POLYGON ((0 0, 0 100, 100 100, 0 0))"),
    Bad("one id in two ways", "a.csv", csv_file(GOOD, GOOD | {"local_id": "ha-1", "type": "CHA"}), ("id_written_otherwise",)),
]
CELLS = [
    csv_bad("no id", "fact_field_missing", local_id=""),
    csv_bad("an id of blanks", "fact_field_missing", local_id="   "),
    csv_bad("no organisation", "fact_field_missing", organisation=""),
    csv_bad("an unknown type", "unknown_code", type="sha"),
    csv_bad("a control character", "fact_field_wrong", name="a\x07b"),
    csv_bad("a new line in a name", "fact_field_wrong", name="a\nb"),
    csv_bad("an id of a fact that is none", "fact_field_wrong", supersedes="HA-1"),
    csv_bad("an unknown status", "unknown_code", status="Expired"),
    csv_bad("a negative accuracy", "fact_field_wrong", location_accuracy_m="-1"),
    csv_bad("two wrong cells", "unknown_code", "impossible_date", type="X", identified_on="soon"),
    Bad("a row told twice", "a.csv", csv_file(GOOD, GOOD), ("fact_duplicate",)),
    Bad("a short row", "a.csv", csv_file(GOOD) + b"HA-2,Org\n", ("fact_row_broken",)),
    Bad("a long row", "a.csv", csv_file(GOOD) + b"HA-2,Org,SHA,2020,1,,,\n", ("fact_row_broken",)),
    csv_bad("a column that is no field", "record_column_unknown", is_refused=True, depth="1"),
    csv_bad("an area of competing columns", "record_column_unknown", is_refused=True, Shape_Area="1"),
    csv_bad("half a point", "record_column_unknown", is_refused=True, lon="1"),
    csv_bad("a layer of a table", "layer_unknown", is_refused=True, stated=Stated(layer="x")),
    csv_bad("an unknown system stated", "crs_unknown", is_refused=True, stated=Stated(crs="EPSG:1")),
    csv_bad("no system stated", "crs_unknown", is_refused=True, stated=Stated(crs="UTM 38")),
    csv_bad("a file named as system", "crs_unknown", is_refused=True, stated=Stated(crs="+init=/etc/passwd:1")),
    csv_bad("a system of heights stated", "crs_unusable", is_refused=True, stated=Stated(crs="EPSG:5703")),
    csv_bad("a day that month-first has not", "impossible_date", identified_on="25/04/2021", stated=Stated(dates="month-first")),
    csv_bad("a day that day-first has not", "impossible_date", identified_on="04/25/2021", stated=Stated(dates="day-first")),
]
CSV_TEXTS = [
    csv_text("nothing", b"", "table_empty"),
    csv_text("blank lines", b"\n\n", "table_empty"),
    csv_text("a column twice", "local_id,Local_ID\n1,2\n", "table_column_twice"),
    csv_text("a quote that never ends", 'local_id,organisation\n"HA-1,Org\n', "csv_quote_open"),
    csv_text("letters behind a quote", 'local_id,organisation\n"HA"-1,Org\n', "table_broken"),
    csv_text("UTF-16", "local_id\n1\n".encode("utf-16"), "file_not_text"),
    csv_text("Latin-1", "local_id,name\n1,\u00dcber\n".encode("latin-1"), "file_not_utf8"),
    csv_text("Windows-1256", "local_id,name\n1,\u062d\u0642\u0644\n".encode("cp1256"), "file_not_utf8"),
    csv_text("NUL bytes", b"local_id\0,a\n", "file_not_text"),
    csv_text("columns missing", "local_id,organisation\n1,2\n", "fact_column_missing", "fact_column_missing"),
    csv_text("a page of the web", "<!DOCTYPE html><html></html>", "table_content_wrong"),
    csv_text("GeoJSON", collection(geojson()), "table_content_wrong"),
    csv_text("a PDF", b"%PDF-1.7\n", "table_content_wrong"),
    csv_text("an old spreadsheet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_content_wrong"),
    csv_text("a picture", b"\x89PNG\r\n\x1a\n" + bytes(9), "table_content_wrong"),
    csv_text("Parquet", b"PAR1" + bytes(9), "table_content_wrong"),
    csv_text("gzip", b"\x1f\x8b\x08" + bytes(9), "table_content_wrong"),
]
JSON_TEXTS = [
    json_text(f"JSON that is {what}", content, *codes)
    for what, content, codes in (
        ("empty", b"", ["geojson_broken"]),
        ("cut off", collection(geojson())[:-20], ["geojson_broken"]),
        ("a list", b"[]", ["geojson_broken"]),
        ("a geometry", b'{"type": "Polygon", "coordinates": []}', ["geojson_broken"]),
        ("without features", b'{"type": "FeatureCollection"}', ["geojson_broken"]),
        ("nested deep", b'{"a":' * 60_000, ["geojson_broken"]),
        ("NaN", b'{"type": "FeatureCollection", "features": [NaN]}', ["geojson_broken"]),
        ("TopoJSON", b'{"type": "Topology", "objects": {}}', ["geojson_broken"]),
        ("of ArcGIS", b'{"displayFieldName": "", "features": []}', ["geojson_broken"]),
        ("in a system without name", collection(crs={"type": "name"}), ["crs_unknown"]),
        ("in a linked system", collection(crs={"type": "link", "properties": {"href": "http://x"}}), ["crs_unknown"]),
        ("in a system nobody knows", collection(crs={"type": "name", "properties": {"name": "EPSG:1"}}), ["crs_unknown"]),
        ("UTF-16", collection().decode().encode("utf-16"), ["file_not_text"]),
        ("not UTF-8", collection().replace(b"features", b"f\xe9atures"), ["file_not_utf8"]),
        ("a zip", b"PK\x03\x04" + bytes(30), ["table_content_wrong"]),
        ("KML", b"<?xml version='1.0'?><kml/>", ["table_content_wrong"]),
    )
]
JSON_FEATURES = [
    json_bad("a line", "outline_kind_wrong", geometry={"type": "LineString", "coordinates": CORNERS}),
    json_bad("many points", "outline_kind_wrong", geometry={"type": "MultiPoint", "coordinates": CORNERS}),
    json_bad("a collection of shapes", "outline_broken", geometry={"type": "GeometryCollection", "geometries": []}),
    json_bad("a shape without type", "outline_broken", geometry={"coordinates": [CORNERS]}),
    json_bad("a shape that is text", "outline_broken", geometry=SQUARE),
    json_bad("no positions", "outline_broken", geometry={"type": "Polygon", "coordinates": []}),
    json_bad("an empty polygon", "outline_broken", geometry={"type": "MultiPolygon", "coordinates": [[]]}),
    json_bad("an empty ring", "outline_without_area", geometry={"type": "Polygon", "coordinates": [[]]}),
    json_bad("positions as text", "outline_broken", geometry={"type": "Polygon", "coordinates": [[["30", "10"]] * 4]}),
    json_bad("positions that are null", "outline_broken", geometry={"type": "Polygon", "coordinates": [[None] * 4]}),
    json_bad("one number", "outline_numbers_wrong", geometry={"type": "Polygon", "coordinates": [[[30]] * 4]}),
    json_bad("five numbers", "outline_numbers_wrong", geometry={"type": "Polygon", "coordinates": [[[1, 2, 3, 4, 5]] * 4]}),
    json_bad("an open ring", "outline_ring_open", geometry={"type": "Polygon", "coordinates": [CORNERS[:-1]]}),
    json_bad("swapped axes", "outline_swapped", geometry={"type": "Polygon", "coordinates": [[[y, x + 100] for x, y in CORNERS]]}),
    json_bad("metres", "coordinates_projected", geometry={"type": "Polygon", "coordinates": [[[x * 1e4, y * 1e5] for x, y in CORNERS]]}),
    json_bad("a number beyond numbers", "outline_off_the_earth", geometry={"type": "Point", "coordinates": [10**400, 1]}),
    json_bad("a list as value", "record_value_nested", name=["a"]),
    json_bad("an object as value", "record_value_nested", name={"a": 1}),
    json_bad("a name twice", "record_key_twice", Type="CHA"),
    json_bad("a number as type", "unknown_code", type=7),
    json_bad("a truth as date", "impossible_date", identified_on=True),
    json_bad("heights", "heights_left_out", geometry={"type": "Polygon", "coordinates": [[[*one, 9] for one in CORNERS]]}),
    Bad("no properties", "a.geojson", collection({"type": "Feature", "properties": None, "geometry": None}), ("fact_row_broken",)),
    Bad("a feature that is none", "a.geojson", collection(geojson(), 7), ("geojson_broken",)),
]
BAD_TEXT_FILES = [
    *DATES, *AREAS, *OUTLINES, *POINTS, *WARNED, *CELLS, *CSV_TEXTS, *JSON_TEXTS, *JSON_FEATURES,
]  # fmt: skip
