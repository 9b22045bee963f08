"""Which facts does the figure of a hazardous area rest on, beside the area, its changes and the releases on it?

Decisions on those records, the country's rules on which releases count, certificates where a rule asks for them, earlier reports of which
a cumulative one tells the rest, and the areas that take the place of one that was superseded. With them, and with the same of the areas
it shares ground with, every figure can be worked out again from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mineaction.programme.land_book import LandBook
from mineaction.registers.hazard_records import Names, key_of_record, several
from mineaction.registers.land_facts import plain_id
from mineaction.registers.land_rows import Release, canonical_order, folded
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import given_key

# Rules that decide whether a release counts, and as what.
_RULES = ("authority", "delegate", "approval_required", "accreditation_required", "lanes_count_as")
_CERTIFIED = "accreditation_required"


def facts_beneath(book: LandBook, listed: Iterable[str]) -> list[Fact]:
    """The further facts behind facts listed by id (of areas, changes and releases), by kind and subject."""
    facts = [book.rows.facts[fact_id] for fact_id in sorted(set(listed))]
    earlier = list(_earlier_reports(book, [fact for fact in facts if fact.payload.get("drawn") == "cumulative"]))
    releases = [fact for fact in (*facts, *earlier) if fact.kind == "land_release"]
    changes = [fact for fact in facts if fact.kind == "hazard_change"]
    found = [*earlier, *_decisions(book, [*releases, *changes]), *_rules(book, releases), *_successors(book, changes)]
    by_id = {fact.fact_id: fact for fact in found if fact not in facts}
    return sorted(by_id.values(), key=lambda fact: (fact.kind, fact.subject, fact.fact_id))


def _earlier_reports(book: LandBook, reports: Sequence[Fact]) -> Iterator[Fact]:
    """Cumulative reports before these of the same organisation, class and task: their ground is no more told by these."""
    last: dict[tuple[str, str, str], tuple[object, ...]] = {}
    rows = [*book.rows.releases, *book.rows.nothing_new] if reports else []
    ids = {fact.fact_id for fact in reports}
    series = [(of, row) for row in rows if (of := _series(book, row))]
    for of, row in series:
        if row.digest in ids:
            last[of] = max(last.get(of, ()), canonical_order(row))
    for of, row in series:
        if of in last and canonical_order(row) < last[of]:
            yield book.rows.facts[row.digest]


def _series(book: LandBook, row: Release) -> tuple[str, str, str] | None:
    told = book.rows.facts[row.digest].payload
    of = told.get("task") or row.parent_id
    return (row.organisation, row.release_class, folded(plain_id(of))) if of and told.get("drawn") == "cumulative" else None


def _decisions(book: LandBook, records: Iterable[Fact]) -> Iterator[Fact]:
    decided = {key_of_record(fact) for fact in records}
    for fact in book.told["approval"]:
        told = fact.payload
        if "/".join((told["of_kind"], given_key(told["organisation"]), given_key(told["local_id"]))) in decided:
            yield fact


def _rules(book: LandBook, releases: Sequence[Fact]) -> Iterator[Fact]:
    """Rules of the country, and the certificates of the organisations where a rule asks for one."""
    rules = [fact for fact in book.told["country_rule"] if fact.payload["rule"] in _RULES] if releases else []
    yield from rules
    if any(fact.payload["rule"] == _CERTIFIED for fact in rules):
        organisations = {fact.subject.split("/")[1] for fact in releases}
        yield from (fact for fact in book.told["accreditation"] if fact.subject.split("/")[1] in organisations)


def _successors(book: LandBook, changes: Iterable[Fact]) -> Iterator[Fact]:
    superseded = [fact for fact in changes if fact.payload["change"] == "superseded"]
    names = Names([fact.subject for fact in book.told["hazardous_area"]] if superseded else [])
    meant = {
        subject
        for fact in superseded
        for name in several(fact.payload.get("successors", ""))
        for subject in names.found(name, fact.subject.split("/")[1], "hazardous_area")
    }
    yield from (fact for fact in book.told["hazardous_area"] if fact.subject in meant)
