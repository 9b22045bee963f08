"""Are the packaged data whole: every file of facts valid, every set described, every text there as fetched and in the manifest.

Answers with problems, each with file and row; an empty list means whole. Refuses to mend anything.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Mapping

from mineaction.ledger.packaged import PACKAGED_DATA
from mineaction.ledger.validation import Row, Table, kind_problems, table_problems
from mineaction.terms.kinds import PACKAGED_KINDS
from mineaction.terms.kinds.book_tables import FACT_SET_FIELDS, TEXT_FIELDS
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import nearest

_MANIFEST = "texts/manifest.csv"
_SETS = "facts/sets.csv"
_TEXT_FOLDERS = ("sources", "statements")
# The YAML beside a statement is the project's own and no source text.
_SIDECAR = ".yaml"


def packaged_problems(folder: str = PACKAGED_DATA) -> list[Problem]:
    """Everything wrong with one data folder, file by file."""
    found: list[Problem] = []
    texts = _text_problems(folder, found)
    countries = _countries(folder)
    for kind in PACKAGED_KINDS.values():
        table = _read(folder, f"facts/{kind.name}.csv", found)
        if table is not None:
            found += kind_problems(kind, table, countries, texts)
    _set_problems(folder, countries, found)
    return found


def _countries(folder: str) -> dict[str, str]:
    """iso3 -> name; problems of that file are reported when it is checked as a kind."""
    table = _read(folder, "facts/country.csv", [])
    if table is None or not {"iso3", "name"} <= set(table.header):
        return {}
    code, name = table.header.index("iso3"), table.header.index("name")
    return {cells[code]: cells[name] for _, cells in table.rows if len(cells) == len(table.header)}


def _set_problems(folder: str, countries: Mapping[str, str], found: list[Problem]) -> None:
    table = _read(folder, _SETS, found)
    if table is None:
        return
    problems, rows = table_problems("set", FACT_SET_FIELDS, table, countries)
    found += problems
    _repeated(_SETS, rows, ("kind", "key"), found)
    for number, row in rows:
        if row["kind"] and row["kind"] not in PACKAGED_KINDS:
            names = ", ".join(nearest(row["kind"], PACKAGED_KINDS))
            found.append(problem("unknown_code", f"{_SETS}:{number} kind", row["kind"], field="kind", nearest=names))
    described = {row["kind"] for _, row in rows}
    found += [problem("fact_set_missing", _SETS, kind) for kind in PACKAGED_KINDS if kind not in described]


def _text_problems(folder: str, found: list[Problem]) -> list[str]:
    """Checks the manifest against the files of the folder both ways; gives the file names of the manifest."""
    table = _read(folder, _MANIFEST, found)
    if table is None:
        return []
    problems, rows = table_problems("manifest", TEXT_FIELDS, table, {})
    found += problems
    _repeated(_MANIFEST, rows, ("file",), found)
    for number, row in rows:
        content = _bytes(os.path.join(folder, "texts", row["file"]))
        if content is None:
            found.append(problem("text_missing", f"{_MANIFEST}:{number} file", row["file"]))
        elif (digest := hashlib.sha256(content).hexdigest()) != row["sha256"]:
            found.append(problem("text_changed", f"{_MANIFEST}:{number} sha256", row["file"], found=digest))
    named = [row["file"] for _, row in rows]
    for path in _files_of_texts(folder):
        if path not in named:
            found.append(problem("text_not_in_manifest", f"texts/{path}", path))
    return named


def _files_of_texts(folder: str) -> Iterator[str]:
    for name in _TEXT_FOLDERS:
        with os.scandir(os.path.join(folder, "texts", name)) as entries:
            yield from sorted(f"{name}/{one.name}" for one in entries if not one.name.endswith(_SIDECAR))


def _repeated(path: str, rows: list[tuple[int, Row]], key: tuple[str, ...], found: list[Problem]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        values = tuple(row[name] for name in key)
        if values in first:
            found.append(problem("fact_duplicate", f"{path}:{number}", first[values]))
        first.setdefault(values, number)


def _read(folder: str, path: str, found: list[Problem]) -> Table | None:
    content = _bytes(os.path.join(folder, path))
    if content is None:
        found.append(problem("packaged_data_broken", path, "the file is missing"))
        return None
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    except UnicodeDecodeError as wrong:
        found.append(problem("packaged_data_broken", path, f"not UTF-8 at byte {wrong.start}"))
        return None
    if not rows:
        found.append(problem("packaged_data_broken", path, "the file is empty"))
        return None
    return Table(path, rows[0], list(enumerate(rows[1:], start=2)))


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
