"""Decisions and comparisons on a terminal: what applies in full, the rest on a line, nothing said twice, each text by its right name."""

from __future__ import annotations

from typing import Any

import pytest

from mineaction.cli.law_text import show_comparison, show_decision
from mineaction.programme.comparison import compare
from mineaction.programme.decisions import decide

P2022 = "us_apl_policy@2022-06-21"
USE: dict[str, Any] = {"act": "use", "item": "apl", "on": "2022-06-21"}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")


def in_one_line(shown: str) -> str:
    return " ".join(shown.split())


def test_what_does_not_bind_is_one_line_with_what_it_would_say_and_without_its_words() -> None:
    told = decide(**USE, actor="USA")
    shown = show_decision(told)
    assert "NOT BOUND  apmbc@1999-03-01: never consented; if it bound the actor: prohibited" in shown.splitlines()
    assert "Each State Party undertakes" not in shown
    (treaty,) = [one for one in told["findings"] if one["instrument"] == "apmbc"]
    assert "Each State Party undertakes" in treaty["clauses"][0]["text"]


def test_every_instrument_is_shown() -> None:
    told = decide(**USE, actor="USA")
    shown = show_decision(told)
    assert all((one["version"] or one["instrument"]) in shown for one in told["findings"])


def test_a_signatory_is_told_what_binds_it_meanwhile() -> None:
    assert "VCLT Art. 18(a)" in show_decision(decide(**USE, actor="MHL"))


def test_what_two_clauses_leave_to_judgement_is_said_once() -> None:
    told = decide(**USE, actor="USA")
    (protocol,) = [one for one in told["findings"] if one["instrument"] == "ccw_apii"]
    assert len(protocol["provisos"]) == len(set(protocol["provisos"])) >= 2
    assert in_one_line(show_decision(told)).count("unless the state declared when it consented") == 1


def test_only_what_was_given_is_repeated() -> None:
    told = decide(**USE | {"act": "assist", "underlying": {"act": "use"}}, actor="COK")
    assert told["activity"]["underlying"]["purpose"] == "unknown"
    asked = in_one_line(show_decision(told).partition("\n\n")[0])
    assert "underlying: act: use, on: 2022-06-21" in asked and "unknown" not in asked


def test_a_treaty_is_called_a_treaty_and_the_actors_counted_are_named() -> None:
    shown = in_one_line(show_comparison(compare("cook_islands_apm_act", "apmbc")))
    assert "Counted are acts of actors whom both can bind (state)." in shown
    assert "Policy: permitted; treaty: prohibited." in shown and "Stricter than the treaty:" in shown


@pytest.mark.parametrize(("one", "other"), [("apmbc", P2022), ("us_apl_policy@2020-01-31", P2022), ("ccm", "apmbc")])
def test_texts_that_are_not_a_policy_and_a_treaty_go_by_their_names(one: str, other: str) -> None:
    told = compare(one, other)
    shown = in_one_line(show_comparison(told))
    assert f"{told['policy']}: not_addressed; {told['treaty']}: prohibited." in shown
    assert f"Stricter than {told['treaty']}:" in shown
    assert "treaty:" not in shown and "Policy:" not in shown and "Article undertaking" not in shown
