"""Is the store as it was recorded? Recomputes the id of every fact, the root of every batch, the chain over them, and the layer.

Answers with problems; an empty list means that nothing was changed by anyone who did not make the whole chain anew. Mends nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from mineaction.ledger.chain import Entry, Envelope, batch_id_of, first_link, link_of, reversal_id_of, root_of
from mineaction.ledger.store import Store
from mineaction.terms.problem import Problem, on_one_line, problem


@dataclass(slots=True)
class Checked:
    """What was found, and the links after each batch: what a checkpoint is compared with."""

    store_id: str = ""
    facts: int = 0
    links: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The link of the last batch."""
        return self.links[-1] if self.links else first_link(self.store_id)


def check_store(store: Store) -> Checked:
    """Everything that is not as it was recorded."""
    checked = Checked()
    # What no reader expects is damage too.
    unexpected: tuple[type[Exception], ...] = (*store.engine_errors, ValueError, TypeError, AttributeError)
    try:
        with store.one_moment():
            _check(store, checked)
    except unexpected as error:
        checked.problems.append(problem("ledger_database_broken", store.path, on_one_line(error)))
    return checked


def _check(store: Store, checked: Checked) -> None:
    checked.problems += store.damage()
    checked.store_id = store.store_id()
    supersedes = _check_facts(store, checked)
    checked.problems += _batch_problems(store, supersedes, checked)
    if not checked.problems:
        checked.problems += store.layer_problems()


def _check_facts(store: Store, checked: Checked) -> dict[str, str]:
    """Fact id -> the id of the fact it corrects, as they stand in the table."""
    supersedes: dict[str, str] = {}
    for fact_id, corrected, found in store.checked_facts():
        supersedes[fact_id] = corrected
        checked.problems += found
    checked.facts = len(supersedes)
    told = {fact_id for (fact_id,) in store.ask("SELECT fact_id FROM entry")}
    checked.problems += [problem("ledger_fact_added", f"fact {one}", one) for one in sorted(supersedes.keys() - told)]
    return supersedes


def _batch_problems(store: Store, supersedes: dict[str, str], checked: Checked) -> Iterator[Problem]:
    files = {sha256: hashlib.sha256(content).hexdigest() for sha256, content in store.ask_for_many("SELECT sha256, content FROM file")}
    reversals: dict[str, int] = {}
    before = first_link(checked.store_id)
    held = {seq: (root, link) for seq, root, link in store.ask("SELECT seq, root, link FROM batch")}
    for number, batch in enumerate(store.batches(), 1):
        place = f"batch {batch.seq}"
        entries, ordinals, missing = _entries(store, batch.seq, supersedes)
        yield from (problem("ledger_fact_missing", f"{place}, fact {one}", batch.seq) for one in missing)
        root, (held_root, held_link) = root_of(entries), held[batch.seq]
        if root != held_root or ordinals != list(range(1, len(entries) + 1)):
            yield problem("ledger_root_altered", place, batch.seq)
        if batch.batch_id != _expected_id(batch, entries, reversals):
            yield problem("ledger_batch_altered", place, batch.seq)
        if batch.file_sha256 and not batch.is_hash_only and files.get(batch.file_sha256) != batch.file_sha256:
            yield problem("ledger_file_altered", place, batch.seq)
        before = link_of(before, batch, root)
        if batch.seq != number or before != held_link:
            yield problem("ledger_chain_broken", place, batch.seq)
        checked.links.append(held_link)
    strays = "SELECT DISTINCT seq FROM entry WHERE seq NOT IN (SELECT seq FROM batch) ORDER BY seq"
    yield from (problem("ledger_chain_broken", f"batch {seq}", seq) for (seq,) in store.ask(strays))


def _entries(store: Store, seq: int, supersedes: dict[str, str]) -> tuple[list[Entry], list[int], list[str]]:
    rows = list(store.ask("SELECT ordinal, fact_id, place FROM entry WHERE seq = ? ORDER BY ordinal", (seq,)))
    entries = [Entry(fact_id, supersedes.get(fact_id, ""), place) for _, fact_id, place in rows]
    return entries, [ordinal for ordinal, _, _ in rows], [fact_id for _, fact_id, _ in rows if fact_id not in supersedes]


def _expected_id(batch: Envelope, entries: list[Entry], reversals: dict[str, int]) -> str:
    if not batch.reverses:
        return batch_id_of(entries, batch.mapping)
    times = reversals.get(batch.reverses, 0)
    reversals[batch.reverses] = times + 1
    return reversal_id_of(batch.reverses, times)
