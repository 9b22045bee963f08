"""Does a figure agree with the figures the claimant published, edition by edition?

An edition is one published figure: its value as printed, how it was meant, the period it covers, and since when it could be known. A
printed "more than X" is read as rounded down to its last printed digit; that is assumed and said. Editions of different kinds are never
added or mixed. A row that is known only from a packaged statement is no support for a statement of the same day, but may contradict one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mineaction.reports.fact_check.evidence import FALSE, STALE, SUPPORTED, UNKNOWN
from mineaction.reports.fact_check.quantities import Quantity, grouped, printed_step
from mineaction.terms.fact import RecordedFact

# Sources of rows that a packaged statement is the only source of begin so.
_FROM_STATEMENT = "statement "


@dataclass(frozen=True, slots=True)
class Edition:
    """One published figure. `covers_to` is the last day of its period, None when nobody knows; figures grow with their period."""

    row: RecordedFact
    value: int
    bound: str
    covers_to: dt.date | None
    label: str

    @property
    def low(self) -> Fraction:
        """The least true value the printed figure allows."""
        if self.bound in ("about", "almost"):
            return Fraction(self.value) - printed_step(self.value) / (2 if self.bound == "about" else 1)
        return Fraction(self.value)

    @property
    def high(self) -> Fraction:
        """The value that the true one stays below, if the figure is rounded to its last printed digit."""
        if self.bound == "exact":
            return Fraction(self.value) + 1
        if self.bound == "almost":
            return Fraction(self.value)
        return Fraction(self.value) + printed_step(self.value) / (2 if self.bound == "about" else 1)

    @property
    def known_from(self) -> dt.date | None:
        return self.row.known_from

    @property
    def printed(self) -> str:
        words = "" if self.bound == "exact" else f"{self.bound.replace('_', ' ')} "
        return f"{words}{grouped(self.value)}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the editions it rests on, and why."""

    verdict: str
    editions: tuple[Edition, ...]
    why: str
    assumes: tuple[str, ...] = ()
    value: int | None = None


def judge(
    wanted: Quantity,
    editions: Sequence[Edition],
    day: dt.date,
    stated_on: dt.date | None,
    last_activity: dt.date | None = None,
    *,
    copies: frozenset[str] = frozenset(),
) -> Judgement:
    """The claimed figure against the editions known on `day`; `last_activity` is the last day on which the thing counted still grew."""
    support = [one for one in editions if one.known_from is not None and one.known_from <= day and may_support(one.row, stated_on, copies)]
    latest = max(support, key=_age, default=None)
    contradiction = _contradicting(wanted, editions, day, stated_on)
    if latest is not None and _is_same(wanted, latest):
        return _repeated(wanted, latest, support, last_activity)
    older = [one for one in support if one is not latest and _is_same(wanted, one) and one.value != (latest.value if latest else None)]
    if older and latest is not None and latest.value > wanted.value:
        repeated = max(older, key=_age)
        return Judgement(
            STALE, (repeated, latest), f"The figure is that of {repeated.label}; {latest.label} says {latest.printed}.", value=latest.value
        )
    if contradiction is not None:
        return Judgement(
            FALSE,
            (contradiction,),
            f"{contradiction.label} says {contradiction.printed}, which does not fit.",
            _rounding(wanted, contradiction),
            contradiction.value,
        )
    if latest is None:
        return Judgement(UNKNOWN, (), f"No figure of the claimant is known on {day}.")
    return _bounded(wanted, latest, day)


def may_support(row: RecordedFact, stated_on: dt.date | None, copies: frozenset[str]) -> bool:
    """Whether a row may support a statement: one that only a packaged statement tells may not, unless that is older and another.

    `copies` are the packaged statements that the checked text is, or copies a sentence of.
    """
    if not row.fact.source.startswith(_FROM_STATEMENT):
        return True
    if any(name in row.fact.source for name in copies):
        return False
    return stated_on is not None and row.known_from is not None and row.known_from < stated_on


