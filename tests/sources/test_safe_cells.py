"""What is given out as CSV is no formula in any spreadsheet program, and comes back without a letter changed (promise 16)."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.sources.failed_rows import safe_csv
from mineaction.sources.safe_cells import as_meant, as_text

_COMMANDS = (
    "cmd|' /C calc'!A0", 'HYPERLINK("http://127.0.0.1:9/?"&A1,"here")', "SUM(1+1)*cmd|'/c calc'!A0", "1+1", "A1", "IMPORTXML(A1,A2)",
    'WEBSERVICE("http://127.0.0.1:9/")', "DDE(\"cmd\";\"/C calc\";\"x\")", "rundll32|'url.dll,OpenURL x'!A", "",
)  # fmt: skip
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_ALL = [
    *(sign + command for sign in _SIGNS for command in _COMMANDS),
    *(before + "=1+1" for before in (" ", "\t", "\r", "\n", "\r\n", "\x00", "\x0b", "\u00a0", "\ufeff", "'", "''", "' ", " '")),
    "-1+1", "+1-1", "--1", "-", "+", "=", "@", "-2+3+cmd|' /C calc'!A0", "-1,5", "+49 30 1234", "-a", "'=", "''='", "'", "''", "a=1", "1-2",
]  # fmt: skip
PAYLOADS = list(dict.fromkeys(_ALL))
NUMBERS = ["-1", "+1", "-73.752373", "1e5", "-1.5E-7", ".5", "-.5", "5."]


def is_live(cell: str) -> bool:
    """Whether a spreadsheet program would take the cell for a formula: judged without the rule under test."""
    bare = cell.lstrip(" \t\r\n\x00\x0b\u00a0\ufeff")
    if not bare or bare[0] not in _SIGNS:
        return False
    try:
        float(bare)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_formula_is_text_and_comes_back_as_it_was(payload: str) -> None:
    assert not is_live(as_text(payload))
    assert as_meant(as_text(payload)) == payload


def test_there_are_more_than_sixty_payloads_and_most_would_be_live() -> None:
    assert len(PAYLOADS) >= 60
    assert sum(map(is_live, PAYLOADS)) >= 60


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_a_number(number: str) -> None:
    assert as_text(number) == as_meant(number) == number


def test_a_whole_table_comes_back() -> None:
    written = safe_csv(["=header", "b"], [(one, "x") for one in PAYLOADS])
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert not any(is_live(cell) for row in rows for cell in row)
    assert [[as_meant(cell) for cell in row] for row in rows] == [["=header", "b"], *([one, "x"] for one in PAYLOADS)]


@given(st.text(alphabet=st.sampled_from("=+-@'\t \r\n1a＝.,"), max_size=8))
def test_no_text_is_live_or_altered(text: str) -> None:
    assert not is_live(as_text(text)) and as_meant(as_text(text)) == text
