"""What the fact check asks the law: does the policy of this actor say what a statement says it says, and how far does it align?

Every question takes the day asked and the day of knowing: a text nobody could know of by then does not govern, and ends no other.
Answers about one version are kept for the process, for the packaged law does not change while it runs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from mineaction.policies.clause import Clause, Instrument, Version
from mineaction.policies.decision import clause_answer
from mineaction.policies.law import Law
from mineaction.policies.rule_claims import RuleAnswer, RuleClaim, ask, end_of_what, version_or_reason
from mineaction.programme.compiled_law import packaged_law
from mineaction.terms.limits import LAW_ANSWERS_KEPT

# The treaty a national policy is held against.
TREATY = "apmbc"


@dataclass(frozen=True, slots=True)
class _Put:
    """A claim as a key: its text says all of it, and its mappings are no part of a key."""

    words: str
    claim: RuleClaim = field(compare=False)


def ask_rule(claim: RuleClaim, actor: str, on: dt.date, known_at: dt.date | None) -> RuleAnswer:
    """Whether the national policy of `actor` says on that day what is claimed, as known on `known_at`."""
    return _asked(policy_of(packaged_law(), actor), claim, on, known_at)


def ask_treaty(claim: RuleClaim, instrument: str, on: dt.date, known_at: dt.date | None) -> RuleAnswer:
    """Whether a treaty, as it binds its parties, says on that day what is claimed, as known on `known_at`."""
    return _asked(packaged_law().instruments.get(instrument), claim, on, known_at)


def ask_aim(topic: str, actor: str, on: dt.date, known_at: dt.date | None) -> RuleAnswer:
    """Whether the policy of `actor` in force that day states this aim (`accede_to_apmbc`, `curtail_use`, `align_with_apmbc`)."""
    law, instrument = packaged_law(), policy_of(packaged_law(), actor)
    version = version_or_reason(instrument, on.isoformat(), _iso(known_at))
    if isinstance(version, RuleAnswer):
        return version
    assert instrument is not None, "a version has an instrument"
    # An aim that is carried on stands in the file of the version that stated it first.
    stated = {one["id"] for held in instrument.versions for one in held.raw["clauses"] if one.get("aim") == topic}

    def of_the_aim(held: Version) -> list[Clause]:
        return [one for one in law.variant(held.id).clauses if one.id in stated]

    clauses = tuple(clause_answer(one) for one in of_the_aim(version))
    ended_by = end_of_what(instrument, version, _iso(known_at), lambda later: bool(clauses and of_the_aim(later)))
    return RuleAnswer("holds" if clauses else "fails", version.id, clauses, reading=version.default_reading, ended_by=ended_by)


def ask_alignment(version_id: str | None, actor: str, on: dt.date, outside_scope: str | None, known_at: dt.date | None) -> dict[str, Any]:
    """Which articles of the treaty the policy covers, outside a scope if one is named: `{"version", "covered", "gaps"}`.

    Empty without a policy.
    """
    version = version_or_reason(policy_of(packaged_law(), actor), on.isoformat(), _iso(known_at))
    chosen = version_id or (version.id if isinstance(version, Version) else "")
    return _aligned(chosen, outside_scope or "") if chosen else {}


def policy_of(law: Law, actor: str) -> Instrument | None:
    """The executive policy whose issuer is `actor`, if one is held."""
    return next((one for one in law.instruments.values() if one.kind == "executive_policy" and actor in one.binds_actors), None)


def _asked(instrument: Instrument | None, claim: RuleClaim, on: dt.date, known_at: dt.date | None) -> RuleAnswer:
    version = version_or_reason(instrument, on.isoformat(), _iso(known_at))
    if isinstance(version, RuleAnswer):
        return version
    assert instrument is not None, "a version has an instrument"
    put = _Put(repr(claim), claim)
    said = _said_by(instrument.id, version.id, put)

    def still_stands(later: Version) -> bool:
        return said.verdict == "holds" == _said_by(instrument.id, later.id, put).verdict

    return replace(said, ended_by=end_of_what(instrument, version, _iso(known_at), still_stands))


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@lru_cache(maxsize=LAW_ANSWERS_KEPT)
def _said_by(instrument_id: str, version_id: str, put: _Put) -> RuleAnswer:
    law = packaged_law()
    version = next(one for one in law.instruments[instrument_id].versions if one.id == version_id)
    return ask(law, version, put.claim)


@lru_cache(maxsize=LAW_ANSWERS_KEPT)
def _aligned(version_id: str, outside_scope: str) -> dict[str, Any]:
    # These need numpy.
    from mineaction.policies.compare import alignment, kinds_of_actor
    from mineaction.policies.side_by_side import side_by_side
    from mineaction.programme.compiled_tables import table_of

    law = packaged_law()
    inside: dict[str, tuple[str, ...]] = {"place": ("elsewhere",), "context": ("other",)} if outside_scope == "korean_peninsula" else {}
    treaty = law.instruments[TREATY].versions[-1]
    inside["actor_kind"] = kinds_of_actor(law, law.version(version_id), treaty)
    return alignment(side_by_side(law, law.variant(version_id), law.variant(treaty.id), table_of), inside)
