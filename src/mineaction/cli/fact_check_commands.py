"""`factcheck`, `first-light`: the commands about public statements."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Answer, Request, add_days, command


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_factcheck, _first_light):
        add(commands)


def _factcheck(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.fact_check_text import show_check, show_differences
        from mineaction.programme.fact_check import factcheck, factcheck_compare

        only_one = [name for name in ("statement", "html", "on", "known_at", "issuer", "dated") if getattr(given, name) is not None]
        if given.compare and only_one:
            parser.error(f"--compare takes two statements and no {', '.join(only_one)}")
        if given.compare:
            return Request(lambda: factcheck_compare(*given.compare), show_differences, given.json)
        if not given.statement:
            parser.error("give a statement, or --compare with two of them")

        def ask() -> Answer:
            options = {"on": given.on, "issuer": given.issuer, "dated": given.dated, "known_at": given.known_at}
            told = factcheck(given.statement, **options)
            if given.html:
                from mineaction.programme.fact_check_page import write_page

                write_page({given.statement: told}, given.html)
            return told

        return Request(ask, show_check, given.json)

    parser = command(commands, "factcheck", "Which claims of a public statement hold, on its own date and on another?", request)
    parser.add_argument("statement", metavar="FILE", nargs="?", help="text or Markdown; the two packaged statements go by their name")
    parser.add_argument("--compare", metavar="FILE", nargs=2, help="list the differences between two statements of the same act")
    add_days(parser)
    parser.add_argument("--issuer", metavar="STATE", help="who issued the statement")
    parser.add_argument("--dated", metavar="DAY", help="the day of the statement")
    parser.add_argument("--html", metavar="OUT", help="also write one self-contained page")


def _first_light(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.first_light import first_light, show_first_light

        return Request(lambda: first_light(given.html, given.on, given.demo, progress=not given.json), show_first_light, given.json)

    parser = command(commands, "first-light", "Fact-check the two packaged statements and write one page.", request)
    parser.add_argument("--html", metavar="OUT", default="first-light.html", help="where the page goes (default: %(default)s)")
    parser.add_argument("--demo", metavar="FOLDER", help="also make the invented country in this folder, or keep it, and show it")
    add_days(parser, known_at=False)
