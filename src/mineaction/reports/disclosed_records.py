"""What of the records of one kind may be told at a tier, as CSV, GeoJSON or the rows of a layer?

Fields of that tier or below, and nothing that betrays others. T1 may be published, T2 is for those who do the work, T3 is sealed. An
outline has a tier of its own: where land was released may be published, where uncleared ground lies may not. Who says so (`source`) is free
text and T2, unless nobody else tells such records; the id of a fact is a digest over sealed fields too and is not told. A kind without
outlines, such as accidents, is never a layer of a map. What is told at T3 is all there is: imported elsewhere it gives the same facts.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from mineaction.sources.safe_cells import as_text
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import TIERS, Field, Kind, Sensitivity
from mineaction.terms.outline import as_wkt, outline_of
from mineaction.terms.problem import ProblemError, problem

SOURCE, OUTLINE = "source", "wkt"
_NUMBERS = ("integer", "decimal", "area_m2", "usd", "percent", "year")
_JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def columns_at(kind: Kind, tier: Sensitivity) -> tuple[str, ...]:
    """The fields of this kind that may be told at this tier; none at all is a problem."""
    fields = tuple(field.name for field in kind.fields if _is_within(field.sensitivity, tier))
    if not fields:
        lowest = min(field.sensitivity for field in kind.fields)
        raise ProblemError([problem("export_nothing_of_tier", "tier", tier, kind=kind.name, lowest=lowest)])
    source_tier: Sensitivity = "T2" if kind.told_by in kind.field_names() else "T1"
    return (*fields, SOURCE) if _is_within(source_tier, tier) else fields


def shows_outline(kind: Kind, tier: Sensitivity) -> bool:
    """Whether the outlines of this kind may be told at this tier."""
    return bool(kind.geometry) and _is_within(kind.geometry_tier, tier)


def refuse_layer(kind: Kind, tier: Sensitivity, out: str) -> None:
    """A map of a kind that has no outline, or none that may be told at this tier, is a problem."""
    if not kind.geometry:
        raise ProblemError([problem("export_never_a_layer", out, kind.name)])
    if not shows_outline(kind, tier):
        raise ProblemError([problem("export_outline_sealed", out, tier, kind=kind.name, lowest=kind.geometry_tier)])


def as_csv(facts: Iterable[Fact], kind: Kind, tier: Sensitivity) -> str:
    """A table with the names of the fields as its header; the outline as well-known text in the last column."""
    columns, with_outline = columns_at(kind, tier), shows_outline(kind, tier)
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow((*columns, OUTLINE) if with_outline else columns)
    for fact in facts:
        cells = [as_text(_cell(fact, name)) for name in columns]
        rows.writerow([*cells, as_wkt(outline_of(fact.geometry)) if fact.geometry else ""] if with_outline else cells)
    return text.getvalue()


def as_geojson(facts: Iterable[Fact], kind: Kind, tier: Sensitivity) -> str:
    """A FeatureCollection (RFC 7946); numbers as they were written, a field that says nothing as null."""
    columns = columns_at(kind, tier)
    numbers = {field.name for field in kind.fields if field.type in _NUMBERS}
    lines = ",\n".join(_feature(fact, columns, numbers) for fact in facts)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def as_rows(facts: Iterable[Fact], kind: Kind, tier: Sensitivity) -> tuple[list[Field], list[tuple[bytes, tuple[str, ...]]]]:
    """The fields of a layer, and for each record its outline and the text of each field."""
    columns = columns_at(kind, tier)
    fields = {field.name: field for field in kind.fields}
    rows = [(fact.geometry, tuple(_cell(fact, name) for name in columns)) for fact in facts]
    return [fields.get(name, Field(name)) for name in columns], rows


def _feature(fact: Fact, columns: Sequence[str], numbers: set[str]) -> str:
    properties = ", ".join(f"{json.dumps(name)}: {_json_value(_cell(fact, name), name in numbers)}" for name in columns)
    # Each position as two numbers with every digit that is held.
    coordinates = json.dumps(outline_of(fact.geometry)) if fact.geometry else ""
    geometry = f'{{"type": "MultiPolygon", "coordinates": {coordinates}}}' if coordinates else "null"
    return f'{{"type": "Feature", "properties": {{{properties}}}, "geometry": {geometry}}}'


def _json_value(text: str, is_number: bool) -> str:
    if not text:
        return "null"
    return text if is_number and _JSON_NUMBER.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _cell(fact: Fact, name: str) -> str:
    return fact.source if name == SOURCE else fact.payload.get(name, "")


def _is_within(sensitivity: Sensitivity, tier: Sensitivity) -> bool:
    return TIERS.index(sensitivity) <= TIERS.index(tier)
