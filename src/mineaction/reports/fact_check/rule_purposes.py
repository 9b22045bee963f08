"""For which purpose is a stated rule said to hold: "may retain mines for training", "may transfer them for the purpose of destruction"?

A purpose is put into the vocabulary, or its words are given back as unreadable: a rule with a purpose is never read as the rule without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TRAINING = "technique_training_or_development"
_WORDS = r"(?P<words>[^,;.]+?)(?=[,;.]|$| (?:outside|inside|within|beyond|except|unless|under|anywhere|by|if|in accordance|as)\b)"
_FOR = re.compile(rf"\b(?:for|in order to) {_WORDS}", re.IGNORECASE)
# "to train" is a purpose, "to the other party" a recipient.
_TO = re.compile(
    rf"^\s*,?\s*(?:(?:solely|only|exclusively) )?to (?!(?:the|any|all|other|another|its|our|their|those|an?)\b){_WORDS}", re.IGNORECASE
)
_AHEAD = re.compile(r"^\W*(?:(?:solely|only) )?(?:for|in order to) (?P<words>[^,;.]+),", re.IGNORECASE)
# "for any purpose" is no limit, and neither is a length of time.
_NO_LIMIT = re.compile(
    r"^(?:(?:any|all|whatever|no matter what)(?: \w+)? (?:purposes?|reasons?|uses?)|the (?:first|last|next|time|moment|foreseeable)\b.*"
    r"|now|ever|good|example|instance|(?:the (?:past|last|next) )?(?:[\w-]+ )?(?:years?|months?|decades?|days?))\b",
    re.IGNORECASE,
)
# Training of what: detection, clearance or destruction techniques, or not said.
_TRAINING_OF_MINE_ACTION = frozenset(
    (
        "the a and or in of for to its their new personnel dogs dog deminers demining mine mines purpose purposes development developing"
        " training train technique techniques detection clearance removal destruction action"
    ).split()
)
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"^[A-Z]")


@dataclass(frozen=True, slots=True)
class Purpose:
    """The purpose as facts of the vocabulary, empty when none is stated; `unreadable` are words that are not in the vocabulary."""

    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: str = ""
    note: str = ""


def purpose_of(rest: str, purposes: Mapping[str, str], prefix: str = "") -> Purpose:
    """The purpose in the words behind the weapon, or at the head of the clause before the act."""
    found = _FOR.search(rest) or _TO.search(rest) or _AHEAD.search(prefix)
    if found is None:
        return Purpose()
    words = found["words"].strip()
    is_recipient = found.re is _TO and _CAPITAL.match(words)
    if is_recipient or _NO_LIMIT.match(words):
        return Purpose()
    named = tuple(name for name, find in purposes.items() if re.search(rf"\b(?:{find})\b", words, re.IGNORECASE))
    if TRAINING in named:
        if not {one.lower() for one in _WORD.findall(words)} <= _TRAINING_OF_MINE_ACTION:
            return Purpose(unreadable=f"'{found.group().strip(' ,')}'")
        note = f"'{words}' is read as training in, or development of, detection, clearance or destruction techniques"
        return Purpose({"purpose": (TRAINING,)}, note=note)
    if not named:
        return Purpose(unreadable=f"'{found.group().strip(' ,')}'")
    where: dict[str, tuple[str, ...]] = {"purpose": named}
    if "defence" in named and re.search(r"\bKorea", words):
        where["context"] = ("korean_peninsula",)
    return Purpose(where)
