"""Bad input on the command line: each a problem with code, place and remedy, exit code 3 (2 for usage), never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from mineaction.cli import main
from mineaction.programme.policies import new_policy

EXIT_USAGE, EXIT_PROBLEM = 2, 3

# (what is wrong, words of the command, code, place). A name in braces is a file of `files`.
REFUSED: list[tuple[str, str, str, str]] = [
    ("a treaty that is not held", "status NPT", "instrument_unknown", "instrument"),
    ("a state as a treaty", "status Atlantis", "instrument_unknown", "instrument"),
    ("a state that never existed", "status APMBC --state Atlantis", "unknown_state", "state"),
    ("a code that is no longer in use", "status APMBC --state YUG", "unknown_state", "state"),
    ("a name of several states", "status APMBC --state Korea", "unknown_state", "state"),
    ("a group that is not held", "status APMBC --group mercosur", "group_unknown", "group"),
    ("an impossible day", "status APMBC --on 2022-02-30", "impossible_date", "on"),
    ("a day in another order", "status APMBC --on 21.06.2022", "impossible_date", "on"),
    ("a month as a day", "status APMBC --on 2022-06", "impossible_date", "on"),
    ("a day before the treaty", "status APMBC --on 1996-01-01", "date_before_instrument", "on"),
    ("a day before the treaty and long ago", "status CCM --on 1899-12-31", "date_before_instrument", "on"),
    ("the last day of the calendar", "status APMBC --on 9999-12-31", "date_out_of_range", "on"),
    ("the first day of the calendar", "status APMBC --on 0001-01-01", "date_out_of_range", "on"),
    ("an impossible day of knowledge", "status APMBC --known-at 2022-13-01", "impossible_date", "known_at"),
    ("deadlines of a state that never existed", "deadlines APMBC --state Atlantis", "unknown_state", "state"),
    ("deadlines on the last day of the calendar", "deadlines APMBC --state UKR --on 9999-12-31", "date_out_of_range", "on"),
    ("deadlines of a treaty without encoded clocks", "deadlines CCW_APII --state DEU --on 2022-06-21", "clocks_not_encoded", "instrument"),
    ("an act that is none", "decide --act fly", "unknown_word", "act"),
    ("an item that is none", "decide --item rifle", "unknown_word", "item"),
    ("an actor that never existed", "decide --act use --actor Atlantis", "unknown_state", "actor"),
    ("a place that never existed", "decide --act use --place Narnia", "unknown_state", "place"),
    ("a position that is none", "decide --act use --at nonsense", "impossible_position", "at"),
    ("a position off the earth", "decide --act use --at 500,500", "impossible_position", "at"),
    ("latitude first", "decide --act use --at 37.5,127", "position_swapped", "at"),
    ("a place and a position", "decide --act use --at 127,37.5 --place KOR", "place_given_twice", "at"),
    ("two facts that contradict each other", "decide --act use --item apl --initiation command", "facts_contradict", "initiation"),
    ("an underlying act without assistance", "decide --act use --underlying use", "underlying_without_assist", "underlying"),
    ("an underlying act of assistance", "decide --act assist --underlying induce", "underlying_too_deep", "underlying.act"),
    ("an underlying item that is none", "decide --act assist --underlying use --underlying-item rifle", "unknown_word", "underlying.item"),
    ("a reading that nobody holds", "decide --act use --reading mine", "reading_unknown", "reading"),
    ("a decision on the last day of the calendar", "decide --act use --on 9999-12-31", "date_out_of_range", "on"),
    ("a decision on an impossible day", "decide --act use --on 2023-02-29", "impossible_date", "on"),
    ("a decision known on no day", "decide --act use --known-at unknown", "impossible_date", "known_at"),
    ("a clause that is not there", "explain apmbc.99", "clause_id_unknown", "clause"),
    ("a version that is not held", "policies --show us_apl_policy@1996-05-15", "instrument_unknown", "instrument"),
    ("a policy to compare that is not held", "compare npt apmbc", "instrument_unknown", "instrument"),
    ("a treaty to compare that is not held", "compare us_apl_policy npt", "instrument_unknown", "instrument"),
    ("a reading of another version", "compare us_apl_policy@2022-06-21 apmbc --reading hrw_2004", "reading_unknown", "reading"),
    ("a version to check that is not held", "check-policies apmbc@1990-01-01", "instrument_unknown", "instrument"),
    ("a store that is not there", "verify --store no_such.gpkg", "store_missing", "no_such.gpkg"),
    ("a store that is none", "history hazardous_area/a/b --store {list}", "store_not_ours", "{list}"),
    ("a backup that is none", "restore {list} --store no_such.gpkg", "store_not_ours", "{list}"),
    ("a new store over a file", "init {list}", "store_exists", "{list}"),
    ("a store in no folder", "init no_such_folder/a.gpkg", "store_refused", "no_such_folder/a.gpkg"),
    ("a kind of record that is none", "import {list} --kind tree", "unknown_code", "kind"),
    ("a checkpoint without a key", "verify --checkpoint {list}", "public_key_missing", "public_key"),
    ("a change that changes nothing", "what-if apmbc", "nothing_changed", "what-if"),
    ("a clause to leave out that is not there", "what-if apmbc --without apmbc.99", "clause_id_unknown", "without"),
    ("a clause from elsewhere", "what-if us_apl_policy@2022-06-21 --without us_apl_policy.2020.use", "clause_continued", "without"),
    ("a file of clauses that is not there", "what-if apmbc --with {absent}", "file_missing", "{absent}"),
    ("a mapping of no file", "what-if apmbc --without apmbc.1.1.a --mapping {absent}", "records_missing", "mapping"),
    ("a file of records that is not there", "what-if apmbc --without apmbc.1.1.a --file {absent}.csv", "file_missing", "{absent}.csv"),
    ("a roadmap of what is not held", "roadmap npt", "instrument_unknown", "instrument"),
    ("a roadmap before the policy", "roadmap us_apl_policy --on 1980-01-01", "policy_not_in_force", "policy"),
    ("a roadmap of nobody in particular", "roadmap apmbc", "state_not_named", "state"),
    ("a roadmap on an impossible day", "roadmap us_apl_policy --on 2022-02-30", "impossible_date", "on"),
    ("a roadmap of a state that never existed", "roadmap apmbc --state Atlantis", "unknown_state", "state"),
    ("a timeline that ends before it begins", "timeline --act use --from 2022-01-01 --to 2021-12-31", "period_reversed", "from"),
    ("a timeline from an impossible day", "timeline --act use --from 2022-02-30", "impossible_date", "from"),
    ("a timeline to no day", "timeline --act use --to unknown", "impossible_date", "to"),
    ("a timeline known on no day", "timeline --act use --known-at unknown", "impossible_date", "known_at"),
    ("a timeline of what is not held", "timeline --act use --instrument apmcb", "instrument_unknown", "instrument"),
    ("a timeline under a reading that nobody holds", "timeline --act use --reading mine", "reading_unknown", "reading"),
    ("a timeline of an act that is none", "timeline --act fly", "unknown_word", "act"),
    ("a version that is not held beside one that is", "diff us_apl_policy@2021-06-21 apmbc", "instrument_unknown", "a"),
    ("a version beside one that is not held", "diff apmbc us_apl_policy@2021-06-21", "instrument_unknown", "b"),
    ("a reading of no version", "diff us_apl_policy@2022-06-21:statetext apmbc", "reading_unknown", "a"),
    ("a reading of another version held against one", "diff apmbc us_apl_policy@2022-06-21:hrw_2004", "reading_unknown", "b"),
    ("a colon without a reading", "diff apmbc: apmbc", "reading_unknown", "a"),
    ("readings that nobody joins", "diff us_apl_policy@2022-06-21:state_text+wide_korea apmbc", "reading_unknown", "a"),
    ("a policy file that is not there", "policies --policy {absent}", "file_missing", "{absent}"),
    ("a folder as a policy file", "policies --policy {folder}", "file_missing", "{folder}"),
    ("a policy of two megabytes", "policies --policy {large}", "file_too_large", "{large}"),
    ("a policy in Latin-1", "policies --policy {latin1}", "file_not_utf8", "{latin1}"),
    ("a binary policy", "decide --act use --policy {binary}", "file_not_text", "{binary}"),
    ("a policy that is no mapping", "policies --policy {list}", "yaml_value_wrong", "{list}"),
    ("an empty policy", "policies --policy {empty}", "yaml_value_wrong", "{empty}"),
    ("a policy that unfolds to billions", "compare my_policy apmbc --policy {bomb}", "yaml_alias", "{bomb}, line 1"),
    ("a policy nested thousands deep", "policies --policy {deep}", "yaml_too_deep", "{deep}, line 1"),
    ("a policy whose clauses go in a circle", "explain my_policy.1 --policy {circle}", "clause_cycle", "{circle}"),
    ("a policy with a clause id twice", "policies --policy {twice}", "clause_id_duplicate", "{twice}: clause my_policy.1"),
    ("a policy with a key twice", "policies --policy {key_twice}", "yaml_key_twice", "{key_twice}, line 2"),
    ("a policy with an unknown key", "policies --policy {key}", "yaml_key_unknown", "{key}"),
    ("a policy that misquotes its source", "policies --policy {quote}", "quote_not_found", "{quote}: clause my_policy.1: text"),
    ("a policy that continues itself", "policies --policy {own_tail}", "version_cycle", "{own_tail}: clause my_policy.5: continues_where"),
    ("a policy whose id has no day", "policies --policy {no_day}", "yaml_value_wrong", "{no_day}: version"),
    ("a policy without a default reading", "policies --policy {no_default}", "yaml_value_wrong", "{no_default}: readings"),
    ("a policy that takes the name of a treaty", "decide --act use --policy {taken}", "instrument_taken", "{taken}: version"),
    ("a statement that is not there", "factcheck {absent}", "file_missing", "{absent}"),
    ("a statement of ten megabytes", "factcheck {huge}", "file_too_large", "{huge}"),
    ("a binary statement", "factcheck {binary}", "file_not_text", "{binary}"),
    ("a statement in Latin-1", "factcheck {latin1}", "file_not_utf8", "{latin1}"),
    ("an empty statement", "factcheck {empty}", "file_empty", "{empty}"),
]  # fmt: skip

USAGE: list[tuple[str, str]] = [
    ("no command", ""),
    ("a command that is none", "frobnicate"),
    ("a treaty left out", "status"),
    ("an option that is none", "decide --actr USA"),
    ("an option without its word", "decide --act"),
    ("a word too many", "explain apmbc.4 apmbc.5"),
    ("deadlines without a state", "deadlines APMBC"),
    ("a fact check of nothing", "factcheck"),
    ("a comparison of one", "compare apmbc"),
]


def changed(before: str, after: str) -> str:
    text = new_policy()
    assert text.count(before) == 1, before
    return text.replace(before, after)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that the refused commands name, by the word in braces."""
    folder = tmp_path_factory.mktemp("given")
    text = 'text: {kind: paraphrase, says: "Anti-personnel mines are not used.", citation: "replace with the place in the text"}'
    quote = "text: {kind: quote, file: law, says: 'mines are allowed everywhere'}"
    given = {
        "large": b"# " + b"x" * 2_000_000,
        "huge": b"The United States will not use mines. " * 270_000,
        "latin1": "title: \u00e9limination des mines. Les mines sont interdites.".encode("latin-1"),
        "binary": b"\x7fELF\x00\x01\x02\x03",
        "list": b"- one\n- two\n",
        "empty": b"",
        "bomb": b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n",
        "deep": b"[" * 400_000,
        "circle": changed("forbid: {act: [use]}", "forbid: {act: [use]}\n  defeats: [my_policy.1]").encode(),
        "twice": changed("- id: my_policy.2\n", "- id: my_policy.1\n").encode(),
        "key_twice": b"title: a\ntitle: b\n",
        "key": changed("title: Landmine", "titel: x\ntitle: Landmine").encode(),
        "quote": changed("texts: {}", "texts: {law: sources/apmbc_1997_en_ca-schedule.txt}").replace(text, quote).encode(),
        "own_tail": changed("aim: accede_to_apmbc", "continues_where: {version: my_policy@2026-01-01, when: {act: [use]}}").encode(),
        "no_day": changed("version: my_policy@2026-01-01", "version: my_policy").encode(),
        "no_default": changed("{default: true, says:", "{says:").encode(),
        "taken": changed("version: my_policy@2026-01-01", "version: apmbc@2026-01-01").encode(),
    }
    for name, content in given.items():
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir()
    return {name: str(folder / name) for name in (*given, "folder", "absent")}


