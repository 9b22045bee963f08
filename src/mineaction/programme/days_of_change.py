"""On which days may a finding change, and by which act? Every day on which the law, who is bound, a clock or what is known begins or ends.

Between two of these days the finding of one instrument about one activity is the same; on such a day it may be the same too. Each day
comes with the act behind it and where that act is recorded, so that nothing changes without a cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from mineaction.ledger.book import Book
from mineaction.policies.clause import Instrument, Version
from mineaction.policies.law import Law
from mineaction.programme.activity import Activity
from mineaction.programme.decisions_beside import instruments_beside
from mineaction.programme.treaty_answers import entry_source
from mineaction.programme.who_is_bound import history_of
from mineaction.registers.clock_rules import ARTICLE_4_TREATY, ARTICLE_4_YEARS
from mineaction.registers.treaty_binding import days_of_change
from mineaction.registers.treaty_claims import Claim
from mineaction.registers.treaty_standing import Span, StateRecord, day_of
from mineaction.registers.treaty_status import TreatyHistory
from mineaction.terms.dates import Moment, add_years
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE

_NEXT_DAY = dt.timedelta(days=1)
# How the acts of a state are told.
_ACTS = {"signed": "{state} signs {treaty}", "consent": "{state} consents to be bound by {treaty}{form}"}
_NOTICE = "{state} notifies its withdrawal from {treaty}"


@dataclass(frozen=True, slots=True)
class Change:
    """From this day on something bears on the finding that did not the day before; `what` is a sentence, `source` where it stands."""

    day: dt.date
    kind: str
    what: str
    source: str


def changes(law: Law, instrument: Instrument, activity: Activity, known: dt.date | None, book: Book) -> list[Change]:
    """Every such day for one instrument and activity, in order of time."""
    found = [*_of_the_text(instrument, known)]
    if activity.facts.get("act", ACTS_OF_ASSISTANCE[0]) in ACTS_OF_ASSISTANCE:
        # What is assisted is asked under the text of the referred instrument in force that day.
        for name in referred_to(law, instrument):
            found += _of_versions(law.instruments[name], known, "referred_version")
    for other in instruments_beside(law, instrument):
        found += _of_versions(other, known, "beside")
    if instrument.binds_parties_to:
        history = history_of(instrument, known, book)
        found += _of_the_treaty(history)
        # Asked of the territory's state: whether an armed group is bound; of the actor: its Article 4 period; of the other side: status.
        for state in filter(None, dict.fromkeys((activity.state_asked, activity.actor, activity.counterparty_state))):
            found += _of_a_state(history, state)
    return sorted((one for one in found if one.day < dt.date.max), key=lambda one: one.day)


def referred_to(law: Law, instrument: Instrument) -> list[str]:
    """The other instruments its clauses refer to, under any reading: their texts bear on what it says of assistance."""
    named = [
        clause.refers_to
        for version in instrument.versions
        for reading in version.readings
        for clause in law.variant(version.id, reading.name).clauses
        if clause.refers_to not in ("", instrument.id)
    ]
    return list(dict.fromkeys(named))


def _of_the_text(instrument: Instrument, known: dt.date | None) -> Iterator[Change]:
    versions = [*_of_versions(instrument, known, "version")]
    yield from versions
    held = {one.day for one in versions}
    begins, encoded = (dt.date.fromisoformat(one) for one in (instrument.existed_from, instrument.encoded_from))
    if begins not in held:
        unheld = f"; its texts before {encoded} are not encoded" if begins < encoded else ""
        yield Change(begins, "instrument_begins", f"{instrument.title} begins{unheld}", instrument.id)
    if encoded not in held | {begins}:
        yield Change(encoded, "encoded_from", f"From here on the texts of {instrument.title} are encoded", instrument.id)
    if instrument.known_until:
        day = dt.date.fromisoformat(instrument.known_until)
        yield Change(day + _NEXT_DAY, "text_data_end", f"The sources on this text end on {day}: from here on as last known", instrument.id)


def _of_versions(instrument: Instrument, known: dt.date | None, kind: str) -> Iterator[Change]:
    versions = [one for one in instrument.versions if known is None or one.known_from <= known.isoformat()]
    begin = {one.in_force_from for one in versions}
    held = {one.id for one in versions}
    for version in versions:
        before = next((one for one in versions if one.ended_by == version.id and one.in_force_to == version.in_force_from), None)
        yield Change(dt.date.fromisoformat(version.in_force_from), kind, _beginning(version, before), version.id)
        # Who does not know of the version that ends this one knows of its own end at most.
        ends = version.own_end if version.own_end and version.ended_by not in held else version.in_force_to
        if ends and ends not in begin:
            yield Change(dt.date.fromisoformat(ends), f"{kind}_ends", _ending(version), version.id)


def _beginning(version: Version, before: Version | None) -> str:
    """A new text, or a day within one text on which clauses of it begin or end."""
    if before is None:
        return f"New text: {version.title}"
    if before.title != version.title:
        return f"New text: {version.title}; it ends {before.id}"
    now, then = ([clause["id"] for clause in one.raw["clauses"]] for one in (version, before))
    begun, ended = ", ".join(one for one in now if one not in then), ", ".join(one for one in then if one not in now)
    told = [*([f"{begun} begins"] if begun else []), *([f"{ended} ends"] if ended else [])]
    return f"{version.title}: {'; '.join(told) or 'whether it still stands is not known from here on'}"


def _ending(version: Version) -> str:
    return f"{version.title} ends" + (f", ended by {version.ended_by}" if version.ended_by else "")


def _of_the_treaty(history: TreatyHistory) -> Iterator[Change]:
    treaty = history.treaty
    yield Change(treaty.first_day, "treaty_opened", f"{treaty.id} is open to states", treaty.first_day_source)
    yield Change(treaty.entry_into_force, "general_entry_into_force", f"{treaty.id} enters into force", treaty.entry_source)
    until = history.completeness.complete_until
    if until is not None:
        told = f"The acts of states under {treaty.id} are known up to {until}: from here on as last known"
        yield Change(until + _NEXT_DAY, "treaty_data_end", told, "packaged facts of the kind treaty_list")
    if history.known_at is not None:
        told = f"What was known on {history.known_at} ends: from here on as last known"
        yield Change(history.known_at + _NEXT_DAY, "knowledge_ends", told, "the day of knowing that was asked for")


def _of_a_state(history: TreatyHistory, state: str) -> list[Change]:
    """The state's acts, what follows from them, and the claims about it."""
    record = history.states.get(state)
    found = [*_of_acts(history, record)] if record is not None else []
    for claim in history.claims.get(state, ()):
        found += _of_a_claim(claim)
    told = {one.day for one in found} | {history.treaty.first_day, history.treaty.entry_into_force}
    assert all(day in told for day in days_of_change(history, state)), f"a day of change without an act: {history.treaty.id} {state}"
    return found


