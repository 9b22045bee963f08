"""Which deadlines of APMBC Articles 4, 5 and 7 and CCM Articles 3, 4 and 7 run for a state on a day, and how does each stand?

Each treaty counts its own years from entry into force for the state (`clock_rules.py`), renewable (`article_deadlines.py`). Article 7(1) of
both: 180 days after entry into force. Article 7(2): each 30 April for the last calendar year. That the first annual report is due in the
year after the initial one is our inference, not the treaties' words. No reports are held: a reporting day that passed is unknown, never
missed. No extension and no completion under the CCM is held either: its first dates are counted, and what became of them is unknown.
All clocks end with withdrawal: a report due after it is not owed. A state that the treaty does not bind has no clock, and the reason
says why. Where a claim gives a successor state another first day for these articles, both readings are listed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mineaction.registers.article_deadlines import Deadline, article_deadlines
from mineaction.registers.article_facts import article_facts
from mineaction.registers.clock_rules import (
    ANNUAL_REPORT_DAY,
    ANNUAL_REPORT_MONTH,
    ARTICLE_4_YEARS,
    CLOCK_RULES,
    INITIAL_REPORT_DAYS,
    ClockRules,
)
from mineaction.registers.known_at import known_rows
from mineaction.registers.treaty_binding import DEFAULT_READING, Bound
from mineaction.registers.treaty_claims import Claim
from mineaction.registers.treaty_standing import Span
from mineaction.registers.treaty_status import StateStatus, TreatyHistory, status_of
from mineaction.terms.dates import Moment, add_years
from mineaction.terms.fact import RecordedFact

_ANNUALLY = "Art. 7(2): 30 April of each year, for the last calendar year"
_UNREPORTED = "whether it was made is not known: no reports are held"


@dataclass(frozen=True, slots=True)
class Clocks:
    """The deadlines of one state on one day. Without any, the status and its reason say why."""

    state: StateStatus
    deadlines: tuple[Deadline, ...]
    assumed_rows: tuple[RecordedFact, ...]
    left_out_rows: tuple[RecordedFact, ...]


def clocks_of(history: TreatyHistory, iso3: str, on: dt.date, article_rows: Sequence[RecordedFact]) -> Clocks:
    """The deadlines on a day, from a treaty's history and rows of the kind article_event (APMBC), as known when the history was."""
    rules = CLOCK_RULES[history.treaty.id]
    known = known_rows((row for row in article_rows if rules.are_events_held and row["iso3"] == iso3), history.known_at)
    state = status_of(history, iso3, on)
    return Clocks(state, _deadlines(rules, history, state, known.rows), known.assumed, known.left_out)


def _deadlines(rules: ClockRules, history: TreatyHistory, state: StateStatus, rows: Sequence[RecordedFact]) -> tuple[Deadline, ...]:
    record = history.states.get(state.iso3)
    if record is None or state.status not in ("party", "withdrawn"):
        return ()
    begun = [span for span in record.spans if span.start.first <= state.on]
    if not begun:
        return ()
    span, source = begun[-1], begun[-1].consent.fact.source
    # The last day on which the treaty binds: after it the clocks stand as they stood then.
    seen = state.on if state.status == "party" or span.end is None else span.end.first - dt.timedelta(days=1)
    deadlines = _running(rules, span.start, span, rows, seen, source, DEFAULT_READING, rules.articles)
    for claim in history.claims.get(state.iso3, ()):
        if claim.until is not None and claim.until <= seen:
            other = Moment(claim.until, claim.until)
            deadlines += _running(rules, other, span, rows, seen, claim.row.fact.source, claim.reading, _articles_of(claim, rules))
    if state.status == "withdrawn":
        deadlines = [_ended(one, span) for one in deadlines]
    return tuple(sorted(deadlines, key=lambda one: one.article))


def _articles_of(claim: Claim, rules: ClockRules) -> tuple[str, ...]:
    """The articles of which a claim about another first day speaks ("practice of Articles 5 and 7"); without any, all with a clock."""
    named = re.search(r"Articles? ([\d, and]+)", claim.row["claimant"])
    return tuple(re.findall(r"\d+", named.group(1))) if named else rules.articles


