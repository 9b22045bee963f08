"""Who is bound by an instrument on a day, and which treaties bind besides that are not encoded.

Composes treaty status for the policies. An area that is no member of the United Nations and has no act under any treaty held (a territory
of another state, for example) is unknown, not unbound: the state responsible for it may be bound.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from mineaction.ledger.book import Book
from mineaction.policies.binding import Binding
from mineaction.policies.clause import Instrument
from mineaction.policies.law import Law
from mineaction.programme.activity import Activity
from mineaction.programme.treaties import histories
from mineaction.registers.treaties import TREATIES, Treaty
from mineaction.registers.treaty_binding import BoundOn, binding_on
from mineaction.registers.treaty_status import TreatyHistory
from mineaction.terms.verdict import NOT_BOUND, UNDETERMINED

NOT_A_STATE, ANOTHER_ISSUER, ANOTHER_KIND_OF_ACTOR = "not_a_state", "another_issuer", "another_kind_of_actor"
ARMED_GROUP = "an armed group is bound as each party to a conflict on the territory of a party is; asked here for the territory of {state}"
AREA = "an area without acts of its own: whether the treaty reaches it depends on the state responsible for it"


def bound(instrument: Instrument, activity: Activity, day: dt.date, known: dt.date | None, book: Book) -> tuple[Binding, dict[str, Any]]:
    """Whether the instrument binds the actor that day and speaks of the state on the other side, and what the answer says besides."""
    binding, extra = _bound(instrument, activity, day, known, book)
    return replace(binding, recipient=_recipient(instrument, activity, book), named=instrument.binds_counterparties), extra


def _recipient(instrument: Instrument, activity: Activity, book: Book) -> str:
    """Whether the other side is `another` than the states the instrument names, or `unknown`; empty where it is named, or none are."""
    named, given = instrument.binds_counterparties, activity.facts.get("counterparty")
    if not named or activity.counterparty_state in named:
        return ""
    on_peninsula = {row["on_korean_peninsula"] for row in book.facts("country") if row["iso3"] in named}
    is_elsewhere = given == "on_korean_peninsula" and "1" not in on_peninsula
    return "another" if activity.counterparty_state or given == "none" or is_elsewhere else "unknown"


def _bound(instrument: Instrument, activity: Activity, day: dt.date, known: dt.date | None, book: Book) -> tuple[Binding, dict[str, Any]]:
    kind = activity.facts.get("actor_kind", "")
    if kind and kind not in instrument.binds_actor_kinds:
        # A treaty binds states, a policy its issuer; others are reached by other law (APMBC Art. 9, CCW AP II Art. 1(3)).
        return Binding("not_bound", NOT_A_STATE if "state" in instrument.binds_actor_kinds else ANOTHER_KIND_OF_ACTOR), {}
    state = activity.state_asked
    if not state:
        wanted = "place" if kind == "armed_group" else "actor"
        return Binding("unknown", f"the {wanted} is not given", missing=wanted), {}
    if not instrument.binds_parties_to:
        return _bound_by_an_issuer(instrument, state, kind), {}
    if is_area_without_acts(state, book):
        return Binding("unknown", AREA), {}
    return _bound_by_a_treaty(instrument, state, kind, day, known, book)


def _bound_by_an_issuer(instrument: Instrument, state: str, kind: str) -> Binding:
    if state not in instrument.binds_actors:
        return Binding("not_bound", ANOTHER_ISSUER)
    if not kind and "state" not in instrument.binds_actor_kinds:
        return Binding("unknown", "who acts under the jurisdiction of the state is not given", missing="actor_kind")
    return Binding("bound")


def _bound_by_a_treaty(
    instrument: Instrument, state: str, kind: str, day: dt.date, known: dt.date | None, book: Book
) -> tuple[Binding, dict[str, Any]]:
    history = history_of(instrument, known, book)
    told = binding_on(history, state, day)
    status = {"yes": "bound", "no": "not_bound", "unknown": "unknown"}[told.bound]
    territory = ARMED_GROUP.format(state=state) if kind == "armed_group" else ""
    provisos = (*filter(None, [told.proviso, territory]), *told.assumes)
    binding = Binding(status, told.reason or "", provisos, readings=_readings(told))
    return binding, {
        "disputes": [name for name, _ in told.readings],
        "beyond_data": history.is_beyond_data(day),
        "as_last_known": told.as_last_known,
    }


def counterparty_status(instrument: Instrument, activity: Activity, day: dt.date, known: dt.date | None, book: Book) -> str:
    """Whether the state on the other side is a party to the treaty that day; empty if no state is named or nobody knows."""
    state = activity.counterparty_state
    if not instrument.binds_parties_to or not state or is_area_without_acts(state, book):
        return ""
    return {"yes": "state_party", "no": "other_state", "unknown": ""}[binding_on(history_of(instrument, known, book), state, day).bound]


def history_of(instrument: Instrument, known: dt.date | None, book: Book) -> TreatyHistory:
    """The acts under the treaty whose parties an instrument binds."""
    return histories(book, instrument.binds_parties_to, known)


def treaties_not_encoded(law: Law, activity: Activity, day: dt.date, known: dt.date | None, book: Book) -> list[str]:
    """The treaties held as texts and events that bind the actor that day and whose rules are not encoded: no answer speaks for them."""
    others = [treaty for treaty in unencoded_treaties(law, activity) if day >= treaty.first_day]
    return [one.id for one in others if binding_on(histories(book, one.id, known), activity.actor, day).bound == "yes"]


def unencoded_treaties(law: Law, activity: Activity) -> list[Treaty]:
    """The treaties that may bind the actor and whose rules are not encoded."""
    if not activity.actor or activity.facts.get("actor_kind", "state") != "state":
        return []
    encoded = {one.binds_parties_to for one in law.instruments.values()}
    return [treaty for treaty in TREATIES.values() if treaty.id not in encoded]


def _readings(told: BoundOn) -> tuple[tuple[str, str], ...]:
    """Only claims that would change who is bound are readings of the verdict."""
    verdicts = {"no": NOT_BOUND, "unknown": UNDETERMINED}
    return tuple((f"claim: {name}", verdicts[value]) for name, value in told.readings if value != told.bound and value in verdicts)


def is_area_without_acts(actor: str, book: Book) -> bool:
    """Whether it is no member of the United Nations and has no act under any treaty held."""
    row = next(one for one in book.facts("country") if one["iso3"] == actor)
    return row["un_member"] == "0" and not any(event["iso3"] == actor for event in book.facts("treaty_event"))
