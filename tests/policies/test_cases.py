"""Every case of `cases/`, from the treaty text and the statements, is answered as a lawyer derived it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.policies.decision_cases import EXPECTED, Case, cases, differences, finding

# Fewer cases than this would mean that a file was lost.
CASES_LEAST = 330
KEYS_OF_A_CASE = {"says", "ask", "expect"}


@pytest.mark.parametrize(("instrument", "case"), [pytest.param(two, three, id=f"{one}: {three['says']}") for one, two, three in cases()])
def test_the_law_answers_as_the_texts_do(instrument: str, case: Case) -> None:
    assert set(case) == KEYS_OF_A_CASE, "a case has says, ask and expect"
    assert "verdict" in case["expect"] and set(case["expect"]) <= set(EXPECTED), "a word of expect is not known"
    assert differences(finding(instrument, case), case["expect"]) == []


def test_every_case_is_another_sentence_in_its_file_and_none_is_lost() -> None:
    sentences = Counter((one, three["says"]) for one, _, three in cases())
    assert [sentence for sentence, count in sentences.items() if count > 1] == []
    assert len(sentences) >= CASES_LEAST


def test_no_case_is_asked_twice() -> None:
    asked = Counter((two, str(three["ask"])) for _, two, three in cases())
    assert [ask for ask, count in asked.items() if count > 1] == []


def test_a_case_that_does_not_hold_is_seen() -> None:
    instrument, case = next((two, three) for _, two, three in cases() if three["says"] == "A State Party may not use anti-personnel mines")
    told = finding(instrument, case)
    wrong_answers = {"verdict": "permitted", "clauses": [], "readings": {"treaty_text": "permitted"}, "provisos": ["minimum number"]}
    for key, wrong in wrong_answers.items():
        assert differences(told, {key: wrong}) != [], key
