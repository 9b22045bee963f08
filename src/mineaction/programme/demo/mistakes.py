"""Which mistakes of real files are in those of the invented country, and by which code does the system tell each?

A mistake of a cell or an outline is told when its file is imported; one of the ground, an approval or a status by whoever asks
for the account. Some failed rows come again, mended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import shapely

from mineaction.programme.demo.ground import Site, shape
from mineaction.programme.demo.records import AUTHORITY, OPERATORS, Record, written
from mineaction.programme.demo.story import Story, later
from mineaction.programme.demo.truth import GroundEvent
from mineaction.registers.geodesic_area import area_m2

Mistake = Callable[[Story, Iterator[Site]], None]
# Files of these years are CSV tables, in which anything can be written.
_YEARS_OF_TABLES = (2001, 2002)


def mistakes(story: Story, sites: Iterator[Site], times: int) -> None:
    """Every mistake so many times."""
    for _ in range(times):
        for make in _MISTAKES:
            make(story, sites)


def _bad_area(code: str, field: str, value: str) -> Mistake:
    """A row of an area whose cell cannot be read: it comes again the next year, mended."""

    def make(story: Story, sites: Iterator[Site]) -> None:
        site = next(sites)
        day = story.day_of(*_YEARS_OF_TABLES)
        good = story.hazard(site, site.cells(), "SHA", day, arrives=dt.date(day.year + 1, 6, 1))
        bad = story.tell("hazardous_area", day, {**good.fields, field: value}, outline=good.outline)
        bad.codes, bad.is_fact = (code,), False

    return make


def _bad_outline(code: str, write: Callable[[list[tuple[float, float]]], str]) -> Mistake:
    """A row of an area whose outline cannot be read; it is never mended."""

    def make(story: Story, sites: Iterator[Site]) -> None:
        site = next(sites)
        told = story.hazard(site, site.cells(), "CHA", story.day_of(*_YEARS_OF_TABLES), is_so=False)
        told.text = write([(x, y) for x, y in told.outline.exterior.coords])
        told.codes, told.is_fact = (code,), False

    return make


def _ring(points: list[tuple[float, float]], decimals: int = 6) -> str:
    return f"POLYGON (({', '.join(f'{x:.{decimals}f} {y:.{decimals}f}' for x, y in points)}))"


def _projected(points: list[tuple[float, float]]) -> str:
    """Metres in place of degrees."""
    return _ring([(500_000 + (x - 3) * 111_000, y * 111_000) for x, y in points], 1)


def _told_twice(story: Story, sites: Iterator[Site]) -> None:
    """The same row stands in a file twice."""
    site = next(sites)
    good = story.hazard(site, site.cells(), "SHA", story.day_of(*_YEARS_OF_TABLES))
    again = story.tell("hazardous_area", good.arrives, dict(good.fields), outline=good.outline)
    again.codes, again.is_fact = ("fact_duplicate",), False


def _id_with_blanks(story: Story, sites: Iterator[Site]) -> None:
    """An id with a blank behind it: the record counts, and is told."""
    site = next(sites)
    told = story.hazard(site, site.cells(), "SHA", story.day_of(*_YEARS_OF_TABLES))
    told.fields["local_id"] += " "
    told.codes = ("id_with_blanks",)


def _bow_tie(story: Story, sites: Iterator[Site]) -> None:
    """An outline whose lines cross: it is no fact, and nothing is repaired unseen."""
    site = next(sites)
    told = story.hazard(site, site.cells(), "CHA", story.day_of(2003, 2020), is_so=False)
    west, south, east, north = told.outline.bounds
    told.outline = shapely.Polygon([(west, south), (east, north), (east, south), (west, (south + north) / 2)])
    told.codes, told.is_fact = ("outline_crosses_itself",), False


def _release_of(code: str, times: float, decimals: int = 0) -> Mistake:
    """A release whose reported area is so many times that of its outline."""

    def make(story: Story, sites: Iterator[Site]) -> None:
        site, hazard = _area(story, sites)
        day = later(story, dt.date.fromisoformat(hazard.fields["identified_on"]), 100, 400)
        told = story.release(site, site.cells(sectors=range(4)), "cleared", day, OPERATORS[0], hazard)
        told.fields["reported_area_m2"] = f"{area_m2(told.outline) * times:.{decimals}f}"
        told.codes, told.told_later = (code,), ("reported_area_differs",)

    return make


def _release_of_parent(code: str, parent: str) -> Mistake:
    """A release that names an area to which it does not belong."""

    def make(story: Story, sites: Iterator[Site]) -> None:
        site, hazard = _area(story, sites)
        day = later(story, dt.date.fromisoformat(hazard.fields["identified_on"]), 100, 400)
        story.release(site, site.cells(sectors=range(3)), "cleared", day, OPERATORS[0], hazard, parent=parent).told_later = (code,)

    return make


def _other_parent(story: Story, sites: Iterator[Site]) -> None:
    """A release names an area on which it does not lie: the outline decides."""
    _, other = _area(story, sites)
    _release_of_parent("parent_mismatch", other.fields["local_id"])(story, sites)


def _outside_accreditation(story: Story, sites: Iterator[Site]) -> None:
    """An operator works on after its accreditation ended: that is told, and counts where no rule says otherwise."""
    site, hazard = _area(story, sites)
    told = story.release(site, site.cells(sectors=range(2)), "cleared", story.day_of(2021, 2024), OPERATORS[3], hazard)
    told.told_later = ("release_outside_accreditation",)


def _unusual_class(story: Story, sites: Iterator[Site]) -> None:
    """Cancelled after clearance: it counts as told."""
    site, hazard = _area(story, sites)
    told = story.release(site, site.cells((2,), range(3)), "cancelled", story.day_of(2021, 2024), OPERATORS[0], hazard, method="CLEARANCE")
    told.told_later = ("release_class_unusual",)


def _battle_area(story: Story, sites: Iterator[Site]) -> None:
    """Told as battle area, on an area that may hold mines: the ground stays."""
    site, hazard = _area(story, sites)
    day = story.day_of(2021, 2024)
    cells = site.cells(sectors=range(3))
    told = story.release(site, cells, "cleared", day, OPERATORS[1], hazard, is_so=False, ground="battle_area")
    told.told_later = ("release_not_for_mines",)
    story.events.append(GroundEvent(site.number, day, "release", told.fields["local_id"], cells, "battle_area"))


def _single_items(story: Story, sites: Iterator[Site]) -> None:
    """A task for single items, told with the outline of the whole area: no land was searched."""
    site, hazard = _area(story, sites)
    told = story.release(site, site.cells(), "cleared", story.day_of(2021, 2024), OPERATORS[1], hazard, is_so=False, ground="eod_spot")
    told.told_later = ("release_of_single_items",)


def _rejected(story: Story, sites: Iterator[Site]) -> None:
    """The authority rejects a release: it does not count."""
    site, hazard = _area(story, sites)
    day = story.day_of(2021, 2024)
    told = story.release(
        site, site.cells(sectors=range(4)), "cleared", day, OPERATORS[2], hazard, is_so=False, approved_by="", approved_on=""
    )
    told.told_later = ("release_rejected",)
    decided = written(day + dt.timedelta(20))
    fields = {"of_kind": "land_release", "local_id": told.fields["local_id"], "organisation": OPERATORS[2], "decision": "rejected"}
    story.tell("approval", day + dt.timedelta(20), {**fields, "decided_on": decided, "decided_by": AUTHORITY, "reason": "depth not shown"})


def _without_outline(story: Story, sites: Iterator[Site]) -> None:
    """A release that is a figure only: it is in no total that is computed."""
    site, hazard = _area(story, sites)
    told = story.release(site, site.cells(sectors=range(2)), "cleared", story.day_of(2021, 2024), OPERATORS[0], hazard, is_so=False)
    told.outline, told.told_later = None, ("land_polygon_missing",)


def _one_id_for_two(story: Story, sites: Iterator[Site]) -> None:
    """Two contents under one id: both stand, and ground counts once."""
    site, hazard = _area(story, sites)
    day = later(story, dt.date.fromisoformat(hazard.fields["identified_on"]), 200, 400)
    cells = site.cells((0, 1))
    fields = {**hazard.fields, "identified_on": written(day), "reported_area_m2": "", "note": "told again by another office"}
    story.tell("hazardous_area", day, fields, outline=shape(site, cells), told_later=("land_id_twice",))
    story.events.append(GroundEvent(site.number, day, "hazard", f"{hazard.fields['local_id']} again", cells, hazard.fields["type"]))


def _closed_on_a_list(story: Story, sites: Iterator[Site]) -> None:
    """A list calls an area closed, and nobody told how it was released: it stays open."""
    site = next(sites)
    told = story.hazard(site, site.cells(), "CHA", story.day_of(2005, 2019), status="closed")
    told.told_later = ("closed_without_release",)


def _change_of_nothing(story: Story, sites: Iterator[Site]) -> None:
    """A change of an area nobody told of."""
    day, area = story.day_of(2008, 2020), story.new_id("HX")
    fields = {"local_id": area, "organisation": AUTHORITY, "change": "reclassified", "type": "CHA", "changed_on": written(day)}
    story.tell("hazard_change", day, {**fields, "evidence": "ordnance seen"}, told_later=("land_change_without_hazard",))


def _reversal_of_nothing(story: Story, sites: Iterator[Site]) -> None:
    """A release nobody told of is taken back."""
    day, release = story.day_of(2008, 2020), story.new_id("LX")
    fields = {"local_id": release, "organisation": OPERATORS[0], "reversed_on": written(day), "reason": "inspection failed"}
    story.tell("release_reversal", day, fields, told_later=("land_reversal_without_release",))


def _accident_at_zero(story: Story, sites: Iterator[Site]) -> None:
    """A position where none is known, as programs write it."""
    day = story.day_of(2004, 2020)
    fields = {"local_id": story.new_id("AX"), "organisation": AUTHORITY, "happened_on": written(day), "longitude": "0", "latitude": "0"}
    more = {"accident_type": "mine", "is_demining": "no", "killed_count": "0", "injured_count": "1"}
    story.tell("accident", day, fields | more, codes=("outside_country", "position_zero"))


def _area(story: Story, sites: Iterator[Site]) -> tuple[Site, Record]:
    site = next(sites)
    return site, story.hazard(site, site.cells(), "CHA", story.day_of(2005, 2019))


_MISTAKES: tuple[Mistake, ...] = (
    _bad_area("unknown_code", "type", "suspected"),
    _bad_area("impossible_date", "identified_on", "2001-02-30"),
    _bad_area("date_order_unsaid", "identified_on", "03/04/2001"),
    _bad_area("area_number_ambiguous", "reported_area_m2", "1,250"),
    _bad_area("area_unit_differs", "reported_area_m2", "3 dunum"),
    _bad_area("fact_field_missing", "organisation", ""),
    _bad_outline("outline_ring_open", lambda points: _ring(points[:-1])),
    _bad_outline("coordinates_projected", _projected),
    _bad_outline("outline_without_area", lambda points: _ring([points[0], points[1], points[0]])),
    _bad_outline("outline_kind_wrong", lambda points: f"LINESTRING ({_ring(points)[10:-2]})"),
    _told_twice,
    _id_with_blanks,
    _bow_tie,
    _release_of("reported_area_differs", 10),
    _release_of("area_is_hectares", 1 / 10_000, 4),
    _release_of_parent("parent_unknown", "INV-HA-none"),
    _other_parent,
    _outside_accreditation,
    _unusual_class,
    _battle_area,
    _single_items,
    _rejected,
    _without_outline,
    _one_id_for_two,
    _closed_on_a_list,
    _change_of_nothing,
    _reversal_of_nothing,
    _accident_at_zero,
)
