"""Outlines as people draw them: what keeps a row out, what is told, and that none of them makes anybody wait."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from mineaction.sources import outline_checks
from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.sources.outline_checks import outline_problems
from mineaction.terms.kinds import KINDS
from mineaction.terms.limits import OUTLINE_VERTICES_AT_ONCE_MAX, OUTLINE_VERTICES_USUAL_MAX
from mineaction.terms.outline import canonical_outline

DAY = dt.date(2026, 1, 2)
SQUARE = "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1))"


def read(*outlines: str) -> Reading:
    rows = "".join(f'H{at},Org,SHA,2020-05,"{outline}"\n' for at, outline in enumerate(outlines, 1))
    text = f"local_id,organisation,type,identified_on,wkt\n{rows}"
    return read_facts(text.encode(), "areas.csv", ".csv", KINDS["hazardous_area"], DAY)


def told(*outlines: str) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.value) for one in read(*outlines).problems]


def outline(ring: Sequence[tuple[float, float]]) -> bytes:
    made, wrong = canonical_outline([[[*ring, ring[0]]]], "here")
    assert wrong == []
    return made


def codes(ring: Sequence[tuple[float, float]]) -> list[str]:
    return [one.code for found in outline_problems([outline(ring)], lambda at: "here").values() for one in found]


@pytest.mark.parametrize(
    ("wkt", "code", "value"),
    [
        ("POLYGON ((3 1, 3.01 1.01, 3.01 1, 3 1.02, 3 1))", "outline_crosses_itself", "3.00666666666667 1.00666666666667"),
        ("POLYGON ((3 1, 3.01 1.01, 3.01 1, 3 1.01, 3 1))", "outline_crosses_itself", "3.005 1.005"),
        ("POLYGON ((3 1, 3.01 1, 3.01 1.01, 3.02 1.02, 3.01 1.01, 3 1.01, 3 1))", "outline_line_twice", "3.01 1.01 to 3.02 1.02"),
        ("MULTIPOLYGON (((3 1, 3.02 1, 3.02 1.02, 3 1.02, 3 1)), ((3.01 1.01, 3.03 1.01, 3.03 1.03, 3.01 1.03, 3.01 1.01)))",
         "outline_parts_overlap", "3.01 1.02"),
        ("POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1), (3.02 1.02, 3.03 1.02, 3.03 1.03, 3.02 1.02))",
         "outline_rings_misplaced", "3.02 1.02"),
    ],
)  # fmt: skip
def test_an_outline_that_encloses_no_certain_ground_keeps_its_row_out_and_says_where(wkt: str, code: str, value: str) -> None:
    reading = read(SQUARE, wkt)
    errors = [(one.code, one.place, one.value) for one in reading.problems if not one.is_warning]
    assert errors == [(code, "row 2, column wkt", value)]
    assert (len(reading.facts), reading.with_problems, len(reading.but_for_outline)) == (1, 1, 1)


@pytest.mark.parametrize("ring", ["3 1, 3.01 1, 3 1", "3 1, 3.01 1.01, 3.02 1.02, 3 1", "3 1, 3 1, 3 1, 3 1"])
def test_8_fewer_than_three_corners_are_no_outline(ring: str) -> None:
    (code,) = [code for code, _, _ in told(f"POLYGON (({ring}))") if code != "positions_repeated"]
    assert code == "outline_without_area"
    assert read(f"POLYGON (({ring}))").facts == ()


def test_8_a_last_vertex_that_stands_twice_is_told_and_the_outline_is_taken() -> None:
    reading = read("POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1, 3 1))")
    assert [(one.code, one.is_warning) for one in reading.problems] == [("positions_repeated", True)]
    assert len(reading.facts) == 1


def test_8_a_beginning_repeated_at_the_end_is_told_by_the_line_that_stands_twice() -> None:
    repeated = "POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1, 3.01 1, 3 1))"
    assert ("outline_line_twice", "row 1, column wkt", "3.0 1.0 to 3.01 1.0") in told(repeated)
    assert read(repeated).facts == ()


def test_9_vertices_more_than_5000_m_apart_are_told_with_the_longest_gap() -> None:
    assert told("POLYGON ((3 1, 3.0448 1, 3.0448 1.01, 3 1.01, 3 1))") == []
    reading = read("POLYGON ((3 1, 3.06 1, 3.06 1.01, 3 1.01, 3 1))")
    assert [(one.code, one.place, one.value) for one in reading.problems] == [
        ("outline_vertices_far_apart", "row 1, column wkt", "3.0 1.0")
    ]
    assert "6,671 m" in reading.problems[0].message and len(reading.facts) == 1


@pytest.mark.parametrize(("width", "is_told"), [(0.0001, True), (0.001, False)])
def test_a_spike_is_told(width: float, is_told: bool) -> None:
    spike = f"POLYGON ((3 1, 3.01 1, 3.01 {1.005 - width}, 3.03 1.005, 3.01 {1.005 + width}, 3.01 1.01, 3 1.01, 3 1))"
    assert [(code, value) for code, _, value in told(spike)] == ([("outline_spike", "3.03 1.005")] if is_told else [])


def test_borders_have_long_lines_and_are_told_of_none() -> None:
    long = outline([(3, 1), (4, 1), (4, 2), (3, 2)])
    assert outline_problems([long], lambda at: "here", is_border=True) == {}
    assert [one.code for one in outline_problems([long], lambda at: "here")[0]] == ["outline_vertices_far_apart"]


def test_a_place_of_a_feature_and_of_a_cell_is_named_as_its_format_does() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[3, 1], [3.01, 1.01], [3.01, 1], [3, 1.02], [3, 1]]]}
    properties = {"local_id": "1", "organisation": "O", "type": "SHA", "identified_on": "2020"}
    text = f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {properties}, "geometry": {bow_tie}}}]}}'
    reading = read_facts(text.replace("'", '"').encode(), "a.geojson", ".geojson", KINDS["hazardous_area"], DAY)
    assert [(one.code, one.place) for one in reading.problems] == [("outline_crosses_itself", "feature 1, geometry")]


def test_a_star_of_two_hundred_corners_is_told_at_once() -> None:
    star = [(3 + 0.01 * math.cos(2 * math.pi * 99 * at / 199), 1 + 0.01 * math.sin(2 * math.pi * 99 * at / 199)) for at in range(199)]
    assert codes(star)[0] == "outline_crosses_itself"


def test_a_round_outline_of_a_hundred_thousand_vertices_is_taken_and_told() -> None:
    angles = np.linspace(0, 2 * np.pi, OUTLINE_VERTICES_USUAL_MAX + 1, endpoint=False)
    ring = list(zip((3 + 0.01 * np.cos(angles)).tolist(), (1 + 0.01 * np.sin(angles)).tolist(), strict=True))
    assert codes(ring) == ["outline_many_vertices"]


def test_an_outline_that_would_take_hours_is_ended_in_time_and_keeps_its_row_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # Long lines beside each other: each lies in the box of all others.
    count = 60_000
    ring = [(3 + far + 0.01 * at / count, 1 + far) for at in range(count) for far in ((0.0, 0.01) if at % 2 else (0.01, 0.0))]
    slow = outline([*ring, (3.05, 1.01), (3.05, 0.99), (3, 0.99)])
    bow_tie = outline([(3, 1), (3.01, 1.01), (3.01, 1), (3, 1.02)])
    monkeypatch.setattr(outline_checks, "OUTLINE_CHECK_SECONDS_MAX", 0.5)
    found = outline_problems([slow, bow_tie, slow], lambda at: f"row {at}", is_border=True)
    assert {at: [one.code for one in held] for at, held in found.items()} == {
        0: ["outline_too_demanding"],
        1: ["outline_crosses_itself"],
        2: ["outline_too_demanding"],
    }


def test_a_large_outline_is_told_by_the_same_code_as_a_small_one() -> None:
    angles = np.linspace(0, 4 * np.pi, OUTLINE_VERTICES_AT_ONCE_MAX + 101, endpoint=False)
    radius = 0.01 + 0.001 * np.cos(angles / 2)  # twice around, crossing itself once
    ring = list(zip((3 + radius * np.cos(angles)).tolist(), (1 + radius * np.sin(angles)).tolist(), strict=True))
    assert codes(ring) == codes(ring[::100]) == ["outline_crosses_itself"]


def test_nothing_is_repaired_what_is_taken_is_what_was_drawn() -> None:
    reading = read(SQUARE)
    assert shapely.from_wkb(reading.facts[0].fact.geometry).equals(shapely.from_wkt(SQUARE))
