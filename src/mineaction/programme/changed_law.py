"""The law with one version changed: clauses left out, replaced or added. A value like any other, so every question can be put to it.

What is left out is no longer named by others: an edge that led to it is gone. The changed version passes every check that a policy
file does. Other versions that continue it, and instruments that refer to it, follow on their own.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mineaction.policies.clause import Version
from mineaction.policies.law import Law
from mineaction.policies.policy_file import read_version
from mineaction.policies.policy_shape import shape_problems
from mineaction.policies.policy_version import version_from
from mineaction.policies.policy_yaml import parse_yaml
from mineaction.policies.version_parts import parts
from mineaction.programme.files import read_bytes
from mineaction.programme.policies import text_beside
from mineaction.programme.policy_references import reference_problems, size_problems, unreachable_problems
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

Raw = dict[str, Any]
# Keys of a part of a version that no file holds (`policies/version_parts.py`).
_DERIVED = ("may_have_ended",)


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a version: clause ids."""

    removed: tuple[str, ...]
    replaced: tuple[str, ...]
    added: tuple[str, ...]


def changed_law(
    law: Law, version: Version, without: Sequence[str] = (), with_file: str | None = None, policy: str | None = None
) -> tuple[Law, Change]:
    """The law in which `version` lacks the clauses `without` and has those of a file; `policy` is the file the version came from.

    Raises `ProblemError`: nothing_changed, clause_id_unknown, clause_continued, and all that may be wrong with a policy file.
    """
    if not without and with_file is None:
        raise ProblemError([problem("nothing_changed", "what-if")])
    if problems := [one for name in without for one in _removal_problems(law, version, name)]:
        raise ProblemError(problems)
    told = _read_change(with_file) if with_file is not None else {"clauses": []}
    place = with_file or version.id
    held = {one["id"] for one in version.raw["clauses"]} | _carried(version.raw)
    given = [one["id"] for one in told["clauses"]]
    raw = _changed(version.raw, told, set(without))
    changed, problems = read_version(raw, place, lambda file: _text(file, (with_file, policy)))
    if changed is None:
        raise ProblemError(problems)
    if problems := list(reference_problems(raw, changed, law, place)):
        raise ProblemError(problems)
    # What nobody knows of the version's end stays unknown of the changed one; it is no key of a file.
    kept = {key: version.raw[key] for key in _DERIVED if key in version.raw}
    versions = [version_from(one | kept) for one in parts(changed.raw)]
    instrument = law.instruments[version.instrument]
    others = [one for one in instrument.versions if one.id != version.id]
    whole = tuple(sorted([*others, *versions], key=lambda one: one.in_force_from))
    result = Law({**law.instruments, instrument.id: replace(instrument, versions=whole)})
    if problems := [*unreachable_problems(result, versions, place), *size_problems(result, versions, place)]:
        raise ProblemError(problems)
    replaced = tuple(one for one in given if one in held)
    return result, Change(tuple(without), replaced, tuple(one for one in given if one not in held))


def _removal_problems(law: Law, version: Version, name: str) -> list[Problem]:
    own = [one["id"] for one in version.raw["clauses"]]
    if name in own or name in _carried(version.raw):
        return []
    for clause in version.raw["clauses"]:
        for body in (clause, *clause.get("readings", {}).values()):
            if (continued := body.get("continues_where")) and _has_clause(law, continued["version"], name):
                return [problem("clause_continued", "without", name, version=continued["version"], by=clause["id"])]
    return [problem("clause_id_unknown", "without", name, nearest=", ".join(nearest(name, own)))]


def _has_clause(law: Law, version_id: str, name: str) -> bool:
    return any(clause.id == name for one in law.version(version_id).readings for clause in law.variant(version_id, one.name).clauses)


def _carried(raw: Raw) -> set[str]:
    return {one for carried in raw.get("continues", ()) for one in carried["clauses"]}


def _read_change(with_file: str) -> Raw:
    raw, problems = parse_yaml(read_bytes(with_file), with_file)
    problems = problems or list(shape_problems(raw, "change", with_file))
    if problems:
        raise ProblemError(problems)
    return raw


def _changed(raw: Raw, told: Raw, without: set[str]) -> Raw:
    """The file as it would be written: replaced clauses stay in their place, added ones come last."""
    raw = copy.deepcopy({key: value for key, value in raw.items() if key not in _DERIVED})
    given = {one["id"]: copy.deepcopy(one) for one in told["clauses"]}
    # A clause given twice stays twice, for the check to name it.
    twice = [one for one in told["clauses"] if one is not next(two for two in told["clauses"] if two["id"] == one["id"])]
    gone = without - given.keys()
    clauses = [given.pop(one["id"], one) for one in raw["clauses"] if one["id"] not in gone]
    raw["clauses"] = [_without_edges(one, gone) for one in (*clauses, *given.values(), *twice)]
    if "continues" in raw:
        own = {one["id"] for one in raw["clauses"]}
        kept = [{**one, "clauses": [two for two in one["clauses"] if two not in gone | own]} for one in raw["continues"]]
        raw["continues"] = [one for one in kept if one["clauses"]]
    # A checked version names its texts in full; a clause of the file names them by its own short names.
    files = (raw.get("texts") or {}).values()
    raw["texts"] = {**(raw.get("texts") or {}), **{file: file for file in files}, **(told.get("texts") or {})}
    return raw


def _without_edges(clause: Raw, gone: set[str]) -> Raw:
    for body in (clause, *clause.get("readings", {}).values()):
        for key in ("defeats", "suspends"):
            if key in body:
                body[key] = [one for one in body[key] if one not in gone]
                if not body[key]:
                    del body[key]
    return clause


def _text(file: str, beside: Sequence[str | None]) -> tuple[str, str] | None:
    return next((found for one in beside if one is not None and (found := text_beside(one, file))), None) or text_beside("", file)
