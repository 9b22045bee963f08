"""The packaged facts are whole: nothing invalid, nothing lost, and each known from the day its rule gives."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import yaml

from mineaction.ledger.packaged import PACKAGED_DATA, packaged_book
from mineaction.ledger.packaged_check import packaged_problems
from mineaction.terms.fact import RecordedFact

# Rows as they were collected: a row that is added or taken away is a line here and in docs/FACTS.md.
COUNTS = {
    "treaty_event": 722,
    "treaty_claim": 4,
    "treaty_list": 4,
    "treaty_no_consent": 43,
    "armed_conflict": 0,
    "article_event": 109,
    "treaty_rule": 47,
    "country": 250,
    "group_membership": 32,
    "policy_step": 84,
    "funding_record": 226,
    "funding_recipient": 92,
    "war_victims_fund": 51,
    "casualty_count": 35,
    "mine_free_milestone": 32,
    "mine_free_count": 9,
    "stockpile_figure": 23,
}


def only(subject: str) -> RecordedFact:
    (told,) = packaged_book().history(subject)
    return told


def test_the_packaged_data_have_no_problem() -> None:
    assert [str(one) for one in packaged_problems()] == []


def test_no_row_was_lost_and_none_came_twice() -> None:
    assert {kind: len(packaged_book().facts(kind)) for kind in packaged_book().kinds()} == COUNTS


def test_the_events_of_each_treaty_are_all_there() -> None:
    by_treaty = Counter((told["treaty"], told["event"]) for told in packaged_book().facts("treaty_event"))
    assert by_treaty == {
        ("APMBC", "signed"): 133,
        ("APMBC", "consent"): 166,
        ("APMBC", "withdrawal_notified"): 5,
        ("APMBC", "withdrawal_effective_printed"): 5,
        ("APMBC", "independence"): 2,
        ("CCM", "signed"): 108,
        ("CCM", "consent"): 113,
        ("CCM", "withdrawal_notified"): 1,
        ("CCM", "withdrawal_effective_printed"): 1,
        ("CCW_APII", "consent"): 104,
        ("CCW_PV", "consent"): 84,
    }


def test_a_list_says_how_many_consents_it_holds() -> None:
    consents = Counter(told["treaty"] for told in packaged_book().facts("treaty_event") if told["event"] == "consent")
    assert {told["treaty"]: int(told["listed_consents"]) for told in packaged_book().facts("treaty_list")} == consents


def test_a_list_ends_where_its_set_ends() -> None:
    book = packaged_book()
    for told in book.facts("treaty_list"):
        told_set = book.completeness("treaty_event", told["treaty"])
        assert (told_set["complete_until"], told_set["list_status"]) == (told["complete_until"], told["list_status"])


def test_nobody_both_consented_and_did_not() -> None:
    consented = {(told["treaty"], told["iso3"]) for told in packaged_book().facts("treaty_event") if told["event"] == "consent"}
    assert consented & {(told["treaty"], told["iso3"]) for told in packaged_book().facts("treaty_no_consent")} == set()


def test_the_ten_rows_of_the_stock_of_2000_add_to_the_published_total() -> None:
    rows = [
        told
        for told in packaged_book().facts("stockpile_figure")
        if (told["as_of"], told["measure"], told["bound"]) == ("2000", "stockpile", "exact")
    ]
    (total,) = [told for told in rows if told["type"] == "TOTAL"]
    assert sum(int(told["quantity"]) for told in rows if told is not total) == int(total["quantity"])


def test_a_derived_share_is_its_part_of_the_total_of_its_region() -> None:
    """Each derived amount is the percentage times the region's total of the same chart, to the dollar."""
    totals = {
        (told["region"], told.fact.source): int(told["amount_usd"])
        for told in packaged_book().facts("funding_record")
        if told["kind"] == "region_cumulative"
    }
    derived = [
        told for told in packaged_book().facts("funding_record") if told["kind"] == "country_cumulative_derived" and told["amount_usd"]
    ]
    assert derived
    for told in derived:
        total = totals[(told["region"], told.fact.source)]
        assert int(told["amount_usd"]) == round(total * float(told["percent_of_region"]) / 100), told.position


