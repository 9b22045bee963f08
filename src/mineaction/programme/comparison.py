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
    """Exact over every possible act: `{"policy","treaty","reading","kinds","actor_kinds","articles":[...],"stricter":[...],...}`.

    Each article of the treaty: how many acts it decides, how many the policy covers, attributes that differ, and for each gap the
    smallest act that shows it; `decide` on that act gives the same two verdicts. Which states are bound is left
    aside; `actor_kinds` are the kinds of actor that both can bind, and no other act is counted. `treaty` may be any text held: another
    version, another policy. `policy` is the file of a user's own policy.
    """
    # These need numpy, which a question about one act does not.
    from mineaction.policies import compare as comparing
    from mineaction.policies.side_by_side import side_by_side
    from mineaction.programme.compiled_tables import table_of

    law = law_with(policy)
    one, other = find_version(law, policy_version), find_version(law, treaty)
    ours, theirs = under_reading(law, one, other, reading)
    default = law.variant(one.id)
    refuse_too_large(law, one.id, [(ours, theirs), *((law.variant(one.id, two.name), default) for two in one.readings)])
    kinds = comparing.kinds_of_actor(law, one, other)
    told = comparing.compare(side_by_side(law, ours, theirs, table_of, reading or ""), {"actor_kind": kinds})
    return {
        "policy": one.id,
        "treaty": other.id,
        "reading": {"policy": ours.reading, "treaty": theirs.reading},
        "kinds": {"policy": law.instruments[one.instrument].kind, "treaty": law.instruments[other.instrument].kind},
        "actor_kinds": list(kinds),
        **told,
        "readings": comparing.compare_readings(law, one.id, table_of),
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }


def refuse_too_large(law: Law, version_id: str, compared: Iterable[tuple[Variant, ...]]) -> None:
    """Raise the problem of texts that turn on too many facts, for some act, to be laid side by side, or whose laws below do."""
    from mineaction.policies.assisted_act import referred_variant
    from mineaction.policies.side_by_side import axes_of_act

    texts = list(compared)
    below = [[found for one in some if (found := referred_variant(law, one)) is not None] for some in texts]
    size = max(cells(axes_of_act(some, act)) for some in (*texts, *below) for act in ACTS)
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
