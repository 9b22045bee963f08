"""Does a policy file of a user fit beside the law that is held: its issuer, the instruments it names, the versions it continues, its size?

What can be said of the file alone is `policies/policy_file.py`. Nothing packaged can be replaced by a file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies.clause import INSTRUMENT_KINDS, MODALITIES, Version
from mineaction.policies.law import Law
from mineaction.policies.variants import going_on_twice
from mineaction.registers.countries import resolve_state
from mineaction.registers.treaties import TREATIES
from mineaction.terms.dates import parse_day
from mineaction.terms.limits import TABLE_CELLS_MAX
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import FIELDS, hint, nearest

Raw = dict[str, Any]


def header_problems(raw: Raw, version: Version, law: Law, place: str) -> Iterator[Problem]:
    """The name of the instrument, its kind, whom it binds and how far its sources reach."""
    if version.instrument in law.instruments:
        yield problem("instrument_taken", f"{place}: version", version.instrument)
    header: Raw = raw.get("instrument", {})
    if header.get("instrument", version.instrument) != version.instrument:
        expected = f"Write {version.instrument}, as in the version."
        yield problem("yaml_value_wrong", f"{place}: instrument: instrument", header["instrument"], field="instrument", expected=expected)
    if (kind := header.get("instrument_kind", INSTRUMENT_KINDS[0])) not in INSTRUMENT_KINDS:
        where = f"{place}: instrument: instrument_kind"
        yield problem("unknown_word", where, kind, field="instrument_kind", nearest=f"Use one of: {', '.join(INSTRUMENT_KINDS)}")
    if until := header.get("known_until"):
        yield from parse_day(until, f"{place}: instrument: known_until")[1]
    binds: Raw = header.get("binds") or {}
    for kind in binds.get("actor_kinds", ()):
        if kind not in FIELDS["actor_kind"].values:
            words = hint(kind, FIELDS["actor_kind"].values)
            yield problem("unknown_word", f"{place}: instrument: binds: actor_kinds", kind, field="actor_kind", nearest=words)
    where = f"{place}: instrument: binds"
    for key in ("actors", "counterparties"):
        for state in binds.get(key, ()):
            found = resolve_state(state, packaged_book().facts("country"), f"{where}: {key}")
            if isinstance(found, Problem):
                yield found
            elif found != state:
                yield problem("unknown_code", f"{where}: {key}", state, field="ISO 3166 code of three letters", nearest=found)
    if (treaty := binds.get("parties_to", "")) and treaty not in TREATIES:
        yield problem("instrument_unknown", f"{where}: parties_to", treaty, nearest=", ".join(nearest(treaty, TREATIES)))


def reference_problems(raw: Raw, version: Version, law: Law, place: str) -> Iterator[Problem]:
    """The instruments a clause refers to, and the versions a clause continues, under every reading."""
    own = {clause["id"] for clause in raw["clauses"]}
    bodies = [body for clause in raw["clauses"] for body in (clause, *clause.get("readings", {}).values())]
    referred_to = sorted({body["refers_to"]["instrument"] for body in bodies if "refers_to" in body})
    if len(referred_to) > 1:
        # What is assisted is asked once, under one instrument, for the whole version.
        yield problem("references_differ", place, " and ".join(referred_to))
    for clause in raw["clauses"]:
        where = f"{place}: clause {clause['id']}"
        for body in (clause, *clause.get("readings", {}).values()):
            referred = body.get("refers_to", {}).get("instrument", version.instrument)
            if referred != version.instrument and referred not in law.instruments:
                yield problem("instrument_unknown", f"{where}: refers_to", referred, nearest=", ".join(nearest(referred, law.instruments)))
            if "continues_where" in body:
                yield from _continued_problems(body["continues_where"], own, version, law, f"{where}: continues_where")
    for position, carried in enumerate(raw.get("continues", ()), start=1):
        yield from _carried_problems(carried, own, version, law, f"{place}: continues {position}")


def _continued_problems(reference: Raw, own: set[str], version: Version, law: Law, where: str) -> Iterator[Problem]:
    wanted = reference["version"]
    if wanted == version.id:
        # A packaged version cannot name a user's, so no longer circle exists.
        yield problem("version_cycle", where, f"{wanted} -> {wanted}")
    elif wanted not in law.version_ids():
        yield problem("instrument_unknown", where, wanted, nearest=", ".join(nearest(wanted, law.version_ids())))
    else:
        reading = reference.get("reading", "")
        names = [one.name for one in law.version(wanted).readings]
        if reading and reading not in names:
            yield problem("reading_unknown", where, reading, instrument=wanted, nearest=", ".join(names))
            return
        for clause in law.variant(wanted, reading).clauses:
            if clause.id in own:
                yield problem("clause_id_duplicate", where, clause.id)


def _carried_problems(carried: Raw, own: set[str], version: Version, law: Law, where: str) -> Iterator[Problem]:
    if carried["version"] == version.id:
        yield problem("version_cycle", where, f"{version.id} -> {version.id}")
        return
    if carried["version"] not in law.version_ids():
        words = ", ".join(nearest(carried["version"], law.version_ids()))
        yield problem("instrument_unknown", where, carried["version"], nearest=words)
        return
    readings = law.version(carried["version"]).readings
    held = {clause.id for one in readings for clause in law.variant(carried["version"], one.name).clauses}
    for one in carried["clauses"]:
        if one in own:
            yield problem("clause_id_duplicate", where, one)
        elif one not in held:
            yield problem("clause_id_unknown", where, one, nearest=", ".join(nearest(one, held)))


def going_on_twice_problems(version: Version, law: Law, place: str) -> Iterator[Problem]:
    """Clauses that go on in two ways which differ in force, proviso, deadline or the like: as one clause one of the two would be lost."""
    for reading in version.readings:
        for clause_id in going_on_twice(version, reading.name, law.version):
            yield problem("clause_goes_on_twice", f"{place}: clause {clause_id}", clause_id, reading=reading.name)


def unreachable_problems(law: Law, versions: list[Version], place: str) -> Iterator[Problem]:
    """Clauses whose conditions hold for no act under any reading, because they contradict the scope they are read in."""
    variants = [law.variant(version.id, reading.name) for version in versions for reading in version.readings]
    clauses = [one for variant in variants for one in variant.clauses if one.kind in MODALITIES]
    reachable = {one.id for one in clauses if one.when or one.duty_when}
    for clause_id in dict.fromkeys(one.id for one in clauses if one.id not in reachable):
        yield problem("clause_never_holds", f"{place}: clause {clause_id}", clause_id)


def size_problems(law: Law, versions: list[Version], place: str) -> list[Problem]:
    """A version whose table would not fit, under any of its readings."""
    sizes = [cells(law.variant(version.id, one.name).fields) for version in versions for one in version.readings]
    if max(sizes) <= TABLE_CELLS_MAX:
        return []
    return [problem("policy_too_large", place, max(sizes), what="possible acts", limit=TABLE_CELLS_MAX)]


def cells(fields: tuple[str, ...]) -> int:
    """How many acts differ in these fields."""
    return math.prod(len(FIELDS[name].values) for name in fields)
