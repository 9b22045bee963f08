"""GDAL's own programs open a store, see the one layer as it is, and change no fact, whatever they are asked to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mineaction.programme.recording import import_records
from mineaction.programme.store_checks import verify
from mineaction.programme.store_rebuild import rebuild
from mineaction.programme.stores import init
from tests.ledger.map_programs import EXTENT, MORE, ONE_SHAPE, REFUSED, count_standing, digest_of, held, run, tell
from tests.ledger.postgis_stores import login
from tests.ledger.private_server import PrivateServer

pytestmark = pytest.mark.clients


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "book.gpkg")
    init(path)
    tell(path, tmp_path)
    (tmp_path / "one.geojson").write_text(ONE_SHAPE, encoding="utf-8")
    return path


def test_ogrinfo_sees_one_layer_with_its_system_extent_and_count_and_changes_no_byte(store: str, tmp_path: Path) -> None:
    before = digest_of(store), held(store)
    listed = run("ogrinfo", store, folder=tmp_path).stdout
    assert re.findall(r"^\d+: (.*)$", listed, re.MULTILINE) == ["hazardous_area (Multi Polygon)", "about_this_store (None)"]
    told = run("ogrinfo", "-so", store, "hazardous_area", folder=tmp_path).stdout
    assert f"Feature Count: {count_standing(store)}\n" in told and count_standing(store) == 3
    extent = re.search(r"^Extent: \((.*), (.*)\) - \((.*), (.*)\)$", told, re.MULTILINE)
    assert extent is not None and tuple(map(float, extent.groups())) == EXTENT
    assert 'ID["EPSG",4326]' in told and "Geometry Column = geom" in told
    near = run("ogrinfo", "-so", "-spat", "2.9", "0.9", "3.015", "1.2", store, "hazardous_area", folder=tmp_path).stdout
    assert "Feature Count: 1\n" in near, "found by the spatial index"
    assert (digest_of(store), held(store)) == before and before[1].is_whole
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book.gpkg", "more.csv", "one.geojson"]


def test_what_ogr2ogr_takes_from_the_layer_is_what_was_told(store: str, tmp_path: Path) -> None:
    before, out = digest_of(store), tmp_path / "out.geojson"
    assert run("ogr2ogr", str(out), store, "hazardous_area", folder=tmp_path).returncode == 0
    areas = {one["properties"]["local_id"]: one for one in json.loads(out.read_text(encoding="utf-8"))["features"]}
    assert sorted(areas) == ["HA-001", "HA-002", "HA-003"] and areas["HA-003"]["geometry"] is None
    assert {tuple(place) for ring in areas["HA-001"]["geometry"]["coordinates"][0] for place in ring} == {
        (3.0, 1.0), (3.01, 1.0), (3.01, 1.01), (3.0, 1.01),
    }  # fmt: skip
    assert digest_of(store) == before


@pytest.mark.parametrize("table", ["accident", "land_release", "fact", "file", "batch", "entry", "store"])
def test_accidents_people_and_the_ledger_itself_are_no_layers(store: str, table: str, tmp_path: Path) -> None:
    told = run("ogrinfo", "-so", store, table, folder=tmp_path)
    assert "Couldn't fetch requested layer" in told.stdout + told.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("ogrinfo", "{store}", "-sql", "UPDATE hazardous_area SET type = 'CHA'"),
        ("ogrinfo", "{store}", "-sql", "DELETE FROM hazardous_area WHERE fid = 1"),
        ("ogrinfo", "{store}", "-sql", "INSERT INTO hazardous_area SELECT * FROM hazardous_area"),
        ("ogr2ogr", "-append", "-nln", "hazardous_area", "{store}", "{one}"),
        ("ogr2ogr", "-upsert", "-nln", "hazardous_area", "{store}", "{one}"),
    ],
    ids=["update", "delete", "insert", "append", "upsert"],
)
def test_an_edit_is_refused_with_the_sentence_and_changes_no_byte(store: str, command: tuple[str, ...], tmp_path: Path) -> None:
    before = digest_of(store)
    told = run(*(word.format(store=store, one=tmp_path / "one.geojson") for word in command), folder=tmp_path)
    assert REFUSED in told.stderr
    assert digest_of(store) == before


def test_a_fact_is_not_removed_by_a_statement_either(store: str, tmp_path: Path) -> None:
    before = digest_of(store)
    assert "facts are only added" in run("ogrinfo", store, "-sql", "DELETE FROM fact", folder=tmp_path).stderr
    assert digest_of(store) == before


@pytest.mark.parametrize("command", [
    ("ogrinfo", "{store}", "-sql", "DROP TABLE hazardous_area"),
    ("ogr2ogr", "-update", "-overwrite", "-nln", "hazardous_area", "{store}", "{one}"),
], ids=["dropped", "overwritten"])  # fmt: skip
def test_a_layer_that_is_deleted_or_replaced_is_found_and_made_anew_and_no_fact_was_touched(
    store: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    """Whoever owns the file may delete the layer, as any table: map programs take the triggers with it."""
    before = held(store)
    run(*(word.format(store=store, one=tmp_path / "one.geojson") for word in command), folder=tmp_path)
    after = held(store)
    assert (after.facts, after.head, after.is_whole) == (before.facts, before.head, False)
    rebuild(store)
    assert held(store) == before
    told = run("ogrinfo", "-so", store, "hazardous_area", folder=tmp_path).stdout
    assert "Geometry: Multi Polygon\nFeature Count: 3\n" in told
    run("ogrinfo", store, "-sql", "DROP TABLE hazardous_area", folder=tmp_path)
    (tmp_path / "more.csv").write_text(MORE.replace("HA-9", "HA-10"), encoding="utf-8")
    import_records(str(tmp_path / "more.csv"), kind="hazardous_area", store=store)
    assert verify(store)["is_whole"], "the next batch makes it anew too"


def test_a_layer_of_others_beside_ours_changes_no_fact(store: str, tmp_path: Path) -> None:
    before = held(store)
    assert run("ogr2ogr", "-update", "-nln", "more", store, str(tmp_path / "one.geojson"), folder=tmp_path).returncode == 0
    assert held(store) == before


@pytest.mark.postgis
def test_ogrinfo_opens_the_map_on_a_server_as_a_reader_and_is_shown_nothing_else(server: PrivateServer, tmp_path: Path) -> None:
    database = server.database()
    init(server.address(database))
    tell(server.address(database), tmp_path)
    before = verify(server.address(database))
    with login(server, database, "looks", "mineaction_reader"):
        place = f"PG:host={server.folder} port={server.port} dbname={database} user=looks active_schema=mineaction"
        listed = run("ogrinfo", place, folder=tmp_path).stdout
        # PostGIS lists every table with a geometry to everybody, and hands it to nobody without the right.
        assert re.findall(r"^\d+: (.*)$", listed, re.MULTILINE) == ["fact (Multi Polygon)", "hazardous_area (Multi Polygon)"]
        kept = run("ogrinfo", place, "fact", folder=tmp_path)
        assert "permission denied for table fact" in kept.stderr and "OGRFeature" not in kept.stdout
        told = run("ogrinfo", "-so", place, "hazardous_area", folder=tmp_path).stdout
        assert "Feature Count: 3\n" in told and 'ID["EPSG",4326]' in told
        extent = re.search(r"^Extent: \((.*), (.*)\) - \((.*), (.*)\)$", told, re.MULTILINE)
        assert extent is not None and tuple(map(float, extent.groups())) == EXTENT
        refused = run("ogrinfo", place, "-sql", "UPDATE hazardous_area SET type = 'CHA'", folder=tmp_path).stderr
        assert "permission denied" in refused
    owner = f"PG:host={server.folder} port={server.port} dbname={database} user=postgres active_schema=mineaction"
    assert REFUSED in run("ogrinfo", owner, "-sql", "UPDATE hazardous_area SET type = 'CHA'", folder=tmp_path).stderr
    after = verify(server.address(database))
    assert after["is_whole"] and (after["head"], after["facts"]) == (before["head"], before["facts"])
    server.give_back(database)


def test_without_its_triggers_the_layer_is_edited_and_verify_finds_it(store: str, tmp_path: Path) -> None:
    """That edits are refused is the work of the triggers, and these tests see it where they are gone."""
    before = held(store)
    for name in ("hazardous_area_no_update", "rtree_hazardous_area_geom_update1"):
        run("ogrinfo", store, "-sql", f"DROP TRIGGER {name}", folder=tmp_path)
    told = run("ogrinfo", store, "-sql", "UPDATE hazardous_area SET type = 'CHA'", folder=tmp_path)
    assert REFUSED not in told.stderr
    after = held(store)
    assert (after.facts, after.is_whole) == (before.facts, False)
    rebuild(store)
    assert held(store) == before