def split(words: str, files: dict[str, str]) -> list[str]:
    return [word.format_map(files) if "{" in word else word for word in words.split()]


def exit_code(arguments: Sequence[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.mark.parametrize(("words", "code", "place"), [pytest.param(*rest, id=name) for name, *rest in REFUSED])
def test_a_command_is_refused_with(words: str, code: str, place: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = split(words, files)
    assert exit_code([*arguments, "--json"]) == EXIT_PROBLEM
    shown = capsys.readouterr()
    assert shown.err == ""
    found = json.loads(shown.out)["problems"]
    # A statement is named without its folder, an option with or without its dashes.
    named = {place.format_map(files), os.path.basename(place.format_map(files))}
    assert any(one["code"] == code and one["place"].removeprefix("--") in named for one in found), found
    assert all(
        set(one) == {"code", "severity", "place", "value", "message", "remedy"} and one["message"] and one["remedy"] for one in found
    )
    # The same in words: one line a problem, on the error stream, with the code at its end.
    assert exit_code(arguments) == EXIT_PROBLEM
    shown = capsys.readouterr()
    assert shown.out == "" and f"[{code}]" in shown.err and "Traceback" not in shown.err
    assert len(shown.err.splitlines()) >= len(found)


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in USAGE])
def test_a_command_is_not_understood_with(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(words.split()) == EXIT_USAGE
    shown = capsys.readouterr()
    assert shown.out == "" and "usage: mineaction" in shown.err and "Traceback" not in shown.err


def test_the_nearest_option_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["decide", "--actr", "USA"]) == EXIT_USAGE
    assert "--actor" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["\0", "a\0b", "\ud800", "\U0001f600", "\n", "{}", "{value}", "%s", "x" * 10_000], ids=repr)
