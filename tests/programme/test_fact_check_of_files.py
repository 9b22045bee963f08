"""A statement is a file of a user or a packaged example; its YAML lies beside it; options are words, and wrong ones are problems."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.fact_check import factcheck, factcheck_compare
from mineaction.terms.limits import STATEMENT_BYTES_MAX
from mineaction.terms.problem import ProblemError

WHITE_HOUSE, STATE = "002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt"
TEXT = "The Ottawa Convention has more than 160 parties, including all of our NATO allies.\n"


def code_of(path: str, **options: str) -> str:
    with pytest.raises(ProblemError) as raised:
        factcheck(path, **options)
    return raised.value.problems[0].code


def test_a_packaged_example_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = factcheck(STATE, on="2026-11-22")
    assert (answer["file"], answer["issuer"], answer["dated"], answer["on"]) == (STATE, "USA", "2022-06-21", "2026-11-22")
    assert answer["books"] == [packaged_book().identity()]


def test_a_file_of_that_name_comes_before_the_packaged_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / STATE).write_text(TEXT, encoding="utf-8")
    assert len(factcheck(STATE)["claims"]) == 2


def test_the_yaml_beside_a_file_says_who_and_when(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "note.yaml").write_text("issuer: POL\ndate: 2022-06-21\n", encoding="utf-8")
    answer = factcheck(str(tmp_path / "note.txt"))
    assert (answer["file"], answer["issuer"], answer["dated"], answer["issuer_basis"]) == ("note.txt", "POL", "2022-06-21", "declared")


def test_options_are_words_and_a_state_may_be_a_name(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    answer = factcheck(str(tmp_path / "note.txt"), on="2023-01-01", issuer="Poland", dated="2022-06-21", known_at="2022-12-31")
    assert (answer["issuer"], answer["on"], answer["dated"], answer["known_at"]) == ("POL", "2023-01-01", "2022-06-21", "2022-12-31")


def test_the_day_asked_is_today_unless_given(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    assert factcheck(str(tmp_path / "note.txt"))["on"] == time.strftime("%Y-%m-%d", time.gmtime())


def test_wrong_words_are_problems(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    path = str(tmp_path / "note.txt")
    assert code_of(str(tmp_path / "none.txt")) == "file_missing"
    assert code_of(str(tmp_path)) in ("file_missing", "file_too_large")
    assert code_of(path, on="2026-02-30") == "impossible_date"
    assert code_of(path, dated="yesterday") == "impossible_date"
    assert code_of(path, issuer="Atlantis") == "unknown_state"


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"a" * 10_000_000)
    assert STATEMENT_BYTES_MAX < 10_000_000
    assert code_of(str(tmp_path / "large.txt")) == "file_too_large"


def test_two_statements_are_compared_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = factcheck_compare(STATE, WHITE_HOUSE)
    assert len(answer["differences"]) > 22
    assert answer["a"]["issuer"] == answer["b"]["issuer"] == "USA"


def test_a_statement_of_the_largest_size_is_answered(tmp_path: Path) -> None:
    body = "The United States will not use anti-personnel landmines outside the Korean Peninsula number {}. We met officials on page {}. "
    text = "".join(body.format(number, number) for number in range(2_000))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    assert len(factcheck(str(tmp_path / "long.txt"), on="2026-11-22", dated="2022-06-21")["claims"]) == 2_000
