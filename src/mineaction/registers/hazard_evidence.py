"""Is what must show a transition there, and in which records?

One function a word of `hazard_transitions.EVIDENCE`: the ids of the facts that show it, empty for what is computed, or None where it is
missing. Refuses to make a transition: that is the fold's (`hazard_status`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mineaction.registers.accreditation import Accreditations
from mineaction.registers.approvals import Counted, Decision, SetAside
from mineaction.registers.country_rules import CountryRules
from mineaction.registers.hazard_events import Event, Ground, first_day
from mineaction.registers.hazard_records import HazardRecords, several
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key

Shown = tuple[str, ...] | None
_ENDED = ("completed", "quality_passed", "closed", "cancelled")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything told that may show a transition of one area."""

    records: HazardRecords
    ground: Ground
    judged: Mapping[str, Counted | SetAside]  # releases by fact id
    law: CountryRules
    certificates: Accreditations
    decisions: Mapping[str, Sequence[Decision]]  # on changes of areas, by kind/organisation/id
    areas: frozenset[str]  # subjects of all areas
    ids: Mapping[str, int]  # local ids of all areas, and how many bear them
    earlier_ended: dt.date | None  # since when the area named under rediscovered_from was closed, released or cancelled

    def of_kind(self, kind: str) -> list[Fact]:
        """The records of a kind that tell of the area."""
        return self.records.of_kind[kind]

    def tolerance(self, day: dt.date) -> dt.timedelta:
        """By how much dates may stand in the wrong order."""
        return dt.timedelta(days=min(int(self.law.word("date_tolerance_days", day)[0]), 3660))


def shown(case: Case, event: Event, word: str) -> Shown:
    """The facts that show this word of evidence for an event; None where nothing does."""
    return _SHOWN[word](case, event)


def closing_day(case: Case, event: Event, words: Iterable[str], on: dt.date) -> dt.date:
    """The first day, from the report of completion on, on which everything that closes an area is there; its own day where it never is."""
    days = {event.day, case.ground.emptied_on, *(day for day, _, _ in _results(case))}
    for fact in case.of_kind("device_found"):
        days.add(last_day(fact, "disposed_on"))
    for day in sorted(day for day in days if day and event.day <= day <= on):
        later = event._replace(day=day)
        if all(shown(case, later, word) is not None for word in words):
            return day
    return event.day


def is_last_task(case: Case, event: Event) -> bool:
    """Whether no other task order for the area goes on when this record cancels one."""
    own = event.fact.subject.split("/")[2] if event.fact.kind == "task_order" else given_key(event.fact.payload.get("task", ""))
    goes_on: dict[str, bool] = {}
    for day, fact in sorted(((_state_day(one), one) for one in case.of_kind("task_order")), key=lambda pair: (pair[0], pair[1].fact_id)):
        if day <= event.day:
            goes_on[fact.subject.split("/")[2]] = fact.payload["state"] not in ("draft", *_ENDED)
    return not any(active for task, active in goes_on.items() if task != own)


def last_day(fact: Fact, name: str) -> dt.date | None:
    """The last day that a date of a record may mean."""
    days = moment(fact.payload.get(name, ""))
    return days.last if days else None


def _state_day(fact: Fact) -> dt.date:
    return last_day(fact, "state_on") or last_day(fact, "issued_on") or dt.date.max


def _said(name: str) -> Callable[[Case, Event], Shown]:
    def of(case: Case, event: Event) -> Shown:
        return (event.fact.fact_id,) if event.fact.payload.get(name) else None

    return of


def _when(is_so: bool, *facts: Fact) -> Shown:
    return tuple(fact.fact_id for fact in facts) if is_so else None


def _indirect(case: Case, event: Event) -> Shown:
    told = event.fact.payload
    return _when(bool(told.get("indirect_evidence") or told.get("direct_evidence")), event.fact)


def _direct(case: Case, event: Event) -> Shown:
    told = event.fact.payload
    if told.get("direct_evidence") or (event.fact.kind == "hazard_change" and told.get("evidence")):
        return (event.fact.fact_id,)
    claims = [one for one in case.records.areas if one.payload.get("direct_evidence") and first_day(one) <= event.day]
    return _when(bool(claims), *claims)


