"""How does a fact stand in a row of the table `fact`, and how is it read again? A row that does not match its id is never handed out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from mineaction.terms.fact import Fact
from mineaction.terms.problem import ProblemError, problem

FACT_COLUMNS = "fact_id, kind, subject, payload, sealed, geometry, valid_from, valid_to, source, supersedes"


def fact_of(row: Sequence[object]) -> Fact:
    """The fact of a row of the table `fact`; one that does not match its id is a problem and never handed out."""
    try:
        fact = _unchecked(row)
        # An empty field is no part of the id, so that a name it had could be anything: none is ever written.
        if fact.fact_id == row[0] and all(fact.payload.values()):
            return fact
    except (ValueError, TypeError, AttributeError):
        pass  # no fact was ever written so
    raise ProblemError([problem("ledger_fact_altered", f"fact {row[0]}", row[2])])


def _unchecked(row: Sequence[Any]) -> Fact:
    _, kind, subject, payload, sealed, geometry, valid_from, valid_to, source, supersedes = row
    return Fact(
        kind=kind,
        subject=subject,
        payload=MappingProxyType(json.loads(payload)),
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
        geometry=geometry,
        sealed=MappingProxyType({name: bytes.fromhex(value) for name, value in json.loads(sealed).items()}),
        supersedes=supersedes,
    )


def row_of(fact_id: str, fact: Fact) -> tuple[object, ...]:
    """The row of a fact, without its empty fields."""
    sealed = {name: value.hex() for name, value in fact.sealed.items()}
    payload = json.dumps({name: value for name, value in fact.payload.items() if value}, sort_keys=True, ensure_ascii=False)
    told = (fact.kind, fact.subject, payload, json.dumps(sealed, sort_keys=True), fact.geometry)
    return (fact_id, *told, fact.valid_from, fact.valid_to, fact.source, fact.supersedes)
