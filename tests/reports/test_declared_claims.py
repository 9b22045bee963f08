"""A lawyer adds or corrects claims in the YAML beside a statement; what does not fit is a problem that names the entry."""

from __future__ import annotations

import pytest

from mineaction.reports.fact_check.fact_check import CHECKS
from mineaction.terms.problem import ProblemError
from tests.reports.statements_at_hand import check as check_text
from tests.reports.statements_at_hand import claim_with

TEXT = "The Convention is strong. The Ottawa Convention has many parties. The United States keeps its word on mines.\n"


def problem_of(sidecar: str) -> tuple[str, str]:
    with pytest.raises(ProblemError) as raised:
        check_text(TEXT, sidecar=sidecar)
    one = raised.value.problems[0]
    return one.code, one.place


def test_a_declared_claim_is_checked_like_a_found_one() -> None:
    sidecar = (
        "issuer: USA\ndate: 2022-06-21\nclaims:\n- quote: has many parties\n  kind: quantity\n  topic: parties_count\n"
        "  claimed: {bound: more_than, value: 160, treaty_id: APMBC}\n"
    )
    claim = claim_with(check_text(TEXT, sidecar=sidecar), "has many parties")
    assert (claim["as_of"]["verdict"], claim["as_of"]["value"]) == ("true", 164)
    assert "declared beside the statement" in claim["note"]


def test_a_declared_rule_names_acts_and_limits_in_the_words_of_the_vocabulary() -> None:
    sidecar = (
        "issuer: USA\ndate: 2022-06-21\nclaims:\n- quote: keeps its word on mines\n  kind: rule\n  topic: rule_use\n"
        "  actor: United States\n  claimed: {acts: [use], modality: forbid, where: {place: [elsewhere]}}\n"
    )
    claim = claim_with(check_text(TEXT, sidecar=sidecar), "keeps its word")
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == ("true", "superseded")


def test_a_declared_claim_takes_the_place_of_the_found_one_it_corrects() -> None:
    text = "The Ottawa Convention has more than 160 parties.\n"
    sidecar = (
        "date: 2022-06-21\nclaims:\n- quote: more than 160 parties\n  kind: quantity\n  topic: parties_count\n"
        "  claimed: {bound: at_least, value: 165}\n"
    )
    claims = check_text(text, sidecar=sidecar)["claims"]
    assert [(one["quote"], one["as_of"]["verdict"]) for one in claims] == [("more than 160 parties", "false")]


def test_a_declared_quote_matches_whatever_white_space_and_quotation_marks() -> None:
    text = "It’s said that\nthe Ottawa Convention has\u00a0many parties.\n"
    sidecar = (
        "date: 2022-06-21\nclaims:\n- quote: It's said that the Ottawa Convention has many parties\n"
        "  kind: quantity\n  topic: parties_count\n  claimed: {bound: more_than, value: 160, treaty_id: APMBC}\n"
    )
    assert check_text(text, sidecar=sidecar)["claims"][0]["quote"] == text.rstrip(".\n")


@pytest.mark.parametrize(
    ("sidecar", "code"),
    [
        ("claims:\n- {quote: not in the text, kind: quantity, topic: parties_count}\n", "claim_quote_not_found"),
        ("claims:\n- {quote: '', kind: quantity, topic: parties_count}\n", "yaml_key_missing"),
        ("claims:\n- {quote: many parties, kind: number, topic: parties_count}\n", "unknown_word"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: partys_count}\n", "unknown_word"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claim: {}}\n", "yaml_key_unknown"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claimed: 160}\n", "yaml_value_wrong"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claimed: {value: many}}\n", "yaml_value_wrong"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claimed: {bound: mostly, value: 1}}\n", "unknown_word"),
        ("claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claimed: {bound: more_than}}\n", "yaml_key_missing"),
        ("claims:\n- {quote: many parties, kind: rule, topic: rule_use}\n", "yaml_key_missing"),
        ("claims:\n- {quote: many parties, kind: rule, topic: rule_use, claimed: {acts: [lay]}}\n", "unknown_word"),
        ("claims:\n- {quote: many parties, kind: rule, topic: rule_use, claimed: {acts: [use], where: {place: [moon]}}}\n", "unknown_word"),
        ("claims:\n- {quote: many parties, kind: rule, topic: rule_use, actor: Atlantis, claimed: {acts: [use]}}\n", "unknown_state"),
        ("claims:\n- just words\n", "yaml_value_wrong"),
        ("claims: words\n", "yaml_value_wrong"),
        ("isuer: USA\n", "yaml_key_unknown"),
        ("issuer: Atlantis\n", "unknown_state"),
        ("date: 2022-02-30\n", "impossible_date"),
        ("date: tomorrow\n", "impossible_date"),
        ("basis: guessed\n", "yaml_value_wrong"),
        ("issuer: [USA\n", "yaml_broken"),
        ("- a list\n", "yaml_broken"),
    ],
)
def test_a_sidecar_that_does_not_fit_is_a_problem(sidecar: str, code: str) -> None:
    assert problem_of(sidecar)[0] == code


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_a_declared_claim_of_any_check_is_answered_or_names_the_key_it_lacks(check: str) -> None:
    sidecar = f"issuer: USA\ndate: 2022-06-21\nclaims:\n- {{quote: many parties, kind: event, topic: parties_count, check: {check}}}\n"
    try:
        answer = check_text(TEXT, sidecar=sidecar)
    except ProblemError as error:
        assert {one.code for one in error.problems} == {"yaml_key_missing"}
    else:
        assert claim_with(answer, "many parties")["as_of"]["verdict"]


def test_a_problem_names_the_entry() -> None:
    sidecar = (
        "claims:\n- {quote: many parties, kind: quantity, topic: parties_count, claimed: {value: 1}}\n"
        "- {quote: none, kind: date, topic: parties_count, claimed: {value: 2}}\n"
    )
    assert problem_of(sidecar)[1] == "statement.yaml: claims[2]"
