"""A policy whose clauses have dates of their own, that goes on with clauses of an earlier one, or that may have ended: asked day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with
from mineaction.terms.problem import ProblemError

POLICY = """
version: dated_policy@2020-01-01
title: A policy with dated clauses
instrument: {instrument_kind: executive_policy, binds: {actors: [FRA]}}
in_force: {from: "2020-01-01", to: ""}
readings:
  only: {default: true, says: "As it stands."}
clauses:
- id: dated.use
  text: {kind: paraphrase, says: "No use.", citation: "made up"}
  forbid: {act: [use]}
- id: dated.use.peninsula
  until: "2022-01-01"
  text: {kind: paraphrase, says: "Use on the peninsula until the end of 2021.", citation: "made up"}
  permit: {act: [use], place: [korean_peninsula]}
  defeats: [dated.use]
- id: dated.clear
  from: "2024-01-01"
  text: {kind: paraphrase, says: "Clear.", citation: "made up"}
  oblige: {do: [clear], triggered_by: [identify], deadline: ""}
"""
UNKNOWN_END = ('to: ""', 'to: unknown, certain_until: "2023-06-01"')
CARRIED = ("clauses:\n", "continues:\n- {version: us_apl_policy@2022-06-21, clauses: [us_apl_policy.2022.1]}\nclauses:\n")


def written(folder: Path, *changes: tuple[str, str]) -> str:
    text = POLICY
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path = folder / "dated.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def told(policy: str, on: str, **facts: Any) -> dict[str, Any]:
    findings = decide(law=law_with(policy), actor="FRA", on=on, item="apl", **facts)["findings"]
    return next(one for one in findings if one["instrument"] == "dated_policy")


@pytest.mark.parametrize(
    ("on", "place", "verdict", "version"),
    [
        ("2019-12-31", "KOR", "not_in_force", ""),
        ("2020-01-01", "KOR", "permitted", "dated_policy@2020-01-01"),
        ("2021-12-31", "KOR", "permitted", "dated_policy@2020-01-01"),
        ("2022-01-01", "KOR", "prohibited", "dated_policy@2022-01-01"),
        ("2022-01-01", "UKR", "prohibited", "dated_policy@2022-01-01"),
        ("2024-01-01", "KOR", "prohibited", "dated_policy@2024-01-01"),
    ],
)
def test_a_clause_holds_from_its_first_day_until_the_day_it_ends(tmp_path: Path, on: str, place: str, verdict: str, version: str) -> None:
    finding = told(written(tmp_path), on, act="use", place=place)
    assert (finding["verdict"], finding["version"]) == (verdict, version)


def test_a_duty_that_begins_later_is_no_duty_before(tmp_path: Path) -> None:
    policy = written(tmp_path)
    assert [told(policy, on, act="clear")["verdict"] for on in ("2023-12-31", "2024-01-01")] == ["not_addressed", "obliged"]
    assert [one["id"] for one in told(policy, "2024-01-01", act="identify")["duties"]] == ["dated.clear"]


def test_who_does_not_give_the_day_is_told_that_it_matters(tmp_path: Path) -> None:
    finding = told(written(tmp_path), "unknown", act="use", place="KOR")
    assert finding["verdict"] == "undetermined"
    assert {"permitted", "prohibited"} <= set(finding["possible"])
    assert finding["missing"] == [["on"]]


def test_what_a_version_decided_is_unsettled_once_it_may_have_ended(tmp_path: Path) -> None:
    policy = written(tmp_path, UNKNOWN_END)
    assert told(policy, "2023-05-31", act="use", place="UKR")["verdict"] == "prohibited"
    after = told(policy, "2023-06-01", act="use", place="UKR")
    assert (after["verdict"], after["missing"]) == ("undetermined", [])
    assert [one["clause"] for one in after["missing_law"]] == ["dated.use"]
    assert "may have ended" in after["missing_law"][0]["why"]
    assert told(policy, "2030-01-01", act="clear")["verdict"] == "undetermined", "a duty that may have ended is no duty"
    assert told(policy, "2030-01-01", act="export")["verdict"] == "not_addressed", "what it never spoke of it does not leave open"


def test_a_clause_of_an_earlier_version_goes_on_where_it_is_named(tmp_path: Path) -> None:
    policy = written(tmp_path, CARRIED)
    assert told(policy, "2026-01-01", act="produce")["verdict"] == "prohibited"
    assert [one["id"] for one in told(policy, "2026-01-01", act="produce")["clauses"]] == ["us_apl_policy.2022.1"]
    assert told(policy, "2026-01-01", act="export", purpose="defence")["verdict"] == "not_addressed", "what is not named ended"


def test_an_exception_may_beat_a_clause_that_is_carried_on(tmp_path: Path) -> None:
    exception = """- id: dated.make
  text: {kind: paraphrase, says: "Development is open.", citation: "made up"}
  permit: {act: [develop]}
  defeats: [us_apl_policy.2022.1]
