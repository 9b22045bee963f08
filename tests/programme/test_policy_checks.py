"""Each kind of finding, planted in a policy of one's own: it is found, alone, with the smallest act, and `decide` reproduces it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mineaction.cli import main
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with
from mineaction.programme.policy_checks import check_policies

CLEAN = """\
version: planted@2026-01-01
title: A policy with something planted
instrument:
  instrument_kind: executive_policy
  binds: {actors: [CHE]}
in_force: {from: "2026-01-01"}
scope: {item: [anti_personnel_mine], initiation: [victim]}
readings:
  as_written: {default: true, says: "The text as it stands."}
  strict: {says: "Training is for detection techniques only."}
clauses:
- id: planted.1
  article: "1"
  text: {kind: paraphrase, says: "No use, no transfer.", citation: "made up"}
  forbid: {act: [use, transfer]}
- id: planted.2
  article: "2"
  text: {kind: paraphrase, says: "Except for training.", citation: "made up"}
  permit: {act: [transfer], purpose: [technique_training_or_development]}
  defeats: [planted.1]
  readings:
    strict: {omit: true}
"""
TEXT = 'text: {kind: paraphrase, says: "Made up.", citation: "made up"}'
PLANTED: dict[str, tuple[str, dict[str, Any]]] = {
    "conflict": (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  permit: {{act: [use], purpose: [defence]}}\n',
        {"clauses": ["planted.1", "planted.3"], "activity": {"act": "use", "purpose": "defence"}, "verdict": "conflict"},
    ),
    "gap": (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  except: {{act: [use], place: [korean_peninsula]}}\n  suspends: [planted.1]\n',
        {"clauses": ["planted.1"], "activity": {"act": "use", "place": "korean_peninsula"}, "verdict": "not_addressed"},
    ),
    "unreachable": (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  permit: {{act: [produce]}}\n'
        f'- id: planted.4\n  article: "4"\n  {TEXT}\n  forbid: {{act: [produce]}}\n  defeats: [planted.3]\n',
        {"clauses": ["planted.3"]},
    ),
    "redundant": (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  forbid: {{act: [use], place: [korean_peninsula]}}\n',
        {"clauses": ["planted.3"]},
    ),
}


def written(folder: Path, text: str) -> str:
    (folder / "planted.yaml").write_text(text, encoding="utf-8")
    return str(folder / "planted.yaml")


def findings(path: str) -> list[dict[str, Any]]:
    (checked,) = check_policies(policy=path)["checked"]
    return list(checked["findings"])


def test_a_policy_with_nothing_wrong_is_clean(tmp_path: Path) -> None:
    told = check_policies(policy=written(tmp_path, CLEAN))
    assert (told["defects"], told["of_the_text"]) == (0, 0)
    assert "stockpile" in told["checked"][0]["silent_acts"] and "use" not in told["checked"][0]["silent_acts"]


@pytest.mark.parametrize("kind", PLANTED)
def test_what_was_planted_is_found_and_nothing_else(kind: str, tmp_path: Path) -> None:
    more, expected = PLANTED[kind]
    (finding,) = findings(written(tmp_path, CLEAN + more))
    assert (finding["finding"], finding["severity"], finding["clauses"]) == (kind, "defect", expected["clauses"])
    assert finding["readings"] == ["as_written", "strict"]
    assert finding["activity"].items() >= expected.get("activity", {}).items()


@pytest.mark.parametrize("kind", [kind for kind in PLANTED if "verdict" in PLANTED[kind][1]])
def test_the_act_shown_is_reproduced_by_a_decision_which_needs_what_was_planted(kind: str, tmp_path: Path) -> None:
    more, expected = PLANTED[kind]
    path = written(tmp_path, CLEAN + more)
    (finding,) = findings(path)

    def verdict(facts: dict[str, Any]) -> str:
        told = decide(law=law_with(path), actor="CHE", on="2026-06-01", **facts)["findings"]
        return next(str(one["verdict"]) for one in told if one["instrument"] == "planted")

    assert verdict(finding["activity"]) == expected["verdict"]
    for left_out in expected["activity"]:
        fewer = {name: value for name, value in finding["activity"].items() if name != left_out}
        assert verdict(fewer) == "undetermined", left_out


def test_a_clause_that_contradicts_its_scope_is_unreachable(tmp_path: Path) -> None:
    more = f'- id: planted.3\n  article: "3"\n  {TEXT}\n  forbid: {{act: [use], item: [booby_trap]}}\n'
    (finding,) = findings(written(tmp_path, CLEAN + more))
    assert (finding["finding"], finding["clauses"]) == ("unreachable", ["planted.3"])


def test_a_reading_that_changes_nothing_is_found(tmp_path: Path) -> None:
    text = CLEAN.replace("clauses:\n", '  idle: {says: "Nothing follows."}\nclauses:\n', 1)
    (finding,) = findings(written(tmp_path, text))
    assert (finding["finding"], finding["readings"], finding["severity"]) == ("reading_without_effect", ["idle"], "defect")


def test_a_clause_that_only_some_readings_leave_without_effect_is_of_the_text(tmp_path: Path) -> None:
    more = (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  forbid: {{act: [use], place: [korean_peninsula]}}\n'
        "  readings:\n    strict: {forbid: {act: [produce]}}\n"
    )
    (finding,) = findings(written(tmp_path, CLEAN + more))
    assert (finding["finding"], finding["severity"], finding["readings"]) == ("redundant", "of_the_text", ["as_written"])
    assert finding["reason"] == "It has an effect under strict."


def test_a_clause_that_only_some_days_leave_without_effect_is_of_the_text(tmp_path: Path) -> None:
    more = (
        f'- id: planted.3\n  article: "3"\n  {TEXT}\n  forbid: {{act: [use], place: [korean_peninsula]}}\n'
        f'- id: planted.4\n  article: "4"\n  {TEXT}\n  until: "2027-01-01"\n  except: {{act: [use]}}\n  suspends: [planted.1]\n'
    )
    told = check_policies(policy=written(tmp_path, CLEAN + more))["checked"]
    assert [one["version"] for one in told] == ["planted@2026-01-01", "planted@2027-01-01"]
    (finding,) = told[1]["findings"]
    assert (finding["finding"], finding["severity"], finding["clauses"]) == ("redundant", "of_the_text", ["planted.3"])
    assert finding["reason"] == "It has an effect under planted@2026-01-01."


def test_a_text_that_may_have_ended_has_no_defect_on_that_account(tmp_path: Path) -> None:
    text = CLEAN.replace('in_force: {from: "2026-01-01"}', 'in_force: {from: "2026-01-01", to: unknown, certain_until: "2027-01-01"}')
    told = check_policies(policy=written(tmp_path, text))
    assert [one["version"] for one in told["checked"]] == ["planted@2026-01-01", "planted@2027-01-01"]
    assert told["defects"] == 0
    assert {one["reason"] for one in told["checked"][1]["findings"]} == {"It has an effect under planted@2026-01-01."}


def test_a_version_that_is_too_large_is_a_finding_and_its_fields_are_named(tmp_path: Path) -> None:
    more = f'- id: planted.3\n  article: "3"\n  {TEXT}\n  scope: none\n  forbid:\n'
    for act, fields in (
        ("develop", "purpose item initiation persistence delivery place"),
        ("produce", "from_place counterparty situation"),
        ("acquire", "context stock_origin actor_kind is_detectable is_marked_and_monitored"),
    ):
        values = {
            "purpose": "defence",
            "item": "other",
            "initiation": "both",
            "persistence": "persistent",
            "delivery": "remote",
            "situation": "peace",
            "stock_origin": "acquired_later",
            "actor_kind": "state",
            "is_detectable": '"yes"',
            "is_marked_and_monitored": '"yes"',
            "counterparty": "none",
        }
        listed = ", ".join(f"{name}: [{values.get(name, 'korean_peninsula')}]" for name in fields.split())
        more += f"  - {{act: [{act}], {listed}}}\n"
    (finding,) = findings(written(tmp_path, CLEAN + more))
    assert finding["finding"] == "table_too_large" and finding["cells"] > 1_300_000
    assert {"purpose", "stock_origin", "counterparty"} <= set(finding["acts"])


ACCEPTED = "accepted:\n- finding: gap\n  acts: [use]\n  reason: The Peninsula is left out on purpose.\n"


def test_a_finding_that_the_file_accepts_is_of_the_text_with_its_reason(tmp_path: Path) -> None:
    (finding,) = findings(written(tmp_path, CLEAN + PLANTED["gap"][0] + ACCEPTED))
    assert (finding["severity"], finding["reason"]) == ("of_the_text", "The Peninsula is left out on purpose.")


@pytest.mark.parametrize("narrower", ["acts: [transfer]", "clauses: [planted.2]", "readings: [as_written]"])
def test_an_entry_that_speaks_of_something_else_accepts_nothing_and_is_a_finding_itself(narrower: str, tmp_path: Path) -> None:
    found = findings(written(tmp_path, CLEAN + PLANTED["gap"][0] + ACCEPTED.replace("acts: [use]", narrower)))
    assert [(one["finding"], one["severity"]) for one in found] == [("accepted_without_finding", "defect"), ("gap", "defect")]


def test_exit_codes_say_whether_there_is_a_defect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-policies", "--policy", written(tmp_path, CLEAN)]) == 0
    assert main(["check-policies", "--policy", written(tmp_path, CLEAN + PLANTED["gap"][0])]) == 1
    assert main(["check-policies", "--policy", written(tmp_path, CLEAN + PLANTED["gap"][0] + ACCEPTED)]) == 0
    assert "The Peninsula is left out on purpose." in capsys.readouterr().out
    assert main(["check-policies", "nothing_of_that_name"]) == 3
    assert "instrument_unknown" in capsys.readouterr().err


def test_an_instrument_stands_for_its_versions_and_a_version_for_itself() -> None:
    versions = {one["version"] for one in check_policies("us_apl_policy")["checked"]}
    assert {"us_apl_policy@2022-06-21", "us_apl_policy@2025-12-02"} <= versions
    assert [one["version"] for one in check_policies("apmbc@1999-03-01")["checked"]] == ["apmbc@1999-03-01"]


def test_the_gaps_of_the_policy_of_2022_are_the_known_ones() -> None:
    (checked,) = check_policies("us_apl_policy@2022-06-21")["checked"]
    shown = [(one["acts"], one["activity"]) for one in checked["findings"] if one["finding"] == "gap"]
    assert any("assist" in acts and activity.get("context") == "korean_peninsula" for acts, activity in shown)
    assert any(acts == ["destroy"] and activity.get("purpose") == "defence" for acts, activity in shown)
