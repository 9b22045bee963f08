"""How an answer about a treaty is written down: the keys of `mineaction status` and `mineaction deadlines`, nothing decided here.

Days are ISO text, partial where only a month or a year is known, and null where there is none. Every list is there even when empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from mineaction.registers.article_deadlines import Deadline
from mineaction.registers.fragility import events_to_flip_all
from mineaction.registers.groups import KOREAN_PENINSULA, Members, by_status
from mineaction.registers.treaties import Treaty
from mineaction.registers.treaty_claims import Claim, Dispute
from mineaction.registers.treaty_standing import Span
from mineaction.registers.treaty_status import PartiesOn, StateStatus, TreatyHistory, standing_and_disputes
from mineaction.terms.dates import Moment
from mineaction.terms.fact import RecordedFact

_PRINT_PROVES_NOTHING = "the day of the notice was made from this printed date: comparing them proves nothing"


def iso(day: dt.date | None) -> str | None:
    """The day as text, null if there is none."""
    return day.isoformat() if day is not None else None


def text(days: Moment | None) -> str | None:
    """The day, month or year as text; null if there is none, and for an end that may be any later day."""
    return str(days) if days is not None and days.last < dt.date.max else None


def subjects(rows: Iterable[RecordedFact]) -> list[str]:
    """The stable keys of the facts, each once."""
    return list(dict.fromkeys(row.fact.subject for row in rows))


def about_parties(found: PartiesOn) -> dict[str, Any]:
    """The answer about all states."""
    known = found.completeness
    return {
        "instrument": found.treaty,
        "on": found.on.isoformat(),
        "known_at": iso(found.known_at),
        "count": found.count,
        "count_by_reading": [{"state": state, "reading": reading, "count": count} for state, reading, count in found.count_by_reading],
        "parties": list(found.parties),
        "signatories": list(found.signatories),
        "withdrawn": list(found.withdrawn),
        "unknown": list(found.unknown),
        "others": found.others,
        "completeness": {
            "list_status": "complete" if known.is_complete else "partial",
            "listed": known.listed,
            "published": known.published,
            "published_on": known.published_on or None,
            "complete_until": iso(known.complete_until),
        },
        "beyond_data": found.beyond_data,
        "as_last_known": found.as_last_known,
        "disputed": [dispute_as_dict(one) for one in found.disputes],
        "assumes": list(found.assumes),
        "assumed_rows": subjects(found.assumed_rows),
        "left_out_rows": subjects(found.left_out_rows),
    }


def about_group(history: TreatyHistory, members: Members, complete_until: dt.date | None) -> dict[str, Any]:
    """The members of a group, parted by their status: nobody is dropped. A place has no end of data."""
    parted = by_status(members, lambda iso3: standing_and_disputes(history, iso3, members.on)[0][0])
    is_all: bool | None = not parted.not_party
    if is_all and parted.unknown:
        is_all = None
    is_place = members.group == KOREAN_PENINSULA
    return {
        "group": members.group,
        "members": list(members.certain),
        "members_party": list(parted.party),
        "members_not_party": list(parted.not_party),
        "members_unknown": list(parted.unknown),
        "why_unknown": dict(parted.why_unknown),
        "all_party": is_all,
        "events_to_flip_all": events_to_flip_all(len(parted.not_party)),
        "group_complete_until": None if is_place else iso(complete_until),
        "group_beyond_data": not is_place and (complete_until is None or members.on > complete_until),
        "group_assumed_rows": subjects(members.assumed_rows),
        "group_left_out_rows": subjects(members.left_out_rows),
    }


def about_state(history: TreatyHistory, found: StateStatus) -> dict[str, Any]:
    """The status and the acts of one state. Acts after the day asked about are listed apart."""
    acts = sorted(_acts(history, found.iso3), key=lambda act: act["date"] or "")
    day = found.on.isoformat()
    absence = found.evidence_of_absence
    return {
        "state": found.iso3,
        "status": found.status,
        "reason": found.reason,
        "bound_from": text(found.bound_from),
        "bound_to": text(found.bound_to),
        "signed_on": text(found.signed_on),
        "events": [act for act in acts if act["date"] and act["date"] <= day],
        "later_events": [act for act in acts if not act["date"] or act["date"] > day],
        "claims": [_claim(one, found.on) for one in history.claims.get(found.iso3, ())],
        "printed_effective": _printed(history, found.iso3),
        "no_consent": {"meaning": absence["meaning"], "source": absence.fact.source, "note": absence["note"]} if absence else None,
        "state_disputed": [dispute_as_dict(one) for one in found.disputes],
        "state_assumes": list(found.assumes),
        "state_assumed_rows": subjects(found.assumed_rows),
        "state_left_out_rows": subjects(found.left_out_rows),
    }


def _acts(history: TreatyHistory, iso3: str) -> list[dict[str, Any]]:
    """The acts as told, and the two days that follow from them, marked `derived`."""
    record = history.states.get(iso3)
    if record is None:
        return []
    acts = [_act(row["event"], row["date"] or None, row.fact.source, row["kind"], row["note"]) for row in record.rows]
    for span in record.spans:
        acts.append(_act("entry_into_force", text(span.start), entry_source(history.treaty, span), "", "", is_derived=True))
        if span.notice is not None and span.end is not None:
            note = "; ".join(span.assumes)
            acts.append(_act("withdrawal_effective", text(span.end), history.treaty.withdrawal_source, "", note, is_derived=True))
    return acts


def entry_source(treaty: Treaty, span: Span) -> str:
    """By which rule the treaty began to bind the state."""
    if span.consent["kind"] == "succession":
        return "bound since independence, by the practice of the depositary"
    return treaty.entry_source


def _act(kind: str, date: str | None, source: str, form: str, note: str, *, is_derived: bool = False) -> dict[str, Any]:
    return {"kind": kind, "date": date, "source": source, "form": form or None, "note": note or None, "derived": is_derived}


def _printed(history: TreatyHistory, iso3: str) -> list[dict[str, Any]]:
    """Each effective date that a source prints, beside the derived one; `agrees` is null where the comparison proves nothing."""
    record = history.states.get(iso3)
    if record is None:
        return []
    ended = [span for span in record.spans if span.notice is not None]
    compared: list[dict[str, Any]] = []
    for row in record.rows:
        if row["event"] != "withdrawal_effective_printed":
            continue
        span = ended[-1] if ended else None
        is_circular = span is not None and span.notice is not None and span.notice.known_from_basis == "assumed"
        derived = text(span.end) if span is not None else None
        agrees = None if is_circular or derived is None else derived == row["date"]
        note = _PRINT_PROVES_NOTHING if is_circular else None
        compared.append({"printed": row["date"], "derived": derived, "agrees": agrees, "source": row.fact.source, "note": note})
    return compared


def dispute_as_dict(dispute: Dispute) -> dict[str, Any]:
    """A claim that bears on the day: `reading` is what counts by default, `alternative` what would be so if the claimant were right."""
    row = dispute.claim.row
    return {
        "state": dispute.claim.iso3,
        "claim": row["claim"],
        "claimant": row["claimant"],
        "date": row["date"] or None,
        "date_bound": row["date_bound"] or None,
        "reading": row["default_reading"],
        "alternative": dispute.alternative[0],
        "changes_the_answer": dispute.changes_the_answer,
        "source": row.fact.source,
        "note": row["note"] or None,
    }


def _claim(claim: Claim, on: dt.date) -> dict[str, Any]:
    """A claim about the state, whether or not it bears on the day."""
    return {
        "claim": claim.reading,
        "claimant": claim.row["claimant"],
        "date": claim.row["date"] or None,
        "bears_on_the_day": claim.bears_on(on),
        "source": claim.row.fact.source,
    }


def deadline_as_dict(deadline: Deadline) -> dict[str, Any]:
    """One deadline; `reading` names the claim under which it is counted, or default."""
    return {
        "article": deadline.article,
        "due": text(deadline.due),
        "basis": deadline.basis,
        "status": deadline.status,
        "binds": deadline.binds,
        "source": deadline.source,
        "note": deadline.note,
        "reading": deadline.reading,
    }
