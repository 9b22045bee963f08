"""Record what a file tells in the programme's own store, take a batch back, and say what was told of one subject.

Rows with problems are not recorded and are listed; the file is kept as it was given, so that nothing is lost. The only place that adds
facts to a store: what else opens a transaction (`store_rebuild.py`) makes the layer anew and touches none.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from mineaction.ledger.chain import Envelope
from mineaction.ledger.store import Recorded, Store, Told
from mineaction.programme.collector import collector_paused
from mineaction.programme.files import refuse_writing_over, write_text
from mineaction.programme.given_files import paths_given, read_given
from mineaction.programme.linked_records import dangling_links
from mineaction.programme.record_checks import record_findings
from mineaction.programme.record_kinds import kind_named
from mineaction.programme.stores import open_store
from mineaction.programme.today import now, seconds_since
from mineaction.programme.told_where import subject_meant
from mineaction.sources.fact_rows import MAPPING_VERSION, Reading, ToldFact, read_facts
from mineaction.sources.failed_rows import failed_rows_csv, safe_csv
from mineaction.sources.given_rows import Stated
from mineaction.sources.record_mapping import RecordMapping
from mineaction.sources.written_days import DAY_FIRST, MONTH_FIRST
from mineaction.terms.fact import RecordedFact
from mineaction.terms.kinds import RECORDED_KINDS, Kind, given_key
from mineaction.terms.limits import PROBLEMS_SHOWN_MAX
from mineaction.terms.outline import as_wkt, outline_of
from mineaction.terms.passwords import without_passwords
from mineaction.terms.problem import Problem, ProblemError, problem

_REVERSAL = "reversal-1"


@collector_paused()
def import_records(
    path: str,
    *,
    kind: str | None = None,
    mapping: str | None = None,
    store: str | None = None,
    principal: str | None = None,
    problems: str | None = None,
    failed_rows: str | None = None,
    propose_repairs: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
    dates: str | None = None,
    dry_run: bool = False,
    without_personal: bool = False,
    at: dt.datetime | None = None,
) -> dict[str, Any]:
    """Record every row of a file as a fact of this kind, in one batch. `dry_run` records nothing and says the same.

    `mapping` says what the file's own columns and words mean. `layer`, `crs` (EPSG:NNNN) and `dates` (day-first, month-first) say what the
    file leaves open. `problems` and `failed_rows` name files for what is wrong, and for the rows that are no facts, as they were given;
    `propose_repairs` one for repairs of broken outlines, which a person may accept (`repairing.py`). A column about people refuses the
    file; `without_personal` leaves it out, and of such a file nothing but its digest is kept.
    """
    began = now()
    moment = at or began
    meant = _mapping(mapping) if mapping else None
    asked = _kind_asked(kind, meant)
    stated = _stated(layer, crs, dates)
    with open_store(store) as held:
        given = {**dict.fromkeys(paths_given(path), "the file that is read"), held.path: "the store"}
        outputs = {"problems": problems, "failed_rows": failed_rows, "propose_repairs": propose_repairs}
        for name, out in outputs.items():
            refuse_writing_over(out, name, given)
            given |= {out: f"the file of {name}"} if out else {}
        content, extension = read_given(path)
        reading = read_facts(content, path, extension, asked, moment.date(), stated, meant, without_personal=without_personal)
        version = " ".join(filter(None, (asked.name, MAPPING_VERSION, meant.version if meant else "", str(stated))))
        telling = Telling(moment, principal_named(principal), version, os.path.basename(path.rstrip("/\\")), content)
        facts, found, batch = record_reading(held, asked, reading, telling, dry_run=dry_run)
        if propose_repairs:
            from mineaction.programme.repair_proposals import write_proposals

            # A repair may take seconds: nobody waits for the store meanwhile.
            found += write_proposals(propose_repairs, asked, reading.but_for_outline)
        _write_beside(problems, failed_rows, found, reading, facts)
        told_of: dict[str, Any] = {"mapping": mapping, "dry_run": dry_run, "problems_file": problems, "failed_rows_file": failed_rows}
        told_of |= {"repairs_file": propose_repairs, "but_for_outline": len(reading.but_for_outline)}
        return {**told_of, **_answer(held, asked, batch, reading, facts, found), "seconds": seconds_since(began)}


class Telling(NamedTuple):
    """Who tells what a file says, when, read how, out of which file."""

    moment: dt.datetime
    principal: str
    version: str
    file_name: str
    content: bytes


def record_reading(
    held: Store, kind: Kind, reading: Reading, telling: Telling, *, dry_run: bool = False
) -> tuple[list[ToldFact], list[Problem], Recorded | None]:
    """Record the facts of a reading in one batch: those that can be recorded, every problem, and where the batch stands."""
    with held.one_moment() if dry_run else held.transaction():
        facts, found = _against_the_store(held, reading, kind.name)
        found += [*reading.left_out, *dangling_links(held, facts)]
        findings = record_findings(kind, [one.fact for one in facts], held, telling.moment.date(), _places(reading, facts))
        found += [one for _, one in findings]
        batch: Recorded | None = None
        if facts:
            pairs = [(one.place, one.fact) for one in facts]
            told = Told(
                telling.moment, telling.principal, telling.version, telling.file_name, telling.content, pairs, bool(reading.personal)
            )
            batch = held.recorded_before(told) if dry_run else held.append(told)
    return facts, found, batch


def _answer(
    held: Store, kind: Kind, batch: Recorded | None, reading: Reading, facts: Sequence[ToldFact], found: Sequence[Problem]
) -> dict[str, Any]:
    """What was recorded of a file, and what was not."""
    return {
        "store": held.path,
        "kind": kind.name,
        "batch": batch.seq if batch else None,
        "batch_id": batch.batch_id if batch else None,
        "already_recorded": bool(batch and not batch.is_new),
        "rows": reading.rows,
        "facts": len(facts),
        "with_problems": reading.rows - len(facts),
        "without_outline": sum(not one.fact.geometry for one in facts) if kind.geometry else 0,
        "warnings": sum(one.is_warning for one in found),
        "problem_count": len(found),
        "problems": [one.as_dict() for one in found[:PROBLEMS_SHOWN_MAX]],
        "left_out_columns": list(reading.personal),
        "books": [held.identity()],
    }


def _places(reading: Reading, facts: Sequence[ToldFact]) -> Callable[[int, str], str]:
    """Where a field of a fact stands in the file; without a field, where its outline does."""
    rows = {row.place: row for row in reading.meant}

    def place(at: int, field: str) -> str:
        row = rows[facts[at].place]
        return row.place_of(field) if field else row.place_of_shape

    return place


def _mapping(given: str) -> RecordMapping:
    # YAML is loaded where a mapping is named, and nowhere else.
    from mineaction.programme.record_mappings import record_mapping

    return record_mapping(given)


def _kind_asked(kind: str | None, mapping: RecordMapping | None) -> Kind:
    """The kind of record that was named, or that the mapping is of."""
    if mapping and kind not in (None, mapping.kind):
        raise ProblemError([problem("mapping_kind_other", "kind", mapping.kind, kind=kind)])
    name = mapping.kind if mapping else kind
    if name is None:
        raise ProblemError([problem("kind_missing", "kind")])
    return kind_named(name)


def reverse(batch: str, *, store: str | None = None, principal: str | None = None, at: dt.datetime | None = None) -> dict[str, Any]:
    """Take a whole batch back, by its number or its id. Nothing is deleted: the reversal is a batch, and can be reversed too."""
    with open_store(store) as held, held.transaction():
        target = _batch(held, batch)
        told = Told(at or now(), principal_named(principal), _REVERSAL, "", b"", [])
        made = held.reverse(target, told)
        standing = {kind: len(held.standing(kind)) for kind in held.kinds_told()}
        identity = held.identity()
    answer = {"store": held.path, "batch": made.seq, "batch_id": made.batch_id, "reversed": target.seq}
    return {**answer, "standing": standing, "books": [identity]}


def history(subject: str, *, store: str | None = None) -> dict[str, Any]:
    """Everything told of one subject in the order of the store, with who told it, and whether it stands.

    The subject is its key, or kind, organisation and local id as people write them: `hazardous_area/Org A/HA-001`. The local id alone will
    do where one record has it; where several have, they are the problem `id_ambiguous`.
    """
    with open_store(store) as held, held.one_moment():
        batches = {one.seq: one for one in held.batches()}
        subject = subject_meant(held, subject) or _key_of(subject)
        told = held.history(subject)
        kind = subject.partition("/")[0]
        standing = {fact.fact_id for fact in held.standing(kind)} if kind in held.kinds() else set()
        return {
            "store": held.path,
            "subject": subject,
            "told": [_as_told(one, held.told_in(one.fact.fact_id), batches, one.fact.fact_id in standing) for one in told],
            "books": [held.identity()],
        }


def _as_told(told: RecordedFact, seqs: Sequence[int], batches: dict[int, Envelope], stands: bool) -> dict[str, Any]:
    fact, first = told.fact, batches[seqs[0]]
    return {
        "fact_id": fact.fact_id,
        "stands": stands,
        "batches": list(seqs),
        "recorded_at": first.recorded_at,
        "principal": first.principal,
        "file": first.file_name,
        "supersedes": fact.supersedes or None,
        "valid_from": fact.valid_from or None,
        "source": fact.source,
        "fields": {name: fact.payload[name] for name in RECORDED_KINDS[fact.kind].field_names() if name in fact.payload},
        "outline": as_wkt(outline_of(fact.geometry)) if fact.geometry else None,
    }


def _key_of(written: str) -> str:
    kind = written.partition("/")[0]
    if kind not in RECORDED_KINDS:  # whatever was written here is repeated in the answer
        written = without_passwords(written)
    parts = len(RECORDED_KINDS[kind].subject) if kind in RECORDED_KINDS else 1
    return "/".join([kind, *map(given_key, written.split("/", parts)[1:])])


def _against_the_store(held: Store, reading: Reading, kind: str) -> tuple[list[ToldFact], list[Problem]]:
    """The facts that can be recorded, and every problem of the file with those that only the store can know."""
    ids = [one.fact.fact_id for one in reading.facts] + [one.fact.supersedes for one in reading.facts if one.fact.supersedes]
    known = held.known(list(dict.fromkeys(ids)))
    facts, found = [], list(reading.problems)
    for one in reading.facts:
        target, same = one.fact.supersedes, known.get(one.fact.fact_id)
        if target and (target not in known or known[target].kind != kind):
            found.append(problem("supersedes_unknown", one.place, target, kind=kind))
        elif same and target != same.supersedes:
            # One fact corrects one other: which, is said when it is first told. A record told again without a word about it is the same.
            if target:
                found.append(problem("fact_told_before", one.place, same.seq))
            else:
                facts.append(ToldFact(one.place, replace(one.fact, supersedes=same.supersedes)))
        else:
            facts.append(one)
    return facts, found


def _stated(layer: str | None, crs: str | None, dates: str | None) -> Stated:
    if dates and dates not in (DAY_FIRST, MONTH_FIRST):
        raise ProblemError([problem("dates_unknown", "dates", dates)])
    return Stated(layer or "", (crs or "").strip(), dates or "")


def _batch(held: Store, given: str) -> Envelope:
    batches = held.batches()
    for one in batches:
        if given.strip() in (str(one.seq), one.batch_id):
            return one
    raise ProblemError([problem("batch_unknown", "batch", given, last=len(batches))])


def principal_named(given: str | None) -> str:
    """Who records: the name that was given, else the name of the account."""
    if given:
        return given
    try:
        return f"local:{getpass.getuser()}"
    except (OSError, KeyError):
        return "local:unknown"


def _write_beside(
    problems: str | None, failed_rows: str | None, found: Sequence[Problem], reading: Reading, facts: Sequence[ToldFact]
) -> None:
    """The file of problems, and the file of the rows that are no facts."""
    if problems:
        write_text(problems, _as_csv(found))
    if failed_rows:
        places = {one.place for one in facts}
        write_text(failed_rows, failed_rows_csv([row for row in reading.given if row.place not in places]))


def _as_csv(found: Sequence[Problem]) -> str:
    rows = [one.as_dict() for one in found]
    return safe_csv(("code", "severity", "place", "value", "message", "remedy"), [tuple(one.values()) for one in rows])
