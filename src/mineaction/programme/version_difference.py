"""What is different between two versions, or between two readings: which acts change verdict, and which clauses differ?"""

from __future__ import annotations

from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Version
from mineaction.policies.law import Law
from mineaction.programme.policies import find_version, law_with
from mineaction.programme.policy_references import cells
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.problem import Problem, ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER
from mineaction.terms.vocabulary import nearest

# Between a version and a reading: no id of a version holds it.
SEPARATOR = ":"


def diff(a: str, b: str, *, policy: str | None = None) -> dict[str, Any]:
    """`{"a", "b", "acts", "changed", "effect", "verdicts": [...], "clauses": [...]}`, exact over every possible act.

    A text is a version (`us_apl_policy@2022-06-21`), an instrument for its latest version, or either with a reading after a colon
    (`us_apl_policy@2022-06-21:state_text`). Each change of verdict has its smallest acts, which `decide` reproduces. Who is bound is
    left aside. `policy` is the file of a user's own policy. Raises `ProblemError`: instrument_unknown, reading_unknown, policy_too_large.
    """
    # These need numpy, which a question about one act does not.
    from mineaction.policies.pair import axes, pair
    from mineaction.policies.version_difference import difference
    from mineaction.programme.compiled_tables import table_of

    law = law_with(policy)
    problems: list[Problem] = []
    found = [_text(law, name, place, problems) for name, place in ((a, "a"), (b, "b"))]
    if problems:
        raise ProblemError(problems)
    one, other = (law.variant(version.id, reading) for version, reading in found)
    if (size := cells(axes(one, other))) > TABLE_CELLS_MAX:
        raise ProblemError([problem("policy_too_large", f"{a} {b}", size, what="possible acts to compare", limit=TABLE_CELLS_MAX)])
    return {
        **{side: _side(version, reading) for side, (version, reading) in zip("ab", found, strict=True)},
        **difference(pair(one, other, table_of)),
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }


def _text(law: Law, named: str, place: str, problems: list[Problem]) -> tuple[Version, str]:
    """The version and the reading that a name stands for; readings may be joined in any order."""
    name, separator, reading = named.partition(SEPARATOR)
    try:
        version = find_version(law, name, place)
    except ProblemError as error:
        problems += error.problems
        return next(iter(law.instruments.values())).versions[-1], ""
    held = {frozenset(one.name.split("+")): one.name for one in version.readings}
    if separator and frozenset(reading.split("+")) not in held:
        alike = dict.fromkeys((*nearest(reading, held.values()), *held.values()))
        problems.append(problem("reading_unknown", place, reading, instrument=version.id, nearest=", ".join(alike)))
    return version, held.get(frozenset(reading.split("+")), version.default_reading)


def _side(version: Version, reading: str) -> dict[str, Any]:
    days = {"in_force_from": version.in_force_from, "in_force_to": version.in_force_to or None}
    return {"version": version.id, "reading": reading, "title": version.title, **days}
