"""Which records tell of which hazardous area?

A record names areas by their local ids, its task order or its activity. An id is looked for under the record's own organisation, then
under any: where several organisations use it, the record tells of none of them and that is told. A release lies where its polygon lies: its
parent is handed in from the land account; the one it declares is used only where none was handed in. Refuses to judge what a record means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key
from mineaction.terms.problem import Problem, problem

# Kinds whose records tell of hazardous areas, in the order in which names are resolved: a report may name an activity, that a task order.
LINKED_KINDS = (
    "hazard_change", "task_order", "activity", "activity_report", "land_release", "release_reversal", "handover",
    "quality_visit", "sampling", "device_found",
)  # fmt: skip

_BY_WAY_OF = (("activity", "activity"), ("release", "land_release"), ("task", "task_order"))


@dataclass(slots=True)
class HazardRecords:
    """The records of one area by kind; `areas` are the claims about the area itself."""

    subject: str
    areas: list[Fact] = field(default_factory=list)
    of_kind: dict[str, list[Fact]] = field(default_factory=lambda: {kind: [] for kind in LINKED_KINDS})


def records_by_hazard(
    facts: Mapping[str, Sequence[Fact]], parents: Mapping[str, str] | None = None
) -> tuple[dict[str, HazardRecords], list[Problem]]:
    """The records of every area by its subject. `facts` are those that stand, by kind; `parents` gives the subject for ids of releases."""
    found: dict[str, HazardRecords] = {}
    for fact in sorted(facts.get("hazardous_area", ()), key=lambda one: one.fact_id):
        found.setdefault(fact.subject, HazardRecords(fact.subject)).areas.append(fact)
    links = _Links(Names(found))
    for kind in LINKED_KINDS:
        told = sorted(facts.get(kind, ()), key=lambda one: one.fact_id)
        # All rows of one record first: of a task order told in several states only one may name the areas.
        for fact in told:
            links.learn(fact, parents or {})
        for fact in told:
            for subject in sorted(links.of(fact)):
                found[subject].of_kind[kind].append(fact)
    return found, links.problems


class Names:
    """Subjects of one kind by the local ids people write."""

    def __init__(self, subjects: Mapping[str, object] | Sequence[str]) -> None:
        self.subjects = set(subjects)
        self.by_id: dict[str, list[str]] = defaultdict(list)
        for subject in sorted(self.subjects):
            self.by_id[subject.split("/")[2]].append(subject)

    def found(self, name: str, organisation: str, kind: str) -> list[str]:
        """The one subject that is meant, none, or several."""
        own = f"{kind}/{organisation}/{given_key(name)}"
        if own in self.subjects:
            return [own]
        if named := self.by_id.get(given_key(name), []):
            return named
        by, _, local_id = name.partition("/")
        full = f"{kind}/{given_key(by)}/{given_key(local_id)}"
        return [full] if full in self.subjects else []


def several(text: str) -> list[str]:
    """The words of a field that holds several, separated by semicolons."""
    return [word.strip() for word in text.split(";") if word.strip()]


class _Links:
    """Which areas each record tells of, as far as it was read."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.areas: dict[str, set[str]] = defaultdict(set)  # subject of a record -> subjects of areas
        self.records: dict[str, list[str]] = defaultdict(list)  # kind/local id -> subjects of records
        self.problems: list[Problem] = []

    def learn(self, fact: Fact, parents: Mapping[str, str]) -> None:
        told = fact.payload
        kind, organisation, local_id = fact.subject.split("/")[:3]
        if fact.subject not in self.areas:
            self.records[f"{kind}/{local_id}"].append(fact.subject)
        own = self.areas[fact.subject]
        if (parent := parents.get(fact.fact_id)) in self.names.subjects:
            own.add(str(parent))
            return
        if kind == "release_reversal":
            # The land account tells of a reversal of what is no release.
            own |= self.areas[f"land_release/{organisation}/{local_id}"]
        if kind == "hazard_change":
            # It says itself whose id it gives.
            area = f"hazardous_area/{organisation}/{local_id}"
            if area in self.names.subjects:
                own.add(area)
            else:
                self._tell(fact, told["local_id"], 0)
        for name in several(told.get("hazards", "")) + [told[name] for name in ("hazard", "parent") if told.get(name)]:
            self._add(own, name, organisation, fact)

    def of(self, fact: Fact) -> set[str]:
        """The areas a record names, else those of its activity, its release or its task order."""
        for name, kind in _BY_WAY_OF:
            written = fact.payload.get(name, "")
            if self.areas[fact.subject] or not written:
                continue
            records = self.records.get(f"{kind}/{given_key(written)}", [])
            if len(records) != 1:
                self._tell(fact, written, len(records))
                continue
            areas = self.areas[records[0]]
            # A release under a task for several areas lies in one of them, and only its polygon tells in which.
            if fact.kind != "land_release" or len(areas) == 1:
                self.areas[fact.subject] = set(areas)
        return self.areas[fact.subject]

    def _add(self, own: set[str], name: str, organisation: str, fact: Fact) -> None:
        meant = self.names.found(name, organisation, "hazardous_area")
        if len(meant) == 1:
            own.add(meant[0])
        # A release that names a wrong parent is told by the land account, which finds the right one.
        elif fact.kind != "land_release":
            self._tell(fact, name, len(meant))

    def _tell(self, fact: Fact, name: str, count: int) -> None:
        self.problems.append(problem("record_link_ambiguous" if count else "record_link_unknown", record_name(fact), name))


def key_of_record(fact: Fact) -> str:
    """The beginning of a subject that names the record: kind, organisation and id, as other records name it."""
    return "/".join(fact.subject.split("/")[:3])


def record_name(fact: Fact) -> str:
    """How a problem names a record: its kind, organisation and id as they were written."""
    return f"{fact.kind} {fact.payload['organisation'].strip()}/{fact.payload['local_id'].strip()}"
