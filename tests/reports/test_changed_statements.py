"""Changed numbers, groups, dates, places, exceptions and reversed rules change the verdict, for the right reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reports.statements_at_hand import ANNOUNCED, FILES, TODAY, changed, check, claim_with, packaged

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "changed_statements.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
def test_a_changed_statement_has_the_verdict_that_facts_and_clauses_give(case: dict[str, Any]) -> None:
    text = changed(packaged(FILES[case["statement"]]), case.get("change", {}))
    on = dt.date.fromisoformat(case["day"]) if "day" in case else TODAY
    # The State Department text has neither issuer nor date of its own.
    given = {"issuer": "USA", "dated": ANNOUNCED} if case["statement"] == "state" else {}
    claim = claim_with(check(text, on=on, **given), case["claim"])
    assert (claim["as_of"]["verdict"], claim["on"]["verdict"]) == (case["as_of"], case["asked"]), claim
    assert case.get("because", "") in claim["as_of"]["why"]
    assert case.get("because_asked", "") in claim["on"]["why"]
    assert case.get("note", "") in claim["note"]
    assert case.get("missing", "") in "; ".join(claim["as_of"]["missing"])
    if "value_asked" in case:
        assert claim["on"]["value"] == case["value_asked"]


def test_there_are_at_least_forty_changed_statements() -> None:
    assert sum("change" in case for case in CASES) >= 40


def test_a_change_of_one_claim_leaves_the_verdicts_of_all_others_alone() -> None:
    before = check(packaged(FILES["wh"]))
    after = check(changed(packaged(FILES["wh"]), {"more than 160 parties": "more than 170 parties"}))
    verdicts = [
        [(one["topic"], one["as_of"]["verdict"], one["on"]["verdict"]) for one in answer["claims"] if one["topic"] != "parties_count"]
        for answer in (before, after)
    ]
    assert verdicts[0] == verdicts[1]


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("–", "—"),
        lambda text: text.replace("anti-personnel", "anti\u2011personnel"),
        lambda text: text.replace("Korean Peninsula", "Kor\u00adean  \n Peninsula"),
        lambda text: text.replace(" NATO", "\u200b NATO"),
    ],
    ids=[
        "CRLF",
        "byte-order mark",
        "straight quotes",
        "no-break spaces",
        "em dashes",
        "no-break hyphens",
        "soft hyphens and wraps",
        "zero width",
    ],
)
def test_the_way_words_are_typed_changes_no_verdict_and_every_quote_stands_in_the_file(typed: Any) -> None:
    for name, given in ((FILES["wh"], {}), (FILES["state"], {"issuer": "USA", "dated": ANNOUNCED})):
        plain = packaged(name)
        head, body = (plain[: plain.index(" \n")], plain[plain.index(" \n") :]) if plain.startswith("---") else ("", plain)
        other = typed(body) if not head else (typed(head + body) if typed("x\n") in ("x\r\n", "\ufeffx\n") else head + typed(body))
        told = [check(text, **given) for text in (plain, other)]
        verdicts = [[(one["topic"], one["as_of"]["verdict"], one["on"]["verdict"]) for one in answer["claims"]] for answer in told]
        assert verdicts[0] == verdicts[1]
        for one in (*told[1]["claims"], *told[1]["not_checked"]):
            assert one["quote"] == other[one["start"] : one["end"]]


def test_without_front_matter_and_options_issuer_and_date_are_unknown_but_the_asked_day_is_answered() -> None:
    answer = check(packaged(FILES["state"]))
    assert (answer["issuer"], answer["dated"], answer["issuer_basis"], answer["dated_basis"]) == (None, None, "unknown", "unknown")
    assert {one["as_of"]["verdict"] for one in answer["claims"]} == {"not_verifiable"}
    assert {one["as_of"]["date"] for one in answer["claims"]} == {None}
    # The sentence names the United States, so the rule has an actor all the same.
    assert claim_with(answer, "will not use anti-personnel landmines")["on"]["verdict"] == "false"
    # "We" needs a speaker.
    assert claim_with(answer, "invested more than 4.2 billion")["on"]["verdict"] == "not_verifiable"


def test_the_options_outweigh_the_statement() -> None:
    answer = check(packaged(FILES["wh"]), issuer="POL", dated=dt.date(2023, 1, 1))
    assert (answer["issuer"], answer["issuer_basis"], answer["dated"], answer["dated_basis"]) == ("POL", "given", "2023-01-01", "given")
    assert "without" in claim_with(answer, "all of our NATO Allies")["as_of"]["value"]
    assert claim_with(answer, "all of our NATO Allies")["as_of"]["verdict"] == "false", "an ally of Poland, the United States, is no party"


def test_what_nobody_could_know_by_a_day_is_left_out() -> None:
    answer = check(packaged(FILES["wh"]), on=dt.date(2026, 11, 22), known_at=dt.date(2023, 12, 31))
    assert claim_with(answer, "all of our NATO Allies")["on"]["verdict"] == "true", "no withdrawal was known by the end of 2023"
    assert claim_with(answer, "over $4.2 billion")["on"]["value"] == 4_600_000_000, "the edition of April 2024 was not known"
