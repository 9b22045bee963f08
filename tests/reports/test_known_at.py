"""What nobody could know by a day does not count: acts of states, texts of the law, and that a text ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.rule_claims import RuleAnswer
from mineaction.programme.fact_check import evidence_of
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import TreatyHistory, treaty_history
from mineaction.reports.fact_check import Evidence, check_statement
from tests.registers.made_rows import conflict
from tests.reports.statements_at_hand import ANNOUNCED, TODAY, check

USE = "The United States will not use anti-personnel landmines outside the Korean Peninsula.\n"
MAKE = "The United States will not develop anti-personnel landmines.\n"


def on(text: str, day: str, known_at: str | None) -> dict[str, Any]:
    known = dt.date.fromisoformat(known_at) if known_at else None
    (claim,) = check(text, on=dt.date.fromisoformat(day), issuer="USA", dated=ANNOUNCED, known_at=known)["claims"]
    found: dict[str, Any] = claim["on"]
    return found


def test_a_memorandum_that_was_not_reported_yet_ends_nothing() -> None:
    assert on(USE, "2025-12-10", None)["verdict"] == "superseded"
    assert on(USE, "2025-12-10", "2025-12-19")["verdict"] == "superseded"
    before = on(USE, "2025-12-10", "2022-07-01")
    assert (before["verdict"], before["value"]) == ("true", "prohibited")
    assert "2025" not in before["why"]
    assert "as known on 2022-07-01" in before["assumes"]
    assert any(row["subject"] == "policy_step/US2022-R6" for row in before["evidence"]), "the step is in force as far as known"


def test_a_policy_that_was_not_announced_yet_is_not_known() -> None:
    before = on(USE, "2025-12-10", "2022-06-01")
    assert before["verdict"] == "false"
    assert "us_apl_policy@2020-01-31" in before["why"]


def test_aims_and_alignment_are_asked_as_known_too() -> None:
    text = "The new policy will align U.S. APL policy outside of the Korean Peninsula with the key requirements of the Ottawa Convention.\n"
    assert on(text, "2025-12-10", None)["verdict"] == "superseded"
    assert on(text, "2025-12-10", "2022-07-01")["verdict"] == "partly_supported"


def test_a_rule_whose_end_is_told_is_superseded_and_says_that_what_governs_now_is_unsettled() -> None:
    told = on(MAKE, "2026-11-22", None)
    assert told["verdict"] == "superseded"
    assert told["value"].startswith("undetermined: unsettled law. No report seen says what the memorandum does")
    assert "What governs now is unsettled: No report seen says" in told["why"]


def test_a_rule_is_not_superseded_for_want_of_a_text() -> None:
    evidence = evidence_of(packaged_book())

    def without_text(*asked: Any) -> RuleAnswer:
        held = evidence.ask_rule(*asked)
        return held if asked[2] <= ANNOUNCED else RuleAnswer("not_encoded", note="the text in force that day is not encoded")

    steps = [row for row in evidence.facts["policy_step"] if not row["rule_id"].startswith("US2022")]
    with_steps, without_steps = (
        answered(MAKE, replace(evidence, ask_rule=without_text, facts={**evidence.facts, "policy_step": rows}))
        for rows in (evidence.facts["policy_step"], steps)
    )
    assert with_steps["verdict"] == "superseded"
    assert without_steps["verdict"] == "unknown"
    assert "Whether it ended is not known" in without_steps["why"]


def answered(text: str, evidence: Evidence, day: dt.date = TODAY) -> dict[str, Any]:
    given: dict[str, Any] = {"issuer": "USA", "dated": ANNOUNCED, "known_at": None}
    (claim,) = check_statement(text.encode(), "statement.txt", None, on=day, evidence=evidence, **given)["claims"]
    found: dict[str, Any] = claim["on"]
    return found


def test_an_armed_conflict_holds_a_withdrawal_back_in_the_fact_check_too() -> None:
    book = packaged_book()
    evidence = evidence_of(book)

    def at_war(treaty: str, known_at: dt.date | None) -> TreatyHistory:
        rows = [book.facts(kind) for kind in ("treaty_event", "treaty_claim", "treaty_list", "treaty_no_consent")]
        return treaty_history(TREATIES[treaty], *rows, [conflict("yes", "2026-01-01")], known_at)

    text = "Poland has withdrawn from the Ottawa Convention.\n"
    assert answered(text, evidence)["verdict"] == "true"
    assert answered(text, replace(evidence, history=at_war))["verdict"] == "partly_supported"
