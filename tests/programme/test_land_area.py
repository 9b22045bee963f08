"""The national table of a store: files in, one balance out, every square metre once."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction.programme import land_book
from mineaction.programme.land_area import area
from mineaction.programme.land_table import DIMENSIONS, PLACES
from mineaction.programme.land_why import why
from mineaction.programme.recording import import_records, reverse
from mineaction.programme.stores import init
from mineaction.registers.land_release import land_account
from mineaction.terms.problem import ProblemError
from tests.house.guards import CHECKOUT
from tests.programme.land_files import AT, record, store_of, table, write
from tests.registers.land_book import ground

PAGE = (CHECKOUT / "docs" / "LAND_ACCOUNT.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]
TERMS = ("opening", "identified", "cancelled", "reduced", "cleared", "remaining")


def m2(value: float) -> object:
    return pytest.approx(value, rel=2e-4, abs=0.05)


def totals(answer: dict[str, Any]) -> dict[str, float]:
    """The terms that are not nothing."""
    return {name.removesuffix("_m2"): figure for name, figure in answer["totals"].items() if abs(figure) > 0.01}


def rows(answer: dict[str, Any]) -> dict[Any, tuple[object, int]]:
    return {row[answer["by"]]: (m2(row["area_m2"]), row["areas"]) for row in answer["rows"]}


def codes(answer: dict[str, Any]) -> list[str]:
    return [one["code"] for one in answer["problems"]]


def test_the_example_of_the_page_comes_out_of_files_as_the_page_shows_it(tmp_path: Path) -> None:
    store = store_of(tmp_path, EXAMPLE)
    told = area("year", until="2014-12-31", store=store)
    shown = [[str(row["year"]), *(f"{round(row[f'{name}_m2']):,}" for name in TERMS)] for row in told["rows"]]
    found = re.search(r"^\| year \|.*\n\|[-:|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert found is not None
    page = [[cell.strip() for cell in line.strip("|").split("|")][:7] for line in found[1].splitlines()]
    assert shown == page
    assert totals(told) == {"identified": m2(10_000), "reduced": m2(2_000), "cleared": m2(2_400), "remaining": m2(5_600)}
    beside = told["beside"]
    assert [beside[f"{name}_m2"] for name in ("double_counted", "rework", "outside_hazard", "reclassified")] == [
        m2(1600),
        m2(1600),
        m2(2000),
        m2(1600),
    ]


def test_a_suspected_area_with_a_cleared_confirmed_one_inside_is_opened_once_and_cleared_once(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   S  SHA      2010-01-01   0  0 100 100
        hazard   C  CHA      2010-06-01  10 10  50  50
        release  R  cleared  2012-03-01  10 10  50  50
    """)  # fmt: skip
    told = area(since="2011-01-01", until="2012-12-31", store=store)
    assert totals(told) == {"opening": m2(10_000), "cleared": m2(1_600), "remaining": m2(8_400)}
    assert rows(told) == {"cleared": (m2(1_600), 1)}
    assert told["beside"]["double_counted_m2"] == m2(1_600)


