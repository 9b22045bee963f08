"""Facts about the work around land release: who may do it, who was told to do it, what was done, checked, handed over and approved.

Terms are those of IMAS 04.10, 07.11, 07.30, 07.40, 08.30 and 09.20. A record is told whole; of one task order or accreditation several
rows may be told, one for each state it came into. What follows from them (may this operator work here, does this release count, which
status has this area) are answers of registers. Names of people have no field here: who received land is told as a body and as counts.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind
from mineaction.terms.kinds.land import (
    DELEGATED_UNDER,
    DEVICE_CATEGORIES,
    GIVEN_CRS,
    LATITUDE,
    LOCAL_ID,
    LONGITUDE,
    ORGANISATION,
    RELEASE_CLASSES,
    RELEASE_METHODS,
)

# The code lists of this paragraph are our own: no official list was at hand. To correct one is a change of this place alone.
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

_T2, _T3 = "T2", "T3"
_HAZARDS = Field("hazards", sensitivity="T3", label="Ids of the hazardous areas; several with semicolons")
_HAZARD = Field("hazard", sensitivity="T3", label="Id of the hazardous area")
_TASK = Field("task", label="Number of the task order")
_ACTIVITY = Field("activity", label="Id of the activity")
_INSPECTED = Field("inspected", required=True, label="Organisation inspected")
_POINT = (LONGITUDE._replace(sensitivity="T3"), LATITUDE._replace(sensitivity="T3"))
_DEPTH = Field("depth_m", "decimal", unit="m", label="Depth", least="0")
_WOMEN_GIRLS_BOYS_MEN = tuple(Field(name, "integer", unit="persons", label=name.capitalize()) for name in ("women", "girls", "boys", "men"))
_DONOR = (Field("donor", label="Donor"), Field("project", label="Project"))


def of_work(*fields: Field) -> tuple[Field, ...]:
    """Details of work are for those who do it; what is sealed stays so."""
    return tuple(field if field.sensitivity == _T3 else field._replace(sensitivity="T2") for field in fields)


def _kind(
    name: str, label: str, standard: str, fields: tuple[Field, ...], first_day: str, period: tuple[str, str] | None = None,
    *, has_outline: bool = False,
) -> Kind:  # fmt: skip
    """A kind whose records have an id of the organisation that tells them, and of which several may be told."""
    return Kind(
        name,
        label,
        standard,
        (*fields, *(one._replace(sensitivity=fields[0].sensitivity) for one in ((GIVEN_CRS, NOTE) if has_outline else (NOTE,)))),
        ("organisation", "local_id"),
        valid=(first_day, ""),
        periods=(period,) if period else (),
        claims_compete=True,
        geometry="outline" if has_outline else "",
        is_key_given=True,
    )


_WHO = (
    Kind(
        "organisation",
        "Organisation of mine action",
        "IMAS 07.30",
        (
            Field("organisation", required=True, label="Short name, as records name it"),
            Field("official_name", label="Official name"),
            Field("type", "code", True, ORGANISATION_TYPES, label="What it is"),
            Field("iati_id", label="Identifier in IATI data"),
            NOTE._replace(sensitivity="T2"),
        ),
        ("organisation",),
        claims_compete=True,
        is_key_given=True,
    ),
    _kind(
        "accreditation",
        "Accreditation of an operator, or its state from a day on",
        "IMAS 07.30",
        (
            LOCAL_ID._replace(label="Number of the certificate"),
            ORGANISATION._replace(label="Organisation that is accredited"),
            Field("type", "code", True, ACCREDITATION_TYPES, label="Of the organisation, or of its operations"),
            Field("scope", "codes", True, WORK_METHODS, label="What it may do; several with semicolons"),
            Field("assets", "codes", codes=ASSETS, label="With which assets; several with semicolons"),
            Field("state", "code", True, ACCREDITATION_STATES, label="State"),
            Field("state_on", "day", label="Since when it has that state; the day of issue where left out"),
            Field("issued_on", "day", label="First day of validity", required_when=("state", "granted")),
            Field("expires_on", "day", label="Last day of validity", may_be_future=True),
            Field("issued_by", label="Who accredited it"),
        ),
        "issued_on",
        ("issued_on", "expires_on"),
    ),
)

_DONE = (
    _kind(
        "task_order",
        "Task order, or its state from a day on",
        "IMAS 07.11",
        of_work(
            LOCAL_ID._replace(label="Number of the task order"),
            ORGANISATION._replace(label="Organisation that issues it"),
            Field("operator", required=True, label="Organisation that is to do it"),
            _HAZARDS,
            Field("method", "codes", True, WORK_METHODS, label="What is to be done; several with semicolons"),
            Field("target", "codes", codes=DEVICE_CATEGORIES, label="Ordnance looked for; several with semicolons"),
            _DEPTH,
            Field("state", "code", True, TASK_STATES, label="State"),
            Field("state_on", "moment", label="Since when it has that state; the day of issue where left out"),
            Field("issued_on", "moment", label="When it was issued", required_when=("state", "issued")),
            Field("planned_start", "moment", label="Planned start", may_be_future=True),
            Field("planned_end", "moment", label="Planned end", may_be_future=True),
            Field("reason", label="Why it was suspended or cancelled"),
            *_DONOR,
        ),
        "issued_on",
        ("planned_start", "planned_end"),
        has_outline=True,
    ),
    _kind(
        "activity",
        "Survey, clearance or other work on the ground",
        "IMAS 07.11; GICHD Minimum Data Requirements",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that does it"),
            Field("method", "code", True, WORK_METHODS, label="What is done"),
            *_POINT,
            _TASK,
            _HAZARDS,
            Field("state", "code", True, ACTIVITY_STATES, label="State"),
            Field("started_on", "moment", True, label="First day of work"),
            Field("ended_on", "moment", label="Last day of work", required_when=("state", "completed")),
            Field("assets", "codes", codes=ASSETS, label="With which assets; several with semicolons"),
            _DEPTH,
            Field("hours", "decimal", unit="hours", label="Hours of work of all people", least="0"),
            Field("is_rework", "code", codes=YES_NO, label="Said to be work done again"),
            *_DONOR,
        ),
        "started_on",
        ("started_on", "ended_on"),
        has_outline=True,
    ),
    _kind(
        "activity_report",
        "Report about work: progress, completion, suspension or cancellation",
        "IMAS 07.11, IMAS 08.30",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            Field("report_type", "code", True, REPORT_TYPES, label="What it reports"),
            _ACTIVITY,
            _TASK,
            _HAZARDS,
            Field("period_from", "moment", label="First day it tells of", required_when=("report_type", "progress")),
            Field("period_to", "moment", True, label="Last day it tells of: when what it reports was so"),
            # The ground that was released has records of its own (land_release) that name the task.
            Field("devices_disposed", "code", codes=YES_NO, label="Was every item that was found destroyed or taken away"),
            Field("reason", label="Why work was suspended or cancelled"),
            Field("hours", "decimal", unit="hours", label="Hours of work of all people", least="0"),
        ),
        "period_to",
        ("period_from", "period_to"),
    ),
    _kind(
        "device_found",
        "Explosive ordnance found, and what was done with it",
        "IMAS 07.10; GICHD Minimum Data Requirements",
        tuple(
            field._replace(sensitivity="T3")
            for field in (
                LOCAL_ID,
                ORGANISATION,
                Field("found_on", "moment", True, label="When it was found"),
                Field("category", "code", True, DEVICE_CATEGORIES, label="Category"),
                Field("model", label="Model"),
                Field("quantity", "integer", True, unit="items", label="How many", least="1"),
                LONGITUDE,
                LATITUDE,
                _DEPTH._replace(label="Depth at which it was found"),
                Field("condition", label="Condition"),
                Field("origin", "code", True, DEVICE_ORIGINS, label="In which work it was found"),
                Field("state", "code", True, DEVICE_STATES, label="What was done with it"),
                Field("disposed_on", "moment", label="When it was destroyed", required_when=("state", "destroyed")),
                Field("disposal_method", "code", codes=DISPOSAL_METHODS, label="How it was destroyed"),
                Field("release", label="Id of the land release"),
                _HAZARD,
                _TASK,
            )
        ),
        "found_on",
        ("found_on", "disposed_on"),
    ),
)

_CHECKED = (
    _kind(
        "quality_visit",
        "Visit of quality assurance",
        "IMAS 07.40; GICHD Minimum Data Requirements",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that inspects"),
            _INSPECTED,
            Field("visited_on", "moment", True, label="When"),
            _ACTIVITY,
            _TASK,
            _HAZARDS,
            Field("result", "code", True, RESULTS, label="Result"),
            Field("nonconformity", label="What did not conform"),
            Field("severity", "code", True, SEVERITIES, label="How severe"),
            Field("measures", label="Measures taken"),
            Field("corrected_on", "moment", label="When it was corrected"),
            Field("is_suspended", "code", codes=YES_NO, label="Was the work suspended"),
        ),
        "visited_on",
        ("visited_on", "corrected_on"),
    ),
    _kind(
        "sampling",
        "Sampling of a lot after clearance",
        "IMAS 09.20",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that samples"),
            _INSPECTED,
            Field("sampled_on", "moment", True, label="When"),
            _TASK,
            _HAZARDS,
            Field("lot_m2", "area_m2", unit="m2", label="Size of the lot"),
            Field("sampled_m2", "area_m2", True, unit="m2", label="Of it searched"),
            Field("find_count", "integer", True, unit="items", label="Items found"),
            Field("result", "code", True, RESULTS, label="Result"),
        ),
        "sampled_on",
        has_outline=True,
    ),
    _kind(
        "handover",
        "Handover of released land",
        "IMAS 08.30",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            _TASK,
            _HAZARDS,
            Field("handed_over_on", "moment", True, label="When"),
            Field("received_by", label="Community, owner or office that received it"),
            *_WOMEN_GIRLS_BOYS_MEN,
            _DEPTH._replace(label="Depth to which it was searched"),
            Field("methods", "codes", codes=WORK_METHODS, label="How it was released; several with semicolons"),
            Field("residual_risk", label="What is said of the risk that stays"),
            Field("quality_result", "code", codes=RESULTS, label="Result of quality assurance"),
            Field("not_released_m2", "area_m2", unit="m2", label="Of the area not released"),
            Field("is_signed", "code", True, YES_NO, label="Was the certificate signed by both sides"),
        ),
        "handed_over_on",
        has_outline=True,
    ),
    Kind(
        "approval",
        "Decision of an authority, or of its delegate, on a record",
        "IMAS 07.11",
        of_work(
            Field(
                "of_kind",
                "code",
                True,
                ("hazardous_area", "hazard_change", "land_release", "activity_report", "handover"),
                label="Kind of the record",
            ),
            LOCAL_ID._replace(label="Id of the record that is decided on"),
            ORGANISATION._replace(label="Organisation whose id that is"),
            Field("decision", "code", True, DECISIONS, label="Decision"),
            Field("decided_on", "day", True, label="When"),
            Field("decided_by", required=True, label="Authority, or its delegate, that decided"),
            DELEGATED_UNDER,
            Field("reason", label="Why"),
            NOTE._replace(sensitivity="T2"),
        ),
        ("of_kind", "organisation", "local_id", "decided_by", "decided_on"),
        valid=("decided_on", ""),
        claims_compete=True,
        is_key_given=True,
        told_by="decided_by",
    ),
    Kind(
        "country_rule",
        "What a country decided for itself about land release",
        "IMAS 07.11; national standards",
        (
            Field("rule", "code", True, tuple(COUNTRY_RULES), label="Rule"),
            Field("applies_to", "code", codes=RELEASE_CLASSES, label="Release class it is for; all of them where left out"),
            Field("value", required=True, label="What is decided"),
            Field("from", "day", True, label="First day in force", may_be_future=True),
            Field("to", "day", label="First day no longer in force", may_be_future=True),
            Field("reference", label="National standard or decision, with its clause"),
            NOTE._replace(sensitivity="T2"),
        ),
        ("rule", "applies_to", "value", "from"),
        valid=("from", "to"),
        periods=(("from", "to"),),
        claims_compete=True,
        is_key_given=True,
    ),
    _kind(
        "beneficiaries",
        "People who benefit, as counts",
        "IMAS technical note 05.10/01",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            Field("activity_class", "code", True, BENEFICIARY_ACTIVITIES, label="By what"),
            _TASK,
            _HAZARDS,
            Field("release", label="Id of the land release"),
            Field("reach", "code", True, ("direct", "indirect"), label="Directly or indirectly"),
            Field("stage", "code", True, ("expected", "confirmed"), label="Expected before or confirmed after"),
            Field("basis", "code", True, ("estimated", "counted"), label="Estimated or counted"),
            Field("method", label="How"),
            *_WOMEN_GIRLS_BOYS_MEN,
            Field("unknown", "integer", unit="persons", label="People whose sex or age is not known"),
            Field("pwd", "integer", unit="persons", label="Of all of them, people with a disability"),
            # The same person at two sessions is two, unless people were registered.
            Field("counted_unique", "code", True, YES_NO, label="Was each person counted once"),
            Field("period_from", "day", True, label="First day", may_be_future=True),
            Field("period_to", "day", True, label="Last day", may_be_future=True),
        ),
        "period_from",
        ("period_from", "period_to"),
    ),
)

WORK_KINDS = (*_WHO, *_DONE, *_CHECKED)
