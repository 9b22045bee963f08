"""What is wrong with the policies held, or with a file of one's own: conflicts, gaps, clauses and readings that do nothing?

The analysis is `policies/analysis.py`; here its findings become sentences. Problems of writing (a word outside the vocabulary, a quote
that is not in its source) are no findings: they raise `ProblemError` before anything is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies import clause as kinds
from mineaction.policies.clause import Version
from mineaction.policies.law import Law
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.policies import find_version, law_and_versions
from mineaction.terms.verdict import DISCLAIMER

if TYPE_CHECKING:
    from mineaction.policies.analysis import Finding

# What a finding means, for a reader who sees the kind for the first time.
_SAYS = {
    kinds.CONFLICT: "{clauses} contradict each other: one forbids what another permits or obliges, and neither gives way.",
    kinds.UNREACHABLE: "{clauses} never holds: there is no act for which it is live.",
    kinds.REDUNDANT: "{clauses} changes nothing: without it every verdict, deadline, proviso and duty stays as it is.",
    kinds.IDLE_READING: "The reading {readings} changes no verdict and no attribute.",
    kinds.TOO_LARGE: "The version has {cells} possible acts, too many to look at; its clauses turn on {acts}.",
    kinds.STALE: "The version accepts a finding that is not there (any more).",
}
_GAP = "Nothing is said about {acts} here; under other circumstances something is."
_SWITCHED_OFF = "{clauses} would decide and is switched off here; nothing takes its place, so nothing is said about {acts}."


def check_policies(*names: str, policy: str | None = None) -> dict[str, Any]:
    """The findings in the versions or instruments named, in all of them without a name; with `policy` in that file alone.

    `{"checked": [{"version", "findings": [...]}], "defects", "of_the_text", ...}`. Each finding has its kind, severity, readings,
    clauses and, where one shows it, the smallest act, which `decide` reproduces.
    """
    from mineaction.policies.analysis import DEFECT, check, stale  # needs numpy, which a question about one act does not

    law = packaged_law()
    chosen: list[Version] = []
    if policy is not None:
        law, chosen = law_and_versions(policy)
    chosen += _named(law, names) if names or policy is None else []
    versions = {one.id: one for one in chosen}
    found = [check(law, one) for one in versions.values()]
    # An entry may fit a part of the instrument that was not asked about, so all its versions are looked at before it counts as stale.
    others = [one for one in _of_the_same_instruments(law, versions) if one.id not in versions]
    left_over = stale([*found, *(check(law, one) for one in others)], versions | {one.id: one for one in others})

    def told(finding: Finding) -> dict[str, Any]:
        return {
            "finding": finding.kind,
            "severity": finding.severity,
            "says": _sentence(finding),
            "readings": list(finding.readings),
            "clauses": list(finding.clauses),
            "activity": dict(finding.activity),
            "acts": list(finding.acts),
            "where": {name: list(values) for name, values in finding.where.items() if name != "act"},
            "cells": finding.cells,
            "reason": finding.reason,
        }

    checked: list[dict[str, Any]] = [
        {
            "version": one.version_id,
            "readings": len(versions[one.version_id].readings),
            "cells": one.cells,
            "silent_acts": list(one.silent_acts),
            "findings": [told(finding) for finding in (*left_over.get(one.version_id, ()), *one.findings)],
        }
        for one in found
    ]
    severities = [finding["severity"] for one in checked for finding in one["findings"]]
    return {
        "checked": checked,
        "defects": severities.count(DEFECT),
        "of_the_text": len(severities) - severities.count(DEFECT),
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }


def _named(law: Law, names: tuple[str, ...]) -> list[Version]:
    """The versions with these ids; an instrument stands for all its versions, no name for every version held."""
    if not names:
        return [law.version(one) for one in law.version_ids()]
    chosen: list[Version] = []
    for name in names:
        chosen += law.instruments[name].versions if name in law.instruments else [find_version(law, name)]
    return chosen


def _of_the_same_instruments(law: Law, versions: dict[str, Version]) -> list[Version]:
    return [one for name in {one.instrument for one in versions.values()} for one in law.instruments[name].versions]


def _sentence(finding: Finding) -> str:
    template = _SAYS.get(finding.kind) or (_SWITCHED_OFF if finding.clauses else _GAP)
    words = {"clauses": finding.clauses, "readings": finding.readings, "acts": finding.acts}
    return template.format(cells=finding.cells, **{name: _and(values) for name, values in words.items()})


def _and(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
