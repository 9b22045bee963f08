"""What is added up in a table about land: the entries of the territory account, or the figures that were reported?

Computed entries count each square metre once. Reported ones are what was written down, added up: nothing is taken out that was told twice,
and nothing is put in the place of a figure that nobody gave. The two are never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.registers.land_beside import ReleaseFigures, areas_named
from mineaction.registers.land_release import LandAccount
from mineaction.registers.land_rows import RELEASE_CLASSES, Release, folded
from mineaction.registers.territory import KIND
from mineaction.terms.limits import DAY_LAST

# Where a reported release belongs to no hazardous area.
NO_AREA = -1
_LATE = DAY_LAST.toordinal()


@dataclass(frozen=True, slots=True)
class Entries:
    """What is added up, one entry an event: signed square metres, releases and losses negative. `kind` is a position in KINDS.

    `hazard` is a position in the account, or NO_AREA; `release` a position in `releases`, -1 where there is none.
    """

    kind: Any
    hazard: Any
    release: Any
    day: Any
    m2: Any
    releases: Sequence[Release]


def computed_entries(account: LandAccount) -> Entries:
    """The territory account, without ground that only changes its class. What a release gave back when it was taken back is an adjustment,
    and no part of what was released."""
    one = account.postings
    of = one.kind != KIND["reclassified"]
    release = np.where(np.isin(one.kind, [KIND[name] for name in RELEASE_CLASSES]), one.release, -1)
    return Entries(one.kind[of], one.hazard[of], release[of], one.day[of], one.m2[of], account.releases.rows)


def reported_entries(account: LandAccount, figures: ReleaseFigures, nothing_new: Sequence[Release]) -> tuple[Entries, dict[str, int]]:
    """What was written of areas and releases, and how many of each report no area."""
    hazards = account.hazards
    area_m2 = np.array([np.nan if row.reported_m2 is None else row.reported_m2 for row in hazards.rows], dtype=np.float64)
    opened_as = np.array([KIND["identified" if row.opened_by == "identified" else "adjusted"] for row in hazards.rows], dtype=np.int64)
    releases = [*account.releases.rows, *nothing_new]
    last = np.array([*account.releases.last, *((row.released_on.last.toordinal() if row.released_on else _LATE) for row in nothing_new)])
    of_hazard = _reported_of(account, figures, releases)
    released_m2 = np.array([np.nan if row.reported_m2 is None else row.reported_m2 for row in releases], dtype=np.float64)
    kind = np.array([KIND[row.release_class] for row in releases], dtype=np.int64)
    back = np.append(account.releases.reversed_on, np.zeros(len(nothing_new), dtype=np.int64))
    taken_back = np.flatnonzero(back)
    gone_at, gone_day, gone_m2 = [], [], []
    for at, changes in hazards.changes.items():
        for change, _ in changes:
            if change.change in ("voided", "superseded") and at not in gone_at and not np.isnan(area_m2[at]):
                day = change.changed_on.toordinal()
                counts = (of_hazard == at) & (last <= day) & ~((back > 0) & (back <= day))
                gone_at.append(at)
                gone_day.append(day)
                gone_m2.append(-max(area_m2[at] - np.nansum(released_m2[counts]), 0.0))
    adjusted = len(gone_at) + len(taken_back)
    entries = Entries(
        kind=np.concatenate([opened_as, kind, np.full(adjusted, KIND["adjusted"])]),
        hazard=np.concatenate([np.arange(len(area_m2)), of_hazard, np.array(gone_at, dtype=np.int64), of_hazard[taken_back]]),
        release=np.concatenate([np.full(len(area_m2), -1), np.arange(len(releases)), np.full(adjusted, -1)]),
        day=np.concatenate([hazards.opened, last.astype(np.int64), np.array(gone_day, dtype=np.int64), back[taken_back]]),
        m2=np.concatenate([area_m2, -released_m2, gone_m2, released_m2[taken_back]]),
        releases=releases,
    )
    is_given = ~np.isnan(entries.m2)
    columns = (entries.kind, entries.hazard, entries.release, entries.day, entries.m2)
    kind, hazard, release, day, m2 = (column[is_given] for column in columns)
    return Entries(kind, hazard, release, day, m2, releases), {
        "areas": int(np.isnan(area_m2).sum()),
        "releases": int(np.isnan(released_m2).sum()),
    }


def _reported_of(account: LandAccount, figures: ReleaseFigures, releases: Sequence[Release]) -> Any:
    """The area each report belongs to: the one it is credited to; where nothing tells that, the one it names, if one alone has the name."""
    named, found = areas_named(account), []
    for at, release in enumerate(releases):
        own = int(figures.parent[at]) if at < len(figures.parent) else NO_AREA
        declared = named.get(folded(release.parent_id or ""), [])
        found.append(declared[0] if own == NO_AREA and len(declared) == 1 else own)
    return np.array(found, dtype=np.int64)