def _outline(case: Case, event: Event) -> Shown:
    return _when(bool(event.fact.geometry), event.fact)


def _earlier_area(case: Case, event: Event) -> Shown:
    if not event.fact.payload.get("rediscovered_from"):
        return ()
    return _when(case.earlier_ended is not None and case.earlier_ended <= event.days.last)


def _counts(case: Case, event: Event) -> Shown:
    judged = case.judged.get(event.fact.fact_id)
    return judged.evidence if isinstance(judged, Counted) else None


def _issued(case: Case) -> Iterator[tuple[dt.date, Fact]]:
    """Task orders for the area with the first day on which they may have been issued."""
    for fact in case.of_kind("task_order"):
        since = fact.payload.get("issued_on") or (fact.payload.get("state_on", "") if fact.payload["state"] == "issued" else "")
        if (days := moment(since)) and fact.payload["state"] != "draft":
            yield days.first, fact


def _after_task_issue(case: Case, event: Event) -> Shown:
    task = given_key(event.fact.payload.get("task", ""))
    own = [(day, fact) for day, fact in _issued(case) if task and fact.subject.split("/")[2] == task]
    late = [fact for day, fact in own if day > event.days.last + case.tolerance(event.day)]
    return _when(not late or len(late) < len(own), *(fact for _, fact in own[:1]))


def _report_of_period(case: Case, event: Event) -> Shown:
    slack = case.tolerance(event.day)
    for fact in _ordered(case.of_kind("activity_report")):
        first, last = moment(fact.payload.get("period_from", "")), moment(fact.payload["period_to"])
        is_of_work = fact.payload["report_type"] in ("progress", "completion")
        has_begun = first is None or first.first - slack <= event.days.last
        if is_of_work and has_begun and last and event.days.first <= last.last + slack:
            return (fact.fact_id,)
    return None


def _task_order(case: Case, event: Event) -> Shown:
    by_then = [fact for day, fact in sorted(_issued(case), key=_by_day) if day <= event.days.last + case.tolerance(event.day)]
    return _when(bool(by_then), *by_then[:1])


def _accredited_operator(case: Case, event: Event) -> Shown:
    told, kind = event.fact.payload, event.fact.kind
    orders = [fact for day, fact in sorted(_issued(case), key=_by_day) if day <= event.days.last + case.tolerance(event.day)]
    if kind in ("activity", "activity_report"):
        operators = [given_key(told["organisation"])]
    else:
        operators = [given_key(one.payload["operator"]) for one in ([event.fact] if kind == "task_order" else orders)]
    methods = several(told.get("method", "")) or [word for one in orders for word in several(one.payload["method"])]
    standings = [case.certificates.standing(operator, methods, event.days.last) for operator in operators]
    accredited = [one for one in standings if one.answer == "accredited"]
    if accredited:
        return accredited[0].fact_ids
    return None if case.law.is_required("accreditation_required", event.days.first, event.days.last) else ()


def _completion_report(case: Case, event: Event) -> Shown:
    reports = [one for one in _ordered(case.of_kind("activity_report")) if one.payload["report_type"] == "completion"]
    by_then = [one for one in reports if (day := last_day(one, "period_to")) and day <= event.day]
    return _when(bool(by_then), *by_then[-1:])


def _nothing_left(case: Case, event: Event) -> Shown:
    emptied_on = case.ground.emptied_on
    return _when(bool(case.ground.can_close) and (emptied_on is None or emptied_on <= event.day))


def _results(case: Case) -> list[tuple[dt.date, bool, Fact]]:
    """Results of inspection by day; of one day the rejection last."""
    found = []
    for kind, day_of, result in (
        ("quality_visit", "visited_on", "result"), ("sampling", "sampled_on", "result"), ("handover", "handed_over_on", "quality_result"),
    ):  # fmt: skip
        for fact in case.of_kind(kind):
            day = last_day(fact, day_of)
            if day and fact.payload.get(result):
                found.append((day, fact.payload[result] == "rejected", fact))
    return sorted(found, key=lambda one: (*one[:2], one[2].fact_id))


