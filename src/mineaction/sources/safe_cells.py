"""How is a cell of a CSV written so that no spreadsheet program takes it for a formula, and read again without a letter changed?

A text that begins with `=`, `+`, `-`, `@` or their wide forms, whatever blanks and control characters stand before, gets an apostrophe in
front: spreadsheet programs show it as text. Plain numbers stay as they are. Reading takes one apostrophe off exactly where writing puts
one, so that what was written comes back as it was, a text that had an apostrophe there too.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"['\s\x00-\x20\u00a0\ufeff]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def as_text(cell: str) -> str:
    """The cell as it is written."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_meant(cell: str) -> str:
    """The cell as it was before it was written."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
