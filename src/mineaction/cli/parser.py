"""Which commands there are. Each module of commands says which words they take and imports what they need only when it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction.cli import (
    analysis_commands,
    check_commands,
    demo_commands,
    fact_check_commands,
    land_commands,
    law_commands,
    ledger_commands,
    record_commands,
    screen_commands,
    timeline_commands,
    treaty_commands,
)
from mineaction.cli.command import Parser, Request

# In the order in which `mineaction --help` lists them.
MODULES = (
    treaty_commands,
    law_commands,
    timeline_commands,
    analysis_commands,
    screen_commands,
    fact_check_commands,
    ledger_commands,
    land_commands,
    record_commands,
    check_commands,
    demo_commands,
)


def parse(arguments: Sequence[str] | None) -> Request:
    """The request behind the words; words that make no command end the process with exit code 2."""
    parser = Parser(prog="mineaction", description="Law and facts of mine action: dated, quoted, with what is not known.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for module in MODULES:
        module.add_commands(commands)
    given, extra = parser.parse_known_args(arguments)
    if extra:
        commands.choices[given.command].refuse(extra)
    request: Request = given.request(given)
    return request
