"""The file of failed rows holds exactly the rows that are no facts, as they were given: mended and imported, they are the missing facts."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import shapely

from mineaction.programme.recording import import_records
from mineaction.programme.stores import init
from mineaction.terms.problem import ProblemError
from tests.sources.made_files import ROWS, SHAPES, as_csv, as_geojson, as_xlsx, moved, write_layer

BAD = [row | {"type": "X"} if row["local_id"] != "HA-2" else row for row in ROWS]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    for store in ("a.gpkg", "b.gpkg"):
        init(store)
    return tmp_path


def imported(path: str | Path, store: str = "a.gpkg", **options: Any) -> dict[str, Any]:
    return import_records(str(path), kind="hazardous_area", store=store, **options)


def failed(path: str | Path, **options: Any) -> list[dict[str, str]]:
    imported(path, failed_rows="failed.csv", **options)
    with Path("failed.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mend(old: str, new: str) -> None:
    path = Path("failed.csv")
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def facts(store: str) -> set[str]:
    with closing(sqlite3.connect(store)) as held:
        return {row[0] for row in held.execute("SELECT fact_id FROM fact")}


def made(name: str, rows: list[dict[str, str]], shapes: Any) -> Path:
    path = Path(name)
    cells = [[*row.values(), shape.wkt if shape else ""] for row, shape in zip(rows, shapes, strict=True)]
    makers = {
        ".csv": lambda: as_csv(rows, shapes),
        ".geojson": lambda: as_geojson(rows, shapes),
        ".xlsx": lambda: as_xlsx({"A": [[*rows[0], "wkt"], *cells]}),
    }
    if path.suffix in makers:
        path.write_bytes(makers[path.suffix]())
        return path
    return write_layer(path, rows, shapes)


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx", "r.geojson", "r.kml", "r.shp", "layer.gpkg"])
def test_mending_the_failed_rows_and_importing_them_gives_the_missing_facts(name: str) -> None:
    rows = failed(made(name, BAD, SHAPES))
    assert [row["local_id"] for row in rows] == ["HA-1", "HA-3"]
    mend("X", "SHA")
    assert imported("failed.csv")["facts"] == 2
    imported(
        made(f"good.{name.rpartition('.')[2]}", [row | {"type": "SHA"} if row["type"] == "X" else row for row in BAD], SHAPES), "b.gpkg"
    )
    assert facts("a.gpkg") == facts("b.gpkg")


def test_a_record_in_another_system_keeps_its_ground_and_its_system() -> None:
    shapes = [moved(one, "EPSG:32631") for one in SHAPES]
    rows = failed(write_layer(Path("r.shp"), BAD, shapes, crs="EPSG:32631"))
    assert [row["given_crs"] for row in rows] == ["EPSG:32631", ""]
    mend("X", "CHA")
    imported("failed.csv")
    imported(write_layer(Path("s.shp"), [row | {"type": "CHA"} for row in BAD], shapes, crs="EPSG:32631"), "b.gpkg")
    assert facts("a.gpkg") == facts("b.gpkg")


def test_an_outline_that_failed_stands_there_as_it_was_given() -> None:
    swapped = shapely.box(10, 130, 10.01, 130.01)
    for name in ("r.geojson", "layer.gpkg", "r.shp"):
        (row,) = failed(made(name, list(ROWS[:1]), [swapped]))
        assert row["wkt"].startswith("SRID=4326;MULTIPOLYGON (((10.")
        mend(row["wkt"], "POLYGON ((130 10, 130.01 10, 130.01 10.01, 130 10))")
        assert imported("failed.csv")["facts"] == 1


def test_a_row_that_is_broken_stays_as_broken_as_it_was() -> None:
    Path("r.csv").write_text(
        "local_id;organisation;type;identified_on\nHA-1;Org\nHA-2;Org;SHA;2020;x\nHA-3;Org;SHA;2020\n", encoding="utf-8"
    )
    failed("r.csv")
    expected = b"local_id,organisation,type,identified_on\r\nHA-1,Org\r\nHA-2,Org,SHA,2020,x\r\n"
    assert Path("failed.csv").read_bytes() == expected
    assert imported("failed.csv")["with_problems"] == 2


def test_formulas_come_back_from_the_failed_rows_as_they_were() -> None:
    Path("r.csv").write_text('local_id,organisation,type,identified_on,name\n"=cmd|1",-Org,X,2020,\'+x\n', encoding="utf-8")
    (row,) = failed("r.csv")
    assert (row["local_id"], row["organisation"], row["name"]) == ("'=cmd|1", "'-Org", "'+x")
    mend(",X,", ",SHA,")
    imported("failed.csv")
    Path("r.csv").write_text('local_id,organisation,type,identified_on,name\n"=cmd|1",-Org,SHA,2020,\'+x\n', encoding="utf-8")
    imported("r.csv", "b.gpkg")
    assert facts("a.gpkg") == facts("b.gpkg")


def test_without_failed_rows_the_file_is_empty_and_nothing_given_is_written_over() -> None:
    path = made("r.csv", list(ROWS), SHAPES)
    assert imported(path, failed_rows="failed.csv")["failed_rows_file"] == "failed.csv"
    assert Path("failed.csv").read_text(encoding="utf-8") == ""
    for out in ("r.csv", "a.gpkg", "p.csv"):
        with pytest.raises(ProblemError, match="output_is_input"):
            imported(path, failed_rows=out, problems="p.csv")


def test_no_part_of_a_shapefile_and_no_file_of_a_geodatabase_is_written_over() -> None:
    for path, part in ((made("r.shp", list(ROWS), SHAPES), Path("r.dbf")), (made("g.gdb", list(ROWS), SHAPES), Path("g.gdb/gdb"))):
        before = part.read_bytes()
        with pytest.raises(ProblemError, match="output_is_input"):
            imported(path, failed_rows=str(part))
        assert part.read_bytes() == before
