"""How much land was cancelled, reduced and cleared, of which hazardous area, by which report - and what is left?

Two accounts that are never mixed. The hazard account follows each hazardous area on its own polygon: every release on its open ground
reduces it, and it serves to close that area. The territory account counts ground once, whoever reports it and however many areas hold it:
totals, years and reports come from it. Rules, in our words, with an example: docs/LAND_ACCOUNT.md.

`land_account` takes rows as they are known at a time; it reads no store and no clock. The answer has one posting for each event of the
territory account, the credits of the hazard account, ground counted twice between the two with the pairs, and what lies beside the balance:
`rework_m2`, `outside_hazard_m2`, `undecided_m2`, `not_geo_m2`. Sums of all kinds are in `land_figures`, closing in `land_closing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.hazards_alone import credited
from mineaction.registers.land_columns import HazardColumns, ReleaseColumns, hazard_columns, held_back, release_columns, touching
from mineaction.registers.land_row_checks import reported_differences
from mineaction.registers.land_rows import RELEASE_CLASSES, Hazard, HazardChange, Release, Reversal
from mineaction.registers.territory import KIND, Followed, OverlappingHazards, follow, polygonal
from mineaction.terms.limits import AREA_NOISE_M2, BALANCE_M2
from mineaction.terms.problem import Problem


@dataclass(frozen=True, slots=True)
class Postings:
    """The territory account, one entry an event, in no promised order.

    `m2` is signed as the balance needs it: releases and losses are negative. `kind` is a position in KINDS, `hazard` the owner, `release`
    -1 where there is none, `confirmed` the class of the ground. `reclassified` moves ground between the classes (positive: suspected to
    confirmed) and is no part of the total. `ground` is the piece itself, or, where `is_before`, what the hazard held before the release
    (`posted_ground` cuts it).
    """

    kind: Any
    confirmed: Any
    hazard: Any
    release: Any
    day: Any
    m2: Any
    ground: Any
    is_before: Any


@dataclass(frozen=True, slots=True)
class HazardCredits:
    """The hazard account: what each release took from each hazard on its own polygon. Never summed over hazards."""

    hazard: Any
    release: Any
    m2: Any


@dataclass(frozen=True, slots=True)
class DoubleCounted:
    """Ground in more than one hazard account: `owner` has it in the territory account, `other` in its own account as well."""

    owner: Any
    other: Any
    release: Any
    m2: Any


@dataclass(frozen=True, slots=True)
class Undecided:
    """Square metres of a release where the order of days is not known, or on an area that may hold mines which nobody searched for
    (`held_back`), once for each hazard that may hold them."""

    hazard: Any
    release: Any
    m2: Any


@dataclass(frozen=True, slots=True)
class Touched:
    """The open hazards of followed groups that a release may touch, in the order of ownership, each with its outline on that day."""

    hazard: Any
    release: Any
    outline: Any


@dataclass(frozen=True, slots=True)
class LandAccount:
    """Both accounts over all days. Positions refer to the rows of `hazards` (order of ownership) and `releases` (canonical order)."""

    hazards: HazardColumns
    releases: ReleaseColumns
    pair_hazard: Any
    pair_release: Any
    postings: Postings
    hazard_credits: HazardCredits
    double_counted: DoubleCounted
    undecided: Undecided
    touched: Touched
    remaining: Any  # hazard account: ground of each hazard that no release took
    is_followed: Any  # whether the hazard was followed with its group; the others stand alone
    problems: tuple[Problem, ...]


# A release posts its class: the kinds follow each other as the classes do.
_FIRST_CLASS = np.int8(KIND[RELEASE_CLASSES[0]])
Columns = TypeVar("Columns", Postings, HazardCredits, DoubleCounted, Undecided, Touched)
Measured = TypeVar("Measured", Postings, HazardCredits, DoubleCounted, Undecided)


def land_account(
    hazards: Iterable[Hazard], releases: Iterable[Release], changes: Iterable[HazardChange] = (), reversals: Iterable[Reversal] = ()
) -> LandAccount:
    """The account of all rows, in whatever order they come. Rows that cannot be used in full are among its `problems`, none is lost.

    Raises AssertionError where the balance of a group of hazards does not close to 0.01 m2, which is an error of this programme."""
    hazard_rows, wrong_hazards = hazard_columns(list(hazards), list(changes))
    release_rows, wrong_releases = release_columns(list(releases), reversals)
    differences = [
        *reported_differences(hazard_rows.rows, hazard_rows.area_m2, hazard_rows.polygons),
        *reported_differences(release_rows.rows, release_rows.area_m2, release_rows.polygons),
    ]
    return account_from(hazard_rows, release_rows, (*wrong_hazards, *wrong_releases, *differences))


def account_from(hazards: HazardColumns, releases: ReleaseColumns, problems: tuple[Problem, ...] = ()) -> LandAccount:
    """The account of rows that are columns already."""
    pair_hazard, pair_release = touching(hazards, releases)
    everything = np.ones(len(hazards.rows), dtype=bool)
    found = account_of(hazards, releases, pair_hazard, pair_release, everything)
    return LandAccount(hazards, releases, pair_hazard, pair_release, *found, problems)


def account_of(
    hazards: HazardColumns, releases: ReleaseColumns, pair_hazard: Any, pair_release: Any, of: Any
) -> tuple[Postings, HazardCredits, DoubleCounted, Undecided, Touched, Any, Any]:
    """Both accounts of the hazards marked by `of` (whole groups), from their pairs; `remaining` is filled for those only."""
    is_unsure = releases.first[pair_release] < hazards.surely[pair_hazard]
    is_unsure |= held_back(hazards, releases, pair_hazard, pair_release)
    together = np.bincount(hazards.group, minlength=len(of)) > 1
    follows = together[hazards.group]
    follows[list(hazards.changes)] = True
    follows[pair_hazard[is_unsure | (releases.reversed_on[pair_release] > 0)]] = True
    is_alone = ~follows & of
    pairs = is_alone[pair_hazard]
    short = _alone(hazards, releases, pair_hazard[pairs], pair_release[pairs], is_alone)
    found = Followed()
    for group in _groups(hazards, releases, pair_hazard, pair_release, follows & of):
        one = follow(group)
        for name in ("postings", "hazard_credits", "from_one", "doubled", "undecided", "touched", "left"):
            getattr(found, name).extend(getattr(one, name))
        found.remaining |= one.remaining
    remaining = short[2]
    for hazard, ground in found.remaining.items():
        remaining[hazard] = ground
    long = _measured(found)
    _assert_balance(hazards, long[0], found)
    return joined(short[0], long[0]), joined(short[1], long[1]), *long[2:], remaining, follows


def posted_ground(account: LandAccount, at: Any) -> Any:
    """The polygons of postings, by their positions."""
    ground = account.postings.ground[at].copy()
    cut = np.flatnonzero(account.postings.is_before[at])
    pieces = shapely.intersection(ground[cut], account.releases.polygons[account.postings.release[at][cut]])
    ground[cut] = np.fromiter((polygonal(piece) for piece in pieces), dtype=object, count=len(pieces))
    return ground


def taken(columns: Columns, at: Any) -> Columns:
    """Some entries of columns, by positions or marks."""
    return type(columns)(*(getattr(columns, one.name)[at] for one in fields(columns)))


def joined(one: Columns, other: Columns) -> Columns:
    """The entries of both."""
    return type(one)(*(np.concatenate([getattr(one, name.name), getattr(other, name.name)]) for name in fields(one)))


def _alone(hazards: HazardColumns, releases: ReleaseColumns, hazard: Any, release: Any, of: Any) -> tuple[Postings, HazardCredits, Any]:
    remaining, before, m2 = credited(hazards.polygons, hazards.area_m2, releases.polygons, hazard, release)
    hit = np.flatnonzero(m2)
    hazard, release, m2 = hazard[hit], release[hit], m2[hit]
    opened = np.flatnonzero(of & (hazards.area_m2 > 0))
    kind = _FIRST_CLASS + releases.release_class[release]
    released = Postings(
        kind, hazards.confirmed[hazard], hazard, release, releases.last[release], -m2, before[hit], np.ones(len(hit), dtype=bool)
    )
    opening = Postings(
        _opened_as(hazards, opened), hazards.confirmed[opened], opened, np.full(len(opened), -1), hazards.opened[opened],
        hazards.area_m2[opened], hazards.polygons[opened], np.zeros(len(opened), dtype=bool),
    )  # fmt: skip
    return joined(opening, released), HazardCredits(hazard, release, m2), remaining


def _opened_as(hazards: HazardColumns, at: Any) -> Any:
    return np.where(hazards.is_split_or_merge[at], KIND["adjusted"], KIND["identified"]).astype(np.int8)


def _groups(hazards: HazardColumns, releases: ReleaseColumns, pair_hazard: Any, pair_release: Any, of: Any) -> list[OverlappingHazards]:
    """The groups that are followed the long way, each with its releases."""
    members: dict[int, list[int]] = {}
    for at in np.flatnonzero(of).tolist():
        members.setdefault(int(hazards.group[at]), []).append(at)
    hits: dict[int, dict[int, list[int]]] = {one: {} for one in members}
    pairs = of[pair_hazard]
    for hazard, release in zip(pair_hazard[pairs].tolist(), pair_release[pairs].tolist(), strict=True):
        hits[int(hazards.group[hazard])].setdefault(release, []).append(hazard)
    return [_group(hazards, releases, own, hits[one]) for one, own in members.items()]


def _group(hazards: HazardColumns, releases: ReleaseColumns, own: Sequence[int], hits: Mapping[int, list[int]]) -> OverlappingHazards:
    by = list(hits)
    return OverlappingHazards(
        hazards=own,
        polygons=_by_position(own, hazards.polygons[own]),
        confirmed=_by_position(own, hazards.confirmed[own]),
        opened=_by_position(own, hazards.opened[own]),
        surely=_by_position(own, hazards.surely[own]),
        opened_as=_by_position(own, _opened_as(hazards, own)),
        neighbours={at: hazards.neighbours.get(at, []) for at in own},
        changes={at: hazards.changes[at] for at in own if at in hazards.changes},
        releases=hits,
        release_polygons=_by_position(by, releases.polygons[by]),
        release_days=dict(zip(by, zip(releases.first[by].tolist(), releases.last[by].tolist(), strict=True), strict=True)),
        reversals={at: day for at, day in _by_position(by, releases.reversed_on[by]).items() if day},
        release_kinds=_by_position(by, _FIRST_CLASS + releases.release_class[by]),
        may_hold_mines=_by_position(own, hazards.may_hold_mines[own]),
        is_of_mines=_by_position(by, releases.is_of_mines[by]),
    )


def _by_position(at: Sequence[int], entries: Any) -> dict[int, Any]:
    return dict(zip(at, entries.tolist(), strict=True))


def _measured(found: Followed) -> tuple[Postings, HazardCredits, DoubleCounted, Undecided, Touched]:
    """The columns of what was followed, with areas; what is below noise is left out."""
    kind, sign, confirmed, hazard, release, day, ground = _columns(found.postings, 6, 1)
    codes, classes, nothing_before = kind.astype(np.int8), confirmed.astype(np.int8), np.zeros(len(kind), dtype=bool)
    postings = Postings(codes, classes, hazard, release, day, areas_m2(ground) * sign, ground, nothing_before)
    hazard, release, ground = _columns(found.hazard_credits, 2, 1)
    credits = HazardCredits(hazard, release, areas_m2(ground))
    kind, confirmed, hazard, release, day, before, after = _columns(found.from_one, 5, 2)
    m2 = areas_m2(before) - areas_m2(after)
    codes, classes, is_before = kind.astype(np.int8), confirmed.astype(np.int8), np.ones(len(kind), dtype=bool)
    postings = joined(postings, Postings(codes, classes, hazard, release, day, -m2, before, is_before))
    credits = joined(credits, HazardCredits(hazard, release, m2))
    owner, other, release, before, after = _columns(found.doubled, 3, 2)
    doubled = DoubleCounted(owner, other, release, areas_m2(before) - areas_m2(after))
    hazard, release, ground = _columns(found.undecided, 2, 1)
    undecided = Undecided(hazard, release, areas_m2(ground))
    touched = Touched(*_columns(found.touched, 2, 1))
    return _above_noise(postings), _above_noise(credits), _above_noise(doubled), _above_noise(undecided), touched


def _assert_balance(hazards: HazardColumns, postings: Postings, found: Followed) -> None:
    """What was posted of each followed group is what is left of it, suspected and confirmed, measured on the ground itself."""
    is_moved = postings.kind == KIND["reclassified"]
    posted = np.zeros((2, len(hazards.rows)))
    group = hazards.group[postings.hazard]
    np.add.at(posted, (postings.confirmed[~is_moved], group[~is_moved]), postings.m2[~is_moved])
    np.add.at(posted[1], group[is_moved], postings.m2[is_moved])
    np.subtract.at(posted[0], group[is_moved], postings.m2[is_moved])
    hazard, confirmed, ground = _columns(found.left, 2, 1)
    np.subtract.at(posted, (confirmed, hazards.group[hazard]), areas_m2(ground))
    off = np.abs(posted).max(initial=0)
    assert off <= BALANCE_M2, f"the balance of the hazards around {np.abs(posted).max(axis=0).argmax()} is off by {off} m2"


def _above_noise(columns: Measured) -> Measured:
    return taken(columns, np.abs(columns.m2) >= AREA_NOISE_M2)


def _columns(entries: Sequence[tuple[Any, ...]], numbers: int, polygons: int) -> list[Any]:
    """Entries of some numbers and then some polygons, as columns."""
    width = numbers + polygons
    columns: list[Any] = list(zip(*entries, strict=True)) if entries else [()] * width
    return [np.array(columns[at], dtype=np.int64 if at < numbers else object) for at in range(width)]
