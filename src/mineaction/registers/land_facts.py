"""Which rows of the land account do recorded facts tell: hazardous areas, changes of them, releases?

One fact is one row, its digest the id of the fact, its polygon the outline as told; a field that is not told stays unknown. An
organisation that is written in several ways (capitals, blanks) is one. What stands is the store's to say: two facts that stand on one
subject are competing claims, and both are rows here; ground is counted once all the same, and the problems say so. Which releases count,
and as what, is asked of `approvals`; one told as battle area or of cluster munitions takes nothing from an area that may hold mines.

Reports whose outlines are drawn anew over the whole task each time (`drawn` = cumulative) tell what came new with each: ground of an
earlier one of the same organisation, class and task (or named area) is ground told again, no rework and no release of what was found
hazardous since. What such a report adds to the reported area is the difference to the one before.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import shapely

from mineaction.registers.approvals import counted_releases
from mineaction.registers.area_words import WITHOUT_MINES, ground_of
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.ground_changes import changes_that_hold
from mineaction.registers.hazard_records import several
from mineaction.registers.land_row_checks import EMPTY, place
from mineaction.registers.land_rows import Hazard, HazardChange, Release, Reversal, canonical_order, folded
from mineaction.registers.territory import polygonal
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.kinds.land import CHANGES_OF_GROUND
from mineaction.terms.problem import Problem, problem

KINDS_READ = ("hazardous_area", "hazard_change", "land_release", "approval", "country_rule", "accreditation", "release_reversal")


@dataclass(frozen=True, slots=True)
class LandRows:
    """Rows for the account, and what stands beside them. `facts` holds the fact behind each digest.

    `releases` go into the account; `nothing_new` are cumulative reports that add no ground. `told_again_m2` is, by digest, the ground of
    such reports that an earlier one told. `set_aside` are releases that do not count, each with the reason; `unapproved` the digests
    of those that count and of which no approval was told.
    """

    hazards: list[Hazard]
    changes: list[HazardChange]
    releases: list[Release]
    nothing_new: list[Release]
    told_again_m2: Mapping[str, float]
    set_aside: list[tuple[Release, Problem]]
    unapproved: frozenset[str]
    reversals: list[Reversal]
    facts: Mapping[str, Fact]
    problems: list[Problem]


def land_rows(told: Mapping[str, Sequence[Fact]]) -> LandRows:
    """The rows that facts tell, given by their kinds (KINDS_READ)."""
    hazards, changes, releases, *_ = facts_of = [told[kind] for kind in KINDS_READ]
    facts = {fact.fact_id: fact for fact in (*hazards, *changes, *releases)}
    names = _organisations(facts.values())
    counting = counted_releases(*facts_of[2:6])
    problems = list(counting.problems)
    areas = [_hazard(fact, outline, names) for fact, outline in _with_outlines(hazards)]
    changes_of_ground = [one for one in changes if one.payload["change"] in CHANGES_OF_GROUND]
    all_changes = [_change(fact, outline, names) for fact, outline in _with_outlines(changes_of_ground)]
    problems += _replaced_unknown(areas, facts)
    problems += _changes_twice(all_changes)
    outlines = _with_outlines([one.fact for one in counting.counted])
    counted = [_release(fact, outline, names, one.release_class) for one, (fact, outline) in zip(counting.counted, outlines, strict=True)]
    rows, nothing_new, told_again = _new_pieces(counted, facts, problems)
    set_aside = [
        (_release(fact, outline, names, fact.payload["release_class"]), one.reason)
        for one, (fact, outline) in zip(counting.set_aside, _with_outlines([one.fact for one in counting.set_aside]), strict=True)
    ]
    problems += [reason for _, reason in set_aside]
    reversals, unfit = _reversals(told["release_reversal"], rows, facts)
    taken_back = {one.release: one.reversed_on for one in reversals}
    told_changes, left_out = changes_that_hold(all_changes, areas, rows, taken_back, facts, told["approval"])
    problems += [*left_out, *unfit]
    unapproved = frozenset(one.fact.fact_id for one in counting.counted if one.approval == "unapproved")
    return LandRows(areas, told_changes, rows, nothing_new, told_again, set_aside, unapproved, reversals, facts, problems)


def plain_id(text: str) -> str:
    """An id as it is shown: trimmed, each blank once, equal letters equal."""
    words = " ".join(text.split())
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def named_ids(text: str) -> list[str]:
    """Several ids with semicolons between."""
    return [plain_id(one) for one in several(text)]


def _organisations(facts: Iterable[Fact]) -> dict[str, str]:
    """One way of writing for each organisation: the first in the order of letters of those that were told."""
    names: dict[str, str] = {}
    for written in {fact.payload["organisation"] for fact in facts}:
        key, shown = given_key(written), plain_id(written)
        names[key] = min(names.get(key, shown), shown)
    return {written: names[given_key(written)] for written in {fact.payload["organisation"] for fact in facts}}


def _with_outlines(facts: Sequence[Fact]) -> list[tuple[Fact, Any]]:
    return list(zip(facts, shapely.from_wkb([fact.geometry or None for fact in facts]), strict=True))


def _square_metres(payload: Mapping[str, str]) -> float | None:
    written = payload.get("reported_area_m2")
    return float(written) if written else None


def _hazard(fact: Fact, outline: Any, names: Mapping[str, str]) -> Hazard:
    told = fact.payload
    return Hazard(
        local_id=plain_id(told["local_id"]),
        organisation=names[told["organisation"]],
        hazard_class="CHA" if told["type"] == "CHA" else "SHA",
        identified_on=moment(told["identified_on"]),
        polygon=outline,
        digest=fact.fact_id,
        opened_by="split_or_merge" if told.get("replaces") else "identified",
        reported_m2=_square_metres(told),
        may_hold_mines=ground_of(told) not in WITHOUT_MINES,
    )


def _change(fact: Fact, outline: Any, names: Mapping[str, str]) -> HazardChange:
    told, into = fact.payload, fact.payload.get("type")
    what: Any = told["change"]
    return HazardChange(
        local_id=plain_id(told["local_id"]),
        organisation=names[told["organisation"]],
        changed_on=dt.date.fromisoformat(told["changed_on"]),
        change=what,
        digest=fact.fact_id,
        polygon=outline,
        hazard_class=None if into is None else "CHA" if into == "CHA" else "SHA",
        reason=told.get("reason", ""),
    )


def _release(fact: Fact, outline: Any, names: Mapping[str, str], counts_as: str) -> Release:
    told = fact.payload
    release_class: Any = counts_as
    method: Any = told["method"]
    return Release(
        local_id=plain_id(told["local_id"]),
        organisation=names[told["organisation"]],
        release_class=release_class,
        method=method,
        released_on=moment(told["released_on"]),
        polygon=outline,
        digest=fact.fact_id,
        parent_id=plain_id(told["parent"]) if told.get("parent") else None,
        reported_m2=_square_metres(told),
        is_of_mines=told.get("ground") not in WITHOUT_MINES,
    )


def _reversals(told: Iterable[Fact], rows: Iterable[Release], facts: Mapping[str, Fact]) -> tuple[list[Reversal], list[Problem]]:
    """Releases that are taken back, and reversals of what is no release that counts. Of several claims on one release all are."""
    digests: dict[str, list[str]] = {}
    for row in rows:
        digests.setdefault(facts[row.digest].subject.partition("/")[2], []).append(row.digest)
    found, problems = [], []
    for fact in told:
        day, own = dt.date.fromisoformat(fact.payload["reversed_on"]), digests.get(fact.subject.partition("/")[2], [])
        found += [Reversal(digest, day, fact.fact_id, fact.payload["reason"]) for digest in own]
        if not own:
            name = f"release {plain_id(fact.payload['organisation'])}/{plain_id(fact.payload['local_id'])}"
            problems.append(problem("land_reversal_without_release", f"reversal of {name}", name, day=day))
    return found, problems


def _replaced_unknown(areas: list[Hazard], facts: Mapping[str, Fact]) -> list[Problem]:
    """Areas that take over ground of areas nobody told of: what they hold is counted as an adjustment, and stands on nothing."""
    known = {folded(row.local_id) for row in areas}
    found = []
    for row in sorted(areas, key=lambda one: (one.organisation, folded(one.local_id), one.digest)):
        for one in named_ids(facts[row.digest].payload.get("replaces", "")):
            if folded(one) not in known:
                found.append(problem("replaced_area_unknown", place(row), place(row), replaced=one))
    return found


def _changes_twice(changes: list[HazardChange]) -> list[Problem]:
    """Several tellings of one change on one day: all are followed, in the order of their content."""
    told: dict[tuple[str, str, dt.date, str], list[HazardChange]] = {}
    for row in changes:
        told.setdefault((row.organisation, folded(row.local_id), row.changed_on, row.change), []).append(row)
    twice = [(rows[0], len(rows)) for _, rows in sorted(told.items()) if len(rows) > 1]
    return [problem("land_change_twice", place(one), place(one), day=one.changed_on, count=count) for one, count in twice]


@dataclass(slots=True)
class _Series:
    """What the cumulative reports of one task told so far."""

    ground: Any = field(default_factory=lambda: EMPTY)
    reported_m2: float | None = 0.0


def _new_pieces(
    rows: list[Release], facts: Mapping[str, Fact], problems: list[Problem]
) -> tuple[list[Release], list[Release], dict[str, float]]:
    """The rows, each cumulative one with what it adds; those that add no ground; and the ground told again."""
    fresh = [row for row in rows if facts[row.digest].payload.get("drawn") != "cumulative"]
    nothing_new: list[Release] = []
    told_again: dict[str, float] = {}
    series: dict[tuple[str, str, str], _Series] = {}
    cumulative = [row for row in rows if facts[row.digest].payload.get("drawn") == "cumulative"]
    for row in sorted(cumulative, key=canonical_order):
        of = facts[row.digest].payload.get("task") or row.parent_id
        if not of:
            # Nothing says of what it is the sum: it is taken as drawn, and ground told twice shows as rework.
            problems.append(problem("cumulative_without_task", place(row), place(row)))
            fresh.append(row)
            continue
        so_far = series.setdefault((row.organisation, row.release_class, folded(plain_id(of))), _Series())
        added = replace(row, reported_m2=_added(so_far, row.reported_m2))
        if row.polygon is None or not row.polygon.is_valid:
            fresh.append(added)
            continue
        # Of a first report all is new, to the last digit.
        piece = row.polygon if so_far.ground.is_empty else polygonal(shapely.difference(row.polygon, so_far.ground))
        told_again[row.digest] = float(areas_m2([row.polygon])[0] - areas_m2([piece])[0])
        so_far.ground = polygonal(shapely.union(so_far.ground, row.polygon))
        (nothing_new if piece.is_empty else fresh).append(replace(added, polygon=piece))
    return fresh, nothing_new, told_again


def _added(so_far: _Series, reported_m2: float | None) -> float | None:
    """What a report adds to the reported area; unknown where it, or the one before, reports none."""
    before, so_far.reported_m2 = so_far.reported_m2, reported_m2
    return None if before is None or reported_m2 is None else reported_m2 - before
