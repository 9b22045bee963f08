"""Facts written as a table: a line is `kind id word=value ...`, and what is left out is filled in as below.

`at=left,bottom,right,top` is a rectangle in metres on the grid of `land_book`; `by=` is the organisation.
Words with spaces stand in quotes.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence

from mineaction.registers.land_facts import KINDS_READ, land_rows
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import RECORDED_KINDS
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
    """The rows of the land account that these facts tell."""
    rows = land_rows({kind: facts.get(kind, ()) for kind in KINDS_READ})
    return Book(rows.hazards, rows.changes, rows.releases, rows.reversals)
