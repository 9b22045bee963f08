"""A timeline says when the answer about an act changed and by which act; on any day it is what `decide` answers that day."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.law import Law, law_from
from mineaction.programme import timeline as timeline_module
from mineaction.programme.activity import read_activity
from mineaction.programme.compiled_law import compiled, packaged_law
from mineaction.programme.decisions import decide, on_one_day
from mineaction.programme.policies import law_with, new_policy
from mineaction.programme.timeline import timeline
from mineaction.terms.dates import add_months
from mineaction.terms.problem import ProblemError
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE, ACTS_TOWARDS_ANOTHER, FIELDS

USE = {"act": "use", "item": "apl"}
LAST = "2026-06-01"
Period = dict[str, Any]


def periods(instrument: str, **asked: Any) -> list[Period]:
    (told,) = timeline(until=LAST, instruments=[instrument], **asked)["instruments"]
    return list(told["periods"])


def on(told: list[Period], day: str) -> Period:
    (found,) = [one for one in told if one["from"] <= day and (one["to"] is None or day < one["to"])]
    return found


def kinds(period: Period) -> set[str]:
    return {one["kind"] for one in period["because"]}


def beginning(told: list[Period], day: str) -> Period:
    (found,) = [one for one in told if one["from"] == day]
    return found


# --- the law of exactness


FACTS = st.fixed_dictionaries(
    {"act": st.sampled_from(ACTS), "item": st.sampled_from(["apl", "apl-persistent", "anti_personnel_mine", "anti-vehicle-mine"])},
    optional={
        "place": st.sampled_from(FIELDS["place"].values),
        "purpose": st.sampled_from(FIELDS["purpose"].values),
        "context": st.sampled_from(FIELDS["context"].values),
        "counterparty": st.sampled_from(FIELDS["counterparty"].values),
        "stock_origin": st.sampled_from(FIELDS["stock_origin"].values),
    },
).filter(lambda facts: facts["act"] not in ACTS_TOWARDS_ANOTHER or facts.get("counterparty") != "none")
EVENTS = packaged_book().facts("treaty_event")
# Every state of which an act or a claim is held, one of which none is, an area, and nobody.
ACTORS = st.sampled_from([*sorted({row["iso3"] for row in EVENTS}), "MMR", "HKG", None])
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2028, 1, 1))
# Days on which something may begin or end: an act or a claim, half a year, a year or four years later, and the day before and after.
ACTS_OF_STATES = [(row["iso3"], row["date"]) for kind in ("treaty_event", "treaty_claim") for row in packaged_book().facts(kind)]
TEXTS = [one.in_force_from for instrument in packaged_law().instruments.values() for one in instrument.versions]


def near_an_act(actor: str | None) -> st.SearchStrategy[dt.date]:
    acts = sorted({day for state, day in ACTS_OF_STATES if state == actor and len(day) == 10} | set(TEXTS))
    shifted = st.builds(add_months, st.sampled_from([dt.date.fromisoformat(one) for one in acts]), st.sampled_from([0, 6, 12, 48, 53, 54]))
    begun = st.builds(lambda day, is_first: day.replace(day=1) if is_first else day, shifted, st.booleans())
    return st.builds(lambda day, days: day + dt.timedelta(days=days), begun, st.integers(-1, 2))


KNOWN = st.none() | st.dates(dt.date(1996, 1, 1), dt.date(2026, 6, 1))


def same_finding(period: Period, finding: dict[str, Any]) -> bool:
    """Whether all that the period says is what the finding says; its notes hold what stands beside it."""
    held = {name: finding[name] for name in ("version", "reading", "verdict", "reason", "provisos", "possible", "missing")}
    held["clauses"] = [one["id"] for one in finding["clauses"]]
    held["duties"] = [one["id"] for one in finding["duties"]]
    held["missing_law"] = [one["clause"] for one in finding["missing_law"]]
    held["if_bound"] = finding.get("if_bound")
    held["other_readings"] = {name: verdict for name, verdict in finding["readings"].items() if verdict != finding["verdict"]}
    held["disputes"] = finding.get("disputes", [])
    held["as_last_known"] = finding.get("as_last_known", False)
    held["beyond_text_data"] = finding["beyond_text_data"]
    beside = [one for one in finding["notes"] if "stands beside this" in one]
    return held.items() <= period.items() and beside == period["beside"]


@given(FACTS, ACTORS, KNOWN, st.data())
def test_on_any_day_a_decision_gives_the_period_of_the_timeline(
    facts: dict[str, str], actor: str | None, known: dt.date | None, data: st.DataObject
) -> None:
    days = data.draw(st.lists(DAYS | near_an_act(actor), min_size=4, max_size=8))
    below = {"act": "use", "item": "apl"} if facts["act"] in ACTS_OF_ASSISTANCE else None
    asked: dict[str, Any] = {**facts, "actor": actor, "known_at": known, "underlying": below}
    told = {one["instrument"]: one["periods"] for one in timeline(since=min(days), until=max(days), **asked)["instruments"]}
    for day in days:
        for finding in decide(on=day, **asked)["findings"]:
            period = on(told[finding["instrument"]], day.isoformat())
            assert same_finding(period, finding), (day, period, finding)


def days_about_acts(state: str) -> list[dt.date]:
    """The day before and of each act of a state, of what follows half a year and a year later, and of the end of Article 4's period."""
    acts = [dt.date.fromisoformat(day) for one, day in ACTS_OF_STATES if one == state and len(day) == 10]
    begun = {add_months(act, 6).replace(day=1) for act in acts}
    first = {add_months(act, months) for act in acts for months in (0, 6, 12)} | begun | {add_months(one, 48) for one in begun}
    over = {add_months(one, 48) + dt.timedelta(days=1) for one in begun}
    return sorted(first | over | {one - dt.timedelta(days=1) for one in first})


