"""The checklist towards a treaty: every gap is real, every step says what closes it, every date is the treaty's own."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.quotes import folded, is_quoted
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with
from mineaction.programme.roadmap import roadmap
from mineaction.programme.treaties import deadlines
from mineaction.registers.supposed_consent import supposed_consent
from mineaction.registers.treaties import TREATIES
from mineaction.reports.evidence_wanted import evidence_wanted

DAY = "2022-06-21"


@cache
def told(reading: str = "white_house_text") -> dict[str, Any]:
    return roadmap("us_apl_policy", on=DAY, reading=reading)


def steps(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["clause"]: one for one in answer["steps"]}


@pytest.mark.parametrize("reading", ["white_house_text", "state_text", "wide_korea", "strict_acquire"])
def test_every_gap_is_reproduced_by_a_decision(reading: str) -> None:
    gaps = [gap for step in told(reading)["steps"] for gap in step["gaps"]]
    assert gaps
    for gap in gaps:
        found = {one["instrument"]: one for one in decide(**gap["activity"], actor="USA", on=DAY, reading=reading)["findings"]}
        assert (found["us_apl_policy"]["verdict"], found["apmbc"]["if_bound"]) == (gap["policy"], gap["treaty"]), gap


OTHERS: list[tuple[str, str, str, str]] = [
    ("cook_islands_apm_act", "apmbc", "COK", "2022-06-21"),
    ("canada_apmc_act", "apmbc", "CAN", "2022-06-21"),
    ("us_apl_policy@2022-06-21", "ccm", "USA", "2022-06-21"),
    ("us_apl_policy@2014-09-23", "apmbc", "USA", "2015-01-01"),
]


@pytest.mark.parametrize(("policy", "treaty", "state", "day"), OTHERS, ids=[" ".join(one) for one in OTHERS])
def test_so_is_every_gap_of_other_texts_and_nobody_has_it_whom_one_cannot_bind(policy: str, treaty: str, state: str, day: str) -> None:
    answer = roadmap(policy, treaty=treaty, on=day)
    assert answer["actor_kinds"] == ["state"]
    gaps = [gap for step in answer["steps"] for gap in step["gaps"]]
    assert gaps
    for gap in gaps:
        found = {one["instrument"]: one for one in decide(**gap["activity"], actor=state, on=day)["findings"]}
        said = found[policy.partition("@")[0]]["verdict"], found[treaty].get("if_bound", found[treaty]["verdict"])
        assert said == (gap["policy"], gap["treaty"]), gap
        assert gap["activity"].get("actor_kind", "state") == "state"


def test_every_gap_and_every_lacking_date_says_what_closes_it() -> None:
    for reading in ("white_house_text", "state_text"):
        for step in told(reading)["steps"]:
            assert (step["status"] in ("gap", "no_counterpart", "unsettled")) == bool(step["gaps"] or step["missing"]), step["clause"]
            assert all("issing: a " in gap["closes"] and "{" not in gap["closes"] for gap in step["gaps"])


STATUSES = {
    "apmbc.1.1.a": "gap",
    "apmbc.1.1.b": "gap",
    "apmbc.1.1.c": "gap",
    "apmbc.1.2": "gap",
    "apmbc.3.1": "needs_judgement",
    "apmbc.3.2": "covered",
    "apmbc.4": "gap",
    "apmbc.5.1": "no_counterpart",
    "apmbc.6.3": "needs_judgement",
    "apmbc.7.1": "no_counterpart",
    "apmbc.9": "no_counterpart",
}


@pytest.mark.parametrize("clause", STATUSES)
def test_the_policy_of_2022_stands_to_this_clause_as_follows(clause: str) -> None:
    assert steps(told())[clause]["status"] == STATUSES[clause]


def test_counts_are_those_of_the_steps_and_no_clause_of_the_treaty_is_lost() -> None:
    answer = told()
    assert sum(answer["counts"].values()) == len(answer["steps"])
    asked = {
        one.id for one in packaged_law().variant("apmbc@1999-03-01").clauses if one.kind in ("forbid", "permit", "oblige", "procedure")
    }
    assert set(steps(answer)) | set(answer["text_only"]) == asked
    assert {"apmbc.4.foreign_stocks", "apmbc.19"} <= {one["clause"] for one in answer["to_settle"]}


def test_the_lacking_date_of_article_4_is_told_with_the_treatys_own() -> None:
    (missing,) = steps(told())["apmbc.4"]["missing"]
    assert missing["attribute"] == "deadline" and missing["policy"] == "none"
    assert missing["closes"].startswith("No date; Article 4: as soon as possible, at most 4 years")


def test_the_reserve_is_named_as_what_takes_the_duty_away() -> None:
    (gap,) = steps(told())["apmbc.4"]["gaps"]
    assert "us_apl_policy.2022.5 stops short of this; us_apl_policy.2022.5.reserve takes this out" in gap["closes"]
    assert gap["items"] == ["anti_personnel_mine", "victim_activated_improvised_device"]


def test_an_effort_is_a_gap_where_the_treaty_wants_a_duty() -> None:
    step = steps(told("state_text"))["apmbc.4"]
    assert step["status"] == "gap"
    assert "us_apl_policy.2022.5 is best effort only; Article 4 makes it a duty." in [one["closes"] for one in step["missing"]]


def test_where_the_policy_itself_is_not_known_the_step_is_unsettled() -> None:
    step = steps(roadmap("us_apl_policy@2025-12-02", on="2026-01-15"))["apmbc.1.1.c"]
    assert step["status"] == "unsettled"
    assert "No report seen says" in step["gaps"][0]["closes"]


def test_every_step_of_the_convention_says_which_evidence_is_wanted() -> None:
    assert told()["evidence_listed"] is True
    assert [one["clause"] for one in told()["steps"] if not one["evidence"]] == []


def test_evidence_rests_on_words_of_the_treaty_and_on_clauses_that_exist() -> None:
    law = packaged_law()
    for instrument, listed in evidence_wanted().items():
        words = folded(packaged_book().text(listed.text))
        lines = [*(one for lines in listed.clauses.values() for one in lines), *listed.accession]
        assert [one.says for one in lines if not is_quoted(one.says, words)] == []
        assert all(one.citation for one in lines)
        held = {one.id for version in law.instruments[instrument].versions for one in law.variant(version.id).clauses}
        assert set(listed.clauses) <= held
        assert {status for one in listed.accession for status in one.statuses} == {"signatory", "not_party", "withdrawn"}


def test_a_policy_that_asks_for_all_is_covered(tmp_path: Path) -> None:
    text = """\
