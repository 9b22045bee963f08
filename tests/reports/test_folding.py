"""Folded text matches whatever white space, quotes and dashes were typed, and every folded place leads back to the text as it stands."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mineaction.reports.fact_check.folding import fold, folded

# Letters, the marks that are folded, white space of several kinds, invisible characters, and characters outside the basic plane.
PIECES = st.sampled_from(
    [
        *"abcXYZ019.,$",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u2009",
        "’",
        "“",
        "”",
        "–",
        "—",
        "‑",
        "\u00ad",
        "\u200b",
        "\u2060",
        "\ufeff",
        "é",
        "５",
        "ﬁ",
        "𝒜",
        "…",
        "`",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def test_white_space_quotes_and_dashes_have_one_form() -> None:
    assert folded("the\u00a0Korean\r\n   Peninsula") == "the Korean Peninsula"
    assert folded("President’s “we” – and‑so") == 'President\'s "we" - and-so'
    assert folded("anti\u00adpersonnel\u200b") == "antipersonnel"
    assert folded("１６０") == "160"


def test_a_folded_place_leads_back_to_the_words_as_they_stand() -> None:
    text = "over $4.2\r\nbillion in “aid”"
    whole = fold(text)
    at = whole.text.index("4.2 billion")
    assert text[slice(*whole.origin(at, at + len("4.2 billion")))] == "4.2\r\nbillion"
    at = whole.text.index('"aid"')
    assert text[slice(*whole.origin(at, at + 5))] == "“aid”"


def test_origins_are_counted_from_the_offset() -> None:
    assert fold("ab  c", offset=100).origin(0, 4) == (100, 105)


@given(TEXTS)
def test_folding_folded_text_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)).strip() == folded(text).strip()


@given(TEXTS, st.data())
def test_every_folded_place_stands_for_the_words_it_was_made_from(text: str, data: st.DataObject) -> None:
    whole = fold(text)
    if not whole.text:
        return
    start = data.draw(st.integers(0, len(whole.text) - 1))
    end = data.draw(st.integers(start + 1, len(whole.text)))
    first, last = whole.origin(start, end)
    assert 0 <= first < last <= len(text)
    # What lies between holds the same words: a character that became several is counted whole.
    assert whole.text[start:end].strip() in folded(text[first:last]).strip() or folded(text[first:last]) in whole.text[start:end]


@given(TEXTS)
def test_places_of_folded_characters_follow_each_other(text: str) -> None:
    whole = fold(text)
    places = [whole.origin(at, at + 1) for at in range(len(whole.text))]
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(places))


def test_the_whole_folded_text_stands_for_the_text_without_invisible_ends() -> None:
    whole = fold("\u200bmines\u200b")
    assert whole.text == "mines"
    assert whole.origin(0, 5) == (1, 6)
