"""One outline has one encoding, whoever wrote it, and what is no outline is said to be none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.terms.outline import as_wkt, bounds_of, canonical_outline, outline_of

SQUARE = [(30.0, 10.0), (30.01, 10.0), (30.01, 10.01), (30.0, 10.01), (30.0, 10.0)]
HOLE = [(30.002, 10.002), (30.002, 10.004), (30.004, 10.004), (30.004, 10.002), (30.002, 10.002)]
FAR = [(x + 1, y + 1) for x, y in SQUARE]
CORNERS = st.lists(
    st.tuples(st.floats(-179, 179, allow_nan=False), st.floats(-89, 89, allow_nan=False)), min_size=3, max_size=8, unique=True
)


def encoded(*polygons: list[list[tuple[float, float]]]) -> bytes:
    made, problems = canonical_outline(polygons, "row 1")
    assert problems == []
    return made


def code(*polygons: list[list[tuple[float, float]]]) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in canonical_outline(polygons, "row 1")[1]]


@given(CORNERS, st.integers(0, 7), st.booleans())
def test_where_a_ring_begins_and_which_way_it_runs_changes_nothing(
    corners: list[tuple[float, float]], start: int, is_reversed: bool
) -> None:
    turned = corners[start % len(corners) :] + corners[: start % len(corners)]
    if is_reversed:
        turned.reverse()
    assert canonical_outline([[[*corners, corners[0]]]], "x")[0] == canonical_outline([[[*turned, turned[0]]]], "x")[0]


def test_the_order_of_polygons_and_of_holes_changes_nothing() -> None:
    other_hole = [(x + 0.003, y + 0.003) for x, y in HOLE]
    assert encoded([SQUARE, HOLE, other_hole], [FAR]) == encoded([FAR], [SQUARE, other_hole[::-1], HOLE])


def test_every_position_comes_back_as_it_was_given() -> None:
    told = outline_of(encoded([SQUARE, HOLE]))
    assert [set(ring) for ring in told[0]] == [set(SQUARE), set(HOLE)]
    assert bounds_of(encoded([SQUARE, HOLE])) == (30.0, 30.01, 10.0, 10.01)
    assert bounds_of(encoded([SQUARE, HOLE], [FAR])) == (30.0, 31.01, 10.0, 11.01)
    assert as_wkt(told).startswith("MULTIPOLYGON (((30.0 10.0, 30.01 10.0,")


def test_a_zero_has_no_sign() -> None:
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
    assert encoded([ring]) == encoded([[(x or -0.0, y or -0.0) for x, y in ring]])


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (SQUARE[:-1], ("outline_ring_open", "row 1, ring 1")),
        (SQUARE[:1] * 4, ("outline_without_area", "row 1, ring 1")),
        ([SQUARE[0], SQUARE[1], SQUARE[0]], ("outline_without_area", "row 1, ring 1")),
        ([(10.0, 130.0), (10.0, 131.0), (11.0, 131.0), (10.0, 130.0)], ("outline_swapped", "row 1, ring 1, vertex 1")),
        ([(500.0, 1.0), (1.0, 1.0), (1.0, 2.0), (500.0, 1.0)], ("outline_off_the_earth", "row 1, ring 1, vertex 1")),
        ([(float("nan"), 1.0), (1.0, 1.0), (1.0, 2.0), (float("nan"), 1.0)], ("outline_off_the_earth", "row 1, ring 1, vertex 1")),
        ([(float("inf"), 1.0), (1.0, 1.0), (1.0, 2.0), (float("inf"), 1.0)], ("outline_off_the_earth", "row 1, ring 1, vertex 1")),
    ],
)
def test_what_is_no_outline_is_a_problem(ring: list[tuple[float, float]], expected: tuple[str, str]) -> None:
    assert code([ring]) == [expected]


def test_a_polygon_without_positions_is_a_problem() -> None:
    assert code() == [("outline_broken", "row 1")] == code([])


@pytest.mark.parametrize("made", [b"", b"\x01", b"\x00" * 40, encoded([SQUARE]) + b"\x00", encoded([SQUARE])[:-1]])
def test_other_bytes_are_no_outline(made: bytes) -> None:
    with pytest.raises(ValueError, match="outline"):
        outline_of(made)


def test_a_ring_that_comes_back_to_its_smallest_corner_a_hundred_thousand_times_is_read() -> None:
    spikes = [one for number in range(100_000) for one in ((0.0, 0.0), (1.0, number / 100_000))]
    ring = [*spikes, (0.0, 0.0), (1.0, 2.0), (0.5, 2.0), spikes[0]]
    encoded, problems = canonical_outline([[ring]], "here")
    turned = [*ring[4:], *ring[1:5]]
    assert problems == [] and encoded == canonical_outline([[turned]], "here")[0]