version: whole@2026-01-01
title: A policy that asks for all
instrument: {instrument_kind: executive_policy, binds: {actors: [USA]}}
in_force: {from: "2026-01-01"}
readings: {as_written: {default: true, says: "As it stands."}}
clauses:
- id: whole.1
  text: {kind: paraphrase, says: "Nothing at all.", citation: "made up"}
  forbid: {act: [use, develop, produce, acquire, stockpile, retain, export, sell, transfer, assist, encourage, induce]}
- id: whole.2
  text: {kind: paraphrase, says: "Everything at once.", citation: "made up"}
  oblige: {do: [destroy, clear, mark, identify, report, legislate], deadline: "at once"}
"""
    (tmp_path / "whole.yaml").write_text(text, encoding="utf-8")
    answer = roadmap("whole", on="2026-06-01", policy=str(tmp_path / "whole.yaml"))
    assert [gap for one in answer["steps"] for gap in one["gaps"]] == []
    assert (answer["counts"]["gap"], answer["counts"]["no_counterpart"]) == (0, 0)
    # A date of one's own is for a reader to compare with the treaty's.
    assert steps(answer)["apmbc.4"]["status"] == "needs_judgement"
    assert "Another date (at once), to be compared" in steps(answer)["apmbc.4"]["missing"][0]["closes"]
    assert steps(answer)["apmbc.9"]["status"] == "covered"
    assert law_with(str(tmp_path / "whole.yaml")).version("whole@2026-01-01").title == "A policy that asks for all"


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [("2005-12-27", "2006-06-01"), ("2011-09-13", "2012-03-01"), ("2014-08-20", "2015-02-01"), ("2001-10-09", "2002-04-01")],
)
def test_a_supposed_deposit_enters_into_force_as_real_ones_did(deposit: str, entry: str) -> None:
    supposed = supposed_consent(TREATIES["APMBC"], "USA", dt.date.fromisoformat(deposit))
    assert supposed.entry.isoformat() == entry


def test_the_supposed_deadlines_are_those_of_a_state_that_did_deposit_that_day() -> None:
    real = deadlines("APMBC", state="OMN", on="2015-02-01")["deadlines"]
    supposed = supposed_consent(TREATIES["APMBC"], "USA", dt.date(2014, 8, 20)).deadlines
    assert {(one["article"], one["due"]) for one in real} == {(one.article, str(one.due)) for one in supposed}


def test_the_path_of_a_state_that_never_signed_is_accession_with_dates_counted_from_the_day_asked() -> None:
    standing = told()["accession"]
    assert (standing["status"], standing["reason"], standing["proviso"]) == ("not_party", "never_consented", "")
    assert standing["acts"][0]["citation"] == "APMBC Art. 15, 16(2), 16(3), 21"
    supposed = standing["supposed"]
    assert (supposed["deposit"], supposed["entry_into_force"]) == (DAY, "2022-12-01")
    assert {one["article"]: one["due"] for one in supposed["deadlines"]} == {
        "4": "2026-12-01",
        "5": "2032-12-01",
        "7.1": "2023-05-30",
        "7.2": "2024-04-30",
    }


def test_a_signatory_ratifies_and_owes_meanwhile_what_article_18_of_the_law_of_treaties_asks() -> None:
    standing = roadmap("us_apl_policy@2022-06-21", on=DAY, state="Marshall Islands")["accession"]
    assert standing["status"] == "signatory" and standing["proviso"].startswith("VCLT Art. 18(a)")
    assert standing["acts"][0]["citation"] == "APMBC Art. 16(1), 16(3), 21"


def test_a_party_has_its_own_deadlines_and_nothing_is_supposed() -> None:
    standing = roadmap("us_apl_policy@2022-06-21", on=DAY, state="UKR")["accession"]
    assert (standing["status"], standing["supposed"], standing["acts"]) == ("party", None, [])
    assert standing["deadlines"] == deadlines("APMBC", state="UKR", on=DAY)["deadlines"]


def test_a_state_that_left_is_told_so() -> None:
    standing = roadmap("us_apl_policy@2022-06-21", on="2026-03-01", state="POL")["accession"]
    assert standing["status"] == "withdrawn" and standing["supposed"]["deposit"] == "2026-03-01"
    assert "does not speak of a return" in standing["acts"][0]["step"]


def test_an_area_without_acts_of_its_own_has_no_known_standing_and_no_supposed_path() -> None:
    standing = roadmap("us_apl_policy@2022-06-21", on=DAY, state="HKG")["accession"]
    assert (standing["status"], standing["supposed"], standing["acts"]) == ("unknown", None, [])
    assert "depends on the state responsible for it" in standing["reason"]


def test_a_day_after_the_last_source_says_so() -> None:
    assert roadmap("us_apl_policy@2025-12-02", on="2030-01-01")["beyond_text_data"] is True
    assert told()["beyond_text_data"] is False
