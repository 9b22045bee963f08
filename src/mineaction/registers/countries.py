"""Which state or area does a word mean: a code of ISO 3166 or a name of the packaged list?

Takes ISO3, ISO2 or numeric codes, the two names and other usual ones, whatever the case and accents. Refuses a word
that fits none, or more than one ("Korea", "Congo"), with the nearest ones; it never picks one of several.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mineaction.terms.fact import RecordedFact
from mineaction.terms.limits import NEAREST_WORDS_MAX
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import alike

_CODES = ("iso3", "iso2", "iso_numeric")
_NAMES = ("name", "official_name", "also_called")
# How alike a name must be to be offered: with the same first letter, or with another one.
_LIKE_A_NAME, _SLIP = 0.7, 0.85
# Every code and name of the list, and as many words again that somebody asked about.
_NAMES_KEPT = 2_048
# Apostrophes and dashes as people type them, and as typesetters print them.
_MARKS = {ord(mark): plain for mark, plain in (("\u2019", "'"), ("\u2018", "'"), ("`", "'"), ("-", " "), ("\u2013", " "), (".", " "))}


def resolve_state(text: str, countries: Sequence[RecordedFact], place: str = "state") -> str | Problem:
    """The ISO3 code of the one state or area meant; else a problem at `place` that names the nearest."""
    word = folded_name(text)
    if any(row["iso3"] == text for row in countries):
        return text
    for names in (_CODES, _NAMES):
        found = {row["iso3"] for row in countries for name in names if word and word in _folded_names(row[name])}
        if len(found) == 1:
            return found.pop()
        if found:
            return problem("unknown_state", place, text, nearest=f"It may mean {_listed(row for row in countries if row['iso3'] in found)}")
    near = _listed(_alike(word, countries))
    return problem(
        "unknown_state", place, text, nearest=f"Nearest: {near}" if near else "No name in the list is like it; an armed group is no state"
    )


@lru_cache(maxsize=_NAMES_KEPT)
def folded_name(text: str) -> str:
    """The name without case, accents, points and double spaces, and without a leading "the"."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = plain.translate(_MARKS).casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@lru_cache(maxsize=_NAMES_KEPT)
def _folded_names(cell: str) -> tuple[str, ...]:
    """The names in a cell, which separates them by semicolons."""
    return tuple(folded_name(one) for one in cell.split(";") if one.strip())


def _alike(word: str, countries: Sequence[RecordedFact]) -> list[RecordedFact]:
    """The states whose names hold the whole word; if none does, those spelled most like it."""
    by_name = {one: row for name in _NAMES for row in countries for one in _folded_names(row[name])}
    found = [by_name[name] for name in sorted(by_name) if word and f" {word} " in f" {name} "]
    if not found:
        codes = {row["iso3"].casefold(): row for row in countries}
        found = [codes[code] for code in alike(word, codes)] if len(word) in (2, 3) else []
        # A name that shares little is no hint: Gaza is not Ghana, Hamas not the Bahamas.
        found += [by_name[name] for name in alike(word, by_name, _LIKE_A_NAME) if name[0] == word[0] or _is_a_slip(word, name)]
    return list({row["iso3"]: row for row in found}.values())[:NEAREST_WORDS_MAX]


def _is_a_slip(word: str, name: str) -> bool:
    """Whether the words differ so little that even another first letter is one."""
    return bool(alike(word, [name], _SLIP))


def _listed(countries: Iterable[RecordedFact]) -> str:
    return ", ".join(f"{row['iso3']} ({row['name']})" for row in countries)
