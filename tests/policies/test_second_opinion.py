"""A second opinion: an answer set program written from the policy files derives what the tables hold, in every cell.

It shares with the package the vocabulary and nothing else, so that a mistake would have to be made twice in the same way.
"""

from __future__ import annotations

import copy
import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.clause import Variant
from mineaction.policies.law import Law, law_from
from mineaction.policies.policy_file import read_version
from mineaction.policies.table import Table, compile_table
from mineaction.policies.unknowns import answer
from mineaction.policies.version_parts import parts
from mineaction.programme.compiled_law import packaged_law
from mineaction.terms.verdict import CELL_VERDICTS
from mineaction.terms.vocabulary import FIELDS
from tests.policies.agreement import agreement, check_unknown, packaged_agreement, policy_files
from tests.policies.clingo_program import Program, days_of_change, program_of
from tests.policies.made_up_policies import TEXT
from tests.policies.packaged_variants import name_of, variants
from tests.policies.random_rules import NAMES, full_files, policies, without_circles

Raw = dict[str, Any]
VARIANTS = variants()
# The smallest that has rules: statements alone give one cell, in which nothing can be wrong.
SMALLEST = min((one for one in VARIANTS if one.fields), key=lambda one: compile_table(one).verdicts.size)


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_the_program_and_the_table_say_the_same_in_every_cell(variant: Variant) -> None:
    asked = packaged_agreement(variant.version_id, variant.reading)
    assert asked.differ == () and asked.duties_differ == ()
    assert asked.cells >= asked.acts >= 1 and (asked.acts > 1 or not variant.fields)


def test_the_law_changes_on_the_days_on_which_the_files_say_that_it_does() -> None:
    days = {f"{raw['version'].partition('@')[0]}@{day}" for raw in policy_files() for day in days_of_change(raw)}
    assert days == set(packaged_law().version_ids())


def test_values_that_count_as_one_are_told_apart_by_nothing() -> None:
    # One version again, every value for itself: as many acts as cells, and the same answers.
    program = program_of(SMALLEST.version_id, SMALLEST.reading, policy_files())
    every = Program(program.facts, {name: [frozenset({value}) for value in FIELDS[name].values] for name in program.fields})
    table = compile_table(SMALLEST, program.fields)
    one_by_one = agreement(every, SMALLEST)
    assert one_by_one.is_whole and one_by_one.acts == one_by_one.cells == table.verdicts.size
    assert agreement(program, SMALLEST).acts < one_by_one.acts


# Planted mistakes: each of them has to be seen.


def test_one_wrong_verdict_in_a_table_is_seen_and_is_the_only_one() -> None:
    program = program_of(SMALLEST.version_id, SMALLEST.reading, policy_files())
    table = compile_table(SMALLEST, program.fields)
    for cell in ((0,) * table.verdicts.ndim, tuple(length - 1 for length in table.verdicts.shape)):
        wrong = table.verdicts.copy()
        wrong[cell] = (wrong[cell] + 1) % len(CELL_VERDICTS)
        assert agreement(program, SMALLEST, Table(table.fields, wrong, table.clause_sets, table.sets)).differ == (table.act(cell),)


def test_one_wrong_set_of_deciding_clauses_in_a_table_is_seen() -> None:
    program = program_of(SMALLEST.version_id, SMALLEST.reading, policy_files())
    table = compile_table(SMALLEST, program.fields)
    wrong = table.clause_sets.copy()
    wrong.flat[0] = (wrong.flat[0] + 1) % len(table.sets)
    assert len(agreement(program, SMALLEST, Table(table.fields, table.verdicts, wrong, table.sets)).differ) == 1


@pytest.mark.slow
def test_a_program_that_lacks_one_of_its_sentences_is_seen() -> None:
    version_id = "ccm@2010-08-01"
    whole, variant = program_of(version_id, "", policy_files()), packaged_law().variant(version_id)
    mattering = ("attacks(", "place(", "kind(", "condition(", "listed(", "barred(", "needs(", "decided_when(")
    planted = [one for one in whole.facts if one.startswith(mattering)]
    assert {one.partition("(")[0] + "(" for one in planted} == set(mattering)
    unseen = [one for one in planted if agreement(Program([fact for fact in whole.facts if fact != one], whole.lists), variant).is_whole]
    # The two duties to report are about the same acts: either gives the verdict that both give.
    assert unseen == ['kind("ccm.7.1","oblige").', 'kind("ccm.7.2","oblige").']


