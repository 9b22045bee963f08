"""What becomes of a finding when the actor is not bound, when that is not known, or when the instrument speaks of others?

Who is bound is handed over as a `Binding`. The verdict that would hold for an actor who is bound stays in the finding as `if_bound`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mineaction.policies.question import Finding
from mineaction.terms.verdict import NOT_ADDRESSED, NOT_BOUND, UNDETERMINED


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether an instrument binds the actor on the day: `status` bound, not_bound or unknown; `missing` names what would tell.

    `recipient` is another or unknown where an instrument names the states on the other side (`named`) and the act may concern none.
    """

    status: str
    reason: str = ""
    provisos: tuple[str, ...] = ()
    missing: str = "treaty_status"
    readings: tuple[tuple[str, str], ...] = ()
    recipient: str = ""
    named: tuple[str, ...] = ()


def for_recipient(told: Finding, binding: Binding) -> Finding:
    """The same where the instrument speaks of any recipient; one that names states says nothing of an act towards another."""
    possible = {*(told["possible"] or [told["verdict"]])}
    if not binding.recipient or possible == {NOT_ADDRESSED}:
        return told
    only = f"it speaks of {', '.join(binding.named)} on the other side"
    if binding.recipient == "another":
        empty: Finding = {name: [] for name in ("clauses", "duties", "provisos", "possible", "missing", "missing_law")}
        return told | empty | {"verdict": NOT_ADDRESSED, "reason": f"{only} only"}
    missing = [list(dict.fromkeys([*names, "counterparty"])) for names in told["missing"]] or [["counterparty"]]
    reason = f"facts are missing; {only} only"
    return told | {"verdict": UNDETERMINED, "reason": reason, "possible": sorted({NOT_ADDRESSED, *possible}), "missing": missing}


def with_binding(told: Finding, binding: Binding) -> Finding:
    """The finding for an actor who is bound, not bound, or of whom that is not known."""
    # Several clauses may leave the same to judgement: it is said once.
    told["provisos"] = list(dict.fromkeys([*told["provisos"], *binding.provisos]))
    if binding.status == "bound":
        return told
    told["if_bound"] = told["verdict"]
    if binding.status == "not_bound":
        return told | {"verdict": NOT_BOUND, "reason": binding.reason, "possible": [], "missing": [], "missing_law": [], "duties": []}
    possible = sorted({NOT_BOUND, *(told["possible"] or [told["verdict"]])})
    reason = binding.reason or "it is not known whether the instrument binds this actor"
    # Who acts tells the actor's own Article 4 period as well.
    implied = {"is_within_article_4_period"} if binding.missing == "actor" else set()
    missing = [[binding.missing, *(name for name in names if name not in implied)] for names in told["missing"]] or [[binding.missing]]
    return told | {"verdict": UNDETERMINED, "reason": reason, "possible": possible, "missing": missing, "duties": []}
