"""Why is the figure of one hazardous area what it is? Back to the rows that were told: file, place in it, who, batch, id of the fact.

Both accounts of the area: on its own outline (what is left of it, can it close), and what it stands for in the national table. Each
release that touches it, with what it took and why it took no more; changes; ground counted in another area's account as well; releases
set aside; what is left, with positions; the areas it shares ground with, and all other facts that its figures rest on. Beside the figures
its status: by which steps it came to it, and what is found about it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from mineaction.programme.area_status import area_status, facts_behind
from mineaction.programme.collector import collector_paused
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_beneath import facts_beneath
from mineaction.programme.land_book import LandBook, land_book
from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given, today
from mineaction.programme.told_where import area_meant, tellings
from mineaction.registers.geodesic_area import area_m2, areas_m2
from mineaction.registers.land_closing import Closing, closing
from mineaction.registers.land_columns import held_back
from mineaction.registers.land_owned import class_at_end, owned_m2
from mineaction.registers.land_row_checks import place
from mineaction.registers.land_rows import RELEASE_CLASSES, Release, folded
from mineaction.registers.land_tables import shown
from mineaction.registers.territory import KIND, KINDS
from mineaction.terms.dates import Moment
from mineaction.terms.limits import BALANCE_M2
from mineaction.terms.problem import Problem, ProblemError

RECLASSIFIED = KIND["reclassified"]
RELEASED = [KIND[name] for name in RELEASE_CLASSES]
Day = str | dt.date | None
Answer = dict[str, Any]


@collector_paused()
def why(area: str, *, on: Day = None, known_at: Day = None, store: str | None = None) -> Answer:
    """The figures of one hazardous area on a day (today when left out), by what was recorded up to `known_at`. `area` is its id,
    `organisation/id` or its whole key. Two claims on one area are two entries. Raises `ProblemError`."""
    problems: list[Problem] = []
    day = today() if on is None else day_given(on, "on", problems)
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    if problems or day is None:
        raise ProblemError(problems)
    with open_store(store) as held, held.one_moment():
        subject = area_meant(held, area)
        book = land_book(held, known, day)
        at = [number for number, row in enumerate(book.account.hazards.rows) if book.rows.facts[row.digest].subject == subject]
        found = [_AreaAnswer(book, one).told() for one in at]
        status = area_status(hazard_statuses(held, day, known), subject)
        named = {fact_id for one in found for fact_id in fact_ids(one)}
        where = tellings(held, sorted(named.union(facts_behind(status))), known)
        identity, path = held.identity(), held.path
    names = {place(book.account.hazards.rows[one]) for one in at}
    names |= {one["place"] for area in found for name in ("releases", "set_aside") for one in area[name]}
    return {
        "store": path,
        "subject": subject,
        "on": day.isoformat(),
        "known_at": known.isoformat() if known else None,
        "status": status,
        "areas": found,
        "told": where,
        "problems": [one.as_dict() for one in book.problems if one.place.removeprefix("land_") in names],
        "books": [identity],
    }


def fact_ids(answer: Answer) -> Iterator[str]:
    """The facts that the answer about one area lists."""
    yield answer["fact_id"]
    for name in ("changes", "releases", "set_aside", "shares_ground_with", "rests_on"):
        yield from (one["fact_id"] for one in answer[name])
    yield from (back["fact_id"] for one in answer["releases"] for back in one["taken_back"])
    for one in answer["double_counted"]:
        yield from (one["owner_fact_id"], one["other_fact_id"], one["release_fact_id"])


class _AreaAnswer:
    """One area at a position of an account that ends on the day asked about."""

    def __init__(self, book: LandBook, at: int) -> None:
        self.book, self.account, self.at = book, book.account, at
        self.row = book.account.hazards.rows[at]

    def told(self) -> Answer:
        account, at, row = self.account, self.at, self.row
        fact = self.book.rows.facts[row.digest]
        own = account.hazard_credits.hazard == at
        opened, left = float(account.hazards.area_m2[at]), area_m2(account.remaining[at])
        released = float(account.hazard_credits.m2[own].sum())
        changes = [change for change, _ in account.hazards.changes.get(at, ())]
        releases, set_aside = [*self._releases(), *self._without_outline(), *self._nothing_new()], self._set_aside()
        listed = (*(change.digest for change in changes), *(one["fact_id"] for one in (*releases, *set_aside)))
        return {
            "fact_id": row.digest,
            "local_id": row.local_id,
            "organisation": row.organisation,
            "name": fact.payload.get("name"),
            "class": class_at_end(account, at),
            "identified_on": fact.payload["identified_on"],
            "reported_m2": row.reported_m2,
            "own_account": {
                "outline_m2": shown(opened),
                "changed_m2": shown(left + released - opened),
                "released_m2": shown(released),
                "remaining_m2": shown(left),
            },
            "in_totals": self._in_totals(),
            "changes": [
                {
                    "fact_id": change.digest,
                    "change": change.change,
                    "changed_on": change.changed_on.isoformat(),
                    "class": change.hazard_class,
                    "reason": change.reason,
                }
                for change in changes
            ],
            "releases": releases,
            "double_counted": self._double_counted(),
            "set_aside": set_aside,
            "shares_ground_with": self._shares_ground_with(),
            "rests_on": [{"fact_id": one.fact_id, "kind": one.kind, "subject": one.subject} for one in facts_beneath(self.book, listed)],
            "closing": _closing(closing(account, at), has_outline=not account.hazards.reach[at].is_empty),
        }

    def _shares_ground_with(self) -> list[Answer]:
        """Areas that hold some of its ground, or did: who owns what they share follows from theirs as well."""
        hazards = self.account.hazards
        rows = [hazards.rows[one] for one in hazards.neighbours.get(self.at, ())]
        return [{"area": place(row), "fact_id": row.digest} for row in rows]

    def _in_totals(self) -> Answer:
        """What the area stands for in the national table: postings as its owner, and what it owns of the ground that is left."""
        postings = self.account.postings
        own = (postings.hazard == self.at) & (postings.kind != RECLASSIFIED)
        sums = np.bincount(postings.kind[own], postings.m2[own], minlength=len(KINDS))[:RECLASSIFIED]
        owned = float(owned_m2(self.account)[self.at])
        found = {f"{name}_m2": shown(-m2 if name in RELEASE_CLASSES else m2) for name, m2 in zip(KINDS, sums, strict=False)}
        return {**found, "transferred_m2": shown(owned - sums.sum()), "remaining_m2": shown(owned)}

    def _releases(self) -> Iterator[Answer]:
        account = self.account
        pairs = np.flatnonzero(account.pair_hazard == self.at)
        for release in account.pair_release[pairs].tolist():
            touched = self._touched_m2(release)
            is_own = (account.hazard_credits.hazard == self.at) & (account.hazard_credits.release == release)
            took = float(account.hazard_credits.m2[is_own].sum())
            posted = (account.postings.hazard == self.at) & (account.postings.release == release)
            posted &= np.isin(account.postings.kind, RELEASED)
            if touched < BALANCE_M2:
                continue
            yield {
                **self._release(account.releases.rows[release]),
                "touched_m2": shown(touched),
                "took_m2": shown(took),
                "in_totals_m2": shown(-account.postings.m2[posted].sum()),
                "not_taken_m2": shown(max(touched - took, 0.0)),
                "because": self._because(release) if touched - took >= BALANCE_M2 else None,
            }

    def _touched_m2(self, release: int) -> float:
        """Square metres of a release on the area as it was drawn on that day."""
        account = self.account
        outlines = [account.hazards.polygons[self.at]]
        if account.is_followed[self.at]:
            outlines = list(account.touched.outline[(account.touched.hazard == self.at) & (account.touched.release == release)])
        return float(areas_m2([shapely.intersection(one, account.releases.polygons[release]) for one in outlines]).sum())

    def _because(self, release: int) -> str:
        account = self.account
        if held_back(account.hazards, account.releases, self.at, release):
            return "not_for_mines"
        return "undecided" if account.releases.first[release] < account.hazards.surely[self.at] else "rework"

    def _release(self, row: Release) -> Answer:
        return {
            "fact_id": row.digest,
            "place": place(row),
            "local_id": row.local_id,
            "organisation": row.organisation,
            "class": row.release_class,
            "method": row.method,
            "released_on": _written(row.released_on),
            "reported_m2": row.reported_m2,
            "taken_back": [
                {"fact_id": one.digest, "on": one.reversed_on.isoformat(), "reason": one.reason}
                for one in self.book.rows.reversals
                if one.release == row.digest
            ],
        }

    def _names_this(self, row: Release) -> bool:
        return row.parent_id is not None and folded(row.parent_id) == folded(self.row.local_id)

    def _without_outline(self) -> Iterator[Answer]:
        """Reports that name the area and have no outline that could be used: they take nothing from it."""
        account = self.account
        for row, polygon in zip(account.releases.rows, account.releases.polygons, strict=True):
            if polygon.is_empty and self._names_this(row):
                yield self._release(row) | _took_nothing("without_outline")

    def _nothing_new(self) -> Iterator[Answer]:
        for row in self.book.rows.nothing_new:
            if self._names_this(row):
                yield self._release(row) | _took_nothing("told_again")

    def _double_counted(self) -> list[Answer]:
        """Ground in the account of this area and of another: the national table has it once, with the owner."""
        account, doubled = self.account, self.account.double_counted
        found = []
        for one in np.flatnonzero((doubled.owner == self.at) | (doubled.other == self.at)).tolist():
            owner, other = (account.hazards.rows[int(column[one])] for column in (doubled.owner, doubled.other))
            release = account.releases.rows[int(doubled.release[one])]
            found.append(
                {
                    "owner": place(owner),
                    "owner_fact_id": owner.digest,
                    "other": place(other),
                    "other_fact_id": other.digest,
                    "release": place(release),
                    "release_fact_id": release.digest,
                    "m2": shown(doubled.m2[one]),
                }
            )
        return sorted(found, key=lambda one: (one["release"], one["owner_fact_id"], one["other_fact_id"]))

    def _set_aside(self) -> list[Answer]:
        """Releases that do not count, and name the area or lie on its ground."""
        reach = self.account.hazards.reach[self.at]
        found = []
        for row, reason in self.book.rows.set_aside:
            if self._names_this(row) or (row.polygon is not None and row.polygon.is_valid and shapely.intersects(row.polygon, reach)):
                found.append({**self._release(row), "reason": reason.code, "message": reason.message})
        return sorted(found, key=lambda one: (one["released_on"], one["place"], one["fact_id"]))


def _took_nothing(because: str) -> Answer:
    return {"touched_m2": 0.0, "took_m2": 0.0, "in_totals_m2": 0.0, "not_taken_m2": 0.0, "because": because}


def _written(day: Moment | None) -> str:
    return str(day) if day else "unknown"


def _closing(found: Closing, *, has_outline: bool) -> Answer:
    if not has_outline:
        reason = "without_outline"
    elif found.can_close:
        reason = "nothing_left"
    else:
        reason = "ground_left"
    return {
        "can_close": found.can_close,
        "reason": reason,
        "parts": [{"longitude": one.longitude, "latitude": one.latitude, "m2": shown(one.m2)} for one in found.parts],
        "slivers_m2": shown(found.slivers_m2),
    }
