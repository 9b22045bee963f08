"""Which ids that records are linked with does no record have, in the store or in the same file? A warning for each: the link is kept."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction.ledger.store import Store
from mineaction.registers.hazard_records import several
from mineaction.sources.fact_rows import ToldFact
from mineaction.terms.kinds import given_key
from mineaction.terms.problem import Problem, problem


def dangling_links(held: Store, facts: Sequence[ToldFact]) -> list[Problem]:
    """One warning for each link that leads nowhere."""
    linked = [(one.place, link) for one in facts for link in _links(one)]
    if not linked:
        return []
    subjects = [str(subject) for (subject,) in held.ask("SELECT DISTINCT subject FROM fact")]
    known = {subject.rpartition("/")[2] for subject in (*subjects, *(one.fact.subject for one in facts))}
    return [problem("link_dangling", place, link) for place, link in linked if given_key(link) not in known]


def _links(told: ToldFact) -> list[str]:
    return several(told.fact.payload.get("links", ""))
