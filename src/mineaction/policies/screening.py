"""One instrument's answer for each of many rows, the same as `decision.finding` gives for the row alone.

A row enters with a situation (which version governs its day, who is bound, the Article 4 period: all handed over) and with a number for
each fact, 0 where it is not known. Its facts lead from state to state (`open_questions.py`); the state it ends in has the answer,
worked out once by the functions that decide a single act. Refuses to read words: that is done before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mineaction.policies.assisted_act import AS_A_STATE_PARTY, reading_of, referred_version, spelled_out, value_of
from mineaction.policies.binding import Binding, for_recipient, with_binding
from mineaction.policies.clause import Instrument, Version
from mineaction.policies.decision import finding
from mineaction.policies.law import Law
from mineaction.policies.open_questions import UNKNOWN, OpenQuestions, code_of
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.policies.question import Finding, Question
from mineaction.policies.unknowns import Answer, answer, possible_verdicts
from mineaction.terms.verdict import UNDETERMINED
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE, FIELDS, FIELDS_OF_THE_ITEM

Codes = Mapping[str, Ints]
# Facts that the day, the actor and the treaty settle where a row does not give them.
FACTS_OF_THE_DAY = ("is_within_article_4_period", "actor_kind")
NO_STATE = -1
# How an answer is told apart from another: everything a row may print of it, and what a day not known needs to join several.
_LISTS = ("clauses", "duties", "provisos", "possible", "missing")
_ACT_CODES_OF_ASSISTANCE = (UNKNOWN, *(code_of("act", one) for one in ACTS_OF_ASSISTANCE))
_UNDERLYING_CODES = {"prohibited": code_of("underlying", "prohibited"), "not_prohibited": code_of("underlying", "not_prohibited")}
_Told = tuple[Any, ...]


class InstrumentScreen:
    """The answers of one instrument, numbered as they are met. Kept while rows pass, so that nothing is worked out twice."""

    def __init__(self, law: Law, instrument: Instrument, reading: str, known_at: str) -> None:
        self.instrument = instrument
        self._law, self._reading, self._known_at = law, reading, known_at
        self._open = OpenQuestions()
        self._nothing = self._open.start(law.variant(instrument.versions[0].id), {name: one.values[0] for name, one in FIELDS.items()})
        # What a day and an actor settle: the first state, that of the assisted act, the binding or (without a version) the answer, and the
        # codes of the facts of the day.
        self._situations: Numbered[tuple[int, ...]] = Numbered()
        self._outcomes: Numbered[Binding | _Told] = Numbered()
        self._answers: Numbered[_Told] = Numbered()
        self._below: Numbered[tuple[str, tuple[tuple[str, ...], ...]]] = Numbered()
        self._below.number(("", ()))  # 0: nothing open below
        self._below_of: dict[int, int] = {}
        self._plain_of: dict[int, Answer] = {}
        self._questions: Numbered[tuple[int, int]] = Numbered()
        self._question_of = Pairs(lambda state, below: self._questions.number((state, below)))
        self._answer_of = Pairs(self._work_out)
        self.fields = self._fields_read()

    def __len__(self) -> int:
        """How many different answers were met."""
        return len(self._answers)

    def answer(self, number: int) -> Finding:
        """The answer with this number: verdict, reason, and the lists that a row prints."""
        verdict, reason, *lists = self._answers[number]
        return {"verdict": verdict, "reason": reason, **{name: list(one) for name, one in zip(_LISTS, lists, strict=True)}}

    def number_of(self, told: Finding) -> int:
        """The number of an answer made elsewhere, such as one for a day that is not known."""
        return self._answers.number(_as_key(told))

    def situation(self, on: str, binding: Binding, facts: Mapping[str, str]) -> int:
        """What is settled on this day for whoever has this binding and of whom these facts of the day hold."""
        settled = [code_of(name, facts[name]) if name in facts else UNKNOWN for name in FACTS_OF_THE_DAY]
        version = self.instrument.version_on(on, self._known_at)
        question = Question({}, None, on, self._reading, self._known_at)
        if version is None:
            told = finding(self._law, self.instrument, question, binding)
            return self._situations.number((self._nothing, NO_STATE, self._outcomes.number(_as_key(told)), *(UNKNOWN for _ in settled)))
        variant = self._law.variant(version.id, reading_of(version, self._reading))
        start = self._open.start(variant, {})
        below, referred = NO_STATE, referred_version(self._law, variant, question)
        if referred is not None:
            below = self._start_below(referred, variant.reading)
        return self._situations.number((start, below, self._outcomes.number(binding), *settled))

    @property
    def situations(self) -> int:
        """How many situations were met."""
        return len(self._situations)

    def answers(self, situations: Ints, facts: Codes, underlying: Codes) -> Ints:
        """The number of each row's answer. A field left out is unknown in every row."""
        starts = np.array(self._situations.values, np.intp).reshape(-1, 3 + len(FACTS_OF_THE_DAY))
        states = starts[:, 0].take(situations)
        for name in self.fields:
            if name in FACTS_OF_THE_DAY:
                settled = starts[:, 3 + FACTS_OF_THE_DAY.index(name)].take(situations)
                states = self._open.follow(states, name, given_or(facts, name, settled))
            elif name in facts:
                states = self._open.follow(states, name, facts[name])
        below = np.zeros(len(states), np.intp)
        asked = self._asked_below(starts[:, 1], situations, facts)
        if len(asked):
            found = self._answers_below(starts[:, 1].take(situations[asked]), asked, facts, underlying)
            values = np.array([_UNDERLYING_CODES.get(one, UNKNOWN) for one, _ in self._below.values], np.intp)
            states[asked] = self._open.follow(states[asked], "underlying", values.take(found))
            below[asked] = np.where(values.take(found) == UNKNOWN, found, 0)
        questions = self._question_of.of(states, below, len(self._open.variants), len(self._below))
        return self._answer_of.of(questions, starts[:, 2].take(situations), len(self._questions), len(self._outcomes))

    def _fields_read(self) -> tuple[str, ...]:
        variants = [self._law.variant(one.id, reading_of(one, self._reading)) for one in self.instrument.versions]
        return tuple(name for name in FIELDS if name != "underlying" and any(name in one.fields for one in variants))

    # --- the act that is assisted

    def _start_below(self, version: Version, reading: str) -> int:
        below = self._law.variant(version.id, reading_of(version, reading) or reading_of(version, self._reading))
        return self._open.start(below, {"underlying": AS_A_STATE_PARTY["underlying"]})

    def _asked_below(self, starts: Ints, situations: Ints, facts: Codes) -> Ints:
        """The rows whose act is, or may turn out to be, one of assistance under a version that asks what is assisted."""
        if (starts == NO_STATE).all():
            return np.zeros(0, np.intp)
        asks = (starts != NO_STATE).take(situations)
        if "act" in facts:
            assists = np.zeros(len(FIELDS["act"].values) + 1, bool)
            assists[list(_ACT_CODES_OF_ASSISTANCE)] = True
            asks &= assists.take(facts["act"])
        return np.flatnonzero(asks)

    def _answers_below(self, states: Ints, rows: Ints, facts: Codes, underlying: Codes) -> Ints:
        """For each of the rows whether the act that is assisted is prohibited to a State Party, and what is missing if that is open."""
        for name in FIELDS:
            if name == "underlying":
                continue
            told = underlying[name][rows] if name in underlying else np.zeros(len(rows), np.intp)
            if name in FIELDS_OF_THE_ITEM and name in facts:
                told = np.where(told == UNKNOWN, facts[name][rows], told)
            if name in AS_A_STATE_PARTY:
                told = np.where(told == UNKNOWN, code_of(name, AS_A_STATE_PARTY[name]), told)
            states = self._open.follow(states, name, told)
        met = np.zeros(len(self._open.variants), np.intp)
        for state in np.unique(states).tolist():
            met[state] = self._below_number(state)
        return met.take(states)

    def _below_number(self, state: int) -> int:
        if state not in self._below_of:
            variant = self._open.variants[state]
            value = value_of(possible_verdicts(variant, {}))
            missing = () if value else tuple(tuple(f"underlying.{name}" for name in names) for names in self._plain(state).missing)
            self._below_of[state] = self._below.number((value or "open", missing))
        return self._below_of[state]

    # --- the answer of a state

    def _work_out(self, question: int, outcome: int) -> int:
        state, below = self._questions[question]
        binding = self._outcomes[outcome]
        if not isinstance(binding, Binding):
            return self._answers.number(binding)
        plain = self._plain(state)
        provisos = (self._open.variants[state].clause(one).proviso for one in plain.clauses)
        told: Finding = {
            "verdict": plain.verdict,
            "reason": "",
            "clauses": list(plain.clauses),
            "duties": list(plain.duties),
            "provisos": [one for one in provisos if one],
            "possible": list(plain.possible) if plain.verdict == UNDETERMINED else [],
            "missing": [list(names) for names in spelled_out(plain.missing, self._below[below][1])],
            "missing_law": [],
        }
        return self.number_of(with_binding(for_recipient(told, binding), binding))

    def _plain(self, state: int) -> Answer:
        """What the version says by itself, whoever is bound."""
        if state not in self._plain_of:
            self._plain_of[state] = answer(self._open.variants[state], {})
        return self._plain_of[state]


def given_or(facts: Codes, name: str, settled: Ints) -> Ints:
    """What the rows say of a fact, and where they do not say it what is settled otherwise."""
    return np.where(facts[name] == UNKNOWN, settled, facts[name]) if name in facts else settled


def _as_key(told: Finding) -> _Told:
    lists = [tuple(tuple(one) if isinstance(one, list) else one for one in told[name]) for name in _LISTS]
    return told["verdict"], told["reason"], *lists
