"""Every format tells the same facts, in whatever coordinate system, and says what it holds beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import shapely

from mineaction.programme.given_files import read_given
from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.sources.given_rows import Stated
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import as_wkt, outline_of
from mineaction.terms.problem import ProblemError
from tests.sources.made_files import ROWS, SHAPES, as_csv, as_geojson, as_xlsx, as_zip, files_of, moved, write_layer

TODAY = dt.date(2026, 1, 1)


def read(path: Path, **stated: str) -> Reading:
    content, extension = read_given(str(path))
    return read_facts(content, path.name, extension, KINDS["hazardous_area"], TODAY, stated=Stated(**stated))


def made(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def ids(reading: Reading) -> list[str]:
    return [one.fact.fact_id for one in reading.facts]


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.problems]


def refused(path: Path, **stated: str) -> list[str]:
    with pytest.raises(ProblemError) as raised:
        read(path, **stated)
    return [one.code for one in raised.value.problems]


def sheet() -> list[list[Any]]:
    days = {"2020-05-02": 43953, "2021-06-03": 44350, "2021-07-04": 44381}
    rows = [
        [row["local_id"], row["organisation"], row["type"], ("date", days[row["identified_on"]]), row["name"], shape and shape.wkt]
        for row, shape in zip(ROWS, SHAPES, strict=True)
    ]
    return [[*ROWS[0], "wkt"], *rows]


def test_the_same_records_in_every_format_are_the_same_facts(tmp_path: Path) -> None:
    expected = ids(read(made(tmp_path, "a.csv", as_csv())))
    assert len(set(expected)) == 3
    for name in ("a.gpkg", "a.gdb", "a.kml", "a.shp"):
        assert ids(read(write_layer(tmp_path / name))) == expected, name
    (tmp_path / "only").mkdir()
    write_layer(tmp_path / "only" / "a.shp")
    archives = {
        "a.zip": files_of(tmp_path / "only", "deep/folder/"),
        "g.zip": files_of(tmp_path / "a.gdb", "a.gdb/"),
        "a.kmz": {"doc.kml": (tmp_path / "a.kml").read_bytes()},
    }
    for name, files in archives.items():
        assert ids(read(made(tmp_path, name, as_zip(files)))) == expected, name
    assert ids(read(made(tmp_path, "a.geojson", as_geojson()))) == expected
    assert ids(read(made(tmp_path, "a.xlsx", as_xlsx({"Areas": sheet(), "Empty": []})))) == expected


@pytest.mark.parametrize("name", ["a.gpkg", "a.gdb", "a.shp"])
def test_another_system_is_turned_into_wgs84_and_kept_by_name(tmp_path: Path, name: str) -> None:
    reading = read(write_layer(tmp_path / name, shapes=[moved(one, "EPSG:32631") for one in SHAPES], crs="EPSG:32631"))
    assert [one.fact.payload.get("given_crs") for one in reading.facts] == ["EPSG:32631", "EPSG:32631", None]
    outline = shapely.from_wkt(as_wkt(outline_of(reading.facts[0].fact.geometry)))
    assert outline.hausdorff_distance(SHAPES[0]) < 1e-8
    assert codes(reading) == []


def test_a_shapefile_without_its_system_is_read_in_the_one_that_is_stated(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.shp", shapes=[moved(one, "EPSG:32631") for one in SHAPES], crs="EPSG:32631")
    expected = ids(read(path))
    (tmp_path / "a.prj").unlink()
    assert refused(path) == ["crs_missing"]
    assert ids(read(path, crs="EPSG:32631")) == expected
    assert refused(path, crs="UTM zone 31") == ["crs_unknown"]


def test_a_table_in_metres_is_read_in_the_system_that_is_stated(tmp_path: Path) -> None:
    shapes = [moved(one, "EPSG:32631") for one in SHAPES]
    path = made(tmp_path, "a.csv", as_csv(shapes=shapes))
    assert codes(read(path)) == ["coordinates_projected"] * 4  # each ring
    expected = ids(read(write_layer(tmp_path / "a.gpkg", shapes=shapes, crs="EPSG:32631")))
    assert ids(read(path, crs="epsg:32631")) == expected
    named = as_csv(shapes=shapes).replace(b'"POLYGON', b'"SRID=32631;POLYGON').replace(b'"MULTI', b'"SRID=32631;MULTI')
    assert ids(read(made(tmp_path, "b.csv", named))) == expected


def test_a_layer_is_chosen_by_name_and_its_places_name_it(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg", layer="old")
    write_layer(path, [row | {"type": "X"} for row in ROWS], layer="new", append=True)
    assert refused(path) == ["layer_not_chosen"]
    assert len(read(path, layer="old").facts) == 3
    assert read(path, layer="new").problems[0].place == "layer new, feature 1, field type"


def test_a_problem_of_a_sheet_names_the_cell(tmp_path: Path) -> None:
    rows = sheet()
    rows[2][2] = "X"
    content = as_xlsx({"Areas": [[""] * 7, ["", *rows[0]], *[["", *row] for row in rows[1:]]], "Notes": [["read me"]]})
    reading = read(made(tmp_path, "a.xlsx", content), layer="Areas")
    assert [(one.code, one.place) for one in reading.problems] == [("unknown_code", "sheet Areas, cell D4")]
    assert [one.place for one in reading.facts] == ["sheet Areas, row 3", "sheet Areas, row 5"]


@pytest.mark.parametrize(
    ("given", "held"),
    [(12500, "12500.00"), (12500.5, "12500.50"), ("1.250,5 m2", "1250.50"), ("3,2 ha", "32000.00"), ("0.5 km²", "500000.00")],
)
def test_a_number_of_a_sheet_is_what_it_stands_for(tmp_path: Path, given: Any, held: str) -> None:
    header, *rows = sheet()
    reading = read(made(tmp_path, "a.xlsx", as_xlsx({"A": [[*header, "reported_area_m2"], [*rows[0], given]]})))
    assert [one.fact.payload["reported_area_m2"] for one in reading.facts] == [held]


@pytest.mark.parametrize("names", [("longitude", "latitude"), ("Lon", "LAT"), ("lng", "lat"), ("Longitud", "Latitud"), ("X", "Y")])
def test_a_point_in_two_columns_is_the_point_of_the_record(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [row | dict(zip(names, ("44.50", "-33.125"), strict=True)) for row in ROWS[:1]]
    reading = read(made(tmp_path, "a.csv", as_csv(rows, [None])))
    assert [(one.fact.payload["longitude"], one.fact.payload["latitude"]) for one in reading.facts] == [("44.50", "-33.125")]
    assert codes(reading) == []


def test_a_point_is_the_same_fact_as_geometry_as_text_and_in_columns(tmp_path: Path) -> None:
    point = [shapely.Point(44.5, -33.125)]
    columns = [row | {"lon": "44.5", "lat": "-33.125"} for row in ROWS[:1]]
    forms = [
        read(made(tmp_path, "a.csv", as_csv(columns, [None]))),
        read(made(tmp_path, "b.csv", as_csv(ROWS[:1], point))),
        read(made(tmp_path, "c.csv", as_csv(ROWS[:1], [None]).replace(b'""\n', b'"-33.125 44.5 12.0 4.9"\n'))),
        read(made(tmp_path, "a.geojson", as_geojson(ROWS[:1], point))),
        read(write_layer(tmp_path / "a.gpkg", ROWS[:1], point, geometry_type="Point")),
        read(write_layer(tmp_path / "a.kml", ROWS[:1], point, geometry_type="Point")),
    ]
    assert len({tuple(ids(one)) for one in forms}) == 1 and len(forms[0].facts) == 1


def test_a_kind_without_a_point_says_so() -> None:
    rows = [{"local_id": "1", "organisation": "O", "change": "voided", "changed_on": "2020-03-04"}]
    reading = read_facts(as_csv(rows, [shapely.Point(1, 2)]), "a.csv", ".csv", KINDS["hazard_change"], TODAY)
    assert [(one.code, one.place) for one in reading.problems] == [("outline_kind_wrong", "row 1, column wkt")]
    with pytest.raises(ProblemError, match=r"'lat' is not a field of hazard_change.*'lon' is not a field"):
        read_facts(as_csv([rows[0] | {"lon": "1", "lat": "2"}], [None]), "a.csv", ".csv", KINDS["hazard_change"], TODAY)


@pytest.mark.parametrize("separator", [";", "; ", " ; "])
def test_the_outline_of_a_survey_form_has_latitude_first(tmp_path: Path, separator: str) -> None:
    corners = ["33.10 44.5 120.5 4.2", "33.10 44.6 0 0", "33.20 44.6 0 0", "33.10 44.5 121 3"]
    rows = [{**ROWS[0], "geoshape": separator.join(corners) + separator.strip()}]
    reading = read(made(tmp_path, "a.csv", as_csv(rows, [None]).replace(b",wkt\n", b",note\n")))
    assert as_wkt(outline_of(reading.facts[0].fact.geometry)) == "MULTIPOLYGON (((44.5 33.1, 44.6 33.1, 44.6 33.2, 44.5 33.1)))"


@pytest.mark.parametrize(("order", "expected"), [("day-first", ["2021-04-03", "2020-12-25"]), ("month-first", ["2021-03-04"])])
def test_the_order_of_a_date_is_the_one_that_is_stated(tmp_path: Path, order: str, expected: list[str]) -> None:
    rows = [ROWS[0] | {"identified_on": "03/04/2021"}, ROWS[1] | {"identified_on": "25.12.2020"}]
    path = made(tmp_path, "a.csv", as_csv(rows, SHAPES[:2]))
    assert [one.fact.payload["identified_on"] for one in read(path, dates=order).facts] == expected
    assert codes(read(path)) == ["date_order_unsaid"] * 2


def test_letters_of_a_shapefile_are_read_in_its_encoding(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.shp")
    table = (tmp_path / "a.dbf").read_bytes()
    (tmp_path / "a.dbf").write_bytes(table.replace("Ä ".encode(), "Ä  ".encode("cp1252")).replace("Ü".encode(), "Ü ".encode("cp1252")))
    (tmp_path / "a.cpg").write_text("1252")
    assert {one.fact.payload["organisation"] for one in read(path).facts} == {"Org Ä"}
    (tmp_path / "a.cpg").unlink()
    assert refused(path) == ["encoding_unsaid"]


def test_a_geodatabase_folder_is_kept_as_an_archive_of_the_same_bytes(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gdb")
    first = read_given(str(path))
    (path / "a.gdb.lock").write_bytes(b"")
    assert read_given(f"{path}/") == first and first[0].startswith(b"PK\x03\x04")


def test_a_name_cut_after_ten_letters_is_the_only_field_it_can_be(tmp_path: Path) -> None:
    header = ",".join(ROWS[0]).replace("organisation", "organisati").replace("identified_on", "identified")
    content = as_csv(ROWS[:1], SHAPES[:1]).replace(",".join(ROWS[0]).encode(), header.encode())
    assert ids(read(made(tmp_path, "a.csv", content))) == ids(read(made(tmp_path, "b.csv", as_csv(ROWS[:1], SHAPES[:1]))))
    both = content.replace(b"wkt\n", b"wkt,reported_a\n").replace(b'"\n', b'","1"\n')
    assert refused(made(tmp_path, "c.csv", both)) == ["record_column_unknown"]  # reported_area_m2 or reported_area_given


def test_a_long_whole_number_is_read_to_its_last_digit(tmp_path: Path) -> None:
    rows = [row | {"reported_area_m2": number} for row, number in zip(ROWS, (900_719_925_474_099, 0, 5), strict=True)]
    reading = read(write_layer(tmp_path / "a.gpkg", rows))
    assert [one.fact.payload["reported_area_given"] for one in reading.facts] == ["900719925474099", "0", "5"]
