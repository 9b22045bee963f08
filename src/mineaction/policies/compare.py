"""A policy held against a treaty, article by article, over every possible act: covered, weaker, missing, stricter.

Cells compare verdicts: where the treaty prohibits, the policy must prohibit; where it obliges, oblige; where it permits or is
silent, anything covers it. Deadlines, provisos and force compare as attributes. Every gap carries the smallest act that shows
it: the facts without which the two verdicts would not both be certain. Acts of a kind of actor that one of the two does not bind are
left aside: nobody can have such a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mineaction.policies.clause import TEXT_ONLY, Clause, Variant, Version
from mineaction.policies.law import Law
from mineaction.policies.pair import Pair, TableOf, examples
from mineaction.policies.side_by_side import SideBySide, side_by_side
from mineaction.policies.smallest_act import Bools
from mineaction.policies.table import Table, compile_table
from mineaction.terms.verdict import CELL_VERDICTS, OBLIGED, PROHIBITED, UNDETERMINED
from mineaction.terms.vocabulary import ACTS, ACTS_TOWARDS_ANOTHER, FIELDS

Inside = Mapping[str, tuple[str, ...]]


def kinds_of_actor(law: Law, one: Version, other: Version) -> tuple[str, ...]:
    """The kinds of actor that both instruments can bind."""
    binding = [law.instruments[version.instrument].binds_actor_kinds for version in (one, other)]
    return tuple(kind for kind in FIELDS["actor_kind"].values if all(kind in kinds for kinds in binding))


def compare(both: SideBySide, inside: Inside) -> dict[str, Any]:
    """`{"articles": [...], "stricter": [...]}`; `inside` limits the comparison to acts with these values."""
    views = _views(both, inside)
    return {
        "articles": [_article(article, clauses, views) for article, clauses in by_article(both.other)],
        "stricter": _examples(views, [_stricter(view.pair) for view in views]),
    }


def compare_clauses(both: SideBySide, inside: Inside) -> list[dict[str, Any]]:
    """The same as `articles`, clause by clause; `has_proviso` says whether the treaty leaves something to judgement there."""
    views = _views(both, inside)
    return [
        {**_article(article, [clause], views), "clause": clause.id, "has_proviso": bool(clause.proviso)}
        for article, clauses in by_article(both.other)
        for clause in clauses
    ]


@dataclass(frozen=True, slots=True)
class _View:
    """Both tables for one act, which of its cells are looked at, and how many acts each of them stands for."""

    pair: Pair
    limited: Bools
    weight: int


def _views(both: SideBySide, inside: Inside) -> list[_View]:
    return [_View(one, limited(one.act, one.one_table, inside), both.weight(one, inside)) for one in both.pairs]


def compare_readings(law: Law, version_id: str, table_of: TableOf = compile_table) -> list[dict[str, Any]]:
    """Every reading of a version against its default: how many cells change, and the smallest act for each change."""
    version = law.version(version_id)
    default = law.variant(version_id)
    inside = {"actor_kind": kinds_of_actor(law, version, version)}
    changes = []
    for reading in version.readings:
        if reading.is_default:
            continue
        both = side_by_side(law, law.variant(version_id, reading.name), default, table_of)
        changed_acts = _examples(
            _views(both, inside), [np.asarray(one.one_table.verdicts != one.other_table.verdicts) for one in both.pairs]
        )
        for example in changed_acts:
            example["reading"], example["default"] = example.pop("policy"), example.pop("treaty")
        attributes = changed_attributes(both.one, default)
        changes.append(
            {
                "reading": reading.name,
                "says": reading.says,
                "cells": sum(one["cells"] for one in changed_acts),
                "attributes": attributes,
                "changes": changed_acts,
            }
        )
    return changes


def by_article(treaty: Variant) -> list[tuple[str, list[Clause]]]:
    """The clauses that ask something of a party, article by article."""
    articles: dict[str, list[Clause]] = {}
    for clause in treaty.clauses:
        if clause.kind not in ("except", "unsettled", "definition", "note"):
            articles.setdefault(clause.article, []).append(clause)
    return list(articles.items())


def _article(article: str, clauses: list[Clause], views: list[_View]) -> dict[str, Any]:
    ids = {clause.id for clause in clauses}
    deciding = [cells_of(view.pair.other_table, ids) & settled(view.pair.other_table) & view.limited for view in views]
    gaps = [cells & ~covered(view.pair.one_table, view.pair.other_table) for view, cells in zip(views, deciding, strict=True)]
    count, uncovered = (sum(int(one.sum()) * view.weight for view, one in zip(views, cells, strict=True)) for cells in (deciding, gaps))
    return {
        "article": article,
        "cells": count,
        "covered": count - uncovered,
        "attributes": _attributes(clauses, views, deciding),
        "gaps": _examples(views, gaps),
    }


def covered(policy: Table, treaty: Table) -> Bools:
    """The cells in which the policy asks for all that the treaty asks for."""
    binding = np.isin(treaty.verdicts, [CELL_VERDICTS.index(PROHIBITED), CELL_VERDICTS.index(OBLIGED)])
    return np.asarray(~binding | (policy.verdicts == treaty.verdicts))


def _stricter(both: Pair) -> Bools:
    policy, treaty = both.one_table.verdicts, both.other_table.verdicts
    return np.asarray(np.isin(policy, [CELL_VERDICTS.index(PROHIBITED), CELL_VERDICTS.index(OBLIGED)]) & (policy != treaty))


def cells_of(table: Table, ids: set[str]) -> Bools:
    """The cells that one of these clauses decides."""
    chosen = np.array([bool(ids & set(members)) for members in table.sets])
    return np.asarray(chosen[table.clause_sets])


def settled(table: Table) -> Bools:
    """The cells of which the text itself, and the law it refers to, say what follows: of others no article decides anything."""
    return np.asarray(table.verdicts != CELL_VERDICTS.index(UNDETERMINED))


def limited(act: str, table: Table, inside: Inside) -> Bools:
    """The cells of a table about one act that have these values; none where a field may have no value at all."""
    fields, shape = table.fields, table.verdicts.shape
    if act in ACTS_TOWARDS_ANOTHER:
        # Nobody is asked about a transfer to nobody: such a question is refused, so it shows no gap.
        others = inside.get("counterparty", FIELDS["counterparty"].values)
        inside = {**inside, "counterparty": tuple(one for one in others if one != "none")}
    kept = np.full(shape, act in inside.get("act", ACTS) and all(inside.values()))
    for name, values in inside.items():
        if name in fields:
            axis = fields.index(name)
            mask = np.array([value in values for value in FIELDS[name].values])
            kept &= mask.reshape((1,) * axis + (-1,) + (1,) * (len(shape) - axis - 1))
    return kept


def _examples(views: list[_View], cells: list[Bools]) -> list[dict[str, Any]]:
    """One smallest act for each different way in which the two differ: act, item, both verdicts, the policy's own clauses."""
    merged: dict[str, dict[str, Any]] = {}
    for view, chosen in zip(views, cells, strict=True):
        for one in examples(view.pair, chosen & view.limited):
            told = {"activity": one.activity, "policy": one.one_verdict, "treaty": one.other_verdict}
            told["clauses"] = [*one.one_clauses, *one.other_clauses]
            same = merged.setdefault(str(told), told | {"cells": 0})
            same["cells"] += one.cells * view.weight
    return list(merged.values())


