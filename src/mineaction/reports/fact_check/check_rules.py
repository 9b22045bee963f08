"""Does the law say what the statement says it says: the undertakings of a policy, and what a treaty prohibits?

The encoded clauses decide. A rule that held on the statement's day and that a later act ended is `superseded`, with that act as
evidence; a rule that did not hold on its own day is `false`, with the act that shows it. Where a state has no policy here but a
treaty binds it, the treaty answers. Unsettled or missing law is `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mineaction.policies.rule_claims import RuleAnswer, RuleClaim
from mineaction.registers.treaty_status import status_of
from mineaction.reports.fact_check.check_counts import history_of, no_treaty
from mineaction.reports.fact_check.check_membership import STANDING
from mineaction.reports.fact_check.evidence import (
    FALSE,
    PARTLY_SUPPORTED,
    SUPERSEDED,
    SUPPORTED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    clause_evidence,
    fact_evidence,
    names_of,
    no_actor,
)
from mineaction.reports.fact_check.policy_steps import begun_between, decisions_against, in_force, on_acts, step_evidence, steps_of
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.vocabulary import FIELDS

_SAYS = {"forbid": "prohibited", "permit": "permitted", "oblige": "obliged"}
# Purposes a rule without any purpose is about: those that no exception for mine action covers.
ORDINARY_PURPOSES = ("defence", "other")
_APMBC, _APMBC_LAW = "APMBC", "apmbc"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the law said about a claim on one day: our verdict, the law's answer, and which law it was."""

    verdict: str
    answer: RuleAnswer
    law: str
    assumes: tuple[str, ...] = ()
    why: str = ""


def rule(claim: Claim, asked: Asked) -> Answer:
    """An undertaking: so is forbidden, permitted or obliged to this actor."""
    assert claim.rule is not None, "a rule claim has a rule"
    actor = asked.actor_of(claim)
    if not actor:
        return no_actor()
    if claim.words.get("unreadable"):
        words = claim.words["unreadable"]
        return Answer(
            UNKNOWN, missing=(f"the words {words} in the vocabulary of policies",), why=f"The limit {words} cannot be put to the law."
        )
    now = _held(claim, claim.rule, actor, asked)
    if asked.stated_on is None or asked.day <= asked.stated_on:
        return _told(claim, now, None, actor, asked)
    then = _held(claim, claim.rule, actor, asked.on(asked.stated_on))
    return _told(claim, now, then, actor, asked)


