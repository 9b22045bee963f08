"""Rows made up for a test, in the shape of the packaged ones."""

from __future__ import annotations

import datetime as dt

from mineaction.terms.fact import Fact, RecordedFact


def row(kind_of_fact: str, known_from: str = "", basis: str = "act", /, **payload: str) -> RecordedFact:
    """A recorded fact; its position is its content, so that two different rows never share one."""
    told = {name.rstrip("_"): value for name, value in payload.items()}
    known = dt.date.fromisoformat(known_from) if known_from else None
    return RecordedFact(
        Fact(kind_of_fact, f"{kind_of_fact}/{'/'.join(told.values())}", told, "a test"),
        known,
        basis if known else "",
        repr(sorted(told.items())),
    )


def act(
    event: str, date: str, *, treaty: str = "APMBC", iso3: str = "POL", form: str = "", known_from: str | None = None, basis: str = "act"
) -> RecordedFact:
    """An act under a treaty, known from its day unless told otherwise."""
    known = date if known_from is None else known_from
    return row("treaty_event", known, basis, treaty=treaty, iso3=iso3, name=iso3, event=event, kind=form, date=date, note="")


def claim(text: str, date: str, *, bound: str = "on", iso3: str = "POL", default: str = "party", claimant: str = "someone") -> RecordedFact:
    """A disputed act, known from its day."""
    return row(
        "treaty_claim",
        date,
        treaty="APMBC",
        iso3=iso3,
        claimant=claimant,
        claim=text,
        date=date,
        date_bound=bound,
        default_reading=default,
        note="",
    )


def treaty_list(status: str = "complete", until: str = "2026-04-08", published_parties: str = "", published_on: str = "") -> RecordedFact:
    """How complete the list is."""
    return row(
        "treaty_list",
        treaty="APMBC",
        list_status=status,
        listed_consents="1",
        published_parties=published_parties,
        published_on=published_on,
        complete_until=until,
        note="",
    )


def conflict(engaged: str, begins: str, ends: str = "", iso3: str = "POL") -> RecordedFact:
    """Whether a state was engaged in an armed conflict on the days [begins, ends)."""
    return row("armed_conflict", begins, iso3=iso3, engaged=engaged, from_=begins, to=ends, note="")


def article_event(
    event: str,
    date: str = "",
    *,
    article: str = "5",
    iso3: str = "POL",
    before: str = "",
    meeting: str = "",
    known_from: str = "",
    basis: str = "assumed",
) -> RecordedFact:
    """An event under Article 4 or 5."""
    return row(
        "article_event",
        known_from,
        basis,
        iso3=iso3,
        name=iso3,
        article=article,
        event=event,
        date=date,
        deadline_before=before,
        decision_meeting=meeting,
        status="sourced",
        note="",
    )
