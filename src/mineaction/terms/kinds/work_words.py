"""The words that records of work may use: types, states, methods, results, and what a country may decide for itself.

These lists are our own: no official list was at hand when they were written. To correct one is a change of this file alone.
"""

from __future__ import annotations

from mineaction.terms.kinds.land import RELEASE_METHODS

ORGANISATION_TYPES = ("authority", "centre", "operator", "donor", "military", "un", "commercial", "community")
ACCREDITATION_TYPES = ("organisational", "operational")
ACCREDITATION_STATES = ("applied", "granted", "conditional", "suspended", "withdrawn", "expired")
WORK_METHODS = (*RELEASE_METHODS, "BAC", "EOD", "MARKING")
ASSETS = ("manual", "mechanical", "animal", "instrument", "drone")
TASK_STATES = ("draft", "issued", "accepted", "in_progress", "suspended", "completed", "quality_passed", "closed", "cancelled")
ACTIVITY_STATES = ("ongoing", "suspended", "completed", "cancelled")
REPORT_TYPES = ("progress", "completion", "suspension", "cancellation")
RESULTS = ("accepted", "rejected")
SEVERITIES = ("none", "minor", "major", "critical")
DEVICE_STATES = ("found", "rendered_safe", "moved", "destroyed")
DISPOSAL_METHODS = ("in_situ_detonation", "open_burning_or_detonation", "disassembly", "burning", "other")
# Where an item comes from, so that what was found on released land, on call and in stocks is never added up.
DEVICE_ORIGINS = ("cleared_area", "eod_spot", "technical_survey", "stockpile")
BENEFICIARY_ACTIVITIES = ("risk_education", "land_release", "victim_assistance", "eod")
# Records on which an authority decides.
DECIDED_KINDS = ("hazardous_area", "hazard_change", "land_release", "activity_report", "handover")
DECISIONS = ("approved", "rejected")
YES_NO = ("yes", "no")

# What a country may decide for itself, and the words its value may have: () is any text, and `days` a whole number of days.
# `applies_to` narrows a rule to one release class; without it the rule is for all of them.
COUNTRY_RULES: dict[str, tuple[str, ...]] = {
    "authority": (),  # the organisation whose decisions are the authority's own
    "delegate": (),  # an organisation that may decide for it, while the rule is in force
    "approval_required": YES_NO,  # does a release count only once it is approved
    "accreditation_required": YES_NO,  # does a release outside a valid accreditation not count
    "lanes_count_as": ("reduced", "cleared"),  # lanes of a technical survey that were searched to full depth
    "date_tolerance_days": ("days",),  # by how much reports may stand in the wrong order before they are refused
}