def _told(claim: Claim, now: _Held, then: _Held | None, actor: str, asked: Asked) -> Answer:
    """The answer about the asked day, in the light of the statement's own day."""
    assert claim.rule is not None
    steps = on_acts(steps_of(actor, asked), claim.rule.acts)
    evidence: list[Mapping[str, object]] = [clause_evidence(one, now.answer.version) for one in now.answer.clauses]
    verdict, why = now.verdict, f"{now.why}."
    since: list[Mapping[str, object]] = []
    if then is not None and asked.stated_on is not None:
        if then.verdict == FALSE:
            verdict, why = FALSE, f"It was not so on {asked.stated_on}: {then.why}."
        elif then.verdict in (TRUE, SUPPORTED, PARTLY_SUPPORTED) and now.verdict not in (TRUE, SUPPORTED) and now.verdict != then.verdict:
            since = [step_evidence(row) for row in begun_between(steps, asked.stated_on, asked.day)] or _withdrawal_of(actor, asked)
            ended = f" Ended by {then.answer.ended_by}." if then.answer.ended_by else ""
            verdict, why = SUPERSEDED, f"It was so on {asked.stated_on}.{ended} Since then: {_governing(now, claim.rule)}."
        elif then.verdict == UNKNOWN and now.verdict == FALSE:
            verdict, why = (
                UNKNOWN,
                f"Whether it was so on {asked.stated_on} is not known ({then.why}). On {asked.day}: {_governing(now, claim.rule)}.",
            )
    standing = [] if since else [step_evidence(row) for row in in_force(steps, asked.day) if row["instrument_kind"] != "decision"]
    decisions = decisions_against(steps_of(actor, asked), claim.rule.acts, asked.day) if claim.rule.modality == "forbid" else []
    if decisions and verdict in (TRUE, SUPPORTED, PARTLY_SUPPORTED):
        why += (
            " A decision of a single case conflicts with the rule and does not amend it: "
            + "; ".join(f"{row['instrument']} ({row['date']})" for row in decisions)
            + "."
        )
    if claim.rule.modality == "permit" and verdict in (FALSE, PARTLY_SUPPORTED, UNKNOWN):
        allowing = [
            row
            for row in in_force(steps, asked.day)
            if row["instrument_kind"] == "decision" and _is_that_decision(claim, row["note"], row["mine_scope"], asked)
        ]
        if allowing:
            verdict, decisions = SUPPORTED, allowing
            why = f"A decision of a single case allows it, against the standing rule: {allowing[0]['instrument']} ({allowing[0]['date']})."
    known_to = asked.known_to("policy_step") if now.law == "policy" else asked.known_to("treaty_event", _APMBC)
    return Answer(
        verdict,
        _governing(now, claim.rule),
        (*since, *evidence, *standing, *(step_evidence(row) for row in decisions)),
        known_to,
        1 if known_to and verdict in (TRUE, SUPPORTED) else None,
        _missing(now, actor, asked) if verdict in (UNKNOWN, SUPERSEDED) else (),
        (*now.assumes, *_is_the_act_itself(now.answer, asked)) if verdict == TRUE else now.assumes,
        why,
        _reading_note(now.answer),
    )


def _is_the_act_itself(answer: RuleAnswer, asked: Asked) -> tuple[str, ...]:
    """Said when the rule is quoted from the statement that is checked: then the statement is the act, not a report of it."""
    is_own = any(str(one.get("source", "")).endswith(f"/{asked.file_name}") for one in answer.clauses)
    return ("the encoded rule is quoted from this statement, which is the act itself",) if is_own else ()


def _withdrawal_of(actor: str, asked: Asked) -> list[Mapping[str, object]]:
    """The act by which the state left the treaty."""
    status = status_of(history_of(_APMBC, asked), actor, asked.day)
    rows = [row for row in status.events if row["event"].startswith("withdrawal")]
    return [fact_evidence(row, f"{row['name']}: {row['event'].replace('_', ' ')} {row['date']}", row["date"]) for row in rows]


def _is_that_decision(claim: Claim, note: str, mine_scope: str, asked: Asked) -> bool:
    """Whether a decision is the one the sentence tells of: no wider mines, and the same recipient."""
    assert claim.rule is not None
    is_narrow = mine_scope != "nonpersistent" or claim.rule.where.get("persistence") == ("self_destructing_and_deactivating",)
    states = states_from(asked.evidence.facts.get("country", ()))
    recipients = {code for _, _, code in states.named(claim.words.get("rest", ""))}
    return is_narrow and any(code in note for code in recipients)


def _held(claim: Claim, wanted: RuleClaim, actor: str, asked: Asked) -> _Held:
    """What the policy of the actor says on the day, or the treaty that binds it where no policy is held."""
    made = _for_ordinary_purposes(wanted) if wanted.modality == "permit" else wanted
    answer = asked.evidence.ask_rule(made, actor, asked.day)
    if answer.verdict != "no_policy":
        return _judged(wanted, answer, "policy", asked)
    name = names_of([actor], asked.evidence.facts.get("country", ()))[0]
    status = status_of(history_of(_APMBC, asked), actor, asked.day)
    if status.status != "party":
        return _Held(
            UNKNOWN, answer, "policy", (), f"no policy of {name} is held, and it is {STANDING[status.status]} the {_APMBC} on {asked.day}"
        )
    disputed = tuple(f"the claimed {one.claim.reading} has no effect" for one in status.disputes if one.changes_the_answer)
    return _held_by_treaty(wanted, made, name, asked, (*status.assumes, *disputed))


