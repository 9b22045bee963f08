"""The open system for mine action: law, facts and what follows from them.

    import mineaction as ma
    ma.status("APMBC", on="2022-06-21")["count"]
    ma.decide(act="use", item="apl", actor="FRA", on="2022-06-21")
    ma.factcheck("statement.txt")
    ma.open("country.gpkg").area("year")

Every function answers with plain data, the same that the command line prints with --json; a question that cannot be answered as
put raises `ProblemError`, whose problems say what is wrong, where, and how to mend it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mineaction.programme.comparison import compare
    from mineaction.programme.decisions import decide
    from mineaction.programme.fact_check import factcheck
    from mineaction.programme.open_book import open
    from mineaction.programme.policies import explain, instruments, new_policy
    from mineaction.programme.policy_checks import check_policies
    from mineaction.programme.roadmap import roadmap
    from mineaction.programme.screening import screen
    from mineaction.programme.timeline import timeline
    from mineaction.programme.treaties import deadlines, status
    from mineaction.programme.version_difference import diff
    from mineaction.programme.what_if import what_if
    from mineaction.terms.problem import ProblemError

__all__ = [
    "ProblemError",
    "check_policies",
    "compare",
    "deadlines",
    "decide",
    "diff",
    "explain",
    "factcheck",
    "instruments",
    "new_policy",
    "open",
    "roadmap",
    "screen",
    "status",
    "timeline",
    "what_if",
]
__version__ = "0.1.0"

_HOME = {
    "ProblemError": "mineaction.terms.problem",
    "check_policies": "mineaction.programme.policy_checks",
    "compare": "mineaction.programme.comparison",
    "deadlines": "mineaction.programme.treaties",
    "decide": "mineaction.programme.decisions",
    "diff": "mineaction.programme.version_difference",
    "explain": "mineaction.programme.policies",
    "factcheck": "mineaction.programme.fact_check",
    "instruments": "mineaction.programme.policies",
    "new_policy": "mineaction.programme.policies",
    "open": "mineaction.programme.open_book",
    "roadmap": "mineaction.programme.roadmap",
    "screen": "mineaction.programme.screening",
    "status": "mineaction.programme.treaties",
    "what_if": "mineaction.programme.what_if",
    "timeline": "mineaction.programme.timeline",
}


def __getattr__(name: str) -> object:
    """Load a function with its room when it is first used, so that a question of law needs neither numpy nor YAML."""
    if name not in _HOME:
        raise AttributeError(f"module 'mineaction' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """What the package offers, whether it has been loaded yet or not."""
    return sorted(__all__)
