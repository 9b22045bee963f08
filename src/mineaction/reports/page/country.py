"""How is the land of a country shown: the balance by year and by class, beside it what is in no total, and a map?

Figures are those of `mineaction area`, shown in whole square metres; each cell holds the figure itself. For an invented country alone: the
map shows uncleared ground, which is sealed in a real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mineaction.reports.page.country_map import country_map
from mineaction.reports.page.markup import Child, Markup, day, element

_TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
_CLASSES = (("cancelled", "after non-technical survey"), ("reduced", "after technical survey"), ("cleared", "after clearance"))
_BESIDE = (
    ("rework_m2", "released before, by another report"),
    ("told_again_m2", "told again by reports drawn over all ground so far"),
    ("outside_hazard_m2", "released where no hazardous area lay"),
    ("reclassified_m2", "from suspected to confirmed"),
    ("not_for_mines_m2", "told as battle area, on areas that may hold mines: it stays"),
    ("not_geo_m2", "reported without an outline"),
    ("unapproved_m2", "of what was released, without a known approval"),
)
SEALED = (
    "These outlines are invented, and lie in the open sea. A page about a real country would not show ground that is not cleared: where it "
    "lies is sealed, and only released land and sums may be published."
)


def country_section(shown: Mapping[str, Any]) -> list[Markup]:
    """What stands in the section of the country, its heading first."""
    by_year, by_class = shown["by_year"], shown["by_class"]
    totals = by_year["totals"]
    facts = f"{shown['facts']:,} records out of {shown['files']} files; {shown['with_problems']} rows with problems were told and kept out."
    return [
        element("h2", f"An invented country: {shown['country']}", id="country-title"),
        element("p", "This country does not exist. ", str(shown["note"]), class_="lede"),
        element("p", facts, " Each square metre counts once. Land as of ", day(shown["on"]), ", in m².", class_="made"),
        element("h3", "What was released, and what is left"),
        _by_class(by_class, totals),
        element("h3", "Map"),
        element("p", SEALED, class_="sealed"),
        country_map(shown["map"], f"Map of {shown['country']}: hazardous areas by state, and released ground"),
        element("h3", "Balance by year"),
        _by_year(by_year),
        element("h3", "Beside the balance, in none of its terms"),
        element("dl", *_beside(by_year["beside"]), class_="beside"),
        element("p", "On the command line: ", class_="made"),
        element(
            "pre",
            element("code", f"mineaction area --by year --to {shown['on']} --store {shown['store']}"),
            class_="commands",
            tabindex="0",
        ),
    ]


def _by_class(told: Mapping[str, Any], totals: Mapping[str, float]) -> Markup:
    own = {row["class"]: row for row in told["rows"]}
    rows = [
        _row(element("th", name, " ", element("span", how, class_="how"), scope="row"), [own[name]["area_m2"]], f"{own[name]['areas']:,}")
        for name, how in _CLASSES
        if name in own
    ]
    left = _row(element("th", "remaining", scope="row"), [totals["remaining_m2"]], "", class_="sum")
    return _table("Released by class, and what remains", ("Class", "m²", "Areas"), [*rows, left], "by-class")


def _by_year(told: Mapping[str, Any]) -> Markup:
    rows = [_row(element("th", str(row["year"]), scope="row"), [row[f"{term}_m2"] for term in _TERMS]) for row in told["rows"]]
    total = _row(element("th", "all", scope="row"), [told["totals"][f"{term}_m2"] for term in _TERMS], class_="sum")
    table = _table("Balance by year in square metres", ("Year", *(term.capitalize() for term in _TERMS)), [*rows, total], "by-year")
    return element("div", table, class_="wide-table", tabindex="0", role="region", aria_label="Balance by year, scrolls sideways")


def _beside(figures: Mapping[str, float]) -> list[Markup]:
    return [element("div", element("dt", words), element("dd", _m2(figures[name]))) for name, words in _BESIDE if figures.get(name)]


def _row(head: Markup, figures: Sequence[float], *more: str, class_: str | None = None) -> Markup:
    cells = [element("td", _m2(one)) for one in figures]
    return element("tr", head, *cells, *(element("td", one) for one in more), class_=class_)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Child], class_: str) -> Markup:
    head = element("thead", element("tr", *(element("th", one, scope="col") for one in heads)))
    return element("table", element("caption", caption, class_="heard"), head, element("tbody", *rows), class_=f"figures {class_}")


def _m2(figure: float) -> Markup:
    """Whole square metres for the eye, the figure itself for machines."""
    return element("data", f"{round(figure) + 0:,}", value=repr(figure))
