"""Errors that records of land release are known to hold, each as its table: what the account and the status make of them.

The numbers are those of the list of errors in practice that this system was made against; errors of drawing stand in another file.
"""

from __future__ import annotations

import datetime as dt

import pytest

from mineaction.registers.hazard_ground import grounds, parents
from mineaction.registers.hazard_histories import HazardHistories, hazard_histories
from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_facts import KINDS_READ, land_rows
from mineaction.registers.land_figures import balance, credits, sum_m2, yearly_balances
from mineaction.sources.fact_rows import read_facts
from mineaction.terms.kinds import RECORDED_KINDS
from tests.registers.land_book import posted
from tests.registers.told_facts import land, told

END = dt.date(2020, 12, 31)
EVIDENCE = 'direct_evidence="mine seen"'


def m2(metres: float) -> object:
    return pytest.approx(metres, abs=0.5)


def histories(text: str, on: dt.date = END) -> HazardHistories:
    """Statuses with the ground of the account of what had happened by the day."""
    facts = told(text)
    book = land(facts)
    book.hazards = [one for one in book.hazards if one.identified_on is None or one.identified_on.first <= on]
    book.releases = [one for one in book.releases if one.released_on is not None and one.released_on.last <= on]
    book.changes = [one for one in book.changes if one.changed_on <= on]
    book.reversals = [one for one in book.reversals if one.reversed_on <= on]
    account = book.account()
    return hazard_histories(facts, on, grounds(account), parents(account, release_figures(account)))


def statuses(text: str, on: dt.date = END) -> dict[str, str | None]:
    return {subject.split("/")[2]: one.status for subject, one in histories(text, on).by_subject.items()}


def test_13_cumulative_reports_credit_only_what_is_new_in_each() -> None:
    account = land(
        told("""
        hazardous_area H1 at=0,0,100,10
        land_release R1 released_on=2015-03-31 drawn=cumulative at=0,0,30,10
        land_release R2 released_on=2015-06-30 drawn=cumulative at=0,0,60,10
        land_release R3 released_on=2016-03-31 drawn=cumulative at=0,0,100,10
        """)
    ).account()
    assert sum_m2(credits(account), ("year",)) == {(2015,): m2(600), (2016,): m2(400)}
    assert balance(account, dt.date(2010, 1, 1), END).cleared == m2(1000)


def test_14_one_area_reported_by_operator_authority_and_donor_counts_once_for_whom_reported_first() -> None:
    facts = told("""
        hazardous_area H1 at=0,0,100,10
        land_release R1 by=Op    released_on=2015-06-01 at=0,0,100,10
        land_release R1 by=NMAA  released_on=2015-06-03 at=0,0,100,10
        land_release R1 by=Donor released_on=2015       at=0,0,100,10
    """)
    for releases in (facts["land_release"], facts["land_release"][::-1]):
        account = land(facts | {"land_release": releases}).account()
        assert sum_m2(credits(account), ("organisation",)) == {("Op",): m2(1000)}
        assert sorted(release_figures(account).rework_m2.tolist()) == [m2(0), m2(1000), m2(1000)]


def test_15_ground_cleared_again_is_rework_and_no_output() -> None:
    account = land(
        told("""
        hazardous_area H1 at=0,0,100,10
        land_release R1 released_on=2015-06-01 at=0,0,100,10
        land_release R2 released_on=2016-02-01 is_rework=yes at=0,0,50,10
        """)
    ).account()
    assert [(year.cleared, year.remaining) for year in yearly_balances(account, 2015, 2016)] == [(m2(1000), m2(0)), (m2(0), m2(0))]
    assert sum(release_figures(account).rework_m2) == m2(500)


def test_16_a_task_for_single_items_is_no_land_and_battle_area_is_told_apart() -> None:
    facts = told("""
        hazardous_area H1 contamination=ap_mine at=0,0,100,10
        hazardous_area H2 contamination=uxo at=200,0,300,10
        land_release R1 released_on=2015-06-01 ground=mined_area  at=0,0,20,10
        land_release R2 released_on=2015-06-02 ground=eod_spot    at=50,0,60,10
        land_release R3 released_on=2015-06-03 ground=battle_area at=200,0,300,10
        land_release R4 released_on=2015-06-04 ground=battle_area at=20,0,90,10
    """)
    account = land(facts).account()
    assert {name: -metres for (_, _, name), metres in posted(account).items() if name} == {"R1": m2(200), "R3": m2(1000)}
    assert [one.reason.code for one in hazard_histories(facts, END).releases.set_aside] == ["release_of_single_items"]


