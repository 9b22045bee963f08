"""What is still open about an act after some facts are known: the states through which screening walks, one fact at a time.

Several versions or readings walk together: a position holds one state of each, so that a row is followed once for all of them.

A state is a version whose clauses and conditions that the known facts rule out or satisfy are gone (`unknowns.restricted`), and clauses
that are certain to be defeated with them. Facts that lead to the same rest lead to the same state, so that a version has few states
even where it has millions of possible acts. A fact that is unknown leaves the state as it is: the field stays open.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from mineaction.policies.clause import Clause, Condition, Variant, fields_read
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.policies.unknowns import restricted
from mineaction.policies.walk import edges
from mineaction.terms.vocabulary import FIELDS

# A state as a key: the version, its reading, and what is left of each clause.
_Key = tuple[str, str, tuple[object, ...]]
_HOLDS: tuple[Condition, ...] = ({},)
# Stands in a position for one who does not walk along.
ABSENT = -1
UNKNOWN = 0  # the code of a fact that is not known; the others follow in the order of the vocabulary


def code_of(field: str, value: str) -> int:
    """The number of a value in rows to be screened."""
    return FIELDS[field].values.index(value) + 1


class OpenQuestions:
    """The states met so far, and where each fact leads from each of them."""

    def __init__(self) -> None:
        self._keys: Numbered[_Key] = Numbered()
        self.variants: list[Variant] = []
        self._starts: dict[tuple[str, str, tuple[tuple[str, str], ...]], int] = {}
        self._tests: dict[tuple[int, str], list[frozenset[str]]] = {}
        self._after_values_like: dict[tuple[int, str, tuple[bool, ...]], int] = {}
        self._positions: Numbered[tuple[int, ...]] = Numbered()
        self._next = {name: Pairs(partial(self._all_after, name)) for name in FIELDS}

    def start(self, variant: Variant, known: dict[str, str]) -> int:
        """The state of a version of which these facts are known from the start."""
        key = variant.version_id, variant.reading, tuple(known.items())
        if key not in self._starts:
            self._starts[key] = self._number(restricted(variant, known))
        return self._starts[key]

    def together(self, states: tuple[int, ...]) -> int:
        """The position in which these states stand."""
        return self._positions.number(states)

    @property
    def positions(self) -> int:
        """How many positions were met."""
        return len(self._positions)

    def states(self, position: int) -> tuple[int, ...]:
        """The states of a position, in the order in which they were put together."""
        return self._positions[position]

    def follow(self, positions: Ints, field: str, codes: Ints) -> Ints:
        """The positions after one more fact of each row."""
        return self._next[field].of(positions, codes, len(self._positions), len(FIELDS[field].values) + 1)

    def _all_after(self, field: str, position: int, code: int) -> int:
        return self.together(tuple(self.after(field, state, code) for state in self._positions[position]))

    def after(self, field: str, state: int, code: int) -> int:
        """The state that a fact leads to."""
        if state == ABSENT:
            return ABSENT
        variant = self.variants[state]
        if code == UNKNOWN or field not in variant.fields:
            return state
        value = FIELDS[field].values[code - 1]
        if (state, field) not in self._tests:
            self._tests[state, field] = _tests(variant, field)
        tests = self._tests[state, field]
        # Values that no condition left tells apart lead to the same state.
        like = state, field, tuple(value in one for one in tests)
        if like not in self._after_values_like:
            self._after_values_like[like] = self._number(restricted(variant, {field: value}))
        return self._after_values_like[like]

    def _number(self, variant: Variant) -> int:
        rest = _without_the_defeated(variant)
        number = self._keys.number((rest.version_id, rest.reading, tuple(_key(one) for one in rest.clauses)))
        if number == len(self.variants):
            self.variants.append(rest)
        return number


def _tests(variant: Variant, field: str) -> list[frozenset[str]]:
    """The sets of values of a field that the conditions ask for."""
    return list({one[field] for clause in variant.clauses for one in (*clause.when, *clause.duty_when) if field in one})


def _plain(clause: Clause) -> Clause:
    """A condition that is satisfied makes the others beside it moot; one that stands twice counts once."""
    return replace(clause, when=_shortest(clause.when), duty_when=_shortest(clause.duty_when))


def _shortest(when: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return _HOLDS if {} in when else tuple(one for position, one in enumerate(when) if one not in when[:position])


def _without_the_defeated(variant: Variant) -> Variant:
    """The variant without clauses that are defeated or suspended whatever the open facts turn out to be."""
    kept = [_plain(one) for one in variant.clauses]
    while True:
        attackers = edges(kept)
        certain = {one.id for one in kept if _HOLDS in (one.when, one.duty_when) and not attackers[one.id]}
        rest = [one for one in kept if not certain & set(attackers[one.id])]
        if len(rest) == len(kept):
            return Variant(variant.version_id, variant.reading, tuple(kept), variant.decided_as, fields_read(kept))
        kept = rest


def _key(clause: Clause) -> object:
    return clause.id, _condition_key(clause.when), _condition_key(clause.duty_when)


def _condition_key(when: tuple[Condition, ...]) -> object:
    return tuple(tuple(sorted((name, tuple(sorted(values))) for name, values in one.items())) for one in when)
