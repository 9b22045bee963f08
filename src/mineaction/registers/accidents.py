"""How many people were killed and injured in the accidents that stand, each counted once, and what do records of one accident disagree on?

A record that supersedes another takes its place: somebody who died later moves from injured to killed (error of adding him twice). Claims
on one accident that disagree are no sum: the total is what it is at least and at most. A count nobody told is unknown, never zero.
Refuses to say which of two claims is right, and to tell of any person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mineaction.terms.fact import Fact
from mineaction.terms.kinds.accidents import COUNTS
from mineaction.terms.problem import Problem, problem


class Casualties(NamedTuple):
    """Accidents counted once each; for each count its least and greatest total, and in how many accidents nobody told it."""

    accidents: int
    least: Mapping[str, int]
    most: Mapping[str, int]
    not_told: Mapping[str, int]


def casualties(standing: Iterable[Fact]) -> Casualties:
    """The counts over the accidents among these facts, which are those that stand."""
    by_subject: dict[str, list[Fact]] = {}
    for one in standing:
        if one.kind == "accident":
            by_subject.setdefault(one.subject, []).append(one)
    told = {
        count: [[int(one.payload[count]) for one in claims if one.payload.get(count)] for claims in by_subject.values()] for count in COUNTS
    }
    return Casualties(
        len(by_subject),
        {count: sum(min(claimed) for claimed in all_told if claimed) for count, all_told in told.items()},
        {count: sum(max(claimed) for claimed in all_told if claimed) for count, all_told in told.items()},
        {count: sum(not claimed for claimed in all_told) for count, all_told in told.items()},
    )


def accident_problems(told: Iterable[Fact], standing: Iterable[Fact]) -> Iterator[Problem]:
    """Corrections after which more people are counted than before, and accidents on which claims that stand disagree.

    `told` is every accident ever told, `standing` those of them that stand.
    """
    by_id = {one.fact_id: one for one in told if one.kind == "accident"}
    for one in by_id.values():
        before = by_id.get(one.supersedes)
        if before is None or not all(fact.payload.get(count) for fact in (one, before) for count in COUNTS[:2]):
            continue
        was, now = _people(before), _people(one)
        if now > was and int(one.payload["killed_count"]) > int(before.payload["killed_count"]):
            yield problem("accident_people_added", _named(one), one.payload["local_id"], was=was, now=now)
    claims: dict[str, list[Fact]] = {}
    for one in standing:
        if one.kind == "accident":
            claims.setdefault(one.subject, []).append(one)
    for held in claims.values():
        for count in COUNTS:
            figures = sorted({int(one.payload[count]) for one in held if one.payload.get(count)})
            if len(figures) > 1:
                yield problem("accident_counts_differ", _named(held[0]), count, figures=" and ".join(map(str, figures)))


def _people(accident: Fact) -> int:
    return sum(int(accident.payload.get(count) or 0) for count in COUNTS)


def _named(accident: Fact) -> str:
    return f"accident {accident.payload['organisation']}/{accident.payload['local_id']}"
