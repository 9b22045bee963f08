"""A file that is wrong is told so by code, place, value and remedy, whatever its format; never a traceback, never a row unseen."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from mineaction.sources.fact_rows import read_facts
from mineaction.terms.kinds import KINDS
from mineaction.terms.problem import ProblemError
from tests.sources.bad_binary_files import BAD_BINARY_FILES
from tests.sources.bad_text_files import BAD_TEXT_FILES, Bad

TODAY = dt.date(2026, 1, 1)
BAD_FILES = [*BAD_TEXT_FILES, *BAD_BINARY_FILES]


@pytest.mark.parametrize("bad", BAD_FILES, ids=[f"{one.name} {one.what}" for one in BAD_FILES])
def test_a_bad_file_is_told_by_its_codes(bad: Bad, tmp_path: Path) -> None:
    content = bad.content if isinstance(bad.content, bytes) else bad.content(tmp_path)
    extension = os.path.splitext(bad.name)[1]
    try:
        reading = read_facts(content, bad.name, extension, KINDS["hazardous_area"], TODAY, stated=bad.stated)
    except ProblemError as error:
        assert bad.is_refused, error
        found = error.problems
    else:
        found = reading.problems
        assert not bad.is_refused, found
        assert reading.rows == len(reading.facts) + reading.with_problems
        wrong = {"".join(re.findall(r"(?:row |feature |cell [A-Z]+)(\d+)", one.place)) for one in found if not one.is_warning}
        assert len(wrong) == reading.with_problems
    assert tuple(one.code for one in found) == bad.codes, [str(one) for one in found]
    assert all(one.place and one.message and one.remedy for one in found)


def test_there_are_hundreds_of_bad_files_and_no_two_alike() -> None:
    assert len({(one.name, one.what) for one in BAD_FILES}) == len(BAD_FILES) >= 250
