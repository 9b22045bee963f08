"""What is wrong with a version, found exactly: conflicts, gaps, clauses and readings that do nothing, a table that is too large.

Each finding has the smallest act that shows it, which `decide` reproduces. A finding is a `defect`, or it is `of_the_text`: the version
lists it under `accepted` with a reason, or the clause has an effect under other readings. What is accepted and no longer found is a
defect too, so that no list outlives its text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mineaction.policies.clause import (
    CONFLICT,
    GAP,
    IDLE_READING,
    KINDS_OF_FINDING,
    REDUNDANT,
    STALE,
    TOO_LARGE,
    UNREACHABLE,
    Variant,
    Version,
)
from mineaction.policies.conflicts_and_gaps import conflicts, gaps, silent_acts
from mineaction.policies.idle_clauses import changes_nothing, redundant, unreachable
from mineaction.policies.law import Law
from mineaction.policies.situations import situations_of
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.vocabulary import FIELDS

DEFECT, OF_THE_TEXT = "defect", "of_the_text"

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: under which readings, in which clauses, the smallest act that shows it, and why it may stay.

    `where` gives, for each fact of the example, every value with which the same holds; `cells` counts the acts.
    """

    kind: str
    readings: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    activity: Mapping[str, Any] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cells: int = 0
    severity: str = DEFECT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of one version, how many acts were looked at, and the acts about which it says nothing."""

    version_id: str
    cells: int
    silent_acts: tuple[str, ...]
    findings: tuple[Finding, ...]
    used: tuple[Raw, ...]  # entries of `accepted` that fit a finding


def check(law: Law, version: Version) -> Checked:
    """Everything found in a version under its readings; what nobody accepts comes first."""
    merged: dict[str, Finding] = {}
    variants = [law.variant(version.id, one.name) for one in version.readings]
    for variant in variants:
        for one in _found(law, version, variant):
            held = merged.setdefault(str((one.kind, one.clauses, one.activity)), one)
            if held is not one:
                merged[str((one.kind, one.clauses, one.activity))] = replace(held, readings=(*held.readings, *one.readings))
    findings = _with_effects(law, version, list(merged.values()), variants)
    accepted: list[Raw] = list(version.raw.get("accepted") or ())
    used: list[Raw] = []
    judged: list[Finding] = []
    for one in findings:
        entry = next((entry for entry in accepted if _fits(entry, one)), None)
        used += [entry] if entry else []
        judged.append(replace(one, severity=OF_THE_TEXT, reason=str(entry["reason"])) if entry else one)
    default = law.variant(version.id, version.default_reading)
    too_large = any(one.kind == TOO_LARGE for one in findings)
    silent = () if too_large else tuple(silent_acts(situations_of(default.compiled)))
    judged.sort(key=lambda one: (one.severity != DEFECT, KINDS_OF_FINDING.index(one.kind)))
    return Checked(version.id, _cells(default), silent, tuple(judged), tuple(used))


def stale(checked: list[Checked], versions: Mapping[str, Version]) -> dict[str, list[Finding]]:
    """What a version accepts and nothing fits, in no version of its instrument that accepts the same (a file may be cut into several)."""
    used = {(versions[one.version_id].instrument, str(entry)) for one in checked for entry in one.used}
    told: dict[str, list[Finding]] = {}
    for one in checked:
        version = versions[one.version_id]
        for entry in version.raw.get("accepted") or ():
            if (version.instrument, str(entry)) not in used:
                names = tuple(entry.get("readings", ()))
                clauses, acts = tuple(entry.get("clauses", ())), tuple(entry.get("acts", ()))
                told.setdefault(one.version_id, []).append(Finding(STALE, names, clauses, acts=acts, reason=str(entry["reason"])))
    return told


def _found(law: Law, version: Version, variant: Variant) -> Iterator[Finding]:
    names = (variant.reading,)
    if _cells(variant) > TABLE_CELLS_MAX:
        # Nothing is looked at cell by cell that would not fit; the fields say what could be left out.
        yield Finding(TOO_LARGE, names, acts=variant.fields, cells=_cells(variant))
        return
    found = situations_of(variant.compiled, [one.when for one in variant.decided_as])
    for kind, spots in ((CONFLICT, conflicts(found)), (GAP, gaps(found, variant, _scope_fields(version)))):
        for spot in spots:
            yield Finding(kind, names, spot.clauses, spot.activity, spot.acts, spot.where, spot.cells)
    for kind, ids in ((UNREACHABLE, unreachable(found)), (REDUNDANT, list(redundant(found)))):
        for clause_id in ids:
            yield Finding(kind, names, (clause_id,))
    default = law.variant(version.id, version.default_reading)
    if variant.reading != version.default_reading and _cells(default) <= TABLE_CELLS_MAX and changes_nothing(variant, default):
        yield Finding(IDLE_READING, names)


def _with_effects(law: Law, version: Version, findings: list[Finding], variants: list[Variant]) -> list[Finding]:
    """A clause that does nothing under some readings or in one version, and something elsewhere, is as its readings and days make it."""
    idle: dict[str, set[str]] = {}
    for one in findings:
        if one.kind in (UNREACHABLE, REDUNDANT):
            idle.setdefault(one.clauses[0], set()).update(one.readings)
    return [_judged(law, version, one, variants, idle) for one in findings]


def _judged(law: Law, version: Version, one: Finding, variants: list[Variant], idle: Mapping[str, set[str]]) -> Finding:
    effective: list[str] = []
    if one.kind in (UNREACHABLE, REDUNDANT):
        stands = [two.reading for two in variants if _holds_clause(two, one.clauses[0])]
        effective = [name for name in stands if name not in idle[one.clauses[0]]] or _effective_elsewhere(law, version, one.clauses[0])
    elif one.kind == IDLE_READING:
        effective = _read_elsewhere(law, version, one.readings[0])
    if not effective:
        return one
    return replace(one, severity=OF_THE_TEXT, reason=f"It has an effect under {', '.join(effective)}.")


def _effective_elsewhere(law: Law, version: Version, clause_id: str) -> list[str]:
    """Another version of the instrument in which the clause, which goes on or is cut off there, does something."""
    for other in _others(law, version):
        for reading in other.readings:
            variant = law.variant(other.id, reading.name)
            if _holds_clause(variant, clause_id) and _cells(variant) <= TABLE_CELLS_MAX:
                found = situations_of(variant.compiled)
                if clause_id not in (*unreachable(found), *redundant(found)):
                    return [other.id]
    return []


def _read_elsewhere(law: Law, version: Version, reading: str) -> list[str]:
    """Another version of the instrument in which the reading changes something."""
    for other in _others(law, version):
        if reading in {one.name for one in other.readings}:
            pair = law.variant(other.id, reading), law.variant(other.id, other.default_reading)
            if max(_cells(one) for one in pair) <= TABLE_CELLS_MAX and not changes_nothing(*pair):
                return [other.id]
    return []


def _others(law: Law, version: Version) -> list[Version]:
    return [one for one in law.instruments[version.instrument].versions if one.id != version.id]


def _holds_clause(variant: Variant, clause_id: str) -> bool:
    return any(clause.id == clause_id for clause in variant.compiled)


def _fits(entry: Raw, found: Finding) -> bool:
    """Whether an entry of `accepted` speaks of this finding: every key it gives must fit."""
    return (
        found.severity == DEFECT
        and entry["finding"] == found.kind
        and set(entry.get("clauses", ())) <= set(found.clauses)
        and set(found.acts) <= set(entry.get("acts", found.acts))
        and set(found.readings) <= set(entry.get("readings", found.readings))
    )


def _scope_fields(version: Version) -> frozenset[str]:
    scopes = [version.raw.get("scope", {}), *(one.get("scope", {}) for one in version.raw["readings"].values())]
    return frozenset(name for scope in scopes for one in (scope if isinstance(scope, list) else [scope]) for name in one)


def _cells(variant: Variant) -> int:
    return math.prod(len(FIELDS[name].values) for name in variant.fields)
