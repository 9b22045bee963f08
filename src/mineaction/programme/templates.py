"""What does a table of one kind of record look like? Its columns with what each may hold, and the empty table itself."""

from __future__ import annotations

import csv
import io
import os
from typing import Any

from mineaction.programme.files import write_text
from mineaction.programme.record_kinds import kind_named
from mineaction.sources.table_shapes import OUTLINE_COLUMNS
from mineaction.terms.kinds import Field, Kind
from mineaction.terms.problem import ProblemError, problem

# What a row may say beside the fields of its kind.
_OUTLINE = "The outline, as POLYGON or MULTIPOLYGON: longitude before latitude (WGS 84)"
_SOURCE = "Who or what says so; who tells it where left out"
_SUPERSEDES = "Id of the fact that this row corrects"


def template(kind: str, out: str | None = None) -> dict[str, Any]:
    """The empty table of a kind of record, written into a file if one is named; a file that is there is left as it is."""
    meant = kind_named(kind)
    columns = columns_of(meant)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(one["name"] for one in columns)
    if out:
        if os.path.lexists(out):
            raise ProblemError([problem("store_exists", out, out)])
        write_text(out, text.getvalue())
    return {
        "kind": kind,
        "label": meant.label,
        "standard": meant.standard,
        "columns": columns,
        "header": text.getvalue().strip(),
        "out": out,
    }


def columns_of(kind: Kind) -> list[dict[str, Any]]:
    """The columns of a table of this kind, in their order, each with what it may hold."""
    beside = [Field("source", required=kind.told_by not in kind.field_names(), label=_SOURCE), Field("supersedes", label=_SUPERSEDES)]
    if kind.geometry:
        beside.append(Field(OUTLINE_COLUMNS[0], sensitivity=kind.geometry_tier, label=_OUTLINE))
    return [_column(field) for field in (*kind.fields, *beside)]


def _column(field: Field) -> dict[str, Any]:
    other, word = field.required_when
    return {
        "name": field.name,
        "type": field.type,
        "is_required": field.required,
        "required_when": f"{other} = {word}" if other else None,
        "codes": list(field.codes),
        "unit": field.unit or None,
        "least": field.least or None,
        "most": field.most or None,
        "tier": field.sensitivity,
        "label": field.label,
    }
