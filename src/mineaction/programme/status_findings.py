"""What is found about the status of hazardous areas, and about which records: closed without a release, ordnance found after closing ...?

What says that people may be at risk comes first. A finding about an area is about all claims on it; one about splits and mergers is about
the areas that were replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mineaction.ledger.store import Store
from mineaction.programme.land_book import land_book
from mineaction.registers.hazard_ground import released_ground
from mineaction.registers.hazard_histories import HazardHistories
from mineaction.registers.hazard_succession import successions
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem

# Land that was given back as safe, and something says that it is not.
PEOPLE_AT_RISK = "found_after_closing"
Findings = list[tuple[Problem, tuple[Fact, ...]]]


def status_findings(histories: HazardHistories, named: Mapping[str, Sequence[Fact]]) -> Findings:
    """Each finding with the facts it is about: claims of its area, else what bears the name of its place."""
    found = [
        (one, tuple(histories.records[subject].areas)) for subject, history in histories.by_subject.items() for one in history.problems
    ]
    found += [(one, tuple(named.get(one.place, ()))) for one in histories.problems]
    return sorted(found, key=lambda one: one[0].code != PEOPLE_AT_RISK)


def succession_findings(store: Store, told: Mapping[str, Sequence[Fact]], named: Mapping[str, Sequence[Fact]]) -> Findings:
    """What does not add up where areas were split or merged, with the areas it is about."""
    released = released_ground(land_book(store).account)
    _, problems = successions(told.get("hazardous_area", ()), told.get("hazard_change", ()), released)
    return [(one, tuple(fact for name in one.place.split("; ") for fact in named.get(name, ()))) for one in problems]
