"""Does the law say what the statement says it says: the undertakings of a policy, and what a treaty prohibits?

The encoded clauses decide. A rule that held on the statement's day and that a later act ended is `superseded`, with that act as
evidence; a rule that did not hold on its own day is `false`, with the act that shows it. Where a state has no policy here but a
treaty binds it, the treaty answers. Unsettled or missing law is `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mineaction.policies.quotes import folded
from mineaction.policies.rule_claims import RuleAnswer, RuleClaim
from mineaction.registers.treaty_status import status_of
from mineaction.reports.fact_check.check_counts import no_treaty
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
from mineaction.reports.fact_check.policy_steps import (
    begun_between,
    decisions_against,
    have_ended,
    in_force,
    on_acts,
    step_evidence,
    steps_of,
)
from mineaction.reports.fact_check.rule_law import (
    APMBC,
    Held,
    as_general_rule,
    as_special_rule,
    exceptions_of,
    governing,
    held_on,
    judged,
    reading_note,
    unsettled_words,
)
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.fact import RecordedFact


def rule(claim: Claim, asked: Asked) -> Answer:
    """An undertaking: so is forbidden, permitted or obliged to this actor."""
    assert claim.rule is not None, "a rule claim has a rule"
    actor = asked.actor_of(claim)
    if not actor:
        return no_actor()
    if claim.words.get("unreadable"):
        return _unreadable(claim, asked.evidence.ask_rule(claim.rule, actor, asked.day, asked.known_at))
    now = _in_its_own_words(asked.words_of(claim), held_on(claim.rule, actor, asked))
    if asked.stated_on is None or asked.day <= asked.stated_on:
        return _told(claim, now, None, actor, asked)
    then = _in_its_own_words(asked.words_of(claim), held_on(claim.rule, actor, asked.on(asked.stated_on)))
    return _told(claim, now, then, actor, asked)


def _in_its_own_words(quote: str, held: Held) -> Held:
    """A sentence that stands in the policy itself is not false because other words of the policy limit it."""
    words = folded(quote)
    if not words or held.verdict != FALSE or held.law != "policy" or not any(folded(text).startswith(words) for text in held.answer.texts):
        return held
    return replace(held, verdict=UNKNOWN, why=f"{held.answer.version} has these words, and others that limit them: {_shown(held.answer)}")


def _shown(answer: RuleAnswer) -> str:
    return ", ".join(f"{name} {value}".replace("_", " ") for name, value in (answer.counterexample or {}).items())


def _unreadable(claim: Claim, without_limit: RuleAnswer) -> Answer:
    """The answer about a rule with a limit in words that the vocabulary does not have: never about the rule without it."""
    words = claim.words["unreadable"]
    year = re.search(r"\b(?:19|20)\d{2}\b", words)
    texts = [str(one.get("text_held") or one.get("text", "")) for one in without_limit.clauses]
    if year and without_limit.verdict in ("holds", "fails", "unsettled") and not any(year.group() in text for text in texts):
        clauses = tuple(clause_evidence(one, without_limit.version) for one in without_limit.clauses)
        return Answer(UNKNOWN, None, clauses, missing=(f"a text with the date {words}",), why=f"The text held has no such date: {words}.")
    return Answer(
        UNKNOWN, missing=(f"the words {words} in the vocabulary of policies",), why=f"The limit {words} cannot be put to the law."
    )


def _told(claim: Claim, now: Held, then: Held | None, actor: str, asked: Asked) -> Answer:
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
            verdict, why = _since_then(claim.rule, now, then, steps, asked, has_left=now.answer.verdict == "no_policy" and bool(since))
        elif then.verdict == UNKNOWN and now.verdict == FALSE:
            verdict, why = (
                UNKNOWN,
                f"Whether it was so on {asked.stated_on} is not known ({then.why}). On {asked.day}: {governing(now, claim.rule)}.",
            )
    standing = [] if since else [step_evidence(row) for row in in_force(steps, asked) if row["instrument_kind"] != "decision"]
    decisions = decisions_against(steps_of(actor, asked), claim.rule.acts, asked) if claim.rule.modality == "forbid" else []
    if decisions and verdict in (TRUE, SUPPORTED, PARTLY_SUPPORTED):
        why += (
            " A decision of a single case conflicts with the rule and does not amend it: "
            + "; ".join(f"{row['instrument']} ({row['date']})" for row in decisions)
            + "."
        )
    if claim.rule.modality == "permit" and verdict in (FALSE, PARTLY_SUPPORTED, UNKNOWN):
        allowing = [
            row
            for row in in_force(steps, asked)
            if row["instrument_kind"] == "decision" and _is_that_decision(claim, row["note"], row["mine_scope"], asked)
        ]
        if allowing:
            verdict, decisions = SUPPORTED, allowing
            why = f"A decision of a single case allows it, against the standing rule: {allowing[0]['instrument']} ({allowing[0]['date']})."
    known_to = asked.known_to("policy_step") if now.law == "policy" else asked.known_to("treaty_event", APMBC)
    return Answer(
        verdict,
        governing(now, claim.rule),
        (*since, *evidence, *standing, *(step_evidence(row) for row in decisions)),
        known_to,
        1 if known_to and verdict in (TRUE, SUPPORTED) else None,
        _missing(now, actor, asked) if verdict in (UNKNOWN, SUPERSEDED) else (),
        (*now.assumes, *(_is_the_act_itself(now.answer, asked) if verdict == TRUE else ()), *asked.reaches_beyond_knowing()),
        why,
        reading_note(now.answer) if verdict == now.verdict else "",
    )


def _since_then(rule: RuleClaim, now: Held, then: Held, steps: Sequence[RecordedFact], asked: Asked, *, has_left: bool) -> tuple[str, str]:
    """What became of a rule that held on the statement's day: superseded only where something says that it ended or is otherwise now."""
    assert asked.stated_on is not None, "only a dated statement has a then"
    is_text_without_it = now.law == "policy" and now.answer.verdict == "fails"
    is_known_to_end = now.verdict != UNKNOWN or is_text_without_it or has_left or have_ended(steps, rule.acts, asked.stated_on, asked)
    if not is_known_to_end:
        return UNKNOWN, f"It was so on {asked.stated_on}. Whether it ended is not known; on {asked.day}: {now.why}."
    ended = f" Ended by {then.answer.ended_by}." if then.answer.ended_by else ""
    if now.answer.verdict == "unsettled":
        return SUPERSEDED, f"It was so on {asked.stated_on}.{ended} What governs now is unsettled: {unsettled_words(now.answer)}"
    return SUPERSEDED, f"It was so on {asked.stated_on}.{ended} Since then: {governing(now, rule).rstrip('.')}."


