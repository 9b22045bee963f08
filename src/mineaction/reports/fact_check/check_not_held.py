"""What needs facts that are not held: a rank among donors, reported use of weapons, who held an office.

The answer names what is missing, and gives the facts beside it that are held. Refuses to guess any of the three.
"""

from __future__ import annotations

from mineaction.registers.treaty_status import status_of
from mineaction.reports.fact_check.check_membership import STANDING
from mineaction.reports.fact_check.check_series import CLAIMANT
from mineaction.reports.fact_check.evidence import (
    NOT_VERIFIABLE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.states import states_from


def superlative(claim: Claim, asked: Asked) -> Answer:
    """The largest, the leading: a rank among others whose figures are not held."""
    rows = [row for row in asked.rows("funding_record") if row["kind"] == "monitor_annual_total"]
    known = [row for row in rows if row.known_from is not None and row.known_from <= asked.day]
    latest = max(known, key=lambda row: row["fiscal_year_to"], default=None)
    evidence = (
        (fact_evidence(latest, f"its own total of {latest['fiscal_year_to']} as counted by the Monitor", int(latest["amount_usd"])),)
        if latest is not None and asked.actor_of(claim) == CLAIMANT
        else ()
    )
    return Answer(
        UNKNOWN,
        None,
        evidence,
        asked.known_to("funding_record"),
        missing=("figures of the other donors",),
        why="A rank needs the figures of the others; they are not held.",
    )


def reported_use(claim: Claim, asked: Asked) -> Answer:
    """Somebody used weapons somewhere: no register of reported use is held."""
    states = states_from(asked.evidence.facts.get("country", ()))
    actor = next((code for _, _, code in states.named(claim.words.get("who", ""))), "")
    bound = ""
    if actor:
        standing = STANDING[status_of(asked.history("APMBC"), actor, asked.day).status]
        bound = f" {names_of([actor], asked.evidence.facts.get('country', ()))[0]} was {standing} the Ottawa Convention on {asked.day}."
    return Answer(
        NOT_VERIFIABLE,
        missing=("a register of reported use",),
        why=f"No register of reported use is held; how to grade the evidence is a judgement.{bound}",
    )


def office_holder(claim: Claim, asked: Asked) -> Answer:
    """A person held an office: no list of office holders is held."""
    return Answer(
        NOT_VERIFIABLE, missing=("office holders with dates",), why=f"Who was {claim.words['office']} on that day is not among the facts."
    )