# Rule sets nobody wrote.


def law_of(files: list[Raw]) -> Law:
    versions = []
    for raw in copy.deepcopy(files):
        version, problems = read_version(raw, "made.yaml", lambda _: None)
        assert problems == [] and version is not None
        versions += parts(version.raw)
    head = {
        "instrument": "made",
        "instrument_kind": "treaty",
        "title": "Made up",
        "existed_from": "2025-01-01",
        "encoded_from": "2025-01-01",
    }
    return law_from({"instruments": [{**head, "binds": {"actors": ["Somewhere"]}, "versions": versions}]})


@pytest.mark.slow
@given(policies().map(without_circles))
def test_they_agree_on_rules_nobody_wrote(raw: Raw) -> None:
    program = program_of("made@2026-01-01", "", [raw])
    assert agreement(program, law_of([raw]).variant("made@2026-01-01")).is_whole


@pytest.mark.slow
@given(full_files())
def test_they_agree_on_files_with_everything_a_file_may_hold(files: list[Raw]) -> None:
    law = law_of(files)
    assert law.version_ids() == sorted(f"made@{day}" for raw in files for day in days_of_change(raw))
    for version_id in law.version_ids():
        for reading in ("only", "other"):
            told = agreement(program_of(version_id, reading, files), law.variant(version_id, reading))
            assert told.is_whole, (version_id, reading, told.differ[:1], told.duties_differ[:1])


# What the second opinion found in its first hours, kept as the smallest examples.

EARLIER = {"version": "made@2025-01-01", "in_force": {"from": "2025-01-01", "to": "2026-01-01"}}
UNKNOWN_END = {"from": "2026-01-01", "to": "unknown", "certain_until": "2026-06-01"}


def file_of(*clauses: Raw, **keys: Any) -> Raw:
    readings = {"only": {"default": True, "says": "As it stands."}, "other": {"says": "As others read it."}}
    later = {"version": "made@2026-01-01", "title": "Made up", "in_force": {"from": "2026-01-01", "to": ""}, "readings": readings}
    return later | keys | {"clauses": [{"text": TEXT} | one for one in clauses]}


def verdict_of_use(version_id: str, reading: str, *files: Raw) -> str:
    variant = law_of(list(files)).variant(version_id, reading)
    assert agreement(program_of(version_id, reading, list(files)), variant).is_whole
    return answer(variant, {"act": "use"}).verdict


def test_a_clause_that_goes_on_may_have_ended_with_the_version_it_goes_on_in() -> None:
    earlier = file_of({"id": "old", "forbid": {"act": ["use"]}}, **EARLIER)
    own = {"id": "own", "note": "Nothing more."}
    listed = file_of(own, in_force=UNKNOWN_END, continues=[{"version": "made@2025-01-01", "clauses": ["old"]}])
    where = {"id": "where", "continues_where": {"version": "made@2025-01-01", "when": {"act": ["use"]}}}
    for later in (listed, file_of(where, in_force=UNKNOWN_END)):
        assert verdict_of_use("made@2026-01-01", "only", earlier, later) == "prohibited"
        assert verdict_of_use("made@2026-06-01", "only", earlier, later) == "undetermined"


def test_an_effort_under_one_reading_stays_an_effort_when_it_may_have_ended() -> None:
    duty = {"id": "duty", "oblige": {"do": ["use"]}, "readings": {"other": {"force": "best_effort"}}}
    effort = {"id": "duty", "oblige": {"do": ["use"]}, "force": "best_effort", "readings": {"other": {"force": "duty"}}}
    for clause, duty_under, effort_under in ((duty, "only", "other"), (effort, "other", "only")):
        later = file_of(clause, in_force=UNKNOWN_END)
        assert verdict_of_use("made@2026-01-01", duty_under, later) == "obliged"
        assert verdict_of_use("made@2026-06-01", duty_under, later) == "undetermined"
        assert verdict_of_use("made@2026-06-01", effort_under, later) == "not_addressed"


