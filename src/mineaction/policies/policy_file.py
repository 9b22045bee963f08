"""How a policy is written: one YAML file a version. Reads a parsed file into a `Version` and says everything that is wrong with it.

Checked here, after the shape (`policy_shape.py`): the closed vocabulary, unique clause ids, edges that lead to a clause and go in no
circle, readings that are declared; then the texts (`policy_texts.py`). A file with problems gives no version: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mineaction.policies.clause import KINDS_OF_FINDING, MODALITIES, TEXT_ONLY, Version
from mineaction.policies.policy_shape import shape_problems
from mineaction.policies.policy_texts import HeldText, text_problems, with_file_names
from mineaction.policies.policy_version import version_from
from mineaction.policies.version_parts import UNKNOWN_END
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import POLICY_CLAUSES_MAX
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import FIELDS, hint, nearest

Raw = dict[str, Any]

KINDS_OF_CLAUSE = (*MODALITIES, *TEXT_ONLY, "continues_where")
# What a reading may not change about a clause: which clause it is.
_FIXED = ("id", "readings", "only_in", "from", "until")


def read_version(raw: Raw, place: str, held_text: HeldText) -> tuple[Version | None, list[Problem]]:
    """The version a parsed file describes, or every problem found in it."""
    problems = list(shape_problems(raw, "version", place))
    if not problems:
        problems += [*_version_problems(raw, place), *_clause_problems(raw, place)]
    if not problems:
        problems += [*_edge_problems(raw, place), *text_problems(raw, place, held_text)]
    return (None if problems else version_from(with_file_names(raw))), problems


def _version_problems(raw: Raw, place: str) -> Iterator[Problem]:
    _, _, day = raw["version"].partition("@")
    if not re.fullmatch(r"[a-z0-9_]+@.*", raw["version"]) or parse_day(day, place)[1]:
        yield problem("yaml_value_wrong", f"{place}: version", raw["version"], field="version", expected="Write INSTRUMENT@YYYY-MM-DD.")
    period = raw["in_force"]
    if raw["version"].partition("@")[2] != period["from"]:
        expected = "Write the same day twice: INSTRUMENT@DAY, and in_force.from."
        yield problem("yaml_value_wrong", f"{place}: version", raw["version"], field="in_force.from", expected=expected)
    yield from _period_problems(period, f"{place}: in_force")
    if len(raw["clauses"]) > POLICY_CLAUSES_MAX:
        yield problem("policy_too_large", f"{place}: clauses", len(raw["clauses"]), what="clauses", limit=POLICY_CLAUSES_MAX)
    if sum(one.get("default", False) for one in raw["readings"].values()) != 1:
        expected = "Declare readings, exactly one of them with default: true."
        yield problem("yaml_value_wrong", f"{place}: readings", ", ".join(raw["readings"]), field="readings", expected=expected)
    for name, one in raw["readings"].items():
        yield from _undeclared((name,), raw, f"{place}: readings")
        for key in ("cite_when", "scope"):
            yield from _condition_problems(one.get(key, []), f"{place}: readings.{name}: {key}")
        if one.get("prefers") and one["prefers"] not in (raw.get("texts") or {}):
            yield problem("text_missing", f"{place}: readings.{name}: prefers", one["prefers"])
    yield from _condition_problems(raw.get("scope", {}), f"{place}: scope")
    for position, one in enumerate(raw.get("decided_as", ()), start=1):
        for body in (one, *one.get("readings", {}).values()):
            acts = [*body.get("act", ()), *([body["as"]] if "as" in body else ())]
            yield from _condition_problems(({"act": acts} if acts else {}, body.get("when", {})), f"{place}: decided_as {position}")
        yield from _undeclared(one.get("readings", ()), raw, f"{place}: decided_as {position}")
    for position, one in enumerate(raw.get("accepted", ()), start=1):
        yield from _accepted_problems(one, raw, f"{place}: accepted {position}")


def _accepted_problems(entry: Raw, raw: Raw, where: str) -> Iterator[Problem]:
    """An entry names a kind of finding and says which ones: by clauses, acts or readings."""
    if entry["finding"] not in KINDS_OF_FINDING:
        yield problem(
            "unknown_word", f"{where}: finding", entry["finding"], field="finding", nearest=f"Use one of: {', '.join(KINDS_OF_FINDING)}"
        )
    if not any(entry.get(key) for key in ("clauses", "acts", "readings")):
        yield problem("yaml_key_missing", where, "clauses, acts or readings")
    if entry.get("acts"):
        yield from _condition_problems({"act": entry["acts"]}, where)
    yield from _undeclared(entry.get("readings", ()), raw, where)


def _period_problems(period: Raw, where: str) -> Iterator[Problem]:
    last = period.get("to") or ""
    if last == UNKNOWN_END:
        if "certain_until" not in period:
            yield problem("yaml_key_missing", where, "certain_until")
        last = period.get("certain_until", "")
    elif last:
        yield from parse_day(last, f"{where}: to")[1]
    if "certain_until" in period and period.get("to") != UNKNOWN_END:
        expected = "Write it with to: unknown only."
        yield problem("yaml_value_wrong", f"{where}: certain_until", period["certain_until"], field="certain_until", expected=expected)
    if "own_end" in period and not (last and last <= period["own_end"]):
        expected = "Write the day on which the version would have ended by itself, not before in_force.to."
        yield problem("yaml_value_wrong", f"{where}: own_end", period["own_end"], field="own_end", expected=expected)
    is_reversed = last < period["from"] if period.get("to") == UNKNOWN_END else last <= period["from"]
    if last and is_reversed:
        yield problem("fact_dates_reversed", where, f"{period['from']} to {last}")


def _dates_problems(clause: Raw, period: Raw, where: str) -> Iterator[Problem]:
    """The clause's own dates lie in the right order and inside those of the version."""
    first, last = clause.get("from", period["from"]), clause.get("until", "")
    if last and last <= first:
        yield problem("fact_dates_reversed", where, f"{first} to {last}")
    ends = "" if period.get("to") == UNKNOWN_END else period.get("to")
    for key in ("from", "until"):
        if key in clause and (clause[key] <= period["from"] or (ends and clause[key] >= ends)):
            expected = "Give a day inside the period of the version, or leave it out."
            yield problem("yaml_value_wrong", f"{where}: {key}", clause[key], field=key, expected=expected)


