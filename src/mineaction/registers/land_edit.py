"""What does the land account become when releases are added to it?

Only the groups of hazardous areas that the added releases touch are followed again; everything else stays as it was. A report that is told
late and dated back is taken in its place of the canonical order, so that the answer is that of a full run over all rows (a property test).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from mineaction.registers.land_columns import ReleaseColumns, days, release_columns, touching
from mineaction.registers.land_release import LandAccount, account_of, joined, taken
from mineaction.registers.land_row_checks import name_of, names_twice, place, reported_differences
from mineaction.registers.land_rows import Release, canonical_order
from mineaction.terms.problem import Problem, problem

_BY_RELEASE = ("rows", "polygons", "first", "last", "release_class", "is_of_mines", "reversed_on", "area_m2")


def with_releases(account: LandAccount, added: Iterable[Release]) -> LandAccount:
    """The account of all its rows and the added releases. The account given is not changed."""
    fresh, repeated = _not_held(account.releases, added)
    new, wrong = release_columns([row for row, _ in fresh])
    # Positions before which the added releases are put, and what positions become by it.
    before = {id(row): at for row, at in fresh}
    put = np.array([before[id(row)] for row in new.rows], dtype=np.int64)
    new_at = put + np.arange(len(put))
    held = len(account.releases.rows)
    old_at = np.arange(held) + np.cumsum(np.bincount(put, minlength=held + 1))[:held]
    releases = _put(account.releases, new, put)
    touched_hazard, touched_release = touching(account.hazards, new)
    pair_hazard, pair_release = _pairs(
        (account.pair_hazard, old_at[account.pair_release]), (touched_hazard, new_at[touched_release]), len(releases.rows)
    )
    group = account.hazards.group
    is_touched = np.zeros(len(group), dtype=bool)
    is_touched[group[touched_hazard]] = True
    of = is_touched[group]
    part = of[pair_hazard]
    postings, credits, doubled, undecided, touched, remaining, is_followed = account_of(
        account.hazards, releases, pair_hazard[part], pair_release[part], of
    )
    # A name may be held already: names are counted over all rows.
    twice = names_twice(new.rows, releases.names)
    differences = reported_differences(new.rows, new.area_m2, new.polygons)
    return LandAccount(
        account.hazards, releases, pair_hazard, pair_release,
        _merged(account.postings, old_at, ~of[account.postings.hazard], postings),
        _merged(account.hazard_credits, old_at, ~of[account.hazard_credits.hazard], credits),
        _merged(account.double_counted, old_at, ~of[account.double_counted.owner], doubled),
        _merged(account.undecided, old_at, ~of[account.undecided.hazard], undecided),
        _merged(account.touched, old_at, ~of[account.touched.hazard], touched),
        np.where(of, remaining, account.remaining),
        np.where(of, is_followed, account.is_followed),
        (*_told_anew(account.problems, twice), *repeated, *(one for one in wrong if one.code != "land_id_twice"), *differences),
    )  # fmt: skip


def _not_held(held: ReleaseColumns, added: Iterable[Release]) -> tuple[list[tuple[Release, int]], list[Problem]]:
    """The rows that are new, each with its place in the canonical order, and those that are held already."""
    fresh, repeated = [], []
    for row in added:
        key, last = canonical_order(row), days(row.released_on)[1]
        # The order begins with the last day: only rows of that day need their whole key.
        first, end = (int(np.searchsorted(held.last, last, side)) for side in ("left", "right"))
        at = bisect_left(held.rows, key, first, end, key=canonical_order)
        if at < end and canonical_order(held.rows[at]) == key:
            repeated.append(problem("land_record_repeated", place(row), place(row)))
        else:
            fresh.append((row, at))
    return fresh, repeated


def _put(held: ReleaseColumns, new: ReleaseColumns, at: Any) -> ReleaseColumns:
    names = dict(held.names)
    for name, count in Counter(map(name_of, new.rows)).items():
        names[name] = names.get(name, 0) + count
    columns = {name: np.insert(getattr(held, name), at, getattr(new, name)) for name in _BY_RELEASE}
    return ReleaseColumns(**columns, names=names)


def _pairs(held: tuple[Any, Any], new: tuple[Any, Any], releases: int) -> tuple[Any, Any]:
    """Both sets of pairs, by hazard and then by release."""
    at = np.searchsorted(held[0] * releases + held[1], new[0] * releases + new[1])
    return np.insert(held[0], at, new[0]), np.insert(held[1], at, new[1])


def _merged(held: Any, old_at: Any, keep: Any, new: Any) -> Any:
    """The entries that stay, their releases numbered anew, and the new ones."""
    stays = taken(held, keep)
    release = np.where(stays.release >= 0, old_at[stays.release], -1) if len(old_at) else stays.release
    return joined(replace(stays, release=release), new)


def _told_anew(told: tuple[Problem, ...], twice: list[Problem]) -> list[Problem]:
    """What was told before, with the new count where a name has one more content."""
    again = {(one.code, one.place) for one in twice}
    return [*(one for one in told if (one.code, one.place) not in again), *twice]
