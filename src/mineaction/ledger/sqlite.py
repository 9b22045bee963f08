"""A programme's own book in one file: what was told, by whom, when, and which batch took back which. SQLite, and a GeoPackage.

Facts are added in batches and never changed; a batch is whole or not there, whatever ends the process. What stands is worked out from what
was told: a fact stands if a batch that was not reversed told it, and no such batch told one that supersedes it. In what order batches came
decides nothing. Refuses to merge claims, and to open a file that is not such a store.

The journal is a rollback journal, so that reading makes no file beside the store; `synchronous = EXTRA` waits for the disk, its folder
included. The caller opens the transaction around `append` and `reverse`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from mineaction.ledger.chain import Entry, Envelope, batch_id_of, first_link, link_of, reversal_id_of, root_of
from mineaction.ledger.geopackage import LAYER, rebuild_layer
from mineaction.ledger.sqlite_file import connected, opened, problem_of
from mineaction.ledger.sqlite_rows import FACT_COLUMNS, fact_of, row_of
from mineaction.terms.fact import Fact, RecordedFact
from mineaction.terms.kinds import RECORDED, RECORDED_KINDS
from mineaction.terms.problem import ProblemError, problem

# Names in one question to SQLite, which takes 32,766 of them.
_ASKED_AT_ONCE = 10_000
_ENVELOPE_COLUMNS = ", ".join(Envelope._fields)


class Told(NamedTuple):
    """A batch to be recorded: who tells, when, under which mapping, from which file, and each fact with its place in it."""

    recorded_at: dt.datetime
    principal: str
    mapping: str
    file_name: str
    content: bytes
    facts: Sequence[tuple[str, Fact]]


class Recorded(NamedTuple):
    """Where a batch stands. `is_new` is false where the same batch was recorded before."""

    seq: int
    batch_id: str
    is_new: bool


class Known(NamedTuple):
    """What the store holds under the id of a fact: its kind, what it corrects, the first batch that told it."""

    kind: str
    supersedes: str
    seq: int


class SqliteStore:
    """One open store. Close it, or use it in a `with` statement."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.connection = opened(path)
        self._cached: tuple[str, dict[str, tuple[RecordedFact, ...]]] = ("", {})

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self.connection.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise ProblemError([problem_of(error, self.path)]) from None

    # What is written.

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what happens inside, or nothing of it; one writer at a time."""
        with connected(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def append(self, told: Told) -> Recorded:
        """Record a batch of at least one fact; the same batch again is recorded once, and one that was reversed is a problem."""
        if held := self.recorded_before(told):
            return held
        entries = _entries(told)
        batch_id = batch_id_of(entries, told.mapping)
        sha256 = hashlib.sha256(told.content).hexdigest()
        new = "INSERT INTO file SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM file WHERE sha256 = ?)"
        self.connection.execute(new, (sha256, told.content, sha256))
        known = self.known([entry.fact_id for entry in entries])
        fresh = {entry.fact_id: fact for entry, (_, fact) in zip(entries, told.facts, strict=True) if entry.fact_id not in known}
        marks = ", ".join("?" * 10)
        self.connection.executemany(f"INSERT INTO fact ({FACT_COLUMNS}) VALUES ({marks})", (row_of(*one) for one in fresh.items()))
        return self._add_batch(told, batch_id, told.file_name, sha256, "", entries)

    def recorded_before(self, told: Told) -> Recorded | None:
        """Where the same batch stands already; None where it is new."""
        batch_id = batch_id_of(_entries(told), told.mapping)
        for held in self.batches():
            if held.batch_id == batch_id:
                self._refuse_reversed(held)
                return Recorded(held.seq, batch_id, False)
        return None

    def reverse(self, target: Envelope, told: Told) -> Recorded:
        """Record that a batch is taken back. Its facts stay, and stand no more unless another batch told them."""
        self._refuse_reversed(target)
        times = sum(one.reverses == target.batch_id for one in self.batches())
        return self._add_batch(told, reversal_id_of(target.batch_id, times), "", "", target.batch_id, [])

    def _refuse_reversed(self, target: Envelope) -> None:
        active = self.active()
        if target.seq not in active:
            by = next(one.seq for one in self.batches() if one.reverses == target.batch_id and one.seq in active)
            raise ProblemError([problem("batch_reversed", f"batch {target.seq}", target.seq, by=by)])

    def _add_batch(self, told: Told, batch_id: str, name: str, sha256: str, reverses: str, entries: Sequence[Entry]) -> Recorded:
        assert self.connection.in_transaction, "the programme opens the transaction"
        assert told.recorded_at.tzinfo is not None
        seq, before = self._head()
        recorded_at = told.recorded_at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        envelope = Envelope(seq + 1, batch_id, recorded_at, told.principal, told.mapping, name, sha256, reverses)
        root = root_of(entries)
        rows = ((envelope.seq, number, entry.fact_id, entry.place) for number, entry in enumerate(entries, 1))
        self.connection.executemany("INSERT INTO entry (seq, ordinal, fact_id, place) VALUES (?, ?, ?, ?)", rows)
        self.connection.execute(
            f"INSERT INTO batch ({_ENVELOPE_COLUMNS}, root, link) VALUES ({', '.join('?' * 10)})",
            (*envelope, root, link_of(before, envelope, root)),
        )
        rebuild_layer(self.connection, self.standing(LAYER))
        return Recorded(envelope.seq, batch_id, True)

    # What is read.

    def batches(self) -> list[Envelope]:
        """Every batch in order."""
        return [Envelope(*row) for row in self.connection.execute(f"SELECT {_ENVELOPE_COLUMNS} FROM batch ORDER BY seq")]

    def active(self) -> set[int]:
        """The numbers of the batches that no batch takes back which stands itself."""
        active: set[int] = set()
        reversed_ids: set[str] = set()
        for one in reversed(self.batches()):
            if one.batch_id not in reversed_ids:
                active.add(one.seq)
                reversed_ids.add(one.reverses)
        return active

    def standing(self, kind: str) -> list[Fact]:
        """The facts of a kind that stand, in the order of the book."""
        active = self.active()
        told = [(fact, seqs) for fact, seqs in self._told(kind) if not active.isdisjoint(seqs)]
        superseded = {fact.supersedes for fact, _ in told}
        return [fact for fact, _ in told if fact.fact_id not in superseded]

    def _told(self, kind: str) -> list[tuple[Fact, list[int]]]:
        """Each fact of a kind with the numbers of the batches that told it."""
        seqs: dict[str, list[int]] = {}
        asked = "SELECT fact_id, seq FROM entry JOIN fact USING (fact_id) WHERE kind = ? ORDER BY seq, ordinal"
        for fact_id, seq in self.connection.execute(asked, (kind,)):
            seqs.setdefault(fact_id, []).append(seq)
        held = {row[0]: fact_of(row) for row in self.connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE kind = ?", (kind,))}
        return [(held[fact_id], told_in) for fact_id, told_in in seqs.items()]

    def told_in(self, fact_id: str) -> list[int]:
        """The numbers of the batches that told this fact."""
        return [seq for (seq,) in self.connection.execute("SELECT seq FROM entry WHERE fact_id = ? ORDER BY seq", (fact_id,))]

    def known(self, fact_ids: Sequence[str]) -> dict[str, Known]:
        """Those of these ids that the store holds."""
        found: dict[str, Known] = {}
        for start in range(0, len(fact_ids), _ASKED_AT_ONCE):
            asked = fact_ids[start : start + _ASKED_AT_ONCE]
            question = f"""SELECT fact_id, kind, supersedes, min(seq) FROM fact JOIN entry USING (fact_id)
                WHERE fact_id IN ({", ".join("?" * len(asked))}) GROUP BY fact_id"""
            found |= {row[0]: Known(*row[1:]) for row in self.connection.execute(question, asked)}
        return found

    def _head(self) -> tuple[int, str]:
        """Number and link of the last batch; 0 and the first link of the store where there is none."""
        row = self.connection.execute("SELECT seq, link FROM batch ORDER BY seq DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (0, first_link(self.store_id()))

    def store_id(self) -> str:
        """The id the store was given when it was made."""
        return str(self.connection.execute("SELECT value FROM store WHERE name = 'store_id'").fetchone()[0])

    # The reading half of a ledger (`book.py`).

    def kinds(self) -> tuple[str, ...]:
        return tuple(RECORDED_KINDS)

    def kinds_told(self) -> tuple[str, ...]:
        """The kinds of which anything was told."""
        told = {kind for (kind,) in self.connection.execute("SELECT DISTINCT kind FROM fact")}
        return tuple(kind for kind in RECORDED_KINDS if kind in told)

    def facts(self, kind: str) -> tuple[RecordedFact, ...]:
        RECORDED_KINDS[kind]
        link = self._head()[1]
        if self._cached[0] != link:
            self._cached = (link, {})
        held = self._cached[1]
        if kind not in held:
            held[kind] = tuple(self._recorded("kind", kind))
        return held[kind]

    def history(self, subject: str) -> tuple[RecordedFact, ...]:
        return tuple(self._recorded("subject", subject))

    def _recorded(self, column: str, value: str) -> Iterator[RecordedFact]:
        columns = ", ".join(f"fact.{name}" for name in FACT_COLUMNS.split(", "))
        asked = f"""SELECT {columns}, seq, ordinal, recorded_at FROM fact JOIN entry USING (fact_id) JOIN batch USING (seq)
            WHERE fact.{column} = ? ORDER BY seq, ordinal"""
        seen: set[str] = set()
        for *row, seq, ordinal, recorded_at in self.connection.execute(asked, (value,)):
            if row[0] not in seen:
                seen.add(row[0])
                yield RecordedFact(fact_of(row), dt.date.fromisoformat(recorded_at[:10]), RECORDED, f"{seq}.{ordinal}")

    def complete_until(self, kind: str, key: str = "") -> dt.date | None:
        return None

    def completeness(self, kind: str, key: str = "") -> Mapping[str, str]:
        return {}

    def identity(self) -> dict[str, str]:
        seq, link = self._head()
        return {"name": "store", "version": str(seq), "digest": link}

    def manifest(self) -> Mapping[str, Mapping[str, str]]:
        files = {one.file_sha256: one.file_name for one in self.batches()[::-1] if one.file_sha256}
        rows = {f"imported/{sha256[:16]}/{name}": (name, sha256) for sha256, name in files.items()}
        return {file: {"file": file, "title": name, "sha256": sha256} for file, (name, sha256) in rows.items()}

    def text(self, file_name: str) -> str:
        row = self.manifest().get(file_name)
        if row is None:
            raise ProblemError([problem("text_missing", self.path, file_name)])
        (content,) = self.connection.execute("SELECT content FROM file WHERE sha256 = ?", (row["sha256"],)).fetchone()
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise ProblemError([problem("ledger_file_altered", file_name, row["title"])])
        return str(content.decode("utf-8"))


def _entries(told: Told) -> list[Entry]:
    return [Entry(fact.fact_id, fact.supersedes, place) for place, fact in told.facts]
