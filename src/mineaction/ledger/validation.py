"""Are these rows facts of their kind: columns, required fields, types, codes, ranges, sources, duplicates, reversed periods.

Pure: rows as text in, problems with file, row and column out. Refuses to judge whether a fact is true, and to mend anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mineaction.terms.dates import Moment, moment
from mineaction.terms.kinds import ENVELOPE, KNOWN_FROM_BASES, Field, Kind
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import hint, nearest

Row = Mapping[str, str]

ENVELOPE_FIELDS = (Field("known_from", "day"), Field("known_from_basis", "code", codes=KNOWN_FROM_BASES), Field("source", required=True))

_SHAPES = {
    "year": (re.compile(r"\d{4}"), "a year such as 2022"),
    "integer": (re.compile(r"\d+"), "a whole number without signs or separators"),
    "usd": (re.compile(r"\d+"), "whole US dollars without signs or separators"),
    "percent": (re.compile(r"\d{1,3}(\.\d{1,2})?"), "a percentage with at most two decimals"),
}
_AS_OF = re.compile(r"undated|[FC]Y\d{4}|\d{4} to \d{4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
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
        for first, last in kind.periods:
            if _is_reversed(moment(row[first]), moment(row[last])):
                found.append(problem("fact_dates_reversed", f"{place} {last}", f"{row[first]} to {row[last]}"))
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
            found += _cell_problems(f"{table.path}:{number} {field.name}", field, row, countries)
    return found, rows


def texts_named(source: str) -> list[str]:
    """The packaged texts that a source names, such as `sources/us_22usc2778_note_landmine_export_moratorium.txt`."""
    return [match["source"] or f"statements/{match['statement']}" for match in _TEXT_NAMED.finditer(source)]


def _cell_problems(place: str, field: Field, row: Row, countries: Mapping[str, str]) -> list[Problem]:
    value = row[field.name]
    if not value:
        other, word = field.required_when
        is_missing = field.required or (other and row[other] == word)
        return [problem("fact_field_missing", place, field.name)] if is_missing else []
    if value in field.codes and field.type != "country_name":
        return []
    # A space at the end of a note changes nothing; in any other cell it makes a second word of the same word.
    if (value != value.strip() and field.name != "note") or _CONTROL.search(value):
        return [_wrong(place, field, value, "text without control characters or spaces at its ends")]
    if field.pattern and not re.fullmatch(field.pattern, value):
        return [_wrong(place, field, value, f"the form {field.pattern}")]
    return _type_problems(place, field, value, row, countries) or _range_problems(place, field, value)


def _type_problems(place: str, field: Field, value: str, row: Row, countries: Mapping[str, str]) -> list[Problem]:
    match field.type:
        case "code":
            return [problem("unknown_code", place, value, field=field.name, nearest=", ".join(nearest(value, field.codes)))]
        case "iso3":
            if value not in countries:
                return [problem("unknown_state", place, value, nearest=hint(value, countries))]
        case "country_name":
            return _name_problems(place, field, value, row["iso3"], countries)
        case "day" | "moment":
            given = moment(value)
            if given is None or (field.type == "day" and not given.is_exact):
                return [problem("impossible_date", place, value)]
        case "as_of":
            if not _AS_OF.fullmatch(value) and moment(value) is None:
                return [_wrong(place, field, value, "a day, month or year, FY2014, CY2014, 1996 to 1999, or undated")]
        case "year" | "integer" | "usd" | "percent":
            shape, words = _SHAPES[field.type]
            if not shape.fullmatch(value):
                return [_wrong(place, field, value, words)]
        case "text":
            pass
    return []


def _name_problems(place: str, field: Field, value: str, iso3: str, countries: Mapping[str, str]) -> list[Problem]:
    """A state has one name; words such as WORLD stand only where the kind allows them, and then without a code."""
    if not iso3:
        return [] if value in field.codes else [_wrong(place, field, value, "no name where there is no code")]
    name = countries.get(iso3, value)
    return [] if value == name else [_wrong(place, field, value, f"{name}, the name of {iso3}")]


def _range_problems(place: str, field: Field, value: str) -> list[Problem]:
    if field.type in ("day", "moment"):
        given, least = moment(value), moment(field.least)
        # A month or a year is in the range when one of its days is.
        if given and least and given.last < least.first:
            return [_wrong(place, field, value, f"{field.least} or later")]
    elif field.type in ("year", "integer", "usd", "percent"):
        is_outside = (field.least and float(value) < float(field.least)) or (field.most and float(value) > float(field.most))
        return [_wrong(place, field, value, f"{field.least or 'nothing'} to {field.most or 'anything'}")] if is_outside else []
    return []


def _envelope_problems(place: str, row: Row) -> list[Problem]:
    known_from, basis = (row[name] for name in ENVELOPE)
    if bool(known_from) == bool(basis):
        return []
    missing = "known_from_basis" if known_from else "known_from"
    return [problem("fact_field_missing", f"{place} {missing}", missing)]


def _is_reversed(first: Moment | None, last: Moment | None) -> bool:
    return first is not None and last is not None and first.first > last.last


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


def _wrong(place: str, field: Field, value: str, expected: str) -> Problem:
    return problem("fact_field_wrong", place, value, field=field.name, expected=expected)
