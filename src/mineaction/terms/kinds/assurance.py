"""Facts about what was checked, handed over and decided: quality visits, sampling, handovers, approvals, rules of a country, beneficiaries.

Terms are those of IMAS 07.40, 08.30 and 09.20. A decision is a record of its own; whether a release counts by it is an answer of registers.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind
from mineaction.terms.kinds.land import APPROVED_BY, DELEGATED_UNDER, LOCAL_ID, ORGANISATION, RELEASE_CLASSES
from mineaction.terms.kinds.work import ACTIVITY, DEPTH, HAZARDS, TASK, WOMEN_GIRLS_BOYS_MEN, kind_of_work, of_work
from mineaction.terms.kinds.work_words import (
    BENEFICIARY_ACTIVITIES,
    COUNTRY_RULES,
    DECIDED_KINDS,
    DECISIONS,
    RESULTS,
    SEVERITIES,
    WORK_METHODS,
    YES_NO,
)

_INSPECTED = Field("inspected", required=True, label="Organisation inspected")

ASSURANCE_KINDS = (
    kind_of_work(
        "quality_visit",
        "Visit of quality assurance",
        "IMAS 07.40; GICHD Minimum Data Requirements",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that inspects"),
            _INSPECTED,
            Field("visited_on", "moment", True, label="When"),
            ACTIVITY,
            TASK,
            HAZARDS,
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
    kind_of_work(
        "sampling",
        "Sampling of a lot after clearance",
        "IMAS 09.20",
        of_work(
            LOCAL_ID,
            ORGANISATION._replace(label="Organisation that samples"),
            _INSPECTED,
            Field("sampled_on", "moment", True, label="When"),
            TASK,
            HAZARDS,
            Field("lot_m2", "area_m2", unit="m2", label="Size of the lot"),
            Field("sampled_m2", "area_m2", True, unit="m2", label="Of it searched"),
            Field("find_count", "integer", True, unit="items", label="Items found"),
            Field("result", "code", True, RESULTS, label="Result"),
        ),
        "sampled_on",
        has_outline=True,
    ),
    kind_of_work(
        "handover",
        "Handover of released land",
        "IMAS 08.30",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            TASK,
            HAZARDS,
            Field("handed_over_on", "moment", True, label="When"),
            Field("received_by", label="Community, owner or office that received it"),
            *WOMEN_GIRLS_BOYS_MEN,
            DEPTH._replace(label="Depth to which it was searched"),
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
            Field("of_kind", "code", True, DECIDED_KINDS, label="Kind of the record"),
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
    kind_of_work(
        "release_reversal",
        "Release that is taken back from a day on",
        "IMAS 07.11",
        of_work(
            LOCAL_ID._replace(label="Id of the land release"),
            ORGANISATION._replace(label="Organisation whose id that is"),
            # Never backwards: what was reported of earlier years stands.
            Field("reversed_on", "day", True, label="From when on the ground is hazardous again"),
            Field("reason", required=True, label="Why"),
            Field("evidence", label="What shows it: report, inspection, decision"),
            APPROVED_BY,
        ),
        "reversed_on",
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
    kind_of_work(
        "beneficiaries",
        "People who benefit, as counts",
        "IMAS technical note 05.10/01",
        of_work(
            LOCAL_ID,
            ORGANISATION,
            Field("activity_class", "code", True, BENEFICIARY_ACTIVITIES, label="By what"),
            TASK,
            HAZARDS,
            Field("release", label="Id of the land release"),
            Field("reach", "code", True, ("direct", "indirect"), label="Directly or indirectly"),
            Field("stage", "code", True, ("expected", "confirmed"), label="Expected before or confirmed after"),
            Field("basis", "code", True, ("estimated", "counted"), label="Estimated or counted"),
            Field("method", label="How"),
            *WOMEN_GIRLS_BOYS_MEN,
            Field("unknown", "integer", unit="persons", label="People whose sex or age is not known"),
            Field("with_disability", "integer", unit="persons", label="Of all of them, people with a disability"),
            # The same person at two sessions is two, unless people were registered.
            Field("counted_unique", "code", True, YES_NO, label="Was each person counted once"),
            Field("period_from", "day", True, label="First day", may_be_future=True),
            Field("period_to", "day", True, label="Last day", may_be_future=True),
        ),
        "period_from",
        ("period_from", "period_to"),
    ),
)
