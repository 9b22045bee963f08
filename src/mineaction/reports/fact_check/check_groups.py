"""Are all (most, none) of a group of states parties to a treaty, on that day?

Members of a group are those of the day; "our" leaves out the speaker, and without a known speaker is not verifiable. Counter-examples
are named. A group whose members are not held here is unknown, with the group as what is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mineaction.registers.fragility import events_to_flip_all
from mineaction.registers.groups import GROUPS, Members, members_on
from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import TreatyHistory, status_of
from mineaction.reports.fact_check.check_counts import no_treaty
from mineaction.reports.fact_check.evidence import (
    FALSE,
    NOT_VERIFIABLE,
    SUPPORTED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    evidence_row,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.patterns import packaged_patterns
from mineaction.reports.fact_check.quantities import quantity
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.fact import RecordedFact
from mineaction.terms.limits import LATEST_MEMBERS_SHOWN


@dataclass(frozen=True, slots=True)
class _Standing:
    """The members of a group on a day, each in one list, and what stands behind them."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]
    unsure: tuple[str, ...]
    rows: tuple[RecordedFact, ...]
    history: TreatyHistory
    without: str
    excepted: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.inside) + len(self.outside) + len(self.unsure)


def group_parties(claim: Claim, asked: Asked) -> Answer:
    """All (most, none ...) of a group of states are parties to the treaty."""
    treaty = claim.words.get("treaty_id", "")
    if treaty not in TREATIES:
        return no_treaty()
    named = next((claim.words[name] for name in _GROUP_WORDS if claim.words.get(name)), "")
    noun = claim.words.get("noun") or claim.words.get("noun_named") or ""
    group = _group_of(named)
    is_ours = claim.words.get("whose", "").lower() in _OURS
    speaker = asked.actor_of(claim)
    if is_ours and not speaker and (group not in GROUPS or noun.lower().startswith(("all", "partner"))):
        return Answer(NOT_VERIFIABLE, missing=("issuer",), why="'Our' needs a speaker, and the issuer of the statement is not known.")
    if group not in GROUPS:
        who = " ".join(filter(None, (named, noun)))
        return Answer(UNKNOWN, missing=(f"the members of the group '{who}'",), why="No membership of this group is held.")
    words = claim.words.get("except") or claim.words.get("except_after") or ""
    excepted, spared = _excepted(words, asked)
    if excepted is None:
        return Answer(UNKNOWN, missing=(f"who '{words}' is",), why=f"The exception '{words}' names no state and no number.")
    left_out = excepted | ({speaker} if is_ours and speaker else set())
    facts = asked.evidence.facts
    members = members_on(group, asked.day, facts.get("group_membership", ()), facts.get("country", ()), asked.known_at)
    standing = _standing(members, left_out, asked.history(treaty), asked.day, speaker if is_ours else "", tuple(sorted(excepted)))
    if not standing.total:
        return Answer(UNKNOWN, missing=(f"members of {group} on {asked.day}",), why="No member of the group is known on that day.")
    if spared is not None:
        return _all_but(spared, standing, asked)
    return _quantified(claim, asked, standing)


_GROUP_WORDS = ("group", "group_of", "group_named", "group_two", "group_both")
_OURS = ("our", "its", "their", "america's", "u.s.", "us")


def _standing(
    members: Members, left_out: frozenset[str], history: TreatyHistory, day: dt.date, without: str, excepted: tuple[str, ...]
) -> _Standing:
    certain = [state for state in members.certain if state not in left_out]
    status = {state: status_of(history, state, day).status for state in certain}
    inside = tuple(state for state in certain if status[state] == "party")
    outside = tuple(state for state in certain if status[state] not in ("party", "unknown"))
    unsure = (*(state for state in certain if status[state] == "unknown"), *(state for state in members.unknown if state not in left_out))
    return _Standing(inside, outside, unsure, members.rows, history, without, excepted)


def _group_of(words: str) -> str:
    patterns = packaged_patterns()
    for group, find in patterns.table("groups").items():
        if words and patterns.compiled(find).fullmatch(words):
            return str(group)
    return ""


def _excepted(words: str, asked: Asked) -> tuple[frozenset[str] | None, int | None]:
    """The states an exception names, or their number: "except the United States", "but two"; (None, None) for other words."""
    if not words:
        return frozenset(), None
    named = frozenset(code for _, _, code in states_from(asked.evidence.facts.get("country", ())).named(words))
    if named:
        return named, None
    number = quantity(words.split(" ", maxsplit=1)[0], None)
    return (frozenset(), int(number.value)) if number is not None else (None, None)


def _said(standing: _Standing, asked: Asked) -> str:
    """How many members are parties, who is not, and of whom nobody knows."""
    countries = asked.evidence.facts.get("country", ())
    left_out = list(dict.fromkeys(filter(None, (standing.without, *standing.excepted))))
    without = f" without {' and '.join(names_of(left_out, countries))}" if left_out else ""
    outside = f"; not parties: {', '.join(names_of(standing.outside, countries))}" if standing.outside else ""
    unsure = f"; unknown: {', '.join(names_of(standing.unsure, countries))}" if standing.unsure else ""
    return f"{len(standing.inside)} of {standing.total} members{without} are parties on {asked.day}{outside}{unsure}"


