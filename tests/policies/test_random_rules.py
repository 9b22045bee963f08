"""Rule sets nobody wrote: circles are refused, and the walk, the table and a third evaluator written from the specification agree.

The third evaluator reads the file as written (scope, `not`, duties, edges) and shares no code with the other two.
"""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.clause import MODALITIES
from mineaction.policies.policy_file import read_version
from mineaction.policies.table import compile_table
from mineaction.policies.unknowns import answer
from mineaction.policies.walk import walk
from mineaction.terms.vocabulary import FIELDS
from tests.policies.made_up_policies import made_up, read
from tests.policies.random_rules import NAMES, policies, without_circles

Raw = dict[str, Any]


def has_circle(raw: Raw) -> bool:
    edges = {one["id"]: {*one.get("defeats", ()), *one.get("suspends", ())} for one in raw["clauses"]}
    while leaves := [one for one, targets in edges.items() if not targets & edges.keys()]:
        for leaf in leaves:
            del edges[leaf]
    return bool(edges)


def third_evaluator(raw: Raw, act: dict[str, str]) -> tuple[str, list[str], list[str]]:
    """Verdict, deciding clauses and duties by the sentences of the specification, from the file as written."""
    ids = [one["id"] for one in raw["clauses"]]
    by_id = {one["id"]: one for one in raw["clauses"]}

    def is_met(condition: Raw | list[Raw]) -> bool:
        listed = condition if isinstance(condition, list) else [condition]
        return any(
            all(act[name] not in values["not"] if isinstance(values, dict) else act[name] in values for name, values in one.items())
            for one in listed
        )

    def is_in_scope(clause: Raw) -> bool:
        return clause.get("scope") == "none" or is_met(raw["scope"])

    def decides(clause: Raw) -> bool:
        if duty := clause.get("oblige"):
            return act["act"] in duty["do"] and is_met(duty["when"]) and is_in_scope(clause)
        return any(kind in clause and is_met(clause[kind]) for kind in MODALITIES) and is_in_scope(clause)

    def is_triggered(clause: Raw) -> bool:
        duty = clause.get("oblige", {})
        return act["act"] in duty.get("triggered_by", ()) and is_met(duty["when"]) and is_in_scope(clause)

    live: dict[str, bool] = {}
    while len(live) < len(ids):
        for one in ids:
            attackers = [other for other in ids if one in (*by_id[other].get("defeats", ()), *by_id[other].get("suspends", ()))]
            if one not in live and all(other in live for other in attackers):
                is_rule = by_id[one].get("force", "duty") == "duty"
                holds = is_rule and (decides(by_id[one]) or is_triggered(by_id[one]))
                live[one] = holds and not any(live[other] for other in attackers)
    deciding = [one for one in ids if live[one] and decides(by_id[one]) and "except" not in by_id[one]]
    duties = [one for one in ids if live[one] and "oblige" in by_id[one] and one not in deciding]
    kinds = {kind for one in deciding for kind in MODALITIES if kind in by_id[one]}
    if "unsettled" in kinds:
        return "undetermined", deciding, duties
    if "forbid" in kinds:
        return ("conflict" if kinds != {"forbid"} else "prohibited"), deciding, duties
    return ("obliged" if "oblige" in kinds else "permitted" if kinds else "not_addressed"), deciding, duties


@given(policies())
def test_a_circle_of_clauses_is_refused_and_nothing_else_is(raw: Raw) -> None:
    version, problems = read_version(raw, "made.yaml", lambda _: None)
    assert [one.code for one in problems] == (["clause_cycle"] if has_circle(raw) else [])
    assert (version is None) == has_circle(raw)


@given(policies().map(without_circles))
def test_walk_and_table_and_a_third_evaluator_agree_in_every_cell(raw: Raw) -> None:
    made = read(raw)
    table = compile_table(made, NAMES)
    for values in itertools.product(*(FIELDS[name].values for name in NAMES)):
        act = dict(zip(NAMES, values, strict=True))
        verdict, deciding, duties = third_evaluator(raw, act)
        told = walk(made, act)
        assert (told.verdict, list(told.clauses), sorted(told.duties)) == (verdict, deciding, sorted(duties))
        assert (table.verdict(act), list(table.sets[table.clause_sets[table.cell(act)]])) == (verdict, deciding)


