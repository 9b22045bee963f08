"""What is told of records of one kind, each by itself and beside the others: their figures, copies, and where they lie?

The checks of one outline alone stand in `sources/outline_checks.py`, since they decide whether a row is a fact; everything here is told of
facts and stops nothing. Import asks of the facts of a file, the scorecard of all that stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from mineaction.ledger.store import Store
from mineaction.registers.id_checks import id_problems
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import Kind
from mineaction.terms.problem import Problem

_PLACE = "longitude"
_BORDERS = "admin_area"
# Kinds whose ground counts once. Several tasks, activities or samples on the same ground are as it should be.
_COUNTED_ONCE = ("hazardous_area", "land_release")


def has_ground(kind: Kind) -> bool:
    """Whether records of this kind lie somewhere: an outline or a point. Borders of administrative areas have checks of their own."""
    return kind.name != _BORDERS and (bool(kind.geometry) or _PLACE in kind.field_names())


def record_findings(
    kind: Kind, facts: Sequence[Fact], held: Store, day: dt.date, place_of: Callable[[int, str], str]
) -> list[tuple[int, Problem]]:
    """Each finding with the number of the fact, in the order of facts; `place_of` names the place of a field, or of the record."""
    if not facts or not has_ground(kind):
        return []
    found = id_problems(facts, place_of)
    # numpy and shapely are loaded where there is ground to look at.
    if any(fact.geometry or fact.payload.get("depth_m") for fact in facts):
        from mineaction.registers.copy_checks import outline_copy_problems
        from mineaction.registers.figure_checks import figure_problems

        found += figure_problems(facts, place_of)
        found += outline_copy_problems(facts, place_of, name_of) if kind.name in _COUNTED_ONCE else []
    if areas := held.standing(_BORDERS):
        from mineaction.registers.place_checks import place_problems

        found += place_problems(facts, areas, day, place_of)
    return sorted(found, key=lambda one: one[0])


def name_of(fact: Fact) -> str:
    """A record as whoever reads of it knows it: organisation and id as they were written."""
    told = fact.payload
    return f"{told['organisation'].strip()}/{told['local_id'].strip()}" if "organisation" in told and "local_id" in told else fact.subject
