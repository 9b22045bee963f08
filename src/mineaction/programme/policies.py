"""Which policies are held, what does a clause say, is this policy file right, and what does an empty one look like?"""

from __future__ import annotations

import os
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Clause, Version
from mineaction.policies.law import Law, instrument_from
from mineaction.policies.schema import schema
from mineaction.policies.template import template
from mineaction.programme.compiled_law import held_text, packaged_law
from mineaction.programme.files import read_bytes
from mineaction.programme.policy_references import (
    going_on_twice_problems,
    header_problems,
    reference_problems,
    size_problems,
    unreachable_problems,
)
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER
from mineaction.terms.vocabulary import nearest


def instruments(show: str | None = None, *, policy: str | None = None) -> dict[str, Any]:
    """The instruments held with their versions and readings; with `show` one version or instrument with every clause.

    `policy` is the file of a user's own policy, checked and added. `{"instruments": [...]}`, or the version with its `"clauses"`.
    """
    law = law_with(policy)
    if show:
        version = find_version(law, show)
        return _version(version) | {
            "clauses": [_clause(version, one) for one in law.variant(version.id).clauses],
            "texts_held": _shares(law, version),
            "books": [packaged_book().identity()],
            "disclaimer": DISCLAIMER,
        }
    told = [
        {"id": one.id, "kind": one.kind, "title": one.title, "existed_from": one.existed_from, "encoded_from": one.encoded_from}
        | {"binds": one.binds_parties_to or list(one.binds_actors), "versions": [_version(version) for version in one.versions]}
        for one in law.instruments.values()
    ]
    return {"checked": policy or "", "instruments": told, "books": [packaged_book().identity()], "disclaimer": DISCLAIMER}


def explain(clause_id: str, *, policy: str | None = None) -> dict[str, Any]:
    """One clause wherever it stands: its words and source, kind, condition, edges, proviso, deadline, readings, and its versions."""
    law = law_with(policy)
    found = [
        (version, clause)
        for instrument in law.instruments.values()
        for version in instrument.versions
        for reading in version.readings
        for clause in law.variant(version.id, reading.name).clauses
        if clause.id == clause_id
    ]
    if not found:
        ids = {clause.id for one in law.version_ids() for clause in law.variant(one).clauses}
        raise ProblemError([problem("clause_id_unknown", "clause", clause_id, nearest=", ".join(nearest(clause_id, ids)))])
    own = [pair for pair in found if any(one["id"] == clause_id for one in pair[0].raw["clauses"])] or found
    version, clause = own[0]
    versions = list(dict.fromkeys(one.id for one, _ in found))
    return _clause(version, clause) | {"versions": versions, "books": [packaged_book().identity()], "disclaimer": DISCLAIMER}


def new_policy() -> str:
    """A commented policy file to start from; it passes its own check."""
    return template()


def policy_schema() -> dict[str, Any]:
    """The JSON Schema of a policy file, for editors and for other programs; the file check says more than a schema can."""
    return schema()


def law_with(policy: str | None) -> Law:
    """The packaged law, with the policy of a file added when one is given; a file with problems raises them all."""
    if policy is None:
        return packaged_law()
    law, versions = law_and_versions(policy)
    if problems := [*unreachable_problems(law, versions, policy), *size_problems(law, versions, policy)]:
        raise ProblemError(problems)
    return law


def law_and_versions(policy: str) -> tuple[Law, list[Version]]:
    """The packaged law with the policy of a file added, and its versions, which may still hold clauses without effect or be too large."""
    # These need PyYAML, which the packaged law does not.
    from mineaction.policies.policy_file import read_version
    from mineaction.policies.policy_version import version_from
    from mineaction.policies.policy_yaml import parse_yaml
    from mineaction.policies.version_parts import parts

    raw, problems = parse_yaml(read_bytes(policy), policy)
    if problems:
        raise ProblemError(problems)
    version, problems = read_version(raw, policy, lambda file: text_beside(policy, file))
    if version is None:
        raise ProblemError(problems)
    law = packaged_law()
    if problems := [*header_problems(raw, version, law, policy), *reference_problems(raw, version, law, policy)]:
        raise ProblemError(problems)
    if problems := list(going_on_twice_problems(version, law, policy)):
        raise ProblemError(problems)
    told = {key: value for key, value in raw.get("instrument", {}).items() if value}
    header = {"instrument_kind": "executive_policy", "binds": {}} | told
    header |= {"instrument": version.instrument, "title": version.title}
    header |= {"existed_from": version.in_force_from, "encoded_from": version.in_force_from}
    versions = [version_from(one) for one in parts(version.raw)]
    return Law({**law.instruments, version.instrument: instrument_from(header, versions)}), versions


def find_version(law: Law, wanted: str, place: str = "instrument") -> Version:
    """The version with this id, or the latest version of the instrument with this id."""
    if wanted in law.version_ids():
        return law.version(wanted)
    if wanted in law.instruments:
        return law.instruments[wanted].versions[-1]
    known = (*law.instruments, *law.version_ids())
    raise ProblemError([problem("instrument_unknown", place, wanted, nearest=", ".join(nearest(wanted, known)))])


def text_beside(policy: str, file: str) -> tuple[str, str] | None:
    """A text beside the user's file (a copy the user vouches for), or a packaged one."""
    path = os.path.join(os.path.dirname(policy), file)
    if not os.path.isfile(path):
        return held_text(file)
    try:
        return read_bytes(path).decode("utf-8"), "quote"
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", path, error.start)]) from None


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "title": version.title,
        "in_force_from": version.in_force_from,
        "in_force_to": version.in_force_to or None,
        "ended_by": version.ended_by or None,
        "readings": [
            {"name": one.name, "says": one.says, "source": one.source, "holders": one.holders, "default": one.is_default}
            for one in version.readings
        ],
    }


def _clause(version: Version, clause: Clause) -> dict[str, Any]:
    written: dict[str, Any] = next((one for one in version.raw["clauses"] if one["id"] == clause.id), {})
    return {
        "id": clause.id,
        "article": clause.article,
        "kind": clause.kind,
        "texts": [
            {"text": one.says, "text_held": one.held, "source": one.file or one.citation, "note": _caution(one.held)}
            for one in clause.texts
        ],
        "when": [{name: sorted(values) for name, values in condition.items()} for condition in clause.when],
        "do": list(clause.do),
        "defeats": list(clause.defeats),
        "suspends": list(clause.suspends),
        "proviso": clause.proviso,
        "force": clause.force,
        "deadline": clause.deadline,
        "refers_to": clause.refers_to,
        "why": clause.why,
        "readings": {name: sorted(one) for name, one in written.get("readings", {}).items()},
        "only_in": written.get("only_in", []),
    }


def _caution(held: str) -> str:
    return {"full": "", "excerpt": "excerpt, not verified", "none": "told in own words; the text is not held"}[held]


def _shares(law: Law, version: Version) -> dict[str, int]:
    """How many clauses rest on a verified quote, on an unverified excerpt, on a paraphrase."""
    held = [clause.texts[0].held for clause in law.variant(version.id).clauses]
    return {name: held.count(name) for name in ("full", "excerpt", "none")}
