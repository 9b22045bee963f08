"""The policy of 2022 against the Ottawa Convention: every gap is real, smallest, and the gaps that are known of are there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mineaction.policies.law import Law
from mineaction.programme.comparison import compare
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with
from mineaction.terms.problem import ProblemError

POLICY, TREATY, DAY = "us_apl_policy@2022-06-21", "apmbc", "2022-06-21"
DEFAULT = packaged_law().version(POLICY).default_reading
READINGS = [one.name for one in packaged_law().version(POLICY).readings]
TREATY_READINGS = [one.name for one in packaged_law().version("apmbc@1999-03-01").readings]
Example = dict[str, Any]


@cache
def told(reading: str) -> dict[str, Any]:
    return compare(POLICY, TREATY, reading=reading)


def verdicts(activity: dict[str, Any], reading: str) -> tuple[str, str]:
    """What `decide` says for the United States on the day: under its policy, and under the Convention if it bound the United States."""
    findings = {one["instrument"]: one for one in decide(**activity, actor="USA", on=DAY, reading=reading)["findings"]}
    assert findings["apmbc"]["verdict"] == "not_bound"
    return findings["us_apl_policy"]["verdict"], findings["apmbc"]["if_bound"]


def gaps(reading: str) -> list[tuple[str, Example]]:
    return [(one["article"], gap) for one in told(reading)["articles"] for gap in one["gaps"]]


@pytest.mark.parametrize("reading", [*READINGS, *TREATY_READINGS])
def test_every_gap_is_reproduced_by_a_decision(reading: str) -> None:
    found = gaps(reading)
    assert found
    for article, gap in found:
        assert verdicts(gap["activity"], reading) == (gap["policy"], gap["treaty"]), (article, gap)


@pytest.mark.parametrize("reading", [*READINGS, *TREATY_READINGS])
def test_everything_stricter_is_reproduced_by_a_decision(reading: str) -> None:
    for example in told(reading)["stricter"]:
        assert verdicts(example["activity"], reading) == (example["policy"], example["treaty"]), example


def without_one_fact(activity: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in activity.items() if name != left_out} for left_out in activity]


@pytest.mark.parametrize("reading", [DEFAULT, "state_text", "wide_korea", "context_is_person", "movement_alone"])
def test_no_fact_of_an_example_can_be_left_out(reading: str) -> None:
    seen: list[dict[str, Any]] = []
    for _, gap in gaps(reading):
        if gap["activity"] in seen:
            continue
        seen.append(gap["activity"])
        for fewer in without_one_fact(gap["activity"]):
            assert "undetermined" in verdicts(fewer, reading), (gap["activity"], fewer)


@pytest.mark.parametrize("reading", READINGS)
def test_every_clause_that_a_gap_names_is_a_clause_of_one_of_the_two(reading: str) -> None:
    law = packaged_law()
    ids = {
        one.id for version in (POLICY, "apmbc@1999-03-01") for one in law.variant(version, reading if "@2022" in version else "").clauses
    }
    assert all(set(gap["clauses"]) <= ids for _, gap in gaps(reading))


def test_counts_add_up() -> None:
    for reading in READINGS:
        for one in told(reading)["articles"]:
            assert one["cells"] - one["covered"] == sum(gap["cells"] for gap in one["gaps"]), (reading, one["article"])


def shows(article: str, policy: str, treaty: str, reading: str = DEFAULT, **facts: str) -> bool:
    """Whether the article has a gap in which these facts stand, or on which they do not bear."""
    return any(
        (gap["policy"], gap["treaty"]) == (policy, treaty)
        and all(gap["activity"].get(name, value) == value for name, value in facts.items())
        for which, gap in gaps(reading)
        if which == article
    )


KNOWN_GAPS: list[tuple[str, str, str, str, dict[str, str]]] = [
    ("use of mines that are not persistent in Korea", "1(1)(a)", "permitted", "prohibited", {"act": "use", "place": "korean_peninsula"}),
    ("assistance in the context of Korea", "1(1)(c)", "not_addressed", "prohibited", {"act": "assist", "context": "korean_peninsula"}),
    (
        "encouragement in the context of Korea",
        "1(1)(c)",
        "not_addressed",
        "prohibited",
        {"act": "encourage", "context": "korean_peninsula"},
    ),
    ("inducement in the context of Korea", "1(1)(c)", "not_addressed", "prohibited", {"act": "induce", "context": "korean_peninsula"}),
    ("the reserve for Korea", "4", "not_addressed", "obliged", {"act": "destroy", "purpose": "defence", "context": "korean_peninsula"}),
    ("stockpiling beyond Article 3", "1(1)(b)", "not_addressed", "prohibited", {"act": "stockpile", "purpose": "defence"}),
    ("retention beyond Article 3", "1(1)(b)", "not_addressed", "prohibited", {"act": "retain", "purpose": "defence"}),
    ("transfer for operational detection", "1(1)(b)", "permitted", "prohibited", {"act": "transfer", "purpose": "detection"}),
    ("export for operational detection", "1(1)(b)", "permitted", "prohibited", {"act": "export", "purpose": "detection"}),
    ("no duty to clear", "5(1)", "not_addressed", "obliged", {"act": "clear"}),
    ("no duty to identify", "5(2)", "not_addressed", "obliged", {"act": "identify"}),
    ("no duty to mark", "5(2)", "not_addressed", "obliged", {"act": "mark"}),
    ("no duty of an initial report", "7(1)", "not_addressed", "obliged", {"act": "report"}),
    ("no duty of annual reports", "7(2)", "not_addressed", "obliged", {"act": "report"}),
    ("no duty to legislate", "9", "not_addressed", "obliged", {"act": "legislate"}),
]


@pytest.mark.parametrize(("article", "policy", "treaty", "facts"), [pytest.param(*rest, id=name) for name, *rest in KNOWN_GAPS])
def test_the_policy_of_2022_leaves_this_gap(article: str, policy: str, treaty: str, facts: dict[str, str]) -> None:
    assert shows(article, policy, treaty, **facts)


def test_operational_removal_is_the_same_gap_as_detection_and_is_counted_in_it() -> None:
    wider = [gap["activity"] | {"of": gap["policy"]} for which, gap in gaps(DEFAULT) if which == "1(1)(b)"]
    asked = {"act": "transfer", "item": "anti_personnel_mine", "of": "permitted"}
    (gap,) = [{"activity": {name: one[name] for name in one if name != "of"}} for one in wider if asked.items() <= one.items()]
    removal = gap["activity"] | {"purpose": "removal"}
    assert verdicts(removal, DEFAULT) == ("permitted", "prohibited")


def attributes(article: str, reading: str = DEFAULT) -> list[dict[str, str]]:
    (found,) = [one["attributes"] for one in told(reading)["articles"] if one["article"] == article]
    return list(found)


def test_the_policy_has_no_date_for_destroying_stocks() -> None:
    (deadline,) = [one for one in attributes("4") if one["attribute"] == "deadline"]
    assert "at most 4 years" in deadline["treaty"] and deadline["policy"] == "none"


def test_the_policy_names_no_minimum_number() -> None:
    (proviso,) = [one for one in attributes("3(1)") if one["attribute"] == "proviso"]
    assert "minimum number" in proviso["treaty"] and "no number is named" in proviso["policy"]


def test_article_6_has_no_counterpart() -> None:
    for article in ("6(3)", "6(4)", "6(5)"):
        assert [one["policy"] for one in attributes(article) if one["attribute"] == "text"] == ["no counterpart"]


def test_the_acts_that_the_policy_covers_are_covered() -> None:
    by_article = {one["article"]: one for one in told(DEFAULT)["articles"]}
    for act in ("develop", "produce", "acquire"):
        assert not shows("1(1)(b)", "not_addressed", "prohibited", act=act)
    assert by_article["1(1)(a)"]["covered"] > 0 and by_article["1(1)(c)"]["covered"] > 0


def test_the_state_department_text_has_no_duty_to_destroy_at_all() -> None:
    assert shows("4", "not_addressed", "obliged", "state_text", act="destroy", purpose="other")
    assert not shows("4", "not_addressed", "obliged", act="destroy", purpose="other")
    assert {one["policy"] for one in attributes("4", "state_text") if one["attribute"] == "force"} == {"best_effort"}


def test_under_the_cumulative_reading_the_transfer_exception_is_no_longer_wider() -> None:
    assert not shows("1(1)(b)", "permitted", "prohibited", "cumulative_exception", act="transfer")
    assert shows("1(1)(b)", "permitted", "prohibited", act="transfer")


def test_under_the_wider_reading_production_in_korea_is_a_gap() -> None:
    assert shows("1(1)(b)", "permitted", "prohibited", "wide_korea", act="produce", place="korean_peninsula")


def test_the_policy_is_stricter_where_it_acquires_nothing_for_training() -> None:
    assert ("acquire", "permitted") in [(one["activity"]["act"], one["treaty"]) for one in told(DEFAULT)["stricter"]]
    training = {"act": "acquire", "item": "apl", "purpose": "training"}
    assert verdicts(training, DEFAULT) == ("prohibited", "permitted")


# --- the readings of one version against each other


@pytest.mark.parametrize("reading", [one for one in READINGS if one != DEFAULT])
def test_every_change_that_a_reading_makes_is_reproduced_by_a_decision(reading: str) -> None:
    (row,) = [one for one in told(DEFAULT)["readings"] if one["reading"] == reading]
    assert row["cells"] == sum(one["cells"] for one in row["changes"])
    assert row["changes"] or row["attributes"]
    for change in row["changes"]:
        assert verdicts(change["activity"], DEFAULT)[0] == change["default"], change
        assert verdicts(change["activity"], reading)[0] == change["reading"], change


def test_the_reading_that_governs_both_changes_a_proviso_and_no_verdict() -> None:
    (row,) = [one for one in told(DEFAULT)["readings"] if one["reading"] == "necessary_governs_both"]
    assert (row["cells"], [(one["clause"], one["attribute"]) for one in row["attributes"]]) == (
        0,
        [("us_apl_policy.2022.2.destruction", "proviso")],
    )


def test_the_two_texts_part_on_detection_on_techniques_and_on_the_duty_to_destroy() -> None:
    (row,) = [one for one in told(DEFAULT)["readings"] if one["reading"] == "state_text"]
    changes = {(one["activity"]["act"], one["activity"].get("purpose", ""), one["default"], one["reading"]) for one in row["changes"]}
    assert ("transfer", "detection", "permitted", "prohibited") in changes
    assert ("transfer", "technique_training_or_development", "permitted", "undetermined") in changes
    assert any(act == "destroy" and (before, after) == ("obliged", "not_addressed") for act, _, before, after in changes)
    assert [(one["clause"], one["default"], one["reading"]) for one in row["attributes"]] == [
        ("us_apl_policy.2022.5", "duty", "best_effort")
    ]


# --- other pairs, and what is wrong


@pytest.mark.parametrize("treaty", ["ccm", "ccw_apii"])
def test_the_policy_against_another_treaty_is_reproduced_by_decisions(treaty: str) -> None:
    found = compare(POLICY, treaty)
    examples = [gap for one in found["articles"] for gap in one["gaps"]] + found["stricter"]
    assert len(examples) >= 10
    for example in examples:
        findings = {one["instrument"]: one for one in decide(**example["activity"], actor="USA", on=DAY)["findings"]}
        other = findings[treaty].get("if_bound", findings[treaty]["verdict"])
        assert (findings["us_apl_policy"]["verdict"], other) == (example["policy"], example["treaty"]), example


def test_help_with_cluster_munitions_is_no_help_with_mines() -> None:
    found = compare(POLICY, "ccm")
    (article,) = [one for one in found["articles"] if one["article"] == "1(1)(c)"]
    assert article["covered"] == 0
    assert {gap["activity"]["underlying"]["item"] for gap in article["gaps"]} == {"cluster_munition"}
    helped = [one["activity"]["underlying"]["item"] for one in found["stricter"] if one["activity"]["act"] == "assist"]
    assert helped == ["anti_personnel_mine"]


def test_the_policy_of_2022_covers_article_5_of_the_protocol_and_leaves_undetectable_mines_in_korea_to_it() -> None:
    by_article = {one["article"]: one for one in compare(POLICY, "ccw_apii")["articles"]}
    assert by_article["5(2)"]["covered"] == by_article["5(2)"]["cells"] > 0
    assert {gap["activity"]["place"] for gap in by_article["4"]["gaps"]} == {"korean_peninsula"}
    assert {gap["activity"]["is_detectable"] for gap in by_article["4"]["gaps"]} == {"no"}


def test_versions_of_one_policy_can_be_compared() -> None:
    found = compare("us_apl_policy@2025-12-02", POLICY)
    use = [gap for one in found["articles"] if one["article"] == "undertaking 3" for gap in one["gaps"]]
    assert {(gap["policy"], gap["treaty"]) for gap in use} >= {("permitted", "prohibited")}


def test_a_text_covers_itself() -> None:
    for version in packaged_law().version_ids():
        found = compare(version, version)
        assert [gap for one in found["articles"] for gap in one["gaps"]] == []
        assert found["stricter"] == []


@pytest.mark.parametrize(
    ("policy", "treaty", "reading", "code"),
    [
        ("nothing", "apmbc", None, "instrument_unknown"),
        (POLICY, "npt", None, "instrument_unknown"),
        (POLICY, "apmbc", "mine", "reading_unknown"),
        (POLICY, "apmbc", "hrw_2004", "reading_unknown"),
    ],
)
def test_a_name_that_is_not_held_is_a_problem(policy: str, treaty: str, reading: str | None, code: str) -> None:
    with pytest.raises(ProblemError) as wrong:
        compare(policy, treaty, reading=reading)
    assert [one.code for one in wrong.value.problems] == [code]


# --- every text against every treaty; what is helped comes from the law each refers to

TREATIES = ("apmbc", "ccm", "ccw_apii")
VERSIONS = packaged_law().version_ids()
READ_IN_FULL = ["canada_apmc_act@1999-03-01", "cook_islands_apm_act@2007-11-30", "us_apl_policy@2014-09-23", POLICY]


def said_by(law: Law, version_id: str, activity: dict[str, Any], reading: str | None, actor: str, from_day: str = "") -> str:
    """What `decide` says of the act under one text, on its first day or later, for one whom it binds or as if it did."""
    version = law.version(version_id)
    (to, *_) = (*law.instruments[version.instrument].binds_counterparties, None)
    # An instrument for one recipient speaks of that one only; a scope names nobody.
    other_side = {"counterparty": to} if to and activity.get("counterparty", "elsewhere") == "elsewhere" else {}
    day = max(version.in_force_from, from_day)
    findings = decide(**activity | other_side, actor=actor, on=day, reading=reading, law=law)["findings"]
    (finding,) = [one for one in findings if one["instrument"] == version.instrument]
    return str(finding.get("if_bound", finding["verdict"]))


def not_reproduced(law: Law, told: dict[str, Any], reading: str | None) -> list[Any]:
    """The gaps, and what is stricter, that `decide` judges otherwise."""
    one, other = told["policy"], told["treaty"]
    (actor, *_) = (*law.instruments[one.partition("@")[0]].binds_actors, "MMR")
    day = law.version(one).in_force_from
    wrong = []
    for shown in [*(gap for article in told["articles"] for gap in article["gaps"]), *told["stricter"]]:
        said = said_by(law, one, shown["activity"], reading, actor), said_by(law, other, shown["activity"], reading, actor, day)
        if said != (shown["policy"], shown["treaty"]):
            wrong.append((shown, said))
    return wrong


@pytest.mark.parametrize("treaty", TREATIES)
@pytest.mark.parametrize("version", VERSIONS)
def test_every_text_against_every_treaty_is_reproduced_by_decisions(version: str, treaty: str) -> None:
    assert not_reproduced(packaged_law(), compare(version, treaty), None) == []


@pytest.mark.parametrize("treaty", ["apmbc", "ccm"])
@pytest.mark.parametrize("version", READ_IN_FULL)
def test_so_is_every_reading_of_the_texts_that_refer_to_other_law(version: str, treaty: str) -> None:
    law = packaged_law()
    readings = [one.name for one in (*law.version(version).readings, *law.instruments[treaty].versions[-1].readings)]
    for reading in dict.fromkeys(readings):
        assert not_reproduced(law, compare(version, treaty, reading=reading), reading) == [], reading


def help_of(version: str, treaty: str) -> list[Example]:
    (article,) = [one for one in compare(version, treaty)["articles"] if one["article"] == "1(1)(c)"]
    return list(article["gaps"])


def test_the_act_of_the_cook_islands_prohibits_help_with_what_it_prohibits_itself() -> None:
    """A mine used for training is what its section 6 permits and the Convention does not; help with other use is prohibited by both."""
    gaps = help_of("cook_islands_apm_act@2007-11-30", "apmbc")
    assert {gap["policy"] for gap in gaps} == {"not_addressed", "undetermined"}
    purposes = {gap["activity"]["underlying"].get("purpose") for gap in gaps}
    assert purposes <= {"technique_training_or_development", "removal", "destruction"}


def test_the_act_of_canada_leaves_open_whether_assistance_is_prohibited() -> None:
    used = [gap for gap in help_of("canada_apmc_act@1999-03-01", "apmbc") if gap["activity"]["underlying"].get("purpose") == "defence"]
    assert {gap["activity"]["act"]: gap["policy"] for gap in used} == {
        "assist": "undetermined",
        "encourage": "not_addressed",
        "induce": "not_addressed",
    }


OWN_LAW = """\
version: own@2026-01-01
title: A policy that refers to itself
instrument: {instrument_kind: executive_policy, binds: {actors: [CHE]}}
in_force: {from: "2026-01-01"}
readings: {as_written: {default: true, says: "As it stands."}}
clauses:
- id: own.1
  text: {kind: paraphrase, says: "Nothing is produced but for defence, and no booby-trap is sold.", citation: "made up"}
  forbid:
  - {act: [produce], purpose: {not: [defence]}}
  - {act: [sell], item: [booby_trap]}
