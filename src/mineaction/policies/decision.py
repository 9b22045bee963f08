"""What one instrument says about one act on one day, for one actor: a finding, with its clauses and what is missing.

Who is bound is handed over as a `Binding`. Nothing is merged across instruments. An act of assistance is decided by asking first about
the act that is assisted (`assisted_act.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mineaction.policies.assisted_act import facts_under_reading, is_assistance, reading_of, spelled_out, underlying_answer
from mineaction.policies.binding import Binding, for_recipient, with_binding
from mineaction.policies.clause import Clause, Instrument, Variant, Version
from mineaction.policies.law import Law
from mineaction.policies.question import Facts, Finding, Question
from mineaction.policies.unknowns import Answer, answer, may_hold, verdict
from mineaction.terms.verdict import NOT_ADDRESSED, NOT_BOUND, NOT_IN_FORCE, UNDETERMINED


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
    below = underlying_answer(law, variant, question) if is_assistance(question) else None
    if below and below.value:
        facts["underlying"] = below.value
    plain = answer(variant, facts)
    missing = spelled_out(plain.missing, below.missing if below else ())
    unsettled = [variant.clause(one) for one in plain.missing_law]
    if below and "underlying" not in facts:
        unsettled += below.missing_law
    return _Said(plain.verdict, plain, facts, missing, tuple(_missing_law(one) for one in unsettled))


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


def _under_each_reading(law: Law, version: Version, facts: Facts, question: Question, binding: Binding) -> dict[str, str]:
    def verdict_under(name: str) -> str:
        variant = law.variant(version.id, name)
        return verdict(variant, facts_under_reading(law, variant, facts, question))

    return readings_of((one.name for one in version.readings), verdict_under, binding)


def readings_of(names: Iterable[str], verdict_under: Callable[[str], str], binding: Binding) -> dict[str, str]:
    """The verdict under each reading of the text, for an actor with this binding, and under each claim about who is bound."""
    if binding.status == "not_bound":
        verdicts = dict.fromkeys(names, NOT_BOUND)
    elif binding.status == "unknown":
        verdicts = dict.fromkeys(names, UNDETERMINED)
    else:
        verdicts = {name: verdict_under(name) for name in names}
        if binding.recipient:
            elsewhere = NOT_ADDRESSED if binding.recipient == "another" else UNDETERMINED
            verdicts = {name: one if one == NOT_ADDRESSED else elsewhere for name, one in verdicts.items()}
    return verdicts | dict(binding.readings)


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
