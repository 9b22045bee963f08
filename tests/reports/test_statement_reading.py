"""A statement is read as it stands: text, front matter, sentences with their places; what cannot be read is a problem."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.reports.fact_check.statement import Statement, read_statement
from mineaction.terms.limits import SENTENCE_CHARACTERS_MAX, STATEMENT_BYTES_MAX
from mineaction.terms.problem import ProblemError
from tests.reports.statements_at_hand import STATE, WHITE_HOUSE, check, packaged


def sentences(text: str) -> list[str]:
    return [one.text for one in read_statement(text.encode("utf-8"), "a.txt").sentences]


def code_of(raw: bytes, sidecar: str = "") -> str:
    with pytest.raises(ProblemError) as raised:
        check(raw, sidecar=sidecar)
    return raised.value.problems[0].code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"a" * 10_000_000, "file_too_large"),
        (b"a" * (STATEMENT_BYTES_MAX + 1), "file_too_large"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "file_not_text"),
        (b"the treaty\x00 has parties", "file_not_text"),
        ("The treaty has parties.".encode("utf-16"), "file_not_utf8"),
        ("Le traité.".encode("latin-1"), "file_not_utf8"),
        (b"", "file_empty"),
        (b"  \n\n \t", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"***\n---\n...", "file_empty"),
        (b"---\ntitle: only front matter\n---\n", "file_empty"),
        (b"---\ntitle: [broken\n---\nText.", "front_matter_broken"),
        (b"---\ntitle: never closed\nText.", "front_matter_broken"),
        (b"---\n- a\n- list\n---\nText.", "front_matter_broken"),
        (b"---\ndate: 2022-13-40\n---\nText.", "impossible_date"),
        (b"---\ndate: 21 June 2022\n---\nText.", "impossible_date"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_a_code(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


def test_a_problem_names_the_byte_that_does_not_decode() -> None:
    with pytest.raises(ProblemError) as raised:
        check(b"caf\xe9 parties")
    assert raised.value.problems[0].value == "3"


def test_the_state_department_text_has_fifteen_sentences_and_the_last_two_repeat_the_first() -> None:
    found = sentences(packaged(STATE))
    assert len(found) == 15
    assert found[-2:] == found[:2]


def test_a_list_item_knows_the_sentence_that_opens_its_list() -> None:
    statement = read_statement(packaged(WHITE_HOUSE).encode(), WHITE_HOUSE)
    items = [one for one in statement.sentences if one.is_item]
    assert [one.intro.text for one in items if one.intro] == ["This means that United States will:"] * 5 + [
        "Through this assistance, the United States has:"
    ] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. will act. It will.", ["The U.S. will act.", "It will."]),
        ("Sen. Leahy spoke. He left.", ["Sen. Leahy spoke.", "He left."]),
        ("The use of mines (APL).These changes matter.", ["The use of mines (APL).", "These changes matter."]),
        ("It cost $4.2 billion. Nothing else.", ["It cost $4.2 billion.", "Nothing else."]),
        ("the Ottawa Convention\n– the treaty – has parties", ["the Ottawa Convention - the treaty - has parties"]),
        ("The states will:\n- act;\n- wait.\n", ["The states will:", "act;", "wait."]),
        ("The states will:\n\n(a) act;\n(b) wait.\n", ["The states will:", "act;", "wait."]),
        ("“It is so,” he said. “We agree.” They left.", ['"It is so," he said.', '"We agree."', "They left."]),
        ("Title\n\nText begins.", ["Title", "Text begins."]),
        (
            "The White House\n" + "A long line of running text that ends with a full stop and goes on. " * 2,
            ["The White House"] + ["A long line of running text that ends with a full stop and goes on."] * 2,
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_run_of_words_longer_than_any_sentence_is_cut() -> None:
    found = sentences("mines and " * SENTENCE_CHARACTERS_MAX)
    assert max(len(one) for one in found) <= SENTENCE_CHARACTERS_MAX


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t .!?-*"), max_size=300))
def test_sentences_stand_in_order_inside_the_text_and_lose_no_word(text: str) -> None:
    raw = text.encode("utf-8")
    try:
        statement: Statement = read_statement(raw, "any.txt")
    except ProblemError:
        return
    places = [(one.start, one.end) for one in statement.sentences]
    assert places == sorted(places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    covered = {at for start, end in places for at in range(start, end)}
    lost = [statement.text[at] for at in range(statement.body, len(statement.text)) if statement.text[at].isalpha() and at not in covered]
    assert not lost or all(word in "abcdefghijklmnopqrstuvwxyzivx" for word in "".join(lost).lower()), lost


# Nine anchors, each nine times the one before: 400 bytes that unfold to nine to the ninth values.
ALIASES = "a: &a [x]\n" + "".join(f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in pairwise("abcdefghi"))


@pytest.mark.parametrize(
    "yaml", [ALIASES, "[" * 20_000, "x: " + "{" * 20_000, "- " * 20_000], ids=["aliases", "lists", "mappings", "dashes"]
)
def test_yaml_that_grows_or_nests_without_end_is_a_problem_before_and_beside_a_statement(yaml: str) -> None:
    for before, beside, code in ((f"---\n{yaml}\n---\n", "", "front_matter_broken"), ("", yaml, "yaml_broken")):
        with pytest.raises(ProblemError) as raised:
            check(f"{before}The Ottawa Convention has more than 160 parties.\n", sidecar=beside)
        assert [one.code for one in raised.value.problems] == [code]


def test_front_matter_of_comments_alone_says_nothing() -> None:
    assert check("---\n# nobody\n---\nThe Ottawa Convention has more than 160 parties.\n")["issuer"] is None
