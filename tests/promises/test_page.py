"""docs/PROMISES.md says what is tested, and claims nothing without a test."""

from __future__ import annotations

import ast

import pytest

from tests.house.guards import CHECKOUT
from tests.promises.page import PAGE, page
from tests.promises.table import PROMISES, ROUNDS


def names_in(file: str) -> set[str]:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.promises.page"


def test_the_promises_are_numbered_from_one_to_sixteen() -> None:
    assert [one.number for one in PROMISES] == list(range(1, 17))


@pytest.mark.parametrize("test", sorted({test for one in PROMISES for test in (*one.tests, *one.mutations)}))
def test_every_test_that_is_named_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert (CHECKOUT / file).is_file()
    if name:
        inherited = names_in("tests/ledger/store_contract.py") if "::" in name else set()
        assert name.rpartition("::")[2] in names_in(file) | inherited


def test_every_promise_that_is_proved_with_rounds_is_shown_to_go_red() -> None:
    assert [one.number for one in PROMISES if one.figures and not one.mutations] == []


def test_every_figure_belongs_to_a_promise() -> None:
    assert {name for one in PROMISES for name in one.figures} == ROUNDS.keys()


def test_more_is_tried_at_night() -> None:
    assert [name for name, (day, night) in ROUNDS.items() if night <= day] == []