KNOWN_FROM = [
    ("treaty_event/APMBC/AFG/consent", "2002-09-11", "act"),
    ("treaty_event/APMBC/POL/withdrawal_notified", "2025-08-20", "assumed"),
    ("treaty_event/CCM/LTU/withdrawal_notified", "2024-09-06", "assumed"),
    ("treaty_claim/APMBC/UKR/suspension", "2025-07-25", "act"),
    ("treaty_no_consent/APMBC/USA", "", ""),
    ("country/POL", "", ""),
    ("treaty_rule/APMBC-1.1(a)-1", "1997-09-18", "act"),
    # A meeting gives the last day of its month, or of its year where no month is told.
    ("article_event/APMBC/5/UKR/extension_granted/18MSP", "2020-11-30", "assumed"),
    ("article_event/APMBC/5/TCD/extension_granted/10MSP", "2010-12-31", "assumed"),
    # A meeting named in the note or the address counts as one.
    ("article_event/APMBC/5/YEM/extended_deadline_in_force/2015-03-01", "2012-12-31", "assumed"),
    ("article_event/APMBC/5/GNB/completion_declared/2012", "2012-12-31", "assumed"),
    # Without a meeting, the year of the source; without that, unknown.
    ("article_event/APMBC/5/JOR/completion_declared/2012", "2013-12-31", "assumed"),
    ("article_event/APMBC/5/OMN/completion_declared/2025", "2025-12-31", "assumed"),
    ("article_event/APMBC/5/TUR/deadline_in_force/2022-03-01", "2017-12-31", "assumed"),
    ("article_event/APMBC/5/THA/extension_requested/2026-12-31", "", ""),
    ("group_membership/nato/POL", "1999-03-12", "act"),
    ("group_membership/nato/SWE", "2024-03-07", "assumed"),
    ("policy_step/US2022-R1", "2022-06-21", "act"),
    ("policy_step/US2016-R1", "2016-01-31", "assumed"),
    ("policy_step/US1992REG-R1", "1992-11-30", "assumed"),
    ("funding_record/F040", "1999-05-25", "publication"),
    ("funding_record/F050", "2020-04-30", "publication"),
    ("funding_record/F052", "2022-04-04", "publication"),
    ("funding_record/F054", "2024-04-04", "publication"),
    ("funding_record/F001", "1994-12-31", "assumed"),
    ("funding_record/F078", "2022-12-31", "assumed"),
    ("funding_record/F043", "", ""),
    ("funding_recipient/ZMB", "2004-12-31", "assumed"),
    ("war_victims_fund/2022-06-21/beneficiaries_claim", "2022-06-21", "publication"),
    ("war_victims_fund/FY2014/cumulative_assistance", "2015-12-31", "assumed"),
    ("war_victims_fund/undated/beneficiaries_claim", "", ""),
    ("casualty_count/2019/WORLD", "2021-12-31", "assumed"),
    ("mine_free_milestone/NIC/free_of_humanitarian_impact", "2010-06-18", "act"),
    ("mine_free_milestone/CRI/free_of_humanitarian_impact", "2010-06-30", "assumed"),
    ("mine_free_milestone/GBR/APMBC_Art5_completion", "", ""),
    ("mine_free_count/2022-06-21", "2022-06-21", "publication"),
    ("mine_free_count/2022", "2023-12-31", "assumed"),
    ("stockpile_figure/2001/stockpile/TOTAL", "2001-02-28", "publication"),
    ("stockpile_figure/2000/stockpile/TOTAL", "2000-12-31", "assumed"),
]


@pytest.mark.parametrize(("subject", "known_from", "basis"), KNOWN_FROM, ids=[one[0] for one in KNOWN_FROM])
def test_a_fact_is_known_from_the_day_its_rule_gives(subject: str, known_from: str, basis: str) -> None:
    told = only(subject)
    assert (told.known_from, told.known_from_basis) == (dt.date.fromisoformat(known_from) if known_from else None, basis)


def test_a_state_that_never_consented_has_no_consent() -> None:
    assert packaged_book().history("treaty_event/APMBC/USA/consent") == ()


def test_no_act_is_known_before_its_day() -> None:
    for told in packaged_book().facts("treaty_event"):
        assert told.known_from is not None
        assert told.known_from >= dt.date.fromisoformat(told["date"]), told.position


def test_what_is_known_only_by_assumption_is_marked_so_and_counted() -> None:
    unknown = {kind: sum(told.known_from is None for told in packaged_book().facts(kind)) for kind in COUNTS}
    assert {kind: count for kind, count in unknown.items() if count} == {
        "country": 250,
        "treaty_no_consent": 43,
        "article_event": 8,
        "funding_record": 3,
        "treaty_list": 2,
        "war_victims_fund": 1,
        "mine_free_milestone": 1,
    }


def test_the_yaml_beside_a_statement_says_issuer_ground_and_reason() -> None:
    texts = Path(PACKAGED_DATA) / "texts" / "statements"
    beside = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in texts.glob("*.yaml")}
    assert set(beside) == {path.stem for path in texts.glob("*.txt")}
    assert {said["issuer"] for said in beside.values()} == {"USA"}
    assert {stem: (said.get("date"), said["basis"]) for stem, said in beside.items()} == {
        "000_c60e18c4d0212a59": (dt.date(2022, 6, 21), "assumed"),
        "002_f35273cdee6493af": (None, "declared"),
    }
    assert all(said["reason"] for said in beside.values())


def test_no_line_ends_were_changed_in_a_table() -> None:
    """One kind of line end, so that the digest of a book is the same on every machine."""
    for path in Path(PACKAGED_DATA).rglob("*.csv"):
        assert b"\r" not in path.read_bytes(), path.name
