"""A word that is no state is answered with names that are like it, or with none: never with one that merely shares letters."""

from __future__ import annotations

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.registers.countries import resolve_state
from mineaction.terms.problem import Problem


def remedy(word: str) -> str:
    found = resolve_state(word, packaged_book().facts("country"))
    assert isinstance(found, Problem)
    return found.remedy


@pytest.mark.parametrize("word", ["Hamas", "Gaza", "Atlantis", "xyz xyz", ""])
def test_what_is_like_no_state_is_told_so(word: str) -> None:
    assert "No name in the list is like it" in remedy(word)


@pytest.mark.parametrize(("word", "meant"), [("Ukrane", "UKR"), ("Okraine", "UKR"), ("Finnland", "FIN"), ("Korea", "KOR"), ("UKN", "UKR")])
def test_a_slip_is_told_the_state_it_is_like(word: str, meant: str) -> None:
    assert meant in remedy(word)
