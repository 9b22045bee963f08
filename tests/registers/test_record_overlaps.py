"""Ground that two records tell of: which pairs are findings, which have to be, and that the order of the records changes nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from mineaction.registers.record_overlaps import Overlaps, overlaps
from mineaction.terms.fact import Fact
from tests.registers.told_facts import told


def m2(metres: float) -> object:
    return pytest.approx(metres, rel=1e-3)


def found(text: str, least: float = 1.0) -> Overlaps:
    return overlaps(told(text), least)


def pairs(text: str) -> list[tuple[str, str, str]]:
    return [(one.relation, one.first.payload["local_id"], one.second.payload["local_id"]) for one in found(text).pairs]


def expected(text: str) -> dict[str, int]:
    assert found(text).pairs == ()
    return {name: count for name, count in found(text).expected.items() if count}


def test_1_ground_of_two_different_records_is_found_with_its_square_metres() -> None:
    (one,) = found("""
        hazardous_area H1 at=0,0,100,10
        hazardous_area H2 at=90,0,200,10
        hazardous_area H3 at=200,0,300,10
    """).pairs
    assert (one.relation, one.first.payload["local_id"], one.second.payload["local_id"]) == ("hazards_overlap", "H1", "H2")
    assert (one.m2, one.first_m2, one.second_m2) == (m2(100), m2(1000), m2(1100))


def test_1_releases_of_two_operators_on_the_same_ground_are_found() -> None:
    assert pairs("""
        hazardous_area H1 at=0,0,100,10
        land_release R1 by=A released_on=2015-06-01 at=0,0,60,10
        land_release R2 by=B released_on=2016-06-01 at=50,0,100,10
    """) == [("releases_overlap", "R1", "R2")]


def test_land_in_an_area_that_is_released_later_is_no_finding() -> None:
    assert (
        found("""
        hazardous_area H1 identified_on=2010 at=0,0,100,10
        land_release R1 released_on=2015-06-01 at=0,0,60,10
    """).pairs
        == ()
    )


@pytest.mark.parametrize(
    ("identified", "released", "relation"),
    [
        ("2010-05-01", "2010-05-01", ""),
        ("2010-05-02", "2010-05-01", "released_still_suspected"),
        ("2011", "2010", "released_still_suspected"),
        ("2010", "2010-05-01", "release_order_unknown"),
        ("unknown", "2010-05-01", "release_order_unknown"),
        ("2010-05-01", "unknown", "release_order_unknown"),
    ],
)
def test_released_land_that_is_suspected_since_is_found_where_the_days_say_so(identified: str, released: str, relation: str) -> None:
    text = f"""
        hazardous_area H1 identified_on={identified} at=0,0,100,10
        land_release R1 released_on={released} at=0,0,60,10
    """
    assert pairs(text) == ([(relation, "H1", "R1")] if relation else [])


def test_what_has_to_overlap_is_counted_and_not_listed() -> None:
    assert expected("""
        hazardous_area H1 identified_on=2010 at=0,0,100,10
        land_release R1 released_on=2012 at=0,0,100,10
        hazardous_area H2 identified_on=2014 rediscovered_from=H1 at=0,0,60,10
    """) == {"found_again": 2}
    assert expected("""
        hazardous_area H1 identified_on=2010 at=0,0,100,10
        hazardous_area H2 identified_on=2012 replaces=H1 at=0,0,50,10
    """) == {"split_or_merge": 1}
    assert expected("""
        land_release R1 task=T1 drawn=cumulative released_on=2012 at=0,0,50,10
        land_release R2 task=T1 drawn=cumulative released_on=2013 at=0,0,90,10
    """) == {"cumulative": 1}
    assert expected("""
        land_release R1 released_on=2012 at=0,0,50,10
        land_release R2 released_on=2013 is_rework=yes at=0,0,90,10
    """) == {"rework": 1}
    assert expected("""
        land_release R1 released_on=2012 at=0,0,50,10
        release_reversal R1 organisation=Op reversed_on=2013-01-01 reason=wrong
        hazardous_area H2 identified_on=2014 at=0,0,50,10
    """) == {"taken_back": 1}


def test_an_area_that_was_void_or_superseded_overlaps_nothing() -> None:
    for change in ("voided", "superseded"):
        assert (
            pairs(f"""
            hazardous_area H1 at=0,0,100,10
            hazardous_area H2 at=0,0,100,10
            hazard_change H1 change={change} changed_on=2011-01-01
        """)
            == []
        )


def test_areas_that_share_an_edge_or_less_than_was_asked_for_are_no_pair() -> None:
    text = """
        hazardous_area H1 at=0,0,100,10
        hazardous_area H2 at=100,0,200,10
        hazardous_area H3 at=0,9.5,100,20
    """
    assert pairs(text) == [("hazards_overlap", "H1", "H3")]
    assert found(text, 60).pairs == ()


def test_records_without_outline_are_counted() -> None:
    assert (
        found("""
        hazardous_area H1 at=0,0,100,10
        hazardous_area H2
        land_release R1
    """).without_outline
        == 2
    )


def test_34_a_feature_drawn_once_on_each_map_sheet_is_found_as_a_pair_of_two_sheets() -> None:
    (one,) = found("""
        land_release sheet1-17 released_on=2012 at=0,0,100,100
        land_release sheet2-03 released_on=2012 at=0.5,0,100,100
    """).pairs
    assert (one.relation, one.m2) == ("releases_overlap", m2(9950))


def test_the_order_of_the_records_changes_nothing() -> None:
    lines = [f"hazardous_area H{at} at={at * 7},0,{at * 7 + 20},{10 + at % 3}" for at in range(12)]
    lines += [f"land_release R{at} released_on=2009 at={at * 11},0,{at * 11 + 20},10" for at in range(8)]
    facts = told("\n".join(lines))
    first = _told(overlaps(facts, 1.0))
    assert {relation for relation, *_ in first} == {"released_still_suspected", "hazards_overlap", "releases_overlap"}
    for seed in range(5):
        mixed: Mapping[str, Sequence[Fact]] = {name: random.Random(seed).sample(held, len(held)) for name, held in facts.items()}
        assert _told(overlaps({**dict.fromkeys(("hazard_change", "release_reversal"), ()), **mixed}, 1.0)) == first


def _told(answer: Overlaps) -> list[tuple[str, str, str, float]]:
    return [(one.relation, one.first.fact_id, one.second.fact_id, one.m2) for one in answer.pairs]
