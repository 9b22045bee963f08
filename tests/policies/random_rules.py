"""Rule sets that nobody wrote, for tests that no author of a rule could have thought of. What they mean is asked elsewhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mineaction.policies.clause import MODALITIES
from mineaction.terms.vocabulary import FIELDS
from tests.policies.made_up_policies import TEXT

Raw = dict[str, Any]
# Few fields, so that every cell can be asked; `act` and `purpose` with many values, the others with few.
NAMES = ("act", "purpose", "place", "delivery")
CLAUSES_MOST = 6


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> Raw:
    condition: Raw = {}
    for name in draw(st.sets(st.sampled_from(names))):
        values = draw(st.lists(st.sampled_from(FIELDS[name].values), min_size=1, max_size=len(FIELDS[name].values) - 1, unique=True))
        condition[name] = {"not": values} if draw(st.booleans()) else values
    return condition


@st.composite
def clauses(draw: st.DrawFn, position: int, count: int) -> Raw:
    kind = draw(st.sampled_from(MODALITIES))
    clause: Raw = {"id": f"made.{position}", "text": TEXT, "why": "It is made up."}
    if draw(st.booleans()):
        clause["scope"] = "none"
    if kind == "oblige":
        acts = st.lists(st.sampled_from(FIELDS["act"].values), min_size=1, max_size=3, unique=True)
        clause["oblige"] = {"do": draw(acts), "when": draw(conditions(NAMES[1:]))}
        if draw(st.booleans()):
            clause["oblige"]["triggered_by"] = draw(acts)
        clause["force"] = draw(st.sampled_from(["duty", "duty", "best_effort"]))
    else:
        clause[kind] = draw(st.one_of(conditions(), st.lists(conditions(), min_size=1, max_size=2)))
    for edge in ("defeats", "suspends"):
        if targets := draw(st.sets(st.sampled_from(range(count)), max_size=2)):
            clause[edge] = [f"made.{one}" for one in sorted(targets)]
    return clause


@st.composite
def policies(draw: st.DrawFn) -> Raw:
    count = draw(st.integers(1, CLAUSES_MOST))
    return {
        "version": "made@2026-01-01",
        "title": "Made up",
        "in_force": {"from": "2026-01-01", "to": ""},
        "scope": draw(conditions(NAMES[1:])),
        "readings": {"only": {"default": True, "says": "As it stands."}},
        "clauses": [draw(clauses(position, count)) for position in range(count)],
    }


def without_circles(raw: Raw) -> Raw:
    """The same policy with those edges only that lead to a later clause."""
    for position, clause in enumerate(raw["clauses"]):
        for edge in ("defeats", "suspends"):
            kept = [one for one in clause.pop(edge, []) if int(one.split(".")[1]) > position]
            if kept:
                clause[edge] = kept
    return raw


# The same with everything a policy file may hold: two files of one instrument, the later of which refers back to the earlier one.
FEW_ACTS = ("use", "export", "sell", "transfer")
DAYS = ("2026-03-01", "2026-06-01", "2026-09-01")


@st.composite
def full_conditions(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> Raw:
    condition = draw(conditions(names))
    if "act" in condition:
        acts = draw(st.lists(st.sampled_from(FEW_ACTS), min_size=1, max_size=3, unique=True))
        condition["act"] = {"not": acts} if isinstance(condition["act"], dict) else acts
    return condition


@st.composite
def full_bodies(draw: st.DrawFn, kind: str) -> Any:
    if kind != "oblige":
        return draw(st.one_of(full_conditions(), st.lists(full_conditions(), min_size=1, max_size=2)))
    acts = st.lists(st.sampled_from(FEW_ACTS), min_size=1, max_size=2, unique=True)
    duty = {"do": draw(acts), "when": draw(full_conditions(NAMES[1:]))}
    return duty | ({"triggered_by": draw(acts)} if draw(st.booleans()) else {})


@st.composite
def full_clauses(draw: st.DrawFn, name: str, targets: list[str]) -> Raw:
    kind = draw(st.sampled_from(MODALITIES))
    clause: Raw = {"id": name, "text": TEXT, "why": "It is made up.", kind: draw(full_bodies(kind))}
    if draw(st.booleans()):
        clause["scope"] = "none"
    if draw(st.integers(0, 3)) == 0:
        clause["refers_to"] = {"instrument": "made", "as_if": "party"}
    if draw(st.integers(0, 3)) == 0:
        clause["only_in"] = ["other"]
    if kind == "oblige":
        clause["force"] = draw(st.sampled_from(["duty", "duty", "best_effort"]))
    changes = [{}, {"omit": True}, {kind: draw(full_bodies(kind))}]
    changes += [{"force": "best_effort"}, {"force": "duty"}] if kind == "oblige" else []
    if change := draw(st.sampled_from(changes)):
        clause["readings"] = {"other": change}
    for edge in ("defeats", "suspends"):
        if targets and (chosen := draw(st.sets(st.sampled_from(targets), max_size=2))):
            clause[edge] = sorted(chosen)
    if draw(st.integers(0, 3)) == 0:
        clause[draw(st.sampled_from(["from", "until"]))] = draw(st.sampled_from(DAYS))
    return clause


@st.composite
def full_files(draw: st.DrawFn) -> list[Raw]:
    """An earlier and a later file of one instrument, as they are written; edges lead to earlier clauses, so that there is no circle."""
    return [draw(full_file("2025-01-01", "old", [])), draw(full_file("2026-01-01", "made", ["old.0", "old.1"]))]


@st.composite
def full_file(draw: st.DrawFn, first_day: str, name: str, earlier: list[str]) -> Raw:
    raw: Raw = {
        "version": f"made@{first_day}",
        "title": "Made up",
        "in_force": {"from": first_day, "to": "" if earlier else "2026-01-01"},
        "scope": draw(full_conditions(NAMES[1:])),
        "readings": {"only": {"default": True, "says": "As it stands."}, "other": {"says": "As others read it."}},
        "clauses": [],
    }
    carried = sorted(draw(st.sets(st.sampled_from(earlier)))) if earlier else []
    for position in range(draw(st.integers(2, 5))):
        targets = [*carried, *(one["id"] for one in raw["clauses"])]
        raw["clauses"].append(draw(full_clauses(f"{name}.{position}", targets)))
    if not earlier:
        raw["clauses"] = [{key: value for key, value in one.items() if key not in ("from", "until")} for one in raw["clauses"]]
    if carried:
        raw["continues"] = [{"version": "made@2025-01-01", "clauses": carried}]
    # Not both: a clause that goes on twice, as a duty and as an effort, would have to be two.
    if earlier and not carried and draw(st.booleans()):
        where = {"version": "made@2025-01-01", "when": draw(full_conditions(("place",)))}
        raw["clauses"].append({"id": "made.further", "text": TEXT, "continues_where": where})
    if earlier and draw(st.booleans()):
        raw["in_force"] |= {"to": "unknown", "certain_until": draw(st.sampled_from(DAYS))}
    if draw(st.booleans()):
        when = {"purpose": draw(st.sampled_from([["defence"], {"not": ["defence"]}]))}
        decided: Raw = {"act": draw(st.sampled_from([["sell"], ["export", "sell"]])), "as": "transfer", "when": when, "note": "Made up."}
        raw["decided_as"] = [decided | ({"readings": {"other": {"when": {}}}} if draw(st.booleans()) else {})]
    if draw(st.integers(0, 3)) == 0:
        raw["readings"]["other"]["scope"] = draw(st.lists(full_conditions(NAMES[1:]), min_size=1, max_size=2))
    return raw
