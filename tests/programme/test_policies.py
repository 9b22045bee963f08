"""`mineaction policies`, `explain` and `new-policy`, and a policy file of a user beside the packaged law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mineaction.policies import law as law_module
from mineaction.policies.policy_shape import SHAPES
from mineaction.policies.policy_yaml import parse_yaml
from mineaction.programme import comparison
from mineaction.programme.comparison import compare
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.policies import explain, instruments, law_with, new_policy, policy_schema
from mineaction.terms.problem import ProblemError
from tests.cli.json_schema import errors

VERSION_FILES = sorted(Path(law_module.__file__).parent.glob("*/[0-9]*.yaml"))
MINE = "my_policy@2026-01-01"
HELD = sorted({path.parent.name for path in VERSION_FILES})


def written(folder: Path, *changes: tuple[str, str]) -> str:
    """The example of `new-policy` in a file, changed."""
    text = new_policy()
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = folder / "my.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems_of(policy: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as told:
        law_with(policy)
    assert all(one.message and one.remedy for one in told.value.problems)
    return [(one.code, one.place.removeprefix(policy).removeprefix(": ")) for one in told.value.problems]


def mine(policy: str, **asked: Any) -> dict[str, Any]:
    (told,) = [one for one in decide(law=law_with(policy), **asked)["findings"] if one["instrument"] == "my_policy"]
    return told


# --- what is held


def test_every_instrument_version_and_reading_is_listed() -> None:
    told = instruments()["instruments"]
    assert [one["id"] for one in told] == HELD
    listed = {version["id"]: [reading["name"] for reading in version["readings"]] for one in told for version in one["versions"]}
    law = packaged_law()
    assert listed == {one: [reading.name for reading in law.version(one).readings] for one in law.version_ids()}
    for one in told:
        for version in one["versions"]:
            assert sum(reading["default"] for reading in version["readings"]) == 1
            assert all(reading["says"] for reading in version["readings"])


def test_a_version_is_shown_with_every_clause_and_how_its_texts_are_held() -> None:
    told = instruments("us_apl_policy@2022-06-21")
    ids = [one["id"] for one in told["clauses"]]
    assert len(ids) == len(set(ids)) == sum(told["texts_held"].values())
    assert {"us_apl_policy.2022.1", "us_apl_policy.2022.5.reserve", "us_apl_policy.2020.use_persistent"} <= set(ids)
    assert told["texts_held"]["none"] == 6, "the clauses that go on from 2020, and what the texts do not mention, are told in own words"


def test_an_instrument_is_shown_by_its_latest_version() -> None:
    assert instruments("us_apl_policy")["id"] == "us_apl_policy@2025-12-02"


@pytest.mark.parametrize("version_id", packaged_law().version_ids())
def test_every_clause_can_be_explained(version_id: str) -> None:
    law = packaged_law()
    ids = {clause.id for reading in law.version(version_id).readings for clause in law.variant(version_id, reading.name).clauses}
    for clause_id in ids:
        told = explain(clause_id)
        assert told["id"] == clause_id and told["texts"] and version_id in told["versions"]
        for text in told["texts"]:
            assert text["text"] and text["source"]
            assert bool(text["note"]) == (text["text_held"] != "full")


def test_a_clause_that_goes_on_in_korea_is_explained_as_it_stands_in_its_own_version() -> None:
    told = explain("us_apl_policy.2020.use")
    assert told["versions"] == ["us_apl_policy@2020-01-31", "us_apl_policy@2022-06-21"]
    assert all("place" not in condition for condition in told["when"])


def test_an_unverified_excerpt_says_so() -> None:
    told = explain("us_apl_policy.1997.export")
    assert [one["note"] for one in told["texts"]] == ["excerpt, not verified"]


def test_a_clause_under_one_reading_only_names_it() -> None:
    told = explain("us_apl_policy.2022.2.techniques")
    assert told["only_in"] == ["state_text"]


def test_an_unknown_clause_names_the_nearest() -> None:
    with pytest.raises(ProblemError) as told:
        explain("apmbc.1.1.d")
    (wrong,) = told.value.problems
    assert (wrong.code, wrong.place) == ("clause_id_unknown", "clause") and "apmbc.1.1.a" in wrong.remedy


# --- a file of one's own


def test_the_example_passes_its_check_decides_and_compares(tmp_path: Path) -> None:
    policy = written(tmp_path)
    assert [one["id"] for one in instruments(policy=policy)["instruments"]] == [*HELD, "my_policy"]
    assert instruments(MINE, policy=policy)["texts_held"] == {"full": 0, "excerpt": 0, "none": 6}
    assert explain("my_policy.2", policy=policy)["versions"] == [MINE]
    assert mine(policy, act="use", item="apl", actor="CHE", on="2026-06-01")["verdict"] == "prohibited"
    assert mine(policy, act="transfer", item="apl", purpose="training", actor="CHE", on="2026-06-01")["verdict"] == "permitted"
    assert (
        mine(policy, act="transfer", item="apl", purpose="training", reading="strict", actor="CHE", on="2026-06-01")["verdict"]
        == "prohibited"
    )
    below = {"act": "use", "item": "apl"}
    assert mine(policy, act="assist", underlying=below, actor="CHE", on="2026-06-01")["verdict"] == "prohibited"
    assert mine(policy, act="use", item="apl", actor="FRA", on="2026-06-01")["reason"] == "another_issuer"
    told = compare(MINE, "apmbc", policy=policy)
    assert {one["article"] for one in told["articles"] if one["gaps"]} >= {"1(1)(b)", "5(1)", "7(1)", "9"}
    assert [one["reading"] for one in told["readings"]] == ["strict"]


def test_a_file_changes_nothing_of_the_packaged_law(tmp_path: Path) -> None:
    law_with(written(tmp_path))
    assert list(packaged_law().instruments) == HELD


def test_a_policy_is_not_in_force_before_its_first_day_and_after_its_last(tmp_path: Path) -> None:
    policy = written(tmp_path, ('to: ""', 'to: "2027-01-01"'))
    asked = {"act": "use", "item": "apl", "actor": "CHE"}
    assert mine(policy, on="2025-12-31", **asked)["verdict"] == "not_in_force"
    assert mine(policy, on="2026-01-01", **asked)["verdict"] == "prohibited"
    assert mine(policy, on="2026-12-31", **asked)["verdict"] == "prohibited"
    ended = mine(policy, on="2027-01-01", **asked)
    assert (ended["verdict"], "no longer" in ended["reason"]) == ("not_in_force", True)


def test_a_quote_may_stand_in_a_file_beside_the_policy(tmp_path: Path) -> None:
    text = 'text: {kind: paraphrase, says: "Anti-personnel mines are not used.", citation: "replace with the place in the text"}'
    quote = 'text: {kind: quote, file: law, says: "Mines are … not used."}'
    policy = written(tmp_path, ("texts: {}", "texts: {law: law.txt}"), (text, quote))
    assert problems_of(policy) == [("text_missing", "texts.law")]
    (tmp_path / "law.txt").write_text("Mines are,\nsays the law, not used.", encoding="utf-8")
    told = mine(policy, act="use", item="apl", actor="CHE", on="2026-06-01")
    assert told["clauses"] == [
        {"id": "my_policy.1", "kind": "forbid", "text": "Mines are … not used.", "text_held": "full", "source": "law.txt"}
    ]
    (tmp_path / "law.txt").write_text("Mines are used.", encoding="utf-8")
    assert problems_of(policy) == [("quote_not_found", "clause my_policy.1: text")]
    (tmp_path / "law.txt").write_bytes("Mines are not us\u00e9d.".encode("latin-1"))
    with pytest.raises(ProblemError, match="file_not_utf8"):
        law_with(policy)


def test_a_packaged_text_may_be_quoted_and_an_excerpt_must_be_called_one(tmp_path: Path) -> None:
    text = 'text: {kind: paraphrase, says: "Anti-personnel mines are not used.", citation: "replace with the place in the text"}'
    file = "sources/us_1997-01-17_white_house_statement_next_steps_excerpt.txt"
    says = "a permanent ban on the export and transfer of anti-personnel landmines"
    right = (text, f'text: {{kind: excerpt, file: law, says: "{says}"}}')
    assert (
        mine(written(tmp_path, ("texts: {}", f"texts: {{law: {file}}}"), right), act="use", item="apl", actor="CHE")["clauses"][0][
            "text_held"
        ]
        == "excerpt"
    )
    wrong = (text, f'text: {{kind: quote, file: law, says: "{says}"}}')
    assert problems_of(written(tmp_path, ("texts: {}", f"texts: {{law: {file}}}"), wrong)) == [
        ("text_kind_wrong", "clause my_policy.1: text")
    ]


REFERENCES: list[tuple[str, str, str, str, str]] = [
    ("an instrument that is held already", MINE, "apmbc@2026-01-01", "instrument_taken", "version"),
    (
        "a kind of instrument that is none",
        "instrument_kind: executive_policy",
        "instrument_kind: tweet",
        "unknown_word",
        "instrument: instrument_kind",
    ),
    ("an issuer that never existed", "actors: [CHE]", "actors: [YUG]", "unknown_state", "instrument: binds: actors"),
    ("an issuer by its name", "actors: [CHE]", "actors: [Switzerland]", "unknown_code", "instrument: binds: actors"),
    ("parties to a treaty that is not held", "{actors: [CHE]}", "{parties_to: NPT}", "instrument_unknown", "instrument: binds: parties_to"),
    (
        "another name in the header",
        "  instrument_kind:",
        "  instrument: other\n  instrument_kind:",
        "yaml_value_wrong",
        "instrument: instrument",
    ),
    (
        "an impossible day of knowledge",
        "  instrument_kind:",
        "  known_until: soon\n  instrument_kind:",
        "impossible_date",
        "instrument: known_until",
    ),
    (
        "a reference to an instrument not held",
        "instrument: apmbc, as_if",
        "instrument: npt, as_if",
        "instrument_unknown",
        "clause my_policy.4: refers_to",
    ),
    (
        "a version that continues itself",
        "aim: accede_to_apmbc",
        f"continues_where: {{version: {MINE}, when: {{act: [use]}}}}",
        "version_cycle",
        "clause my_policy.5: continues_where",
    ),
    (
        "a continued version that is not held",
        "aim: accede_to_apmbc",
        "continues_where: {version: us_apl_policy@2013-06-27, when: {act: [use]}}",
        "instrument_unknown",
        "clause my_policy.5: continues_where",
    ),
    (
        "a continued version under a reading it does not have",
        "aim: accede_to_apmbc",
        "continues_where: {version: us_apl_policy@2020-01-31, when: {act: [use]}, reading: strict}",
        "reading_unknown",
        "clause my_policy.5: continues_where",
    ),
]


@pytest.mark.parametrize(("before", "after", "code", "place"), [pytest.param(*rest, id=name) for name, *rest in REFERENCES])
def test_a_file_is_refused_with(tmp_path: Path, before: str, after: str, code: str, place: str) -> None:
    assert problems_of(
        written(tmp_path, (f"version: {MINE}" if before == MINE else before, f"version: {after}" if before == MINE else after))
    ) == [(code, place)]


def test_a_clause_that_contradicts_the_scope_is_refused(tmp_path: Path) -> None:
    policy = written(tmp_path, ("forbid: {act: [use]}", "forbid: {act: [use], item: [anti_vehicle_mine]}"))
    assert problems_of(policy) == [("clause_never_holds", "clause my_policy.1")]
    law_with(written(tmp_path, ("forbid: {act: [use]}", "forbid: {act: [use], item: [anti_vehicle_mine]}\n  scope: none")))


def test_a_clause_of_the_version_that_goes_on_cannot_be_written_again(tmp_path: Path) -> None:
    continued = "continues_where: {version: us_apl_policy@2020-01-31, when: {act: [use]}}"
    policy = written(tmp_path, ("aim: accede_to_apmbc", continued), ("- id: my_policy.3\n", "- id: us_apl_policy.2020.use\n"))
    assert problems_of(policy) == [("clause_id_duplicate", "clause my_policy.5: continues_where")]


def test_a_version_may_go_on_in_two_places_at_once(tmp_path: Path) -> None:
    def where(place: str) -> str:
        return f"continues_where: {{version: us_apl_policy@2020-01-31, when: {{act: [produce], place: [{place}]}}}}"

    more = (
        f'{where("korean_peninsula")}\n- id: my_policy.6\n  text: {{kind: paraphrase, says: "x", citation: "y"}}\n  {where("elsewhere")}\n'
    )
    policy = written(tmp_path, ("aim: accede_to_apmbc\n", more))
    asked = {"act": "produce", "item": "apl-persistent", "actor": "CHE", "on": "2026-06-01"}
    for place in ("KOR", "UKR"):
        assert mine(policy, place=place, **asked)["verdict"] == "prohibited", place
    assert mine(policy, **asked)["verdict"] == "prohibited"


def test_a_clause_that_goes_on_in_two_ways_is_refused(tmp_path: Path) -> None:
    # Under the State Department's text of 2022 the destruction is an effort, under the White House's a duty.
    twice = "\ncontinues:\n- {version: us_apl_policy@2022-06-21, clauses: [us_apl_policy.2022.5]}\n\nreadings:\n  state_text: {says: x}\n"
    where = "continues_where: {version: us_apl_policy@2022-06-21, when: {act: [destroy, stockpile]}}"
    once = written(tmp_path, ("\nreadings:\n", twice))
    assert law_with(once).variant(MINE, "state_text").clause("us_apl_policy.2022.5").force == "best_effort"
    policy = written(tmp_path, ("\nreadings:\n", twice), ("aim: accede_to_apmbc", where))
    assert problems_of(policy) == [("clause_goes_on_twice", "clause us_apl_policy.2022.5")]


def test_a_policy_that_reads_too_many_fields_is_refused(tmp_path: Path) -> None:
    every = "{item: [anti_personnel_mine], initiation: [victim], persistence: [persistent], is_detectable: [yes], delivery: [manual], "
    every += "is_marked_and_monitored: [no], situation: [peace], stock_origin: [acquired_later], is_within_article_4_period: [no], "
    every += "actor_kind: [state], counterparty: [none], place: [elsewhere], from_place: [elsewhere], context: [other], "
    every += "purpose: [defence, technique_training_or_development]}"
    policy = written(tmp_path, ("scope: {item: [anti_personnel_mine], initiation: [victim]}", f"scope: {every}"))
    assert problems_of(policy) == [("policy_too_large", "")]


def test_a_policy_that_fits_alone_may_be_too_large_to_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = written(tmp_path)
    law_with(policy)
    # Over the facts that one act turns on in either text; the limit itself is far away.
    monkeypatch.setattr(comparison, "TABLE_CELLS_MAX", 500)
    with pytest.raises(ProblemError, match="policy_too_large"):
        compare(MINE, "apmbc", policy=policy)


# --- the schema


@pytest.mark.parametrize("path", VERSION_FILES, ids=lambda path: path.stem)
def test_the_packaged_files_fit_the_schema(path: Path) -> None:
    assert list(errors(parse_yaml(path.read_bytes(), path.name)[0], policy_schema())) == []


def test_the_example_fits_the_schema_and_a_wrong_one_does_not() -> None:
    raw, _ = parse_yaml(new_policy().encode(), "my.yaml")
    assert list(errors(raw, policy_schema())) == []
    raw["clauses"][0]["forbid"]["act"] = ["fly"]
    assert list(errors(raw, policy_schema()))


def test_the_schema_knows_the_keys_that_the_check_knows() -> None:
    told = policy_schema()["properties"]
    assert set(told) == set(SHAPES["version"])
    clause = told["clauses"]["items"]["properties"]
    assert set(clause) == set(SHAPES["clause"])
    assert set(clause["oblige"]["properties"]) == set(SHAPES["duty"])
    assert set(clause["continues_where"]["properties"]) == set(SHAPES["continued"])
    assert set(told["readings"]["additionalProperties"]["properties"]) == set(SHAPES["reading"])
