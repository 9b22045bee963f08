"""Is what this statement says so, on its own date and on any other day? Finds its claims, asks the facts and the law, lists the rest.

The answer is plain data, ready for JSON. Every verdict comes from a check over facts and clauses; none is typed in. Words no pattern
recognises are listed, so that what was left out is visible.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mineaction.reports.fact_check import (
    check_aims,
    check_casualties,
    check_counts,
    check_date,
    check_groups,
    check_membership,
    check_mine_free,
    check_not_held,
    check_programme,
    check_rules,
    check_series,
)
from mineaction.reports.fact_check.check_date import is_of_an_act
from mineaction.reports.fact_check.claims import find_claims
from mineaction.reports.fact_check.declared import read_sidecar, with_declared
from mineaction.reports.fact_check.evidence import FALSE, NOT_VERIFIABLE, UNKNOWN, Answer, Asked, Check, Claim, Evidence
from mineaction.reports.fact_check.folding import folded
from mineaction.reports.fact_check.issuer import Origin, origin_of
from mineaction.reports.fact_check.not_checked import not_checked
from mineaction.reports.fact_check.own_dates import answered
from mineaction.reports.fact_check.patterns import packaged_patterns
from mineaction.reports.fact_check.statement import Statement, read_statement
from mineaction.reports.fact_check.states import States, states_from
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER
from mineaction.terms.vocabulary import hint

# A shorter sentence may be the same by chance.
COPIED_WORDS_MIN = 6

CHECKS: dict[str, Check] = {
    "aim": check_aims.aim,
    "aim_denied": check_aims.aim_denied,
    "alignment": check_aims.alignment,
    "annual_report": check_programme.annual_report,
    "casualty_trend": check_casualties.casualty_trend,
    "established": check_programme.established,
    "fund_countries": check_series.fund_countries,
    "fund_manager": check_programme.fund_manager,
    "fund_people": check_series.fund_people,
    "funding": check_series.funding,
    "funding_recipients": check_series.funding_recipients,
    "group_parties": check_groups.group_parties,
    "majority": check_counts.majority,
    "membership": check_membership.membership,
    "mine_free": check_mine_free.mine_free,
    "office_holder": check_not_held.office_holder,
    "parties_count": check_counts.parties_count,
    "reported_use": check_not_held.reported_use,
    "rule": check_rules.rule,
    "statement_date": check_date.statement_date,
    "superlative": check_not_held.superlative,
    "treaty_rule": check_rules.treaty_rule,
    "unchanged": check_aims.unchanged,
}


def check_statement(
    raw: bytes,
    name: str,
    sidecar: bytes | None,
    *,
    on: dt.date,
    issuer: str | None,
    dated: dt.date | None,
    known_at: dt.date | None,
    evidence: Evidence,
) -> dict[str, Any]:
    """The whole answer about the statement in these bytes; raises `ProblemError` for what cannot be read.

    `issuer` (ISO3) and `dated` outweigh what the statement and its sidecar say. `known_at` leaves out facts nobody could know by then.
    """
    statement, origin, claims = claims_of(raw, name, sidecar, issuer, dated, evidence)
    asked = Asked(on, origin.dated, origin.issuer, name, known_at, evidence, copied_from(statement, evidence.statements), statement.text)
    told = [_told(number, claim, statement, asked) for number, claim in enumerate(claims, start=1)]
    return {
        "file": name,
        "title": statement.title,
        "issuer": origin.issuer or None,
        "issuer_basis": origin.issuer_basis,
        "dated": origin.dated.isoformat() if origin.dated else None,
        "dated_basis": origin.dated_basis,
        "on": on.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "claims": told,
        "not_checked": [
            {"quote": statement.text[start:end], "start": start, "end": end, "reason": why}
            for start, end, why in not_checked(statement, claims)
        ],
        "summary": {side: dict(sorted(Counter(one[side]["verdict"] for one in told).items())) for side in ("as_of", "on")},
        "books": [dict(one) for one in evidence.books],
        "disclaimer": DISCLAIMER,
    }


def claims_of(
    raw: bytes, name: str, sidecar: bytes | None, issuer: str | None, dated: dt.date | None, evidence: Evidence
) -> tuple[Statement, Origin, list[Claim]]:
    """The statement, who issued it and when, and its claims, found and declared."""
    statement = read_statement(raw, name)
    beside = f"{name.rsplit('.', 1)[0]}.yaml"
    declared = read_sidecar(sidecar, beside)
    states = states_from(evidence.facts.get("country", ()))
    acts = evidence.facts.get("policy_step", ())
    origin = origin_of(statement, declared, beside, issuer, dated, states)
    found = [one for one in find_claims(statement, states) if one.check != "statement_date" or is_of_an_act(one, acts)]
    claims = with_declared(found, statement, declared, beside, CHECKS, _check_of_topic())
    return statement, origin, [_with_actor(one, states, beside) for one in claims]


def copied_from(statement: Statement, packaged: Mapping[str, str]) -> frozenset[str]:
    """The packaged statements that this text is, or holds a whole sentence of."""
    sentences = [_plain(one.text) for one in statement.sentences if len(one.text.split()) >= COPIED_WORDS_MIN]
    texts = {name: _plain(folded(text)) for name, text in packaged.items()}
    return frozenset(name for name, text in texts.items() if name == statement.name or any(one in text for one in sentences))


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _with_actor(claim: Claim, states: States, place: str) -> Claim:
    """A declared actor may be a name; a found one is a code already."""
    if not claim.actor or claim.actor in states.codes.values():
        return claim
    code = states.code(claim.actor)
    if not code:
        raise ProblemError([problem("unknown_state", place, claim.actor, nearest=hint(claim.actor.upper(), set(states.codes.values())))])
    return replace(claim, actor=code)


def _check_of_topic() -> dict[str, str]:
    rules = {f"rule_{group}": "rule" for group in ("make", "stockpile", "transfer", "use", "assist", "destroy")}
    return {**{one.topic: one.check for one in packaged_patterns().claims}, **rules, "statement_date": "statement_date"}


def _told(number: int, claim: Claim, statement: Statement, asked: Asked) -> dict[str, Any]:
    as_of, on = answers(claim, asked)
    return {
        "id": f"C{number:02d}",
        "quote": statement.text[claim.start : claim.end],
        "start": claim.start,
        "end": claim.end,
        "kind": claim.kind,
        "topic": claim.topic,
        "claimed": dict(claim.claimed) | ({"actor": claim.actor} if claim.actor else {}),
        "as_of": as_of.as_dict(asked.stated_on),
        "on": on.as_dict(asked.day),
        "note": "; ".join(dict.fromkeys(one for one in (claim.note, as_of.note, on.note) if one)),
    }


def answers(claim: Claim, asked: Asked) -> tuple[Answer, Answer]:
    """The answer as of the statement's own date, and on the day asked."""
    check = CHECKS[claim.check]
    on = answered(check, claim, asked)
    if asked.stated_on is None:
        return Answer(NOT_VERIFIABLE, missing=("date of the statement",), why="The statement has no date."), on
    as_of = answered(check, claim, asked.on(asked.stated_on))
    if as_of.verdict == FALSE and on.verdict == UNKNOWN and asked.day >= asked.stated_on:
        # A sentence that was wrong on its own date does not become open again because later figures are missing.
        on = replace(on, verdict=FALSE, why=f"It was wrong on its own date. {as_of.why}", missing=())
    return as_of, on
