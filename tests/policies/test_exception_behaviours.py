"""Rules and exceptions, one behaviour at a time, each as a sentence; docs/CONFORMANCE.md prints them.

Which behaviours there are to ask about was learned from the tests of Catala, a language in which law is written as default logic. The
sentences say where it does otherwise; nothing of its code or its texts stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from mineaction.policies.policy_file import read_version
from mineaction.policies.unknowns import answer
from mineaction.terms.vocabulary import FIELDS
from tests.policies.agreement import agreement
from tests.policies.clingo_program import program_of
from tests.policies.made_up_policies import VERSION_ID, made_up, read

Raw = dict[str, Any]
ARMED, REMOTE, LASTING = {"situation": ["armed_conflict"]}, {"delivery": ["remote"]}, {"persistence": ["persistent"]}
NAMES = ("situation", "delivery", "persistence")


def clause(name: str, kind: str, *conditions: Raw, **edges: list[str]) -> Raw:
    """A clause about use under the conditions; a duty asks for the use itself."""
    when = {key: values for one in conditions for key, values in one.items()}
    body = {"do": ["use"], "when": when} if kind == "oblige" else {"act": ["use"]} | when
    return {"id": name, kind: body, "why": "It is made up."} | edges


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`holds` names which of the three facts are so; the others are not."""

    says: str
    clauses: tuple[Raw, ...]
    holds: tuple[Raw, ...]
    verdict: str
    deciding: tuple[str, ...]
    as_in_catala: bool = True


RULE = clause("rule", "forbid")
IN_WAR = clause("rule", "forbid", ARMED)
EXCEPTION = clause("exception", "permit", ARMED, defeats=["rule"])
BACK = clause("back", "forbid", REMOTE, defeats=["exception"])
OFF = clause("exception", "except", ARMED, suspends=["rule"])

