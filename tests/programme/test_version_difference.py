"""What differs between two texts: every change of verdict is shown by an act that `decide` judges so, and what changes nothing says so."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mineaction.policies import compare as comparing
from mineaction.policies.pair import pair
from mineaction.policies.version_difference import EFFECTS, difference
from mineaction.programme import version_difference
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with, new_policy
from mineaction.programme.version_difference import diff
from mineaction.terms.problem import ProblemError
from tests.policies.packaged_variants import changed_law, clause_of

P2020, P2022, P2025 = "us_apl_policy@2020-01-31", "us_apl_policy@2022-06-21", "us_apl_policy@2025-12-02"
Told = dict[str, Any]


@cache
def told(a: str, b: str) -> Told:
    return diff(a, b)


def neighbours() -> list[tuple[str, str]]:
    """Each version and the one after it, under their default readings."""
    instruments = packaged_law().instruments.values()
    return [(a.id, b.id) for one in instruments for a, b in zip(one.versions, one.versions[1:], strict=False)]


def readings() -> list[tuple[str, str]]:
    """Each version under its default reading, and under each of the others."""
    law = packaged_law()
    versions = [law.version(one) for one in law.version_ids()]
    return [(one.id, f"{one.id}:{reading.name}") for one in versions for reading in one.readings if not reading.is_default]


PAIRS = [*neighbours(), *readings()]


def verdict(text: str, activity: dict[str, Any]) -> str:
    """What `decide` says of the act under this text, for one whom it binds or as if it did."""
    name, _, reading = text.partition(":")
    version = packaged_law().version(name)
    instrument = packaged_law().instruments[version.instrument]
    actor = {"actor": instrument.binds_actors[0]} if instrument.binds_actors else {"actor": "MMR"}
    kinds = {} if "actor_kind" in activity or "state" in instrument.binds_actor_kinds else {"actor_kind": instrument.binds_actor_kinds[0]}
    findings = decide(**actor, **kinds, **activity, on=version.in_force_from, reading=reading or None)["findings"]
    (finding,) = [one for one in findings if one["instrument"] == version.instrument]
    return str(finding.get("if_bound", finding["verdict"]))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_change_of_verdict_is_reproduced_by_two_decisions(a: str, b: str) -> None:
    for group in told(a, b)["verdicts"]:
        for example in group["examples"]:
            assert (verdict(a, example["activity"]), verdict(b, example["activity"])) == (group["a"], group["b"]), example


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_counts_add_up_and_the_effect_is_the_strongest(a: str, b: str) -> None:
    answer = told(a, b)
    for group in answer["verdicts"]:
        assert group["a"] != group["b"] and group["cells"] == sum(one["cells"] for one in group["examples"])
    assert answer["changed"] == sum(group["cells"] for group in answer["verdicts"]) <= answer["acts"]
    strongest = min((one["effect"] for one in answer["clauses"]), key=EFFECTS.index, default="none")
    assert answer["effect"] == strongest, "a verdict changes only where a clause does"
    assert (answer["effect"] == "verdict") == bool(answer["changed"])


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_other_way_round_everything_is_mirrored(a: str, b: str) -> None:
    one, other = told(a, b), told(b, a)
    assert {(group["a"], group["b"], group["cells"]) for group in one["verdicts"]} == {
        (group["b"], group["a"], group["cells"]) for group in other["verdicts"]
    }
    mirrored = {"only_in_a": "only_in_b", "only_in_b": "only_in_a", "changed": "changed"}
    assert {(row["id"], row["change"], row["effect"]) for row in one["clauses"]} == {
        (row["id"], mirrored[row["change"]], row["effect"]) for row in other["clauses"]
    }


@pytest.mark.parametrize("version", packaged_law().version_ids())
def test_a_text_does_not_differ_from_itself(version: str) -> None:
    answer = diff(version, version)
    assert (answer["changed"], answer["effect"], answer["verdicts"], answer["clauses"]) == (0, "none", [], [])


def test_an_instrument_alone_is_its_latest_version() -> None:
    answer = diff("apmbc", "us_apl_policy")
    law = packaged_law()
    assert [answer[side]["version"] for side in "ab"] == [law.instruments[one].versions[-1].id for one in ("apmbc", "us_apl_policy")]
    assert answer["a"]["reading"] == "treaty_text"


# --- what a reader looks for


def changes(answer: Told) -> set[tuple[str, str, str, str]]:
    """(act, purpose or persistence or place it turns on, from, to)."""
    return {
        (example["activity"]["act"], example["activity"].get(name, ""), group["a"], group["b"])
        for group in answer["verdicts"]
        for example in group["examples"]
        for name in ("purpose", "persistence", "place", "context")
    }


def test_from_2020_to_2022_what_was_not_persistent_is_prohibited_and_helping_too() -> None:
    found = changes(told(P2020, P2022))
    assert ("use", "elsewhere", "permitted", "prohibited") in found
    for act in ("develop", "produce", "acquire"):
        assert (act, "self_destructing_and_deactivating", "permitted", "prohibited") in found
    for act in ("assist", "encourage", "induce"):
        assert (act, "other", "not_addressed", "prohibited") in found
    assert ("destroy", "other", "not_addressed", "obliged") in found
    assert ("transfer", "destruction", "prohibited", "permitted") in found
    assert not any(act == "use" and place == "korean_peninsula" for act, place, *_ in found), "in Korea the memo of 2020 goes on"


def clause(answer: Told, clause_id: str) -> Told:
    (found,) = [one for one in answer["clauses"] if one["id"] == clause_id]
    return dict(found)


def test_clauses_of_one_text_only_are_listed_with_their_words() -> None:
    answer = told(P2020, P2022)
    row = clause(answer, "us_apl_policy.2022.4")
    assert (row["change"], row["effect"]) == ("only_in_b", "verdict")
    words = next(one for one in row["attributes"] if one["attribute"] == "text")
    assert words["a"] == "" and "Not assist, encourage, or induce anyone" in words["b"]


def test_the_two_texts_of_2022_part_on_detection_on_techniques_and_on_the_force_of_the_duty() -> None:
    answer = told(P2022, f"{P2022}:state_text")
    found = changes(answer)
    assert ("transfer", "detection", "permitted", "prohibited") in found
    assert ("transfer", "technique_training_or_development", "permitted", "undetermined") in found
    assert ("destroy", "other", "obliged", "not_addressed") in found
    force = next(one for one in clause(answer, "us_apl_policy.2022.5")["attributes"] if one["attribute"] == "force")
    assert (force["a"], force["b"]) == ("duty", "best_effort")
    assert clause(answer, "us_apl_policy.2022.2.techniques")["change"] == "only_in_b"


# What a careful reader of both statements listed, and the clause that carries it -> what it changes by default.
LISTED = [
    ("transfer exception", "us_apl_policy.2022.2.activities", "verdict", ("detection", "destruction")),
    ("destroy verb", "us_apl_policy.2022.5", "verdict", ("Undertake to destroy", "will seek to destroy")),
    ("destroy carve-out", "us_apl_policy.2022.5.reserve", "none", ("Republic of Korea", "Korean Peninsula")),
    ("assist", "us_apl_policy.2022.4", "none", ("any activity", "engage in activity")),
    ("assist, place phrase", "us_apl_policy.2022.4", "none", ("anyone, outside", "anyone outside")),
    ("accession aim", "us_apl_policy.2022.6", "none", ("becoming compliant", "accede")),
    ("reservation on aim", "us_apl_policy.2022.6", "none", ("respond to contingencies", "alliance commitments")),
    ("scope word", "us_apl_policy.2022.curtail", "none", ("APL", "landmines")),
]


def test_what_the_reader_listed_is_in_the_readers_list() -> None:
    with (Path(__file__).parents[1] / "data" / "statement_differences.csv").open(encoding="utf-8", newline="") as file:
        assert {topic for topic, *_ in LISTED} <= {row["topic"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(("clause_id", "effect", "words"), [pytest.param(*rest, id=topic) for topic, *rest in LISTED])
def test_a_difference_between_the_two_statements_has_the_effect_that_it_has(clause_id: str, effect: str, words: tuple[str, str]) -> None:
    row = clause(told(P2022, f"{P2022}:state_text"), clause_id)
    assert (row["change"], row["effect"]) == ("changed", effect)
    text = next(one for one in row["attributes"] if one["attribute"] == "text")
    assert words[0] in text["a"] and words[1] in text["b"]


def test_a_reading_that_changes_a_proviso_changes_no_verdict() -> None:
    answer = told(P2022, f"{P2022}:necessary_governs_both")
    assert (answer["changed"], answer["effect"]) == (0, "attribute")
    assert [(one["id"], [two["attribute"] for two in one["attributes"]]) for one in answer["clauses"]] == [
        ("us_apl_policy.2022.2.destruction", ["proviso"])
    ]


def test_joined_readings_may_be_named_in_either_order() -> None:
    one, other = (diff(P2022, f"{P2022}:{name}") for name in ("state_text+cumulative_exception", "cumulative_exception+state_text"))
    assert one == other and one["b"]["reading"] == "state_text+cumulative_exception"


def test_a_change_agrees_with_what_the_comparison_says_of_the_reading() -> None:
    law = packaged_law()
    for row in comparing.compare_readings(law, P2022):
        assert told(P2022, f"{P2022}:{row['reading']}")["changed"] == row["cells"], row["reading"]


# --- each effect, made


def made(change: Any) -> Told:
    """The policy of 2022 against itself with one thing changed."""
    changed = changed_law(P2022, change)
    return difference(pair(packaged_law().variant(P2022), changed.variant(P2022)))


def test_other_words_alone_change_nothing() -> None:
    def reworded(raw: Told) -> None:
        clause_of(raw, "us_apl_policy.2022.3")["text"] = {"kind": "paraphrase", "says": "No use.", "citation": "none"}

    answer = made(reworded)
    assert (answer["effect"], answer["changed"], [one["id"] for one in answer["clauses"]]) == ("none", 0, ["us_apl_policy.2022.3"])


def test_a_deadline_is_an_attribute() -> None:
    def dated(raw: Told) -> None:
        clause_of(raw, "us_apl_policy.2022.5")["oblige"]["deadline"] = "2030-01-01"

    answer = made(dated)
    assert (answer["effect"], answer["changed"]) == ("attribute", 0)
    assert [one["attributes"] for one in answer["clauses"]] == [[{"attribute": "deadline", "a": "", "b": "2030-01-01"}]]


def test_a_second_prohibition_of_the_same_act_changes_only_which_clauses_decide() -> None:
    def doubled(raw: Told) -> None:
        raw["clauses"].append({**clause_of(raw, "us_apl_policy.2022.3"), "id": "us_apl_policy.2022.again"})

    answer = made(doubled)
    (row,) = answer["clauses"]
    assert (answer["changed"], row["id"], row["change"], row["effect"]) == (0, "us_apl_policy.2022.again", "only_in_b", "clauses")


def test_an_exception_that_is_taken_away_changes_verdicts_through_the_clauses_it_switched_off() -> None:
    def without(raw: Told) -> None:
        raw["clauses"].remove(clause_of(raw, "us_apl_policy.2022.5.reserve"))

    answer = made(without)
    (row,) = answer["clauses"]
    assert (row["id"], row["change"], row["effect"]) == ("us_apl_policy.2022.5.reserve", "only_in_a", "verdict") and answer["changed"]


# --- a policy of one's own, and what is refused


def test_a_draft_is_held_against_the_text_in_force(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(new_policy(), encoding="utf-8")
    answer = diff("my_policy:strict", "apmbc", policy=str(path))
    assert (answer["a"]["reading"], answer["b"]["version"]) == ("strict", law_with(None).instruments["apmbc"].versions[-1].id)
    assert answer["changed"] and {one["change"] for one in answer["clauses"]} == {"only_in_a", "only_in_b"}


REFUSED = [
    ("us_apl_policy@2021-06-21", "apmbc", [("instrument_unknown", "a")]),
    ("apmbc", "apmcb", [("instrument_unknown", "b")]),
    (f"{P2022}:statetext", "apmbc", [("reading_unknown", "a")]),
    ("apmbc:", "nothing:", [("reading_unknown", "a"), ("instrument_unknown", "b")]),
    (f"{P2022}:state_text+wide_korea", P2022, [("reading_unknown", "a")]),
]


@pytest.mark.parametrize(("a", "b", "expected"), REFUSED)
def test_a_text_that_is_not_held_is_a_problem_with_its_side(a: str, b: str, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(ProblemError) as wrong:
        diff(a, b)
    assert [(one.code, one.place) for one in wrong.value.problems] == expected


def test_the_nearest_text_and_reading_are_named() -> None:
    with pytest.raises(ProblemError, match=P2022):
        diff("us_apl_policy@2022", "apmbc")
    with pytest.raises(ProblemError, match="Use one of: state_text"):
        diff(f"{P2022}:statetext", "apmbc")


def test_more_acts_than_are_handled_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version_difference, "TABLE_CELLS_MAX", 1000)
    with pytest.raises(ProblemError) as wrong:
        diff(P2020, P2022)
    assert [(one.code, one.place) for one in wrong.value.problems] == [("policy_too_large", f"{P2020} {P2022}")]
