"""Facts written as a table: a line is `kind id word=value ...`, and what is left out is filled in as below.

`at=left,bottom,right,top` is a rectangle in metres on the grid of `land_book`; `by=` is the organisation.
Words with spaces stand in quotes.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from mineaction.registers.approvals import counted_releases
from mineaction.registers.land_rows import Hazard, HazardChange, Release
from mineaction.terms.dates import moment
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.kinds.land import CHANGES_OF_GROUND
from mineaction.terms.outline import canonical_outline
from tests.registers.land_book import Book, degrees

LEFT_OUT = {
    "hazardous_area": {"organisation": "NMAA", "type": "SHA", "identified_on": "2010-01-01", "indirect_evidence": "reports of accidents"},
    "hazard_change": {"organisation": "NMAA"},
    "land_release": {
        "organisation": "Op", "release_class": "cleared", "method": "CLEARANCE", "released_on": "2015-06-01", "criteria": "C1",
    },
    "task_order": {"organisation": "NMAA", "operator": "Op", "method": "NTS;TS;CLEARANCE", "state": "issued", "issued_on": "2012-01-01"},
    "activity": {"organisation": "Op", "method": "CLEARANCE", "state": "ongoing", "started_on": "2012-02-01"},
    "activity_report": {"organisation": "Op"},
    "accreditation": {
        "organisation": "Op", "type": "operational", "scope": "NTS;TS;CLEARANCE", "state": "granted", "issued_on": "2009-01-01",
    },
    "approval": {"of_kind": "land_release", "organisation": "Op", "decision": "approved", "decided_by": "NMAA", "decided_on": "2015-07-01"},
    "quality_visit": {"organisation": "NMAA", "inspected": "Op", "result": "accepted", "severity": "none"},
    "sampling": {"organisation": "NMAA", "inspected": "Op", "sampled_m2": "100", "find_count": "0", "result": "accepted"},
    "handover": {"organisation": "NMAA", "is_signed": "yes", "received_by": "village council"},
    "device_found": {"organisation": "Op", "category": "ap_mine", "quantity": "1", "origin": "cleared_area", "state": "destroyed"},
}  # fmt: skip
# Kinds without an id of their own: their lines have words only.
WITHOUT_ID = ("country_rule",)


def told(text: str) -> dict[str, list[Fact]]:
    """The facts of a table by kind."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for line in filter(None, map(str.strip, text.splitlines())):
        fact = one(line)
        found[fact.kind].append(fact)
    return found


def one(line: str) -> Fact:
    """The fact of one line; the words must be fields of its kind."""
    name, *words = shlex.split(line)
    kind = RECORDED_KINDS[name]
    payload = dict(LEFT_OUT.get(name, {}))
    if name not in WITHOUT_ID:
        payload["local_id"] = words.pop(0)
    given = dict(word.split("=", 1) for word in words)
    at = given.pop("at", "")
    if "by" in given:
        payload["organisation"] = given.pop("by")
    payload = {word: value for word, value in (payload | given).items() if value}
    assert payload.keys() <= set(kind.field_names()), line
    assert {field.name for field in kind.fields if field.required} <= payload.keys(), line
    return Fact(name, kind.subject_of(payload), payload, payload.get(kind.told_by, "gazette"), geometry=_outline(at))


def _outline(at: str) -> bytes:
    if not at:
        return b""
    left, bottom, right, top = map(float, at.split(","))
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return canonical_outline([[[degrees(*corner) for corner in corners]]], "here")[0]


def land(facts: Mapping[str, Sequence[Fact]]) -> Book:
    """The rows of the land account that these facts tell, with the releases that count."""
    found = Book()
    for fact in facts.get("hazardous_area", ()):
        payload = fact.payload
        opened_by: Any = "split_or_merge" if payload.get("replaces") else "identified"
        of_class: Any = payload["type"]
        when, name, by = moment(payload["identified_on"]), payload["local_id"], payload["organisation"]
        found.hazards.append(Hazard(name, by, of_class, when, _polygon(fact), fact.fact_id, opened_by))
    for fact in facts.get("hazard_change", ()):
        if fact.payload["change"] in CHANGES_OF_GROUND:
            found.changes.append(_change(fact))
    judged = counted_releases(*(facts.get(kind, ()) for kind in ("land_release", "approval", "country_rule", "accreditation")))
    for counted in judged.counted:
        payload = counted.fact.payload
        released_as: Any = counted.release_class
        method: Any = payload["method"]
        when, name, by = moment(payload["released_on"]), payload["local_id"], payload["organisation"]
        found.releases.append(
            Release(name, by, released_as, method, when, _polygon(counted.fact), counted.fact.fact_id, payload.get("parent"))
        )
    return found


def _change(fact: Fact) -> HazardChange:
    payload = fact.payload
    what: Any = payload["change"]
    into: Any = payload.get("type")
    day = dt.date.fromisoformat(payload["changed_on"])
    by, name, reason = payload["organisation"], payload["local_id"], payload.get("reason", "")
    return HazardChange(name, by, day, what, fact.fact_id, _polygon(fact), into, reason)


def _polygon(fact: Fact) -> Any:
    return shapely.from_wkb(fact.geometry) if fact.geometry else None