def test_a_duty_that_refers_to_another_instrument_is_brought_along_only_where_that_one_prohibits() -> None:
    duty = {"id": "duty", "oblige": {"do": ["destroy"], "triggered_by": ["use"]}, "refers_to": {"instrument": "made", "as_if": "party"}}
    later = file_of(duty)
    assert verdict_of_use("made@2026-01-01", "only", later) == "not_addressed"
    variant = law_of([later]).variant("made@2026-01-01")
    assert answer(variant, {"act": "use", "underlying": "prohibited"}).duties == ("duty",)
    assert answer(variant, {"act": "use", "underlying": "not_prohibited"}).duties == ()


# Unknown facts: what all completions share (cautious) and what one of them says (brave).


@st.composite
def known_facts(draw: st.DrawFn, names: tuple[str, ...], least: int) -> dict[str, str]:
    known = draw(st.sets(st.sampled_from(names), min_size=least))
    return {name: draw(st.sampled_from(FIELDS[name].values)) for name in sorted(known)}


def smallest_settling_sets(program: Program, known: dict[str, str], fields: tuple[str, ...]) -> set[frozenset[str]]:
    """By trying every set of open fields, the answers of the program in hand."""
    fits = [(act, opinion.verdicts) for act, opinion in program.acts() if all(is_same(program, act, *one) for one in known.items())]
    if len({verdicts for _, verdicts in fits}) == 1:
        return set()
    enough: list[frozenset[str]] = []
    for size in range(len(fields) + 1):
        for chosen in itertools.combinations(fields, size):
            found: dict[tuple[str, ...], frozenset[str]] = {}
            settles = all(found.setdefault(tuple(act[name] for name in chosen), verdicts) == verdicts for act, verdicts in fits)
            if settles and not any(one < set(chosen) for one in enough):
                enough.append(frozenset(chosen))
    return set(enough)


def is_same(program: Program, act: dict[str, str], name: str, value: str) -> bool:
    return name not in act or any({act[name], value} <= set(found) for found in program.classes(name))


@cache
def packaged_program(version_id: str, reading: str) -> Program:
    return program_of(version_id, reading, policy_files())


@given(st.integers(0, len(VARIANTS) - 1), known_facts(tuple(FIELDS), 3))
def test_unknown_facts_are_answered_as_the_program_answers_them(position: int, known: dict[str, str]) -> None:
    variant = VARIANTS[position]
    check_unknown(packaged_program(variant.version_id, variant.reading), answer(variant, known), known)


@pytest.mark.slow
@given(full_files(), known_facts((*NAMES, "underlying"), 1))
def test_unknown_facts_are_answered_so_under_rules_nobody_wrote(files: list[Raw], known: dict[str, str]) -> None:
    law = law_of(files)
    for version_id in law.version_ids():
        program, variant = program_of(version_id, "other", files), law.variant(version_id, "other")
        told = answer(variant, known)
        check_unknown(program, told, known)
        open_fields = tuple(name for name in program.fields if name not in known)
        assert {frozenset(one) for one in told.missing} == smallest_settling_sets(program, known, open_fields)


def test_a_missing_fact_that_is_left_out_is_seen() -> None:
    files = [file_of({"id": "rule", "forbid": {"act": ["use"], "place": ["elsewhere"]}})]
    program, told = program_of("made@2026-01-01", "only", files), answer(law_of(files).variant("made@2026-01-01"), {"act": "use"})
    check_unknown(program, told, {"act": "use"})
    for wrong in (replace(told, possible=("prohibited",)), replace(told, verdict="prohibited"), replace(told, clauses=())):
        with pytest.raises(AssertionError):
            check_unknown(program, wrong, {"act": "use"})
    assert smallest_settling_sets(program, {"act": "use"}, ("place",)) == {frozenset({"place"})} == {frozenset(*told.missing)}
