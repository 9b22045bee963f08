"""Which states does a treaty bind on a day, as known on a day: parties, signatories, those who left, and what is not known?

Every answer says how complete the list behind it is, which claims dispute it, what it assumes, and whether it reaches beyond the data:
after `complete_until`, or after the day a reader knew it, it is "as last known". A state without any row is `not_party` where the
list of consents is complete, and `unknown` where it is partial and the treaty is in force. Refuses nothing: names are resolved before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mineaction.registers.known_at import known_rows
from mineaction.registers.treaties import Treaty
from mineaction.registers.treaty_claims import Claim, Dispute, fold_claims, weighed
from mineaction.registers.treaty_standing import Reason, Standing, StateRecord, Status, fold_state, span_of, standing_on
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far the list of consents goes. `listed` and `published` count deposits ever made, never states bound on a day."""

    is_complete: bool
    listed: int | None
    published: int | None
    published_on: str
    complete_until: dt.date | None


@dataclass(frozen=True, slots=True)
class TreatyHistory:
    """Everything known on `known_at` (None: everything held) that states did about one treaty."""

    treaty: Treaty
    known_at: dt.date | None
    states: Mapping[str, StateRecord]
    claims: Mapping[str, tuple[Claim, ...]]
    without_consent: Mapping[str, RecordedFact]
    completeness: Completeness
    assumed_rows: tuple[RecordedFact, ...]
    left_out_rows: tuple[RecordedFact, ...]

    def is_beyond_data(self, on: dt.date) -> bool:
        """Whether acts of that day may be missing from the data. Before general entry into force nobody is bound in any case."""
        until = self.completeness.complete_until
        return on >= self.treaty.entry_into_force if until is None else on > until

    def is_as_last_known(self, on: dt.date) -> bool:
        """Whether the answer tells the last known situation instead of that of the day."""
        return self.is_beyond_data(on) or (self.known_at is not None and on > self.known_at)


@dataclass(frozen=True, slots=True)
class StateStatus:
    """The answer about one state. `bound_from` and `bound_to` limit the span that matters on the day; None is not known, or none."""

    iso3: str
    treaty: str
    on: dt.date
    known_at: dt.date | None
    status: Status
    reason: Reason
    bound_from: Moment | None
    bound_to: Moment | None
    signed_on: Moment | None
    events: tuple[RecordedFact, ...]
    disputes: tuple[Dispute, ...]
    assumes: tuple[str, ...]
    evidence_of_absence: RecordedFact | None
    assumed_rows: tuple[RecordedFact, ...]
    left_out_rows: tuple[RecordedFact, ...]
    beyond_data: bool
    as_last_known: bool


@dataclass(frozen=True, slots=True)
class PartiesOn:
    """The answer about all states. States without any row are in no list: `others` is their status."""

    treaty: str
    on: dt.date
    known_at: dt.date | None
    parties: tuple[str, ...]
    signatories: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unknown: tuple[str, ...]
    others: Status
    disputes: tuple[Dispute, ...]
    completeness: Completeness
    assumes: tuple[str, ...]
    assumed_rows: tuple[RecordedFact, ...]
    left_out_rows: tuple[RecordedFact, ...]
    beyond_data: bool
    as_last_known: bool

    @property
    def count(self) -> int:
        """States known to be bound that day."""
        return len(self.parties)

    @property
    def count_by_reading(self) -> tuple[tuple[str, str, int], ...]:
        """(state, reading, count) for every claim that would change the count if its claimant were right."""
        return tuple(
            (dispute.claim.iso3, dispute.claim.reading, self.count + (dispute.alternative[0] == "party") - (dispute.default[0] == "party"))
            for dispute in self.disputes
            if dispute.changes_the_answer
        )


def treaty_history(
    treaty: Treaty,
    events: Sequence[RecordedFact],
    claims: Sequence[RecordedFact],
    lists: Sequence[RecordedFact],
    without_consent: Sequence[RecordedFact] = (),
    conflicts: Sequence[RecordedFact] = (),
    known_at: dt.date | None = None,
) -> TreatyHistory:
    """Fold the rows of the kinds treaty_event, treaty_claim, treaty_list, treaty_no_consent and armed_conflict, any treaties mixed."""
    own = known_rows((row for row in events if row["treaty"] == treaty.id), known_at)
    disputed = known_rows((row for row in claims if row["treaty"] == treaty.id), known_at)
    in_conflict = known_rows(conflicts, known_at)
    by_state: dict[str, list[RecordedFact]] = {}
    for row in own.rows:
        by_state.setdefault(row["iso3"], []).append(row)
    claims_by_state: dict[str, tuple[Claim, ...]] = {}
    for claim in fold_claims(disputed.rows, treaty.first_day):
        claims_by_state[claim.iso3] = (*claims_by_state.get(claim.iso3, ()), claim)
    return TreatyHistory(
        treaty,
        known_at,
        {iso3: fold_state(treaty, iso3, by_state[iso3], in_conflict.rows, known_at) for iso3 in sorted(by_state)},
        claims_by_state,
        {row["iso3"]: row for row in without_consent if row["treaty"] == treaty.id},
        _completeness(treaty, lists, known_at),
        (*own.assumed, *disputed.assumed, *in_conflict.assumed),
        (*own.left_out, *disputed.left_out, *in_conflict.left_out),
    )


