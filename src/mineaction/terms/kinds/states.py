"""Facts about states: their codes and names, their groups, and their own policies on anti-personnel mines."""

from __future__ import annotations

from mineaction.terms.kinds.definition import ISO3_REQUIRED, NAME_REQUIRED, NOTE, Field, Kind

# The Charter of the United Nations entered into force in 1945.
_UN_FROM = "1945"
# The North Atlantic Treaty was signed on this day.
_NATO_FROM = "1949-04-04"
# The first step of a policy held here is the export moratorium of this day.
_POLICY_FROM = "1992-10-23"

STATE_KINDS = (
    Kind(
        "country",
        "State or area",
        "ISO 3166-1; UN M49",
        (
            Field("iso3", "text", True, pattern="[A-Z]{3}", label="Three-letter code"),
            Field("iso2", "text", True, pattern="[A-Z]{2}", label="Two-letter code"),
            # Kosovo has a user-assigned letter code and no number.
            Field("iso_numeric", "text", pattern=r"\d{3}|XKX", label="Number"),
            Field("name", required=True, label="Name"),
            Field("official_name", required=True, label="Official name"),
            # Other usual names, separated by semicolons, so that a reader's own word finds the state.
            Field("also_called", label="Other usual names"),
            Field("un_member", "code", True, ("0", "1"), label="Member of the United Nations"),
            Field("un_member_since_year", "year", label="Member since", least=_UN_FROM, required_when=("un_member", "1")),
            Field("un_region", required=True, label="Region"),
            Field("continent", "code", True, ("Africa", "America", "Antarctica", "Asia", "Europe", "Oceania"), label="Continent"),
            Field("on_korean_peninsula", "code", True, ("0", "1"), label="On the Korean Peninsula"),
            NOTE,
        ),
        ("iso3",),
    ),
    Kind(
        "group_membership",
        "Membership of a state in a group",
        "North Atlantic Treaty Articles 10 and 13",
        (
            Field("group", "code", True, ("nato",), label="Group"),
            ISO3_REQUIRED,
            NAME_REQUIRED,
            Field("from", "moment", True, label="Member from", least=_NATO_FROM),
            Field("to", "moment", label="First day no longer a member", least=_NATO_FROM),
            NOTE,
        ),
        ("group", "iso3"),
        valid=("from", "to"),
        periods=(("from", "to"),),
    ),
    Kind(
        "policy_step",
        "Rule of a national policy on anti-personnel mines",
        "national law and policy",
        (
            Field("step_id", required=True, pattern=r"US\d{4}[A-Z]*", label="Step"),
            Field("date", "moment", label="Day of the act", least=_POLICY_FROM),
            Field("instrument", required=True, label="Instrument"),
            Field("instrument_kind", "code", True, ("statute", "regulation", "executive_policy", "decision", "statement", "treaty")),
            Field("issuer", required=True, label="Issuer"),
            Field("in_force_from", "moment", True, label="In force from", least=_POLICY_FROM),
            # `unknown` means it may have ended; empty means in force to the end of the data.
            Field("in_force_to", "moment", codes=("unknown",), label="First day no longer in force", least=_POLICY_FROM),
            Field("ended_by", label="Ended by"),
            Field("rule_id", required=True, pattern=r"US\d{4}[A-Z]*-R\d+[a-z]?", label="Rule"),
            Field(
                "activity",
                "code",
                True,
                (
                    "use", "export", "transfer", "sale", "develop", "produce", "acquire", "stockpile", "destroy", "assist", "accede",
                    "design", "eliminate", "field_alternatives", "fund", "humanitarian_mine_action", "protect_civilians", "review",
                    "sign_ottawa",
                ),
                label="Activity",
            ),
            Field(
                "modality",
                "code",
                True,
                (
                    "prohibited", "permitted", "obliged", "aim", "unknown", "conditional", "limited", "capped", "rejected", "rescinded",
                    "not_done", "reference_to_previous_version", "exception_to_R8",
                ),
                label="What the rule says",
            ),
            Field("location_scope", "code", codes=("global", "korean_peninsula", "outside_korean_peninsula"), label="Where"),
            Field(
                "mine_scope",
                "code",
                codes=(
                    "all_APL", "persistent", "persistent_APL", "persistent_AV", "persistent_APL_and_AV", "nonpersistent",
                    "self_destructing", "non_self_destructing",
                    "non_self_destructing_or_not_self_deactivating, not remotely delivered", "non_detectable",
                    "remotely_delivered",
                ),
                label="Which mines",
            ),
            Field("exception", label="Exception"),
            Field("deadline_or_condition", label="Deadline or condition"),
            NOTE,
        ),
        ("rule_id",),
        valid=("in_force_from", "in_force_to"),
        periods=(("date", "in_force_from"), ("in_force_from", "in_force_to")),
    ),
)  # fmt: skip
