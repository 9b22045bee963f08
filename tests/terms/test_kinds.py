"""Each kind is defined once and whole: its fields, its key, its code lists."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from mineaction.terms.kinds import ENVELOPE, KINDS, PACKAGED_KINDS, RECORDED_KINDS, Kind, given_key, key_word
from mineaction.terms.kinds.book_tables import FACT_SET_FIELDS, TEXT_FIELDS
from mineaction.terms.kinds.definition import Field

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def repeated(words: Iterable[str]) -> list[str]:
    held = list(words)
    return sorted({word for word in held if held.count(word) > 1})


@EVERY_KIND
def test_a_kind_names_only_fields_it_has(kind: Kind) -> None:
    names = set(kind.field_names())
    named = {name for part in kind.subject for name in part.split("|")}
    named |= {name for name in kind.valid if name} | {name for pair in kind.periods for name in pair}
    named |= {field.required_when[0] for field in kind.fields if field.required_when[0]}
    assert named <= names


@EVERY_KIND
def test_no_field_is_defined_twice_and_the_envelope_is_no_field(kind: Kind) -> None:
    assert repeated(kind.columns()) == []
    assert not {*ENVELOPE, "source"} & set(kind.field_names())


@EVERY_KIND
def test_every_kind_keeps_a_note_and_writes_the_source_before_it(kind: Kind) -> None:
    assert kind.columns()[-4:] == ("known_from", "known_from_basis", "source", "note")


@EVERY_KIND
def test_every_kind_says_what_it_is_and_by_which_standard(kind: Kind) -> None:
    assert kind.label
    assert kind.standard


@pytest.mark.parametrize(
    "field",
    [field for kind in KINDS.values() for field in kind.fields] + [*FACT_SET_FIELDS, *TEXT_FIELDS],
    ids=lambda field: field.name,
)
def test_a_code_list_has_words_each_once_and_only_a_code_must_have_one(field: Field) -> None:
    assert repeated(field.codes) == []
    assert field.codes or field.type != "code"


def test_a_field_with_a_code_list_is_a_code_or_adds_words_to_another_type() -> None:
    beside = {
        (kind.name, field.name): field.codes
        for kind in KINDS.values()
        for field in kind.fields
        if field.codes and not field.type.startswith("code")
    }
    assert beside == {
        ("policy_step", "in_force_to"): ("unknown",),
        ("casualty_count", "name"): ("WORLD",),
        ("accident", "happened_on"): ("unknown",),
        ("hazardous_area", "identified_on"): ("unknown",),
        ("land_release", "released_on"): ("unknown",),
    }


def test_nothing_packaged_is_about_a_person_or_a_site() -> None:
    assert {field.sensitivity for kind in PACKAGED_KINDS.values() for field in kind.fields} == {"T1"}


def test_where_uncleared_ground_lies_is_never_published() -> None:
    assert {field.sensitivity for field in RECORDED_KINDS["hazardous_area"].fields} == {"T3"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("HA-1", " ha-1 ", True),
        ("Straße  7", "STRASSE 7", True),
        ("e\u0301", "\u00e9", True),
        ("A/1", "A_1", False),
        ("A 1", "A1", False),
        ("\u041c\u041f-1", "\u041c\u041d-1", False),
        ("%2f", "/", False),
    ],
)
def test_an_id_is_compared_after_trim_and_case_folding_and_by_nothing_else(one: str, other: str, is_same: bool) -> None:
    assert (given_key(one) == given_key(other)) == is_same
    assert "/" not in given_key(one) + given_key(other)


@pytest.mark.parametrize(
    ("kind", "payload", "subject"),
    [
        ("treaty_event", {"treaty": "APMBC", "iso3": "POL", "event": "withdrawal_notified"}, "treaty_event/APMBC/POL/withdrawal_notified"),
        (
            "treaty_claim",
            {"treaty": "APMBC", "iso3": "UKR", "claim": "suspension has no effect"},
            "treaty_claim/APMBC/UKR/suspension_has_no_effect",
        ),
        (
            "article_event",
            {"article": "5", "iso3": "UKR", "event": "extension_granted", "decision_meeting": "18MSP (Nov 2020)", "date": "2023-12-01"},
            "article_event/APMBC/5/UKR/extension_granted/18MSP",
        ),
        (
            "article_event",
            {"article": "4", "iso3": "TUR", "event": "deadline_missed", "decision_meeting": "", "date": "2008-03-01"},
            "article_event/APMBC/4/TUR/deadline_missed/2008-03-01",
        ),
        (
            "article_event",
            {"article": "4", "iso3": "CPV", "event": "deadline_missed", "decision_meeting": "", "date": ""},
            "article_event/APMBC/4/CPV/deadline_missed",
        ),
        ("group_membership", {"group": "nato", "iso3": "FIN", "from": "2023-04-04"}, "group_membership/nato/FIN"),
        ("treaty_rule", {"rule_id": "APMBC-1.1(b)-6"}, "treaty_rule/APMBC-1.1(b)-6"),
        ("casualty_count", {"year": "2016", "iso3": "", "name": "WORLD"}, "casualty_count/2016/WORLD"),
        ("casualty_count", {"year": "2022", "iso3": "YEM", "name": "Yemen"}, "casualty_count/2022/YEM"),
        ("hazardous_area", {"organisation": "Org One ", "local_id": "HA/1"}, "hazardous_area/org%20one/ha%2f1"),
        (
            "war_victims_fund",
            {"as_of": "FY2014", "kind": "country_programme", "iso3": "NPL"},
            "war_victims_fund/FY2014/country_programme/NPL",
        ),
    ],
)
def test_the_key_of_a_fact_is_made_of_what_names_the_real_thing(kind: str, payload: dict[str, str], subject: str) -> None:
    assert KINDS[kind].subject_of(payload) == subject


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("POL", "POL"),
        ("4th Review Conference (Nov 2019)", "4th_Review_Conference"),
        ("10MSP (2010)", "10MSP"),
        ("withdrawal (intended)", "withdrawal_(intended)"),
        ("a/b", "a_b"),
        ("São Tomé", "S_o_Tom"),
    ],
)
def test_a_part_of_a_key_has_no_space_no_slash_and_no_date_that_may_change(text: str, word: str) -> None:
    assert key_word(text) == word
