"""Which subject is meant by what somebody typed, and where was a fact told: batch, moment, who, file and place in it?

An id alone is enough where one record has it. Refuses to choose between several: they are listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from mineaction.ledger.store import Store
from mineaction.terms.kinds import RECORDED_KINDS, given_key
from mineaction.terms.limits import NAMES_ASKED_AT_ONCE, NEAREST_WORDS_MAX
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.vocabulary import nearest

_AREA = "hazardous_area"
# What a record's key is made of where it has an id of its own.
_ORGANISATION_AND_ID = ("organisation", "local_id")


def subject_meant(held: Store, written: str) -> str | None:
    """The subject: its key; kind, organisation and id; organisation and id of a hazardous area; or an id alone, of an area before others.

    None where nothing was told of it. An id that several records have is the problem `id_ambiguous`.
    """
    subjects = [str(subject) for (subject,) in held.ask("SELECT DISTINCT subject FROM fact ORDER BY subject")]
    told = set(subjects)
    kind, *words = written.split("/", 2)
    organisation, _, rest = written.partition("/")
    ways = [written, "/".join([kind, *map(given_key, words)]), "/".join([_AREA, given_key(organisation), given_key(rest)])]
    for way in ways:
        if way in told:
            return way
    key = given_key(written)
    of_id = [one for one in subjects if key and _id_of(one) == key]
    of_areas = [one for one in of_id if one.startswith(f"{_AREA}/")]
    found = of_areas or of_id
    if len(found) > 1:
        raise ProblemError([problem("id_ambiguous", "id", written, candidates=", ".join(found[:NEAREST_WORDS_MAX]), count=len(found))])
    return found[0] if found else None


def area_meant(held: Store, written: str) -> str:
    """The subject of a hazardous area; one that is none is a problem with the nearest ids."""
    subject = subject_meant(held, written)
    if subject is None or not subject.startswith(f"{_AREA}/"):
        asked = f"SELECT DISTINCT subject FROM fact WHERE kind = '{_AREA}' ORDER BY subject"
        ids = {str(one).split("/", 1)[1] for (one,) in held.ask(asked)}
        names = ", ".join(nearest(given_key(written), {*ids, *(one.rpartition("/")[2] for one in ids)})) or "none was told"
        raise ProblemError([problem("area_unknown", "id", written, nearest=names)])
    return subject


def _id_of(subject: str) -> str:
    kind, _, key = subject.partition("/")
    return key.rpartition("/")[2] if kind in RECORDED_KINDS and RECORDED_KINDS[kind].subject == _ORGANISATION_AND_ID else ""


def tellings(held: Store, fact_ids: Sequence[str], known_at: dt.date | None = None) -> dict[str, list[dict[str, Any]]]:
    """Where each fact was told, in the order of the store; batches recorded after a day are left out."""
    batches = {one.seq: one for one in held.batches()}
    found: dict[str, list[dict[str, Any]]] = {fact_id: [] for fact_id in fact_ids}
    for start in range(0, len(fact_ids), NAMES_ASKED_AT_ONCE):
        asked = fact_ids[start : start + NAMES_ASKED_AT_ONCE]
        marks = ", ".join("?" * len(asked))
        for fact_id, seq, place in held.ask(
            f"SELECT fact_id, seq, place FROM entry WHERE fact_id IN ({marks}) ORDER BY seq, ordinal", asked
        ):
            one = batches[seq]
            if one.is_known_on(known_at):
                where = {"batch": seq, "recorded_at": one.recorded_at, "principal": one.principal, "file": one.file_name, "place": place}
                found[fact_id].append(where)
    return found
