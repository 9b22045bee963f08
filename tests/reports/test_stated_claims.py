"""What a sentence states is checked as it states it: exceptions, purposes, negations; what it only supposes or denies is listed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reports.statements_at_hand import ANNOUNCED, check

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "stated_claims.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[one["text"] for one in CASES])
def test_a_sentence_is_checked_as_it_stands_or_listed_as_not_checked(case: dict[str, Any]) -> None:
    day = dt.date.fromisoformat(case["day"]) if "day" in case else ANNOUNCED
    answer = check(case["text"] + "\n", on=day, issuer="USA", dated=day)
    assert {one["quote"]: one["as_of"]["verdict"] for one in answer["claims"]} == case.get("claims", {})
    for one in answer["claims"]:
        assert case.get("because", "") in one["as_of"]["why"]
        assert case.get("note", "") in one["note"]
    if "claims" not in case:
        (left,) = answer["not_checked"]
        assert left["quote"] == case["text"]
        assert case["reason"] in left["reason"]


@pytest.mark.parametrize(
    "words",
    [
        f"All NATO members are parties to the Ottawa Convention except {'Canada ' * 200}x.",
        f"All NATO members except {'Canada and ' * 200}x.",
        f"Neither {'France nor ' * 200}x is a party to the Ottawa Convention.",
        f"France may retain anti-personnel mines for training {'mine detection ' * 150}x.",
    ],
    ids=["exception behind", "exception before", "neither nor", "purpose"],
)
def test_a_long_list_of_names_or_purposes_is_read_to_its_end(words: str) -> None:
    answer = check(f"The Ottawa Convention has more than 160 parties. {words}\n", on=ANNOUNCED)
    assert "parties_count" in {one["topic"] for one in answer["claims"]}
