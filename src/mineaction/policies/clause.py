"""What a clause, a version and an instrument are, as plain data. How they are written stands in `policy_file.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mineaction.terms.vocabulary import FIELDS

# field -> the values that satisfy it; all fields must be satisfied. A clause holds several such conditions, any of which may hold.
Condition = dict[str, frozenset[str]]

# Kinds of clause that change a verdict. `except` only switches other clauses off; `unsettled` says that the source does not say.
MODALITIES = ("forbid", "permit", "oblige", "unsettled", "except")
# Kinds that are text only: listed, dated and compared, never a verdict.
TEXT_ONLY = ("aim", "procedure", "definition", "note")
# How the words of a clause are held: a verified copy, one carried over by hand, or told in own words.
KINDS_OF_TEXT = ("quote", "excerpt", "paraphrase")
# What an instrument is; one kind never replaces another.
INSTRUMENT_KINDS = ("executive_policy", "treaty", "statute", "regulation", "statement", "decision")
FORCES = ("duty", "best_effort", "aim", "reported_fact")
# What can be wrong with a version that is well written; `accepted` in its file names those that are true of the text.
CONFLICT, GAP, UNREACHABLE, REDUNDANT = "conflict", "gap", "unreachable", "redundant"
IDLE_READING, TOO_LARGE, STALE = "reading_without_effect", "table_too_large", "accepted_without_finding"
KINDS_OF_FINDING = (CONFLICT, GAP, UNREACHABLE, REDUNDANT, IDLE_READING, TOO_LARGE, STALE)


@dataclass(frozen=True, slots=True)
class Text:
    """The words a clause rests on: quoted from a packaged file, or told in own words with a citation."""

    kind: str  # one of KINDS_OF_TEXT
    says: str
    file: str = ""
    citation: str = ""

    @property
    def held(self) -> str:
        """`full` (verified copy), `excerpt` (carried over by hand, not verified) or `none`."""
        return {"quote": "full", "excerpt": "excerpt", "paraphrase": "none"}[self.kind]


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of one version under one reading, conditions expanded. `do` names the acts that a duty asks for."""

    id: str
    article: str
    kind: str
    texts: tuple[Text, ...]
    when: tuple[Condition, ...] = ()
    duty_when: tuple[Condition, ...] = ()
    do: tuple[str, ...] = ()
    defeats: tuple[str, ...] = ()
    suspends: tuple[str, ...] = ()
    proviso: str = ""
    force: str = "duty"
    deadline: str = ""
    refers_to: str = ""
    why: str = ""

    @property
    def is_compiled(self) -> bool:
        """Whether the clause can change a verdict: text-only kinds and mere efforts cannot."""
        return self.kind in MODALITIES and (self.kind != "oblige" or self.force == "duty")

    def under(self, when: tuple[Condition, ...], duty_when: tuple[Condition, ...]) -> Clause:
        """The same clause under other conditions."""
        said = (self.do, self.defeats, self.suspends, self.proviso, self.force, self.deadline, self.refers_to, self.why)
        return Clause(self.id, self.article, self.kind, self.texts, when, duty_when, *said)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a contested text is understood; `name` may join several with '+'. `cite_when`: facts under which an answer names it."""

    name: str
    says: str
    source: str = ""
    holders: str = ""
    is_default: bool = False
    cite_when: tuple[dict[str, list[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedAs:
    """An act that an instrument does not name but means by another word (APMBC 2(4): an export to another actor is a transfer)."""

    acts: tuple[str, ...]
    as_act: str
    when: Condition
    note: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One version under one reading, ready to be walked or compiled."""

    version_id: str
    reading: str
    clauses: tuple[Clause, ...]
    decided_as: tuple[DecidedAs, ...] = ()
    fields: tuple[str, ...] = field(default=())
    # Filled by `about`; most questions name the act, and most clauses speak of another.
    by_act: dict[str, tuple[Clause, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def compiled(self) -> list[Clause]:
        """The clauses that can change a verdict."""
        return [clause for clause in self.clauses if clause.is_compiled]

    def about(self, act: str) -> tuple[Clause, ...]:
        """The clauses that count and can speak of this act or be brought along by it."""
        if act not in self.by_act:
            self.by_act[act] = tuple(
                clause for clause in self.compiled if any(act in one.get("act", (act,)) for one in (*clause.when, *clause.duty_when))
            )
        return self.by_act[act]

    def clause(self, clause_id: str) -> Clause:
        return next(one for one in self.clauses if one.id == clause_id)


def fields_read(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """The fields that the conditions of these clauses ask for, in the order of the vocabulary."""
    read = {name for clause in clauses for one in (*clause.when, *clause.duty_when) for name in one}
    return tuple([name for name in FIELDS if name in read])


@dataclass(frozen=True, slots=True)
class Version:
    """The consolidated text of an instrument from one day to another, half-open; `in_force_to` empty means no end is known.

    `known_from` is the day it could first be known: the day of the act, or of the first report where the act was not published.
    `own_end` is the end it set itself, where a later version ended it sooner: the end for whoever does not know of that version yet.
    """

    id: str
    instrument: str
    title: str
    in_force_from: str
    in_force_to: str
    known_from: str
    ended_by: str
    readings: tuple[Reading, ...]
    raw: dict[str, Any]  # as validated; `variants.py` expands it under a reading
    own_end: str = ""

    @property
    def default_reading(self) -> str:
        return next((one.name for one in self.readings if one.is_default), "")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, statute, policy or decision with its encoded versions, oldest first.

    `existed_from` is when the instrument began, `encoded_from` the first day whose text is encoded here: between the two
    the law is missing, not absent. `binds_parties_to` names a treaty, or `binds_actors` lists the states bound as issuers.
    """

    id: str
    kind: str
    title: str
    existed_from: str
    encoded_from: str
    binds_parties_to: str
    binds_actors: tuple[str, ...]
    known_until: str
    versions: tuple[Version, ...]
    # Who can be bound: states unless the instrument says more (CCW AP II Art. 1(3), an act of a parliament).
    binds_actor_kinds: tuple[str, ...] = ("state",)
    # The states an instrument speaks of on the other side, where it names them: a decision for one recipient says nothing of another.
    binds_counterparties: tuple[str, ...] = ()

    def version_on(self, day: str, known_at: str = "") -> Version | None:
        """The one version that governs the ISO day, if one is in force then; as far as known on `known_at` when that is given."""
        unknown = {one.id for one in self.versions if known_at and one.known_from > known_at}
        for version in self.versions:
            # Who does not know yet of the version that ends this one knows of no end but the one it set itself.
            ends = version.own_end if version.ended_by in unknown else version.in_force_to
            if version.id not in unknown and version.in_force_from <= day and (not ends or day < ends):
                return version
        return None
