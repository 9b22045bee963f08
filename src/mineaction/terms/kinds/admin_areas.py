"""Facts about administrative areas, as whoever keeps the boundaries tells them: country, province, district and below, each with its days.

Codes are those of the list that is used, for example p-codes (OCHA common operational datasets). A reform is told by closing the old area
(`valid_to`) and telling the new one: an answer about a day uses the areas of that day. The source is required, since no organisation
reports them.
"""

from __future__ import annotations

from mineaction.terms.kinds.definition import NOTE, Field, Kind

# 0 is the country; the deepest level of the sets in use is 5.
LEVELS = ("0", "1", "2", "3", "4", "5")

ADMIN_KINDS = (
    Kind(
        "admin_area",
        "Administrative area",
        "OCHA common operational datasets: administrative boundaries",
        (
            Field("level", "code", True, LEVELS, label="Level: 0 is the country, 1 the largest part of it"),
            Field("code", required=True, label="Code, for example a p-code"),
            Field("name", required=True, label="Name"),
            Field("iso3", required=True, pattern="[A-Z]{3}", label="Country, ISO 3166 code of three letters"),
            Field("parent_code", label="Code of the area of the level above in which it lies"),
            # A year or month counts from its first day, and is listed as not known to the day: predecessor and successor meet there.
            Field("valid_from", "moment", label="First day on which it exists; left out: nothing is told", may_be_future=True),
            Field("valid_to", "moment", label="First day on which it exists no more; left out: nothing is told", may_be_future=True),
            NOTE._replace(sensitivity="T2"),
        ),
        ("iso3", "level", "code"),
        valid=("valid_from", "valid_to"),
        periods=(("valid_from", "valid_to"),),
        claims_compete=True,
        geometry="outline",
        geometry_tier="T1",
        is_key_given=True,
    ),
)
