"""The reference semantics, slow and obvious: what the clauses of one variant say about one fully known act.

A clause is live when one of its conditions holds and no live clause defeats or suspends it. The verdict follows from the
modalities of the live clauses on the asked act:

    none                               not_addressed
    forbid                             prohibited
    permit                             permitted
    oblige, or permit and oblige       obliged
    forbid with permit or oblige       conflict (reported, never resolved silently)
    unsettled among them               undetermined: the law is missing, not a fact

A duty whose condition holds but which asks for another act leaves the verdict alone and is listed among the duties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mineaction.policies.clause import Clause, Condition, Variant
from mineaction.terms.verdict import CONFLICT, NOT_ADDRESSED, OBLIGED, PERMITTED, PROHIBITED, UNDETERMINED


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """The verdict about one fully known act, the live clauses behind it, and the duties it brings along (clause ids)."""

    verdict: str
    clauses: tuple[str, ...]
    duties: tuple[str, ...] = ()


def walk(variant: Variant, act: Mapping[str, str]) -> CellAnswer:
    """What `variant` says about `act`, which must give every field in `variant.fields`."""
    return walk_clauses(*ready(variant), act)


def ready(variant: Variant) -> tuple[list[Clause], dict[str, list[Clause]]]:
    """The clauses that count, and for each of them those that defeat or suspend it: found once, walked often."""
    compiled = variant.compiled
    by_id = {clause.id: clause for clause in compiled}
    return compiled, {one: [by_id[attacker] for attacker in attackers] for one, attackers in edges(compiled).items()}


def walk_clauses(compiled: list[Clause], attackers: Mapping[str, list[Clause]], act: Mapping[str, str]) -> CellAnswer:
    """`walk` over clauses made ready before."""
    known: dict[str, bool] = {}

    def is_live(clause: Clause) -> bool:
        if clause.id not in known:
            holds = holds_for(clause.when, act) or holds_for(clause.duty_when, act)
            known[clause.id] = holds and not any(is_live(one) for one in attackers[clause.id])
        return known[clause.id]

    live = [clause for clause in compiled if is_live(clause)]
    deciding = [clause for clause in live if clause.kind != "except" and holds_for(clause.when, act)]
    duties = [clause.id for clause in live if clause.kind == "oblige" and clause not in deciding]
    return CellAnswer(verdict_of({clause.kind for clause in deciding}), tuple(one.id for one in deciding), tuple(duties))


def verdict_of(kinds: set[str]) -> str:
    """The verdict that live clauses of these kinds give together."""
    if "unsettled" in kinds:
        return UNDETERMINED
    if "forbid" in kinds:
        return CONFLICT if kinds & {"permit", "oblige"} else PROHIBITED
    if "oblige" in kinds:
        return OBLIGED
    return PERMITTED if "permit" in kinds else NOT_ADDRESSED


def edges(clauses: list[Clause]) -> dict[str, list[str]]:
    """For each clause the ids of those that defeat or suspend it; targets that this variant leaves out are skipped."""
    attackers: dict[str, list[str]] = {clause.id: [] for clause in clauses}
    for clause in clauses:
        for target in (*clause.defeats, *clause.suspends):
            if target in attackers:
                attackers[target].append(clause.id)
    return attackers


def holds_for(when: tuple[Condition, ...], act: Mapping[str, str]) -> bool:
    """Whether one of the conditions holds for a fully known act."""
    for condition in when:
        for name, values in condition.items():
            if act[name] not in values:
                break
        else:
            return True
    return False
