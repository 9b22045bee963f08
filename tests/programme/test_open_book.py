"""`ma.open`: the questions about a store as functions of one object."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import mineaction as ma
from tests.programme.land_files import AT, store_of, table, write
from tests.registers.test_land_account import m2

TOLD = """
    hazard   A  SHA      2012-01-01    0  0 100 100  name=Old~pier
    hazard   P  SHA      2012-01-01    -
    release  R  cleared  2013-01-01    0  0  50 100
"""


@pytest.fixture
def store(tmp_path: Path) -> str:
    return store_of(tmp_path, TOLD)


def codes(raised: pytest.ExceptionInfo[ma.ProblemError]) -> list[str]:
    return [one.code for one in raised.value.problems]


def test_every_question_about_a_store_is_a_function_of_the_open_book(store: str, tmp_path: Path) -> None:
    book = ma.open(store)
    assert book.area("year", until="2014-12-31")["totals"]["remaining_m2"] == m2(5_000)
    assert [one["local_id"] for one in book.areas(status="suspected_open")["areas"]] == ["A", "P"]
    assert book.why("A")["areas"][0]["closing"]["can_close"] is False
    assert len(book.history("R")["told"]) == 1 and book.verify()["is_whole"]
    write(tmp_path / "more.csv", table("release S cleared 2013-02-01 50 0 100 100")["land_release"])
    assert book.import_file(str(tmp_path / "more.csv"), kind="land_release", at=AT)["facts"] == 1
    assert book.area(until="2014-12-31")["totals"]["remaining_m2"] == m2(0)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ma.ProblemError) as raised:
        ma.open(str(tmp_path / "none.gpkg"))
    assert codes(raised) == ["store_missing"] and not (tmp_path / "none.gpkg").exists()


def test_the_records_that_stand_are_a_geo_data_frame(store: str) -> None:
    frame = ma.open(store).to_geopandas()
    assert list(frame["local_id"]) == ["A", "P"] and str(frame.crs) == "EPSG:4326"
    assert [outline is None for outline in frame.geometry] == [False, True]
    assert frame.geometry[0].bounds[0] == pytest.approx(69.2)
    assert len(ma.open(store).to_geopandas("land_release", known_at="2020-01-01")) == 0


def test_a_kind_that_is_none_and_a_missing_package_are_told(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(ma.ProblemError) as raised:
        ma.open(store).to_geopandas("hazard", known_at="x")
    assert codes(raised) == ["impossible_date", "unknown_code", "geopandas_missing"]
