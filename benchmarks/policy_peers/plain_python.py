"""Plain Python: one function of nested conditions, called for each record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = ""
Decide = Callable[..., str]


def setup(records: Records) -> Decide:
    """The policy as a function of a record's facts."""
    first, end = records.first, records.end

    def decide(
        act: str, item: str, initiation: str, persistence: str, counterparty: str,
        place: str, purpose: str, context: str, underlying: str, day: int,
    ) -> str:  # fmt: skip
        if not first <= day < end:
            return "not_in_force"
        if act in ASSIST:
            return "prohibited" if context == "other" and underlying == "prohibited" else "not_addressed"
        either_way = item == "anti_personnel_mine" and initiation == "both"
        if not either_way and item != "victim_activated_improvised_device" and (item != "anti_personnel_mine" or initiation != "victim"):
            return "not_addressed"
        if act in MAKE:
            found = "prohibited"
        elif act in TRANSFER:
            if act == "sell" and counterparty == "none":
                return "not_addressed"
            found = "permitted" if purpose in EXCEPTED else "prohibited"
        elif act == "use":
            in_korea = place == "korean_peninsula"
            found = "permitted" if in_korea and persistence == "self_destructing_and_deactivating" else "prohibited"
        elif act == "destroy":
            if purpose == "defence" and context == "korean_peninsula":
                return "not_addressed"
            found = "obliged"
        else:
            return "not_addressed"
        return "undetermined" if either_way else found

    return decide


def prepared(engine: Decide, records: Records) -> tuple[Records, list[tuple[Any, ...]]]:
    """A tuple of words a record."""
    return records, [tuple(row.values()) for row in records.rows()]


def verdicts(engine: Decide, given: tuple[Records, list[tuple[Any, ...]]]) -> Column:
    records, rows = given
    return records.as_codes((engine(*row) for row in rows), len(rows))


def when_place_is_missing() -> dict[str, str]:
    """A record without the key, read as most programs read it."""
    record = {"act": "use"}
    return {"record.get('place') == 'korea'": "permitted" if record.get("place") == "korea" else "prohibited"}
