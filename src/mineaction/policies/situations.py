"""Which combinations of conditions can occur at all, over every possible act? The ground that the checks of a policy stand on.

Values of a field that every condition treats alike are one class, and the classes are the axes of the space. Acts for which the same
conditions hold make one situation: some hundreds of them stand for every act there is, so that asking anew without a clause is cheap.
Exact, as a table is; nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from mineaction.policies.clause import Clause, Condition
from mineaction.policies.smallest_act import Bools
from mineaction.policies.walk import edges, verdict_of
from mineaction.terms.vocabulary import FIELDS

# What an answer turns on besides the words of the clauses: the verdict, provisos, what must be done until when, which law is missing.
Outcome = tuple[object, ...]
# Conditions of a clause are two bits beside the number of the situation found before: 16 clauses at once leave half of 64 bits to it.
_CLAUSES_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Space:
    """One axis for each field, one position for each class of values, which are listed."""

    fields: tuple[str, ...]
    classes: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(one) for one in self.classes)

    def facts(self, cell: Sequence[int]) -> dict[str, str]:
        """The first value of each class: no clause tells it from the others."""
        return {name: classes[place][0] for name, classes, place in zip(self.fields, self.classes, cell, strict=True)}

    def values(self, name: str, cell: Sequence[int]) -> tuple[str, ...]:
        """Every value that the cell stands for."""
        return self.all_values(name, [cell[self.fields.index(name)]])

    def all_values(self, name: str, places: Sequence[int]) -> tuple[str, ...]:
        """Every value of the classes at these places, in the order of the vocabulary."""
        classes = self.classes[self.fields.index(name)]
        given = {value for place in places for value in classes[place]}
        return tuple(value for value in FIELDS[name].values if value in given)

    def along(self, name: str, values: Sequence[bool]) -> Bools:
        """The values, one for each class of a field, shaped so that they spread over the other axes."""
        axis = self.fields.index(name)
        return np.asarray(values, bool).reshape((1,) * axis + (-1,) + (1,) * (len(self.fields) - axis - 1))

    def holds(self, when: tuple[Condition, ...]) -> Bools:
        """The cells in which one of the conditions holds."""
        cells = np.zeros(self.shape, bool)
        for condition in when:
            held: Bools = np.ones((1,) * len(self.fields), bool)
            for name, values in condition.items():
                held = held & self.along(name, [one[0] in values for one in self.classes[self.fields.index(name)]])
            cells |= held
        return cells

    def acts(self) -> npt.NDArray[np.int64]:
        """How many possible acts each cell stands for."""
        sizes = np.ones((1,) * len(self.fields), np.int64)
        for axis, classes in enumerate(self.classes):
            lengths = np.array([len(one) for one in classes], np.int64)
            sizes = sizes * lengths.reshape((1,) * axis + (-1,) + (1,) * (len(self.fields) - axis - 1))
        return np.asarray(np.broadcast_to(sizes, self.shape))


def space_of(clauses: Sequence[Clause], also: Sequence[Condition] = ()) -> Space:
    """The fields that the conditions of these clauses read, `also` those of others, the act always, and the classes of their values."""
    conditions = [*also, *(one for clause in clauses for one in (*clause.when, *clause.duty_when))]
    fields = tuple(name for name in FIELDS if name == "act" or any(name in one for one in conditions))
    classes = []
    for name in fields:
        # The same test stands in many clauses; it parts the values once.
        tests = {one[name] for one in conditions if name in one}
        alike: dict[frozenset[frozenset[str]], list[str]] = {}
        for value in FIELDS[name].values:
            alike.setdefault(frozenset(test for test in tests if value in test), []).append(value)
        classes.append(tuple(tuple(one) for one in alike.values()))
    return Space(fields, tuple(classes))


@dataclass(frozen=True, slots=True)
class Situations:
    """`number` is the situation of every cell; `when` and `duty` say, clause by situation, whether its condition or trigger holds."""

    space: Space
    clauses: tuple[Clause, ...]
    number: npt.NDArray[np.int64]
    when: Bools
    duty: Bools
    _outcomes: dict[bytes, Outcome] = field(default_factory=dict)

    def live(self, members: Sequence[int], inside: Bools | None = None) -> Bools:
        """For each clause, over the situations (those `inside`), whether it is live when only the `members` are law."""
        when, duty = (self.when, self.duty) if inside is None else (self.when[:, inside], self.duty[:, inside])
        attackers = edges([self.clauses[one] for one in members])
        place = {self.clauses[one].id: one for one in members}
        live = np.zeros(when.shape, bool)
        done: set[int] = set()

        def fill(one: int) -> Bools:
            if one not in done:
                holds = when[one] | duty[one]
                for attacker in attackers[self.clauses[one].id]:
                    holds = holds & ~fill(place[attacker])
                live[one] = holds
                done.add(one)
            return np.asarray(live[one])

        for one in members:
            fill(one)
        return live

    def outcomes(self, members: Sequence[int], inside: Bools | None = None) -> list[Outcome]:
        """What an answer turns on in each situation (those `inside`) when only the `members` are law."""
        when = self.when if inside is None else self.when[:, inside]
        live = self.live(members, inside)
        speaks = np.array([clause.kind != "except" for clause in self.clauses], bool)[:, None]
        obliges = np.array([clause.kind == "oblige" for clause in self.clauses], bool)[:, None]
        deciding, duties = live & when & speaks, live & ~when & obliges
        keys = np.ascontiguousarray(np.packbits(np.concatenate([deciding, duties]), axis=0).T)
        return [self._outcome(keys[one].tobytes(), deciding[:, one], duties[:, one]) for one in range(keys.shape[0])]

    def _outcome(self, key: bytes, deciding: Bools, duties: Bools) -> Outcome:
        if key not in self._outcomes:
            self._outcomes[key] = outcome_of(
                [self.clauses[one] for one in np.flatnonzero(deciding)], [self.clauses[one] for one in np.flatnonzero(duties)]
            )
        return self._outcomes[key]


def situations_of(clauses: Sequence[Clause], also: Sequence[Condition] = ()) -> Situations:
    """Every combination of conditions of these clauses, which are the compiled ones of one variant, or of two after one another."""
    space = space_of(clauses, also)
    number = np.zeros(space.shape, np.int64)
    when = duty = np.zeros((0, 1), bool)
    for start in range(0, len(clauses), _CLAUSES_AT_ONCE):
        bits = number << (2 * _CLAUSES_AT_ONCE)
        chunk = clauses[start : start + _CLAUSES_AT_ONCE]
        for place, clause in enumerate(chunk):
            bits |= space.holds(clause.when).astype(np.int64) << (2 * place)
            bits |= space.holds(clause.duty_when).astype(np.int64) << (2 * place + 1)
        found, where = np.unique(bits, return_inverse=True)
        number = where.reshape(space.shape).astype(np.int64)
        before = found >> (2 * _CLAUSES_AT_ONCE)
        added = np.array([(found >> shift) & 1 for shift in range(2 * len(chunk))], bool)
        when = np.concatenate([when[:, before], added[0::2]])
        duty = np.concatenate([duty[:, before], added[1::2]])
    return Situations(space, tuple(clauses), number, when, duty)


def outcome_of(deciding: Sequence[Clause], duties: Sequence[Clause]) -> Outcome:
    """What an answer under these clauses turns on, whatever their words and numbers are."""
    return (
        verdict_of({one.kind for one in deciding}),
        frozenset(one.proviso for one in deciding if one.proviso),
        frozenset((one.do, one.deadline) for one in deciding if one.kind == "oblige"),
        frozenset(one.why for one in deciding if one.kind == "unsettled"),
        frozenset((one.do, one.deadline) for one in duties),
    )
