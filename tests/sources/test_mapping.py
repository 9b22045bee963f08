"""The mapping a user writes: what it may say, and every slip in it with its code and place."""

from __future__ import annotations

from typing import Any

import pytest

from mineaction.sources.mapping import MAPPED, MappedField, column_problems, default_mapping, read_mapping
from mineaction.sources.mapping_wizard import ColumnSeen, Reading, proposed_mapping


def slips(fields: Any) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.value) for one in read_mapping({"fields": fields}, "m.yaml")[1]]


def test_a_column_alone_and_a_value_for_every_row_are_enough() -> None:
    mapped, problems = read_mapping({"fields": {"act": "activity", "actor": {"value": "USA"}, "underlying.act": "helped"}}, "m.yaml")
    assert problems == []
    assert mapped == (MappedField("act", "activity"), MappedField("actor", value="USA"), MappedField("underlying.act", "helped"))


def test_words_are_read_as_the_mapping_says() -> None:
    told = {"column": "a", "values": {"laid": "use", "left": ""}, "several": {"transfer": ["sold", "given"]}, "unknown": ["n/k"]}
    ((act,), problems) = read_mapping({"fields": {"act": told}}, "m.yaml")
    assert problems == []
    given = ("laid", " laid ", "sold", "given", "n/k", "unknown", "", "left", "destroy")
    assert [act.word(one) for one in given] == ["use", "use", "transfer", "transfer", "", "", "", "left", "destroy"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (None, [("yaml_value_wrong", "m.yaml: fields", "nothing")]),
        ({}, [("yaml_value_wrong", "m.yaml: fields", "nothing")]),
        ({"weapon": "w"}, [("yaml_key_unknown", "m.yaml: fields", "weapon")]),
        ({"underlying": "w"}, [("yaml_key_unknown", "m.yaml: fields", "underlying")]),
        ({"act": None}, [("yaml_value_wrong", "m.yaml: act", "nothing")]),
        ({"act": {"columns": "a", "column": "a"}}, [("yaml_key_unknown", "m.yaml: act", "columns")]),
        ({"act": {"column": "a", "value": "use"}}, [("yaml_value_wrong", "m.yaml: act", "a")]),
        ({"act": {"values": {"laid": "use"}}}, [("yaml_value_wrong", "m.yaml: act", "nothing")]),
        ({"act": {"column": "a", "values": ["laid"]}}, [("yaml_value_wrong", "m.yaml: act: values", "['laid']")]),
        ({"act": {"column": "a", "values": {"laid": ["use"]}}}, [("yaml_value_wrong", "m.yaml: act: values: laid", "['use']")]),
        ({"act": {"column": "a", "several": {"use": "laid"}}}, [("yaml_value_wrong", "m.yaml: act: several: use", "laid")]),
        ({"act": {"column": "a", "several": ["laid"]}}, [("yaml_value_wrong", "m.yaml: act: several", "['laid']")]),
        ({"act": {"column": "a", "unknown": "n/k"}}, [("yaml_value_wrong", "m.yaml: act: unknown", "n/k")]),
        (
            {"act": {"column": "a", "values": {"laid": "use"}, "several": {"destroy": ["laid"]}}},
            [("yaml_value_wrong", "m.yaml: act: several: destroy", "laid")],
        ),
        ({"act": {"column": "a", "values": {"laid": "use"}, "unknown": ["laid"]}}, [("yaml_value_wrong", "m.yaml: act: unknown", "laid")]),
    ],
)
def test_a_slip_is_a_problem_at_its_place(fields: Any, found: list[tuple[str, str, str]]) -> None:
    assert slips(fields) == found


def test_two_texts_become_one_word_on_purpose_only() -> None:
    assert slips({"act": {"column": "a", "values": {"laid": "use", "placed": "use"}}}) == [
        ("mapping_values_merged", "m.yaml: act: values", "placed")
    ]
    assert slips({"act": {"column": "a", "several": {"use": ["laid", "placed"]}}}) == []


def test_a_column_that_is_not_there_is_named_with_its_neighbours() -> None:
    (one,) = column_problems((MappedField("act", "activty"), MappedField("actor", value="USA")), ["activity", "day"], "m.yaml")
    assert (one.code, one.place, one.value) == ("table_column_missing", "m.yaml: act", "activty") and "activity" in one.remedy


def test_columns_that_bear_the_name_of_a_fact_need_no_mapping() -> None:
    found = default_mapping(["id", "Act", "from place", "underlying-item", "underlying.act", "on", "is_detectable"])
    assert {one.field: one.column for one in found} == {
        "on": "on",
        "act": "Act",
        "from_place": "from place",
        "is_detectable": "is_detectable",
        "underlying.act": "underlying.act",
        "underlying.item": "underlying-item",
    }
    assert "underlying" not in MAPPED and "underlying.underlying" not in MAPPED


def test_the_proposal_fills_in_what_is_read_and_leaves_the_rest_blank() -> None:
    known = {"use": "use", "Use": "use", "sold": ""}

    def read(field: str, text: str) -> Reading:
        return Reading(known.get(text, ""), "nearest: sell") if field == "act" else Reading("")

    columns = [ColumnSeen("what", ("use", "Use", "sold")), ColumnSeen('a "b"\u202e', ("x",)), ColumnSeen("when", (), is_day=True)]
    text = proposed_mapping("t.csv", columns, read)
    assert '    column: "what"' in text and '      "sold":  # nearest: sell' in text and '      use: ["use", "Use"]' in text
    assert '    column: "when"' in text and "\u202e" not in text and "# Columns not used:" in text


def test_true_and_false_answer_a_question_of_yes_or_no_and_nothing_else() -> None:
    asked, other = MappedField("underlying.is_detectable", "d"), MappedField("act", "a")
    assert [asked.word(one) for one in ("true", "False", "yes", "1", "unknown")] == ["yes", "no", "yes", "1", ""]
    assert other.word("true") == "true"
    assert MappedField("is_detectable", "d", values={"true": "no"}).word("true") == "no"
    assert MappedField("is_detectable", "d", unknown=frozenset({"false"})).word("false") == ""
