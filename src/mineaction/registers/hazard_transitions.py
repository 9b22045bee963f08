"""Which changes of status may a hazardous area make, what must show each, and what does it post to the land account?

One table, after IMAS 07.11, 08.10, 08.20 and 08.30; docs/LAND_RELEASE.md shows it. The order of the rows is that of events of one day. An
empty `before` is an area that was not told before, an empty `after` keeps the status. Where `is_made_without`, a transition is made even if
its evidence is missing, which is told: ground somebody calls hazardous is never left out for want of paper. All others are not made then.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Status = Literal["suspected_open", "confirmed_open", "in_progress", "suspended", "closed", "released", "cancelled", "void", "superseded"]

OPEN: tuple[Status, ...] = ("suspected_open", "confirmed_open", "in_progress", "suspended")
NOT_STARTED: tuple[Status, ...] = ("suspected_open", "confirmed_open")

# What shows a transition. Each is a record of the store, a field of one, or a result handed in from the land account.
EVIDENCE = {
    "indirect_evidence": "the area names evidence, be it indirect",
    "direct_evidence": "the area, or the change, names direct evidence",
    "outline": "the record has an outline",
    "evidence": "the change names what shows it",
    "reason": "the record names a reason",
    "earlier_area": "the area named under rediscovered_from, if any, was closed, released or cancelled by then",
    "criteria": "the release names the criteria of the national standard",
    "counts": "the release counts by the country's rules of its day (approval, accreditation)",
    "after_task_issue": "the release is not older than the issue of its task order",
    "report_of_period": "a progress or completion report tells of its day",
    "task_order": "a task order for the area was issued by then",
    "accredited_operator": "the operator was accredited for the method on that day, where the country asks for it",
    "completion_report": "a completion report tells of the area",
    "nothing_left": "the closing rule of the land account holds: no part of a square metre or more is left",
    "all_cancelled": "all of its ground was cancelled after non-technical survey",
    "ground_left": "ground is left",
    "quality_accepted": "the latest inspection, sampling or handover result by then is accepted",
    "devices_disposed": "no item found there is left, and no completion report says that one is",
    "certificate": "a handover certificate signed by both sides",
    "receiver": "the certificate names who received the land",
    "two_approvals": "two different people or offices approved it",
    "no_postings": "no release has taken ground from it; otherwise those are reversed first",
    "successors": "every area named as its successor is told",
}  # fmt: skip


class Transition(NamedTuple):
    """One row of the table."""

    name: str
    before: tuple[Status, ...]
    after: tuple[Status, ...]
    evidence: tuple[str, ...]
    posting: str
    is_made_without: bool = False


TRANSITIONS = (
    Transition("suspected", (), ("suspected_open",), ("indirect_evidence", "outline", "earlier_area"), "opening, suspected", True),
    Transition("confirmed_at_once", (), ("confirmed_open",), ("direct_evidence", "outline"), "opening, confirmed", True),
    Transition(
        "found_again", (), ("confirmed_open",), ("earlier_area", "direct_evidence", "outline"), "opening; what was released stands", True,
    ),
    Transition("extended", OPEN, (), ("evidence", "outline"), "extended", True),
    Transition("remeasured", OPEN, (), ("reason", "outline"), "adjusted"),
    Transition("confirmed", ("suspected_open",), ("confirmed_open",), ("direct_evidence",), "reclassified, neutral"),
    Transition("confirmed_in_work", ("in_progress", "suspended"), (), ("direct_evidence",), "reclassified, neutral"),
    Transition("voided", OPEN, ("void",), ("two_approvals", "reason", "no_postings"), "adjusted: the opening is taken back"),
    Transition("superseded", OPEN, ("superseded",), ("successors",), "moved to the successors; a difference is adjusted"),
    Transition("started", NOT_STARTED, ("in_progress",), ("task_order", "accredited_operator"), "none"),
    Transition("suspended", ("in_progress",), ("suspended",), ("reason",), "none"),
    Transition("resumed", ("suspended",), ("in_progress",), ("reason",), "none"),
    Transition("cancelled_part", OPEN, (), ("criteria", "counts", "after_task_issue"), "cancelled"),
    Transition("reduced_part", OPEN, (), ("criteria", "counts", "after_task_issue"), "reduced"),
    Transition("cleared_part", ("in_progress",), (), ("report_of_period", "counts", "after_task_issue"), "cleared"),
    Transition("release_reversed", OPEN, (), ("reason",), "adjusted: what was credited comes back", True),
    Transition("cancelled_whole", NOT_STARTED, ("cancelled",), ("criteria", "counts", "nothing_left", "all_cancelled"), "cancelled"),
    Transition("descoped", ("in_progress", "suspended"), NOT_STARTED, ("reason", "ground_left"), "none"),
    Transition(
        "closed", ("in_progress",), ("closed",),
        ("completion_report", "nothing_left", "quality_accepted", "devices_disposed"), "none: the releases posted it",
    ),
    Transition("handed_over", ("closed",), ("released",), ("certificate", "receiver"), "none"),
)  # fmt: skip

BY_NAME = {one.name: one for one in TRANSITIONS}
RANK = {one.name: rank for rank, one in enumerate(TRANSITIONS)}
