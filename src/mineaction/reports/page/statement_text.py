"""Where in the statement does each claim stand? The text as the file has it, every claim marked in its place and linked to its row.

The text of the made element is the text of the file, character for character. Claims may overlap: a piece shared by several
belongs to the shortest, and each claim carries its sign where it ends. Refuses claims whose quote is not at their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mineaction.reports.page.markup import Child, Markup, element, joined
from mineaction.reports.page.verdicts import picture, spoken

_BLOCK_END = re.compile(r"\n[ \t\u00a0\r]*\n\s*|\n(?=[ \t]*[-*•] )")
_LINE_END = re.compile(r"\n\s*")
# No text wrapped by hand has lines this long: where one is longer, every line end is the end of a paragraph.
_WRAPPED_LINE_CHARACTERS_MAX = 120
_ITEM = re.compile(r"[ \t]*[-*•] ")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """One claim in the text: `row` is the id of its row in the page, `mark` the id of its place in the text."""

    claim: Mapping[str, Any]
    start: int
    end: int
    row: str
    mark: str


def marked_text(text: str, claims: Sequence[Mapping[str, Any]], section: str) -> Markup:
    """The text with its claims; `section` keeps the ids of several statements apart."""
    places = [_place(text, claim, section, number) for number, claim in enumerate(claims)]
    return joined(*(_block(text, start, end, kind, places) for start, end, kind in _blocks(text)))


def row_id(section: str, number: int) -> str:
    """The id of the row of a claim."""
    return f"{section}-claim-{number + 1}"


def mark_id(section: str, number: int) -> str:
    """The id of the place of a claim in the text."""
    return f"{section}-text-{number + 1}"


def _place(text: str, claim: Mapping[str, Any], section: str, number: int) -> Place:
    start, end = int(claim["start"]), int(claim["end"])
    assert 0 <= start < end <= len(text), f"claim {claim['id']} is outside the text"
    assert text[start:end] == claim["quote"], f"the quote of claim {claim['id']} is not at its place"
    return Place(claim, start, end, row_id(section, number), mark_id(section, number))


def _blocks(text: str) -> Iterator[tuple[int, int, str]]:
    """Front matter, paragraphs and list items, which together are the whole text."""
    begin = 0
    front = _FRONT_MATTER.match(text)
    if front:
        yield 0, front.end(), "front"
        begin = front.end()
    is_wrapped = max(map(len, text[begin:].splitlines()), default=0) <= _WRAPPED_LINE_CHARACTERS_MAX
    for found in (_BLOCK_END if is_wrapped else _LINE_END).finditer(text, begin):
        if not text[begin : found.end()].isspace():
            yield begin, found.end(), _kind(text, begin)
            begin = found.end()
    if begin < len(text):
        yield begin, len(text), _kind(text, begin)


def _kind(text: str, start: int) -> str:
    return "item" if _ITEM.match(text, start) else "paragraph"


def _block(text: str, start: int, end: int, kind: str, places: Sequence[Place]) -> Markup:
    here = [one for one in places if one.start < end and one.end > start]
    pieces = joined(*_pieces(text, start, end, here))
    return element("pre" if kind == "front" else "p", pieces, class_=kind, dir="auto")


def _pieces(text: str, start: int, end: int, places: Sequence[Place]) -> Iterator[Child]:
    cuts = sorted({start, end, *(cut for one in places for cut in (one.start, one.end) if start < cut < end)})
    for first, last in pairwise(cuts):
        covering = [one for one in places if one.start <= first and one.end >= last]
        yield from (element("span", id=one.mark) for one in places if one.start == first)
        if not covering:
            yield text[first:last]
            continue
        inner = min(covering, key=lambda one: (one.end - one.start, -one.start))
        ending = [one for one in covering if one.end == last]
        yield _link(inner, element("mark", text[first:last]), _sign(inner) if inner in ending else "", class_="claim-words")
        yield from (_link(one, _sign(one), class_="claim-words outer") for one in ending if one is not inner)


def _link(place: Place, *children: Child, class_: str) -> Markup:
    return element("a", *children, href=f"#{place.row}", class_=class_)


def _sign(place: Place) -> Markup:
    """The sign of a claim where it ends: its id and its two verdicts."""
    claim = place.claim
    pictures = [picture(claim[when]["verdict"]) for when in ("as_of", "on")]
    return element("span", claim["id"], " ", pictures, element("span", f" {spoken(claim)}", class_="heard"), class_="sign")
