"""No clause and no edge of the packaged law could be lost unseen: whatever is taken out, a case of `cases/` turns red.

Taken out, one at a time: every clause that can change a verdict, every edge (defeats, suspends), every change that a reading makes,
every value that a condition names, every act that a duty asks for or that brings it along, every reference to another instrument, every
part of the scope, every act that is decided as another, every continued version, every clause that is carried on from one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mineaction.policies.clause import MODALITIES
from mineaction.policies.law import Law
from mineaction.programme.compiled_law import packaged_law
from tests.policies.decision_cases import Case, cases, differences, finding
from tests.policies.packaged_variants import changed_law, clause_of, variants, written_clauses

pytestmark = pytest.mark.slow
Raw = dict[str, Any]
Mutant = tuple[str, str, Callable[[Raw], None]]
VERSIONS = packaged_law().version_ids()


def without_clause(clause_id: str) -> Callable[[Raw], None]:
    return lambda raw: raw["clauses"].remove(clause_of(raw, clause_id))


def without_edge(clause_id: str, edge: str, target: str) -> Callable[[Raw], None]:
    return lambda raw: clause_of(raw, clause_id)[edge].remove(target)


def without_override(clause_id: str, reading: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        del clause_of(raw, clause_id)["readings"][reading]

    return change


def without_value(clause_id: str, kind: str, position: int, name: str, value: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        values = conditions(clause_of(raw, clause_id), kind)[position][name]
        (values["not"] if isinstance(values, dict) else values).remove(value)

    return change


def conditions(clause: Raw, kind: str) -> list[Raw]:
    """The conditions a clause is written with; those of a duty stand under `when`."""
    body = clause.get(kind, [])
    if kind == "oblige" and body:
        body = body.get("when", [])
    return body if isinstance(body, list) else [body]


def without_act(clause_id: str, key: str, act: str) -> Callable[[Raw], None]:
    return lambda raw: clause_of(raw, clause_id)["oblige"][key].remove(act)


def without_reference(clause_id: str) -> Callable[[Raw], None]:
    return lambda raw: clause_of(raw, clause_id).pop("refers_to")


def without_scope(reading: str) -> Callable[[Raw], None]:
    return lambda raw: raw["readings"][reading].pop("scope")


def without_part(key: str, position: int) -> Callable[[Raw], None]:
    return lambda raw: raw[key].pop(position)


def without_carried(position: int, clause_id: str) -> Callable[[Raw], None]:
    return lambda raw: raw["continues"][position]["clauses"].remove(clause_id)


def can_decide(version_id: str) -> set[str]:
    return {one.id for reading in variants() for one in reading.clauses if reading.version_id == version_id and one.is_compiled}


def mutants(version_id: str) -> Iterator[Mutant]:
    for key in ("scope", "decided_as"):
        for position in range(len(packaged_law().version(version_id).raw.get(key, ()))):
            yield version_id, f"{key} {position}", without_part(key, position)
    for position, carried in enumerate(packaged_law().version(version_id).raw.get("continues", ())):
        for one in carried["clauses"]:
            if one in can_decide(carried["version"]):
                yield one, f"continues {carried['version']}", without_carried(position, one)
    for name, reading in packaged_law().version(version_id).raw["readings"].items():
        if "scope" in reading:
            yield version_id, f"the scope of {name}", without_scope(name)
    for clause in written_clauses(version_id):
        one = clause["id"]
        if any(kind in clause for kind in (*MODALITIES, "continues_where")):
            yield one, "clause", without_clause(one)
        for edge in ("defeats", "suspends"):
            for target in clause.get(edge, ()):
                yield one, f"{edge} {target}", without_edge(one, edge, target)
        for reading in clause.get("readings", {}):
            yield one, f"reading {reading}", without_override(one, reading)
        for key in ("do", "triggered_by"):
            for act in clause.get("oblige", {}).get(key, ()):
                yield one, f"{key} {act}", without_act(one, key, act)
        if "refers_to" in clause:
            yield one, "reference", without_reference(one)
        for kind in MODALITIES:
            for position, body in enumerate(conditions(clause, kind)):
                for name, values in body.items():
                    for value in values["not"] if isinstance(values, dict) else values:
                        yield one, f"{kind} {position} {name} {value}", without_value(one, kind, position, name, value)


def nearest_first(instrument: str, clause_id: str) -> list[Case]:
    """The cases of an instrument, those that name the clause first: most mutants are seen at once."""
    own = [case for _, which, case in cases() if which == instrument]
    return sorted(own, key=lambda case: clause_id not in str(case["expect"]))


def first_red(law: Law, instrument: str, clause_id: str) -> str:
    for case in nearest_first(instrument, clause_id):
        if differences(finding(instrument, case, law), case["expect"]):
            return str(case["says"])
    return ""


MUTANTS = [
    pytest.param(version, *mutant, id=f"{version}: {mutant[0]} without {mutant[1]}") for version in VERSIONS for mutant in mutants(version)
]


@pytest.mark.parametrize(("version_id", "clause_id", "what", "change"), MUTANTS)
def test_a_case_turns_red_without(version_id: str, clause_id: str, what: str, change: Callable[[Raw], None]) -> None:
    law = changed_law(version_id, change)
    assert first_red(law, law.version(version_id).instrument, clause_id), f"no case sees that {clause_id} lacks {what}"


def test_the_unchanged_law_turns_no_case_red() -> None:
    for version_id in VERSIONS:
        law = changed_law(version_id, lambda raw: None)
        assert first_red(law, law.version(version_id).instrument, "") == ""


def test_a_mutant_is_another_law() -> None:
    version_id = VERSIONS[0]
    before = copy.deepcopy(packaged_law().version(version_id).raw)
    one = next(iter(written_clauses(version_id)))["id"]
    assert one not in {clause.id for clause in changed_law(version_id, without_clause(one)).variant(version_id).clauses}
    assert packaged_law().version(version_id).raw == before, "the packaged law itself stays as it is"
