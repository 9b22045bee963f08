"""Who is in a group of states on a day, and which of its members does a treaty bind? NATO, the United Nations, the Korean Peninsula.

Membership is half-open. The United Nations are known by year alone: inside the year of admission membership is unknown. The Korean
Peninsula is a place, the same on every day. Refuses to drop anybody: each state that may be a member is in exactly one list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mineaction.registers.known_at import known_rows
from mineaction.registers.treaty_standing import Status
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import nearest

NATO, UN, KOREAN_PENINSULA = "nato", "un", "korean_peninsula"
GROUPS: dict[str, tuple[str, ...]] = {
    NATO: ("north atlantic treaty organization", "north atlantic treaty organisation", "nato allies"),
    UN: ("united nations", "un members"),
    KOREAN_PENINSULA: ("korea", "korean peninsula"),
}


@dataclass(frozen=True, slots=True)
class Members:
    """`certain` members, and those whose membership on the day is `unknown`; `rows` are the facts behind both."""

    group: str
    on: dt.date
    certain: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[RecordedFact, ...]
    assumed_rows: tuple[RecordedFact, ...]
    left_out_rows: tuple[RecordedFact, ...]


@dataclass(frozen=True, slots=True)
class MembersByStatus:
    """Every state of `Members` in exactly one of three lists; `why_unknown` says what is unknown of each in the third."""

    party: tuple[str, ...]
    not_party: tuple[str, ...]
    unknown: tuple[str, ...]
    why_unknown: tuple[tuple[str, str], ...]


def find_group(text: str) -> str | Problem:
    """The group of that name; else a problem with the nearest names."""
    word = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    names = {name.replace("_", " "): group for group, others in GROUPS.items() for name in (group, *others)}
    if word in names:
        return names[word]
    return problem("group_unknown", "group", text, nearest=", ".join(dict.fromkeys(names[one] for one in nearest(word, names))))


def members_on(
    group: str, on: dt.date, memberships: Sequence[RecordedFact], countries: Sequence[RecordedFact], known_at: dt.date | None = None
) -> Members:
    """The members on a day, from rows of the kinds group_membership and country."""
    if group == KOREAN_PENINSULA:
        rows = tuple(row for row in countries if row["on_korean_peninsula"] == "1")
        return Members(group, on, tuple(sorted(row["iso3"] for row in rows)), (), rows, (), ())
    if group == UN:
        return _united_nations(on, countries, known_at)
    known = known_rows((row for row in memberships if row["group"] == group), known_at)
    states = {row["iso3"]: [one for one in known.rows if one["iso3"] == row["iso3"]] for row in known.rows}
    held = {iso3: _is_member(rows, on) for iso3, rows in states.items()}
    return Members(
        group,
        on,
        tuple(sorted(iso3 for iso3, answer in held.items() if answer == "yes")),
        tuple(sorted(iso3 for iso3, answer in held.items() if answer == "unknown")),
        tuple(row for row in known.rows if held[row["iso3"]] != "no"),
        known.assumed,
        known.left_out,
    )


def _is_member(rows: Sequence[RecordedFact], on: dt.date) -> str:
    """Yes if one row certainly covers the day, unknown if one may, else no."""
    may_be = False
    for row in rows:
        begins, ends = moment(row["from"]), moment(row["to"])
        if (begins is not None and begins.first > on) or (ends is not None and ends.last <= on):
            continue
        if begins is not None and begins.last <= on and (ends is None or on < ends.first):
            return "yes"
        may_be = True
    return "unknown" if may_be else "no"


def _united_nations(on: dt.date, countries: Sequence[RecordedFact], known_at: dt.date | None) -> Members:
    """Admission is a public act of a year: its row counts for a reader from the end of that year on, as an assumption."""
    certain: list[RecordedFact] = []
    unknown: list[RecordedFact] = []
    for row in countries:
        if row["un_member"] != "1":
            continue
        admitted = moment(row["un_member_since_year"])
        if known_at is not None and (admitted is None or known_at < admitted.last):
            # Nobody knows whether the reader had heard of it: unknown from the first day of the year, if at all.
            if admitted is None or admitted.first <= min(on, known_at):
                unknown.append(row)
        elif admitted is None or admitted.first <= on < admitted.last:
            unknown.append(row)
        elif admitted.last <= on:
            certain.append(row)
    return Members(
        UN,
        on,
        tuple(sorted(row["iso3"] for row in certain)),
        tuple(sorted(row["iso3"] for row in unknown)),
        (*certain, *unknown),
        tuple(certain) if known_at is not None else (),
        (),
    )


def by_status(members: Members, status_of: Callable[[str], Status]) -> MembersByStatus:
    """The members parted by their status under a treaty; one whose membership is unknown is unknown, whatever its status."""
    parted: dict[str, list[str]] = {"party": [], "not_party": [], "unknown": []}
    why: list[tuple[str, str]] = []
    for iso3 in members.certain:
        status = status_of(iso3)
        parted[status if status in parted else "not_party"].append(iso3)
        if status == "unknown":
            why.append((iso3, "status unknown"))
    for iso3 in members.unknown:
        parted["unknown"].append(iso3)
        why.append((iso3, f"membership unknown; status {status_of(iso3)}"))
    return MembersByStatus(tuple(parted["party"]), tuple(parted["not_party"]), tuple(sorted(parted["unknown"])), tuple(sorted(why)))
