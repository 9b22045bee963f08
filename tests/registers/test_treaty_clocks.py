"""The clocks of Articles 4, 5 and 7: the acceptance vectors, rules that no packaged row exercises, and laws over every state and day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import PACKAGED_DATA, packaged_book
from mineaction.registers.article_deadlines import Deadline
from mineaction.registers.article_facts import meeting_days
from mineaction.registers.clock_rules import ANNUAL_REPORT_DAY, CLOCK_RULES, INITIAL_REPORT_DAYS
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_clocks import clocks_of, is_within_article_4_period
from mineaction.registers.treaty_status import TreatyHistory, treaty_history
from mineaction.terms.dates import Moment
from mineaction.terms.fact import RecordedFact
from tests.registers.made_rows import act, article_event, treaty_list
from tests.registers.packaged_histories import day, history


def party(deposit: str, *more: RecordedFact, known_at: str = "") -> TreatyHistory:
    consent = act("consent", deposit, form="ratification")
    return treaty_history(TREATIES["APMBC"], [consent, *more], (), [treaty_list()], known_at=day(known_at) if known_at else None)


def shown(told: TreatyHistory, article: str, on: str, *events: RecordedFact) -> list[str]:
    return [f"{one.due}, {one.basis}, {one.status}" for one in rows(told, article, on, *events)]


def rows(told: TreatyHistory, article: str, on: str, *events: RecordedFact) -> list[Deadline]:
    return [one for one in clocks_of(told, "POL", day(on), events).deadlines if one.article == article]


# deposit, entry into force, initial report, Article 4, Article 5
VECTORS = [
    ("1997-12-03", "1999-03-01", "1999-08-28", "2003-03-01", "2009-03-01"),
    ("2005-12-27", "2006-06-01", "2006-11-28", "2010-06-01", "2016-06-01"),
    ("2011-09-13", "2012-03-01", "2012-08-28", "2016-03-01", "2022-03-01"),
    ("2014-08-20", "2015-02-01", "2015-07-31", "2019-02-01", "2025-02-01"),
    ("2001-10-09", "2002-04-01", "2002-09-28", "2006-04-01", "2012-04-01"),
    ("2012-12-27", "2013-06-01", "2013-11-28", "2017-06-01", "2023-06-01"),
]


@pytest.mark.parametrize(("deposit", "begins", "report", "stockpile", "clearance"), VECTORS)
def test_every_clock_follows_from_the_day_of_deposit(deposit: str, begins: str, report: str, stockpile: str, clearance: str) -> None:
    told = party(deposit)
    found = clocks_of(told, "POL", day(begins), ())
    assert str(found.state.bound_from) == begins
    due = {one.article: str(one.due) for one in found.deadlines}
    assert due == {"4": stockpile, "5": clearance, "7.1": report, "7.2": f"{int(report[:4]) + 1}-04-30"}
    assert clocks_of(told, "POL", day(begins) - dt.timedelta(days=1), ()).deadlines == ()


def test_the_periods_and_days_of_a_treaty_are_those_of_its_text() -> None:
    words = {4: "four", 8: "eight", 10: "ten"}
    texts = {"APMBC": "apmbc_1997_en_ca-schedule.txt", "CCM": "ccm_2008_en_ca-schedule.txt"}
    for name, rules in CLOCK_RULES.items():
        says = Path(PACKAGED_DATA, "texts", "sources", texts[name]).read_text(encoding="utf-8")
        articles = dict(re.findall(r"^article (\d+) (.*?)(?=^article |\Z)", says, re.MULTILINE | re.DOTALL | re.IGNORECASE))
        for period in rules.periods:
            assert f"not later than {words[period.years]} years" in articles[period.article], period.cited
        reports = articles["7"]
        assert f"not later than {INITIAL_REPORT_DAYS} days after the entry into force" in reports
        assert f"not later than {ANNUAL_REPORT_DAY} April of each year" in reports


def test_an_event_under_the_mine_ban_moves_no_clock_of_another_treaty() -> None:
    consent = act("consent", "2010-02-16", treaty="CCM", form="ratification")
    told = treaty_history(TREATIES["CCM"], [consent], (), [treaty_list()])
    missed = article_event("deadline_missed", "2018-08-01", article="4", known_from="2018-12-31")
    found = clocks_of(told, "POL", day("2021-01-01"), [missed])
    assert found.deadlines == clocks_of(told, "POL", day("2021-01-01"), ()).deadlines
    assert [(one.article, str(one.due), one.status) for one in found.deadlines[:2]] == [
        ("3", "2018-08-01", "unknown"),
        ("4", "2020-08-01", "unknown"),
    ]


# --- the chain of extensions


def test_an_extension_replaces_the_derived_date_from_the_end_of_its_meetings_month() -> None:
    granted = article_event("extension_granted", "2025-03-01", meeting="17MSP (Nov 2018)", known_from="2018-11-30")
    assert shown(party("1999-01-10"), "5", "2018-10-31", granted) == ["2009-07-01, derived, unknown"]
    assert shown(party("1999-01-10"), "5", "2018-11-30", granted) == ["2025-03-01, granted, open"]
    (inside,) = rows(party("1999-01-10"), "5", "2018-11-29", granted)
    assert "17MSP (Nov 2018) may already have decided" in inside.note


def test_a_missed_deadline_stays_listed_when_an_extension_follows() -> None:
    missed = article_event("deadline_missed", "2009-07-01", known_from="2010-12-31")
    granted = article_event("extension_granted", "2025-03-01", meeting="17MSP (Nov 2018)", known_from="2018-11-30")
    assert shown(party("1999-01-10"), "5", "2020-01-01", missed, granted) == ["2009-07-01, reported, missed", "2025-03-01, granted, open"]


def test_a_granted_deadline_that_was_missed_keeps_its_basis() -> None:
    granted = article_event("extension_granted", "2015-01-01", meeting="9MSP (2008)", known_from="2008-12-31")
    missed = article_event("deadline_missed", "2015-01-01", known_from="2015-12-31")
    assert shown(party("1999-01-10"), "5", "2015-01-01", granted, missed) == ["2015-01-01, granted, open"]
    assert shown(party("1999-01-10"), "5", "2015-01-02", granted, missed) == ["2015-01-01, granted, missed"]


def test_a_reader_who_has_not_heard_of_the_miss_sees_an_unknown() -> None:
    missed = article_event("deadline_missed", "2009-07-01", known_from="2010-12-31")
    assert shown(party("1999-01-10", known_at="2010-01-01"), "5", "2010-01-01", missed) == ["2009-07-01, derived, unknown"]


def test_a_request_for_a_running_deadline_shows_until_it_is_granted_or_refused() -> None:
    asked = article_event("extension_requested", "2025-03-01", before="2020-03-01", known_from="2019-03-31", basis="act")
    running = article_event("extended_deadline_in_force", "2020-03-01", known_from="2012-12-31")
    told = party("1999-01-10")
    assert shown(told, "5", "2019-03-30", running, asked) == ["2020-03-01, reported, open"]
    assert shown(told, "5", "2019-03-31", running, asked) == ["2020-03-01, reported, extension_requested"]
    granted = article_event("extension_granted", "2025-03-01", meeting="18MSP (Nov 2019)", known_from="2019-11-30")
    assert shown(told, "5", "2019-12-01", running, asked, granted) == ["2025-03-01, granted, open"]
    refused = article_event("extension_not_approved", before="2020-03-01", meeting="18MSP (Nov 2019)", known_from="2019-11-30")
    assert shown(told, "5", "2019-12-01", running, asked, refused) == ["2020-03-01, reported, open"]
    assert shown(told, "5", "2020-03-02", running, asked, refused) == ["2020-03-01, reported, unknown"]


def test_a_request_about_another_deadline_does_not_show() -> None:
    asked = article_event("extension_requested", "2030-03-01", before="2025-03-01", known_from="2019-03-31", basis="act")
    running = article_event("extended_deadline_in_force", "2020-03-01", known_from="2012-12-31")
    assert shown(party("1999-01-10"), "5", "2019-04-01", running, asked) == ["2020-03-01, reported, open"]


def test_an_extension_granted_after_a_declaration_of_completion_reopens_the_duty() -> None:
    done = article_event("completion_declared", "2013", known_from="2014-12-31")
    granted = article_event("extension_granted", "2025-03-01", meeting="17MSP (Nov 2018)", known_from="2018-11-30")
    assert shown(party("1999-01-10"), "5", "2018-01-01", done, granted) == ["2009-07-01, derived, met"]
    assert shown(party("1999-01-10"), "5", "2019-01-01", done, granted) == ["2025-03-01, granted, open"]


def test_inside_the_year_in_which_contamination_was_found_completion_is_unknown() -> None:
    done = article_event("completion_declared", "2013-05-01", known_from="2013-12-31")
    found = article_event("contamination_found_after_completion", "2020", known_from="2020-12-31")
    assert shown(party("1999-01-10"), "5", "2019-12-31", done, found) == ["2009-07-01, derived, met"]
    assert shown(party("1999-01-10"), "5", "2020-06-01", done, found) == ["None, reported, unknown"]
    granted = article_event("extension_granted", "2026-01-01", meeting="20MSP (Nov 2022)", known_from="2022-11-30")
    assert shown(party("1999-01-10"), "5", "2023-01-01", done, found, granted) == ["2026-01-01, granted, open"]


def test_events_of_the_other_article_and_of_other_states_do_not_count() -> None:
    other_article = article_event("completed", "2001-01-01", article="4", known_from="2001-12-31")
    other_state = article_event("deadline_missed", "2009-07-01", iso3="UKR", known_from="2010-12-31")
    assert shown(party("1999-01-10"), "5", "2010-01-01", other_article, other_state) == ["2009-07-01, derived, unknown"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("18MSP (Nov 2020)", "2020-11-01", "2020-11-30"),
        ("12MSP (2012)", "2012-01-01", "2012-12-31"),
        ("12MSP (5 Dec 2012)", "2012-12-05", "2012-12-05"),
        ("3rd Review Conference (2014)", "2014-01-01", "2014-12-31"),
        ("4th Review Conference (November 2019)", "2019-11-01", "2019-11-30"),
    ],
)
def test_a_meeting_says_when_it_was(text: str, first: str, last: str) -> None:
    assert meeting_days(text) == Moment(day(first), day(last))


def test_a_meeting_without_a_year_says_nothing() -> None:
    assert meeting_days("18MSP") is None
    assert meeting_days("") is None


def test_every_packaged_meeting_says_when_it_was_and_its_row_is_known_from_its_last_day() -> None:
    for one in packaged_book().facts("article_event"):
        if one["decision_meeting"]:
            days = meeting_days(one["decision_meeting"])
            assert days is not None and days.last == one.known_from, one.fact.subject


# --- withdrawal and the Article 4 period


def test_a_report_due_before_the_withdrawal_stays_owed_and_one_due_after_it_is_not() -> None:
    left = party("1999-01-10", act("withdrawal_notified", "2025-10-29"))
    after = rows(left, "7.2", "2026-05-01")
    assert [(str(one.due), one.status) for one in after] == [("2025-04-30", "unknown"), ("2026-04-30", "ended_by_withdrawal")]
    on_the_day = party("1999-01-10", act("withdrawal_notified", "2025-10-30"))
    assert rows(on_the_day, "7.2", "2026-05-01")[1].status == "ended_by_withdrawal"
    a_day_later = party("1999-01-10", act("withdrawal_notified", "2025-11-01"))
    assert rows(a_day_later, "7.2", "2026-05-01")[1].status == "unknown"


def test_a_missed_deadline_is_not_undone_by_leaving() -> None:
    left = party("1999-01-10", act("withdrawal_notified", "2025-06-27"))
    missed = article_event("deadline_missed", "2003-07-01", article="4", known_from="2004-12-31")
    assert shown(left, "4", "2026-01-01", missed) == ["2003-07-01, reported, missed"]


def test_a_state_that_left_and_came_back_has_new_clocks() -> None:
    back = party("1999-01-10", act("withdrawal_notified", "2020-01-01"), act("consent", "2024-01-15", form="accession"))
    assert shown(back, "4", "2024-08-01") == ["2028-07-01, derived, open"]
    assert is_within_article_4_period(back, "POL", day("2024-08-01")) == "yes"


def test_a_period_whose_first_day_is_known_only_by_its_year_is_unknown_at_its_end() -> None:
    told = treaty_history(TREATIES["APMBC"], [act("consent", "2012", form="ratification", known_from="2012-12-31")], (), [treaty_list()])
    assert is_within_article_4_period(told, "POL", day("2012-09-01")) == "unknown"
    assert is_within_article_4_period(told, "POL", day("2014-01-01")) == "yes"
    assert is_within_article_4_period(told, "POL", day("2016-12-01")) == "unknown"
    assert is_within_article_4_period(told, "POL", day("2017-06-02")) == "no"


# --- laws over every state and day

STATES = sorted({*history("APMBC").states, "USA", "KOR"})
DAYS = st.dates(dt.date(1997, 12, 3), dt.date(2034, 12, 31))


@given(st.sampled_from(STATES), DAYS, st.one_of(st.none(), DAYS))
def test_no_derived_date_is_missed_and_each_row_has_its_ground(iso3: str, on: dt.date, known_at: dt.date | None) -> None:
    events = packaged_book().facts("article_event")
    told = history("APMBC", known_at.isoformat() if known_at else "")
    found = clocks_of(told, iso3, on, events)
    if found.state.status not in ("party", "withdrawn"):
        assert found.deadlines == ()
        return
    for article in ("4", "5"):
        assert any(one.article == article for one in found.deadlines)
    for one in found.deadlines:
        assert one.source
        kinds = {row["event"] for row in one.rows}
        if one.article in ("4", "5") and one.basis == "derived":
            assert one.status != "missed"
            assert one.binds == ("no" if one.status == "ended_by_withdrawal" else "unknown")
        if one.status == "missed":
            assert "deadline_missed" in kinds
        if one.status == "met":
            assert kinds & {"completed", "completion_declared", "completion_reconfirmed"}
        if one.status == "open":
            assert one.due is None or one.due.first >= on
        if one.status == "ended_by_withdrawal":
            assert found.state.status == "withdrawn"
        if known_at is not None:
            assert all(row.known_from is not None and row.known_from <= known_at for row in one.rows)


@given(st.sampled_from(STATES), DAYS)
def test_the_future_changes_no_answer_about_a_day_except_by_what_is_told_of_that_day(iso3: str, on: dt.date) -> None:
    events = [one for one in packaged_book().facts("article_event") if one["iso3"] == iso3 and one["date"] > "2034"]
    assert events == []
    unknown_later = article_event("deadline_missed", "2035-01-01", iso3=iso3, known_from="2035-12-31")
    all_events = packaged_book().facts("article_event")
    told = history("APMBC")
    assert clocks_of(told, iso3, on, (*all_events, unknown_later)).deadlines == clocks_of(told, iso3, on, all_events).deadlines


@given(st.sampled_from(STATES), DAYS)
def test_the_annual_report_is_due_on_30_april_and_never_before_the_initial_one(iso3: str, on: dt.date) -> None:
    found = [one for one in clocks_of(history("APMBC"), iso3, on, ()).deadlines if one.reading == "default"]
    initial = [one.due for one in found if one.article == "7.1"]
    annual = [one.due for one in found if one.article == "7.2"]
    for due in annual:
        assert due is not None and initial[0] is not None
        assert (due.first.month, due.first.day) == (4, 30)
        assert due > initial[0]
    assert len(annual) <= 2
