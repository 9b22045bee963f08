"""The land of a store: how much was released and how much is left, which areas there are, and why a figure is what it is."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Request, add_days, command
from mineaction.cli.ledger_commands import add_store

# Who holds the store reads where uncleared ground lies: said once, where it is shown.
_SENSITIVE = "It shows where uncleared ground lies to whoever holds the store: keep what it prints as you keep the store."
_BY = "class (cancelled, reduced, cleared), method, operator, year, province, district, status, contamination or ground; left out: class"


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_area, _areas, _why):
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


def _areas(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.land_text import show_areas
        from mineaction.programme.land_areas import areas

        options = {"status": given.status, "near": given.near, "within": given.within, "on": given.on, "known_at": given.known_at}
        return Request(lambda: areas(store=given.store, **options), show_areas, given.json)

    text = f"Which hazardous areas are there, and how much of each is left? {_SENSITIVE}"
    parser = command(commands, "areas", text, request)
    parser.add_argument("--status", metavar="STATUS", nargs="+", help="only areas in one of these: suspected_open, confirmed_open, ...")
    parser.add_argument("--near", metavar="LON,LAT", help="a position in degrees, longitude first; with --within")
    parser.add_argument("--within", metavar="METRES", help="how far around the position")
    add_days(parser)
    add_store(parser)


def _why(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.land_text import show_why
        from mineaction.programme.land_why import why

        return Request(lambda: why(given.area, on=given.on, known_at=given.known_at, store=given.store), show_why, given.json)

    text = "Why is the figure of a hazardous area what it is: which rows were told, what each release took, what is left and where?"
    parser = command(commands, "why", text, request)
    parser.add_argument("area", metavar="AREA_ID", help="its id; organisation/id where several areas have that id")
    add_days(parser)
    add_store(parser)
