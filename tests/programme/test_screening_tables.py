"""Tables of every kind are screened as they are given: Arrow, pandas, Polars; what comes back is of that kind and loses nothing."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from mineaction import ProblemError, screen
from mineaction.programme import screening, screening_passage
from mineaction.programme.decisions import decide
from mineaction.programme.screening_columns import ASPECTS

ROWS = {
    "act": ["use", "destroy", None, "fly"],
    "item": ["apl", "apl", "apl", "apl"],
    "actor": ["FRA", "Finland", "USA", "USA"],
    "on": ["2022-06-21", "2014-03-31", "2022-06-21", "2022-06-21"],
    "weight": [1.5, 2.0, None, 4.0],
}
VERDICTS = ["prohibited", "obliged", "not_bound", None]


class OnlyAStream:
    """An object that has nothing but Arrow's stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.table(ROWS).__arrow_c_stream__(requested_schema)


def verdicts(table: Any) -> list[str | None]:
    column = table["apmbc.verdict"]
    if isinstance(table, pd.DataFrame):
        column = column.astype(object).where(column.notna(), None)
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (pa.table(ROWS), pa.Table),
        (pa.RecordBatch.from_pydict(ROWS), pa.RecordBatch),
        (pa.table(ROWS).to_reader(), pa.Table),
        (pa.concat_tables([pa.table(ROWS).slice(0, 1), pa.table(ROWS).slice(1)]), pa.Table),
        (OnlyAStream(), pa.Table),
        (pd.DataFrame(ROWS), pd.DataFrame),
        (pd.DataFrame(ROWS, index=list("wxyz")), pd.DataFrame),
        (pd.DataFrame(ROWS).astype({"act": "category", "actor": "category"}), pd.DataFrame),
        (pd.DataFrame(ROWS).assign(on=lambda frame: pd.to_datetime(frame["on"])), pd.DataFrame),
        (pl.DataFrame(ROWS), pl.DataFrame),
        (pl.DataFrame(ROWS).with_columns(pl.col("act").cast(pl.Categorical), pl.col("on").str.to_date()), pl.DataFrame),
    ],
)
def test_what_comes_back_is_of_the_kind_that_was_given(given: Any, kind: type) -> None:
    told = screen(given)
    assert isinstance(told["table"], kind)
    assert verdicts(told["table"]) == VERDICTS
    assert (told["rows"], told["screened"], told["with_problems"]) == (4, 3, 1)


def test_a_frame_keeps_its_index_its_columns_and_itself() -> None:
    given = pd.DataFrame(ROWS, index=["w", "x", "y", "w"])
    before = given.copy()
    wider = screen(given)["table"]
    pd.testing.assert_frame_equal(given, before)
    pd.testing.assert_frame_equal(wider[list(ROWS)], before)
    frame = pl.DataFrame(ROWS)
    assert screen(frame)["table"].select(frame.columns).equals(frame)


@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("make", [pa.table, pd.DataFrame, pl.DataFrame, pa.RecordBatch.from_pydict])
def test_few_rows_or_none_are_a_table_too(make: Any, rows: int) -> None:
    told = screen(make({name: values[:rows] for name, values in ROWS.items()}))
    assert told["rows"] == rows and verdicts(told["table"]) == VERDICTS[:rows]


@pytest.mark.parametrize(
    "on",
    [
        pa.array([dt.date(2022, 6, 21)]),
        pa.array([1655855940], pa.timestamp("s")).cast(pa.timestamp("ns")),
        pa.array([1655766000], pa.timestamp("s", "Asia/Seoul")),
        pa.array(["2022-06-21"], pa.large_string()),
        pa.array(["2022-06-21"]).dictionary_encode(),
        pa.array(["2022-06-21T10:00:00+09:00"]),
        pa.array(["2022-06-21 10:00"]),
    ],
    ids=str,
)
def test_a_day_is_a_date_a_moment_or_iso_text(on: pa.Array) -> None:
    told = screen(pa.table({"act": ["use"], "item": ["apl"], "actor": ["USA"], "place": ["UKR"], "on": on}), instrument="us_apl_policy")
    assert told["table"]["us_apl_policy.verdict"].to_pylist() == ["prohibited"]
    # The day before, the version of 2020 would have asked whether the mine stays active.
    assert told["table"]["us_apl_policy.clauses"].to_pylist() == ["us_apl_policy.2022.3"]


