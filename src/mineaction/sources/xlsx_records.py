"""Which records does a sheet of an XLSX workbook hold: the first row its header, one record a row, each cell as the text it stands for?

Whole numbers lose the `.0` a spreadsheet keeps them with, days become YYYY-MM-DD. A cell that is merged over several records, an error
such as #REF! and a day that a spreadsheet made of the number of a year are problems of their rows. Formulas are never computed: the value
saved with them is read.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mineaction.sources.archives import packed, unpacked
from mineaction.sources.csv_records import header_of
from mineaction.sources.given_rows import GivenRow, Stated, chosen_layer
from mineaction.sources.table_shapes import TableShapes
from mineaction.sources.texts import text_of_value
from mineaction.sources.xml_tree import local_name, refuse_broken_xml, xml_tree
from mineaction.terms.limits import COLUMN_NAME_CHARACTERS_MAX, NAME_ROWS_SEEN
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?P<attributes>[^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>(?P<value>#[^<]*)<"
)
_CELL_NAME = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)[\"']")
_CELL_OF_ERROR = re.compile(rb"\bt=[\"']e[\"']")
# Days that the numbers 1900 to 2100 are, counted in a spreadsheet's days since 1900.
_DAYS_OF_YEAR_NUMBERS = (dt.date(1905, 3, 14), dt.date(1905, 9, 30))


def xlsx_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every row below the header, in order; rows without anything are no rows."""
    import python_calamine as calamine

    files = unpacked(content, path)
    if "xl/workbook.xml" not in files:
        raise ProblemError([problem("xlsx_broken", path, reason="it holds no workbook")])
    for name, held in files.items():
        if name.casefold().endswith((".xml", ".rels")):
            refuse_broken_xml(held, f"{path}, {name}")
    try:
        # Packed anew, so that what was checked is what is read.
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed(files))) as book:
            names = [one.name for one in book.sheets_metadata if str(one.typ).endswith("WorkSheet")]
            sheets = {name: book.get_sheet_by_name(name) for name in names}
            if not names:
                raise ProblemError([problem("xlsx_broken", path, reason="it holds no sheet")])
            chosen = chosen_layer([name for name in names if name == stated.layer or sheets[name].height] or names, stated.layer, path)
            sheet = sheets[chosen]
            others = [cell for name in names if name != chosen for cells in sheets[name].to_python()[:NAME_ROWS_SEEN] for cell in cells]
            beside = tuple(dict.fromkeys(cell for cell in others if isinstance(cell, str) and len(cell) <= COLUMN_NAME_CHARACTERS_MAX))
            given = Sheet(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [], error_cells(files, chosen, path))
    except (calamine.CalamineError, ValueError, OSError, KeyError) as error:
        raise ProblemError([problem("xlsx_broken", path, reason=on_one_line(error))]) from None
    for row in _records(given, f"sheet {chosen}", path, stated):
        yield row._replace(beside=beside)


class Sheet(NamedTuple):
    """The values of a sheet, row by row, the ranges that are merged, and the cells that show an error, by their names."""

    rows: list[list[Any]]
    merged: list[Any]
    errors: dict[str, str]


def error_cells(files: dict[str, bytes], sheet: str, path: str) -> dict[str, str]:
    """The cells of this sheet that show an error, which the library hands out as empty: `D7` -> `#REF!`."""
    relations = xml_tree(files.get("xl/_rels/workbook.xml.rels", b"<none/>"), f"{path}, relations")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    book = xml_tree(files["xl/workbook.xml"], f"{path}, workbook")
    ids = [one.get(f"{{{_RELATIONSHIPS}}}id") for one in book.iter() if local_name(one) == "sheet" and one.get("name") == sheet]
    target = targets.get(ids[0], "") if ids else ""
    held = files.get(target.removeprefix("/") if target.startswith("/") else f"xl/{target}", b"")
    found = {}
    for cell in _CELL.finditer(held):
        name = _CELL_NAME.search(cell["attributes"])
        if name and _CELL_OF_ERROR.search(cell["attributes"]):
            found[name[1].decode()] = cell["value"].decode("utf-8", "replace")
    return found


def _records(given_sheet: Sheet, sheet: str, path: str, stated: Stated) -> Iterator[GivenRow]:
    rows = given_sheet.rows
    filled = [number for number, cells in enumerate(rows) if any(cell != "" for cell in cells)]
    if not filled:
        raise ProblemError([problem("table_empty", f"{path}, {sheet}")])
    top = filled[0]
    used = sorted({column for number in filled for column, cell in enumerate(rows[number]) if cell != ""})
    written = tuple(text_of_value(rows[top][column]) for column in used)
    nameless = ", ".join(letters_of(column) for column, name in zip(used, written, strict=True) if not name.strip())
    if nameless:
        raise ProblemError([problem("column_without_name", f"{path}, {sheet}, row {top + 1}", nameless)])
    header = header_of(written, f"{path}, {sheet}")
    shapes = TableShapes(header, stated, path)
    letters = {name: letters_of(column) for name, column in zip(header, used, strict=True)}
    joined = _merged_rows(given_sheet.merged, top)
    for number in filled[1:]:
        values = [rows[number][column] for column in used]
        given = tuple(map(text_of_value, values))
        row = GivenRow(f"{sheet}, row {number + 1}", "column", {}, header=written, given=given, letters=letters)
        cells = dict(zip(header, given, strict=True))
        problems = [found for name, value in zip(header, values, strict=True) if (found := _wrong(value, row.place_of(name)))]
        for name, letter in letters.items():
            if error := given_sheet.errors.get(f"{letter}{number + 1}"):
                problems.append(problem("cell_is_error", row.place_of(name), error))
        if number in joined:
            problems.append(problem("cells_merged", f"{sheet}, row {number + 1}", joined[number]))
        yield shapes.taken(row._replace(cells=cells, problems=tuple(problems)))


def _wrong(value: Any, place: str) -> Problem | None:
    day = value.date() if isinstance(value, dt.datetime) else value
    if isinstance(day, dt.date) and _DAYS_OF_YEAR_NUMBERS[0] <= day <= _DAYS_OF_YEAR_NUMBERS[1]:
        return problem("date_from_year_number", place, day.isoformat(), year=(day - dt.date(1899, 12, 30)).days)
    return None


def _merged_rows(merged: list[Any], top: int) -> dict[int, str]:
    """Row -> the cells that are merged over it; a title above the records merges nothing of theirs."""
    found = {}
    for (first_row, first_column), (last_row, last_column) in merged:
        for number in range(max(first_row, top + 1), last_row + 1):
            found[number] = f"{letters_of(first_column)}{first_row + 1}:{letters_of(last_column)}{last_row + 1}"
    return found


def letters_of(column: int) -> str:
    """The letters of a column, counted from 0: A, B, ..., Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
