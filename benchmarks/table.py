"""One row of the one table, and how the table is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("what", "measured", "goal", "kept", "how")


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure beside its goal; `goal` is None for a floor or a peer, which is there to compare with."""

    what: str
    measured: float
    unit: str
    goal: float | None
    how: str

    @property
    def is_kept(self) -> bool:
        return self.goal is None or self.measured <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The row as text, figures with three decimals."""
        goal = "" if self.goal is None else f"<= {self.goal:g} {self.unit}"
        kept = "" if self.goal is None else ("yes" if self.is_kept else "NO")
        return (self.what, f"{self.measured:.3f} {self.unit}", goal, kept, self.how)


def as_text(rows: Iterable[Row]) -> str:
    """The table with aligned columns."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in [lines[0], rule, *lines[1:]]
    )
