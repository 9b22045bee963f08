"""The claims a careful reader finds are found at their places, and every word is in a claim or among what was not checked."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.reports.fact_check.evidence import KINDS_OF_CLAIM, VERDICTS
from mineaction.reports.fact_check.folding import folded
from tests.reports.statements_at_hand import STATE, WHITE_HOUSE, changed, check, check_packaged, packaged, source

with (Path(__file__).parents[1] / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
# What the list of expected claims calls a kind -> how the program calls it.
KINDS = {"policy": "policy_aim", "policy_rule": "rule"}
SOURCES = (
    "us_2022-06-21_nsc_statement_watson.md", "us_2022-12-02_nsc_statement_watson.md", "us_2014-06-27_nsc_statement_hayden.txt",
    "us_2014-06-27_white_house_fact_sheet_excerpt.txt", "us_2022-06-21_press_briefing_kirby_excerpt.md",
    "us_2024-12-02_nsa_statement_sullivan.md",
)  # fmt: skip


def texts() -> dict[str, str]:
    return {STATE: packaged(STATE), WHITE_HOUSE: packaged(WHITE_HOUSE), **{name: source(name) for name in SOURCES}}


def test_thirty_three_claims_are_expected() -> None:
    assert len(EXPECTED) == 33


@pytest.mark.parametrize("expected", EXPECTED, ids=[one["claim_id"] for one in EXPECTED])
def test_every_expected_claim_is_found_with_its_words_and_kind(expected: dict[str, str]) -> None:
    found = [one for one in check_packaged(expected["statement_file"])["claims"] if folded(expected["quote"]) in folded(one["quote"])]
    assert found, expected["quote"]
    assert KINDS.get(expected["claim_type"], expected["claim_type"]) in {one["kind"] for one in found}
    number = re.search(r"[\d,]{2,}(?= USD| countries|$)", expected["quantity"])
    if expected["claim_type"] == "quantity" and number:
        wanted = int(number.group().replace(",", ""))
        assert wanted in {one["claimed"].get("value") for one in found}
        assert ("more_than" if expected["quantity"].startswith(">") else "exact") in {one["claimed"]["bound"] for one in found}


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_quote_stands_at_its_place(name: str) -> None:
    text = texts()[name]
    answer = check(text, issuer="USA")
    for one in (*answer["claims"], *answer["not_checked"]):
        assert one["quote"] == text[one["start"] : one["end"]]
        assert one["quote"].strip() == one["quote"] != ""


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_word_is_in_a_claim_or_among_what_was_not_checked(name: str) -> None:
    text = texts()[name]
    answer = check(text, issuer="USA")
    covered = [(one["start"], one["end"]) for one in (*answer["claims"], *answer["not_checked"])]
    covered += [(int(first), int(last)) for one in answer["claims"] for first, last in re.findall(r"(\d+)-(\d+)", one["note"])]
    body = text.index("\n---", 4) + 4 if text.startswith("---") else 0
    left = [
        word.group()
        for word in re.finditer(r"\w+", text)
        if word.start() >= body and not any(start <= word.start() < end for start, end in covered)
    ]
    # Joining words between two claims of a sentence, list marks, and the sentence that opens a list of rules, which is part of each rule.
    runs = re.sub(r"This means that United States will", "", " ".join(left))
    assert len(runs.split()) <= len(answer["claims"]) + 12, left


@pytest.mark.parametrize("name", sorted(texts()))
def test_whole_sentences_without_a_claim_are_listed_and_no_claim_overlaps_them(name: str) -> None:
    answer = check(texts()[name], issuer="USA")
    for one in answer["not_checked"]:
        assert not any(claim["start"] < one["end"] and one["start"] < claim["end"] for claim in answer["claims"])


def test_sentences_that_are_opinions_are_listed_as_not_checked() -> None:
    listed = {folded(one["quote"]) for one in check_packaged(WHITE_HOUSE)["not_checked"]}
    assert "They also complement longstanding U.S. leadership in the clearance of landmines and other explosive remnants of war." in listed
    assert any(one.startswith("This vital U.S. assistance has helped post-conflict countries consolidate peace") for one in listed)


def test_a_repeated_paragraph_adds_no_claim_and_its_place_is_noted() -> None:
    answer = check_packaged(STATE)
    aims = [one for one in answer["claims"] if one["topic"] == "aim_curtail_use"]
    assert len(aims) == 1
    places = re.findall(r"(\d+)-(\d+)", aims[0]["note"])
    assert [folded(packaged(STATE)[int(start) : int(end)]) for start, end in places] == [
        "President Joe Biden has committed to curtailing the use of landmines worldwide."
    ]


def test_an_answer_uses_only_the_words_of_the_contract() -> None:
    for name in (STATE, WHITE_HOUSE):
        answer = check_packaged(name)
        assert set(answer) == {
            "file",
            "title",
            "issuer",
            "issuer_basis",
            "dated",
            "dated_basis",
            "on",
            "known_at",
            "claims",
            "not_checked",
            "summary",
            "books",
            "disclaimer",
        }
        for one in answer["claims"]:
            assert set(one) == {"id", "quote", "start", "end", "kind", "topic", "claimed", "as_of", "on", "note"}
            assert one["kind"] in KINDS_OF_CLAIM
            for side in ("as_of", "on"):
                assert one[side]["verdict"] in VERDICTS
                assert set(one[side]) == {"date", "verdict", "value", "why", "evidence", "known_to", "fragile", "missing", "assumes"}
                for row in one[side]["evidence"]:
                    assert {"says", "value", "source", "subject", "known_from", "known_from_basis"} <= set(row)
        assert [one["id"] for one in answer["claims"]] == [f"C{number:02d}" for number in range(1, len(answer["claims"]) + 1)]
        assert sum(answer["summary"]["as_of"].values()) == len(answer["claims"])


WORDS = st.sampled_from(
    [
        "The United States",
        "Poland",
        "We",
        "will",
        "will not",
        "may",
        "use",
        "export or transfer",
        "destroy",
        "anti-personnel mines",
        "APL",
        "outside the Korean Peninsula",
        "except for the purpose of destruction",
        "more than",
        "160",
        "parties",
        "all of our NATO Allies",
        "the Ottawa Convention",
        "has",
        "provided",
        "$4.2 billion",
        "for mine action",
        "since 1993",
        "in 100 countries",
        ".",
        ",",
        ";",
        "nor",
        "and",
        "\n- ",
        "\n\n",
        ":",
        "“",
        "”",
        "’s",
        "–",
        "(",
        ")",
        "17 countries become free of mines",
        "a party to",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_any_text_is_answered_and_every_quote_stands_at_its_place(text: str) -> None:
    if not re.search(r"\w", text):
        return
    answer = check(text, issuer="USA")
    for one in (*answer["claims"], *answer["not_checked"]):
        assert one["quote"] == text[one["start"] : one["end"]]


@given(st.data())
def test_deleting_any_words_of_a_statement_never_breaks_the_answer(data: st.DataObject) -> None:
    text = packaged(STATE)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 200)))
    shorter = text[:start] + text[end:]
    answer = check(shorter, issuer="USA")
    for one in (*answer["claims"], *answer["not_checked"]):
        assert one["quote"] == shorter[one["start"] : one["end"]]


def test_a_question_states_no_rule() -> None:
    assert check("Will the United States use anti-personnel mines?")["claims"] == []


def test_changing_words_outside_a_claim_moves_its_place_and_nothing_else() -> None:
    before = check_packaged(WHITE_HOUSE)
    text = changed(packaged(WHITE_HOUSE), {"They also complement longstanding": "They complement"})
    after = check(text)
    assert [one["quote"] for one in before["claims"]] == [one["quote"] for one in after["claims"]]