def _age(edition: Edition) -> tuple[dt.date, dt.date]:
    known = edition.known_from or dt.date.min
    return edition.covers_to or known, known


def _is_same(wanted: Quantity, edition: Edition) -> bool:
    """The same printed figure, meant the same way or as a plain number."""
    return wanted.value == edition.value and wanted.bound in ("exact", "more_than", "at_least", "about", edition.bound)


def _repeated(wanted: Quantity, latest: Edition, support: Sequence[Edition], last_activity: dt.date | None) -> Judgement:
    """The latest figure, word for word. It is stale when the thing counted has grown since it was first printed."""
    first = min((one for one in support if one.value == latest.value), key=_age)
    counted_to = first.covers_to or first.known_from
    if last_activity is not None and counted_to is not None and last_activity > latest_day(latest):
        why = f"The figure is that of {first.label}, unchanged although work went on until {last_activity} at least."
        return Judgement(STALE, (first, *([latest] if latest is not first else [])), why, value=latest.value)
    return Judgement(SUPPORTED, (latest,), f"{latest.label} says {latest.printed}.", value=latest.value)


def latest_day(edition: Edition) -> dt.date:
    """The last day an edition covers, or since when it is known."""
    return edition.covers_to or edition.known_from or dt.date.min


def _contradicting(wanted: Quantity, editions: Sequence[Edition], day: dt.date, stated_on: dt.date | None) -> Edition | None:
    """An edition that covers at least until the day and stays below what is claimed; sums and counts so far never shrink."""
    asked = min(day, stated_on) if stated_on is not None else day
    for one in sorted(editions, key=_age):
        if one.known_from is None or latest_day(one) < asked:
            continue
        if wanted.bound in ("more_than", "at_least", "exact", "about", "almost") and one.high <= _least(wanted):
            return one
    return None


def _least(wanted: Quantity) -> Fraction:
    """The least true value the claim allows."""
    if wanted.bound == "about":
        return wanted.value - wanted.step / 2
    if wanted.bound == "almost":
        return wanted.value - wanted.step
    return wanted.value


def _bounded(wanted: Quantity, latest: Edition, day: dt.date) -> Judgement:
    """A figure no edition prints: the latest one may still imply it, or rule it out."""
    if wanted.bound in ("more_than", "at_least"):
        if latest.low >= wanted.value:
            return Judgement(SUPPORTED, (latest,), f"{latest.label} says {latest.printed}, which implies it.", value=latest.value)
    elif wanted.bound in ("fewer_than", "at_most"):
        if latest.high <= wanted.value:
            return Judgement(
                UNKNOWN, (latest,), f"{latest.label} says {latest.printed}; how much it has grown since is not known.", value=latest.value
            )
        if latest.low >= wanted.value:
            return Judgement(FALSE, (latest,), f"{latest.label} says {latest.printed}: already more.", value=latest.value)
    elif latest.low > wanted.value + wanted.step:
        return Judgement(
            FALSE, (latest,), f"{latest.label} says {latest.printed}, and no edition has the claimed figure.", value=latest.value
        )
    elif wanted.bound in ("about", "almost") and wanted.is_rounding_of(latest.low):
        return Judgement(
            SUPPORTED, (latest,), f"{latest.label} says {latest.printed}.", ((wanted.reading,) if wanted.reading else ()), latest.value
        )
    why = f"The latest figure known on {day} is {latest.printed} ({latest.label}); no figure for a longer period settles the claim."
    return Judgement(UNKNOWN, (latest,), why, value=latest.value)


def _rounding(wanted: Quantity, edition: Edition) -> tuple[str, ...]:
    if edition.bound == "exact":
        return ()
    return (f"a printed '{edition.printed}' is rounded down to its last printed digit", *((wanted.reading,) if wanted.reading else ()))
