"""What happened to one hazardous area, in the order of its days: the transitions that its records ask for.

An area opens on the first day its date may mean; everything else happened on the last. Of one day the order of the table holds, then
organisation, id and content; when a record was recorded decides nothing. Refuses to say whether an event is allowed or shown: that is the
fold's (`hazard_status`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mineaction.registers.hazard_records import HazardRecords, record_name, several
from mineaction.registers.hazard_transitions import RANK
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import DAY_FIRST
from mineaction.terms.problem import Problem, problem

# What a change of an area is called in the table.
_OF_CHANGE = {"closed": "closed", "handed_over": "handed_over", "reclassified": "confirmed"}
# Work that puts an area into progress; surveys without searching do not.
_SEARCHING = ("TS", "CLEARANCE", "BAC")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the land account says of an area as of the day asked about, from its hazard account. None where it was not asked, or where the
    area has no polygon. `emptied_on` is the day of the last release that took ground."""

    can_close: bool | None = None
    emptied_on: dt.date | None = None
    is_all_cancelled: bool = False
    has_postings: bool | None = None


class Event(NamedTuple):
    """One transition that a record asks for."""

    day: dt.date
    name: str
    fact: Fact
    days: Moment

    def order(self) -> tuple[object, ...]:
        """Day, row of the table, organisation and id, content."""
        return (self.day, RANK[self.name], tuple(self.fact.subject.split("/")[1:3]), self.fact.fact_id)


def events(records: HazardRecords, ground: Ground, classes: Mapping[str, str], on: dt.date) -> tuple[list[Event], list[Problem]]:
    """The events up to a day, in order; and the records whose day nobody told. `classes`: as what a release counts, by its id."""
    problems: list[Problem] = []
    found = [*_openings(records.areas), *_asked(records, classes, problems), *_whole(records, ground)]
    return sorted((one for one in found if one.day <= on), key=Event.order), problems


def _openings(areas: list[Fact]) -> Iterator[Event]:
    """The first claim opens the area; a later one that calls it confirmed confirms it."""
    is_confirmed = False
    for number, fact in enumerate(sorted(areas, key=lambda one: (first_day(one), one.fact_id))):
        days = moment(fact.payload["identified_on"]) or Moment(DAY_FIRST, DAY_FIRST)
        is_cha = fact.payload["type"] == "CHA"
        if number == 0:
            opened_as = "found_again" if fact.payload.get("rediscovered_from") else "confirmed_at_once"
            yield Event(days.first, opened_as if is_cha else "suspected", fact, days)
        elif is_cha and not is_confirmed:
            yield Event(days.last, "confirmed", fact, days)
        is_confirmed |= is_cha


def first_day(fact: Fact) -> dt.date:
    """The first day on which a claim about an area may hold; all days where nobody knows."""
    days = moment(fact.payload["identified_on"])
    return days.first if days else DAY_FIRST


def _asked(records: HazardRecords, classes: Mapping[str, str], problems: list[Problem]) -> Iterator[Event]:
    for fact in (one for own in records.of_kind.values() for one in own):
        if fact.payload.get("change") == "reclassified" and fact.payload["type"] == "SHA":
            problems.append(problem("transition_back", record_name(fact), record_name(fact), day=fact.payload["changed_on"]))
            continue
        if not _is_of_searching(fact, records):
            continue
        for name, written in _names(fact, classes):
            days = moment(written)
            if days is None:
                problems.append(problem("record_day_unknown", record_name(fact), name))
            else:
                yield Event(days.last, name, fact, days)


def _is_of_searching(fact: Fact, records: HazardRecords) -> bool:
    """Whether a report is about work that searches ground; a survey without searching neither starts nor closes an area."""
    if fact.kind != "activity_report":
        return True
    for name, kind in (("activity", "activity"), ("task", "task_order")):
        key = given_key(fact.payload.get(name, ""))
        methods = {word for one in records.of_kind[kind] if one.subject.split("/")[2] == key for word in several(one.payload["method"])}
        if methods:
            return not methods.isdisjoint(_SEARCHING)
    return True


def _names(fact: Fact, classes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What one record asks for, and the field with its day as written."""
    told = fact.payload
    match fact.kind:
        case "hazard_change":
            yield _OF_CHANGE.get(told["change"], told["change"]), told["changed_on"]
        case "activity" if told["method"] in _SEARCHING:
            yield "started", told["started_on"]
        case "task_order":
            since = told.get("state_on") or told.get("issued_on", "")
            # In progress anew after a suspension is a resumption: the fold knows which.
            name = {"in_progress": "started", "suspended": "suspended", "cancelled": "descoped"}.get(told["state"])
            if name:
                yield name, since
        case "activity_report":
            if told["report_type"] in ("progress", "completion"):
                yield "started", told.get("period_from") or told["period_to"]
            name = {"completion": "closed", "suspension": "suspended", "cancellation": "descoped"}.get(told["report_type"])
            if name:
                yield name, told["period_to"]
        case "land_release" if told.get("ground") != "eod_spot" and told.get("is_rework") != "yes":
            yield f"{classes.get(fact.fact_id, told['release_class'])}_part", told["released_on"]
        case "release_reversal":
            yield "release_reversed", told["reversed_on"]
        case "handover":
            yield "handed_over", told["handed_over_on"]


def _whole(records: HazardRecords, ground: Ground) -> Iterator[Event]:
    """An area whose ground was all cancelled, by its last release."""
    if ground.can_close and ground.is_all_cancelled and ground.emptied_on:
        cancelled = [one for one in records.of_kind["land_release"] if one.payload["release_class"] == "cancelled"]
        dated = [(days.last, one.fact_id, one) for one in cancelled if (days := moment(one.payload["released_on"]))]
        by_then = [one for one in dated if one[0] <= ground.emptied_on]
        if by_then:
            yield Event(ground.emptied_on, "cancelled_whole", max(by_then)[2], Moment(ground.emptied_on, ground.emptied_on))
