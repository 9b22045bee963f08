"""Which mapping would fit this table? A first one, made from its own columns and texts, for a user to check and complete."""

from __future__ import annotations

import os
from typing import Any

import pyarrow as pa

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.open_questions import code_of
from mineaction.programme.activity import read_activity
from mineaction.programme.files import write_text
from mineaction.sources.column_words import words_of
from mineaction.sources.mapping import ACTOR, UNDERLYING
from mineaction.sources.mapping_wizard import ColumnSeen, Reading, proposed_mapping
from mineaction.sources.record_files import RecordFile, open_records
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import MAPPING_WORDS_MAX
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.vocabulary import FIELDS, SHORT_FORMS, hint

_PLACES = ("counterparty", "place", "from_place")


def write_mapping(table: str | os.PathLike[str], out: str | None = None) -> dict[str, Any]:
    """`{"mapping": the text, "written": the file or None}`; with `out` it is written there, and nothing is written over."""
    path = os.fspath(table)
    if out and os.path.exists(out):
        raise ProblemError([problem("output_not_written", out, out, reason="it is there already")])
    source = open_records(path)
    text = proposed_mapping(os.path.basename(path), _seen(source), _read)
    if out:
        write_text(out, text)
    return {"mapping": text, "written": out or None}


def _seen(source: RecordFile) -> list[ColumnSeen]:
    """The different texts of every column that has words; of a column with very many only the first."""
    names = [one.name for one in source.schema if not pa.types.is_nested(one.type)]
    met: dict[str, dict[str, None]] = {one: {} for one in names}
    over: set[str] = set()
    for batch in source.batches(names):
        for name in names:
            if name not in over and (texts := _texts(batch.column(name))) is not None:
                met[name].update(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
                # Far more texts than anybody would map: an identifier, a remark, a day.
                if len(met[name]) > 10 * MAPPING_WORDS_MAX:
                    over.add(name)
    return [_column(source, name, list(met[name]) if name in met else []) for name in source.schema.names]


def _texts(column: pa.Array) -> list[str | None] | None:
    try:
        return words_of(column, "").texts
    except ProblemError:
        return None


def _column(source: RecordFile, name: str, texts: list[str]) -> ColumnSeen:
    kind = source.schema.field(name).type
    is_day = pa.types.is_date(kind) or pa.types.is_timestamp(kind) or (bool(texts) and all(parse_day(one[:10], "")[0] for one in texts))
    kept = tuple(texts[:MAPPING_WORDS_MAX])
    return ColumnSeen(name, () if is_day else kept, len(texts) - len(kept), is_day)


def _read(field: str, text: str) -> Reading:
    """The word of the vocabulary, the short form, the state or the place that a text means; else the words nearest to it."""
    problems: list[Problem] = []
    name = field.removeprefix(UNDERLYING)
    if text.casefold() == "unknown":
        return Reading("unknown")
    said = read_activity({name: text}, None, None, packaged_book(), problems)
    if problems:
        return Reading("", _nearest(name, text) or problems[0].remedy)
    if name == ACTOR:
        return Reading(said.actor)
    if name in _PLACES:
        return Reading(text if said.echo[name] == "unknown" else str(said.echo[name]))
    plain = text.casefold().replace("_", "-")
    short = plain if plain in SHORT_FORMS.get(name, {}) else ""
    return Reading(short or FIELDS[name].values[code_of(name, said.facts[name]) - 1])


def _nearest(name: str, text: str) -> str:
    if name == ACTOR or name in _PLACES:
        return ""
    told = hint(text, (*FIELDS[name].values, *SHORT_FORMS.get(name, ())), name)
    return told[0].lower() + told[1:]