@pytest.mark.parametrize("day", ["21.06.2022", "2022-06-31", "2022-06", "2022-06-21T25:00", "20220621", "0021-06-21"])
def test_a_day_that_is_none_is_a_problem_of_its_row(day: str) -> None:
    told = screen(pa.table({"act": ["use", "use"], "on": [day, "2022-06-21"]}))
    assert [(one["place"], one["value"]) for one in told["problems"]] == [("row 1, column on", day)]


def problems(data: Any, **options: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(ProblemError) as told:
        screen(data, **options)
    assert all(one.message and one.remedy for one in told.value.problems)
    return [(one.code, one.place, one.value) for one in told.value.problems]


def test_what_is_no_table_of_words_is_refused() -> None:
    assert problems(pl.LazyFrame(ROWS)) == [("data_kind_unknown", "data", "polars.LazyFrame")]
    twice = pd.DataFrame([["use", "use"]], columns=["act", "act"])
    assert problems(twice) == [("table_column_twice", "data", "act")]
    assert problems(pd.DataFrame({"act": ["use", 1, b"x"]})) == [("table_types_mixed", "data, column act", "act")]
    assert problems(pa.table({"act": [["use"]]})) == [("table_type_wrong", "column act", "list<item: string>")]
    assert problems(pa.table({"act": ["use"], "apmbc.verdict": [""]})) == [("table_column_taken", "data", "apmbc.verdict")]
    assert problems(pa.table({"act": ["use"]}), out="o.csv") == [("output_of_object", "out", "o.csv")]


def test_a_column_that_says_something_else_altogether_is_refused() -> None:
    many = pa.table({"act": [f"remark {one}" for one in range(20_000)]})
    assert [code for code, _, _ in problems(many)] == ["table_column_unlike"]


def test_numbers_and_truth_values_are_mapped_as_they_are_written() -> None:
    told = screen(
        pa.table({"code": [1, 2, None], "apl": [True, False, None]}),
        mapping={
            "fields": {
                "act": {"column": "code", "values": {"1": "use", "2": "stockpile"}},
                "item": {"column": "apl", "values": {True: "apl", "false": "anti-vehicle-mine"}},
                "actor": {"value": "FRA"},
                "on": {"value": "2022-06-21"},
            }
        },
    )
    assert told["table"]["apmbc.verdict"].to_pylist() == ["prohibited", "not_addressed", "undetermined"]


def test_a_column_of_nothing_is_unknown_in_every_row() -> None:
    empty = pa.table({"act": ["use", "use"], "item": pa.nulls(2), "actor": ["FRA", "FRA"], "on": ["2022-06-21"] * 2})
    assert screen(empty)["table"]["apmbc.missing"].to_pylist() == ["item+initiation"] * 2


def test_rows_in_many_batches_have_the_answers_of_rows_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    words = {name: np.array(values, object) for name, values in ROWS.items() if name != "weight"}
    table = pa.table({name: values[random.integers(0, len(values), 5_000)] for name, values in words.items()})
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=700)
    whole = screen(table)
    monkeypatch.setattr(screening, "TABLE_ROWS_AT_ONCE", 900)
    monkeypatch.setattr(screening_passage, "ROWS_IN_CACHE", 64)
    told = screen(tmp_path / "in.parquet", tmp_path / "out.parquet", problems=tmp_path / "problems.parquet")
    assert {name: told[name] for name in ("rows", "screened", "with_problems", "counts")} == {
        name: whole[name] for name in ("rows", "screened", "with_problems", "counts")
    }
    written = parquet.read_table(tmp_path / "out.parquet")
    assert written.to_pylist() == whole["table"].to_pylist() == screen(table)["table"].to_pylist()
    assert parquet.read_table(tmp_path / "problems.parquet")["row"].to_pylist() == [
        number for number, row in enumerate(table.to_pylist(), start=1) if row["act"] == "fly"
    ]


def test_a_table_of_arrow_needs_neither_pandas_nor_polars_nor_numba() -> None:
    program = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] in ('pandas', 'polars', 'numba'): raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import pyarrow as pa, mineaction as ma\n"
        "print(ma.screen(pa.table({'act': ['use'], 'on': ['2022-06-21']}))['rows'])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "1"


