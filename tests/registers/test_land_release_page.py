"""docs/LAND_RELEASE.md shows the tables that the program works by, word for word."""

from __future__ import annotations

import pytest

from mineaction.registers.country_rules import DEFAULTS
from mineaction.registers.hazard_transitions import EVIDENCE, OPEN, TRANSITIONS, Status
from mineaction.terms.kinds.assurance import ASSURANCE_KINDS
from mineaction.terms.kinds.work import WORK_KINDS
from mineaction.terms.kinds.work_words import COUNTRY_RULES
from tests.house.guards import CHECKOUT

PAGE = (CHECKOUT / "docs" / "LAND_RELEASE.md").read_text(encoding="utf-8")


def words(statuses: tuple[Status, ...], nothing: str) -> str:
    return "any open" if statuses == OPEN else ", ".join(f"`{one}`" for one in statuses) or nothing


def transitions() -> list[str]:
    rows = []
    for row in TRANSITIONS:
        evidence = ", ".join(f"`{word}`" for word in row.evidence) + (" (told if missing)" if row.is_made_without else "")
        rows.append(f"| `{row.name}` | {words(row.before, '-')} | {words(row.after, 'the same')} | {evidence} | {row.posting} |")
    return rows


def evidence() -> list[str]:
    return [f"| `{word}` | {sentence} |" for word, sentence in EVIDENCE.items()]


def kinds() -> list[str]:
    return [f"| `{kind.name}` | {kind.label} | {kind.standard} |" for kind in (*WORK_KINDS, *ASSURANCE_KINDS)]


def rules() -> list[str]:
    return [
        f"| `{name}` | {', '.join(f'`{one}`' for one in values) or 'a name'} | {DEFAULTS.get(name, '-')} |"
        for name, values in COUNTRY_RULES.items()
    ]


@pytest.mark.parametrize("table", [transitions, evidence, kinds, rules], ids=lambda one: str(one.__name__))
def test_the_page_shows_this_table_and_no_other(table: object) -> None:
    assert callable(table)
    rows = table()
    at = PAGE.index(rows[0])
    shown = PAGE[at:].partition("\n\n")[0].splitlines()
    assert shown == rows
