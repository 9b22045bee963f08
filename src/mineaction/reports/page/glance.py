"""What does a reader see in ten seconds? How many claims have each verdict, then every claim with both its verdicts in one line.

Verdicts are shown as given. A verdict that is another on the day asked than on its own date stands out and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mineaction.reports.page.claim_rows import is_changed, quoted
from mineaction.reports.page.markup import Markup, day, element, joined
from mineaction.reports.page.statement_text import row_id
from mineaction.reports.page.verdicts import badge, tally


def at_a_glance(checks: Sequence[Mapping[str, Any]], titles: Sequence[str], sections: Sequence[str]) -> list[Markup]:
    """Heading, counts of every statement, then one table a statement with both verdicts of each claim."""
    button = element("button", "Open every row", type="button", id="open-all", aria_pressed="false", hidden=True)
    counts = [
        element("div", element("h3", element("a", title, href=f"#{section}")), _counts(check))
        for check, title, section in zip(checks, titles, sections, strict=True)
    ]
    tables = [
        joined(element("h3", title) if len(checks) > 1 else "", _table(check, title, section))
        for check, title, section in zip(checks, titles, sections, strict=True)
    ]
    head = element("div", element("h2", "At a glance", id="glance-title"), button, class_="title-row")
    return [head, element("div", *counts, class_="tallies"), *tables]


def own_date(check: Mapping[str, Any]) -> Markup:
    """The day of the statement, or that none is known."""
    return day(check["dated"]) if check.get("dated") else joined("no date known")


def _counts(check: Mapping[str, Any]) -> Markup:
    rows = ((own_date(check), "as_of"), (day(check["on"]), "on"))
    return element("dl", *(element("div", element("dt", when), element("dd", tally(check["summary"][name]))) for when, name in rows))


def _table(check: Mapping[str, Any], title: str, section: str) -> Markup:
    if not check["claims"]:
        return element("p", "No checkable claim was found in this statement.")
    heads = (["Claim"], ["On its own date ", own_date(check)], ["On the day asked ", day(check["on"])])
    return element(
        "table",
        element("caption", f"Verdicts on {title}", class_="heard"),
        element("thead", element("tr", *(element("th", *words, scope="col") for words in heads))),
        element("tbody", *(_table_row(claim, row_id(section, number)) for number, claim in enumerate(check["claims"]))),
        class_="glance",
    )


def _table_row(claim: Mapping[str, Any], row: str) -> Markup:
    changed = is_changed(claim)
    return element(
        "tr",
        element("th", element("a", element("span", claim["id"], class_="id"), " ", quoted(claim["quote"]), href=f"#{row}"), scope="row"),
        element("td", badge(claim["as_of"]["verdict"])),
        element(
            "td",
            element("span", "changed to ", class_="heard") if changed else "",
            badge(claim["on"]["verdict"], is_quiet=not changed),
            class_="changed" if changed else None,
        ),
    )
