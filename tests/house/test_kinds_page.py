"""The page of kinds says what the program takes."""

from __future__ import annotations

from mineaction.terms.kinds import RECORDED_KINDS
from tests.house import kinds_page


def test_the_page_lists_every_kind_with_its_fields() -> None:
    assert kinds_page.PAGE.read_text(encoding="utf-8") == kinds_page.page(), "run python -m tests.house.kinds_page"


def test_every_field_says_what_it_holds_and_how_it_is_written() -> None:
    for kind in RECORDED_KINDS.values():
        section = kinds_page.page().partition(f"\n## {kind.name}\n")[2].partition("\n## ")[0]
        for field in kind.fields:
            assert f"| `{field.name}`" in section and field.label, (kind.name, field.name)
