"""What every test shares: how many examples hypothesis makes, the browser, the server of stores, the option of a complete run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.ledger.private_server import PrivateServer

pytest_plugins = ["tests.house.complete_run"]

# No deadline: machines are shared, so the time of one example says nothing. The same code gives the same examples by day,
# so that a run is red for what changed; the night looks for new ones.
settings.register_profile("day", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("nightly", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("day")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options of the tests of promises (`tests/promises/table.py`)."""
    parser.addoption("--rounds", choices=("day", "nightly"), default="day", help="how many rounds a promise is tried for")
    parser.addoption("--record-figures", action="store_true", help="keep what the promises' tests found, for docs/PROMISES.md")


CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # tests run as root in containers, where Chromium's own sandbox cannot start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # a page under test asks for nothing, and neither should the browser
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium without a window; for tests marked `browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = os.environ.get("MINEACTION_CHROMIUM") or "/usr/bin/chromium"
        opened = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[PrivateServer]:
    """A PostgreSQL server with PostGIS that lasts as long as the tests; for tests marked `postgis`."""
    from tests.ledger.private_server import private_server

    with private_server() as running:
        yield running
