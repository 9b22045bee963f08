"""A change of the law, over every possible act: what is shown is reproduced by a decision before and after the change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mineaction.policies.law import Law
from mineaction.programme.changed_law import changed_law
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.what_if import what_if
from mineaction.terms.problem import ProblemError

POLICY, DAY = "us_apl_policy@2022-06-21", "2022-06-21"
DEADLINE = """\
clauses:
- id: us_apl_policy.2022.5
  article: "undertaking 5"
  text: {kind: quote, file: statements/002_f35273cdee6493af.txt, says: "Undertake to destroy all APL stockpiles"}
  oblige: {do: [destroy], triggered_by: [stockpile, retain], deadline: "four years"}
- id: us_apl_policy.2022.clear
  article: "undertaking 6"
  text: {kind: paraphrase, says: "Mined areas are cleared.", citation: "made up"}
  oblige: {do: [clear]}
"""
REMOVALS: list[tuple[str, ...]] = [
    ("us_apl_policy.2022.3",),
    ("us_apl_policy.2022.korea",),
    ("us_apl_policy.2022.5.reserve",),
    ("us_apl_policy.2022.2", "us_apl_policy.2022.2.destruction"),
    ("us_apl_policy.2022.4",),
    ("us_apl_policy.2022.both",),
]


def verdict(law: Law, activity: dict[str, Any]) -> str:
    told = decide(law=law, actor="USA", on=DAY, **activity)["findings"]
    return next(str(one["verdict"]) for one in told if one["instrument"] == "us_apl_policy")


def examples(told: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(change["before"], change["after"], one) for change in told["changes"] for one in change["examples"]]


@pytest.mark.parametrize("without", REMOVALS, ids=[" ".join(one) for one in REMOVALS])
def test_every_change_is_reproduced_by_a_decision_before_and_after(without: tuple[str, ...]) -> None:
    told = what_if(POLICY, without=without)
    changed, _ = changed_law(packaged_law(), packaged_law().version(POLICY), without)
    assert told["changes"] and told["removed"] == list(without)
    for before, after, one in examples(told):
        assert (verdict(packaged_law(), one["activity"]), verdict(changed, one["activity"])) == (before, after), one
        assert set(one["clauses_before"]) != set(one["clauses_after"])


def test_counts_add_up_to_the_acts_that_change() -> None:
    for without in REMOVALS:
        told = what_if(POLICY, without=without)
        assert sum(one["cells"] for one in told["changes"]) == told["changed"] < told["cells"]
        for change in told["changes"]:
            assert sum(one["cells"] for one in change["examples"]) == change["cells"]
        assert {one["reading"]: one["changed"] for one in told["readings"]}[told["reading"]] == told["changed"]


def test_without_the_reserve_the_gap_of_article_4_is_closed() -> None:
    told = what_if(POLICY, without=["us_apl_policy.2022.5.reserve"], treaty="apmbc")["alignment"]
    assert {(one["article"], one["before"], one["after"]) for one in told["closed"]} == {
        ("1(2)", "not_addressed", "obliged"),
        ("4", "not_addressed", "obliged"),
    }
    assert told["opened"] == []


def test_without_an_undertaking_gaps_are_opened() -> None:
    told = what_if(POLICY, without=["us_apl_policy.2022.1"], treaty="apmbc")["alignment"]
    assert {one["activity"]["act"] for one in told["opened"]} == {"develop", "produce", "acquire"}
    assert told["closed"] == [] and {one["after"] for one in told["opened"]} == {"not_addressed"}


REFERRING: list[tuple[str, str, str]] = [
    (POLICY, "us_apl_policy.2022.4", "apmbc"),
    (POLICY, "us_apl_policy.2022.4", "ccm"),
    (POLICY, "us_apl_policy.2022.3", "ccw_apii"),
    ("cook_islands_apm_act", "cook_islands_apm_act.3.2", "apmbc"),
    ("cook_islands_apm_act", "cook_islands_apm_act.8.a", "apmbc"),
    ("cook_islands_apm_act", "cook_islands_apm_act.3.1.a", "ccm"),
    ("canada_apmc_act", "canada_apmc_act.6.3.d", "apmbc"),
    ("canada_apmc_act", "canada_apmc_act.9", "apmbc"),
]


@pytest.mark.parametrize(("name", "without", "treaty"), REFERRING, ids=[" ".join(one) for one in REFERRING])
def test_a_gap_closed_or_opened_is_reproduced_by_decisions_before_and_after(name: str, without: str, treaty: str) -> None:
    law = packaged_law()
    instrument = law.instruments[name.partition("@")[0]]
    version = law.version(name) if "@" in name else instrument.versions[-1]
    changed, _ = changed_law(law, version, [without])
    told = what_if(name, without=[without], treaty=treaty)["alignment"]
    words = {"actor": instrument.binds_actors[0], "on": max(version.in_force_from, "2010-08-01")}
    for gap in [*told["closed"], *told["opened"]]:
        before, after = (
            {one["instrument"]: one for one in decide(law=held, **words, **gap["activity"])["findings"]} for held in (law, changed)
        )
        said = before[instrument.id]["verdict"], after[instrument.id]["verdict"]
        assert (*said, before[treaty].get("if_bound", before[treaty]["verdict"])) == (gap["before"], gap["after"], gap["treaty"]), gap
        assert gap["activity"].get("actor_kind", "state") == "state"


def test_without_its_rule_on_help_the_act_of_the_cook_islands_opens_the_gap_of_article_1_1_c() -> None:
    told = what_if("cook_islands_apm_act", without=["cook_islands_apm_act.3.2"], treaty="apmbc")["alignment"]
    assert {(one["article"], one["after"], one["treaty"]) for one in told["opened"]} == {("1(1)(c)", "not_addressed", "prohibited")}
    assert {one["activity"]["act"] for one in told["opened"]} == {"assist", "encourage", "induce"}


def test_a_treaty_that_is_itself_changed_is_held_against_what_it_was() -> None:
    told = what_if("apmbc", without=["apmbc.1.1.a"], treaty="apmbc")["alignment"]
    assert {(one["article"], one["after"], one["treaty"]) for one in told["opened"]} == {("1(1)(a)", "not_addressed", "prohibited")}


def test_a_clause_replaced_and_a_clause_added_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "change.yaml").write_text(DEADLINE, encoding="utf-8")
    told = what_if(POLICY, with_file=str(tmp_path / "change.yaml"), treaty="apmbc")
    assert (told["replaced"], told["added"]) == (["us_apl_policy.2022.5"], ["us_apl_policy.2022.clear"])
    deadline = {"clause": "us_apl_policy.2022.5", "attribute": "deadline", "before": "", "after": "four years"}
    assert deadline in told["attributes"]
    assert {(one["before"], one["after"]) for one in told["changes"]} == {("not_addressed", "obliged")}
    assert {one["article"] for one in told["alignment"]["closed"]} == {"5(1)"}
    assert {"article": "5(1)", "attribute": "duty", "clause": "apmbc.5.1", "treaty": "clear", "policy": "no counterpart"} in told[
        "alignment"
    ]["attributes_closed"]


def test_a_change_of_an_earlier_version_reaches_the_one_that_continues_it() -> None:
    told = what_if("us_apl_policy@2020-01-31", without=["us_apl_policy.2020.use"])
    assert {"version": POLICY, "how": "continues"} in told["also_affects"]
    changed, _ = changed_law(packaged_law(), packaged_law().version("us_apl_policy@2020-01-31"), ["us_apl_policy.2020.use"])
    facts = {"act": "use", "item": "apl-non-persistent", "place": "korean_peninsula"}
    assert (verdict(packaged_law(), facts), verdict(changed, facts)) == ("permitted", "not_addressed")


def test_who_refers_to_what_was_changed_is_named() -> None:
    assert {"version": POLICY, "how": "refers_to"} in what_if("apmbc", without=["apmbc.3.1"])["also_affects"]
    assert {"version": "apmbc@1999-03-01", "how": "refers_to"} in what_if("apmbc", without=["apmbc.3.1"])["also_affects"]


OPEN_END = """\
version: open@2026-01-01
title: Nobody knows whether it still stands
instrument: {instrument_kind: executive_policy, binds: {actors: [CHE]}}
in_force: {from: "2026-01-01", to: unknown, certain_until: "2027-01-01"}
readings: {as_written: {default: true, says: "As it stands."}}
clauses:
- {id: open.1, text: {kind: paraphrase, says: "No use.", citation: "made up"}, forbid: {act: [use]}}
- {id: open.2, text: {kind: paraphrase, says: "No production.", citation: "made up"}, forbid: {act: [produce]}}
"""


def test_what_nobody_knows_of_the_end_of_a_version_stays_unknown_when_it_is_changed(tmp_path: Path) -> None:
    (tmp_path / "open.yaml").write_text(OPEN_END, encoding="utf-8")
    for version, before in (("open@2026-01-01", "prohibited"), ("open@2027-01-01", "undetermined")):
        told = what_if(version, without=["open.1"], policy=str(tmp_path / "open.yaml"))
        assert [(one["before"], one["after"]) for one in told["changes"]] == [(before, "not_addressed")]
        assert {one["activity"]["act"] for change in told["changes"] for one in change["examples"]} == {"use"}


def test_the_law_itself_stays_as_it_is() -> None:
    before = packaged_law().variant(POLICY)
    what_if(POLICY, without=["us_apl_policy.2022.2"])
    assert packaged_law().variant(POLICY) is before
    assert "defeats" in next(one for one in packaged_law().version(POLICY).raw["clauses"] if one["id"] == "us_apl_policy.2022.2.activities")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({}, "nothing_changed"),
    ({"without": ["us_apl_policy.2022.9"]}, "clause_id_unknown"),
    ({"without": ["us_apl_policy.2020.use"]}, "clause_continued"),
    ({"without": ["us_apl_policy.2022.1"], "reading": "hrw_2004"}, "reading_unknown"),
    ({"without": ["us_apl_policy.2022.1"], "treaty": "npt"}, "instrument_unknown"),
    ({"with_file": "not_there.yaml"}, "file_missing"),
]


@pytest.mark.parametrize(("options", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_a_change_that_cannot_be_made_is_refused(options: dict[str, Any], code: str) -> None:
    with pytest.raises(ProblemError) as refused:
        what_if(POLICY, **options)
    assert [one.code for one in refused.value.problems] == [code]


WRONG: list[tuple[str, str]] = [
    (DEADLINE.replace("[clear]", "[clean]"), "unknown_word"),
    (DEADLINE.replace("Undertake to destroy all", "Undertake to keep all"), "quote_not_found"),
    (DEADLINE.replace("us_apl_policy.2022.clear", "us_apl_policy.2022.5"), "clause_id_duplicate"),
    (DEADLINE.replace("clauses:", "rules:"), "yaml_key_unknown"),
    (DEADLINE + "  defeats: [us_apl_policy.2022.99]\n", "clause_id_unknown"),
]


@pytest.mark.parametrize(("text", "code"), WRONG, ids=[code for _, code in WRONG])
def test_a_wrong_clause_in_the_file_is_a_problem_of_the_file(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "change.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as refused:
        what_if(POLICY, with_file=str(path))
    assert code in [one.code for one in refused.value.problems]
    assert all(one.place.startswith(str(path)) for one in refused.value.problems)
