"""Of which day does a sentence tell, when it names another than its own? "By 2010 the Convention had more than 160 parties".

A count of states or a standing is asked as of the day named; a year or a month means some day in it, and where its first and its last
day differ the answer is unknown. Refuses periods, and days of figures and rules held for no other day: unknown, with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from mineaction.reports.fact_check.evidence import UNKNOWN, Answer, Asked, Check, Claim
from mineaction.terms.dates import Moment, moment

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DATE = rf"(?:(?P<month>{_MONTH}) (?:(?P<day>\d{{1,2}}),? )?|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH}) )?(?P<year>(?:19|20)\d{{2}})\b"
_RELATION = (
    r"(?P<relation>by|in|on|as of|at|from|until|till|before|after|since|during|starting(?: in)?|beginning(?: in)?|no later than)"
    r"(?P<end> the end of)?(?: the (?:beginning|start|middle|year) of)?"
)
_AHEAD = re.compile(rf"[\s,]*\b{_RELATION} {_DATE}", re.IGNORECASE)
_AT_HEAD = re.compile(rf"(?:^|[,;:] |\b(?:that|and|but|while|where) ){_RELATION} {_DATE},?(?= |$)[^;:,]{{0,200}}$", re.IGNORECASE)
# Directly before the words, unless it belongs to another verb ("adopted in 1997").
_BEFORE = re.compile(rf"(?<!ed)(?<!force)(?<!since)(?<!made)(?<!drawn up) {_RELATION} {_DATE},? $", re.IGNORECASE)

# Checks of how states stood on a day: they can be asked of any day.
_OF_STANDING = ("parties_count", "majority", "group_parties")
# "is a party", not "became a party": so on a day, and no event.
_IS_PARTY = re.compile(r"(?:is|are|was|were|remain\w*|has been)\b", re.IGNORECASE)
# Checks of what a text says: only a limit in time changes what is claimed.
_OF_LAW = ("treaty_rule", "aim", "aim_denied", "alignment", "unchanged")
_POINTS = ("by", "in", "on", "as of", "at")
_LIMITS = ("by", "from", "until", "till", "before", "after", "starting", "starting in", "beginning", "beginning in", "no later than")
_OF_FIGURES = ("by", "as of", "until", "till", "before", "at", "no later than")


@dataclass(frozen=True, slots=True)
class OwnDate:
    """The words of a date, how the sentence stands to it, and the days it may mean."""

    words: str
    relation: str
    when: Moment


def own_date(claim: Claim) -> OwnDate | None:
    """The date the sentence ties to this claim, if it names one around its words."""
    sentence = claim.words.get("sentence", "")
    if "from" not in claim.words or claim.words.get("when"):
        # A declared claim has no place in a sentence that was read.
        return None
    start, end = int(claim.words["from"]), int(claim.words["to"])
    found = _AHEAD.match(sentence, end) or _AT_HEAD.search(sentence[:start]) or _BEFORE.search(sentence[:start])
    if found is None:
        return None
    name = (found["month"] or found["month2"] or "").capitalize()
    month = f"-{_MONTHS.index(name) + 1:02d}" if name else ""
    day = found["day"] or found["day2"]
    when = moment(f"{found['year']}{month}{f'-{int(day):02d}' if day else ''}")
    if when is None:
        return None
    if found["end"]:
        when = Moment(when.last, when.last)
    return OwnDate(sentence[found.start("relation") : found.end("year")], found["relation"].lower(), when)


def answered(check: Check, claim: Claim, asked: Asked) -> Answer:
    """The answer of a check, as of the day the sentence names."""
    told = own_date(claim)
    if told is None or (asked.stated_on is not None and told.when.first <= asked.stated_on <= told.when.last):
        return check(claim, asked)
    if claim.check in _OF_STANDING:
        return _standing(check, claim, told, asked)
    if claim.check == "membership":
        is_state_of_things = _IS_PARTY.match(claim.words.get("claim", ""))
        if is_state_of_things or told.relation not in ("in", "on", "since"):
            return _standing(check, claim, told, asked)
        return check(replace(claim, words={**claim.words, "when": told.words}), asked)
    if claim.check in _OF_LAW and told.relation in _LIMITS:
        return Answer(UNKNOWN, missing=(f"a text with the date '{told.words}'",), why=f"The text held has no such date: '{told.words}'.")
    if claim.check not in _OF_LAW and told.relation in _OF_FIGURES:
        return Answer(UNKNOWN, missing=(f"the figure {told.words}",), why=f"The sentence tells of another day: '{told.words}'.")
    return check(claim, asked)


def _standing(check: Check, claim: Claim, told: OwnDate, asked: Asked) -> Answer:
    """How states stood on the day named, or on every day it may mean."""
    if told.relation not in _POINTS:
        return Answer(UNKNOWN, missing=(f"the standing '{told.words}'",), why=f"A period is not asked: '{told.words}'.")
    if told.when.last > asked.day:
        return Answer(UNKNOWN, missing=(f"what is so on {told.when}",), why=f"'{told.words}' lies after {asked.day}.")
    last = check(claim, _as_of(asked, told.when.last))
    if not told.when.is_exact and check(claim, _as_of(asked, told.when.first)).verdict != last.verdict:
        why = f"It depends on the day in {told.when}; at its end: {last.why}"
        return replace(last, verdict=UNKNOWN, why=why, missing=(f"which day of {told.when} is meant",))
    return last


def _as_of(asked: Asked, day: dt.date) -> Asked:
    return replace(asked, day=day, stated_on=day)