BEHAVIOURS = (
    Behaviour("A rule whose condition is met decides.", (IN_WAR,), (ARMED,), "prohibited", ("rule",)),
    Behaviour(
        "Where the condition of the only rule is not met, nothing is addressed, and that is an answer; Catala stops with an error.",
        (IN_WAR,),
        (),
        "not_addressed",
        (),
        False,
    ),
    Behaviour(
        "Where neither the rule nor its exception applies, nothing is addressed; there too Catala stops.",
        (IN_WAR, EXCEPTION),
        (REMOTE,),
        "not_addressed",
        (),
        False,
    ),
    Behaviour("An exception whose condition is met takes the place of the rule.", (RULE, EXCEPTION), (ARMED,), "permitted", ("exception",)),
    Behaviour("An exception whose condition is not met leaves the rule.", (RULE, EXCEPTION), (), "prohibited", ("rule",)),
    Behaviour(
        "An exception decides by itself where the rule it excepts from does not apply.",
        (clause("rule", "forbid", LASTING), EXCEPTION),
        (ARMED,),
        "permitted",
        ("exception",),
    ),
    Behaviour(
        "An exception to an exception brings the rule back, and both are named; in Catala the innermost alone decides.",
        (RULE, EXCEPTION, BACK),
        (ARMED, REMOTE),
        "prohibited",
        ("rule", "back"),
        False,
    ),
    Behaviour(
        "An exception to an exception does nothing where it does not apply.", (RULE, EXCEPTION, BACK), (ARMED,), "permitted", ("exception",)
    ),
    Behaviour(
        "A third exception that lifts the second one lets the first one stand.",
        (RULE, EXCEPTION, BACK, clause("third", "except", LASTING, suspends=["back"])),
        (ARMED, REMOTE, LASTING),
        "permitted",
        ("exception",),
    ),
    Behaviour(
        "An inner exception does not outrank the rule itself unless it names it: a permission beside the rule is a conflict. In Catala the "
        "innermost outranks all.",
        (RULE, OFF, clause("inner", "permit", REMOTE, defeats=["exception"])),
        (ARMED, REMOTE),
        "conflict",
        ("rule", "inner"),
        False,
    ),
    Behaviour(
        "An inner exception that names the rule too outranks both.",
        (RULE, OFF, clause("inner", "permit", REMOTE, defeats=["exception", "rule"])),
        (ARMED, REMOTE),
        "permitted",
        ("inner",),
    ),
    Behaviour(
        "An inner exception that names both decides where the outer one is not met.",
        (RULE, OFF, clause("inner", "permit", REMOTE, defeats=["exception", "rule"])),
        (REMOTE,),
        "permitted",
        ("inner",),
    ),
    Behaviour(
        "Two exceptions at once with the same outcome agree, and both are named.",
        (RULE, EXCEPTION, clause("second", "permit", REMOTE, defeats=["rule"])),
        (ARMED, REMOTE),
        "permitted",
        ("exception", "second"),
    ),
    Behaviour(
        "Two exceptions at once with different outcomes are a conflict, and the conflict is the verdict; Catala stops with an error.",
        (RULE, EXCEPTION, clause("second", "forbid", REMOTE, defeats=["rule"])),
        (ARMED, REMOTE),
        "conflict",
        ("exception", "second"),
        False,
    ),
    Behaviour(
        "A conflict in one situation leaves the others alone.",
        (RULE, EXCEPTION, clause("second", "forbid", REMOTE, defeats=["rule"])),
        (REMOTE,),
        "prohibited",
        ("second",),
    ),
    Behaviour(
        "Two rules at once with the same outcome agree.",
        (RULE, clause("second", "forbid", ARMED)),
        (ARMED,),
        "prohibited",
        ("rule", "second"),
    ),
    Behaviour(
        "Two rules at once with different outcomes are a conflict, never settled by their order; Catala stops with an error.",
        (RULE, clause("second", "permit", ARMED)),
        (ARMED,),
        "conflict",
        ("rule", "second"),
        False,
    ),
    Behaviour(
        "A permission and a duty at once are no conflict: the act is obliged. To Catala they are two values, an error.",
        (clause("may", "permit"), clause("must", "oblige", ARMED)),
        (ARMED,),
        "obliged",
        ("may", "must"),
        False,
    ),
    Behaviour(
        "An exception to several rules takes the place of each that it names.",
        (RULE, clause("second", "forbid", REMOTE), {**EXCEPTION, "defeats": ["rule", "second"]}),
        (ARMED, REMOTE),
        "permitted",
        ("exception",),
    ),
    Behaviour(
        "A rule that the exception does not name stays, and that is a conflict; a label in Catala names the whole group.",
        (RULE, clause("second", "forbid", REMOTE), EXCEPTION),
        (ARMED, REMOTE),
        "conflict",
        ("second", "exception"),
        False,
    ),
    Behaviour(
        "A rule may be switched off with nothing in its place; in Catala an exception always has an outcome.",
        (RULE, OFF),
        (ARMED,),
        "not_addressed",
        (),
        False,
    ),
    Behaviour(
        "An exception of which the source does not say what follows leaves the question undetermined; Catala has no such clause.",
        (RULE, clause("open", "unsettled", ARMED, defeats=["rule"])),
        (ARMED,),
        "undetermined",
        ("open",),
        False,
    ),
)
REFUSED = (
    (
        "Exceptions that lead in a circle are refused before any question is asked.",
        (RULE | {"defeats": ["exception"]}, EXCEPTION),
        "clause_cycle",
    ),
    ("A clause that is an exception to itself is refused.", (RULE | {"defeats": ["rule"]},), "clause_cycle"),
    ("An exception to a clause that is not there is refused.", (EXCEPTION,), "clause_id_unknown"),
    ("Two clauses of one name are refused.", (RULE, IN_WAR), "clause_id_duplicate"),
)


def facts(holds: tuple[Raw, ...]) -> Raw:
    so = {name for one in holds for name in one}
    return {"act": "use"} | {name: FIELDS[name].values[0 if (name in so) != (name == "delivery") else 1] for name in NAMES}


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda one: one.says)
def test_rules_and_exceptions(behaviour: Behaviour) -> None:
    asked = facts(behaviour.holds)
    # The order in which clauses are written decides nothing but the order in which they are named.
    for written in (behaviour.clauses, behaviour.clauses[::-1]):
        raw = made_up(*written)
        told = answer(read(raw), asked)
        assert (told.verdict, set(told.clauses)) == (behaviour.verdict, set(behaviour.deciding))
        assert agreement(program_of(VERSION_ID, "", [raw]), read(raw)).is_whole


def test_facts_that_hold_are_those_that_conditions_ask_for() -> None:
    for one in (ARMED, REMOTE, LASTING):
        ((name, (value,)),) = one.items()
        assert facts((one,))[name] == value != facts(())[name]


@pytest.mark.parametrize(("says", "clauses", "code"), REFUSED, ids=[one[0] for one in REFUSED])
def test_exceptions_that_cannot_be(says: str, clauses: tuple[Raw, ...], code: str) -> None:
    version, problems = read_version(made_up(*clauses), "made.yaml", lambda _: None)
    assert version is None and [one.code for one in problems] == [code], says


def test_a_sentence_is_said_once() -> None:
    sentences = [*(one.says for one in BEHAVIOURS), *(one[0] for one in REFUSED)]
    assert len(set(sentences)) == len(sentences)
    assert all(one.as_in_catala != ("Catala" in one.says) for one in BEHAVIOURS)
