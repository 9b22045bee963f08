"""The checks of a policy against every act asked one by one: nothing is found that is not there, and nothing is missed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from mineaction.policies.analysis import check
from mineaction.policies.clause import Clause, Variant, Version
from mineaction.policies.conflicts_and_gaps import conflicts, gaps, silent_acts
from mineaction.policies.idle_clauses import redundant, unreachable
from mineaction.policies.law import Law
from mineaction.policies.policy_file import read_version
from mineaction.policies.situations import Situations, outcome_of, situations_of
from mineaction.policies.variants import variant
from mineaction.policies.walk import edges, holds_for, walk
from mineaction.programme.compiled_law import packaged_law
from mineaction.terms.vocabulary import FIELDS, FIELDS_OF_THE_ITEM
from tests.policies.random_rules import policies

Act = dict[str, str]
# What makes an act another act, or one with another thing.
SUBJECT = ("act", *FIELDS_OF_THE_ITEM, "actor_kind", "underlying")


def made(raw: dict[str, Any]) -> tuple[Version, Variant, Situations] | None:
    version, _ = read_version(raw, "made.yaml", lambda file: None)
    if version is None:
        return None
    its = variant(version, "", lambda wanted: version)
    return version, its, situations_of([one for one in its.clauses if one.is_compiled])


def acts(fields: tuple[str, ...]) -> Iterator[Act]:
    for values in itertools.product(*(FIELDS[name].values for name in fields)):
        yield dict(zip(fields, values, strict=True))


def outcome(clauses: list[Clause], act: Mapping[str, str]) -> tuple[object, ...]:
    attackers = edges(clauses)
    by_id = {one.id: one for one in clauses}

    def is_live(one: Clause) -> bool:
        return (holds_for(one.when, act) or holds_for(one.duty_when, act)) and not any(is_live(by_id[two]) for two in attackers[one.id])

    live = [one for one in clauses if is_live(one)]
    deciding = [one for one in live if one.kind != "except" and holds_for(one.when, act)]
    return outcome_of(deciding, [one for one in live if one.kind == "oblige" and one not in deciding])


def fits(act: Act, facts: Mapping[str, Any]) -> bool:
    return all(act.get(name, value) == value for name, value in facts.items())


@given(policies())
@settings(max_examples=60, deadline=None)
def test_conflicts_and_clauses_without_effect_are_those_that_every_act_shows(raw: dict[str, Any]) -> None:
    if (found := made(raw)) is None:
        return
    _, its, situations = found
    everything = list(acts(("act", *(name for name in its.fields if name != "act"))))
    compiled = [one for one in its.clauses if one.is_compiled]
    torn = {walk(its, act).clauses for act in everything if walk(its, act).verdict == "conflict"}
    assert {spot.clauses for spot in conflicts(situations)} == torn
    before = [outcome(compiled, act) for act in everything]
    idle = [one.id for one in compiled if [outcome([two for two in compiled if two is not one], act) for act in everything] == before]
    assert sorted([*unreachable(situations), *redundant(situations)]) == sorted(idle)


@given(policies())
@settings(max_examples=60, deadline=None)
def test_gaps_are_the_acts_that_other_circumstances_decide(raw: dict[str, Any]) -> None:
    if (found := made(raw)) is None:
        return
    version, its, situations = found
    scope = frozenset(name for one in [version.raw.get("scope", {})] for name in one)
    everything = list(acts(("act", *(name for name in its.fields if name != "act"))))
    verdicts = [walk(its, act).verdict for act in everything]

    def subject(act: Act) -> tuple[str, ...]:
        return tuple(value for name, value in act.items() if name in SUBJECT or name in scope)

    decided = {subject(act) for act, verdict in zip(everything, verdicts, strict=True) if verdict != "not_addressed"}
    expected = [act for act, verdict in zip(everything, verdicts, strict=True) if verdict == "not_addressed" and subject(act) in decided]
    spots = list(gaps(situations, its, scope))
    assert sum(spot.cells for spot in spots) == len(expected)
    for spot in spots:
        shown = [act for act in everything if fits(act, spot.activity)]
        assert shown and all(act in expected for act in shown), spot
        alike = [act for act in everything if all(act[name] in values for name, values in spot.where.items())]
        assert len(alike) >= len(shown) and all(act in expected for act in alike), spot
    spoken = {act["act"] for act, verdict in zip(everything, verdicts, strict=True) if verdict != "not_addressed"}
    assert silent_acts(situations) == [value for value in FIELDS["act"].values if value not in spoken]


def test_every_situation_of_the_packaged_law_has_the_verdict_of_its_table() -> None:
    from mineaction.policies.table import compile_table

    law = packaged_law()
    for version_id in law.version_ids():
        for reading in law.version(version_id).readings:
            its = law.variant(version_id, reading.name)
            situations = situations_of([one for one in its.clauses if one.is_compiled])
            outcomes = situations.outcomes(range(len(situations.clauses)))
            table = compile_table(its)
            for cell in itertools.islice(itertools.product(*(range(length) for length in situations.space.shape)), 0, None, 7):
                facts = situations.space.facts(cell)
                assert outcomes[situations.number[cell]][0] == table.verdict(facts), (version_id, reading.name, facts)


def test_every_packaged_version_is_free_of_defects() -> None:
    """A finding that is true of a text stands under `accepted` in its file, with the reason; anything else is a defect to mend."""
    law = packaged_law()
    defects = {
        f"{version_id}: {one.kind} {one.clauses} {dict(one.activity)} under {one.readings}"
        for version_id in law.version_ids()
        for one in check(law, law.version(version_id)).findings
        if one.severity == "defect"
    }
    assert defects == set()


def test_a_version_too_large_to_look_at_says_so_and_nothing_else() -> None:
    law = packaged_law()
    version = law.version("apmbc@1999-03-01")
    wide = {name: list(field.values[:1]) for name, field in FIELDS.items() if name not in ("act", "underlying")}
    clauses = [{**version.raw["clauses"][0], "forbid": {"act": ["use"], **wide}}]
    large = replace(version, raw={**version.raw, "clauses": clauses})
    held = Law({**law.instruments, "apmbc": replace(law.instruments["apmbc"], versions=(large,))})
    (finding,) = check(held, held.version("apmbc@1999-03-01")).findings
    assert finding.kind == "table_too_large" and finding.severity == "defect" and finding.cells > 1_300_000
