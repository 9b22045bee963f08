"""Older statements, copies of packaged statements and lists: what a later text, the text itself or the next paragraph may not decide."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reports.statements_at_hand import ANNOUNCED, FILES, TODAY, check, claim_with, packaged, source

LATER = dt.date(2026, 3, 1)


@pytest.mark.parametrize("name", ["a-copy.txt", FILES["wh"]])
def test_a_figure_of_a_packaged_statement_is_no_support_for_a_copy_of_it_on_any_date(name: str) -> None:
    answer = check(packaged(FILES["wh"]), name=name, dated=LATER)
    for words in ("250,000", "35 countries"):
        claim = claim_with(answer, words)
        assert claim["as_of"]["verdict"] == claim["on"]["verdict"] == "stale"
        assert not [one for one in claim["as_of"]["evidence"] if one["source"].startswith("statement ")]


@pytest.mark.parametrize("name", list(FILES.values()))
def test_evidence_published_after_the_asked_day_is_not_listed_for_that_day(name: str) -> None:
    answer = check(packaged(name), name=name, dated=ANNOUNCED)
    late = [
        one
        for claim in answer["claims"]
        if claim["as_of"]["verdict"] != "false"
        for one in claim["as_of"]["evidence"]
        if one["known_from"] and one["known_from"] > ANNOUNCED.isoformat()
    ]
    assert late == []


def test_an_aim_that_later_texts_carry_on_ended_with_the_first_that_does_not() -> None:
    text = source("us_2014-06-27_nsc_statement_hayden.txt")
    claim = claim_with(check(text, issuer="USA", dated=dt.date(2014, 6, 27)), "accede to the Ottawa Convention")
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == ("true", "superseded")
    assert "it ended with us_apl_policy@2020-01-31" in claim["on"]["why"]


def test_alignment_told_under_an_older_text_is_judged_by_that_text() -> None:
    text = source("us_2016-12-01_statement_15msp.txt")
    claim = claim_with(check(text, issuer="USA", dated=dt.date(2016, 12, 1)), "align our policy")
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == ("partly_supported", "superseded")
    assert claim["as_of"]["why"].startswith("us_apl_policy@2016-02-01 compared with the Convention")


def test_a_claim_ends_where_the_next_list_item_begins() -> None:
    answer = check(source("us_1999-02-26_state_department_fact_sheet_apl_policy_excerpt.txt"), issuer="USA", dated=dt.date(1999, 2, 26))
    assert answer["claims"]
    assert not [one["quote"] for one in answer["claims"] if "\n" in one["quote"]]


@pytest.mark.parametrize(("day", "claims"), [("2022-06-21", ["statement_date"]), ("2022-06-22", [])])
def test_a_date_of_front_matter_is_a_claim_only_when_an_act_has_that_day(day: str, claims: list[str]) -> None:
    answer = check(f"---\ntitle: A letter\ndate: {day}\n---\nWe thank you for your letter.\n", on=TODAY)
    assert [one["topic"] for one in answer["claims"]] == claims
    assert len(answer["not_checked"]) == 1
