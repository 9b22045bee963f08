"""Do money, recipients and people helped agree with what the claimant itself published?

Only rows of one kind are compared with a claim: totals since the start of the programme, totals of one region or country, counts of
recipients, the figures of the War Victims Fund. Refuses sums over kinds, and figures of a claimant whose records
are not held here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from mineaction.reports.fact_check.evidence import (
    NOT_VERIFIABLE,
    STALE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.quantities import Quantity
from mineaction.reports.fact_check.series import Edition, Judgement, judge
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact

# Whose funding records, recipients and milestones are held.
CLAIMANT = "USA"
# A United States fiscal year ends on 30 September (31 U.S.C. 1102).
_FISCAL_YEAR_END = (9, 30)
_COUNT = re.compile(r"(\d+)(\+)?")


def not_held(claim: Claim, asked: Asked, what: str) -> Answer | None:
    """The answer when the figures of the one who claims are not held; None when they are."""
    actor = asked.actor_of(claim)
    if not actor:
        return Answer(NOT_VERIFIABLE, missing=("issuer",), why="Whose figure it is, is not known: the statement has no issuer.")
    if actor != CLAIMANT:
        name = names_of([actor], asked.evidence.facts.get("country", ()))[0]
        return Answer(UNKNOWN, missing=(f"{what} of {name}",), why=f"No {what} of {name} are held.")
    return None


def funding(claim: Claim, asked: Asked) -> Answer:
    """So much money, in all, for a region or for a country."""
    refused = not_held(claim, asked, "funding records")
    if refused is not None:
        return refused
    assert claim.quantity is not None
    rows, label = _funding_rows(claim, asked)
    editions = _editions(rows, "amount_usd")
    if not editions:
        return Answer(UNKNOWN, missing=(label,), why=f"No {label} are held.")
    return _answer(
        judge(claim.quantity, editions, asked.day, asked.stated_on, copies=asked.copies), asked, "funding_record", claim.quantity, label
    )


def _funding_rows(claim: Claim, asked: Asked) -> tuple[list[RecordedFact], str]:
    """The rows of the one kind the sentence is about, and what they are called."""
    rows = asked.rows("funding_record")
    text = claim.words["sentence"]
    year = re.search(r"\bin (?:fiscal year |FY ?)(\d{4})\b", text, re.IGNORECASE)
    regions = {row["region"] for row in rows if row["kind"] == "region_cumulative"}
    region = next((one for one in sorted(regions) if re.search(rf"(?<!only )\bin {re.escape(one)}\b", text)), "")
    states = states_from(asked.evidence.facts.get("country", ()))
    told = [code for start, _, code in states.named(text) if code != CLAIMANT and re.search(r"\b(?:in|to|for) (?:the )?$", text[:start])]
    if year:
        kind, chosen = (
            "cwd_annual_total",
            [row for row in rows if row["kind"] == "cwd_annual_total" and row["fiscal_year_to"] == year.group(1)],
        )
        return chosen, f"{kind.replace('_', ' ')} of {year.group(1)}"
    if region:
        return [row for row in rows if row["kind"] == "region_cumulative" and row["region"] == region], f"totals for {region}"
    if told:
        name = names_of(told[:1], asked.evidence.facts.get("country", ()))[0]
        return [row for row in rows if row["kind"] == "country_cumulative_stated" and row["iso3"] == told[0]], f"totals for {name}"
    return [row for row in rows if row["kind"] == "cwd_cumulative_claim"], "totals since the start of the programme"


def funding_recipients(claim: Claim, asked: Asked) -> Answer:
    """In so many countries."""
    refused = not_held(claim, asked, "counts of recipients")
    if refused is not None:
        return refused
    assert claim.quantity is not None
    rows = [row for row in asked.rows("funding_record") if row["kind"] == "cwd_cumulative_claim" and "active" not in row["countries_count"]]
    answer = _answer(
        judge(claim.quantity, _editions(rows, "countries_count"), asked.day, asked.stated_on, copies=asked.copies),
        asked,
        "funding_record",
        claim.quantity,
        "counts of recipients",
    )
    named = [row for row in asked.rows("funding_recipient") if row.known_from is None or row.known_from <= asked.day]
    says = f"{len(named)} recipients are named one by one in the packaged sources: a lower bound"
    row = {
        "says": says,
        "value": len(named),
        "source": "packaged list of recipients",
        "subject": "funding_recipient",
        "known_from": None,
        "known_from_basis": "",
    }
    return Answer(
        answer.verdict, answer.value, (*answer.evidence, row), answer.known_to, answer.fragile, answer.missing, answer.assumes, answer.why
    )


def _editions(rows: Iterable[RecordedFact], field: str) -> list[Edition]:
    editions = []
    for row in rows:
        count = _COUNT.match(row[field])
        if count is None:
            continue
        # "100+" recipients is a lower bound whatever the bound of the money beside it.
        bound = row["bound"] if field == "amount_usd" else ("more_than" if count.group(2) else "exact")
        year = row["fiscal_year_to"]
        covers = dt.date(int(year), *_FISCAL_YEAR_END) if year else None
        edition = re.search(r"\d+(?:st|nd|rd|th) edition", row["note"])
        label = ", ".join(
            filter(None, (edition.group() if edition else "", f"fiscal years {row['fiscal_year_from']}-{year}" if year else "undated"))
        )
        editions.append(Edition(row, int(count.group(1)), bound, covers, f"the {label}" if edition else f"the figure for {label}"))
    return editions


def _answer(found: Judgement, asked: Asked, kind: str, wanted: Quantity, label: str) -> Answer:
    known_to = asked.known_to(kind)
    assumes = (
        *found.assumes,
        *(f"since when a figure was known is assumed: {one.label}" for one in found.editions if one.row.known_from_basis == "assumed"),
    )
    missing = (f"{label} for a period that ends after {asked.day}",) if found.verdict == UNKNOWN else ()
    evidence = tuple(fact_evidence(one.row, f"{one.label}: {one.printed}", one.value) for one in found.editions)
    left_out = tuple(row.fact.subject for row in asked.left_out(kind))
    why = found.why + (f" {len(left_out)} undated figures are left out." if left_out else "")
    return Answer(
        found.verdict,
        found.value,
        evidence,
        known_to,
        None,
        missing,
        tuple(dict.fromkeys((*assumes, *((wanted.reading,) if wanted.reading else ())))),
        why,
    )


def fund_people(claim: Claim, asked: Asked) -> Answer:
    """The War Victims Fund reached so many people."""
    return _fund(claim, asked, "people", lambda row: row["people"])


def fund_countries(claim: Claim, asked: Asked) -> Answer:
    """The War Victims Fund reached people in so many countries."""
    return _fund(claim, asked, "countries", lambda row: row["countries"])


def _fund(claim: Claim, asked: Asked, what: str, cell: Callable[[RecordedFact], str]) -> Answer:
    refused = not_held(claim, asked, "figures of the War Victims Fund")
    if refused is not None:
        return refused
    assert claim.quantity is not None
    rows = asked.rows("war_victims_fund")
    editions = []
    for row in rows:
        number = re.fullmatch(r"\d+", cell(row))
        if row["kind"] == "beneficiaries_claim" and number:
            bound = row["bound"] if what == "people" else "exact"
            when = moment(row["as_of"])
            editions.append(
                Edition(row, int(number.group()), bound, when.last if when else None, f"the claimant's figure of {row['as_of']}")
            )
    activity = [row for row in rows if row["kind"] != "beneficiaries_claim" and row.known_from is not None and row.known_from <= asked.day]
    latest = max(activity, key=lambda row: row.known_from or dt.date.min, default=None)
    judged = judge(claim.quantity, editions, asked.day, asked.stated_on, latest.known_from if latest else None, copies=asked.copies)
    answer = _answer(judged, asked, "war_victims_fund", claim.quantity, f"{what} reached by the fund")
    evidence = answer.evidence
    if latest is not None and judged.verdict == STALE:
        evidence = (*evidence, fact_evidence(latest, f"work went on: {latest['kind'].replace('_', ' ')} as of {latest['as_of']}"))
    other = [row for row in activity if what == "countries" and row["countries"].startswith("more than")]
    if other:
        newest = max(other, key=lambda row: row.known_from or dt.date.min)
        evidence = (
            *evidence,
            fact_evidence(
                newest, f"another basis: assistance in {newest['countries']} countries as of {newest['as_of']}", newest["countries"]
            ),
        )
    return Answer(answer.verdict, answer.value, evidence, answer.known_to, None, answer.missing, answer.assumes, answer.why)
