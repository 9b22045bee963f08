"""Records out of the store for others, and the empty table that a kind of record is told in."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Request, command
from mineaction.cli.ledger_commands import add_store
from mineaction.terms.kinds import RECORDED_KINDS, TIERS

_KINDS = f"one of: {', '.join(RECORDED_KINDS)}"


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_template, _export):
        add(commands)


def _template(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.record_text import show_template
        from mineaction.programme.templates import template

        return Request(lambda: template(given.kind, given.out), show_template, given.json)

    parser = command(commands, "template", "Print the empty table of a kind of record; with --json, what each column may hold.", request)
    parser.add_argument("--kind", metavar="KIND", required=True, help=_KINDS)
    parser.add_argument("--out", metavar="FILE", help="a new .csv file for it")


def _export(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.record_text import show_export
        from mineaction.programme.exporting import export_records

        return Request(lambda: export_records(given.out, kind=given.kind, tier=given.tier, store=given.store), show_export, given.json)

    parser = command(commands, "export", "Write the records of a kind that stand, with only what may be told at a tier.", request)
    parser.add_argument("--kind", metavar="KIND", required=True, help=_KINDS)
    tiers = f"one of {', '.join(TIERS)}: T1 may be published, T2 is for those who do the work, T3 is sealed"
    parser.add_argument("--tier", metavar="TIER", required=True, help=tiers)
    parser.add_argument(
        "--out", metavar="FILE", required=True, help="a .csv, .geojson or new .gpkg file; FILE.about.json beside it says where it is from"
    )
    add_store(parser)
