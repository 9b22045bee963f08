"""Cases of defeasible logic that others published: how many there are, how many our rule model can say, and how many it answers so."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.policies.defeasible_theories import CIRCLE, COMPARES, DISPUTED, MANY
from tests.policies.published_cases import GIVEN, REASONS, outcome, outcomes

Raw = dict[str, Any]
# The package's own count: 180 defeasible cases, and one about a property.
CASES, ASKED = 181, 56
# Expected otherwise, each with the reason.
DIFFERS = {
    "bozzato_example1_bob_exception": "expects the more specific of two rules to win by itself; here a text has to say which one does"
}


@pytest.mark.slow
def test_every_case_is_asked_or_left_out_for_a_reason() -> None:
    counted = Counter(one.reason for one in outcomes())
    assert (sum(counted.values()), counted[""]) == (CASES, ASKED)
    assert set(counted) <= {"", *REASONS}
    assert len({one.name for one in outcomes()}) == CASES


@pytest.mark.slow
def test_every_case_that_is_asked_is_answered_as_expected_but_for_those_named() -> None:
    assert {one.name: one.differs for one in outcomes() if one.differs} == {
        "bozzato_example1_bob_exception": ("~teach_course bob: conflict",)
    }
    assert all(one.asked for one in outcomes() if not one.reason)
    assert DIFFERS.keys() == {one.name for one in outcomes() if one.differs}


def theory(rules: str, facts: str, superiority: str = "") -> Raw:
    """A theory in a line: `a => ~p` by default, `a -> p` strictly, `a ~> p` only blocks; rules are named r1, r2 and so on."""
    made: Raw = {"facts": {one: [[]] for one in facts.split()}, "superiority": [tuple(one.split(">")) for one in superiority.split()]}
    arrows = {"->": "strict_rules", "=>": "defeasible_rules", "~>": "defeaters"}
    for number, rule in enumerate(rules.split(";"), start=1):
        (arrow,) = (one for one in arrows if one in rule)
        body, head = rule.split(arrow)
        made.setdefault(arrows[arrow], []).append({"id": f"r{number}", "head": head.strip(), "body": [body.strip()]})
    return made


def case(made: Raw, **expected: str) -> Raw:
    sections = {section: {one: [[]] for one in listed.split()} for section, listed in expected.items()}
    return {"name": "made up", "theory": made, "expect": sections}


ANSWERED = (
    ("A default decides.", theory("a => p", "a"), "p"),
    ("A default whose body is not given decides nothing.", theory("a => p", "b"), ""),
    ("Two defaults against each other prove neither.", theory("a => p; a => ~p", "a"), ""),
    ("The superior one wins.", theory("a => p; a => ~p", "a", "r2>r1"), "~p"),
    ("The inferior one wins where the superior one does not apply.", theory("a => p; b => ~p", "a", "r2>r1"), "p"),
    ("A strict rule beats a default.", theory("a -> p; a => ~p", "a"), "p"),
    ("A strict rule from a default is one.", theory("a => b; b -> p; a => ~p", "a"), ""),
    ("Strict rules against each other prove both.", theory("a -> p; a -> ~p", "a"), "p ~p"),
    ("A blocking rule proves nothing itself.", theory("a => p; a ~> ~p", "a"), ""),
    (
        "A blocking rule is beaten by a superior one, and then any rule of its side wins.",
        theory("a => p; a ~> ~p; a => p", "a", "r3>r2"),
        "p",
    ),
    ("A chain is followed down to its facts.", theory("a => b; b => c; c => p", "a"), "p"),
    ("A fact beats a default against it.", theory("a => ~p", "a p"), "p"),
)


@pytest.mark.parametrize(("says", "made", "proven"), ANSWERED, ids=[one[0] for one in ANSWERED])
def test_a_theory_is_said_as_a_policy(says: str, made: Raw, proven: str) -> None:
    others = " ".join({"p", "~p"} - set(proven.split()))
    told = outcome(case(made, defeasibly=proven, undecided=others))
    assert (told.reason, told.asked, told.differs) == ("", 2, ()), says
    # Planted: the opposite expectation has to be seen, for each of the two.
    assert len(outcome(case(made, defeasibly=others, undecided=proven)).differs) == 2


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (theory("a => b; a => ~b; b => p", "a"), DISPUTED),
        (theory("q => p; p => q", "a"), CIRCLE),
        (theory("a > 2 => p", "a"), COMPARES),
        (theory("; ".join(f"{one} => p" for one in "abcdefghijk"), "a"), MANY),
        (theory("a => q", "a p"), GIVEN),
    ],
    ids=["disputed", "circle", "compares", "many", "given"],
)
def test_what_cannot_be_said_is_left_out_with_the_reason(made: Raw, reason: str) -> None:
    assert outcome(case(made, defeasibly="p")).reason == reason
