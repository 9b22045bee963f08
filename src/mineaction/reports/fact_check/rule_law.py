"""What does the law say about a claimed rule on one day: the policy of the actor, or the treaty that binds it where no policy is held?

A rule that names no purpose is about ordinary ones. A state may undertake more than a treaty asks: only what the treaty forbids makes its
claim false. Refuses to settle what a text leaves open: that is `unknown`, with what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mineaction.policies.rule_claims import RuleAnswer, RuleClaim
from mineaction.registers.treaty_status import status_of
from mineaction.reports.fact_check.check_membership import STANDING
from mineaction.reports.fact_check.evidence import FALSE, PARTLY_SUPPORTED, SUPPORTED, TRUE, UNKNOWN, Asked, names_of
from mineaction.terms.vocabulary import FIELDS

_SAYS = {"forbid": "prohibited", "permit": "permitted", "oblige": "obliged"}
# Purposes a rule without any purpose is about: those that no exception for mine action covers.
ORDINARY_PURPOSES = ("defence", "other")
APMBC, APMBC_LAW = "APMBC", "apmbc"


@dataclass(frozen=True, slots=True)
class Held:
    """What the law said about a claim on one day: our verdict, the law's answer, and which law it was."""

    verdict: str
    answer: RuleAnswer
    law: str
    assumes: tuple[str, ...] = ()
    why: str = ""


def held_on(wanted: RuleClaim, actor: str, asked: Asked) -> Held:
    """What the policy of the actor says on the day, or the treaty that binds it where no policy is held."""
    made = _for_ordinary_purposes(wanted) if wanted.modality == "permit" else wanted
    answer = asked.evidence.ask_rule(made, actor, asked.day, asked.known_at)
    if answer.verdict != "no_policy":
        return judged(wanted, answer, "policy")
    name = names_of([actor], asked.evidence.facts.get("country", ()))[0]
    status = status_of(asked.history(APMBC), actor, asked.day)
    if status.status != "party":
        return Held(
            UNKNOWN, answer, "policy", (), f"no policy of {name} is held, and it is {STANDING[status.status]} the {APMBC} on {asked.day}"
        )
    disputed = tuple(f"the claimed {one.claim.reading} has no effect" for one in status.disputes if one.changes_the_answer)
    return _held_by_treaty(wanted, made, name, asked, (*status.assumes, *disputed))


