"""What stands between a policy and full compliance with a treaty, and what would the path of the state into the treaty be?

Composes the comparison clause by clause (`policies/compare.py`), the checklist (`reports/roadmap.py`) and the state's standing under the
treaty with the deadlines that a deposit on the day asked about would start (`registers/supposed_consent.py`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mineaction.ledger.book import Book
from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Instrument, Version
from mineaction.policies.law import Law
from mineaction.programme.comparison import refuse_too_large, under_reading
from mineaction.programme.decisions import text_data
from mineaction.programme.policies import find_version, law_with
from mineaction.programme.today import day_given, today
from mineaction.programme.treaties import histories
from mineaction.programme.treaty_answers import deadline_as_dict, text
from mineaction.programme.who_is_bound import AREA, is_area_without_acts
from mineaction.registers.clock_rules import CLOCKS_ENCODED
from mineaction.registers.countries import resolve_state
from mineaction.registers.supposed_consent import supposed_consent
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_binding import binding_on
from mineaction.registers.treaty_clocks import clocks_of
from mineaction.registers.treaty_status import status_of
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER

TREATY = "apmbc"


def roadmap(
    policy_name: str,
    *,
    treaty: str = TREATY,
    on: str | dt.date | None = None,
    state: str | None = None,
    reading: str | None = None,
    policy: str | None = None,
) -> dict[str, Any]:
    """The checklist of a policy towards a treaty: `{"steps": [...], "counts", "to_settle", "accession", ...}`.

    `policy_name` is an instrument, whose version of the day is taken, or a version. `on` is also the day on which an instrument of
    consent is supposed to be deposited; today when left out. `policy` is the file of a user's own policy.
    """
    # These need numpy and PyYAML, which a question about one act does not.
    from mineaction.policies.compare import compare_clauses, kinds_of_actor
    from mineaction.policies.side_by_side import side_by_side
    from mineaction.programme.compiled_tables import table_of
    from mineaction.reports import roadmap as checklist
    from mineaction.reports.evidence_wanted import evidence_wanted

    law, book, day = law_with(policy), packaged_book(), _day(on)
    version, other = _version_on(law, policy_name, day), find_version(law, treaty)
    iso3 = _state(law.instruments[version.instrument], state, book)
    ours, theirs = under_reading(law, version, other, reading)
    refuse_too_large(law, version.id, [(ours, theirs)])
    kinds = kinds_of_actor(law, version, other)
    compared = compare_clauses(side_by_side(law, ours, theirs, table_of, reading or ""), {"actor_kind": kinds})
    wanted = evidence_wanted().get(other.instrument)
    steps = checklist.steps(compared, ours, theirs, wanted.clauses if wanted else {})
    standing = _standing(law.instruments[other.instrument], iso3, day, book)
    acts = wanted.accession if wanted else ()
    standing["acts"] = [{"step": one.words, "citation": one.citation} for one in acts if standing["status"] in one.statuses]
    return {
        "policy": version.id,
        "treaty": other.id,
        "state": iso3,
        "on": day.isoformat(),
        **text_data(law.instruments[version.instrument], day),
        "reading": {"policy": ours.reading, "treaty": theirs.reading},
        "kinds": {"policy": law.instruments[version.instrument].kind, "treaty": law.instruments[other.instrument].kind},
        "actor_kinds": list(kinds),
        "counts": {name: sum(one["status"] == name for one in steps) for name in checklist.STATUSES},
        "steps": steps,
        "text_only": checklist.text_only(compared),
        "to_settle": checklist.to_settle(theirs),
        "evidence_listed": wanted is not None,
        "accession": standing,
        "books": [book.identity()],
        "disclaimer": DISCLAIMER,
    }


def _day(on: str | dt.date | None) -> dt.date:
    problems: list[Problem] = []
    day = today() if on is None else day_given(on, "on", problems)
    if day is None:
        raise ProblemError(problems)
    return day


def _version_on(law: Law, name: str, day: dt.date) -> Version:
    """The version of that id, whatever the day, or the one of an instrument that governs the day."""
    found = find_version(law, name)
    if name not in law.instruments:
        return found
    governing = law.instruments[name].version_on(day.isoformat())
    if governing is None:
        versions = ", ".join(one.id for one in law.instruments[name].versions)
        raise ProblemError([problem("policy_not_in_force", "policy", name, day=day, versions=versions)])
    return governing


def _state(instrument: Instrument, state: str | None, book: Book) -> str:
    if state is not None:
        found = resolve_state(state, book.facts("country"), "state")
        if isinstance(found, Problem):
            raise ProblemError([found])
        return found
    if len(instrument.binds_actors) != 1:
        binds = f"it binds {', '.join(instrument.binds_actors) or instrument.binds_parties_to or 'nobody that is named'}"
        raise ProblemError([problem("state_not_named", "state", instrument.id, binds=binds)])
    return instrument.binds_actors[0]


def _standing(treaty: Instrument, iso3: str, day: dt.date, book: Book) -> dict[str, Any]:
    """Where the state stands under the treaty that day; for a party its deadlines, for others what a deposit on the day would start."""
    told: dict[str, Any] = {"status": "unknown", "reason": "", "bound_from": None, "signed_on": None, "proviso": "", "source": ""}
    told |= {"as_last_known": False, "deadlines": [], "clocks_encoded": treaty.binds_parties_to in CLOCKS_ENCODED, "supposed": None}
    if treaty.binds_parties_to not in TREATIES:
        return told | {"reason": "not_a_treaty_held"}
    if is_area_without_acts(iso3, book):
        return told | {"reason": AREA}
    history = histories(book, treaty.binds_parties_to)
    found = status_of(history, iso3, day)
    bound = binding_on(history, iso3, day)
    told |= {"status": found.status, "reason": found.reason, "bound_from": text(found.bound_from), "signed_on": text(found.signed_on)}
    told |= {"proviso": bound.proviso, "as_last_known": found.as_last_known}
    if found.evidence_of_absence:
        told["source"] = found.evidence_of_absence.fact.source
    elif found.events:
        told["source"] = found.events[-1].fact.source
    if found.status == "party":
        if told["clocks_encoded"]:
            told["deadlines"] = [deadline_as_dict(one) for one in clocks_of(history, iso3, day, book.facts("article_event")).deadlines]
        return told
    supposed = supposed_consent(history.treaty, iso3, day)
    told["supposed"] = {
        "deposit": day.isoformat(),
        "entry_into_force": supposed.entry.isoformat(),
        "source": supposed.entry_source,
        "deadlines": [deadline_as_dict(one) for one in supposed.deadlines],
    }
    return told
