"""The land account of small books: each table is the whole of what was told."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from mineaction.registers.land_beside import release_figures, reported_figures
from mineaction.registers.land_closing import closing
from mineaction.registers.land_figures import balance, credits, sum_m2, yearly_balances
from mineaction.registers.land_release import land_account, posted_ground
from mineaction.registers.land_row_checks import differs
from mineaction.registers.land_rows import Hazard, Release
from mineaction.terms.dates import moment
from tests.registers.land_book import book, ground, posted

# Metres of the grid are true at its corner; a kilometre off, the width of a degree differs by less than a ten-thousandth.
near = pytest.approx


def m2(value: float) -> object:
    return pytest.approx(value, rel=2e-4, abs=0.05)


def test_a_cleared_confirmed_area_inside_a_suspected_one_is_counted_once() -> None:
    account = book("""
        hazard   S  SHA      2010-01-01   0  0 100 100
        hazard   C  CHA      2010-06-01  10 10  50  50
        release  R  cleared  2012-03-01  10 10  50  50
    """).account()
    whole = balance(account, dt.date(2010, 1, 1), dt.date(2012, 12, 31))
    assert (whole.opening, whole.identified, whole.cleared, whole.remaining) == (0, m2(10_000), m2(1_600), m2(8_400))
    assert whole.reclassified_m2 == m2(1_600)
    assert posted(account) == {("identified", "S", ""): m2(10_000), ("reclassified", "C", ""): m2(1_600), ("cleared", "C", "R"): m2(-1_600)}
    assert account.hazard_credits.m2.sum() == m2(3_200)
    doubled = account.double_counted
    names = [row.local_id for row in account.hazards.rows]
    assert [(names[owner], names[other]) for owner, other in zip(doubled.owner, doubled.other, strict=True)] == [("C", "S")]
    assert doubled.m2.sum() == m2(1_600)
    assert closing(account, names.index("C")).can_close is True


def test_ground_released_in_2010_and_hazardous_again_in_2015_remains_whole_in_2016() -> None:
    account = book("""
        hazard   old  CHA      2008-01-01  0 0 100 100
        release  R1   cleared  2010-05-01  0 0 100 100
        hazard   new  CHA      2015-02-01  0 0  50 100
    """).account()
    years = {one.first.year: one for one in yearly_balances(account, 2008, 2016)}
    assert years[2010].remaining == near(0, abs=0.01)
    assert (years[2015].identified, years[2016].remaining) == (m2(5_000), m2(5_000))
    again = book("""
        hazard   old  CHA      2008-01-01  0 0 100 100
        release  R1   cleared  2010-05-01  0 0 100 100
        hazard   new  CHA      2015-02-01  0 0  50 100
        release  R2   cleared  2016-01-01  0 0  50 100
    """).account()
    assert sum_m2(credits(again), ("year",)) == {(2010,): m2(10_000), (2016,): m2(5_000)}
    assert release_figures(again).rework_m2.sum() == near(0, abs=0.01)


def test_a_release_older_than_the_hazard_never_reduces_it() -> None:
    account = book("""
        hazard   H  SHA        2015-06-01  0 0 10 10
        release  R  cancelled  2015-05-31  0 0 10 10
    """).account()
    assert posted(account) == {("identified", "H", ""): m2(100)}
    assert release_figures(account).outside_hazard_m2.tolist() == [m2(100)]


def test_a_release_on_the_day_of_identification_counts() -> None:
    account = book("""
        hazard   H  SHA        2015-06-01  0 0 10 10
        release  R  cancelled  2015-06-01  0 0 10 10
    """).account()
    assert posted(account)[("cancelled", "H", "R")] == m2(-100)


@pytest.mark.parametrize(
    ("identified", "released", "credited"),
    [
        ("2014", "2015", 100), ("2015", "2015", 0), ("2015", "2015-06-10", 0), ("2015-06-10", "2015", 0), ("-", "2020-01-01", 0),
        ("2015-06", "2015-07", 100), ("2015-06-10", "-", 0),
    ],
)  # fmt: skip
def test_a_release_counts_only_where_the_days_known_show_that_it_came_after(identified: str, released: str, credited: int) -> None:
    account = book(f"""
        hazard   H  CHA      {identified}  0 0 10 10
        release  R  cleared  {released}    0 0 10 10
    """).account()
    figures = release_figures(account)
    assert figures.credited_m2.tolist() == [m2(credited)]
    assert figures.undecided_m2.tolist() == [m2(100 - credited)]
    assert figures.outside_hazard_m2.tolist() == [m2(0)]
    assert balance(account, dt.date(2030, 1, 1), dt.date(2030, 12, 31)).remaining == m2(100 - credited)


def test_ground_that_another_area_may_still_hold_is_not_released() -> None:
    account = book("""
        hazard   sure   CHA      2010-01-01  0 0 10 10
        hazard   maybe  SHA      -           5 0 15 10
        release  R      cleared  2012-01-01  0 0 10 10
    """).account()
    assert posted(account)[("cleared", "sure", "R")] == m2(-50)
    assert account.hazard_credits.m2.tolist() == [m2(100)]
    assert release_figures(account).undecided_m2.tolist() == [m2(50)]
    suspected = balance(account, dt.date(2012, 1, 1), dt.date(2012, 12, 31), "SHA")
    assert suspected.remaining == m2(100)


@pytest.mark.parametrize(
    ("one", "other", "owner"),
    [
        ("A SHA 2010-01-01", "B CHA 2012-01-01", "B"),
        ("A SHA 2012-01-01", "B SHA 2010-01-01", "B"),
        ("B SHA 2010-01-01", "A SHA 2010-01-01", "A"),
        ("A SHA 2010", "B SHA 2010-12-31", "B"),
    ],
)
def test_shared_ground_belongs_to_the_confirmed_then_the_earlier_then_the_first_name(one: str, other: str, owner: str) -> None:
    account = book(f"""
        hazard   {one}    0 0 10 10
        hazard   {other}  0 0 10 10
        release  R  cleared  2014-01-01  0 0 10 10
    """).account()
    assert posted(account)[("cleared", owner, "R")] == m2(-100)
    assert sum(of[0] == "cleared" for of in posted(account)) == 1


def test_cumulative_reports_each_drawn_as_the_whole_task_credit_only_what_is_new() -> None:
    account = book("""
        hazard   H   CHA      2010-01-01  0 0 100 10
        release  R1  cleared  2011-03-01  0 0  30 10
        release  R2  cleared  2011-06-01  0 0  60 10
        release  R3  cleared  2012-02-01  0 0 100 10
    """).account()
    assert sum_m2(credits(account), ("year",)) == {(2011,): m2(600), (2012,): m2(400)}
    assert release_figures(account).rework_m2.tolist() == [m2(0), m2(300), m2(600)]


def test_one_area_reported_by_operator_authority_and_donor_is_credited_to_the_first_report() -> None:
    account = book("""
        hazard   H  CHA      2010-01-01  0 0 10 10  by=authority
        release  X  cleared  2011-03-01  0 0 10 10  by=operator
        release  X  cleared  2011-03-02  0 0 10 10  by=authority
        release  Y  cleared  2011-12-31  0 0 10 10  by=donor
    """).account()
    assert sum_m2(credits(account), ("organisation",)) == {("operator",): m2(100)}
    assert release_figures(account).rework_m2.sum() == m2(200)


def test_quality_control_of_released_ground_is_rework_and_never_output() -> None:
    account = book("""
        hazard   H   CHA      2010-01-01  0 0 10 10
        release  R   cleared  2011-03-01  0 0 10 10
        release  QC  cleared  2012-03-01  0 0  5 10
    """).account()
    figures = release_figures(account)
    assert (figures.credited_m2.tolist(), figures.rework_m2.tolist()) == ([m2(100), m2(0)], [m2(0), m2(50)])


def test_a_row_joined_many_times_is_one_area() -> None:
    line = "hazard H CHA 2010-01-01 0 0 10 10 text=same"
    account = book("\n".join([line] * 4 + ["release R cleared 2011-01-01 0 0 10 10 text=same"] * 3)).account()
    assert posted(account) == {("identified", "H", ""): m2(100), ("cleared", "H", "R"): m2(-100)}
    assert [one.code for one in account.problems] == ["land_record_repeated"] * 5


def test_a_name_with_a_trailing_space_is_the_same_name_and_no_ground_is_counted_twice() -> None:
    hazards = book("""
        hazard   H-1  CHA  2010-01-01  0 0 10 10
        hazard   h-1  CHA  2010-01-01  0 0 10 20
    """).hazards
    spaced = Hazard("H-1 ", *[getattr(hazards[0], name) for name in ("organisation", "hazard_class", "identified_on", "polygon")], "else")
    account = land_account([hazards[1], spaced], [])
    assert [one.code for one in account.problems] == ["land_id_twice"]
    assert sum(posted(account).values()) == m2(200)


def test_a_feature_drawn_on_two_map_sheets_is_counted_once() -> None:
    account = book("""
        hazard   sheet1/7  SHA      2010-01-01  0 0 20 10
        hazard   sheet2/3  SHA      2010-01-01  0 0 20 10
        release  s1        reduced  2011-01-01  0 0 10 10
        release  s2        reduced  2011-01-01  0 0 10 10
    """).account()
    whole = balance(account, dt.date(2010, 1, 1), dt.date(2011, 12, 31))
    assert (whole.identified, whole.reduced, whole.remaining) == (m2(200), m2(100), m2(100))
    assert (account.double_counted.m2.sum(), release_figures(account).rework_m2.sum()) == (m2(100), m2(100))


def test_an_empty_polygon_is_counted_and_told_never_dropped() -> None:
    told = book("""
        hazard   H  SHA      2010-01-01  0 0 20 10
        release  R  cleared  2011-01-01  -          parent=H reported=70
    """)
    nothing = Release("N", "operator", "cleared", "CLEARANCE", moment("2011-02-01"), shapely.Polygon(), "n", None, 30.0)
    account = land_account(told.hazards, [*told.releases, nothing])
    assert [one.code for one in account.problems] == ["land_polygon_missing"] * 2
    assert release_figures(account).not_geo_m2.tolist() == [70, 30]
    assert posted(account) == {("identified", "H", ""): m2(200)}


def test_a_release_without_polygon_reduces_only_what_its_hazard_reported() -> None:
    account = book("""
        hazard   H      SHA      2010-01-01  0 0 20 10  reported=200
        hazard   point  SHA      2010-01-01  -          reported=500
        release  R      cleared  2011-01-01  -          parent=POINT reported=120
    """).account()
    names = [row.local_id for row in account.hazards.rows]
    reported = reported_figures(account)
    assert dict(zip(names, reported.remaining_m2.tolist(), strict=True)) == {"H": 200, "point": 380}
    assert balance(account, dt.date(2011, 1, 1), dt.date(2011, 12, 31)).remaining == m2(200)
    assert closing(account, names.index("point")).can_close is None


def test_a_hole_stays_open_ground() -> None:
    told = book("hazard H CHA 2010-01-01 0 0 100 100")
    ring = shapely.difference(ground(0, 0, 100, 100), ground(40, 40, 60, 60))
    released = Release("R", "operator", "cleared", "CLEARANCE", moment("2011-01-01"), ring, "r")
    account = land_account(told.hazards, [released])
    assert balance(account, dt.date(2011, 1, 1), dt.date(2011, 12, 31)).remaining == m2(400)
    [part] = closing(account, 0).parts
    assert part.m2 == m2(400)
    assert ground(40, 40, 60, 60).contains(shapely.Point(part.longitude, part.latitude))


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_direction_in_which_a_ring_was_drawn_changes_no_area(is_reversed: bool) -> None:
    ring = shapely.difference(ground(0, 0, 100, 100), ground(40, 40, 60, 60))
    polygon = shapely.reverse(ring) if is_reversed else ring
    account = land_account([Hazard("H", "o", "CHA", moment("2010-01-01"), polygon, "h")], [])
    assert account.hazards.area_m2.tolist() == [m2(9_600)]


def test_a_broken_polygon_is_told_with_its_vertex_and_not_repaired() -> None:
    bow = shapely.Polygon([(69, 34), (69.001, 34.001), (69.001, 34), (69, 34.001)])
    account = land_account([Hazard("B", "o", "CHA", moment("2010-01-01"), bow, "b")], [])
    [told] = account.problems
    assert (told.code, "Self-intersection[69.0005 34.0005]" in told.message) == ("land_polygon_broken", True)
    assert closing(account, 0).can_close is None


@pytest.mark.parametrize(
    ("polygon", "code"),
    [
        (shapely.box(34, 200, 35, 201), "land_position_impossible"),
        (shapely.Point(34, 69), "land_polygon_broken"),
        (None, "land_polygon_missing"),
    ],
)
def test_what_is_no_polygon_on_earth_is_told(polygon: object, code: str) -> None:
    account = land_account([], [Release("R", "o", "cleared", "CLEARANCE", moment("2010-01-01"), polygon, "r")])
    assert [one.code for one in account.problems] == [code]


def test_an_outline_measured_anew_after_release_changes_no_earlier_year() -> None:
    text = """
        hazard      H  CHA      2010-01-01  0 0 100 10
        release     R  cleared  2011-06-01  0 0  50 10
    """
    before = book(text).account()
    after = book(text + "remeasured H - 2014-03-01 20 0 120 10").account()
    for year in range(2010, 2014):
        assert yearly_balances(after, year, year) == yearly_balances(before, year, year)
    [measured] = yearly_balances(after, 2014, 2014)
    assert (measured.opening, measured.adjusted, measured.cleared, measured.remaining) == (m2(500), m2(200), 0, m2(700))


def test_an_extension_is_ground_of_its_own_day() -> None:
    account = book("""
        hazard    H   CHA      2010-01-01   0 0 50 10
        release   R1  cleared  2011-06-01   0 0 70 10
        extended  H   -        2012-01-01   0 0 80 10
        release   R2  reduced  2012-06-01  60 0 80 10
    """).account()
    assert posted(account) == {
        ("identified", "H", ""): m2(500), ("extended", "H", ""): m2(300),
        ("cleared", "H", "R1"): m2(-500), ("reduced", "H", "R2"): m2(-200),
    }  # fmt: skip
    assert release_figures(account).outside_hazard_m2.tolist() == [m2(200), m2(0)]


def test_a_suspected_area_that_is_confirmed_changes_class_and_no_total() -> None:
    account = book("""
        hazard        H   SHA        2010-01-01  0 0 10 10
        release       R1  cancelled  2011-01-01  0 0  4 10
        reclassified  H   CHA        2012-01-01
        release       R2  cleared    2013-01-01  0 0 10 10
    """).account()
    suspected = balance(account, dt.date(2012, 1, 1), dt.date(2012, 12, 31), "SHA")
    confirmed = balance(account, dt.date(2013, 1, 1), dt.date(2013, 12, 31), "CHA")
    assert (suspected.opening, suspected.reclassified_m2, suspected.remaining) == (m2(60), m2(60), m2(0))
    assert (confirmed.opening, confirmed.cleared, confirmed.remaining) == (m2(60), m2(60), m2(0))
    assert sum_m2(credits(account), ("hazard_class", "release_class")) == {("SHA", "cancelled"): m2(40), ("CHA", "cleared"): m2(60)}


def test_an_area_entered_in_error_leaves_as_an_adjustment_and_not_as_release() -> None:
    account = book("""
        hazard   A  SHA  2010-01-01  0 0 10 10
        hazard   B  SHA  2010-01-01  5 0 15 10
        voided   A  -    2012-01-01
    """).account()
    [year] = yearly_balances(account, 2012, 2012)
    assert (year.opening, year.adjusted, year.remaining) == (m2(150), m2(-50), m2(100))


def test_a_split_moves_ground_and_only_the_difference_is_adjusted() -> None:
    account = book("""
        hazard      P  SHA  2010-01-01   0 0 20 10
        superseded  P  -    2012-01-01
        hazard      L  SHA  2012-01-01   0 0 10 10  opened_by=split_or_merge
        hazard      M  SHA  2012-01-01  10 0 19 10  opened_by=split_or_merge
        release     R  reduced 2013-01-01 0 0 20 10
    """).account()
    split, released = yearly_balances(account, 2012, 2013)
    assert (split.identified, split.adjusted, split.remaining) == (0, m2(-10), m2(190))
    assert (released.reduced, released.remaining) == (m2(190), m2(0))


def test_a_change_of_no_known_area_is_told_and_left_out() -> None:
    account = book("""
        hazard   A  SHA  2010-01-01  0 0 10 10
        voided   A  -    2009-01-01
        voided   B  -    2012-01-01
    """).account()
    assert [one.code for one in account.problems] == ["land_change_without_hazard"] * 2
    assert posted(account) == {("identified", "A", ""): m2(100)}


def test_a_new_outline_that_is_missing_releases_nothing() -> None:
    account = book("""
        hazard      A  SHA  2010-01-01  0 0 10 10
        remeasured  A  -    2012-01-01  -
    """).account()
    assert [one.code for one in account.problems] == ["land_polygon_missing"]
    assert balance(account, dt.date(2012, 1, 1), dt.date(2012, 12, 31)).remaining == m2(100)


def test_the_polygon_decides_the_parent_and_another_declared_one_is_told() -> None:
    account = book("""
        hazard   A   SHA      2010-01-01    0 0 10 10
        hazard   B   SHA      2010-01-01  100 0 110 10
        release  R1  reduced  2011-01-01    0 0  5 10  parent=B
        release  R2  reduced  2011-01-01    5 0 10 10
        release  R3  reduced  2011-01-01  100 0 110 10 parent=b
        release  R4  reduced  2011-01-01  105 0 110 10 parent=lost
    """).account()
    figures = release_figures(account)
    assert [account.hazards.rows[at].local_id for at in figures.parent] == ["A", "A", "B", "B"]
    assert [(one.code, one.place) for one in figures.problems] == [
        ("parent_mismatch", "release operator/R1"), ("parent_unknown", "release operator/R4"),
    ]  # fmt: skip
    assert "credited to hazard operator/A" in figures.problems[0].message


def test_ground_done_again_belongs_to_the_area_it_lies_on() -> None:
    account = book("""
        hazard   A   SHA      2010-01-01   0 0 10 10
        hazard   B   SHA      2011-01-01   8 0 20 10
        release  R1  cleared  2012-01-01   0 0 18 10
        release  R2  cleared  2013-01-01  12 0 18 10
    """).account()
    figures = release_figures(account)
    assert figures.rework_m2.tolist() == [m2(0), m2(60)]
    assert [account.hazards.rows[at].local_id for at in figures.parent] == ["A", "B"]


def test_an_area_closes_over_slivers_but_not_over_a_strip() -> None:
    sliver = book("""
        hazard   H  CHA      2010-01-01  0 0 100   10
        release  R  cleared  2011-01-01  0 0 100 9.995
    """).account()
    assert closing(sliver, 0).can_close is True
    assert closing(sliver, 0).slivers_m2 == near(0.5, abs=0.01)
    strip = book("""
        hazard   H  CHA      2010-01-01  0 0 100  10
        release  R  cleared  2011-01-01  0 0 100 9.9
    """).account()
    assert [part.m2 for part in closing(strip, 0).parts] == [near(10, abs=0.01)]
    many = "\n".join(f"release R{at} cleared 2011-01-01 {at} 0 {at + 0.1} 10" for at in range(12))
    comb = book(f"hazard H CHA 2010-01-01 0 0 12 10\n{many}").account()
    assert closing(comb, 0).can_close is False
    teeth = "\n".join(f"release R{at} cleared 2011-01-01 {at + 0.09} 0 {at + 1} 10" for at in range(12))
    thin = closing(book(f"hazard H CHA 2010-01-01 0 0 12 10\n{teeth}").account(), 0)
    assert (thin.can_close, len(thin.parts), thin.slivers_m2) == (False, 12, near(10.8, abs=0.01))


@pytest.mark.parametrize(
    ("reported", "computed", "is_flagged"), [(100, 109, False), (100, 111, True), (100_000, 100_090, False), (100_000, 100_110, True)]
)
def test_a_reported_area_is_flagged_beyond_ten_metres_or_a_thousandth(reported: float, computed: float, is_flagged: bool) -> None:
    assert differs(reported, computed) is is_flagged


def test_a_reported_area_unlike_its_polygon_is_told_and_changes_nothing() -> None:
    account = book("hazard H SHA 2010-01-01 0 0 100 10 reported=1200").account()
    assert [one.code for one in account.problems] == ["reported_area_differs"]
    assert posted(account) == {("identified", "H", ""): m2(1_000)}


def test_credited_ground_can_be_drawn() -> None:
    account = book("""
        hazard   A   CHA      2010-01-01   0 0 10 10
        hazard   B   SHA      2010-01-01   5 0 20 10
        hazard   C   SHA      2010-01-01  50 0 60 10
        release  R1  reduced  2011-01-01   0 0  8 10
        release  R2  reduced  2012-01-01   0 0 55 10
    """).account()
    drawn = posted_ground(account, list(range(len(account.postings.m2))))
    by_name = {
        (account.hazards.rows[hazard].local_id, account.releases.rows[release].local_id): piece
        for hazard, release, piece in zip(account.postings.hazard, account.postings.release, drawn, strict=True) if release >= 0
    }  # fmt: skip
    for key, expected in {("A", "R1"): (0, 8), ("A", "R2"): (8, 10), ("B", "R2"): (10, 20), ("C", "R2"): (50, 55)}.items():
        assert by_name[key].symmetric_difference(ground(expected[0], 0, expected[1], 10)).area < 1e-14
    assert len(by_name) == 4


def test_an_account_of_nothing_is_empty() -> None:
    account = land_account([], [])
    assert balance(account, dt.date(2010, 1, 1), dt.date(2010, 12, 31)).remaining == 0
    assert sum_m2(credits(account), ("year", "organisation")) == {}
