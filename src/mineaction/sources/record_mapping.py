"""What do the columns and words of somebody else's file mean? A mapping file says it, one for each kind of source.

    kind: hazardous_area
    fields:
      local_id: cha_id
      type: {value: CHA}
      status: {column: status, values: {Open: confirmed_open, Closed: closed}, unknown: [n/a]}
      links: {column: imsma_links, separator: ","}
      reported_area_m2: {column: size, unit: ha}   # a number alone is so many of these
      depth_m: {column: depth_cm, times: "0.01"}   # a number, times this
    dates: day-first                             # how dates such as 03/04/2021 are meant; crs: EPSG:NNNN likewise
    rows: {column: Hazard_Cla, is: [CHA, SHA]}   # rows of another kind are told, not guessed
    extras: all                                  # or a list of columns: kept beside, as they were written

Names of columns are compared trimmed and without capitals. Under `same_names: true` a column that bears the name of a field is read as that
field; else every field is named, since a column of that name may say something else. A column that the mapping does not speak of refuses
the file, and so does a word of a code list that it does not translate: no word is guessed, and none has a default.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from mineaction.sources.given_rows import GivenRow
from mineaction.sources.mapping import MappedField, read_field, wrong_value
from mineaction.sources.written_days import DAY_FIRST, MONTH_FIRST
from mineaction.terms.kinds import Kind
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

# Fields of every row beside those of its kind.
ENVELOPE_FIELDS = ("source", "supersedes")
_KEYS = ("kind", "about", "source_status", "element", "fields", "same_names", "dates", "crs", "rows", "extras")
_SEPARATOR, _UNIT, _TIMES = "separator", "unit", "times"
_FORMS = (_SEPARATOR, _UNIT, _TIMES)
_SEVERAL = ";"
# A text that is an outline must not lie among what is kept beside: its area would be in no total.
_OUTLINE = re.compile(r"\s*(SRID\s*=\s*\d+\s*;)?\s*(MULTI)?POLYGON\b", re.IGNORECASE)
_WITHOUT_UNIT = re.compile(r"[\d.,'’\s]*\d")
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class RecordMapping:
    """A mapping as read: `version` follows from its bytes and is part of the id of a batch."""

    version: str
    kind: str
    fields: tuple[MappedField, ...]
    # How the text of a field is read, by field: `separator`, `unit`, `times`.
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows_column: str = ""
    rows_are: tuple[str, ...] = ()
    extras: Literal["all"] | tuple[str, ...] = ()
    element: str = ""
    same_names: bool = False
    dates: str = ""
    crs: str = ""


def read_record_mapping(
    raw: Mapping[str, Any], content: bytes, place: str, kinds: Mapping[str, Kind]
) -> tuple[RecordMapping | None, list[Problem]]:
    """The mapping that a YAML file holds, and what is wrong with it."""
    problems = [problem("yaml_key_unknown", place, one, nearest=", ".join(nearest(str(one), _KEYS))) for one in raw if one not in _KEYS]
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        return None, [*problems, wrong_value(f"{place}: kind", kind, "kind", f"Use one of: {', '.join(kinds)}.")]
    mapped, forms, found = _read_fields(raw.get("fields"), place, (*kinds[kind].field_names(), *ENVELOPE_FIELDS))
    problems += found
    column, words, found = _read_rows(raw.get("rows"), f"{place}: rows")
    problems += found
    extras = raw.get("extras") or []
    if extras != "all" and not _is_list_of_text(extras):
        problems.append(wrong_value(f"{place}: extras", extras, "extras", "Write a list of columns, or all."))
    element = raw.get("element") or ""
    if not isinstance(element, str):
        problems.append(wrong_value(f"{place}: element", element, "element", "Write the name of one XML element."))
    same_names = raw.get("same_names", False)
    if not isinstance(same_names, bool):
        problems.append(wrong_value(f"{place}: same_names", same_names, "same_names", "Write true or false."))
    dates, crs = raw.get("dates") or "", raw.get("crs") or ""
    for name, told in (("dates", dates), ("crs", crs)):
        if not isinstance(told, str):
            problems.append(wrong_value(f"{place}: {name}", told, name, "Write one word, such as day-first or EPSG:32638."))
    if dates not in ("", DAY_FIRST, MONTH_FIRST):
        problems.append(problem("dates_unknown", f"{place}: dates", dates))
    if problems:
        return None, problems
    kept: Literal["all"] | tuple[str, ...] = "all" if extras == "all" else tuple(_plain(one) for one in extras)
    version = hashlib.sha256(content).hexdigest()[:16]
    return RecordMapping(version, kind, mapped, forms, column, words, kept, str(element), bool(same_names), str(dates), str(crs)), []


def mapped_rows(given: Iterable[GivenRow], mapping: RecordMapping, kind: Kind, path: str) -> list[GivenRow]:
    """The rows with the names and words of this kind. Raises a problem for each column and each word that the mapping does not speak of."""
    rows = list(given)
    if mapping.same_names:
        mapping = _with_same_names(mapping, rows, kind)
    wrong = [*_column_problems(rows, mapping, path), *_word_problems(rows, mapping, kind, path)]
    if wrong:
        raise ProblemError(wrong)
    return [_mapped(row, mapping, kind) for row in rows]


def _read_fields(
    told: object, place: str, known: Sequence[str]
) -> tuple[tuple[MappedField, ...], dict[str, dict[str, str]], list[Problem]]:
    if not isinstance(told, Mapping) or not told:
        return (), {}, [wrong_value(f"{place}: fields", told, "fields", "Write one line for each field, such as 'local_id: id'.")]
    mapped: list[MappedField] = []
    forms: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for name, one in told.items():
        if name not in known:
            problems.append(problem("yaml_key_unknown", f"{place}: fields", name, nearest=", ".join(nearest(str(name), known))))
            continue
        read, found = read_field(str(name), one, f"{place}: {name}", _FORMS)
        problems += found
        if read:
            mapped.append(MappedField(read.field, _plain(read.column), read.value, read.values, read.unknown))
        forms[str(name)] = {key: str(one[key]) for key in _FORMS if key in one} if isinstance(one, Mapping) else {}
        times = forms[str(name)].get(_TIMES)
        if times is not None and not _NUMBER.fullmatch(times):
            problems.append(wrong_value(f"{place}: {name}: times", times, "times", "Write a number such as 0.01 or 1000."))
    return tuple(mapped), forms, problems


def _read_rows(told: object, place: str) -> tuple[str, tuple[str, ...], list[Problem]]:
    if told is None:
        return "", (), []
    expected = "Write {column: NAME, is: [word, word]}."
    if not isinstance(told, Mapping) or set(told) != {"column", "is"} or not _is_list_of_text(told["is"]):
        return "", (), [wrong_value(place, told, "rows", expected)]
    return _plain(str(told["column"])), tuple(one.strip() for one in told["is"]), []


def _is_list_of_text(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)


def _plain(column: str) -> str:
    return column.strip().casefold()


def _with_same_names(mapping: RecordMapping, rows: Sequence[GivenRow], kind: Kind) -> RecordMapping:
    """Also the columns that bear the name of a field which the mapping does not speak of."""
    told = {one.field for one in mapping.fields} | set(mapping.extras)
    used = {one.column for one in mapping.fields}
    columns = {name for row in rows for name in row.cells}
    same = [name for name in (*kind.field_names(), *ENVELOPE_FIELDS) if name in columns and name not in told | used]
    return replace(mapping, fields=(*mapping.fields, *(MappedField(name, name) for name in same)))


def _column_problems(rows: Sequence[GivenRow], mapping: RecordMapping, path: str) -> list[Problem]:
    columns = {name: row for row in reversed(rows) for name in row.cells}
    if not columns:
        return []
    used = {one.column for one in mapping.fields if one.column} | ({mapping.rows_column} if mapping.rows_column else set())
    missing = [one for one in used if one not in columns]
    problems = [problem("table_column_missing", path, one, nearest=", ".join(nearest(one, columns))) for one in sorted(missing)]
    fields = {one.column for one in mapping.fields}
    for name in sorted(columns.keys() - fields):
        if row := next((row for row in rows if _OUTLINE.match(row.cells.get(name, ""))), None):
            problems.append(problem("mapping_outline_unread", row.place_of(name), name))
    if mapping.extras != "all":
        spoken_of = used | set(mapping.extras)
        unspoken = [(name, row) for name, row in columns.items() if name not in spoken_of]
        problems += [problem("mapping_column_unspoken", f"{path}, {row.part} {name}", name) for name, row in sorted(unspoken)]
    return problems


def _word_problems(rows: Sequence[GivenRow], mapping: RecordMapping, kind: Kind, path: str) -> list[Problem]:
    """Each word of a code list that is not translated, once, with the number of its rows."""
    coded = {one.name: one for one in kind.fields if one.type in ("code", "codes")}
    problems = []
    for one in mapping.fields:
        if one.field not in coded or not one.column:
            continue
        counted: dict[str, list[GivenRow]] = {}
        for row in rows:
            if _is_of_kind(row, mapping):
                for word in _words(row.cells.get(one.column, ""), mapping.forms.get(one.field, {}).get(_SEPARATOR, "")):
                    if one.word(word) and one.word(word) not in coded[one.field].codes:
                        counted.setdefault(word, []).append(row)
        for word, where in sorted(counted.items()):
            place = f"{path}, {where[0].place}, {where[0].part} {one.column}"
            known = ", ".join(nearest(word, coded[one.field].codes))
            problems.append(problem("mapping_word_missing", place, word, field=one.field, count=len(where), nearest=known))
    return problems


def _words(text: str, separator: str) -> list[str]:
    parts = text.split(separator) if separator else [text]
    return [part.strip() for part in parts if part.strip()]


def _is_of_kind(row: GivenRow, mapping: RecordMapping) -> bool:
    return not mapping.rows_column or row.cells.get(mapping.rows_column, "").strip() in mapping.rows_are


def _mapped(row: GivenRow, mapping: RecordMapping, kind: Kind) -> GivenRow:
    if not row.cells:
        return row
    if not _is_of_kind(row, mapping):
        value, words = row.cells.get(mapping.rows_column, "").strip(), ", ".join(mapping.rows_are)
        return row._replace(
            cells={}, problems=(problem("row_of_another_kind", row.place_of(mapping.rows_column), value, kind=kind.name, words=words),)
        )
    columns = {one.field: one.column for one in mapping.fields if one.column}
    cells = {one.field: one.value or _cell(row, one, mapping) for one in mapping.fields}
    if extras := _extras(row, mapping, columns):
        cells["extras"] = extras
    return row._replace(cells=cells, columns=columns)


def _cell(row: GivenRow, one: MappedField, mapping: RecordMapping) -> str:
    text = row.cells.get(one.column, "")
    separator = mapping.forms.get(one.field, {}).get(_SEPARATOR, "")
    if not separator:
        return _in_its_unit(one.word(text), mapping.forms.get(one.field, {}))
    return _SEVERAL.join(word for part in _words(text, separator) if (word := one.word(part)))


def _in_its_unit(text: str, form: Mapping[str, str]) -> str:
    """A number in the unit of its field: times a factor, or with the name of its unit behind it, which is read with the number."""
    if _TIMES in form and _NUMBER.fullmatch(text):
        return format(Decimal(text) * Decimal(form[_TIMES]), "f")
    if _UNIT in form and _WITHOUT_UNIT.fullmatch(text):
        return f"{text} {form[_UNIT]}"
    return text


def _extras(row: GivenRow, mapping: RecordMapping, columns: Mapping[str, str]) -> str:
    """What no field takes, as it was written. A column whose word the mapping calls unknown is kept too."""
    used = {column for name, column in columns.items() if not _is_dropped(row, mapping, name)}
    kept = {
        name: text.strip()
        for name, text in row.cells.items()
        if text.strip() and name not in used and (mapping.extras == "all" or name in mapping.extras or name in columns.values())
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def _is_dropped(row: GivenRow, mapping: RecordMapping, name: str) -> bool:
    """Whether a text was given and the mapping makes nothing of it, or another number."""
    one = next(one for one in mapping.fields if one.field == name)
    text = row.cells.get(one.column, "").strip()
    return bool(text) and (not (made := _cell(row, one, mapping)) or (made != text and _TIMES in mapping.forms.get(name, {})))
