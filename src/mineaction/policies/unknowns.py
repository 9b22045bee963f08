"""What follows when facts are missing: the same verdict under every completion is the verdict, else it is undetermined.

This is supervaluation. It is exact: the values of an unknown field that no remaining condition tells apart count as one, and
every combination of the others is walked. `missing` lists the smallest sets of facts that would settle the question whatever
their values turn out to be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mineaction.policies.clause import Clause, Condition, Variant
from mineaction.policies.walk import CellAnswer, ready, walk, walk_clauses
from mineaction.terms.verdict import UNDETERMINED
from mineaction.terms.vocabulary import FIELDS

Assignment = tuple[str, ...]


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
    """The verdict alone, without a search for what is missing: unknown fields are asked one by one, and only where they matter."""
    found = possible_verdicts(variant, known)
    return found.pop() if len(found) == 1 else UNDETERMINED


def possible_verdicts(variant: Variant, known: Mapping[str, str]) -> set[str]:
    """The verdicts that the completions give."""
    rest = restricted(variant, known)
    if not rest.fields:
        return {walk(rest, {}).verdict}
    name = rest.fields[0]
    return set().union(*(possible_verdicts(rest, {name: value}) for value in _representatives(name, rest)))


def answer(variant: Variant, known: Mapping[str, str]) -> Answer:
    """What `variant` says about an act of which only `known` facts are given."""
    rest = restricted(variant, known)
    fields, cells = _completions(rest, known)
    verdicts = {cell.verdict for cell in cells.values()}
    named = {one for cell in cells.values() for one in cell.clauses}
    certain_duties = set.intersection(*(set(cell.duties) for cell in cells.values()))
    order = [clause.id for clause in variant.clauses]
    unsettled = [clause.id for clause in variant.clauses if clause.kind == "unsettled" and clause.id in named]
    return Answer(
        verdict=verdicts.pop() if len(verdicts) == 1 else UNDETERMINED,
        clauses=tuple(one for one in order if one in named),
        duties=tuple(one for one in order if one in certain_duties),
        possible=tuple(sorted({cell.verdict for cell in cells.values()})),
        missing=settling_sets(fields, {key: cell.verdict for key, cell in cells.items()}),
        missing_law=tuple(unsettled),
    )


def may_hold(when: tuple[Condition, ...], known: Mapping[str, str]) -> bool:
    """Whether one of the conditions can still hold, given what is known."""
    return any(all(known.get(name) is None or known[name] in values for name, values in one.items()) for one in when)


def settling_sets(fields: tuple[str, ...], verdicts: Mapping[Assignment, str]) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of `fields` whose values, whatever they are, leave one verdict; empty when nothing is open.

    There is exactly one: the fields without which all the others together do not settle it. `verdicts` gives every combination, so a
    field that changes nothing while the others stay as they are changes nothing, and neither do several such fields one after another.
    """
    if len(set(verdicts.values())) < 2:
        return ()
    return (tuple(name for position, name in enumerate(fields) if not _settles_without(position, verdicts)),)


def _settles_without(position: int, verdicts: Mapping[Assignment, str]) -> bool:
    seen: dict[Assignment, str] = {}
    return all(seen.setdefault(key[:position] + key[position + 1 :], verdict) == verdict for key, verdict in verdicts.items())


def _completions(variant: Variant, known: Mapping[str, str]) -> tuple[tuple[str, ...], dict[Assignment, CellAnswer]]:
    """Every way to fill in the open fields, one representative for each class of values, with what the clauses then say."""
    fields = tuple(name for name in variant.fields if name not in known)
    if not fields:
        return (), {(): walk(variant, {name: value for name, value in known.items() if name in variant.fields})}
    first, *others = (_representatives(name, variant) for name in fields)
    cells: dict[Assignment, CellAnswer] = {}
    for value in first:
        # Most clauses speak of one act: with the first open field given, few are left to walk.
        made_ready = ready(restricted(variant, {**known, fields[0]: value}))
        for rest in itertools.product(*others):
            cells[(value, *rest)] = walk_clauses(*made_ready, dict(zip(fields[1:], rest, strict=True)))
    return fields, cells


def _representatives(name: str, variant: Variant) -> list[str]:
    tests = [one[name] for clause in variant.clauses for one in (*clause.when, *clause.duty_when) if name in one]
    classes: dict[tuple[bool, ...], str] = {}
    for value in FIELDS[name].values:
        classes.setdefault(tuple(value in test for test in tests), value)
    return list(classes.values())


def restricted(variant: Variant, known: Mapping[str, str]) -> Variant:
    """The same variant without the clauses and conditions that the known facts already rule out or satisfy."""
    kept: list[Clause] = []
    for clause in variant.about(known["act"]) if "act" in known else variant.clauses:
        if not clause.is_compiled:
            continue
        when, duty_when = _narrowed(clause.when, known), _narrowed(clause.duty_when, known)
        if when or duty_when:
            values = {name: getattr(clause, name) for name in Clause.__slots__}
            kept.append(Clause(**{**values, "when": when, "duty_when": duty_when}))
    return Variant(variant.version_id, variant.reading, tuple(kept), variant.decided_as, _fields(kept))


def _narrowed(when: tuple[Condition, ...], known: Mapping[str, str]) -> tuple[Condition, ...]:
    possible = (one for one in when if may_hold((one,), known))
    return tuple({name: values for name, values in one.items() if name not in known} for one in possible)


def _fields(clauses: Iterable[Clause]) -> tuple[str, ...]:
    read = {name for clause in clauses for one in (*clause.when, *clause.duty_when) for name in one}
    return tuple(name for name in FIELDS if name in read)
