"""The packaged statements and texts for tests of the fact check, changed or as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.fact_check import evidence_of
from mineaction.reports.fact_check import check_statement
from mineaction.reports.fact_check.claims import place_of
from mineaction.reports.fact_check.folding import folded

WHITE_HOUSE, STATE = "002_f35273cdee6493af.txt", "000_c60e18c4d0212a59.txt"
FILES = {"wh": WHITE_HOUSE, "state": STATE}
ANNOUNCED, TODAY = dt.date(2022, 6, 21), dt.date(2026, 11, 22)


def packaged(name: str) -> str:
    return packaged_book().text(f"statements/{name}")


def source(name: str) -> str:
    return packaged_book().text(f"sources/{name}")


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with words replaced wherever they stand first, whatever the line breaks between them."""
    for old, new in changes.items():
        place = place_of(text, old)
        assert place is not None, f"the words {old!r} are not in the statement"
        text = text[: place[0]] + new + text[place[1] :]
    return text


def check(text: str | bytes, *, name: str = "statement.txt", on: dt.date = TODAY, sidecar: str = "", **options: Any) -> dict[str, Any]:
    """The answer about a statement given as text, with the packaged facts and the packaged law."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    given = {"issuer": None, "dated": None, "known_at": None} | options
    return check_statement(raw, name, sidecar.encode("utf-8") or None, on=on, evidence=evidence_of(packaged_book()), **given)


def check_packaged(name: str, on: dt.date = TODAY) -> dict[str, Any]:
    sidecar = packaged_book().sidecar(f"statements/{name}")
    return check(packaged(name), name=name, on=on, sidecar=sidecar)


def claim_with(answer: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The shortest claim whose quote holds these words."""
    found = [one for one in answer["claims"] if folded(words) in folded(one["quote"])]
    assert found, f"no claim with {words!r}; claims: {[folded(one['quote']) for one in answer['claims']]}"
    return min(found, key=lambda one: len(one["quote"]))
