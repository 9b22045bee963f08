"""Show the proposed repairs of a file, or record those that a person accepts, each as a fact with its reason, before and after.

What is recorded is the repair of the outline as it was given, worked out anew: a feature whose outline is another one than was proposed is
refused, since a person drew it. The fields are those of the row; its note says who accepted the repair and why, and how many square metres
it had before and after. The outline as it was given stands in the file, which is kept with the batch. Nothing is ever repaired by itself.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import shapely

from mineaction.programme.given_files import read_given
from mineaction.programme.record_kinds import kind_named
from mineaction.programme.recording import Telling, principal_named, record_reading
from mineaction.programme.repair_proposals import MARK, Repair, repairs_of
from mineaction.programme.stores import open_store
from mineaction.programme.today import now
from mineaction.registers.copy_checks import same_vertices
from mineaction.sources.fact_rows import MAPPING_VERSION, facts_of, given_rows
from mineaction.sources.given_rows import GivenRow
from mineaction.sources.wkt import shape_from_wkt
from mineaction.terms.kinds import Kind
from mineaction.terms.limits import PROBLEMS_SHOWN_MAX, REPAIR_SECONDS_MAX
from mineaction.terms.outline import as_wkt, canonical_outline, outline_of
from mineaction.terms.problem import Problem, ProblemError, problem

_VERSION = "repair-1"
_EXTENSION = ".geojson"
_KIND, _PLACE, _BEFORE = f"{MARK}kind", f"{MARK}place", f"{MARK}before"


class Proposal(NamedTuple):
    """One feature of a file of proposals: its row without what the repair says, and the repair worked out anew."""

    row: GivenRow
    place: str
    repair: Repair


def repair(
    path: str,
    *,
    accept: bool = False,
    principal: str | None = None,
    reason: str | None = None,
    store: str | None = None,
    at: dt.datetime | None = None,
) -> dict[str, Any]:
    """The proposals of a file that `import --propose-repairs` wrote; with `accept`, recorded as facts by whom and why they name."""
    if accept and (missing := [name for name, given in (("--as NAME", principal), ("--reason TEXT", reason)) if not (given or "").strip()]):
        raise ProblemError([problem("repair_without_reason", path, one) for one in missing])
    content, extension = read_given(path)
    if extension != _EXTENSION:
        raise ProblemError([problem("repair_file_wrong", path, reason=f"its name ends with '{extension}', not with {_EXTENSION}")])
    kind, proposals, problems = _proposals(list(given_rows(content, path, extension)), path)
    answer: dict[str, Any] = {"file": path, "kind": kind.name, "accepted": False, "store": None, "batch": None, "already_recorded": False}
    shown = {"proposals": [_as_told(one) for one in proposals], "facts": 0}
    if not accept:
        return {**answer, **shown, **_problems(problems), "books": []}
    moment = at or now()
    who = principal_named(principal)
    rows = [_accepted(one, who, str(reason).strip()) for one in proposals]
    with open_store(store) as held:
        reading = facts_of(rows, path, kind, moment.date())
        telling = Telling(moment, who, f"{kind.name} {MAPPING_VERSION} {_VERSION}", os.path.basename(path), content)
        facts, found, batch = record_reading(held, kind, reading, telling)
        recorded = {"batch": batch.seq if batch else None, "already_recorded": bool(batch and not batch.is_new)}
        answer |= {"accepted": True, "store": held.path, **recorded}
        return {**answer, **shown, "facts": len(facts), **_problems([*problems, *found]), "books": [held.identity()]}


def _problems(found: Sequence[Problem]) -> dict[str, Any]:
    return {"problem_count": len(found), "problems": [one.as_dict() for one in found[:PROBLEMS_SHOWN_MAX]]}


def _proposals(rows: Sequence[GivenRow], path: str) -> tuple[Kind, list[Proposal], list[Problem]]:
    kinds = {row.cells.get(_KIND, "") for row in rows}
    if len(kinds) != 1 or not all(kinds):
        reason = "it has no feature" if not rows else "its features do not name one kind of record under repair_kind"
        raise ProblemError([problem("repair_file_wrong", path, reason=reason)])
    kind = kind_named(kinds.pop())
    problems: list[Problem] = []
    read: list[tuple[GivenRow, bytes]] = []
    for row in rows:
        before, wrong = _before(row)
        problems += [*row.problems, *wrong]
        if before and not wrong and all(one.is_warning for one in row.problems):
            read.append((row, before))
    found = []
    for (row, _), made in zip(read, repairs_of([before for _, before in read]), strict=True):
        if made is None:
            problems.append(problem("repair_too_demanding", row.place, limit=REPAIR_SECONDS_MAX))
        elif not row.geometry or not same_vertices(shapely.from_wkb(row.geometry), shapely.from_wkb(made.after)):
            problems.append(problem("repair_redrawn", row.place_of_shape))
        else:
            cells = {name: value for name, value in row.cells.items() if not name.startswith(MARK)}
            found.append(Proposal(row._replace(cells=cells, geometry=made.after), row.cells.get(_PLACE, ""), made))
    return kind, found, problems


def _before(row: GivenRow) -> tuple[bytes, list[Problem]]:
    """The outline as it was given."""
    place = row.place_of(_BEFORE)
    try:
        shape = shape_from_wkt(row.cells.get(_BEFORE, ""), place)
    except ProblemError as error:
        return b"", list(error.problems)
    return canonical_outline(shape.polygons, place)


def _accepted(proposal: Proposal, who: str, reason: str) -> GivenRow:
    """The row with a note of who accepted the repair and why, and what it changed."""
    told = proposal.repair.figures
    words = (
        f"Outline repaired, accepted by {who}: {reason}. As drawn {told['before_m2']:.2f} m2, repaired {told['after_m2']:.2f} m2, "
        f"doubtful {told['doubtful_m2']:.2f} m2; polygons {told['polygons_before']} before, {told['polygons_after']} after."
    )
    note = proposal.row.cells.get("note", "").strip()
    return proposal.row._replace(cells={**proposal.row.cells, "note": f"{note} {words}".strip()})


def _as_told(one: Proposal) -> dict[str, Any]:
    cells = one.row.cells
    return {
        "place": one.row.place,
        "from_place": one.place,
        "organisation": cells.get("organisation"),
        "local_id": cells.get("local_id"),
        **one.repair.figures,
        "before": as_wkt(outline_of(one.repair.before)),
        "after": as_wkt(outline_of(one.repair.after)),
    }
