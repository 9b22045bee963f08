"""Made-up land for property tests: rectangles on a grid of ten metres, and ragged polygons in real places."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st

from mineaction.registers.land_rows import METHODS, RELEASE_CLASSES, Hazard, HazardChange, Release, Reversal
from mineaction.terms.dates import Moment, moment
from tests.registers.land_book import Book, ground

SIZE_M, STEP_M = 60, 10
NAMES = "ABCDEF"
PLACES = [(67.0, 34.5), (36.0, 48.5), (17.0, -12.5), (105.0, 16.5)]
CHANGES = ("extended", "remeasured", "voided", "superseded", "reclassified")

exact_days = st.sampled_from([f"{year}-{day}" for year in range(2010, 2015) for day in ("01-01", "06-15", "12-31")])
partial_days = st.one_of(exact_days, st.sampled_from(["2010", "2012", "2014", "2011-06", "2013-12", "-"]))


@st.composite
def rectangles(draw: st.DrawFn) -> Any:
    edges = [sorted(draw(st.lists(st.integers(0, SIZE_M // STEP_M), min_size=2, max_size=2, unique=True))) for _ in range(2)]
    (left, right), (bottom, top) = edges
    return ground(left * STEP_M, bottom * STEP_M, right * STEP_M, top * STEP_M)


def _moment(day: str) -> Moment | None:
    return None if day == "-" else moment(day)


@st.composite
def grid_books(draw: st.DrawFn, days: st.SearchStrategy[str] = partial_days, with_changes: bool = True) -> Book:
    found = Book()
    for name in NAMES[: draw(st.integers(1, 4))]:
        opened_by: Any = draw(st.sampled_from(["identified", "identified", "split_or_merge"]))
        hazard_class: Any = draw(st.sampled_from(["SHA", "CHA"]))
        found.hazards.append(
            Hazard(name, "authority", hazard_class, _moment(draw(days)), draw(rectangles()), name, opened_by, None, draw(st.booleans()))
        )
    for at in range(draw(st.integers(0, 5))):
        kind = draw(st.integers(0, 2))
        by = draw(st.sampled_from(["one", "other"]))
        found.releases.append(
            Release(
                f"R{at}",
                by,
                RELEASE_CLASSES[kind],
                METHODS[kind],
                _moment(draw(days)),
                draw(rectangles()),
                str(at),
                None,
                None,
                draw(st.sampled_from([True, True, False])),
            )
        )
    for at in range(draw(st.integers(0, 2)) if with_changes else 0):
        hazard = draw(st.sampled_from(found.hazards))
        on = dt.date.fromisoformat(draw(exact_days))
        if hazard.identified_on is not None and hazard.identified_on.last <= on:
            what: Any = draw(st.sampled_from(CHANGES))
            into: Any = draw(st.sampled_from(["SHA", "CHA"])) if what == "reclassified" else None
            polygon = draw(rectangles()) if what in ("extended", "remeasured") else None
            found.changes.append(HazardChange(hazard.local_id, "authority", on, what, str(at), polygon, into))
    for release in found.releases if with_changes else ():
        back = dt.date.fromisoformat(draw(exact_days))
        if release.released_on is not None and release.released_on.last <= back and draw(st.booleans()):
            found.reversals.append(Reversal(release.digest, back, f"back {release.digest}"))
    return found


def ragged(chance: np.random.Generator, centre: tuple[float, float], radius_m: float) -> Any:
    """A star-shaped polygon without crossings."""
    count = int(chance.integers(4, 14))
    angle = 2 * np.pi * (np.arange(count) + chance.uniform(-0.3, 0.3, count)) / count
    away = radius_m * chance.uniform(0.4, 1.3, count)
    north = away * np.sin(angle) / 111_000
    east = away * np.cos(angle) / (111_000 * np.cos(np.radians(centre[1])))
    return shapely.Polygon(np.c_[centre[0] + east, centre[1] + north])


@st.composite
def ragged_books(draw: st.DrawFn) -> Book:
    """A few hundred metres of ground with areas and releases that overlap in every way, some drawn twice a few centimetres apart."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    corner = draw(st.sampled_from(PLACES))

    def somewhere(spread_m: float) -> tuple[float, float]:
        east, north = chance.normal(0, spread_m / 111_000, 2)
        return corner[0] + east, corner[1] + north

    def some_day() -> Moment:
        day = dt.date(2010, 1, 1) + dt.timedelta(days=int(chance.integers(0, 1800)))
        return Moment(day, day)

    found = Book()
    for at in range(draw(st.integers(1, 5))):
        hazard_class: Any = ("SHA", "CHA")[int(chance.integers(2))]
        polygon = ragged(chance, somewhere(300), chance.uniform(20, 200))
        found.hazards.append(Hazard(f"H{at}", "authority", hazard_class, some_day(), polygon, f"h{at}"))
    for at in range(draw(st.integers(0, 9))):
        how = chance.integers(4)
        if how == 0 and found.releases:
            polygon = shapely.transform(found.releases[-1].polygon, lambda points: points + 1e-6)
        elif how == 1:
            polygon = found.hazards[int(chance.integers(len(found.hazards)))].polygon
        else:
            polygon = ragged(chance, somewhere(300), chance.uniform(20, 200))
        kind = int(chance.integers(3))
        by = f"operator {chance.integers(3)}"
        found.releases.append(Release(f"R{at}", by, RELEASE_CLASSES[kind], METHODS[kind], some_day(), polygon, f"r{at}"))
    return found
