"""Is this act prohibited, permitted, obliged or not addressed, for this actor, on this day, under each instrument held?

Composes: words and places become facts (`activity.py`), treaty status says who is bound, the policies say what follows. Nothing is
merged across instruments. Not legal advice: every answer says so, and to which date its data go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Instrument
from mineaction.policies.decision import finding
from mineaction.policies.law import Law
from mineaction.policies.question import Finding, Question
from mineaction.programme.activity import Activity, read_activity
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.days_of_change import changes, referred_to
from mineaction.programme.decisions_beside import notes_beside
from mineaction.programme.today import day_given, today
from mineaction.programme.who_is_bound import bound, counterparty_status, history_of, treaties_not_encoded
from mineaction.registers.clock_rules import ARTICLE_4_TREATY
from mineaction.registers.treaty_clocks import is_within_article_4_period
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER, NOT_BOUND, NOT_IN_FORCE, PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import nearest

UNKNOWN_DAY = "unknown"
Words = Mapping[str, str | None]


def decide(
    *,
    on: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    reading: str | None = None,
    underlying: Words | None = None,
    at: str | None = None,
    law: Law | None = None,
    book: Book | None = None,
    **facts: str | None,
) -> dict[str, Any]:
    """A finding for every instrument held: `{"activity", "findings", "bound_but_not_encoded", "summary", "books",
    "disclaimer"}`.

    `facts` are words of the vocabulary, short forms, states or places: act, item, actor, counterparty, place, from_place, purpose,
    context, initiation, persistence, ... What is left out is unknown. `underlying` holds the same for the act that is assisted.
    `on` is today when left out, or "unknown" to ask over all dates. A word that fits nothing raises `ProblemError`.
    """
    law, book = law or packaged_law(), book or packaged_book()
    problems: list[Problem] = []
    day = day_asked(on, "on", problems)
    known = None if known_at is None else day_given(known_at, "known_at", problems)
    problems += reading_problems(law, reading)
    activity = read_activity(facts, underlying, at, book, problems)
    if problems:
        raise ProblemError(problems)
    if day is None:
        findings = [_over_all_days(law, one, activity, reading or "", known, book) for one in law.instruments.values()]
    else:
        findings = [on_one_day(law, one, activity, reading or "", day, known, book) for one in law.instruments.values()]
    findings.sort(key=lambda one: (one["verdict"] == NOT_IN_FORCE, one["verdict"] == NOT_BOUND))
    not_encoded = treaties_not_encoded(law, activity, day, known, book) if day else []
    echo = activity.echo | {"on": day.isoformat() if day else UNKNOWN_DAY, "known_at": known.isoformat() if known else None}
    return {
        "activity": echo,
        "findings": findings,
        "bound_but_not_encoded": not_encoded,
        "summary": _summary(activity, findings, not_encoded),
        "books": [book.identity()],
        "disclaimer": DISCLAIMER,
    }


def reading_problems(law: Law, reading: str | None) -> list[Problem]:
    """A reading must be one of some version held."""
    known = {one.name for instrument in law.instruments.values() for version in instrument.versions for one in version.readings}
    if not reading or reading in known:
        return []
    words = ", ".join(nearest(reading, known))
    return [problem("reading_unknown", "reading", reading, instrument="any instrument held", nearest=words)]


def instrument_problems(law: Law, named: Iterable[str]) -> list[Problem]:
    """The instruments named are held."""
    unknown = [one for one in named if one not in law.instruments]
    return [problem("instrument_unknown", "instrument", one, nearest=", ".join(nearest(one, law.instruments))) for one in unknown]


def day_asked(given: str | dt.date | None, place: str, problems: list[Problem]) -> dt.date | None:
    """The day given; today when nothing is given; None for the word `unknown`, and for what is no day, which becomes a problem."""
    if given is None:
        return today()
    return None if given == UNKNOWN_DAY else day_given(given, place, problems)


def on_one_day(
    law: Law, instrument: Instrument, activity: Activity, reading: str, day: dt.date, known: dt.date | None, book: Book
) -> Finding:
    """The finding of one instrument on one day, with who is bound and what stands beside it."""
    told = alone_on_one_day(law, instrument, activity, reading, day, known, book)
    beside = notes_beside(law, instrument, told, lambda one: alone_on_one_day(law, one, activity, reading, day, known, book))
    return told | {"notes": [*told["notes"], *beside]}


def alone_on_one_day(
    law: Law, instrument: Instrument, activity: Activity, reading: str, day: dt.date, known: dt.date | None, book: Book
) -> Finding:
    """The same without what stands beside it."""
    binding, extra = bound(instrument, activity, day, known, book)
    facts = facts_on(instrument, activity, day, known, book)
    told = finding(
        law, instrument, Question(facts, activity.underlying, day.isoformat(), reading, known.isoformat() if known else ""), binding
    )
    return told | extra | text_data(instrument, day)


def facts_on(instrument: Instrument, activity: Activity, day: dt.date, known: dt.date | None, book: Book) -> dict[str, str]:
    """The facts given, and those that depend on the day and the treaty: the actor's own Article 4 period, the status of the other side.

    Who is named as a state and as nothing else acts as a state under a treaty; under an act of a parliament it may be a person.
    """
    told: dict[str, str] = {}
    if activity.actor and instrument.binds_parties_to:
        told["actor_kind"] = "state"
    if activity.actor and instrument.binds_parties_to == ARTICLE_4_TREATY:
        within = is_within_article_4_period(history_of(instrument, known, book), activity.actor, day)
        told |= {"is_within_article_4_period": within} if within in ("yes", "no") else {}
    if status := counterparty_status(instrument, activity, day, known, book):
        told["counterparty_status"] = status
    return told | activity.facts


def text_data(instrument: Instrument, day: dt.date) -> dict[str, Any]:
    """How far the sources on its text reach, and whether the day lies beyond."""
    until = instrument.known_until
    beyond = bool(until) and day.isoformat() > until
    return {"text_known_until": until or None, "beyond_text_data": beyond}


def _over_all_days(law: Law, instrument: Instrument, activity: Activity, reading: str, known: dt.date | None, book: Book) -> Finding:
    """One answer for every day on which the law or who is bound may change: the same on all, or undetermined for want of the day."""
    days = days_that_differ(law, instrument, activity, known, book)
    return over_days([on_one_day(law, instrument, activity, reading, day, known, book) for day in days])


def over_days(told: list[Finding]) -> Finding:
    """The answer when the day is not known, given the answers of the days that differ, the last of them last."""
    if len({one["verdict"] for one in told}) == 1:
        return told[-1] | {"version": "" if len({one["version"] for one in told}) > 1 else told[-1]["version"]}
    last = told[-1]
    return last | {
        "verdict": UNDETERMINED,
        "reason": "the day is not given",
        "version": "",
        "possible": sorted({verdict for one in told for verdict in (one["possible"] or [one["verdict"]])}),
        "missing": [["on", *names] for names in _settling_all([one["missing"] for one in told])],
        "readings": _on_all_days([one["readings"] for one in told]),
        "duties": [duty for duty in last["duties"] if all(duty in one["duties"] for one in told)],
        **{name: _unique(line for one in told for line in one[name]) for name in ("provisos", "notes", "statements", "missing_law")},
        "clauses": _unique(clause for one in told for clause in one["clauses"]),
    }


def days_that_differ(law: Law, instrument: Instrument, activity: Activity, known: dt.date | None, book: Book) -> list[dt.date]:
    """One day for each way in which texts, facts and binding come together: other days give the same answer."""
    days = {one.day for one in changes(law, instrument, activity, known, book)}
    referred = [law.instruments[name] for name in referred_to(law, instrument)]
    ways: dict[Any, dt.date] = {}
    for day in sorted(days | {min(days) - dt.timedelta(days=1)}):
        iso = day.isoformat()
        texts = [one.version_on(iso, known.isoformat() if known else "") for one in (instrument, *referred)]
        ids = [one.id if one else "" for one in texts]
        before = iso < instrument.existed_from, iso < instrument.encoded_from
        facts = facts_on(instrument, activity, day, known, book)
        ways[tuple(ids), before, tuple(sorted(facts.items())), bound(instrument, activity, day, known, book)[0]] = day
    return sorted(ways.values())


def _on_all_days(readings: list[dict[str, str]]) -> dict[str, str]:
    """Each reading with the verdict it gives on every day that knows it, or undetermined where the days differ."""
    verdicts: dict[str, set[str]] = {}
    for one in readings:
        for name, verdict in one.items():
            verdicts.setdefault(name, set()).add(verdict)
    return {name: given.pop() if len(given) == 1 else UNDETERMINED for name, given in verdicts.items()}


def _settling_all(missing: Iterable[list[list[str]]]) -> list[list[str]]:
    """The smallest sets of facts that settle every one of several answers, given the sets that settle each."""
    chosen: list[frozenset[str]] = [frozenset()]
    for sets in missing:
        if sets:
            joined = {one | frozenset(names) for one in chosen for names in sets}
            chosen = [one for one in joined if not any(other < one for other in joined)]
    return sorted((sorted(one) for one in chosen), key=lambda one: (len(one), one))


def _unique(items: Iterable[Any]) -> list[Any]:
    seen: list[Any] = []
    for one in items:
        if one not in seen:
            seen.append(one)
    return seen


def _summary(activity: Activity, findings: list[Finding], not_encoded: list[str]) -> str:
    """One plain line; nothing is merged, every instrument keeps its own verdict."""
    told = "; ".join(f"{one['instrument']}: {one['verdict'].replace('_', ' ')}" for one in findings)
    if not_encoded:
        told += f"; also bound by {', '.join(not_encoded)}, whose rules are not encoded"
    if any(one["verdict"] in (PROHIBITED, "conflict", UNDETERMINED) for one in findings):
        return f"{told}."
    who = activity.actor or "the actor"
    return f"{told}. No prohibition found in the encoded instruments that bind {who}; customary law not assessed."