def _value(standing: _Standing) -> dict[str, object]:
    return {
        "members": standing.total,
        "parties": len(standing.inside),
        "not_parties": list(standing.outside),
        "unknown": list(standing.unsure),
        "without": standing.without,
    }


def _known_to(standing: _Standing, asked: Asked) -> dt.date | None:
    until = standing.history.completeness.complete_until if standing.history.is_beyond_data(asked.day) else None
    days = [day for day in (until, asked.known_to("group_membership", "nato")) if day is not None]
    return min(days) if days else None


def _all_but(spared: int, standing: _Standing, asked: Asked) -> Answer:
    """All of a group but a number of them."""
    verdict = UNKNOWN if standing.unsure else (TRUE if len(standing.outside) == spared else FALSE)
    known_to = _known_to(standing, asked)
    return Answer(
        verdict, _value(standing), _evidence(standing, asked), known_to, 1 if known_to else None, why=f"{_said(standing, asked)}."
    )


def _quantified(claim: Claim, asked: Asked, standing: _Standing) -> Answer:
    how = claim.words["how"].lower()
    if claim.words.get("not"):
        # "all are not parties" says that none is.
        how = {"all": "none", "both": "none", "none": "all", "no": "all"}.get(how, how)
    verdict, flips = _quantifier(how, len(standing.inside), len(standing.outside), len(standing.unsure))
    disputes = [
        one for state in standing.inside for one in status_of(standing.history, state, asked.day).disputes if one.changes_the_answer
    ]
    known_to = _known_to(standing, asked)
    unsure = names_of(standing.unsure, asked.evidence.facts.get("country", ()))
    return Answer(
        verdict,
        _value(standing),
        _evidence(standing, asked),
        known_to=known_to,
        fragile=flips if known_to and verdict != UNKNOWN else None,
        missing=tuple(f"whether {name} is a member and a party" for name in unsure) if verdict == UNKNOWN else (),
        assumes=(
            *(f"the claimed {one.claim.reading} of {one.claim.iso3} has no effect" for one in disputes),
            *((f"'{how}' is a judgement",) if how in _JUDGEMENTS else ()),
        ),
        why=f"{_said(standing, asked)}.",
    )


_JUDGEMENTS = ("many", "some", "almost all", "nearly all")


def _evidence(standing: _Standing, asked: Asked) -> tuple[dict[str, object], ...]:
    summary = evidence_row(_said(standing, asked), len(standing.inside), "packaged memberships and treaty events", "group_membership")
    joined = [fact_evidence(row, f"{row['name']} is a member since {row['from']}", row["from"]) for row in _joined_last(standing.rows)]
    return (summary, *(_state_evidence(standing.history, state, asked) for state in standing.outside), *joined)


def _quantifier(how: str, inside: int, outside: int, unsure: int) -> tuple[str, int | None]:
    """The verdict of "all", "most" or "none", and how many events would turn it."""
    total = inside + outside + unsure
    if how in ("no", "none"):
        return (FALSE, inside) if inside else ((UNKNOWN, None) if unsure else (TRUE, 1))
    if how == "not all":
        return (TRUE, outside) if outside else ((UNKNOWN, None) if unsure else (FALSE, 1))
    if how in ("all", "both", "every", "every one", "each"):
        if outside:
            return FALSE, events_to_flip_all(outside)
        return (UNKNOWN, None) if unsure else (TRUE, 1)
    if how in ("many", "some"):
        return (SUPPORTED, inside) if inside else ((UNKNOWN, None) if unsure else (FALSE, 1))
    # most, almost all, nearly all: more than half; how many more is a judgement.
    if 2 * inside > total:
        return (TRUE if how == "most" else SUPPORTED), inside - total // 2
    return (UNKNOWN, None) if 2 * (inside + unsure) > total else (FALSE, total // 2 + 1 - inside)


def _state_evidence(history: TreatyHistory, state: str, asked: Asked) -> dict[str, object]:
    """Why a state is no party: its last act, or the row that none was found."""
    status = status_of(history, state, asked.day)
    name = names_of([state], asked.evidence.facts.get("country", ()))[0]
    rows = [row for row in status.events if row["event"].startswith("withdrawal")] or list(status.events[-1:])
    says = f"{name}: {status.status.replace('_', ' ')} on {asked.day}"
    if rows:
        return fact_evidence(rows[0], f"{says}; {rows[0]['event'].replace('_', ' ')} {rows[0]['date']}", rows[0]["date"])
    if status.evidence_of_absence is not None:
        return fact_evidence(status.evidence_of_absence, says, status.evidence_of_absence["meaning"])
    return evidence_row(says, status.reason, "packaged treaty events", f"treaty_event/{history.treaty.id}/{state}")


def _joined_last(rows: Sequence[RecordedFact]) -> list[RecordedFact]:
    joined = [row for row in rows if row.fact.kind == "group_membership"]
    return sorted(joined, key=lambda row: row["from"], reverse=True)[:LATEST_MEMBERS_SHOWN]
