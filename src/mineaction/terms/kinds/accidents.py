"""Facts about accidents, as an organisation reports them: place, day and counts, never a person.

Terms are those of IMAS 10.60 and the GICHD Minimum Data Requirements. Counts are of people killed, injured, and of those whose outcome is
not known. Somebody who dies later is told by a record that supersedes the first: one moves from injured to killed, none is added. Nothing
of it is published or a layer of a map; what would tell of a person is refused (`sources/personal_columns.py`).
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind
from mineaction.terms.kinds.land import (
    ACCURACY,
    DEVICE_CATEGORIES,
    GIVEN_CRS,
    LATITUDE,
    LOCAL_ID,
    LONGITUDE,
    ORGANISATION,
    UNKNOWN_DAY,
    sealed_tier,
)

ACCIDENT_TYPES = ("demining", "cluster_munition", "ied", "mine", "stored_ammunition", "uxo_axo", "other", "unknown")
COUNTS = ("killed_count", "injured_count", "unknown_outcome_count")

ACCIDENT_KINDS = (
    Kind(
        "accident",
        "Accident with explosive ordnance: place, day and counts",
        "IMAS 10.60; GICHD Minimum Data Requirements",
        sealed_tier(
            LOCAL_ID,
            ORGANISATION,
            Field("happened_on", "moment", True, UNKNOWN_DAY, label="When it happened"),
            Field("day_accuracy", "code", codes=("exact", "approximate", "unknown"), label="How well that day is known"),
            LONGITUDE,
            LATITUDE,
            ACCURACY,
            GIVEN_CRS,
            Field("place_name", label="Name of the place"),
            Field("place_code", label="Code of the administrative area"),
            Field("accident_type", "code", True, ACCIDENT_TYPES, label="Type of accident"),
            Field("device_category", "codes", codes=DEVICE_CATEGORIES, label="Category of ordnance; several with semicolons"),
            Field("is_demining", "code", True, ("yes", "no", "unknown"), label="Did it happen to deminers at work"),
            Field("killed_count", "integer", unit="people", label="People killed; left out where it is not known"),
            Field("injured_count", "integer", unit="people", label="People injured and alive; left out where it is not known"),
            Field("unknown_outcome_count", "integer", unit="people", label="People of whom neither is known"),
            Field("hazard_local_id", label="Id of the hazardous area in which it happened"),
            NOTE._replace(label="Note; never about a person"),
        ),
        ("organisation", "local_id"),
        valid=("happened_on", ""),
        claims_compete=True,
        is_key_given=True,
    ),
)
