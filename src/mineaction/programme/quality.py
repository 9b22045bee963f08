"""How good are the records of a store: which checks find something, at what share of the records, and which records are worst?

Every check of one outline, of figures, copies and places, of administrative areas, of ground told by two records, of accidents, and of the
status of hazardous areas as it follows from all records up to today, asked of all that stands now. What says that people may be at risk
comes first. Problems of the land account are told by `area` and `why`, where they belong.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from mineaction.ledger.store import Store
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.overlapping import overlaps_of
from mineaction.programme.record_checks import has_ground, name_of, record_findings
from mineaction.programme.status_findings import PEOPLE_AT_RISK, status_findings, succession_findings
from mineaction.programme.stores import open_store
from mineaction.programme.today import today
from mineaction.programme.told_where import tellings
from mineaction.registers.accidents import accident_problems
from mineaction.registers.admin_area_checks import admin_area_problems
from mineaction.registers.hazard_histories import KINDS_READ as KINDS_OF_A_STATUS
from mineaction.registers.record_overlaps import KINDS as KINDS_THAT_OVERLAP
from mineaction.registers.record_overlaps import Pair
from mineaction.sources.outline_checks import outline_problems
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.limits import PROBLEMS_SHOWN_MAX, SLIVER_M2, WORST_RECORDS_SHOWN
from mineaction.terms.problem import Problem, problem
from mineaction.terms.problem_catalogue import WARNINGS

_BORDERS = "admin_area"
_ACCIDENT = "accident"


class Finding(NamedTuple):
    """One finding and the records it is about; none where it is about areas as a whole."""

    problem: Problem
    facts: tuple[Fact, ...]


def quality(*, store: str | None = None) -> dict[str, Any]:
    """The scorecard of all records that stand and lie somewhere, or decide the status of a hazardous area."""
    with open_store(store) as held, held.one_moment():
        told = {name: held.standing(name) for name in held.kinds_told() if _is_looked_at(name)}
        findings = list(_findings(held, told, today()))
        worst = _worst(findings)
        where = tellings(held, [fact.fact_id for fact, _ in worst])
        identity, path = held.identity(), held.path
    records = sum(map(len, told.values()))
    return {
        "store": path,
        "records": records,
        "kinds": [
            {"kind": name, "records": len(facts), "without_outline": sum(not one.geometry for one in facts)}
            for name, facts in told.items()
            if RECORDED_KINDS[name].geometry
        ],
        "checks": _checks(findings, records),
        "worst": [
            {"record": _shown(fact), "fact_id": fact.fact_id, "findings": len(codes), "codes": codes, "told": where[fact.fact_id]}
            for fact, codes in worst
        ],
        "finding_count": len(findings),
        "problems": [one.problem.as_dict() for one in findings[:PROBLEMS_SHOWN_MAX]],
        "books": [identity],
    }


def _is_looked_at(kind: str) -> bool:
    return kind == _BORDERS or kind in KINDS_OF_A_STATUS or has_ground(RECORDED_KINDS[kind])


def _shown(fact: Fact) -> str:
    return f"{fact.kind} {name_of(fact)}"


def _findings(held: Store, told: dict[str, list[Fact]], day: dt.date) -> Iterable[Finding]:
    """Every finding, in an order that follows from the facts alone."""
    named: dict[str, list[Fact]] = defaultdict(list)
    for facts in told.values():
        for fact in facts:
            named[_shown(fact)].append(fact)
    if any(told.get(name) for name in KINDS_OF_A_STATUS):
        about_status = [*status_findings(hazard_statuses(held, day), named), *succession_findings(held, told, named)]
        yield from (Finding(*one) for one in about_status)
    if told.get(_ACCIDENT):
        for one in accident_problems(held.not_taken_back(_ACCIDENT), told[_ACCIDENT]):
            yield Finding(one, tuple(named.get(one.place, ())))
    for name, unordered in told.items():
        facts = sorted(unordered, key=lambda one: (one.subject, one.fact_id))
        yield from _of_outlines(facts, is_border=name == _BORDERS)
        for at, one in record_findings(RECORDED_KINDS[name], facts, held, day, _place_of(facts)):
            yield Finding(one, (facts[at],))
    for one in admin_area_problems(told.get(_BORDERS, ()), day):
        yield Finding(one, ())
    if any(told.get(name) for name in KINDS_THAT_OVERLAP):
        for pair in overlaps_of(held, SLIVER_M2).pairs:
            yield Finding(_of_pair(pair), (pair.first, pair.second))


def _of_outlines(facts: Sequence[Fact], *, is_border: bool) -> Iterable[Finding]:
    found = outline_problems([fact.geometry for fact in facts], lambda at: _shown(facts[at]), is_border=is_border)
    for at in sorted(found):
        for one in found[at]:
            yield Finding(one, (facts[at],))


def _place_of(facts: Sequence[Fact]) -> Any:
    return lambda at, field: f"{_shown(facts[at])}, {field}" if field else _shown(facts[at])


def _of_pair(pair: Pair) -> Problem:
    return problem(pair.relation, _shown(pair.first), name_of(pair.second), area_m2=f"{pair.m2:,.2f}", other=_shown(pair.second))


def _checks(findings: Sequence[Finding], records: int) -> list[dict[str, Any]]:
    """Each check that found something, the one about most records first."""
    count = Counter(one.problem.code for one in findings)
    about: dict[str, set[str]] = {code: set() for code in count}
    for one in findings:
        about[one.problem.code].update(fact.fact_id for fact in one.facts)
    rows = [
        {
            "code": code,
            "severity": "warning" if code in WARNINGS else "error",
            "findings": count[code],
            "records": len(about[code]),
            "share": round(len(about[code]) / records, 4) if records else 0.0,
        }
        for code in count
    ]
    return sorted(rows, key=lambda row: (-int(row["records"]), -int(row["findings"]), row["code"]))


def _worst(findings: Sequence[Finding]) -> list[tuple[Fact, list[str]]]:
    """The records with most findings, errors before warnings, with the codes of what was found; those where people may be at risk first."""
    codes: dict[str, list[str]] = {}
    facts: dict[str, Fact] = {}
    for one in findings:
        for fact in one.facts:
            facts[fact.fact_id] = fact
            codes.setdefault(fact.fact_id, []).append(one.problem.code)

    def order(fact_id: str) -> tuple[bool, int, int, str, str]:
        errors = sum(code not in WARNINGS for code in codes[fact_id])
        return PEOPLE_AT_RISK not in codes[fact_id], -errors, -len(codes[fact_id]), facts[fact_id].subject, fact_id

    return [(facts[one], codes[one]) for one in sorted(codes, key=order)[:WORST_RECORDS_SHOWN]]
