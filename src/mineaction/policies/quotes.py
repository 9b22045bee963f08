"""Are these words in that text? White space, quotation marks and dashes are folded; nothing else is.

A quote may leave words out: ` … ` between its parts; the parts must then stand in the text in that order.
"""

from __future__ import annotations

import re

_FOLDS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "⁠": None})
OMISSION = " … "


def folded(text: str) -> str:
    """The text with one space for any white space, and one form for each quotation mark and dash."""
    return re.sub(r"\s+", " ", text.translate(_FOLDS)).strip()


def is_quoted(words: str, folded_text: str) -> bool:
    """Whether every part of `words` stands in the folded text, in order."""
    start = 0
    for part in words.split(OMISSION):
        found = folded_text.find(folded(part), start)
        if found < 0:
            return False
        start = found + len(folded(part))
    return True