def _held_by_treaty(wanted: RuleClaim, made: RuleClaim, name: str, asked: Asked, assumes: tuple[str, ...]) -> _Held:
    """What the treaty that binds the actor says. A state may undertake more: only what the treaty forbids makes a claim false."""
    made = _to_another_actor(made)
    by_treaty = asked.evidence.ask_treaty(made, _APMBC_LAW, asked.day)
    held = _judged(wanted, by_treaty, "treaty", asked)
    says = "says so" if held.verdict == TRUE else "says otherwise"
    if held.verdict == FALSE and wanted.modality != "permit":
        general = asked.evidence.ask_treaty(_as_general_rule(made), _APMBC_LAW, asked.day)
        if wanted.modality == "forbid" and general.verdict == "holds":
            held, says = _Held(SUPPORTED, general, "treaty", (_exceptions_of(by_treaty),)), "says so in general"
        else:
            held, says = replace(held, verdict=UNKNOWN), "asks for less, which does not settle it"
    return replace(
        held, assumes=(*held.assumes, *assumes), why=f"no policy of {name} is held; the {_APMBC} binds it on {asked.day} and {says}"
    )


def _to_another_actor(wanted: RuleClaim) -> RuleClaim:
    """The Convention names transfer only: an export or a sale is decided as one when it goes to another actor."""
    if "counterparty" in wanted.where or not set(wanted.acts) & {"export", "sell"}:
        return wanted
    return replace(
        wanted, where={**wanted.where, "counterparty": tuple(value for value in FIELDS["counterparty"].values if value != "none")}
    )


def _for_ordinary_purposes(wanted: RuleClaim) -> RuleClaim:
    """A rule that names no purpose is about ordinary ones; training and destruction have their own exceptions."""
    if "purpose" in wanted.where:
        return wanted
    excepted = {value for one in wanted.exceptions for value in one.get("purpose", ())}
    purposes = tuple(value for value in ORDINARY_PURPOSES if value not in excepted)
    return replace(wanted, where={**wanted.where, "purpose": purposes or ORDINARY_PURPOSES})


def _as_general_rule(wanted: RuleClaim) -> RuleClaim:
    """What a treaty says in general: ordinary purposes, and after the time it gives for what was there before (APMBC Article 4)."""
    general = _for_ordinary_purposes(wanted)
    return replace(general, where={"is_within_article_4_period": ("no",), **general.where})


def _as_special_rule(wanted: RuleClaim) -> RuleClaim:
    """The same acts for the other purposes: where a treaty has its exceptions."""
    others = tuple(value for value in FIELDS["purpose"].values if value not in ORDINARY_PURPOSES)
    return replace(_as_general_rule(wanted), where={**_as_general_rule(wanted).where, "purpose": others})


def _judged(wanted: RuleClaim, answer: RuleAnswer, law: str, asked: Asked) -> _Held:
    verdict = {"holds": TRUE, "partly": PARTLY_SUPPORTED, "fails": FALSE}.get(answer.verdict, UNKNOWN)
    if verdict == FALSE and wanted.modality == "permit" and "permitted" in answer.governs:
        verdict = PARTLY_SUPPORTED
    version = answer.version or "no encoded text"
    why = {
        TRUE: f"{version} says so",
        PARTLY_SUPPORTED: f"{version} says so in part",
        FALSE: f"{version} says otherwise",
        UNKNOWN: answer.note or f"{version} does not settle it",
    }[verdict]
    if answer.counterexample and verdict != TRUE:
        why += ": " + ", ".join(f"{name} {value}" for name, value in answer.counterexample.items())
    return _Held(verdict, answer, law, _readings(answer), why)


