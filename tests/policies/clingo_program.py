"""A policy file as an answer set program, for a second opinion that shares with the package its vocabulary and nothing else.

The file as written is turned into facts (which condition asks what, which clause stands where, what beats what); what they mean together
stands in `second_opinion.lp`. Values of a field that no written list tells apart count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import clingo

from mineaction.terms.vocabulary import FIELDS

Raw = dict[str, Any]
SEMANTICS = (Path(__file__).parent / "second_opinion.lp").read_text(encoding="utf-8")
KINDS = ("forbid", "permit", "oblige", "unsettled", "except")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the program says about one act, or about all acts that fit what is known."""

    verdicts: frozenset[str]
    clauses: frozenset[str]
    duties: frozenset[str]


@dataclass
class Program:
    """The facts of one version under one reading. `lists`: field -> every list of values that the file names for it."""

    facts: list[str] = field(default_factory=list)
    lists: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def say(self, name: str, *values: object) -> None:
        quoted = (str(one) if isinstance(one, int) else '"' + str(one) + '"' for one in values)
        self.facts.append(f"{name}({','.join(quoted)}).")

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in FIELDS if name in self.lists)

    def classes(self, name: str) -> list[list[str]]:
        """The values of a field that no written list tells apart."""
        found: dict[tuple[bool, ...], list[str]] = {}
        for value in FIELDS[name].values:
            found.setdefault(tuple(value in one for one in self.lists[name]), []).append(value)
        return list(found.values())

    @cached_property
    def solver(self) -> clingo.Control:
        values = [f'field("{name}"). value("{name}","{one[0]}").' for name in self.fields for one in self.classes(name)]
        acts = [f'any_act("{act}").' for act in FIELDS["act"].values]
        made = clingo.Control(["--models=0", "--warn=no-atom-undefined"])
        made.add("base", [], "\n".join((SEMANTICS, *self.facts, *values, *acts)))
        made.ground([("base", [])])
        return made

    def acts(self) -> Iterator[tuple[dict[str, str], Opinion]]:
        """Every act, one for each combination of classes of values, with what the clauses say about it."""
        texts: dict[clingo.Symbol, str] = {}
        self.solver.configuration.solve.enum_mode = "auto"
        with self.solver.solve(yield_=True) as models:
            for model in models:
                yield _read(model.symbols(shown=True), texts)

    def opinion(self, known: Mapping[str, str]) -> Opinion:
        """What may be (verdicts and deciding clauses) and what must be (duties), whatever the facts that are not known."""
        wanted = []
        for name in self.fields:
            if name in known:
                (first,) = (one[0] for one in self.classes(name) if known[name] in one)
                wanted.append((clingo.Function("is", [clingo.String(name), clingo.String(first)]), True))
        found = {}
        for mode in ("brave", "cautious"):
            self.solver.configuration.solve.enum_mode = mode
            last: Any = ()
            with self.solver.solve(assumptions=wanted, yield_=True) as models:
                for model in models:
                    last = model.symbols(shown=True)
            found[mode] = _read(last, {})[1]
        return Opinion(found["brave"].verdicts, found["brave"].clauses, found["cautious"].duties)


def _read(symbols: Any, texts: dict[clingo.Symbol, str]) -> tuple[dict[str, str], Opinion]:
    act: dict[str, str] = {}
    said: dict[str, list[str]] = {"verdict": [], "decides": [], "duty": []}
    for symbol in symbols:
        if symbol.name == "is":
            act[symbol.arguments[0].string] = symbol.arguments[1].string
        else:
            if symbol not in texts:
                texts[symbol] = symbol.arguments[0].string
            said[symbol.name].append(texts[symbol])
    return act, Opinion(frozenset(said["verdict"]), frozenset(said["decides"]), frozenset(said["duty"]))


def program_of(version_id: str, reading: str, files: Iterable[Raw]) -> Program:
    """The program of the version that stands on the day in its name, as the policy files say, under a reading (empty: its default)."""
    program = Program()
    _write_version(program, version_id, reading, list(files), limits=(), only=None, is_certain=True)
    return program


def days_of_change(raw: Raw) -> set[str]:
    """The first day of a file, and every later one on which a clause begins or ends or it is no longer known whether the file stands."""
    last = raw["in_force"].get("to") or "9999"
    days = {clause[key] for clause in raw["clauses"] for key in ("from", "until") if key in clause}
    days |= {raw["in_force"].get("certain_until", "")} | {raw["in_force"]["from"]}
    return {day for day in days if raw["in_force"]["from"] <= day < last}


