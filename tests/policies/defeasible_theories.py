"""A theory of defeasible logic as a policy, where our rule model can say it.

A rule for a conclusion becomes a `permit`, a rule against it a `forbid`, a rule that only blocks an `except`; what is superior defeats, and
what is strict defeats what is not. The conclusion is proven when the verdict is `permitted`, its opposite when it is `prohibited`; a
conflict proves neither, but for what follows from strict rules alone. Conditions of ours ask facts and never conclusions: a conclusion
that no rule disputes is replaced by the facts it rests on. What cannot be said so is left out, with the reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mineaction.policies.table import compile_table
from mineaction.policies.walk import CellAnswer, walk
from mineaction.terms.vocabulary import FIELDS
from tests.policies.made_up_policies import made_up, read

Raw = dict[str, Any]
Thing = tuple[Any, ...]
# The facts that must be given (True) or must not be (False), and whether strict rules alone led to them.
Body = tuple[frozenset[tuple[str, bool]], bool]
ATOM = re.compile(r"(?P<not>not )?(?P<name>~?[\w:]+)(?:\((?P<arguments>[^()]*)\))?")
RULES = {"strict": "strict_rules", "default": "defeasible_rules", "blocking": "defeaters"}
# One question with two answers for each fact of a theory; the first answer stands for "given".
FACT_FIELDS = tuple(name for name, one in FIELDS.items() if len(one.values) == 2 and name != "underlying")

RELATIONS = "speaks of relations between several things, while a clause asks about one act"
COMPARES = "calculates, compares, or names a single thing in a rule"
DISPUTED = "rests a rule on a conclusion that another rule disputes, while a condition asks facts"
CIRCLE = "has rules that lead back to themselves"
MANY = "needs more facts than the vocabulary has questions with two answers"


class LeftOutError(Exception):
    """The reason for which a case cannot be said in our rule model."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its ways to hold, all strict or none: `kind` is strict, default or blocking."""

    id: str
    head: str
    kind: str
    ways: tuple[frozenset[tuple[str, bool]], ...]

    @property
    def name(self) -> str:
        return f"{self.kind} {self.head} {self.id}"


def is_proven(theory: Raw, literal: str, thing: Thing) -> tuple[bool, str]:
    """Whether the policy about a conclusion proves the literal about one thing, and its verdict; walk and table say the same."""
    rules = rules_about(theory, without_sign(literal))
    names = sorted({name for rule in rules for facts in rule.ways for name, _ in facts})
    if len(names) > len(FACT_FIELDS):
        raise LeftOutError(MANY)
    fields = dict(zip(names, FACT_FIELDS, strict=False))
    made = read(policy_of(rules, fields, {tuple(one) for one in theory.get("superiority") or ()}))
    given = {name for name, rows in theory["facts"].items() if thing in {tuple(row) for row in rows}}
    act = {"act": "use"} | {field: FIELDS[field].values[0 if name in given else 1] for name, field in fields.items()}
    told, table = walk(made, act), compile_table(made)
    assert (told.verdict, told.clauses) == (table.verdict(act), table.sets[table.clause_sets[table.cell(act)]])
    return proves(told, literal), told.verdict


def proves(told: CellAnswer, literal: str) -> bool:
    if told.verdict == "conflict":
        return any(one.startswith(f"strict {literal} ") for one in told.clauses)
    return told.verdict == ("prohibited" if literal.startswith("~") else "permitted")


def policy_of(rules: list[Rule], fields: dict[str, str], superior: set[tuple[str, ...]]) -> Raw:
    """The rules about one conclusion as a policy about one act."""
    clauses = []
    for rule in rules:
        kind = "except" if rule.kind == "blocking" else "forbid" if rule.head.startswith("~") else "permit"
        against = [one for one in rules if one.head != rule.head and one.kind != "strict"]
        beaten = [one.name for one in against if rule.kind == "strict" or (rule.id, one.id) in superior]
        blocked = [one.name for one in against if rule.kind == "blocking" and (one.id, rule.id) not in superior and one.name not in beaten]
        clause: Raw = {"id": rule.name, kind: [condition(facts, fields) for facts in rule.ways]}
        clauses.append(clause | ({"defeats": beaten} if beaten else {}) | ({"suspends": blocked} if blocked else {}))
    return made_up(*clauses)


def condition(facts: frozenset[tuple[str, bool]], fields: dict[str, str]) -> Raw:
    return {"act": ["use"]} | {fields[name]: [FIELDS[fields[name]].values[0 if is_given else 1]] for name, is_given in sorted(facts)}


def rules_about(theory: Raw, name: str) -> list[Rule]:
    """The rules for and against a conclusion, their conditions in facts alone; a fact about it is a strict rule without more."""
    rules = []
    for kind, head, rule in written_rules(theory):
        bodies = list(in_facts(theory, rule["body"], ())) if without_sign(head) == name else []
        for is_strict in (True, False):
            ways = tuple(facts for facts, strict in bodies if (strict and kind == "strict") == is_strict)
            if ways:
                rules.append(Rule(rule["id"], head, "default" if kind == "strict" and not is_strict else kind, ways))
    given = [one for one in (name, f"~{name}") if theory["facts"].get(one)]
    return [*rules, *(Rule("given", one, "strict", (frozenset({(one, True)}),)) for one in given)]


def written_rules(theory: Raw) -> Iterator[tuple[str, str, Raw]]:
    things = {str(one) for rows in theory["facts"].values() for row in rows for one in row}
    for kind, key in RULES.items():
        for rule in theory.get(key) or ():
            atoms = [parsed(one) for one in (rule["head"], *rule["body"])]
            if any(len(arguments) > 1 for _, arguments, _ in atoms):
                raise LeftOutError(RELATIONS)
            variables = {arguments for _, arguments, _ in atoms}
            if len(variables) > 1 or any(not one.isidentifier() or one in things for arguments in variables for one in arguments):
                raise LeftOutError(COMPARES)
            yield kind, atoms[0][0], rule


def in_facts(theory: Raw, body: list[str], above: tuple[str, ...]) -> Iterator[Body]:
    """The body with every conclusion replaced by each way to reach it from facts."""
    reached: list[list[Body]] = []
    for written in body:
        name, _, is_negated = parsed(written)
        concluding = [(kind, rule) for kind, head, rule in written_rules(theory) if head == name and kind != "blocking"]
        disputing = [head for _, head, _ in written_rules(theory) if head == opposite(name)] or theory["facts"].get(opposite(name))
        if name in above:
            raise LeftOutError(CIRCLE)
        if concluding and (disputing or is_negated):
            raise LeftOutError(DISPUTED)
        ways: list[Body] = [(frozenset({(name, not is_negated)}), True)] if not concluding or theory["facts"].get(name) else []
        for kind, rule in concluding:
            ways += [(facts, kind == "strict" and strict) for facts, strict in in_facts(theory, rule["body"], (*above, name))]
        reached.append(ways)
    for chosen in itertools.product(*reached):
        yield frozenset().union(*(facts for facts, _ in chosen)), all(strict for _, strict in chosen)


def parsed(written: str) -> tuple[str, tuple[str, ...], bool]:
    """Name, arguments, and whether it must not be given."""
    found = ATOM.fullmatch(written.strip())
    if not found:
        raise LeftOutError(COMPARES)
    arguments = tuple(one.strip() for one in (found["arguments"] or "").split(",") if one.strip())
    return found["name"], arguments, bool(found["not"])


def opposite(name: str) -> str:
    return name[1:] if name.startswith("~") else f"~{name}"


def without_sign(name: str) -> str:
    return name.removeprefix("~")
