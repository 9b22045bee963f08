"""Facts taken one after another lead to the answer that all of them together have, whatever the rules are."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.open_questions import ABSENT, OpenQuestions, code_of
from mineaction.policies.unknowns import answer
from mineaction.terms.vocabulary import FIELDS
from tests.policies.made_up_policies import read
from tests.policies.random_rules import NAMES, policies, without_circles

Raw = dict[str, Any]


@given(policies().map(without_circles), st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100)), min_size=1, max_size=8))
def test_states_lead_to_the_answer_of_all_facts_together(raw: Raw, drawn: list[dict[str, int]]) -> None:
    made = read(raw)
    rows = [{name: FIELDS[name].values[number % len(FIELDS[name].values)] for name, number in one.items()} for one in drawn]
    steps = OpenQuestions()
    start = steps.start(made, {})
    # One who does not walk along stays away, and holds up nobody.
    states = np.full(len(rows), steps.together((start, ABSENT, start)), np.intp)
    for name in NAMES:
        states = steps.follow(states, name, np.array([code_of(name, row[name]) if name in row else 0 for row in rows], np.intp))
    for state, row in zip(states.tolist(), rows, strict=True):
        ends = steps.states(state)
        assert ends == (ends[0], ABSENT, ends[0]) and answer(steps.variants[ends[0]], {}) == answer(made, row)
