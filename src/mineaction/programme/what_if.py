"""What would follow if a version lacked a clause, or had another one? Exact over every possible act, towards a treaty if one is named, and
over the rows of a file if one is given.

What is assisted is a fact of a table: a change of the instrument that prohibits it shows in `also_affects`, not in the counts. Gaps towards
a treaty are those of actors of a kind that both can bind.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import Version
from mineaction.policies.law import Law
from mineaction.programme.comparison import refuse_too_large
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
    file: str | os.PathLike[str] | None = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    out: str | os.PathLike[str] | None = None,
    problems: str | os.PathLike[str] | None = None,
    on: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> dict[str, Any]:
    """The consequence of leaving out the clauses `without` and putting in those of a file, under one reading.

    `{"version", "reading", "removed", "replaced", "added", "changed", "changes": [...], "alignment", ...}`: counts by verdict before and
    after with the smallest acts of each; with `treaty` the gaps closed and opened. `policy` is the file of a user's own policy.

    `file` is a table of records (Parquet, CSV, Arrow), read as `screen` reads it with `mapping`, `on`, `known_at` and `problems`: under
    `"records"` stands how many of its rows are judged otherwise, and `out` is a file of these rows with both answers.
    """
    # These need numpy and PyYAML, which a question about one act does not.
    from mineaction.programme.changed_law import changed_law

    about_records = {"mapping": mapping, "out": out, "problems": problems, "on": on, "known_at": known_at}
    if file is None and (alone := {name: given for name, given in about_records.items() if given is not None}):
        raise ProblemError([problem("records_missing", name, given) for name, given in alone.items()])
    law = law_with(policy)
    asked = find_version(law, version)
    name = _reading(asked, reading)
    other = find_version(law, treaty) if treaty else None
    changed, change = changed_law(law, asked, without, with_file, policy)
    told = {
        "version": asked.id,
        "reading": name,
        "removed": list(change.removed),
        "replaced": list(change.replaced),
        "added": list(change.added),
        **_over_every_act(law, changed, asked, name, other),
        "records": None,
        "books": [packaged_book().identity()],
        "disclaimer": DISCLAIMER,
    }
    if file is None:
        return told
    # This needs pyarrow, which a question about possible acts does not.
    from mineaction.programme.what_if_rows import what_if_rows

    options: dict[str, Any] = about_records | {"reading": reading or "", "progress": progress}
    return told | {"records": what_if_rows(law, changed, asked.instrument, file, **options)}


def _over_every_act(law: Law, changed: Law, asked: Version, reading: str, treaty: Version | None) -> dict[str, Any]:
    """What changes over every possible act, under each reading, elsewhere, and towards the treaty."""
    from mineaction.policies import consequence as consequences
    from mineaction.policies.compare import kinds_of_actor
    from mineaction.policies.pair import axes
    from mineaction.programme.compiled_tables import table_of

    before, after = law.variant(asked.id, reading), changed.variant(asked.id, reading)
    # The treaty as it stands, even where it is itself what was changed.
    theirs = law.variant(treaty.id, reading if reading in {one.name for one in treaty.readings} else "") if treaty else None
    size = cells(axes(before, after))
    if size > TABLE_CELLS_MAX:
        raise ProblemError([problem("policy_too_large", asked.id, size, what="possible acts to compare", limit=TABLE_CELLS_MAX)])
    alignment = None
    if treaty and theirs:
        refuse_too_large(law, asked.id, [(before, after, theirs)])
        inside = {"actor_kind": kinds_of_actor(law, asked, treaty)}
        alignment = consequences.effect_on_alignment(law, before, after, theirs, table_of, inside)
    return {
        **consequences.consequence(before, after, table_of),
        "readings": [
            {
                "reading": one.name,
                "changed": consequences.count_changed(law.variant(asked.id, one.name), changed.variant(asked.id, one.name), table_of),
            }
            for one in asked.readings
        ],
        "also_affects": _also_affected(law, changed, asked),
        "alignment": alignment,
    }


def _reading(version: Version, reading: str | None) -> str:
    known = [one.name for one in version.readings]
    if reading and reading not in known:
        raise ProblemError([problem("reading_unknown", "reading", reading, instrument=version.id, nearest=", ".join(known))])
    return reading or version.default_reading


def _also_affected(law: Law, changed: Law, asked: Version) -> list[dict[str, str]]:
    """Other versions that continue what was changed, and those that ask this instrument about what is assisted, itself among them."""
    told = []
    for version_id in law.version_ids():
        version = law.version(version_id)
        is_another = version_id != asked.id
        if is_another and any(law.variant(version_id, one.name) != changed.variant(version_id, one.name) for one in version.readings):
            told.append({"version": version_id, "how": "continues"})
        elif any(clause.refers_to == asked.instrument for clause in law.variant(version_id).clauses):
            told.append({"version": version_id, "how": "refers_to"})
    return told