def test_records_of_armed_groups_are_screened_like_those_of_states() -> None:
    table = pa.table({"act": ["use"], "item": ["apl"], "actor_kind": ["armed_group"], "place": ["MMR"], "on": ["2024-01-01"]})
    told = screen(table)
    assert told["screened"] == 1 and told["table"]["apmbc.verdict"].to_pylist() == ["not_bound"]


def test_no_answer_says_lawful() -> None:
    assert "lawful" not in str(screen(pa.table(ROWS))).casefold()


def test_an_act_towards_nobody_or_oneself_is_a_problem_of_its_row() -> None:
    rows = [
        {"act": "transfer", "actor": "FRA", "to": "none", "actor_kind": "", "underlying.act": "", "underlying.counterparty": ""},
        {"act": "export", "actor": "FRA", "to": "none", "actor_kind": "", "underlying.act": "", "underlying.counterparty": ""},
        {"act": "transfer", "actor": "FRA", "to": "France", "actor_kind": "", "underlying.act": "", "underlying.counterparty": ""},
        {"act": "transfer", "actor": "CAN", "to": "CAN", "actor_kind": "person_under_jurisdiction"},
        {"act": "assist", "actor": "FRA", "to": "DEU", "actor_kind": "", "underlying.act": "sell", "underlying.counterparty": "none"},
    ]
    fields = {name: {"column": name} for name in rows[0] if name != "to"} | {"counterparty": {"column": "to"}}
    told = screen(pa.Table.from_pylist(rows), mapping={"fields": fields})
    found = [(one["code"], one["place"]) for one in told["problems"]]
    assert found == [
        ("other_side_missing", "row 1, column to"),
        ("other_side_is_actor", "row 3, column to"),
        ("other_side_missing", "row 5, column underlying.counterparty"),
    ]


@pytest.mark.parametrize("make", [pa.table, pd.DataFrame, pl.DataFrame])
def test_true_and_false_are_yes_and_no_where_that_is_asked(make: Any) -> None:
    rows = {"act": ["use"] * 3, "item": ["apl"] * 3, "actor": ["USA"] * 3, "place": ["KOR"] * 3, "on": ["2022-06-21"] * 3}
    words = screen(make(rows | {"is_detectable": ["yes", "no", None]}))["table"]
    truths = screen(make(rows | {"is_detectable": [True, False, None]}))
    assert truths["with_problems"] == 0
    for name in words.columns if not isinstance(words, pa.Table) else words.column_names:
        if "." in name:
            assert list(truths["table"][name]) == list(words[name]), name


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("Day", ["2022-06-21"]),
        ("datum", ["21.06.2022"]),
        ("Event date", [None]),
        ("seen", ["2022-06-21"]),
        ("seen", [dt.date(2022, 6, 21)]),
        ("seen", ["2022-06-21T10:00:00"]),
        ("seen", pa.array(["2022-06-21"]).dictionary_encode()),
    ],
)
@pytest.mark.parametrize("mapping", [None, {"fields": {"act": "act"}}])
def test_a_table_with_days_that_nobody_mapped_is_not_screened_under_the_law_of_today(column: str, cells: Any, mapping: Any) -> None:
    given = pa.table({"act": ["use"], column: cells, "number": [20220621]})
    assert problems(given, mapping=mapping) == [("day_column_not_mapped", "columns" if mapping is None else "mapping", column)]
    for day in ("2022-06-21", "unknown"):
        assert screen(given, mapping=mapping, on=day)["table"]["screened_on"].to_pylist() == [day]
    with_day = {"fields": {"act": "act", "on": column}}
    assert "screened_on" not in screen(given, mapping=with_day)["table"].column_names


def test_the_day_of_every_row_stands_in_the_table_where_rows_were_screened() -> None:
    told = screen(pa.table({"act": ["use", "fly"], "note": ["2022-06-21 or so", "x"], "id": ["x", "y"]}))
    assert told["table"]["screened_on"].to_pylist() == [told["on"], None]
    taken = pa.table({"act": ["use"], "screened_on": ["x"]})
    assert problems(taken) == [("table_column_taken", "data", "screened_on")]


