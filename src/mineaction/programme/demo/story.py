"""What happened in the invented country: records as they were told, and beside each what it truly did to the ground.

A story is told site by site from one seed: an area is found, cancelled, reduced and cleared over years, checked and handed over.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from mineaction.programme.demo.ground import BEYOND, Cell, Site, shape
from mineaction.programme.demo.records import AUTHORITY, FIRST_YEAR, LAST_YEAR, OPERATORS, Record, written
from mineaction.programme.demo.truth import GroundEvent
from mineaction.registers.geodesic_area import area_m2

_METHODS = {"cancelled": "NTS", "reduced": "TS", "cleared": "CLEARANCE"}
_CONTAMINATION = ("ap_mine", "ap_mine", "ap_mine;uxo", "ap_mine;av_mine", "ap_mine_improvised;ap_mine")
_LAST_DAY = dt.date(LAST_YEAR, 12, 31)
# The accreditation of the last operator ends with this day.
ACCREDITED_TO = {OPERATORS[3]: dt.date(2015, 12, 31)}
_PIECES_MIN, _PIECES_MAX = 2, 7


@dataclass(frozen=True, slots=True)
class Piece:
    """One release that is to come: when, how, and of which cells."""

    day: dt.date
    release_class: str
    cells: frozenset[Cell]


@dataclass(slots=True)
class Story:
    """Everything that was told so far, and everything that was so."""

    chance: random.Random
    source: str
    records: list[Record] = field(default_factory=list)
    events: list[GroundEvent] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def new_id(self, what: str) -> str:
        """The next id of its kind, such as INV-HA-0001."""
        self.numbers[what] = self.numbers.get(what, 0) + 1
        return f"INV-{what}-{self.numbers[what]:04}"

    def tell(self, kind: str, arrives: dt.date, fields: dict[str, str], **beside: object) -> Record:
        """A record of any kind."""
        made = Record(kind, arrives, {**fields, "source": self.source})
        for name, value in beside.items():
            setattr(made, name, value)
        self.records.append(made)
        return made

    def hazard(
        self,
        site: Site,
        cells: Iterable[Cell],
        of_class: str,
        day: dt.date,
        *,
        arrives: dt.date | None = None,
        is_so: bool = True,
        **more: str,
    ) -> Record:
        """A hazardous area on these cells; where it `is_so`, its ground is hazardous from that day on."""
        own = frozenset(cells)
        outline = shape(site, own)
        evidence = {"direct_evidence": "ordnance seen"} if of_class == "CHA" else {"indirect_evidence": "told by residents"}
        fields = {
            "local_id": self.new_id("HA"),
            "organisation": AUTHORITY,
            "name": site.name,
            "type": of_class,
            "identified_on": written(day),
            "reported_area_m2": f"{area_m2(outline):.0f}",
            "survey_method": "NTS" if of_class == "SHA" else "TS",
            **evidence,
            "contamination": self.chance.choice(_CONTAMINATION),
            "place_code": site.district.code,
            "place_name": site.district.name,
        }
        told = self.tell("hazardous_area", arrives or day, fields | more, outline=outline)
        if is_so:
            self.events.append(GroundEvent(site.number, day, "hazard", told.fields["local_id"], own, of_class))
        return told

    def release(
        self,
        site: Site,
        cells: Iterable[Cell],
        release_class: str,
        day: dt.date,
        operator: str,
        hazard: Record | None,
        *,
        arrives: dt.date | None = None,
        is_so: bool = True,
        **more: str,
    ) -> Record:
        """A release of these cells; where it `is_so`, it took what was hazardous of them."""
        own = frozenset(cells)
        outline = shape(site, own)
        fields = {
            "local_id": self.new_id("LR"),
            "organisation": operator,
            "release_class": release_class,
            "method": _METHODS[release_class],
            "released_on": written(day),
            "parent": hazard.fields["local_id"] if hazard else "",
            "reported_area_m2": f"{area_m2(outline):.0f}",
            "ground": "mined_area",
            "criteria": "" if release_class == "cleared" else "invented national standard 3",
        }
        if self.chance.random() < 0.9:
            fields |= {"approved_by": AUTHORITY, "approved_on": written(day + dt.timedelta(self.chance.randint(2, 25)))}
        told = self.tell("land_release", arrives or day, fields | more, outline=outline)
        if is_so:
            self.events.append(GroundEvent(site.number, day, "release", told.fields["local_id"], own, release_class))
        return told

    def day_of(self, first: int, last: int) -> dt.date:
        """A day of these years."""
        return dt.date(self.chance.randint(first, last), self.chance.randint(1, 12), self.chance.randint(2, 28))

    def operator(self, until: dt.date) -> str:
        """An operator that is accredited up to this day."""
        return self.chance.choice([one for one in OPERATORS if ACCREDITED_TO.get(one, until) >= until])


def ordinary_site(story: Story, site: Site) -> None:
    """An area as most are: found, worked on or not yet, some of them handed over."""
    chance = story.chance
    # Most of what there is was found in the first years.
    found_on = story.day_of(FIRST_YEAR, FIRST_YEAR + 7) if chance.random() < 0.78 else story.day_of(FIRST_YEAR + 8, LAST_YEAR - 1)
    of_class = "SHA" if chance.random() < 0.5 else "CHA"
    hazard = story.hazard(site, site.cells(), of_class, found_on)
    if chance.random() < 0.12:
        return
    if of_class == "SHA" and chance.random() < 0.12:
        cancel_whole(story, site, hazard, found_on)
        return
    work(story, site, hazard, site.cells(), found_on, 1.0 if chance.random() < 0.82 else chance.uniform(0.2, 0.8))


def cancel_whole(story: Story, site: Site, hazard: Record, found_on: dt.date) -> None:
    """All of an area is cancelled after a non-technical survey."""
    day = later(story, found_on, 90, 900)
    if day <= _LAST_DAY:
        story.release(site, site.cells(), "cancelled", day, story.operator(day), hazard)


def work(story: Story, site: Site, hazard: Record, cells: frozenset[Cell], found_on: dt.date, share: float) -> list[Record]:
    """Work on an area until a share of its pieces is released, with its papers; the releases."""
    chance = story.chance
    pieces = _planned(story, site, cells, found_on)
    is_whole = share >= 1.0 and pieces[-1].day <= _LAST_DAY
    done = [one for one in pieces[: len(pieces) if share >= 1.0 else max(1, round(share * len(pieces)))] if one.day <= _LAST_DAY]
    if not done:
        return []
    operator = story.operator(done[-1].day)
    by_survey = [one for one in done if one.release_class == "cancelled"]
    told = [story.release(site, one.cells, "cancelled", one.day, operator, hazard) for one in by_survey]
    searched = done[len(by_survey) :]
    if not searched:
        return told
    task = story.new_id("TO")
    begin = searched[0].day - dt.timedelta(chance.randint(25, 80))
    told += [story.release(site, one.cells, one.release_class, one.day, operator, hazard, task=task) for one in searched]
    is_late = len(searched) > 1 and chance.random() < 0.08
    if is_late:
        # A report that came years after the work.
        told[-1].arrives = min(told[-1].arrives + dt.timedelta(chance.randint(800, 2200)), _LAST_DAY)
    papers(story, hazard, operator, task, begin, searched[-1].day, is_whole=is_whole)
    return told


def _planned(story: Story, site: Site, cells: frozenset[Cell], found_on: dt.date) -> list[Piece]:
    """The releases that would empty these cells, in their order: at the edge first, then one group of sectors after another."""
    chance = story.chance
    found: list[Piece] = []
    day = later(story, found_on, 60, 700)
    edge = [sector for sector, ring in sorted(cells) if ring == BEYOND - 1]
    for release_class, likely in (("cancelled", 0.4), ("reduced", 0.5)):
        if len(edge) > 2 and chance.random() < likely:
            count = chance.randint(1, len(edge) - 1)
            found.append(Piece(day, release_class, frozenset((sector, BEYOND - 1) for sector in edge[:count])))
            edge, day = edge[count:], later(story, day, 90, 900)
    left = sorted(cells - {cell for piece in found for cell in piece.cells})
    sectors = sorted({sector for sector, _ in left})
    count = min(chance.randint(_PIECES_MIN, _PIECES_MAX), len(sectors))
    for at in range(count):
        own = sectors[at * len(sectors) // count : (at + 1) * len(sectors) // count]
        found.append(Piece(day, "cleared", frozenset(cell for cell in left if cell[0] in own)))
        day = later(story, day, 15, 170)
    return found


def papers(story: Story, hazard: Record, operator: str, task: str, begin: dt.date, end: dt.date, *, is_whole: bool) -> None:
    """The task order, the work, its report, what was found; and where nothing is left, the inspection and the handover."""
    chance, area = story.chance, hazard.fields["local_id"]
    issued = begin - dt.timedelta(10)
    of_task = {"task": task, "hazards": area}
    story.tell(
        "task_order", issued,
        {
            "local_id": task, "organisation": AUTHORITY, "operator": operator, "hazards": area, "method": "TS;CLEARANCE",
            "target": "ap_mine", "depth_m": "0.2", "state": "issued", "issued_on": written(issued),
        },
    )  # fmt: skip
    activity = story.new_id("AC")
    state = {"state": "completed", "ended_on": written(end)} if is_whole else {"state": "ongoing"}
    fields = {"local_id": activity, "organisation": operator, "method": "CLEARANCE", "started_on": written(begin), **of_task, **state}
    story.tell("activity", end, fields)
    if chance.random() < 0.5:
        found_on = written(end - dt.timedelta(3))
        story.tell(
            "device_found", end,
            {
                "local_id": story.new_id("DV"), "organisation": operator, "found_on": found_on, "category": "ap_mine",
                "quantity": str(chance.randint(1, 9)), "origin": "cleared_area", "state": "destroyed", "disposed_on": written(end),
                "hazard": area, "task": task,
            },
        )  # fmt: skip
    report = {"local_id": story.new_id("RP"), "organisation": operator, "activity": activity, **of_task}
    period = {"period_from": written(begin), "period_to": written(end), "devices_disposed": "yes"}
    story.tell("activity_report", end, {**report, "report_type": "completion" if is_whole else "progress", **period})
    visited = end + dt.timedelta(chance.randint(3, 20))
    if not is_whole or chance.random() < 0.15:
        return
    story.tell(
        "quality_visit", visited,
        {
            "local_id": story.new_id("QV"), "organisation": AUTHORITY, "inspected": operator, "visited_on": written(visited), **of_task,
            "result": "accepted", "severity": "none",
        },
    )  # fmt: skip
    if chance.random() < 0.75:
        handed = visited + dt.timedelta(5)
        story.tell(
            "handover", handed,
            {
                "local_id": story.new_id("HO"), "organisation": AUTHORITY, **of_task, "handed_over_on": written(handed),
                "received_by": "Invented village council", "quality_result": "accepted", "is_signed": "yes",
            },
        )  # fmt: skip


def later(story: Story, day: dt.date, least: int, most: int) -> dt.date:
    """Some days after a day."""
    return day + dt.timedelta(story.chance.randint(least, most))
