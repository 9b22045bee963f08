"""What follows from a state's acts, under rules that the packaged rows alone do not exercise."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import packaged_book
from mineaction.registers.treaties import TREATIES, find_treaty
from mineaction.registers.treaty_binding import bindings
from mineaction.registers.treaty_standing import bound_on, periods, standing_on
from mineaction.registers.treaty_status import TreatyHistory, parties_on, status_of, treaty_history
from mineaction.terms.dates import Moment
from mineaction.terms.fact import RecordedFact
from mineaction.terms.problem import Problem
from tests.registers.made_rows import act, claim, conflict, treaty_list
from tests.registers.packaged_histories import day, history

APMBC = TREATIES["APMBC"]


def told(
    *rows: RecordedFact,
    claims: tuple[RecordedFact, ...] = (),
    conflicts: tuple[RecordedFact, ...] = (),
    known_at: str = "",
    listed: RecordedFact | None = None,
) -> TreatyHistory:
    return treaty_history(APMBC, rows, claims, [listed or treaty_list()], (), conflicts, day(known_at) if known_at else None)


def status_on(told_history: TreatyHistory, text: str) -> tuple[str, str]:
    found = status_of(told_history, "POL", day(text))
    return found.status, found.reason


# --- the treaties themselves


def test_the_day_each_treaty_was_settled_is_the_last_deposit_that_its_entry_into_force_needed() -> None:
    needed = {"APMBC": 40, "CCM": 30}  # APMBC Art. 17(1), CCM Art. 17(1)
    for treaty_id, number in needed.items():
        deposits = sorted(
            one["date"] for one in packaged_book().facts("treaty_event") if (one["treaty"], one["event"]) == (treaty_id, "consent")
        )
        treaty = TREATIES[treaty_id]
        assert deposits[number - 1] == treaty.settled_on.isoformat()
    for treaty in TREATIES.values():
        # The day of general entry into force follows from the day the treaty was settled by the same rule as a state's own.
        assert treaty.entry_for(Moment(treaty.settled_on, treaty.settled_on)).first == treaty.entry_into_force
        assert treaty.first_day < treaty.settled_on < treaty.entry_into_force


@pytest.mark.parametrize(
    ("word", "treaty"),
    [
        ("apmbc", "APMBC"),
        ("Ottawa", "APMBC"),
        ("Mine Ban Treaty", "APMBC"),
        ("CCM", "CCM"),
        ("Convention on Cluster Munitions", "CCM"),
        ("CCW Amended Protocol II", "CCW_APII"),
        ("ccw-apii", "CCW_APII"),
        ("Protocol V", "CCW_PV"),
    ],
)
def test_a_treaty_is_found_by_its_usual_names(word: str, treaty: str) -> None:
    found = find_treaty(word)
    assert not isinstance(found, Problem)
    assert found.id == treaty


def test_an_unknown_treaty_names_the_nearest() -> None:
    found = find_treaty("Otawa")
    assert isinstance(found, Problem)
    assert found.code == "instrument_unknown"
    assert "APMBC" in found.remedy


# --- withdrawal and armed conflict, Article 20(3)

MEMBER = act("consent", "2012-12-27", form="ratification")
NOTICE = act("withdrawal_notified", "2025-08-20")


def test_a_withdrawal_binds_until_six_months_have_passed() -> None:
    assert status_on(told(MEMBER, NOTICE), "2026-02-19") == ("party", "")
    assert status_on(told(MEMBER, NOTICE), "2026-02-20") == ("withdrawn", "withdrawn")


def test_without_a_fact_about_armed_conflict_the_answer_says_what_it_assumes() -> None:
    found = status_of(told(MEMBER, NOTICE), "POL", day("2026-03-01"))
    assert found.assumes == ("not engaged in armed conflict on 2026-02-20 (APMBC Art. 20(3))",)


def test_a_fact_that_there_was_no_armed_conflict_ends_the_assumption() -> None:
    found = status_of(told(MEMBER, NOTICE, conflicts=(conflict("no", "2026-01-01", "2026-12-31"),)), "POL", day("2026-03-01"))
    assert (found.status, found.assumes) == ("withdrawn", ())


def test_an_armed_conflict_when_the_six_months_expire_holds_the_withdrawal_back_to_its_end() -> None:
    held = told(MEMBER, NOTICE, conflicts=(conflict("yes", "2026-02-01", "2027-05-04"),))
    assert status_on(held, "2027-05-03") == ("party", "")
    assert status_on(held, "2027-05-04") == ("withdrawn", "withdrawn")
    assert status_of(held, "POL", day("2027-01-01")).assumes == ()


def test_an_armed_conflict_without_a_known_end_holds_the_withdrawal_back() -> None:
    held = told(MEMBER, NOTICE, conflicts=(conflict("yes", "2022-02-24"),))
    found = status_of(held, "POL", day("2030-01-01"))
    assert (found.status, found.bound_to) == ("party", None)


def test_an_armed_conflict_that_was_over_in_time_does_not_hold_it_back() -> None:
    ended = told(MEMBER, NOTICE, conflicts=(conflict("yes", "2024-01-01", "2026-02-20"),))
    assert status_on(ended, "2026-02-20") == ("withdrawn", "withdrawn")


def test_another_states_armed_conflict_does_not_matter() -> None:
    elsewhere = told(MEMBER, NOTICE, conflicts=(conflict("yes", "2024-01-01", iso3="UKR"),))
    assert status_on(elsewhere, "2026-02-20") == ("withdrawn", "withdrawn")


def test_two_facts_that_contradict_each_other_leave_the_withdrawal_unknown() -> None:
    both = told(MEMBER, NOTICE, conflicts=(conflict("yes", "2026-01-01"), conflict("no", "2026-01-01")))
    assert status_on(both, "2026-02-19") == ("party", "")
    assert status_on(both, "2026-02-20") == ("unknown", "disputed")


def test_a_protocol_to_the_ccw_binds_for_a_year_after_denunciation() -> None:
    treaty = TREATIES["CCW_APII"]
    rows = [
        act("consent", "2003-10-14", treaty="CCW_APII", form="consent_to_be_bound"),
        act("withdrawal_notified", "2024-02-29", treaty="CCW_APII"),
    ]
    folded = treaty_history(treaty, rows, (), ())
    assert status_on(folded, "2025-02-27") == ("party", "")
    assert status_on(folded, "2025-02-28") == ("withdrawn", "withdrawn")


def test_a_state_that_left_and_consented_again_is_a_party_again() -> None:
    again = told(MEMBER, NOTICE, act("consent", "2027-03-10", form="accession"))
    assert status_on(again, "2027-08-31") == ("withdrawn", "withdrawn")
    assert status_on(again, "2027-09-01") == ("party", "")
    assert str(status_of(again, "POL", day("2027-09-01")).bound_from) == "2027-09-01"


def test_a_state_that_consents_again_before_it_has_left_stays_a_party() -> None:
    stays = told(MEMBER, NOTICE, act("consent", "2025-08-25", form="accession"))
    assert status_on(stays, "2026-02-20") == ("party", "")


def test_a_printed_effective_date_without_a_notice_makes_the_status_unknown_from_that_day() -> None:
    printed = told(MEMBER, act("withdrawal_effective_printed", "2026-02-20"))
    assert status_on(printed, "2026-02-19") == ("party", "")
    assert status_on(printed, "2026-02-20") == ("unknown", "day_unknown")


def test_every_printed_effective_date_is_the_derived_one_where_the_notice_is_told() -> None:
    compared = 0
    for treaty in TREATIES:
        for record in history(treaty).states.values():
            for one in record.rows:
                if one["event"] == "withdrawal_effective_printed":
                    (span,) = record.spans
                    assert span.notice is not None
                    if span.notice.known_from_basis != "assumed":
                        assert str(span.end) == one["date"]
                        compared += 1
    assert compared == 4, "Latvia, Lithuania, Estonia, Finland; Poland and Lithuania's second notice prove nothing"


# --- days known only in part, succession, claims


def test_a_deposit_known_only_by_its_year_leaves_the_status_unknown_until_it_is_certain() -> None:
    rows = told(act("consent", "2012", form="ratification", known_from="2012-12-31"))
    assert status_on(rows, "2012-06-30") == ("not_party", "never_consented")
    assert status_on(rows, "2012-07-01") == ("unknown", "day_unknown")
    assert status_on(rows, "2013-05-31") == ("unknown", "day_unknown")
    assert status_on(rows, "2013-06-01") == ("party", "")


def test_a_deposit_of_which_no_day_is_told_leaves_every_day_from_entry_into_force_unknown() -> None:
    rows = told(act("consent", "", form="ratification", known_from="2012-12-31"))
    assert status_on(rows, "1999-02-28") == ("not_party", "never_consented")
    assert status_on(rows, "2020-01-01") == ("unknown", "day_unknown")
    assert status_on(told(MEMBER, act("withdrawal_notified", "")), "2020-01-01") == ("unknown", "day_unknown")


def test_a_successor_without_a_day_of_independence_is_bound_since_some_day_up_to_its_notification() -> None:
    rows = told(act("consent", "2006-10-23", form="succession"))
    assert status_on(rows, "2006-10-22") == ("unknown", "day_unknown")
    assert status_on(rows, "2006-10-23") == ("party", "")


def test_a_claim_that_cannot_be_read_makes_the_alternative_unknown_and_changes_nothing() -> None:
    odd = told(MEMBER, claims=(claim("left by telegram", "2020-01-01"),))
    found = status_of(odd, "POL", day("2021-01-01"))
    assert found.status == "party"
    assert found.disputes[0].alternative == ("unknown", "disputed")


def test_a_claim_whose_default_reading_is_another_status_decides() -> None:
    left = told(MEMBER, claims=(claim("left by telegram", "2020-01-01", default="withdrawn"),))
    assert status_on(left, "2019-12-31") == ("party", "")
    assert status_on(left, "2020-01-01") == ("withdrawn", "disputed")


def test_claims_with_different_default_readings_leave_the_status_unknown() -> None:
    both = told(MEMBER, claims=(claim("a", "2020-01-01", default="withdrawn"), claim("b", "2020-01-01", default="party")))
    assert status_on(both, "2020-01-01") == ("unknown", "disputed")


def test_a_claim_about_a_state_that_is_no_party_changes_nothing() -> None:
    found = status_of(told(claims=(claim("suspension", "2020-01-01"),)), "POL", day("2021-01-01"))
    assert found.status == "not_party"
    assert not found.disputes[0].changes_the_answer


def test_rows_that_nobody_knows_since_when_are_left_out_of_an_answer_as_known_and_named() -> None:
    unknown_since = act("consent", "2012-12-27", form="ratification", known_from="")
    assert status_on(told(unknown_since), "2020-01-01") == ("party", "")
    as_known = status_of(told(unknown_since, known_at="2020-01-01"), "POL", day("2020-01-01"))
    assert (as_known.status, as_known.left_out_rows) == ("not_party", (unknown_since,))


def test_where_the_list_is_partial_a_state_without_rows_is_unknown() -> None:
    partial = told(listed=treaty_list("partial", ""))
    assert status_on(partial, "1999-02-28") == ("not_party", "never_consented")
    assert status_on(partial, "1999-03-01") == ("unknown", "list_partial")


def test_rows_of_another_treaty_do_not_count() -> None:
    assert status_on(told(act("consent", "2012-12-27", treaty="CCM", form="ratification")), "2020-01-01")[0] == "not_party"


def test_each_of_the_four_lists_is_as_long_as_it_says() -> None:
    for treaty in TREATIES:
        folded = history(treaty)
        consents = sum(len(record.consents) for record in folded.states.values())
        assert consents == folded.completeness.listed, treaty


def test_every_state_said_to_be_without_consent_is_no_party_on_any_day() -> None:
    for treaty in ("APMBC", "CCM"):
        folded = history(treaty)
        for iso3 in folded.without_consent:
            assert all(one.bound == "no" for one in bindings(folded, [iso3])), (treaty, iso3)


def test_the_binding_table_of_ukraine_has_a_row_for_each_reading() -> None:
    last = {one.reading: (one.bound, one.start) for one in bindings(history("APMBC"), ["UKR"]) if one.end is None}
    assert last == {
        "default": ("yes", day("2006-06-01")),
        "withdrawal (intended)": ("yes", day("2006-06-01")),
        "suspension": ("no", day("2025-07-25")),
        "suspension has no effect": ("yes", day("2006-06-01")),
    }


# --- laws

DAYS = st.dates(dt.date(1997, 12, 3), dt.date(2030, 12, 31))
EVENTS = st.sampled_from(("signed", "consent", "withdrawal_notified", "withdrawal_effective_printed", "independence"))
FORMS = st.sampled_from(("ratification", "accession", "succession"))
PRECISIONS = st.sampled_from((10, 10, 10, 7, 4))


@st.composite
def made_acts(draw: st.DrawFn) -> RecordedFact:
    on = draw(DAYS)
    known = draw(st.one_of(st.just(on.isoformat()), st.just(""), DAYS.map(dt.date.isoformat)))
    date = on.isoformat()[: draw(PRECISIONS)]
    return act(draw(EVENTS), date, form=draw(FORMS), iso3=draw(st.sampled_from(("POL", "FIN"))), known_from=known)


HISTORIES = st.lists(made_acts(), max_size=6)


@given(HISTORIES, DAYS)
def test_the_periods_of_a_state_part_all_time_and_agree_with_every_day(rows: list[RecordedFact], on: dt.date) -> None:
    for record in told(*rows).states.values():
        cut = periods(record, APMBC)
        assert cut[0].start == APMBC.first_day
        assert cut[-1].end is None
        for one, after in pairwise(cut):
            assert one.end == after.start
            assert (one.status, one.reason) != (after.status, after.reason)
        (here,) = [one for one in cut if one.start <= on and (one.end is None or on < one.end)]
        assert (here.status, here.reason) == standing_on(record, on)


@given(HISTORIES, DAYS)
def test_each_state_is_in_one_list_at_most_and_the_count_is_its_length(rows: list[RecordedFact], on: dt.date) -> None:
    found = parties_on(told(*rows), on)
    listed = [*found.parties, *found.signatories, *found.withdrawn, *found.unknown]
    assert len(listed) == len(set(listed))
    assert found.count == len(found.parties)
    assert all(status_of(told(*rows), iso3, on).status == "party" for iso3 in found.parties)


@given(HISTORIES)
def test_spans_are_half_open(rows: list[RecordedFact]) -> None:
    for record in told(*rows).states.values():
        for span in record.spans:
            if span.end is not None and span.start.last < span.end.first < span.end.last == dt.date.max:
                assert bound_on(record, span.end.first) == "unknown"
            elif span.end is not None and span.start.last < span.end.first:
                assert bound_on(record, span.start.last) == "yes"
                assert bound_on(record, span.end.first - dt.timedelta(days=1)) == "yes"
                assert bound_on(record, span.end.last) == "no" or len(record.spans) > 1


@given(HISTORIES, made_acts(), DAYS, DAYS)
def test_what_becomes_known_later_never_changes_an_earlier_answer(
    rows: list[RecordedFact], later: RecordedFact, known_at: dt.date, on: dt.date
) -> None:
    if later.known_from is not None and later.known_from > known_at:
        before = parties_on(told(*rows, known_at=known_at.isoformat()), on)
        assert parties_on(told(*rows, later, known_at=known_at.isoformat()), on) == before


@given(HISTORIES, DAYS)
def test_the_order_in_which_rows_are_held_changes_nothing(rows: list[RecordedFact], on: dt.date) -> None:
    one_way, other_way = parties_on(told(*rows), on), parties_on(told(*reversed(rows)), on)
    assert (one_way.parties, one_way.withdrawn, one_way.unknown) == (other_way.parties, other_way.withdrawn, other_way.unknown)


@given(st.sampled_from(sorted(TREATIES)), DAYS)
def test_the_packaged_binding_rows_of_every_state_agree_with_its_status(treaty: str, on: dt.date) -> None:
    folded = history(treaty)
    for iso3 in (*folded.states, "USA"):
        rows = [one for one in bindings(folded, [iso3]) if one.reading == "default"]
        covering = [one for one in rows if one.start <= on and (one.end is None or on < one.end)]
        if on < folded.treaty.first_day:
            assert covering == []
            continue
        bound = {"party": "yes", "unknown": "unknown"}.get(status_of(folded, iso3, on).status, "no")
        assert [one.bound for one in covering] == [bound]


def test_made_rows_have_the_fields_of_the_packaged_ones() -> None:
    made = {"treaty_event": act("signed", "1997-12-04"), "treaty_claim": claim("x", "2020-01-01"), "treaty_list": treaty_list()}
    for kind, one in made.items():
        assert set(one.fact.payload) == set(packaged_book().facts(kind)[0].fact.payload)


def test_a_count_published_later_was_not_known_before() -> None:
    rows = [treaty_list(published_parties="166", published_on="2025-12-01")]
    assert treaty_history(TREATIES["APMBC"], (), (), rows).completeness.published == 166
    early = treaty_history(TREATIES["APMBC"], (), (), rows, known_at=day("2025-11-30")).completeness
    assert (early.published, early.published_on) == (None, "")