@given(policies().map(without_circles), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100), min_size=2))
def test_unknown_facts_are_answered_as_the_third_evaluator_answers_all_completions(raw: Raw, drawn: dict[str, int]) -> None:
    made = read(raw)
    known = {name: FIELDS[name].values[number % len(FIELDS[name].values)] for name, number in drawn.items()}
    completions = [
        dict(zip(NAMES, values, strict=True))
        for values in itertools.product(*([known[name]] if name in known else FIELDS[name].values for name in NAMES))
    ]
    told = answer(made, known)
    answers = [third_evaluator(raw, act) for act in completions]
    assert set(told.possible) == {verdict for verdict, _, _ in answers}
    assert set(told.duties) == set.intersection(*(set(duties) for _, _, duties in answers))


FORBID = {"id": "rule", "forbid": {"act": ["use"]}}
PERMIT = {"id": "exception", "permit": {"act": ["use"], "place": ["elsewhere"]}, "defeats": ["rule"]}
SUSPEND = {"id": "suspension", "except": {"act": ["use"], "place": ["elsewhere"]}, "suspends": ["rule"]}


def verdicts(*written: Raw) -> tuple[str, str]:
    """The verdict elsewhere, and on the Korean Peninsula."""
    made = read(made_up(*written))
    read_fields = {name: FIELDS[name].values[0] for name in made.fields}
    told = [walk(made, read_fields | {"act": "use", "place": place}).verdict for place in ("elsewhere", "korean_peninsula")]
    return told[0], told[1]


def test_an_exception_beats_a_prohibition_where_it_holds() -> None:
    assert verdicts(FORBID, PERMIT) == ("permitted", "prohibited")


def test_a_permission_that_defeats_nothing_is_a_conflict_and_is_never_resolved() -> None:
    beside = {key: value for key, value in PERMIT.items() if key != "defeats"}
    assert verdicts(FORBID, beside) == ("conflict", "prohibited")


def test_a_suspension_switches_a_clause_off_without_the_opposite() -> None:
    assert verdicts(FORBID, SUSPEND) == ("not_addressed", "prohibited")


def test_an_exception_to_an_exception_restores_the_rule() -> None:
    second = {"id": "second", "except": {"act": ["use"]}, "suspends": ["exception"]}
    assert verdicts(FORBID, PERMIT, second) == ("prohibited", "prohibited")
    assert verdicts(FORBID, SUSPEND, {**second, "suspends": ["suspension"]}) == ("prohibited", "prohibited")


def test_an_exception_to_the_exception_to_an_exception_lifts_it_again() -> None:
    second = {"id": "second", "except": {"act": ["use"]}, "suspends": ["exception"]}
    third = {"id": "third", "except": {"act": ["use"]}, "suspends": ["second"]}
    assert verdicts(FORBID, PERMIT, second, third) == ("permitted", "prohibited")


def test_an_effort_is_no_duty_and_lifts_nothing() -> None:
    effort = {"id": "effort", "oblige": {"do": ["use"]}, "force": "best_effort", "defeats": ["rule"]}
    assert verdicts(FORBID, effort) == ("prohibited", "prohibited")


def test_what_the_source_does_not_say_is_undetermined_even_beside_a_rule() -> None:
    unsettled = {"id": "open", "unsettled": {"act": ["use"], "place": ["elsewhere"]}, "why": "It does not say."}
    assert verdicts(FORBID, unsettled) == ("undetermined", "prohibited")


def test_more_clauses_than_a_machine_word_has_bits_keep_their_place() -> None:
    acts = list(FIELDS["act"].values)
    # Every clause speaks of another act; the hundredth must not be taken for another one.
    many = [{"id": f"rule.{one}", "forbid": {"act": [acts[one % len(acts)]], "place": ["elsewhere"]}} for one in range(150)]
    made = read(made_up(*many))
    table = compile_table(made)
    for act in acts:
        for place in FIELDS["place"].values:
            asked = {"act": act, "place": place}
            told = walk(made, asked)
            assert (told.verdict, told.clauses) == (table.verdict(asked), table.sets[table.clause_sets[table.cell(asked)]])
    used = walk(made, {"act": acts[0], "place": "elsewhere"}).clauses
    assert used == tuple(f"rule.{one}" for one in range(150) if one % len(acts) == 0)