def _completeness(treaty: Treaty, lists: Sequence[RecordedFact], known_at: dt.date | None) -> Completeness:
    """What the list says of itself; a treaty without such a row has a partial list of unknown length.

    A count that was published after `known_at` is left out; how far the list reaches describes the collection and stays.
    """
    for row in lists:
        if row["treaty"] == treaty.id:
            until, published_on = moment(row["complete_until"]), moment(row["published_on"])
            is_known = known_at is None or (published_on is not None and published_on.last <= known_at)
            return Completeness(
                row["list_status"] == "complete",
                int(row["listed_consents"]) if row["listed_consents"] else None,
                int(row["published_parties"]) if row["published_parties"] and is_known else None,
                row["published_on"] if is_known else "",
                until.first if until else None,
            )
    return Completeness(False, None, None, "", None)


def status_of_others(history: TreatyHistory, on: dt.date) -> Standing:
    """The standing of a state of which no row is held."""
    if history.completeness.is_complete or on < history.treaty.entry_into_force:
        return "not_party", "never_consented"
    return "unknown", "list_partial"


def standing_and_disputes(history: TreatyHistory, iso3: str, on: dt.date) -> tuple[Standing, tuple[Dispute, ...]]:
    """What counts for one state on one day, and the claims beside it."""
    record = history.states.get(iso3)
    by_acts = standing_on(record, on) if record is not None else status_of_others(history, on)
    return weighed(history.claims.get(iso3, ()), on, by_acts)


def status_of(history: TreatyHistory, iso3: str, on: dt.date) -> StateStatus:
    """The full answer about one state on one day."""
    (status, reason), disputes = standing_and_disputes(history, iso3, on)
    record = history.states.get(iso3)
    span = span_of(record, on) if record is not None else None
    return StateStatus(
        iso3,
        history.treaty.id,
        on,
        history.known_at,
        status,
        reason,
        span.start if span else None,
        span.end if span else None,
        record.signed if record else None,
        record.rows if record else (),
        disputes,
        _assumed_by(history, iso3, on),
        history.without_consent.get(iso3),
        tuple(row for row in _assumed_rows(history, disputes) if row["iso3"] == iso3),
        tuple(row for row in history.left_out_rows if row["iso3"] == iso3),
        history.is_beyond_data(on),
        history.is_as_last_known(on),
    )


def _assumed_by(history: TreatyHistory, iso3: str, on: dt.date) -> tuple[str, ...]:
    """What an answer about the state assumes: from the day its notice of withdrawal was received."""
    record = history.states.get(iso3)
    span = span_of(record, on) if record is not None else None
    if span is None or span.notice is None:
        return ()
    receipt = moment(span.notice["date"])
    return span.assumes if receipt is None or receipt.first <= on else ()


def _assumed_rows(history: TreatyHistory, disputes: Sequence[Dispute]) -> tuple[RecordedFact, ...]:
    """The rows behind an answer whose first known day is assumed: of the claims, only those that bear on the day."""
    bearing = [dispute.claim.row for dispute in disputes]
    return tuple(row for row in history.assumed_rows if row.fact.kind != "treaty_claim" or row in bearing)


def parties_on(history: TreatyHistory, on: dt.date) -> PartiesOn:
    """The full answer about all states on one day."""
    by_status: dict[Status, list[str]] = {"party": [], "signatory": [], "withdrawn": [], "unknown": [], "not_party": []}
    disputes: list[Dispute] = []
    assumes: list[str] = []
    for iso3 in sorted({*history.states, *history.claims}):
        (status, _), state_disputes = standing_and_disputes(history, iso3, on)
        by_status[status].append(iso3)
        disputes.extend(state_disputes)
        assumes.extend(f"{iso3}: {one}" for one in _assumed_by(history, iso3, on))
    return PartiesOn(
        history.treaty.id,
        on,
        history.known_at,
        tuple(by_status["party"]),
        tuple(by_status["signatory"]),
        tuple(by_status["withdrawn"]),
        tuple(by_status["unknown"]),
        status_of_others(history, on)[0],
        tuple(disputes),
        history.completeness,
        tuple(assumes),
        _assumed_rows(history, disputes),
        history.left_out_rows,
        history.is_beyond_data(on),
        history.is_as_last_known(on),
    )
