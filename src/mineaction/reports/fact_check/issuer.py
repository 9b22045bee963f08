"""Who issued a statement, and on what day? From an option, the YAML beside it, its front matter, or the address it was published at.

Unknown is an answer: without an issuer "our allies" cannot be checked, and without a day there is no answer "as of its date".
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from mineaction.reports.fact_check.statement import Statement
from mineaction.reports.fact_check.states import States
from mineaction.terms.dates import parse_day
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.vocabulary import hint

_HOSTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "issuers.csv")
GIVEN, FRONT_MATTER, ADDRESS, UNKNOWN_BASIS = "given", "front_matter", "address", "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """Issuer (ISO3, empty if unknown) and day (None if unknown), each with the ground it rests on."""

    issuer: str
    issuer_basis: str
    dated: dt.date | None
    dated_basis: str


def origin_of(
    statement: Statement, sidecar: Mapping[str, object], sidecar_name: str, issuer: str | None, dated: dt.date | None, states: States
) -> Origin:
    """What is given outweighs the sidecar, the sidecar the front matter, the front matter the address."""
    basis = str(sidecar.get("basis") or "declared")
    who, ground = "", UNKNOWN_BASIS
    matter = statement.front_matter
    for value, place, why in (
        (issuer, "--issuer", GIVEN),
        (sidecar.get("issuer"), sidecar_name, basis),
        (matter.get("issuer"), statement.name, FRONT_MATTER),
    ):
        if value:
            who, ground = _state(str(value), place, states, strict=why != FRONT_MATTER), why
            if who:
                break
            ground = UNKNOWN_BASIS
    if not who and matter.get("source_url"):
        who = _by_host(str(matter["source_url"]))
        ground = ADDRESS if who else UNKNOWN_BASIS
    day, day_ground = dated, GIVEN if dated else UNKNOWN_BASIS
    for value, place, why in ((sidecar.get("date"), sidecar_name, basis), (matter.get("date"), statement.name, FRONT_MATTER)):
        if day is None and value:
            day, day_ground = _day(value, place), why
    return Origin(who, ground, day, day_ground)


def _state(value: str, place: str, states: States, *, strict: bool) -> str:
    """The state of a code or a name. Front matter may name an office ("The White House") that is no state: then it is unknown."""
    found = value.upper() if value.upper() in set(states.codes.values()) else states.code(value)
    if not found and strict:
        raise ProblemError([problem("unknown_state", place, value, nearest=hint(value.upper(), set(states.codes.values())))])
    return found


def _day(value: object, place: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found, problems = parse_day(str(value).strip(), place)
    if found is None:
        raise ProblemError(problems)
    return found


@cache
def _hosts() -> tuple[tuple[str, str], ...]:
    with open(_HOSTS, encoding="utf-8", newline="") as file:
        return tuple((row["host_suffix"], row["iso3"]) for row in csv.DictReader(file))


def _by_host(address: str) -> str:
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return next((state for suffix, state in _hosts() if host == suffix or host.endswith("." + suffix)), "")
