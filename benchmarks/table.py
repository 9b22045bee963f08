"""One row of the one table, and how the table is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("what", "measured", "goal", "kept", "how")


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure beside its goal; `goal` is None for a floor or a peer, which is there to compare with.

    `measured` is a text where the answer is none of figures, or where nothing was measured: it then says why. A goal that is not
    measured is not kept. `at_least` turns the goal round: more is better.
    """

    what: str
    measured: float | str
    unit: str
    goal: float | None
    how: str
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        if self.goal is None:
            return True
        if isinstance(self.measured, str):
            return False
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        goal = "" if self.goal is None else f"{'>=' if self.at_least else '<='} {self.goal:g} {self.unit}"
        kept = "" if self.goal is None else ("yes" if self.is_kept else "NO")
        measured = self.measured if isinstance(self.measured, str) else f"{figure(self.measured)} {self.unit}"
        return (self.what, measured, goal, kept, self.how)


def figure(value: float) -> str:
    """As many decimals as say something: 0, 0.0012, 0.012, 1.25, 17.3, 2,041."""
    if not value:
        return "0"
    for bound, decimals in ((0.01, 4), (1, 3), (10, 2), (100, 1)):
        if value < bound:
            return f"{value:.{decimals}f}"
    return f"{value:,.0f}"


def as_text(rows: Iterable[Row]) -> str:
    """The table with aligned columns."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in [lines[0], rule, *lines[1:]]
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """The same table for a page."""
    lines = [HEADER, ("---", "---:", "---:", "---", "---"), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