def test_ground_released_in_2010_and_found_hazardous_in_2015_remains_whole_in_2016(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   old  CHA      2008-01-01  0 0 100 100
        release  R1   cleared  2010-05-01  0 0 100 100
        hazard   new  CHA      2015-02-01  0 0  50 100  rediscovered_from=old
    """.replace("rediscovered_from", "rediscovered_from"))  # fmt: skip
    assert totals(area(until="2016-12-31", store=store))["remaining"] == m2(5_000)
    assert totals(area(until="2014-12-31", store=store)) == {"identified": m2(10_000), "cleared": m2(10_000)}


def test_every_dimension_adds_up_to_one_balance(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA        2010-01-01    0  0 100 100  contamination=ap~mine;uxo
        hazard   B  CHA        2011-06-01   50 50 150 150  contamination=uxo control=no
        hazard   D  CHA        2012        300  0 400 100
        hazard   P  SHA        2012          -             reported=500
        release  R1 cancelled  2012-03-01    0  0  50 100  by=One
        release  R2 reduced    2013-03-01   60 60 160 100  by=Two
        release  R3 cleared    2014        300  0 320 100  by=two
        extended D  -          2013-05-01  300  0 400 120  by=Org
    """)  # fmt: skip
    whole = area("class", until="2014-12-31", store=store)
    released = sum(whole["totals"][f"{name}_m2"] for name in ("cancelled", "reduced", "cleared"))
    assert sum(row["area_m2"] for row in whole["rows"]) == pytest.approx(released, abs=0.01)
    for by in DIMENSIONS:
        told = area(by, until="2014-12-31", store=store)
        assert told["totals"] == whole["totals"] and told["beside"] == whole["beside"]
        assert sum(row["area_m2"] for row in told["rows"]) == pytest.approx(released, abs=0.01)
        for name in ("cancelled_m2", "reduced_m2", "cleared_m2"):
            assert sum(row[name] for row in told["rows"]) == pytest.approx(whole["totals"][name], abs=0.01)
    operators = rows(area("operator", until="2014-12-31", store=store))
    assert set(operators) == {"One", "Two"}, "one operator written in two ways is one"
    by_ground = {row["contamination"]: row["areas"] for row in area("contamination", until="2014-12-31", store=store)["rows"]}
    assert by_ground == {"ap_mine;uxo": 1, "uxo": 1, "not_told": 2}
    assert {row["ground"] for row in area("ground", until="2014-12-31", store=store)["rows"]} == {"mined_area", "battle_area", "not_told"}
    assert whole["without_outline"] == {"areas": 1, "reported_m2": 500}
    apart = whole["not_under_control"]
    assert (apart["identified_m2"], apart["transferred_m2"]) == (m2(7_500), m2(2_500)), "the confirmed area owns the ground it shares"
    assert whole["beside"]["not_under_control_m2"] == apart["remaining_m2"] == m2(6_400)
    for by in ("contamination", "ground"):
        told = area(by, since="2012-01-01", until="2014-12-31", store=store)
        for row in told["rows"]:
            gained = sum(row[f"{name}_m2"] for name in ("opening", "identified", "extended", "adjusted", "transferred"))
            assert row["remaining_m2"] == pytest.approx(gained - row["area_m2"], abs=0.01)
            assert row["remaining_m2"] >= 0
        for name in ("opening_m2", "identified_m2", "remaining_m2"):
            assert sum(row[name] for row in told["rows"]) == pytest.approx(told["totals"][name], abs=0.01)


def test_a_period_opens_with_what_the_one_before_left(tmp_path: Path) -> None:
    """I9."""
    store = store_of(tmp_path, EXAMPLE)
    before = area(until="2012-12-31", store=store)["totals"]
    after = area(since="2013-01-01", until="2014-12-31", store=store)["totals"]
    assert after["opening_m2"] == before["remaining_m2"] and after["identified_m2"] == 0


def test_areas_without_outline_are_counted_and_never_added(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   P  SHA      2012-01-01  -  reported=500  longitude=69.2  latitude=34.5
        release  R  cleared  2013-01-01  -  reported=200  parent=P
    """)  # fmt: skip
    told = area("ground", until="2014-12-31", store=store)
    assert totals(told) == {} and told["without_outline"] == {"areas": 1, "reported_m2": 500}
    assert told["beside"]["not_geo_m2"] == 200 and codes(told) == ["land_polygon_missing"] * 2
    reported = area("ground", until="2014-12-31", basis="reported", store=store)
    assert totals(reported) == {"identified": 500, "cleared": 200, "remaining": 300}


def test_what_was_reported_is_another_basis_and_never_mixed(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA      2012-01-01  0 0 100 100  reported=12000
        hazard   B  SHA      2012-01-01  200 0 300 100
        hazard   V  SHA      2012-01-01  400 0 500 100  reported=700
        release  R  cleared  2013-01-01  0 0 100 50   reported=6000
        voided   V  -        2013-02-01  reason=told_twice approved_by=Director second_approved_by=Deputy
    """)  # fmt: skip
    told = area("operator", until="2014-12-31", basis="reported", store=store)
    assert totals(told) == {"identified": 12_700, "adjusted": -700, "cleared": 6_000, "remaining": 6_000}
    assert told["without_figure"] == {"areas": 1, "releases": 0}
    computed = area("operator", until="2014-12-31", store=store)
    assert totals(computed) == {"identified": m2(30_000), "adjusted": m2(-10_000), "cleared": m2(5_000), "remaining": m2(15_000)}
    assert computed["beside"]["reported_m2"] == 6_000 and codes(computed).count("reported_area_differs") == 3


