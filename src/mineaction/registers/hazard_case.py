"""Everything told that may show a transition of one hazardous area, and how evidence is named.

Evidence is the ids of the facts that show something, empty for what is computed, or None where it is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mineaction.registers.accreditation import Accreditations
from mineaction.registers.approvals import Counted, Decision, SetAside
from mineaction.registers.country_rules import CountryRules
from mineaction.registers.hazard_events import Ground
from mineaction.registers.hazard_records import HazardRecords, Names
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact

Shown = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything told that may show a transition of one area."""

    records: HazardRecords
    ground: Ground
    judged: Mapping[str, Counted | SetAside]  # releases by fact id
    law: CountryRules
    certificates: Accreditations
    decisions: Mapping[str, Sequence[Decision]]  # on changes of areas, by kind/organisation/id
    areas: Names  # all areas that are told
    earlier_ended: dt.date | None  # since when the area named under rediscovered_from was closed, released or cancelled

    def of_kind(self, kind: str) -> list[Fact]:
        """The records of a kind that tell of the area."""
        return self.records.of_kind[kind]

    def tolerance(self, day: dt.date) -> dt.timedelta:
        """By how much dates may stand in the wrong order."""
        return dt.timedelta(days=int(self.law.word("date_tolerance_days", day)[0]))


def last_day(fact: Fact, name: str) -> dt.date | None:
    """The last day that a date of a record may mean."""
    days = moment(fact.payload.get(name, ""))
    return days.last if days else None


def shown_if(is_so: bool, *facts: Fact) -> Shown:
    """The ids of these facts, or nothing."""
    return tuple(fact.fact_id for fact in facts) if is_so else None


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Records in the order of what they tell, then of their id."""

    def order(fact: Fact) -> tuple[dt.date, str]:
        return last_day(fact, "period_to") or last_day(fact, "handed_over_on") or dt.date.max, fact.fact_id

    return sorted(facts, key=order)
