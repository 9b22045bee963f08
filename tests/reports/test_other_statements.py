"""Statements not seen before: other states' (invented, marked so) and real ones of other days; unknown rather than wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reports.statements_at_hand import check, claim_with, source

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "other_statements.yaml").read_text(encoding="utf-8"))
PAIRS = [(case, claim) for case in CASES for claim in case["claims"]]


@pytest.mark.parametrize(("case", "expected"), PAIRS, ids=[f"{case['case']}: {claim['claim']}" for case, claim in PAIRS])
def test_an_invented_statement_is_held_against_the_law_and_the_facts_of_its_own_issuer(
    case: dict[str, Any], expected: dict[str, Any]
) -> None:
    sidecar = "".join(f"{key}: {case[given]}\n" for key, given in (("issuer", "issuer"), ("date", "dated")) if given in case)
    claim = claim_with(check(case["text"], sidecar=sidecar), expected["claim"])
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == (expected["as_of"], expected["asked"]), claim
    assert expected.get("because", "") in claim["as_of"]["why"]
    assert expected.get("because_asked", "") in claim["on"]["why"]
    assert expected.get("missing", "") in "; ".join(claim["as_of"]["missing"])


def verdicts(name: str, **options: Any) -> dict[str, str]:
    return {one["topic"]: one["as_of"]["verdict"] for one in check(source(name), name=name, **options)["claims"]}


def test_the_national_security_statement_of_the_same_day_agrees() -> None:
    told = verdicts("us_2022-06-21_nsc_statement_watson.md")
    assert told["rule_make"] == "true"
    assert told["aim_accede"] == "true"
    assert told["aim_align"] == "partly_supported"
    assert told["treaty_prohibits"] == "true"
    assert told["funding_total"] == told["funding_recipients"] == "supported"
    assert told["reported_use"] == "not_verifiable"


def test_a_sum_said_before_its_edition_appeared_is_unknown() -> None:
    answer = check(source("us_2022-12-02_nsc_statement_watson.md"))
    money = claim_with(answer, "over $4.7 billion")
    assert (money["as_of"]["verdict"], money["on"]["verdict"]) == ("unknown", "supported")
    assert claim_with(answer, "more than 160 countries around the world to accede")["as_of"]["verdict"] == "true"
    assert claim_with(answer, "War Victims Fund in 1989")["as_of"]["verdict"] == "supported"


def test_a_statement_of_2014_agrees_with_the_law_and_the_figures_of_its_day() -> None:
    told = verdicts("us_2014-06-27_white_house_fact_sheet_excerpt.txt", issuer="USA", dated=dt.date(2014, 6, 27))
    assert told["rule_make"] == told["aim_accede"] == "true"
    assert told["treaty_prohibits"] == "true"
    assert told["funding_total"] == told["funding_recipients"] == told["mine_free_states"] == "supported"
    assert "false" not in told.values()


def test_a_sentence_about_the_decision_of_2024_rests_on_that_decision() -> None:
    claim = claim_with(check(source("us_2024-12-02_nsa_statement_sullivan.md")), "authorized the provision")
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == ("supported", "supported")
    assert any(row["subject"] == "policy_step/US2024-R1" for row in claim["as_of"]["evidence"])


def test_money_for_other_things_is_no_claim_here() -> None:
    answer = check(source("us_2024-12-02_nsa_statement_sullivan.md"))
    assert not any(one["topic"] == "funding_total" for one in answer["claims"])
    assert any("$725 million" in one["quote"] for one in answer["not_checked"])


@pytest.mark.parametrize(
    "name",
    [
        "us_1997-05-16_white_house_press_secretary_statement.txt",
        "us_2004-02-27_state_department_landmine_policy.txt",
        "us_2014-09-23_state_department_press_statement_excerpt.txt",
        "us_2015-12-01_statement_14msp_excerpt.txt",
        "us_2016-12-01_statement_15msp.txt",
        "us_2020-02-03_dod_news_article_excerpt.txt",
        "us_2022-06-25_press_gaggle_kirby_excerpt.md",
    ],
)
def test_a_text_of_the_policy_itself_is_never_called_false_on_its_own_day(name: str) -> None:
    day = dt.date.fromisoformat(name.split("_")[1])
    for one in check(source(name), name=name, issuer="USA", dated=day)["claims"]:
        if one["kind"] in ("rule", "policy_aim"):
            assert one["as_of"]["verdict"] in ("unknown", "not_verifiable", "true", "partly_supported"), one


def test_words_of_the_policy_that_its_other_words_limit_are_unknown_and_the_limit_is_shown() -> None:
    answer = check(source("us_2004-02-27_state_department_landmine_policy.txt"), issuer="USA", dated=dt.date(2004, 2, 27))
    claim = claim_with(answer, "eliminate all persistent landmines")
    assert claim["as_of"]["verdict"] == "unknown"
    assert "has these words, and others that limit them" in claim["as_of"]["why"] and "korean peninsula" in claim["as_of"]["why"]
    turned = check("The United States will destroy all persistent landmines.", issuer="USA", dated=dt.date(2004, 2, 27))
    assert claim_with(turned, "destroy all persistent landmines")["as_of"]["verdict"] == "false"


def test_a_rule_that_later_texts_carry_on_ended_with_the_first_that_does_not() -> None:
    answer = check(source("us_2014-09-23_state_department_press_statement_excerpt.txt"), issuer="USA", dated=dt.date(2014, 9, 23))
    claim = claim_with(answer, "we will not use these mines outside")
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == ("true", "superseded")
    assert "Ended by us_apl_policy@2020-01-31" in claim["on"]["why"]


def test_an_address_of_a_government_names_the_issuer() -> None:
    matter = "---\nsource_url: https://www.gov.pl/web/diplomacy/x\ndate: 2022-06-21\n---\n"
    text = f"{matter}All of our NATO allies are parties to the Ottawa Convention.\n"
    answer = check(text)
    assert (answer["issuer"], answer["issuer_basis"], answer["dated"]) == ("POL", "address", "2022-06-21")
    assert check(text.replace("www.gov.pl", "www.gov.pl.example.org"))["issuer"] is None


def test_an_issuer_in_front_matter_that_is_no_state_falls_back_to_the_address() -> None:
    text = "---\nissuer: The White House\nsource_url: https://www.whitehouse.gov/x\n---\nThe Ottawa Convention has more than 160 parties.\n"
    answer = check(text)
    assert (answer["issuer"], answer["issuer_basis"]) == ("USA", "address")
