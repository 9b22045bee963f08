"""The worked example of docs/LAND_ACCOUNT.md is what its table of rows gives."""

from __future__ import annotations

import re

from mineaction.registers.land_beside import release_figures
from mineaction.registers.land_figures import yearly_balances
from mineaction.registers.land_release import land_account
from tests.house.guards import CHECKOUT
from tests.registers.land_book import book

PAGE = (CHECKOUT / "docs" / "LAND_ACCOUNT.md").read_text(encoding="utf-8")
BOOK = book(re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0])


def shown(first: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    table = re.search(rf"^\| {first} \|.*\n\|[-:|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


def whole(m2: float) -> str:
    return f"{round(m2):,}"


def test_the_balances_of_the_page_are_those_of_its_rows() -> None:
    account = land_account(BOOK.hazards, BOOK.releases)
    found = [
        [
            str(one.first.year),
            *map(whole, (one.opening, one.identified, one.cancelled, one.reduced, one.cleared, one.remaining, one.reclassified_m2)),
        ]
        for one in yearly_balances(account, 2010, 2014)
    ]
    assert found == shown("year")


def test_the_releases_of_the_page_are_those_of_its_rows() -> None:
    account = land_account(BOOK.hazards, BOOK.releases)
    figures = release_figures(account)
    columns = zip(account.releases.rows, figures.credited_m2, figures.rework_m2, figures.outside_hazard_m2, figures.parent, strict=True)
    found = [[row.local_id, *map(whole, amounts), account.hazards.rows[parent].local_id] for row, *amounts, parent in columns]
    assert found == shown("release")
    assert whole(account.double_counted.m2.sum()) == "1,600"
