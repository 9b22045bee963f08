"""How a fact check looks on a terminal: claim, verdict on its own date, verdict on the day asked, value; then what was not checked.

Colour only on a terminal and without NO_COLOR, and never alone: every verdict is a word. The table shows, and decides nothing; what does
not fit a cell is in --json and --html, and the table says so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from mineaction.cli.terminal_cells import GAP, Paint, cell_lines, harmless, shown_width, table_lines
from mineaction.reports.fact_check_words import counted, is_nothing, said, verdict_name

Answer = Mapping[str, Any]
# Wider lines are hard to read; narrower windows get blocks instead of columns.
_WIDEST, _NARROWEST_TABLE = 110, 76
_VERDICT_WIDTH, _VALUE_WIDTH_MIN, _ID_WIDTH_MAX = 16, 16, 8
# More lines of a value than a claim has would hide the next claim.
_VALUE_LINES = 4
_CUT = " ..."
# ANSI: bold green, green, yellow, bold red, magenta, yellow, no colour, faint.
_COLOURS = {
    "true": "1;32", "supported": "32", "partly_supported": "33", "false": "1;31",
    "superseded": "35", "stale": "33", "not_verifiable": "2",
}  # fmt: skip


def show_check(told: Answer) -> str:
    """The check as text for the terminal that standard output is, or for a file."""
    return check_text(told, width=window_width(), is_coloured=wants_colour(sys.stdout, os.environ))


def window_width() -> int:
    """The columns of the window; those of a page where there is none."""
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether colour may be written: a terminal that has it, and a reader who has not said no with NO_COLOR."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def check_text(told: Answer, *, width: int, is_coloured: bool = False) -> str:
    """The check as lines of at most `width` columns."""
    claims = told["claims"]
    rows = _table(told, width, is_coloured) if claims and width >= _NARROWEST_TABLE else _blocks(claims, width, is_coloured)
    lines = [*_head(told, width), "", *(rows if claims else ["No checkable claim was found."]), ""]
    lines += cell_lines(_not_checked(told), width)
    for book in told["books"]:
        lines += cell_lines(f"Book: {' '.join(said(value) for value in book.values())}", width)
    return "\n".join([*lines, *cell_lines(str(told["disclaimer"]), width)])


def _head(told: Answer, width: int) -> Iterator[str]:
    yield from cell_lines(str(told.get("title") or told["file"]), width)
    issuer = f"issuer {told.get('issuer') or 'unknown'}{_basis(told.get('issuer_basis'))}"
    dated = f"dated {told['dated']}{_basis(told.get('dated_basis'))}" if told.get("dated") else "no date known"
    known = f"; as known on {told['known_at']}" if told.get("known_at") else ""
    yield from cell_lines(f"{issuer}; {dated}; asked about {told['on']}{known}", width)
    for name, when in (("as_of", told.get("dated") or "own date"), ("on", told["on"])):
        counts = ", ".join(f"{count} {verdict_name(verdict)}" for verdict, count in told["summary"][name].items() if count)
        yield from cell_lines(f"{when}: {counts or counted(0, 'claim')}", width)


def _basis(basis: object) -> str:
    return f" ({said(basis)})" if basis else ""


def _table(told: Answer, width: int, is_coloured: bool) -> Iterator[str]:
    claims = told["claims"]
    id_width = min(max(shown_width(harmless(claim["id"])) for claim in claims), _ID_WIDTH_MAX)
    free = width - id_width - 2 * _VERDICT_WIDTH - 4 * len(GAP)
    value_width = max(free * 3 // 8, _VALUE_WIDTH_MIN)
    widths = [id_width, free - value_width, _VERDICT_WIDTH, _VERDICT_WIDTH, value_width]
    heads = ("id", "claim", told.get("dated") or "own date", told["on"], "value")
    yield from table_lines([cell_lines(str(one), size) for one, size in zip(heads, widths, strict=True)], widths)
    yield "-" * width
    for claim in claims:
        texts = (claim["id"], f'"{claim["quote"]}"', _verdict(claim["as_of"]), _verdict(claim["on"]))
        cells = [cell_lines(text, size) for text, size in zip(texts, widths, strict=False)]
        paints = {2: _paint(claim["as_of"]), 3: _paint(claim["on"])} if is_coloured else {}
        yield from table_lines([*cells, _value_lines(claim, value_width)], widths, paints)


def _blocks(claims: Sequence[Answer], width: int, is_coloured: bool) -> Iterator[str]:
    for claim in claims:
        yield from cell_lines(f'{claim["id"]} "{claim["quote"]}"', width)
        for answer in (claim["as_of"], claim["on"]):
            name = _verdict(answer)
            yield f"  {answer.get('date') or 'own date'}: {_paint(answer)(name) if is_coloured else name}"
        if _value_of(claim):
            yield from (f"  {line}" for line in _value_lines(claim, width - 2))


def _verdict(answer: Answer) -> str:
    return verdict_name(answer["verdict"])


def _paint(answer: Answer) -> Paint:
    colour = _COLOURS.get(answer["verdict"])
    return lambda text: f"\x1b[{colour}m{text}\x1b[0m" if colour else text


def _value_lines(claim: Answer, width: int) -> list[str]:
    lines = cell_lines(_value_of(claim), width)
    if len(lines) <= _VALUE_LINES:
        return lines
    return [*lines[: _VALUE_LINES - 1], lines[_VALUE_LINES - 1][: width - len(_CUT)] + _CUT]


def _value_of(claim: Answer) -> str:
    """The value on both days; once where it is the same, and nothing where there is none."""
    was, now = (("" if is_nothing(answer.get("value")) else said(answer["value"])) for answer in (claim["as_of"], claim["on"]))
    return was if was == now else " -> ".join(one or "none" for one in (was, now))


def _not_checked(told: Answer) -> str:
    count = len(told["not_checked"])
    return f"{counted(count, 'sentence')} or part of one not checked; --json and --html list them, with the evidence of every verdict."


def show_differences(told: Answer) -> str:
    """Where two statements of the same act differ in substance, one row a topic: what each says, and what that changes."""
    width = window_width()
    lines = [line for name in ("a", "b") for line in cell_lines(f"{name}: {_named(told[name])}", width)]
    for row in told["differences"]:
        lines += ["", harmless(str(row["topic"]).replace("_", " "))]
        for name in ("a", "b", "effect"):
            label = f"  {name}: "
            first, *rest = cell_lines(said(row[name]) if not is_nothing(row[name]) else "-", width - len(label))
            lines += [f"{label}{first}", *(f"{' ' * len(label)}{line}" for line in rest)]
    return "\n".join([*lines, "", counted(len(told["differences"]), "difference")])


def _named(statement: Answer) -> str:
    """A statement by its title or file, with who issued it and when."""
    origin = ", ".join(str(one) for one in (statement.get("issuer"), statement.get("dated")) if one)
    return f"{statement.get('title') or statement['file']}{f' ({origin})' if origin else ''}"