@pytest.mark.slow
def test_about_every_act_of_every_state_a_decision_gives_the_period_of_the_timeline() -> None:
    law, book, treaties = packaged_law(), packaged_book(), [one for one in packaged_law().instruments.values() if one.binds_parties_to]
    compared = 0
    for actor in sorted({state for state, _ in ACTS_OF_STATES}):
        days = days_about_acts(actor)
        activity = read_activity({"act": "stockpile", "item": "apl", "actor": actor, "purpose": "defence"}, None, None, book, [])
        asked = {"since": days[0], "until": days[-1], "act": "stockpile", "item": "apl", "purpose": "defence"}
        told = timeline(actor=actor, instruments=[one.id for one in treaties], **asked)["instruments"]
        held = {one["instrument"]: one["periods"] for one in told}
        for treaty in treaties:
            for day in days:
                finding = on_one_day(law, treaty, activity, "", day, None, book)
                assert same_finding(on(held[treaty.id], day.isoformat()), finding), (actor, treaty.id, day)
                compared += 1
    assert compared > len(ACTS_OF_STATES)


@given(FACTS, ACTORS, KNOWN)
def test_neighbouring_periods_differ_and_an_act_is_named_for_it(facts: dict[str, str], actor: str | None, known: dt.date | None) -> None:
    for one in timeline(until=LAST, actor=actor, known_at=known, **facts)["instruments"]:
        told = one["periods"]
        assert told[0]["from"] == "1992-01-01" and told[-1]["to"] is None
        assert (told[0]["changed"], told[0]["because"]) == ([], [])
        for before, after in itertools.pairwise(told):
            assert before["to"] == after["from"] > before["from"]
            assert after["changed"] == [name for name in after["changed"] if before[name] != after[name]] != []
            assert after["because"] and all(cause["what"] and cause["source"] for cause in after["because"]), after


def test_the_same_day_asked_as_a_whole_timeline_is_one_period() -> None:
    told = timeline(since="2022-06-21", until="2022-06-21", actor="USA", **USE)["instruments"]
    assert [len(one["periods"]) for one in told] == [1] * len(packaged_law().instruments)


def test_a_timeline_refuses_what_decide_refuses() -> None:
    for words, code in (({"counterparty": "none"}, "other_side_missing"), ({"counterparty": "USA"}, "other_side_is_actor")):
        with pytest.raises(ProblemError) as told:
            timeline(act="transfer", item="apl", actor="USA", **words)
        assert [one.code for one in told.value.problems] == [code]


def test_a_rule_that_no_text_ended_is_never_silently_gone() -> None:
    told = periods("us_apl_policy", act="use", item="anti-vehicle-mine", persistence="persistent", place="DEU", actor="USA")
    assert [on(told, day)["verdict"] for day in ("2011-01-01", "2022-06-20", "2022-06-21", "2025-12-02")] == [
        "prohibited",
        "prohibited",
        "undetermined",
        "undetermined",
    ]