- id: own.2
  text: {kind: paraphrase, says: "Nobody helps with what is prohibited here.", citation: "made up"}
  forbid: {act: [assist, encourage]}
  refers_to: {instrument: own, as_if: party}
"""


@pytest.mark.parametrize("treaty", TREATIES)
def test_a_policy_of_a_user_that_refers_to_itself_is_reproduced_by_decisions(treaty: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN_LAW, encoding="utf-8")
    file = str(tmp_path / "own.yaml")
    told = compare("own", treaty, policy=file)
    assert not_reproduced(law_with(file), told, None) == []
    helped = [one["activity"]["underlying"] for one in told["stricter"] if "underlying" in one["activity"]]
    assert helped and {one["act"] for one in helped} <= {"produce", "sell"}


# --- who can have a gap


@pytest.mark.parametrize("version", ["canada_apmc_act@1999-03-01", "cook_islands_apm_act@2007-11-30"])
def test_nobody_has_a_gap_whom_one_of_the_two_cannot_bind(version: str) -> None:
    told = compare(version, "apmbc")
    assert told["actor_kinds"] == ["state"]
    shown = [*(gap for article in told["articles"] for gap in article["gaps"]), *told["stricter"]]
    assert {one["activity"].get("actor_kind", "state") for one in shown} == {"state"}
    (destruction,) = [one for one in told["articles"] if one["article"] == "4"]
    assert destruction["gaps"] == [] and destruction["covered"] == destruction["cells"] > 0


def test_texts_that_bind_nobody_of_the_same_kind_have_no_act_in_common(tmp_path: Path) -> None:
    binds_persons = OWN_LAW.replace("{actors: [CHE]}", "{actors: [CHE], actor_kinds: [person_under_jurisdiction]}")
    (tmp_path / "own.yaml").write_text(binds_persons, encoding="utf-8")
    told = compare("own", "apmbc", policy=str(tmp_path / "own.yaml"))
    assert told["actor_kinds"] == [] == told["stricter"]
    assert {one["cells"] for one in told["articles"]} == {0}
