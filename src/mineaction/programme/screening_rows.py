"""What do the rows of a table say: for each fact a number per row, the actor, the day, and which rows have a problem?

Each column is read word by word, not row by row: a column of millions of rows has few different words. What a row says twice, once by a
short form and once in another column, must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mineaction.ledger.book import Book
from mineaction.policies.open_questions import UNKNOWN, code_of
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.programme.activity import other_side_problems
from mineaction.programme.screening_words import NO_DAY, MappedColumn, Meaning, contradiction
from mineaction.sources.column_words import ColumnWords, words_of
from mineaction.sources.mapping import ACTOR, DAY, UNDERLYING, MappedField
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE

_ARMED_GROUP, _STATE = code_of("actor_kind", "armed_group"), code_of("actor_kind", "state")
_NOBODY = code_of("counterparty", "none")
# Actor, actor kind, state of the place, code and state of the other side: what a binding may turn on.
Who = tuple[str, int, str, int, str]
# Stands for a state on the other side that no instrument names: one is as good as another then.
ANOTHER_STATE = "another"
# (column, problem): one thing wrong with a row.
Wrong = tuple[str, Problem]
# Of one column of a batch: the meaning of each word, and which word each row holds.
Words = tuple[Ints, npt.NDArray[np.int32]]


@dataclass(slots=True)
class Rows:
    """Some rows, read. `wrong` holds for each row the number of what is wrong with it, 0 for nothing."""

    facts: dict[str, Ints] = field(default_factory=dict)
    underlying: dict[str, Ints] = field(default_factory=dict)
    who: Ints = field(default_factory=lambda: np.zeros(0, np.intp))
    sides: Ints = field(default_factory=lambda: np.zeros(0, np.intp))
    days: Ints = field(default_factory=lambda: np.zeros(0, np.intp))
    wrong: Ints = field(default_factory=lambda: np.zeros(0, np.intp))


class RowReader:
    """Reads batch after batch with one mapping; what was met is kept, so that the same word is read once."""

    def __init__(self, mapped: Sequence[MappedField], book: Book, named: frozenset[str] = frozenset()) -> None:
        self._book, self._named = book, named
        self._columns = [MappedColumn(one, book) for one in mapped]
        self.actors: Numbered[str] = Numbered()
        self.places: Numbered[str] = Numbered()
        self.whos: Numbered[Who] = Numbered()
        # The states on the other side; "" where none is named.
        self.sides: Numbered[str] = Numbered()
        self._actor_and_kind: Numbered[tuple[int, int]] = Numbered()
        self._with_kind = Pairs(lambda actor, kind: self._actor_and_kind.number((actor, kind)))
        self._actor_at: Numbered[tuple[str, int, str]] = Numbered()
        self._with_place = Pairs(self._at)
        self._others: Numbered[tuple[int, str]] = Numbered()
        self._with_other = Pairs(self._who)
        # What is wrong with a row: any number of things, in the order of the columns.
        self.wrongs: Numbered[tuple[Wrong, ...]] = Numbered()
        self._single: Numbered[Wrong | None] = Numbered()
        self._more = Pairs(self._joined)
        self._itself = Pairs(self._same)
        self._clashes: dict[tuple[int, int], Pairs] = {}
        self.wrongs.number(())
        self._single.number(None)
        self.actors.number("")
        self.places.number("")
        self.sides.number("")
        self._others.number((UNKNOWN, ""))

    def words(self, batch: pa.RecordBatch | pa.Table, count: int) -> list[Words]:
        """The words of each mapped column, read; a constant is a column of one word."""
        found: list[Words] = []
        for one in self._columns:
            if one.mapped.column:
                column = batch.column(batch.schema.get_field_index(one.mapped.column))
                words = words_of(column, f"column {one.mapped.column}")
            else:
                words = ColumnWords([one.mapped.value], np.broadcast_to(np.int32(0), count))
            found.append((one.meanings_of(words), words.numbers))
        return found

    def read(self, words: Sequence[Words], rows: slice) -> Rows:
        """These rows of a batch whose words were read before."""
        numbers = [meanings.take(of_rows[rows]) for meanings, of_rows in words]
        count = len(numbers[0])
        read = Rows(wrong=np.zeros(count, np.intp), days=np.full(count, NO_DAY, np.intp))
        actors = places = others = read.sides = np.zeros(count, np.intp)
        for column, own in zip(self._columns, numbers, strict=True):
            if column.problems:
                self._add_wrong(read, column.lut("problem", partial(self._wrong, column)).take(own))
            if column.mapped.field == DAY:
                read.days = column.lut(DAY, lambda one: one.day).take(own)
            elif column.mapped.field == ACTOR:
                actors = column.lut(ACTOR, lambda one: self.actors.number(one.actor)).take(own)
            elif column.mapped.field == "place":
                places = column.lut("state", lambda one: self.places.number(one.place_state)).take(own)
            elif column.mapped.field == "counterparty":
                read.sides = column.lut("side", lambda one: self.sides.number(one.counterparty_state)).take(own)
                if self._named:
                    others = column.lut("other side", self._other_side).take(own)
            self._add_own(read, column, own)
        self._add_stated(read, numbers)
        self._add_misplaced(read)
        self._add_nobody(read)
        kinds = read.facts.get("actor_kind", np.zeros(count, np.intp))
        with_kind = self._with_kind.of(actors, kinds, len(self.actors), int(_ARMED_GROUP) + 2)
        # A state is on its own other side; a person or an armed group may well have the state there.
        itself = self._itself.of(actors, read.sides, len(self.actors), len(self.sides))
        self._add_wrong(read, np.where((kinds == UNKNOWN) | (kinds == _STATE), itself, 0))
        # The place matters to who is bound for armed groups only.
        places = np.where(kinds == _ARMED_GROUP, places, 0)
        with_place = self._with_place.of(with_kind, places, len(self._actor_and_kind), len(self.places))
        read.who = self._with_other.of(with_place, others, len(self._actor_at), len(self._others))
        return read

    def _add_own(self, read: Rows, column: MappedColumn, own: Ints) -> None:
        name = column.mapped.field
        if name in column.fields():
            _put(read, name, column.lut(name, partial(_code, name)).take(own))

    def _add_stated(self, read: Rows, numbers: Sequence[Ints]) -> None:
        """What short forms state besides, where no column says it; where one says otherwise the row has a problem."""
        for position, (column, own) in enumerate(zip(self._columns, numbers, strict=True)):
            for name in column.fields():
                if name == column.mapped.field:
                    continue
                stated = column.lut(name, partial(_code, name)).take(own)
                given = _facts(read, name).get(name.removeprefix(UNDERLYING), np.zeros(len(own), np.intp))
                clashing = np.flatnonzero((given != UNKNOWN) & (stated != UNKNOWN) & (given != stated))
                if len(clashing):
                    self._add_clashes(read, position, name, numbers, clashing)
                _put(read, name, np.where(given == UNKNOWN, stated, given))

    def _add_clashes(self, read: Rows, position: int, name: str, numbers: Sequence[Ints], rows: Ints) -> None:
        other = next(number for number, one in enumerate(self._columns) if one.mapped.field == name)
        if (position, other) not in self._clashes:
            self._clashes[position, other] = Pairs(partial(self._clash, self._columns[position], self._columns[other]))
        wrong = np.zeros(len(read.wrong), np.intp)
        sizes = len(self._columns[position].meanings), len(self._columns[other].meanings)
        wrong[rows] = self._clashes[position, other].of(numbers[position][rows], numbers[other][rows], *sizes)
        self._add_wrong(read, wrong)

    def _clash(self, one: MappedColumn, other: MappedColumn, first: int, second: int) -> int:
        found = contradiction(one.mapped, one.text_of(first), other.mapped, other.text_of(second), self._book)
        return self._single.number((other.name, found) if found else None)

    def _add_misplaced(self, read: Rows) -> None:
        """Facts about an act that is assisted, in a row whose act is none of assistance."""
        if "act" not in read.facts or not read.underlying:
            return
        given = np.zeros(len(read.wrong), bool)
        for codes in read.underlying.values():
            given |= codes != UNKNOWN
        names = [None, *(None if one in ACTS_OF_ASSISTANCE else one for one in ACTS)]
        wrongs = [
            self._single.number(("underlying", problem("underlying_without_assist", "underlying", one)) if one else None) for one in names
        ]
        self._add_wrong(read, np.where(given, np.array(wrongs, np.intp).take(read.facts["act"]), 0))

    def _add_nobody(self, read: Rows) -> None:
        """A sale or a transfer with nobody on the other side, of the row's own act or of the one that is assisted."""
        for prefix, facts in (("", read.facts), (UNDERLYING, read.underlying)):
            if "act" not in facts or "counterparty" not in facts:
                continue
            found = [other_side_problems({"act": act, "counterparty": "none"}, prefix) for act in ("", *ACTS)]
            wrongs = [self._single.number((self._column_of(f"{prefix}counterparty"), one[0]) if one else None) for one in found]
            self._add_wrong(read, np.where(facts["counterparty"] == _NOBODY, np.array(wrongs, np.intp).take(facts["act"]), 0))

    def _column_of(self, field: str) -> str:
        return next(one.name for one in self._columns if one.mapped.field == field)

    def _same(self, actor: int, side: int) -> int:
        is_same = self.actors[actor] and self.actors[actor] == self.sides[side]
        wrong = (self._column_of("counterparty"), problem("other_side_is_actor", "counterparty", self.actors[actor])) if is_same else None
        return self._single.number(wrong)

    def _add_wrong(self, read: Rows, wrong: Ints) -> None:
        if wrong.any():
            read.wrong = self._more.of(read.wrong, wrong, len(self.wrongs), len(self._single))

    def _wrong(self, column: MappedColumn, one: Meaning) -> int:
        return self._single.number((column.name, one.problem) if one.problem else None)

    def _joined(self, wrongs: int, more: int) -> int:
        single = self._single[more]
        return wrongs if single is None else self.wrongs.number((*self.wrongs[wrongs], single))

    def _other_side(self, one: Meaning) -> int:
        state = one.counterparty_state
        return self._others.number((one.code("counterparty"), state if state in self._named or not state else ANOTHER_STATE))

    def _at(self, actor_and_kind: int, place: int) -> int:
        actor, kind = self._actor_and_kind[actor_and_kind]
        return self._actor_at.number((self.actors[actor], kind, self.places[place]))

    def _who(self, actor_at: int, other: int) -> int:
        return self.whos.number((*self._actor_at[actor_at], *self._others[other]))


def _code(name: str, one: Meaning) -> int:
    return one.code(name)


def _facts(read: Rows, name: str) -> dict[str, Ints]:
    return read.underlying if name.startswith(UNDERLYING) else read.facts


def _put(read: Rows, name: str, codes: Ints) -> None:
    _facts(read, name)[name.removeprefix(UNDERLYING)] = codes


def wrong_as_text(wrongs: Sequence[Wrong]) -> str:
    """What is wrong with a row, in one cell."""
    return "; ".join(f"{column}: {one.message} [{one.code}]" for column, one in wrongs)
