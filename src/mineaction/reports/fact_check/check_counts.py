"""Is a count of states right: parties to a treaty, the majority of countries?

Answers come from treaty status on the day asked, with its completeness and its disputes. After the end of the data the answer is as last
known and says how many unknown events would turn it. Refuses a treaty that is not named.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from mineaction.registers.fragility import compares, events_to_flip_count
from mineaction.registers.groups import UN, members_on
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import PartiesOn, parties_on
from mineaction.reports.fact_check.evidence import (
    FALSE,
    NOT_VERIFIABLE,
    SUPPORTED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    evidence_row,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.quantities import Quantity
from mineaction.terms.dates import moment
from mineaction.terms.limits import LATEST_ACTS_SHOWN

_HALF = Fraction(1, 2)
# Shares as worded. "vast", "overwhelming" and the like are judgements beside the number.
_SHARES: tuple[tuple[str, str, Fraction], ...] = (
    ("minority", "fewer_than", _HALF), ("less than half", "fewer_than", _HALF), ("fewer than half", "fewer_than", _HALF),
    ("more than half", "more_than", _HALF), ("majority", "more_than", _HALF), ("half", "at_least", _HALF),
    ("thirds", "at_least", Fraction(2, 3)), ("quarters", "at_least", Fraction(3, 4)), ("fifths", "at_least", Fraction(4, 5)),
    ("almost all", "more_than", _HALF), ("nearly all", "more_than", _HALF), ("most", "more_than", _HALF), ("all", "at_least", Fraction(1)),
)  # fmt: skip
_FRACTIONS = ("half", "thirds", "quarters", "fifths")
_JUDGEMENTS = ("vast", "overwhelming", "great", "large", "clear", "almost all", "nearly all", "many", "some")


def no_treaty() -> Answer:
    """The answer when it is not clear which treaty is meant."""
    why = "The sentence names no treaty that is held here, or the statement names several."
    return Answer(NOT_VERIFIABLE, missing=("which treaty is meant",), why=why)


def parties_count(claim: Claim, asked: Asked) -> Answer:
    """So many states are parties to the treaty."""
    treaty = claim.words.get("treaty_id", "")
    if treaty not in TREATIES:
        return no_treaty()
    assert claim.quantity is not None, "a count has a quantity"
    held = parties_on(asked.history(treaty), asked.day)
    return _counted(claim.quantity, held, asked)


def _counted(wanted: Quantity, held: PartiesOn, asked: Asked) -> Answer:
    least, most = held.count, held.count + len(held.unknown)
    if held.others == "unknown":
        # A partial list: nobody knows how many more there are, up to all states.
        published = held.completeness.published
        most = max(most, published or len(asked.rows("country")))
    fits = {wanted.holds_for(count) for count in range(least, most + 1)}
    verdict = UNKNOWN if len(fits) > 1 else (TRUE if fits == {True} else FALSE)
    number = str(least) if least == most else f"{least} to {most}"
    assumes = (*([wanted.reading] if wanted.reading else []), *held.assumes, *_other_readings(wanted, held, verdict, asked))
    beyond = held.beyond_data
    until = held.completeness.complete_until
    # How near "almost" is, is a judgement.
    is_judged = wanted.bound == "almost" and verdict == TRUE
    return Answer(
        SUPPORTED if is_judged else verdict,
        least if least == most else {"at_least": least, "at_most": most},
        (_status_evidence(held, number), *_recent(held, asked)),
        known_to=until if beyond else None,
        fragile=_flips(wanted, least) if beyond and verdict != UNKNOWN else None,
        missing=tuple(f"since when {code} is bound, or whether it is" for code in held.unknown) if verdict == UNKNOWN else (),
        assumes=assumes,
        why=f"{number} states are parties on {asked.day}; the claim is {wanted}."
        + (f" As last known on {until}." if beyond and until else ""),
    )


def _other_readings(wanted: Quantity, held: PartiesOn, verdict: str, asked: Asked) -> list[str]:
    """Disputed acts that would turn the answer, were their claimants right."""
    said = []
    for state, reading, count in held.count_by_reading:
        would_be = TRUE if wanted.holds_for(count) else FALSE
        if verdict in (TRUE, FALSE) and would_be != verdict:
            name = names_of([state], asked.evidence.facts.get("country", ()))[0]
            said.append(
                f"the claimed {reading} of {name} has no effect: under the other reading the count is {count} and the answer {would_be}"
            )
    return said


def _flips(wanted: Quantity, count: int) -> int:
    """The smallest number of states coming or going that turns the answer; a rounded number turns at either end of its range."""
    ends = [(bound, limit, events_to_flip_count(count, bound, limit)) for bound, limit in wanted.limits_of_a_count()]
    missed = [events for bound, limit, events in ends if not compares(count, bound, limit)]
    return max(missed) if missed else min(events for _, _, events in ends)


def _status_evidence(held: PartiesOn, number: str) -> dict[str, object]:
    complete = "complete" if held.completeness.is_complete else "partial"
    consents = f"a {complete} list of {held.completeness.listed} consents"
    says = f"{number} states bound by the {held.treaty} on {held.on}, from {consents} and the acts since"
    return evidence_row(says, held.count, "packaged treaty events", f"treaty_list/{held.treaty}")


def _recent(held: PartiesOn, asked: Asked) -> list[dict[str, object]]:
    rows = [row for row in asked.rows("treaty_event") if row["treaty"] == held.treaty and _is_on_or_before(row["date"], held.on)]
    rows.sort(key=lambda row: row["date"], reverse=True)
    return [fact_evidence(row, f"{row['name']}: {row['event'].replace('_', ' ')} {row['date']}") for row in rows[:LATEST_ACTS_SHOWN]]


def _is_on_or_before(text: str, day: dt.date) -> bool:
    when = moment(text)
    return when is not None and when.first <= day


def majority(claim: Claim, asked: Asked) -> Answer:
    """The (vast) majority of countries have joined: parties among the members of the United Nations."""
    treaty = claim.words.get("treaty_id") or "APMBC"
    if treaty not in TREATIES:
        return no_treaty()
    facts = asked.evidence.facts
    members = members_on(UN, asked.day, facts.get("group_membership", ()), facts.get("country", ()), asked.known_at)
    held = parties_on(asked.history(treaty), asked.day)
    states = {*members.certain, *members.unknown}
    if not states:
        return Answer(
            UNKNOWN, missing=("the countries of the world on that day",), why="No membership of the United Nations is known on that day."
        )
    inside = len(states & set(held.parties))
    share = Fraction(inside, len(states))
    words = claim.words["share"].lower()
    shares = [one for one in _SHARES if one[0] in words]
    if not shares:
        return Answer(UNKNOWN, missing=(f"what share '{words}' is",), why=f"'{words}' names no share.")
    word, bound, part = shares[0]
    fits = {"more_than": share > part, "at_least": share >= part, "fewer_than": share < part}[bound]
    is_fraction = word in _FRACTIONS
    if is_fraction and re.search(r"almost|nearly", words):
        bound, fits = "almost", part / 2 < share < part
    is_bare = is_fraction and bound == "at_least" and not re.search(r"more than|over|at least", words)
    percent = f"{float(100 * share):.0f} percent"
    judged = [one for one in _JUDGEMENTS if one in words]
    said = f"{inside} of {len(states)} members of the United Nations are parties on {asked.day}: {percent}"
    return Answer(
        (SUPPORTED if judged or bound == "almost" else TRUE) if fits else FALSE,
        {"parties": inside, "countries": len(states), "share": round(float(share), 3)},
        (_status_evidence(held, str(held.count)), evidence_row(said, inside, "packaged list of countries and treaty events", "country")),
        known_to=held.completeness.complete_until if held.beyond_data else None,
        assumes=(
            "countries are the members of the United Nations",
            f"what the sentence says they do is to be bound by the {treaty}",
            *((f"'{words}' is read as {bound.replace('_', ' ')} {part}",) if is_bare or bound == "almost" else ()),
            *(f"'{one}' is a judgement: the share is {percent}" for one in judged if fits),
        ),
        why=f"{said}; '{word}' means {bound.replace('_', ' ')} {part}.",
    )
