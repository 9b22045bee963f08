"""Areas on the earth: against a second opinion, against the formula of a zone, and adding up."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from mineaction.registers.geodesic_area import area_m2, areas_m2

METRES_PER_DEGREE = 111_320
PLACES = [(67.0, 34.5), (36.0, 48.5), (17.0, -12.5), (105.0, 0.0), (20.0, 70.0), (-74.0, 4.6)]


def densified_geodesic_m2(polygon: shapely.Polygon, step_m: float) -> float:
    """The area by geodesics (Karney), each edge cut into pieces of at most `step_m`."""
    found = Geodesic.WGS84.Polygon()
    points = np.array(polygon.exterior.coords)
    for start, end in itertools.pairwise(points):
        pieces = max(1, math.ceil(np.hypot(*(end - start)) * METRES_PER_DEGREE / step_m))
        for piece in range(pieces):
            longitude, latitude = start + (end - start) * piece / pieces
            found.AddPoint(latitude, longitude)
    return abs(found.Compute(False, True)[2])


def kite(longitude: float, latitude: float, size: float) -> shapely.Polygon:
    corners = [(0, 0), (1, 0.1), (1.2, 1), (-0.2, 0.7)]
    return shapely.Polygon([(longitude + size * x, latitude + size * y) for x, y in corners])


@pytest.mark.parametrize(("longitude", "latitude"), PLACES)
def test_geodesics_in_small_steps_agree(longitude: float, latitude: float) -> None:
    polygon = kite(longitude, latitude, 0.01)
    assert area_m2(polygon) == pytest.approx(densified_geodesic_m2(polygon, 10), rel=1e-8)


@pytest.mark.parametrize(("longitude", "latitude"), PLACES)
def test_geodesics_without_steps_differ_by_far_less_than_a_thousandth(longitude: float, latitude: float) -> None:
    polygon = kite(longitude, latitude, 0.02)
    assert area_m2(polygon) == pytest.approx(densified_geodesic_m2(polygon, 1e9), rel=1e-4)


def test_the_whole_earth_has_its_area() -> None:
    pieces = shapely.box(
        *np.meshgrid(np.arange(-180, 180, 10), np.arange(-90, 90, 10)), *np.meshgrid(np.arange(-170, 181, 10), np.arange(-80, 91, 10))
    )
    assert areas_m2(pieces.ravel()).sum() == pytest.approx(510_065_621_724_000, rel=1e-9)


def test_holes_parts_and_collections_count_as_they_cover() -> None:
    outer, hole = shapely.box(30, 45, 30.01, 45.01), shapely.box(30.002, 45.002, 30.004, 45.004)
    ring, apart = outer.difference(hole), shapely.box(31, 45, 31.01, 45.01)
    many = shapely.MultiPolygon([*shapely.get_parts(ring), apart])
    mixed = shapely.GeometryCollection([shapely.Point(0, 0), many, shapely.LineString([(0, 0), (1, 1)])])
    sizes = areas_m2([outer, hole, ring, shapely.reverse(ring), apart, many, mixed, None, shapely.Polygon()])
    assert sizes[2] == sizes[3] == pytest.approx(sizes[0] - sizes[1], abs=1e-6)
    assert sizes[5] == sizes[6] == pytest.approx(sizes[2] + sizes[4], abs=1e-6)
    assert sizes[7:].tolist() == [0, 0]


@given(st.sampled_from(PLACES), st.floats(0.0005, 0.05), st.floats(0.1, 0.9), st.floats(0.0, 3.1))
def test_cutting_a_polygon_loses_nothing(place: tuple[float, float], size: float, where: float, angle: float) -> None:
    polygon = kite(*place, size)
    x, y = place[0] + size * where, place[1] + size * where
    east, north = np.cos(angle), np.sin(angle)
    half = shapely.Polygon(
        [(x - east, y - north), (x + east, y + north), (x + east - north, y + north + east), (x - east - north, y - north + east)]
    )
    pieces = areas_m2([polygon.intersection(half), polygon.difference(half)])
    assert pieces.sum() == pytest.approx(area_m2(polygon), abs=0.001)


@given(st.sampled_from(PLACES), st.floats(0.0005, 0.5), st.floats(0.0001, 0.1))
def test_more_vertices_on_an_edge_change_no_area(place: tuple[float, float], size: float, step: float) -> None:
    polygon = kite(*place, size)
    assert area_m2(shapely.segmentize(polygon, max(step, size / 50))) == pytest.approx(area_m2(polygon), rel=1e-9)
