"""Which steps of a state's policy history bear on a claim: in force on a day, ended later, or decided against the standing rule?

The packaged history lists each rule of each act with the day it came into force, when it ended, and what ended it. It is evidence beside
the encoded clauses, and never decides alone where clauses are held.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from mineaction.reports.fact_check.evidence import Asked, fact_evidence
from mineaction.terms.dates import moment
from mineaction.terms.fact import RecordedFact
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE

_ACTIVITY_OF = {"sell": "sale", "retain": "stockpile", "encourage": "assist", "induce": "assist"}
_IN_WORDS = {"all_APL": "all anti-personnel mines", "global": "everywhere"}


def steps_of(actor: str, asked: Asked) -> list[RecordedFact]:
    """All rows of the history of one state; its rule ids begin with the two letters of the state."""
    letters = next((row["iso2"] for row in asked.evidence.facts.get("country", ()) if row["iso3"] == actor), "")
    return [row for row in asked.rows("policy_step") if letters and re.match(rf"{letters}\d", row["rule_id"])]


def in_force(rows: Iterable[RecordedFact], asked: Asked) -> list[RecordedFact]:
    """The rows in force on the day asked; one that may have ended by then still counts."""
    return [row for row in rows if _begun(row, asked.day) and not _ended(row, asked.day, asked)]


def ended_between(rows: Iterable[RecordedFact], after: dt.date, asked: Asked) -> list[RecordedFact]:
    """The rows in force on a day that are known to have ended by the day asked."""
    return [row for row in rows if _begun(row, after) and not _ended(row, after, asked) and _ended(row, asked.day, asked)]


def have_ended(rows: Sequence[RecordedFact], acts: Sequence[str], after: dt.date, asked: Asked) -> bool:
    """Whether a row says of each of these acts that the rule in force on a day ended by the day asked."""
    ended = {row["activity"] for row in ended_between(rows, after, asked)}
    return bool(acts) and all(_ACTIVITY_OF.get(act, act) in ended for act in acts)


def _begun(row: RecordedFact, day: dt.date) -> bool:
    begins = moment(row["in_force_from"])
    return begins is not None and begins.first <= day


def _ended(row: RecordedFact, day: dt.date, asked: Asked) -> bool:
    """Whether the row says so, and the step that ended it was known on the day of knowing."""
    ends = moment(row["in_force_to"])
    if ends is None or ends.last > day:
        return False
    enders = {one["step_id"] for one in asked.evidence.facts.get("policy_step", ()) if one["step_id"] in _words(row["ended_by"])}
    return not enders or any(one["step_id"] in enders for one in asked.rows("policy_step"))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def on_acts(rows: Iterable[RecordedFact], acts: Sequence[str]) -> list[RecordedFact]:
    """The rows about any of these acts."""
    activities = {_ACTIVITY_OF.get(act, act) for act in acts}
    return [row for row in rows if row["activity"] in activities]


def begun_between(rows: Iterable[RecordedFact], after: dt.date, until: dt.date) -> list[RecordedFact]:
    """The rows that came into force after one day and not after another."""
    return [row for row in rows if not _begun(row, after) and _begun(row, until)]


def decisions_against(rows: Iterable[RecordedFact], acts: Sequence[str], asked: Asked) -> list[RecordedFact]:
    """Decisions of single cases, taken by that day, that conflict with rules on these acts: the row's own act, and those its note names."""
    found = []
    for row in in_force(rows, asked):
        if row["instrument_kind"] != "decision":
            continue
        conflict = re.search(r"conflicts with ([^,;]*)", row["note"])
        named = _words(conflict.group(1)) if conflict else set()
        touched = {row["activity"], *(act for act in ACTS if act in named)}
        if "assist" in touched:
            touched |= set(ACTS_OF_ASSISTANCE)
        if touched & set(acts):
            found.append(row)
    return found


def step_evidence(row: RecordedFact) -> dict[str, object]:
    """A step of the history as an evidence row."""
    limits = ", ".join(_IN_WORDS.get(scope, scope.replace("_", " ")) for scope in (row["location_scope"], row["mine_scope"]) if scope)
    extra = f"; except: {row['exception']}" if row["exception"] else ""
    condition = f"; {row['deadline_or_condition']}" if row["deadline_or_condition"] else ""
    modality = row["modality"].replace("_", " ")
    ended = "; it may have ended since" if row["in_force_to"] == "unknown" else ""
    says = f"{row['instrument']} ({row['rule_id']}): {row['activity'].replace('_', ' ')} {modality}"
    return fact_evidence(row, f"{says}{f' ({limits})' if limits else ''}{extra}{condition}{ended}", modality)
