"""The options that describe an act: who acts, which fact of the vocabulary has which value, where it happens, what it assists."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.terms.vocabulary import FIELDS, SHORT_FORMS

# Facts of an activity that the command line takes, besides actor and position.
_FACTS = tuple(name for name in FIELDS if name != "underlying")


def add_activity(parser: argparse.ArgumentParser) -> None:
    """The options of the act, and those of the act it assists."""
    parser.add_argument("--actor", help="the state that acts, by code or name")
    for name in _FACTS:
        _add_fact(parser, name)
    parser.add_argument("--at", metavar="LON,LAT", help="where it happens, in degrees")
    parser.add_argument("--underlying", dest="underlying_act", metavar="ACT", help="the act that is assisted")
    for name in _FACTS[1:]:
        option = f"--underlying-{name.replace('_', '-')}"
        parser.add_argument(option, metavar="WORD", help=argparse.SUPPRESS)


def activity_of(given: argparse.Namespace) -> dict[str, Any]:
    """The act these options describe, as `decide` takes it."""
    facts = {name: getattr(given, name) for name in (*_FACTS, "actor", "at")}
    return facts | {"underlying": {name: getattr(given, f"underlying_{name}") for name in _FACTS}}


def _add_fact(parser: argparse.ArgumentParser, name: str) -> None:
    words = ", ".join((*SHORT_FORMS.get(name, ()), *FIELDS[name].values))
    places = "a state, a scope or none; " if name in ("counterparty", "place", "from_place") else ""
    option = f"--{name.replace('_', '-')}"
    # Only `--from-place` may stand alone: the act starts where nothing else is said, which is unknown.
    stands_alone: dict[str, Any] = {"nargs": "?", "const": "unknown"} if name == "from_place" else {}
    parser.add_argument(option, dest=name, metavar="WORD", help=f"{FIELDS[name].question} {places}{words}", **stands_alone)
