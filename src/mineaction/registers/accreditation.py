"""Was an organisation accredited for this work on that day?

IMAS 07.30. Several rows may tell of one certificate: it was granted, suspended, withdrawn. The latest state by then counts; on one day the
one that lets less be done. A certificate whose state ended at a day nobody told is taken as ended from its issue. The answer is `not_told`
where no certificate of the organisation is known at all, which is not the same as having none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mineaction.registers.hazard_records import record_name, several
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.problem import Problem, problem

Answer = Literal["accredited", "not_accredited", "not_told"]
VALID_STATES = ("granted", "conditional")


class Standing(NamedTuple):
    """The answer, and the facts it stands on."""

    answer: Answer
    fact_ids: tuple[str, ...] = ()


class _State(NamedTuple):
    """A certificate from a day on; sorted so that of one day the state that lets less be done comes last."""

    since: dt.date
    is_ended: bool
    fact_id: str
    expires: dt.date
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class Accreditations:
    """The states of every certificate, by organisation."""

    states: dict[str, dict[str, list[_State]]] = field(default_factory=dict)

    def standing(self, organisation_key: str, work: Collection[str], on: dt.date | None) -> Standing:
        """Whether any certificate of the organisation covers any of this work on the day; the organisation by its key in subjects."""
        own = self.states.get(organisation_key)
        if own is None or on is None:
            return Standing("not_told")
        latest = [max(by_then) for states in own.values() if (by_then := [one for one in states if one.since <= on])]
        valid = [one for one in latest if not one.is_ended and on <= one.expires and not one.scope.isdisjoint(work)]
        if valid:
            return Standing("accredited", (min(one.fact_id for one in valid),))
        return Standing("not_accredited", tuple(sorted(one.fact_id for one in latest)))


def accreditations(facts: Iterable[Fact]) -> Accreditations:
    """The certificates that these facts tell of."""
    states: dict[str, dict[str, list[_State]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        _, organisation, _ = fact.subject.split("/", 2)
        states[organisation][fact.subject] += _states(fact)
    return Accreditations({organisation: dict(own) for organisation, own in states.items()})


def work_outside(certificates: Accreditations, activities: Iterable[Fact], task_orders: Iterable[Fact]) -> list[Problem]:
    """Work done or ordered that no known accreditation of its operator covers on its first or last day, or on the day of the order."""
    found = []
    for fact in activities:
        organisation, method = fact.subject.split("/")[1], fact.payload["method"]
        found += _outside(certificates, fact, organisation, method, ("started_on", "ended_on"))
    for fact in task_orders:
        # Each of the methods ordered has to be covered, by whichever certificate.
        for method in several(fact.payload["method"]):
            found += _outside(certificates, fact, given_key(fact.payload["operator"]), method, ("issued_on",))
    return found


def _outside(certificates: Accreditations, fact: Fact, operator: str, method: str, names: tuple[str, ...]) -> list[Problem]:
    days = [given.last for name in names if (given := moment(fact.payload.get(name, "")))]
    outside = [day for day in days if certificates.standing(operator, (method,), day).answer == "not_accredited"]
    return [problem("work_outside_accreditation", record_name(fact), method, day=min(outside))] if outside else []


def _states(fact: Fact) -> list[_State]:
    told = fact.payload
    issued, expires, since = (_day(told.get(name, "")) for name in ("issued_on", "expires_on", "state_on"))
    scope = frozenset(several(told["scope"]))
    last = expires or dt.date.max
    fact_id = fact.fact_id
    found = []
    if issued and told["state"] != "applied":
        found.append(_State(issued, False, fact_id, last, scope))
    if told["state"] not in VALID_STATES:
        ended = since or (expires + dt.timedelta(days=1) if told["state"] == "expired" and expires else issued)
        if ended:
            found.append(_State(ended, True, fact_id, last, scope))
    elif since and since != issued:
        found.append(_State(since, False, fact_id, last, scope))
    return found


def _day(text: str) -> dt.date | None:
    given = moment(text)
    return given.first if given else None
