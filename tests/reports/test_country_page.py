"""The section of the invented country: its figures are those of the answer, and every area has its mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mineaction.programme.demo.demonstration import demo
from mineaction.programme.demo.shown import shown_country
from mineaction.programme.land_area import area
from mineaction.reports.fact_check_page import page
from mineaction.reports.page.country import SEALED
from mineaction.reports.page.country_map import STATES
from mineaction.terms.kinds.land import HAZARD_STATUSES
from tests.reports.made_checks import TEXT, made_check
from tests.reports.read_page import Node, read

TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return shown_country(demo(out=str(tmp_path_factory.mktemp("demo") / "country"), small=True))


@pytest.fixture(scope="module")
def section(shown: Mapping[str, Any]) -> Node:
    return read(page([made_check()], texts={"made.txt": TEXT}, made_on="2026-11-22", country=shown)).one(id="country")


def figures(row: Node) -> list[float]:
    return [float(one.attributes["value"]) for one in row.all("data")]


def test_the_table_by_year_is_the_answer(section: Node, shown: Mapping[str, Any]) -> None:
    told = area("year", until=shown["on"], store=shown["store"])
    *years, total = section.one("table", class_="by-year").one("tbody").all("tr")
    assert [one.one("th").text() for one in years] == [str(row["year"]) for row in told["rows"]]
    assert [figures(one) for one in years] == [[row[f"{term}_m2"] for term in TERMS] for row in told["rows"]]
    assert figures(total) == [told["totals"][f"{term}_m2"] for term in TERMS]


def test_the_table_by_class_is_the_answer(section: Node, shown: Mapping[str, Any]) -> None:
    told = area("class", until=shown["on"], store=shown["store"])
    *classes, left = section.one("table", class_="by-class").one("tbody").all("tr")
    assert [figures(one) for one in classes] == [[row["area_m2"]] for row in told["rows"]]
    assert figures(left) == [told["totals"]["remaining_m2"]]


def test_a_figure_is_shown_in_whole_square_metres(section: Node) -> None:
    for one in section.all("data"):
        assert one.text().replace(",", "") == str(round(float(one.attributes["value"])))


def test_every_area_with_an_outline_has_a_mark_that_says_what_it_is(section: Node, shown: Mapping[str, Any]) -> None:
    marks = section.one(class_="map-marks").all("title")
    assert len(marks) == len(shown["map"]["areas"])
    assert sorted(one.text().partition(":")[0] for one in marks) == sorted(one["id"] for one in shown["map"]["areas"])
    legend = section.one("ul", class_="map-legend")
    assert sum(int(one.text()) for one in legend.all("b")) == len(marks)


def test_every_state_that_is_shown_has_a_mark_of_its_own() -> None:
    assert set(HAZARD_STATUSES) - {"void", "superseded"} <= set(STATES)
    assert len({outline for outline, _ in STATES.values()}) == len(STATES)


def test_the_page_says_that_all_is_invented_and_that_real_ground_is_sealed(section: Node) -> None:
    assert SEALED in section.text()
    assert "(invented)" in section.one("h2").text()
    assert all("(invented)" in one.text() for one in section.one(class_="map-names").all("text"))


def test_a_page_without_a_country_says_nothing_of_one() -> None:
    shown = read(page([made_check()], texts={"made.txt": TEXT}, made_on="2026-11-22"))
    assert shown.all(id="country") == [] and "invented" not in shown.text()
