"""A file with any bytes changed is read or told to be wrong: rows in are facts and rows with problems, and nothing else is raised."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.sources.fact_rows import facts_of
from mineaction.sources.file_formats import FORMATS, read_with
from mineaction.sources.given_rows import Stated
from mineaction.terms.kinds import KINDS
from mineaction.terms.problem import ProblemError
from tests.sources.bad_binary_files import CELLS, HEADER, book, kml, placemark
from tests.sources.made_files import as_csv, as_geojson, as_zip

GOOD = {".kml": kml(placemark() * 2), ".csv": as_csv(), ".geojson": as_geojson(), ".xlsx": book(HEADER, CELLS, CELLS)}
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 6), st.binary(max_size=6)), min_size=1, max_size=5)


def changed(content: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The content with some bytes taken out and others put in their place."""
    for at, length, put in changes:
        start = at % (len(content) + 1)
        content = content[:start] + put + content[start + length :]
    return content


def read(extension: str, content: bytes) -> None:
    try:
        rows = list(read_with(FORMATS[extension].reader, content, f"a{extension}", Stated()))
        reading = facts_of(rows, f"a{extension}", KINDS["hazardous_area"], dt.date(2026, 1, 1))
    except ProblemError as error:
        assert error.problems
    else:
        assert reading.rows == len(reading.facts) + reading.with_problems


@pytest.mark.parametrize("extension", GOOD)
@settings(max_examples=150, deadline=None)
@given(changes=CHANGES)
def test_a_changed_file_is_read_or_told_to_be_wrong(extension: str, changes: list[tuple[int, int, bytes]]) -> None:
    read(extension, changed(GOOD[extension], changes))


with zipfile.ZipFile(io.BytesIO(GOOD[".xlsx"])) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


@settings(max_examples=200, deadline=None)
@given(name=st.sampled_from(sorted(PARTS)), changes=CHANGES)
def test_a_workbook_with_a_changed_part_is_read_or_told_to_be_wrong(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    read(".xlsx", as_zip(PARTS | {name: changed(PARTS[name], changes)}))
