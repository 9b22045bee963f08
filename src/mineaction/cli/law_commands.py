"""`decide`, `explain`, `policies`, `compare`, `new-policy`: the commands about clauses."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.activity_options import activity_of, add_activity
from mineaction.cli.command import Answer, Request, add_days, add_policy, add_reading, command


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_decide, _explain, _policies, _compare, _new_policy):
        add(commands)


def _decide(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_decision
        from mineaction.programme.decisions import decide
        from mineaction.programme.policies import law_with

        def ask() -> Answer:
            options = {"on": given.on, "known_at": given.known_at, "reading": given.reading}
            return decide(law=law_with(given.policy), **options, **activity_of(given))

        return Request(ask, show_decision, given.json)

    text = "Is an act prohibited, permitted, obliged or not addressed, under which clause? Facts left out are unknown."
    parser = command(commands, "decide", text, request)
    add_activity(parser)
    add_days(parser)
    add_reading(parser)
    add_policy(parser)


def _explain(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_clause
        from mineaction.programme.policies import explain

        return Request(lambda: explain(given.clause, policy=given.policy), show_clause, given.json)

    parser = command(commands, "explain", "What does a clause say, where does it stand, and what does it turn on?", request)
    parser.add_argument("clause", metavar="CLAUSE_ID", help="for example apmbc.1.1.a")
    add_policy(parser)


def _policies(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_policies
        from mineaction.programme.policies import instruments

        return Request(lambda: instruments(given.show, policy=given.policy), show_policies, given.json)

    parser = command(commands, "policies", "Which instruments, versions and readings are held? With --policy: is this file right?", request)
    parser.add_argument("--show", metavar="ID", help="one version with every clause, for example us_apl_policy@2022-06-21")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own: it is checked and listed too")


def _compare(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.law_text import show_comparison
        from mineaction.programme.comparison import compare

        return Request(
            lambda: compare(given.version, given.treaty, reading=given.reading, policy=given.policy), show_comparison, given.json
        )

    parser = command(commands, "compare", "Where is a policy weaker or stricter than a treaty, article by article?", request)
    parser.add_argument("version", metavar="POLICY", help="for example us_apl_policy@2022-06-21")
    parser.add_argument("treaty", metavar="TREATY", help="for example apmbc")
    parser.add_argument("--reading", metavar="NAME", help="a reading of either text")
    add_policy(parser)


def _new_policy(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.programme.policies import new_policy, policy_schema

        return Request(
            policy_schema if given.schema else lambda: {"template": new_policy()}, lambda told: told["template"], given.json or given.schema
        )

    parser = command(commands, "new-policy", "Print a commented policy file to start from.", request)
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a policy file instead")
