"""`mineaction what-if --file`: what a terminal sees of the rows that change."""

from __future__ import annotations

from pathlib import Path

import pytest

from mineaction.cli import main

HEADER, CHANGED, SAME, WRONG = "act,item,actor,on,place", "use,apl,USA,2022-07-01,UKR", "use,apl,FRA,2022-07-01,", "fly,apl,USA,2022-07-01,"


def shown(lines: list[str], folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    records = folder / "records.csv"
    records.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    words = ["what-if", "us_apl_policy@2022-06-21", "--without", "us_apl_policy.2022.3", "--file", str(records), *more]
    assert main(words) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_first_rows_that_change_are_shown_and_the_number_of_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown([WRONG, SAME, *[CHANGED] * 12], tmp_path, capsys)
    assert "14 rows, 13 screened, 1 with problems. 12 rows change their verdict." in told
    assert "With the same verdict, but other clauses: 1 row. prohibited -> not addressed: 12 rows" in told
    assert "row 3: prohibited -> not addressed before: us_apl_policy.2022.3 after: no clause row 4:" in told
    assert "row 12:" in told and "row 13:" not in told and "... and 2 more, in a file, with --out OUT" in told
    assert "row 1, column act: 'fly' is not a value of act." in told


def test_where_the_rows_are_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "o.csv")
    assert "1 row changes its verdict." in shown([CHANGED], tmp_path, capsys, "--out", out)
    assert f"... and 2 more, in {out}" in shown([CHANGED] * 12, tmp_path, capsys, "--out", out)
    assert "no rows change their verdict." in shown([], tmp_path, capsys)
    assert Path(out).read_text(encoding="utf-8").count("\n") == 13