def _held_by_treaty(wanted: RuleClaim, made: RuleClaim, name: str, asked: Asked, assumes: tuple[str, ...]) -> Held:
    """What the treaty that binds the actor says. A state may undertake more: only what the treaty forbids makes a claim false."""
    made = _to_another_actor(made)
    by_treaty = asked.evidence.ask_treaty(made, APMBC_LAW, asked.day, asked.known_at)
    held = judged(wanted, by_treaty, "treaty")
    says = "says so" if held.verdict == TRUE else "says otherwise"
    if held.verdict == FALSE and wanted.modality != "permit":
        general = asked.evidence.ask_treaty(as_general_rule(made), APMBC_LAW, asked.day, asked.known_at)
        if wanted.modality == "forbid" and general.verdict == "holds":
            held, says = Held(SUPPORTED, general, "treaty", (exceptions_of(by_treaty),)), "says so in general"
        else:
            held, says = replace(held, verdict=UNKNOWN), "asks for less, which does not settle it"
    return replace(
        held, assumes=(*held.assumes, *assumes), why=f"no policy of {name} is held; the {APMBC} binds it on {asked.day} and {says}"
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


def as_general_rule(wanted: RuleClaim) -> RuleClaim:
    """What a treaty says in general: ordinary purposes, and after the time it gives for what was there before (APMBC Article 4)."""
    general = _for_ordinary_purposes(wanted)
    return replace(general, where={"is_within_article_4_period": ("no",), **general.where})


def as_special_rule(wanted: RuleClaim) -> RuleClaim:
    """The same acts for the other purposes, where a treaty has its exceptions; for its own purpose when the rule names one."""
    if "purpose" in wanted.where:
        return as_general_rule(wanted)
    others = tuple(value for value in FIELDS["purpose"].values if value not in ORDINARY_PURPOSES)
    return replace(as_general_rule(wanted), where={**as_general_rule(wanted).where, "purpose": others})


def judged(wanted: RuleClaim, answer: RuleAnswer, law: str) -> Held:
    """The verdict about the claim that the law's answer stands for, with the reason."""
    verdict = {"holds": TRUE, "fails": FALSE}.get(answer.verdict, UNKNOWN)
    if verdict == FALSE and wanted.modality == "permit" and "permitted" in answer.governs:
        verdict = PARTLY_SUPPORTED
    version = answer.version or "no encoded text"
    if verdict == FALSE and law == "policy" and set(answer.governs) <= {"not_addressed", "undetermined"}:
        # A policy that is silent on an act says nothing against the claim.
        said = "does not address it" + (", or leaves it open" if "undetermined" in answer.governs else "")
        return Held(UNKNOWN, answer, law, _readings(answer), f"the policy held ({version}) {said}")
    why = {
        TRUE: f"{version} says so",
        PARTLY_SUPPORTED: f"{version} says so in part",
        FALSE: f"{version} says otherwise",
        UNKNOWN: answer.note or f"{version} does not settle it",
    }[verdict]
    if answer.counterexample and verdict != TRUE:
        why += ": " + ", ".join(f"{name} {value}".replace("_", " ") for name, value in answer.counterexample.items())
    return Held(verdict, answer, law, _readings(answer), why)


_OFFICIAL_TEXTS = {"white_house_text": "the White House text", "state_text": "the State Department text"}
_SAID = {"holds": "it is so", "fails": "it is not so", "unsettled": "it is unsettled"}


def _in_words(reading: str) -> str:
    """Where a reading stands: in which of two official texts, or how the words are understood."""
    parts = reading.split("+")
    texts = [f"in {_OFFICIAL_TEXTS[one]}" for one in parts if one in _OFFICIAL_TEXTS]
    ways = [f"under the reading '{one.replace('_', ' ')}'" for one in parts if one not in _OFFICIAL_TEXTS]
    return " ".join((*texts, *ways))


def _readings(answer: RuleAnswer) -> tuple[str, ...]:
    """Under which readings of the text the answer would be another."""
    others = [f"{_SAID.get(said, said)} {_in_words(name)}" for name, said in answer.readings.items() if said != answer.verdict]
    return (f"read as it stands {_in_words(answer.reading)}; otherwise {', '.join(others)}",) if others else ()


def reading_note(answer: RuleAnswer) -> str:
    """Said of the claim as a whole when it holds in one text and not under every reading, and what a permission is limited by."""
    if answer.verdict != "holds":
        return ""
    notes = []
    others = [text for name, text in _OFFICIAL_TEXTS.items() if answer.readings.get(name, "holds") != "holds"]
    if others:
        notes.append(f"so {_in_words(answer.reading)}, not in {' or '.join(others)}")
    if set(answer.governs) == {"permitted"}:
        notes += [f"with the proviso: {one.removeprefix('needs_judgement: ')}" for one in answer.provisos]
    return "; ".join(notes)


def exceptions_of(answer: RuleAnswer) -> str:
    """What a general rule is told without."""
    permits = [str(one["id"]) for one in answer.clauses if one.get("kind") == "permit"]
    return f"apart from what {', '.join(permits) or 'the text'} permits and from the time given for existing stocks"


def unsettled_words(answer: RuleAnswer) -> str:
    """What the encoded text says of the law it leaves open."""
    return " ".join(dict.fromkeys(str(one["text"]) for one in answer.clauses if one.get("kind") == "unsettled"))


def governing(held: Held, wanted: RuleClaim) -> str:
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
        return f"undetermined: unsettled law. {unsettled_words(answer)}".strip()
    return words[0] if len(words) == 1 else ", ".join(f"partly {one}" for one in words)
