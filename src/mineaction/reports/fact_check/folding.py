"""The same words however they are typed: white space, quotation marks and dashes folded, with a way back to the text as it stands.

Matching happens on the folded text; every place found is turned back into code-point offsets of the decoded file, so that
a quote is always `text[start:end]`. Letters are never changed in case, and nothing but invisible characters is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
}
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
# Soft hyphen, zero-width characters, word joiner, byte-order mark and marks of direction: seen by no reader.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# A run of white space, of which a plain single space is left alone, or one character that is not plain ASCII.
_SPECIAL = re.compile(rf"[\s{_INVISIBLE}]{{2,}}|[\t\n\x0b\x0c\r\x1c-\x1f]|[^\x00-\x7f]|`")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. Piece i of it begins at `at[i]` and stands for original characters from `begin[i]`; a piece of one folded
    character may stand for several original ones, a piece of plain text for itself."""

    text: str
    at: tuple[int, ...]
    begin: tuple[int, ...]
    end: tuple[int, ...]
    is_plain: tuple[bool, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original place of the folded place [start, end), which is not empty."""
        assert 0 <= start < end <= len(self.text), "an empty or outside place has no origin"
        first, last = self._piece(start), self._piece(end - 1)
        begin = self.begin[first] + (start - self.at[first] if self.is_plain[first] else 0)
        stop = self.begin[last] + (end - self.at[last]) if self.is_plain[last] else self.end[last]
        return begin, stop

    def _piece(self, position: int) -> int:
        return bisect_right(self.at, position) - 1


def fold(text: str, offset: int = 0) -> Folded:
    """The text folded; origins are counted from `offset`, where the text begins in its file."""
    made: list[str] = []
    at: list[int] = []
    begin: list[int] = []
    end: list[int] = []
    plain: list[bool] = []
    length = done = 0

    def add(piece: str, first: int, last: int, *, is_plain: bool) -> None:
        nonlocal length
        if piece:
            made.append(piece)
            at.append(length)
            begin.append(offset + first)
            end.append(offset + last)
            plain.append(is_plain)
            length += len(piece)

    for found in _SPECIAL.finditer(text):
        add(text[done : found.start()], done, found.start(), is_plain=True)
        add(_folded(found.group()), found.start(), found.end(), is_plain=False)
        done = found.end()
    add(text[done:], done, len(text), is_plain=True)
    return Folded("".join(made), tuple(at), tuple(begin), tuple(end), tuple(plain))


def folded(text: str) -> str:
    """The folded text alone, for comparing words."""
    return fold(text).text


def _folded(run: str) -> str:
    if any(one.isspace() for one in run):
        return " "
    if len(run) > 1 or run in _INVISIBLE:
        return ""
    if run in _QUOTES or run in _DASHES:
        return _QUOTES.get(run) or _DASHES[run]
    # Full-width digits, ligatures and the like; a letter with an accent stays one letter.
    return unicodedata.normalize("NFKC", run)