def _quality_accepted(case: Case, event: Event) -> Shown:
    by_then = [(is_rejected, fact) for day, is_rejected, fact in _results(case) if day <= event.day]
    return _when(bool(by_then) and not by_then[-1][0], *(fact for _, fact in by_then[-1:]))


def _devices_disposed(case: Case, event: Event) -> Shown:
    items: dict[str, bool] = {}
    for fact in case.of_kind("device_found"):
        found, gone = last_day(fact, "found_on"), last_day(fact, "disposed_on")
        if found and found <= event.day:
            state = fact.payload["state"]
            is_gone = state == "moved" or (state == "destroyed" and gone is not None and gone <= event.day)
            items[fact.subject] = items.get(fact.subject, False) or is_gone
    reports = [one for one in _ordered(case.of_kind("activity_report")) if one.payload["report_type"] == "completion"]
    says_no = any(one.payload.get("devices_disposed") == "no" for one in reports[-1:])
    return _when(all(items.values()) and not says_no)


def _certificates(case: Case, event: Event) -> list[Fact]:
    given = [event.fact] if event.fact.kind == "handover" else _ordered(case.of_kind("handover"))
    signed = [one for one in given if one.payload["is_signed"] == "yes"]
    return [one for one in signed if (day := last_day(one, "handed_over_on")) and day <= event.day]


def _certificate(case: Case, event: Event) -> Shown:
    return _when(bool(_certificates(case, event)), *_certificates(case, event)[:1])


def _receiver(case: Case, event: Event) -> Shown:
    named = [one for one in _certificates(case, event) if one.payload.get("received_by")]
    return _when(bool(named), *named[:1])


def _two_approvals(case: Case, event: Event) -> Shown:
    told = event.fact.payload
    by = {given_key(told[name]) for name in ("approved_by", "second_approved_by") if told.get(name)}
    key = "/".join(event.fact.subject.split("/")[:3])
    approved = [one for one in case.decisions.get(key, ()) if not one.is_rejection and one.day <= event.day]
    by |= {one.by for one in approved}
    return (event.fact.fact_id, *(one.fact_id for one in approved)) if len(by) > 1 else None


def _no_postings(case: Case, event: Event) -> Shown:
    if case.ground.has_postings is not None:
        return _when(not case.ground.has_postings)
    counted = [one for one in case.of_kind("land_release") if isinstance(case.judged.get(one.fact_id), Counted)]
    return _when(not any((last_day(one, "released_on") or event.day) <= event.day for one in counted))


def _successors(case: Case, event: Event) -> Shown:
    named = several(event.fact.payload.get("successors", ""))
    own = event.fact.subject.split("/")[1]
    is_told = all(f"hazardous_area/{own}/{given_key(name)}" in case.areas or case.ids.get(given_key(name)) == 1 for name in named)
    return _when(bool(named) and is_told, event.fact)


def _ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Records in the order of what they tell, then of their id."""

    def order(fact: Fact) -> tuple[dt.date, str]:
        return last_day(fact, "period_to") or last_day(fact, "handed_over_on") or dt.date.max, fact.fact_id

    return sorted(facts, key=order)


def _by_day(pair: tuple[dt.date, Fact]) -> Any:
    return pair[0], pair[1].fact_id


_SHOWN: dict[str, Callable[[Case, Event], Shown]] = {
    "indirect_evidence": _indirect,
    "direct_evidence": _direct,
    "outline": _outline,
    "evidence": _said("evidence"),
    "reason": _said("reason"),
    "earlier_area": _earlier_area,
    "criteria": _said("criteria"),
    "counts": _counts,
    "after_task_issue": _after_task_issue,
    "report_of_period": _report_of_period,
    "task_order": _task_order,
    "accredited_operator": _accredited_operator,
    "completion_report": _completion_report,
    "nothing_left": _nothing_left,
    "all_cancelled": lambda case, event: _when(case.ground.is_all_cancelled),
    "ground_left": lambda case, event: _when(case.ground.can_close is not True),
    "quality_accepted": _quality_accepted,
    "devices_disposed": _devices_disposed,
    "certificate": _certificate,
    "receiver": _receiver,
    "two_approvals": _two_approvals,
    "no_postings": _no_postings,
    "successors": _successors,
}
