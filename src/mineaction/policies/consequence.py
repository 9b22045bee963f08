"""What follows when a version changes? Every possible act before and after, counted, with the smallest act of each change.

An act changes where its verdict does; acts that keep their verdict and rest on other clauses are counted apart. Held against a treaty,
a gap is closed where the changed version covers what the treaty asks for, and opened where it no longer does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mineaction.policies.clause import Variant
from mineaction.policies.compare import Inside, by_article, cells_of, changed_attributes, compare, covered, limited
from mineaction.policies.law import Law
from mineaction.policies.pair import TableOf, axes, referred
from mineaction.policies.side_by_side import act_by_act, side_by_side, weight
from mineaction.policies.smallest_act import Bools, SmallestAct, helped_under, smallest_acts
from mineaction.policies.table import Table, widened
from mineaction.terms.verdict import CELL_VERDICTS


def consequence(before: Variant, after: Variant, table_of: TableOf) -> dict[str, Any]:
    """Counts by (verdict before, verdict after) with the smallest acts of each, and the attributes that change."""
    tables = _over_the_same(axes(before, after), table_of, before, after)
    helped = helped_under(referred(before) or referred(after))
    first, second = (table.verdicts for table in tables)
    changed = np.asarray(first != second)
    changes = []
    for old, new in sorted({(int(one), int(two)) for one, two in zip(first[changed], second[changed], strict=True)}):
        cells = np.asarray((first == old) & (second == new))
        changes.append(
            {"before": CELL_VERDICTS[old], "after": CELL_VERDICTS[new], "cells": int(cells.sum())}
            | {"examples": [_told(one) for one in smallest_acts(tables, cells, helped=helped)]}
        )
    return {
        "cells": int(changed.size),
        "changed": int(changed.sum()),
        "changed_clauses_only": int((_other_clauses(*tables) & ~changed).sum()),
        "changes": changes,
        "attributes": [
            {"clause": one["clause"], "attribute": one["attribute"], "before": one["default"], "after": one["reading"]}
            for one in changed_attributes(after, before)
        ],
    }


def effect_on_alignment(law: Law, before: Variant, after: Variant, treaty: Variant, table_of: TableOf, inside: Inside) -> dict[str, Any]:
    """The gaps towards a treaty that a change closes and opens, article by article, and the attributes that begin and cease to differ.

    What is assisted is judged by `law`, which is not changed; `inside` limits the acts.
    """
    fields = axes(before, after, treaty)
    parts = act_by_act(law, (before, after, treaty), table_of, before.reading)
    told: dict[str, Any] = {"treaty": treaty.version_id, "closed": [], "opened": []}
    for article, clauses in by_article(treaty):
        ids = {clause.id for clause in clauses}
        for part in parts:
            ours, changed, theirs = part.tables
            was, now = covered(ours, theirs), covered(changed, theirs)
            deciding = cells_of(theirs, ids) & limited(part.act, theirs, inside)
            times = weight(fields, theirs.fields, inside)
            for name, cells in (("closed", deciding & ~was & now), ("opened", deciding & was & ~now)):
                found = smallest_acts(part.tables, cells, act=part.act, helped=part.helped)
                told[name] += [_gap(article, one, times) for one in found]
    first, second = (_attributes(law, one, treaty, table_of, inside) for one in (before, after))
    told["attributes_closed"] = [one for one in first if one not in second]
    told["attributes_opened"] = [one for one in second if one not in first]
    return told


def count_changed(before: Variant, after: Variant, table_of: TableOf) -> int:
    """How many acts change their verdict."""
    first, second = _over_the_same(axes(before, after), table_of, before, after)
    return int((first.verdicts != second.verdicts).sum())


def _over_the_same(fields: tuple[str, ...], table_of: TableOf, *variants: Variant) -> tuple[Table, ...]:
    return tuple(widened(table_of(one), fields) for one in variants)


def _other_clauses(first: Table, second: Table) -> Bools:
    """The cells that rest on other clauses: the two tables number their sets each in its own way."""
    number: dict[tuple[str, ...], int] = {}
    ours, theirs = (np.array([number.setdefault(tuple(sorted(one)), len(number)) for one in table.sets]) for table in (first, second))
    return np.asarray(ours[first.clause_sets] != theirs[second.clause_sets])


def _told(one: SmallestAct) -> dict[str, Any]:
    return {"activity": one.activity, "clauses_before": list(one.clauses[0]), "clauses_after": list(one.clauses[1]), "cells": one.cells}


def _gap(article: str, one: SmallestAct, times: int) -> dict[str, Any]:
    verdicts = dict(zip(("before", "after", "treaty"), one.verdicts, strict=True))
    return {"article": article, "activity": one.activity, **verdicts, "cells": one.cells * times}


def _attributes(law: Law, policy: Variant, treaty: Variant, table_of: TableOf, inside: Inside) -> list[dict[str, str]]:
    articles = compare(side_by_side(law, policy, treaty, table_of, policy.reading), inside)["articles"]
    return [{"article": one["article"], **attribute} for one in articles for attribute in one["attributes"]]