def _running(
    rules: ClockRules,
    start: Moment,
    span: Span,
    rows: Sequence[RecordedFact],
    on: dt.date,
    source: str,
    reading: str,
    articles: Sequence[str],
) -> list[Deadline]:
    """The deadlines counted from `start`, by article."""
    deadlines: list[Deadline] = []
    for period in rules.periods:
        if period.article in articles:
            derived = Moment(add_years(start.first, period.years), add_years(start.last, period.years))
            counted = f"{period.cited}: {period.years} years after entry into force for the state ({start}) ; {source}"
            facts = article_facts(rows, period.article, derived)
            deadlines += article_deadlines(period, derived, counted, start.first, facts, on)
    if "7" in articles:
        deadlines += _reports(rules.treaty, start, on, source)
    if span.end is not None and span.notice is not None and span.notice["date"] <= on.isoformat():
        ends = f"ends with withdrawal on {span.end}"
        deadlines = [replace(one, note=_noted(one, ends)) if one.status in ("open", "extension_requested") else one for one in deadlines]
    return [replace(one, reading=reading) for one in deadlines]


def _reports(treaty: str, start: Moment, on: dt.date, source: str) -> list[Deadline]:
    """The initial report, the last annual one that was due, and the next."""
    days = dt.timedelta(days=INITIAL_REPORT_DAYS)
    initial = Moment(start.first + days, start.last + days)
    counted = f"{treaty} Art. 7(1): {INITIAL_REPORT_DAYS} days after entry into force for the state ({start}) ; {source}"
    rows = [_report("7.1", initial, on, counted, "initial report")]
    first_year = initial.last.year + 1
    is_over = on > dt.date(on.year, ANNUAL_REPORT_MONTH, ANNUAL_REPORT_DAY)
    coming_year = max(first_year, on.year + 1 if is_over else on.year)
    for year in (coming_year - 1, coming_year):
        if first_year <= year <= dt.MAXYEAR:
            due = dt.date(year, ANNUAL_REPORT_MONTH, ANNUAL_REPORT_DAY)
            rows.append(_report("7.2", Moment(due, due), on, f"{treaty} {_ANNUALLY}", f"annual report for {year - 1}"))
    return rows


def _report(article: str, due: Moment, on: dt.date, source: str, what: str) -> Deadline:
    if on <= due.first:
        return Deadline(article, due, "derived", "open", "yes", source, what)
    return Deadline(article, due, "derived", "unknown", "yes", source, f"{what}; {_UNREPORTED}")


def _ended(deadline: Deadline, span: Span) -> Deadline:
    """What was neither met nor missed ended with the withdrawal; a report that was due before it is still not known to have been made."""
    if deadline.status in ("met", "missed"):
        return deadline
    if deadline.article.startswith("7") and deadline.due is not None and span.end is not None and deadline.due.last < span.end.first:
        return deadline if deadline.status == "unknown" else replace(deadline, status="unknown", note=_noted(deadline, _UNREPORTED))
    left = f"withdrawal took effect on {span.end or 'a disputed day'}; {deadline.status} on the last day before"
    return replace(deadline, status="ended_by_withdrawal", binds="no", note=_noted(deadline, left))


def _noted(deadline: Deadline, more: str) -> str:
    return f"{deadline.note}; {more}" if deadline.note else more


def is_within_article_4_period(history: TreatyHistory, iso3: str, on: dt.date) -> Bound | None:
    """Whether the day lies in the state's own Article 4 period, which ends with the fourth anniversary; None for a state not bound.

    The anniversary itself belongs to it: "not later than four years after the entry into force".
    """
    state = status_of(history, iso3, on)
    if state.status == "unknown":
        return "unknown"
    if state.status != "party" or state.bound_from is None:
        return None
    start = state.bound_from
    ends = Moment(add_years(start.first, ARTICLE_4_YEARS), add_years(start.last, ARTICLE_4_YEARS))
    if on <= ends.first:
        return "yes"
    return "no" if on > ends.last else "unknown"
