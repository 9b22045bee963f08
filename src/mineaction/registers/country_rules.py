"""Which rule of its own did a country have in force on a day: who approves, what needs approval, what an accreditation decides?

Rules are dated facts (`country_rule`). A rule for one release class goes before one for all of them; a later one replaces an earlier one.
Two that begin on one day and differ: the stricter holds and the contradiction is told. Where nothing is told, the default holds: every
reported release counts, lanes of a technical survey count as reduced, and no date may stand in the wrong order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.kinds.work_words import COUNTRY_RULES
from mineaction.terms.limits import DATE_TOLERANCE_DAYS_MAX
from mineaction.terms.problem import Problem, problem

# What holds where a country told nothing, and the words of a rule from the stricter on.
DEFAULTS = {"approval_required": "no", "accreditation_required": "no", "lanes_count_as": "reduced", "date_tolerance_days": "0"}
_STRICTER_FIRST = {"yes": 0, "no": 1, "reduced": 0, "cleared": 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force from `first` to the day before `end`."""

    name: str
    applies_to: str
    value: str
    first: dt.date
    end: dt.date
    fact_id: str

    def holds(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.first <= day < self.end


@dataclass(frozen=True, slots=True)
class CountryRules:
    """The rules of a country over all time."""

    rules: tuple[Rule, ...]

    def word(self, name: str, day: dt.date, release_class: str = "") -> tuple[str, str]:
        """The value of a rule on a day and the id of the fact that says so; the default and no id where nothing was told."""
        held = [one for one in self.rules if one.name == name and one.applies_to in ("", release_class) and one.holds(day)]
        if not held:
            return DEFAULTS[name], ""
        chosen = max(held, key=lambda one: (bool(one.applies_to), one.first, -_strictness(one.value), one.fact_id))
        return chosen.value, chosen.fact_id

    def is_required(self, name: str, first: dt.date, last: dt.date, release_class: str = "") -> bool:
        """Whether a rule asks for something on any day of a date that is known in part: then it is asked for."""
        turns = {day for one in self.rules if one.name == name for day in (one.first, one.end) if first < day <= last}
        return any(self.word(name, day, release_class)[0] == "yes" for day in (first, *turns))

    def named(self, name: str, day: dt.date) -> set[str]:
        """The keys of the organisations that a rule names on a day: the authority, its delegates."""
        return {given_key(one.value) for one in self.rules if one.name == name and one.holds(day)}


def country_rules(facts: Iterable[Fact]) -> tuple[CountryRules, tuple[Problem, ...]]:
    """The rules that these facts tell, and those that cannot be used."""
    rules, problems = [], []
    for fact in sorted(facts, key=lambda one: one.fact_id):
        told = fact.payload
        name, value = told["rule"], told["value"]
        words = COUNTRY_RULES[name]
        days = {str(number) for number in range(DATE_TOLERANCE_DAYS_MAX + 1)}
        if not (value in days if words == ("days",) else value in words or not words):
            expected = f"a whole number of days, at most {DATE_TOLERANCE_DAYS_MAX}" if words == ("days",) else " or ".join(words)
            problems.append(problem("country_rule_unusable", f"country_rule {name}", value, rule=name, expected=expected))
            continue
        first, end = moment(told["from"]), moment(told.get("to", ""))
        assert first is not None, "the kind asks for the first day"
        rules.append(Rule(name, told.get("applies_to", ""), value, first.first, end.first if end else dt.date.max, fact.fact_id))
    problems += _contradictions(rules)
    return CountryRules(tuple(rules)), tuple(problems)


def _strictness(value: str) -> int:
    return int(value) if value.isdecimal() else _STRICTER_FIRST.get(value, 0)


def _contradictions(rules: list[Rule]) -> list[Problem]:
    first: dict[tuple[str, str, dt.date], Rule] = {}
    found = []
    for one in rules:
        if one.name in DEFAULTS:
            other = first.setdefault((one.name, one.applies_to, one.first), one)
            if other.value != one.value:
                both = " and ".join(sorted((one.value, other.value)))
                found.append(problem("country_rule_contradicts", f"country_rule {one.name}", both, rule=one.name, day=one.first))
    return found
