"""Which facts do the rows of a file tell: one fact a row, or the problems of that row with place and value?

Rows in are facts and rows with problems, none else; a warning is recorded with its row and stops nothing. Cells are trimmed, days and areas
that can be read one way only are written the one way they are kept; nothing else is mended and nothing is filled in, except the source of
a row that names none: that is who its kind says tells it, mostly the organisation that reports. A column that is no field refuses the
whole file, so that nothing given is lost unseen. Whether a fact was told before is a question for the ledger.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from mineaction.sources.file_formats import format_of, read_with
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.limited import limited_records
from mineaction.sources.personal_columns import personal_columns, personal_problems, without_columns
from mineaction.sources.point_columns import POINT, with_points
from mineaction.sources.record_mapping import RecordMapping, mapped_rows
from mineaction.sources.table_shapes import OUTLINE_COLUMNS
from mineaction.sources.written_areas import area_written
from mineaction.sources.written_days import day_written
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import Field, Kind
from mineaction.terms.kinds.cell_check import cell_problems, period_problems
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

# Raised when the same file would give other facts: part of the id of a batch.
MAPPING_VERSION = "clean-4"
# What a row may say beside the fields of its kind.
_SOURCE, _SUPERSEDES = "source", "supersedes"
# Letters a shapefile keeps of the name of a column.
_CUT_NAME_LENGTH = 10
_NOTHING_STATED = Stated()
_FACT_ID = Field(_SUPERSEDES, pattern="[0-9a-f]{64}")
_SOURCE_TOLD, _SOURCE_NEEDED = Field(_SOURCE), Field(_SOURCE, required=True)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact and the place in the file that told it."""

    place: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `rows` is the number of facts and of rows with problems; `given` are the rows as the file gave them."""

    rows: int
    facts: tuple[ToldFact, ...]
    problems: tuple[Problem, ...]
    with_problems: int
    given: tuple[GivenRow, ...] = ()
    # Columns about people that were left out, with the rows that had something there: those are facts or problems like all others.
    personal: tuple[str, ...] = ()
    left_out: tuple[Problem, ...] = ()
    # The rows as the mapping reads them, with the names of fields; without a mapping those given.
    meant: tuple[GivenRow, ...] = ()
    # What rows would be facts but for their outline: no facts, and all that a proposal of a repair needs.
    but_for_outline: tuple[ToldFact, ...] = ()


def read_facts(
    content: bytes,
    path: str,
    extension: str,
    kind: Kind,
    today: dt.date,
    stated: Stated = _NOTHING_STATED,
    mapping: RecordMapping | None = None,
    *,
    without_personal: bool = False,
) -> Reading:
    """Every row of the file, under the mapping if there is one, as a fact of this kind or as problems.

    A column about people refuses the file, whatever a mapping makes of it, unless it is to be left out; one beside the records (in another
    layer, sheet or element) as well, since the file itself is kept.
    """
    if mapping:
        layer, crs, dates = mapping.element or stated.layer, stated.crs or mapping.crs, stated.dates or mapping.dates
        stated = Stated(layer, crs, dates)
    rows = list(given_rows(content, path, extension, stated))
    # Most rows of a file have the same names, and what stands beside them is the same for all.
    headers = dict.fromkeys((*row.cells, *row.header) for row in rows)
    names = dict.fromkeys(name.strip().casefold() for header in headers for name in header)
    personal = personal_columns(names, {*kind.field_names(), _SOURCE, _SUPERSEDES})
    personal |= personal_columns(name.strip().casefold() for name in (rows[0].beside if rows else ()))
    if personal and not without_personal:
        raise ProblemError(personal_problems(personal, path, rows[0].part))
    kept, left_out = without_columns(rows, personal)
    meant = mapped_rows(kept, mapping, kind, path) if mapping else kept
    reading = facts_of(meant, path, kind, today, stated)
    return replace(reading, given=tuple(kept), personal=tuple(personal), left_out=tuple(left_out))


def given_rows(content: bytes, path: str, extension: str, stated: Stated = _NOTHING_STATED) -> Iterable[GivenRow]:
    """Every row of the file as it was given."""
    found = format_of(extension, content, path)
    if found.is_limited:
        return limited_records(found.reader, content, path, stated)
    return read_with(found.reader, content, path, stated)


def facts_of(given: Iterable[GivenRow], path: str, kind: Kind, today: dt.date, stated: Stated = _NOTHING_STATED) -> Reading:
    """Every row as a fact of this kind or as problems."""
    rows = with_points(tuple(given), kind, stated, path)
    whole = _whole_names(rows, kind)
    _refuse_columns(rows, path, kind, whole)
    facts: list[ToldFact] = []
    broken: list[ToldFact] = []
    problems: list[Problem] = []
    first: dict[str, str] = {}
    ids: dict[str, str] = {}
    made = [_fact(_named_whole(row, whole), kind, today, stated) for row in rows]
    of_outlines = _of_outlines(rows, [fact for fact, _ in made], kind)
    for at, row in enumerate(rows):
        fact, found = made[at]
        of_outline = of_outlines.get(at, ())
        if fact is not None and (earlier := first.setdefault(fact.fact_id, row.place)) != row.place:
            found = [problem("fact_duplicate", row.place, earlier.rpartition(" ")[2])]
        elif fact is not None and not all(one.is_warning for one in of_outline):
            broken.append(ToldFact(row.place, fact))
            found += of_outline
        elif fact is not None:
            facts.append(ToldFact(row.place, fact))
            found += [*of_outline, *_blanks_of_id(row, fact, ids)]
        problems += found
    problems += _first_days_of_years(facts, kind, path)
    return Reading(len(rows), tuple(facts), tuple(problems), len(rows) - len(facts), rows, meant=rows, but_for_outline=tuple(broken))


def _of_outlines(rows: Sequence[GivenRow], facts: Sequence[Fact | None], kind: Kind) -> Mapping[int, list[Problem]]:
    """What is wrong with the outlines themselves, by the number of the row."""
    outlines = [fact.geometry if fact else b"" for fact in facts]
    if not any(outlines):
        return {}
    from mineaction.sources.outline_checks import outline_problems

    return outline_problems(outlines, lambda at: rows[at].place_of_shape, is_border=kind.name == "admin_area")


def _whole_names(rows: Sequence[GivenRow], kind: Kind) -> dict[str, str]:
    """Cut name -> field: a shapefile cuts names after ten letters; one that begins a single field, which is not there itself, is it."""
    names = {name for row in rows for name in row.cells}
    found: dict[str, str] = {}
    for name in names - set(kind.field_names()):
        fields = [one for one in kind.field_names() if one.startswith(name)]
        if len(name) == _CUT_NAME_LENGTH and len(fields) == 1 and fields[0] not in names:
            found[name] = fields[0]
    return found


def _named_whole(row: GivenRow, whole: dict[str, str]) -> GivenRow:
    if not whole or not row.cells:
        return row
    columns = {**row.columns, **{field: row.columns.get(cut, cut) for cut, field in whole.items()}}
    return row._replace(cells={whole.get(name, name): value for name, value in row.cells.items()}, columns=columns)


def _blanks_of_id(row: GivenRow, fact: Fact, ids: dict[str, str]) -> list[Problem]:
    """Warnings: an id with blanks around it, and one that another row writes otherwise."""
    written = row.cells.get("local_id", "")
    found = []
    if written != written.strip():
        found.append(problem("id_with_blanks", row.place_of("local_id"), written))
    if (other := ids.setdefault(fact.subject, written)) != written:
        found.append(problem("id_written_otherwise", row.place_of("local_id"), written, other=other))
    return found


def _first_days_of_years(facts: Sequence[ToldFact], kind: Kind, path: str) -> list[Problem]:
    """Warnings: a column with days that are the first of a year, which is what programs make of a year alone."""
    begins = {first for first, _ in kind.periods}  # periods and rules do begin with a year
    fields = [one.name for one in kind.fields if one.type in ("day", "moment") and one.name not in begins]
    counted = Counter(name for told in facts for name in fields if told.fact.payload.get(name, "").endswith("-01-01"))
    return [problem("date_first_of_year", f"{path}, column {name}", count, rows=len(facts)) for name, count in sorted(counted.items())]


def _refuse_columns(rows: Sequence[GivenRow], path: str, kind: Kind, whole: dict[str, str]) -> None:
    names = {whole.get(name, name): row for row in reversed(rows) for name in row.cells}
    known = {*kind.field_names(), _SOURCE, _SUPERSEDES}
    found = []
    for name, row in names.items():
        if name not in known:
            words = ", ".join(nearest(name, known | set(OUTLINE_COLUMNS[:1])))
            found.append(problem("record_column_unknown", f"{path}, {row.part} {name}", name, kind=kind.name, nearest=words))
    if names:
        for field in kind.fields:
            if field.required and field.name not in names:
                found.append(problem("fact_column_missing", path, field.name, kind=kind.name))
    if found:
        raise ProblemError(sorted(found, key=str))


def _fact(row: GivenRow, kind: Kind, today: dt.date, stated: Stated) -> tuple[Fact | None, list[Problem]]:
    problems = list(row.problems)
    if not row.cells:
        return None, problems or [problem("fact_row_broken", row.place, 0, expected=len(kind.fields))]
    cells = {name: value.strip() for name, value in row.cells.items()}
    row_cells = {field.name: cells.get(field.name, "") for field in kind.fields}
    problems += _put_place(row, kind, row_cells)
    problems += _put_traverse(row, kind, row_cells)
    for field, value in zip(kind.fields, row_cells.values(), strict=True):
        if not (value or field.required or field.required_when[0]):
            continue  # most fields of most rows
        problems += _placed(_field_problems(field, row_cells, stated, today), row, field.name)
    problems += period_problems(row.place_of, kind, row_cells)
    supersedes = cells.get(_SUPERSEDES, "")
    problems += _placed(cell_problems("", _FACT_ID, {_SUPERSEDES: supersedes}, {}), row, _SUPERSEDES)
    # Who says so is the organisation that reports, where a row names nobody else and its kind has one.
    source = cells.get(_SOURCE, "") or cells.get(kind.told_by, "")
    own_source = _SOURCE_TOLD if kind.told_by in row_cells else _SOURCE_NEEDED
    problems += _placed(cell_problems("", own_source, {_SOURCE: source}, {}), row, _SOURCE)
    if row.geometry and not kind.geometry:
        problems.append(problem("outline_not_of_kind", row.place, kind.name))
    if not all(one.is_warning for one in problems):
        return None, problems
    payload = {name: value for name, value in row_cells.items() if value}
    _round_area(payload)
    first, end = (payload.get(name, "") for name in kind.valid)
    return Fact(
        kind=kind.name,
        subject=kind.subject_of(payload),
        payload=MappingProxyType(payload),
        source=source,
        valid_from=first if moment(first) else "",
        valid_to=end if moment(end) else "",
        geometry=row.geometry,
        supersedes=supersedes,
    ), problems


def _put_place(row: GivenRow, kind: Kind, cells: dict[str, str]) -> list[Problem]:
    """The point and the system it was given in as cells; a point where the kind has no place for one is a problem."""
    if row.crs and "given_crs" in cells:
        cells["given_crs"] = cells["given_crs"] or row.crs
    if row.point is None:
        return []
    if not set(POINT) <= cells.keys():
        return [problem("outline_kind_wrong", row.place_of(row.point_part), "POINT")]
    if not any(cells[name] for name in POINT):
        cells.update(zip(POINT, row.point, strict=True))
    return []


def _put_traverse(row: GivenRow, kind: Kind, cells: dict[str, str]) -> list[Problem]:
    """The text of a traverse among what is kept beside. Never in a note, which more people may read than may know of the outline."""
    if not row.traverse:
        return []
    if "extras" not in cells:
        return [problem("traverse_not_of_kind", row.place_of_shape, kind.name)]
    cells["extras"] = json.dumps({**_kept_beside(cells["extras"], row.traverse), **row.traverse}, ensure_ascii=False, sort_keys=True)
    return []


def _kept_beside(extras: str, more: Mapping[str, str]) -> dict[str, object]:
    """What is kept beside already, by column; what is not written so, or would be overwritten, stands whole under its own name."""
    try:
        held = json.loads(extras or "{}")
    except (ValueError, RecursionError):
        held = None
    return held if isinstance(held, dict) and held.keys().isdisjoint(more) else {"extras": extras}


def _placed(found: list[Problem], row: GivenRow, name: str) -> list[Problem]:
    """What is wrong with a cell, at its place: most cells are as they should be, and need none."""
    return [replace(one, place=row.place_of(name)) for one in found]


def _field_problems(field: Field, cells: dict[str, str], stated: Stated, today: dt.date) -> list[Problem]:
    found = _put_plain(field, cells, stated) or cell_problems("", field, cells, {})
    return found or _future_problems(field, cells[field.name], today)


def _put_plain(field: Field, cells: dict[str, str], stated: Stated) -> list[Problem]:
    """A day or an area that is written in another way, as it is kept; why it cannot be read."""
    written = cells[field.name]
    if not written or written in field.codes:
        return []
    if field.type in ("day", "moment"):
        cells[field.name], found = day_written(written, stated.dates, "")
        return found
    if field.type == "area_m2":
        cells[field.name], found = area_written(written, "")
        given = field.name.replace("_m2", "_given")
        if cells[field.name] != written and given in cells:
            cells[given] = cells[given] or written
        return found
    return []


def _future_problems(field: Field, value: str, today: dt.date) -> list[Problem]:
    given = moment(value) if field.type in ("day", "moment") and not field.may_be_future else None
    return [problem("date_in_future", "", value, today=today)] if given and given.first > today else []


def _round_area(payload: dict[str, str]) -> None:
    """The area to 0.01 m2; what was written stays beside it."""
    written = payload.get("reported_area_m2", "")
    if written:
        payload["reported_area_m2"] = str(Decimal(written).quantize(_CENT, ROUND_HALF_EVEN))
        payload["reported_area_given"] = payload.get("reported_area_given", "") or written