def test_cumulative_outlines_tell_what_came_new_with_each_and_no_rework(tmp_path: Path) -> None:
    told = """
        hazard   A  SHA      2012-01-01  0 0 100 100
        release  R1 cleared  2012-03-01  0 0  40 100  task=T1 drawn=cumulative reported=4000
        release  R2 cleared  2012-06-01  0 0  60 100  task=T1 drawn=cumulative reported=6000
        release  R3 cleared  2012-09-01  0 0  60 100  task=t1 drawn=cumulative reported=6000
        release  R4 cleared  2013-01-01  0 0  10 100  task=T2
    """
    answer = area(until="2012-12-31", store=store_of(tmp_path, told))
    assert totals(answer) == {"identified": m2(10_000), "cleared": m2(6_000), "remaining": m2(4_000)}
    beside = answer["beside"]
    assert (beside["rework_m2"], beside["told_again_m2"], beside["reported_m2"]) == (m2(0), m2(10_000), 6_000)
    assert "reported_area_differs" not in codes(answer)
    late = area(since="2013-01-01", until="2013-12-31", store=str(tmp_path / "programme.gpkg"))
    assert late["beside"]["rework_m2"] == m2(1_000), "another task on the same ground is rework"


def test_a_cumulative_outline_releases_no_ground_that_was_found_hazardous_since(tmp_path: Path) -> None:
    answer = area(until="2016-12-31", store=store_of(tmp_path, """
        hazard   A  SHA      2012-01-01  0 0 100 100
        release  R1 cleared  2012-03-01  0 0  40 100  task=T1 drawn=cumulative
        hazard   N  SHA      2014-01-01  0 0  20 100
        release  R2 cleared  2015-01-01  0 0  60 100  task=T1 drawn=cumulative
        release  R3 cleared  2015-02-01  0 0  60 100  drawn=cumulative
    """))  # fmt: skip
    assert totals(answer)["cleared"] == m2(8_000)
    assert codes(answer) == ["cumulative_without_task"]


def test_two_claims_on_one_area_are_both_there_and_their_ground_counts_once(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA      2012-01-01  0 0 100 100
        hazard   a  CHA      2012-01-01  50 0 150 100
        remeasured  Z  -     2013-01-01  0 0 1 1
        hazard   N  SHA      2013-01-01  300 0 310 10  replaces=A;gone
    """)  # fmt: skip
    told = area("year", until="2014-12-31", store=store)
    assert totals(told) == {"identified": m2(15_000), "adjusted": m2(100), "remaining": m2(15_100)}
    assert sorted(codes(told)) == ["land_change_without_hazard", "land_id_twice", "replaced_area_unknown"]


def test_releases_on_a_day_known_in_part_are_told_beside_until_the_day_has_surely_passed(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA      2012-01-01  0 0 100 100
        release  R  cleared  2013        0 0  50 100
        release  S  cleared  -          50 0 100 100
    """)  # fmt: skip
    middle, end = area(until="2013-06-30", store=store), area(until="2013-12-31", store=store)
    assert (totals(middle)["remaining"], middle["beside"]["undated_m2"]) == (m2(10_000), m2(5_000))
    assert (totals(end)["remaining"], end["beside"]["undated_m2"]) == (m2(5_000), 0)
    assert end["beside"]["undecided_m2"] == 0


