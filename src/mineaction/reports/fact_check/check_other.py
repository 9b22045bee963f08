"""Superlatives, trends, reported use, office holders, who manages a fund, whose report it is, when something began, the date itself.

Most of these need facts that are not held: then the answer says which. What is held (casualty counts, the fund's notes, the editions of
the report, the acts of the policy history) answers as far as it goes; a cause is never verified by a trend.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from mineaction.registers.treaty_status import status_of
from mineaction.reports.fact_check.check_counts import history_of
from mineaction.reports.fact_check.check_membership import STANDING
from mineaction.reports.fact_check.check_series import CLAIMANT
from mineaction.reports.fact_check.evidence import (
    FALSE,
    NOT_VERIFIABLE,
    PARTLY_SUPPORTED,
    SUPPORTED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.folding import folded
from mineaction.reports.fact_check.policy_steps import step_evidence, steps_of
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact

# Names of the same office, as published and as worded.
_OFFICES = (
    ("USAID", r"USAID|Agency for International Development"),
    ("Department of State", r"State Department|Department of State|\bPM/WRA\b"),
    ("Department of Defense", r"Defense Department|Department of Defense|Pentagon|\bDoD\b"),
    ("White House", r"White House"),
)
_REPORT = "to-walk-the-earth-in-safety"


def superlative(claim: Claim, asked: Asked) -> Answer:
    """The largest, the leading: a rank among others whose figures are not held."""
    rows = [row for row in asked.rows("funding_record") if row["kind"] == "monitor_annual_total"]
    known = [row for row in rows if row.known_from is not None and row.known_from <= asked.day]
    latest = max(known, key=lambda row: row["fiscal_year_to"], default=None)
    evidence = (
        (fact_evidence(latest, f"its own total of {latest['fiscal_year_to']} as counted by the Monitor", int(latest["amount_usd"])),)
        if latest is not None and asked.actor_of(claim) == CLAIMANT
        else ()
    )
    return Answer(
        UNKNOWN,
        None,
        evidence,
        asked.known_to("funding_record"),
        missing=("figures of the other donors",),
        why="A rank needs the figures of the others; they are not held.",
    )


def casualty_trend(claim: Claim, asked: Asked) -> Answer:
    """Casualties fall (rise): the yearly counts of the world as known on the day. What caused it is not checked."""
    rows = [
        row
        for row in asked.rows("casualty_count")
        if row["name"] == "WORLD" and row["total"] and row.known_from is not None and row.known_from <= asked.day
    ]
    by_year: dict[str, RecordedFact] = {}
    for row in sorted(rows, key=lambda row: row.known_from or dt.date.min):
        by_year[row["year"]] = row
    years = sorted(by_year)
    # A trend needs a beginning and an end.
    if len(years) < 2:
        return Answer(UNKNOWN, missing=("yearly counts known by that day",), why="Fewer than two yearly counts were known on that day.")
    first, last = by_year[years[0]], by_year[years[-1]]
    lowest, highest = (choose((by_year[year] for year in years), key=lambda row: int(row["total"])) for choose in (min, max))
    start, end = int(first["total"]), int(last["total"])
    is_rise = re.match(r"incr|ris|grow|more", claim.words["direction"].lower()) is not None
    extreme = int((highest if is_rise else lowest)["total"])
    moved = end > start if is_rise else end < start
    verdict = FALSE if not moved else (SUPPORTED if end == extreme else PARTLY_SUPPORTED)
    shown = list(dict.fromkeys(row["year"] for row in (first, lowest, highest, last)))
    marked = ((first, ""), (lowest, "lowest "), (highest, "highest "), (last, ""))
    says = "; ".join(f"{word}{row['year']}: {int(row['total']):,}" for row, word in marked)
    return Answer(
        verdict,
        {row["year"]: int(row["total"]) for row in (by_year[year] for year in years)},
        tuple(_count_evidence(by_year[year]) for year in shown),
        asked.known_to("casualty_count"),
        missing=("what caused the change",),
        assumes=(
            "the counts cover all mines and explosive remnants, and military casualties too",
            *(("the first count is an estimate",) if first["bound"] != "exact" else ()),
        ),
        why=f"{says}. A cause is not verifiable.",
    )


def _count_evidence(row: RecordedFact) -> dict[str, object]:
    bound = "" if row["bound"] == "exact" else f"{row['bound'].replace('_', ' ')} "
    return fact_evidence(row, f"{row['year']}: {bound}{int(row['total']):,} casualties ({row['edition']})", int(row["total"]))


def reported_use(claim: Claim, asked: Asked) -> Answer:
    """Somebody used weapons somewhere: no register of reported use is held."""
    states = states_from(asked.evidence.facts.get("country", ()))
    actor = next((code for _, _, code in states.named(claim.words.get("who", ""))), "")
    bound = ""
    if actor:
        standing = STANDING[status_of(history_of("APMBC", asked), actor, asked.day).status]
        bound = f" {names_of([actor], asked.evidence.facts.get('country', ()))[0]} was {standing} the Ottawa Convention on {asked.day}."
    return Answer(
        NOT_VERIFIABLE,
        missing=("a register of reported use",),
        why=f"No register of reported use is held; how to grade the evidence is a judgement.{bound}",
    )


def office_holder(claim: Claim, asked: Asked) -> Answer:
    """A person held an office: no list of office holders is held."""
    return Answer(
        NOT_VERIFIABLE, missing=("office holders with dates",), why=f"Who was {claim.words['office']} on that day is not among the facts."
    )


def fund_manager(claim: Claim, asked: Asked) -> Answer:
    """The War Victims Fund is managed by this agency."""
    rows = [row for row in asked.rows("war_victims_fund") if "managed" in row["note"]]
    told = _office(claim.words["manager"])
    known_to = asked.known_to("war_victims_fund")
    if not rows:
        return Answer(UNKNOWN, missing=("who manages the fund",), known_to=known_to, why="No row says who manages the fund.")
    held = _office(rows[0]["note"])
    verdict = (SUPPORTED if told == held else FALSE) if told and held else UNKNOWN
    return Answer(
        verdict,
        held,
        tuple(fact_evidence(row, row["note"], held) for row in rows),
        known_to,
        missing=() if told else (f"which agency '{claim.words['manager']}' is",),
        why=f"The claimant's report says: {rows[0]['note']}.",
    )


def _office(words: str) -> str:
    return next((office for office, find in _OFFICES if re.search(find, words)), "")


def annual_report(claim: Claim, asked: Asked) -> Answer:
    """To Walk the Earth in Safety is the yearly report of this publisher."""
    rows = [row for row in asked.rows("funding_record") if "edition" in row["note"] and row["kind"] == "cwd_cumulative_claim"]
    known = [row for row in rows if row.known_from is not None and row.known_from <= asked.day]
    known_to = asked.known_to("funding_record")
    if not known:
        return Answer(
            UNKNOWN,
            missing=("editions of the report known by that day",),
            known_to=known_to,
            why="No edition of the report is known on that day.",
        )
    published = [row for row in rows if _REPORT in row.fact.source]
    held = "Department of State" if any("state.gov" in row.fact.source for row in published) else ""
    told = _office(claim.words["publisher"])
    years = sorted({row["fiscal_year_to"] for row in known})
    is_yearly = claim.words.get("period", "annual") in ("annual", "yearly")
    fits = bool(held) and told == held
    verdict = UNKNOWN if not told or not held else (SUPPORTED if fits and is_yearly else FALSE)
    newest = max(known, key=lambda row: row["fiscal_year_to"])
    edition = re.search(r"\d+(?:st|nd|rd|th) edition", newest["note"])
    says = f"editions for the fiscal years {', '.join(years)} are known, the latest {edition.group() if edition else ''}".strip()
    return Answer(
        verdict,
        held,
        (fact_evidence(newest, f"{says}; published by the {held}", held), *(fact_evidence(row, row["note"]) for row in published)),
        known_to,
        why=f"{says[0].upper()}{says[1:]}; published by the {held}{'' if is_yearly else ', one for each year'}.",
    )


def established(claim: Claim, asked: Asked) -> Answer:
    """The programme (the fund) began in this year: the first year of the claimant's own figures."""
    year = claim.words["year"]
    if "Fund" in claim.words["programme"]:
        rows = [row for row in asked.rows("war_victims_fund") if row["kind"] == "fund_established"]
        return _first_year(
            year, rows[:1], rows[0]["as_of"][:4] if rows else "", asked.known_to("war_victims_fund"), "the claimant's report"
        )
    own: Sequence[RecordedFact] = [row for row in asked.rows("funding_record") if row["kind"] in ("annual_total", "cwd_cumulative_claim")]
    first = min(own, key=lambda row: row["fiscal_year_from"], default=None)
    return _first_year(
        year,
        [first] if first else [],
        first["fiscal_year_from"] if first else "",
        asked.known_to("funding_record"),
        "the first fiscal year of the claimant's own figures",
    )


