"""What the pages show on a console: each command, the exit code it names, and the lines it is said to print.

In a block fenced as `console`, a line that begins with `$ ` is a command (a trailing backslash continues it), `# exits 3` at its
end names its exit code, and the lines below it, up to the next command, have to be printed in that order; `...` stands for any
lines between. Blocks with another fence (`sh`, `text`) are read by people alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXITS = re.compile(r"\s+# exits (\d+)$")


@dataclass(slots=True)
class Shown:
    """One command of a page, with what the page says of it."""

    command: str
    exit_code: int
    printed: list[str] = field(default_factory=list)


def commands(page: str) -> list[Shown]:
    """Every command of a page, in order."""
    found: list[Shown] = []
    for block in FENCE.findall(page):
        lines = block.replace("\\\n", " ").splitlines()
        assert not lines or lines[0].startswith("$ "), f"a console block begins with a command: {lines[0]}"
        for line in lines:
            if line.startswith("$ "):
                ends = EXITS.search(line)
                found.append(Shown(EXITS.sub("", line[2:]), int(ends[1]) if ends else 0))
            elif line.strip():
                found[-1].printed.append(line)
    return found


def not_printed(shown: Shown, output: str) -> str:
    """The first run of lines of the page that the output lacks; empty when all are there, in order."""
    lines = [line for line in map(_spaced_once, output.splitlines()) if line]
    position = 0
    for run in _runs(shown.printed):
        starts = [at for at in range(position, len(lines)) if lines[at : at + len(run)] == run]
        if not starts:
            return "\n".join(run)
        position = starts[0] + len(run)
    return ""


def _runs(printed: list[str]) -> list[list[str]]:
    """Lines shown one below the other, cut where the page writes `...`."""
    runs: list[list[str]] = [[]]
    for line in map(_spaced_once, printed):
        if line == "...":
            runs.append([])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _spaced_once(line: str) -> str:
    return " ".join(line.split())