def test_ground_identified_on_a_day_that_nobody_knows_stands_before_the_years(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA      -           0 0 100 100
        hazard   B  SHA      2012-05-01  200 0 300 100
        release  R  cleared  2013-01-01  200 0 300 100
    """)  # fmt: skip
    told = area("year", until="2014-12-31", store=store)["rows"]
    assert [(row["year"], row["opening_m2"], row["remaining_m2"]) for row in told] == [
        ("unknown", 0, m2(10_000)),
        (2012, m2(10_000), m2(20_000)),
        (2013, m2(20_000), m2(10_000)),
    ]
    assert area("year", since="2013-01-01", until="2014-12-31", store=store)["rows"][0]["year"] == 2013


def test_an_account_is_worked_out_once_for_each_state_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, made = store_of(tmp_path, EXAMPLE), []

    def counted(*rows: Any) -> Any:
        made.append(rows)
        return land_account(*rows)

    monkeypatch.setattr(land_book, "land_account", counted)
    for by in ("class", "year", "operator"):
        area(by, until="2014-12-31", store=store)
        area(by, until="2014-12-31", known_at="2030-01-01", store=store)
    assert len(made) == 2
    record(tmp_path, table("release late cleared 2012-02-01 60 60 90 90"), store)
    area(until="2014-12-31", store=store)
    assert len(made) == 3


def test_a_store_without_facts_has_no_rows_and_an_empty_balance(tmp_path: Path) -> None:
    init(str(tmp_path / "new.gpkg"))
    for by in DIMENSIONS:
        for basis in ("computed", "reported"):
            if basis == "reported" and by in PLACES:
                continue
            told = area(by, basis=basis, store=str(tmp_path / "new.gpkg"))
            assert (told["rows"], totals(told)) == ([], {})
            assert codes(told) == (["admin_areas_none"] if by in PLACES else [])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"by": "clas"}, "unknown_code"),
        ({"basis": "guessed"}, "unknown_code"),
        ({"by": "district", "basis": "reported"}, "basis_not_by_place"),
        ({"since": "2020"}, "impossible_date"),
        ({"until": "tomorrow"}, "impossible_date"),
        ({"known_at": "2020-13-01"}, "impossible_date"),
        ({"since": "2021-01-01", "until": "2020-01-01"}, "period_reversed"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(tmp_path: Path, asked: dict[str, str], code: str) -> None:
    init(str(tmp_path / "new.gpkg"))
    with pytest.raises(ProblemError) as raised:
        area(store=str(tmp_path / "new.gpkg"), **asked)
    assert [one.code for one in raised.value.problems] == [code]


def test_revising_a_past_year_changes_only_answers_known_after_the_revision(tmp_path: Path) -> None:
    """I10."""
    store = store_of(tmp_path, EXAMPLE)
    before = area("year", until="2014-12-31", store=store)
    later = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    record(tmp_path, table("release late cleared 2012-02-01 60 60 90 90"), store, later)
    after = area("year", until="2014-12-31", store=store)
    assert after["totals"]["cleared_m2"] == m2(3_300)
    known = area("year", until="2014-12-31", known_at="2026-01-31", store=store)
    assert known["rows"] == before["rows"] and known["totals"] == before["totals"] and known["known_at"] == "2026-01-31"
    assert area("year", until="2014-12-31", known_at="2026-02-01", store=store)["rows"] == after["rows"]
    assert area("year", until="2014-12-31", known_at=AT.date() - dt.timedelta(1), store=store)["rows"] == []
    reverse("3", store=store, at=later + dt.timedelta(5))
    assert area("year", until="2014-12-31", store=store)["rows"] == before["rows"]
    assert area("year", until="2014-12-31", known_at="2026-02-03", store=store)["rows"] == after["rows"]


def test_neither_order_nor_batches_nor_a_second_import_change_an_answer(tmp_path: Path) -> None:
    """I6, through files and stores."""
    told = table(EXAMPLE + """
        hazard   D  SHA        2012        60 60 160 160  reported=9000
        hazard   d  CHA        2012-06     60 60 100 160
        release  R4 cancelled  2012-12     50 50 120 120  by=B
        release  R5 cleared    2013-06-01  50 50 130 120  by=A drawn=cumulative task=T
        release  R6 cleared    2013-06-02  50 50 140 120  by=A drawn=cumulative task=T
        extended S  -          2013-01-01   0  0 100 120
        reversal R2 -          2014-06-01  reason=missed
        release  B1 cleared    2014-07-01   0  0  30  30  ground=battle~area
    """)  # fmt: skip
    lines = [(kind, row) for kind, rows in told.items() for row in rows]
    made = iter(range(1_000))

    def answers(order: list[tuple[str, dict[str, str]]], cuts: list[int]) -> list[dict[str, Any]]:
        store = str(tmp_path / f"{next(made)}.gpkg")
        init(store)
        for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
            for kind in told:
                if rows := [row for of, row in order[start:end] if of == kind]:
                    write(tmp_path / "part.csv", rows)
                    for _ in range(2):
                        import_records(str(tmp_path / "part.csv"), kind=kind, store=store, at=AT)
        asked = [(by, basis) for by in DIMENSIONS for basis in ("computed", "reported") if basis == "computed" or by not in PLACES]
        found = [area(by, until="2014-12-31", basis=basis, store=store) for by, basis in asked]
        return [{name: one[name] for name in one if name not in ("store", "books")} for one in found]

    expected = answers(lines, [])
    assert expected[0]["problems_count"] == 3

    @settings(max_examples=6, deadline=None)
    @given(st.randoms(use_true_random=False))
    def holds(chance: random.Random) -> None:
        order = lines.copy()
        chance.shuffle(order)
        assert answers(order, sorted(chance.sample(range(1, len(order)), 2))) == expected

    holds()


def test_battle_area_clearance_takes_nothing_from_an_area_that_may_hold_mines(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   M  CHA      2012-01-01    0 0 100 100  contamination=ap~mine;uxo
        hazard   N  SHA      2012-01-01  200 0 300 100
        hazard   U  SHA      2012-01-01   50 0 150 100  contamination=uxo
        release  B1 cleared  2013-01-01    0 0 150 100  ground=battle~area
        release  B2 cleared  2013-01-02  200 0 250 100  ground=battle~area
        release  E1 cleared  2013-01-03  200 0 300 100  ground=eod~spot reported=20
        release  C1 cleared  2013-01-04    0 0  20 100
    """)  # fmt: skip
    told = area("ground", until="2014-12-31", store=store)
    assert totals(told) == {"identified": m2(25_000), "cleared": m2(7_000), "remaining": m2(18_000)}
    assert told["beside"]["not_for_mines_m2"] == m2(15_000), "the mined area of 10,000, and the one of which nothing is told"
    assert rows(told) == {"mined_area": (m2(2_000), 1), "not_told": (m2(0), 1), "battle_area": (m2(5_000), 1)}
    assert told["set_aside"] == [{"reason": "release_of_single_items", "releases": 1, "computed_m2": m2(10_000), "reported_m2": 20}]
    assert sorted(codes(told)) == ["release_not_for_mines", "release_not_for_mines", "release_of_single_items"]


