"""Is the act that is assisted prohibited to a State Party? Asked of the instrument that the one on assistance refers to, one level deep.

It is asked as if the doer of the assisted act were a State Party, whoever it is: an act of assistance is not assisted in turn.
"""

from __future__ import annotations

from dataclasses import dataclass

from mineaction.policies.clause import Clause, Variant, Version
from mineaction.policies.law import Law
from mineaction.policies.question import Facts, Question
from mineaction.policies.unknowns import answer, possible_verdicts
from mineaction.terms.verdict import PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE, FIELDS_OF_THE_ITEM

# What is prohibited to a State Party as such is asked outside the Article 4 period, a transition of one state.
AS_A_STATE_PARTY = {"is_within_article_4_period": "no", "underlying": "not_prohibited"}


@dataclass(frozen=True, slots=True)
class Underlying:
    """`value` as in the vocabulary, empty while it is open: then the sets of facts that would settle it, and the unsettled clauses."""

    value: str
    missing: tuple[tuple[str, ...], ...] = ()
    missing_law: tuple[Clause, ...] = ()


def is_assistance(question: Question) -> bool:
    """Whether the act is, or may turn out to be, one of assistance."""
    return question.facts.get("act", ACTS_OF_ASSISTANCE[0]) in ACTS_OF_ASSISTANCE or question.underlying is not None


def underlying_answer(law: Law, variant: Variant, question: Question) -> Underlying | None:
    """Whether the act that is assisted is prohibited to a State Party.

    None when the variant refers to no instrument. What is known of the mine is passed on unless the underlying act states it.
    The Article 4 period is a transition of one state; what is prohibited to a State Party as such is asked outside it unless it is
    given. A reading of the referred instrument holds there too. An act of assistance is not assisted in turn: one level.
    """
    version = referred_version(law, variant, question)
    if version is None:
        return None
    below, facts = _underlying_question(law, version, variant, question)
    if value := value_of(possible_verdicts(below, facts)):
        return Underlying(value)
    said = answer(below, facts)
    missing = tuple(tuple(f"underlying.{name}" for name in names) for names in said.missing)
    return Underlying("", missing, tuple(below.clause(one) for one in said.missing_law))


def value_of(possible: set[str]) -> str:
    """What is prohibited for certain, or for certain not; empty while facts or law are missing."""
    if possible == {PROHIBITED}:
        return "prohibited"
    return "" if possible & {PROHIBITED, UNDETERMINED} else "not_prohibited"


def referred_version(law: Law, variant: Variant, question: Question) -> Version | None:
    """The version that is asked about the act that is assisted; None when the variant refers to no instrument."""
    referred = next((clause.refers_to for clause in variant.clauses if clause.refers_to), "")
    if not referred:
        return None
    instrument = law.instruments[referred]
    return instrument.version_on(question.on, question.known_at) or instrument.versions[-1]


def _underlying_question(law: Law, version: Version, variant: Variant, question: Question) -> tuple[Variant, Facts]:
    passed_on = {name: question.facts[name] for name in FIELDS_OF_THE_ITEM if name in question.facts}
    facts = {**AS_A_STATE_PARTY, **passed_on, **(question.underlying or {})}
    return _referred_variant(law, version, variant, question.reading), facts


def referred_variant(law: Law, variant: Variant, reading: str = "") -> Variant | None:
    """The text that says whether what is helped is prohibited, on the first day of the version; None if the variant refers to none."""
    version = referred_version(law, variant, Question({}, None, law.version(variant.version_id).in_force_from, reading))
    return _referred_variant(law, version, variant, reading) if version else None


def _referred_variant(law: Law, version: Version, variant: Variant, reading: str) -> Variant:
    """A reading of the one that refers holds in what it refers to as well, where that has it."""
    return law.variant(version.id, reading_of(version, variant.reading) or reading_of(version, reading))


def facts_under_reading(law: Law, variant: Variant, facts: Facts, question: Question) -> Facts:
    """The facts, with the assisted act asked anew where the referred instrument has this reading as well."""
    referred = referred_version(law, variant, question) if is_assistance(question) else None
    if referred is None or not reading_of(referred, variant.reading):
        return facts
    value = value_of(possible_verdicts(*_underlying_question(law, referred, variant, question)))
    return {name: one for name, one in {**facts, "underlying": value}.items() if one}


def reading_of(version: Version, name: str) -> str:
    """The reading, if this version has one of that name; else empty, which stands for the default."""
    return name if name in {one.name for one in version.readings} else ""


def spelled_out(missing: tuple[tuple[str, ...], ...], below: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Sets that name the assisted act, with the facts that settle it in its place; without such facts the law is missing, not a fact."""
    spelled: list[tuple[str, ...]] = []
    for names in missing:
        if "underlying" not in names:
            spelled.append(names)
            continue
        rest = tuple(name for name in names if name != "underlying")
        spelled += [rest + one for one in below]
    return tuple(spelled)
