"""The answers of `status` and `deadlines` as dictionaries: their keys, their problems, and that they are plain data."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.programme.treaties import deadlines, histories, status
from mineaction.terms.problem import ProblemError


def test_a_count_has_the_keys_of_the_command_line() -> None:
    answer = status("APMBC", on="2022-06-21")
    assert answer["instrument"] == "APMBC"
    assert answer["on"] == "2022-06-21"
    assert answer["count"] == len(answer["parties"]) == 164
    assert answer["completeness"] == {
        "list_status": "complete",
        "listed": 166,
        "published": 166,
        "published_on": "2025-12-01",
        "complete_until": "2026-04-08",
    }
    assert answer["beyond_data"] is False
    assert answer["disputed"] == []
    assert answer["books"] == [packaged_book().identity()]


def test_a_group_adds_its_members_by_status() -> None:
    answer = status("ottawa", on=dt.date(2022, 6, 21), group="NATO")
    assert (answer["group"], len(answer["members"]), len(answer["members_party"])) == ("nato", 30, 29)
    assert (answer["members_not_party"], answer["members_unknown"]) == (["USA"], [])
    assert (answer["all_party"], answer["events_to_flip_all"]) == (False, 1)
    assert answer["group_beyond_data"] is False


def test_a_group_after_the_end_of_its_own_data_says_so() -> None:
    assert status("APMBC", on="2025-01-01", group="nato")["group_beyond_data"] is True


def test_a_state_adds_its_status_and_its_acts() -> None:
    answer = status("APMBC", on="2026-03-01", state="Poland")
    assert (answer["state"], answer["status"], answer["reason"]) == ("POL", "withdrawn", "withdrawn")
    kinds = [one["kind"] for one in answer["events"]]
    assert kinds == [
        "signed",
        "consent",
        "entry_into_force",
        "withdrawal_notified",
        "withdrawal_effective_printed",
        "withdrawal_effective",
    ]
    assert all(one["date"] and one["source"] for one in answer["events"])
    (printed,) = answer["printed_effective"]
    assert (printed["printed"], printed["derived"], printed["agrees"]) == ("2026-02-20", "2026-02-20", None)


def test_acts_after_the_day_asked_about_are_listed_apart() -> None:
    answer = status("APMBC", on="2022-06-21", state="FIN")
    assert [one["kind"] for one in answer["events"]] == ["consent", "entry_into_force"]
    assert [one["date"] for one in answer["later_events"]] == ["2025-07-10", "2026-01-10", "2026-01-10"]
    assert answer["printed_effective"][0]["agrees"] is True


def test_a_state_that_never_consented_comes_with_the_evidence() -> None:
    answer = status("APMBC", on="2022-06-21", state="US")
    assert answer["status"] == "not_party"
    assert "not a signatory" in answer["no_consent"]["note"]


def test_a_dispute_names_claimant_default_reading_and_alternative() -> None:
    answer = status("APMBC", on="2026-03-01", state="UKR")
    (suspension,) = [one for one in answer["disputed"] if one["claim"] == "suspension"]
    assert (suspension["state"], suspension["reading"], suspension["alternative"]) == ("UKR", "party", "not_party")
    assert suspension["claimant"].startswith("Ukraine, parliament")
    assert suspension["source"]
    assert answer["count_by_reading"] == [{"state": "UKR", "reading": "suspension", "count": 160}]


def test_an_answer_as_known_lists_the_assumed_rows_it_used() -> None:
    answer = status("APMBC", on="2026-03-01", known_at="2026-03-01", state="POL")
    assert answer["assumed_rows"] == ["treaty_event/APMBC/POL/withdrawal_notified"]
    assert answer["state_assumed_rows"] == ["treaty_event/APMBC/POL/withdrawal_notified"]
    assert status("APMBC", on="2026-03-01")["assumed_rows"] == []


def test_deadlines_have_the_keys_of_the_command_line() -> None:
    answer = deadlines("APMBC", state="UKR", on="2022-06-21")
    assert {"article", "due", "basis", "status", "binds", "source"} <= set(answer["deadlines"][0])
    assert [(one["article"], one["due"], one["status"]) for one in answer["deadlines"]][:3] == [
        ("4", "2010-06-01", "missed"),
        ("5", "2016-06-01", "missed"),
        ("5", "2023-12-01", "open"),
    ]


def test_an_unknown_due_day_is_null_and_a_year_is_a_year() -> None:
    assert [one["due"] for one in deadlines("APMBC", state="KHM", on="2026-01-01")["deadlines"] if one["article"] == "5"] == [None]
    assert [one["due"] for one in deadlines("APMBC", state="AGO", on="2026-01-01")["deadlines"] if one["article"] == "5"] == ["2030"]


def test_a_state_that_is_not_bound_has_no_deadline_and_the_answer_says_why() -> None:
    answer = deadlines("APMBC", state="USA", on="2022-06-21")
    assert (answer["deadlines"], answer["status"], answer["reason"]) == ([], "not_party", "never_consented")


def test_after_the_end_of_the_events_deadlines_are_as_last_known() -> None:
    assert deadlines("APMBC", state="UKR", on="2025-12-31")["as_last_known"] is False
    answer = deadlines("APMBC", state="UKR", on="2026-01-01")
    assert (answer["events_complete_until"], answer["beyond_data"], answer["as_last_known"]) == ("2025-12-31", True, True)


@pytest.mark.parametrize("treaty", ["APMBC", "CCM", "CCW_APII", "CCW_PV"])
def test_every_answer_is_plain_data(treaty: str) -> None:
    for group in ("nato", "un", "korean_peninsula"):
        answer = status(treaty, on="2025-07-30", known_at="2025-07-30", group=group, state="UKR")
        assert json.loads(json.dumps(answer)) == answer
    answer = deadlines("APMBC", state="UKR", on="2025-07-30", known_at="2025-07-30")
    assert json.loads(json.dumps(answer)) == answer


def test_the_last_day_that_is_counted_has_an_answer_and_the_next_one_is_a_problem() -> None:
    assert status("APMBC", on="2999-12-31", group="un", state="UKR")["count"] == 161
    assert deadlines("APMBC", state="UKR", on="2999-12-31")["deadlines"][-1]["due"] == "3000-04-30"
    with pytest.raises(ProblemError) as raised:
        status("APMBC", on="3000-01-01")
    assert codes(raised.value) == {("date_out_of_range", "on")}


def codes(raised: ProblemError) -> set[tuple[str, str]]:
    return {(one.code, one.place) for one in raised.problems}


def test_everything_wrong_with_a_question_is_named_at_once() -> None:
    with pytest.raises(ProblemError) as raised:
        status("Otawa", on="2022-02-30", known_at="soon", group="friends", state="Atlantis")
    assert codes(raised.value) == {
        ("instrument_unknown", "instrument"),
        ("impossible_date", "on"),
        ("impossible_date", "known_at"),
        ("group_unknown", "group"),
        ("unknown_state", "state"),
    }


@pytest.mark.parametrize(
    ("treaty", "first", "before"),
    [
        ("APMBC", "1997-12-03", "1997-12-02"),
        ("CCM", "2008-12-03", "2008-12-02"),
        ("CCW_APII", "1996-05-03", "1996-05-02"),
        ("CCW_PV", "2003-11-28", "2003-11-27"),
    ],
)
def test_a_day_before_the_treaty_existed_is_refused_and_its_first_day_is_not(treaty: str, first: str, before: str) -> None:
    assert status(treaty, on=first)["count"] == 0
    with pytest.raises(ProblemError) as raised:
        status(treaty, on=before)
    assert codes(raised.value) == {("date_before_instrument", "on")}


def test_clocks_of_the_other_treaties_are_refused_by_name() -> None:
    with pytest.raises(ProblemError) as raised:
        deadlines("CCW_PV", state="UKR", on="2022-06-21")
    assert codes(raised.value) == {("clocks_not_encoded", "instrument")}


def test_deadlines_refuse_a_state_that_never_existed() -> None:
    with pytest.raises(ProblemError) as raised:
        deadlines("APMBC", state="Korea", on="2022-06-21")
    assert codes(raised.value) == {("unknown_state", "state")}


def test_a_moment_of_a_day_stands_for_its_day() -> None:
    assert status("APMBC", on=dt.datetime(2022, 6, 21, 12, 0, tzinfo=dt.UTC))["on"] == "2022-06-21"


def test_a_history_is_folded_once() -> None:
    book = packaged_book()
    assert histories(book, "APMBC", None) is histories(book, "APMBC", None)
