"""One instrument's answer for each of many rows, the same as `decision.finding` gives for the row alone.

A row enters with a situation (which version governs its day, who is bound, the Article 4 period: all handed over) and with a number for
each fact, 0 where it is not known. Its facts lead from state to state (`open_questions.py`), under the reading asked for and the other
readings at once; the states it ends in have the answer, worked out once by the functions that decide a single act. Refuses to read
words: that is done before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mineaction.policies.assisted_act import AS_A_STATE_PARTY, reading_of, referred_version, spelled_out, value_of
from mineaction.policies.binding import Binding, for_recipient, with_binding
from mineaction.policies.clause import Instrument, Variant
from mineaction.policies.decision import finding, readings_of
from mineaction.policies.law import Law
from mineaction.policies.open_questions import ABSENT, UNKNOWN, OpenQuestions, code_of
from mineaction.policies.pairs import Ints, Numbered, Pairs
from mineaction.policies.question import Finding, Question
from mineaction.policies.unknowns import Answer, answer, possible_verdicts, verdict
from mineaction.terms.verdict import UNDETERMINED
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE, FIELDS, FIELDS_OF_THE_ITEM

Codes = Mapping[str, Ints]
# Facts that the day, the actor and the treaty settle where a row does not give them.
FACTS_OF_THE_DAY = ("is_within_article_4_period", "actor_kind")
NOBODY_ASKED = -1
# How an answer is told apart from another: everything a row may print of it, and what a day not known needs to join several.
_LISTS = ("clauses", "duties", "provisos", "possible", "missing", "beyond")
_ACT_CODES_OF_ASSISTANCE = (UNKNOWN, *(code_of("act", one) for one in ACTS_OF_ASSISTANCE))
_UNDERLYING_CODES = {"prohibited": code_of("underlying", "prohibited"), "not_prohibited": code_of("underlying", "not_prohibited")}
_Told = tuple[Any, ...]
# Who is bound, or the answer itself where no version governs the day; the readings that the version has; what of the day lies beyond the
# data.
_Outcome = tuple[Binding | _Told, tuple[str, ...], tuple[str, ...]]


class InstrumentScreen:
    """The answers of one instrument, numbered as they are met. Kept while rows pass, so that nothing is worked out twice."""

    def __init__(self, law: Law, instrument: Instrument, reading: str, known_at: str, *, with_readings: bool) -> None:
        self.instrument = instrument
        self._law, self._reading, self._known_at, self._with_readings = law, reading, known_at, with_readings
        self._open = OpenQuestions()
        every = {name: one.values[0] for name, one in FIELDS.items()}
        self._nothing = self._open.together((self._open.start(law.variant(instrument.versions[0].id), every),))
        # What a day and an actor settle: where the row starts, where the assisted act does, the outcome, the codes of the facts of the day.
        self._situations: Numbered[tuple[int, ...]] = Numbered()
        self._outcomes: Numbered[_Outcome] = Numbered()
        self._answers: Numbered[_Told] = Numbered()
        # Of the assisted act: what it is under each reading (a code), and what is missing to know it under the one asked for.
        self._below: Numbered[tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]] = Numbered()
        self._below.number(((), ()))  # 0: not asked
        self._below_of: dict[int, int] = {}
        self._plain_of: dict[int, Answer] = {}
        self._verdict_of: dict[int, str] = {}
        self._questions: Numbered[tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]] = Numbered()
        self._question_of = Pairs(self._question)
        self._answer_of = Pairs(self._work_out)
        self.fields = self._fields_read()

    def __len__(self) -> int:
        """How many different answers were met."""
        return len(self._answers)

    def answer(self, number: int) -> Finding:
        """The answer with this number: verdict, reason, the verdict under each reading, and the lists that a row prints."""
        given, reason, readings, *lists = self._answers[number]
        told = {"verdict": given, "reason": reason, "readings": dict(readings)}
        return {**told, **{name: list(one) for name, one in zip(_LISTS, lists, strict=True)}}

    def number_of(self, told: Finding) -> int:
        """The number of an answer made elsewhere, such as one for a day that is not known."""
        return self._answers.number(_as_key(told))

    def situation(self, on: str, binding: Binding, facts: Mapping[str, str], beyond: tuple[str, ...] = ()) -> int:
        """What is settled on this day for whoever has this binding and of whom these facts of the day hold; `beyond` is passed on."""
        settled = [code_of(name, facts[name]) if name in facts else UNKNOWN for name in FACTS_OF_THE_DAY]
        version = self.instrument.version_on(on, self._known_at)
        question = Question({}, None, on, self._reading, self._known_at)
        if version is None:
            told = finding(self._law, self.instrument, question, binding) | {"beyond": beyond}
            outcome = self._outcomes.number((_as_key(told), (), beyond))
            return self._situations.number((self._nothing, NOBODY_ASKED, outcome, *(UNKNOWN for _ in settled)))
        asked = self._law.variant(version.id, reading_of(version, self._reading))
        names = tuple(one.name for one in version.readings) if self._with_readings else ()
        # Only for whoever is bound does a reading of the text change the verdict.
        others = [name for name in names if name != asked.reading] if binding.status == "bound" else []
        variants = [asked, *(self._law.variant(version.id, name) for name in others)]
        start = self._open.together(tuple(self._open.start(one, {}) for one in variants))
        below = self._start_below(variants, question)
        return self._situations.number((start, below, self._outcomes.number((binding, names, beyond)), *settled))

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
            below[asked] = self._answers_below(starts[:, 1].take(situations[asked]), asked, facts, underlying)
        questions = self._question_of.of(states, below, self._open.positions, len(self._below))
        return self._answer_of.of(questions, starts[:, 2].take(situations), len(self._questions), len(self._outcomes))

    def _fields_read(self) -> tuple[str, ...]:
        variants = [self._law.variant(one.id, two.name) for one in self.instrument.versions for two in one.readings]
        return tuple(name for name in FIELDS if name != "underlying" and any(name in one.fields for one in variants))

    # --- the act that is assisted

    def _start_below(self, variants: list[Variant], question: Question) -> int:
        """Where the assisted act starts: a state for each reading; one that the referred instrument does not have goes by the one asked."""
        states: list[int] = []
        for variant in variants:
            referred = referred_version(self._law, variant, question)
            own = reading_of(referred, variant.reading) if referred is not None else ""
            if states and not own:
                states.append(states[0])
            elif referred is None:
                states.append(ABSENT)
            else:
                below = self._law.variant(referred.id, own or reading_of(referred, self._reading))
                states.append(self._open.start(below, {"underlying": AS_A_STATE_PARTY["underlying"]}))
        return NOBODY_ASKED if set(states) == {ABSENT} else self._open.together(tuple(states))

    def _asked_below(self, starts: Ints, situations: Ints, facts: Codes) -> Ints:
        """The rows whose act is, or may turn out to be, one of assistance under a version that asks what is assisted."""
        if (starts == NOBODY_ASKED).all():
            return np.zeros(0, np.intp)
        asks = (starts != NOBODY_ASKED).take(situations)
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
        met = np.zeros(self._open.positions, np.intp)
        for position in np.unique(states).tolist():
            met[position] = self._below_number(position)
        return met.take(states)

    def _below_number(self, position: int) -> int:
        if position not in self._below_of:
            states = self._open.states(position)
            values = ["" if one == ABSENT else value_of(possible_verdicts(self._open.variants[one], {})) for one in states]
            sets = () if values[0] or states[0] == ABSENT else self._plain(states[0]).missing
            missing = tuple(tuple(f"underlying.{name}" for name in names) for names in sets)
            codes = tuple(_UNDERLYING_CODES.get(one, UNKNOWN) for one in values)
            self._below_of[position] = self._below.number((codes, missing))
        return self._below_of[position]

    # --- the answer of a question

    def _question(self, position: int, below: int) -> int:
        """The states of the row once it is known what the assisted act is; what is missing to know it."""
        states, (codes, missing) = self._open.states(position), self._below[below]
        if codes:
            states = tuple(self._open.after("underlying", state, code) for state, code in zip(states, codes, strict=True))
        return self._questions.number((states, missing))

    def _work_out(self, question: int, outcome: int) -> int:
        states, missing_below = self._questions[question]
        binding, names, beyond = self._outcomes[outcome]
        if not isinstance(binding, Binding):
            return self._answers.number(binding)
        plain, variant = self._plain(states[0]), self._open.variants[states[0]]
        provisos = (variant.clause(one).proviso for one in plain.clauses)
        told: Finding = {
            "verdict": plain.verdict,
            "reason": "",
            "clauses": list(plain.clauses),
            "duties": list(plain.duties),
            "provisos": [one for one in provisos if one],
            "possible": list(plain.possible) if plain.verdict == UNDETERMINED else [],
            "missing": [list(names) for names in spelled_out(plain.missing, missing_below)],
            "missing_law": [],
            "beyond": list(beyond),
        }
        of_readings = {self._open.variants[one].reading: one for one in states}
        readings = readings_of(names, lambda name: self._verdict(of_readings[name]), binding)
        return self.number_of(with_binding(for_recipient(told, binding), binding) | {"readings": readings})

    def _verdict(self, state: int) -> str:
        """The verdict of one reading, without a search for what is missing."""
        if state not in self._verdict_of:
            self._verdict_of[state] = verdict(self._open.variants[state], {})
        return self._verdict_of[state]

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
    return told["verdict"], told["reason"], tuple(told["readings"].items()), *lists