def _is_the_act_itself(answer: RuleAnswer, asked: Asked) -> tuple[str, ...]:
    """Said when the rule is quoted from the statement that is checked: then the statement is the act, not a report of it."""
    names = tuple(f"/{name}" for name in (asked.file_name, *asked.copies))
    is_own = any(str(one.get("source", "")).endswith(own) for one in answer.clauses for own in names)
    return ("the encoded rule is quoted from this statement, which is the act itself",) if is_own else ()


def _withdrawal_of(actor: str, asked: Asked) -> list[Mapping[str, object]]:
    """The act by which the state left the treaty."""
    status = status_of(asked.history(APMBC), actor, asked.day)
    rows = [row for row in status.events if row["event"].startswith("withdrawal")]
    return [fact_evidence(row, f"{row['name']}: {row['event'].replace('_', ' ')} {row['date']}", row["date"]) for row in rows]


def _is_that_decision(claim: Claim, note: str, mine_scope: str, asked: Asked) -> bool:
    """Whether a decision is the one the sentence tells of: no wider mines, and the same recipient."""
    assert claim.rule is not None
    is_narrow = mine_scope != "nonpersistent" or claim.rule.where.get("persistence") == ("self_destructing_and_deactivating",)
    states = states_from(asked.evidence.facts.get("country", ()))
    recipients = {code for _, _, code in states.named(claim.words.get("rest", ""))}
    return is_narrow and any(code in note for code in recipients)


def _missing(held: Held, actor: str, asked: Asked) -> tuple[str, ...]:
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
    if claim.words.get("unreadable"):
        return _unreadable(claim, asked.evidence.ask_treaty(claim.rule, treaty.lower(), asked.day, asked.known_at))
    general = asked.evidence.ask_treaty(as_general_rule(claim.rule), treaty.lower(), asked.day, asked.known_at)
    if general.verdict in ("no_policy", "not_encoded"):
        return Answer(UNKNOWN, missing=(f"{treaty} as clauses",), why=f"No text of the {treaty} in force on {asked.day} is encoded here.")
    special = asked.evidence.ask_treaty(as_special_rule(claim.rule), treaty.lower(), asked.day, asked.known_at)
    held = judged(claim.rule, general, "treaty")
    verdict = held.verdict
    if claim.words.get("not"):
        verdict = {TRUE: FALSE, FALSE: TRUE}.get(verdict, verdict)
    assumes = (f"told as the general rule, {exceptions_of(special)}",) if general.verdict == "holds" and special.verdict != "holds" else ()
    wrong = (
        [act for act in claim.rule.acts if verdict == FALSE and _fails_alone(claim.rule, act, treaty, asked)]
        if len(claim.rule.acts) > 1
        else []
    )
    because = f"{held.why}{'; not so for: ' + ', '.join(wrong) if wrong else ''}."
    clauses = {str(one["id"]): clause_evidence(one, general.version) for one in (*general.clauses, *special.clauses)}
    return Answer(
        verdict,
        " or ".join(one.replace("_", " ") for one in general.governs),
        tuple(clauses.values()),
        assumes=assumes,
        why=because,
        note=reading_note(general) if verdict == TRUE else "",
    )


def _fails_alone(wanted: RuleClaim, act: str, treaty: str, asked: Asked) -> bool:
    return (
        asked.evidence.ask_treaty(as_general_rule(replace(wanted, acts=(act,))), treaty.lower(), asked.day, asked.known_at).verdict
        != "holds"
    )
