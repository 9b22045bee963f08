"""Unknown facts, one behaviour at a time: what three-valued logic (SQL's null, Kleene) says, and what all completions together say.

Three-valued logic gives every condition a value of its own and forgets that two conditions ask about the same fact. Supervaluation asks
every way to fill in the facts: it never contradicts a definite answer of three-valued logic, and sometimes says more.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.unknowns import answer
from mineaction.terms.vocabulary import FIELDS
from tests.policies.agreement import check_unknown
from tests.policies.clingo_program import program_of
from tests.policies.made_up_policies import VERSION_ID, made_up, read
from tests.policies.random_rules import NAMES, conditions

Raw = dict[str, Any]
ARMED, PEACE = {"situation": ["armed_conflict"]}, {"situation": ["peace"]}
REMOTE, MANUAL = {"delivery": ["remote"]}, {"delivery": ["manual"]}
IS_ARMED, IS_PEACE, IS_REMOTE, IS_MANUAL = ({name: one[name][0] for name in one} for one in (ARMED, PEACE, REMOTE, MANUAL))
WORDS = {True: "prohibited", False: "not_addressed", None: "undetermined"}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A prohibition where `condition` holds, asked with `known` facts; what Kleene's logic says, and what is said here."""

    says: str
    condition: list[Raw]
    known: dict[str, str]
    kleene: str
    verdict: str
    missing: tuple[str, ...] = ()


BEHAVIOURS = (
    Behaviour("Unknown and false is false.", [ARMED | REMOTE], IS_MANUAL, "not_addressed", "not_addressed"),
    Behaviour("Unknown and true is unknown.", [ARMED | REMOTE], IS_REMOTE, "undetermined", "undetermined", ("situation",)),
    Behaviour("Unknown or true is true.", [ARMED, REMOTE], IS_REMOTE, "prohibited", "prohibited"),
    Behaviour("Unknown or false is unknown.", [ARMED, REMOTE], IS_MANUAL, "undetermined", "undetermined", ("situation",)),
    Behaviour("Unknown and unknown is unknown.", [ARMED | REMOTE], {}, "undetermined", "undetermined", ("delivery", "situation")),
    Behaviour(
        "Not unknown is unknown: a value that is not given is not taken for another one.",
        [{"situation": {"not": ["peace"]}}],
        {},
        "undetermined",
        "undetermined",
        ("situation",),
    ),
    Behaviour(
        "Something or its opposite is true whatever the fact; three-valued logic cannot say so.",
        [ARMED, PEACE],
        {},
        "undetermined",
        "prohibited",
    ),
    Behaviour(
        "A value or any other value is true whatever the fact; three-valued logic cannot say so.",
        [{"purpose": ["defence"]}, {"purpose": {"not": ["defence"]}}],
        {},
        "undetermined",
        "prohibited",
    ),
    Behaviour(
        "What holds with a fact and without it holds, if the rest is known; three-valued logic cannot say so.",
        [ARMED | REMOTE, PEACE | REMOTE],
        IS_REMOTE,
        "undetermined",
        "prohibited",
    ),
    Behaviour(
        "What fails with a fact and without it fails, if the rest is known: here both agree.",
        [ARMED | REMOTE, PEACE | REMOTE],
        IS_MANUAL,
        "not_addressed",
        "not_addressed",
    ),
    Behaviour(
        "Only the fact that matters is missing, not the one on which both alternatives agree.",
        [ARMED | REMOTE, PEACE | REMOTE],
        {},
        "undetermined",
        "undetermined",
        ("delivery",),
    ),
    Behaviour(
        "All values but one are not all values.",
        [{"initiation": ["victim", "command"]}],
        {},
        "undetermined",
        "undetermined",
        ("initiation",),
    ),
    Behaviour(
        "Alternatives that cover every value together cover the unknown one; three-valued logic cannot say so.",
        [{"initiation": [value]} for value in FIELDS["initiation"].values],
        {},
        "undetermined",
        "prohibited",
    ),
    Behaviour("A fact that no condition asks for is not missing.", [REMOTE], IS_REMOTE, "prohibited", "prohibited"),
)


def kleene(condition: list[Raw], known: dict[str, str]) -> bool | None:
    """The value of a condition where that of each part is true, false or unknown (None)."""

    def of_part(name: str, values: Any) -> bool | None:
        if name not in known:
            return None
        return known[name] not in values["not"] if isinstance(values, dict) else known[name] in values

    def all_of(parts: list[bool | None]) -> bool | None:
        return False if False in parts else None if None in parts else True

    def any_of(parts: list[bool | None]) -> bool | None:
        return True if True in parts else None if None in parts else False

    return any_of([all_of([of_part(name, values) for name, values in one.items()]) for one in condition])


