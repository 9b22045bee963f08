"""What a claim is, what it is checked against, and what an answer about it holds.

A check is a function of a claim and a question (`Asked`). It reads facts and asks the law through `Evidence`, which the programme fills;
nothing here opens a store. An answer carries the facts it rests on, what is missing and what is assumed; its verdict is one of `VERDICTS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mineaction.policies.rule_claims import RuleAnswer, RuleClaim
from mineaction.registers.known_at import known_rows
from mineaction.registers.treaty_status import TreatyHistory
from mineaction.reports.fact_check.quantities import Quantity
from mineaction.terms.fact import RecordedFact

TRUE, SUPPORTED, PARTLY_SUPPORTED, FALSE = "true", "supported", "partly_supported", "false"
SUPERSEDED, STALE, UNKNOWN, NOT_VERIFIABLE = "superseded", "stale", "unknown", "not_verifiable"
VERDICTS = (TRUE, SUPPORTED, PARTLY_SUPPORTED, FALSE, SUPERSEDED, STALE, UNKNOWN, NOT_VERIFIABLE)
KINDS_OF_CLAIM = (
    "quantity", "quantifier", "rule", "treaty", "policy_aim", "comparison", "superlative", "date", "trend", "event", "attribution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement is checked against. The last argument of each question to the law, and of `history`, is the day of knowing.

    `history(treaty, known_at)` is all that states did about one treaty; `complete_until(kind, key)` says how far a set of facts reaches.
    """

    facts: Mapping[str, Sequence[RecordedFact]]
    ask_rule: Callable[[RuleClaim, str, dt.date, dt.date | None], RuleAnswer]
    ask_treaty: Callable[[RuleClaim, str, dt.date, dt.date | None], RuleAnswer]
    ask_alignment: Callable[[str | None, str, dt.date, str | None, dt.date | None], Mapping[str, Any]]
    ask_aim: Callable[[str, str, dt.date, dt.date | None], RuleAnswer]
    history: Callable[[str, dt.date | None], TreatyHistory]
    complete_until: Callable[[str, str], dt.date | None]
    books: tuple[Mapping[str, str], ...] = ()
    # The packaged statements that facts are taken from, by file name.
    statements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable claim: `start` and `end` are places in the decoded file. `actor` is the state the sentence names, empty if none.

    `claimed` is what is claimed as plain data; `quantity` and `rule` hold the same for the check, `words` the other parts it needs.
    """

    kind: str
    topic: str
    check: str
    start: int
    end: int
    claimed: Mapping[str, object]
    actor: str = ""
    quantity: Quantity | None = None
    rule: RuleClaim | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    sentence: int = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about the claims of a statement: so on `day`? `stated_on` is the statement's own date, if it has one."""

    day: dt.date
    stated_on: dt.date | None
    issuer: str
    file_name: str
    known_at: dt.date | None
    evidence: Evidence
    # Packaged statements that the checked text is, or copies a sentence of: facts taken from them are no support for it.
    copies: frozenset[str] = frozenset()
    # The decoded file, in which every claim has its place.
    text: str = ""

    def words_of(self, claim: Claim) -> str:
        """The words of a claim, as they stand in the file."""
        return self.text[claim.start : claim.end]

    def rows(self, kind: str) -> tuple[RecordedFact, ...]:
        """The facts of a kind that count: all held, or those known on `known_at`."""
        return known_rows(self.evidence.facts.get(kind, ()), self.known_at).rows

    def left_out(self, kind: str) -> tuple[RecordedFact, ...]:
        """Facts that an explicit `known_at` leaves out because nobody knows since when they were known."""
        return known_rows(self.evidence.facts.get(kind, ()), self.known_at).left_out

    def known_to(self, kind: str, key: str = "") -> dt.date | None:
        """The last day the facts reach, when the question lies after it; None when it does not, or they have no such day."""
        until = self.evidence.complete_until(kind, key)
        return until if until is not None and self.day > until else None

    def history(self, treaty: str) -> TreatyHistory:
        """What is known of the treaty for this question."""
        return self.evidence.history(treaty, self.known_at)

    def reaches_beyond_knowing(self) -> tuple[str, ...]:
        """Said when the day asked lies after the day of knowing: the answer is what was known then."""
        return (f"as known on {self.known_at}",) if self.known_at is not None and self.known_at < self.day else ()

    def actor_of(self, claim: Claim) -> str:
        """The state whose rule, money or allies are meant: named in the sentence, else the issuer, else empty."""
        return claim.actor or self.issuer

    def on(self, day: dt.date) -> Asked:
        return replace(self, day=day)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the facts and the law say about one claim on one day. `why` gives the reasons; `note` belongs to the claim as a whole."""

    verdict: str
    value: object = None
    evidence: tuple[Mapping[str, object], ...] = ()
    known_to: dt.date | None = None
    fragile: int | None = None
    missing: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    why: str = ""
    note: str = ""

    def as_dict(self, day: dt.date | None) -> dict[str, object]:
        assert self.verdict in VERDICTS, self.verdict
        return {
            "date": day.isoformat() if day else None,
            "verdict": self.verdict,
            "value": self.value,
            "why": self.why,
            "evidence": [dict(one) for one in self.evidence],
            "known_to": self.known_to.isoformat() if self.known_to else None,
            "fragile": self.fragile,
            "missing": list(self.missing),
            "assumes": list(self.assumes),
        }


Check = Callable[[Claim, Asked], Answer]


def fact_evidence(row: RecordedFact, says: str, value: object = None) -> dict[str, object]:
    """A fact as an evidence row."""
    return {
        "says": says,
        "value": value,
        "source": row.fact.source,
        "subject": row.fact.subject,
        "known_from": row.known_from.isoformat() if row.known_from else None,
        "known_from_basis": row.known_from_basis,
    }


def clause_evidence(clause: Mapping[str, object], version: str) -> dict[str, object]:
    """A clause of an encoded law or policy as an evidence row."""
    return {
        "says": clause.get("text", ""),
        "value": clause.get("text_held", ""),
        "source": clause.get("source", ""),
        "subject": clause.get("id", ""),
        "known_from": None,
        "known_from_basis": "",
        "version": version,
    }


def names_of(states: Sequence[str], countries: Sequence[RecordedFact]) -> list[str]:
    """Country names of ISO codes, in the order given."""
    by_code = {row["iso3"]: row["name"] for row in countries}
    return [by_code.get(code, code) for code in states]


def evidence_row(says: str, value: object = None, source: str = "", subject: str = "") -> dict[str, object]:
    """An evidence row that sums up several facts, or tells of something else than one fact."""
    return {"says": says, "value": value, "source": source, "subject": subject, "known_from": None, "known_from_basis": ""}


def no_actor() -> Answer:
    """The answer when a sentence names no actor and the statement has no issuer."""
    return Answer(NOT_VERIFIABLE, missing=("issuer",), why="The sentence names no actor, and the issuer of the statement is not known.")
