"""After a split or a merger: do the areas that take over hold the ground of those they replace?

Both sides name each other: the change `superseded` its successors, the new area what it `replaces`. The ground of the new ones, less what
they share, is compared with that of the old ones, less what was released of it. A difference is an adjustment and needs a reason; it is
never netted against release. Moves no square metre: the land account does that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.hazard_records import Names, record_name, several
from mineaction.terms.fact import Fact
from mineaction.terms.limits import SLIVER_M2
from mineaction.terms.problem import Problem, problem


@dataclass(frozen=True, slots=True)
class Succession:
    """Areas that were replaced and those that replace them, by their subjects, in square metres; None where an outline is missing.

    `gained_m2` is ground of the new ones that no old one held, `lost_m2` ground of the old ones that no new one holds and no release
    took: gained less lost is what the account adjusts.
    """

    replaced: tuple[str, ...]
    successors: tuple[str, ...]
    replaced_m2: float | None
    successors_m2: float | None
    shared_m2: float | None
    gained_m2: float | None
    lost_m2: float | None
    reason: str


def successions(
    areas: Iterable[Fact], changes: Iterable[Fact], released: Mapping[str, Any] | None = None
) -> tuple[tuple[Succession, ...], tuple[Problem, ...]]:
    """Every split and merger that facts tell (`hazardous_area`, `hazard_change`). `released` is the ground already released, by subject."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(areas, key=lambda one: one.fact_id):
        told[fact.subject].append(fact)
    superseded = [fact for fact in changes if fact.payload["change"] == "superseded"]
    forward, backward, problems = _links(told, superseded)
    found = []
    for old, new in _groups(forward | backward):
        reasons = {fact.payload["reason"] for fact in superseded if _area_of(fact) in old and fact.payload.get("reason")}
        one = _measured(old, new, told, released or {}, "; ".join(sorted(reasons)))
        found.append(one)
        problems += _about(one, told)
    for old_one, new_one in sorted(forward ^ backward):
        code = "succession_not_opened" if (old_one, new_one) in forward else "succession_not_closed"
        problems.append(problem(code, record_name(told[new_one][0]), record_name(told[old_one][0])))
    return tuple(found), tuple(problems)


def _area_of(change: Fact) -> str:
    return "/".join(("hazardous_area", *change.subject.split("/")[1:3]))


def _links(
    told: Mapping[str, Sequence[Fact]], superseded: Sequence[Fact]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]], list[Problem]]:
    """Pairs (old, new) as the old ones say, and as the new ones say; and names of areas nobody told of."""
    names = Names(told)
    problems: list[Problem] = []

    def meant(name: str, fact: Fact) -> list[str]:
        found = names.found(name, fact.subject.split("/")[1], "hazardous_area")
        if len(found) != 1:
            problems.append(problem("record_link_ambiguous" if found else "record_link_unknown", record_name(fact), name))
        return found if len(found) == 1 else []

    forward = {
        (_area_of(fact), new)
        for fact in superseded
        if _area_of(fact) in told
        for name in several(fact.payload.get("successors", ""))
        for new in meant(name, fact)
    }
    backward = {
        (old, subject)
        for subject, claims in told.items()
        for name in sorted({one for claim in claims for one in several(claim.payload.get("replaces", ""))})
        for old in meant(name, claims[0])
    }
    return forward, backward, problems


def _groups(pairs: set[tuple[str, str]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs that hang together: a split has one old area and several new ones, a merger the other way round."""
    groups: list[tuple[set[str], set[str]]] = []
    for old, new in sorted(pairs):
        touched = [group for group in groups if old in group[0] or new in group[1]]
        groups = [group for group in groups if group not in touched]
        groups.append(({old}.union(*(group[0] for group in touched)), {new}.union(*(group[1] for group in touched))))
    return sorted((tuple(sorted(old)), tuple(sorted(new))) for old, new in groups)


def _measured(
    old: tuple[str, ...], new: tuple[str, ...], told: Mapping[str, Sequence[Fact]], released: Mapping[str, Any], reason: str
) -> Succession:
    before, after = _outlines(old, told), _outlines(new, told)
    if before is None or after is None:
        return Succession(old, new, None, None, None, None, None, reason)
    whole, later = shapely.union_all(before), shapely.union_all(after)
    gone = shapely.union_all([released[one] for one in old if one in released])
    return Succession(
        old, new,
        replaced_m2=area_m2(whole),
        successors_m2=sum(area_m2(one) for one in after),
        shared_m2=sum(area_m2(one) for one in after) - area_m2(later),
        gained_m2=area_m2(shapely.difference(later, whole)),
        lost_m2=area_m2(shapely.difference(shapely.difference(whole, later), gone)),
        reason=reason,
    )  # fmt: skip


def _outlines(subjects: Iterable[str], told: Mapping[str, Sequence[Fact]]) -> list[Any] | None:
    """The ground of each area, all of its claims together; None where one has no outline that can be compared."""
    found = []
    for subject in subjects:
        outlines = [shapely.from_wkb(fact.geometry) for fact in told[subject] if fact.geometry]
        if not outlines or not all(shapely.is_valid(one) for one in outlines):
            return None
        found.append(shapely.union_all(outlines))
    return found


def _about(one: Succession, told: Mapping[str, Sequence[Fact]]) -> list[Problem]:
    where = "; ".join(record_name(told[subject][0]) for subject in one.replaced)
    if one.gained_m2 is None or one.lost_m2 is None or one.shared_m2 is None:
        return [problem("succession_without_outline", where, where)]
    found = []
    if max(one.gained_m2, one.lost_m2) >= SLIVER_M2 and not one.reason:
        figures = {"gained": f"{one.gained_m2:,.2f}", "lost": f"{one.lost_m2:,.2f}"}
        found.append(problem("succession_differs", where, where, **figures))
    if one.shared_m2 >= SLIVER_M2:
        found.append(problem("successors_overlap", where, where, shared=f"{one.shared_m2:,.2f}"))
    return found
