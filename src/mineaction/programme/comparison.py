"""How does a policy compare with a treaty, article by article, and what do its readings change?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Variant, Version
from mineaction.policies.law import Law
from mineaction.programme.decisions import reading_problems
from mineaction.programme.policies import find_version, law_with
from mineaction.programme.policy_references import cells
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER
from mineaction.terms.vocabulary import ACTS


def compare(policy_version: str, treaty: str, *, reading: str | None = None, policy: str | None = None) -> dict[str, Any]:
    """`{"policy","treaty","reading","articles":[...],"stricter":[...],"readings":[...]}`, exact over every possible act.

    Each article of the treaty: how many acts it decides, how many the policy covers, attributes that differ, and for each gap the
    smallest act that shows it; `decide` on that act gives the same two verdicts. Who is bound is left aside.
    `policy` is the file of a user's own policy.
    """
    # These need numpy, which a question about one act does not.
    from mineaction.policies import compare as comparing
    from mineaction.policies.side_by_side import side_by_side
    from mineaction.programme.compiled_tables import table_of

    law = law_with(policy)
    one, other = find_version(law, policy_version), find_version(law, treaty)
    ours, theirs = under_reading(law, one, other, reading)
    default = law.variant(one.id)
    refuse_too_large(one.id, [(ours, theirs), *((law.variant(one.id, two.name), default) for two in one.readings)])
    told = comparing.compare(side_by_side(ours, theirs, table_of))
    return {
        "policy": one.id,
        "treaty": other.id,
        "reading": {"policy": ours.reading, "treaty": theirs.reading},
        **told,
        "readings": comparing.compare_readings(law, one.id, table_of),
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }


def refuse_too_large(version_id: str, pairs: Iterable[tuple[Variant, Variant]]) -> None:
    """Raise the problem of two texts that turn on too many facts, for some act, to be laid side by side."""
    from mineaction.policies.side_by_side import axes_of_act

    size = max(cells(axes_of_act(*both, act)) for both in pairs for act in ACTS)
    if size > TABLE_CELLS_MAX:
        raise ProblemError([problem("policy_too_large", version_id, size, what="possible acts to compare", limit=TABLE_CELLS_MAX)])


def under_reading(law: Law, one: Version, other: Version, reading: str | None) -> tuple[Variant, Variant]:
    """Both versions under a reading that either has, each under its default one where it has not."""
    if problems := reading_problems(law, reading):
        raise ProblemError(problems)
    known = [two.name for two in (*one.readings, *other.readings)]
    if reading and reading not in known:
        raise ProblemError([problem("reading_unknown", "reading", reading, instrument=f"{one.id} or {other.id}", nearest=", ".join(known))])
    ours, theirs = (
        law.variant(two.id, reading if reading and reading in {its.name for its in two.readings} else "") for two in (one, other)
    )
    return ours, theirs
