"""Which disputed acts bear on a state's standing under a treaty on a given day, and what would be so if the claimant were right?

A claim never changes the answer by itself: its own column `default_reading` says what counts meanwhile, and the claim stands beside the
answer with the alternative. Words of a claim that this file cannot read give the alternative `unknown`, never "no effect".
Refuses to judge a claim: VCLT Articles 54 to 62 are left to lawyers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mineaction.registers.treaty_standing import Standing
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact

# A later first day than the one that the treaty's rule gives, claimed for a successor state.
_BOUND_ONLY_FROM = re.compile(r"bound from (\d{4}-\d{2}-\d{2}) only")
_WITHOUT_EFFECT = ("withdrawal (intended)", "suspension has no effect")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as told. `since` are the days on which it may have begun to bear; it bears from `since.first` to the day before `until`."""

    iso3: str
    row: RecordedFact
    since: Moment
    until: dt.date | None

    @property
    def reading(self) -> str:
        """The name of the reading in which the claim is right."""
        return self.row["claim"]

    def bears_on(self, day: dt.date) -> bool:
        return self.since.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim that bears on the day asked: what counts by default, and the standing if the claim were right."""

    claim: Claim
    default: Standing
    alternative: Standing

    @property
    def changes_the_answer(self) -> bool:
        return self.alternative[0] != self.default[0]


def fold_claims(rows: Sequence[RecordedFact], first_day: dt.date) -> tuple[Claim, ...]:
    """The claims of rows of the kind treaty_claim. One whose day has only an upper limit may have begun since the state's first claim."""
    earliest: dict[str, dt.date] = {}
    for row in rows:
        day = moment(row["date"])
        if day is not None:
            earliest[row["iso3"]] = min(day.first, earliest.get(row["iso3"], day.first))
    claims: list[Claim] = []
    for row in rows:
        day = moment(row["date"]) or Moment(first_day, dt.date.max)
        first = earliest.get(row["iso3"], first_day) if row["date_bound"] == "on_or_before" else day.first
        last = dt.date.max if row["date_bound"] == "on_or_after" and row["claim"] not in _WITHOUT_EFFECT else day.last
        bound_only_from = _BOUND_ONLY_FROM.fullmatch(row["claim"])
        until = dt.date.fromisoformat(bound_only_from.group(1)) if bound_only_from else None
        claims.append(Claim(row["iso3"], row, Moment(first, last), until))
    return tuple(claims)


def if_right(claim: Claim, day: dt.date, default: Standing) -> Standing:
    """The standing on a day on which the claim bears, were the claimant right. Claims speak of a party: elsewhere nothing changes."""
    if default[0] != "party" or claim.reading in _WITHOUT_EFFECT:
        return default
    if claim.until is not None:
        return "not_party", "not_yet"
    if claim.reading == "suspension" and claim.since.last <= day:
        # Still a party by name, but bound to nothing while it lasts: for a count and for a rule the same as being outside.
        return "not_party", "disputed"
    return "unknown", "disputed"


def weighed(claims: Sequence[Claim], day: dt.date, by_acts: Standing) -> tuple[Standing, tuple[Dispute, ...]]:
    """The standing that counts, and the disputes about it: the acts decide, unless the claims' default reading says otherwise."""
    bearing = [claim for claim in claims if claim.bears_on(day)]
    standing = by_acts
    defaults = {claim.row["default_reading"] for claim in bearing}
    if by_acts[0] == "party" and defaults - {"party"}:
        standing = _by_default_reading(defaults)
    return standing, tuple(Dispute(claim, standing, if_right(claim, day, standing)) for claim in bearing)


def _by_default_reading(defaults: set[str]) -> Standing:
    if defaults == {"not_party"}:
        return "not_party", "disputed"
    if defaults == {"withdrawn"}:
        return "withdrawn", "disputed"
    if defaults == {"signatory"}:
        return "signatory", "disputed"
    return "unknown", "disputed"
