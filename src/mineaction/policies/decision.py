"""What one instrument says about one act on one day, for one actor: a finding, with its clauses and what is missing.

Who is bound is handed over as a `Binding`. Nothing is merged across instruments. An act of assistance is decided by asking the
referred instrument first about the act that is assisted, as if its doer were a State Party; one level, no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mineaction.policies.clause import Clause, Instrument, Variant, Version
from mineaction.policies.law import Law
from mineaction.policies.unknowns import Answer, answer, may_hold, possible_verdicts, verdict
from mineaction.terms.verdict import NOT_ADDRESSED, NOT_BOUND, NOT_IN_FORCE, PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE, FIELDS_OF_THE_ITEM

Finding = dict[str, Any]
Facts = Mapping[str, str]
# A quoted deadline, a proviso or a text is printed as it stands, so a finding is plain JSON data.

# What is prohibited to a State Party as such is asked outside the Article 4 period, a transition of one state.
AS_A_STATE_PARTY = {"is_within_article_4_period": "no", "underlying": "not_prohibited"}


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


@dataclass(frozen=True, slots=True)
class Question:
    """Known facts about the act (fields of the vocabulary), about the act it assists, the ISO day, the reading asked for, known-at."""

    facts: Facts
    underlying: Facts | None
    on: str
    reading: str = ""
    known_at: str = ""


def finding(law: Law, instrument: Instrument, question: Question, binding: Binding) -> Finding:
    """The finding of one instrument; its keys are those of `docs/cli.schema.json`."""
    version = instrument.version_on(question.on, question.known_at)
    if version is None:
        return _without_version(instrument, question, binding)
    reading = reading_of(version, question.reading)
    said = _asked(law, version, reading, question)
    told = for_recipient(_said(law.variant(version.id, reading), version, said, question), binding)
    return with_binding(told, binding) | {
        "readings": _under_each_reading(law, version, said.facts, question, binding),
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer in which a missing underlying act is spelled out."""

    verdict: str
    answer: Answer
    facts: Facts
    missing: tuple[tuple[str, ...], ...]
    missing_law: tuple[dict[str, str], ...]


def _asked(law: Law, version: Version, reading: str, question: Question) -> _Said:
    variant = law.variant(version.id, reading)
    facts = dict(question.facts)
    missing_below: tuple[tuple[str, ...], ...] = ()
    law_below: tuple[dict[str, str], ...] = ()
    if _is_assistance(question):
        below = underlying_answer(law, variant, question)
        if below is not None:
            value, missing_below, law_below = below
            facts |= {"underlying": value} if value else {}
    plain = answer(variant, facts)
    missing = spelled_out(plain.missing, missing_below)
    missing_law = tuple(_missing_law(variant.clause(one)) for one in plain.missing_law)
    return _Said(plain.verdict, plain, facts, missing, missing_law + (law_below if "underlying" not in facts else ()))


def underlying_answer(
    law: Law, variant: Variant, question: Question
) -> tuple[str, tuple[tuple[str, ...], ...], tuple[dict[str, str], ...]] | None:
    """Whether the act that is assisted is prohibited to a State Party: the value ("" if open), missing facts, missing law.

    None when the variant refers to no instrument. What is known of the mine is passed on unless the underlying act states it.
    The Article 4 period is a transition of one state; what is prohibited to a State Party as such is asked outside it unless it is
    given. A reading of the referred instrument holds there too. An act of assistance is not assisted in turn: one level.
    """
    version = referred_version(law, variant, question)
    if version is None:
        return None
    below, facts = _underlying_question(law, version, variant, question)
    if value := value_of(possible_verdicts(below, facts)):
        return value, (), ()
    said = answer(below, facts)
    missing = tuple(tuple(f"underlying.{name}" for name in names) for names in said.missing)
    return "", missing, tuple(_missing_law(below.clause(one)) for one in said.missing_law)


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
    return law.variant(version.id, reading_of(version, variant.reading) or reading_of(version, question.reading)), facts


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


def _missing_law(clause: Clause) -> dict[str, str]:
    return {"clause": clause.id, "why": clause.why, "source": _source(clause)}


def _said(variant: Variant, version: Version, said: _Said, question: Question) -> Finding:
    deciding = [variant.clause(one) for one in said.answer.clauses]
    return {
        "instrument": version.instrument,
        "version": version.id,
        "reading": variant.reading,
        "verdict": said.verdict,
        "reason": _reason(variant, deciding, said),
        "clauses": [clause_answer(clause) for clause in deciding],
        "duties": [_duty(variant.clause(one)) for one in said.answer.duties],
        "provisos": [clause.proviso for clause in deciding if clause.proviso],
        "statements": [
            {"id": clause.id, "text": clause.texts[0].says, "force": clause.force}
            for clause in variant.clauses
            if clause.kind == "oblige" and clause.force != "duty" and _may_concern(clause, question.facts)
        ],
        "notes": _notes(variant, version, question),
        "possible": list(said.answer.possible) if said.verdict == UNDETERMINED else [],
        "missing": [list(names) for names in said.missing],
        "missing_law": list(said.missing_law),
    }


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
    told["provisos"] = [*told["provisos"], *binding.provisos]
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


