"""What is told about land: a hazardous area, a later change of one, a release, and one taken back - each as one plain row, as reported.

Terms are those of IMAS 04.10, 07.11 and 08.10: a suspected hazardous area (SHA) becomes confirmed (CHA); land is cancelled after
non-technical survey, reduced after technical survey, cleared after clearance. Polygons are shapely polygons or multipolygons on WGS84,
longitude first; None where nobody drew one. Days may be known in part (`Moment`), or not at all (None). `digest` is the digest of the
record's content: two rows with the same names and the same digest are one record told twice.

Rows say what was told and decide nothing; what is wrong with them is asked in `land_row_checks`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from mineaction.terms.dates import Moment

HazardClass = Literal["SHA", "CHA"]
ReleaseClass = Literal["cancelled", "reduced", "cleared"]
Method = Literal["NTS", "TS", "CLEARANCE"]
Change = Literal["extended", "remeasured", "voided", "superseded", "reclassified"]

HAZARD_CLASSES: tuple[HazardClass, ...] = ("SHA", "CHA")
RELEASE_CLASSES: tuple[ReleaseClass, ...] = ("cancelled", "reduced", "cleared")
METHODS: tuple[Method, ...] = ("NTS", "TS", "CLEARANCE")


@dataclass(frozen=True, slots=True)
class Hazard:
    """A suspected or confirmed hazardous area as it was identified.

    `opened_by` is `split_or_merge` where it takes over ground of areas that are superseded: what it holds beyond theirs is an adjustment,
    not newly identified. `reported_m2` is the area somebody wrote down, never mixed with the polygon's. Unless it is told that an area
    holds no mines, it may.
    """

    local_id: str
    organisation: str
    hazard_class: HazardClass
    identified_on: Moment | None
    polygon: Any
    digest: str
    opened_by: Literal["identified", "split_or_merge"] = "identified"
    reported_m2: float | None = None
    may_hold_mines: bool = True


@dataclass(frozen=True, slots=True)
class HazardChange:
    """What happened to a hazardous area on a day, other than release.

    extended: evidence beyond its edge, `polygon` is the whole new outline. remeasured: `polygon` is the outline that was meant all along,
    counted from that day on and never backwards. voided: entered in error. superseded: split or merged into others. reclassified:
    `hazard_class` from that day on. `reason` is shown beside every adjustment.
    """

    local_id: str
    organisation: str
    changed_on: dt.date
    change: Change
    digest: str
    polygon: Any = None
    hazard_class: HazardClass | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One cancelled, reduced or cleared area. `parent_id` is the hazardous area that the report names, if any: it never decides.

    What was released as battle area or of cluster munitions was not searched for mines: it credits no ground of an area that may hold them.
    """

    local_id: str
    organisation: str
    release_class: ReleaseClass
    method: Method
    released_on: Moment | None
    polygon: Any
    digest: str
    parent_id: str | None = None
    reported_m2: float | None = None
    is_of_mines: bool = True


@dataclass(frozen=True, slots=True)
class Reversal:
    """A release that is taken back, from this day on and never backwards: the ground credited to it is hazardous again, and whoever clears
    it has to tell so anew. `release` is the digest of the release's row; `reason` is shown beside the adjustment."""

    release: str
    reversed_on: dt.date
    digest: str
    reason: str = ""


def folded(name: str) -> str:
    """A local name as it is compared: trimmed, capitals and small letters alike."""
    return name.strip().casefold()


def day_order(moment: Moment | None) -> tuple[int, int, int]:
    """Sorts days with their unknown parts last: 2015-12-31, then 2015-12, then 2015, then no date."""
    if moment is None:
        return (1, 0, 0)
    return (0, moment.last.toordinal(), -moment.first.toordinal())


def canonical_order(row: Release) -> tuple[object, ...]:
    """The order in which releases are credited: day, organisation, name, content. Never when or in which file they were told."""
    return (*day_order(row.released_on), row.organisation.strip(), folded(row.local_id), row.digest)


def hazard_order(row: Hazard) -> tuple[object, ...]:
    """Which of two hazardous areas of one class owns ground they share: the earlier, then the name, then organisation and content."""
    return (*day_order(row.identified_on), folded(row.local_id), row.organisation.strip(), row.digest)


def change_order(row: HazardChange) -> tuple[object, ...]:
    """The order in which changes are told: day, organisation, name, content."""
    return (row.changed_on.toordinal(), row.organisation.strip(), folded(row.local_id), row.change, row.digest)