@pytest.mark.parametrize("status", ["Expired", "expired", "cleared"])
def test_17_a_status_that_does_not_say_how_land_was_released_is_refused_and_never_read_as_cleared(status: str) -> None:
    text = f"local_id,organisation,type,identified_on,status\nH1,NMAA,CHA,2010,{status}\n"
    found = read_facts(text.encode(), "areas.csv", ".csv", RECORDED_KINDS["hazardous_area"], END)
    assert [(one.code, one.value) for one in found.problems] == [("unknown_code", status)]
    assert found.facts == ()


@pytest.mark.parametrize("listed", ["closed", "released", "cancelled"])
def test_18_an_area_that_a_list_calls_closed_without_any_release_stays_open_and_is_attributed_to_no_class(listed: str) -> None:
    text = f"hazardous_area H1 type=CHA {EVIDENCE} status={listed} status_on=2018-01-01 at=0,0,100,10"
    (found,) = histories(text).by_subject.values()
    assert (found.status, found.told_status, found.told_on) == ("confirmed_open", listed, dt.date(2018, 1, 1))
    assert [one.code for one in found.problems] == ["closed_without_release"]
    year = balance(land(told(text)).account(), dt.date(2010, 1, 1), END)
    assert (year.cancelled, year.reduced, year.cleared, year.remaining) == (0, 0, 0, m2(1000))


LIFE = f"""
    hazardous_area  H1 type=CHA {EVIDENCE} at=0,0,100,10
    task_order      T1 hazards=H1
    activity        A1 task=T1
    land_release    R1 task=T1 released_on=2012-05-31 at=0,0,50,10
    activity_report P1 report_type=progress task=T1 period_from=2012-02-01 period_to=2012-05-31
    land_release    R2 task=T1 released_on=2012-08-31 at=50,0,100,10
    sampling        S1 task=T1 sampled_on=2012-08-31
"""
COMPLETION = "activity_report P2 report_type=completion task=T1 period_from=2012-06-01 period_to=2012-08-31"


def test_19_a_report_of_the_same_or_an_earlier_day_changes_the_status_all_the_same() -> None:
    assert statuses(LIFE) == {"h1": "in_progress"}
    assert statuses(f"{LIFE}\n{COMPLETION}") == {"h1": "closed"}
    suspended = "activity_report P3 report_type=suspension task=T1 period_to=2012-06-15 reason=rain"
    late = f"{LIFE}\n{COMPLETION}\n{suspended}"
    assert statuses(late) == {"h1": "suspended"}
    resumed = "hazard_change H1 change=resumed changed_on=2012-06-15 reason=dry"
    assert statuses(f"{late}\n{resumed}") == {"h1": "closed"}
    (found,) = histories(f"{late}\n{resumed}").by_subject.values()
    assert [step.transition for step in found.steps] == [
        "confirmed_at_once", "started", "cleared_part", "suspended", "resumed", "cleared_part", "closed",
    ]  # fmt: skip


def test_19_what_arrives_late_is_seen_on_its_own_day_and_not_on_the_day_it_came() -> None:
    late = f"{LIFE}\n{COMPLETION}"
    assert statuses(late, dt.date(2012, 8, 30)) == {"h1": "in_progress"}
    assert statuses(late, dt.date(2012, 8, 31)) == {"h1": "closed"}


def test_31_an_outline_edited_after_release_changes_no_year_before_the_edit() -> None:
    before = """
        hazardous_area H1 at=0,0,100,10
        land_release   R1 released_on=2015-06-01 at=0,0,50,10
    """
    edited = before + "hazard_change H1 change=remeasured changed_on=2018-03-01 reason=survey at=20,0,120,10"
    told_first, told_then = land(told(before)).account(), land(told(edited)).account()
    for year in range(2010, 2018):
        assert yearly_balances(told_then, year, year) == yearly_balances(told_first, year, year)
    (year,) = yearly_balances(told_then, 2018, 2018)
    assert (year.opening, year.adjusted, year.remaining) == (m2(500), m2(200), m2(700))


