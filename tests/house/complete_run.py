"""`pytest --complete`: a run in which anything was left out fails, and its last lines name what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

_LEFT_OUT = "left_out"


class CompleteRun:
    """Remembers every test that was chosen away or skipped, and turns a passing run into a failing one."""

    def __init__(self) -> None:
        self.left_out: list[str] = []

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
        if self.left_out:
            terminalreporter.section("not run")
            for line in self.left_out:
                terminalreporter.line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option."""
    parser.addoption("--complete", action="store_true", help="fail when any test is skipped or not selected")


def pytest_configure(config: pytest.Config) -> None:
    """Watches the run when the option is given."""
    if config.getoption("--complete"):
        config.pluginmanager.register(CompleteRun(), "complete-run")
