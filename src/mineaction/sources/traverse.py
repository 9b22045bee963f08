"""Which shape does a traverse say: `3.0 1.0; 90 100; 180 50.5; 270 100; 0 50.5`, a start, then bearing and distance from point to point?

The start is a position, longitude first; bearings are degrees clockwise from the north that is named, distances are metres along the
ellipsoid of WGS 84, and the last leg leads back to the start. Which north is meant is never guessed: a declination of 10 degrees moves a
corner 100 m away by 17 m. `magnetic -1.5` is magnetic north with its declination, degrees east of true north on the day of the survey.
Refuses grid north, which differs from true north by another angle at every place. The distance by which the last leg misses the start, the
closing error, is told and not spread over the legs: the ring closes at the start.
"""

from __future__ import annotations

import re

from mineaction.sources.coordinate_systems import System
from mineaction.sources.shapes import Shape, coordinate
from mineaction.terms.limits import TRANSFORMED_DECIMALS, TRAVERSE_CLOSING_M_MIN, TRAVERSE_CLOSING_SHARE_MAX, TRAVERSE_CLOSING_TOLD_M
from mineaction.terms.outline import Position, position_problem
from mineaction.terms.problem import Problem, ProblemError, problem

Leg = tuple[float, float]

_LEGS_MIN = 3
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_MAGNETIC = re.compile(r"magnetic\s+([-+]?\d+(\.\d+)?)", re.ASCII)


def shape_from_traverse(text: str, north: str, system: System, place: str, place_of_north: str) -> Shape:
    """The shape of the text in WGS 84, its start given in this system; everything wrong with it is a ProblemError."""
    declination, problems = _declination(north, place_of_north)
    parts = [one.split() for one in text.split(";")]
    while parts and not parts[-1]:
        parts.pop()
    start, found = _start(parts[0] if parts else [], system, f"{place}, start")
    problems += found
    legs: list[Leg] = []
    for number, words in enumerate(parts[1:], 1):
        leg, found = _leg(words, f"{place}, leg {number}")
        legs.append(leg)
        problems += found
    if len(legs) < _LEGS_MIN:
        problems.append(problem("traverse_legs_few", place, len(legs)))
    if all(one.is_warning for one in problems):
        ring, found = _ring(start, legs, declination, place)
        problems += found
    if not all(one.is_warning for one in problems):
        raise ProblemError(problems)
    return Shape([[ring]], warnings=tuple(problems))


def _declination(north: str, place: str) -> tuple[float, list[Problem]]:
    """Degrees from true north to the north that the bearings are counted from, east positive."""
    said = north.strip().casefold()
    if not said:
        return 0.0, [problem("traverse_north_missing", place)]
    if said == "true":
        return 0.0, []
    if said == "grid":
        return 0.0, [problem("traverse_north_grid", place, north.strip())]
    magnetic = _MAGNETIC.fullmatch(said)
    if magnetic is None or abs(float(magnetic[1])) > 180:
        return 0.0, [problem("traverse_north_unknown", place, north.strip())]
    return float(magnetic[1]), []


def _start(words: list[str], system: System, place: str) -> tuple[Position, list[Problem]]:
    if len(words) != 2:
        return (0.0, 0.0), [problem("traverse_start_broken", place, " ".join(words))]
    try:
        given = (coordinate(words[0], place), coordinate(words[1], place))
    except ProblemError as error:
        return (0.0, 0.0), list(error.problems)
    moved, problems = system.moved([given], place)
    if not moved:
        return (0.0, 0.0), problems
    wrong = position_problem(moved[0], place)
    return moved[0], [*problems, wrong] if wrong else problems


def _leg(words: list[str], place: str) -> tuple[Leg, list[Problem]]:
    if len(words) != 2 or not all(map(_NUMBER.fullmatch, words)):
        return (0.0, 0.0), [problem("traverse_leg_broken", place, " ".join(words))]
    bearing, distance = map(float, words)
    problems = []
    if not 0 <= bearing <= 360:
        problems.append(problem("traverse_bearing_impossible", place, words[0]))
    if distance < 0:
        problems.append(problem("traverse_distance_negative", place, words[1]))
    return (bearing, distance), problems


def _ring(start: Position, legs: list[Leg], declination: float, place: str) -> tuple[list[Position], list[Problem]]:
    """The ring that closes at the start, and by how much the last leg missed it."""
    from pyproj import Geod

    earth = Geod(ellps="WGS84")
    at, ring = start, [start]
    for bearing, distance in legs:
        x, y, _ = earth.fwd(*at, bearing + declination, distance)
        at = (x, y)
        ring.append((round(x, TRANSFORMED_DECIMALS), round(y, TRANSFORMED_DECIMALS)))
    _, _, missed = earth.inv(*at, *start)
    length = sum(distance for _, distance in legs)
    limit = max(TRAVERSE_CLOSING_M_MIN, TRAVERSE_CLOSING_SHARE_MAX * length)
    ring[-1] = start
    if missed < TRAVERSE_CLOSING_TOLD_M:
        return ring, []
    code = "traverse_closed" if missed <= limit else "traverse_open"
    figures = {"length": f"{length:,.2f}", "limit": f"{limit:,.2f}"}
    return ring, [problem(code, place, f"{missed:,.2f} m", **figures)]
