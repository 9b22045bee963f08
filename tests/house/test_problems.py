"""Every problem code is documented, used, and known."""

from __future__ import annotations

from mineaction.terms.problem_catalogue import CATALOGUE
from tests.house import problem_page


def test_the_page_lists_every_code_with_its_sentences() -> None:
    assert problem_page.PAGE.read_text(encoding="utf-8") == problem_page.page(), "run python -m tests.house.problem_page"


def test_every_code_is_used_somewhere() -> None:
    assert sorted(CATALOGUE.keys() - problem_page.codes_in_use()) == []


def test_no_code_is_named_that_the_catalogue_lacks() -> None:
    assert {code: place for code, place in problem_page.codes_named().items() if code not in CATALOGUE} == {}
