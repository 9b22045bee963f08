"""The land of a store: how much was released and how much is left, which areas there are, and why a figure is what it is."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Request, command
from mineaction.cli.ledger_commands import add_store

_BY = "class (cancelled, reduced, cleared), method, operator, year, contamination or ground; class when left out"


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_area,):
        add(commands)


def _area(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.land_text import show_area
        from mineaction.programme.land_area import area

        options = {"since": given.since, "until": given.until, "known_at": given.known_at, "basis": given.basis}
        return Request(lambda: area(given.by, store=given.store, **options), show_area, given.json)

    text = "How much land was identified, cancelled, reduced and cleared, and how much is left? Each square metre once."
    parser = command(commands, "area", text, request)
    parser.add_argument("--by", metavar="WORD", default="class", help=_BY)
    parser.add_argument("--from", metavar="DAY", dest="since", help="the first day, YYYY-MM-DD; the beginning when left out")
    parser.add_argument("--to", metavar="DAY", dest="until", help="the last day, YYYY-MM-DD; today when left out")
    parser.add_argument("--known-at", metavar="DAY", help="by what was recorded up to the end of this day (UTC)")
    parser.add_argument(
        "--basis", metavar="BASIS", default="computed", help="computed (from outlines) or reported (as written); never mixed"
    )
    add_store(parser)
