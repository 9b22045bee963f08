"""Which clauses of a variant do nothing, and which readings change nothing?

Unreachable: no act at all for which the clause is live. Redundant: without it every verdict, proviso, deadline, duty and missing law
stays as it is, for every act. Text-only clauses and mere efforts never decide and are not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mineaction.policies.clause import Variant
from mineaction.policies.situations import Situations, situations_of


def unreachable(found: Situations) -> list[str]:
    """The clauses that are live in no situation."""
    live = found.live(range(len(found.clauses)))
    return [clause.id for position, clause in enumerate(found.clauses) if not live[position].any()]


def redundant(found: Situations) -> Iterator[str]:
    """The clauses without which nothing changes; those that are unreachable are not among them."""
    everyone = list(range(len(found.clauses)))
    live = found.live(everyone)
    outcomes = found.outcomes(everyone)
    for position, clause in enumerate(found.clauses):
        # Where the clause is not live, nothing turns on it.
        inside = live[position]
        before = [outcomes[one] for one in np.flatnonzero(inside)]
        if before and found.outcomes([one for one in everyone if one != position], np.asarray(inside)) == before:
            yield clause.id


def changes_nothing(reading: Variant, default: Variant) -> bool:
    """Whether a reading gives every answer that the default reading gives, with the same attributes."""
    if _said_beside(reading) != _said_beside(default):
        return False
    theirs, ours = reading.compiled, default.compiled
    found = situations_of([*theirs, *ours])
    cut = len(theirs)
    return found.outcomes(range(cut)) == found.outcomes(range(cut, cut + len(ours)))


def _said_beside(variant: Variant) -> frozenset[tuple[object, ...]]:
    """What the clauses say that decide nothing: efforts, aims, definitions, with their attributes."""
    return frozenset((one.id, one.kind, one.do, one.force, one.deadline, one.proviso) for one in variant.clauses if not one.is_compiled)
