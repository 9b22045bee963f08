"""`check-policies`, `what-if`, `roadmap`: what is wrong with a policy, what a change of it does, and what lies before compliance."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Answer, Request, add_days, command

EXIT_FINDINGS = 1


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_check_policies, _what_if, _roadmap):
        add(commands)


def _check_policies(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.analysis_text import show_checks
        from mineaction.programme.policy_checks import check_policies

        def exit_code(told: Answer) -> int:
            return EXIT_FINDINGS if told["defects"] else 0

        return Request(lambda: check_policies(*given.names, policy=given.policy), show_checks, given.json, exit_code)

    text = "Conflicts, gaps, clauses and readings without effect, over every possible act. Exit code 1 if there is a defect."
    parser = command(commands, "check-policies", text, request)
    parser.add_argument("names", nargs="*", metavar="VERSION", help="versions or instruments; every packaged one when left out")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own: it alone is checked, unless versions are named too")


def _what_if(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.analysis_text import show_consequence
        from mineaction.programme.what_if import what_if

        def ask() -> Answer:
            changes = {"without": given.without or (), "with_file": given.with_file}
            return what_if(given.version, **changes, reading=given.reading, treaty=given.treaty, policy=given.policy)

        return Request(ask, show_consequence, given.json)

    text = "What would follow if a version lacked a clause, or had another one? Exact, over every possible act."
    parser = command(commands, "what-if", text, request)
    parser.add_argument("version", metavar="VERSION", help="for example us_apl_policy@2022-06-21")
    parser.add_argument("--without", nargs="+", metavar="CLAUSE_ID", help="clauses to leave out")
    parser.add_argument("--with", dest="with_file", metavar="FILE", help="a YAML file with `clauses:` to replace (same id) or to add")
    parser.add_argument("--treaty", metavar="TREATY", help="which gaps towards this treaty are closed and opened, for example apmbc")
    parser.add_argument("--reading", metavar="NAME", help="a reading of the version")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")


def _roadmap(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.roadmap_text import show_roadmap
        from mineaction.programme.roadmap import roadmap

        options = {"on": given.on, "state": given.state, "reading": given.reading, "policy": given.policy}
        return Request(lambda: roadmap(given.name, treaty=given.treaty, **options), show_roadmap, given.json)

    text = "What stands between a policy and full compliance with a treaty: a checklist, with the state's path into the treaty."
    parser = command(commands, "roadmap", text, request)
    parser.add_argument("name", metavar="POLICY", help="an instrument, whose version of the day is taken, or a version")
    parser.add_argument("--treaty", default="apmbc", metavar="TREATY", help="the treaty to comply with; apmbc when left out")
    add_days(parser, known_at=False)
    parser.add_argument("--state", metavar="STATE", help="the state, where the policy does not bind exactly one")
    parser.add_argument("--reading", metavar="NAME", help="a reading of either text")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")
