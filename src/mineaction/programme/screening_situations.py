"""Which version governs a row's day, and who is bound then? For every actor and day met, worked out once.

Between two days on which anything changes for a state the answer is the same, so that actors are asked about a few days each, not about
every day of the rows. A day that is not given is asked over all days, as `decide` does.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

import numpy as np

from mineaction.ledger.book import Book
from mineaction.policies.clause import Instrument
from mineaction.policies.law import Law
from mineaction.policies.open_questions import UNKNOWN, code_of
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.policies.screening import FACTS_OF_THE_DAY, InstrumentScreen, given_or
from mineaction.programme.activity import Activity
from mineaction.programme.days_of_change import changes
from mineaction.programme.decisions import days_that_differ, facts_on, over_days, text_data
from mineaction.programme.screening_rows import RowReader, Rows
from mineaction.programme.screening_words import NO_DAY
from mineaction.programme.who_is_bound import bound, counterparty_status, history_of
from mineaction.terms.limits import DAY_FIRST, DAY_LAST
from mineaction.terms.vocabulary import FIELDS

STATUS = "counterparty_status"
# What a finding says of a day that lies beyond its data: of the text, of who is bound.
BEYOND_DATA = ("beyond_text_data", "as_last_known")


class Screener:
    """One instrument and the rows of one table: the number of each row's answer."""

    def __init__(
        self,
        law: Law,
        instrument: Instrument,
        reading: str,
        known: dt.date | None,
        book: Book,
        reader: RowReader,
        *,
        with_readings: bool,
    ) -> None:
        known_at = known.isoformat() if known else ""
        self.screen = InstrumentScreen(law, instrument, reading, known_at, with_readings=with_readings)
        self._law, self._instrument, self._known, self._book = law, instrument, known, book
        self._whos, self._sides = reader.whos, reader.sides
        self._own_days: dict[int, list[dt.date]] = {}
        self._situations: dict[tuple[int, dt.date], int] = {}
        self._situation_of = Pairs(self._situation)
        self._cuts = self._all_days()
        every = np.arange((DAY_LAST - DAY_FIRST).days + 1)
        self._interval_of: Ints = np.searchsorted(np.array([(one - DAY_FIRST).days for one in self._cuts]), every, side="right") - 1
        self._turns_on_the_side = bool(instrument.binds_parties_to) and STATUS in self.screen.fields
        self._status_of = Pairs(lambda side, interval: self._status(side, self._cuts[interval]))
        # Who acts towards whom, where the day is not given, and what is asked about them on each day that differs: situation and status.
        self._asked: Numbered[tuple[int, int]] = Numbered()
        self._asked_of = Pairs(lambda who, side: self._asked.number((who, side)))
        self._ways: dict[int, list[tuple[int, int]]] = {}
        self._several: Numbered[tuple[int, ...]] = Numbered()
        self._one_more = Pairs(lambda several, answer: self._several.number((*self._several[several], answer)))
        self._over_days: dict[int, int] = {}

    def answers(self, rows: Rows) -> Ints:
        """The number of the answer of each row, to be asked of `screen.answer`."""
        known = rows.days != NO_DAY
        if known.all():
            return self._on_known_days(rows)
        answers = np.zeros(len(known), np.intp)
        for is_known, ask in ((known, self._on_known_days), (~known, self._on_unknown_days)):
            chosen = np.flatnonzero(is_known)
            if len(chosen):
                answers[chosen] = ask(_chosen(rows, chosen))
        return answers

    def _on_known_days(self, rows: Rows) -> Ints:
        intervals = self._interval_of.take(rows.days)
        situations = self._situation_of.of(rows.who, intervals, len(self._whos), len(self._cuts))
        if not self._turns_on_the_side:
            return self.screen.answers(situations, rows.facts, rows.underlying)
        status = self._status_of.of(rows.sides, intervals, len(self._sides), len(self._cuts))
        return self.screen.answers(situations, {**rows.facts, STATUS: given_or(rows.facts, STATUS, status)}, rows.underlying)

    # --- who is bound, on which days it changes

    def _situation(self, who: int, interval: int) -> int:
        if who not in self._own_days:
            self._own_days[who] = sorted(self._days_of(self._activity(who)))
        own = self._own_days[who]
        return self._situation_from(who, own[bisect_right(own, self._cuts[interval]) - 1])

    def _situation_from(self, who: int, day: dt.date) -> int:
        if (who, day) not in self._situations:
            activity = self._activity(who)
            binding, extra = bound(self._instrument, activity, day, self._known, self._book)
            facts = facts_on(self._instrument, activity, day, self._known, self._book)
            settled = {name: facts[name] for name in FACTS_OF_THE_DAY if name in facts}
            beyond = beyond_data(text_data(self._instrument, day) | extra)
            self._situations[who, day] = self.screen.situation(day.isoformat(), binding, settled, beyond)
        return self._situations[who, day]

    def _activity(self, who: int, side: int = 0) -> Activity:
        """Who acts. A treaty asks for the state on the other side by its number; other instruments know whom they name."""
        actor, kind, place_state, counterparty, counterparty_state = self._whos[who]
        codes = {"actor_kind": kind, "counterparty": counterparty}
        facts = {name: FIELDS[name].values[code - 1] for name, code in codes.items() if code != UNKNOWN}
        other = self._sides[side] if self._instrument.binds_parties_to else counterparty_state
        return Activity(actor, facts, None, {}, place_state, other)

    def _status(self, side: int, day: dt.date) -> int:
        """The code of whether the state on the other side is a party that day."""
        told = counterparty_status(self._instrument, Activity("", {}, None, {}, "", self._sides[side]), day, self._known, self._book)
        return code_of(STATUS, told) if told else UNKNOWN

    def _all_days(self) -> list[dt.date]:
        """The days on which anything may change for anybody."""
        days = self._days_of(Activity("", {}, None, {}))
        if self._instrument.binds_parties_to:
            history = history_of(self._instrument, self._known, self._book)
            for state in {*history.states, *history.claims}:
                days |= self._days_of(Activity(state, {}, None, {}))
        return sorted(days)

    def _days_of(self, activity: Activity) -> set[dt.date]:
        found = {one.day for one in changes(self._law, self._instrument, activity, self._known, self._book)}
        return {DAY_FIRST, *(one for one in found if DAY_FIRST <= one <= DAY_LAST)}

    # --- a day that is not given

    def _on_unknown_days(self, rows: Rows) -> Ints:
        sides = rows.sides if self._turns_on_the_side else np.zeros(len(rows.who), np.intp)
        asked = self._asked_of.of(rows.who, sides, len(self._whos), len(self._sides))
        met = np.unique(asked).tolist()
        for one in met:
            if one not in self._ways:
                self._ways[one] = self._ways_of(*self._asked[one])
        several = np.full(len(rows.who), self._several.number(()), np.intp)
        for position in range(max(len(self._ways[one]) for one in met)):
            of_asked = np.zeros((len(self._asked), 2), np.intp)
            for one in met:
                # Who has fewer days is asked about the last one again, which changes nothing.
                of_asked[one] = self._ways[one][min(position, len(self._ways[one]) - 1)]
            facts = {**rows.facts, STATUS: given_or(rows.facts, STATUS, of_asked[:, 1].take(asked))}
            answers = self.screen.answers(of_asked[:, 0].take(asked), facts, rows.underlying)
            several = self._one_more.of(several, answers, len(self._several), len(self.screen))
        joined = np.zeros(len(self._several), np.intp)
        for one in np.unique(several).tolist():
            joined[one] = self._joined(one)
        return joined.take(several)

    def _ways_of(self, who: int, side: int) -> list[tuple[int, int]]:
        days = days_that_differ(self._law, self._instrument, self._activity(who, side), self._known, self._book)
        return [(self._situation_from(who, day), self._status(side, day)) for day in days]

    def _joined(self, several: int) -> int:
        if several not in self._over_days:
            told = [self.screen.answer(one) for one in self._several[several]]
            empty = {"version": "", "notes": [], "statements": [], "missing_law": []}
            self._over_days[several] = self.screen.number_of(over_days([empty | one for one in told]))
        return self._over_days[several]


def beyond_data(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of the data of a finding end before its day."""
    return tuple(name for name in BEYOND_DATA if told.get(name))


def _chosen(rows: Rows, at: Ints) -> Rows:
    facts, underlying = ({name: codes[at] for name, codes in of.items()} for of in (rows.facts, rows.underlying))
    return Rows(facts, underlying, rows.who[at], rows.sides[at], rows.days[at], rows.wrong[at])
