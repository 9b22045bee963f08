"""Facts about ground, as an operator or an authority tells them: hazardous areas, and land that was released (IMAS 04.10, 07.11, 08.10).

One record is one outline with its fields. What remains, what is open and what was counted twice are answers of registers, never fields.
A date may be a day, a month, a year or the word `unknown`.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind

_LOCAL_ID = Field("local_id", required=True, label="Id, as the organisation wrote it")
_ORGANISATION = Field("organisation", required=True, label="Organisation that reports")
_AREA = Field("reported_area_m2", "area_m2", unit="m2", label="Reported area, to 0.01 m2: never the one computed from the outline")
_AREA_GIVEN = Field("reported_area_given", label="Reported area as it was written, with its unit")
_UNKNOWN = ("unknown",)


def _sealed_tier(*fields: Field) -> tuple[Field, ...]:
    """Where uncleared ground lies is never published."""
    return tuple(field._replace(sensitivity="T3") for field in fields)


LAND_KINDS = (
    Kind(
        "hazardous_area",
        "Suspected or confirmed hazardous area, as reported",
        "IMAS 07.11, IMAS 08.10; GICHD Minimum Data Requirements",
        _sealed_tier(
            _LOCAL_ID,
            _ORGANISATION,
            Field("name", label="Name of the place"),
            # Suspected on indirect evidence, confirmed by direct evidence.
            Field("type", "code", True, ("SHA", "CHA"), label="Suspected (SHA) or confirmed (CHA)"),
            Field("identified_on", "moment", True, _UNKNOWN, label="When it was identified"),
            _AREA,
            _AREA_GIVEN,
            NOTE,
        ),
        ("organisation", "local_id"),
        valid=("identified_on", ""),
        claims_compete=True,
        geometry="outline",
        is_key_given=True,
    ),
    Kind(
        "land_release",
        "Land cancelled, reduced or cleared, as reported",
        "IMAS 07.11; GICHD Minimum Data Requirements",
        (
            _LOCAL_ID,
            _ORGANISATION,
            Field("release_class", "code", True, ("cancelled", "reduced", "cleared"), label="How the land was released"),
            Field("method", "code", True, ("NTS", "TS", "CLEARANCE"), label="Survey or clearance that released it"),
            Field("released_on", "moment", True, _UNKNOWN, label="When it was released: decides the reporting year"),
            Field("parent", sensitivity="T3", label="Hazardous area it is said to belong to; the outline decides"),
            _AREA,
            _AREA_GIVEN,
            NOTE,
        ),
        ("organisation", "local_id"),
        valid=("released_on", ""),
        claims_compete=True,
        geometry="outline",
        is_key_given=True,
    ),
)
