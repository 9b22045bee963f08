"""docs/FACTS.md tells the truth about what is packaged."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from mineaction.ledger.packaged import PACKAGED_DATA, packaged_book
from mineaction.terms.kinds import PACKAGED_KINDS

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "FACTS.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<kind>\w+)` \| .+ \| (?P<rows>\d+) \| (?P<reaches>.+) \|$", re.MULTILINE)


def reaches() -> dict[str, str]:
    """Kind -> how far its sets reach, in the words of the page."""
    said: dict[str, list[str]] = {}
    with (Path(PACKAGED_DATA) / "facts" / "sets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            until = f" until {row['complete_until']}" if row["complete_until"] else ""
            said.setdefault(row["kind"], []).append(f"{row['key']} {row['list_status']}{until}".strip())
    return {kind: "; ".join(sets) for kind, sets in said.items()}


def test_the_page_names_every_kind_in_order_with_its_number_of_rows() -> None:
    told = [(match["kind"], int(match["rows"])) for match in ROW.finditer(PAGE)]
    assert told == [(kind, len(packaged_book().facts(kind))) for kind in PACKAGED_KINDS]


def test_the_page_says_how_far_each_kind_reaches() -> None:
    assert {match["kind"]: match["reaches"] for match in ROW.finditer(PAGE)} == reaches()


def test_the_page_gives_a_rule_of_knowledge_for_every_kind() -> None:
    section = PAGE.partition("## Since when a fact is known")[2].partition("\n## ")[0]
    assert {name for line in section.splitlines() if line.startswith("| `") for name in re.findall(r"`(\w+)`", line.split("|")[1])} == set(
        PACKAGED_KINDS
    )


def test_every_place_the_page_names_is_there() -> None:
    for path in re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", PAGE):
        assert (CHECKOUT / path).exists(), path
