"""The cases of defeasible logic in the package datalog-conformance: which our rule model can say, and whether it answers as they expect.

The package is MIT; it is read where it is installed, and nothing of it is copied. A case is about one theory and lists what follows from
it definitely, by default, or not at all.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.policies.defeasible_theories import (
    CIRCLE,
    COMPARES,
    DISPUTED,
    MANY,
    RELATIONS,
    RULES,
    LeftOutError,
    Thing,
    is_proven,
    parsed,
    without_sign,
)

Raw = dict[str, Any]
PROPERTY = "asks whether a logic has a property, not what follows"
RANKING = "expects the closure of a ranking of defaults, another logic"
GIVEN = "asks only for what it gives as a fact, of which no rule speaks"
REASONS = (RELATIONS, GIVEN, DISPUTED, RANKING, COMPARES, PROPERTY, CIRCLE, MANY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: left out for a `reason`, or asked, with each answer that `differs` from what the case expects."""

    name: str
    reason: str = ""
    asked: int = 0
    differs: tuple[str, ...] = ()


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every defeasible case of the package, in the order of its files."""
    return tuple(map(outcome, published_cases()))


def published_cases() -> Iterator[Raw]:
    spec = importlib.util.find_spec("datalog_conformance")
    assert spec is not None and spec.origin is not None
    for path in sorted((Path(spec.origin).parent / "_tests" / "defeasible").rglob("*.yaml")):
        raw = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        yield from raw.get("tests", [raw])


def outcome(case: Raw) -> Outcome:
    try:
        if "klm_property" in case:
            raise LeftOutError(PROPERTY)
        # Of several logics the one that proves nothing from what is itself in doubt.
        expected = case["expect"] if "expect" in case else case["expect_per_policy"].get("blocking")
        if expected is None:
            raise LeftOutError(RANKING)
        asked = list(questions(case["theory"], expected))
    except LeftOutError as left_out:
        return Outcome(case["name"], str(left_out))
    differs = [f"{literal} {', '.join(thing)}: {verdict}" for literal, thing, wanted, (proven, verdict) in asked if wanted != proven]
    return Outcome(case["name"], "", len(asked), tuple(differs))


def questions(theory: Raw, expected: Raw) -> Iterator[tuple[str, Thing, bool, tuple[bool, str]]]:
    """Each conclusion about each thing: whether it is expected to be proven, and whether it is, with the verdict."""
    decided = {without_sign(parsed(rule["head"])[0]) for key in RULES.values() for rule in theory.get(key) or ()}
    concluded = [(section, *one) for section, literals in expected.items() for one in literals.items() if without_sign(one[0]) in decided]
    if not concluded:
        raise LeftOutError(GIVEN)
    rows = [*theory["facts"].values(), *(listed for _, _, listed in concluded)]
    if any(len(row) > 1 for one in rows for row in one):
        raise LeftOutError(RELATIONS)
    things = {tuple(row) for one in theory["facts"].values() for row in one} or {()}
    wanted: dict[tuple[str, Thing], bool] = {}
    for section, literal, listed in concluded:
        told = {tuple(row) for row in listed}
        wanted |= {(literal, thing): section in ("definitely", "defeasibly") for thing in sorted(told)}
        # What follows by default is listed in full: of other things it does not follow.
        for thing in sorted(things - told) if section == "defeasibly" else ():
            wanted.setdefault((literal, thing), False)
    for (literal, thing), is_expected in wanted.items():
        yield literal, thing, is_expected, is_proven(theory, literal, thing)
