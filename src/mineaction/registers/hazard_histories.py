"""Which status has every hazardous area on a day?

Brings the facts of all kinds together, area by area, and folds each (`hazard_status`). Facts come in any order; results of the land account
are handed in. Refuses to read a store: the programme does that.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mineaction.registers.accreditation import accreditations, work_outside
from mineaction.registers.approvals import CountedReleases, counted_releases, decisions_on
from mineaction.registers.country_rules import country_rules
from mineaction.registers.hazard_case import Case
from mineaction.registers.hazard_closing_evidence import after_the_end
from mineaction.registers.hazard_events import Ground
from mineaction.registers.hazard_records import HazardRecords, Names, key_of_record, record_name, records_by_hazard
from mineaction.registers.hazard_status import HazardHistory, area_name, hazard_history
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem, problem

# The kinds whose facts decide a status.
KINDS_READ = (
    "hazardous_area", "hazard_change", "land_release", "task_order", "activity", "activity_report", "release_reversal", "handover",
    "quality_visit", "sampling",
    "device_found", "accreditation", "approval", "country_rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HazardHistories:
    """The history of every area by its subject with the records that tell of it, which releases count, what could not be placed at all."""

    by_subject: Mapping[str, HazardHistory]
    records: Mapping[str, HazardRecords]
    releases: CountedReleases
    problems: tuple[Problem, ...]

    @property
    def problem_count(self) -> int:
        """How much is found, of areas and of records."""
        return len(self.problems) + sum(len(one.problems) for one in self.by_subject.values())


def hazard_histories(
    facts: Mapping[str, Sequence[Fact]],
    on: dt.date,
    grounds: Mapping[str, Ground] | None = None,
    parents: Mapping[str, str] | None = None,
) -> HazardHistories:
    """The histories up to a day. `facts` are those that stand, by kind; `grounds` by subject of the area, and `parents` (id of a release ->
    subject) come from the land account as of that day. Without them nothing is known to be empty, and no area closes."""
    records, problems = records_by_hazard(facts, parents)
    judged = counted_releases(*(facts.get(kind, ()) for kind in ("land_release", "approval", "country_rule", "accreditation")))
    changes = {key_of_record(fact) for fact in facts.get("hazard_change", ())}
    decisions, unfit = decisions_on(facts.get("approval", ()), "hazard_change", changes)
    case = Case(
        records=HazardRecords(""),
        ground=Ground(),
        judged={**{one.fact.fact_id: one for one in judged.counted}, **{one.fact.fact_id: one for one in judged.set_aside}},
        law=country_rules(facts.get("country_rule", ()))[0],
        certificates=accreditations(facts.get("accreditation", ())),
        decisions=decisions,
        areas=Names(records),
        earlier_ended=None,
    )
    earlier = _earlier(records)
    found: dict[str, HazardHistory] = {}
    for subject in sorted(records):
        _fold(subject, case, records, grounds or {}, earlier, found, on)
    later: dict[str, list[str]] = defaultdict(list)
    for subject, before in sorted(earlier.items()):
        if found[subject].status is not None:
            later[before].append(subject)
    again = dict(found)
    for subject, one in found.items():
        if subject in later:
            again[subject] = replace(one, found_again_as=tuple(later[subject]))
        elif told_after := _after_the_end(one, case, records[subject], on):
            again[subject] = replace(one, problems=(*one.problems, *told_after))
    outside = work_outside(case.certificates, facts.get("activity", ()), facts.get("task_order", ()))
    return HazardHistories(again, records, judged, (*problems, *unfit, *judged.problems, *outside))


def _after_the_end(history: HazardHistory, case: Case, records: HazardRecords, on: dt.date) -> list[Problem]:
    """What was found on an area after it was closed, where no new area was told for it."""
    ended_on = history.ended_on()
    if ended_on is None:
        return []
    name = area_name(records.areas)
    found = after_the_end(replace(case, records=records), ended_on, on)
    return [problem("found_after_closing", name, record_name(fact), status=history.status, day=ended_on) for fact in found]


def _fold(
    subject: str,
    case: Case,
    records: Mapping[str, HazardRecords],
    grounds: Mapping[str, Ground],
    earlier: Mapping[str, str],
    found: dict[str, HazardHistory],
    on: dt.date,
) -> None:
    """Folds an area after those in which its contamination was found before; areas that name each other in a circle end nothing."""
    chain = [subject]
    while (before := earlier.get(chain[-1])) and before not in found and before not in chain:
        chain.append(before)
    for one in reversed(chain):
        if one not in found:
            ended = found[earlier[one]].ended_on() if earlier.get(one) in found else None
            found[one] = hazard_history(replace(case, records=records[one], ground=grounds.get(one, Ground()), earlier_ended=ended), on)


def _earlier(records: Mapping[str, HazardRecords]) -> dict[str, str]:
    """The area that each says its contamination was found in before, where that is one."""
    names = Names(records)
    found = {}
    for subject, own in records.items():
        named = sorted({one.payload["rediscovered_from"] for one in own.areas if one.payload.get("rediscovered_from")})
        meant = names.found(named[0], subject.split("/")[1], "hazardous_area") if named else []
        if len(meant) == 1:
            found[subject] = meant[0]
    return found
