"""How the screening of a table looks on a terminal: rows, verdicts by instrument, the first problems; and how far it is meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from mineaction.cli.law_text import ended, wrapped
from mineaction.cli.terminal_cells import harmless

Answer = dict[str, Any]
_PROBLEMS_SHOWN = 10


def show_screening(told: Answer) -> str:
    """The counts, what was read as what, and what could not be read."""
    lines = wrapped(f"{told['rows']} rows: {told['screened']} screened, {told['with_problems']} with problems. Written to {told['out']}")
    for instrument, counts in told["counts"].items():
        lines += ["", instrument, *(f"  {verdict.replace('_', ' '):<16} {count:>12}" for verdict, count in counts.items())]
    return ended([*lines, "", *how_read(told)], told)


def how_read(told: Answer) -> Iterator[str]:
    """What of a table was read as what, and the first problems."""
    yield from wrapped("; ".join(f"{one['field']} = {one.get('column') or repr(one['value'])}" for one in told["mapping"]), "read as: ")
    if told["not_mapped"]:
        yield from wrapped(", ".join(told["not_mapped"]), "columns not used: ")
    if told["on"]:
        yield f"the day of every row: {told['on']} (no column gives it; written as screened_on)"
    for one in told["problems"][:_PROBLEMS_SHOWN]:
        yield from wrapped(f"{one['message']} {one['remedy']} [{one['code']}]", f"{one['place']}: ")
    if told["problem_count"] > _PROBLEMS_SHOWN:
        rest = told["problem_count"] - _PROBLEMS_SHOWN
        yield from wrapped(f"... and {rest} more, in {told['problems_file'] or 'a file, with --problems FILE'}")


def show_mapping(told: Answer) -> str:
    """The mapping itself, or where it was written."""
    if told["written"]:
        return harmless(f"Written to {told['written']}. Check it, fill in what is blank, then: mineaction screen IN OUT --mapping FILE")
    return str(told["mapping"]).rstrip("\n")


@contextmanager
def shown_progress(stream: TextIO, *, is_wanted: bool) -> Iterator[Callable[[int, int | None], None] | None]:
    """A line that says how many rows are done, only where somebody watches a terminal; it is gone at the end."""
    if not is_wanted or not stream.isatty():
        yield None
        return

    def show(done: int, total: int | None) -> None:
        share = f" of {total} ({100 * done // total} %)" if total else ""
        stream.write(f"\r{done} rows{share}\x1b[K")
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