def _clause_problems(raw: Raw, place: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for clause in raw["clauses"]:
        where = f"{place}: clause {clause['id']}"
        if clause["id"] in seen:
            yield problem("clause_id_duplicate", where, clause["id"])
        seen.add(clause["id"])
        kinds = [key for key in KINDS_OF_CLAUSE if key in clause]
        if len(kinds) != 1:
            words = ", ".join(KINDS_OF_CLAUSE)
            given = " + ".join(kinds) or "no kind"
            yield problem("yaml_value_wrong", where, given, field="the kind of a clause", expected=f"Write exactly one of: {words}.")
        if "unsettled" in clause and not clause.get("why"):
            yield problem("yaml_key_missing", where, "why")
        yield from _dates_problems(clause, raw["in_force"], where)
        yield from _body_problems(clause, where)
        overrides = clause.get("readings", {})
        yield from _undeclared((*overrides, *clause.get("only_in", ())), raw, where)
        for name, override in overrides.items():
            yield from _body_problems(override, f"{where}: readings.{name}")
            for key in override:
                if key in _FIXED or (key in KINDS_OF_CLAUSE and key not in kinds):
                    may_be = sorted({*kinds, "text", "omit", "proviso", "force"})
                    yield problem("yaml_key_unknown", f"{where}: readings.{name}", key, nearest=", ".join(may_be))


def _undeclared(names: Iterable[str], raw: Raw, where: str) -> Iterator[Problem]:
    """Readings that the version does not declare; a joined name stands for its parts."""
    for part in dict.fromkeys(part for name in names for part in name.split("+")):
        if part not in raw["readings"]:
            yield problem("reading_unknown", where, part, instrument=raw["version"], nearest=", ".join(raw["readings"]))


def _body_problems(body: Raw, where: str) -> Iterator[Problem]:
    if body.get("scope", "none") != "none":
        yield problem("unknown_word", f"{where}: scope", body["scope"], field="the scope of a clause", nearest="Use one of: none")
    if body.get("refers_to", {}).get("as_if", "party") != "party":
        yield problem("unknown_word", f"{where}: refers_to: as_if", body["refers_to"]["as_if"], field="as_if", nearest="Use one of: party")
    for kind in MODALITIES:
        if kind in body and kind != "oblige":
            yield from _condition_problems(body[kind], f"{where}: {kind}")
    for kind in ("oblige", "continues_where"):
        yield from _condition_problems(body.get(kind, {}).get("when", {}), f"{where}: {kind}: when")
    for key in ("do", "triggered_by"):
        if acts := body.get("oblige", {}).get(key):
            yield from _condition_problems({"act": acts}, f"{where}: oblige: {key}")


def _condition_problems(raw: Any, where: str) -> Iterator[Problem]:
    for condition in raw if isinstance(raw, list | tuple) else [raw]:
        if not isinstance(condition, dict):
            yield problem("yaml_value_wrong", where, condition, field="a condition", expected="Write field: [values].")
            continue
        for name, values in condition.items():
            if name not in FIELDS:
                yield problem("unknown_word", where, name, field="an activity", nearest=hint(str(name), FIELDS))
                continue
            listed = values["not"] if isinstance(values, dict) and list(values) == ["not"] else values
            if not isinstance(listed, list):
                yield problem(
                    "yaml_value_wrong", f"{where}.{name}", values, field=name, expected="Write a list of values, or not: [values]."
                )
                continue
            if not listed or (listed is not values and set(FIELDS[name].values) <= {str(one) for one in listed}):
                expected = "Leave at least one."
                yield problem("yaml_value_wrong", f"{where}.{name}", "a list that leaves no value", field=name, expected=expected)
            for value in listed:
                if value not in FIELDS[name].values:
                    words = hint(str(value), FIELDS[name].values)
                    yield problem("unknown_word", f"{where}.{name}", value, field=name, nearest=words)


def _edge_problems(raw: Raw, place: str) -> Iterator[Problem]:
    ids = [*(clause["id"] for clause in raw["clauses"]), *(one for carried in raw.get("continues", ()) for one in carried["clauses"])]
    edges: dict[str, set[str]] = {one: set() for one in ids}
    for clause in raw["clauses"]:
        for body in (clause, *clause.get("readings", {}).values()):
            for target in (*body.get("defeats", ()), *body.get("suspends", ())):
                if target not in edges:
                    yield problem("clause_id_unknown", f"{place}: clause {clause['id']}", target, nearest=", ".join(nearest(target, ids)))
                    return
                edges[clause["id"]].add(target)
    if circle := _circle(edges):
        yield problem("clause_cycle", place, " -> ".join(circle))


def _circle(edges: Mapping[str, set[str]]) -> list[str]:
    """One circle of the edges, its first clause repeated at the end; empty if there is none."""
    done: set[str] = set()

    def follow(one: str, path: list[str]) -> list[str]:
        if one in path:
            return [*path[path.index(one) :], one]
        if one in done:
            return []
        for target in sorted(edges[one]):
            if circle := follow(target, [*path, one]):
                return circle
        done.add(one)
        return []

    return next((circle for one in edges if (circle := follow(one, []))), [])
