"""Does a cell fit its field: required, of its type, in its code list, its pattern and its range? Problems with their place, nothing mended.

The same for a packaged fact and for one that a programme tells. Refuses to judge whether what it says is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mineaction.terms.dates import Moment, moment
from mineaction.terms.kinds.definition import Field, Kind
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import hint, nearest

Row = Mapping[str, str]

_SHAPES = {
    "year": (re.compile(r"\d{4}"), "a year such as 2022"),
    "integer": (re.compile(r"\d+"), "a whole number without signs or separators"),
    "usd": (re.compile(r"\d+"), "whole US dollars without signs or separators"),
    "percent": (re.compile(r"\d{1,3}(\.\d{1,2})?"), "a percentage with at most two decimals"),
    "area_m2": (re.compile(r"\d{1,15}(\.\d+)?"), "square metres as a number such as 12500 or 12500.50"),
    "decimal": (re.compile(r"-?\d{1,15}(\.\d+)?"), "a number such as 12 or -0.25"),
}
_AS_OF = re.compile(r"undated|[FC]Y\d{4}|\d{4} to \d{4}")
# Control characters, and halves of a character that JSON can name and no text holds.
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def cell_problems(place: str, field: Field, row: Row, countries: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the cell of one field; the rest of the row tells whether it may be empty. `countries` is iso3 -> name."""
    value = row[field.name]
    if not value:
        other, word = field.required_when
        is_missing = field.required or (other and row[other] == word)
        return [problem("fact_field_missing", place, field.name)] if is_missing else []
    if value in field.codes and field.type != "country_name":
        return []
    # A space at the end of a note changes nothing; in any other cell it makes a second word of the same word.
    if (value != value.strip() and field.name != "note") or _NO_TEXT.search(value):
        shown = value.encode("utf-8", "backslashreplace").decode("utf-8")
        return [_wrong(place, field, shown, "text without control characters or spaces at its ends")]
    if field.pattern and not re.fullmatch(field.pattern, value):
        return [_wrong(place, field, value, f"the form {field.pattern}")]
    return _type_problems(place, field, value, row, countries) or _range_problems(place, field, value)


def period_problems(place_of: Callable[[str], str], kind: Kind, row: Row) -> list[Problem]:
    """The periods of a row that surely end before they begin, each at the place of the field with its end."""
    return [
        problem("fact_dates_reversed", place_of(last), f"{row[first]} to {row[last]}")
        for first, last in kind.periods
        if _is_reversed(moment(row[first]), moment(row[last]))
    ]


def _is_reversed(first: Moment | None, last: Moment | None) -> bool:
    return first is not None and last is not None and first.first > last.last


def _type_problems(place: str, field: Field, value: str, row: Row, countries: Mapping[str, str]) -> list[Problem]:
    match field.type:
        case "code":
            return [problem("unknown_code", place, value, field=field.name, nearest=", ".join(nearest(value, field.codes)))]
        case "codes":
            words = [word.strip() for word in value.split(";")]
            unknown = [word for word in words if word not in field.codes]
            return [problem("unknown_code", place, one, field=field.name, nearest=", ".join(nearest(one, field.codes))) for one in unknown]
        case "iso3":
            if value not in countries:
                return [problem("unknown_state", place, value, nearest=hint(value, countries))]
        case "country_name":
            return _name_problems(place, field, value, row["iso3"], countries)
        case "day" | "moment":
            given = moment(value)
            if given is None or (field.type == "day" and not given.is_exact):
                return [problem("impossible_date", place, value, or_else=_or_else(field))]
        case "as_of":
            if not _AS_OF.fullmatch(value) and moment(value) is None:
                return [_wrong(place, field, value, "a day, month or year, FY2014, CY2014, 1996 to 1999, or undated")]
        case "year" | "integer" | "usd" | "percent" | "area_m2" | "decimal":
            shape, form = _SHAPES[field.type]
            if not shape.fullmatch(value):
                return [_wrong(place, field, value, form)]
        case "text":
            pass
    return []


def _or_else(field: Field) -> str:
    """What a field takes besides a whole day: a month or a year where that is a moment, and the words of its code list."""
    parts = ("only its month (2022-06) or year (2022)",) if field.type == "moment" else ()
    return "".join(f", or {one}" for one in (*parts, *field.codes))


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
    elif field.type in ("year", "integer", "usd", "percent", "decimal"):
        is_outside = (field.least and float(value) < float(field.least)) or (field.most and float(value) > float(field.most))
        return [_wrong(place, field, value, f"{field.least or 'nothing'} to {field.most or 'anything'}")] if is_outside else []
    return []


def _wrong(place: str, field: Field, value: str, expected: str) -> Problem:
    return problem("fact_field_wrong", place, value, field=field.name, expected=expected)
