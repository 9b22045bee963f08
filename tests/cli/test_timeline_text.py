"""A timeline and a difference on a terminal: nothing wider than it, every change with its act, long lists in groups."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mineaction.cli import main
from mineaction.cli.terminal_cells import shown_width
from mineaction.cli.timeline_text import show_diff, show_timeline
from mineaction.programme.timeline import timeline
from mineaction.programme.version_difference import diff

P2022 = "us_apl_policy@2022-06-21"
POLAND: dict[str, Any] = {"act": "use", "item": "apl", "actor": "POL", "until": "2026-06-01", "instruments": ["apmbc"]}


@pytest.mark.parametrize("columns", [200, 80, 50])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for shown in (show_timeline(timeline(act="stockpile", item="apl", actor="UKR")), show_diff(diff(P2022, f"{P2022}:state_text"))):
        assert [line for line in shown.splitlines() if shown_width(line) > columns] == []


def test_each_period_is_a_row_and_each_change_names_its_act_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    lines = show_timeline(timeline(**POLAND)).splitlines()
    (bound,) = [
        number for number, line in enumerate(lines) if line.startswith("  2013-06-01 - 2025-08-20  prohibited     apmbc@1999-03-01")
    ]
    assert re.match(r"    because: APMBC enters into force for POL \[\d+\]", lines[bound + 1])
    (left,) = [number for number, line in enumerate(lines) if line.startswith("  2026-02-20 - 2026-04-09  not bound")]
    assert lines[left].endswith("withdrawn") and "The withdrawal of POL from APMBC takes effect" in lines[left + 1]
    assert any(re.match(r"  2026-04-09 - +not bound +.*", line) for line in lines), "the last period has no end"
    assert any("changed: provisos; the verdict stays" in line for line in lines)


def test_every_number_of_a_source_stands_once_in_the_list_of_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    body, _, sources = show_timeline(timeline(**POLAND)).partition("\nSources:\n")
    listed = re.findall(r"^  \[(\d+)\] ", sources, re.MULTILINE)
    assert listed == [str(number + 1) for number in range(len(listed))] and set(re.findall(r"\[(\d+)\]$", body, re.MULTILINE)) <= set(
        listed
    )


def test_what_lies_beyond_the_data_stands_out() -> None:
    assert "AS LAST KNOWN" in show_timeline(timeline(**POLAND))
    assert "AS LAST KNOWN" not in show_timeline(timeline(**POLAND | {"until": "2026-03-01"}))


def test_what_another_state_says_for_itself_is_one_line() -> None:
    told = timeline(**POLAND | {"instruments": ["us_apl_policy"]})
    assert "binds its issuer, not this actor" in show_timeline(told) and "because" not in show_timeline(told)


def test_a_treaty_that_never_binds_is_one_line_and_one_that_a_signatory_owes_something_is_not() -> None:
    words = {"act": "use", "item": "apl", "instruments": ["apmbc"], "until": "2022-06-21"}
    usa = show_timeline(timeline(**words, actor="USA"))
    assert "  never binds the actor in this time: never consented; if it bound: prohibited" in usa.splitlines()
    assert "because" not in usa
    assert "VCLT Art. 18(a)" in show_timeline(timeline(**words, actor="MHL"))


def test_a_text_that_the_row_names_is_no_source_of_its_own() -> None:
    told = timeline(act="use", item="apl", actor="USA", until="2026-06-01", instruments=["us_apl_policy"])
    assert {one["source"].partition("@")[0] for period in told["instruments"][0]["periods"] for one in period["because"]} == {
        "us_apl_policy"
    }
    assert "Sources:" not in show_timeline(told)


def test_an_instrument_that_is_never_in_force_says_why() -> None:
    shown = show_timeline(timeline(**POLAND | {"known_at": "1990-01-01"}))
    assert "nothing of the instrument was known on 1990-01-01" in " ".join(shown.split())


def test_a_difference_shows_the_change_its_size_its_acts_and_its_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", P2022, f"{P2022}:state_text"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for words in (
        "possible acts change their verdict.",
        "permitted -> prohibited:",
        "purpose: detection: us_apl_policy.2022.2.activities -> us_apl_policy.2022.2",
        "force, A: duty force, B: best_effort",
        "us_apl_policy.2022.2.techniques, only in b",
        "Clauses that differ and change nothing (effect: none):",
    ):
        assert words in shown, words


def test_a_text_held_against_itself_says_that_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "apmbc", "apmbc"]) == 0
    assert "Nothing differs." in capsys.readouterr().out


def test_several_instruments_may_be_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    words = "timeline --act use --item apl --actor USA --from 2022-01-01 --to 2022-12-31 --instrument us_apl_policy apmbc"
    assert main(words.split()) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "us_apl_policy: " in shown and "apmbc: " in shown and "it ends us_apl_policy@2020-01-31" in shown
