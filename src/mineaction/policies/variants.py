"""A version under one reading: overrides applied, scope and references expanded, every condition a plain table of values.

A reading replaces the keys it names. Readings may be joined (`state_text+cumulative_exception`): an override declared for a
joined name applies when all its parts are chosen, after those of the single names. Nothing is multiplied out on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from mineaction.policies.clause import MODALITIES, TEXT_ONLY, Clause, Condition, DecidedAs, Text, Variant, Version, fields_read
from mineaction.terms.vocabulary import FIELDS

Raw = dict[str, Any]


def variant(version: Version, reading: str, version_of: Callable[[str], Version]) -> Variant:
    """The clauses of `version` under `reading` (empty = default). `version_of` finds a version that a clause refers back to."""
    chosen = frozenset((reading or version.default_reading).split("+"))
    raw = version.raw
    decided_as = tuple(_decided_as(_read_as(one, chosen)) for one in raw.get("decided_as", []))
    clauses = _joined(_gathered(version, reading, version_of, decided_as))
    if why := raw.get("may_have_ended", ""):
        clauses = [_may_have_ended(one, why) for one in clauses]
    fields = fields_read(one for one in clauses if one.is_compiled)
    return Variant(version.id, reading or version.default_reading, tuple(clauses), decided_as, fields)


def going_on_twice(version: Version, reading: str, version_of: Callable[[str], Version]) -> list[str]:
    """The ids of clauses that go on in two ways which say more than where each holds, so that they cannot be one clause."""
    said: dict[str, Clause] = {}
    twice: list[str] = []
    for clause in _gathered(version, reading, version_of, ()):
        # The texts of both are the same; a reading may only have put another first.
        bare = replace(clause, texts=(), when=(), duty_when=())
        if said.setdefault(clause.id, bare) != bare:
            twice.append(clause.id)
    return twice


def _gathered(version: Version, reading: str, version_of: Callable[[str], Version], decided_as: tuple[DecidedAs, ...]) -> list[Clause]:
    """The clauses written here and those that go on here, once for each way in which they do."""
    chosen = frozenset((reading or version.default_reading).split("+"))
    raw = version.raw
    prefers = _preferred_file(raw, chosen)
    scope = _scope(raw, chosen)
    clauses: list[Clause] = []
    for written in raw["clauses"]:
        text = _read_as(written, chosen)
        if text.get("omit") or (text.get("only_in") and not chosen & set(text["only_in"])):
            continue
        if "continues_where" in text:
            clauses.append(_clause({**text, "note": True}, scope, decided_as, prefers))
            clauses += _continued(text["continues_where"], version_of)
        else:
            clauses.append(_clause(text, scope, decided_as, prefers))
    for carried in raw.get("continues", ()):
        clauses += _carried(carried, reading or version.default_reading, version_of)
    return clauses


def _read_as(written: Raw, chosen: frozenset[str]) -> Raw:
    overrides: Raw = written.get("readings", {})
    text = {key: value for key, value in written.items() if key != "readings"}
    for name in sorted(overrides, key=lambda one: one.count("+")):
        if set(name.split("+")) <= chosen:
            text |= overrides[name]
    return text


def _scope(raw: Raw, chosen: frozenset[str]) -> tuple[Condition, ...]:
    """What the instrument is about: its own scope, or the wider or narrower one of a reading."""
    declared = [one["scope"] for name, one in raw["readings"].items() if "scope" in one and set(name.split("+")) <= chosen]
    return _conditions(declared[0] if declared else raw.get("scope", {}))


def _preferred_file(raw: Raw, chosen: frozenset[str]) -> str:
    """The text a reading follows, shown first where a clause rests on several; empty when no reading names one."""
    named = [one["prefers"] for name, one in raw["readings"].items() if "prefers" in one and set(name.split("+")) <= chosen]
    return str(named[0]) if named else ""


def _decided_as(raw: Raw) -> DecidedAs:
    (condition,) = _conditions(raw.get("when", {}))
    return DecidedAs(tuple(raw["act"]), raw["as"], condition, raw["note"])


def _clause(raw: Raw, scope: tuple[Condition, ...], decided_as: tuple[DecidedAs, ...], prefers: str) -> Clause:
    kind = next(key for key in (*MODALITIES, *TEXT_ONLY) if key in raw)
    body = raw[kind]
    scope = ({},) if raw.get("scope") == "none" else scope
    when: tuple[Condition, ...] = ()
    duty_when: tuple[Condition, ...] = ()
    do: tuple[str, ...] = ()
    if kind == "oblige":
        do = tuple(body["do"])
        base = _both(scope, _conditions(body.get("when", {})))
        when = _both(({"act": frozenset(do)},), base)
        if body.get("triggered_by"):
            duty_when = _both(({"act": frozenset(body["triggered_by"])},), base)
    elif kind in MODALITIES:
        when = _both(scope, _conditions(body))
    if raw.get("refers_to"):
        referred = ({"underlying": frozenset({"prohibited"})},)
        when, duty_when = _both(when, referred), _both(duty_when, referred)
    return Clause(
        id=raw["id"],
        article=raw.get("article", ""),
        kind=kind,
        texts=tuple(sorted((Text(**one) for one in _listed(raw["text"])), key=lambda text: text.file != prefers)),
        when=_with_decided_as(when, decided_as),
        duty_when=_with_decided_as(duty_when, decided_as),
        do=do,
        defeats=tuple(raw.get("defeats", ())),
        suspends=tuple(raw.get("suspends", ())),
        proviso=raw.get("proviso", ""),
        force=raw.get("force", "duty"),
        deadline=body.get("deadline", "") if kind == "oblige" else "",
        refers_to=raw.get("refers_to", {}).get("instrument", ""),
        why=raw.get("why", ""),
    )


def _continued(reference: Raw, version_of: Callable[[str], Version]) -> Iterable[Clause]:
    """The clauses of an earlier version, carried over where `when` holds: a reference, so that nothing is copied by hand."""
    limits = _conditions(reference["when"])
    for clause in variant(version_of(reference["version"]), reference.get("reading", ""), version_of).clauses:
        if clause.kind in TEXT_ONLY:
            continue
        narrowed = _possible(_both(clause.when, limits)), _possible(_both(clause.duty_when, limits))
        if any(narrowed):
            yield replace(clause, when=narrowed[0], duty_when=narrowed[1])


def _carried(reference: Raw, reading: str, version_of: Callable[[str], Version]) -> Iterable[Clause]:
    """The clauses of an earlier version that go on unchanged, under the same reading where that version has it."""
    earlier = version_of(reference["version"])
    names = {one.name for one in earlier.readings}
    same = next((one for one in (reading, *reading.split("+")) if one in names), "")
    return (one for one in variant(earlier, same, version_of).clauses if one.id in reference["clauses"])


def _joined(clauses: list[Clause]) -> list[Clause]:
    """One clause for each id: a version that goes on in two places is carried over twice, and its clauses hold in either."""
    by_id: dict[str, Clause] = {}
    for one in clauses:
        held = by_id.get(one.id)
        by_id[one.id] = replace(one, when=held.when + one.when, duty_when=held.duty_when + one.duty_when) if held else one
    return list(by_id.values())


def _may_have_ended(clause: Clause, why: str) -> Clause:
    """What a clause decided, unsettled; efforts, exceptions that only switch off, and text stay as they are."""
    if not clause.is_compiled or clause.kind == "except":
        return clause
    return replace(clause, kind="unsettled", why=why, duty_when=(), do=(), deadline="")


def _with_decided_as(when: tuple[Condition, ...], decided_as: tuple[DecidedAs, ...]) -> tuple[Condition, ...]:
    extra: list[Condition] = []
    for condition in when:
        acts = condition.get("act", frozenset())
        for one in decided_as:
            if one.as_act in acts and not acts & set(one.acts):
                extra += _both(({**condition, "act": frozenset(one.acts)},), (one.when,))
    return _possible((*when, *extra))


def _conditions(raw: Raw | list[Raw]) -> tuple[Condition, ...]:
    return tuple({name: _values(name, values) for name, values in one.items()} for one in _listed(raw))


def _values(name: str, values: Any) -> frozenset[str]:
    if isinstance(values, dict):
        return frozenset(FIELDS[name].values) - frozenset(values["not"])
    return frozenset(values)


def _both(left: tuple[Condition, ...], right: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Any of `left` together with any of `right`."""
    joined = []
    for one in left:
        for other in right:
            both = dict(one)
            for name, values in other.items():
                both[name] = both[name] & values if name in both else values
            joined.append(both)
    return tuple(joined)


def _possible(when: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(one for one in when if all(one.values()))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
