"""Since when and until when does a treaty bind an actor, under each reading? The table that policies are asked with.

A day on which the actor is bound is decided by `binding_on`; a caller that does not know the day reads the actor's rows of `bindings`.
Whoever is not bound gets the reason, and a signatory or a state awaiting entry into force the duty of VCLT Art. 18 as a proviso.
Refuses to say what the treaty demands of those it binds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mineaction.registers.treaty_standing import Reason, Standing, periods
from mineaction.registers.treaty_status import TreatyHistory, standing_and_disputes, status_of
from mineaction.terms.dates import Moment

Bound = Literal["yes", "no", "unknown"]
DEFAULT_READING = "default"

_SIGNED = "VCLT Art. 18(a): a signatory does nothing that would defeat the object and purpose, until it says it will not become a party"
_CONSENTED = "VCLT Art. 18(b): a state that has consented does nothing that would defeat the object and purpose, pending entry into force"


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the table: on the days [start, end) the instrument binds the actor, or not, or nobody knows; no end is known if None."""

    actor: str
    instrument: str
    start: dt.date
    end: dt.date | None
    bound: Bound
    reason: Reason
    reading: str


@dataclass(frozen=True, slots=True)
class BoundOn:
    """The answer about one actor on one day. `readings` gives the answer under every claim that bears on the day."""

    bound: Bound
    reason: Reason
    proviso: str
    bound_from: Moment | None
    bound_to: Moment | None
    assumes: tuple[str, ...]
    readings: tuple[tuple[str, Bound], ...]
    as_last_known: bool


def binding_on(history: TreatyHistory, actor: str, on: dt.date, reading: str = DEFAULT_READING) -> BoundOn:
    """Whether the treaty binds the actor on that day, under the reading asked for; one that does not bear on the day changes nothing."""
    status = status_of(history, actor, on)
    standing: Standing = (status.status, status.reason)
    for dispute in status.disputes:
        if dispute.claim.reading == reading:
            standing = dispute.alternative
    has_signed = status.signed_on is not None and status.signed_on.last <= on
    return BoundOn(
        _bound(standing),
        standing[1],
        _proviso(standing, has_signed=has_signed),
        status.bound_from,
        status.bound_to,
        status.assumes,
        tuple((dispute.claim.reading, _bound(dispute.alternative)) for dispute in status.disputes),
        status.as_last_known,
    )


def bindings(history: TreatyHistory, actors: Iterable[str]) -> tuple[Binding, ...]:
    """The rows of these actors: by default, and under each claim about them. The rows of one actor and reading leave no gap."""
    table: list[Binding] = []
    for actor in actors:
        readings = dict.fromkeys((DEFAULT_READING, *(claim.reading for claim in history.claims.get(actor, ()))))
        for reading in readings:
            table.extend(_rows(history, actor, reading))
    return tuple(table)


def _rows(history: TreatyHistory, actor: str, reading: str) -> list[Binding]:
    """The time from the treaty's first day on, cut where the answer changes."""
    rows: list[Binding] = []
    for day in sorted(days_of_change(history, actor)):
        standing, disputes = standing_and_disputes(history, actor, day)
        for dispute in disputes:
            if dispute.claim.reading == reading:
                standing = dispute.alternative
        bound, reason = _bound(standing), standing[1]
        if rows and (rows[-1].bound, rows[-1].reason) == (bound, reason):
            continue
        if rows:
            rows[-1] = Binding(actor, history.treaty.id, rows[-1].start, day, rows[-1].bound, rows[-1].reason, reading)
        rows.append(Binding(actor, history.treaty.id, day, None, bound, reason, reading))
    return rows


def days_of_change(history: TreatyHistory, actor: str) -> set[dt.date]:
    """The days from which acts or claims may give another answer about the actor."""
    record = history.states.get(actor)
    days = {history.treaty.first_day, history.treaty.entry_into_force}
    if record is not None:
        days.update(period.start for period in periods(record, history.treaty))
    for claim in history.claims.get(actor, ()):
        days.update(day for day in (claim.since.first, claim.since.last, claim.until) if day is not None and day < dt.date.max)
    return {day for day in days if day >= history.treaty.first_day}


def _bound(standing: Standing) -> Bound:
    if standing[0] == "party":
        return "yes"
    return "unknown" if standing[0] == "unknown" else "no"


def _proviso(standing: Standing, *, has_signed: bool) -> str:
    if standing[1] == "signed_only":
        return _SIGNED
    if standing[1] == "not_yet":
        return f"{_CONSENTED}; {_SIGNED}" if has_signed else _CONSENTED
    return ""
