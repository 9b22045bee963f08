"""How answers about land look on a terminal: the table, the balance below it, then what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mineaction.cli.law_text import wrapped
from mineaction.cli.terminal_cells import harmless, shown_width

Answer = dict[str, Any]
_PROBLEMS_SHOWN = 10
_TERMS = ("opening", "identified", "extended", "adjusted", "cancelled", "reduced", "cleared", "remaining")
# What stands beside the balance, in words; shown where it is not nothing.
_BESIDE = {
    "reported_m2": "as the releases reported it",
    "double_counted_m2": "in the accounts of two areas, counted once here",
    "rework_m2": "released before (rework)",
    "told_again_m2": "told again by cumulative reports",
    "outside_hazard_m2": "outside any hazardous area",
    "not_geo_m2": "reported without outline",
    "reclassified_m2": "from suspected to confirmed",
    "undecided_m2": "undecided: the days do not say which came first",
    "not_for_mines_m2": "on areas that may hold mines, for which the release did not search",
    "unapproved_m2": "of what was released, without approval",
    "undated_m2": "released, on a day not known to lie in the period",
    "not_under_control_m2": "of what remains, not under control",
}


def show_area(told: Answer) -> str:
    """The rows, the balance, and what stands beside it."""
    until = f"to {told['to']}" + (f", as known on {told['known_at']}" if told["known_at"] else "")
    basis = "computed from outlines" if told["basis"] == "computed" else "as reported"
    lines = wrapped(f"Land in {told['store']}, {'from ' + told['from'] if told['from'] else 'from the beginning'} {until}; {basis}, m2")
    lines += ["", *(_area_table(told) if told["rows"] else ["No rows: nothing was told of this period."]), ""]
    lines += wrapped(", ".join(f"{name} {_m2(told['totals'][f'{name}_m2'])}" for name in _TERMS), "balance: ")
    lines += [
        line
        for name, words in _BESIDE.items()
        if told["beside"][name]
        for line in wrapped(f"{_m2(told['beside'][name])} {words}", "beside it: ")
    ]
    for one in told["set_aside"]:
        reason = one["reason"].removeprefix("release_").replace("_", " ")
        figures = f"{_m2(one['computed_m2'])} m2 drawn, {_m2(one['reported_m2'])} m2 reported"
        lines += wrapped(f"{_counted(one['releases'], 'release')} set aside ({reason}): {figures}", "beside it: ")
    without = told["without_outline"]
    if without["areas"]:
        lines += wrapped(
            f"{_counted(without['areas'], 'area')} without outline, in no total; {_m2(without['reported_m2'])} m2 reported of them",
            "beside it: ",
        )
    if told["without_figure"] and any(told["without_figure"].values()):
        one = told["without_figure"]
        lines += wrapped(f"{_counted(one['areas'], 'area')} and {_counted(one['releases'], 'release')} report no figure", "beside it: ")
    lines += listed(told["problems"], told["problems_count"])
    return "\n".join(lines)


def listed(problems: Sequence[Answer], count: int) -> Iterator[str]:
    """The first problems; the answer with --json has more."""
    if count:
        yield ""
        yield f"{_counted(count, 'problem')}:"
    for one in problems[:_PROBLEMS_SHOWN]:
        yield from wrapped(f"{one['message']} {one['remedy']} [{one['code']}]", "  ")
    if count > _PROBLEMS_SHOWN:
        yield from wrapped(f"... and {count - _PROBLEMS_SHOWN} more, in the answer with --json")


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> Iterator[str]:
    """Rows below a head; the first `words` columns are words, on the left, the others figures, on the right."""
    cells = [[harmless(cell) for cell in row] for row in (head, *rows)]
    widths = [max(shown_width(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        padded = [" " * (width - shown_width(cell)) for cell, width in zip(row, widths, strict=True)]
        line = [cell + gap if at < words else gap + cell for at, (cell, gap) in enumerate(zip(row, padded, strict=True))]
        yield "  ".join(line).rstrip()


def _area_table(told: Answer) -> Iterator[str]:
    names = [name for name in (*_TERMS, "reclassified") if any(row.get(f"{name}_m2") for row in told["rows"])]
    head = [told["by"], *names, "released", "areas"]
    rows = [
        [str(row[told["by"]]), *(_m2(row[f"{name}_m2"]) for name in names), _m2(row["area_m2"]), str(row["areas"])] for row in told["rows"]
    ]
    yield from columns(head, rows)


def _m2(figure: float) -> str:
    whole = f"{figure:,.2f}"
    return whole.removesuffix(".00") if whole != "-0.00" else "0"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
