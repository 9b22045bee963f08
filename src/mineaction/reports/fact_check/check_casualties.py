"""Do casualties fall or rise, by the yearly counts of the world known on the day?

Counts are set side by side as they were published. Refuses to say what caused a change.
"""

from __future__ import annotations

import datetime as dt
import re

from mineaction.reports.fact_check.evidence import (
    FALSE,
    PARTLY_SUPPORTED,
    SUPPORTED,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
)
from mineaction.terms.fact import RecordedFact


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
