"""`status`, `deadlines`: the commands about treaties and whom they bind."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Answer, Request, add_days, command


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_status, _deadlines):
        add(commands)


def _status(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.treaty_text import show_status
        from mineaction.programme.treaties import status

        def ask() -> Answer:
            return status(given.treaty, on=given.on, known_at=given.known_at, group=given.group, state=given.state)

        return Request(ask, show_status, given.json)

    parser = command(commands, "status", "Which states does a treaty bind on a day?", request)
    parser.add_argument("treaty", help="APMBC, CCM, CCW_APII or CCW_PV")
    add_days(parser)
    parser.add_argument("--group", help="nato, un or korean_peninsula: its members by status")
    parser.add_argument("--state", help="one state, by code or name: its status and its acts")


def _deadlines(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.treaty_text import show_deadlines
        from mineaction.programme.treaties import deadlines

        return Request(
            lambda: deadlines(given.treaty, state=given.state, on=given.on, known_at=given.known_at),
            show_deadlines,
            given.json,
        )

    parser = command(commands, "deadlines", "Which treaty deadlines run for a state on a day, and how do they stand?", request)
    parser.add_argument("treaty", help="APMBC")
    parser.add_argument("--state", required=True, help="the state, by code or name")
    add_days(parser)
