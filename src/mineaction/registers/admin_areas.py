"""Which administrative areas of a level exist on a day, and which one is meant by a code or a name?

An area counts from the first day `valid_from` may mean until the day before the first that `valid_to` may mean, so that a predecessor and
its successor meet where only a year is told; where nothing is told, there is no limit. A name is compared without case, accents and marks.
Refuses to guess: a name that several areas bear, or none, comes back as a problem with the candidates, and an area likely meant is never
taken. What is wrong with the areas themselves is asked in `admin_area_checks.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely

from mineaction.registers.countries import folded_name
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import NEAREST_WORDS_MAX
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import alike

# How alike a name must be to be offered as a candidate.
_ALIKE = 0.6


class AdminAreasOn(NamedTuple):
    """The areas of one level on a day, in the order of their codes. `polygons` is an array; None where no outline was told."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: Any


def admin_areas_on(facts: Iterable[Fact], level: int, day: dt.date, iso3: str = "") -> AdminAreasOn:
    """The areas of this level that exist on this day, of one country where one is named. Claims that compete all stand in it."""
    found = facts_on(facts, day, level, iso3)
    drawn = (shapely.from_wkb(one.geometry) if one.geometry else None for one in found)
    polygons = np.fromiter(drawn, dtype=object, count=len(found))
    return AdminAreasOn(tuple(one.payload["code"] for one in found), tuple(one.payload["name"] for one in found), polygons)


def facts_on(facts: Iterable[Fact], day: dt.date, level: int | None = None, iso3: str = "") -> list[Fact]:
    """The administrative areas among these facts that exist on this day, in the order of country, level and code."""
    found = [
        one
        for one in facts
        if one.kind == "admin_area"
        and (level is None or one.payload["level"] == str(level))
        and (not iso3 or one.payload["iso3"] == iso3)
        and exists_on(one, day)
    ]
    return sorted(found, key=lambda one: (one.payload["iso3"], one.payload["level"], given_key(one.payload["code"]), one.fact_id))


def exists_on(area: Fact, day: dt.date) -> bool:
    """Whether the area counts on this day."""
    first, end = moment(area.valid_from), moment(area.valid_to)
    return (first is None or first.first <= day) and (end is None or day < end.first)


def area_meant(
    areas: Sequence[Fact], place: str, *, code: str = "", name: str = "", within: str = ""
) -> tuple[Fact | None, Problem | None]:
    """The one area of these that a row means by its code, else by its name; else why none is taken. `within` is the code of its parent.

    A code decides alone: where it names another area than the name does, the problem says so beside the area.
    """
    if within:
        areas = [one for one in areas if given_key(one.payload.get("parent_code", "")) == given_key(within)]
    named = [one for one in areas if folded_name(one.payload["name"]) == folded_name(name)] if name else []
    if code:
        coded = [one for one in areas if given_key(one.payload["code"]) == given_key(code)]
        if len({one.subject for one in coded}) != 1:
            return None, problem("admin_code_unknown", place, code, candidates=_shown(coded or named or _like(name or code, areas)))
        if name and coded[0] not in named:
            return coded[0], problem("admin_name_differs", place, name, given=code, known=coded[0].payload["name"])
        return coded[0], None
    if len({one.subject for one in named}) == 1:
        return named[0], None
    if named:
        return None, problem("admin_name_ambiguous", place, name, candidates=_shown(named))
    return None, problem("admin_name_unknown", place, name, candidates=_shown(_like(name, areas)))


def _like(name: str, areas: Sequence[Fact]) -> list[Fact]:
    by_name: dict[str, list[Fact]] = {}
    for one in areas:
        by_name.setdefault(folded_name(one.payload["name"]), []).append(one)
    return [one for near in alike(folded_name(name), by_name, _ALIKE) for one in by_name[near]]


def _shown(areas: Iterable[Fact]) -> str:
    shown = list(
        dict.fromkeys(f"{one.payload['code']} ({one.payload['name']}, in {one.payload.get('parent_code') or 'no area'})" for one in areas)
    )
    more = f" and {len(shown) - NEAREST_WORDS_MAX} more" if len(shown) > NEAREST_WORDS_MAX else ""
    return "; ".join(shown[:NEAREST_WORDS_MAX]) + more if shown else "none is alike"
