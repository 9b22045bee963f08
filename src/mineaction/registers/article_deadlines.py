"""Which deadline of one article governs on a day (APMBC Articles 4 and 5, CCM Articles 3 and 4), and which deadlines were missed?

A state's deadlines form a chain: the date derived from entry into force, then each extension granted or reported. Each missed deadline is
listed, and the one that governs; one replaced before it passed is named in the governing row's note. The derived date binds only states
with stocks or mined areas: `binds` is unknown and it is never missed; missed needs a deadline_missed event. A granted or reported date
that passed without a later event is unknown. A grant without a date makes the due day unknown from its meeting on. A deadline is open
through its due day. Facts after the day asked about do not count; those of its very month or year may, and make the answer unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from mineaction.registers.article_facts import COMPLETED, CONTAMINATED, GRANTED, MISSED, NOT_APPROVED, REPORTED, REQUESTED, ArticleFact
from mineaction.registers.clock_rules import Period
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact

Basis = Literal["derived", "granted", "reported"]
DeadlineStatus = Literal["open", "met", "missed", "extension_requested", "ended_by_withdrawal", "unknown"]
_RANK: dict[Basis, int] = {"derived": 0, "reported": 1, "granted": 2}
_SILENT = "no later event known"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline as it stands on the day asked about; `due` is None when nobody told the day."""

    article: str
    due: Moment | None
    basis: Basis
    status: DeadlineStatus
    binds: Literal["yes", "no", "unknown"]
    source: str
    note: str
    reading: str = "default"
    rows: tuple[RecordedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    """One date of the chain. Where the due day is not known, `follows` is the last known one before it."""

    due: Moment | None
    basis: Basis
    decided: dt.date
    rows: tuple[RecordedFact, ...] = ()
    is_missed: bool = False
    follows: Moment | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a link stands, why, and the events that say so."""

    status: DeadlineStatus
    notes: tuple[str, ...] = ()
    rows: tuple[RecordedFact, ...] = ()


def article_deadlines(
    period: Period, derived: Moment, derived_source: str, begun: dt.date, facts: Sequence[ArticleFact], on: dt.date
) -> tuple[Deadline, ...]:
    """The missed deadlines and then the governing one. `begun` is the day from which the treaty binds the state."""
    links = _chain(_Link(derived, "derived", begun), facts, on)
    governing = links[-1]
    standing = _contaminated(governing, facts, on) or _completed(governing, facts, on) or _running(governing, facts, on)
    shown = [(link, _Standing("missed")) for link in links[:-1] if link.is_missed]
    if standing.status in ("met", "unknown") and governing.is_missed:
        # Missed stays true when the duty is fulfilled later: the second row says how the duty itself stands.
        shown.append((governing, _Standing("missed")))
        governing = _Link(None, "reported", governing.decided, follows=governing.due)
    elif standing.rows and standing.rows[-1]["event"] == CONTAMINATED:
        governing = _Link(None, "reported", governing.decided, follows=governing.due)
    shown.append((governing, replace(standing, notes=(*_replaced(links, governing), *standing.notes))))
    return tuple(_deadline(period, link, how, derived, derived_source) for link, how in shown)


def _chain(first: _Link, facts: Sequence[ArticleFact], on: dt.date) -> list[_Link]:
    """The deadlines up to that day, in the order in which one replaced the other."""
    links = [first]
    for fact in facts:
        if fact.event in (GRANTED, *REPORTED, MISSED) and fact.is_past(on) and fact.happened is not None:
            basis: Basis = "granted" if fact.event == GRANTED else "reported"
            _attach(links, _Link(fact.end, basis, fact.happened.last, (fact.row,), fact.event == MISSED))
    # A date reported nobody knows since when takes over once the dated ones say no more: they have passed, or their day is not known.
    undated = [fact for fact in facts if fact.event in (GRANTED, *REPORTED) and fact.happened is None and fact.end is not None]
    for fact in sorted(undated, key=lambda one: one.end or Moment(on, on)):
        last = links[-1]
        limit = last.due or last.follows
        if fact.end is not None and fact.end == last.due:
            _attach(links, _Link(fact.end, "reported", last.decided, (fact.row,)))
        elif fact.end is not None and limit is not None and fact.end > limit and (last.due is None or last.due.last < on):
            links.append(_Link(fact.end, "reported", limit.last, (fact.row,)))
    return links


def _attach(links: list[_Link], link: _Link) -> None:
    last = links[-1]
    latest = last.due or last.follows
    if link.due is None:
        links.append(replace(link, follows=latest))
    elif link.due == last.due:
        basis = max(last.basis, link.basis, key=_RANK.__getitem__)
        links[-1] = replace(last, basis=basis, rows=(*last.rows, *link.rows), is_missed=last.is_missed or link.is_missed)
    elif latest is None or link.due > latest:
        links.append(link)
    elif link.is_missed:
        links.insert(-1, link)


def _contaminated(link: _Link, facts: Sequence[ArticleFact], on: dt.date) -> _Standing | None:
    """A declaration of completion no longer holds once mined areas are found, until a new deadline is told."""
    found = [fact for fact in facts if fact.event == CONTAMINATED and fact.is_past(on) and fact.happened is not None]
    if not found or found[-1].happened is None or link.decided > found[-1].happened.last:
        return None
    note = f"contamination found after completion ({found[-1].happened}); new deadline not known"
    return _Standing("unknown", (note, found[-1].row["note"]), (found[-1].row,))


def _completed(link: _Link, facts: Sequence[ArticleFact], on: dt.date) -> _Standing | None:
    """Met by the last act of completion, unless an extension was granted after it."""
    done = [fact for fact in facts if fact.event in COMPLETED and fact.is_past(on)]
    last = done[-1] if done else None
    if last is None or last.happened is None or (link.basis == "granted" and link.decided > last.happened.last):
        return None
    note = f"{last.event.replace('_', ' ')} ({last.happened})"
    doubted = [fact for fact in facts if fact.event == CONTAMINATED and fact.is_possible(on)]
    if doubted:
        return _Standing("unknown", (note, f"contamination was found some day in {doubted[-1].happened}"), (last.row, doubted[-1].row))
    return _Standing("met", (note, last.row["note"]), (last.row,))


def _running(link: _Link, facts: Sequence[ArticleFact], on: dt.date) -> _Standing:
    """How a deadline stands that no act of completion has met by that day."""
    notes = _remarks(link, facts, on)
    if link.is_missed:
        return _Standing("missed", notes)
    maybe_done = [fact for fact in facts if fact.event in COMPLETED and (fact.is_possible(on) or fact.happened is None)]
    if maybe_done:
        when = maybe_done[-1].happened or "a day not known"
        return _Standing("unknown", (*notes, f"completion is told of {when}: that day may not have come"), (maybe_done[-1].row,))
    request = _request(link, facts, on)
    if link.due is None:
        is_running = link.follows is not None and on <= link.follows.first
        return _Standing("open" if is_running else "unknown", (*notes, "the new date is not in the source"))
    if on <= link.due.first:
        if request is not None and request.happened is not None:
            return _Standing("extension_requested", (*notes, _asked(request)), (request.row,))
        return _Standing("open", (*notes, _asked(request)) if request else notes)
    if request is not None:
        return _Standing("extension_requested", (*notes, _asked(request)), (request.row,))
    return _Standing("unknown", (*notes, f"due some day in {link.due}" if on <= link.due.last else _SILENT))


def _request(link: _Link, facts: Sequence[ArticleFact], on: dt.date) -> ArticleFact | None:
    """The last request for this deadline without an outcome: none granted, refused or reported since."""
    pending: ArticleFact | None = None
    for fact in facts:
        if fact.event == REQUESTED and (fact.happened is None or fact.is_past(on)) and _is_about(fact, link):
            is_granted = link.due is not None and fact.end is not None and fact.end <= link.due
            is_before = fact.happened is not None and link.basis != "derived" and fact.happened.last <= link.decided
            pending = pending if is_granted or is_before else fact
        elif fact.event == NOT_APPROVED and fact.is_past(on):
            pending = None
    return pending


def _is_about(request: ArticleFact, link: _Link) -> bool:
    """A request that names the deadline it wants extended is about no other."""
    named = moment(request.row["deadline_before"])
    return named is None or link.due is None or named == link.due


def _asked(request: ArticleFact) -> str:
    until = f" until {request.end}" if request.end else ""
    since = f"some day in {request.happened}" if request.happened else "on a day not known"
    return f"an extension{until} was requested {since}; outcome not known"


def _remarks(link: _Link, facts: Sequence[ArticleFact], on: dt.date) -> tuple[str, ...]:
    """What else was told by that day about this duty, and what may have been decided in its very month or year."""
    remarks: list[str] = []
    for fact in facts:
        if fact.event in (GRANTED, NOT_APPROVED) and fact.is_possible(on):
            remarks.append(f"{fact.meeting} may already have decided on an extension")
        elif fact.event == NOT_APPROVED and fact.is_past(on) and fact.happened is not None and fact.happened.last >= link.decided:
            remarks.append(f"extension not approved at {fact.meeting}")
        elif fact.event in ("outstanding", "clearance_reported_complete") and fact.is_past(on):
            remarks.append(f"{fact.event.replace('_', ' ')} ({fact.happened})")
        elif fact.happened is None and fact.event in REPORTED and fact.end is not None and link.due is not None and fact.end > link.due:
            remarks.append(f"a deadline of {fact.end} is reported, since when is not known")
        else:
            continue
        remarks.append(fact.row["note"])
    return tuple(remarks)


def _replaced(links: Sequence[_Link], governing: _Link) -> list[str]:
    """The dates that came before and were not missed."""
    notes: list[str] = []
    for link, successor in pairwise(links):
        if link.is_missed or link == governing:
            continue
        if link.due is None:
            notes.append("replaces an extension whose date is not known")
        else:
            passed = ", which had passed" if link.due.last < successor.decided else ""
            notes.append(f"replaces {link.due} ({link.basis}){passed}")
    return notes


def _deadline(period: Period, link: _Link, how: _Standing, derived: Moment, derived_source: str) -> Deadline:
    rows = (*link.rows, *(row for row in how.rows if row not in link.rows))
    notes = [*how.notes, *(row["note"] for row in link.rows)]
    if link.is_missed and link.due is None:
        notes.append(f"the day is not in the source; the treaty's own count gives {derived}")
    if link.basis == "derived":
        notes.append(period.remark)
    return Deadline(
        period.article,
        link.due,
        link.basis,
        how.status,
        "unknown" if link.basis == "derived" else "yes",
        " ; ".join(dict.fromkeys((derived_source if link.basis == "derived" else "", *(row.fact.source for row in rows)))).strip(" ;"),
        "; ".join(dict.fromkeys(note for note in notes if note)),
        rows=rows,
    )
