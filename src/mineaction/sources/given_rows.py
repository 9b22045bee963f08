"""What is every reader of records made of: rows as given, each with its place, its cells as text and its outline.

Refuses to say what a cell means: see `fact_rows.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mineaction.terms.problem import Problem, ProblemError, problem


class GivenRow(NamedTuple):
    """One record of a file. `part` is what its format calls a cell: column or property. A broken row has problems and no cells."""

    place: str
    part: str
    cells: Mapping[str, str]
    geometry: bytes = b""
    problems: tuple[Problem, ...] = ()


def text_of(content: bytes, path: str) -> str:
    """The file as text: UTF-8, with or without its mark, and without NUL bytes."""
    if (nul := content.find(b"\0")) >= 0:
        raise ProblemError([problem("file_not_text", path, nul)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", path, error.start)]) from None
