"""Screening a table gives every row the answer that `decide` gives for the row alone; nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.activity import Activity
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.days_of_change import changes
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with, new_policy
from mineaction.programme.screening import screen
from mineaction.terms.problem import ProblemError
from mineaction.terms.vocabulary import FIELDS, SHORT_FORMS
from tests.policies.decision_cases import cases

TODAY = "2026-11-22"
FACTS = tuple(name for name in FIELDS if name != "underlying")
STATES = ("USA", "FRA", "Ukraine", "FIN", "LTU", "POL", "PRK", "KOR", "SSD", "CHN", "HKG", "ESH", "SOM", "TUV", "Belarus", "MNE")
COLUMNS = ("verdict", "clauses", "duties", "missing", "provisos", "other_readings", "beyond_data")
INSTRUMENTS = tuple(packaged_law().instruments)


@cache
def days() -> tuple[str, ...]:
    """Days on which something changes, and the days beside them."""
    found: set[dt.date] = set()
    for instrument in packaged_law().instruments.values():
        for state in ("UKR", "FIN", "LTU", "POL", "SSD", "FRA"):
            activity = Activity(state, {}, None, {})
            found |= {one.day for one in changes(packaged_law(), instrument, activity, None, packaged_book())}
    found |= {dt.date(2003, 3, 1), dt.date(2010, 6, 1), dt.date(2024, 5, 5)}
    return tuple(sorted({(one + dt.timedelta(days=step)).isoformat() for one in found for step in (-1, 0, 1)}))


def words(name: str) -> st.SearchStrategy[str | None]:
    given_words = [*FIELDS[name].values, *SHORT_FORMS.get(name, ())]
    if name in ("counterparty", "place", "from_place"):
        given_words += STATES
    return st.one_of(st.none(), st.sampled_from(given_words), st.sampled_from([*given_words, "unknown", " "]))


def rows() -> st.SearchStrategy[dict[str, str | None]]:
    wrong = st.sampled_from(["nonsense", "Atlantis", "2022-02-30"])
    facts: dict[str, Any] = {name: words(name) for name in FACTS}
    # Most rows say few things, so that unknown facts and settled answers both occur.
    facts |= {name: st.one_of(st.none(), st.none(), words(name)) for name in FACTS if name not in ("act", "item", "initiation", "purpose")}
    facts |= {f"underlying.{name}": st.one_of(st.none(), st.none(), words(name)) for name in ("act", "item", "purpose", "stock_origin")}
    facts["actor"] = st.one_of(st.none(), st.sampled_from(STATES), st.sampled_from(STATES))
    facts["on"] = st.one_of(st.sampled_from(days()), st.sampled_from(days()), st.sampled_from([None, "unknown"]))
    made = st.fixed_dictionaries(facts)
    return st.one_of(made, made, made, st.tuples(made, st.sampled_from(sorted(facts)), wrong).map(lambda one: one[0] | {one[1]: one[2]}))


def told_alone(row: dict[str, str | None], **options: Any) -> dict[str, dict[str, Any]] | None:
    """What `decide` says of one row, or None where it refuses the question."""
    said = {name: None if word is None or word.strip() in ("", "unknown") else word for name, word in row.items()}
    day = said.pop("on") or "unknown"
    below = {name.removeprefix("underlying."): said.pop(name) for name in list(said) if name.startswith("underlying.")}
    try:
        return {one["instrument"]: one for one in decide(**said, underlying=below, on=day, **options)["findings"]}
    except ProblemError:
        return None


def in_table(finding: dict[str, Any]) -> dict[str, str]:
    return {
        "verdict": finding["verdict"],
        # Over all days a clause may be told once with each of its texts; a table names it once.
        "clauses": ";".join(dict.fromkeys(one["id"] for one in finding["clauses"])),
        "duties": ";".join(one["id"] for one in finding["duties"]),
        "missing": ";".join("+".join(names) for names in finding["missing"]),
        "provisos": " | ".join(finding["provisos"]),
        "other_readings": "; ".join(f"{name}: {one}" for name, one in finding["readings"].items() if one != finding["verdict"]),
        "beyond_data": ";".join(one for one in ("beyond_text_data", "as_last_known") if finding.get(one)),
    }


def check(given_rows: list[dict[str, str | None]], **options: Any) -> None:
    table = pa.Table.from_pylist(given_rows, pa.schema([(name, pa.string()) for name in given_rows[0]]))
    answer = screen(table, **options)
    shown = answer["table"].to_pylist()
    assert answer["rows"] == len(given_rows) == answer["screened"] + answer["with_problems"]
    for row, screened in zip(given_rows, shown, strict=True):
        alone = told_alone(row, **options)
        assert bool(screened["problem"]) == (alone is None), row
        for name in INSTRUMENTS:
            found = {key: screened[f"{name}.{key}"] for key in COLUMNS}
            assert found == (in_table(alone[name]) if alone else dict.fromkeys(found)), (name, row)
            if alone and alone[name]["verdict"] == "not_bound":
                assert screened[f"{name}.reason"] == alone[name]["reason"]


@given(st.lists(rows(), min_size=1, max_size=12))
def test_every_row_has_the_answer_that_decide_gives(given_rows: list[dict[str, str | None]]) -> None:
    check(given_rows)


@given(st.lists(rows(), min_size=1, max_size=6), st.sampled_from(["2019-01-01", "2022-06-21", "2022-12-02", "2025-12-10"]))
def test_what_was_known_on_a_day_decides_rows_too(given_rows: list[dict[str, str | None]], known_at: str) -> None:
    check(given_rows, known_at=known_at)


READINGS = sorted({one.name for two in packaged_law().instruments.values() for three in two.versions for one in three.readings})


@given(st.lists(rows(), min_size=1, max_size=6), st.sampled_from(READINGS))
def test_a_reading_holds_for_every_row(given_rows: list[dict[str, str | None]], reading: str) -> None:
    check(given_rows, reading=reading)


def test_every_case_that_a_lawyer_can_read_has_its_answer_in_a_table_too() -> None:
    tables: dict[tuple[tuple[str, str], ...], list[dict[str, str | None]]] = {}
    columns = ("on", "actor", *FACTS, *(f"underlying.{name}" for name in FACTS))
    for _, _, case in cases():
        asked = {name: one for name, one in case["ask"].items() if name not in ("underlying", "reading", "known_at")}
        if "at" in asked:
            continue  # a position is no column of a table
        below = {f"underlying.{name}": one for name, one in case["ask"].get("underlying", {}).items()}
        options = tuple((name, case["ask"][name]) for name in ("reading", "known_at") if name in case["ask"])
        tables.setdefault(options, []).append({name: (asked | below | {"on": asked.get("on", TODAY)}).get(name) for name in columns})
    assert sum(map(len, tables.values())) > 100
    for options, given_rows in tables.items():
        check(given_rows, **dict(options))


def test_an_empty_day_is_asked_over_all_days_and_a_known_one_is_not() -> None:
    rows_given = [
        {"act": "use", "item": "apl", "actor": actor, "on": day} for actor in STATES for day in (None, "2005-01-01", "2026-06-01")
    ]
    check([dict.fromkeys(FACTS) | row for row in rows_given])


def test_the_article_4_period_is_the_actors_own_unless_the_row_says_otherwise() -> None:
    destroy = {"act": "stockpile", "item": "apl", "stock_origin": "held_at_entry_into_force", "purpose": "defence", "actor": "FIN"}
    within = [None, "yes", "no"]
    check(
        [
            dict.fromkeys(FACTS) | destroy | {"on": day, "is_within_article_4_period": one}
            for one in within
            for day in ("2012-06-30", "2012-07-01", "2016-07-01", "2016-07-02", None)
        ]
    )


def test_who_binds_an_armed_group_is_the_state_named_as_place(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    text = new_policy().replace("binds: {actors: [CHE]}", "binds: {parties_to: CCW_APII, actor_kinds: [state, armed_group]}")
    policy.write_text(text.replace("2026-01-01", "1996-05-03"), encoding="utf-8")
    law = law_with(str(policy))
    given_rows = [
        dict.fromkeys(FACTS) | {"act": "use", "item": "apl", "actor": actor, "actor_kind": kind, "place": place, "on": day}
        for actor in (None, "FRA", "MMR")
        for kind in (None, "state", "armed_group", "person_under_jurisdiction")
        for place in (None, "UKR", "MMR", "USA", "elsewhere")
        for day in ("1999-11-23", "2024-01-01", None)
    ]
    table = pa.Table.from_pylist(given_rows, pa.schema([(name, pa.string()) for name in given_rows[0]]))
    shown = screen(table, policy=str(policy), instrument="my_policy")["table"].to_pylist()
    told = [told_alone(row, law=law) for row in given_rows]
    assert [row["my_policy.verdict"] for row in shown] == [one["my_policy"]["verdict"] for one in told if one]
    assert [row["my_policy.provisos"] for row in shown] == [" | ".join(one["my_policy"]["provisos"]) for one in told if one]
    groups = {row["my_policy.verdict"] for row in shown if row["actor_kind"] == "armed_group"}
    assert {"prohibited", "not_bound", "undetermined"} <= groups
