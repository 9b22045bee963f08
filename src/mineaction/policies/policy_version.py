"""A version from its validated, plain form: what the compiled law holds. Writing and checking files is `policy_file.py`."""

from __future__ import annotations

from typing import Any

from mineaction.policies.clause import Reading, Version


def version_from(raw: dict[str, Any]) -> Version:
    """The version that a checked file, or the compiled law, describes."""
    period = raw["in_force"]
    readings = tuple(
        Reading(name, one["says"], one.get("source", ""), one.get("holders", ""), bool(one.get("default")), tuple(one.get("cite_when", ())))
        for name, one in raw["readings"].items()
    )
    return Version(
        id=raw["version"],
        instrument=raw["version"].split("@")[0],
        title=raw["title"],
        in_force_from=str(period["from"]),
        in_force_to=str(period.get("to") or ""),
        known_from=str(period.get("known_from") or period["from"]),
        ended_by=raw.get("ended_by", ""),
        readings=readings,
        raw=raw,
        own_end=str(period.get("own_end") or ""),
    )
