"""Which changes that take ground out of the account hold: an area entered in error, replaced by others, or measured anew?

Each needs what the table of `hazard_transitions` asks for. Where that is missing the ground stays hazardous, and what is missing is told.
A void needs two approvals, a reason and no release on the area; a replacement needs successors that are told; a new outline that leaves
ground out needs a reason. A change that adds ground, or moves it between the classes, holds as told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import shapely

from mineaction.registers.approvals import Decision, approvers, decisions_on
from mineaction.registers.hazard_records import Names, key_of_record, several
from mineaction.registers.hazard_transitions import EVIDENCE
from mineaction.registers.land_columns import INSIDES_MEET
from mineaction.registers.land_row_checks import name_of, place
from mineaction.registers.land_rows import Hazard, HazardChange, Release
from mineaction.terms.fact import Fact
from mineaction.terms.problem import Problem, problem


def changes_that_hold(
    changes: Sequence[HazardChange],
    hazards: Sequence[Hazard],
    releases: Sequence[Release],
    taken_back: Mapping[str, dt.date],
    facts: Mapping[str, Fact],
    approvals: Iterable[Fact],
) -> tuple[list[HazardChange], list[Problem]]:
    """The changes for the account, and those that are left out with what is missing. `facts` holds the fact behind each digest, and
    `taken_back` the day on which a release was, by its digest."""
    areas: dict[tuple[str, str], list[Hazard]] = {}
    for area in hazards:
        areas.setdefault(name_of(area), []).append(area)
    told = Names([facts[area.digest].subject for area in hazards])
    decisions, _ = decisions_on(approvals, "hazard_change", {key_of_record(facts[row.digest]) for row in changes})
    is_any_voided = any(row.change == "voided" for row in changes)
    tree = shapely.STRtree([one.polygon for one in releases] if is_any_voided else [])
    held: list[HazardChange] = []
    problems = []
    for row in changes:
        fact = facts[row.digest]
        own = areas.get(name_of(row), [])
        near = [releases[at] for area in own for at in tree.query(area.polygon).tolist()] if row.change == "voided" else []
        near = [one for one in near if taken_back.get(one.digest, dt.date.max) > row.changed_on]
        found = _found(row, fact, own, near, decisions.get(key_of_record(fact), ()), told)
        if missing := "; ".join(EVIDENCE[word] for word, is_there in found.items() if not is_there):
            details = {"change": row.change, "day": row.changed_on, "missing": missing}
            problems.append(problem("ground_change_left_out", place(row), place(row), **details))
        else:
            held.append(row)
    return held, problems


def _found(
    row: HazardChange, fact: Fact, areas: Sequence[Hazard], releases: Sequence[Release], decisions: Sequence[Decision], told: Names
) -> dict[str, bool]:
    """Whether each word of evidence that the change needs is there; `releases` are those near the area."""
    match row.change:
        case "voided":
            return {
                "two_approvals": len(approvers(fact, decisions, row.changed_on)) > 1,
                "reason": bool(row.reason),
                "no_postings": not any(_lies_on(one, area, row) for area in areas for one in releases),
            }
        case "superseded":
            return {"successors": successors_are_told(fact, told)}
        case "remeasured":
            return {"reason": bool(row.reason) or not any(_leaves_out(row, area) for area in areas)}
    return {}


def successors_are_told(change: Fact, areas: Names) -> bool:
    """Whether a change names successors, and each of them is an area that is told."""
    named = several(change.payload.get("successors", ""))
    return bool(named) and all(len(areas.found(name, change.subject.split("/")[1], "hazardous_area")) == 1 for name in named)


def _lies_on(release: Release, area: Hazard, change: HazardChange) -> bool:
    """Whether a release up to the day of the change may have taken ground from the area."""
    day, identified = release.released_on, area.identified_on
    if day is None or day.first > change.changed_on or (identified is not None and day.last < identified.first):
        return False
    if release.polygon is None or area.polygon is None or not (release.polygon.is_valid and area.polygon.is_valid):
        return False
    return bool(shapely.relate_pattern(release.polygon, area.polygon, INSIDES_MEET))


def _leaves_out(change: HazardChange, area: Hazard) -> bool:
    if change.polygon is None or area.polygon is None or not (change.polygon.is_valid and area.polygon.is_valid):
        return False
    return not change.polygon.covers(area.polygon)