def test_what_a_country_wants_approved_counts_once_it_is(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   H  CHA      2012-01-01    0 0 100 100
        release  R1 cleared  2013-01-01    0 0  50 100
        release  R2 cleared  2013-01-02   50 0  80 100  approved~by=NMAA
    """.replace("approved~by", "approved_by"))  # fmt: skip
    free = area(until="2014-12-31", store=store)
    assert (totals(free)["cleared"], free["beside"]["unapproved_m2"], free["set_aside"]) == (m2(8_000), m2(5_000), [])
    write(tmp_path / "rules.csv", [
        {"rule": "authority", "value": "NMAA", "from": "2000-01-01", "source": "law"},
        {"rule": "approval_required", "value": "yes", "from": "2010-01-01", "source": "law"},
    ])  # fmt: skip
    ruled = import_records(str(tmp_path / "rules.csv"), kind="country_rule", store=store, at=AT + dt.timedelta(9))
    assert ruled["problems"] == []
    told = area(until="2014-12-31", store=store)
    assert totals(told)["cleared"] == m2(3_000)
    assert [(one["reason"], one["computed_m2"]) for one in told["set_aside"]] == [("release_unapproved", m2(5_000))]
    assert area(until="2014-12-31", known_at=AT.date(), store=store)["totals"] == free["totals"]


def test_provinces_and_districts_add_up_to_the_country_and_pieces_across_a_border_are_split(tmp_path: Path) -> None:
    """I8."""
    store = store_of(tmp_path, """
        hazard   A  SHA      2010-01-01    0  0 100 100
        hazard   B  CHA      2012-01-01  -50  0  50  50
        hazard   F  SHA      2012-01-01  900  0 950 100
        release  R  cleared  2013-01-01   20  0  60  50
    """)  # fmt: skip
    write(tmp_path / "places.csv", [
        {"level": level, "code": code, "name": name, "iso3": "AFG", "parent_code": parent, "source": "a test", "wkt": ground(*box).wkt}
        for level, code, name, parent, box in (
            ("1", "P1", "West", "", (-100, -100, 40, 200)),
            ("1", "P2", "East", "", (40, -100, 500, 200)),
            ("2", "D1", "Old", "P1", (-100, -100, 30, 200)),
            ("2", "D2", "New", "P1", (30, -100, 40, 200)),
        )
    ])  # fmt: skip
    assert import_records(str(tmp_path / "places.csv"), kind="admin_area", store=store, at=AT)["facts"] == 4
    for by, shares in (
        ("province", {"P1": (1_000, 5_500, 2), "P2": (1_000, 5_000, 2), "no_province": (0, 5_000, 1)}),
        ("district", {"D1": (500, 5_000, 2), "D2": (500, 500, 2), "no_district": (1_000, 10_000, 3)}),
    ):
        told = area(by, until="2014-12-31", store=store)
        found = {row[by]: (row["area_m2"], row["remaining_m2"], row["areas"]) for row in told["rows"]}
        assert found == {code: (m2(cleared), m2(left), areas) for code, (cleared, left, areas) in shares.items()}
        for name in told["totals"]:
            assert sum(row[name] for row in told["rows"]) == pytest.approx(told["totals"][name], abs=0.01)
    assert [row["name"] for row in told["rows"]] == [None, "Old", "New"]


def test_areas_by_status_add_up(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   A  SHA        2010-01-01    0  0 100 100  indirect~evidence=accident
        hazard   B  CHA        2011-01-01  200  0 300 100  direct~evidence=mine~seen
        release  R  cancelled  2013-01-01    0  0  50 100  criteria=C1
    """.replace("indirect~evidence", "indirect_evidence").replace("direct~evidence", "direct_evidence"))  # fmt: skip
    told = area("status", until="2014-12-31", store=store)
    found = {row["status"]: (row["area_m2"], row["remaining_m2"], row["areas"]) for row in told["rows"]}
    assert found == {"suspected_open": (m2(5_000), m2(5_000), 1), "confirmed_open": (0, m2(10_000), 1)}


