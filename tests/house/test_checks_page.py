"""The page of checks names every check with its severity, and none that is not there."""

from __future__ import annotations

import re

from mineaction.terms.problem_catalogue import CATALOGUE, WARNINGS
from mineaction.terms.problem_catalogue.checks import CHECKS
from tests.house.guards import CHECKOUT

PAGE = (CHECKOUT / "docs" / "CHECKS.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (error|warning) \|", PAGE, re.MULTILINE))


def test_every_check_is_on_the_page() -> None:
    assert {code for code in CHECKS if not code.startswith("repair_")} - set(ROWS) == set()


def test_every_check_of_the_page_is_in_the_catalogue_with_its_severity() -> None:
    assert {code: "warning" if code in WARNINGS else "error" for code in ROWS if code in CATALOGUE} == ROWS
