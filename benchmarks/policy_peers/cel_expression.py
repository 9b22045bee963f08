"""CEL, the Common Expression Language: one expression, executed for each record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cel

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "common-expression-language"


def among(words: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def setup(records: Records) -> Any:
    """The policy as a chain of conditions."""
    return cel.compile(f"""
        day < {records.first} || day >= {records.end} ? "not_in_force" :
        act in {among(ASSIST)} ? (context == "other" && underlying == "prohibited" ? "prohibited" : "not_addressed") :
        !(act in {among((*MAKE, *TRANSFER, "use", "destroy"))}) ? "not_addressed" :
        !(item == "victim_activated_improvised_device" || (item == "anti_personnel_mine" && initiation != "command")) ? "not_addressed" :
        act == "sell" && counterparty == "none" ? "not_addressed" :
        act == "destroy" && purpose == "defence" && context == "korean_peninsula" ? "not_addressed" :
        item == "anti_personnel_mine" && initiation == "both" ? "undetermined" :
        act in {among(MAKE)} ? "prohibited" :
        act in {among(TRANSFER)} ? (purpose in {among(EXCEPTED)} ? "permitted" : "prohibited") :
        act == "use" ?
            (place == "korean_peninsula" && persistence == "self_destructing_and_deactivating" ? "permitted" : "prohibited") :
        "obliged"
    """)


def prepared(engine: Any, records: Records) -> tuple[Records, list[dict[str, Any]]]:
    """A mapping a record."""
    return records, records.rows()


def verdicts(engine: Any, given: tuple[Records, list[dict[str, Any]]]) -> Column:
    records, rows = given
    return records.as_codes(map(engine.execute, rows), len(rows))


def when_place_is_missing() -> dict[str, str]:
    """An identifier that was not given stops the evaluation."""
    text = 'act == "use" && place == "korea" ? "permitted" : "prohibited"'
    try:
        answer = str(cel.evaluate(text, {"act": "use"}))
    except (RuntimeError, ValueError) as error:
        answer = f"no answer: {type(error).__name__}"
    return {'place == "korea" ? permitted : prohibited': answer}
