"""Which status has a hazardous area on a day, and which records led to it?

A pure fold over what was told of the area, through the table of `hazard_transitions`. Reports that came late or back-dated stand where
their day puts them. A transition that the table does not allow, or that lacks evidence, is not made and is told; only what opens or widens
an area is made all the same. What a list said of the area is kept beside (`told_status`), and a difference is a problem. Whether nothing is
left on its ground is the land account's answer and handed in (`Ground`). Closing needs several records, and happens on the first day on
which the last of them is there. Refuses to reopen an area: contamination found again is a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from mineaction.registers.approvals import Counted
from mineaction.registers.hazard_case import Case, last_day
from mineaction.registers.hazard_events import Event, events
from mineaction.registers.hazard_evidence import closing_day, is_last_task, shown
from mineaction.registers.hazard_records import record_name
from mineaction.registers.hazard_transitions import BY_NAME, EVIDENCE, OPEN, Status, Transition
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem, problem

ENDED: tuple[Status, ...] = ("closed", "released", "cancelled")
# What is no news: the area has that status, or a later one, already.
_NO_NEWS: dict[str, tuple[Status, ...]] = {
    "started": ("in_progress", "suspended"),
    "suspended": ("suspended",),
    "resumed": ("in_progress",),
    "descoped": ("suspected_open", "confirmed_open"),
    "closed": ("closed", "released"),
    "handed_over": ("released",),
    "cancelled_whole": ("in_progress", "suspended", "closed", "released", "cancelled"),
    "voided": ("void",),
    # What is left on its ground keeps it from closing, or nothing is.
    "release_reversed": ("closed", "released", "cancelled", "void", "superseded"),
    "superseded": ("superseded",),
}


class Step(NamedTuple):
    """One transition that was made: by which record, and for each word of evidence the facts that show it. `missing` is told."""

    day: dt.date
    transition: str
    before: Status | None
    after: Status
    record: Fact
    evidence: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HazardHistory:
    """The steps of one area up to a day. `status` is None where it was not told by then."""

    subject: str
    steps: tuple[Step, ...]
    hazard_class: str
    told_status: str
    told_on: dt.date | None
    problems: tuple[Problem, ...]
    found_again_as: tuple[str, ...] = ()  # subjects of areas in which contamination was found again

    @property
    def status(self) -> Status | None:
        """The status after the last step."""
        return self.steps[-1].after if self.steps else None

    def ended_on(self) -> dt.date | None:
        """Since when it is closed, released or cancelled."""
        return next((one.day for one in self.steps if one.after in ENDED), None)


@dataclass(slots=True)
class _Fold:
    """What has become of the area so far."""

    case: Case
    steps: list[Step]
    problems: list[Problem]
    hazard_class: str = ""

    @property
    def status(self) -> Status | None:
        return self.steps[-1].after if self.steps else None

    def placed(self, found: list[Event], on: dt.date) -> Iterator[Event]:
        """The events on the days on which they are followed: none before the area was identified, closing with the last of its evidence."""
        opened = next((one.day for one in found if not BY_NAME[one.name].before), None)
        for event in found:
            if opened and event.day < opened:
                if event.day < opened - self.case.tolerance(event.day):
                    self._told("date_order_wrong", event, name=event.name, day=event.days, other=opened)
                    continue
                yield event._replace(day=opened)
            elif event.name == "closed":
                yield event._replace(day=closing_day(self.case, event, BY_NAME["closed"].evidence, on))
            else:
                yield event

    def take(self, event: Event) -> None:
        """Make the transition that an event asks for, or say why not."""
        status = self.status
        row = BY_NAME[_name(event, status)]
        if status is not None and status in _NO_NEWS.get(row.name, ()):
            return
        if row.name.startswith("confirmed") and row.before and self.hazard_class == "CHA":
            return
        if row.name == "descoped" and event.fact.kind != "hazard_change" and not is_last_task(self.case, event):
            return
        if (status is None) != (not row.before) or (status is not None and status not in row.before):
            self._told("transition_not_allowed", event, name=row.name, day=event.days, status=status or "not told")
        else:
            self._judge(event, row)

    def _judge(self, event: Event, row: Transition) -> None:
        found = {word: shown(self.case, event, word) for word in row.evidence}
        missing = tuple(word for word, facts in found.items() if facts is None)
        if missing:
            code = "transition_shown_in_part" if row.is_made_without else "transition_without_evidence"
            words = "; ".join(EVIDENCE[word] for word in missing)
            self._told(code, event, name=row.name, day=event.days, missing=words, status=self.status or "not told")
        if missing and not row.is_made_without:
            return
        if not row.before:
            self.hazard_class = event.fact.payload["type"]
        elif row.name.startswith("confirmed"):
            self.hazard_class = "CHA"
        before = self.status
        after = before if not row.after else row.after[0] if len(row.after) == 1 else _open_as(self.hazard_class)
        assert after is not None, "a row that keeps the status has one before"
        evidence = tuple((word, facts) for word, facts in found.items() if facts is not None)
        self.steps.append(Step(event.day, row.name, before, after, event.fact, evidence, missing))

    def _told(self, code: str, event: Event, **details: object) -> None:
        self.problems.append(problem(code, area_name(self.case.records.areas), record_name(event.fact), **details))


def hazard_history(case: Case, on: dt.date) -> HazardHistory:
    """The history of one area up to a day, that day included."""
    judged = {one.fact_id: case.judged.get(one.fact_id) for one in case.of_kind("land_release")}
    classes = {fact_id: one.release_class for fact_id, one in judged.items() if isinstance(one, Counted)}
    found, problems = events(case.records, case.ground, classes, on)
    fold = _Fold(case, [], problems)
    for event in sorted(fold.placed(found, on), key=Event.order):
        fold.take(event)
    told = _told_status(case.records.areas, on)
    history = HazardHistory(case.records.subject, tuple(fold.steps), fold.hazard_class, *told, ())
    return replace(history, problems=(*fold.problems, *_differences(case, history)))


def area_name(areas: list[Fact]) -> str:
    """How a problem names the area."""
    return record_name(min(areas, key=lambda one: one.fact_id))


def _name(event: Event, status: Status | None) -> str:
    """The row that a record asks for, where that depends on the status."""
    if event.name == "started" and status == "suspended" and event.fact.kind == "task_order":
        return "resumed"
    if event.name == "confirmed" and status in BY_NAME["confirmed_in_work"].before:
        return "confirmed_in_work"
    return event.name


def _open_as(hazard_class: str) -> Status:
    return "confirmed_open" if hazard_class == "CHA" else "suspected_open"


def _told_status(areas: list[Fact], on: dt.date) -> tuple[str, dt.date | None]:
    """What the latest list said of the area by then."""
    told = []
    for fact in areas:
        day = last_day(fact, "status_on")
        if fact.payload.get("status") and (day is None or day <= on):
            told.append((day or dt.date.min, fact.fact_id, fact.payload["status"], day))
    return max(told)[2:] if told else ("", None)


def _differences(case: Case, history: HazardHistory) -> list[Problem]:
    told, status, where = history.told_status, history.status, area_name(case.records.areas)
    if not told or status is None or told == status or (told == "open" and status in OPEN):
        return []
    if told in ENDED and not case.of_kind("land_release") and not case.ground.has_postings:
        return [problem("closed_without_release", where, told)]
    return [problem("status_disagrees", where, told, status=status)]
