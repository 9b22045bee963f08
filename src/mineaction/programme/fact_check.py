"""Check a public statement against the packaged facts and the law: the file, the YAML beside it, and what the checks are asked with.

A name that is no file but that of a packaged example ("000_c60e18c4d0212a59.txt") means that example. Options are words of the command
line: dates as YYYY-MM-DD, the issuer as an ISO 3166 code or a name.
"""

from __future__ import annotations

import datetime as dt
import os
from functools import partial
from typing import Any

from mineaction.ledger.packaged import PackagedBook, packaged_book
from mineaction.programme import law
from mineaction.programme.files import read_bytes
from mineaction.programme.today import today
from mineaction.programme.treaties import histories
from mineaction.registers.countries import resolve_state
from mineaction.reports.fact_check import Evidence, check_statement, compare_statements
from mineaction.reports.fact_check.statement import decoded
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import STATEMENT_BYTES_MAX
from mineaction.terms.problem import Problem, ProblemError

_EXAMPLES = "statements"
# The kinds of facts that checks read.
_KINDS = (
    "treaty_event", "group_membership", "country", "policy_step", "funding_record",
    "funding_recipient", "war_victims_fund", "casualty_count", "mine_free_milestone", "mine_free_count",
)  # fmt: skip


def factcheck(
    path: str,
    *,
    on: str | None = None,
    issuer: str | None = None,
    dated: str | None = None,
    known_at: str | None = None,
    book: PackagedBook | None = None,
) -> dict[str, Any]:
    """Every checkable claim of the statement with its verdict as of the statement's date and on `on` (today by default)."""
    held = book or packaged_book()
    name, raw, beside = _statement(path, held)
    days = {word: _day(value, f"--{word.replace('_', '-')}") for word, value in (("on", on), ("dated", dated), ("known_at", known_at))}
    return check_statement(
        raw,
        name,
        beside,
        on=days["on"] or today(),
        issuer=_state(issuer, held) if issuer else None,
        dated=days["dated"],
        known_at=days["known_at"],
        evidence=evidence_of(held),
    )


def factcheck_compare(path_a: str, path_b: str, *, book: PackagedBook | None = None) -> dict[str, Any]:
    """Where two statements of the same act differ in substance, and what each difference changes."""
    held = book or packaged_book()
    return compare_statements(_statement(path_a, held), _statement(path_b, held), evidence=evidence_of(held))


def text_of(path: str, *, book: PackagedBook | None = None) -> str:
    """The decoded text of a statement: what the offsets of its claims count in."""
    name, raw, _ = _statement(path, book or packaged_book())
    return decoded(raw, name)


def evidence_of(book: PackagedBook) -> Evidence:
    """The facts of a book and the packaged law, as the checks ask for them."""
    return Evidence(
        facts={kind: book.facts(kind) for kind in _KINDS if kind in book.kinds()},
        ask_rule=law.ask_rule,
        ask_treaty=law.ask_treaty,
        ask_alignment=law.ask_alignment,
        ask_aim=law.ask_aim,
        history=partial(histories, book),
        complete_until=book.complete_until,
        books=(book.identity(),),
        statements={name: book.text(f"{_EXAMPLES}/{name}") for name in _statements_as_sources(book)},
    )


def _statements_as_sources(book: PackagedBook) -> list[str]:
    """The packaged examples: facts are taken from some of them."""
    return [name.removeprefix(f"{_EXAMPLES}/") for name in book.manifest() if name.startswith(f"{_EXAMPLES}/") and name.endswith(".txt")]


def _statement(path: str, book: PackagedBook) -> tuple[str, bytes, bytes | None]:
    """Name, bytes and the bytes of the YAML beside it: of the file, or of the packaged example of that name."""
    example = f"{_EXAMPLES}/{path}"
    if not os.path.exists(path) and example in book.manifest():
        return path, book.text(example).encode("utf-8"), book.sidecar(example).encode("utf-8") or None
    raw = read_bytes(path, STATEMENT_BYTES_MAX)
    beside = f"{os.path.splitext(path)[0]}.yaml"
    has_sidecar = beside != path and os.path.isfile(beside)
    return os.path.basename(path), raw, read_bytes(beside, STATEMENT_BYTES_MAX) if has_sidecar else None


def _day(value: str | None, place: str) -> dt.date | None:
    if value is None:
        return None
    day, problems = parse_day(value, place)
    if day is None:
        raise ProblemError(problems)
    return day


def _state(value: str, book: PackagedBook) -> str:
    found = resolve_state(value, book.facts("country"), "--issuer")
    if isinstance(found, Problem):
        raise ProblemError([found])
    return found
