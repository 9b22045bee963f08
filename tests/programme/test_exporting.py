"""What leaves the store: no field above its tier, no layer of what is never one, and at T3 all there is."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.store import Told
from mineaction.programme.exporting import export_records
from mineaction.programme.recording import import_records, reverse
from mineaction.programme.stores import init
from mineaction.programme.templates import template
from mineaction.sources.csv_records import csv_records
from mineaction.sources.given_rows import Stated
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import RECORDED_KINDS, TIERS, Kind
from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem import ProblemError

SQUARE = "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1))"
FILES = {
    "hazardous_area": "local_id,organisation,type,identified_on,note,wkt\n"
    f'HA-1,Org,SHA,2020-05,"=1+1, sealed",\nHA-2,Org,SHA,2020,,"{SQUARE}"\n',
    "land_release": "local_id,organisation,release_class,method,released_on,reported_area_m2,parent,task,note,source,wkt\n"
    f'LR-1,Org,cleared,CLEARANCE,2021-05-01,1250.5,SEALED-HA,TASK-9,"word, of those who work",A REPORT,"{SQUARE}"\n',
    "accident": "local_id,organisation,happened_on,accident_type,is_demining,longitude,latitude\nAC-1,Org,2020,mine,no,3.123456,1.5\n",
    "admin_area": f'level,code,name,iso3,source,wkt\n1,XD1,West,XDM,Survey,"{SQUARE}"\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    init()
    for kind, text in FILES.items():
        Path(f"{kind}.csv").write_text(text, encoding="utf-8")
        import_records(f"{kind}.csv", kind=kind)
    return tmp_path


def refused(code: str, **asked: Any) -> None:
    with pytest.raises(ProblemError) as raised:
        export_records(**asked)
    assert [one.code for one in raised.value.problems] == [code]
    assert not os.path.exists(asked["out"]) or asked["out"] == "programme.gpkg"


def rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_at_t1_released_land_has_its_outline_and_nothing_that_betrays_a_hazardous_area(folder: Path) -> None:
    answer = export_records("out.csv", kind="land_release", tier="T1")
    (row,) = rows("out.csv")
    assert (row["local_id"], row["reported_area_m2"], row["wkt"][:12]) == ("LR-1", "1250.50", "MULTIPOLYGON")
    assert {"parent", "task", "note", "source", "approved_by"} <= set(answer["left_out_columns"])
    told = Path("out.csv").read_text(encoding="utf-8") + Path("out.csv.about.json").read_text(encoding="utf-8")
    assert not [word for word in ("SEALED-HA", "TASK-9", "of those who work", "A REPORT") if word in told]


def test_each_tier_adds_its_fields(folder: Path) -> None:
    found = [set(export_records(f"{tier}.csv", kind="land_release", tier=tier)["columns"]) for tier in TIERS]
    assert found[0] < found[1] < found[2] == {*RECORDED_KINDS["land_release"].field_names(), "source"}
    assert "SEALED-HA" in Path("T3.csv").read_text(encoding="utf-8") and "SEALED-HA" not in Path("T2.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", RECORDED_KINDS.values(), ids=list(RECORDED_KINDS))
@pytest.mark.parametrize("tier", TIERS)
def test_no_kind_gives_a_field_above_the_tier(folder: Path, kind: Kind, tier: str) -> None:
    above = {field.name for field in kind.fields if field.sensitivity > tier}
    if len(above) == len(kind.fields):
        refused("export_nothing_of_tier", out="out.csv", kind=kind.name, tier=tier)
    else:
        export_records("out.csv", kind=kind.name, tier=tier)
        header = Path("out.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
        assert not above & set(header) and ("wkt" in header) == bool(kind.geometry and kind.geometry_tier <= tier)


def test_uncleared_ground_is_told_at_t3_alone(folder: Path) -> None:
    for tier in ("T1", "T2"):
        for out in ("out.csv", "out.geojson"):
            refused("export_nothing_of_tier", out=out, kind="hazardous_area", tier=tier)
    answer = export_records("out.geojson", kind="hazardous_area", tier="T3")
    assert (answer["records"], answer["with_outline"]) == (2, 1)
    assert [kind.name for kind in RECORDED_KINDS.values() if kind.geometry_tier == "T1"] == ["land_release", "admin_area"]


def test_accidents_are_never_a_layer_and_leave_the_store_sealed_alone(folder: Path) -> None:
    for tier in TIERS[:2]:
        refused("export_nothing_of_tier", out="out.csv", kind="accident", tier=tier)
    refused("export_never_a_layer", out="out.geojson", kind="accident", tier="T3")
    assert export_records("out.csv", kind="accident", tier="T3")["with_outline"] == 0
    assert rows("out.csv")[0]["longitude"] == "3.123456"


def test_a_layer_whose_outlines_are_above_the_tier_is_refused_and_its_table_has_none(folder: Path) -> None:
    refused("export_outline_sealed", out="out.geojson", kind="task_order", tier="T2")
    assert "wkt" not in (export_records("out.csv", kind="task_order", tier="T2")["columns"])


def test_at_t3_all_of_it_is_told_imported_elsewhere_it_is_the_same_facts(folder: Path) -> None:
    init("other.gpkg")
    for kind in FILES:
        for extension in ("csv", "geojson") if RECORDED_KINDS[kind].geometry else ("csv",):
            out = f"{kind}.T3.{extension}"
            export_records(out, kind=kind, tier="T3")
            import_records(out, kind=kind, store="other.gpkg")
        with SqliteStore("programme.gpkg") as one, SqliteStore("other.gpkg") as other:
            assert [fact.fact_id for fact in one.standing(kind)] == [fact.fact_id for fact in other.standing(kind)]


def test_an_outline_with_ground_that_may_still_be_hazardous_is_not_published(folder: Path) -> None:
    header = "local_id,organisation,type,identified_on,wkt\n"
    found_again = f'HA-9,Org,CHA,2022-01-01,"{SQUARE}"\n'  # the release was in 2021
    Path("again.csv").write_text(header + found_again, encoding="utf-8")
    beside = 'HA-8,Org,CHA,2020-01-01,"POLYGON ((3.01 1, 3.02 1, 3.02 1.01, 3.01 1))"\n'
    Path("beside.csv").write_text(header + beside, encoding="utf-8")
    import_records("beside.csv", kind="hazardous_area")
    answer = export_records("out.geojson", kind="land_release", tier="T1")
    assert (answer["with_outline"], answer["outlines_held_back"]) == (1, 0)
    import_records("again.csv", kind="hazardous_area")
    answer = export_records("out.geojson", kind="land_release", tier="T1")
    assert (answer["records"], answer["with_outline"], answer["outlines_held_back"]) == (1, 0, 1)
    (feature,) = json.loads(Path("out.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["geometry"] is None and feature["properties"]["local_id"] == "LR-1"
    # Those who do the work see it.
    assert export_records("out.csv", kind="land_release", tier="T2")["with_outline"] == 1


def told_unchecked(kind: str, local_id: str, outline: shapely.Polygon, **fields: str) -> None:
    """A record with an outline that no import takes any more, as an older store may hold."""
    meant = RECORDED_KINDS[kind]
    payload = {"local_id": local_id, "organisation": "Org", **fields}
    rings = [list(outline.exterior.coords)]
    fact = Fact(kind, meant.subject_of(payload), payload, "Org", geometry=canonical_outline([rings], "here")[0])
    with SqliteStore("programme.gpkg") as store, store.transaction():
        store.append(Told(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "Ana", "older", "older.csv", local_id.encode(), [("row 1", fact)]))


def test_an_outline_that_crosses_itself_hides_nothing(folder: Path) -> None:
    bow = shapely.Polygon([(3, 1), (3.02, 1.02), (3.02, 1), (3, 1.005)])
    told_unchecked("hazardous_area", "HA-9", bow, type="CHA", identified_on="2022-01-01")
    assert export_records("out.csv", kind="land_release", tier="T1")["outlines_held_back"] == 1
    elsewhere = shapely.Polygon([(8, 1), (8.02, 1.02), (8.02, 1), (8, 1.005)])
    told_unchecked("land_release", "LR-7", elsewhere, release_class="cleared", method="CLEARANCE", released_on="2021-05-01")
    assert export_records("out.csv", kind="land_release", tier="T1")["outlines_held_back"] == 2


def test_geojson_has_numbers_as_they_were_written_and_null_where_nothing_was_said(folder: Path) -> None:
    export_records("out.geojson", kind="land_release", tier="T1")
    text = Path("out.geojson").read_text(encoding="utf-8")
    (feature,) = json.loads(text)["features"]
    assert '"reported_area_m2": 1250.50' in text and feature["properties"]["depth_m"] is None
    assert feature["geometry"]["coordinates"] == [[[[3.0, 1.0], [3.01, 1.0], [3.01, 1.01], [3.0, 1.0]]]]


def test_a_geopackage_has_one_layer_that_map_programs_read_with_numbers_and_where_it_is_from(folder: Path) -> None:
    answer = export_records("out.gpkg", kind="land_release", tier="T1")
    assert [list(one) for one in pyogrio.list_layers("out.gpkg")] == [["land_release", "MultiPolygon"], ["about_this_export", None]]
    told = pyogrio.read_info("out.gpkg", layer="land_release")
    assert (told["crs"], told["features"], tuple(told["total_bounds"])) == ("EPSG:4326", 1, (3.0, 1.0, 3.01, 1.01))
    types = dict(zip(told["fields"], told["dtypes"], strict=True))
    assert list(types) == answer["columns"] and (types["reported_area_m2"], types["local_id"]) == ("float64", "object")
    _, _, (outline,), values = pyogrio.raw.read("out.gpkg", layer="land_release")
    assert shapely.from_wkb(outline).equals(shapely.from_wkt(SQUARE))
    assert dict(zip(types, (one[0] for one in values), strict=True))["reported_area_m2"] == 1250.5
    _, _, _, about = pyogrio.raw.read("out.gpkg", layer="about_this_export", read_geometry=False)
    assert answer["head"] in about[1] and b"SEALED-HA" not in Path("out.gpkg").read_bytes()
    assert answer["sha256"] == hashlib.sha256(Path("out.gpkg").read_bytes()).hexdigest()
    with pytest.raises(ProblemError, match="store_exists"):
        export_records("out.gpkg", kind="land_release", tier="T1")


def test_no_cell_is_a_formula_to_a_spreadsheet_program(folder: Path) -> None:
    export_records("out.csv", kind="hazardous_area", tier="T3")
    assert rows("out.csv")[0]["note"] == "'=1+1, sealed"


def test_beside_the_file_stands_where_it_is_from(folder: Path) -> None:
    answer = export_records("out.csv", kind="land_release", tier="t1")
    about = json.loads(Path("out.csv.about.json").read_text(encoding="utf-8"))
    with SqliteStore("programme.gpkg") as store:
        assert (about["store_id"], about["head"]) == (store.store_id(), store.identity()["digest"])
    assert about["sha256"] == hashlib.sha256(Path("out.csv").read_bytes()).hexdigest()
    assert {key: answer[key] for key in about} == about and (about["tier"], about["records"]) == ("T1", 1)
    assert "safe" in about["note"]


def test_what_may_not_be_published_is_readable_by_its_owner_alone(folder: Path) -> None:
    for tier, others in (("T1", True), ("T2", False), ("T3", False)):
        export_records(f"{tier}.csv", kind="land_release", tier=tier)
        for path in (f"{tier}.csv", f"{tier}.csv.about.json"):
            assert bool(stat.S_IMODE(os.stat(path).st_mode) & 0o077) == others, path


def test_what_stands_no_more_is_not_told(folder: Path) -> None:
    reverse("2")
    assert export_records("out.csv", kind="land_release", tier="T1")["records"] == 0


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("unknown_code", {"out": "out.csv", "kind": "hazard", "tier": "T1"}),
        ("unknown_code", {"out": "out.csv", "kind": "land_release", "tier": "T4"}),
        ("export_file_unknown", {"out": "out.xlsx", "kind": "land_release", "tier": "T1"}),
        ("output_is_input", {"out": "programme.gpkg", "kind": "land_release", "tier": "T1"}),
        ("export_never_a_layer", {"out": "out.gpkg", "kind": "accident", "tier": "T3"}),
        ("export_outline_sealed", {"out": "out.gpkg", "kind": "activity", "tier": "T2"}),
        ("personal_field_not_yet_supported", {"out": "out.csv", "kind": "victim", "tier": "T3"}),
        ("store_missing", {"out": "out.csv", "kind": "land_release", "tier": "T1", "store": "none.gpkg"}),
    ],
)
def test_a_question_that_cannot_be_answered_writes_nothing(folder: Path, code: str, asked: dict[str, Any]) -> None:
    refused(code, **asked)


def test_the_store_is_never_written_over(folder: Path) -> None:
    os.rename("programme.gpkg", "programme.csv")
    before = Path("programme.csv").read_bytes()
    with pytest.raises(ProblemError, match="output_is_input"):
        export_records("programme.csv", kind="land_release", tier="T1", store="programme.csv")
    assert Path("programme.csv").read_bytes() == before


@pytest.mark.parametrize("kind", RECORDED_KINDS.values(), ids=list(RECORDED_KINDS))
def test_a_template_has_every_column_that_an_import_takes(folder: Path, kind: Kind) -> None:
    told = template(kind.name, f"{kind.name}.new.csv")
    written = Path(f"{kind.name}.new.csv").read_text(encoding="utf-8")
    assert written.strip() == told["header"] and list(csv_records(written.encode(), "a.csv", Stated())) == []
    assert written.strip() == told["header"] and written.count("\n") == 1
    answer = import_records(f"{kind.name}.new.csv", kind=kind.name)
    assert (answer["rows"], answer["facts"]) == (0, 0)
    assert [one["name"] for one in told["columns"] if one["is_required"]]


def test_a_template_writes_nothing_over(folder: Path) -> None:
    for asked, code in (("accident", "store_exists"), ("accidents", "unknown_code"), ("victims", "personal_field_not_yet_supported")):
        with pytest.raises(ProblemError, match=code):
            template(asked, "accident.csv")
    assert Path("accident.csv").read_text(encoding="utf-8") == FILES["accident"]
