"""Which state do these words name? Country names of the facts, the usual short forms, and who "we" are.

Refuses words that name no state: a person, an office or an army is the state only where the caller says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mineaction.registers.countries import folded_name
from mineaction.terms.fact import RecordedFact

# Short forms and adjectives that the list of countries does not hold.
_ALSO = {
    "USA": ("US", "U.S", "U.S.", "USA", "U.S.A.", "America", "American", "United States of America", "Washington"),
    "GBR": ("UK", "U.K.", "Britain", "Great Britain", "British"),
    "RUS": ("Russia", "Russian", "Russian Federation"),
    "UKR": ("Ukrainian",),
    "POL": ("Polish",),
    "FIN": ("Finnish",),
    "EST": ("Estonian",),
    "LVA": ("Latvian",),
    "LTU": ("Lithuanian",),
    "KOR": ("South Korea", "Republic of Korea", "ROK", "South Korean"),
    "PRK": ("North Korea", "DPRK", "Democratic People's Republic of Korea", "North Korean"),
    "TUR": ("Turkey", "Turkish"),
    "CZE": ("Czech Republic", "Czech"),
    "MMR": ("Burma",),
    "CHN": ("Chinese",),
    "CAN": ("Canadian",),
    "NOR": ("Norwegian",),
    "DEU": ("German",),
    "FRA": ("French",),
}
_NAME = re.compile(r"[A-Z][\w.'-]*(?: (?:of |and |the |of the )?[A-Z][\w.'-]*)*")
_POSSESSIVE = re.compile(r"(?:'s?)$")
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|of|to|against|from|with|on|by|unlike|for|outside|inside|within|into|near|between|toward|towards)(?: the)? $", re.IGNORECASE
)
# "in Maputo, Mozambique": a place within a place.
_PLACE_IN_PLACE = re.compile(r"\b(?:in|at|from|near) [A-Z][\w.'-]*, $")
# What may stand before the subject of a clause.
_CLAUSE_HEAD = re.compile(
    r"(?:^|[,;:.\"(]|\b(?:that|and|but|while|because|when|if|as|which|means|declares?|says?|announce[sd]?))\s*(?:(?:the|today|now)\s+)*$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\bwe\b[\w ]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class States:
    """Names of states, folded, with their codes; which of them lie on the Korean Peninsula."""

    codes: dict[str, str]
    on_peninsula: frozenset[str] = frozenset()

    def code(self, words: str) -> str:
        """The ISO3 code of these words; empty when they name no state."""
        return self.codes.get(folded_name(words), "") if words else ""

    def named(self, text: str) -> list[tuple[int, int, str]]:
        """Every state named in the text: where, and which."""
        found = []
        for match in _NAME.finditer(text):
            words, start = match.group(), match.start()
            while words:
                code, length = self._longest(words)
                if code:
                    found.append((start, start + length, code))
                # On behind what was read, or behind the first word.
                step = length if code else len(words.split(" ", 1)[0])
                rest = words[step:].lstrip()
                start += len(words) - len(rest) if rest else 0
                words = rest
        return found

    def _longest(self, words: str) -> tuple[str, int]:
        parts = words.split(" ")
        for count in range(len(parts), 0, -1):
            candidate = " ".join(parts[:count])
            plain = _POSSESSIVE.sub("", candidate)
            code = self.codes.get(folded_name(plain), "")
            if code:
                return code, len(plain)
        return "", 0

    def subject_of(self, text: str) -> str:
        """The state that the clause ending with this text is about: the last that heads a clause and is no mere adjunct.

        Empty when none is named: then it is the speaker.
        """
        subject = ""
        for start, end, code in self.named(text):
            is_adjunct = text[end:].startswith("'") or _AFTER_PREPOSITION.search(text[:start]) or _PLACE_IN_PLACE.search(text[:start])
            if is_adjunct or not _CLAUSE_HEAD.search(text[:start]):
                continue
            subject = code
        # "the United States announced that we will": the speaker, whatever was named before.
        return "" if _SPEAKER.search(text) else subject


def states_from(countries: Sequence[RecordedFact]) -> States:
    """The names of the packaged list and their usual short forms."""
    codes = {folded_name(row[name]): row["iso3"] for row in countries for name in ("official_name", "name")}
    for code, names in _ALSO.items():
        codes.update({folded_name(name): code for name in names})
    return States(codes, frozenset(row["iso3"] for row in countries if row["on_korean_peninsula"] == "1"))
