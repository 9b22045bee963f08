"""A problem says what is wrong in sentences one can read, however large the value is that somebody gave."""

from __future__ import annotations

from mineaction.terms.limits import DETAIL_SHOWN_CHARACTERS_MAX, VALUE_SHOWN_CHARACTERS_MAX
from mineaction.terms.problem import problem

HUGE = "x" * 200_000


def test_a_value_of_usual_length_is_repeated_as_it_was_given() -> None:
    longest = "y" * VALUE_SHOWN_CHARACTERS_MAX
    assert problem("unknown_code", "row 1", longest, field="type", nearest="SHA, CHA").message == f"'{longest}' is not a known type."


def test_of_a_huge_value_the_sentence_shows_the_beginning_and_the_length_and_the_problem_keeps_all() -> None:
    one = problem("unknown_code", "row 1", HUGE, field="type", nearest="SHA, CHA")
    assert one.message == f"'{HUGE[:VALUE_SHOWN_CHARACTERS_MAX]}... (200,000 characters)' is not a known type."
    assert one.value == HUGE == one.as_dict()["value"]
    assert len(str(one)) < 2 * VALUE_SHOWN_CHARACTERS_MAX


def test_a_huge_value_in_the_remedy_or_a_huge_detail_is_shortened_too() -> None:
    merged = problem("mapping_values_merged", "m.yaml", HUGE, other=HUGE, word="use")
    for sentence in (merged.message, merged.remedy):
        assert "... (200,000 characters)" in sentence and len(sentence) < 2 * DETAIL_SHOWN_CHARACTERS_MAX


def test_a_huge_name_of_a_column_is_shortened_where_the_place_is_printed_and_kept_in_the_place() -> None:
    one = problem("fact_field_missing", f"row 1, column {HUGE}", "type")
    assert one.as_dict()["place"].endswith(HUGE)
    assert len(str(one)) < 2 * DETAIL_SHOWN_CHARACTERS_MAX
