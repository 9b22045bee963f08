"""Rows about land written as a table, on a square grid of metres near Kabul.

A line is `what name class day left bottom right top word=value ...`: the rectangle is in metres from the corner of the grid; `-` stands for
no day or no polygon. What may stand behind it: `by=ORGANISATION`, `parent=NAME`, `reported=M2`, `text=DIGEST` and `opened_by=...`. A line
`reversal name - day` takes the release of that name back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import shapely

from mineaction.registers.geodesic_area import area_m2
from mineaction.registers.land_release import LandAccount, land_account
from mineaction.registers.land_rows import METHODS, RELEASE_CLASSES, Hazard, HazardChange, Release, Reversal
from mineaction.registers.territory import KINDS
from mineaction.terms.dates import moment

CORNER = (69.2, 34.5)
# Degrees that make a square of one square metre at the corner.
_NORTH = 1 / 110_924
_EAST = _NORTH / area_m2(shapely.box(CORNER[0], CORNER[1], CORNER[0] + _NORTH, CORNER[1] + _NORTH))


def ground(left: float, bottom: float, right: float, top: float) -> Any:
    return shapely.box(*degrees(left, bottom), *degrees(right, top))


def degrees(east: float, north: float) -> tuple[float, float]:
    return CORNER[0] + east * _EAST, CORNER[1] + north * _NORTH


@dataclass
class Book:
    hazards: list[Hazard] = field(default_factory=list)
    changes: list[HazardChange] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    reversals: list[Reversal] = field(default_factory=list)

    def account(self) -> LandAccount:
        return land_account(self.hazards, self.releases, self.changes, self.reversals)


def book(text: str) -> Book:
    """The rows of a table."""
    found = Book()
    for line in filter(None, map(str.strip, text.splitlines())):
        what, name, of_class, day, *rest = line.split()
        more = dict(word.split("=", 1) for word in rest if "=" in word)
        place = [word for word in rest if "=" not in word]
        polygon = None if place in ([], ["-"]) else ground(*map(float, place))
        when = None if day == "-" else moment(day)
        by, digest = more.get("by", "operator"), more.get("text", line)
        reported = float(more["reported"]) if "reported" in more else None
        if what == "hazard":
            opened_by: Any = more.get("opened_by", "identified")
            found.hazards.append(Hazard(name, by, of_class, when, polygon, digest, opened_by, reported))
        elif what == "release":
            method = METHODS[RELEASE_CLASSES.index(of_class)]
            found.releases.append(Release(name, by, of_class, method, when, polygon, digest, more.get("parent"), reported))
        elif what == "reversal":
            assert when is not None
            digests = [one.digest for one in found.releases if one.local_id == name]
            found.reversals.append(Reversal(digests[0] if digests else name, when.first, digest))
        else:
            assert when is not None
            into: Any = of_class if what == "reclassified" else None
            found.changes.append(HazardChange(name, by, when.first, what, digest, polygon, into))
    return found


def posted(account: LandAccount) -> dict[tuple[str, str, str], float]:
    """(kind, hazard, release or "") -> m2 of the territory account, signed, rounded to a tenth."""
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    postings = account.postings
    for kind, hazard, release, m2 in zip(postings.kind, postings.hazard, postings.release, postings.m2, strict=True):
        name = account.releases.rows[release].local_id if release >= 0 else ""
        # Ground that a release moves from one class to the other belongs to no owner in particular.
        owner = "" if name and KINDS[kind] == "reclassified" else account.hazards.rows[hazard].local_id
        sums[KINDS[kind], owner, name] += float(m2)
    return {key: m2 for key, m2 in sums.items() if abs(m2) > 0.05}
