"""Facts about the work around land release: who may do it, who was told to do it, what was done, checked, handed over and approved.

Terms are those of IMAS 04.10, 07.11, 07.30, 07.40, 08.30 and 09.20. A record is told whole; of one task order or accreditation several
rows may be told, one for each state it came into. What follows from them (may this operator work here, does this release count, which
status has this area) are answers of registers. Names of people have no field here: who received land is told as a body and as counts.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind
from mineaction.terms.kinds.land import (
    DEVICE_CATEGORIES,
    GIVEN_CRS,
    LATITUDE,
    LOCAL_ID,
    LONGITUDE,
    ORGANISATION,
)
from mineaction.terms.kinds.work_words import (
    ACCREDITATION_STATES,
    ACCREDITATION_TYPES,
    ACTIVITY_STATES,
    ASSETS,
    DEVICE_ORIGINS,
    DEVICE_STATES,
    DISPOSAL_METHODS,
    ORGANISATION_TYPES,
    REPORT_TYPES,
    TASK_STATES,
    WORK_METHODS,
    YES_NO,
)

_T2, _T3 = "T2", "T3"
HAZARDS = Field("hazards", sensitivity="T3", label="Ids of the hazardous areas; several with semicolons")
_HAZARD = Field("hazard", sensitivity="T3", label="Id of the hazardous area")
TASK = Field("task", label="Number of the task order")
ACTIVITY = Field("activity", label="Id of the activity")
_POINT = (LONGITUDE._replace(sensitivity="T3"), LATITUDE._replace(sensitivity="T3"))
DEPTH = Field("depth_m", "decimal", unit="m", label="Depth", least="0")
WOMEN_GIRLS_BOYS_MEN = tuple(Field(name, "integer", unit="persons", label=name.capitalize()) for name in ("women", "girls", "boys", "men"))
_DONOR = (Field("donor", label="Donor"), Field("project", label="Project"))


def of_work(*fields: Field) -> tuple[Field, ...]:
    """Details of work are for those who do it; what is sealed stays so."""
    return tuple(field if field.sensitivity == _T3 else field._replace(sensitivity="T2") for field in fields)


def kind_of_work(
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
    kind_of_work(
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
    kind_of_work(
        "task_order",
        "Task order, or its state from a day on",
        "IMAS 07.11",
        of_work(
            LOCAL_ID._replace(label="Number of the task order"),
            ORGANISATION._replace(label="Organisation that issues it"),
            Field("operator", required=True, label="Organisation that is to do it"),
            HAZARDS,
            Field("method", "codes", True, WORK_METHODS, label="What is to be done; several with semicolons"),
            Field("target", "codes", codes=DEVICE_CATEGORIES, label="Ordnance looked for; several with semicolons"),
            DEPTH,
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
    kind_of_work(
        "activity",
        "Survey, clearance or other work on the ground",
        "IMAS 07.11; GICHD Minimum Data Requirements",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that does it"),
            Field("method", "code", True, WORK_METHODS, label="What is done"),
            *_POINT,
            TASK,
            HAZARDS,
            Field("state", "code", True, ACTIVITY_STATES, label="State"),
            Field("started_on", "moment", True, label="First day of work"),
            Field("ended_on", "moment", label="Last day of work", required_when=("state", "completed")),
            Field("assets", "codes", codes=ASSETS, label="With which assets; several with semicolons"),
            DEPTH,
            Field("hours", "decimal", unit="hours", label="Hours of work of all people", least="0"),
            Field("is_rework", "code", codes=YES_NO, label="Said to be work done again"),
            *_DONOR,
        ),
        "started_on",
        ("started_on", "ended_on"),
        has_outline=True,
    ),
    kind_of_work(
        "activity_report",
        "Report about work: progress, completion, suspension or cancellation",
        "IMAS 07.11, IMAS 08.30",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            Field("report_type", "code", True, REPORT_TYPES, label="What it reports"),
            ACTIVITY,
            TASK,
            HAZARDS,
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
    kind_of_work(
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
                DEPTH._replace(label="Depth at which it was found"),
                Field("condition", label="Condition"),
                Field("origin", "code", True, DEVICE_ORIGINS, label="In which work it was found"),
                Field("state", "code", True, DEVICE_STATES, label="What was done with it"),
                Field("disposed_on", "moment", label="When it was destroyed", required_when=("state", "destroyed")),
                Field("disposal_method", "code", codes=DISPOSAL_METHODS, label="How it was destroyed"),
                Field("release", label="Id of the land release"),
                _HAZARD,
                TASK,
            )
        ),
        "found_on",
        ("found_on", "disposed_on"),
    ),
)

WORK_KINDS = (*_WHO, *_DONE)
