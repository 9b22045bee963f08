"""What do one state's acts under one treaty make of it, day by day: party, signatory, withdrawn, not_party or unknown?

Entry into force and the end of a withdrawal are derived by the treaty's own rules (`treaties.py`); a printed effective date is only
compared. Spans are half-open: bound from the first day, no longer bound on the last. A day known only in part leaves both answers
possible inside it: unknown. A withdrawal without a fact about armed conflict carries the assumption that there was none.
Refuses to weigh disputed acts: those are claims (`treaty_claims.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mineaction.registers.treaties import Treaty
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact

Status = Literal["party", "signatory", "withdrawn", "not_party", "unknown"]
# Why a state is not (known to be) a party. `day_unknown` and `list_partial` go with the status unknown; a party has no reason.
Reason = Literal["", "never_consented", "signed_only", "not_yet", "withdrawn", "disputed", "day_unknown", "list_partial"]
Standing = tuple[Status, Reason]

_EVER = dt.date.max


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which the treaty binds the state: from `start` to the day before `end`; without `end` no end is known.

    `conflict` says how a fact about armed conflict bears on a withdrawal: `unstated`, `not_engaged`, `engaged` or `contradictory`.
    """

    start: Moment
    consent: RecordedFact
    end: Moment | None = None
    notice: RecordedFact | None = None
    conflict: Literal["", "unstated", "not_engaged", "engaged", "contradictory"] = ""
    assumes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateRecord:
    """One state's acts under one treaty, in the order of their days, and the spans they make."""

    iso3: str
    rows: tuple[RecordedFact, ...]
    signed: Moment | None
    consents: tuple[Moment, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days [start, end) with one standing; the last period has no end."""

    start: dt.date
    end: dt.date | None
    status: Status
    reason: Reason


def day_of(row: RecordedFact, treaty: Treaty) -> Moment:
    """The day of an act; an empty one may be any day since the treaty's first."""
    return moment(row["date"]) or Moment(treaty.first_day, _EVER)


def fold_state(
    treaty: Treaty, iso3: str, rows: Iterable[RecordedFact], conflicts: Sequence[RecordedFact], known_at: dt.date | None
) -> StateRecord:
    """The record of one state from its rows of the kind treaty_event and, for a withdrawal, of the kind armed_conflict."""
    ordered = tuple(sorted(rows, key=lambda row: day_of(row, treaty)))
    by_event: dict[str, list[RecordedFact]] = {}
    for row in ordered:
        by_event.setdefault(row["event"], []).append(row)
    signed = by_event.get("signed", [])
    consents = by_event.get("consent", [])
    # A reader who did not yet know the last consent needed knew of no day on which the treaty would bind anyone.
    is_settled = known_at is None or known_at >= treaty.settled_on
    spans = [_begun(treaty, consent, by_event.get("independence", [])) for consent in consents] if is_settled else []
    for notice in by_event.get("withdrawal_notified", []):
        spans = _ended(treaty, spans, notice, [row for row in conflicts if row["iso3"] == iso3])
    if not by_event.get("withdrawal_notified"):
        spans = [_ended_by_print(treaty, span, by_event.get("withdrawal_effective_printed", [])) for span in spans]
    return StateRecord(
        iso3,
        ordered,
        day_of(signed[0], treaty) if signed else None,
        tuple(day_of(consent, treaty) for consent in consents),
        _joined(spans),
    )


def _begun(treaty: Treaty, consent: RecordedFact, independence: Sequence[RecordedFact]) -> Span:
    """A successor is bound since its independence (depositary practice); without that day, since some day up to its notification."""
    deposit = day_of(consent, treaty)
    if consent["kind"] != "succession":
        return Span(treaty.entry_for(deposit), consent)
    birth = day_of(independence[0], treaty) if independence else Moment(treaty.entry_into_force, deposit.last)
    return Span(Moment(max(birth.first, treaty.entry_into_force), max(birth.last, treaty.entry_into_force)), consent)


def _ended(treaty: Treaty, spans: Sequence[Span], notice: RecordedFact, conflicts: Sequence[RecordedFact]) -> list[Span]:
    """The spans, those ended by the notice that the state had consented to when it was received."""
    receipt = day_of(notice, treaty)
    return [
        _withdrawn(treaty, span, notice, conflicts) if span.end is None and day_of(span.consent, treaty).first <= receipt.last else span
        for span in spans
    ]


def _withdrawn(treaty: Treaty, span: Span, notice: RecordedFact, conflicts: Sequence[RecordedFact]) -> Span:
    expiry = treaty.withdrawal_for(day_of(notice, treaty))
    assumes: list[str] = []
    if notice.known_from_basis == "assumed":
        assumes.append(f"notice of withdrawal received on {notice['date']}: the day is assumed")
    engaged = [row for row in conflicts if row["engaged"] == "yes" and _covers(row, expiry)]
    not_engaged = [row for row in conflicts if row["engaged"] == "no" and _covers(row, expiry)]
    if engaged and not_engaged:
        return replace(span, end=Moment(expiry.first, _EVER), notice=notice, conflict="contradictory", assumes=tuple(assumes))
    if engaged:
        # Held back to the end of the last armed conflict the state was engaged in when the period expired.
        ends = [moment(row["to"]) for row in engaged]
        held = None if None in ends else max(end for end in ends if end is not None)
        return replace(span, end=held, notice=notice, conflict="engaged", assumes=tuple(assumes))
    if not not_engaged:
        assumes.append(treaty.conflict_assumption.format(day=expiry))
    return replace(span, end=expiry, notice=notice, conflict="not_engaged" if not_engaged else "unstated", assumes=tuple(assumes))


def _covers(row: RecordedFact, expiry: Moment) -> bool:
    """Whether the fact about armed conflict holds on the day the period expires; an empty limit is open."""
    begins, ends = moment(row["from"]), moment(row["to"])
    return (begins is None or begins.first <= expiry.last) and (ends is None or expiry.first < ends.last)


def _ended_by_print(treaty: Treaty, span: Span, printed: Sequence[RecordedFact]) -> Span:
    """A source prints an effective date but no notice is held: from that day it is unknown whether the state is bound."""
    if not printed:
        return span
    return replace(span, end=Moment(day_of(printed[0], treaty).first, _EVER))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order; a second consent that takes effect while the first still binds prolongs it and opens no second span."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if not kept:
            kept.append(span)
            continue
        end = kept[-1].end
        if end is not None and span.start.first >= end.first:
            kept.append(span)
        elif end is not None and (span.end is None or span.end > end):
            kept[-1] = replace(kept[-1], end=span.end, notice=span.notice, conflict=span.conflict, assumes=span.assumes)
    return tuple(kept)


def standing_on(record: StateRecord, day: dt.date) -> Standing:
    """Status and reason on one day, by the state's own acts."""
    binds = bound_on(record, day)
    if binds == "yes":
        return "party", ""
    if binds == "unknown":
        is_disputed = any(span.conflict == "contradictory" and span.start.last <= day for span in record.spans)
        return "unknown", "disputed" if is_disputed else "day_unknown"
    has_left = any(span.end is not None and span.end.last <= day for span in record.spans)
    awaits = any(deposit.last <= day for deposit in record.consents) and not any(span.start.last <= day for span in record.spans)
    if has_left:
        return "withdrawn", "withdrawn"
    has_signed = record.signed is not None and record.signed.last <= day
    if awaits:
        return "signatory" if has_signed else "not_party", "not_yet"
    return ("signatory", "signed_only") if has_signed else ("not_party", "never_consented")


def bound_on(record: StateRecord, day: dt.date) -> Literal["yes", "no", "unknown"]:
    """Whether the treaty binds the state on that day by the state's own acts."""
    for span in record.spans:
        if span.start.first <= day and (span.end is None or day < span.end.last):
            is_certain = span.start.last <= day and (span.end is None or day < span.end.first)
            return "yes" if is_certain else "unknown"
    return "no"


def periods(record: StateRecord, treaty: Treaty) -> tuple[Period, ...]:
    """The whole time from the treaty's first day, cut where the standing changes: no gap, no overlap."""
    days = {treaty.first_day}
    moments = [record.signed, *record.consents, *(span.start for span in record.spans), *(span.end for span in record.spans)]
    for one in moments:
        if one is not None:
            days.update(day for day in (one.first, one.last) if treaty.first_day < day < _EVER)
    cut: list[Period] = []
    for day in sorted(days):
        status, reason = standing_on(record, day)
        if cut and (cut[-1].status, cut[-1].reason) == (status, reason):
            continue
        if cut:
            cut[-1] = Period(cut[-1].start, day, cut[-1].status, cut[-1].reason)
        cut.append(Period(day, None, status, reason))
    return tuple(cut)


def span_of(record: StateRecord, day: dt.date) -> Span | None:
    """The span that matters on that day: the one it lies in, else the last one begun, else the one to come."""
    begun = [span for span in record.spans if span.start.first <= day]
    return begun[-1] if begun else (record.spans[0] if record.spans else None)
