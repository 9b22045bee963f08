"""What would follow if a version lacked a clause, or had another one? Exact over every possible act, and towards a treaty if one is named.

What is assisted is a fact of a table: a change of the instrument that prohibits it shows in `also_affects`, not in the counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Version
from mineaction.policies.law import Law
from mineaction.programme.policies import find_version, law_with
from mineaction.programme.policy_references import cells
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.problem import ProblemError, problem
from mineaction.terms.verdict import DISCLAIMER


def what_if(
    version: str,
    *,
    without: Sequence[str] = (),
    with_file: str | None = None,
    reading: str | None = None,
    treaty: str | None = None,
    policy: str | None = None,
) -> dict[str, Any]:
    """The consequence of leaving out the clauses `without` and putting in those of a file, under one reading.

    `{"version", "reading", "removed", "replaced", "added", "changed", "changes": [...], "alignment", ...}`: counts by verdict before and
    after with the smallest acts of each; with `treaty` the gaps closed and opened. `policy` is the file of a user's own policy.
    """
    # These need numpy and PyYAML, which a question about one act does not.
    from mineaction.policies import consequence as consequences
    from mineaction.policies.pair import axes
    from mineaction.programme.changed_law import changed_law
    from mineaction.programme.compiled_tables import table_of

    law = law_with(policy)
    asked = find_version(law, version)
    name = _reading(asked, reading)
    other = find_version(law, treaty) if treaty else None
    changed, change = changed_law(law, asked, without, with_file, policy)
    before, after = law.variant(asked.id, name), changed.variant(asked.id, name)
    # The treaty as it stands, even where it is itself what was changed.
    theirs = law.variant(other.id, name if other and name in {one.name for one in other.readings} else "") if other else None
    size = cells(axes(before, after, *([theirs] if theirs else [])))
    if size > TABLE_CELLS_MAX:
        raise ProblemError([problem("policy_too_large", asked.id, size, what="possible acts to compare", limit=TABLE_CELLS_MAX)])
    return {
        "version": asked.id,
        "reading": name,
        "removed": list(change.removed),
        "replaced": list(change.replaced),
        "added": list(change.added),
        **consequences.consequence(before, after, table_of),
        "readings": [
            {
                "reading": one.name,
                "changed": consequences.count_changed(law.variant(asked.id, one.name), changed.variant(asked.id, one.name), table_of),
            }
            for one in asked.readings
        ],
        "also_affects": _also_affected(law, changed, asked),
        "alignment": consequences.effect_on_alignment(before, after, theirs, table_of) if theirs else None,
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }


def _reading(version: Version, reading: str | None) -> str:
    known = [one.name for one in version.readings]
    if reading and reading not in known:
        raise ProblemError([problem("reading_unknown", "reading", reading, instrument=version.id, nearest=", ".join(known))])
    return reading or version.default_reading


def _also_affected(law: Law, changed: Law, asked: Version) -> list[dict[str, str]]:
    """Other versions that continue what was changed, or ask this instrument about what is assisted."""
    told = []
    for version_id in law.version_ids():
        version = law.version(version_id)
        if version_id == asked.id:
            continue
        if any(law.variant(version_id, one.name) != changed.variant(version_id, one.name) for one in version.readings):
            told.append({"version": version_id, "how": "continues"})
        elif any(clause.refers_to == asked.instrument for clause in law.variant(version_id).clauses):
            told.append({"version": version_id, "how": "refers_to"})
    return told