def test_a_reading_is_followed_through_time() -> None:
    told = periods("us_apl_policy", act="transfer", item="apl", purpose="detection", actor="USA", reading="state_text")
    assert on(told, "2022-06-21")["verdict"] == "prohibited"
    default = on(periods("us_apl_policy", act="transfer", item="apl", purpose="detection", actor="USA"), "2022-06-21")
    assert (default["verdict"], default["other_readings"]["state_text"]) == ("permitted", "prohibited")


# --- what a reader looks for


def test_the_united_states_may_not_use_a_persistent_mine_in_korea_until_the_memorandum_of_2025() -> None:
    told = periods("us_apl_policy", act="use", item="apl-persistent", place="KOR", actor="USA")
    assert {on(told, day)["verdict"] for day in ("2020-01-31", "2022-06-20", "2022-06-21", "2025-12-01")} == {"prohibited"}
    policy = beginning(told, "2022-06-21")
    assert "verdict" not in policy["changed"] and "version" in policy["changed"]
    (cause,) = [one for one in policy["because"] if one["kind"] == "version"]
    assert "21 June 2022" in cause["what"] and "it ends us_apl_policy@2020-01-31" in cause["what"]
    memorandum = beginning(told, "2025-12-02")
    assert memorandum["verdict"] == "undetermined" and memorandum["missing"] and kinds(memorandum) == {"version"}


def test_the_last_period_says_that_the_sources_end() -> None:
    told = periods("us_apl_policy", actor="USA", **USE)
    assert told[-1]["beyond_text_data"] and kinds(told[-1]) == {"text_data_end"} and not told[-2]["beyond_text_data"]
    treaty = periods("apmbc", actor="FRA", **USE)
    assert treaty[-1]["as_last_known"] and kinds(treaty[-1]) == {"treaty_data_end"} and not treaty[-2]["as_last_known"]


def test_poland_is_bound_from_2013_and_no_longer_after_its_withdrawal() -> None:
    told = periods("apmbc", actor="POL", **USE)
    assert [(one["from"], one["verdict"], one["reason"]) for one in told if "verdict" in one["changed"] or "reason" in one["changed"]][
        1:
    ] == [
        ("2012-12-27", "not_bound", "not_yet"),
        ("2013-06-01", "prohibited", "act = use, item = anti_personnel_mine, initiation = victim"),
        ("2026-02-20", "not_bound", "withdrawn"),
    ]
    assert kinds(beginning(told, "2012-12-27")) == {"consent"}
    assert kinds(beginning(told, "2013-06-01")) == {"entry_into_force"}
    assert kinds(beginning(told, "2025-08-20")) == {"withdrawal_notified"}
    left = beginning(told, "2026-02-20")
    (cause,) = left["because"]
    assert cause["kind"] == "withdrawal_effective" and "Art. 20(3)" in cause["source"] and "notice of 2025-08-20" in cause["source"]
    assert left["if_bound"] == "prohibited"


def test_the_notice_of_withdrawal_ends_nothing_but_brings_an_assumption() -> None:
    notice = beginning(periods("apmbc", actor="POL", **USE), "2025-08-20")
    assert notice["changed"] == ["provisos"] and notice["verdict"] == "prohibited"
    assert any("not engaged in armed conflict" in one for one in notice["provisos"])


def test_a_state_that_never_consented_is_never_bound() -> None:
    told = periods("apmbc", actor="USA", **USE)
    assert {one["verdict"] for one in told} == {"not_in_force", "not_bound"}
    assert {one["reason"] for one in told if one["verdict"] == "not_bound"} == {"never_consented"}
    assert kinds(beginning(told, "1999-03-01")) >= {"general_entry_into_force", "version"}


def test_a_stock_is_prohibited_for_certain_once_the_four_years_of_article_4_are_over() -> None:
    told = periods("apmbc", act="stockpile", item="apl", purpose="defence", actor="UKR")
    within = on(told, "2010-06-01")
    assert within["from"] == "2006-06-01" and within["verdict"] == "undetermined" and within["missing"] == [["stock_origin"]]
    over = beginning(told, "2010-06-02")
    assert over["verdict"] == "prohibited" and kinds(over) == {"article_4_period_ended"}