def _of_acts(history: TreatyHistory, record: StateRecord) -> Iterator[Change]:
    treaty = history.treaty
    names = {"state": record.iso3, "treaty": treaty.id}
    for row in record.rows:
        if row["event"] in _ACTS:
            told = _ACTS[row["event"]].format(**names, form=f" ({row['kind']})" if row["kind"] else "")
            yield from _within(day_of(row, treaty), row["event"], told, row.fact.source)
    for span in record.spans:
        yield from _within(span.start, "entry_into_force", f"{treaty.id} enters into force for {record.iso3}", _entry(history, span))
        if treaty.id == ARTICLE_4_TREATY:
            yield from _of_article_4(span, record.iso3)
        if span.notice is not None:
            yield from _within(day_of(span.notice, treaty), "withdrawal_notified", _NOTICE.format(**names), span.notice.fact.source)
        if span.end is not None:
            yield from _within(span.end, "withdrawal_effective", _withdrawal(span, names), _ground(history, span, record))


def _of_article_4(span: Span, state: str) -> Iterator[Change]:
    """The day after the fourth anniversary, which itself belongs to the period."""
    if span.start.last == dt.date.max:
        return  # nobody knows when it begins, so nobody knows when it ends
    ends = Moment(*(add_years(one, ARTICLE_4_YEARS) + _NEXT_DAY for one in (span.start.first, span.start.last)))
    told = f"The Article 4 period of {state} is over"
    yield from _within(ends, "article_4_period_ended", told, f"APMBC Art. 4: {ARTICLE_4_YEARS} years from entry into force for the state")


def _withdrawal(span: Span, names: dict[str, str]) -> str:
    if span.conflict == "contradictory":
        return "The withdrawal of {state} from {treaty} takes effect, or an armed conflict holds it back: the facts disagree".format(
            **names
        )
    if span.notice is None:
        return "A source prints a withdrawal of {state} from {treaty}; no notice is held, so whether it binds is not known".format(**names)
    assumed = f"; assumed: {'; '.join(span.assumes)}" if span.assumes else ""
    return "The withdrawal of {state} from {treaty} takes effect".format(**names) + assumed


def _entry(history: TreatyHistory, span: Span) -> str:
    return f"{entry_source(history.treaty, span)}; consent of {span.consent['date'] or 'a day not known'}: {span.consent.fact.source}"


def _ground(history: TreatyHistory, span: Span, record: StateRecord) -> str:
    if span.notice is not None:
        received = f"notice of {span.notice['date'] or 'a day not known'}: {span.notice.fact.source}"
        return f"{history.treaty.withdrawal_source}; {received}"
    return next((row.fact.source for row in record.rows if row["event"] == "withdrawal_effective_printed"), "")


def _of_a_claim(claim: Claim) -> Iterator[Change]:
    told = f"A disputed act: {claim.reading} ({claim.row['claimant']})"
    yield from _within(claim.since, "claim", told, claim.row.fact.source)
    if claim.until is not None:
        yield Change(
            claim.until, "claim_ends", f"The claim bears no longer: {claim.reading} ({claim.row['claimant']})", claim.row.fact.source
        )


def _within(days: Moment, kind: str, told: str, source: str) -> Iterator[Change]:
    """One day, or the first and the last on which it may have been."""
    if days.is_exact:
        yield Change(days.first, kind, told, source)
        return
    yield Change(days.first, kind, f"{told}; the day is not known, this is the earliest", source)
    yield Change(days.last, kind, f"{told}; the day is not known, this is the latest", source)
