"""What stands between a policy and full compliance with a treaty, clause by clause: the checklist behind `mineaction roadmap`.

Each clause of the treaty that asks something of a party is one step: covered, gap, no_counterpart (the policy says nothing about it at
all), unsettled (the policy's own law is not known there), or needs_judgement (nothing differs that can be counted, and the treaty
leaves a limit to judgement). What closes a gap is said as what is missing in the text. Nothing is rated as done: evidence is what would
show it, and whether it is there is for the reader to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mineaction.policies.clause import Clause, Condition, Variant
from mineaction.reports.evidence_wanted import Wanted
from mineaction.terms.verdict import CONFLICT, NOT_ADDRESSED, PROHIBITED, UNDETERMINED

COVERED, GAP, NO_COUNTERPART, UNSETTLED, NEEDS_JUDGEMENT = "covered", "gap", "no_counterpart", "unsettled", "needs_judgement"
STATUSES = (GAP, NO_COUNTERPART, UNSETTLED, NEEDS_JUDGEMENT, COVERED)

Row = dict[str, Any]


def steps(compared: Sequence[Row], policy: Variant, treaty: Variant, wanted: dict[str, tuple[Wanted, ...]]) -> list[Row]:
    """One step for each clause compared that asks something; `compared` is the comparison clause by clause."""
    return [_step(row, policy, treaty.clause(row["clause"]), wanted) for row in compared if row["cells"] or row["has_proviso"]]


def text_only(compared: Sequence[Row]) -> list[str]:
    """The clauses compared that are no step: procedures and rights on which no act turns."""
    return [str(row["clause"]) for row in compared if not row["cells"] and not row["has_proviso"]]


def to_settle(treaty: Variant) -> list[Row]:
    """Points of the treaty that are contested or that allow no exception: noted in its file, to be settled before a state joins."""
    return [
        {"clause": one.id, "says": one.texts[0].says, "source": one.texts[0].citation or one.texts[0].file}
        for one in treaty.clauses
        if one.kind == "note"
    ]


def _step(row: Row, policy: Variant, clause: Clause, wanted: dict[str, tuple[Wanted, ...]]) -> Row:
    missing = [told for one in row["attributes"] if (told := _missing(one, clause))]
    return {
        "article": row["article"],
        "clause": clause.id,
        "asks": clause.texts[0].says,
        "status": _status(row, clause, missing),
        "gaps": _merged([{**gap, "closes": _closes(gap, policy, clause)} for gap in row["gaps"]]),
        "missing": missing,
        "judgement": clause.proviso,
        "evidence": [{"wanted": one.words, "citation": one.citation} for one in wanted.get(clause.id, ())],
    }


def _status(row: Row, clause: Clause, missing: Sequence[Row]) -> str:
    verdicts = {gap["policy"] for gap in row["gaps"]}
    if verdicts == {UNDETERMINED}:
        return UNSETTLED
    is_weaker = any(one["attribute"] == "force" for one in missing)
    if verdicts == {NOT_ADDRESSED} and not row["covered"] and not is_weaker:
        return NO_COUNTERPART
    if verdicts or any(one["policy"] == "none" for one in missing) or is_weaker:
        return GAP
    return NEEDS_JUDGEMENT if clause.proviso or missing else COVERED


def _missing(attribute: dict[str, str], clause: Clause) -> Row | None:
    """A deadline or a force that the policy lacks; what the policy has beyond the treaty is no gap."""
    name, theirs, ours = attribute["attribute"], attribute["treaty"], attribute["policy"]
    if name == "deadline" and theirs != "none":
        said = "No date" if ours == "none" else f"Another date ({ours}), to be compared"
        return {"attribute": name, "treaty": theirs, "policy": ours, "closes": f"{said}; Article {clause.article}: {theirs}."}
    if name == "force":
        return {
            "attribute": name,
            "treaty": theirs,
            "policy": ours,
            "closes": f"{attribute['clause']} is {ours.replace('_', ' ')} only; Article {clause.article} makes it a duty.",
        }
    return None


def _closes(gap: Row, policy: Variant, clause: Clause) -> str:
    """What the text of the policy lacks here, in one sentence; `{acts}` stands for the acts, which are filled in last."""
    ours = [one for one in policy.clauses if one.id in gap["clauses"] and one.id != clause.id]
    named = ", ".join(one.id for one in ours)
    lacking = "a prohibition ({acts})" if gap["treaty"] == PROHIBITED else "a duty ({acts})"
    if gap["policy"] == UNDETERMINED:
        why = " ".join(dict.fromkeys(one.why for one in ours if one.why))
        return f"It is not known what holds here ({named}): {why} Unless it stands, missing: {lacking}."
    if gap["policy"] == CONFLICT:
        return f"{named} contradict each other here. Missing: {lacking} alone."
    if ours:
        return f"Under {named} this is {gap['policy']}. Missing: {lacking} in its place."
    act = gap["activity"]["act"]
    if near := _near(gap, policy):
        exceptions = [one.id for one in policy.clauses if one.kind == "except" and set(near) & {*one.suspends, *one.defeats}]
        ends = f"; {', '.join(exceptions)} takes this out" if exceptions else ""
        return f"{', '.join(near)} stops short of this{ends}. Missing: {lacking} here too."
    brought = [one for one in policy.clauses if one.kind == "oblige" and _speaks_of(act, one.duty_when)]
    if brought:
        asked = "; ".join(f"{one.id} only asks to {', '.join(one.do)}" for one in brought)
        return f"The policy says nothing about this act itself ({asked}). Missing: {lacking}."
    return f"The policy has no rule on this. Missing: {lacking}."


def _near(gap: Row, policy: Variant) -> list[str]:
    """The clauses of the policy that ask for the same elsewhere."""
    kind = "forbid" if gap["treaty"] == PROHIBITED else "oblige"
    return [one.id for one in policy.clauses if one.kind == kind and _speaks_of(gap["activity"]["act"], one.when)]


def _speaks_of(act: str, when: Sequence[Condition]) -> bool:
    return any(act in condition.get("act", ()) for condition in when)


def _merged(gaps: Sequence[Row]) -> list[Row]:
    """The same gap for another act or another thing (a mine, a device that its victim sets off) is one line; it names them all."""
    told: dict[str, Row] = {}
    for gap in gaps:
        activity = gap["activity"]
        circumstances = {name: value for name, value in activity.items() if name not in ("act", "item", "initiation")}
        key = str((circumstances, gap["policy"], gap["treaty"], gap["closes"]))
        held = told.setdefault(key, {**gap, "acts": [], "items": [], "cells": 0})
        held["cells"] += gap["cells"]
        for name, value in (("acts", activity["act"]), ("items", activity.get("item"))):
            if value is not None and value not in held[name]:
                held[name].append(value)
    for one in told.values():
        one["closes"] = one["closes"].format(acts=", ".join(one["acts"]))
    return list(told.values())