def test_a_disputed_act_stands_beside_an_answer_that_stays() -> None:
    told = periods("apmbc", actor="UKR", **USE)
    claimed = [one for one in told if "claim" in kinds(one)]
    assert {one["verdict"] for one in claimed} == {"prohibited"}
    assert all("disputes" in one["changed"] or "other_readings" in one["changed"] for one in claimed)
    assert on(told, "2025-08-01")["other_readings"] == {"claim: suspension": "not_bound"}
    assert on(told, "2025-06-28")["disputes"] == []


def test_who_did_not_know_of_a_notice_sees_no_end() -> None:
    told = periods("apmbc", actor="POL", known_at="2025-01-01", **USE)
    assert on(told, "2026-03-01")["verdict"] == "prohibited" and on(told, "2026-03-01")["as_last_known"]
    assert kinds(beginning(told, "2025-01-02")) == {"knowledge_ends"}


def test_a_decision_beside_the_policy_cuts_and_changes_no_verdict() -> None:
    told = periods("us_apl_policy", act="transfer", item="apl-non-persistent", purpose="defence", counterparty="UKR", actor="USA")
    beside = beginning(told, "2024-11-20")
    assert (beside["changed"], kinds(beside), beside["verdict"]) == (["beside"], {"beside"}, "prohibited")


def test_treaties_whose_rules_are_not_encoded_are_named_with_the_days_they_bind() -> None:
    law = packaged_law()
    only_policy = Law({"us_apl_policy": law.instruments["us_apl_policy"], "apmbc": law.instruments["apmbc"]})
    told = timeline(until=LAST, actor="USA", law=only_policy, **USE)["bound_but_not_encoded"]
    assert {"treaty": "CCW_APII", "from": "1999-11-24", "to": None} in told
    assert timeline(since="1992-01-01", until="1995-01-01", actor="USA", law=only_policy, **USE)["bound_but_not_encoded"] == []
    assert timeline(until=LAST, **USE)["bound_but_not_encoded"] == []


def test_those_that_bind_come_first() -> None:
    for actor, first in (("FRA", "apmbc"), ("USA", "us_apl_policy")):
        told = timeline(until=LAST, actor=actor, **USE)["instruments"]
        silent = [all(one["verdict"] in ("not_bound", "not_in_force") for one in instrument["periods"]) for instrument in told]
        assert silent == sorted(silent) and first in {
            one["instrument"] for one, is_silent in zip(told, silent, strict=True) if not is_silent
        }


def test_an_end_of_a_text_that_nothing_follows_is_a_period() -> None:
    raw = compiled()
    (policy,) = [one for one in raw["instruments"] if one["instrument"] == "us_apl_policy"]
    policy["versions"] = [one for one in policy["versions"] if one["version"] != "us_apl_policy@2025-12-02"]
    told = periods("us_apl_policy", actor="USA", law=law_from(raw), **USE)
    ended = beginning(told, "2025-12-02")
    assert (ended["verdict"], ended["reason"], kinds(ended)) == ("not_in_force", "the instrument is no longer in force", {"version_ends"})


def test_a_new_text_of_the_treaty_that_is_referred_to_is_a_cause() -> None:
    raw = compiled()
    (treaty,) = [one for one in raw["instruments"] if one["instrument"] == "apmbc"]
    (old,) = treaty["versions"]
    old["in_force"]["to"] = "2023-01-01"
    new = json.loads(json.dumps(old))
    new |= {"version": "apmbc@2023-01-01", "in_force": {"from": "2023-01-01", "to": ""}}
    new["clauses"] = [one for one in new["clauses"] if one["id"] != "apmbc.1.1.a"]
    treaty["versions"].append(new)
    asked = {"act": "assist", "actor": "USA", "context": "other", "underlying": {"act": "use", "item": "apl"}, "law": law_from(raw)}
    told = periods("us_apl_policy", **asked)
    assert on(told, "2022-12-31")["verdict"] == "prohibited"
    changed = beginning(told, "2023-01-01")
    assert changed["verdict"] != "prohibited" and kinds(changed) == {"referred_version"}
    over_all = next(one for one in decide(on="unknown", **asked)["findings"] if one["instrument"] == "us_apl_policy")
    assert set(over_all["possible"]) >= {"prohibited", changed["verdict"]}


