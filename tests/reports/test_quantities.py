"""Numbers in words and digits, bounds that are never equalities, and how finely a number is printed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.reports.fact_check.quantities import BOUND_WORDS, Quantity, printed_step, quantity


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("160", 160),
        ("250,000", 250_000),
        ("4.2 billion", 4_200_000_000),
        ("4.2bn", 4_200_000_000),
        ("1.5 million", 1_500_000),
        ("seventeen", 17),
        ("thirty-five", 35),
        ("one hundred and sixty", 160),
        ("a hundred", 100),
        ("two hundred", 200),
        ("two hundred thousand", 200_000),
    ],
)
def test_a_number_in_words_or_digits_has_one_value(number: str, value: int) -> None:
    found = quantity(number, None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("words", ["some countries", "4.2.2", "billion", ""])
def test_other_words_are_no_number(words: str) -> None:
    assert quantity(words, None) is None


@pytest.mark.parametrize(
    ("bound", "below", "equal", "above"),
    [
        ("more than", False, False, True),
        ("at least", False, True, True),
        ("fewer than", True, False, False),
        ("up to", True, True, False),
        ("exactly", False, True, False),
    ],
)
def test_a_bound_is_never_an_equality(bound: str, below: bool, equal: bool, above: bool) -> None:
    found = quantity("160", bound)
    assert found is not None
    assert [found.holds_for(count) for count in (159, 160, 161)] == [below, equal, above]


def test_about_is_read_by_the_printed_digits_and_almost_is_below_the_number_and_above_half_of_it() -> None:
    about, almost = quantity("160", "about"), quantity("160", "almost")
    assert about is not None and almost is not None
    assert [about.holds_for(count) for count in (154, 155, 164, 165)] == [False, True, True, False]
    assert [almost.holds_for(count) for count in (80, 81, 159, 160)] == [False, True, True, False]
    assert about.reading and almost.reading


@pytest.mark.parametrize(
    ("value", "step"), [(160, 10), (164, 1), (250_000, 10_000), (4_200_000_000, 100_000_000), (5_090_000_000, 10_000_000), (100, 100)]
)
def test_the_last_printed_digit_says_how_fine_a_number_is(value: int, step: int) -> None:
    assert printed_step(value) == step


@given(st.sampled_from(sorted(BOUND_WORDS)), st.integers(0, 10**12), st.integers(0, 10**12))
def test_no_wording_fits_a_value_and_misses_one_between_it_and_another_that_fits(bound: str, value: int, count: int) -> None:
    wanted = Quantity(Fraction(value), bound, printed_step(value))
    fits = [one for one in (count - 1, count, count + 1) if wanted.holds_for(one)]
    assert fits in ([], [count - 1], [count], [count + 1], [count - 1, count], [count, count + 1], [count - 1, count, count + 1])
