"""Which status has one hazardous area on a day, by which steps did it come to it, what shows each, and what is found about it?

What the latest list says of the area stands beside, and is never mixed with what follows from its records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mineaction.registers.hazard_histories import HazardHistories
from mineaction.registers.hazard_records import record_name
from mineaction.registers.hazard_status import HazardHistory, Step
from mineaction.terms.problem import Problem

Answer = dict[str, Any]


def area_status(histories: HazardHistories, subject: str) -> Answer | None:
    """The history of an area; None where nothing of it stands. Problems of the area come before those of its records."""
    found = histories.by_subject.get(subject)
    if found is None:
        return None
    return {
        "status": found.status,
        "since": _since(found),
        "told_status": found.told_status or None,
        "told_on": found.told_on.isoformat() if found.told_on else None,
        "found_again_as": list(found.found_again_as),
        "steps": [_step(one) for one in found.steps],
        "problems": [one.as_dict() for one in (*found.problems, *_of_its_records(histories, subject))],
    }


def facts_behind(status: Answer | None) -> Iterator[str]:
    """The ids of the facts that an answer names."""
    for step in status["steps"] if status else ():
        yield step["fact_id"]
        yield from (fact_id for one in step["evidence"] for fact_id in one["fact_ids"])


def _since(history: HazardHistory) -> str | None:
    """Since when it has its status."""
    changed = [one.day for one in history.steps if one.before != one.after]
    return changed[-1].isoformat() if changed else None


def _step(one: Step) -> Answer:
    return {
        "day": one.day.isoformat(),
        "transition": one.transition,
        "before": one.before,
        "after": one.after,
        "record": record_name(one.record),
        "fact_id": one.record.fact_id,
        "evidence": [{"word": word, "fact_ids": list(fact_ids)} for word, fact_ids in one.evidence],
        "missing": list(one.missing),
    }


def _of_its_records(histories: HazardHistories, subject: str) -> Iterator[Problem]:
    own = {record_name(fact) for facts in histories.records[subject].of_kind.values() for fact in facts}
    yield from (one for one in histories.problems if one.place in own)