# --- what is echoed, and what is refused


def test_without_a_last_day_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_module, "today", lambda: dt.date(2022, 6, 20))
    told = timeline(actor="USA", **USE)
    assert (told["since"], told["until"]) == ("1992-01-01", "2022-06-20")
    (policy,) = [one for one in told["instruments"] if one["instrument"] == "us_apl_policy"]
    assert policy["periods"][-1]["version"] == "us_apl_policy@2020-01-31"


def test_an_answer_is_plain_data_with_its_book() -> None:
    told = timeline(until=dt.date(2026, 6, 1), since=dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC), actor="UKR", act="assist", underlying=USE)
    assert json.loads(json.dumps(told)) == told
    assert told["books"] == [packaged_book().identity()] and told["disclaimer"].startswith("Not legal advice")
    assert told["activity"]["underlying"]["act"] == "use" and "on" not in told["activity"]


REFUSED: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"since": "2022-01-02", "until": "2022-01-01"}, [("period_reversed", "from")]),
    ({"since": "2022-02-30"}, [("impossible_date", "from")]),
    ({"until": "unknown"}, [("impossible_date", "to")]),
    ({"until": "9999-12-31"}, [("date_out_of_range", "to")]),
    ({"known_at": "unknown"}, [("impossible_date", "known_at")]),
    ({"instruments": ["apmbc", "apmcb"]}, [("instrument_unknown", "instrument")]),
    ({"reading": "mine"}, [("reading_unknown", "reading")]),
    ({"act": "fly", "since": "x"}, [("impossible_date", "from"), ("unknown_word", "act")]),
]


@pytest.mark.parametrize(("asked", "expected"), REFUSED, ids=str)
def test_what_fits_nothing_is_a_problem_with_its_place(asked: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    with pytest.raises(ProblemError) as told:
        timeline(**asked)
    assert [(one.code, one.place) for one in told.value.problems] == expected
    assert all(one.message and one.remedy for one in told.value.problems)


# --- a policy of one's own, with clauses that have days of their own


def own(folder: Path, *changes: tuple[str, str]) -> Law:
    text = new_policy()
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = folder / "my_policy.yaml"
    path.write_text(text, encoding="utf-8")
    return law_with(str(path))


def test_a_clause_that_begins_and_one_that_ends_within_a_text_are_named(tmp_path: Path) -> None:
    law = own(
        tmp_path,
        ('- id: my_policy.1\n  article: "1"\n', '- id: my_policy.1\n  article: "1"\n  from: "2026-03-01"\n  until: "2026-04-01"\n'),
    )
    told = periods("my_policy", actor="CHE", law=law, **USE)
    assert [(one["from"], one["verdict"]) for one in told] == [
        ("1992-01-01", "not_in_force"),
        ("2026-01-01", "not_addressed"),
        ("2026-03-01", "prohibited"),
        ("2026-04-01", "not_addressed"),
    ]
    whats = [one["because"][0]["what"] for one in told[2:]]
    assert whats[0].endswith(": my_policy.1 begins") and whats[1].endswith(": my_policy.1 ends")


def test_from_the_day_on_which_an_end_may_have_come_it_is_undetermined(tmp_path: Path) -> None:
    law = own(
        tmp_path, ('in_force: {from: "2026-01-01", to: ""}', 'in_force: {from: "2026-01-01", to: unknown, certain_until: "2026-02-01"}')
    )
    open_end = beginning(periods("my_policy", actor="CHE", law=law, **USE), "2026-02-01")
    assert (open_end["verdict"], open_end["missing_law"]) == ("undetermined", ["my_policy.1"])
    assert "whether it still stands is not known" in open_end["because"][0]["what"]


def test_whether_an_armed_group_is_bound_follows_the_acts_of_the_state_of_the_place(tmp_path: Path) -> None:
    law = own(tmp_path, ("binds: {actors: [CHE]}", "binds: {parties_to: APMBC, actor_kinds: [state, armed_group]}"))
    told = periods("my_policy", actor_kind="armed_group", place="POL", law=law, **USE)
    assert kinds(beginning(told, "2026-02-20")) == {"withdrawal_effective"} and on(told, "2026-02-20")["verdict"] == "not_bound"
    assert on(told, "2026-02-19")["verdict"] == "prohibited"
