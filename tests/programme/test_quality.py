"""What the checks say of a store: the scorecard, pairs of records with their sources, and repairs that a person accepts."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
import shapely

from mineaction.programme import repair_proposals
from mineaction.programme.overlapping import overlaps
from mineaction.programme.quality import quality
from mineaction.programme.recording import history, import_records
from mineaction.programme.repairing import repair
from mineaction.programme.stores import init
from mineaction.registers.geodesic_area import area_m2
from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem import ProblemError

AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
HEADER = "local_id,organisation,type,identified_on,direct_evidence,reported_area_m2,wkt\n"
SQUARE = "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1))"
BOW_TIE = "POLYGON ((3 2, 3.01 2.01, 3.01 2, 3 2.01, 3 2))"
NO_EDGE = "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1, 3.01 1, 3 1))"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an empty store of the default name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    init()
    return tmp_path


def areas(*rows: tuple[str, str, str], **options: Any) -> dict[str, Any]:
    lines = "".join(f'{local_id},Org,CHA,2020-05-04,mine seen,{m2},"{wkt}"\n' for local_id, m2, wkt in rows)
    Path("areas.csv").write_text(HEADER + lines, encoding="utf-8")
    return import_records("areas.csv", kind="hazardous_area", principal="Ana", at=AT, **options)


def refused(ask: Any) -> list[str]:
    with pytest.raises(ProblemError) as raised:
        ask()
    return [one.code for one in raised.value.problems]


def star(count: int, step: int) -> str:
    turns = (2 * math.pi * step * (at % count) / count for at in range(count + 1))
    return f"POLYGON (({', '.join(f'{3 + 0.01 * math.cos(turn)!r} {1 + 0.01 * math.sin(turn)!r}' for turn in turns)}))"


def test_warnings_are_recorded_with_their_row_and_errors_keep_it_out(folder: Path) -> None:
    answer = areas(("H1", "5", SQUARE), ("H2", "", SQUARE), ("H3", "", BOW_TIE))
    assert (answer["facts"], answer["with_problems"], answer["warnings"], answer["but_for_outline"]) == (2, 1, 2, 1)
    assert [(one["severity"], one["code"], one["place"]) for one in answer["problems"]] == [
        ("error", "outline_crosses_itself", "row 3, column wkt"),
        ("warning", "reported_area_differs", "row 1, column reported_area_m2"),
        ("warning", "outline_repeated", "row 2, column wkt"),
    ]


def test_the_scorecard_counts_each_check_and_lists_the_worst_records_first(folder: Path) -> None:
    assert quality()["checks"] == []
    areas(("H1", "5", SQUARE), ("H2", "", SQUARE), ("H3", "", ""), ("H4", "", "POLYGON ((4 1, 4.01 1, 4.01 1.01, 4 1.01, 4 1))"))
    answer = quality()
    assert (answer["records"], answer["kinds"]) == (4, [{"kind": "hazardous_area", "records": 4, "without_outline": 1}])
    assert [(one["code"], one["records"], one["share"], one["findings"]) for one in answer["checks"]] == [
        ("hazards_overlap", 2, 0.5, 1),
        ("outline_repeated", 1, 0.25, 1),
        ("reported_area_differs", 1, 0.25, 1),
        ("transition_shown_in_part", 1, 0.25, 1),
    ]
    assert [(one["record"], one["codes"]) for one in answer["worst"]] == [
        ("hazardous_area Org/H1", ["reported_area_differs", "hazards_overlap"]),
        ("hazardous_area Org/H2", ["outline_repeated", "hazards_overlap"]),
        ("hazardous_area Org/H3", ["transition_shown_in_part"]),
    ]
    assert answer["worst"][0]["told"][0]["place"] == "row 1"


def test_35_records_whose_outline_an_export_lost_are_counted_and_kept(folder: Path) -> None:
    answer = areas(("H1", "", SQUARE), ("H2", "100", ""), ("H3", "200", ""))
    assert (answer["facts"], answer["without_outline"]) == (3, 2)
    assert quality()["kinds"] == [{"kind": "hazardous_area", "records": 3, "without_outline": 2}]
    assert overlaps()["without_outline"] == 2


def test_23_an_area_known_as_a_point_keeps_its_estimate_and_is_counted_as_without_outline(folder: Path) -> None:
    Path("points.csv").write_text("local_id,organisation,type,identified_on,reported_area_m2,lon,lat\nH1,Org,SHA,2020,5000,3,1\n")
    answer = import_records("points.csv", kind="hazardous_area", at=AT)
    assert (answer["facts"], answer["without_outline"], answer["problems"]) == (1, 1, [])
    (told,) = history("hazardous_area/org/h1")["told"]
    assert (told["fields"]["reported_area_m2"], told["fields"]["longitude"], told["outline"]) == ("5000.00", "3", None)


def test_records_with_the_area_of_a_country_are_compared_with_its_border(folder: Path) -> None:
    borders = 'code,name,level,iso3,source,wkt\nXD,Country,0,XDM,Survey,"POLYGON ((3 1, 5 1, 5 3, 3 3, 3 1))"\n'
    Path("borders.csv").write_text(borders, encoding="utf-8")
    assert import_records("borders.csv", kind="admin_area", at=AT)["facts"] == 1
    answer = areas(("H1", "", SQUARE), ("H2", "", "POLYGON ((2 4, 2.01 4, 2.01 4.01, 2 4.01, 2 4))"))
    assert [(one["code"], one["place"]) for one in answer["problems"]] == [("axes_swapped_likely", "row 2, column wkt")]
    assert [one["code"] for one in quality()["checks"]] == ["axes_swapped_likely"]


def test_overlaps_name_both_sources(folder: Path) -> None:
    areas(("H1", "", SQUARE))
    answer = areas(("H2", "", "POLYGON ((3.005 1, 3.015 1, 3.015 1.01, 3.005 1.01, 3.005 1))"))
    assert answer["batch"] == 2
    (pair,) = overlaps()["pairs"]
    shared = area_m2(shapely.box(3.005, 1, 3.01, 1.01))
    assert (pair["relation"], pair["area_m2"]) == ("hazards_overlap", pytest.approx(shared, abs=0.01))
    told = [(pair[name]["local_id"], pair[name]["share"], pair[name]["told"]) for name in ("first", "second")]
    assert [(name, share, where[0]["batch"], where[0]["file"], where[0]["place"]) for name, share, where in told] == [
        ("H1", 0.5, 1, "areas.csv", "row 1"),
        ("H2", 0.5, 2, "areas.csv", "row 1"),
    ]
    assert overlaps(min_m2=shared + 1)["count"] == overlaps(kind="land_release")["count"] == 0
    assert refused(lambda: overlaps(kind="accident")) == ["unknown_code"]
    assert refused(lambda: overlaps(min_m2="much")) == refused(lambda: overlaps(min_m2=-1)) == ["fact_field_wrong"]


def test_a_repair_is_proposed_and_recorded_only_once_a_person_accepts_it(folder: Path) -> None:
    answer = areas(("H1", "", SQUARE), ("H2", "600000", BOW_TIE), propose_repairs="repairs.geojson")
    assert (answer["facts"], answer["repairs_file"]) == (1, "repairs.geojson")
    assert Path("repairs.geojson").stat().st_mode & 0o077 == 0
    shown = repair("repairs.geojson")
    (one,) = shown["proposals"]
    assert (shown["accepted"], shown["facts"], one["local_id"], one["from_place"]) == (False, 0, "H2", "row 2")
    assert history("hazardous_area/org/h2")["told"] == []
    lobes = area_m2(shapely.from_wkt("MULTIPOLYGON (((3 2, 3.005 2.005, 3 2.01, 3 2)), ((3.01 2, 3.01 2.01, 3.005 2.005, 3.01 2)))"))
    assert (one["before_m2"], one["after_m2"], one["polygons_after"]) == (0.0, pytest.approx(lobes, abs=0.1), 2)
    accepted = repair("repairs.geojson", accept=True, principal="Ben", reason="seen on the ground", at=AT)
    assert (accepted["facts"], accepted["batch"], [one["code"] for one in accepted["problems"]]) == (1, 2, ["reported_area_differs"])
    (told,) = history("hazardous_area/org/h2")["told"]
    assert told["principal"] == "Ben" and told["outline"] == one["after"]
    assert "Outline repaired, accepted by Ben: seen on the ground. As drawn 0.00 m2, repaired" in told["fields"]["note"]
    again = repair("repairs.geojson", accept=True, principal="Ben", reason="seen on the ground", at=AT)
    assert (again["already_recorded"], again["batch"]) == (True, 2)


def test_4_buffer_0_loses_a_lobe_of_a_bow_tie_and_a_proposed_repair_loses_none(folder: Path) -> None:
    drawn = shapely.from_wkt("POLYGON ((3 2, 3.01 2.01, 3.01 2, 3 2.02, 3 2))")
    (made,) = repair_proposals.repairs_of([canonical_outline([[list(drawn.exterior.coords)]], "here")[0]])
    assert made is not None
    repaired, dropped = shapely.from_wkb(made.after), drawn.buffer(0)
    assert (len(repaired.geoms), shapely.get_num_geometries(dropped)) == (2, 1)
    assert area_m2(dropped) < 0.9 * area_m2(repaired)
    assert made.figures["vertices_left_out"] == 0


def test_what_a_rule_of_reading_decides_is_told_as_doubtful(folder: Path) -> None:
    areas(("H1", "", star(5, 2)), propose_repairs="repairs.geojson")
    (one,) = repair("repairs.geojson")["proposals"]
    assert 0 < one["doubtful_m2"] < one["after_m2"]
    areas(("H1", "", NO_EDGE), propose_repairs="repairs.geojson")
    (one,) = repair("repairs.geojson")["proposals"]
    assert (one["doubtful_m2"], one["after"]) == (0.0, "MULTIPOLYGON (((3.0 1.0, 3.01 1.0, 3.01 1.01, 3.0 1.01, 3.0 1.0)))")


def test_a_star_that_takes_long_is_ended_in_time_and_the_others_are_proposed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_proposals, "REPAIR_SECONDS_MAX", 1)
    answer = areas(("H1", "", star(199, 99)), ("H2", "", BOW_TIE), propose_repairs="repairs.geojson")
    assert [(one["code"], one["place"]) for one in answer["problems"]] == [
        ("outline_crosses_itself", "row 1, column wkt"),
        ("outline_crosses_itself", "row 2, column wkt"),
        ("repair_too_demanding", "row 1"),
    ]
    assert [one["local_id"] for one in repair("repairs.geojson")["proposals"]] == ["H2"]


def test_only_what_was_proposed_is_accepted(folder: Path) -> None:
    areas(("H1", "", BOW_TIE), propose_repairs="repairs.geojson")
    told = json.loads(Path("repairs.geojson").read_text(encoding="utf-8"))
    told["features"][0]["geometry"]["coordinates"][0][0][1][0] += 0.001
    Path("drawn.geojson").write_text(json.dumps(told), encoding="utf-8")
    answer = repair("drawn.geojson", accept=True, principal="Ben", reason="so", at=AT)
    assert ([one["code"] for one in answer["problems"]], answer["facts"], answer["batch"]) == (["repair_redrawn"], 0, None)
    told["features"][0]["geometry"]["coordinates"] = [
        [[[round(x, 9), round(y, 9)] for x, y in ring] for ring in rings]
        for rings in json.loads(Path("repairs.geojson").read_text())["features"][0]["geometry"]["coordinates"]
    ]
    Path("saved.geojson").write_text(json.dumps(told), encoding="utf-8")
    assert repair("saved.geojson", accept=True, principal="Ben", reason="so", at=AT)["facts"] == 1


def test_wrong_input_is_told(folder: Path) -> None:
    areas(("H1", "", BOW_TIE), propose_repairs="repairs.geojson")
    assert refused(lambda: repair("repairs.geojson", accept=True)) == ["repair_without_reason", "repair_without_reason"]
    assert refused(lambda: repair("repairs.geojson", accept=True, principal="Ben", reason=" ")) == ["repair_without_reason"]
    Path("empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert refused(lambda: repair("areas.csv")) == refused(lambda: repair("empty.geojson")) == ["repair_file_wrong"]
    assert refused(lambda: repair("nothing.geojson")) == ["file_missing"]
    assert refused(lambda: areas(("H1", "", BOW_TIE), propose_repairs="areas.csv")) == ["output_is_input"]
