"""Figures, copies and places of records: errors of practice as tables, told as warnings that name the cause."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import pytest
import shapely
from pyproj import Transformer

from mineaction.programme.record_checks import name_of
from mineaction.registers import copy_checks
from mineaction.registers.copy_checks import outline_copy_problems
from mineaction.registers.figure_checks import figure_problems
from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.id_checks import id_problems
from mineaction.registers.place_checks import place_problems
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem_catalogue import WARNINGS

DAY = dt.date(2020, 1, 1)
MERCATORS = {"web": "EPSG:3857", "world": "EPSG:3395"}


def fact(kind: str = "hazardous_area", shape: shapely.Polygon | None = None, **fields: str) -> Fact:
    asked = KINDS[kind]
    payload = {"local_id": "H1", "organisation": "Org", "type": "SHA", "identified_on": "2020"} | fields
    geometry = b""
    if shape is not None:
        geometry, wrong = canonical_outline([[list(ring.coords) for ring in (shape.exterior, *shape.interiors)]], "here")
        assert wrong == []
    return Fact(asked.name, asked.subject_of(payload), payload, "Org", geometry=geometry)


def box(west: float, south: float, size: float = 0.002) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def place(at: int, field: str) -> str:
    return f"row {at + 1}, {field or 'wkt'}"


def figures(*facts: Fact) -> list[tuple[str, str]]:
    found = figure_problems(facts, place)
    assert {one.code for _, one in found} <= WARNINGS
    return [(one.code, one.place) for _, one in found]


def reported(shape: shapely.Polygon, m2: float, written: str = "") -> list[tuple[str, str]]:
    more = {"reported_area_given": written} if written else {}
    return figures(fact(shape=shape, reported_area_m2=f"{m2:.2f}", **more))


AREA = "row 1, reported_area_m2"


def test_a_reported_area_within_the_tolerance_is_told_of_nothing() -> None:
    metres = area_m2(box(3, 44))
    assert reported(box(3, 44), metres) == reported(box(3, 44), metres + 30) == []
    assert reported(box(3, 44), metres * 1.05) == [("reported_area_differs", AREA)]


@pytest.mark.parametrize("projection", sorted(MERCATORS))
@pytest.mark.parametrize(("latitude", "factor"), [(16.5, 1.09), (34.5, 1.47), (44.0, 1.93), (48.5, 2.27), (-18.0, 1.10)])
def test_2_an_area_of_a_mercator_map_is_told_with_its_factor(projection: str, latitude: float, factor: float) -> None:
    shape = box(36, latitude)
    on_map = Transformer.from_crs("EPSG:4326", MERCATORS[projection], always_xy=True)
    metres = shapely.transform(shape, on_map.transform, interleaved=False).area
    assert metres / area_m2(shape) == pytest.approx(factor, rel=0.012)
    assert reported(shape, metres) == [("area_is_mercator", AREA)]


def test_2_near_the_equator_a_mercator_area_is_no_more_than_a_difference() -> None:
    assert reported(box(-74, 4.6), area_m2(box(-74, 4.6)) * 1.0129) == [("reported_area_differs", AREA)]


def test_3_an_area_in_square_degrees_is_told_by_the_figure_as_it_was_written() -> None:
    assert reported(box(36, 48), 0.0, "0.000004") == [("area_is_square_degrees", AREA)]
    assert reported(box(36, 48, 0.5), 0.25) == [("area_is_square_degrees", AREA)]


@pytest.mark.parametrize("written", ["a hectare", "", "nan", "inf"])
def test_a_figure_that_is_no_number_is_unknown_and_never_zero(written: str) -> None:
    assert figures(fact(shape=box(3, 44), reported_area_m2=written)) == []
    assert figures(fact(shape=box(3, 44), depth_m=written)) == []
    assert reported(box(36, 48), 0.0, written) == reported(box(36, 48), 0.0) == [("reported_area_differs", AREA)]


@pytest.mark.parametrize(
    ("factor", "code"),
    [(1e4, "area_is_hectares"), (1e3, "area_is_dunums"), (1e6, "area_is_square_kilometres"), (1e5, "reported_area_differs")],
)
def test_29_hectares_dunums_and_square_kilometres_taken_for_square_metres_are_told(factor: float, code: str) -> None:
    metres = area_m2(box(36, 48))
    assert reported(box(36, 48), metres / factor, f"{metres / factor:.4f}") == [(code, AREA)]


@pytest.mark.parametrize(("depth", "is_told"), [("0.13", False), ("10", False), ("13", True), ("20", True)])
def test_29_a_depth_in_centimetres_is_told(depth: str, is_told: bool) -> None:
    release = fact("land_release", release_class="cleared", method="CLEARANCE", released_on="2020", depth_m=depth)
    assert figures(release) == ([("depth_unlikely", "row 1, depth_m")] if is_told else [])


def test_28_a_hole_that_an_export_filled_shows_in_the_reported_area() -> None:
    whole = shapely.box(36, 48, 36.002, 48.002)
    with_hole = whole - shapely.box(36.0005, 48.0005, 36.001, 48.001)
    assert reported(with_hole, area_m2(with_hole)) == []
    assert reported(whole, area_m2(with_hole)) == [("reported_area_differs", AREA)]


def copies(*facts: Fact) -> list[tuple[int, str, str]]:
    found = [*id_problems(facts, place), *outline_copy_problems(facts, place, name_of)]
    assert {one.code for _, one in found} <= WARNINGS
    return sorted((at, one.code, one.place) for at, one in found)


def test_8_the_same_outline_under_another_id_is_told_wherever_its_ring_begins() -> None:
    turned = shapely.Polygon([(3.002, 44.002), (3, 44.002), (3, 44), (3.002, 44), (3.002, 44.002)])
    assert copies(fact(shape=box(3, 44)), fact(shape=turned, local_id="H2"), fact(shape=box(3.1, 44), local_id="H3")) == [
        (1, "outline_repeated", "row 2, wkt")
    ]


@pytest.mark.parametrize(
    ("moved", "code"), [(4e-7, "outline_nearly_repeated"), (-7e-7, "outline_nearly_repeated"), (2e-6, "outline_drawn_again")]
)
def test_9_an_outline_within_a_millionth_of_a_degree_is_nearly_the_same(moved: float, code: str) -> None:
    near = shapely.transform(box(3, 44), lambda points: points + moved)
    assert copies(fact(shape=box(3, 44)), fact(shape=near, local_id="H2")) == [(1, code, "row 2, wkt")]


def test_34_one_thing_drawn_on_two_map_sheets_is_told_by_the_ground_they_have_in_common() -> None:
    first = fact(shape=box(3, 44), local_id="sheet-1/17")
    again = fact(shape=shapely.box(3.00005, 44, 3.00201, 44.00198), local_id="sheet-2/03")
    beside = fact(shape=shapely.box(3.001, 44, 3.003, 44.002), local_id="sheet-2/04")
    assert copies(first, again, beside) == [(1, "outline_drawn_again", "row 2, wkt")]


def test_a_correction_is_no_copy_of_what_it_corrects() -> None:
    first = fact(shape=box(3, 44))
    corrected = Fact(
        first.kind, "hazardous_area/org/h2", {**first.payload, "local_id": "H2"}, "Org", geometry=first.geometry, supersedes=first.fact_id
    )
    assert copies(first, corrected) == []


@pytest.mark.parametrize("fields", [{"rediscovered_from": "H1"}, {"replaces": "H1"}])
def test_ground_found_again_or_taken_over_is_no_copy(fields: dict[str, str]) -> None:
    assert copies(fact(shape=box(3, 44)), fact(shape=box(3, 44), local_id="H2", **fields)) == []


def test_many_copies_of_one_outline_are_each_told_once() -> None:
    many = [fact(shape=box(3, 44), local_id=f"H{at}") for at in range(2_000)]
    nearly = [
        fact(shape=shapely.transform(box(3, 44), lambda points, at=at: points + at * 1e-10), local_id=f"N{at}") for at in range(1, 300)
    ]
    found = copies(*many, *nearly)
    assert [code for _, code, _ in found] == ["outline_repeated"] * 1_999 + ["outline_nearly_repeated"] * 299


def test_where_too_many_outlines_lie_upon_each_other_it_is_said_from_where_on_none_was_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_checks, "COPY_PAIRS_MAX", 1_000)
    monkeypatch.setattr(copy_checks, "COPIES_ASKED_AT_ONCE", 10)
    near = [fact(shape=shapely.transform(box(3, 44), lambda points, at=at: points + at * 1e-10), local_id=f"N{at}") for at in range(300)]
    found = [(at, one.value) for at, one in outline_copy_problems(near, place, name_of) if one.code == "copies_not_compared"]
    assert found == [(10, "290")]


def test_10_an_id_that_was_renamed_as_a_copy_is_told() -> None:
    rows = [fact(local_id=one) for one in ("HA-7", "HA-7-DUP01", "HA-8 dup", "DUPLEX-3", "HA-9")]
    assert copies(*rows) == [(1, "id_marked_as_copy", "row 2, local_id"), (2, "id_marked_as_copy", "row 3, local_id")]
    words = [one.message for _, one in id_problems(rows, place)]
    assert "'HA-7' is there as well" in words[0] and "no 'HA-8' is there" in words[1]


def test_7_an_area_joined_with_each_status_of_its_task_is_told_as_one_id_with_several_contents() -> None:
    rows = [fact(shape=box(3, 44), extras=f"task_status={status}") for status in ("Ongoing", "Suspended", "Completed")]
    assert copies(*rows) == [(at, "id_with_several_contents", f"row {at + 1}, local_id") for at in range(3)]


def test_24_a_position_that_many_records_share_is_told_of_each_with_their_number() -> None:
    rows = [fact(local_id=f"A{at}", longitude="-73.752373", latitude="3.125088") for at in range(212)]
    rows += [fact(local_id=f"B{at}", longitude="-73.7", latitude="3.1") for at in range(9)]
    found = id_problems(rows, place)
    assert {(one.code, one.value) for _, one in found} == {("position_shared", "-73.752373 3.125088")}
    assert len(found) == 212 and "212 records" in found[0][1].message


def border(west: float, south: float, east: float, north: float, level: int = 0, code: str = "XD", **fields: str) -> Fact:
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    payload = {"level": str(level), "code": code, "name": f"Area {code}", "iso3": "XDM", **fields}
    return Fact("admin_area", f"admin_area/xdm/{level}/{code}", payload, "Survey", geometry=canonical_outline([[ring]], "here")[0])


COUNTRY = border(36, 10, 38, 12)
EAST, WEST = border(37, 10, 38, 12, 1, "XD2", parent_code="XD"), border(36, 10, 37, 12, 1, "XD1", parent_code="XD")


def places(*facts: Fact, areas: Sequence[Fact] = (COUNTRY, EAST, WEST)) -> list[tuple[str, str]]:
    found = place_problems(facts, areas, DAY, place)
    assert {one.code for _, one in found} <= WARNINGS
    return [(one.code, one.place) for _, one in found]


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        ("36.5", "11", ""),
        ("11", "36.5", "axes_swapped_likely"),
        ("-36.5", "11", "sign_lost_likely"),
        ("36.5", "-11", "sign_lost_likely"),
        ("-36.5", "-11", "sign_lost_likely"),
        ("39", "11", "outside_country"),
    ],
)
def test_11_swapped_axes_and_lost_signs_are_told_where_the_country_is_known(longitude: str, latitude: str, code: str) -> None:
    point = fact(longitude=longitude, latitude=latitude)
    assert places(point) == ([(code, "row 1, longitude")] if code else [])
    outline = fact(shape=box(float(longitude), float(latitude)))
    assert places(outline) == ([(code, "row 1, wkt")] if code else [])
    assert places(point, outline, areas=()) == []


def test_24_a_point_outside_of_the_country_is_told_and_ground_beyond_the_border_with_its_square_metres() -> None:
    across = fact(shape=shapely.box(37.999, 11, 38.001, 11.001))
    assert places(fact(longitude="38.1", latitude="11"), across) == [
        ("outside_country", "row 1, longitude"),
        ("partly_outside_country", "row 2, wkt"),
    ]
    (_, one) = place_problems([across], [COUNTRY], DAY, place)[0]
    half = area_m2(shapely.box(38, 11, 38.001, 11.001))
    assert f"{half:,.0f}"[:5] == one.message[:5]


def test_20_a_record_outside_of_the_area_it_names_is_told_and_a_name_that_is_none_as_well() -> None:
    inside = fact(shape=box(37.5, 11), place_code="XD2")
    outside = fact(shape=box(36.5, 11), place_code="XD2")
    by_name = fact(longitude="36.5", latitude="11", place_name="area xd2")
    nowhere = fact(longitude="36.5", latitude="11", place_name="Mudug")
    assert places(inside, outside, by_name, nowhere) == [
        ("outside_named_area", "row 2, wkt"),
        ("outside_named_area", "row 3, longitude"),
        ("admin_name_unknown", "row 4, place_name"),
    ]


def test_a_large_outline_across_the_border_is_told_without_waiting() -> None:
    ring = [(38 + 0.01 * math.cos(at / 1_000), 11 + 0.01 * math.sin(at / 1_000)) for at in range(6_283)]
    assert places(fact(shape=shapely.Polygon(ring))) == [("partly_outside_country", "row 1, wkt")]
