"""Groups of states, names of states, and how few events would turn an answer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import packaged_book
from mineaction.registers.countries import resolve_state
from mineaction.registers.fragility import Comparison, compares, events_to_flip_all, events_to_flip_count
from mineaction.registers.groups import GROUPS, by_status, find_group, members_on
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import standing_and_disputes
from mineaction.terms.fact import RecordedFact
from mineaction.terms.problem import Problem
from tests.registers.made_rows import row
from tests.registers.packaged_histories import day, history

BOOK = packaged_book()
COUNTRIES = BOOK.facts("country")
MEMBERSHIPS = BOOK.facts("group_membership")


def membership(begins: str, ends: str = "", known_from: str = "1900-01-01") -> RecordedFact:
    return row("group_membership", known_from, group="nato", iso3="POL", name="Poland", from_=begins, to=ends, note="")


@pytest.mark.parametrize(
    ("begins", "ends", "on", "expected"),
    [
        ("1999-03-12", "", "1999-03-11", "no"),
        ("1999-03-12", "", "1999-03-12", "yes"),
        ("1999-03-12", "2005-01-01", "2004-12-31", "yes"),
        ("1999-03-12", "2005-01-01", "2005-01-01", "no"),
        ("1999", "", "1998-12-31", "no"),
        ("1999", "", "1999-06-01", "unknown"),
        ("1999", "", "2000-01-01", "yes"),
        ("1999-03-12", "2005", "2005-06-01", "unknown"),
        ("1999-03-12", "2005", "2006-01-01", "no"),
        ("", "", "1999-06-01", "unknown"),
    ],
)
def test_membership_is_half_open_and_unknown_inside_a_year(begins: str, ends: str, on: str, expected: str) -> None:
    found = members_on("nato", day(on), [membership(begins, ends)], ())
    answer = "yes" if found.certain else "unknown" if found.unknown else "no"
    assert answer == expected


def test_a_membership_nobody_knows_since_when_is_left_out_of_an_answer_as_known_and_named() -> None:
    unknown_since = membership("1999-03-12", known_from="")
    found = members_on("nato", day("2022-01-01"), [unknown_since], (), day("2022-01-01"))
    assert (found.certain, found.left_out_rows) == ((), (unknown_since,))


def test_a_reader_did_not_know_of_an_accession_to_come() -> None:
    found = members_on("nato", day("2024-01-01"), MEMBERSHIPS, COUNTRIES, day("2023-04-03"))
    assert "FIN" not in found.certain


def test_a_reader_inside_the_year_of_admission_may_have_heard_of_it() -> None:
    found = members_on("un", day("2020-01-01"), (), COUNTRIES, day("2011-08-01"))
    assert found.unknown == ("SSD",)
    earlier = members_on("un", day("2020-01-01"), (), COUNTRIES, day("2010-12-31"))
    assert "SSD" not in (*earlier.certain, *earlier.unknown)
    assert len(earlier.certain) == 192


@given(st.sampled_from(sorted(GROUPS)), st.sampled_from(sorted(TREATIES)), st.dates(dt.date(2009, 1, 1), dt.date(2027, 1, 1)))
def test_every_possible_member_is_in_exactly_one_list(group: str, treaty: str, on: dt.date) -> None:
    members = members_on(group, on, MEMBERSHIPS, COUNTRIES)
    parted = by_status(members, lambda iso3: standing_and_disputes(history(treaty), iso3, on)[0][0])
    listed = [*parted.party, *parted.not_party, *parted.unknown]
    assert sorted(listed) == sorted((*members.certain, *members.unknown))
    assert len(listed) == len(set(listed))
    assert {iso3 for iso3, _ in parted.why_unknown} == set(parted.unknown)


@pytest.mark.parametrize(("word", "group"), [("NATO", "nato"), ("United Nations", "un"), ("korean-peninsula", "korean_peninsula")])
def test_a_group_is_found_by_its_usual_names(word: str, group: str) -> None:
    assert find_group(word) == group


def test_an_unknown_group_names_the_nearest() -> None:
    found = find_group("European Union")
    assert isinstance(found, Problem)
    assert found.code == "group_unknown"


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("POL", "POL"),
        ("pl", "POL"),
        ("616", "POL"),
        ("Poland", "POL"),
        ("REPUBLIC OF POLAND", "POL"),
        ("Turkiye", "TUR"),
        ("Cote d’Ivoire", "CIV"),
        ("The Gambia", "GMB"),
        ("NA", "NAM"),
        ("Guinea", "GIN"),
        ("Kosovo", "XKX"),
        ("  south   korea ", "KOR"),
    ],
)
def test_a_state_is_found_by_code_or_name(word: str, iso3: str) -> None:
    assert resolve_state(word, COUNTRIES) == iso3


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("Korea", ("KOR", "PRK")), ("Congo", ("COD", "COG")), ("Polland", ("POL",)), ("Atlantis", ()), ("", ()), ("Yugoslavia", ())],
)
def test_a_word_that_fits_no_state_or_several_is_refused_with_the_nearest(word: str, nearest: tuple[str, ...]) -> None:
    found = resolve_state(word, COUNTRIES, "--state")
    assert isinstance(found, Problem)
    assert (found.code, found.place) == ("unknown_state", "--state")
    assert all(one in found.remedy for one in nearest)


def test_every_packaged_state_is_found_by_each_of_its_codes_and_names() -> None:
    for one in COUNTRIES:
        for name in ("iso3", "iso2", "iso_numeric", "name", "official_name"):
            assert resolve_state(one[name], COUNTRIES) == one["iso3"], one[name]


@pytest.mark.parametrize(
    ("count", "comparison", "limit", "events"),
    [
        (164, "more_than", 160, 4),
        (161, "more_than", 160, 1),
        (160, "more_than", 160, 1),
        (158, "more_than", 160, 3),
        (160, "at_least", 160, 1),
        (159, "at_least", 160, 1),
        (160, "fewer_than", 161, 1),
        (161, "at_most", 160, 1),
        (160, "exact", 160, 1),
        (164, "exact", 160, 4),
    ],
)
def test_the_number_of_events_that_would_turn_a_count(count: int, comparison: Comparison, limit: int, events: int) -> None:
    assert events_to_flip_count(count, comparison, limit) == events


COMPARISONS = st.sampled_from(("more_than", "at_least", "fewer_than", "at_most", "exact"))


@given(st.integers(0, 200), COMPARISONS, st.integers(0, 200))
def test_exactly_that_many_events_turn_it_and_one_fewer_does_not(count: int, comparison: Comparison, limit: int) -> None:
    events = events_to_flip_count(count, comparison, limit)
    now = compares(count, comparison, limit)
    within = range(count - events + 1, count + events)
    assert all(compares(other, comparison, limit) == now for other in within)
    assert compares(count - events, comparison, limit) != now or compares(count + events, comparison, limit) != now


def test_one_event_turns_all_and_as_many_as_are_outside_turn_not_all() -> None:
    assert events_to_flip_all(0) == 1
    assert events_to_flip_all(6) == 6
