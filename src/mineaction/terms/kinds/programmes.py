"""Facts about mine action programmes: money, victims and survivors, ground declared free, stocks - as published, each on its own basis."""

from __future__ import annotations

from mineaction.terms.kinds.definition import APMBC_IN_FORCE, BOUNDS, ISO3, ISO3_REQUIRED, NAME, NAME_REQUIRED, NOTE, Field, Kind

# The programme that the funding records describe was established in 1993; no row can begin earlier.
_FUNDING_FROM = "1993"

PROGRAMME_KINDS = (
    Kind(
        "funding_record",
        "Money for conventional weapons destruction, as published",
        "United States fiscal years; the Monitor's rows are calendar years",
        (
            Field("record_id", required=True, pattern=r"F\d{3}", label="Record"),
            Field(
                "kind",
                "code",
                True,
                (
                    "annual_total", "annual_account", "country_annual", "cumulative_claim", "cwd_annual_total", "cwd_cumulative_claim",
                    "region_cumulative", "group_cumulative", "country_cumulative_derived", "country_cumulative_stated",
                    "monitor_annual_total", "monitor_country_annual",
                ),
                label="What is counted: kinds are never added together",
            ),
            ISO3,
            NAME,
            Field("region", label="Region or group of states"),
            Field("fiscal_year_from", "year", True, label="First year", least=_FUNDING_FROM),
            Field("fiscal_year_to", "year", label="Last year", least=_FUNDING_FROM),
            Field("amount_usd", "usd", unit="USD", label="Amount"),
            Field("bound", "code", True, BOUNDS, label="How the amount is meant"),
            Field("account", "code", codes=("NADR-HD", "OHDACA", "HD-R&D", "ITF"), label="Account"),
            Field("agency", "code", codes=("all", "State", "DoD"), label="Agency"),
            Field("countries_count", pattern=r"\d+\+?( active)?", unit="states and areas", label="Recipients counted"),
            Field("percent_of_region", "percent", unit="percent", label="Share of the region's total", most="100"),
            NOTE,
        ),
        ("record_id",),
        periods=(("fiscal_year_from", "fiscal_year_to"),),
    ),
    Kind(
        "funding_recipient",
        "State or area named as a recipient of United States funds",
        "published reports",
        (ISO3_REQUIRED, NAME_REQUIRED, Field("sources", "integer", True, unit="sources", label="Sources that name it", least="1"), NOTE),
        ("iso3",),
    ),
    Kind(
        "war_victims_fund",
        "Leahy War Victims Fund: money, programmes and people, as published",
        "published reports",
        (
            Field("as_of", "as_of", True, label="As of"),
            Field(
                "kind",
                "code",
                True,
                (
                    "fund_established", "cumulative_disbursed", "cumulative_assistance", "beneficiaries_claim", "country_programme",
                    "project_beneficiaries",
                ),
                label="What is told",
            ),
            ISO3,
            NAME,
            Field("amount_usd", "usd", unit="USD", label="Amount"),
            Field("bound", "code", codes=BOUNDS, label="How the figures are meant"),
            Field("countries", unit="states", label="States, as worded"),
            Field("people", unit="people", label="People, as worded"),
            NOTE,
        ),
        ("as_of", "kind", "iso3"),
    ),
    Kind(
        "casualty_count",
        "People killed or injured by mines and explosive remnants in one year, as published",
        "Landmine Monitor",
        (
            # The Monitor counts from 1999, the year the Convention entered into force.
            Field("year", "year", True, label="Year", least="1999"),
            ISO3,
            NAME_REQUIRED._replace(codes=("WORLD",)),
            Field("total", "integer", unit="people", label="Casualties"),
            Field("killed", "integer", unit="people", label="Killed"),
            Field("injured", "integer", unit="people", label="Injured"),
            Field("unknown", "integer", unit="people", label="Outcome unknown"),
            Field("bound", "code", True, BOUNDS, label="How the figure is meant"),
            Field("edition", required=True, pattern=r"(LM|State )\d{4}", label="Edition"),
            NOTE,
        ),
        ("year", "iso3|name"),
        claims_compete=True,
    ),
    Kind(
        "mine_free_milestone",
        "State or area free of mines, or of their impact, as declared or reported",
        "APMBC Article 5(1); published statements",
        (
            ISO3_REQUIRED,
            NAME_REQUIRED,
            Field(
                "basis",
                "code",
                True,
                (
                    "APMBC_Art5_completion", "declared_mine_free", "declared_impact_free", "free_of_humanitarian_impact",
                    "clearance_reported_complete",
                ),
                label="What was declared or reported",
            ),
            Field("date_or_year", "moment", label="When", least=APMBC_IN_FORCE),
            Field("us_list_of_17", required=True, label="Evidence that it is one of the seventeen of 2022"),
            NOTE,
        ),
        ("iso3", "basis"),
        valid=("date_or_year", ""),
    ),
    Kind(
        "mine_free_count",
        "Number of states free of mines, as published, each on its own basis",
        "published statements",
        (Field("as_of", "as_of", True, label="As of"), Field("count", required=True, label="Count, as worded"), NOTE),
        ("as_of",),
        claims_compete=True,
    ),
    Kind(
        "stockpile_figure",
        "Anti-personnel mines of the United States: published figures",
        "published reports",
        (
            Field("as_of", "as_of", True, label="As of"),
            Field("type", required=True, label="Category, as worded"),
            Field("quantity", "integer", True, unit="mines", label="Quantity"),
            Field("bound", "code", True, BOUNDS, label="How the figure is meant"),
            Field("measure", "code", True, ("stockpile", "destroyed", "modified", "exported"), label="What is counted"),
            NOTE,
        ),
        ("as_of", "measure", "type"),
        claims_compete=True,
    ),
)  # fmt: skip