def _file_on(version_id: str, files: list[Raw]) -> tuple[Raw, str]:
    name, _, day = version_id.partition("@")
    own = [raw for raw in files if raw["version"].partition("@")[0] == name and raw["in_force"]["from"] <= day]
    return max(own, key=lambda raw: str(raw["in_force"]["from"])), day


def _write_version(
    program: Program, version_id: str, reading: str, files: list[Raw], limits: tuple[str, ...], only: list[str] | None, is_certain: bool
) -> None:
    raw, day = _file_on(version_id, files)
    reading = reading or next(name for name, one in raw["readings"].items() if one.get("default"))
    parts = set(reading.split("+"))
    is_certain = is_certain and (raw["in_force"].get("to") != "unknown" or day < raw["in_force"]["certain_until"])
    scopes = [one["scope"] for name, one in raw["readings"].items() if set(name.split("+")) <= parts and "scope" in one]
    scope = (scopes or [raw.get("scope")])[0]
    words_of = f"{version_id} {len(program.facts)}"
    for position, written in enumerate(raw.get("decided_as", ())):
        decided = _as_read(written, parts)
        for act in decided["act"]:
            program.say("decided", words_of, position, act, decided["as"])
        program.say("decided_when", words_of, position, _write_condition(program, decided["when"]))
        program.lists.setdefault("act", []).append(frozenset(decided["act"]))
    for written in raw["clauses"]:
        clause = _as_read(written, parts)
        stands = clause.get("from", "") <= day < clause.get("until", "9999")
        if not stands or clause.get("omit") or ("only_in" in clause and not parts.intersection(clause["only_in"])):
            continue
        if further := clause.get("continues_where"):
            where = (*limits, _write_condition(program, further["when"]))
            _write_version(program, further["version"], further.get("reading", ""), files, where, only, is_certain)
        elif only is None or clause["id"] in only:
            _write_clause(program, clause, scope, words_of, limits, is_certain)
    for carried in raw.get("continues", ()):
        held = _file_on(carried["version"], files)[0]["readings"]
        same = next((one for one in (reading, *reading.split("+")) if one in held), "")
        wanted = [one for one in carried["clauses"] if only is None or one in only]
        _write_version(program, carried["version"], same, files, limits, wanted, is_certain)


def _write_clause(program: Program, clause: Raw, scope: Any, words_of: str, limits: tuple[str, ...], is_certain: bool) -> None:
    kinds = [kind for kind in KINDS if kind in clause]
    if not kinds or (kinds == ["oblige"] and clause.get("force", "duty") != "duty"):
        return
    kind, body = kinds[0], clause[kinds[0]]
    place = f"place {len(program.facts)}"
    program.say("place", place, clause["id"])
    # What may have ended is unsettled; what only switches off stays as it is.
    program.say("kind", clause["id"], kind if is_certain or kind == "except" else "unsettled")
    for target in (*clause.get("defeats", ()), *clause.get("suspends", ())):
        program.say("attacks", clause["id"], target)
    needs = list(limits)
    if scope and clause.get("scope") != "none":
        needs.append(_write_condition(program, scope))
    if clause.get("refers_to"):
        needs.append(_write_condition(program, {"underlying": ["prohibited"]}))
    if kind == "oblige":
        if body.get("when"):
            needs.append(_write_condition(program, body["when"]))
        if body.get("triggered_by") and is_certain:
            program.say("trigger", place, _write_condition(program, {"act": body["triggered_by"]}, words_of))
        body = {"act": body["do"]}
    program.say("condition", place, _write_condition(program, body, words_of))
    for one in needs:
        program.say("needs", place, one)


def _write_condition(program: Program, written: Raw | list[Raw], version: str = "") -> str:
    name = f"condition {len(program.facts)}"
    if version:
        program.say("words_of", name, version)
    for position, alternative in enumerate(written if isinstance(written, list) else [written]):
        program.say("alternative", name, position)
        for asked, values in alternative.items():
            is_barred = isinstance(values, dict)
            listed = values["not"] if is_barred else values
            program.lists.setdefault(asked, []).append(frozenset(listed))
            if not is_barred:
                program.say("listed", name, position, asked)
            for value in listed:
                program.say("barred" if is_barred else "allowed", name, position, asked, value)
    return name


def _as_read(written: Raw, parts: set[str]) -> Raw:
    """What is written once the changes of the chosen readings are made, those of a single reading first."""
    changes = [(name.split("+"), change) for name, change in written.get("readings", {}).items() if set(name.split("+")) <= parts]
    text = {key: value for key, value in written.items() if key != "readings"}
    for _, change in sorted(changes, key=lambda one: len(one[0])):
        text.update(change)
    return text
