"""How answers about land read on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from mineaction.cli import main
from tests.programme.land_files import store_of
from tests.programme.test_land_areas import BOOK


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "110")
    return store_of(tmp_path, BOOK)


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(list(words))
    return " ".join(capsys.readouterr().out.split())


def test_the_table_the_balance_and_what_stands_beside_it(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "area", "--by", "operator", "--to", "2014-12-31", "--store", store)
    assert "from the beginning to 2014-12-31; computed from outlines, m2" in text
    assert "operator reduced cleared released areas One 0 1,599.99 1,599.99 1 Two" in text
    assert "balance: opening 0, identified 19,999.36" in text
    assert "released before (rework)" in text and "in the accounts of two areas, counted once here" in text
    assert "2 areas without outline, in no total; no figure is reported of them" in text
    reported = shown(capsys, "area", "--basis", "reported", "--from", "2012-01-01", "--to", "2014-12-31", "--store", store)
    assert "from 2012-01-01 to 2014-12-31; as reported, m2" in reported and "report no figure" in reported
    assert "No rows: no release was told of this period." in shown(capsys, "area", "--to", "1900-01-01", "--store", store)
    by_year = shown(capsys, "area", "--by", "year", "--to", "1900-01-01", "--store", store)
    assert "No rows: nothing was told of this period." in by_year


def test_areas_and_how_far_they_are(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "areas", "--store", store)
    assert "4 hazardous areas" in text and "Org/P SHA suspected open 2012 no outline" in text
    near = shown(capsys, "areas", "--store", store, "--near", "69.2,34.5", "--within", "100", "--known-at", "2027-01-01")
    assert "metres away" in near and "as known on 2027-01-01 within 100 m of 69.2, 34.5" in near
    assert "1 area without outline or point: how far they are is not known." in near


def test_the_figures_of_an_area_with_the_rows_behind_them(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "why", "S", "--store", store)
    assert "SHA Org/S, identified 2010-01-01 told: batch 1," in text and "hazardous_area.csv, row 1" in text
    assert "of it 800" in text and "not: released before" in text
    assert "counted once, with hazard Org/C; also hazard Org/S" in text
    assert "it cannot close: ground is left" in text and "took nothing: it has no outline" in text
    assert "change: 2012-02-01 voided" in shown(capsys, "why", "V", "--store", store)
    assert "Nothing of it stands on that day." in shown(capsys, "why", "C", "--on", "2010-01-01", "--store", store)


def test_a_wrong_word_ends_with_what_to_do(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words, expected in (
        (["area", "--by", "oprator"], "operator"),
        (["areas", "--near", "69,34"], "--within"),
        (["areas", "--status", "open"], "suspected_open"),
        (["why", "none"], "[area_unknown]"),
    ):
        assert main([*words, "--store", store]) == 3
        assert expected in capsys.readouterr().err


def test_help_says_once_that_uncleared_ground_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["areas", "--help"])
    assert "where uncleared ground lies to whoever holds the store" in " ".join(capsys.readouterr().out.split())
