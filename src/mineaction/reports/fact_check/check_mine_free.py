"""How many states did the claimant help become free of mines, and which: the named, dated list behind a count.

A state counts when it is credited to the claimant by name or by inference, from the day it was declared or reported free. Free of mines
and free of their impact are kept apart. The claimant's own published counts contradict a larger number, and date an older one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mineaction.reports.fact_check.check_series import not_held
from mineaction.reports.fact_check.evidence import (
    FALSE,
    PARTLY_SUPPORTED,
    STALE,
    SUPPORTED,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
)
from mineaction.reports.fact_check.quantities import Quantity
from mineaction.reports.fact_check.series import Edition, may_support
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact

_OWN_COUNT = re.compile(r"(\d+) countries \(US claim\)")


def mine_free(claim: Claim, asked: Asked) -> Answer:
    """The claimant helped so many countries become free of mines: opened to the named, dated list."""
    refused = not_held(claim, asked, "milestones")
    if refused is not None:
        return refused
    assert claim.quantity is not None
    named = _named_states(asked)
    own = [one for one in _own_counts(asked) if one.known_from is not None]
    wanted, day = claim.quantity, asked.day
    contradicting = _later_and_smaller(wanted, own, asked)
    earlier = _sizes_before(named, own, asked)
    verdict, why = _mine_free_verdict(wanted, len(named), contradicting, earlier)
    listed = tuple(_milestone(row) for row in named)
    counts = tuple(
        fact_evidence(one.row, f"own count of {one.row['as_of']}: {one.value}", one.value)
        for one in own
        if one.known_from is not None and one.known_from <= day and may_support(one.row, asked.stated_on, asked.copies)
    )
    against = (
        (fact_evidence(contradicting.row, f"own count of {contradicting.row['as_of']}: {contradicting.value}", contradicting.value),)
        if contradicting
        else ()
    )
    bases = sorted({row["basis"].replace("_", " ") for row in named})
    lacking = int(wanted.value) - len(named)
    return Answer(
        verdict,
        {"claimed": int(wanted.value), "named": len(named), "states": [row["iso3"] for row in named]},
        (*against, *listed, *counts),
        asked.known_to("mine_free_milestone"),
        missing=(f"the names of {lacking} more",) if verdict in (PARTLY_SUPPORTED, UNKNOWN) and lacking > 0 else (),
        assumes=(f"bases kept apart: {', '.join(bases)}; free of impact is not free of mines",) if bases else (),
        why=why,
    )


def _milestone(row: RecordedFact) -> dict[str, object]:
    credited = row["us_list_of_17"].replace("_", " ")
    return fact_evidence(row, f"{row['name']}: {row['basis'].replace('_', ' ')}, {row['date_or_year']} ({credited})", row["iso3"])


def _named_states(asked: Asked) -> list[RecordedFact]:
    """States credited to the claimant by name or by inference, free by the day; one row each, the dated first."""
    found: dict[str, RecordedFact] = {}
    for row in asked.rows("mine_free_milestone"):
        when = moment(row["date_or_year"])
        is_credited = row["us_list_of_17"].startswith(("named", "inferred"))
        if is_credited and when is not None and when.first <= asked.day:
            found.setdefault(row["iso3"], row)
    return sorted(found.values(), key=lambda row: (row["date_or_year"], row["iso3"]))


def _own_counts(asked: Asked) -> list[Edition]:
    made = []
    for row in asked.rows("mine_free_count"):
        count = _OWN_COUNT.match(row["count"])
        when = moment(row["as_of"])
        if count and when:
            made.append(Edition(row, int(count.group(1)), "exact", when.last, f"the claimant's own count of {row['as_of']}"))
    return made


def _later_and_smaller(wanted: Quantity, own: Sequence[Edition], asked: Asked) -> Edition | None:
    """The claimant's own count of that day or later, when it is smaller than the one claimed."""
    asked_on = min(asked.day, asked.stated_on) if asked.stated_on else asked.day
    for one in own:
        if one.covers_to is not None and one.covers_to >= asked_on and one.value < wanted.value + (1 if wanted.bound == "more_than" else 0):
            return one
    return None


def _sizes_before(named: Sequence[RecordedFact], own: Sequence[Edition], asked: Asked) -> set[int]:
    """The counts there were before the list had its present length: own counts, and the list itself day by day."""
    # By the end of each year: inside a year several states are only known to have become free by some day of it.
    years = [row["date_or_year"][:4] for row in named]
    grown = {sum(1 for one in years if one <= year) for year in years}
    return (grown | {one.value for one in own if one.known_from is not None and one.known_from < asked.day}) - {len(named)}


def _mine_free_verdict(wanted: Quantity, named: int, contradicting: Edition | None, earlier: set[int]) -> tuple[str, str]:
    claimed = int(wanted.value)
    if contradicting is not None:
        return FALSE, f"{contradicting.label} is {contradicting.value}."
    if named == 0:
        return UNKNOWN, "No state is named as credited to the claimant by that day."
    if claimed == named and wanted.bound != "more_than":
        return SUPPORTED, f"{named} states are named or inferred as credited to the claimant."
    if wanted.bound in ("more_than", "at_least") and named >= claimed + (wanted.bound == "more_than"):
        return SUPPORTED, f"{named} states are named or inferred: more than claimed."
    if claimed > named:
        return (
            PARTLY_SUPPORTED,
            f"{named} of {claimed} are named or inferred as credited to the claimant; the others could not be identified.",
        )
    if claimed in earlier:
        return STALE, f"An older count; {named} states are named or inferred by that day."
    return FALSE, f"{named} states are named or inferred by that day, and no earlier count was {claimed}."
