"""Is what closes a hazardous area there, and what hands it over: completion, empty ground, inspection, finds, the certificate?

IMAS 07.40, 08.30 and 09.20. Each answer is as of the day of the event. Refuses to weigh an inspection: the latest result by then counts.
"""

from __future__ import annotations

import datetime as dt

from mineaction.registers.hazard_case import Case, Shown, in_order, last_day, shown_if
from mineaction.registers.hazard_events import Event
from mineaction.terms.fact import Fact


def completion_report(case: Case, event: Event) -> Shown:
    """The last report of completion by then."""
    by_then = _completions(case, event)
    return shown_if(bool(by_then), *by_then[-1:])


def nothing_left(case: Case, event: Event) -> Shown:
    """The closing rule of the land account, by the day of the last release."""
    emptied_on = case.ground.emptied_on
    return shown_if(bool(case.ground.can_close) and (emptied_on is None or emptied_on <= event.day))


def results(case: Case) -> list[tuple[dt.date, bool, Fact]]:
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


def quality_accepted(case: Case, event: Event) -> Shown:
    """The latest result of inspection by then."""
    by_then = [(is_rejected, fact) for day, is_rejected, fact in results(case) if day <= event.day]
    return shown_if(bool(by_then) and not by_then[-1][0], *(fact for _, fact in by_then[-1:]))


def devices_disposed(case: Case, event: Event) -> Shown:
    """Whether nothing that was found is left, as far as is told."""
    items: dict[str, bool] = {}
    for fact in case.of_kind("device_found"):
        found, gone = last_day(fact, "found_on"), last_day(fact, "disposed_on")
        if found and found <= event.day:
            state = fact.payload["state"]
            is_gone = state == "moved" or (state == "destroyed" and gone is not None and gone <= event.day)
            items[fact.subject] = items.get(fact.subject, False) or is_gone
    says_no = any(one.payload.get("devices_disposed") == "no" for one in _completions(case, event)[-1:])
    return shown_if(all(items.values()) and not says_no)


def _completions(case: Case, event: Event) -> list[Fact]:
    reports = [one for one in in_order(case.of_kind("activity_report")) if one.payload["report_type"] == "completion"]
    return [one for one in reports if (day := last_day(one, "period_to")) and day <= event.day]


def after_the_end(case: Case, ended_on: dt.date, on: dt.date) -> list[Fact]:
    """Items found, and inspections that failed, after an area was closed or cancelled: what says that it may still be hazardous."""
    found = [fact for fact in case.of_kind("device_found") if (day := last_day(fact, "found_on")) and ended_on < day <= on]
    return [*found, *(fact for day, is_rejected, fact in results(case) if is_rejected and ended_on < day <= on)]


def _certificates(case: Case, event: Event) -> list[Fact]:
    given = [event.fact] if event.fact.kind == "handover" else in_order(case.of_kind("handover"))
    signed = [one for one in given if one.payload["is_signed"] == "yes"]
    return [one for one in signed if (day := last_day(one, "handed_over_on")) and day <= event.day]


def certificate(case: Case, event: Event) -> Shown:
    """The first signed certificate by then."""
    return shown_if(bool(_certificates(case, event)), *_certificates(case, event)[:1])


def receiver(case: Case, event: Event) -> Shown:
    """The first signed certificate that names who received the land."""
    named = [one for one in _certificates(case, event) if one.payload.get("received_by")]
    return shown_if(bool(named), *named[:1])
