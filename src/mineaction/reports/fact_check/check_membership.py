"""Is a state a party to a treaty, has it joined, ratified, signed or left, and on the day the sentence says?

Standing comes from treaty status on the day asked; an act with a date is compared with the act held. A notice of withdrawal that
has not yet taken effect supports "has withdrawn" in part. A suspension is a disputed act: it is not verified, and its claimants are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mineaction.registers.treaties import TREATIES
from mineaction.registers.treaty_status import StateStatus, status_of
from mineaction.reports.fact_check.check_counts import no_treaty
from mineaction.reports.fact_check.evidence import (
    FALSE,
    NOT_VERIFIABLE,
    PARTLY_SUPPORTED,
    SUPERSEDED,
    TRUE,
    UNKNOWN,
    Answer,
    Asked,
    Claim,
    fact_evidence,
    names_of,
)
from mineaction.reports.fact_check.states import states_from
from mineaction.terms.dates import Moment, moment
from mineaction.terms.fact import RecordedFact

STANDING = {
    "party": "a party to",
    "signatory": "a signatory, not a party, of",
    "withdrawn": "withdrawn from",
    "not_party": "not a party to",
    "unknown": "of unknown standing under",
}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_JOINING = ("ratified", "acceded", "joined")


def membership(claim: Claim, asked: Asked) -> Answer:
    """A state (each of several) is a party, has joined, has left, is no party."""
    treaty = claim.words.get("treaty_id", "")
    if treaty not in TREATIES:
        return no_treaty()
    named = list(dict.fromkeys(code for _, _, code in states_from(asked.evidence.facts.get("country", ())).named(claim.words["subject"])))
    states = named or ([asked.issuer] if asked.issuer else [])
    if not states:
        return Answer(NOT_VERIFIABLE, missing=("issuer",), why="The sentence names no state, and the issuer of the statement is not known.")
    answers = [_of_state(claim, treaty, state, asked) for state in states]
    worst = min(answers, key=lambda one: _ORDER.index(one.verdict))
    if len(answers) == 1:
        return worst
    return Answer(
        worst.verdict,
        {state: one.value for state, one in zip(states, answers, strict=True)},
        tuple(row for one in answers for row in one.evidence),
        worst.known_to,
        worst.fragile,
        tuple(dict.fromkeys(text for one in answers for text in one.missing)),
        tuple(dict.fromkeys(text for one in answers for text in one.assumes)),
        " ".join(one.why for one in answers),
    )


# A sentence about several states is as good as what it says of the worst.
_ORDER = (FALSE, SUPERSEDED, NOT_VERIFIABLE, UNKNOWN, PARTLY_SUPPORTED, TRUE)


def _of_state(claim: Claim, treaty: str, state: str, asked: Asked) -> Answer:
    status = status_of(asked.history(treaty), state, asked.day)
    name = names_of([state], asked.evidence.facts.get("country", ()))[0]
    says = f"{name}: {STANDING[status.status]} the {treaty} on {asked.day}"
    acts = [row for row in status.events if (day := moment(row["date"])) is not None and day.first <= asked.day]
    evidence = tuple(fact_evidence(row, f"{name}: {row['event'].replace('_', ' ')} {row['date']}", row["date"]) for row in acts)
    known_to = asked.known_to("treaty_event", treaty)
    words = claim.words["claim"].lower()
    is_negated = any(claim.words.get(one) for one in ("not", "not2", "neither"))
    if "suspend" in words:
        rows = tuple(fact_evidence(one.claim.row, f"{one.claim.row['claimant']}: {one.claim.reading}") for one in status.disputes)
        why = f"{says}; a suspension is claimed and contested." if rows else f"{says}; no suspension is known."
        return Answer(
            NOT_VERIFIABLE if rows else UNKNOWN,
            None,
            (*rows, *evidence),
            known_to,
            missing=("an effect of a suspension under the treaty",),
            why=why,
        )
    if status.status == "unknown":
        return Answer(UNKNOWN, status.status, evidence, known_to, missing=(f"the standing of {name}",), why=f"{says}.")
    verdict, reason = _verdict(words, claim.words.get("when", ""), status, acts, is_negated=is_negated)
    if (
        verdict == FALSE
        and asked.stated_on is not None
        and asked.day > asked.stated_on
        and _of_state(claim, treaty, state, asked.on(asked.stated_on)).verdict == TRUE
    ):
        verdict, reason = SUPERSEDED, f"{reason}; it was so on {asked.stated_on}, and a later act changed it"
    disputed = tuple(f"the claimed {one.claim.reading} has no effect" for one in status.disputes if one.changes_the_answer)
    return Answer(verdict, status.status, evidence, known_to, 1 if known_to else None, (), (*status.assumes, *disputed), f"{says}{reason}.")


def _verdict(words: str, when: str, status: StateStatus, acts: Sequence[RecordedFact], *, is_negated: bool) -> tuple[str, str]:
    """The verdict and the reason to add to the standing."""
    if any(one in words for one in ("withdr", "left", "quit", "denounced", "exited")):
        said, reason = _withdrawal(when, status, acts)
    elif any(one in words for one in (*_JOINING, "signed")):
        event = "signed" if "signed" in words else "consent"
        said, reason = _act(when, [row for row in acts if row["event"] == event], event)
    elif "signatory" in words:
        said, reason = (TRUE if status.signed_on is not None else FALSE), ""
    elif re.match(r"(?:was|has been)\b", words):
        # What was so once stays true after the state has left.
        said, reason = (TRUE if status.status in ("party", "withdrawn") else FALSE), ""
    else:
        said, reason = (TRUE if status.status == "party" else FALSE), ""
    if is_negated:
        said = {TRUE: FALSE, FALSE: TRUE}.get(said, said)
    return said, reason


def _act(when: str, rows: Sequence[RecordedFact], event: str) -> tuple[str, str]:
    if not rows:
        return FALSE, f"; no act of that kind ({event}) is known by that day"
    held = rows[-1]["date"]
    if not when:
        return TRUE, f"; {event} {held}"
    return (TRUE if _overlaps(when, moment(held)) else FALSE), f"; {event} {held}, the sentence says {when}"


def _withdrawal(when: str, status: StateStatus, acts: Sequence[RecordedFact]) -> tuple[str, str]:
    notices = [row for row in acts if row["event"] == "withdrawal_notified"]
    if not notices:
        return FALSE, "; no notice of withdrawal is known by that day"
    notice, effective = notices[-1]["date"], status.bound_to
    told = f"; notice {notice}, effective {effective}"
    if status.status != "withdrawn":
        return PARTLY_SUPPORTED, f"{told}: not yet in effect"
    if not when or _overlaps(when, effective):
        return TRUE, told
    return (PARTLY_SUPPORTED if _overlaps(when, moment(notice)) else FALSE), f"{told}; the sentence says {when}"


def _overlaps(when: str, held: Moment | None) -> bool:
    """Whether the day, month or year in the words fits the day held."""
    said = _moment_in(when)
    return said is not None and held is not None and said.first <= held.last and held.first <= said.last


def _moment_in(words: str) -> Moment | None:
    """The day, month or year in words: "27 December 2012", "December 27, 2012", "December 2012", "2012"."""
    parts = words.replace(",", " ").lower().split()
    year = next((one for one in parts if len(one) == 4 and one.isdigit()), "")
    month = next((_MONTHS.index(one) + 1 for one in parts if one in _MONTHS), 0)
    day = next((int(one) for one in parts if one.isdigit() and len(one) <= 2), 0)
    if not month:
        return moment(year)
    return moment(f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}")