"""
    policy = written(tmp_path, CARRIED, ("- id: dated.clear\n", f"{exception}- id: dated.clear\n"))
    assert [told(policy, "2026-01-01", act=act)["verdict"] for act in ("develop", "produce")] == ["permitted", "prohibited"]


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ([('until: "2022-01-01"', 'until: "2019-01-01"')], "fact_dates_reversed", "clause dated.use.peninsula"),
        ([('until: "2022-01-01"', 'until: "2022-02-30"')], "impossible_date", "clause dated.use.peninsula: until"),
        ([('until: "2022-01-01"', 'until: "2022-01-01"\n  from: "2022-06-01"')], "fact_dates_reversed", "clause dated.use.peninsula"),
        ([('to: ""', 'to: "2023-01-01"')], "yaml_value_wrong", "clause dated.clear: from"),
        ([('to: ""', "to: unknown")], "yaml_key_missing", "in_force"),
        ([('to: ""', 'to: unknown, certain_until: "2019-01-01"')], "fact_dates_reversed", "in_force"),
        ([('to: ""', 'to: "", certain_until: "2021-01-01"')], "yaml_value_wrong", "in_force: certain_until"),
        ([('to: ""', 'to: "", own_end: "2025-01-01"')], "yaml_value_wrong", "in_force: own_end"),
        ([('to: ""', 'to: "2025-01-01", own_end: "2024-12-31"')], "yaml_value_wrong", "in_force: own_end"),
        ([("actors: [FRA]", "actors: [FRA], counterparties: [Poland]")], "unknown_code", "instrument: binds: counterparties"),
        ([CARRIED, ("us_apl_policy@2022-06-21", "us_apl_policy@2022-06-22")], "instrument_unknown", "continues 1"),
        ([CARRIED, ("us_apl_policy@2022-06-21", "dated_policy@2020-01-01")], "version_cycle", "continues 1"),
        ([CARRIED, ("[us_apl_policy.2022.1]", "[us_apl_policy.2022.99]")], "clause_id_unknown", "continues 1"),
        ([CARRIED, ("id: dated.use\n", "id: us_apl_policy.2022.1\n")], "clause_id_unknown", "clause dated.use.peninsula"),
        ([("actors: [FRA]", "actors: [FRA], actor_kinds: [ghost]")], "unknown_word", "instrument: binds: actor_kinds"),
    ],
)
def test_dates_and_references_that_cannot_be_are_refused(tmp_path: Path, changes: list[tuple[str, str]], code: str, place: str) -> None:
    policy = written(tmp_path, *changes)
    with pytest.raises(ProblemError) as refused:
        law_with(policy)
    assert (code, f"{policy}: {place}") in [(one.code, one.place) for one in refused.value.problems]


def test_an_act_of_parliament_binds_the_persons_it_names_and_asks_who_acts(tmp_path: Path) -> None:
    policy = written(tmp_path, ("actors: [FRA]", "actors: [FRA], actor_kinds: [person_under_jurisdiction]"))
    asked = {"act": "use", "place": "UKR"}
    assert told(policy, "2025-01-01", actor_kind="person_under_jurisdiction", **asked)["verdict"] == "prohibited"
    assert told(policy, "2025-01-01", actor_kind="state", **asked)["reason"] == "another_kind_of_actor"
    assert told(policy, "2025-01-01", **asked)["missing"] == [["actor_kind"]]


def test_an_instrument_that_names_the_other_side_says_nothing_of_another(tmp_path: Path) -> None:
    policy = written(
        tmp_path, ("actors: [FRA]", "actors: [FRA], counterparties: [POL, DEU]"), ('to: ""', 'to: "2025-01-01", own_end: "2026-01-01"')
    )
    asked = {"act": "use", "place": "UKR"}
    assert [told(policy, "2023-01-01", **asked, counterparty=one)["verdict"] for one in ("POL", "DEU")] == ["prohibited"] * 2
    assert told(policy, "2023-01-01", **asked, counterparty="UKR")["verdict"] == "not_addressed"
    open_side = told(policy, "2023-01-01", **asked)
    assert (open_side["missing"], open_side["possible"]) == ([["counterparty"]], ["not_addressed", "prohibited"])
    assert told(policy, "2023-01-01", act="export")["missing"] == [], "of what is not addressed nothing is missing"


def test_an_armed_group_is_bound_by_the_treaty_of_the_territory_where_the_instrument_says_so(tmp_path: Path) -> None:
    policy = written(tmp_path, ("actors: [FRA]", "parties_to: APMBC, actor_kinds: [state, armed_group]"))
    law = law_with(policy)

    def asked(on: str, **facts: str) -> dict[str, Any]:
        found = decide(law=law, act="use", item="apl", actor_kind="armed_group", on=on, **facts)["findings"]
        return next(one for one in found if one["instrument"] == "dated_policy")

    assert asked("2025-01-01", place="COL")["verdict"] == "prohibited"
    assert any("territory of COL" in one for one in asked("2025-01-01", place="COL")["provisos"])
    assert (asked("2025-01-01", place="SYR")["verdict"], asked("2025-01-01", place="SYR")["reason"]) == ("not_bound", "never_consented")
    assert asked("2025-01-01")["missing"] == [["place"]]