def _readings(answer: RuleAnswer) -> tuple[str, ...]:
    """Under which readings of the text the answer would be another."""
    others = [f"{name}: {said}" for name, said in answer.readings.items() if said != answer.verdict]
    return (f"read as {answer.reading}; otherwise under {', '.join(others)}",) if others else ()


def _reading_note(answer: RuleAnswer) -> str:
    """Said of the claim as a whole when it holds under one reading and not under every one."""
    is_contested = any(said != answer.verdict for said in answer.readings.values())
    return f"read as {answer.reading}" if answer.verdict == "holds" and is_contested else ""


def _exceptions_of(answer: RuleAnswer) -> str:
    permits = [str(one["id"]) for one in answer.clauses if one.get("kind") == "permit"]
    return f"apart from what {', '.join(permits) or 'the text'} permits and from the time given for existing stocks"


def _governing(held: _Held, wanted: RuleClaim) -> str:
    """What governs, in the words of verdicts."""
    answer = held.answer
    if answer.verdict == "holds":
        return "best effort" if wanted.force == "best_effort" else _SAYS[wanted.modality]
    if answer.verdict == "no_policy":
        return "no law of this actor is held, and the treaty does not bind it"
    if not answer.governs:
        return "no such rule" if answer.version else "no law held for that day"
    words = [one.replace("_", " ") for one in answer.governs]
    if answer.governs == ("undetermined",):
        return "undetermined: unsettled law"
    return words[0] if len(words) == 1 else ", ".join(f"partly {one}" for one in words)


def _missing(held: _Held, actor: str, asked: Asked) -> tuple[str, ...]:
    name = names_of([actor], asked.evidence.facts.get("country", ()))[0]
    if held.answer.verdict == "no_policy":
        return (f"a policy of {name} for {asked.day}",)
    if held.answer.verdict == "not_encoded":
        return (f"the text in force on {asked.day} as clauses",)
    unsettled = [str(one["id"]) for one in held.answer.clauses if one.get("kind") == "unsettled"]
    return (f"law: {', '.join(unsettled)} is unsettled",) if held.answer.verdict == "unsettled" and unsettled else ()


def treaty_rule(claim: Claim, asked: Asked) -> Answer:
    """A treaty prohibits (permits) these acts, as a general rule; its own exceptions are named."""
    treaty = claim.words.get("treaty_id", "")
    if not treaty:
        return no_treaty()
    assert claim.rule is not None, "a treaty claim has a rule"
    general = asked.evidence.ask_treaty(_as_general_rule(claim.rule), treaty.lower(), asked.day)
    if general.verdict in ("no_policy", "not_encoded"):
        return Answer(UNKNOWN, missing=(f"{treaty} as clauses",), why=f"No text of the {treaty} in force on {asked.day} is encoded here.")
    special = asked.evidence.ask_treaty(_as_special_rule(claim.rule), treaty.lower(), asked.day)
    held = _judged(claim.rule, general, "treaty", asked)
    verdict = held.verdict
    if claim.words.get("not"):
        verdict = {TRUE: FALSE, FALSE: TRUE}.get(verdict, verdict)
    assumes = (f"told as the general rule, {_exceptions_of(special)}",) if general.verdict == "holds" and special.verdict != "holds" else ()
    wrong = (
        [act for act in claim.rule.acts if verdict == FALSE and _fails_alone(claim.rule, act, treaty, asked)]
        if len(claim.rule.acts) > 1
        else []
    )
    because = f"{held.why}{'; not so for: ' + ', '.join(wrong) if wrong else ''}."
    clauses = {str(one["id"]): clause_evidence(one, general.version) for one in (*general.clauses, *special.clauses)}
    return Answer(
        verdict, " or ".join(one.replace("_", " ") for one in general.governs), tuple(clauses.values()), assumes=assumes, why=because
    )


def _fails_alone(wanted: RuleClaim, act: str, treaty: str, asked: Asked) -> bool:
    return asked.evidence.ask_treaty(_as_general_rule(replace(wanted, acts=(act,))), treaty.lower(), asked.day).verdict != "holds"
