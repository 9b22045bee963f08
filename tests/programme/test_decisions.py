"""What an answer of `decide` holds besides verdicts, and what it refuses. The verdicts themselves are `tests/policies/cases/`."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.law import law_from
from mineaction.programme import decisions
from mineaction.programme.compile_package import build
from mineaction.programme.compiled_law import compiled, packaged_law
from mineaction.programme.decisions import decide
from mineaction.terms.problem import ProblemError
from mineaction.terms.verdict import DISCLAIMER, VERDICTS
from mineaction.terms.vocabulary import ACTS, ACTS_OF_ASSISTANCE, ACTS_TOWARDS_ANOTHER, FIELDS, SHORT_FORMS

DAY = "2022-06-21"
USE = {"act": "use", "item": "apl", "actor": "USA", "on": DAY}


def finding(instrument: str, **asked: Any) -> dict[str, Any]:
    (told,) = [one for one in decide(**asked)["findings"] if one["instrument"] == instrument]
    return told


def problems(**asked: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as told:
        decide(**asked)
    assert all(one.message and one.remedy for one in told.value.problems)
    return [(one.code, one.place) for one in told.value.problems]


# --- the echo


def test_every_fact_is_echoed_and_what_was_not_said_is_unknown() -> None:
    echo = decide(**USE)["activity"]
    assert {name for name in FIELDS if name != "underlying"} <= echo.keys()
    assert {name: value for name, value in echo.items() if value not in ("unknown", None)} == {
        "act": "use",
        "item": "anti_personnel_mine",
        "initiation": "victim",
        "actor": "USA",
        "on": DAY,
    }


@pytest.mark.parametrize(("field", "word"), [(field, word) for field, words in SHORT_FORMS.items() for word in words])
def test_a_short_form_is_spelled_out(field: str, word: str) -> None:
    echo = decide(**{field: word}, on=DAY)["activity"]
    assert {name: echo[name] for name in SHORT_FORMS[field][word]} == SHORT_FORMS[field][word]


def test_a_fact_given_besides_a_short_form_is_not_overwritten_in_silence() -> None:
    echo = decide(item="apl-persistent", act="use", delivery="remote", on=DAY)["activity"]
    assert (echo["item"], echo["initiation"], echo["persistence"], echo["delivery"]) == (
        "anti_personnel_mine",
        "victim",
        "persistent",
        "remote",
    )
    assert problems(item="apl", initiation="command", on=DAY) == [("facts_contradict", "initiation")]
    assert problems(item="apl-persistent", persistence="self_destructing_and_deactivating", on=DAY) == [("facts_contradict", "persistence")]
    assert decide(item="apl", initiation="victim", on=DAY)["activity"]["initiation"] == "victim"


def test_without_a_day_it_is_today_and_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "today", lambda: dt.date(2022, 6, 21))
    assert decide(act="use", actor="FRA")["activity"]["on"] == DAY


@pytest.mark.parametrize("day", [DAY, dt.date(2022, 6, 21), dt.datetime(2022, 6, 21, 23, 59, tzinfo=dt.UTC)], ids=str)
def test_a_day_may_be_text_or_a_date(day: Any) -> None:
    told = decide(act="use", item="apl", actor="USA", place="UKR", on=day)
    assert told["activity"]["on"] == DAY
    in_force = ["ccw_apii@1998-12-03", "us_apl_policy@2022-06-21", "us_export_regulation@2014-10-23", "us_statements@1997-09-17"]
    in_force += ["apmbc@1999-03-01", "canada_apmc_act@1999-03-01", "ccm@2010-08-01", "cook_islands_apm_act@2007-11-30"]
    assert [one["version"] for one in told["findings"] if one["version"]] == in_force


def test_known_at_is_echoed() -> None:
    assert decide(**USE, known_at="2022-06-22")["activity"]["known_at"] == "2022-06-22"
    assert decide(**USE)["activity"]["known_at"] is None


def test_a_place_is_told_with_its_scope_and_source() -> None:
    echo = decide(**USE, place="South Korea")["activity"]
    assert (echo["place"], echo["place_scope"]) == ("KOR", "korean_peninsula")
    assert echo["place_source"] and "by state" in echo["place_note"].lower()


def test_a_position_near_a_border_of_the_scope_lists_the_candidates() -> None:
    echo = decide(**USE, at="124.39,40.11")["activity"]
    assert (echo["place_scope"], echo["place_candidates"]) == ("unknown", ["korean_peninsula", "elsewhere"])
    assert echo["at"] == "124.39,40.11"


def test_the_origin_and_the_other_side_are_resolved_too() -> None:
    echo = decide(act="transfer", item="apl", actor="USA", counterparty="Ukraine", from_place="KOR", on=DAY)["activity"]
    assert (echo["counterparty"], echo["counterparty_scope"]) == ("UKR", "elsewhere")
    assert (echo["from_place"], echo["from_place_scope"]) == ("KOR", "korean_peninsula")


def test_the_act_that_is_assisted_is_echoed_apart() -> None:
    echo = decide(act="assist", actor="FRA", on=DAY, underlying={"act": "transfer", "purpose": "training"})["activity"]["underlying"]
    assert (echo["act"], echo["purpose"], echo["item"]) == ("transfer", "technique_training_or_development", "unknown")


def test_an_underlying_act_of_which_nothing_is_given_is_none() -> None:
    assert "underlying" not in decide(act="use", on=DAY, underlying={"act": None, "item": None})["activity"]


# --- the findings


def test_every_instrument_is_listed_binding_ones_first() -> None:
    ids = set(packaged_law().instruments)
    for actor, first in (("FRA", "apmbc"), ("USA", "ccw_apii")):
        told = decide(act="use", item="apl", actor=actor, on=DAY)["findings"]
        assert told[0]["instrument"] == first and {one["instrument"] for one in told} == ids
        is_bound = [one["verdict"] not in ("not_bound", "not_in_force") for one in told]
        assert is_bound == sorted(is_bound, reverse=True) and len(set(is_bound)) == 2
    before = decide(act="use", item="apl", actor="FRA", on="1996-06-01")["findings"]
    # The policy of 1996, the moratorium, its regulation and the statements of the United States; the rest came later.
    assert [one["verdict"] for one in before] == ["not_bound"] * 4 + ["not_in_force"] * 6


def test_a_finding_has_every_key_whatever_its_verdict() -> None:
    keys = {"instrument", "version", "reading", "verdict", "reason", "clauses", "duties", "provisos", "statements", "notes"}
    keys |= {"readings", "possible", "missing", "missing_law"}
    seen = set()
    for actor, day in (("FRA", DAY), ("USA", DAY), ("USA", "1990-01-01"), ("USA", "2010-01-01"), (None, DAY), ("FRA", "unknown")):
        for one in decide(act="use", item="apl", actor=actor, on=day)["findings"]:
            assert keys <= one.keys(), one["verdict"]
            seen.add(one["verdict"])
    assert seen == {"prohibited", "not_bound", "undetermined", "not_in_force", "not_addressed"}


def test_a_prohibition_says_which_facts_triggered_it() -> None:
    told = finding("apmbc", act="transfer", item="apl", purpose="defence", actor="FRA", on=DAY)
    assert told["reason"] == "act = transfer, item = anti_personnel_mine, initiation = victim"


def test_a_disputed_status_is_named() -> None:
    told = finding("apmbc", act="use", item="apl", actor="UKR", on="2026-01-01")
    assert "suspension" in told["disputes"] and told["verdict"] == "prohibited"
    assert finding("apmbc", act="use", item="apl", actor="UKR", on=DAY)["disputes"] == []


def test_after_the_end_of_the_data_an_answer_is_as_last_known() -> None:
    told = finding("apmbc", act="use", item="apl", actor="FRA", on="2027-01-01")
    assert told["beyond_data"] and told["as_last_known"]
    assert finding("us_apl_policy", **USE | {"on": "2026-06-01"})["beyond_text_data"]
    assert not finding("us_apl_policy", **USE)["beyond_text_data"]


def test_a_finding_quotes_its_clauses_and_says_how_the_words_are_held() -> None:
    (clause,) = finding("us_apl_policy", **USE, place="UKR")["clauses"]
    assert "Not use APL outside of the Korean Peninsula" in clause["text"]
    assert (clause["text_held"], clause["source"]) == ("full", "statements/002_f35273cdee6493af.txt")
    (clause,) = finding("us_apl_policy", **USE, place="UKR", reading="state_text")["clauses"]
    assert "will not use anti-personnel landmines outside the Korean Peninsula" in clause["text"]
    (clause,) = finding("us_apl_policy", **USE | {"act": "export", "on": "2021-01-01"})["clauses"]
    assert clause["text_held"] == "excerpt"


def test_a_duty_is_told_with_what_to_do_by_when_and_in_which_words() -> None:
    told = finding("apmbc", act="stockpile", item="apl", purpose="defence", actor="FRA", on=DAY)
    duty = next(one for one in told["duties"] if one["id"] == "apmbc.4")
    assert duty["do"] == ["destroy"] and "4 years" in duty["deadline"] and "not later than four years" in duty["quote"]


def test_missing_law_names_the_clause_the_reason_and_the_source() -> None:
    (missing,) = finding("us_apl_policy", **USE | {"act": "produce", "on": "2026-01-01"})["missing_law"]
    assert missing["clause"] == "us_apl_policy.2025.make" and "No report seen" in missing["why"] and missing["source"]


def test_every_answer_names_its_book_and_says_that_it_is_no_legal_advice() -> None:
    told = decide(**USE)
    assert told["disclaimer"] == DISCLAIMER and DISCLAIMER.startswith("Not legal advice")
    (book,) = told["books"]
    assert book["name"] and book["version"] and book["digest"]


@pytest.mark.parametrize("act", ACTS)
def test_no_answer_calls_anything_lawful(act: str) -> None:
    for item in ("apl", "anti-vehicle-mine"):
        for actor in ("FRA", "USA"):
            text = json.dumps(decide(act=act, item=item, purpose="training", place="UKR", actor=actor, on=DAY)).casefold()
            assert "lawful" not in text and '"legal"' not in text


def test_a_summary_says_that_no_prohibition_was_found_only_where_none_may_be() -> None:
    assert "No prohibition found" in decide(act="clear", item="apl", actor="FRA", on=DAY)["summary"]
    assert "customary law not assessed" in decide(act="clear", item="apl", actor="FRA", on=DAY)["summary"]
    for asked in ({"act": "use", "item": "apl"}, {"act": "use"}, {"act": "use", "item": "anti_personnel_mine", "initiation": "both"}):
        assert "No prohibition found" not in decide(**asked, actor="FRA", on=DAY)["summary"]


def test_an_answer_is_plain_data() -> None:
    for asked in ({**USE}, {"act": "assist", "underlying": {"act": "use"}, "on": "unknown"}, {"at": "124.39,40.11", "on": DAY}):
        told = decide(**asked)
        assert json.loads(json.dumps(told)) == told


# Facts that do not contradict each other: a victim-activated device is set off by its victim.
def agrees(facts: dict[str, str]) -> bool:
    """Whether the facts do not contradict each other, which is refused."""
    is_refused = facts.get("act") in ACTS_TOWARDS_ANOTHER and facts.get("counterparty") == "none"
    return not is_refused and (facts.get("item") != "victim_activated_improvised_device" or facts.get("initiation", "victim") == "victim")


WORDS = st.fixed_dictionaries({}, optional={name: st.sampled_from(FIELDS[name].values) for name in FIELDS if name != "underlying"}).filter(
    agrees
)


ACTORS = st.sampled_from(["FRA", "USA", "POL", "KOR", None])
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


# With the act given: without it every act is asked on every day, which takes long and shows no more.
@given(
    WORDS.flatmap(lambda facts: st.sampled_from(ACTS).map(lambda act: facts | {"act": act})).filter(agrees),
    ACTORS,
    st.lists(DAYS, min_size=2, max_size=4),
)
def test_the_answer_over_all_days_holds_the_answer_of_every_day(facts: dict[str, str], actor: str | None, days: list[dt.date]) -> None:
    over_all = {one["instrument"]: one for one in decide(**facts, actor=actor, on="unknown")["findings"]}
    for day in days:
        for one in decide(**facts, actor=actor, on=day)["findings"]:
            whole = over_all[one["instrument"]]
            assert set(one["possible"] or [one["verdict"]]) <= set(whole["possible"] or [whole["verdict"]]), day
            assert all(duty in one["duties"] for duty in whole["duties"]), day
            assert all(law in whole["missing_law"] for law in one["missing_law"]), day
            assert {name for names in one["missing"] for name in names} <= {name for names in whole["missing"] for name in names}, day


@given(WORDS, WORDS, ACTORS, DAYS)
def test_whatever_is_asked_the_answer_keeps_its_promises(
    facts: dict[str, str], below: dict[str, str], actor: str | None, day: dt.date
) -> None:
    is_assistance = facts.get("act") in ACTS_OF_ASSISTANCE and below.get("act") not in ACTS_OF_ASSISTANCE
    told = decide(**facts, actor=actor, on=day, underlying=below if is_assistance else None)
    for one in told["findings"]:
        assert one["verdict"] in VERDICTS
        assert (one["verdict"] == "undetermined") == bool(one["missing"] or one["missing_law"]), "undetermined always says what is missing"
        assert not one["possible"] or (one["verdict"] == "undetermined" and len(one["possible"]) > 1) or one["missing_law"]
        assert all(names and len(set(names)) == len(names) for names in one["missing"])
        given = {*facts} | ({"actor"} if actor else set())
        if facts.get("actor_kind") == "armed_group":
            given -= {"place"}  # a scope is no state: on whose territory the group acts stays open
        assert not {name for names in one["missing"] for name in names} & given
        reading = one["readings"].get(one["reading"])
        assert reading is None or reading == one["verdict"]


# --- what is refused


REFUSED: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"act": "fly"}, [("unknown_word", "act")]),
    ({"act": "transfer", "counterparty": "none"}, [("other_side_missing", "counterparty")]),
    ({"act": "sell", "counterparty": "none"}, [("other_side_missing", "counterparty")]),
    ({"act": "assist", "underlying": {"act": "sell", "counterparty": "none"}}, [("other_side_missing", "underlying.counterparty")]),
    ({"act": "transfer", "actor": "FRA", "counterparty": "France"}, [("other_side_is_actor", "counterparty")]),
    ({"act": "export", "actor": "FRA", "actor_kind": "state", "counterparty": "FRA"}, [("other_side_is_actor", "counterparty")]),
    ({"item": "rifle"}, [("unknown_word", "item")]),
    ({"acts": "use"}, [("unknown_word", "acts")]),
    ({"underlying": {"act": "fly"}, "act": "assist"}, [("unknown_word", "underlying.act")]),
    ({"underlying": {"act": "use"}, "act": "use"}, [("underlying_without_assist", "underlying")]),
    ({"underlying": {"act": "induce"}, "act": "assist"}, [("underlying_too_deep", "underlying.act")]),
    ({"actor": "Atlantis"}, [("unknown_state", "actor")]),
    ({"actor": "YUG"}, [("unknown_state", "actor")]),
    ({"actor": "Korea"}, [("unknown_state", "actor")]),
    ({"place": "Narnia"}, [("unknown_state", "place")]),
    ({"counterparty": "Narnia"}, [("unknown_state", "counterparty")]),
    ({"from_place": "Narnia"}, [("unknown_state", "from_place")]),
    ({"at": "nonsense"}, [("impossible_position", "at")]),
    ({"at": "Seoul"}, [("impossible_position", "at")]),
    ({"at": "200,100"}, [("impossible_position", "at")]),
    ({"at": "37.5,127.0"}, [("position_swapped", "at")]),
    ({"at": "nan,1"}, [("impossible_position", "at")]),
    ({"at": "1,2,3"}, [("impossible_position", "at")]),
    ({"at": ""}, [("impossible_position", "at")]),
    ({"at": "127,37.5", "place": "KOR"}, [("place_given_twice", "at")]),
    ({"on": "2022-02-30"}, [("impossible_date", "on")]),
    ({"on": "yesterday"}, [("impossible_date", "on")]),
    ({"on": "9999-12-31"}, [("date_out_of_range", "on")]),
    ({"on": "1799-12-31"}, [("date_out_of_range", "on")]),
    ({"on": "2022-06"}, [("impossible_date", "on")]),
    ({"known_at": "unknown-day"}, [("impossible_date", "known_at")]),
    ({"known_at": "unknown"}, [("impossible_date", "known_at")]),
    ({"reading": "nonsense"}, [("reading_unknown", "reading")]),
    ({"act": "fly", "actor": "YUG", "on": "x", "reading": "y"},
     [("impossible_date", "on"), ("reading_unknown", "reading"), ("unknown_word", "act"), ("unknown_state", "actor")]),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), REFUSED, ids=str)
def test_what_fits_nothing_is_a_problem_with_its_place(asked: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert problems(**asked) == expected


def test_the_nearest_words_are_named() -> None:
    with pytest.raises(ProblemError, match="Nearest: transfer"):
        decide(act="tranfer")


# --- the compiled law


def test_the_compiled_law_answers_as_the_files_do(tmp_path: Any) -> None:
    build(str(tmp_path))
    held = (tmp_path / "law.json").read_text(encoding="utf-8")
    assert json.dumps(json.loads(held)) == json.dumps(compiled()), "nothing is lost, and the order of the readings stays"
    assert law_from(json.loads(held)).instruments == law_from(compiled()).instruments


def test_a_question_needs_neither_numpy_nor_yaml() -> None:
    code = "import sys; from mineaction.programme.decisions import decide; decide(act='use', item='apl', actor='USA', at='127,37.5')"
    code += "; print(sorted({'numpy', 'yaml', 'rich'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# --- what stands beside the law that is encoded

USE_APL = {"act": "use", "item": "apl"}


def test_treaties_that_bind_and_are_not_encoded_are_named() -> None:
    for actor in ("RUS", "FRA", "USA"):
        assert decide(**USE_APL, actor=actor, on="2024-01-01")["bound_but_not_encoded"] == ["CCW_PV"]
    assert decide(**USE_APL, actor="RUS", on="1990-01-01")["bound_but_not_encoded"] == []


@pytest.mark.parametrize(
    ("act", "day", "stands"),
    [("transfer", "2024-11-20", True), ("export", "2025-01-01", True), ("transfer", "2024-11-19", False), ("use", "2025-01-01", False)],
)
def test_the_decision_of_november_2024_stands_beside_the_policy_of_2022(act: str, day: str, stands: bool) -> None:
    told = decide(act=act, item="apl-non-persistent", actor="USA", counterparty="UKR", purpose="defence", on=day)
    policy, decision = (next(one for one in told["findings"] if one["instrument"] == name) for name in ("us_apl_policy", "us_decisions"))
    assert any("us_decisions.2024.ukraine says permitted. The two conflict" in note for note in policy["notes"]) == stands
    assert any("nothing is merged" in note for note in decision["notes"]) == stands
    if stands:
        assert (policy["verdict"], decision["verdict"]) == ("prohibited", "permitted"), "each keeps its own verdict"


@pytest.mark.parametrize(
    ("asked", "verdict", "missing", "notes"),
    [
        ({"counterparty": "UKR"}, "permitted", [], 1),
        ({"counterparty": "POL"}, "not_addressed", [], 0),
        ({"act": "export", "counterparty": "none"}, "not_addressed", [], 1),
        ({"counterparty": "on_korean_peninsula"}, "not_addressed", [], 0),
        ({"counterparty": "elsewhere"}, "undetermined", [["counterparty"]], 1),
        ({"place": "UKR"}, "undetermined", [["counterparty"]], 1),
        ({"item": "apl-persistent", "counterparty": "UKR"}, "not_addressed", [], 0),
    ],
)
def test_a_decision_for_one_recipient_says_nothing_of_another(asked: dict[str, str], verdict: str, missing: list[Any], notes: int) -> None:
    told = finding("us_decisions", **{"act": "transfer", "item": "apl-non-persistent", "actor": "USA", "on": "2024-12-01", **asked})
    assert (told["verdict"], told["missing"], len(told["notes"])) == (verdict, missing, notes)
    assert told["readings"] == {"as_told": verdict}


def test_a_decision_binds_its_issuer_only_and_says_so_before_the_recipient() -> None:
    asked = {"act": "transfer", "item": "apl-non-persistent", "counterparty": "POL", "on": "2024-12-01"}
    assert finding("us_decisions", **asked, actor="FRA")["if_bound"] == "not_addressed"
    assert finding("us_decisions", **asked)["missing"] == [["actor"]]
    assert finding("us_decisions", **asked)["possible"] == ["not_addressed", "not_bound"]


def test_where_policy_and_decision_agree_or_one_is_open_no_conflict_is_said() -> None:
    asked = {"act": "transfer", "item": "apl-non-persistent", "actor": "USA", "counterparty": "UKR", "purpose": "defence"}
    after = finding("us_apl_policy", **asked, on="2026-01-01")
    assert after["verdict"] == "undetermined"
    assert any("us_decisions.2024.ukraine" in note and "conflict" not in note for note in after["notes"])
    destroyed = finding("us_apl_policy", **{**asked, "purpose": "destruction"}, on="2024-12-01")
    assert any("us_decisions.2024.ukraine" in note and "conflict" not in note for note in destroyed["notes"])


@pytest.mark.parametrize("area", ["FLK", "REU", "GIB"])
def test_an_area_without_acts_of_its_own_is_unknown_and_not_unbound(area: str) -> None:
    apmbc = next(one for one in decide(**USE_APL, actor=area, on="2022-06-21")["findings"] if one["instrument"] == "apmbc")
    assert (apmbc["verdict"], apmbc["missing"]) == ("undetermined", [["treaty_status"]])


@pytest.mark.parametrize("kind", ["armed_group", "person_under_jurisdiction"])
def test_who_is_no_state_is_not_bound_as_one(kind: str) -> None:
    findings = decide(**USE_APL, actor="GBR", actor_kind=kind, on="2022-06-21")["findings"]
    told = {one["instrument"]: (one["verdict"], one["reason"]) for one in findings if one["verdict"] != "not_in_force"}
    # Amended Protocol II alone binds armed groups, through the state on whose territory they act; an act of a parliament the persons of its
    # own state.
    group = {"ccw_apii": ("undetermined", "the place is not given")} if kind == "armed_group" else {}
    acts = {"canada_apmc_act", "cook_islands_apm_act"} if kind == "person_under_jurisdiction" else set()
    assert told == dict.fromkeys(told, ("not_bound", "not_a_state")) | dict.fromkeys(acts, ("not_bound", "another_issuer")) | group


# --- the other side


def status_of(instrument: str, **words: str) -> str:
    """Whether the state that is helped is a party to that treaty on that day, read off a verdict that turns on it."""
    item = "cluster_munition" if instrument == "ccm" else "apl"
    reading = "military_cooperation" if instrument == "ccm" else "joint_operations"
    told = finding(instrument, act="assist", item=item, actor="FRA", underlying={"act": "use"}, reading=reading, **words)
    if told["verdict"] == "prohibited":
        return "party"
    return "unknown" if told["missing"] == [["counterparty_status"]] else "no party"


def test_the_status_of_the_other_side_is_found_for_each_treaty_on_each_day() -> None:
    assert status_of("apmbc", counterparty="LTU", on="2025-12-26") == "party"
    assert status_of("apmbc", counterparty="LTU", on="2025-12-27") == "no party"
    assert status_of("ccm", counterparty="LTU", on="2025-12-26") == "no party"


@pytest.mark.parametrize("words", [{}, {"counterparty": "elsewhere"}, {"counterparty": "none"}, {"counterparty": "REU"}], ids=str)
def test_the_status_of_a_side_that_is_no_state_known_here_stays_unknown(words: dict[str, str]) -> None:
    for instrument in ("apmbc", "ccm"):
        assert status_of(instrument, on="2024-01-01", **words) == "unknown"


def test_a_status_that_is_given_is_the_one_that_counts_and_is_echoed() -> None:
    asked = {"act": "transfer", "item": "cluster_munition", "purpose": "destruction", "actor": "FRA", "on": "2024-01-01"}
    assert finding("ccm", **asked, counterparty="USA")["verdict"] == "prohibited"
    told = decide(**asked, counterparty="USA", counterparty_status="state_party")
    assert told["activity"]["counterparty_status"] == "state_party"
    assert next(one for one in told["findings"] if one["instrument"] == "ccm")["verdict"] == "permitted"


def test_over_all_days_the_status_of_the_other_side_changes_the_answer_too() -> None:
    asked = {"act": "transfer", "item": "cluster_munition", "purpose": "destruction", "actor": "FRA"}
    told = finding("ccm", **asked, counterparty="VUT", on="unknown")
    assert told["verdict"] == "undetermined" and {"permitted", "prohibited"} <= set(told["possible"])


@pytest.mark.parametrize("word", ["Turkey", "UK", "Ivory Coast", "Korea, Republic of", "GB"])
def test_a_state_is_found_by_its_other_usual_names(word: str) -> None:
    assert decide(**USE_APL, actor=word, on="2022-06-21")["activity"]["actor"] in {"TUR", "GBR", "CIV", "KOR"}
