"""How does text stand in columns of a terminal, whatever it holds: wide letters, accents, control characters, a narrow window?

Width is what a terminal shows, not the number of code points. Characters that would steer a terminal or turn the direction of a line
are shown by their number, so that a text under check can do neither.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

Paint = Callable[[str], str]
GAP = "  "
_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me"})
# Control characters, and format characters such as marks of direction.
_STEERING = frozenset({"Cc", "Cf"})
# Marks for line breaks inside words, which neither show nor steer: word joiner, soft hyphen, zero-width no-break space.
_UNSEEN = frozenset("\u2060\u00ad\ufeff")


def harmless(text: str) -> str:
    """The text on one line, without anything a terminal would obey."""
    return "".join(_shown(one) for one in " ".join(text.split()))


def shown_width(text: str) -> int:
    """How many columns the text takes."""
    return sum(_columns(one) for one in text)


def cell_lines(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks, and inside a word only where it is wider than its column."""
    lines, line = [], ""
    for word in harmless(text).split(" "):
        for piece in _pieces(word, width):
            if line and shown_width(line) + 1 + shown_width(piece) > width:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    return [*lines, line] if line or not lines else lines


def table_lines(cells: Sequence[Sequence[str]], widths: Sequence[int], paints: Mapping[int, Paint] | None = None) -> Iterator[str]:
    """Cells of lines beside each other, each row as high as its highest cell; `paints` colours the text of a column, never its blanks."""
    for number in range(max(map(len, cells))):
        texts = [cell[number] if number < len(cell) else "" for cell in cells]
        shown = [_painted(text, column, paints or {}) for column, text in enumerate(texts)]
        filling = [" " * (width - shown_width(text)) for text, width in zip(texts, widths, strict=True)]
        yield GAP.join(map("".join, zip(shown, filling, strict=True))).rstrip()


def _painted(text: str, column: int, paints: Mapping[int, Paint]) -> str:
    return paints[column](text) if text and column in paints else text


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for one in word:
        if piece and shown_width(piece) + _columns(one) > width:
            yield piece
            piece = ""
        piece += one
    yield piece


def _columns(one: str) -> int:
    if unicodedata.category(one) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(one) in _WIDE else 1


def _shown(one: str) -> str:
    if one in _UNSEEN:
        return ""
    return f"\\u{ord(one):04x}" if unicodedata.category(one) in _STEERING else one
