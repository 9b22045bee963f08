"""What is a programme's own store, whatever engine keeps it? What was told, by whom, when, and which batch took back which.

Facts are added in batches and never changed; a batch is whole or not there, whatever ends the process. What stands is worked out from what
was told: a fact stands if a batch that was not reversed told it, and no such batch told one that supersedes it. In what order batches came
decides nothing. Refuses to merge claims. The caller opens the transaction around `append` and `reverse`.

An engine has the tables of `schema.py` and gives a way to ask them, a way to add rows, and its own checks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Self

from mineaction.ledger.chain import HASH_ONLY, Entry, Envelope, batch_id_of, first_link, link_of, reversal_id_of, root_of
from mineaction.ledger.stored_facts import FACT_COLUMNS, fact_of, fact_problems
from mineaction.terms.dates import as_utc
from mineaction.terms.fact import Fact, RecordedFact
from mineaction.terms.kinds import RECORDED, RECORDED_KINDS
from mineaction.terms.limits import NAMES_ASKED_AT_ONCE
from mineaction.terms.problem import Problem, ProblemError, problem

ENVELOPE_COLUMNS = ", ".join(Envelope._fields)


class Told(NamedTuple):
    """A batch to be recorded: who tells, when, under which mapping, from which file, and each fact with its place in it."""

    recorded_at: dt.datetime
    principal: str
    mapping: str
    file_name: str
    content: bytes
    facts: Sequence[tuple[str, Fact]]
    # The file tells of people: of its bytes nothing but their digest is kept.
    is_hash_only: bool = False


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


class Store(ABC):
    """One open store. Close it, or use it in a `with` statement. `path` says where it is, and may be shown to anybody."""

    path: str
    # What the engine raises, besides programmer's errors.
    engine_errors: tuple[type[Exception], ...]

    def __init__(self) -> None:
        self._cached: tuple[str, dict[str, tuple[RecordedFact, ...]]] = ("", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self.close()
        if isinstance(error, self.engine_errors):
            raise ProblemError([self.problem_of(error)]) from None

    # What an engine gives.

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

    @abstractmethod
    def problem_of(self, error: Exception) -> Problem:
        """What an error of the engine means for whoever named the store."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All of what happens inside, or nothing of it; one writer at a time."""

    @abstractmethod
    def one_moment(self) -> AbstractContextManager[None]:
        """What is read inside is the store of one moment, whoever writes meanwhile."""

    @abstractmethod
    def ask(self, question: str, values: Sequence[object] = ()) -> Iterable[Sequence[Any]]:
        """The rows of a SELECT; each `?` is one of the values."""

    @abstractmethod
    def ask_for_many(self, question: str) -> Iterable[Sequence[Any]]:
        """The rows of a SELECT over a whole table, not held in memory all at once."""

    @abstractmethod
    def _keep_file(self, sha256: str, content: bytes) -> None:
        """Keep an imported file, once."""

    @abstractmethod
    def _add_facts(self, facts: Mapping[str, Fact]) -> None:
        """Add facts that are not there, by id."""

    @abstractmethod
    def _add_rows(self, envelope: Envelope, root: str, link: str, entries: Sequence[Entry]) -> None:
        """Add a batch with its entries, in the transaction that is open, and bring the map up to date."""

    @abstractmethod
    def rebuild_layer(self) -> bool:
        """Make the map anew from the facts that stand, in the transaction that is open; whether it was another before."""

    @abstractmethod
    def damage(self) -> Iterator[Problem]:
        """What the engine itself finds broken, and every table, index or trigger that is not as this program made it."""

    @abstractmethod
    def layer_problems(self) -> Iterator[Problem]:
        """Where the map differs from the facts that stand."""

    # What is written.

    def append(self, told: Told) -> Recorded:
        """Record a batch of at least one fact; the same batch again is recorded once, and one that was reversed is a problem."""
        entries = _entries(told)
        batch_id = batch_id_of(entries, told.mapping)
        if held := self._held(batch_id):
            return held
        sha256 = hashlib.sha256(told.content).hexdigest()
        if told.is_hash_only:
            sha256 = HASH_ONLY + sha256
        else:
            self._keep_file(sha256, told.content)
        known = self.known([entry.fact_id for entry in entries])
        assert all(known[one.fact_id].supersedes == one.supersedes for one in entries if one.fact_id in known), "the programme asks first"
        pairs = zip(entries, told.facts, strict=True)
        self._add_facts({entry.fact_id: fact for entry, (_, fact) in pairs if entry.fact_id not in known})
        return self._add_batch(told, batch_id, told.file_name, sha256, "", entries)

    def recorded_before(self, told: Told) -> Recorded | None:
        """Where the same batch stands already; None where it is new."""
        return self._held(batch_id_of(_entries(told), told.mapping))

    def _held(self, batch_id: str) -> Recorded | None:
        for row in list(self.ask(f"SELECT {ENVELOPE_COLUMNS} FROM batch WHERE batch_id = ?", (batch_id,))):
            held = Envelope(*row)
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
        assert told.recorded_at.tzinfo is not None
        seq, before = self._head()
        envelope = Envelope(seq + 1, batch_id, as_utc(told.recorded_at), told.principal, told.mapping, name, sha256, reverses)
        root = root_of(entries)
        self._add_rows(envelope, root, link_of(before, envelope, root), entries)
        return Recorded(envelope.seq, batch_id, True)

    # What is read.

    def batches(self) -> list[Envelope]:
        """Every batch in order."""
        return [Envelope(*row) for row in self.ask(f"SELECT {ENVELOPE_COLUMNS} FROM batch ORDER BY seq")]

    def active(self, known_at: dt.date | None = None) -> set[int]:
        """The numbers of the batches that no batch takes back which stands itself, of those recorded up to the end of a day (UTC)."""
        active: set[int] = set()
        reversed_ids: set[str] = set()
        for one in reversed(self.batches()):
            if one.is_known_on(known_at) and one.batch_id not in reversed_ids:
                active.add(one.seq)
                reversed_ids.add(one.reverses)
        return active

    def standing(self, kind: str, known_at: dt.date | None = None) -> list[Fact]:
        """The facts of a kind that stand, in the order of the book; with a day, those that stood by what was recorded up to its end (UTC).

        A correction or a reversal recorded later takes nothing away from what stood on that day.
        """
        told = self.not_taken_back(kind, known_at)
        superseded = {fact.supersedes for fact in told}
        return [fact for fact in told if fact.fact_id not in superseded]

    def not_taken_back(self, kind: str, known_at: dt.date | None = None) -> list[Fact]:
        """The facts of a kind that stand, and those that they correct."""
        active = self.active(known_at)
        return [fact for fact, seqs in self._told(kind) if not active.isdisjoint(seqs)]

    def _told(self, kind: str) -> list[tuple[Fact, list[int]]]:
        """Each fact of a kind with the numbers of the batches that told it."""
        seqs: dict[str, list[int]] = {}
        asked = "SELECT fact_id, seq FROM entry JOIN fact USING (fact_id) WHERE kind = ? ORDER BY seq, ordinal"
        for fact_id, seq in self.ask(asked, (kind,)):
            seqs.setdefault(fact_id, []).append(seq)
        held = {row[0]: fact_of(row) for row in self.ask(f"SELECT {FACT_COLUMNS} FROM fact WHERE kind = ?", (kind,))}
        return [(held[fact_id], told_in) for fact_id, told_in in seqs.items()]

    def told_in(self, fact_id: str) -> list[int]:
        """The numbers of the batches that told this fact."""
        return [seq for (seq,) in self.ask("SELECT seq FROM entry WHERE fact_id = ? ORDER BY seq", (fact_id,))]

    def known(self, fact_ids: Sequence[str]) -> dict[str, Known]:
        """Those of these ids that the store holds."""
        found: dict[str, Known] = {}
        for start in range(0, len(fact_ids), NAMES_ASKED_AT_ONCE):
            asked = fact_ids[start : start + NAMES_ASKED_AT_ONCE]
            question = f"""SELECT fact_id, kind, supersedes, min(seq) FROM fact JOIN entry USING (fact_id)
                WHERE fact_id IN ({", ".join("?" * len(asked))}) GROUP BY fact_id, kind, supersedes"""
            found |= {row[0]: Known(*row[1:]) for row in self.ask(question, asked)}
        return found

    def fact_rows(self) -> Iterable[Sequence[Any]]:
        """Every row of the table `fact`, as `fact_of` reads it."""
        return self.ask_for_many(f"SELECT {FACT_COLUMNS} FROM fact ORDER BY fact_id")

    def checked_facts(self) -> Iterator[tuple[str, str, list[Problem]]]:
        """The id of every fact, the id of the fact it corrects, and whether it is another fact than that of its id."""
        for row in self.fact_rows():
            yield str(row[0]), str(row[9]), fact_problems(row)

    def _head(self) -> tuple[int, str]:
        """Number and link of the last batch; 0 and the first link of the store where there is none."""
        for seq, link in self.ask("SELECT seq, link FROM batch ORDER BY seq DESC LIMIT 1"):
            return seq, link
        return 0, first_link(self.store_id())

    def store_id(self) -> str:
        """The id the store was given when it was made."""
        ((value,),) = self.ask("SELECT value FROM store WHERE name = 'store_id'")
        return str(value)

    # The reading half of a ledger (`book.py`).

    def kinds(self) -> tuple[str, ...]:
        return tuple(RECORDED_KINDS)

    def kinds_told(self) -> tuple[str, ...]:
        """The kinds of which anything was told."""
        told = {kind for (kind,) in self.ask("SELECT DISTINCT kind FROM fact")}
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
        for *row, seq, ordinal, recorded_at in self.ask(asked, (value,)):
            if row[0] not in seen:
                seen.add(row[0])
                yield RecordedFact(fact_of(row), _day(recorded_at, seq), RECORDED, f"{seq}.{ordinal}")

    def complete_until(self, kind: str, key: str = "") -> dt.date | None:
        return None

    def completeness(self, kind: str, key: str = "") -> Mapping[str, str]:
        return {}

    def identity(self) -> dict[str, str]:
        seq, link = self._head()
        return {"name": "store", "version": str(seq), "digest": link}

    def manifest(self) -> Mapping[str, Mapping[str, str]]:
        files = {one.file_sha256: one.file_name for one in self.batches()[::-1] if one.file_sha256}
        rows = {f"imported/{sha256.removeprefix(HASH_ONLY)[:16]}/{name}": (name, sha256) for sha256, name in files.items()}
        return {file: {"file": file, "title": name, "sha256": sha256} for file, (name, sha256) in rows.items()}

    def text(self, file_name: str) -> str:
        row = self.manifest().get(file_name)
        if row is None:
            raise ProblemError([problem("text_missing", self.path, file_name)])
        if row["sha256"].startswith(HASH_ONLY):
            raise ProblemError([problem("file_kept_as_hash", file_name, row["title"])])
        ((content,),) = self.ask("SELECT content FROM file WHERE sha256 = ?", (row["sha256"],))
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise ProblemError([problem("ledger_file_altered", file_name, row["title"])])
        return str(content.decode("utf-8"))


def _day(recorded_at: object, seq: int) -> dt.date:
    try:
        return dt.date.fromisoformat(str(recorded_at)[:10])
    except ValueError:
        raise ProblemError([problem("ledger_batch_altered", f"batch {seq}", seq)]) from None


def _entries(told: Told) -> list[Entry]:
    return [Entry(fact.fact_id, fact.supersedes, place) for place, fact in told.facts]