def test_ground_found_hazardous_again_counts_again_and_what_was_released_stands() -> None:
    text = f"""
        {LIFE}
        {COMPLETION}
        hazardous_area H2 type=CHA identified_on=2015-03-01 rediscovered_from=H1 {EVIDENCE} at=20,0,40,10
        land_release   R3 parent=H2 released_on=2016-03-01 at=20,0,40,10
    """
    account = land(told(text)).account()
    years = {year.first.year: (year.identified, year.cleared, year.remaining) for year in yearly_balances(account, 2012, 2016)}
    assert years[2012] == (m2(0), m2(1000), m2(0))
    assert years[2015] == (m2(200), m2(0), m2(200))
    assert years[2016] == (m2(0), m2(200), m2(0))
    found = histories(text).by_subject
    assert found["hazardous_area/nmaa/h1"].found_again_as == ("hazardous_area/nmaa/h2",)
    assert [step.transition for step in found["hazardous_area/nmaa/h2"].steps] == ["found_again"]


REVERSED = "release_reversal R2 by=Op reversed_on=2014-05-01 reason='item found'"


def test_a_release_that_is_taken_back_makes_its_ground_hazardous_from_that_day_on_and_changes_no_earlier_year() -> None:
    text = f"{LIFE}\n{COMPLETION}\n{REVERSED}"
    years = {
        year.first.year: (year.adjusted, year.cleared, year.remaining) for year in yearly_balances(land(told(text)).account(), 2012, 2014)
    }
    assert years == {2012: (0, m2(1000), m2(0)), 2013: (0, m2(0), m2(0)), 2014: (m2(500), m2(0), m2(500))}
    assert statuses(text, dt.date(2014, 4, 30)) == {"h1": "closed"}
    assert statuses(text) == {"h1": "in_progress"}
    assert [step.transition for step in histories(text).by_subject["hazardous_area/nmaa/h1"].steps][-1] == "release_reversed"


def test_an_area_is_void_once_the_release_on_it_was_taken_back() -> None:
    void = "hazard_change H1 change=voided reason=twice approved_by=A second_approved_by=B changed_on="
    text = f"hazardous_area H1 at=0,0,100,10\nland_release R2 released_on=2013-05-01 at=0,0,50,10\n{REVERSED}\n{void}"
    for day, left in (("2013-04-30", 0), ("2014-04-30", 1000), ("2014-05-01", 0)):
        assert balance(land(told(text + day)).account(), END, END).remaining == m2(left), day


def test_a_reversal_of_what_is_no_release_that_counts_is_told() -> None:
    facts = told(REVERSED)
    problems = land_rows({kind: facts.get(kind, ()) for kind in KINDS_READ}).problems
    assert [(one.code, one.value) for one in problems] == [("land_reversal_without_release", "release Op/R2")]


def test_a_release_belongs_to_the_area_it_lies_on_whatever_it_names() -> None:
    text = """
        hazardous_area H1 at=0,0,100,10
        hazardous_area H2 at=200,0,300,10
        land_release R1 parent=H1 release_class=cancelled method=NTS released_on=2015-06-01 at=200,0,300,10
    """
    assert statuses(text) == {"h1": "suspected_open", "h2": "cancelled"}


def test_an_area_whose_rest_is_a_strip_of_two_metres_is_not_closed() -> None:
    strip = LIFE.replace("at=50,0,100,10", "at=50,0,98,10") + COMPLETION
    assert statuses(strip) == {"h1": "in_progress"}
    noise = LIFE.replace("at=50,0,100,10", "at=50,0,99.95,10") + COMPLETION
    assert statuses(noise) == {"h1": "closed"}


def test_an_area_without_outline_is_closed_by_no_computation() -> None:
    assert statuses(f"{LIFE}\n{COMPLETION}".replace(f"{EVIDENCE} at=0,0,100,10", EVIDENCE)) == {"h1": "in_progress"}


def test_an_area_told_in_two_claims_closes_only_when_both_are_empty() -> None:
    other = "hazardous_area H1 identified_on=2010-02-01 at=0,0,100,20"
    assert statuses(f"{LIFE}\n{COMPLETION}\n{other}") == {"h1": "in_progress"}