def _under_each_reading(law: Law, version: Version, facts: Facts, question: Question, binding: Binding) -> dict[str, str]:
    if binding.status == "not_bound":
        verdicts = {one.name: NOT_BOUND for one in version.readings}
    elif binding.status == "unknown":
        verdicts = {one.name: UNDETERMINED for one in version.readings}
    else:
        variants = [law.variant(version.id, one.name) for one in version.readings]
        verdicts = {one.reading: verdict(one, _facts_under(law, one, facts, question)) for one in variants}
        if binding.recipient:
            elsewhere = NOT_ADDRESSED if binding.recipient == "another" else UNDETERMINED
            verdicts = {name: one if one == NOT_ADDRESSED else elsewhere for name, one in verdicts.items()}
    return verdicts | dict(binding.readings)


def _facts_under(law: Law, variant: Variant, facts: Facts, question: Question) -> Facts:
    """The facts, with the assisted act asked anew where the referred instrument has this reading as well."""
    referred = referred_version(law, variant, question) if _is_assistance(question) else None
    if referred is None or not reading_of(referred, variant.reading):
        return facts
    value = value_of(possible_verdicts(*_underlying_question(law, referred, variant, question)))
    return {name: one for name, one in {**facts, "underlying": value}.items() if one}


def _is_assistance(question: Question) -> bool:
    """Whether the act is, or may turn out to be, one of assistance."""
    return question.facts.get("act", ACTS_OF_ASSISTANCE[0]) in ACTS_OF_ASSISTANCE or question.underlying is not None


def _without_version(instrument: Instrument, question: Question, binding: Binding) -> Finding:
    empty: Finding = {name: [] for name in ("clauses", "duties", "provisos", "statements", "notes", "possible", "missing", "missing_law")}
    told = {"instrument": instrument.id, "version": "", "reading": "", **empty, "readings": {}}
    on, known_at = question.on, question.known_at
    if on < instrument.existed_from:
        return told | {"verdict": NOT_IN_FORCE, "reason": f"the instrument is in force only from {instrument.existed_from} on"}
    if known_at and known_at < instrument.existed_from:
        return told | {"verdict": NOT_IN_FORCE, "reason": f"nothing of the instrument was known on {known_at}"}
    if on < instrument.encoded_from or (known_at and known_at < min(one.known_from for one in instrument.versions)):
        why = f"The versions of this instrument in force before {instrument.encoded_from} are not encoded yet."
        law = {"clause": instrument.id, "why": why, "source": "packaged facts of the kind policy_step"}
        return with_binding(told | {"verdict": UNDETERMINED, "reason": why, "missing_law": [law]}, binding)
    return told | {"verdict": NOT_IN_FORCE, "reason": _between_or_after(instrument, question)}


def _between_or_after(instrument: Instrument, question: Question) -> str:
    """Why no version governs a day after the first one began: the instrument had lapsed for a while, or has ended."""
    on, known_at = question.on, question.known_at
    known = [one for one in instrument.versions if not known_at or one.known_from <= known_at]
    later = [one.in_force_from for one in known if one.in_force_from > on]
    if not later:
        return "the instrument is no longer in force"
    ended = max(one.in_force_to for one in known if one.in_force_from <= on)
    return f"no version governs the day: the one before ended on {ended}, the next begins on {min(later)}"


def _notes(variant: Variant, version: Version, question: Question) -> list[str]:
    act = question.facts.get("act", "")
    notes = [one.note for one in variant.decided_as if act in one.acts]
    for reading in version.readings:
        if any(all(question.facts.get(name) in values for name, values in one.items()) for one in reading.cite_when):
            notes.append(f"Reading {reading.name}: {reading.says} ({reading.source})")
    return notes


def _may_concern(clause: Clause, facts: Facts) -> bool:
    return may_hold(clause.when, facts) or may_hold(clause.duty_when, facts)


def _reason(variant: Variant, deciding: list[Clause], said: _Said) -> str:
    """The known facts that the deciding clauses turn on, so that a reader sees what triggered the answer."""
    read = {name for clause in deciding for condition in clause.when for name in condition}
    facts = ", ".join(f"{name} = {value}" for name, value in said.facts.items() if name in read)
    if said.verdict == UNDETERMINED and said.missing_law and not said.missing:
        return "the source does not say"
    if said.verdict == UNDETERMINED:
        return f"facts are missing; known: {facts or 'none'}"
    return facts if deciding else _silence(variant, said)


def _silence(variant: Variant, said: _Said) -> str:
    """Why no clause decides: one that would is switched off, or none speaks of such an act."""
    off = [one.id for one in variant.clauses if one.kind == "except" and may_hold(one.when, said.facts)]
    return f"what would decide is switched off by {', '.join(off)}" if off else "no clause of this version decides such an act"


def clause_answer(clause: Clause) -> dict[str, Any]:
    """A clause as answers print it: its words, how they are held, and where they stand."""
    text = clause.texts[0]
    return {"id": clause.id, "kind": clause.kind, "text": text.says, "text_held": text.held, "source": _source(clause)}


def _duty(clause: Clause) -> dict[str, Any]:
    return {"id": clause.id, "do": list(clause.do), "deadline": clause.deadline, "quote": clause.texts[0].says}


def _source(clause: Clause) -> str:
    text = clause.texts[0]
    return text.file or text.citation
