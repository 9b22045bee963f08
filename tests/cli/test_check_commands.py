"""The commands of checks at a terminal: what they say, and by which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from mineaction.cli import main

HEADER = "local_id,organisation,type,identified_on,indirect_evidence,wkt\n"
SQUARE = '"POLYGON ((3 1, 3.01 1, 3.01 1.01, 3 1.01, 3 1))"'
BOW_TIE = '"POLYGON ((3 2, 3.01 2.01, 3.01 2, 3 2.01, 3 2))"'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    rows = "".join(f"H{at},Org,SHA,2021,reports,{drawn}\n" for at, drawn in enumerate((SQUARE, SQUARE, BOW_TIE, ""), 1))
    (tmp_path / "areas.csv").write_text(HEADER + rows, encoding="utf-8")
    assert main(["init"]) == 0
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).split())


def test_a_store_without_findings_ends_with_0_and_one_with_findings_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "0 records that stand in programme.gpkg: 0 findings." in said(capsys, "quality")
    said(capsys, "import", "areas.csv", "--kind", "hazardous_area")
    text = said(capsys, "quality", code=1)
    assert "3 records that stand in programme.gpkg: 3 findings." in text
    assert "hazardous_area: 3 records, 1 without an outline." in text
    assert "hazards_overlap warning 2 66.7%" in text
    assert "hazardous_area Org/H2: outline_repeated, hazards_overlap; batch 1, areas.csv, row 2" in text


def test_overlaps_show_both_records_with_their_sources(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "0 pairs of records in programme.gpkg have 1 m2 or more in common." in said(capsys, "overlaps")
    said(capsys, "import", "areas.csv", "--kind", "hazardous_area", "--as", "Ana")
    text = said(capsys, "overlaps", "--kind", "hazardous_area", "--min-m2", "100")
    assert "1 pair of records in programme.gpkg has 100 m2 or more in common." in text
    assert "two hazardous areas [hazards_overlap]" in text
    assert "hazardous_area Org/H2, SHA, 2021: 100.0% of 1,230," in text
    assert "told in batch 1 by Ana, areas.csv, row 2" in text
    assert "1 record without an outline: nothing is known of it here." in text
    assert "[unknown_code]" in said(capsys, "overlaps", "--kind", "accident", code=3)
    assert "[fact_field_wrong]" in said(capsys, "overlaps", "--min-m2", "many", code=3)


def test_repairs_are_shown_and_accepted_with_name_and_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "import", "areas.csv", "--kind", "hazardous_area")
    assert "Only their outline keeps 1 row out; --propose-repairs FILE.geojson shows repairs." in text
    text = said(capsys, "import", "areas.csv", "--kind", "hazardous_area", "--propose-repairs", "repairs.geojson")
    assert "Repairs for 1 row that only their outline keeps out, to be looked at: mineaction repair repairs.geojson" in text
    text = said(capsys, "repair", "repairs.geojson")
    assert "1 proposed repair of hazardous_area in repairs.geojson. Nothing was recorded." in text
    assert "Org/H3 (row 3): as drawn 0.00 m2, repaired 6" in text and "before: MULTIPOLYGON" in text and "after: MULTIPOLYGON" in text
    assert "[repair_without_reason]" in said(capsys, "repair", "repairs.geojson", "--accept", code=3)
    accept = ("repair", "repairs.geojson", "--accept", "--as", "Ben", "--reason", "seen there")
    assert "1 recorded as batch 2 in programme.gpkg." in said(capsys, *accept)
    assert "They were accepted before, as batch 2; nothing was added." in said(capsys, *accept)
    assert "[repair_file_wrong]" in said(capsys, "repair", "areas.csv", code=3)
