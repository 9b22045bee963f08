"""Who owns ground that several hazardous areas share, and which release took it from the territory?

One group of overlapping hazardous areas is followed through time: areas open, change, are released. Ground is counted once, however
many areas hold it:

- a confirmed area owns ground before a suspected one, then the earlier identified, then the name (`hazard_order`);
- a release reduces every open area it touches (the hazard account) and is credited once, to the owner (the territory account);
- it credits nothing of an area that may be younger than the release itself (days known in part): an area counts from the first day it may
  have been identified, and is released only by a report that is surely not older. Ground held back for that reason is `undecided`;
- ground that an area takes over from others is no new ground; from a suspected to a confirmed one it is reclassified.

Of several events of one day openings come first, then changes, then releases in canonical order, then those taken back. Pieces are planar
differences and intersections in longitude and latitude; nothing is buffered or repaired. Areas held by nobody else take a shorter way in
`land_release`, with the same result (a property test).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from mineaction.registers.land_row_checks import EMPTY
from mineaction.registers.land_rows import HazardChange

# What a posting says of the territory. Releases carry the class with which they were reported.
KINDS = ("identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "reclassified")
KIND = {name: code for code, name in enumerate(KINDS)}
SHA, CHA = 0, 1


@dataclass(frozen=True, slots=True)
class OverlappingHazards:
    """One group of hazardous areas and all that touches it, by their positions in the account."""

    hazards: Sequence[int]
    polygons: Mapping[int, Any]
    confirmed: Mapping[int, int]  # SHA or CHA as first identified
    opened: Mapping[int, int]  # the first day on which it may have been identified
    surely: Mapping[int, int]  # the last such day
    opened_as: Mapping[int, int]  # identified, or adjusted for a split or merger (positions in KINDS)
    neighbours: Mapping[int, Sequence[int]]
    changes: Mapping[int, Sequence[tuple[HazardChange, Any]]]
    releases: Mapping[int, Sequence[int]]  # release -> the hazards whose ground it may touch
    release_polygons: Mapping[int, Any]
    release_days: Mapping[int, tuple[int, int]]  # first and last
    reversals: Mapping[int, int]  # release -> the day on which it is taken back
    release_kinds: Mapping[int, int]  # positions in KINDS
    may_hold_mines: Mapping[int, bool]
    is_of_mines: Mapping[int, bool]  # what a release searched for


@dataclass(slots=True)
class Followed:
    """What following a group found, each list with the ground as its last item; two last items are the ground before and after."""

    postings: list[tuple[int, int, int, int, int, int, Any]] = field(default_factory=list)  # kind, sign, class, hazard, release, day
    hazard_credits: list[tuple[int, int, Any]] = field(default_factory=list)  # hazard, release
    # Both a posting and a credit, where one hazard alone holds the ground: kind, class, hazard, release, day
    from_one: list[tuple[int, int, int, int, int, Any, Any]] = field(default_factory=list)
    doubled: list[tuple[int, int, int, Any, Any]] = field(default_factory=list)  # owner, other, release
    undecided: list[tuple[int, int, Any]] = field(default_factory=list)  # hazard, release
    touched: list[tuple[int, int, Any]] = field(default_factory=list)  # hazard in the order of ownership, release, outline of that day
    left: list[tuple[int, int, Any]] = field(default_factory=list)  # a hazard of the group, class: ground of the territory that is left
    remaining: dict[int, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """Ground of one area that opened together: its first outline, or what an extension added."""

    hazard: int
    surely: int
    outline: Any
    remaining: Any


def follow(group: OverlappingHazards) -> Followed:
    """Follows one group through all its days."""
    course = _Course(group)
    for _, _, _, act, of in _events(group):
        if act == "open":
            course.open_area(of)
        elif act == "change":
            for change, polygon in group.changes[of[0]][of[1] : of[1] + 1]:
                course.change(of[0], change, polygon)
        elif act == "release":
            course.release(of)
        else:
            course.take_back(of)
    course.found.remaining = {hazard: _joined(part.remaining for part in parts) for hazard, parts in course.parts.items()}
    course.found.left = [(group.hazards[0], *one) for one in course.left()]
    return course.found


def _events(group: OverlappingHazards) -> list[tuple[int, int, tuple[int, int], str, Any]]:
    """Day, order within the day, order among the like, what happens, to which."""
    events: list[tuple[int, int, tuple[int, int], str, Any]] = []
    # Confirmed first: ground identified as both on one day is identified as confirmed, and not reclassified.
    events += [(group.opened[one], 0, (-group.confirmed[one], one), "open", one) for one in group.hazards]
    for hazard, changes in group.changes.items():
        for at, (change, _) in enumerate(changes):
            events.append((change.changed_on.toordinal(), 1, (hazard, at), "change", (hazard, at)))
    events += [(group.release_days[one][1], 2, (one, 0), "release", one) for one in group.releases]
    events += [(day, 3, (one, 0), "reversal", one) for one, day in group.reversals.items()]
    return sorted(events, key=lambda event: event[:3])


class _Course:
    """The state of a group on one day. It lives only while `follow` runs."""

    def __init__(self, group: OverlappingHazards) -> None:
        self.group = group
        self.found = Followed()
        self.parts: dict[int, list[_Part]] = {one: [] for one in group.hazards}
        self.confirmed = dict(group.confirmed)
        self.taken: dict[int, list[tuple[int, Any]]] = {one: [] for one in group.reversals}  # what each area held under them

    def open_area(self, hazard: int) -> None:
        ground, opened_as = self.group.polygons[hazard], self.group.opened_as[hazard]
        self._gain(hazard, ground, opened_as, self.group.opened[hazard], self.group.surely[hazard])

    def change(self, hazard: int, change: HazardChange, polygon: Any) -> None:
        day = change.changed_on.toordinal()
        if change.change == "reclassified":
            self._reclassify(hazard, CHA if change.hazard_class == "CHA" else SHA, day)
            return
        outline = _joined(part.outline for part in self.parts[hazard])
        if change.change != "extended":
            self._lose(hazard, polygon, day)
        if change.change in ("extended", "remeasured"):
            posted_as = KIND["extended" if change.change == "extended" else "adjusted"]
            self._gain(hazard, _difference(polygon, outline), posted_as, day, day)

    def _gain(self, hazard: int, ground: Any, posted_as: int, day: int, surely: int, release: int = -1) -> None:
        suspected, confirmed = self._held_by_others(hazard, ground)
        self._post(posted_as, 1, self.confirmed[hazard], hazard, day, _difference(ground, suspected, confirmed), release)
        if self.confirmed[hazard] == CHA:
            self._post(KIND["reclassified"], 1, CHA, hazard, day, _difference(_common(ground, suspected), confirmed), release)
        self.parts[hazard].append(_Part(hazard, surely, ground, ground))

    def _lose(self, hazard: int, kept: Any, day: int) -> None:
        """The area keeps nothing outside of `kept`."""
        lost = _joined(_difference(part.remaining, kept) for part in self.parts[hazard])
        suspected, confirmed = self._held_by_others(hazard, lost)
        self._post(KIND["adjusted"], -1, self.confirmed[hazard], hazard, day, _difference(lost, suspected, confirmed))
        if self.confirmed[hazard] == CHA:
            self._post(KIND["reclassified"], -1, CHA, hazard, day, _difference(_common(lost, suspected), confirmed))
        for part in self.parts[hazard]:
            part.outline, part.remaining = _common(part.outline, kept), _common(part.remaining, kept)

    def _reclassify(self, hazard: int, into: int, day: int) -> None:
        if into == self.confirmed[hazard]:
            return
        ground = _joined(part.remaining for part in self.parts[hazard])
        _, confirmed = self._held_by_others(hazard, ground)
        self._post(KIND["reclassified"], 1 if into == CHA else -1, into, hazard, day, _difference(ground, confirmed))
        self.confirmed[hazard] = into

    def release(self, release: int) -> None:
        polygon = self.group.release_polygons[release]
        parts = [part for one in self.group.releases[release] for part in self.parts[one]]
        parts.sort(key=self._rank)
        self.found.touched += [(part.hazard, release, part.outline) for part in parts]
        held = [part for part in parts if shapely.intersects(part.remaining, polygon)]
        if len(held) == 1 and self._may_take(held[0], release):
            self._take_from_one(held[0], release, polygon)
            return
        unsure = [(part, _common(polygon, part.remaining)) for part in held if not self._may_take(part, release)]
        hits = [(part, _common(polygon, part.remaining)) for part in held if self._may_take(part, release)]
        taken: list[tuple[int, Any]] = []
        for part, ground in unsure:
            piece = _difference(ground, *(before for _, before in taken))
            if not piece.is_empty:
                taken.append((part.hazard, piece))
                self.found.undecided.append((part.hazard, release, piece))
        self._class_after_undecided(release, hits, unsure)
        for part, hit in hits:
            if hit.is_empty:
                continue
            self.found.hazard_credits.append((part.hazard, release, hit))
            piece = hit
            for owner, before in taken:
                if shapely.intersects(before, piece):
                    rest = _difference(piece, before)
                    if owner != part.hazard:
                        self.found.doubled.append((owner, part.hazard, release, piece, rest))
                    piece = rest
            if release in self.taken:
                self.taken[release].append((part.hazard, hit))
            part.remaining = _difference(part.remaining, polygon)
            if not piece.is_empty:
                taken.append((part.hazard, piece))
                day = self.group.release_days[release][1]
                self._post(self.group.release_kinds[release], -1, self.confirmed[part.hazard], part.hazard, day, piece, release)

    def _may_take(self, part: _Part, release: int) -> bool:
        """Whether a release is surely not older than the ground, and searched for what it may hold."""
        is_searched = self.group.is_of_mines[release] or not self.group.may_hold_mines[part.hazard]
        return is_searched and part.surely <= self.group.release_days[release][0]

    def _take_from_one(self, part: _Part, release: int, polygon: Any) -> None:
        """Only one area holds ground there: what it loses is what the release is credited with."""
        before, part.remaining = part.remaining, _difference(part.remaining, polygon)
        if release in self.taken:
            self.taken[release].append((part.hazard, _common(before, polygon)))
        kind, day = self.group.release_kinds[release], self.group.release_days[release][1]
        self.found.from_one.append((kind, self.confirmed[part.hazard], part.hazard, release, day, before, part.remaining))

    def take_back(self, release: int) -> None:
        """Each area gets back what the release took from it, as far as it is still its ground and not its own again already."""
        day = self.group.reversals[release]
        for hazard, taken in sorted(self.taken[release], key=lambda one: (-self.confirmed[one[0]], one[0])):
            parts = self.parts[hazard]
            own = _common(taken, _joined(part.outline for part in parts))
            back = _difference(own, _joined(part.remaining for part in parts))
            self._gain(hazard, back, KIND["adjusted"], day, day, release)

    def _class_after_undecided(self, release: int, hits: list[tuple[_Part, Any]], unsure: list[tuple[_Part, Any]]) -> None:
        """Ground that a confirmed area gives up and a suspected one holds on to, because of days known in part, is suspected again."""
        if not any(not ground.is_empty for _, ground in unsure):
            return
        given_up = _joined(hit for part, hit in hits if self.confirmed[part.hazard] == CHA)
        suspected = _joined(ground for part, ground in unsure if self.confirmed[part.hazard] == SHA)
        confirmed = _joined(ground for part, ground in unsure if self.confirmed[part.hazard] == CHA)
        day, owner = self.group.release_days[release][1], unsure[0][0].hazard
        self._post(KIND["reclassified"], -1, SHA, owner, day, _difference(_common(given_up, suspected), confirmed), release)

    def _rank(self, part: _Part) -> tuple[int, int]:
        return (-self.confirmed[part.hazard], part.hazard)

    def _held_by_others(self, hazard: int, ground: Any) -> tuple[Any, Any]:
        """What suspected and what confirmed areas beside this one hold of some ground today."""
        held: tuple[list[Any], list[Any]] = ([], [])
        for other in self.group.neighbours[hazard]:
            held[self.confirmed[other]].extend(part.remaining for part in self.parts[other] if shapely.intersects(part.remaining, ground))
        return _joined(held[SHA]), _joined(held[CHA])

    def _post(self, kind: int, sign: int, confirmed: int, hazard: int, day: int, ground: Any, release: int = -1) -> None:
        if not ground.is_empty:
            self.found.postings.append((kind, sign, confirmed, hazard, release, day, ground))

    def left(self) -> list[tuple[int, Any]]:
        """What is left of the territory, as suspected and as confirmed ground, to be compared with what was posted."""
        held: tuple[list[Any], list[Any]] = ([], [])
        for hazard, parts in self.parts.items():
            held[self.confirmed[hazard]].extend(part.remaining for part in parts)
        confirmed = _joined(held[CHA])
        return [(SHA, _difference(_joined(held[SHA]), confirmed)), (CHA, confirmed)]


def _joined(pieces: Iterable[Any]) -> Any:
    """The union; of one piece the piece itself."""
    some = [piece for piece in pieces if not piece.is_empty]
    if len(some) < 2:
        return some[0] if some else EMPTY
    return polygonal(shapely.union_all(some))


def _difference(ground: Any, *others: Any) -> Any:
    for other in others:
        if ground.is_empty:
            return EMPTY
        if not other.is_empty:
            ground = polygonal(shapely.difference(ground, other))
    return ground


def _common(one: Any, other: Any) -> Any:
    return EMPTY if one.is_empty or other.is_empty else polygonal(shapely.intersection(one, other))


def polygonal(ground: Any) -> Any:
    """The polygons of a result: areas that only touch have a line or a point in common, which is no ground."""
    if ground.geom_type in ("Polygon", "MultiPolygon"):
        return ground
    polygons = [one for one in getattr(ground, "geoms", ()) if one.geom_type == "Polygon"]
    return shapely.multipolygons(polygons) if polygons else EMPTY
