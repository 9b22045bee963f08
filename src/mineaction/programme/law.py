"""What the fact check asks the law: does the policy of this actor say what a statement says it says, and how far does it align?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mineaction.policies.clause import Instrument
from mineaction.policies.decision import clause_answer
from mineaction.policies.law import Law
from mineaction.policies.rule_claims import RuleAnswer, RuleClaim, ask
from mineaction.programme.compiled_law import packaged_law

# The treaty a national policy is held against.
TREATY = "apmbc"


def ask_rule(claim: RuleClaim, actor: str, on: dt.date) -> RuleAnswer:
    """Whether the national policy of `actor` says on that day what is claimed."""
    law = packaged_law()
    return ask(law, policy_of(law, actor), claim, on.isoformat())


def ask_treaty(claim: RuleClaim, instrument: str, on: dt.date) -> RuleAnswer:
    """Whether a treaty, as it binds its parties, says on that day what is claimed."""
    law = packaged_law()
    return ask(law, law.instruments.get(instrument), claim, on.isoformat())


def ask_aim(topic: str, actor: str, on: dt.date) -> RuleAnswer:
    """Whether the policy of `actor` in force that day states this aim (`accede_to_apmbc`, `curtail_use`, `align_with_apmbc`)."""
    law = packaged_law()
    instrument = policy_of(law, actor)
    if instrument is None or on.isoformat() < instrument.existed_from:
        return RuleAnswer("no_policy", note="no policy of this actor is held for that day")
    version = instrument.version_on(on.isoformat())
    if version is None:
        return RuleAnswer("not_encoded", note=f"the text in force on {on} is not encoded")
    stated = {one["id"] for one in version.raw["clauses"] if one.get("aim") == topic}
    clauses = tuple(clause_answer(one) for one in law.variant(version.id).clauses if one.id in stated)
    return RuleAnswer("holds" if clauses else "fails", version.id, clauses, reading=version.default_reading, ended_by=version.ended_by)


def ask_alignment(version_id: str | None, actor: str, on: dt.date, outside_scope: str | None) -> dict[str, Any]:
    """Which articles of the treaty the policy covers, outside a scope if one is named: `{"version", "covered", "gaps"}`.

    Empty without a policy.
    """
    # These need numpy.
    from mineaction.policies.compare import alignment, pair
    from mineaction.programme.compiled_tables import table_of

    law = packaged_law()
    instrument = policy_of(law, actor)
    version = instrument.version_on(on.isoformat()) if instrument else None
    chosen = version_id or (version.id if version else "")
    if not chosen:
        return {}
    inside = {"place": ("elsewhere",), "context": ("other",)} if outside_scope == "korean_peninsula" else {}
    treaty = law.instruments[TREATY].versions[-1]
    return alignment(pair(law.variant(chosen), law.variant(treaty.id), table_of), inside)


def policy_of(law: Law, actor: str) -> Instrument | None:
    """The executive policy whose issuer is `actor`, if one is held."""
    return next((one for one in law.instruments.values() if one.kind == "executive_policy" and actor in one.binds_actors), None)
