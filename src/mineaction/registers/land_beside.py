"""What did a release report that is no credit, and which hazardous area does it belong to?

Beside the balance, never in it: ground already released (`rework_m2`), ground with no open hazardous area under it (`outside_hazard_m2`,
never an error and never deducted), ground where the days known do not say whether the area or the release came first (`undecided_m2`),
and reports without a usable polygon (`not_geo_m2`, which reduce only what their declared area reported). With what was credited they make
up the release. Geometry decides the parent: another declared one is the problem `parent_mismatch`, a missing one is filled in as derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.hazards_alone import touched_m2
from mineaction.registers.land_columns import INSIDES_MEET, held_back
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_row_checks import place
from mineaction.registers.land_rows import RELEASE_CLASSES, folded
from mineaction.registers.territory import KIND
from mineaction.terms.problem import Problem, problem


@dataclass(frozen=True, slots=True)
class ReleaseFigures:
    """One entry a release, in canonical order, in square metres; `parent` is the position of a hazard, -1 where none lies under it.

    credited_m2 + rework_m2 + outside_hazard_m2 + undecided_m2 + not_for_mines_m2 = the area of its polygon. The last is ground of areas
    that may hold mines, for which the release did not search. `not_geo_m2` is what a report without polygon
    says; 0 where it says nothing, which a problem of the account tells.
    """

    credited_m2: Any
    rework_m2: Any
    outside_hazard_m2: Any
    undecided_m2: Any
    not_for_mines_m2: Any
    not_geo_m2: Any
    parent: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReportedFigures:
    """Reported areas by hazard, NaN where nothing was reported: never mixed with computed ones.

    `remaining_m2` is what is left of it after the reports without polygon that name the hazard.
    """

    reported_m2: Any
    remaining_m2: Any


def release_figures(account: LandAccount) -> ReleaseFigures:
    """Where the ground of each release went."""
    count = len(account.releases.rows)
    posted = np.isin(account.postings.kind, [KIND[one] for one in RELEASE_CLASSES])
    release, m2 = account.postings.release[posted], -account.postings.m2[posted]
    credited = np.bincount(release, m2, minlength=count)
    on_hazard, on_release, on_m2 = (np.concatenate(both) for both in zip(_alone(account), _together(account), strict=True))
    touched = np.bincount(on_release, on_m2, minlength=count)
    held_m2, own = account.undecided.m2, account.undecided.release
    is_unsearched = held_back(account.hazards, account.releases, account.undecided.hazard, own)
    undecided = np.bincount(own[~is_unsearched], held_m2[~is_unsearched], minlength=count)
    unsearched = np.bincount(own[is_unsearched], held_m2[is_unsearched], minlength=count)
    has_polygon = ~shapely.is_empty(account.releases.polygons)
    reported = np.array([row.reported_m2 or 0.0 for row in account.releases.rows], dtype=np.float64)
    parent = _most(on_release, on_hazard, on_m2, count)
    credited_to = _most(release, account.postings.hazard[posted], m2, count)
    parent = np.where(credited_to >= 0, credited_to, parent)
    return ReleaseFigures(
        credited,
        # An overlay's rounding may leave a trace below nothing.
        np.maximum(touched - credited - undecided - unsearched, 0.0),
        np.maximum(account.releases.area_m2 - touched, 0.0),
        undecided,
        unsearched,
        np.where(has_polygon, 0.0, reported),
        parent,
        (*_parents(account, parent), *_unsearched(account, unsearched)),
    )


def reported_figures(account: LandAccount) -> ReportedFigures:
    """What was written down for each hazard, and what reports without polygon took from it."""
    named = areas_named(account)
    reported = np.array([np.nan if row.reported_m2 is None else row.reported_m2 for row in account.hazards.rows], dtype=np.float64)
    released = np.zeros(len(reported))
    for row, polygon in zip(account.releases.rows, account.releases.polygons, strict=True):
        if polygon.is_empty and row.parent_id is not None and row.reported_m2 is not None:
            own = named.get(folded(row.parent_id), [])
            if len(own) == 1:  # a name that several areas bear says of none that it was released
                released[own[0]] += row.reported_m2
    return ReportedFigures(reported, reported - released)


def _alone(account: LandAccount) -> tuple[Any, Any, Any]:
    """Hazards that stand alone, releases, and the square metres of the one on the other. An overlay for each pair that is not the first of
    its hazard, so only on demand."""
    pairs = ~account.is_followed[account.pair_hazard]
    hazard, release = account.pair_hazard[pairs], account.pair_release[pairs]
    count = len(account.releases.rows)
    own = ~account.is_followed[account.hazard_credits.hazard]
    credited = np.zeros(len(hazard))
    keys = account.hazard_credits.hazard[own] * count + account.hazard_credits.release[own]
    credited[np.searchsorted(hazard * count + release, keys)] = account.hazard_credits.m2[own]
    m2 = touched_m2(account.hazards.polygons, account.releases.polygons, account.releases.area_m2, hazard, release, credited)
    return hazard, release, m2


def _together(account: LandAccount) -> tuple[Any, Any, Any]:
    """The same for hazards that were followed: ground of a release under several of one group counts once, with the first owner of it."""
    touched = account.touched
    ground = shapely.intersection(touched.outline, account.releases.polygons[touched.release])
    some = np.flatnonzero(areas_m2(ground) > 0)
    hazard, release = touched.hazard[some], touched.release[some]
    keys = account.hazards.group[hazard] * len(account.releases.rows) + release
    _, first, own, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    once = ground[some[first]]
    several = np.flatnonzero(count[own] > 1)
    several = several[np.argsort(own[several], kind="stable")]
    which, of = np.unique(own[several], return_inverse=True)
    once[which] = shapely.union_all(shapely.geometrycollections(ground[some[several]], indices=of)[:, None], axis=1)
    return hazard[first], release[first], areas_m2(once)


def _most(release: Any, hazard: Any, m2: Any, count: int) -> Any:
    """For each release the hazard with most square metres, the first in the order of ownership among equals; -1 where there is none."""
    found = np.full(count, -1)
    some = m2 > 0
    release, hazard, m2 = release[some], hazard[some], m2[some]
    order = np.lexsort((-hazard, m2, release))
    found[release[order]] = hazard[order]  # the last one written is the largest
    return found


def _unsearched(account: LandAccount, m2: Any) -> list[Problem]:
    rows = account.releases.rows[np.flatnonzero(m2 > 0)]
    return [problem("release_not_for_mines", place(row), place(row)) for row in rows]


def _parents(account: LandAccount, parent: Any) -> tuple[Problem, ...]:
    named, hazards = areas_named(account), account.hazards
    problems = []
    for at, row in enumerate(account.releases.rows):
        if row.parent_id is None:
            continue
        declared = named.get(folded(row.parent_id), [])
        if not declared:
            problems.append(problem("parent_unknown", place(row), place(row), parent=row.parent_id))
        elif parent[at] not in declared and not account.releases.polygons[at].is_empty:
            ground = account.releases.polygons[at]
            if not any(shapely.relate_pattern(ground, hazards.reach[one], INSIDES_MEET) for one in declared):
                derived = place(hazards.rows[parent[at]]) if parent[at] >= 0 else "no hazardous area"
                problems.append(problem("parent_mismatch", place(row), place(row), parent=row.parent_id, derived=derived))
    return tuple(problems)


def areas_named(account: LandAccount) -> dict[str, list[int]]:
    """The positions of the hazardous areas of each local id, as ids are compared."""
    named: dict[str, list[int]] = {}
    for at, row in enumerate(account.hazards.rows):
        named.setdefault(folded(row.local_id), []).append(at)
    return named
