"""What is every reader of records made of: rows as given, each with its place, its cells as text and its outline.

Refuses to say what a cell means: see `fact_rows.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mineaction.terms.problem import Problem, ProblemError, problem


class GivenRow(NamedTuple):
    """One record of a file. `part` is what its format calls a cell: column or property. A broken row has problems and no cells.

    `columns` says what a cell is called in the file, where a mapping gave it the name of a field.
    """

    place: str
    part: str
    cells: Mapping[str, str]
    geometry: bytes = b""
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = MappingProxyType({})

    def place_of(self, name: str) -> str:
        """The place of a cell in its file."""
        return f"{self.place}, {self.part} {self.columns.get(name, name)}"


def text_of(content: bytes, path: str) -> str:
    """The file as text: UTF-8, with or without its mark, and without NUL bytes."""
    if (nul := content.find(b"\0")) >= 0:
        raise ProblemError([problem("file_not_text", path, nul)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", path, error.start)]) from None
