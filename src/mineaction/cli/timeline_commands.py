"""`timeline`, `diff`: when did the law about an act change, and what is different between two texts?"""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.activity_options import activity_of, add_activity
from mineaction.cli.command import Answer, Request, add_policy, add_reading, command


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_timeline, _diff):
        add(commands)


def _timeline(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.timeline_text import show_timeline
        from mineaction.programme.policies import law_with
        from mineaction.programme.timeline import timeline

        def ask() -> Answer:
            options = {"since": given.since, "until": given.until, "known_at": given.known_at, "reading": given.reading}
            return timeline(law=law_with(given.policy), instruments=given.instrument or (), **options, **activity_of(given))

        return Request(ask, show_timeline, given.json)

    text = "When did the answer about an act change, from what to what, and by which act? Facts left out are unknown."
    parser = command(commands, "timeline", text, request)
    add_activity(parser)
    parser.add_argument("--from", dest="since", metavar="DAY", help="the first day asked about, YYYY-MM-DD; 1992-01-01 when left out")
    parser.add_argument("--to", dest="until", metavar="DAY", help="the last day asked about; today when left out")
    parser.add_argument("--known-at", metavar="DAY", help="only what was known on this day")
    parser.add_argument("--instrument", nargs="+", metavar="ID", help="these instruments only; `mineaction policies` lists them")
    add_reading(parser)
    add_policy(parser)


def _diff(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.timeline_text import show_diff
        from mineaction.programme.version_difference import diff

        return Request(lambda: diff(given.a, given.b, policy=given.policy), show_diff, given.json)

    text = "What is different between two texts, or two readings of one: which acts change verdict, and which clauses differ?"
    parser = command(commands, "diff", text, request)
    named = "a version, as us_apl_policy@2022-06-21, with a reading after a colon if need be: us_apl_policy@2022-06-21:state_text"
    parser.add_argument("a", metavar="A", help=f"{named}; an instrument alone is its latest version")
    parser.add_argument("b", metavar="B", help="the text it is held against, written in the same way")
    add_policy(parser)
