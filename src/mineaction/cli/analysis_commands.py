"""`check-policies`, `what-if`, `roadmap`: what is wrong with a policy, what a change of it does, and what lies before compliance."""

from __future__ import annotations

import argparse
import sys
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
        from mineaction.cli.screen_text import shown_progress
        from mineaction.programme.what_if import what_if

        def ask() -> Answer:
            changes = {"without": given.without or (), "with_file": given.with_file}
            law = {"reading": given.reading, "treaty": given.treaty, "policy": given.policy}
            records = {name: getattr(given, name) for name in ("file", "mapping", "out", "problems", "on", "known_at")}
            with shown_progress(sys.stderr, is_wanted=not given.json) as progress:
                return what_if(given.version, **changes, **law, **records, progress=progress)

        return Request(ask, show_consequence, given.json)

    text = "What would follow if a version lacked a clause, or had another one? Exact, over every possible act, or over your records."
    parser = command(commands, "what-if", text, request)
    parser.add_argument("version", metavar="VERSION", help="for example us_apl_policy@2022-06-21")
    parser.add_argument("--without", nargs="+", metavar="CLAUSE_ID", help="clauses to leave out")
    parser.add_argument("--with", dest="with_file", metavar="FILE", help="a YAML file with `clauses:` to replace (same id) or to add")
    parser.add_argument("--treaty", metavar="TREATY", help="which gaps towards this treaty are closed and opened, for example apmbc")
    parser.add_argument("--reading", metavar="NAME", help="a reading of the version")
    parser.add_argument("--policy", metavar="FILE", help="a policy file of your own, beside the packaged ones")
    rows = parser.add_argument_group("over a file of records", "which rows would be judged otherwise; read as `mineaction screen` reads it")
    rows.add_argument("--file", metavar="RECORDS", help="the table: .parquet, .csv, .arrow, .feather or .arrows")
    rows.add_argument("--mapping", metavar="FILE", help="which columns and words mean which facts (YAML)")
    rows.add_argument("--out", metavar="OUT", help="a table of the rows whose answer changes, with both answers")
    rows.add_argument("--problems", metavar="FILE", help="a table of every row that could not be read, and why")
    rows.add_argument("--on", metavar="DAY", help="the day of every row, YYYY-MM-DD; today when left out and no column gives it")
    rows.add_argument("--known-at", metavar="DAY", help="only what was known on this day")


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
