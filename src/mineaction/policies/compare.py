"""A policy held against a treaty, article by article, over every possible act: covered, weaker, missing, stricter.

Cells compare verdicts: where the treaty prohibits, the policy must prohibit; where it obliges, oblige; where it permits or is
silent, anything covers it. Deadlines, provisos and force compare as attributes. Every gap carries the smallest act that shows
it: the facts without which the two verdicts would not both be certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from mineaction.policies.clause import TEXT_ONLY, Clause, Variant
from mineaction.policies.law import Law
from mineaction.policies.pair import Pair, TableOf, examples, pair
from mineaction.policies.smallest_act import Bools
from mineaction.policies.table import Table, compile_table
from mineaction.terms.verdict import CELL_VERDICTS, OBLIGED, PROHIBITED
from mineaction.terms.vocabulary import FIELDS


def compare(both: Pair, inside: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """`{"articles": [...], "stricter": [...]}`; `inside` limits the comparison to acts with these values."""
    limited = _limited(both.one_table, inside or {})
    uncovered = ~covered(both.one_table, both.other_table)
    return {
        "articles": [_article(both, article, clauses, limited, uncovered) for article, clauses in by_article(both.other)],
        "stricter": _examples(both, _stricter(both) & limited),
    }


def compare_clauses(both: Pair) -> list[dict[str, Any]]:
    """The same as `articles`, clause by clause; `has_proviso` says whether the treaty leaves something to judgement there."""
    everywhere = np.ones(both.one_table.verdicts.shape, bool)
    uncovered = ~covered(both.one_table, both.other_table)
    return [
        {**_article(both, article, [clause], everywhere, uncovered), "clause": clause.id, "has_proviso": bool(clause.proviso)}
        for article, clauses in by_article(both.other)
        for clause in clauses
    ]


def compare_readings(law: Law, version_id: str, table_of: TableOf = compile_table) -> list[dict[str, Any]]:
    """Every reading of a version against its default: how many cells change, and the smallest act for each change."""
    version = law.version(version_id)
    default = law.variant(version_id)
    changes = []
    for reading in version.readings:
        if reading.is_default:
            continue
        both = pair(law.variant(version_id, reading.name), default, table_of)
        changed = both.one_table.verdicts != both.other_table.verdicts
        changed_acts = _examples(both, changed)
        for example in changed_acts:
            example["reading"], example["default"] = example.pop("policy"), example.pop("treaty")
        attributes = changed_attributes(both.one, default)
        changes.append(
            {"reading": reading.name, "says": reading.says, "cells": int(changed.sum()), "attributes": attributes, "changes": changed_acts}
        )
    return changes


def by_article(treaty: Variant) -> list[tuple[str, list[Clause]]]:
    """The clauses that ask something of a party, article by article."""
    articles: dict[str, list[Clause]] = {}
    for clause in treaty.clauses:
        if clause.kind not in ("except", "unsettled", "definition", "note"):
            articles.setdefault(clause.article, []).append(clause)
    return list(articles.items())


def _article(both: Pair, article: str, clauses: list[Clause], limited: Bools, uncovered: Bools) -> dict[str, Any]:
    deciding = cells_of(both.other_table, {clause.id for clause in clauses}) & limited
    gaps = deciding & uncovered
    return {
        "article": article,
        "cells": int(deciding.sum()),
        "covered": int((deciding & ~gaps).sum()),
        "attributes": _attributes(both, clauses, deciding),
        "gaps": _examples(both, gaps),
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


def _limited(table: Table, inside: Mapping[str, tuple[str, ...]]) -> Bools:
    limited = np.ones(table.verdicts.shape, bool)
    for name, values in inside.items():
        if name in table.fields:
            axis = table.fields.index(name)
            mask = np.array([value in values for value in FIELDS[name].values])
            limited &= mask.reshape((1,) * axis + (-1,) + (1,) * (limited.ndim - axis - 1))
    return limited


def _examples(both: Pair, cells: Bools) -> list[dict[str, Any]]:
    """One smallest act for each different way in which the two differ: act, item, both verdicts, the policy's own clauses."""
    return [
        {
            "activity": one.activity,
            "policy": one.one_verdict,
            "treaty": one.other_verdict,
            "clauses": [*one.one_clauses, *one.other_clauses],
        }
        | {"cells": one.cells}
        for one in examples(both, cells)
    ]


def _attributes(both: Pair, clauses: list[Clause], deciding: Bools) -> list[dict[str, str]]:
    """Deadline, proviso and force of the treaty's clauses beside those of the policy's clauses on the same cells."""
    ids = {one for position in np.unique(both.one_table.clause_sets[deciding]) for one in both.one_table.sets[position]}
    answering = [clause for clause in both.one.clauses if clause.id in ids]
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
        told += [{"attribute": "force", "clause": one.id, "treaty": "duty", "policy": one.force} for one in _efforts(both.one, clause)]
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


def alignment(both: Pair, inside: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
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