@pytest.mark.parametrize("given", [[{"act": "use"}], {"act": ["use"]}, None, b"a.csv", 3])
def test_what_is_no_table_at_all_is_refused_with_the_kinds_that_are(given: Any) -> None:
    assert [code for code, _, _ in problems(given)] == ["data_kind_unknown"]
    with pytest.raises(ProblemError, match=f"type {type(given).__name__} .*Arrow table"):
        screen(given)


def test_a_table_without_facts_is_told_every_name() -> None:
    with pytest.raises(ProblemError, match=r"actor, act, item, .*is_marked_and_monitored, .*context, underlying\.act"):
        screen(pa.table({"weapon": ["apl"]}))


def test_a_row_says_which_other_readings_differ_and_what_lies_beyond_the_data() -> None:
    day_and_state = {"on": ["2022-06-21", "2090-01-01"], "actor": ["USA", "FRA"]}
    told = screen(pa.table({"act": ["assist"] * 2, "item": ["apl"] * 2, **day_and_state}))["table"]
    alone = [decide(act="assist", item="apl", actor=actor, on=on) for on, actor in zip(*day_and_state.values(), strict=True)]
    for row, one in zip(told.to_pylist(), alone, strict=True):
        for found in one["findings"]:
            differ = {name: verdict for name, verdict in found["readings"].items() if verdict != found["verdict"]}
            assert dict(part.split(": ") for part in row[f"{found['instrument']}.other_readings"].split("; ") if part) == differ
    assert told["apmbc.beyond_data"].to_pylist()[1] == "as_last_known" and told["us_apl_policy.beyond_data"][0].as_py() == ""
    assert told["us_apl_policy.beyond_data"][1].as_py() == "beyond_text_data"


def test_everyday_words_are_hinted_at_and_never_read() -> None:
    told = screen(pa.table({"act": ["laid", "used"], "item": ["Landmines", "AP mines"]}))
    assert told["screened"] == 0
    assert [one["remedy"] for one in told["problems"]] == [
        "It may mean use.",
        "It may mean apl or anti-vehicle-mine.",
        "It may mean use.",
        "It may mean apl.",
    ]


def test_only_the_columns_that_were_chosen_are_written_in_their_usual_order_and_say_the_same() -> None:
    table = pa.table(ROWS)
    whole = screen(table)
    for columns in ("clauses, verdict", ["clauses", "verdict", "clauses"]):
        told = screen(table, columns=columns, instrument=["us_apl_policy", "apmbc"])
        added = [name for name in told["table"].column_names if name not in ROWS]
        assert added == [f"{one}.{aspect}" for one in ("us_apl_policy", "apmbc") for aspect in ("verdict", "clauses")] + ["problem"]
        assert told["table"].to_pylist() == whole["table"].select(told["table"].column_names).to_pylist()
        assert told["counts"] == {one: whole["counts"][one] for one in ("us_apl_policy", "apmbc")}
    assert screen(table, columns=[])["table"].column_names == whole["table"].column_names


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_column_alone_is_what_it_is_among_all(aspect: str) -> None:
    days = {"on": ["2022-06-21", "2090-01-01", "2022-06-21"], "actor": ["USA", "FRA", "Finland"]}
    given = pa.table({"act": ["assist", "assist", "use"], "item": ["apl", "apl", None], **days})
    every, alone = screen(given), screen(given, columns=aspect)
    names = [f"{one}.{aspect}" for one in every["counts"]]
    assert alone["table"].select(names).to_pylist() == every["table"].select(names).to_pylist()


@pytest.mark.parametrize(
    ("columns", "wrong", "remedy"),
    [
        ("verdict,clause", "clause", "Use one of: clauses."),
        (["Verdict"], "Verdict", "Use one of: verdict"),
        ("apmbc.verdict", "apmbc.verdict", "Use one of: verdict"),
        ("verdict,", "", "Use one of: beyond_data, clauses, "),
        ("", "", "Use one of: beyond_data, "),
    ],
)
def test_a_column_that_no_answer_has_is_a_problem_with_the_nearest_words(columns: Any, wrong: str, remedy: str) -> None:
    with pytest.raises(ProblemError) as told:
        screen(pa.table(ROWS), columns=columns)
    (one,) = told.value.problems
    assert (one.code, one.place, one.value) == ("unknown_code", "columns", wrong)
    assert one.remedy.startswith(remedy)
