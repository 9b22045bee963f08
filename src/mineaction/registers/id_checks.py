"""Which records of one kind bear the id of another, an id that was renamed because it stood twice, or lie at the position of many?

Ids are compared after trim and case folding, as keys are. Refuses to say which record is right; none is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.limits import POSITION_SHARED_RECORDS_MIN
from mineaction.terms.problem import Problem, problem

Found = list[tuple[int, Problem]]
PlaceOf = Callable[[int, str], str]
_MARKED = re.compile(r"(?P<id>.+?)[\s_-]*\bdup(?:l|licate)?[\s_-]*\d*", re.IGNORECASE)


def id_problems(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    """What is told of each fact, with its number."""
    return [*_several_contents(facts, place_of), *_marked_as_copies(facts, place_of), *_positions(facts, place_of)]


def _several_contents(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    by_subject: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        by_subject[fact.subject].append(at)
    found: Found = []
    for held in by_subject.values():
        corrected = {facts[at].supersedes for at in held}
        stand = [at for at in held if facts[at].fact_id not in corrected]
        if len(stand) > 1:
            for at in stand:
                written = facts[at].payload.get("local_id", facts[at].subject)
                found.append((at, problem("id_with_several_contents", place_of(at, "local_id"), written, count=len(stand))))
    return found


def _marked_as_copies(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    found: Found = []
    ids = {(given_key(fact.payload.get("organisation", "")), given_key(fact.payload.get("local_id", ""))) for fact in facts}
    for at, fact in enumerate(facts):
        written = fact.payload.get("local_id", "")
        if marked := _MARKED.fullmatch(written.strip()):
            is_there = (given_key(fact.payload.get("organisation", "")), given_key(marked["id"])) in ids
            original = f"'{marked['id']}' is there as well" if is_there else f"no '{marked['id']}' is there"
            found.append((at, problem("id_marked_as_copy", place_of(at, "local_id"), written, original=original)))
    return found


def _positions(facts: Sequence[Fact], place_of: PlaceOf) -> Found:
    """Records at the very same position, where they are many."""
    at_position: dict[tuple[float, float], list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        if fact.payload.get("longitude") and fact.payload.get("latitude"):
            at_position[float(fact.payload["longitude"]), float(fact.payload["latitude"])].append(at)
    found: Found = []
    for (east, north), held in at_position.items():
        if len({facts[at].subject for at in held}) >= POSITION_SHARED_RECORDS_MIN:
            found += [(at, problem("position_shared", place_of(at, "longitude"), f"{east!r} {north!r}", count=len(held))) for at in held]
    return found