def _first_year(year: str, rows: Sequence[RecordedFact], held: str, known_to: dt.date | None, what: str) -> Answer:
    if not held:
        return Answer(UNKNOWN, missing=("when it began",), known_to=known_to, why="No figure says when it began.")
    evidence = tuple(fact_evidence(row, f"{what}: {held}", held) for row in rows)
    return Answer(SUPPORTED if year == held else FALSE, int(held), evidence, known_to, why=f"{what[0].upper()}{what[1:]}: {held}.")


def statement_date(claim: Claim, asked: Asked) -> Answer:
    """The date of the document is that of the act it announces."""
    day = claim.words["date"]
    steps = steps_of(asked.issuer, asked) if asked.issuer else list(asked.rows("policy_step"))
    same_day = [row for row in steps if row["date"] == day]
    title = _plain(claim.words.get("title", ""))
    # The act whose title is the longest one found in the document's: "Changes to U.S. ... Policy" rather than "U.S. ... Policy".
    fitting = [row for row in steps if title and _plain(row["instrument"]) in title]
    longest = max((len(row["instrument"]) for row in fitting), default=0)
    named = [row for row in fitting if len(row["instrument"]) == longest]
    if same_day and (not named or any(row["date"] == day for row in named)):
        return Answer(TRUE, day, (step_evidence(same_day[0]),), why=f"The policy history has an act of {day}: {same_day[0]['instrument']}.")
    if named:
        return Answer(FALSE, named[-1]["date"], (step_evidence(named[-1]),), why=f"The act of that title is of {named[-1]['date']}.")
    if moment(day) is None:
        return Answer(FALSE, None, why="It is not a date of the calendar.")
    return Answer(
        UNKNOWN,
        None,
        missing=("an act of that day",),
        why="No act of the policy history is of that day; when the document was published is not among the facts.",
    )


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", folded(words).casefold()).strip()
