"""What the packaged facts and texts say: a read-only book over the CSV files and texts that come with the program.

Answers which facts of a kind are held, since when each could be known, how complete each set is, and what a source says word for word.
Refuses to write, and to hand out a text whose bytes differ from its manifest. Whether the rows are right is checked by
`ledger/validation.py` in the tests, not at each start.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from mineaction.terms.fact import Fact, RecordedFact
from mineaction.terms.kinds import ENVELOPE, PACKAGED_KINDS, Kind
from mineaction.terms.problem import Problem, ProblemError, problem

# The folder `data` of the package, beside the rooms.
PACKAGED_DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
NAME = "packaged"
# Raised with every released change of facts or texts: the year, and the number of the edition in it.
EDITION = "2026.1"

_MANIFEST = "texts/manifest.csv"
_SETS = "facts/sets.csv"
_PLACES = "places/countries.json.gz"


class PackagedBook:
    """The reading half of a ledger over one data folder; each file is read when it is first asked for."""

    def __init__(self, folder: str = PACKAGED_DATA) -> None:
        self._folder = folder
        self._facts: dict[str, tuple[RecordedFact, ...]] = {}
        self._subjects: dict[str, dict[str, tuple[RecordedFact, ...]]] = {}
        self._sets: dict[tuple[str, str], Mapping[str, str]] | None = None
        self._manifest: dict[str, Mapping[str, str]] | None = None
        self._digest = ""

    def kinds(self) -> tuple[str, ...]:
        return tuple(PACKAGED_KINDS)

    def facts(self, kind: str) -> tuple[RecordedFact, ...]:
        held = self._facts.get(kind)
        if held is None:
            held = self._facts[kind] = tuple(self._read_facts(PACKAGED_KINDS[kind]))
        return held

    def history(self, subject: str) -> tuple[RecordedFact, ...]:
        kind = subject.partition("/")[0]
        if kind not in PACKAGED_KINDS:
            return ()
        if kind not in self._subjects:
            by_subject: dict[str, tuple[RecordedFact, ...]] = {}
            for told in self.facts(kind):
                by_subject[told.fact.subject] = (*by_subject.get(told.fact.subject, ()), told)
            self._subjects[kind] = by_subject
        return self._subjects[kind].get(subject, ())

    def complete_until(self, kind: str, key: str = "") -> dt.date | None:
        day = self.completeness(kind, key).get("complete_until", "")
        return dt.date.fromisoformat(day) if day else None

    def completeness(self, kind: str, key: str = "") -> Mapping[str, str]:
        if self._sets is None:
            self._sets = {(row["kind"], row["key"]): row for row in self._read_rows(_SETS)}
        return self._sets.get((kind, key), {})

    def identity(self) -> dict[str, str]:
        return {"name": NAME, "version": EDITION, "digest": self._digest_of_files()}

    def manifest(self) -> Mapping[str, Mapping[str, str]]:
        if self._manifest is None:
            self._manifest = {row["file"]: row for row in self._read_rows(_MANIFEST)}
        return self._manifest

    def text(self, file_name: str) -> str:
        row = self.manifest().get(file_name)
        if row is None:
            raise ProblemError([problem("text_missing", _MANIFEST, file_name)])
        content = self._read_bytes(f"texts/{file_name}")
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise ProblemError([_broken(f"texts/{file_name}", "its SHA-256 is another")])
        return content.decode("utf-8")

    def sidecar(self, file_name: str) -> str:
        """The YAML beside a statement that says who issued it, when, and on what ground; empty when there is none."""
        path = os.path.splitext(f"texts/{file_name}")[0] + ".yaml"
        if file_name not in self.manifest() or not os.path.exists(os.path.join(self._folder, path)):
            return ""
        return self._read_bytes(path).decode("utf-8")

    def places(self) -> bytes:
        """The packaged map of countries, as `registers/boundaries.py` loads it."""
        return self._read_bytes(_PLACES)

    def _read_facts(self, kind: Kind) -> Iterator[RecordedFact]:
        path = f"facts/{kind.name}.csv"
        first, after = kind.valid
        for number, row in enumerate(self._read_rows(path, kind.columns()), start=2):
            known_from, basis = (row.pop(name) for name in ENVELOPE)
            fact = Fact(
                kind=kind.name,
                subject=kind.subject_of(row),
                source=row.pop("source"),
                payload=MappingProxyType(row),
                valid_from=row[first] if first else "",
                valid_to=row[after] if after else "",
            )
            try:
                day = dt.date.fromisoformat(known_from) if known_from else None
            except ValueError:
                raise ProblemError([_broken(f"{path}:{number}", f"known_from {known_from}")]) from None
            yield RecordedFact(fact, day, basis, f"{path}:{number}")

    def _read_rows(self, path: str, columns: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
        try:
            content = self._read_bytes(path).decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise ProblemError([_broken(path, f"not UTF-8 at byte {wrong.start}")]) from None
        rows = csv.reader(io.StringIO(content, newline=""))
        header = next(rows, [])
        if columns and sorted(header) != sorted(columns):
            raise ProblemError([_broken(path, "its columns are not those of its kind")])
        for number, cells in enumerate(rows, start=2):
            if len(cells) != len(header):
                raise ProblemError([_broken(f"{path}:{number}", f"{len(cells)} cells for {len(header)} columns")])
            yield dict(zip(header, cells, strict=True))

    def _read_bytes(self, path: str) -> bytes:
        try:
            with open(os.path.join(self._folder, path), "rb") as file:
                return file.read()
        except OSError as wrong:
            raise ProblemError([_broken(path, wrong.strerror or "cannot be read")]) from None

    def _digest_of_files(self) -> str:
        """SHA-256 over name and SHA-256 of every file of facts, of the map and of the manifest, which holds the SHA-256 of every text."""
        if not self._digest:
            whole = hashlib.sha256()
            for path in (*(f"facts/{kind}.csv" for kind in sorted(PACKAGED_KINDS)), _SETS, _PLACES, _MANIFEST):
                whole.update(f"{path} {hashlib.sha256(self._read_bytes(path)).hexdigest()}\n".encode())
            self._digest = whole.hexdigest()
        return self._digest


@cache
def packaged_book() -> PackagedBook:
    """The book that comes with the program, one for the whole process."""
    return PackagedBook()


def _broken(place: str, what: str) -> Problem:
    return problem("packaged_data_broken", place, what)
