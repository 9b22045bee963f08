"""Which decisions stand beside a policy? A decision on one act ends nothing in the standing text: both answers stay as they are.

Where the two differ, each says so and names the clauses of the other. Nothing is merged, and neither is said to prevail.
"""

from __future__ import annotations

from collections.abc import Callable

from mineaction.policies.clause import Instrument
from mineaction.policies.law import Law
from mineaction.policies.question import Finding
from mineaction.terms.verdict import NOT_ADDRESSED, NOT_BOUND, NOT_IN_FORCE, UNDETERMINED

_WORDS = {"executive_policy": "policy", "decision": "decision"}
_DOES_NOT_APPLY = (NOT_BOUND, NOT_IN_FORCE)


def instruments_beside(law: Law, instrument: Instrument) -> list[Instrument]:
    """The decisions of the issuer of a policy; the policies of the issuer of a decision."""
    if instrument.kind not in _WORDS:
        return []
    issuers = set(instrument.binds_actors)
    others = (one for one in law.instruments.values() if one.kind in _WORDS and one.kind != instrument.kind)
    return [one for one in others if issuers & set(one.binds_actors)]


def notes_beside(law: Law, instrument: Instrument, told: Finding, ask: Callable[[Instrument], Finding]) -> list[str]:
    """What the finding of a policy says of decisions that speak of the act, and that of a decision of the policy it stands beside.

    `ask` gives the finding of another instrument about the same act on the same day.
    """
    if told["verdict"] in _DOES_NOT_APPLY or (instrument.kind == "decision" and told["verdict"] == NOT_ADDRESSED):
        return []
    notes = []
    for other in instruments_beside(law, instrument):
        said = ask(other)
        if said["verdict"] in _DOES_NOT_APPLY or (other.kind == "decision" and said["verdict"] == NOT_ADDRESSED):
            continue
        notes.append(_note(_WORDS[instrument.kind], told, _WORDS[other.kind], said))
    return notes


def _note(own: str, told: Finding, other: str, said: Finding) -> str:
    clauses = ", ".join(one["id"] for one in said["clauses"]) or said["instrument"]
    differ = said["verdict"] != told["verdict"] and UNDETERMINED not in (said["verdict"], told["verdict"])
    conflict = f" The two conflict: this {own} says {told['verdict'].replace('_', ' ')}." if differ else ""
    line = f"A {other} of the same issuer stands beside this {own}: {clauses} says {said['verdict'].replace('_', ' ')}."
    return f"{line}{conflict} Neither ends the other, and nothing is merged."