def prohibition(condition: list[Raw]) -> Raw:
    return made_up({"id": "rule", "forbid": condition})


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda one: one.says)
def test_an_unknown_fact(behaviour: Behaviour) -> None:
    raw = prohibition(behaviour.condition)
    told = answer(read(raw), behaviour.known)
    assert WORDS[kleene(behaviour.condition, behaviour.known)] == behaviour.kleene
    assert told.verdict == behaviour.verdict
    assert told.missing == ((behaviour.missing,) if behaviour.missing else ())
    assert ("three-valued logic cannot" in behaviour.says) == (behaviour.kleene != behaviour.verdict)
    check_unknown(program_of(VERSION_ID, "", [raw]), told, behaviour.known)


@given(st.lists(conditions(), min_size=1, max_size=4), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100)))
def test_a_definite_answer_of_three_valued_logic_is_never_contradicted(condition: list[Raw], drawn: dict[str, int]) -> None:
    known = {name: FIELDS[name].values[number % len(FIELDS[name].values)] for name, number in drawn.items()}
    told = answer(read(prohibition(condition)), known).verdict
    if (value := kleene(condition, known)) is not None:
        assert told == WORDS[value]


def test_with_every_fact_known_both_are_two_valued_logic() -> None:
    for behaviour in BEHAVIOURS:
        made = read(prohibition(behaviour.condition))
        for values in itertools.product(*(FIELDS[name].values for name in made.fields)):
            act = dict(zip(made.fields, values, strict=True))
            assert answer(made, act).verdict == WORDS[kleene(behaviour.condition, act)] != "undetermined"


def asked(*clauses: Raw, **known: str) -> Any:
    raw = made_up(*clauses)
    told = answer(read(raw), known)
    check_unknown(program_of(VERSION_ID, "", [raw]), told, known)
    return told


FORBID = {"id": "rule", "forbid": {"act": ["use"]}}


def test_two_rules_with_one_outcome_settle_it_whichever_applies_and_both_are_named() -> None:
    told = asked({"id": "in war", "forbid": ARMED}, {"id": "in peace", "forbid": PEACE})
    assert (told.verdict, told.clauses, told.missing) == ("prohibited", ("in war", "in peace"), ())


def test_two_exceptions_that_cover_every_case_lift_the_rule_for_an_unknown_case() -> None:
    lifted = [{"id": name, "permit": {"act": ["use"]} | one, "defeats": ["rule"]} for name, one in (("war", ARMED), ("peace", PEACE))]
    assert asked(FORBID, *lifted, act="use").verdict == "permitted"


def test_an_exception_that_may_apply_leaves_both_verdicts_possible_and_names_the_fact() -> None:
    told = asked(FORBID, {"id": "war", "permit": {"act": ["use"]} | ARMED, "defeats": ["rule"]}, act="use")
    assert (told.verdict, told.possible, told.missing) == ("undetermined", ("permitted", "prohibited"), (("situation",),))


def test_a_row_with_a_missing_fact_is_not_dropped_as_a_where_of_sql_drops_it() -> None:
    told = asked({"id": "war", "forbid": {"act": ["use"]} | ARMED}, act="use")
    assert (told.verdict, told.possible) == ("undetermined", ("not_addressed", "prohibited"))


def test_an_exception_to_an_exception_by_the_same_unknown_fact_is_settled() -> None:
    exception = {"id": "exception", "permit": {"act": ["use"]} | ARMED, "defeats": ["rule"]}
    back = {"id": "back", "except": ARMED, "suspends": ["exception"]}
    assert asked(FORBID, exception, back, act="use").verdict == "prohibited"


def test_a_conflict_that_may_be_is_among_the_possible_verdicts() -> None:
    told = asked(FORBID, {"id": "beside", "permit": {"act": ["use"]} | ARMED}, act="use")
    assert (told.verdict, told.possible) == ("undetermined", ("conflict", "prohibited"))


def test_unknown_law_is_not_an_unknown_fact() -> None:
    unsettled = {"id": "open", "unsettled": {"act": ["use"]}, "why": "It does not say."}
    told = asked(unsettled, act="use")
    assert (told.verdict, told.missing, told.missing_law) == ("undetermined", (), ("open",))


def test_a_duty_is_listed_only_where_every_completion_has_it() -> None:
    duty = {"id": "duty", "oblige": {"do": ["destroy"], "triggered_by": ["use"], "when": ARMED}}
    assert asked(duty, act="use").duties == ()
    assert asked(duty, act="use", situation="armed_conflict").duties == ("duty",)
    either = {"id": "duty", "oblige": {"do": ["destroy"], "triggered_by": ["use"], "when": [ARMED, PEACE]}}
    assert asked(either, act="use").duties == ("duty",)
