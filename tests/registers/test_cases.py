"""The cases a lawyer can read: each file of `cases/` asks one question, each case is a sentence, and each key of it is known here.

To add a case, add a sentence with what is asked and what is expected; a word that this file does not know fails the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mineaction.ledger.packaged import packaged_book
from mineaction.registers.groups import by_status, members_on
from mineaction.registers.treaty_binding import DEFAULT_READING, binding_on
from mineaction.registers.treaty_clocks import clocks_of, is_within_article_4_period
from mineaction.registers.treaty_status import parties_on, standing_and_disputes, status_of
from tests.registers.packaged_histories import day, history

CASES = Path(__file__).parent / "cases"
# Fewer cases than this would mean that a file was lost.
CASES_LEAST = 70

Asked = Mapping[str, str]


def about_a_state(asked: Asked) -> dict[str, Any]:
    found = status_of(history(asked["treaty"], asked.get("known_at", "")), asked["state"], day(asked["on"]))
    return {
        "status": found.status,
        "reason": found.reason,
        "bound_from": str(found.bound_from or ""),
        "bound_to": str(found.bound_to or ""),
        "signed_on": str(found.signed_on or ""),
        "assumes": list(found.assumes),
        "disputes": [one.claim.reading for one in found.disputes],
        "if_right": {one.claim.reading: one.alternative[0] for one in found.disputes},
        "assumed_rows": [one.fact.subject for one in found.assumed_rows],
        "beyond_data": _word(found.beyond_data),
        "as_last_known": _word(found.as_last_known),
    }


def about_the_count(asked: Asked) -> dict[str, Any]:
    found = parties_on(history(asked["treaty"], asked.get("known_at", "")), day(asked["on"]))
    return {
        "count": str(found.count),
        "signatories": str(len(found.signatories)),
        "withdrawn": list(found.withdrawn),
        "others": found.others,
        "count_if_right": {reading: str(count) for _, reading, count in found.count_by_reading},
        "listed": str(found.completeness.listed),
        "published": str(found.completeness.published),
        "beyond_data": _word(found.beyond_data),
        "as_last_known": _word(found.as_last_known),
    }


def about_the_members(asked: Asked) -> dict[str, Any]:
    book, on = packaged_book(), day(asked["on"])
    known_at = asked.get("known_at", "")
    members = members_on(asked["group"], on, book.facts("group_membership"), book.facts("country"), day(known_at) if known_at else None)
    told = history(asked["treaty"], known_at)
    parted = by_status(members, lambda iso3: standing_and_disputes(told, iso3, on)[0][0])
    return {
        "members": str(len(members.certain)),
        "party": str(len(parted.party)),
        "not_party": list(parted.not_party),
        "unknown": list(parted.unknown),
    }


def about_the_binding(asked: Asked) -> dict[str, Any]:
    found = binding_on(
        history(asked["treaty"], asked.get("known_at", "")), asked["state"], day(asked["on"]), asked.get("reading", DEFAULT_READING)
    )
    return {"bound": found.bound, "reason": found.reason, "proviso": found.proviso, "readings": dict(found.readings)}


def about_the_deadlines(asked: Asked) -> dict[str, Any]:
    told, on = history(asked.get("treaty", "APMBC"), asked.get("known_at", "")), day(asked["on"])
    found = clocks_of(told, asked["state"], on, packaged_book().facts("article_event"))
    reading = asked.get("reading", DEFAULT_READING)
    rows: dict[str, list[str]] = {f"article_{number}": [] for number in (3, 4, 5, 7)}
    notes: list[str] = []
    for one in found.deadlines:
        if one.reading == reading:
            due = one.due or "a day not known"
            rows[f"article_{one.article[0]}"].append(f"{due}, {one.basis}: {one.status}, binds {one.binds}")
            notes.append(one.note)
    return {
        **rows,
        "reason": found.state.reason,
        "note": notes,
        "within_article_4_period": is_within_article_4_period(told, asked["state"], on) or "not bound",
        "left_out_rows": [one.fact.subject for one in found.left_out_rows],
    }


def _word(value: bool) -> str:
    return "yes" if value else "no"


QUESTIONS: dict[str, tuple[Callable[[Asked], dict[str, Any]], set[str]]] = {
    "status of a state": (about_a_state, {"treaty", "state", "on", "known_at"}),
    "count of parties": (about_the_count, {"treaty", "on", "known_at"}),
    "members of a group": (about_the_members, {"treaty", "group", "on", "known_at"}),
    "who is bound": (about_the_binding, {"treaty", "state", "on", "known_at", "reading"}),
    "deadlines of a state": (about_the_deadlines, {"treaty", "state", "on", "known_at", "reading"}),
}


def cases() -> list[Any]:
    found: list[Any] = []
    for path in sorted(CASES.glob("*.yaml")):
        # BaseLoader reads every value as the text it is: no date or number is turned into something else.
        whole = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert set(whole) == {"question", "cases"}, f"{path.name}: the keys are question and cases"
        for case in whole["cases"]:
            found.append(pytest.param(whole["question"], case, id=f"{path.stem}: {case.get('says', case)}"))
    return found


@pytest.mark.parametrize(("question", "case"), cases())
def test_the_registers_agree_with(question: str, case: dict[str, Any]) -> None:
    answer_to, may_ask = QUESTIONS[question]
    assert set(case) == {"says", "ask", "expect"}, "a case has says, ask and expect"
    assert set(case["ask"]) <= may_ask, f"unknown words in ask: {set(case['ask']) - may_ask}"
    answer = answer_to(case["ask"])
    assert case["expect"] and set(case["expect"]) <= set(answer), f"unknown words in expect: {set(case['expect']) - set(answer)}"
    for key, expected in case["expect"].items():
        found = answer[key]
        # A text expected of a list must stand in one of its lines; everything else must be equal.
        if isinstance(found, list) and isinstance(expected, str):
            assert any(expected in line for line in found), (key, found)
        elif key == "proviso":
            assert expected in found if expected else found == "", (key, found)
        else:
            assert found == expected, (key, found)


def test_every_case_is_another_sentence_and_none_is_lost() -> None:
    sentences = [param.values[1]["says"] for param in cases()]
    assert len(sentences) == len(set(sentences)) >= CASES_LEAST


def test_a_word_that_is_not_known_fails_the_run() -> None:
    case = {"says": "x", "ask": {"treaty": "APMBC", "state": "POL", "on": "2022-06-21"}, "expect": {"statuss": "party"}}
    with pytest.raises(AssertionError, match="unknown words in expect"):
        test_the_registers_agree_with("status of a state", case)
