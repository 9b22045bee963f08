"""Where does a version change by its own dates? A file with dated clauses is cut there, so that at most one text governs a day.

A clause holds from its `from` until its `until`, half-open. Each part is named `instrument@first day`. Where nobody knows whether a
version still stands (`to: unknown`), what it decided is unsettled from `certain_until` on: it may have ended, and may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Raw = dict[str, Any]
UNKNOWN_END = "unknown"
_MAY_HAVE_ENDED = "Whether this still stood on the day is not known: {title} may have ended on or after {day}."


def parts(raw: Raw) -> list[Raw]:
    """The checked version as it stands between each two days on which one of its clauses begins or ends; itself when none does."""
    days = [raw["in_force"]["from"], *sorted(set(_days_of_change(raw)))]
    ends = [*days[1:], ""]
    return [_part(raw, day, end) for day, end in zip(days, ends, strict=True)]


def _days_of_change(raw: Raw) -> Iterator[str]:
    """The days after the first and before the last on which a clause begins or ends, or certainty does."""
    period = raw["in_force"]
    limits = [clause[key] for clause in raw["clauses"] for key in ("from", "until") if key in clause]
    if period.get("to") == UNKNOWN_END:
        limits.append(period["certain_until"])
    last = "" if period.get("to") == UNKNOWN_END else period.get("to")
    return (day for day in limits if day > period["from"] and (not last or day < last))


def _part(raw: Raw, day: str, end: str) -> Raw:
    period = raw["in_force"]
    is_open = period.get("to") == UNKNOWN_END
    name = raw["version"].partition("@")[0]
    known_from = period.get("known_from") or period["from"]
    clauses = [_undated(one) for one in raw["clauses"] if one.get("from", "") <= day and (not one.get("until") or day < one["until"])]
    told = {**raw, "version": f"{name}@{day}", "clauses": clauses}
    if is_open and day >= period["certain_until"]:
        # Carried out by `variants.py`, which knows what a reading changes and what goes on from an earlier version.
        told["may_have_ended"] = _MAY_HAVE_ENDED.format(title=raw["title"], day=period["certain_until"])
    told["in_force"] = {"from": day, "to": end or ("" if is_open else period.get("to", "")), "known_from": known_from}
    if not end and "own_end" in period:
        told["in_force"]["own_end"] = period["own_end"]
    return told | ({"ended_by": f"{name}@{end}"} if end else {})


def _undated(clause: Raw) -> Raw:
    return {key: value for key, value in clause.items() if key not in ("from", "until")}
