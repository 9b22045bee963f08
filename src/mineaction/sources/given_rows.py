"""What is every reader of records made of: rows as given, each with its place, its cells as text and its outline or point.

Refuses to say what a cell means: see `fact_rows.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mineaction.terms.problem import Problem, ProblemError, problem

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Stated(NamedTuple):
    """What the person who imports says of the file, where the file does not say it: nothing of it is ever guessed.

    `layer` is a layer, sheet or file within the file; `crs` a coordinate system such as EPSG:32638; `dates` is day-first or month-first.
    """

    layer: str = ""
    crs: str = ""
    dates: str = ""

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in zip(self._fields, self, strict=True) if value)


class GivenRow(NamedTuple):
    """One record of a file. `part` is what its format calls a cell: column or property. A broken row has problems and no cells.

    `geometry` is the canonical outline and `point` (longitude, latitude), both in WGS 84; `crs` names the system they were given in when
    it was another. `header` and `given` are the row of a table as it was written; `outline_text` is the outline of a record that is no
    table's, where it could not be used. `columns` says what a cell is called in the file, where a mapping gave it the name of a field;
    `letters` are the columns of a sheet. `beside` are names of what the file holds beside its records: other layers, sheets, elements.
    `traverse` is the text of an outline told by bearings, and its north, by column.
    """

    place: str
    part: str
    cells: Mapping[str, str]
    geometry: bytes = b""
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = _NOTHING
    point: tuple[str, str] | None = None
    point_part: str = ""
    crs: str = ""
    header: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    outline_text: str = ""
    letters: Mapping[str, str] = _NOTHING
    beside: tuple[str, ...] = ()
    traverse: Mapping[str, str] = _NOTHING

    def place_of(self, name: str) -> str:
        """Where the cell of this name stands: `row 4, column type`, or `sheet Areas, cell D7`."""
        written = self.columns.get(name, name)
        if written in self.letters:
            sheet, _, number = self.place.rpartition(", row ")
            return f"{sheet}, cell {self.letters[written]}{number}"
        return f"{self.place}, {self.part} {written}"

    @property
    def place_of_shape(self) -> str:
        """Where its outline or point stands."""
        if not self.point_part:
            return self.place
        return self.place_of(self.point_part) if self.header else f"{self.place}, {self.point_part}"


def text_of(content: bytes, path: str) -> str:
    """The file as text: UTF-8, with or without its mark, and without NUL bytes."""
    if (nul := content.find(b"\0")) >= 0:
        raise ProblemError([problem("file_not_text", path, nul)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", path, error.start)]) from None


def refuse_layer(path: str, stated: Stated, kind: str) -> None:
    """A file of one table has no layers to choose from."""
    if stated.layer:
        raise ProblemError([problem("layer_unknown", path, stated.layer, layers=f"none: {kind} holds one table")])


def chosen_layer(names: list[str], asked: str, path: str) -> str:
    """The layer that was asked for, or the only one; several are listed and none is chosen."""
    if asked and asked not in names:
        raise ProblemError([problem("layer_unknown", path, asked, layers=", ".join(names))])
    if not asked and len(names) > 1:
        raise ProblemError([problem("layer_not_chosen", path, len(names), layers=", ".join(names))])
    return asked or names[0]
