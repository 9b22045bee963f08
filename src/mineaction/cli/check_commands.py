"""Checks of what a store holds: ground told twice, how good the records are; and repairs of outlines, proposed and accepted."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Request, command
from mineaction.cli.ledger_commands import add_principal, add_store

_FINDINGS = 1
_SENSITIVE = "It says where uncleared ground lies."


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_quality, _overlaps, _repair):
        add(commands)


def _quality(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.check_text import show_quality
        from mineaction.programme.quality import quality

        return Request(lambda: quality(store=given.store), show_quality, given.json, lambda told: _FINDINGS if told["checks"] else 0)

    text = "How good are the records: what do the checks find, at which share of them? Exit code 1 when they find something."
    add_store(command(commands, "quality", text, request))


def _overlaps(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.check_text import show_overlaps
        from mineaction.programme.overlapping import overlaps

        return Request(lambda: overlaps(kind=given.kind, min_m2=given.min_m2, store=given.store), show_overlaps, given.json)

    text = f"Which records have ground in common, how many square metres, and where was each told? {_SENSITIVE}"
    parser = command(commands, "overlaps", text, request)
    parser.add_argument("--kind", metavar="KIND", help="only pairs of hazardous_area, or of land_release; both and across when left out")
    parser.add_argument("--min-m2", metavar="M2", default="1", help="only pairs with so many square metres in common; 1 when left out")
    add_store(parser)


def _repair(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.check_text import show_repair
        from mineaction.programme.repairing import repair

        options = {"accept": given.accept, "principal": given.principal, "reason": given.reason, "store": given.store}
        return Request(lambda: repair(given.file, **options), show_repair, given.json)

    text = "Show the repairs of outlines that 'mineaction import --propose-repairs' wrote, or record those you accept."
    parser = command(commands, "repair", text, request)
    parser.add_argument("file", metavar="FILE", help="the .geojson of proposals, without those you do not want")
    parser.add_argument("--accept", action="store_true", help="record them; --as and --reason say who accepts them, and why")
    parser.add_argument("--reason", metavar="TEXT", help="why the repaired outlines are right, for the note of each record")
    add_principal(parser)
    add_store(parser)
