"""`mineaction screen`: tables in and out, what it refuses, and what a terminal sees."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mineaction.cli import main
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.decisions import decide
from mineaction.programme.policies import law_with, new_policy

EXIT_PROBLEM, EXIT_INTERRUPTED = 3, 130
TABLE = "id,act,item,actor,on\n1,use,apl,FRA,2022-06-21\n2,fly,apl,Atlantis,2022-06-21\n3,use,apl,,\n"
OTHER = "id,what,who\n1,laid,France\n2,stored,UK\n"

# (what is wrong, words after `screen`, code, place). A name in braces is a file of `files`.
REFUSED: list[tuple[str, str, str, str]] = [
    ("a table that is not there", "{absent}.csv {out}", "file_missing", "{absent}.csv"),
    ("no file for the rows", "{table}", "output_missing", "out"),
    ("the table as the file for its rows", "{table} {table}", "output_is_input", "out"),
    ("the table as the file for problems", "{table} {out} --problems {table}", "output_is_input", "problems"),
    ("one file for rows and problems", "{table} {out} --problems {out}", "output_is_input", "problems"),
    ("a file of another kind for the rows", "{table} {out}.xlsx", "table_format_unknown", "{out}.xlsx"),
    ("a file of another kind for problems", "{table} {out} --problems {out}.txt", "table_format_unknown", "{out}.txt"),
    ("a spreadsheet", "{sheet} {out}", "table_format_unknown", "{sheet}"),
    ("rows of the time before", "{again} {out}", "table_column_taken", "{again}"),
    ("columns that say nothing known", "{other} {out}", "mapping_empty", "columns"),
    ("an instrument that is not held", "{table} {out} --instrument apmb", "instrument_unknown", "instrument"),
    ("a reading that nobody holds", "{table} {out} --reading mine", "reading_unknown", "reading"),
    ("a column that no answer has", "{table} {out} --columns verdict,clause", "unknown_code", "columns"),
    ("a day beside a column of days", "{table} {out} --on 2022-06-21", "day_given_twice", "on"),
    ("an impossible day", "{other} {out} --mapping {mapping} --on 2022-02-30", "impossible_date", "on"),
    ("an impossible day of knowledge", "{table} {out} --known-at 2022-02-30", "impossible_date", "known_at"),
    ("an unknown day of knowledge", "{table} {out} --known-at unknown", "impossible_date", "known_at"),
    ("a mapping that is not there", "{table} {out} --mapping {absent}", "file_missing", "{absent}"),
    ("a table with a column of days that nobody mapped", "{dated} {out}", "day_column_not_mapped", "columns"),
    ("an empty mapping", "{table} {out} --mapping {empty}", "yaml_value_wrong", "{empty}"),
    ("a mapping that is no YAML", "{table} {out} --mapping {broken}", "yaml_broken", "{broken}, line 2"),
    ("a mapping of a column that is not there", "{table} {out} --mapping {mapping}", "table_column_missing", "{mapping}: act"),
    ("a mapping to a word that is none", "{other} {out} --mapping {wrong}", "unknown_word", "{wrong}: act: laid"),
    ("a mapping of two words to one", "{other} {out} --mapping {merged}", "mapping_values_merged", "{merged}: act: values"),
    ("a mapping to a state that is none", "{other} {out} --mapping {nowhere}", "unknown_state", "{nowhere}: actor: value"),
    ("a mapping where a file is already", "{table} --write-mapping {mapping}", "output_not_written", "{mapping}"),
    ("a mapping begun from nothing", "{absent}.csv --write-mapping", "file_missing", "{absent}.csv"),
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    given = {
        "table.csv": TABLE,
        "other.csv": OTHER,
        "sheet.xlsx": "PK",
        "again.csv": "act,problem\nuse,\n",
        "mapping.yaml": "fields: {act: {column: what, values: {laid: use, stored: stockpile}}, item: {value: apl}, actor: who}\n",
        "wrong.yaml": "fields: {act: {column: what, values: {laid: fly}}}\n",
        "merged.yaml": "fields: {act: {column: what, values: {laid: use, stored: use}}}\n",
        "nowhere.yaml": "fields: {act: what, actor: {value: Atlantis}}\n",
        "broken.yaml": "fields: [\n",
        "empty.yaml": "# nothing yet\n",
        "dated.csv": "Act,Item,actor,Day\nuse,apl,USA,2022-06-21\n",
    }
    for name, text in given.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = {name.partition(".")[0]: str(tmp_path / name) for name in given}
    return paths | {"out": str(tmp_path / "out.csv"), "absent": str(tmp_path / "absent")}


def screened(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("words", "code", "place"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_what_cannot_be_screened_is_refused_and_nothing_is_written(
    words: str, code: str, place: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(os.listdir(Path(files["out"]).parent))
    arguments = [word.format_map(files) for word in words.split()]
    assert main(["screen", *arguments, "--json"]) == EXIT_PROBLEM
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert (code, place.format_map(files)) in [(one["code"], one["place"]) for one in problems]
    assert all(one["message"] and one["remedy"] for one in problems)
    assert sorted(os.listdir(Path(files["out"]).parent)) == before
    assert main(["screen", *arguments]) == EXIT_PROBLEM
    assert f"[{code}]" in capsys.readouterr().err


def test_every_row_is_there_and_a_row_with_problems_says_so(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    problems = str(Path(files["out"]).with_name("problems.csv"))
    assert main(["screen", files["table"], files["out"], "--problems", problems, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["screened"], told["with_problems"], told["problem_count"]) == (3, 2, 1, 2)
    assert [(one["code"], one["place"], one["value"]) for one in told["problems"]] == [
        ("unknown_state", "row 2, column actor", "Atlantis"),
        ("unknown_word", "row 2, column act", "fly"),
    ]
    rows = screened(files["out"])
    assert [(row["id"], row["apmbc.verdict"]) for row in rows] == [("1", "prohibited"), ("2", ""), ("3", "undetermined")]
    assert "unknown_state" in rows[1]["problem"] and "fly" in rows[1]["problem"] and rows[0]["problem"] == ""
    assert [(row["row"], row["column"], row["value"]) for row in screened(problems)] == [("2", "actor", "Atlantis"), ("2", "act", "fly")]
    assert set(told["counts"]) == set(packaged_law().instruments)


def test_a_huge_cell_fills_no_terminal_and_is_kept_whole_in_the_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge, table, out = "x" * 200_000, tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"act,item,actor\n{huge},apl,FRA\n", encoding="utf-8")
    assert main(["screen", str(table), str(out)]) == 0
    shown = capsys.readouterr().out
    assert "(200,000 characters)" in " ".join(shown.split()) and len(shown) < 5_000
    assert main(["screen", str(table), str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"][0]["value"] == huge


def test_only_the_columns_asked_for_are_written_with_the_day_and_the_problems(files: dict[str, str]) -> None:
    assert main(["screen", files["other"], files["out"], "--mapping", files["mapping"], "--instrument", "apmbc"]) == 0
    every = screened(files["out"])
    assert main(["screen", files["other"], files["out"], "--mapping", files["mapping"], "--columns", "clauses,verdict"]) == 0
    chosen = screened(files["out"])
    names = [name for name in chosen[0] if not name.partition(".")[2]]
    assert names == ["id", "what", "who", "screened_on", "problem"]
    assert {name.partition(".")[2] for name in chosen[0]} == {"", "verdict", "clauses"}
    assert [row["apmbc.verdict"] for row in chosen] == [row["apmbc.verdict"] for row in every]


def test_only_the_instruments_asked_for_are_screened(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", files["table"], files["out"], "--instrument", "us_apl_policy", "--instrument", "apmbc"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("us_apl_policy\n") < shown.index("apmbc\n") and "3 rows: 2 screened, 1 with problems" in shown
    assert {name.partition(".")[0] for name in screened(files["out"])[0] if "." in name} == {"us_apl_policy", "apmbc"}


def test_the_day_of_every_row_is_said(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", files["other"], files["out"], "--mapping", files["mapping"], "--on", "2022-06-21", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["on"] == "2022-06-21" and told["not_mapped"] == ["id"] and told["with_problems"] == 0
    assert [row["apmbc.verdict"] for row in screened(files["out"])] == ["prohibited", "undetermined"]


def test_the_day_of_every_row_is_shown_and_written(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", files["dated"], files["out"], "--on", "2022-06-21"]) == 0
    assert "the day of every row: 2022-06-21" in capsys.readouterr().out
    assert [row["screened_on"] for row in screened(files["out"])] == ["2022-06-21"]


def test_an_empty_mapping_is_told_what_a_mapping_holds(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", files["table"], files["out"], "--mapping", files["empty"]]) == EXIT_PROBLEM
    shown = " ".join(capsys.readouterr().err.split())
    assert "does not fit a mapping" in shown and "fields:" in shown and "policy" not in shown


def test_rows_of_a_csv_are_counted_as_its_lines_are(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files["table"]).write_text("act,on\nuse,2022-06-21\n\nfly,2022-06-21\n", encoding="utf-8")
    assert main(["screen", files["table"], files["out"], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 3 and [one["place"] for one in told["problems"]] == ["row 3, column act"]
    assert [row["act"] for row in screened(files["out"])] == ["use", "", "fly"]


def test_a_mapping_that_was_begun_is_one_that_can_be_used(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    begun = str(Path(files["out"]).with_name("begun.yaml"))
    assert main(["screen", files["other"], "--write-mapping"]) == 0
    printed = capsys.readouterr().out
    assert main(["screen", files["other"], "--write-mapping", begun]) == 0
    assert "Written to" in capsys.readouterr().out
    text = Path(begun).read_text(encoding="utf-8")
    assert text == printed and '"France": FRA' in text and '"laid":' in text
    assert main(["screen", files["other"], files["out"], "--mapping", begun, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["value"]) for one in told["problems"]] == [("unknown_word", "laid"), ("unknown_word", "stored")]


def test_a_table_without_rows_gives_its_columns(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.csv").write_text("act,id\n", encoding="utf-8")
    assert main(["screen", str(tmp_path / "none.csv"), files["out"], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 0
    header = Path(files["out"]).read_text(encoding="utf-8")
    assert header.startswith('"act","id","') and '"problem"' in header


def on_a_terminal(*arguments: str) -> str:
    """What a terminal shows of standard error."""
    main_end, other_end = pty.openpty()
    command = [sys.executable, "-m", "mineaction.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=other_end) as process:
        os.close(other_end)
        shown = b""
        try:
            while chunk := os.read(main_end, 1 << 16):
                shown += chunk
        except OSError:
            pass  # how the end of a terminal is told
        process.wait()
    os.close(main_end)
    return shown.decode()


def test_progress_is_shown_on_a_terminal_only(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "3 rows" in on_a_terminal("screen", files["table"], files["out"])
    assert on_a_terminal("screen", files["table"], files["out"], "--json") == ""
    assert main(["screen", files["table"], files["out"]]) == 0
    assert capsys.readouterr().err == ""


def test_an_interruption_ends_quietly_and_leaves_no_half_file(tmp_path: Path) -> None:
    table = tmp_path / "pipe.csv"
    text = io.StringIO()
    text.write("act,item,actor,on\n")
    text.write("use,apl,FRA,2022-06-21\n" * 3_000_000)
    table.write_text(text.getvalue(), encoding="utf-8")
    command = [sys.executable, "-m", "mineaction.cli", "screen", str(table), str(tmp_path / "out.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(tmp_path.glob("out.csv.*.part")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (EXIT_INTERRUPTED, b"")
    assert [one.name for one in tmp_path.iterdir()] == ["pipe.csv"]


def test_a_policy_of_ones_own_is_screened_beside_the_packaged_ones(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    policy = Path(files["out"]).with_name("policy.yaml")
    policy.write_text(new_policy(), encoding="utf-8")
    assert main(["screen", files["table"], files["out"], "--policy", str(policy), "--on", "2026-06-01"]) == EXIT_PROBLEM
    capsys.readouterr()
    Path(files["table"]).write_text("act,item,actor\nuse,apl,USA\nuse,apl,FRA\n", encoding="utf-8")
    assert main(["screen", files["table"], files["out"], "--policy", str(policy), "--on", "2026-06-01", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["counts"]) == {*packaged_law().instruments, "my_policy"}
    for row in screened(files["out"]):
        (alone,) = [
            one
            for one in decide(act="use", item="apl", actor=row["actor"], on="2026-06-01", law=law_with(str(policy)))["findings"]
            if one["instrument"] == "my_policy"
        ]
        assert (row["my_policy.verdict"], row["my_policy.clauses"]) == (alone["verdict"], ";".join(one["id"] for one in alone["clauses"]))
