"""Whose programme is it: which agency manages the War Victims Fund, whose report is "To Walk the Earth in Safety", when did each begin?

Answers come from the claimant's own reports and the editions of its report known on the day. Refuses an agency whose name is not held.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from mineaction.reports.fact_check.evidence import (
    FALSE,
    SUPPORTED,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
)
from mineaction.terms.fact import RecordedFact

# Names of the same office, as published and as worded.
_OFFICES = (
    ("USAID", r"USAID|Agency for International Development"),
    ("Department of State", r"State Department|Department of State|\bPM/WRA\b"),
    ("Department of Defense", r"Defense Department|Department of Defense|Pentagon|\bDoD\b"),
    ("White House", r"White House"),
)
_REPORT = "to-walk-the-earth-in-safety"


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
        (
            fact_evidence(newest, f"{says}; published by the {held}", held),
            *(fact_evidence(row, row["note"]) for row in published if row in known),
        ),
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
