"""`screen`: what each instrument says of every row of a table."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from mineaction.cli.command import Answer, Request, add_days, add_policy, add_reading, command


def add_commands(commands: Any) -> None:
    """Add the command of this module."""
    parser = command(
        commands, "screen", "What does each instrument say of every row of a table? Parquet, CSV or Arrow, in and out.", _request
    )
    parser.add_argument("table", metavar="IN", help="the table: .parquet, .csv, .arrow, .feather or .arrows")
    parser.add_argument("out", metavar="OUT", nargs="?", help="the same rows with the answers beside them")
    parser.add_argument("--instrument", metavar="ID", action="append", help="one instrument; may be given again (all when left out)")
    parser.add_argument("--columns", metavar="NAMES", help="which columns of an answer, as verdict,clauses (all when left out)")
    parser.add_argument("--mapping", metavar="FILE", help="which columns and words mean which facts (YAML)")
    parser.add_argument("--write-mapping", metavar="FILE", nargs="?", const="", help="begin a mapping from the table; printed without FILE")
    parser.add_argument("--problems", metavar="FILE", help="a table of every row that could not be read, and why")
    add_days(parser)
    add_reading(parser)
    add_policy(parser)


def _request(given: argparse.Namespace) -> Request:
    # These need pyarrow, which no question of law does.
    from mineaction.cli.screen_text import show_mapping, show_screening, shown_progress

    if given.write_mapping is not None:
        return Request(lambda: _begun_mapping(given), show_mapping, given.json)

    def ask() -> Answer:
        from mineaction.programme.screening import screen

        options = {
            name: getattr(given, name) for name in ("instrument", "columns", "mapping", "problems", "on", "known_at", "reading", "policy")
        }
        with shown_progress(sys.stderr, is_wanted=not given.json) as progress:
            return screen(given.table, given.out, progress=progress, **options)

    return Request(ask, show_screening, given.json)


def _begun_mapping(given: argparse.Namespace) -> Answer:
    from mineaction.programme.screening_wizard import write_mapping

    return write_mapping(given.table, given.write_mapping or None)
