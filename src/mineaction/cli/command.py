"""What every command of the command line is made of: a request, a parser that names the nearest option, options that many share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from mineaction.terms.vocabulary import nearest

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed command: how to get its answer, how to show it, and whether as JSON."""

    ask: Callable[[], Answer]
    show: Callable[[Answer], str]
    as_json: bool
    # 1 where a command promises to say by its exit code that it found something; 0 is an answer, whatever it says.
    exit_code: Callable[[Answer], int] = lambda answer: 0


class _Once(argparse.Action):
    """Takes an option's word; a second one would silently replace the first, so it is refused."""

    def __call__(self, parser: Any, given: argparse.Namespace, values: Any, option_string: str | None = None) -> None:
        if option_string and getattr(given, self.dest, None) is not None and getattr(given, self.dest) != self.default:
            parser.error(f"{option_string} is given twice")
        setattr(given, self.dest, values)


_ADDRESS = re.compile("(postgres(?:ql)?://).*")


class Parser(argparse.ArgumentParser):
    """Names the nearest option when one is not understood, and takes each option once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.register("action", None, _Once)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2. An address of a server may hold a password: it is not repeated."""
        super().error(_ADDRESS.sub(r"\1...", message))

    def refuse(self, extra: Sequence[str]) -> NoReturn:
        """End with exit code 2, naming what was not understood and the options nearest to it."""
        known = [option for action in self._actions for option in action.option_strings]
        hints = [f"{word}: did you mean {' or '.join(nearest(word.split('=')[0], known)[:2])}?" for word in extra if word.startswith("-")]
        self.error("\n".join([f"not understood: {' '.join(extra)}", *hints]))


def command(commands: Any, name: str, text: str, request: Callable[[argparse.Namespace], Request]) -> argparse.ArgumentParser:
    """A new command with `--json`; `request` makes of its parsed words what is asked."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON (docs/cli.schema.json)")
    parser.set_defaults(request=request)
    return parser


def add_days(parser: argparse.ArgumentParser, *, known_at: bool = True) -> None:
    """`--on`, and `--known-at` where an answer may leave out what was not known yet."""
    parser.add_argument("--on", metavar="DAY", help="the day asked about, YYYY-MM-DD; today when left out")
    if known_at:
        parser.add_argument("--known-at", metavar="DAY", help="only what was known on this day")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """`--reading`, under which a contested text is understood."""
    parser.add_argument("--reading", metavar="NAME", help="a reading of a contested text; `mineaction policies` lists them")


def add_policy(parser: argparse.ArgumentParser) -> None:
    """`--policy`, whose clauses are asked beside the packaged ones."""
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")
