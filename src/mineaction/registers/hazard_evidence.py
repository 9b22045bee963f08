"""Is what must show a transition there, and in which records?

One function a word of `hazard_transitions.EVIDENCE`: the ids of the facts that show it, empty for what is computed, or None where it is
missing. Refuses to make a transition: that is the fold's (`hazard_status`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mineaction.registers import hazard_closing_evidence as closing
from mineaction.registers.approvals import Counted, approvers
from mineaction.registers.ground_changes import successors_are_told
from mineaction.registers.hazard_case import Case, Shown, in_order, last_day, shown_if
from mineaction.registers.hazard_events import Event, first_day
from mineaction.registers.hazard_records import key_of_record, several
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key

_ENDED = ("completed", "quality_passed", "closed", "cancelled")


def shown(case: Case, event: Event, word: str) -> Shown:
    """The facts that show this word of evidence for an event; None where nothing does."""
    return _SHOWN[word](case, event)


def closing_day(case: Case, event: Event, words: Iterable[str], on: dt.date) -> dt.date:
    """The first day, from the report of completion on, on which everything that closes an area is there; its own day where it never is."""
    days = {event.day, case.ground.emptied_on, *(day for day, _, _ in closing.results(case))}
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
    told = ((_state_day(one), one.payload["state"] in ("draft", *_ENDED), one.subject.split("/")[2]) for one in case.of_kind("task_order"))
    for day, has_ended, task in sorted(told):
        if day <= event.day:
            goes_on[task] = not has_ended
    return not any(active for task, active in goes_on.items() if task != own)


def _state_day(fact: Fact) -> dt.date:
    return last_day(fact, "state_on") or last_day(fact, "issued_on") or dt.date.max


def _said(name: str) -> Callable[[Case, Event], Shown]:
    def of(case: Case, event: Event) -> Shown:
        return (event.fact.fact_id,) if event.fact.payload.get(name) else None

    return of


def _indirect(case: Case, event: Event) -> Shown:
    told = event.fact.payload
    return shown_if(bool(told.get("indirect_evidence") or told.get("direct_evidence")), event.fact)


def _direct(case: Case, event: Event) -> Shown:
    told = event.fact.payload
    if told.get("direct_evidence") or (event.fact.kind == "hazard_change" and told.get("evidence")):
        return (event.fact.fact_id,)
    claims = [one for one in case.records.areas if one.payload.get("direct_evidence") and first_day(one) <= event.day]
    return shown_if(bool(claims), *claims)


def _outline(case: Case, event: Event) -> Shown:
    return shown_if(bool(event.fact.geometry), event.fact)


def _earlier_area(case: Case, event: Event) -> Shown:
    if not event.fact.payload.get("rediscovered_from"):
        return ()
    return shown_if(case.earlier_ended is not None and case.earlier_ended <= event.days.last)


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
    return shown_if(not late or len(late) < len(own), *(fact for _, fact in own[:1]))


def _report_of_period(case: Case, event: Event) -> Shown:
    slack = case.tolerance(event.day)
    for fact in in_order(case.of_kind("activity_report")):
        first, last = moment(fact.payload.get("period_from", "")), moment(fact.payload["period_to"])
        is_of_work = fact.payload["report_type"] in ("progress", "completion")
        has_begun = first is None or first.first - slack <= event.days.last
        if is_of_work and has_begun and last and event.days.first <= last.last + slack:
            return (fact.fact_id,)
    return None


def _task_order(case: Case, event: Event) -> Shown:
    by_then = [fact for day, fact in sorted(_issued(case), key=_by_day) if day <= event.days.last + case.tolerance(event.day)]
    return shown_if(bool(by_then), *by_then[:1])


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


def _two_approvals(case: Case, event: Event) -> Shown:
    by = approvers(event.fact, case.decisions.get(key_of_record(event.fact), ()), event.day)
    return tuple(sorted(set(by.values()))) if len(by) > 1 else None


def _no_postings(case: Case, event: Event) -> Shown:
    if case.ground.has_postings is not None:
        return shown_if(not case.ground.has_postings)
    counted = [one for one in case.of_kind("land_release") if isinstance(case.judged.get(one.fact_id), Counted)]
    return shown_if(not any((last_day(one, "released_on") or event.day) <= event.day for one in counted))


def _successors(case: Case, event: Event) -> Shown:
    return shown_if(successors_are_told(event.fact, case.areas), event.fact)


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
    "completion_report": closing.completion_report,
    "nothing_left": closing.nothing_left,
    "all_cancelled": lambda case, event: shown_if(case.ground.is_all_cancelled),
    "ground_left": lambda case, event: shown_if(case.ground.can_close is not True),
    "quality_accepted": closing.quality_accepted,
    "devices_disposed": closing.devices_disposed,
    "certificate": closing.certificate,
    "receiver": closing.receiver,
    "two_approvals": _two_approvals,
    "no_postings": _no_postings,
    "successors": _successors,
}
