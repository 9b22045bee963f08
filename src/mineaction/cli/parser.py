"""Which commands there are and which words they take. Each command imports what it needs only when it is asked."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from mineaction.terms.vocabulary import FIELDS, SHORT_FORMS, nearest

Answer = dict[str, Any]
# Facts of an activity that `decide` takes from the command line, besides actor and position.
_FACTS = tuple(name for name in FIELDS if name != "underlying")


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed command: how to get its answer, how to show it, and whether as JSON."""

    ask: Callable[[], Answer]
    show: Callable[[Answer], str]
    as_json: bool


class _Once(argparse.Action):
    """Takes an option's word; a second one would silently replace the first, so it is refused."""

    def __call__(self, parser: Any, given: argparse.Namespace, values: Any, option_string: str | None = None) -> None:
        if option_string and getattr(given, self.dest, None) is not None and getattr(given, self.dest) != self.default:
            parser.error(f"{option_string} is given twice")
        setattr(given, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """Names the nearest option when one is not understood, and takes each option once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.register("action", None, _Once)

    def refuse(self, extra: Sequence[str]) -> NoReturn:
        """End with exit code 2, naming what was not understood and the options nearest to it."""
        known = [option for action in self._actions for option in action.option_strings]
        hints = [f"{word}: did you mean {' or '.join(nearest(word.split('=')[0], known)[:2])}?" for word in extra if word.startswith("-")]
        self.error("\n".join([f"not understood: {' '.join(extra)}", *hints]))


def parse(arguments: Sequence[str] | None) -> Request:
    """The request behind the words; words that make no command end the process with exit code 2."""
    parser = _Parser(prog="mineaction", description="Law and facts of mine action: dated, quoted, with what is not known.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for add in (_status, _deadlines, _decide, _explain, _policies, _compare, _new_policy, _factcheck, _first_light):
        add(commands)
    given, extra = parser.parse_known_args(arguments)
    if extra:
        commands.choices[given.command].refuse(extra)
    request: Request = given.request(given)
    return request


def _command(commands: Any, name: str, text: str, request: Callable[[argparse.Namespace], Request]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON (docs/cli.schema.json)")
    parser.set_defaults(request=request)
    return parser


def _days(parser: argparse.ArgumentParser, *, known_at: bool = True) -> None:
    parser.add_argument("--on", metavar="DAY", help="the day asked about, YYYY-MM-DD; today when left out")
    if known_at:
        parser.add_argument("--known-at", metavar="DAY", help="only what was known on this day")


def _status(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.treaty_text import show_status
        from mineaction.programme.treaties import status

        def ask() -> Answer:
            return status(given.treaty, on=given.on, known_at=given.known_at, group=given.group, state=given.state)

        return Request(ask, show_status, given.json)

    parser = _command(commands, "status", "Which states does a treaty bind on a day?", request)
    parser.add_argument("treaty", help="APMBC, CCM, CCW_APII or CCW_PV")
    _days(parser)
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

    parser = _command(commands, "deadlines", "Which treaty deadlines run for a state on a day, and how do they stand?", request)
    parser.add_argument("treaty", help="APMBC")
    parser.add_argument("--state", required=True, help="the state, by code or name")
    _days(parser)


def _decide(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_decision
        from mineaction.programme.decisions import decide
        from mineaction.programme.policies import law_with

        def ask() -> Answer:
            facts = {name: getattr(given, name) for name in (*_FACTS, "actor")}
            below = {name: getattr(given, f"underlying_{name}") for name in _FACTS}
            options = {"on": given.on, "known_at": given.known_at, "reading": given.reading, "at": given.at}
            return decide(underlying=below, law=law_with(given.policy), **options, **facts)

        return Request(ask, show_decision, given.json)

    text = "Is an act prohibited, permitted, obliged or not addressed, under which clause? Facts left out are unknown."
    parser = _command(commands, "decide", text, request)
    parser.add_argument("--actor", help="the state that acts, by code or name")
    for name in _FACTS:
        _add_fact(parser, name)
    parser.add_argument("--at", metavar="LON,LAT", help="where it happens, in degrees")
    parser.add_argument("--underlying", dest="underlying_act", metavar="ACT", help="the act that is assisted")
    for name in _FACTS[1:]:
        option = f"--underlying-{name.replace('_', '-')}"
        parser.add_argument(option, metavar="WORD", help=argparse.SUPPRESS)
    _days(parser)
    parser.add_argument("--reading", metavar="NAME", help="a reading of a contested text; `mineaction policies` lists them")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")


def _add_fact(parser: argparse.ArgumentParser, name: str) -> None:
    words = ", ".join((*SHORT_FORMS.get(name, ()), *FIELDS[name].values))
    places = "a state, a scope or none; " if name in ("counterparty", "place", "from_place") else ""
    option = f"--{name.replace('_', '-')}"
    # Only `--from-place` may stand alone: the act starts where nothing else is said, which is unknown.
    stands_alone: dict[str, Any] = {"nargs": "?", "const": "unknown"} if name == "from_place" else {}
    parser.add_argument(option, dest=name, metavar="WORD", help=f"{FIELDS[name].question} {places}{words}", **stands_alone)


def _explain(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_clause
        from mineaction.programme.policies import explain

        return Request(lambda: explain(given.clause, policy=given.policy), show_clause, given.json)

    parser = _command(commands, "explain", "What does a clause say, where does it stand, and what does it turn on?", request)
    parser.add_argument("clause", metavar="CLAUSE_ID", help="for example apmbc.1.1.a")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")


def _policies(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_policies
        from mineaction.programme.policies import instruments

        return Request(lambda: instruments(given.show, policy=given.policy), show_policies, given.json)

    parser = _command(
        commands, "policies", "Which instruments, versions and readings are held? With --policy: is this file right?", request
    )
    parser.add_argument("--show", metavar="ID", help="one version with every clause, for example us_apl_policy@2022-06-21")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own: it is checked and listed too")


def _compare(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_comparison
        from mineaction.programme.comparison import compare

        return Request(
            lambda: compare(given.version, given.treaty, reading=given.reading, policy=given.policy), show_comparison, given.json
        )

    parser = _command(commands, "compare", "Where is a policy weaker or stricter than a treaty, article by article?", request)
    parser.add_argument("version", metavar="POLICY", help="for example us_apl_policy@2022-06-21")
    parser.add_argument("treaty", metavar="TREATY", help="for example apmbc")
    parser.add_argument("--reading", metavar="NAME", help="a reading of either text")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")


def _new_policy(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.programme.policies import new_policy, policy_schema

        return Request(
            policy_schema if given.schema else lambda: {"template": new_policy()}, lambda told: told["template"], given.json or given.schema
        )

    parser = _command(commands, "new-policy", "Print a commented policy file to start from.", request)
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a policy file instead")


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

    parser = _command(commands, "factcheck", "Which claims of a public statement hold, on its own date and on another?", request)
    parser.add_argument("statement", metavar="FILE", nargs="?", help="text or Markdown; the two packaged statements go by their name")
    parser.add_argument("--compare", metavar="FILE", nargs=2, help="list the differences between two statements of the same act")
    _days(parser)
    parser.add_argument("--issuer", metavar="STATE", help="who issued the statement")
    parser.add_argument("--dated", metavar="DAY", help="the day of the statement")
    parser.add_argument("--html", metavar="OUT", help="also write one self-contained page")


def _first_light(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.first_light import first_light, show_first_light

        return Request(lambda: first_light(given.html, given.on, progress=not given.json), show_first_light, given.json)

    parser = _command(commands, "first-light", "Fact-check the two packaged statements and write one page.", request)
    parser.add_argument("--html", metavar="OUT", default="first-light.html", help="where the page goes (default: %(default)s)")
    _days(parser, known_at=False)
