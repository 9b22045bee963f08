"""Where do clauses of one variant contradict each other, and where does it fall silent about an act that it otherwise decides?

A conflict is an act that one clause forbids and another permits or obliges, neither switching the other off.

A gap is an act that no clause decides although the same act, with the same thing, is decided under other circumstances: assistance
that is prohibited outside the context of Korea, and of which nothing is said inside; a duty to destroy that an exception suspends
without anything else taking its place. Silence about an act as such is no gap (those acts are listed apart), nor silence about other
things (outside the scope, or of another kind), about helping what is not prohibited, about another kind of actor, or about an act that
the text does not name and that is not decided as one it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mineaction.policies.clause import Variant
from mineaction.policies.situations import Situations
from mineaction.policies.smallest_act import Bools, activity, helped_under, needed_fields
from mineaction.terms.verdict import CONFLICT, NOT_ADDRESSED
from mineaction.terms.vocabulary import FIELDS_OF_THE_ITEM

# What a rule is about: a clause that speaks of other values speaks of something else, it leaves no gap.
_SUBJECT = ("act", *FIELDS_OF_THE_ITEM, "actor_kind", "underlying")


@dataclass(frozen=True, slots=True)
class Spot:
    """One smallest act for one way in which something is wrong, the clauses behind it, and `where` the same holds: fact by fact."""

    activity: dict[str, Any]
    acts: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    clauses: tuple[str, ...]
    cells: int


def conflicts(found: Situations) -> Iterator[Spot]:
    """One smallest act for each set of clauses that contradict each other."""
    everyone = range(len(found.clauses))
    speaks = np.array([clause.kind != "except" for clause in found.clauses], bool)[:, None]
    deciding = found.live(everyone) & found.when & speaks
    torn = np.array([one[0] == CONFLICT for one in found.outcomes(everyone)], bool)
    seen: set[bytes] = set()
    for situation in np.flatnonzero(torn):
        clauses = deciding[:, situation]
        if clauses.tobytes() in seen:
            continue
        seen.add(clauses.tobytes())
        alike = torn & (deciding == clauses[:, None]).all(axis=0)
        for spot in _spots(found, np.asarray(alike[found.number])):
            yield replace(spot, clauses=tuple(found.clauses[one].id for one in np.flatnonzero(clauses)))
            break  # the other acts of this set of clauses show nothing new


def gaps(found: Situations, variant: Variant, scope_fields: frozenset[str]) -> Iterator[Spot]:
    """The smallest acts that together show every gap; `clauses` are those whose condition holds there and which are switched off."""
    space = found.space
    silent = _silent(found)
    circumstances = tuple(axis for axis, name in enumerate(space.fields) if name not in _SUBJECT and name not in scope_fields)
    open_cells = silent & ~silent.all(axis=circumstances, keepdims=True)
    for one in variant.decided_as:
        named = space.along("act", [bool(set(values) & set(one.acts)) for values in space.classes[space.fields.index("act")]])
        open_cells = open_cells & ~(named & ~space.holds((one.when,)))
    told: dict[str, Spot] = {}
    for spot in _spots(found, np.asarray(open_cells)):
        # The thing may be named in several ways (a mine, a device that its victim sets off): one of them shows the gap.
        key = str((spot.acts, {name: value for name, value in spot.activity.items() if name not in {*_SUBJECT, *scope_fields}}))
        held = told.setdefault(key, spot)
        if held is not spot:
            clauses = tuple(dict.fromkeys((*held.clauses, *spot.clauses)))
            told[key] = replace(held, clauses=clauses, cells=held.cells + spot.cells)
    yield from told.values()


def silent_acts(found: Situations) -> list[str]:
    """The acts of the vocabulary about which the variant decides nothing at all."""
    space = found.space
    axis = space.fields.index("act")
    silent = np.atleast_1d(_silent(found).all(axis=tuple(one for one in range(len(space.fields)) if one != axis)))
    return list(space.all_values("act", [int(place) for place in np.flatnonzero(silent)]))


def _silent(found: Situations) -> Bools:
    verdicts = [one[0] == NOT_ADDRESSED for one in found.outcomes(range(len(found.clauses)))]
    return np.asarray(np.array(verdicts, bool)[found.number])


def _spots(found: Situations, cells: Bools) -> Iterator[Spot]:
    """Boxes of cells, each as wide as possible, until every cell is in one."""
    left = cells.copy()
    acts = found.space.acts()
    helped = helped_under(next((clause.refers_to for clause in found.clauses if clause.refers_to), ""))
    while left.any():
        cell = tuple(int(one) for one in np.unravel_index(int(left.argmax()), left.shape))
        needed = needed_fields(found.space.fields, [cells], cell)
        box = _widest(found, cells, cell, needed)
        places = np.ix_(*box)
        facts = found.space.facts(cell)
        off = found.when[:, found.number[cell]]
        yield Spot(
            activity({name: value for name, value in facts.items() if name in needed}, helped),
            found.space.values("act", cell),
            {name: found.space.all_values(name, box[axis]) for axis, name in enumerate(found.space.fields) if name in needed},
            tuple(clause.id for clause, is_off in zip(found.clauses, off, strict=True) if is_off and clause.kind != "except"),
            int((acts * left)[places].sum()),
        )
        left[places] = False


def _widest(found: Situations, cells: Bools, cell: tuple[int, ...], needed: Sequence[str]) -> list[list[int]]:
    """The positions on each axis between which every cell is one of `cells`: all of them, or those that may stand for the one given."""
    box = [
        [place] if name in needed else list(range(len(classes)))
        for place, name, classes in zip(cell, found.space.fields, found.space.classes, strict=True)
    ]
    for axis, name in enumerate(found.space.fields):
        if name in needed and name != "act":
            others = tuple(one for one in range(len(box)) if one != axis)
            whole = [*box[:axis], list(range(len(found.space.classes[axis]))), *box[axis + 1 :]]
            box[axis] = [int(place) for place in np.flatnonzero(cells[np.ix_(*whole)].all(axis=others))]
    return box
