"""Which reported releases count, by the rules their country had on that day."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.registers.approvals import CountedReleases, counted_releases
from tests.registers.told_facts import told

ASKED = """
    country_rule rule=authority value=NMAA from=2000-01-01
    country_rule rule=approval_required value=yes from=2014-01-01
"""


def judged(text: str) -> CountedReleases:
    facts = told(text)
    return counted_releases(facts["land_release"], facts["approval"], facts["country_rule"], facts["accreditation"])


def outcome(text: str) -> dict[str, str]:
    """Release -> the class it counts as, or the code of the reason it is set aside for."""
    found = judged(text)
    counted = {one.fact.payload["local_id"]: one.release_class for one in found.counted}
    return counted | {one.fact.payload["local_id"]: one.reason.code for one in found.set_aside}


def test_where_a_country_told_nothing_every_release_counts_and_the_unapproved_are_marked() -> None:
    found = judged("""
        land_release R1
        land_release R2 approved_by=NMAA approved_on=2015-07-01
        land_release R3
        approval     R3
    """)
    approvals = {one.fact.payload["local_id"]: one.approval for one in found.counted}
    assert approvals == {"R1": "unapproved", "R2": "approved", "R3": "approved"}
    assert (found.set_aside, found.problems) == ((), ())


def test_a_release_before_the_rule_counts_and_one_under_it_needs_approval() -> None:
    assert outcome(f"""
        {ASKED}
        land_release R1 released_on=2013-12-31
        land_release R2 released_on=2014-01-01
        land_release R3 released_on=2014-01-01
        approval     R3 decided_on=2016-03-01
    """) == {"R1": "cleared", "R2": "release_unapproved", "R3": "cleared"}


@pytest.mark.parametrize(
    ("released_on", "counts"), [("2012", True), ("2013", True), ("2014", False), ("2013-12", True), ("unknown", False)]
)
def test_a_date_known_in_part_takes_the_stricter_rule_of_its_days(released_on: str, counts: bool) -> None:
    assert (outcome(f"{ASKED}\nland_release R1 released_on={released_on}") == {"R1": "cleared"}) == counts


def test_a_rule_that_ended_asks_for_nothing_any_more() -> None:
    assert outcome("""
        country_rule rule=approval_required value=yes from=2010-01-01 to=2012-01-01
        land_release R1 released_on=2011-12-31
        land_release R2 released_on=2012-01-01
    """) == {"R1": "release_unapproved", "R2": "cleared"}


def test_a_rule_for_one_class_goes_before_one_for_all() -> None:
    assert outcome("""
        country_rule rule=approval_required value=yes from=2010-01-01
        country_rule rule=approval_required applies_to=cancelled value=no from=2010-01-01
        land_release R1
        land_release R2 release_class=cancelled method=NTS
    """) == {"R1": "release_unapproved", "R2": "cancelled"}


def test_a_delegate_decides_only_while_it_is_one() -> None:
    assert outcome(f"""
        {ASKED}
        country_rule rule=delegate value="Regional office" from=2015-01-01 to=2016-01-01
        land_release R1
        approval     R1 decided_by="regional  OFFICE" decided_on=2015-12-31
        land_release R2
        approval     R2 decided_by="Regional office" decided_on=2016-01-01
        land_release R3
        approval     R3 decided_by=Op
    """) == {"R1": "cleared", "R2": "release_unapproved", "R3": "release_unapproved"}


def test_an_approval_that_is_asked_for_is_given_by_somebody_who_is_named() -> None:
    assert outcome("""
        country_rule rule=approval_required value=yes from=2014-01-01
        land_release R1
        approval     R1
    """) == {"R1": "release_approver_unknown"}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ("approved 2015-07-01, rejected 2015-08-01", "release_rejected"),
        ("rejected 2015-07-01, approved 2015-08-01", "cleared"),
        ("rejected 2015-07-01, approved 2015-07-01", "release_rejected"),
        ("approved 2015-07-01", "cleared"),
    ],
)
@pytest.mark.parametrize("rules", ["", ASKED])
def test_the_latest_decision_holds_and_of_one_day_the_rejection(decisions: str, expected: str, rules: str) -> None:
    lines = [f"approval R1 decision={one} decided_on={day}" for one, day in map(str.split, decisions.split(","))]
    for order in itertools.permutations(lines):
        assert outcome("\n".join([rules, "land_release R1", *order])) == {"R1": expected}


def test_nobody_approves_or_rejects_its_own_release() -> None:
    (one,) = judged("land_release R1 approved_by=op").counted
    assert one.approval == "unapproved"
    assert outcome("land_release R1\napproval R1 decided_by=Op decision=rejected") == {"R1": "cleared"}


def test_a_rejected_release_does_not_count_whatever_the_rules() -> None:
    found = judged("land_release R1\napproval R1 decision=rejected")
    assert [(one.reason.code, len(one.evidence)) for one in found.set_aside] == [("release_rejected", 1)]


@pytest.mark.parametrize(
    ("certificates", "answer"),
    [
        ("", "not_told"),
        ("accreditation A", "accredited"),
        ("accreditation A scope=NTS;TS", "not_accredited"),
        ("accreditation A issued_on=2015-06-02", "not_accredited"),
        ("accreditation A expires_on=2015-05-31", "not_accredited"),
        ("accreditation A expires_on=2015-06-01", "accredited"),
        ("accreditation A\naccreditation A state=suspended state_on=2015-01-01", "not_accredited"),
        ("accreditation A\naccreditation A state=suspended state_on=2015-07-01", "accredited"),
        ("accreditation A\naccreditation A state=suspended state_on=2015-01-01\naccreditation A state_on=2015-03-01", "accredited"),
        ("accreditation A\naccreditation A state=withdrawn state_on=2015-06-01", "not_accredited"),
        ("accreditation A state=withdrawn", "not_accredited"),
        ("accreditation A state=expired expires_on=2018-01-01", "accredited"),
        ("accreditation A state=applied", "not_accredited"),
        ("accreditation A scope=NTS\naccreditation B", "accredited"),
        ("accreditation A by=Other", "not_told"),
    ],
)
def test_an_accreditation_covers_method_and_day(certificates: str, answer: str) -> None:
    release = "land_release R1 released_on=2015-06-01"
    for lines in itertools.permutations([release, *certificates.splitlines()]):
        (one,) = judged("\n".join(lines)).counted
        assert one.accreditation == answer
    gate = "country_rule rule=accreditation_required value=yes from=2000-01-01"
    expected = "cleared" if answer == "accredited" else "release_not_accredited"
    assert outcome("\n".join([gate, release, certificates])) == {"R1": expected}


def test_a_release_outside_an_accreditation_counts_and_is_told_where_no_rule_says_otherwise() -> None:
    found = judged("accreditation A scope=NTS\nland_release R1")
    assert [one.code for one in found.problems] == ["release_outside_accreditation"]
    assert len(found.counted) == 1


def test_lanes_of_a_technical_survey_count_as_the_country_says() -> None:
    lanes = "release_class=cleared method=TS"
    text = f"""
        country_rule rule=lanes_count_as value=cleared from=2014-01-01
        land_release R1 {lanes} released_on=2013-12-31
        land_release R2 {lanes} released_on=2014-01-01
        land_release R3 {lanes} released_on=2014
        land_release R4 {lanes} released_on=2013
    """
    assert outcome(text) == {"R1": "reduced", "R2": "cleared", "R3": "cleared", "R4": "reduced"}
    assert {one.code for one in judged(text).problems} == {"lanes_counted_as_reduced"}


def test_two_rules_from_one_day_that_differ_are_told_and_the_stricter_holds() -> None:
    lines = [
        "country_rule rule=approval_required value=no from=2010-01-01",
        "country_rule rule=approval_required value=yes from=2010-01-01",
    ]
    for order in itertools.permutations(lines):
        text = "\n".join([*order, "land_release R1"])
        assert outcome(text) == {"R1": "release_unapproved"}
        assert [(one.code, one.value) for one in judged(text).problems] == [("country_rule_contradicts", "no and yes")]


@pytest.mark.parametrize(
    "rule",
    [
        "rule=approval_required value=maybe",
        "rule=date_tolerance_days value=ten",
        "rule=date_tolerance_days value=367",
        "rule=lanes_count_as value=x",
    ],
)
def test_a_rule_that_says_nothing_known_is_told_and_left_out(rule: str) -> None:
    found = judged(f"country_rule {rule} from=2010-01-01\nland_release R1")
    assert [one.code for one in found.problems] == ["country_rule_unusable"]
    assert len(found.counted) == 1


def test_a_decision_on_a_record_that_nobody_told_is_told() -> None:
    assert [(one.code, one.value) for one in judged("approval R9").problems] == [("approval_without_record", "land_release/op/r9")]


def test_a_class_that_does_not_go_with_its_method_is_told_and_counts() -> None:
    found = judged("land_release R1 release_class=cleared method=NTS")
    assert [one.code for one in found.problems] == ["release_class_unusual"]
    assert outcome("land_release R1 release_class=cleared method=NTS") == {"R1": "cleared"}


LINES = [
    "country_rule rule=authority value=NMAA from=2000-01-01",
    "country_rule rule=approval_required value=yes from=2014-01-01",
    "country_rule rule=approval_required value=no from=2015-01-01 applies_to=reduced",
    "country_rule rule=delegate value=Desk from=2013-01-01",
    "country_rule rule=accreditation_required value=yes from=2016-01-01",
    "accreditation A",
    "accreditation A state=suspended state_on=2016-05-01",
    "land_release R1 released_on=2013-01-01",
    "land_release R2 released_on=2015 release_class=reduced method=TS",
    "land_release R3 released_on=2016-06-01",
    "approval R3 decided_by=Desk",
    "approval R3 decision=rejected decided_on=2015-07-01",
    "approval R1 decision=rejected decided_by=Op",
]


@given(st.lists(st.sampled_from(LINES), unique=True))
def test_every_release_counts_or_is_set_aside_and_the_order_of_facts_decides_nothing(lines: list[str]) -> None:
    found = judged("\n".join(lines))
    releases = sorted(line.split()[1] for line in lines if line.startswith("land_release"))
    assert sorted(outcome("\n".join(lines))) == releases
    assert len(found.counted) + len(found.set_aside) == len(releases)
    assert outcome("\n".join(sorted(lines))) == outcome("\n".join(lines)) == outcome("\n".join(reversed(lines)))
