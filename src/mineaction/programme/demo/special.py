"""What is not ordinary in the invented country: overlaps, ground found again, work done twice, corrections, what is taken back.

Each case has a site of its own, and says what it truly did to the ground.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from mineaction.programme.demo.ground import BEYOND, Site, shape
from mineaction.programme.demo.records import AUTHORITY, DONOR, OPERATORS, Record, written
from mineaction.programme.demo.story import Story, later, papers, work
from mineaction.programme.demo.truth import GroundEvent
from mineaction.registers.geodesic_area import area_m2

Case = Callable[[Story, Iterator[Site]], None]


def special_cases(story: Story, sites: Iterator[Site], times: int) -> None:
    """Every case so many times."""
    for _ in range(times):
        for case in _CASES:
            case(story, sites)


def _confirmed_inside_suspected(story: Story, sites: Iterator[Site]) -> None:
    """A confirmed area inside a suspected one: its ground counts once."""
    site = next(sites)
    found_on = story.day_of(2001, 2008)
    story.hazard(site, site.cells(), "SHA", found_on)
    confirmed_on = later(story, found_on, 200, 900)
    inner = site.cells((0, 1), range(site.sectors // 2 + 1))
    confirmed = story.hazard(site, inner, "CHA", confirmed_on)
    work(story, site, confirmed, inner, confirmed_on, 1.0)


def _found_again(story: Story, sites: Iterator[Site]) -> None:
    """Ordnance is found years after an area was handed over: a new area, and both releases stand."""
    site = next(sites)
    found_on = dt.date(2001, story.chance.randint(1, 12), 5)
    first = story.hazard(site, site.cells(), "CHA", found_on)
    cleared_on = later(story, found_on, 200, 700)
    operator, task = story.operator(cleared_on), story.new_id("TO")
    story.release(site, site.cells(), "cleared", cleared_on, operator, first, task=task)
    papers(story, first, operator, task, cleared_on - dt.timedelta(60), cleared_on, is_whole=True)
    again_on = dt.date(2013, story.chance.randint(1, 12), 9)
    cells = site.cells((0, 1), range(3))
    again = story.hazard(site, cells, "CHA", again_on, rediscovered_from=first.fields["local_id"])
    day = later(story, again_on, 150, 600)
    story.release(site, cells, "cleared", day, OPERATORS[0], again)


def _cleared_twice(story: Story, sites: Iterator[Site]) -> None:
    """Another operator clears the same ground a year later: it is rework."""
    site = next(sites)
    found_on = story.day_of(2004, 2010)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    day = later(story, found_on, 100, 500)
    cells = site.cells(sectors=range(site.sectors // 2))
    story.release(site, cells, "cleared", day, OPERATORS[0], hazard)
    story.release(site, cells, "cleared", later(story, day, 300, 500), OPERATORS[1], hazard)


def _beyond_the_edge(story: Story, sites: Iterator[Site]) -> None:
    """Clearance goes on beyond the edge of the area: that ground is outside."""
    site = next(sites)
    found_on = story.day_of(2006, 2018)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    story.release(site, site.cells((1, 2, BEYOND), range(3)), "cleared", later(story, found_on, 90, 600), OPERATORS[2], hazard)


def _extended(story: Story, sites: Iterator[Site]) -> None:
    """Survey shows that an area is larger; some of it is cleared."""
    site = next(sites)
    found_on = story.day_of(2003, 2014)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    day = later(story, found_on, 100, 500)
    cells = site.cells() | site.cells((BEYOND,), range(4))
    _change(story, hazard, "extended", day, evidence="ordnance seen beyond the edge", outline=shape(site, cells))
    story.events.append(GroundEvent(site.number, day, "extended", hazard.fields["local_id"], cells, "CHA"))
    story.release(site, site.cells((BEYOND - 1, BEYOND), range(2)), "cleared", later(story, day, 100, 400), OPERATORS[0], hazard)


def _void(story: Story, sites: Iterator[Site]) -> None:
    """An area that was entered in error is taken out by two approvals."""
    site = next(sites)
    found_on = story.day_of(2005, 2015)
    hazard = story.hazard(site, site.cells(), "SHA", found_on)
    day = later(story, found_on, 100, 900)
    by = {"approved_by": AUTHORITY, "second_approved_by": "Invented Ministry", "approved_on": written(day)}
    _change(story, hazard, "voided", day, reason="entered twice", **by)
    story.events.append(GroundEvent(site.number, day, "voided", hazard.fields["local_id"], site.cells()))


def _cumulative(story: Story, sites: Iterator[Site]) -> None:
    """Progress is drawn anew over all ground so far: what comes new with each report counts."""
    site = next(sites)
    found_on = story.day_of(2008, 2016)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    day, task = later(story, found_on, 100, 500), story.new_id("TO")
    sectors = 0
    for _ in range(3):
        before, sectors = site.cells(sectors=range(sectors)), sectors + 2
        cells = site.cells(sectors=range(sectors))
        told = story.release(site, cells, "cleared", day, OPERATORS[1], hazard, is_so=False, task=task, drawn="cumulative")
        story.events.append(GroundEvent(site.number, day, "release", told.fields["local_id"], cells - before, "cleared"))
        day = later(story, day, 40, 120)


def _release_taken_back(story: Story, sites: Iterator[Site]) -> None:
    """An inspection fails and a release is taken back: from that day on its ground is hazardous again."""
    site = next(sites)
    found_on = story.day_of(2007, 2017)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    day = later(story, found_on, 100, 600)
    cells = site.cells(sectors=range(3))
    told = story.release(site, cells, "cleared", day, OPERATORS[2], hazard)
    back = later(story, day, 60, 300)
    fields = {
        "local_id": told.fields["local_id"],
        "organisation": OPERATORS[2],
        "reversed_on": written(back),
        "reason": "inspection failed",
    }
    story.tell("release_reversal", back, fields)
    story.events.append(GroundEvent(site.number, back, "reversal", told.fields["local_id"], cells))


def _found_before_it_was_told(story: Story, sites: Iterator[Site]) -> None:
    """A back-dated report: the area was found years before anybody told of it, and its release had counted as outside until then."""
    site = next(sites)
    found_on = story.day_of(2003, 2006)
    told_on = later(story, found_on, 1800, 2600)
    hazard = story.hazard(site, site.cells(), "SHA", found_on, arrives=told_on)
    story.release(site, site.cells((2,)), "reduced", later(story, found_on, 100, 700), OPERATORS[1], hazard)


def _corrected(story: Story, sites: Iterator[Site]) -> None:
    """An area is told too large and corrected years later: the correction stands from the first day."""
    site = next(sites)
    found_on = story.day_of(2002, 2014)
    wrong = story.hazard(site, site.cells((0, 1, 2, BEYOND)), "CHA", found_on, is_so=False)
    outline = shape(site, site.cells())
    fields = {**wrong.fields, "reported_area_m2": f"{area_m2(outline):.0f}", "note": "outline corrected"}
    told = story.tell("hazardous_area", later(story, found_on, 900, 1600), fields, outline=outline, corrects=wrong, form="corrections")
    story.events.append(GroundEvent(site.number, found_on, "hazard", told.fields["local_id"], site.cells(), "CHA"))
    story.release(site, site.cells(sectors=range(2)), "cleared", later(story, found_on, 100, 800), OPERATORS[0], wrong)


def _released_before_it_was_found(story: Story, sites: Iterator[Site]) -> None:
    """A release older than the area takes nothing from it."""
    site = next(sites)
    found_on = story.day_of(2012, 2020)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    cells = site.cells((0, 1), range(3))
    story.release(site, cells, "cleared", found_on - dt.timedelta(story.chance.randint(200, 900)), OPERATORS[0], hazard)


def _told_by_the_donor_too(story: Story, sites: Iterator[Site]) -> None:
    """A donor's office reports what the operator reported; the whole batch is taken back by `mineaction reverse`."""
    site = next(sites)
    found_on = story.day_of(2009, 2012)
    hazard = story.hazard(site, site.cells(), "CHA", found_on)
    day = later(story, found_on, 100, 300)
    cells = site.cells(sectors=range(4))
    story.release(site, cells, "cleared", day, OPERATORS[0], hazard)
    story.release(site, cells, "cleared", day, DONOR, hazard, is_so=False, arrives=dt.date(2014, 6, 1)).form = "donor_report"


def _point_only(story: Story, sites: Iterator[Site]) -> None:
    """An old list knows a position and an estimate: the area is in no total."""
    site = next(sites)
    day = story.day_of(2000, 2004)
    told = story.hazard(site, site.cells(), "SHA", day, is_so=False, longitude=f"{site.middle[0]:.5f}", latitude=f"{site.middle[1]:.5f}")
    told.outline, told.told_later = None, ("land_polygon_missing",)


def _change(story: Story, hazard: Record, change: str, day: dt.date, *, outline: object = None, **more: str) -> None:
    fields = {"local_id": hazard.fields["local_id"], "organisation": AUTHORITY, "change": change, "changed_on": written(day), **more}
    story.tell("hazard_change", day, fields, outline=outline)


_CASES: tuple[Case, ...] = (
    _confirmed_inside_suspected,
    _found_again,
    _cleared_twice,
    _beyond_the_edge,
    _extended,
    _void,
    _cumulative,
    _release_taken_back,
    _found_before_it_was_told,
    _corrected,
    _released_before_it_was_found,
    _told_by_the_donor_too,
    _point_only,
)
