"""The commands of the store at a terminal: what they say, and by which exit code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mineaction.cli import main

HEADER = "local_id,organisation,type,identified_on\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    (tmp_path / "a.csv").write_text(HEADER + "HA-1,Org,SHA,2020\n" + "HA-2,Org,X,2020\n" * 12, encoding="utf-8")
    assert main(["init"]) == 0
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).split())


def test_init_says_that_whoever_has_the_file_has_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "init", str(tmp_path / "b.gpkg"))
    assert "Whoever has this file has everything in it" in text and "it is sensitive" in text


@pytest.mark.parametrize("words", [["verify"], ["verify", "--checkpint"], ["history", "a", "--store", "x", "--store"]])
def test_an_address_that_is_not_understood_is_not_repeated(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "postgresql://ana:secret word@example.test/db"])
    assert ended.value.code == 2 and "secret" not in capsys.readouterr().err


def test_an_import_shows_the_first_problems_and_where_the_others_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "import", "a.csv", "--kind", "hazardous_area")
    assert "13 rows: 1 fact, 12 with problems. Recorded as batch 1 in programme.gpkg." in text
    assert "... and 2 more, in a file, with --problems FILE" in text
    assert "and 2 more, in wrong.csv" in said(capsys, "import", "a.csv", "--kind", "hazardous_area", "--problems", "wrong.csv")


def test_verify_ends_with_1_when_something_was_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", "a.csv", "--kind", "hazardous_area")
    assert "Whole: 1 batch, 1 fact, programme.gpkg." in said(capsys, "verify")
    with closing(sqlite3.connect("programme.gpkg", isolation_level=None)) as other:
        other.execute("DROP TRIGGER batch_not_updated")
        other.execute("UPDATE batch SET principal = 'somebody else'")
    text = said(capsys, "verify", code=1)
    assert "NOT WHOLE: 2 findings" in text and "[ledger_chain_broken]" in text and "[ledger_schema_altered]" in text


def test_a_history_of_nothing_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing was told of hazardous_area/org/ha-9" in said(capsys, "history", "hazardous_area/Org/HA-9")


def test_a_folder_is_no_store(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "[file_missing]" in said(capsys, "verify", "--store", ".", code=3)


def test_a_name_cannot_steer_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "import", "a.csv", "--kind", "hazardous_area", "--as", "\x1b[31mAna\n")
    text = said(capsys, "history", "hazardous_area/Org/HA-1")
    assert "\x1b" not in text and "\\u001b[31mAna" in text