def test_a_release_that_is_taken_back_is_an_adjustment_and_nets_nothing_of_what_was_released(tmp_path: Path) -> None:
    store = store_of(tmp_path, """
        hazard   H  CHA      2012-01-01   0  0 100 100  reported=10000
        release  R1 cleared  2013-01-01   0  0  50 100  by=One reported=5000
        release  R2 cleared  2013-02-01  50  0  80 100  by=Two reported=3000
        reversal R1 -        2015-06-01  by=One reason=missed_mine
        release  R3 cleared  2016-01-01   0  0  20 100  by=One reported=2000
    """)  # fmt: skip
    for basis in ("computed", "reported"):
        told = area("year", until="2016-12-31", basis=basis, store=store)
        assert totals(told) == {"identified": m2(10_000), "adjusted": m2(5_000), "cleared": m2(10_000), "remaining": m2(5_000)}
        years = {row["year"]: (row["area_m2"], row["adjusted_m2"], row["areas"]) for row in told["rows"]}
        assert years == {2012: (0, 0, 0), 2013: (m2(8_000), 0, 1), 2014: (0, 0, 0), 2015: (0, m2(5_000), 0), 2016: (m2(2_000), 0, 1)}
        assert rows(area("operator", until="2016-12-31", basis=basis, store=store)) == {"One": (m2(7_000), 1), "Two": (m2(3_000), 1)}
        by_ground = area("ground", until="2016-12-31", basis=basis, store=store)["rows"]
        assert [(row["adjusted_m2"], row["remaining_m2"]) for row in by_ground] == [(m2(5_000), m2(5_000))]
    (one,) = why("H", store=store)["areas"]
    assert [(row["local_id"], row["in_totals_m2"], len(row["taken_back"])) for row in one["releases"]] == [
        ("R1", m2(5_000), 1),
        ("R2", m2(3_000), 0),
        ("R3", m2(2_000), 0),
    ]
    assert (one["own_account"]["changed_m2"], one["own_account"]["remaining_m2"]) == (m2(5_000), m2(5_000))
    assert [row["taken_back"] for row in why("H", on="2015-05-31", store=store)["areas"][0]["releases"]] == [[], []]
