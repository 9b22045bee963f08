"""`pytest --complete`: a run in which anything was left out fails, and its last lines name what was left out.

`--complete-but=MARKER` leaves the tests with this mark out, names them too, and does not fail because of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

_LEFT_OUT = "left_out"


class CompleteRun:
    """Remembers every test that was chosen away or skipped, and turns a passing run into a failing one."""

    def __init__(self, but: str = "") -> None:
        self.left_out: list[str] = []
        self.agreed: list[str] = []
        self._but = but

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        agreed = [item for item in items if self._but and item.get_closest_marker(self._but)]
        self.agreed = [f"{item.nodeid}: left out, as this run says" for item in agreed]
        items[:] = [item for item in items if item not in agreed]

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        self.left_out += [f"{item.nodeid}: not selected" for item in items]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.left_out.append(f"{report.nodeid}: skipped")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.left_out.append(f"{report.nodeid}: skipped")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process that ran a part of the tests tells what it left out; each of them chooses for itself, and alike."""
        self.left_out += [line for line in node.workeroutput.get(_LEFT_OUT, ()) if line not in self.left_out]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_LEFT_OUT] = self.left_out
        if self.left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if told := [*self.left_out, *self.agreed]:
            terminalreporter.section("not run")
            for line in told:
                terminalreporter.line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options."""
    parser.addoption("--complete", action="store_true", help="fail when any test is skipped or not selected")
    parser.addoption("--complete-but", default="", metavar="MARKER", help="--complete, but for the tests with this mark")


def pytest_configure(config: pytest.Config) -> None:
    """Watches the run when the option is given."""
    if config.getoption("--complete") or config.getoption("--complete-but"):
        config.pluginmanager.register(CompleteRun(config.getoption("--complete-but")), "complete-run")
