"""Facts about treaties: acts of states, disputed acts, how complete the lists are, events under APMBC Articles 4 and 5, rules."""

from __future__ import annotations

from mineaction.terms.kinds.definition import APMBC_IN_FORCE, ISO3_REQUIRED, LIST_STATUSES, NAME_REQUIRED, NOTE, Field, Kind

TREATIES = ("APMBC", "CCM", "CCW_APII", "CCW_PV")
_TREATY = Field("treaty", "code", True, TREATIES, label="Treaty")
# The oldest of the four instruments, Amended Protocol II to the CCW, was adopted on this day; nobody consented earlier.
_ADOPTED = "1996-05-03"

TREATY_KINDS = (
    Kind(
        "treaty_event",
        "Act of a state under a treaty",
        "APMBC Articles 15 to 17, 20; CCM Articles 15 to 17, 20; CCW Articles 3 to 5, 9",
        (
            _TREATY,
            ISO3_REQUIRED,
            NAME_REQUIRED,
            Field(
                "event",
                "code",
                True,
                ("signed", "consent", "withdrawal_notified", "withdrawal_effective_printed", "independence"),
                label="Event",
            ),
            Field(
                "kind",
                "code",
                codes=("ratification", "accession", "acceptance", "approval", "succession", "consent_to_be_bound"),
                label="Form of consent",
                required_when=("event", "consent"),
            ),
            Field("date", "day", True, label="Day of the act", least=_ADOPTED),
            NOTE,
        ),
        ("treaty", "iso3", "event"),
        valid=("date", ""),
    ),
    Kind(
        "treaty_claim",
        "Disputed act or effect under a treaty",
        "VCLT Articles 54 to 62",
        (
            _TREATY,
            ISO3_REQUIRED,
            Field("claimant", required=True, label="Who claims"),
            Field("claim", required=True, label="What is claimed"),
            Field("date", "day", label="Day", least=_ADOPTED),
            Field("date_bound", "code", codes=("on", "on_or_before", "on_or_after"), label="How the day is meant"),
            Field("default_reading", "code", True, ("party", "not_party", "withdrawn", "signatory"), label="Default reading"),
            NOTE,
        ),
        ("treaty", "iso3", "claim"),
        valid=("date", ""),
    ),
    Kind(
        "treaty_list",
        "How complete the list of consents to a treaty is",
        "depositary practice",
        (
            _TREATY,
            Field("list_status", "code", True, LIST_STATUSES, label="State of the list"),
            Field("listed_consents", "integer", True, unit="deposits", label="Consents listed here"),
            Field("published_parties", "integer", unit="deposits", label="Consents published"),
            Field("published_on", "day", label="Day of the published count", least=_ADOPTED),
            Field("complete_until", "day", label="Complete until", least=_ADOPTED),
            NOTE,
        ),
        ("treaty",),
    ),
    Kind(
        "treaty_no_consent",
        "State for which no consent was found",
        "depositary practice",
        (_TREATY, ISO3_REQUIRED, NAME_REQUIRED, Field("list_status", "code", True, LIST_STATUSES), Field("meaning", required=True), NOTE),
        ("treaty", "iso3"),
    ),
    Kind(
        "armed_conflict",
        "Whether a state is engaged in an armed conflict",
        "APMBC Article 20(3); CCM Article 20(3)",
        (
            ISO3_REQUIRED,
            Field("engaged", "code", True, ("yes", "no"), label="Engaged in an armed conflict"),
            Field("from", "moment", True, label="First day", least=_ADOPTED),
            Field("to", "moment", label="Day after the last", least=_ADOPTED),
            NOTE,
        ),
        ("iso3", "engaged", "from"),
        valid=("from", "to"),
    ),
    Kind(
        "article_event",
        "Event under APMBC Article 4 or 5",
        "APMBC Articles 4 and 5",
        (
            ISO3_REQUIRED,
            NAME_REQUIRED,
            Field("article", "code", True, ("4", "5"), label="Article"),
            Field(
                "event",
                "code",
                True,
                (
                    "extension_requested", "extension_granted", "extension_not_approved", "extended_deadline_in_force", "deadline_in_force",
                    "deadline_missed", "outstanding", "completed", "completion_declared", "completion_reconfirmed",
                    "clearance_reported_complete", "contamination_found_after_completion",
                ),
                label="Event",
            ),
            Field("date", "moment", label="New end, end asked for, missed deadline or day of the act", least=APMBC_IN_FORCE),
            Field("deadline_before", "moment", label="Deadline before", least=APMBC_IN_FORCE),
            Field("decision_meeting", label="Meeting that decided"),
            Field("status", "code", True, ("sourced",), label="Standing of the row"),
            NOTE,
        ),
        ("article", "iso3", "event", "decision_meeting|date"),
        prefix=("APMBC",),
    ),
    Kind(
        "treaty_rule",
        "Rule of the APMBC, one activity a row",
        "APMBC Articles 1 to 9, 17, 19, 20",
        (
            Field("rule_id", required=True, pattern=r"APMBC-\d+\.[\d()a-z]*-\d+", label="Rule"),
            Field("article", "integer", True, label="Article", least="1", most="22"),
            Field("paragraph", pattern=r"\d+(\([a-z]\))?", label="Paragraph"),
            Field("activity", required=True, label="Activity"),
            Field("modality", required=True, label="Prohibited, obliged, permitted ..."),
            Field("exception", label="Exception"),
            Field("deadline", label="Deadline"),
            NOTE,
        ),
        ("rule_id",),
    ),
)  # fmt: skip
