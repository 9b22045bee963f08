"""Are these rows facts of their kind: columns, required fields, types, codes, ranges, sources, duplicates, reversed periods.

Pure: rows as text in, problems with file, row and column out. Refuses to judge whether a fact is true, and to mend anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mineaction.terms.kinds import ENVELOPE, KNOWN_FROM_BASES, Field, Kind
from mineaction.terms.kinds.cell_check import cell_problems, period_problems
from mineaction.terms.problem import Problem, problem

Row = Mapping[str, str]

ENVELOPE_FIELDS = (Field("known_from", "day"), Field("known_from_basis", "code", codes=KNOWN_FROM_BASES), Field("source", required=True))

_TEXT_NAMED = re.compile(r"(?:statement (?P<statement>\w+\.txt)|\b(?P<source>sources/[\w.-]+\.(?:txt|md)))")


class Table(NamedTuple):
    """One file as read: its path, its header, and its rows with their numbers; the header is row 1."""

    path: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def kind_problems(kind: Kind, table: Table, countries: Mapping[str, str], texts: Iterable[str]) -> list[Problem]:
    """Everything wrong with one file of facts. `countries` is iso3 -> name; `texts` are the file names of the manifest."""
    fields = (*kind.fields, *ENVELOPE_FIELDS)
    found, rows = table_problems(kind.name, fields, table, countries)
    if found and not rows:
        return found
    held = frozenset(texts)
    for number, row in rows:
        place = f"{table.path}:{number}"
        found += _envelope_problems(place, row)
        found += [problem("text_missing", f"{place} source", name) for name in texts_named(row["source"]) if name not in held]
        found += period_problems(f"{place} {{}}".format, kind, row)
    return found + _duplicates(kind, table.path, rows)


def table_problems(
    name: str, fields: Sequence[Field], table: Table, countries: Mapping[str, str]
) -> tuple[list[Problem], list[tuple[int, Row]]]:
    """What is wrong with columns and cells, and the rows that have all their cells. No row comes back when a column is missing."""
    columns = {field.name for field in fields}
    header = f"{table.path}:1"
    found = [problem("fact_column_unknown", header, one, kind=name) for one in table.header if one not in columns]
    found += [problem("fact_column_missing", header, one, kind=name) for one in sorted(columns - set(table.header))]
    if columns - set(table.header):
        return found, []
    rows: list[tuple[int, Row]] = []
    for number, cells in table.rows:
        if len(cells) != len(table.header):
            found.append(problem("fact_row_broken", f"{table.path}:{number}", len(cells), expected=len(table.header)))
            continue
        row = dict(zip(table.header, cells, strict=True))
        rows.append((number, row))
        for field in fields:
            found += cell_problems(f"{table.path}:{number} {field.name}", field, row, countries)
    return found, rows


def texts_named(source: str) -> list[str]:
    """The packaged texts that a source names, such as `sources/us_22usc2778_note_landmine_export_moratorium.txt`."""
    return [match["source"] or f"statements/{match['statement']}" for match in _TEXT_NAMED.finditer(source)]


def _envelope_problems(place: str, row: Row) -> list[Problem]:
    known_from, basis = (row[name] for name in ENVELOPE)
    if bool(known_from) == bool(basis):
        return []
    missing = "known_from_basis" if known_from else "known_from"
    return [problem("fact_field_missing", f"{place} {missing}", missing)]


def _duplicates(kind: Kind, path: str, rows: Iterable[tuple[int, Row]]) -> list[Problem]:
    """The same row twice, or two rows on one subject where the kind has no competing claims."""
    found: list[Problem] = []
    contents: dict[tuple[tuple[str, str], ...], int] = {}
    subjects: set[str] = set()
    for number, row in rows:
        content = tuple(sorted(row.items()))
        subject = kind.subject_of(row)
        if content in contents:
            found.append(problem("fact_duplicate", f"{path}:{number}", contents[content]))
        elif subject in subjects and not kind.claims_compete:
            found.append(problem("fact_subject_duplicate", f"{path}:{number}", subject))
        contents.setdefault(content, number)
        subjects.add(subject)
    return found
