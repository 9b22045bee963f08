"""A parser that is not to be trusted runs by itself: it is stopped, leaves nothing behind, and answers with plain data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from mineaction.sources import limited
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.terms.problem import ProblemError
from tests.sources.bad_binary_files import kml, placemark, ring

READER = ("kml_records", "kml_records")


def rows(content: bytes, reader: tuple[str, str] = READER) -> list[GivenRow]:
    return list(limited.limited_records(reader, content, "a.kml", Stated()))


def refused(content: bytes, reader: tuple[str, str] = READER) -> list[str]:
    with pytest.raises(ProblemError) as raised:
        rows(content, reader)
    return [one.code for one in raised.value.problems]


def large(vertices: int) -> bytes:
    corners = [f"{30 + n / vertices / 100:.9f},10" for n in range(vertices)]
    return kml(placemark(ring(" ".join([*corners, "30.01,10.01", corners[0]]))))


def test_what_comes_back_is_what_was_read() -> None:
    (row,) = rows(kml(placemark(name="Ä\u2028\ud7ff\n")))
    assert (row.place, row.part, row.cells["local_id"], row.cells["name"]) == ("feature 1", "property", "HA-1", "Ä\u2028\ud7ff")
    assert row.geometry and row.problems == ()


def test_a_parser_that_takes_too_much_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "PARSER_SECONDS_MAX", 1)
    assert refused(large(2_000_000)) == ["file_too_demanding"]


def test_a_parser_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "PARSER_MEMORY_BYTES_MAX", 150_000_000)
    assert refused(large(1_000_000)) == ["file_too_demanding"]


def test_a_parser_that_breaks_off_is_a_problem_of_the_file() -> None:
    assert refused(b"", ("kml_records", "no_such_reader")) == ["file_not_parsed"]


def test_a_million_vertices_are_read() -> None:
    (row,) = rows(large(1_000_000))
    assert len(row.geometry) > 16_000_000 and row.problems == ()


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows(kml(placemark()))
    refused(kml("", "<!DOCTYPE kml>"))
    monkeypatch.setattr(limited, "PARSER_SECONDS_MAX", 1)
    refused(large(2_000_000))
    assert list(tmp_path.iterdir()) == []


def test_the_environment_of_the_caller_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GDAL_DRIVER_PATH", "/nowhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert not {"GDAL_DRIVER_PATH", "HTTPS_PROXY"} & limited.ENVIRONMENT.keys()
    assert len(rows(kml(placemark()))) == 1
