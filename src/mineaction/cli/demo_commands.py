"""`demo`: an invented country to try everything with."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Request, command


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""

    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.demo_text import show_demo
        from mineaction.programme.demo.demonstration import demo

        return Request(lambda: demo(seed=given.seed, out=given.out, small=given.small), show_demo, given.json)

    text = "Make an invented country: 25 years of mine action in the files people send, mistakes included, and a store that imported them."
    parser = command(commands, "demo", text, request)
    parser.add_argument(
        "--out", metavar="FOLDER", default="invented-country", help="where the files and demo.gpkg go (default: %(default)s)"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="another number is another country (default: %(default)s)")
    parser.add_argument("--small", action="store_true", help="fewer areas and files, as tests use it")
