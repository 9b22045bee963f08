"""docs/CONFORMANCE.md holds the figures of the day."""

from __future__ import annotations

import pytest

from tests.policies.conformance_page import PAGE, page
from tests.policies.packaged_variants import variants


@pytest.mark.slow
def test_the_page_is_what_the_comparison_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.policies.conformance_page"


def test_every_version_and_reading_has_its_line() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for one in variants():
        assert sum(line.startswith(f"| `{one.version_id}` | {one.reading} |") for line in lines) == 1
