"""The status of a hazardous area: every step of the table with its evidence, and what is told where evidence is missing."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.registers.hazard_events import Ground
from mineaction.registers.hazard_histories import hazard_histories
from mineaction.registers.hazard_status import HazardHistory
from mineaction.registers.hazard_transitions import BY_NAME, EVIDENCE, TRANSITIONS, Status
from mineaction.terms.kinds.land import HAZARD_STATUSES
from tests.registers.told_facts import told

ON = dt.date(2020, 1, 1)
SQUARE = "at=0,0,100,100"
AREA = f"hazardous_area H1 {SQUARE}"
CONFIRMED = f'hazardous_area H1 type=CHA direct_evidence="mine seen" {SQUARE}'
TASK = "task_order T1 hazards=H1"
WORK = "activity A1 task=T1"
PROGRESS = "activity_report P1 report_type=progress task=T1 period_from=2012-02-01 period_to=2012-12-31"
DONE = "activity_report P9 report_type=completion task=T1 period_to=2012-12-31"
RELEASE = f"land_release R1 parent=H1 task=T1 released_on=2012-11-30 {SQUARE}"
INSPECTED = "quality_visit V1 task=T1 visited_on=2012-12-20"
HANDED = "handover HO1 task=T1 handed_over_on=2013-02-01"
WHOLE_LIFE = [CONFIRMED, TASK, WORK, PROGRESS, RELEASE, INSPECTED, DONE, HANDED]
EMPTY = Ground(True, dt.date(2012, 11, 30), False, True)


def history(*lines: str, ground: Ground | None = None, on: dt.date = ON, of: str = "nmaa/h1") -> HazardHistory:
    grounds = {} if ground is None else {"hazardous_area/nmaa/h1": ground}
    return hazard_histories(told("\n".join(lines)), on, grounds).by_subject[f"hazardous_area/{of}"]


def path(one: HazardHistory) -> list[str]:
    return [f"{step.transition} {step.day}" for step in one.steps]


def problems(one: HazardHistory) -> list[str]:
    return [problem.code for problem in one.problems]


def missing(one: HazardHistory) -> set[str]:
    words = {sentence: word for word, sentence in EVIDENCE.items()}
    text = " ".join(problem.message for problem in one.problems)
    return {word for sentence, word in words.items() if sentence in text}


def test_an_area_goes_from_confirmed_to_handed_over_with_every_record_named() -> None:
    found = history(*WHOLE_LIFE, ground=EMPTY)
    assert path(found) == [
        "confirmed_at_once 2010-01-01",
        "started 2012-02-01",
        "cleared_part 2012-11-30",
        "closed 2012-12-31",
        "handed_over 2013-02-01",
    ]
    assert (found.status, problems(found)) == ("released", [])
    closed = dict(found.steps[3].evidence)
    facts = told("\n".join(WHOLE_LIFE))
    assert closed["quality_accepted"] == (facts["quality_visit"][0].fact_id,)
    assert closed["completion_report"] == (facts["activity_report"][1].fact_id,)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2009-12-31", None), ("2010-01-01", "confirmed_open"), ("2012-01-31", "confirmed_open"), ("2012-02-01", "in_progress"),
        ("2012-12-30", "in_progress"), ("2012-12-31", "closed"), ("2013-01-31", "closed"), ("2013-02-01", "released"),
    ],
)  # fmt: skip
def test_a_status_is_asked_for_a_day(on: str, status: str | None) -> None:
    assert history(*WHOLE_LIFE, ground=EMPTY, on=dt.date.fromisoformat(on)).status == status


@pytest.mark.parametrize(
    ("without", "status", "word"),
    [
        (TASK, "confirmed_open", "task_order"),
        (DONE, "in_progress", None),
        (INSPECTED, "in_progress", "quality_accepted"),
        (PROGRESS, "released", None),
        (HANDED, "closed", None),
    ],
)
def test_a_step_without_its_evidence_is_not_made_and_what_is_missing_is_told(without: str, status: str, word: str | None) -> None:
    lines = [line.replace("task=T1", "hazards=H1") if "land_release" not in line else line for line in WHOLE_LIFE if line != without]
    found = history(*lines, ground=EMPTY)
    assert found.status == status
    assert word is None or word in missing(found)


def test_an_area_closes_only_by_the_closing_rule_that_is_handed_in() -> None:
    for ground in (None, Ground(False, dt.date(2012, 11, 30), False, True), Ground(None)):
        found = history(*WHOLE_LIFE, ground=ground)
        assert found.status == "in_progress"
        assert "nothing_left" in missing(found)


def test_an_area_closes_on_the_day_on_which_the_last_of_its_evidence_is_there() -> None:
    lines = [line for line in WHOLE_LIFE if line not in (INSPECTED, HANDED)]
    late = history(*lines, INSPECTED.replace("2012-12-20", "2013-03-15"), ground=EMPTY)
    assert path(late)[-1] == "closed 2013-03-15"
    assert history(*lines, INSPECTED.replace("2012-12-20", "2013-03-15"), ground=EMPTY, on=dt.date(2013, 3, 14)).status == "in_progress"


def test_a_rejected_inspection_keeps_an_area_open_until_an_accepted_one() -> None:
    rejected = "sampling S1 task=T1 sampled_on=2012-12-28 result=rejected find_count=1"
    assert history(*WHOLE_LIFE[:-1], rejected, ground=EMPTY).status == "in_progress"
    again = "sampling S2 task=T1 sampled_on=2013-01-20"
    assert path(history(*WHOLE_LIFE[:-1], rejected, again, ground=EMPTY))[-1] == "closed 2013-01-20"


def test_an_item_that_was_found_and_not_destroyed_keeps_an_area_open() -> None:
    item = "device_found D1 hazard=H1 found_on=2012-06-01 state=found"
    found = history(*WHOLE_LIFE, item, ground=EMPTY)
    assert found.status == "in_progress"
    assert "devices_disposed" in missing(found)
    gone = "device_found D1 hazard=H1 found_on=2012-06-01 state=destroyed disposed_on=2012-06-02"
    assert history(*WHOLE_LIFE, item, gone, ground=EMPTY).status == "released"
    assert history(*WHOLE_LIFE[:6], f"{DONE} devices_disposed=no", ground=EMPTY).status == "in_progress"


@pytest.mark.parametrize(
    "record",
    ["device_found D9 hazard=H1 found_on=2014-06-01 state=found", "sampling S9 task=T1 sampled_on=2014-06-01 result=rejected find_count=1"],
)
def test_what_is_found_on_a_closed_area_is_told_until_a_new_area_is_told_for_it(record: str) -> None:
    found = history(*WHOLE_LIFE, record, ground=EMPTY)
    assert (found.status, problems(found)) == ("released", ["found_after_closing"])
    new = f"hazardous_area H2 identified_on=2014-06-02 rediscovered_from=H1 {SQUARE}"
    assert problems(history(*WHOLE_LIFE, record, new, ground=EMPTY)) == []
    assert problems(history(*WHOLE_LIFE, record, ground=EMPTY, on=dt.date(2014, 5, 31))) == []


def test_work_is_suspended_and_resumed_for_a_reason() -> None:
    lines = [CONFIRMED, TASK, WORK, "activity_report S1 report_type=suspension task=T1 period_to=2012-05-01 reason=winter"]
    assert history(*lines).status == "suspended"
    resumed = "hazard_change H1 change=resumed changed_on=2012-06-01"
    assert history(*lines, resumed).status == "suspended"
    assert missing(history(*lines, resumed)) == {"reason"}
    assert history(*lines, f"{resumed} reason=spring").status == "in_progress"
    by_task = "task_order T1 hazards=H1 state=in_progress state_on=2012-06-01 reason=spring"
    assert path(history(*lines, by_task))[-1] == "resumed 2012-06-01"


def test_an_area_whose_task_is_cancelled_is_open_again_unless_another_task_goes_on() -> None:
    lines = [AREA, TASK, WORK, "task_order T1 state=cancelled state_on=2013-01-01 reason=funds"]
    assert path(history(*lines))[-1] == "descoped 2013-01-01"
    assert history(*lines).status == "suspected_open"
    assert history(*lines, "task_order T2 hazards=H1 issued_on=2012-06-01").status == "in_progress"


def test_a_suspected_area_is_confirmed_by_direct_evidence() -> None:
    change = "hazard_change H1 change=reclassified type=CHA changed_on=2011-05-01"
    assert history(AREA, change).status == "suspected_open"
    assert missing(history(AREA, change)) == {"direct_evidence"}
    assert history(AREA, f'{change} evidence="mine found"').status == "confirmed_open"
    claim = CONFIRMED + " identified_on=2011-05-01"
    assert path(history(AREA, claim)) == ["suspected 2010-01-01", "confirmed 2011-05-01"]
    in_work = history(AREA, TASK, WORK, f'{change} evidence="mine found"'.replace("2011-05-01", "2012-05-01"))
    assert (in_work.status, in_work.hazard_class) == ("in_progress", "CHA")


def test_a_confirmed_area_never_becomes_a_suspected_one() -> None:
    found = history(CONFIRMED, "hazard_change H1 change=reclassified type=SHA changed_on=2011-05-01")
    assert (found.status, problems(found)) == ("confirmed_open", ["transition_back"])


def test_an_area_told_without_evidence_or_outline_is_open_and_what_is_missing_is_told() -> None:
    found = history("hazardous_area H1 type=CHA")
    assert found.status == "confirmed_open"
    assert problems(found) == ["transition_shown_in_part"]
    assert missing(found) == {"direct_evidence", "outline"}


CANCELLED = f"land_release R1 parent=H1 release_class=cancelled method=NTS released_on=2012-11-30 {SQUARE}"
ALL_CANCELLED = Ground(True, dt.date(2012, 11, 30), True, True)


def test_an_area_is_cancelled_only_if_all_of_it_was() -> None:
    assert history(AREA, CANCELLED, ground=ALL_CANCELLED).status == "cancelled"
    assert history(AREA, CANCELLED, ground=Ground(False, dt.date(2012, 11, 30), True, True)).status == "suspected_open"
    assert history(AREA, CANCELLED, ground=EMPTY).status == "suspected_open"
    without_criteria = history(AREA, CANCELLED + " criteria=", ground=ALL_CANCELLED)
    assert (without_criteria.status, missing(without_criteria)) == ("suspected_open", {"criteria"})


def test_a_release_that_does_not_count_makes_no_step() -> None:
    rule = "country_rule rule=approval_required value=yes from=2000-01-01"
    found = history(AREA, CANCELLED, rule)
    assert (path(found), missing(found)) == (["suspected 2010-01-01"], {"counts"})


def test_clearance_of_an_area_on_which_no_work_was_started_is_told() -> None:
    found = history(CONFIRMED, RELEASE)
    assert (path(found), problems(found)) == (["confirmed_at_once 2010-01-01"], ["transition_not_allowed"])


def test_a_release_older_than_the_issue_of_its_task_is_no_step() -> None:
    lines = [
        CONFIRMED,
        "task_order T1 hazards=H1 issued_on=2012-12-01",
        WORK.replace("A1", "A1 started_on=2012-12-01"),
        CANCELLED,
    ]
    found = history(*lines, CANCELLED.replace("R1", "R2 task=T1"))
    assert missing(found) == {"after_task_issue"}
    tolerated = history(*lines, CANCELLED.replace("R1", "R2 task=T1"), "country_rule rule=date_tolerance_days value=1 from=2000-01-01")
    assert missing(tolerated) == set()


def test_work_before_the_area_was_identified_is_told_and_not_made() -> None:
    found = history(CONFIRMED, TASK, WORK + " started_on=2009-02-01")
    assert (found.status, problems(found)) == ("confirmed_open", ["date_order_wrong"])
    tolerant = "country_rule rule=date_tolerance_days value=366 from=2000-01-01"
    early = TASK + " issued_on=2009-01-01"
    assert path(history(CONFIRMED, early, WORK + " started_on=2009-02-01", tolerant))[-1] == "started 2010-01-01"


def test_work_that_began_before_its_task_order_was_issued_is_not_started() -> None:
    late = TASK + " issued_on=2012-02-02"
    assert missing(history(CONFIRMED, late, WORK)) == {"task_order"}
    assert history(CONFIRMED, late, WORK, "country_rule rule=date_tolerance_days value=1 from=2000-01-01").status == "in_progress"
    assert missing(history(CONFIRMED, TASK + " state=draft", WORK)) == {"task_order"}


def test_work_by_an_operator_without_accreditation_starts_unless_the_country_asks_for_one() -> None:
    rule = "country_rule rule=accreditation_required value=yes from=2000-01-01"
    assert history(CONFIRMED, TASK, WORK).status == "in_progress"
    assert missing(history(CONFIRMED, TASK, WORK, rule)) == {"accredited_operator"}
    assert history(CONFIRMED, TASK, WORK, rule, "accreditation C1").status == "in_progress"
    assert history(CONFIRMED, TASK, WORK, rule, "accreditation C1 scope=NTS").status == "confirmed_open"
    assert history(CONFIRMED, TASK, WORK, rule, "accreditation C1 expires_on=2012-01-31").status == "confirmed_open"


def test_work_done_or_ordered_outside_an_accreditation_is_told_where_one_is_known() -> None:
    lines = [CONFIRMED, TASK, f"{WORK} state=completed ended_on=2013-06-30"]

    def outside(certificate: str) -> list[tuple[str, str]]:
        found = hazard_histories(told("\n".join([*lines, certificate])), ON)
        return [(one.place, one.value) for one in found.problems if one.code == "work_outside_accreditation"]

    assert outside("accreditation C1 by=Other") == []
    assert outside("accreditation C1") == []
    assert outside("accreditation C1 expires_on=2013-01-01") == [("activity Op/A1", "CLEARANCE")]
    assert outside("accreditation C1 scope=NTS;CLEARANCE") == [("task_order NMAA/T1", "TS")]


def test_land_is_handed_over_by_a_signed_certificate_to_somebody_named_after_the_last_release() -> None:
    for change, word in (("is_signed=no", "certificate"), ("received_by=", "receiver")):
        found = history(*WHOLE_LIFE[:-1], f"{HANDED} {change}", ground=EMPTY)
        assert (found.status, word in missing(found)) == ("closed", True)
    later = RELEASE.replace("R1", "R2").replace("2012-11-30", "2013-06-01")
    found = history(*WHOLE_LIFE, later, ground=EMPTY)
    assert (found.status, problems(found)) == ("released", ["transition_not_allowed"])
    assert problems(history(*WHOLE_LIFE, later.replace("R2", "R2 is_rework=yes"), ground=EMPTY)) == []


def test_an_area_entered_in_error_is_void_by_two_approvals_and_without_releases() -> None:
    voided = "hazard_change H1 change=voided changed_on=2011-01-01 reason=twice"
    assert missing(history(AREA, voided)) == {"two_approvals"}
    assert missing(history(AREA, f"{voided} approved_by=NMAA second_approved_by=nmaa")) == {"two_approvals"}
    both = f"{voided} approved_by=NMAA second_approved_by=Director"
    assert history(AREA, both).status == "void"
    decision = "approval H1 of_kind=hazard_change by=NMAA decided_by=Director decided_on=2010-12-31"
    assert history(AREA, f"{voided} approved_by=NMAA", decision).status == "void"
    assert missing(history(AREA, both, ground=Ground(has_postings=True))) == {"no_postings"}
    assert missing(history(AREA, both.replace("2011", "2013"), CANCELLED)) == {"no_postings"}


def test_an_area_that_was_split_is_superseded_when_its_successors_are_told() -> None:
    split = 'hazard_change H1 change=superseded changed_on=2011-01-01 successors="H1a; H1b"'
    one, other = (f"hazardous_area {name} identified_on=2011-01-01 replaces=H1 {SQUARE}" for name in ("H1a", "H1b"))
    assert history(AREA, split, one, other).status == "superseded"
    assert missing(history(AREA, split, one)) == {"successors"}


def test_a_closed_area_is_never_reopened_and_contamination_found_again_is_a_new_one() -> None:
    back = history(*WHOLE_LIFE, WORK.replace("A1", "A2 hazards=H1 started_on=2015-01-01"), ground=EMPTY)
    assert (back.status, problems(back)) == ("released", ["transition_not_allowed"])
    new = f'hazardous_area H2 type=CHA identified_on=2015-01-01 rediscovered_from=H1 direct_evidence="mine found" {SQUARE}'
    found = history(*WHOLE_LIFE, new, ground=EMPTY, of="nmaa/h2")
    assert (path(found), found.status, problems(found)) == (["found_again 2015-01-01"], "confirmed_open", [])
    assert dict(found.steps[0].evidence)["earlier_area"] == ()
    assert history(*WHOLE_LIFE, new, ground=EMPTY).found_again_as == ("hazardous_area/nmaa/h2",)
    too_early = history(CONFIRMED, new, of="nmaa/h2")
    assert (too_early.status, missing(too_early)) == ("confirmed_open", {"earlier_area"})


def test_areas_that_name_each_other_as_found_before_are_folded_all_the_same() -> None:
    lines = [f"hazardous_area {one} rediscovered_from={other} {SQUARE}" for one, other in (("H1", "H2"), ("H2", "H1"))]
    assert history(*lines).status == "suspected_open"


def test_what_a_list_says_is_kept_beside_and_a_difference_is_told() -> None:
    listed = f"{CONFIRMED} status=in_progress status_on=2012-03-01"
    agreed = history(listed, TASK, WORK)
    assert (agreed.told_status, agreed.told_on, problems(agreed)) == ("in_progress", dt.date(2012, 3, 1), [])
    assert problems(history(listed)) == ["status_disagrees"]
    for lines in ([CONFIRMED], [CONFIRMED, TASK, WORK]):
        assert problems(history(f"{lines[0]} status=open", *lines[1:])) == []
    assert history(listed, on=dt.date(2012, 2, 28)).told_status == ""


def test_a_record_names_its_area_through_activity_and_task_and_by_organisation() -> None:
    other = f"hazardous_area H1 by=Other {SQUARE}"
    visit = "quality_visit V1 activity=A1 visited_on=2012-12-20"
    lines = [line if line != INSPECTED else visit for line in WHOLE_LIFE]
    assert history(*lines, ground=EMPTY).status == "released"
    facts = told("\n".join([CONFIRMED, other, TASK.replace("T1", "T1 by=Third"), WORK]))
    found = hazard_histories(facts, ON)
    assert [(one.code, one.value) for one in found.problems if one.code.startswith("record")] == [("record_link_ambiguous", "H1")]
    named = hazard_histories(told("\n".join([CONFIRMED, other, TASK.replace("=H1", "=nmaa/h1").replace("T1", "T1 by=Third"), WORK])), ON)
    assert named.by_subject["hazardous_area/nmaa/h1"].status == "in_progress"
    assert named.by_subject["hazardous_area/other/h1"].status == "suspected_open"


def test_a_record_that_names_no_known_area_is_told() -> None:
    found = hazard_histories(told(f"{AREA}\n{TASK.replace('=H1', '=H9')}\nactivity A1 task=T9"), ON)
    assert [(one.code, one.value) for one in found.problems] == [("record_link_unknown", "H9"), ("record_link_unknown", "T9")]


def test_a_survey_without_searching_neither_starts_nor_closes_an_area() -> None:
    survey = "activity N1 method=NTS hazards=H1 started_on=2011-01-01"
    report = "activity_report NR1 report_type=completion activity=N1 period_from=2011-01-01 period_to=2011-02-01"
    found = history(AREA, survey, report)
    assert (path(found), problems(found)) == (["suspected 2010-01-01"], [])


def test_a_change_of_an_area_belongs_to_the_organisation_it_names() -> None:
    found = hazard_histories(told(f"{AREA}\nhazard_change H1 by=Other change=descoped changed_on=2011-01-01 reason=x"), ON)
    assert [(one.code, one.value) for one in found.problems] == [("record_link_unknown", "H1")]


def test_a_release_without_a_day_has_no_place_in_the_history_and_is_told() -> None:
    found = history(AREA, CANCELLED.replace("2012-11-30", "unknown"))
    assert problems(found) == ["record_day_unknown"]


def test_every_status_is_reached_and_every_word_of_evidence_is_used() -> None:
    assert {after for row in TRANSITIONS for after in row.after} == set(HAZARD_STATUSES)
    assert {word for row in TRANSITIONS for word in row.evidence} == set(EVIDENCE)


LINES = [
    *WHOLE_LIFE,
    AREA + " identified_on=2009",
    "hazard_change H1 change=reclassified type=CHA changed_on=2011-01-01 evidence=mine",
    "hazard_change H1 change=suspended changed_on=2012-03-01 reason=snow",
    "hazard_change H1 change=resumed changed_on=2012-03-01 reason=thaw",
    "hazard_change H1 change=descoped changed_on=2012-09-01 reason=funds",
    "hazard_change H1 change=voided changed_on=2012-01-01 reason=twice approved_by=A second_approved_by=B",
    "hazard_change H1 change=superseded changed_on=2013-01-01 successors=H2",
    f"hazard_change H1 change=extended changed_on=2012-10-01 evidence=lanes {SQUARE}",
    f"hazardous_area H2 identified_on=2013-01-01 replaces=H1 rediscovered_from=H1 {SQUARE}",
    CANCELLED,
    CANCELLED.replace("R1", "R7 task=T1").replace("2012-11-30", "2012"),
    "country_rule rule=approval_required value=yes from=2012-01-01",
    "country_rule rule=authority value=NMAA from=2000-01-01",
    "country_rule rule=accreditation_required value=yes from=2000-01-01",
    "accreditation C1",
    "approval R1 decided_on=2012-12-01",
    "task_order T1 state=cancelled state_on=2012-08-01 reason=funds",
    "task_order T2 hazards=H1 issued_on=2012-07-01 state=in_progress state_on=2012-07-02",
    "device_found D1 hazard=H1 found_on=2012-06-01 state=found",
    "quality_visit V2 task=T1 visited_on=2013 result=rejected",
]
GROUNDS = [Ground(), EMPTY, ALL_CANCELLED, Ground(False, dt.date(2012, 11, 30), False, True)]


@given(st.lists(st.sampled_from(LINES), unique=True), st.sampled_from(GROUNDS), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_every_history_is_a_path_of_the_table_whatever_the_order_of_facts(lines: list[str], ground: Ground, chance: random.Random) -> None:
    text = [*lines, AREA]
    shuffled = list(text)
    chance.shuffle(shuffled)
    one, other = (hazard_histories(told("\n".join(order)), ON, {"hazardous_area/nmaa/h1": ground}) for order in (text, shuffled))
    assert one.by_subject == other.by_subject
    assert sorted(map(str, one.problems)) == sorted(map(str, other.problems))
    for found in one.by_subject.values():
        assert _is_path([(step.transition, step.before, step.after) for step in found.steps])
        assert [step.day for step in found.steps] == sorted(step.day for step in found.steps)


@given(st.lists(st.sampled_from(LINES), unique=True), st.dates(dt.date(2009, 1, 1), dt.date(2014, 1, 1)))
@settings(max_examples=300, deadline=None)
def test_what_happens_later_changes_no_status_of_an_earlier_day(lines: list[str], day: dt.date) -> None:
    then, now = (hazard_histories(told("\n".join([*lines, AREA])), on, {"hazardous_area/nmaa/h1": EMPTY}) for on in (day, ON))
    for subject, found in now.by_subject.items():
        assert [step for step in found.steps if step.day <= day] == list(then.by_subject[subject].steps)


@given(st.lists(st.sampled_from(LINES), unique=True), st.sampled_from(GROUNDS[:1] + GROUNDS[3:]))
@settings(max_examples=200, deadline=None)
def test_nothing_but_the_closing_rule_ends_an_area(lines: list[str], ground: Ground) -> None:
    found = history(*lines, AREA, ground=ground)
    assert found.status not in ("closed", "released", "cancelled")


def test_the_order_of_one_day_is_that_of_the_table() -> None:
    lines = [AREA, "task_order T1 hazards=H1 issued_on=2010-01-01", WORK + " started_on=2010-01-01", f"{PROGRESS} period_from=2010-01-01",
             f"land_release R1 parent=H1 released_on=2010-01-01 {SQUARE}"]  # fmt: skip
    for order in itertools.permutations(lines):
        assert path(history(*order)) == ["suspected 2010-01-01", "started 2010-01-01", "cleared_part 2010-01-01"]


def _is_path(steps: list[tuple[str, Status | None, Status]]) -> bool:
    """Whether these (transition, status before, status after) are a way through the table, from its beginning."""
    at: Status | None = None
    for name, before, after in steps:
        row = BY_NAME[name]
        starts = before is None if not row.before else before in row.before
        ends = after in row.after if row.after else after == before
        if before != at or not (starts and ends):
            return False
        at = after
    return True
