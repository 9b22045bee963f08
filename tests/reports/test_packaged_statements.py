"""The two public statements of 21 June 2022, checked on their own day and on later ones: verdicts, reasons, evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reports.statements_at_hand import STATE, TODAY, WHITE_HOUSE, check_packaged, claim_with

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "packaged_statements.yaml").read_text(encoding="utf-8")
)
LATE_2025 = dt.date(2025, 12, 28)


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, one) for name, several in CASES.items() for one in several],
    ids=lambda one: one if isinstance(one, str) else one["claim"],
)
def test_a_claim_has_the_verdict_that_facts_and_clauses_give_on_three_days(name: str, case: dict[str, Any]) -> None:
    late, today = (claim_with(check_packaged(name, on), case["claim"]) for on in (LATE_2025, TODAY))
    assert [today["as_of"]["verdict"], late["on"]["verdict"], today["on"]["verdict"]] == case["verdicts"]
    assert case["because"] in today["as_of"]["why"]
    assert today["as_of"] == late["as_of"], "the answer as of the statement's own day does not depend on the day asked"


@pytest.mark.parametrize("name", [STATE, WHITE_HOUSE])
def test_the_table_of_verdicts_names_every_claim(name: str) -> None:
    answer = check_packaged(name)
    named = {claim_with(answer, one["claim"])["id"] for one in CASES[name]}
    assert named == {one["id"] for one in answer["claims"]}


def test_issuer_and_day_come_from_front_matter_and_from_the_yaml_beside_the_statement() -> None:
    state, white_house = check_packaged(STATE), check_packaged(WHITE_HOUSE)
    assert (state["issuer"], state["issuer_basis"], state["dated"], state["dated_basis"]) == ("USA", "assumed", "2022-06-21", "assumed")
    assert (white_house["issuer"], white_house["dated"], white_house["dated_basis"]) == ("USA", "2022-06-21", "front_matter")


def test_the_count_of_parties_names_the_reading_that_would_turn_it_and_how_few_unknown_events_would() -> None:
    on = claim_with(check_packaged(WHITE_HOUSE), "more than 160 parties")["on"]
    assert (on["value"], on["known_to"], on["fragile"]) == (161, "2026-04-08", 1)
    assert any("suspension of Ukraine" in one and "160" in one for one in on["assumes"])


def test_on_its_own_day_an_answer_is_not_fragile() -> None:
    as_of = claim_with(check_packaged(WHITE_HOUSE), "more than 160 parties")["as_of"]
    assert (as_of["value"], as_of["known_to"], as_of["fragile"]) == (164, None, None)


def test_the_allies_who_left_are_named_with_their_notices() -> None:
    on = claim_with(check_packaged(WHITE_HOUSE, LATE_2025), "NATO Allies")["on"]
    assert on["value"]["not_parties"] == ["EST", "LTU", "LVA"]
    assert {row["subject"] for row in on["evidence"]} >= {
        f"treaty_event/APMBC/{state}/withdrawal_notified" for state in ("EST", "LTU", "LVA")
    }


def test_a_superseded_rule_has_the_later_act_as_evidence_and_says_what_governs_now() -> None:
    answer = check_packaged(WHITE_HOUSE)
    use, make = claim_with(answer, "Not use APL outside")["on"], claim_with(answer, "Not develop")["on"]
    assert any(row["subject"] == "policy_step/US2025-R1" for row in use["evidence"])
    assert "permitted" in use["value"]
    assert make["value"].startswith("undetermined: unsettled law. No report seen says")
    assert make["missing"] == ["law: us_apl_policy.2025.make is unsettled"]
    assert use["known_to"] == "2025-12-19"


def test_each_rule_quotes_the_clause_it_rests_on() -> None:
    as_of = claim_with(check_packaged(WHITE_HOUSE), "Not export or transfer of APL")["as_of"]
    clauses = {row["subject"]: row for row in as_of["evidence"] if row["subject"].startswith("us_apl_policy")}
    assert "us_apl_policy.2022.2" in clauses
    assert clauses["us_apl_policy.2022.2"]["value"] == "full"


def test_a_rule_quoted_from_the_statement_itself_is_said_to_be_the_act() -> None:
    own = claim_with(check_packaged(WHITE_HOUSE), "Not use APL outside")["as_of"]["assumes"]
    assert "the encoded rule is quoted from this statement, which is the act itself" in own


def test_the_state_text_holds_under_its_own_reading_which_is_named() -> None:
    answer = check_packaged(STATE)
    assert "so in the State Department text" in claim_with(answer, "nor export or transfer")["note"]
    assert "so in the State Department text" in claim_with(answer, "will seek to destroy")["note"]


def test_from_november_2024_on_the_decision_to_transfer_is_evidence_beside_the_transfer_and_assistance_rules() -> None:
    before, after = (check_packaged(WHITE_HOUSE, day) for day in (dt.date(2024, 11, 19), dt.date(2024, 11, 20)))
    for words in ("Not export or transfer", "Not assist, encourage"):
        for answer, is_there in ((before, False), (after, True)):
            on = claim_with(answer, words)["on"]
            assert on["verdict"] == "true"
            assert any(row["subject"] == "policy_step/US2024-R1" for row in on["evidence"]) is is_there
    assert not any(row["subject"] == "policy_step/US2024-R1" for row in claim_with(after, "Not use APL")["on"]["evidence"])


def test_the_alignment_answer_has_a_counter_example_for_each_weaker_article() -> None:
    as_of = claim_with(check_packaged(WHITE_HOUSE), "align U.S. APL policy")["as_of"]
    shown = {row["subject"] for row in as_of["evidence"] if row["subject"].startswith("apmbc ")}
    assert shown == {f"apmbc {article}" for article in as_of["value"]["gaps"]}


def test_the_seventeen_countries_open_to_a_named_and_dated_list() -> None:
    as_of = claim_with(check_packaged(WHITE_HOUSE), "Helped 17 countries")["as_of"]
    assert len(as_of["value"]["states"]) == 16
    assert {"MOZ", "NIC", "XKX"} <= set(as_of["value"]["states"])
    assert as_of["missing"] == ["the names of 1 more"]
    assert not any("statement 002" in row["source"] for row in as_of["evidence"]), "the statement is no evidence for itself"


def test_the_figures_of_the_fund_do_not_rest_on_the_statement_itself() -> None:
    for words in ("over 250,000 people", "in 35 countries"):
        as_of = claim_with(check_packaged(WHITE_HOUSE), words)["as_of"]
        assert any(row["known_from"] == "2014-09-23" for row in as_of["evidence"])
        assert not any("statement 002" in row["source"] for row in as_of["evidence"])


def test_before_the_announcement_the_rules_of_2022_did_not_hold() -> None:
    answer = check_packaged(WHITE_HOUSE, dt.date(2021, 1, 1))
    assert claim_with(answer, "Not use APL outside")["on"]["verdict"] == "false"
    assert claim_with(answer, "Not use APL outside")["as_of"]["verdict"] == "true"


def test_in_2015_the_rule_on_use_was_that_of_2014() -> None:
    on = claim_with(check_packaged(WHITE_HOUSE, dt.date(2015, 6, 1)), "Not use APL outside")["on"]
    assert on["verdict"] == "true"
    assert on["missing"] == []
    assert any(row["subject"] == "us_apl_policy.2014b.use" for row in on["evidence"])
    assert any(row["subject"].startswith("policy_step/US2014B") for row in on["evidence"])
