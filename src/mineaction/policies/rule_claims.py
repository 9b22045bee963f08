"""Does a version say what somebody claims it says? A claimed rule is tested on every cell it covers.

A claimed rule is a sentence such as "will not use anti-personnel mines outside the Korean Peninsula, except ...": acts, a modality,
limits, exceptions. It holds when every covered act outside the exceptions has that verdict and no excepted act is prohibited;
one counter-example makes it fail, and is given. Refuses nothing: without a policy or an encoded text it says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from mineaction.policies.clause import Instrument, Variant, Version
from mineaction.policies.decision import clause_answer
from mineaction.policies.law import Law
from mineaction.policies.unknowns import answer, restricted
from mineaction.policies.walk import CellAnswer, holds_for, ready, walk_clauses
from mineaction.terms.verdict import OBLIGED, PERMITTED, PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import FIELDS

VERDICT_OF = {"forbid": PROHIBITED, "permit": PERMITTED, "oblige": OBLIGED}
# The mine a statement speaks of when it says "anti-personnel landmines": one that its victim sets off.
MINE = {"item": "anti_personnel_mine", "initiation": "victim"}


@dataclass(frozen=True, slots=True)
class RuleClaim:
    """A rule as a statement words it. `where` limits it to values of fields; `exceptions` are conditions it leaves out."""

    acts: tuple[str, ...]
    modality: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exceptions: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    force: str = "duty"


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """`verdict`: holds, fails, unsettled, not_encoded or no_policy. `governs` says what the version has instead, cell verdicts.

    `texts` are all the words the version rests on, those of its aims and notes included.
    """

    verdict: str
    version: str = ""
    clauses: tuple[dict[str, str], ...] = ()
    counterexample: Mapping[str, str] | None = None
    reading: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)
    ended_by: str = ""
    note: str = ""
    governs: tuple[str, ...] = ()
    provisos: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def version_or_reason(instrument: Instrument | None, on: str, known_at: str = "") -> Version | RuleAnswer:
    """The version in force on the ISO day, as far as known on `known_at` when that is given; else the answer that none is held."""
    if instrument is None or on < instrument.existed_from:
        return RuleAnswer("no_policy", note="no instrument of this actor is held for that day")
    version = instrument.version_on(on, known_at)
    if version is not None:
        return version
    if instrument.version_on(on) is not None:
        return RuleAnswer("not_encoded", note=f"no text in force on {on} was known on {known_at}")
    return RuleAnswer("not_encoded", note=f"the text in force on {on} is not encoded")


def known_end(instrument: Instrument, version: Version, known_at: str = "") -> str:
    """The version that ended this one; empty when none did, or when nobody could know of it on `known_at`."""
    later = next((one for one in instrument.versions if one.id == version.ended_by), None)
    return "" if known_at and later is not None and later.known_from > known_at else version.ended_by


def end_of_what(instrument: Instrument, version: Version, known_at: str, still_stands: Callable[[Version], bool]) -> str:
    """The version that ended what this one says: the first later one in which it no longer stands; empty while none is known to."""
    end = known_end(instrument, version, known_at)
    while later := next((one for one in instrument.versions if one.id == end), None):
        if not still_stands(later):
            return end
        end = known_end(instrument, later, known_at)
    return end


def ask(law: Law, version: Version, claim: RuleClaim) -> RuleAnswer:
    """Whether a version says what is claimed; other readings of it are tried too."""
    answers = {one.name: check(law.variant(version.id, one.name), claim) for one in version.readings}
    # A statement is held against the official texts; it does not become true under a contested reading of them.
    best = next((name for name in official_texts(version) if answers[name].verdict == "holds"), version.default_reading)
    chosen = answers[best]
    return RuleAnswer(
        verdict=chosen.verdict,
        version=version.id,
        clauses=chosen.clauses,
        counterexample=chosen.counterexample,
        reading=best,
        readings={name: one.verdict for name, one in answers.items()},
        ended_by=version.ended_by,
        governs=chosen.governs,
        provisos=chosen.provisos,
        texts=tuple(text.says for clause in law.variant(version.id, best).clauses for text in clause.texts),
    )


def official_texts(version: Version) -> list[str]:
    """The default reading, then those that are another official text of the same version."""
    others = [name for name, one in version.raw["readings"].items() if "prefers" in one and "+" not in name]
    return [version.default_reading, *others]


def check(variant: Variant, claim: RuleClaim) -> RuleAnswer:
    """Whether one variant says what is claimed."""
    if claim.force == "best_effort":
        return _effort(variant, claim)
    expected = VERDICT_OF[claim.modality]
    used: dict[str, None] = {}
    governs: set[str] = set()
    counterexample: Mapping[str, str] | None = None
    for one_act in claim.acts:
        # Most clauses speak of other acts: what is left of the variant reads few facts, and only those are gone through.
        certain = {"act": one_act, **{name: values[0] for name, values in _limits(claim).items() if len(values) == 1}}
        rest = restricted(variant, certain)
        made_ready = ready(rest)
        for act, is_excepted in _covered(rest, claim, certain):
            cell = walk_clauses(*made_ready, act)
            used |= dict.fromkeys(cell.clauses)
            if not is_excepted:
                governs.add(cell.verdict)
            if counterexample is None and not _agrees(cell, expected, is_excepted):
                counterexample = act
    if not governs:
        return RuleAnswer("fails", variant.version_id, note="the version reads none of the facts the claim turns on")
    verdict = "holds" if counterexample is None else ("unsettled" if governs <= {UNDETERMINED, expected} else "fails")
    deciding = [one for one in variant.clauses if one.id in used]
    return RuleAnswer(
        verdict,
        variant.version_id,
        tuple(clause_answer(one) for one in deciding),
        smallest_act(variant, counterexample) if counterexample else None,
        variant.reading,
        governs=tuple(sorted(governs)),
        provisos=tuple(one.proviso for one in deciding if one.proviso),
    )


def smallest_act(variant: Variant, act: Mapping[str, str]) -> dict[str, str]:
    """The act without every fact that its verdict does not need."""
    verdict = answer(variant, act).verdict
    kept = dict(act)
    for name in [one for one in act if one != "act"]:
        fewer = {one: value for one, value in kept.items() if one != name}
        if answer(variant, fewer).verdict == verdict:
            kept = fewer
    return kept


def _agrees(cell: CellAnswer, expected: str, is_excepted: bool) -> bool:
    if not is_excepted:
        return cell.verdict == expected
    # What a claim excepts from a prohibition must not be prohibited; what it excepts from a duty must not be a duty.
    return cell.verdict not in (expected, UNDETERMINED)


def _covered(rest: Variant, claim: RuleClaim, certain: Mapping[str, str]) -> Iterator[tuple[dict[str, str], bool]]:
    """Every way to fill in the facts that `rest` still reads or the claim names, and whether it falls under one of the exceptions."""
    exceptions = tuple({name: frozenset(values) for name, values in one.items()} for one in claim.exceptions)
    limits = _limits(claim)
    choices = {name: limits.get(name, FIELDS[name].values) for name in dict.fromkeys((*rest.fields, *_named(claim))) if name not in certain}
    for values in itertools.product(*choices.values()):
        act = {**certain, **dict(zip(choices, values, strict=True))}
        if not _is_left_open(act, exceptions):
            yield act, holds_for(exceptions, act)


def _is_left_open(act: Mapping[str, str], exceptions: tuple[dict[str, frozenset[str]], ...]) -> bool:
    """'Activities related to' detection or removal may or may not mean training in it: a claim in these words leaves that open."""
    named = frozenset().union(*(one.get("purpose", frozenset()) for one in exceptions))
    return act.get("purpose") == "technique_training_or_development" and bool(named & {"detection", "removal"})


def _named(claim: RuleClaim) -> tuple[str, ...]:
    return (*claim.where, *(name for one in claim.exceptions for name in one))


def _limits(claim: RuleClaim) -> dict[str, tuple[str, ...]]:
    """The values that the claim leaves to a field; without a word on the mine, the one that such statements speak of."""
    return {**{name: (value,) for name, value in MINE.items()}, **{name: tuple(values) for name, values in claim.where.items()}}


def _effort(variant: Variant, claim: RuleClaim) -> RuleAnswer:
    """A claimed effort ("will seek to destroy") holds where the version has such an effort, and is too weak where it has a duty."""
    for clause in variant.clauses:
        if clause.kind == "oblige" and set(clause.do) & set(claim.acts):
            verdict = "holds" if clause.force == "best_effort" else "fails"
            return RuleAnswer(verdict, variant.version_id, (clause_answer(clause),), None, variant.reading, governs=(clause.force,))
    return RuleAnswer("fails", variant.version_id, reading=variant.reading)
