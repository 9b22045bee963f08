"""What follows when facts are missing: the same verdict under every completion is the verdict, else it is undetermined.

This is supervaluation. It is exact: the open fields are asked one after another, each only where a remaining condition reads it, and the
values that no condition tells apart count as one. `missing` lists the smallest sets of facts that would settle the question whatever their
values turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mineaction.policies.clause import Clause, Condition, Variant, fields_read
from mineaction.policies.walk import walk
from mineaction.terms.verdict import UNDETERMINED
from mineaction.terms.vocabulary import FIELDS


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict about an act of which some facts may be unknown.

    `clauses`: ids that decide under every completion, or under some of them while undetermined. `duties`: certain ones only.
    `possible`: the verdicts that completions give, one if settled. `missing`: sets of fields. `missing_law`: unsettled clauses.
    """

    verdict: str
    clauses: tuple[str, ...]
    duties: tuple[str, ...]
    possible: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    missing_law: tuple[str, ...]


def verdict(variant: Variant, known: Mapping[str, str]) -> str:
    """The verdict alone, without a search for what is missing; the first completion that differs ends the question."""
    found: set[str] = set()
    for one in _verdicts(restricted(variant, known)):
        found.add(one)
        if len(found) > 1:
            return UNDETERMINED
    return found.pop()


def possible_verdicts(variant: Variant, known: Mapping[str, str]) -> set[str]:
    """The verdicts that the completions give."""
    return set(_verdicts(restricted(variant, known)))


def answer(variant: Variant, known: Mapping[str, str]) -> Answer:
    """What `variant` says about an act of which only `known` facts are given."""
    rest = restricted(variant, known)
    found = _explored(rest, {})
    order = [clause.id for clause in variant.clauses]
    unsettled = [clause.id for clause in variant.clauses if clause.kind == "unsettled" and clause.id in found.clauses]
    # There is exactly one smallest set: the fields that matter somewhere. Whoever knows them knows the verdict, and without one of them two
    # completions that differ in it alone stay open.
    missing = tuple(name for name in rest.fields if name in found.matters)
    return Answer(
        verdict=next(iter(found.possible)) if len(found.possible) == 1 else UNDETERMINED,
        clauses=tuple(one for one in order if one in found.clauses),
        duties=tuple(one for one in order if one in found.duties),
        possible=tuple(sorted(found.possible)),
        missing=(missing,) if missing else (),
        missing_law=tuple(unsettled),
    )


def may_hold(when: tuple[Condition, ...], known: Mapping[str, str]) -> bool:
    """Whether one of the conditions can still hold, given what is known."""
    return any(all(known.get(name) is None or known[name] in values for name, values in one.items()) for one in when)


@dataclass(frozen=True, slots=True)
class _Explored:
    """What the completions of a part of the question give. Two parts have the same `number` exactly if all their completions agree."""

    number: int
    possible: frozenset[str]
    clauses: frozenset[str]
    duties: frozenset[str]
    matters: frozenset[str]


# The verdicts of a part, value by value of its first field, and the number they go by.
_Numbers = dict[tuple[str, tuple[int, ...]], int]


def _explored(rest: Variant, numbers: _Numbers) -> _Explored:
    """The whole of a question as a reduced, ordered decision diagram (Bryant 1986): equal parts get equal numbers."""
    if not rest.fields:
        cell = walk(rest, {})
        number = numbers.setdefault((cell.verdict, ()), len(numbers))
        return _Explored(number, frozenset((cell.verdict,)), frozenset(cell.clauses), frozenset(cell.duties), frozenset())
    name = rest.fields[0]
    told: list[_Explored] = []
    of_values: dict[str, int] = {}
    for values in _alike(name, rest):
        part = _explored(restricted(rest, {name: values[0]}), numbers)
        told.append(part)
        of_values |= dict.fromkeys(values, part.number)
    number, matters = told[0].number, frozenset[str]().union(*(one.matters for one in told))
    if len(set(of_values.values())) > 1:
        number = numbers.setdefault((name, tuple(of_values[value] for value in FIELDS[name].values)), len(numbers))
        matters |= {name}
    return _Explored(
        number,
        frozenset[str]().union(*(one.possible for one in told)),
        frozenset[str]().union(*(one.clauses for one in told)),
        told[0].duties.intersection(*(one.duties for one in told)),
        matters,
    )


def _verdicts(rest: Variant) -> Iterator[str]:
    """The verdict of one completion after another."""
    if not rest.fields:
        yield walk(rest, {}).verdict
        return
    name = rest.fields[0]
    for values in _alike(name, rest):
        yield from _verdicts(restricted(rest, {name: values[0]}))


def _alike(name: str, variant: Variant) -> list[list[str]]:
    """The values of a field, those together that no condition tells apart."""
    tests = [one[name] for clause in variant.clauses for one in (*clause.when, *clause.duty_when) if name in one]
    classes: dict[tuple[bool, ...], list[str]] = {}
    for value in FIELDS[name].values:
        classes.setdefault(tuple([value in test for test in tests]), []).append(value)
    return list(classes.values())


def restricted(variant: Variant, known: Mapping[str, str]) -> Variant:
    """The same variant without the clauses and conditions that the known facts already rule out or satisfy."""
    kept: list[Clause] = []
    for clause in variant.about(known["act"]) if "act" in known else variant.compiled:
        when, duty_when = _narrowed(clause.when, known), _narrowed(clause.duty_when, known)
        if when and not when[0]:
            duty_when = ()  # what is asked about decides for certain: nothing has to bring the duty along
        if when or duty_when:
            kept.append(clause.under(when, duty_when))
    return Variant(variant.version_id, variant.reading, tuple(kept), variant.decided_as, fields_read(kept))


def _narrowed(when: tuple[Condition, ...], known: Mapping[str, str]) -> tuple[Condition, ...]:
    """The conditions that can still hold, without what is known; one that holds for certain makes the others superfluous."""
    narrowed: list[Condition] = []
    for condition in when:
        open_fields: Condition = {}
        for name, values in condition.items():
            if name not in known:
                open_fields[name] = values
            elif known[name] not in values:
                break
        else:
            if not open_fields:
                return (open_fields,)
            narrowed.append(open_fields)
    return tuple(narrowed)