def _attributes(clauses: list[Clause], views: list[_View], deciding: list[Bools]) -> list[dict[str, str]]:
    """Deadline, proviso and force of the treaty's clauses beside those of the policy's clauses on the same cells."""
    policy = views[0].pair.one
    tables = [view.pair.one_table for view in views]
    held = ((table, np.unique(table.clause_sets[cells])) for table, cells in zip(tables, deciding, strict=True))
    ids = {one for table, positions in held for position in positions for one in table.sets[position]}
    answering = [clause for clause in policy.clauses if clause.id in ids]
    told: list[dict[str, str]] = []
    for clause in clauses:
        for name in ("deadline", "proviso"):
            ours = _joined(getattr(one, name) for one in answering)
            if getattr(clause, name) and ours != getattr(clause, name):
                told.append({"attribute": name, "clause": clause.id, "treaty": getattr(clause, name), "policy": ours or "none"})
            elif ours and not getattr(clause, name):
                told.append({"attribute": name, "clause": clause.id, "treaty": "none", "policy": ours})
        if clause.kind in TEXT_ONLY:
            told.append({"attribute": "text", "clause": clause.id, "treaty": clause.texts[0].says, "policy": "no counterpart"})
        elif not answering and clause.kind == "oblige":
            told.append({"attribute": "duty", "clause": clause.id, "treaty": ", ".join(clause.do), "policy": "no counterpart"})
        told += [{"attribute": "force", "clause": one.id, "treaty": "duty", "policy": one.force} for one in _efforts(policy, clause)]
    return told


def _efforts(policy: Variant, duty: Clause) -> list[Clause]:
    return [one for one in policy.clauses if one.kind == "oblige" and one.force != "duty" and set(one.do) & set(duty.do)]


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def changed_attributes(reading: Variant, default: Variant) -> list[dict[str, str]]:
    """Proviso, force and deadline of the clauses that both have, where they differ."""
    changed = []
    by_id = {clause.id: clause for clause in default.clauses}
    for clause in reading.clauses:
        for name in ("proviso", "force", "deadline"):
            before = getattr(by_id[clause.id], name) if clause.id in by_id else ""
            if clause.id in by_id and getattr(clause, name) != before:
                changed.append({"clause": clause.id, "attribute": name, "default": before, "reading": getattr(clause, name)})
    return changed


def alignment(both: SideBySide, inside: Inside) -> dict[str, Any]:
    """Which articles a policy covers wholly, and which gaps it leaves, inside a scope."""
    articles = compare(both, inside)["articles"]
    binding = [one for one in articles if one["cells"]]
    permissive = {clause.article for clause in both.other.clauses if clause.kind == "permit"}
    return {
        "version": both.one.version_id,
        "covered": [one["article"] for one in binding if not one["gaps"] and one["article"] not in permissive],
        "gaps": [
            {"article": one["article"], "activity": gap["activity"], "policy": gap["policy"], "treaty": gap["treaty"]}
            for one in binding
            for gap in one["gaps"]
        ],
    }
