"""A fact check on a terminal: aligned whatever the text, coloured only where colour is wanted, and harmless whatever was checked."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.cli.fact_check_text import check_text, show_check, show_differences, wants_colour
from mineaction.cli.terminal_cells import cell_lines, harmless, shown_width
from tests.reports.made_checks import answer, hostile_check, made_check

COLOUR = re.compile(r"\x1b\[[\d;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_each_claim_has_its_words_both_verdicts_and_the_value() -> None:
    text = check_text(made_check(), width=110)
    row = next(line for line in text.splitlines() if line.startswith("c02"))
    assert re.fullmatch(r'c02  "has more than 160 parties, .*  true +false +164 -> 161', row), row
    assert 'Allies"' in text, "the rest of a long quote stands in the next line"
    for words in (
        "Changes & additions",
        "issuer USA (declared)",
        "dated 2022-06-21 (front matter)",
        "3 true, 1 supported, 1 unknown",
        "1 sentence or part of one",
        "0123456789abcdef" * 4,
        "Not legal advice.",
    ):
        assert words in text, words


@pytest.mark.parametrize("width", [40, 60, 76, 80, 110])
def test_no_line_is_wider_than_the_window_and_columns_stand_under_their_heads(width: int) -> None:
    lines = check_text(made_check(), width=width).splitlines()
    assert max(map(shown_width, lines)) <= width
    heads = [line for line in lines if line.startswith("id ")]
    assert len(heads) == (1 if width >= 76 else 0)
    for head in heads:
        place = head.index("2026-11-22")
        verdicts = [line[place:].split("  ")[0] for line in lines if re.match(r"c0\d ", line)]
        assert verdicts == ["true", "false", "supported", "superseded", "unknown"]


def test_colour_changes_no_letter() -> None:
    plain, coloured = (check_text(made_check(), width=100, is_coloured=wanted) for wanted in (False, True))
    assert "\x1b" not in plain
    assert COLOUR.sub("", coloured) == plain
    assert "\x1b[1;31mfalse\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals_whose_reader_has_not_said_no(stream: io.StringIO, environment: dict[str, str], wanted: bool) -> None:
    assert wants_colour(stream, environment) is wanted


def test_output_into_a_file_has_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in show_check(made_check())


def test_a_text_under_check_steers_no_terminal() -> None:
    check, _ = hostile_check()
    check["claims"][0]["quote"] = "clear\x1b[2J\x9b2J\x07 \u202eturned"
    text = check_text(check, width=100)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "clear\\u001b[2J\\u009b2J\\u0007" in "".join(text.split())


def test_a_value_longer_than_four_lines_is_cut_and_says_so() -> None:
    check = made_check()
    check["claims"][0]["as_of"] = check["claims"][0]["on"] = answer("2022-06-21", "true", value=list(range(10_000, 10_100)))
    text = check_text(check, width=100)
    assert "10,000, 10,001" in text and " ..." in text and "10,099" not in text


def test_a_check_without_claims_or_date_is_said_in_words() -> None:
    check = made_check() | {
        "claims": [],
        "summary": {"as_of": {}, "on": {}},
        "dated": None,
        "issuer": None,
        "issuer_basis": "",
        "title": "",
    }
    text = check_text(check, width=90)
    assert "No checkable claim was found." in text and "no date known" in text and "issuer unknown" in text and text.startswith("made.txt")


@given(st.text(max_size=80), st.integers(8, 40))
def test_cells_keep_every_letter_and_their_width(text: str, width: int) -> None:
    lines = cell_lines(text, width)
    assert lines and max(map(shown_width, lines)) <= width
    assert "".join("".join(lines).split(" ")) == harmless(text).replace(" ", "")


def test_wide_letters_and_accents_are_counted_as_they_are_shown() -> None:
    assert [shown_width(one) for one in ("abc", "地雷", "e\u0301", "ﾊﾟ")] == [3, 4, 1, 2]


def test_differences_are_told_topic_by_topic() -> None:
    row = {"topic": "transfer exception", "a": "detection", "b": "", "effect": "verdict: permitted | prohibited"}
    text = show_differences(
        {"a": {"file": "one.txt", "title": "", "issuer": "USA"}, "b": {"file": "two.txt", "dated": None}, "differences": [row]}
    )
    assert text.splitlines()[:3] == ["a: one.txt (USA)", "b: two.txt", ""]
    assert text.splitlines()[3:] == ["transfer exception", "  a: detection", "  b: -", f"  effect: {row['effect']}", "", "1 difference"]
