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
    return read_facts(content, path.name, extension, KINDS["hazardous_area"], TODAY, Stated(**stated))


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
