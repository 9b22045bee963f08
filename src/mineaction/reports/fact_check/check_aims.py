"""Does the policy state the aim the statement tells of: to accede, to curtail use, to align with the treaty, to leave one place unchanged?

Aims and the comparison article by article come from the encoded policy, an unchanged place from the policy history. What held on
the statement's day and ended since is `superseded`, with the act that ended it. "Key" is a judgement: every article that binds is compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mineaction.policies.rule_claims import RuleAnswer
from mineaction.reports.fact_check.evidence import (
    FALSE,
    PARTLY_SUPPORTED,
    SUPERSEDED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    clause_evidence,
    evidence_row,
    no_actor,
)
from mineaction.reports.fact_check.policy_steps import begun_between, ended_between, have_ended, in_force, step_evidence, steps_of
from mineaction.terms.fact import RecordedFact

_APMBC = "APMBC"
# The activity of the policy history that is the same aim.
_ACT_OF = {"accede_to_apmbc": ("accede",)}
_SAYS = {
    "prohibited": "prohibits it",
    "permitted": "permits it",
    "obliged": "obliges to it",
    "not_addressed": "does not address it",
    "undetermined": "leaves it open",
}


def aim(claim: Claim, asked: Asked) -> Answer:
    """The policy states an aim: to accede, to curtail use."""
    return _aim(claim, asked, is_denied=bool(claim.words.get("not")))


def aim_denied(claim: Claim, asked: Asked) -> Answer:
    """The opposite of an aim the policy may state."""
    return _aim(claim, asked, is_denied=True)


def _aim(claim: Claim, asked: Asked, *, is_denied: bool) -> Answer:
    actor = asked.actor_of(claim)
    if not actor:
        return no_actor()
    if claim.words.get("treaty_id", _APMBC) != _APMBC:
        return Answer(
            UNKNOWN,
            missing=(f"aims about {claim.words['treaty_id'] or 'this treaty'}",),
            why="Only aims about the Ottawa Convention are held.",
        )
    topic = claim.words["aim"]
    now = asked.evidence.ask_aim(topic, actor, asked.day, asked.known_at)
    told = _aim_on(now, is_denied=is_denied)
    evidence = tuple(clause_evidence(one, now.version) for one in now.clauses)
    if asked.stated_on is not None and asked.day > asked.stated_on:
        then = asked.evidence.ask_aim(topic, actor, asked.stated_on, asked.known_at)
        before = _aim_on(then, is_denied=is_denied)
        if before == TRUE and told == UNKNOWN and not have_ended(steps_of(actor, asked), _ACT_OF.get(topic, ()), asked.stated_on, asked):
            return Answer(
                UNKNOWN,
                topic,
                tuple(clause_evidence(one, then.version) for one in then.clauses),
                asked.known_to("policy_step"),
                missing=(f"the text in force on {asked.day} as clauses",),
                why=f"{then.version} stated it. Whether the aim ended is not known: {now.note}.",
            )
        if before == TRUE and told != TRUE:
            steps = begun_between(steps_of(actor, asked), asked.stated_on, asked.day)
            return Answer(
                SUPERSEDED,
                f"{now.version or 'the later text'} states no such aim",
                (*_one_of_each(steps), *(clause_evidence(one, then.version) for one in then.clauses)),
                asked.known_to("policy_step"),
                why=f"{then.version} stated it; it ended with {then.ended_by or 'a later text'}, which states no such aim.",
            )
        if before == UNKNOWN and told == FALSE:
            return _aim_of_a_text_not_held(topic, then, now, actor, asked, is_denied=is_denied)
        if before == FALSE:
            reason = f"It was not so on {asked.stated_on}: {then.version} {'states the opposite' if is_denied else 'states no such aim'}."
            clauses = tuple(clause_evidence(one, then.version) for one in then.clauses)
            return Answer(FALSE, topic, clauses, asked.known_to("policy_step"), why=reason)
    known_to = asked.known_to("policy_step")
    missing = {"no_policy": "a policy of this actor", "not_encoded": f"the text in force on {asked.day} as clauses"}.get(now.verdict)
    why = {
        TRUE: f"{now.version} states it.",
        FALSE: f"{now.version or 'the policy'} {'states the opposite' if is_denied else 'states no such aim'}.",
    }
    wide = "the policy is about anti-personnel mines; 'landmines' in the sentence is wider"
    assumes = (wide,) if claim.words.get("is_wide") else ()
    return Answer(
        told,
        topic,
        evidence,
        known_to,
        1 if known_to and told == TRUE else None,
        (missing,) if missing else (),
        (*assumes, *asked.reaches_beyond_knowing()),
        why.get(told, now.note),
    )


def _aim_of_a_text_not_held(topic: str, then: RuleAnswer, now: RuleAnswer, actor: str, asked: Asked, *, is_denied: bool) -> Answer:
    """What a later text without the aim says of a statement made under a text that is not encoded: only the history may say it ended."""
    assert asked.stated_on is not None
    aims = [row for row in steps_of(actor, asked) if row["activity"] in _ACT_OF.get(topic, ()) and row["modality"] == "aim"]
    ended = [] if is_denied else ended_between(aims, asked.stated_on, asked)
    known_to = asked.known_to("policy_step")
    if ended:
        steps = begun_between(steps_of(actor, asked), asked.stated_on, asked.day)
        return Answer(
            SUPERSEDED,
            f"{now.version or 'the later text'} states no such aim",
            (*(step_evidence(row) for row in ended), *_one_of_each(steps)),
            known_to,
            why=f"The policy history has the aim until {ended[-1]['in_force_to']}; it ended with {ended[-1]['ended_by']}.",
        )
    missing = (f"the text in force on {asked.stated_on} as clauses",)
    return Answer(
        UNKNOWN, topic, known_to=known_to, missing=missing, why=f"Whether it was so on {asked.stated_on} is not known: {then.note}."
    )


def _one_of_each(steps: Sequence[RecordedFact]) -> tuple[Mapping[str, object], ...]:
    """The later acts of policy, one row of each."""
    acts = {row["step_id"]: row for row in reversed(steps) if row["instrument_kind"] == "executive_policy"}
    return tuple(step_evidence(row) for row in reversed(acts.values()))


def _aim_on(answer: RuleAnswer, *, is_denied: bool) -> str:
    if answer.verdict == "holds":
        return FALSE if is_denied else TRUE
    if answer.verdict == "fails":
        return UNKNOWN if is_denied else FALSE
    return UNKNOWN


def alignment(claim: Claim, asked: Asked) -> Answer:
    """The policy aligns with the treaty, outside a place: article by article."""
    actor = asked.actor_of(claim)
    if not actor:
        return no_actor()
    if claim.words.get("treaty_id") != _APMBC:
        return Answer(UNKNOWN, missing=("another treaty to compare with",), why="Policies are compared with the Ottawa Convention only.")
    outside = "korean_peninsula" if claim.words.get("outside") or claim.words.get("outside_after") else None
    now = asked.evidence.ask_aim("align_with_apmbc", actor, asked.day, asked.known_at)
    earlier: Answer | None = None
    if asked.stated_on is not None and asked.day > asked.stated_on:
        then = asked.evidence.ask_aim("align_with_apmbc", actor, asked.stated_on, asked.known_at)
        earlier = alignment(claim, asked.on(asked.stated_on))
        if earlier.verdict == FALSE:
            return replace(earlier, known_to=asked.known_to("policy_step"), why=f"It was not so on {asked.stated_on}: {earlier.why}")
        if then.verdict == "holds" and now.verdict != "holds":
            steps = begun_between(steps_of(actor, asked), asked.stated_on, asked.day)
            return Answer(
                SUPERSEDED,
                f"{now.version or 'the later text'} states no such aim",
                _one_of_each(steps),
                asked.known_to("policy_step"),
                why=f"{then.version} aimed at it; it ended with {then.ended_by or 'a later text'}.",
            )
    compared = asked.evidence.ask_alignment(None, actor, asked.day, outside, asked.known_at)
    if not compared:
        return Answer(
            UNKNOWN, missing=(f"the text in force on {asked.day} as clauses",), why=now.note or "No encoded policy governs that day."
        )
    answer = _aligned(claim, asked, now, compared)
    if earlier is not None and earlier.verdict == UNKNOWN and answer.verdict == FALSE:
        # A later text says nothing of a policy whose text is not held.
        return replace(earlier, known_to=asked.known_to("policy_step"))
    return answer


def _aligned(claim: Claim, asked: Asked, stated: RuleAnswer, compared: Mapping[str, object]) -> Answer:
    covered = [str(one) for one in _listed(compared, "covered")]
    gaps = _listed(compared, "gaps")
    weaker = list(dict.fromkeys(str(one["article"]) for one in gaps if isinstance(one, Mapping)))
    extent = claim.words.get("extent", "").lower()
    wants_all = any(one in extent for one in ("all", "every", "full"))
    verdict = TRUE if not gaps else (FALSE if not covered or wants_all else PARTLY_SUPPORTED)
    if claim.words.get("not"):
        verdict = {TRUE: FALSE, FALSE: TRUE}.get(verdict, PARTLY_SUPPORTED)
    says = f"covered: Articles {', '.join(covered) or 'none'}; weaker or missing: Articles {', '.join(weaker) or 'none'}"
    examples = []
    for article in weaker:
        gap = next(one for one in gaps if isinstance(one, Mapping) and one["article"] == article)
        examples.append(
            evidence_row(
                f"Article {article}: the policy {_said(gap['policy'])}, the Convention {_said(gap['treaty'])}",
                gap["activity"],
                str(compared["version"]),
                f"apmbc {article}",
            )
        )
    return Answer(
        verdict,
        {"covered": covered, "gaps": weaker},
        (*(clause_evidence(one, stated.version) for one in stated.clauses), *examples),
        asked.known_to("policy_step"),
        assumes=("'key' is a judgement: every article that binds is compared",) if "key" in extent or "core" in extent else (),
        why=f"{compared['version']} compared with the Convention: {says}.",
    )


def _said(verdict: object) -> str:
    return _SAYS.get(str(verdict), str(verdict).replace("_", " "))


def _listed(compared: Mapping[str, object], name: str) -> list[object]:
    found = compared.get(name, [])
    assert isinstance(found, list)
    return found


def unchanged(claim: Claim, asked: Asked) -> Answer:
    """The policy in one place stays as it was: a reference to the version before."""
    actor = asked.actor_of(claim)
    place = claim.words.get("place", "")
    if not actor:
        return no_actor()
    if claim.words.get("not") or "korea" not in place.lower():
        return Answer(
            UNKNOWN, missing=(f"a policy for '{place or 'that place'}'",), why="Only policy on the Korean Peninsula is held apart."
        )
    steps = [row for row in steps_of(actor, asked) if row["location_scope"] in ("korean_peninsula", "global") and row["activity"] == "use"]
    known_to = asked.known_to("policy_step")
    kept = [row for row in in_force(steps, asked) if row["modality"] == "reference_to_previous_version"]
    if kept:
        return Answer(
            TRUE,
            "the version before governs there",
            tuple(step_evidence(row) for row in kept),
            known_to,
            1 if known_to else None,
            why="The policy refers to the version before it for the Korean Peninsula.",
        )
    if asked.stated_on is not None and asked.day > asked.stated_on and unchanged(claim, asked.on(asked.stated_on)).verdict == TRUE:
        later = begun_between(steps, asked.stated_on, asked.day)
        return Answer(
            SUPERSEDED,
            "; ".join(f"{row['activity']} {row['modality']} ({row['location_scope']})" for row in later),
            tuple(step_evidence(row) for row in later),
            known_to,
            why="A later act changed the policy there too.",
        )
    return Answer(
        UNKNOWN,
        None,
        tuple(step_evidence(row) for row in in_force(steps, asked)),
        known_to,
        missing=("a step that keeps the policy there unchanged",),
        why="No step of the policy history says that the policy there is unchanged on that day.",
    )
