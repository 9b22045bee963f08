"""Facts about ground, as an operator or an authority tells them: hazardous areas, what happened to them, and land that was released.

Terms are those of IMAS 04.10, 07.11 and 08.10. One record is one outline with its fields; a hazardous area may be known as a point only.
What remains, what is open and what was counted twice are answers of registers, never fields: `status` is what somebody said of an area.
A date may be a day, a month, a year or the word `unknown`.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import EXTRAS, LINKS, NOTE, Field, Kind

UNKNOWN_DAY = ("unknown",)
LOCAL_ID = Field("local_id", required=True, label="Id, as the organisation wrote it")
ORGANISATION = Field("organisation", required=True, label="Organisation that reports")
_AREA = Field("reported_area_m2", "area_m2", unit="m2", label="Reported area, to 0.01 m2: never the one computed from the outline")
_AREA_GIVEN = Field("reported_area_given", label="Reported area as it was written, with its unit")
LONGITUDE = Field("longitude", "decimal", unit="degrees", label="Longitude of its point (WGS 84)", least="-180", most="180")
LATITUDE = Field("latitude", "decimal", unit="degrees", label="Latitude of its point (WGS 84)", least="-90", most="90")
ACCURACY = Field("location_accuracy_m", "decimal", unit="m", label="How far off the place may be", least="0")
GIVEN_CRS = Field("given_crs", label="Coordinate system in which the place was given")
APPROVED_BY = Field("approved_by", label="Authority, or its delegate, that approved it")
APPROVED_ON = Field("approved_on", "moment", label="When it was approved")
DELEGATED_UNDER = Field("delegated_under", label="What lets a delegate approve")

HAZARD_TYPES = ("SHA", "CHA")
RELEASE_CLASSES = ("cancelled", "reduced", "cleared")
RELEASE_METHODS = ("NTS", "TS", "CLEARANCE")
# The statuses of a hazardous area, as they are worked out from what was reported.
HAZARD_STATUSES = (
    "suspected_open", "confirmed_open", "in_progress", "suspended", "closed", "released", "cancelled", "void", "superseded",
)  # fmt: skip
# What a list may say: many lists know open areas only, whether suspected or confirmed.
TOLD_STATUSES = ("open", *HAZARD_STATUSES)
# Categories of explosive ordnance (IMAS 07.10). An anti-personnel mine of an improvised nature is both a mine and improvised.
DEVICE_CATEGORIES = (
    "ap_mine", "ap_mine_improvised", "av_mine", "cluster_munition", "uxo", "axo", "booby_trap", "other_device", "ied", "unknown",
)  # fmt: skip
# What the ground was released of. Battle area and single items are told apart from mined area in every figure.
GROUND_KINDS = ("mined_area", "cluster_munition_area", "battle_area", "eod_spot")
CHANGES_OF_GROUND = ("extended", "remeasured", "voided", "superseded", "reclassified")
CHANGES_OF_STATUS = ("started", "suspended", "resumed", "descoped", "closed", "handed_over")


def sealed_tier(*fields: Field) -> tuple[Field, ...]:
    """Where uncleared ground lies is never published."""
    return tuple(field._replace(sensitivity="T3") for field in fields)


LAND_KINDS = (
    Kind(
        "hazardous_area",
        "Suspected or confirmed hazardous area, as reported",
        "IMAS 07.11, IMAS 08.10; GICHD Minimum Data Requirements",
        sealed_tier(
            LOCAL_ID,
            ORGANISATION,
            Field("name", label="Name of the place"),
            # Suspected on indirect evidence, confirmed by direct evidence.
            Field("type", "code", True, HAZARD_TYPES, label="Suspected (SHA) or confirmed (CHA)"),
            Field("identified_on", "moment", True, UNKNOWN_DAY, label="When it was identified"),
            _AREA,
            _AREA_GIVEN,
            LONGITUDE,
            LATITUDE,
            ACCURACY,
            GIVEN_CRS,
            Field("survey_method", "code", codes=("NTS", "TS", "other"), label="Survey that identified it"),
            Field("direct_evidence", label="Direct evidence"),
            Field("indirect_evidence", label="Indirect evidence"),
            Field("contamination", "codes", codes=DEVICE_CATEGORIES, label="Ordnance suspected or confirmed; several with semicolons"),
            Field("status", "code", codes=TOLD_STATUSES, label="Status, as the list it comes from says"),
            Field("status_on", "moment", label="Since when it has that status"),
            Field("control", "code", codes=("yes", "no", "unknown"), label="Under the control of the state, not only its jurisdiction"),
            Field("place_code", label="Code of the administrative area it is said to lie in"),
            Field("place_name", label="Name of the administrative area it is said to lie in"),
            # Children of a split or merger take over ground, so that it is not newly identified.
            Field("replaces", label="Ids of the areas it takes over after a split or merger; several with semicolons"),
            Field("rediscovered_from", label="Id of the released area in which contamination was found again"),
            LINKS,
            EXTRAS,
            NOTE,
        ),
        ("organisation", "local_id"),
        valid=("identified_on", ""),
        claims_compete=True,
        geometry="outline",
        is_key_given=True,
    ),
    Kind(
        "hazard_change",
        "What happened to a hazardous area, other than release",
        "IMAS 07.11, IMAS 08.10, IMAS 08.30",
        sealed_tier(
            LOCAL_ID._replace(label="Id of the hazardous area"),
            ORGANISATION._replace(label="Organisation whose id that is"),
            Field("change", "code", True, CHANGES_OF_GROUND + CHANGES_OF_STATUS, label="What happened"),
            Field("changed_on", "day", True, label="When it happened"),
            # The outline of an extension or a new measurement is the whole new one.
            Field("type", "code", codes=HAZARD_TYPES, label="Class from then on", required_when=("change", "reclassified")),
            Field("reason", label="Why"),
            Field("evidence", label="What shows it: report, certificate, decision"),
            Field("successors", label="Ids of the areas that take its place after a split or merger; several with semicolons"),
            APPROVED_BY,
            Field("second_approved_by", label="Second person who approved, where two must"),
            APPROVED_ON,
            GIVEN_CRS,
            LINKS,
            EXTRAS,
            NOTE,
        ),
        ("organisation", "local_id", "change", "changed_on"),
        valid=("changed_on", ""),
        claims_compete=True,
        geometry="outline",
        is_key_given=True,
    ),
    Kind(
        "land_release",
        "Land cancelled, reduced or cleared, as reported",
        "IMAS 07.11; GICHD Minimum Data Requirements",
        (
            LOCAL_ID,
            ORGANISATION,
            Field("release_class", "code", True, RELEASE_CLASSES, label="How the land was released"),
            Field("method", "code", True, RELEASE_METHODS, label="Survey or clearance that released it"),
            Field("released_on", "moment", True, UNKNOWN_DAY, label="When it was released: decides the reporting year"),
            Field("parent", sensitivity="T3", label="Hazardous area it is said to belong to; the outline decides"),
            Field("task", sensitivity="T2", label="Number of the task order"),
            _AREA,
            _AREA_GIVEN,
            # Some lists tell a point and a figure only: such a release reduces no computed area. Nobody can see from a point whether its
            # ground may still be hazardous, so it is not published.
            LONGITUDE._replace(sensitivity="T2"),
            LATITUDE._replace(sensitivity="T2"),
            ACCURACY._replace(sensitivity="T2"),
            Field("processed_m2", "area_m2", unit="m2", label="Of it searched to full depth, as reported"),
            Field("ground", "code", codes=GROUND_KINDS, label="What it was released of"),
            Field("asset", label="What was used: manual, mechanical, animals, ..."),
            Field("depth_m", "decimal", unit="m", label="Clearance depth", least="0"),
            Field("criteria", sensitivity="T2", label="Criteria under which it was released"),
            # Progress polygons drawn anew over the whole task each time are cumulative; each new piece alone is incremental.
            Field("drawn", "code", codes=("incremental", "cumulative"), label="Is the outline the new piece, or all so far"),
            Field("is_rework", "code", codes=("yes", "no"), label="Said to be ground done again"),
            APPROVED_BY._replace(sensitivity="T2"),
            APPROVED_ON,
            DELEGATED_UNDER._replace(sensitivity="T2"),
            GIVEN_CRS,
            LINKS,
            EXTRAS,
            NOTE._replace(sensitivity="T2"),
        ),
        ("organisation", "local_id"),
        valid=("released_on", ""),
        claims_compete=True,
        geometry="outline",
        geometry_tier="T1",  # land that was released
        is_key_given=True,
    ),
)