def test_a_strange_word_is_a_problem_wherever_it_stands(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = [
        ["status", word], ["status", "APMBC", "--state", word], ["status", "APMBC", "--group", word], ["status", "APMBC", "--on", word],
        ["deadlines", "APMBC", "--state", word], ["explain", word], ["policies", "--show", word], ["compare", word, "apmbc"],
        ["policies", "--policy", word], ["decide", "--act", "assist", "--underlying", word], ["factcheck", word],
        *(["decide", option, word] for option in ("--act", "--item", "--actor", "--place", "--counterparty", "--at", "--on", "--reading")),
    ]  # fmt: skip
    for arguments in commands:
        assert exit_code([*arguments, "--json"]) == EXIT_PROBLEM, arguments
        assert json.loads(capsys.readouterr().out)["problems"], arguments


def test_every_problem_in_a_question_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["decide", "--act", "fly", "--item", "rifle", "--actor", "YUG", "--on", "tomorrow", "--json"]) == EXIT_PROBLEM
    found = json.loads(capsys.readouterr().out)["problems"]
    assert [one["place"] for one in found] == ["on", "act", "item", "actor"]


def run(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable.encode(), b"-m", b"mineaction.cli", *(os.fsencode(one) for one in arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_a_process_ends_with_the_exit_code_and_no_traceback(files: dict[str, str]) -> None:
    for arguments, code in (
        (["status", "Atlantis"], EXIT_PROBLEM),
        (["frobnicate"], EXIT_USAGE),
        (["policies", "--policy", files["bomb"]], EXIT_PROBLEM),
    ):
        told = run(*arguments)
        assert (told.returncode, told.stdout) == (code, b"") and told.stderr
        assert b"Traceback" not in told.stderr


def test_bytes_that_are_no_text_are_a_problem_and_the_answer_stays_json() -> None:
    for encoding in ("utf-8", "ascii", "latin-1", "utf-8:strict"):
        told = run("decide", "--act", b"\xff\xfe", "--json", PYTHONIOENCODING=encoding)
        assert told.returncode == EXIT_PROBLEM and b"Traceback" not in told.stderr
        assert json.loads(told.stdout.decode(encoding.partition(":")[0]))["problems"][0]["code"] == "unknown_word"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_an_answer_is_shown_in_every_encoding(encoding: str) -> None:
    for arguments in (["decide", "--act", "use", "--item", "apl", "--actor", "FRA"], ["explain", "us_apl_policy.2022.6"]):
        for form in ([], ["--json"]):
            told = run(*arguments, *form, PYTHONIOENCODING=encoding)
            assert (told.returncode, told.stderr) == (0, b"")
            shown = told.stdout.decode(encoding)
            if form:
                assert json.loads(shown)["disclaimer"]


def test_a_reader_that_goes_away_ends_the_answer_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mineaction.cli", "policies", "--show", "apmbc", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_place_of_a_problem_in_a_file_begins_with_the_file(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["policies", "--policy", files["twice"]]) == EXIT_PROBLEM
    assert capsys.readouterr().err.startswith(str(Path(files["twice"])))
