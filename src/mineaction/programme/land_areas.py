"""Which hazardous areas are there, of which class, and how much of each is left - perhaps within some metres of a position?

The figures are those of each area on its own outline: they serve to go there and to close it, and are never added up. Void and superseded
areas are left out, unless they are asked for by that status.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from mineaction.programme.collector import collector_paused
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_book import LandBook, land_book
from mineaction.programme.stores import open_store
from mineaction.programme.today import day_given, today
from mineaction.registers.area_words import contamination_of, control_of
from mineaction.registers.geodesic_area import areas_m2
from mineaction.registers.land_near import distances_m
from mineaction.registers.land_owned import class_at_end
from mineaction.registers.land_tables import held_on, shown
from mineaction.registers.places import read_position
from mineaction.terms.kinds.land import HAZARD_STATUSES
from mineaction.terms.limits import NEAR_M_MAX
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

Day = str | dt.date | None


@collector_paused()
def areas(
    *,
    status: str | Sequence[str] | None = None,
    near: str | None = None,
    within: float | str | None = None,
    on: Day = None,
    known_at: Day = None,
    store: str | None = None,
) -> dict[str, Any]:
    """Every hazardous area identified by a day (`on`, today when left out), in the order of organisation and id; with `status` those in one
    of these; with `near` (`longitude,latitude`) and `within` (metres) those around a position, the nearest first. Raises `ProblemError`."""
    problems: list[Problem] = []
    day = today() if on is None else day_given(on, "on", problems)
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    around = _around(near, within, problems)
    wanted = [status] if isinstance(status, str) else list(status or ())
    for word in wanted:
        if word not in HAZARD_STATUSES:
            problems.append(problem("unknown_code", "status", word, field="status", nearest=", ".join(nearest(word, HAZARD_STATUSES))))
    if problems or day is None:
        raise ProblemError(problems)
    with open_store(store) as held, held.one_moment():
        book = land_book(held, known, day)
        histories = hazard_statuses(held, day, known)
        identity, path = held.identity(), held.path
    statuses = {subject: one.status for subject, one in histories.by_subject.items()}
    rows, without_place = _rows(book, day, around, statuses, wanted)
    return {
        "store": path,
        "on": day.isoformat(),
        "known_at": known.isoformat() if known else None,
        "near": {"longitude": around[0][0], "latitude": around[0][1], "within_m": around[1]} if around else None,
        "count": len(rows),
        "areas": rows,
        "without_place": without_place,
        "status_findings": histories.problem_count,
        "books": [identity],
    }


def _around(near: str | None, within: float | str | None, problems: list[Problem]) -> tuple[tuple[float, float], float] | None:
    if near is None and within is None:
        return None
    if near is None or within is None:
        problems.append(problem("near_without_within", "near" if near is None else "within", near or within))
        return None
    position, wrong = read_position(near, "near")
    problems += wrong
    try:
        metres = float(within)
    except ValueError:
        metres = -1.0
    if not 0 <= metres <= NEAR_M_MAX:  # false for what is no number, too
        problems.append(problem("distance_impossible", "within", within, most=f"{NEAR_M_MAX:,}"))
    return None if problems or position is None else (position, metres)


def _rows(
    book: LandBook,
    day: dt.date,
    around: tuple[tuple[float, float], float] | None,
    statuses: Mapping[str, str | None],
    wanted: Sequence[str],
) -> tuple[list[dict[str, Any]], int]:
    account, facts = book.account, book.rows.facts
    subjects = [facts[row.digest].subject for row in account.hazards.rows]
    at = np.flatnonzero(account.hazards.opened <= day.toordinal() if wanted else held_on(account, day))
    if wanted:
        at = at[[statuses.get(subjects[one]) in wanted for one in at.tolist()]]
    distance = None
    if around:
        distance = distances_m(around[0], [_ground(book, one) for one in at.tolist()])
        without_place = int(np.isnan(distance).sum())
        is_near = distance <= around[1]
        at, distance = at[is_near], distance[is_near]
    remaining_m2 = areas_m2(account.remaining[at])
    operators: dict[int, set[str]] = defaultdict(set)
    credits = account.hazard_credits
    for hazard, release in zip(credits.hazard.tolist(), credits.release.tolist(), strict=True):
        operators[hazard].add(account.releases.rows[release].organisation)
    rows = []
    for number, one in enumerate(at.tolist()):
        row, told = account.hazards.rows[one], facts[account.hazards.rows[one].digest].payload
        has_outline = not account.hazards.reach[one].is_empty
        rows.append(
            {
                "subject": subjects[one],
                "fact_id": row.digest,
                "local_id": row.local_id,
                "organisation": row.organisation,
                "name": told.get("name"),
                "class": class_at_end(account, one),
                "identified_on": told["identified_on"],
                "contamination": contamination_of(told),
                "control": control_of(told),
                "status": statuses.get(subjects[one]),
                "told_status": told.get("status"),
                "has_outline": has_outline,
                "remaining_m2": shown(remaining_m2[number]) if has_outline else None,
                "reported_m2": row.reported_m2,
                "operators": sorted(operators[one]),
                "distance_m": None if distance is None else round(float(distance[number]), 1),
            }
        )
    rows.sort(key=lambda row: (row["distance_m"] or 0.0, row["organisation"], row["local_id"], row["fact_id"]))
    return rows, without_place if around else 0


def _ground(book: LandBook, at: int) -> Any:
    """The outline of an area, else the point it was told with."""
    reach = book.account.hazards.reach[at]
    told = book.rows.facts[book.account.hazards.rows[at].digest].payload
    if reach.is_empty and told.get("longitude") and told.get("latitude"):
        return shapely.Point(float(told["longitude"]), float(told["latitude"]))
    return reach
