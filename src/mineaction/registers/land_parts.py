"""How is the land account of more rows than fit into memory made?

Part by part: a part is whole groups of hazardous areas whose boxes meet, near each other, with every release whose box meets one of them.
No group is torn, so the figures are those of one piece (a property test), and a release over two parts is asked for in both. `parts_of`
needs boxes only; `account_in_parts` asks for the rows of a part when its turn comes and keeps figures, never ground. What is wrong with
rows is not told here: a record of the same name may lie in another part, and rows are checked where they are recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import numpy as np
import shapely

from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_columns import smallest_joined
from mineaction.registers.land_figures import Credits, credits
from mineaction.registers.land_release import LandAccount, Postings, land_account
from mineaction.registers.land_rows import Hazard, HazardChange, Release, Reversal
from mineaction.terms.limits import BOXES_AT_ONCE, HAZARDS_AT_ONCE

# Degrees: groups of one cell come after each other, so that few releases lie over two parts.
_CELL = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """Positions of hazards and releases, in the order of the boxes they were given by."""

    hazards: Any
    releases: Any


Load = Callable[[Part], tuple[Sequence[Hazard], Sequence[Release], Iterable[HazardChange], Iterable[Reversal]]]


@dataclass(frozen=True, slots=True)
class LandFigures:
    """The account without ground. Positions are those of the boxes; figures by hazard and by release have one entry for each box."""

    postings: Postings
    credits: Credits
    remaining_m2: Any  # hazard account
    credited_m2: Any  # of each release, as in `land_beside`
    rework_m2: Any
    outside_hazard_m2: Any
    undecided_m2: Any


def parts_of(hazard_boxes: Any, release_boxes: Any, names: Sequence[Hashable] = (), at_once: int = HAZARDS_AT_ONCE) -> list[Part]:
    """Parts of about so many hazards. Boxes are west, south, east, north, NaN where there is no polygon; that of a hazard holds its changes
    too. `names` are those of the hazards: what is told of one name stays together."""
    hazards, release_boxes = _boxes(hazard_boxes), np.asarray(release_boxes, dtype=np.float64).reshape(-1, 4)
    tree = shapely.STRtree(hazards)
    one, other = tree.query(hazards)
    first: dict[Hashable, int] = {}
    same = np.array([first.setdefault(name, at) for at, name in enumerate(names)], dtype=np.int64)
    group = smallest_joined(len(hazards), np.concatenate([one, same]), np.concatenate([other, np.arange(len(same))]))
    part = _part_of_group(np.nan_to_num(np.asarray(hazard_boxes)), group, at_once)[group]
    count = int(part.max(initial=0)) + 1
    pairs = []
    for start in range(0, len(release_boxes), BOXES_AT_ONCE):
        release, hazard = tree.query(_boxes(release_boxes[start : start + BOXES_AT_ONCE]))
        pairs.append(np.unique(np.c_[part[hazard], release + start], axis=0))
    met = np.concatenate([np.zeros((0, 2), dtype=np.int64), *pairs])
    # Outside of every part, rows told twice still have to meet: the box says where.
    alone = np.setdiff1d(np.arange(len(release_boxes)), met[:, 1])
    where = np.unique(release_boxes[alone], axis=0, return_inverse=True)[1].reshape(-1) % count
    met = np.concatenate([met, np.c_[where, alone]])
    return [
        Part(own, met[at, 1])
        for own, at in zip(_by_part(part, count), _by_part(met[:, 0], count), strict=True)
    ]  # fmt: skip


def account_in_parts(
    parts: Sequence[Part], load: Load, hazards: int, releases: int, each: Callable[..., Iterable[LandFigures]] = map
) -> LandFigures:
    """The figures of so many hazards and releases. `load` gives the rows of a part in the order of its positions, with the changes of its
    hazards and the reversals of its releases; `each` may be the `map` of a pool of processes."""
    found = list(each(partial(_figures_of, load), parts))
    remaining, sums = np.zeros(hazards), {name: np.zeros(releases) for name in _BY_RELEASE}
    touched, area = np.zeros(releases), np.zeros(releases)
    for part, one in zip(parts, found, strict=True):
        remaining[part.hazards] = one.remaining_m2
        for name in _BY_RELEASE:
            sums[name][part.releases] += getattr(one, name)
        own = one.credited_m2 + one.rework_m2 + one.undecided_m2
        touched[part.releases] += own
        area[part.releases] = own + one.outside_hazard_m2
    # Ground outside of one part may lie in another.
    sums["outside_hazard_m2"] = np.maximum(area - touched, 0.0)
    postings = Postings(*(np.concatenate([getattr(one.postings, name.name) for one in found]) for name in fields(Postings)))
    return LandFigures(postings, _credits([one.credits for one in found]), remaining, **sums)


_BY_RELEASE = ("credited_m2", "rework_m2", "outside_hazard_m2", "undecided_m2")


def _figures_of(load: Load, part: Part) -> LandFigures:
    """What stays of the account of a part: positions are turned back into the given ones, ground is let go."""
    hazards, releases, changes, reversals = load(part)
    account = land_account(hazards, releases, changes, reversals)
    hazard_at, release_at = _given(account.hazards.rows, hazards), _given(account.releases.rows, releases)
    remaining = np.zeros(len(hazards))
    remaining[hazard_at] = areas_m2(account.remaining)
    beside = release_figures(account)
    sums = {name: np.zeros(len(releases)) for name in _BY_RELEASE}
    for name in _BY_RELEASE:
        sums[name][release_at] = getattr(beside, name)
    given_hazard, given_release = np.asarray(part.hazards)[hazard_at], np.append(np.asarray(part.releases)[release_at], -1)
    return LandFigures(
        _without_ground(account, given_hazard, given_release),
        _at(credits(account), given_hazard, given_release),
        remaining,
        **sums,
    )


def _given(rows: Any, told: Sequence[Any]) -> Any:
    """Where the rows of an account stand among those it was told."""
    at = {id(row): position for position, row in enumerate(told)}
    return np.array([at[id(row)] for row in rows], dtype=np.int64)


def _without_ground(account: LandAccount, hazard: Any, release: Any) -> Postings:
    nothing = np.full(len(account.postings.m2), None)
    own = account.postings
    return replace(own, hazard=hazard[own.hazard], release=release[own.release], ground=nothing)


def _at(of: Credits, hazard: Any, release: Any) -> Credits:
    return replace(of, hazard=hazard[of.hazard], release=release[of.release])


def _credits(parts: Sequence[Credits]) -> Credits:
    """One table: each part has its own list of organisations."""
    names = sorted({name for one in parts for name in one.words["organisation"]})
    at = {name: code for code, name in enumerate(names)}
    columns = {name.name: [getattr(one, name.name) for one in parts] for name in fields(Credits) if name.name != "words"}
    columns["organisation"] = [
        np.array([at[name] for name in one.words["organisation"]], dtype=np.int64)[one.organisation] for one in parts
    ]  # fmt: skip
    together = {name: np.concatenate(own) for name, own in columns.items()}
    return Credits(**together, words={**parts[0].words, "organisation": names})


def _boxes(bounds: Any) -> Any:
    bounds = np.asarray(bounds, dtype=np.float64).reshape(-1, 4)
    boxes = np.full(len(bounds), None)
    some = np.isfinite(bounds).all(axis=1)
    boxes[some] = shapely.box(*bounds[some].T)
    return boxes


def _part_of_group(bounds: Any, group: Any, at_once: int) -> Any:
    """The part of each group, by the position of its first hazard: groups in the order of cells, cut where a part is full."""
    size = np.bincount(group, minlength=len(group))
    first = np.flatnonzero(size)
    cell = np.floor(bounds.reshape(-1, 4)[first, :2] / _CELL)
    order = first[np.lexsort((first, cell[:, 1], cell[:, 0]))]
    before = np.cumsum(size[order]) - size[order]
    part = np.zeros(len(group), dtype=np.int64)
    part[order] = np.unique(before // at_once, return_inverse=True)[1]
    return part


def _by_part(part: Any, count: int) -> list[Any]:
    order = np.argsort(part, kind="stable")
    return np.split(order, np.searchsorted(part[order], np.arange(1, count)))
