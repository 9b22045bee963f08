"""Which facts do the rows of a file tell: one fact a row, or the problems of that row with place and value?

Rows in are facts and rows with problems, none else. Cells are trimmed; nothing else is mended and nothing is filled in, except the source
of a row that names none: that is who its kind says tells it, mostly the organisation that reports. A column that is no field refuses the
whole file, so that nothing given is lost unseen. Whether a fact was told before is a question for the ledger.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from mineaction.sources.csv_records import OUTLINE_COLUMN, csv_records
from mineaction.sources.geojson_records import geojson_records
from mineaction.sources.given_rows import GivenRow
from mineaction.sources.maxml import maxml_records
from mineaction.sources.record_mapping import RecordMapping, mapped_rows
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import Field, Kind
from mineaction.terms.kinds.cell_check import cell_problems, period_problems
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import nearest

# Raised when the same file would give other facts: part of the id of a batch.
MAPPING_VERSION = "clean-1"
READERS = {".csv": csv_records, ".geojson": geojson_records, ".json": geojson_records}
# What a row may say beside the fields of its kind.
_SOURCE, _SUPERSEDES = "source", "supersedes"
_FACT_ID = Field(_SUPERSEDES, pattern="[0-9a-f]{64}")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact and the place in the file that told it."""

    place: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `rows` is the number of facts and of rows with problems."""

    rows: int
    facts: tuple[ToldFact, ...]
    problems: tuple[Problem, ...]
    with_problems: int


def read_facts(content: bytes, path: str, extension: str, kind: Kind, today: dt.date, mapping: RecordMapping | None = None) -> Reading:
    """Every row of the file, under the mapping if there is one, as a fact of this kind or as problems."""
    rows: Iterable[GivenRow]
    if mapping and mapping.element:
        rows = maxml_records(content, path, mapping.element)
    elif extension in READERS:
        rows = READERS[extension](content, path)
    else:
        raise ProblemError([problem("record_file_unknown", path, extension or "nothing", known=", ".join(READERS))])
    return facts_of(mapped_rows(rows, mapping, kind, path) if mapping else rows, path, kind, today)


def facts_of(given: Iterable[GivenRow], path: str, kind: Kind, today: dt.date) -> Reading:
    """Every row as a fact of this kind or as problems."""
    rows = list(given)
    _refuse_columns(rows, path, kind)
    facts: list[ToldFact] = []
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for row in rows:
        fact, found = _fact(row, kind, today)
        if fact is not None and (earlier := first.setdefault(fact.fact_id, row.place)) != row.place:
            fact, found = None, [problem("fact_duplicate", row.place, earlier.rpartition(" ")[2])]
        if fact is not None:
            facts.append(ToldFact(row.place, fact))
        problems += found
    return Reading(len(rows), tuple(facts), tuple(problems), len(rows) - len(facts))


def _refuse_columns(rows: Iterable[GivenRow], path: str, kind: Kind) -> None:
    names = {name: row for row in reversed(list(rows)) for name in row.cells}
    known = {*kind.field_names(), _SOURCE, _SUPERSEDES}
    found = []
    for name, row in names.items():
        if name not in known:
            words = ", ".join(nearest(name, known | {OUTLINE_COLUMN}))
            found.append(problem("record_column_unknown", f"{path}, {row.part} {name}", name, kind=kind.name, nearest=words))
    if names:
        for field in kind.fields:
            if field.required and field.name not in names:
                found.append(problem("fact_column_missing", path, field.name, kind=kind.name))
    if found:
        raise ProblemError(sorted(found, key=str))


def _fact(row: GivenRow, kind: Kind, today: dt.date) -> tuple[Fact | None, list[Problem]]:
    problems = list(row.problems)
    if not row.cells:
        return None, problems or [problem("fact_row_broken", row.place, 0, expected=len(kind.fields))]
    cells = {name: value.strip() for name, value in row.cells.items()}
    row_cells = {name: cells.get(name, "") for name in kind.field_names()}
    for field in kind.fields:
        place = row.place_of(field.name)
        found = cell_problems(place, field, row_cells, {})
        problems += found or _future_problems(place, field, row_cells[field.name], today)
    problems += period_problems(f"{row.place}, {row.part} ", kind, row_cells)
    supersedes = cells.get(_SUPERSEDES, "")
    problems += cell_problems(row.place_of(_SUPERSEDES), _FACT_ID, {_SUPERSEDES: supersedes}, {})
    # Who says so is the organisation that reports, where a row names nobody else and its kind has one.
    source = cells.get(_SOURCE, "") or cells.get(kind.told_by, "")
    own_source = Field(_SOURCE, required=kind.told_by not in row_cells)
    problems += cell_problems(row.place_of(_SOURCE), own_source, {_SOURCE: source}, {})
    if row.geometry and not kind.geometry:
        problems.append(problem("outline_not_of_kind", row.place, kind.name))
    if problems:
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
    ), []


def _future_problems(place: str, field: Field, value: str, today: dt.date) -> list[Problem]:
    given = moment(value) if field.type in ("day", "moment") and not field.may_be_future else None
    return [problem("date_in_future", place, value, today=today)] if given and given.first > today else []


def _round_area(payload: dict[str, str]) -> None:
    """The area to 0.01 m2; what was written stays beside it."""
    written = payload.get("reported_area_m2", "")
    if written:
        payload["reported_area_m2"] = str(Decimal(written).quantize(_CENT, ROUND_HALF_EVEN))
        payload["reported_area_given"] = payload.get("reported_area_given", "") or written
