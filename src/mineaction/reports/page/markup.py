"""How does text become HTML without ever becoming markup? Elements escape every child and attribute that is not itself an element.

Refuses nothing a text may hold: control characters are shown as their pictures. Only http and https addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from mineaction.reports.fact_check_words import as_day, long_day

# Characters that no reader sees and no parser keeps, as pictures: NUL as U+2400 and so on; tab and line ends stay.
_CONTROL_PICTURES = {code: 0x2400 + code for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20))} | {0x7F: 0x2421}
_ADDRESS = re.compile(r"https?://[^\s<>\"'|;\\^`{}]+", re.IGNORECASE)
# Punctuation that ends a sentence, not an address; a bracket only when the address has not opened it.
_AFTER_ADDRESS = ".,:!?"
_VOID = frozenset({"meta", "br", "hr"})


class Markup(str):
    """HTML made by this module, which is not escaped again."""

    __slots__ = ()


Child = str | Iterable["Child"]


def plain(text: str) -> Markup:
    """Text as HTML text."""
    return Markup(escape(text.translate(_CONTROL_PICTURES), quote=True))


def joined(*children: Child) -> Markup:
    """Children one after the other, text escaped."""
    return Markup("".join(_pieces(children)))


def element(tag: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """An element. `class_` is `class`, `aria_label` is `aria-label`; a false or missing attribute is left out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{plain(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{tag}{said}>" if tag in _VOID else f"<{tag}{said}>{joined(*children)}</{tag}>")


def raw(trusted: str) -> Markup:
    """Markup that comes with the program (style sheet, script, pictures), never anything given."""
    return Markup(trusted)


def with_links(text: str) -> Markup:
    """Text in which every http or https address is a link that tells its target nothing about the reader."""
    made: list[Child] = []
    done = 0
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found.group())
        if not _is_web_address(address):
            continue
        made += [text[done : found.start()], element("a", address, href=address, rel="noreferrer")]
        done = found.start() + len(address)
    return joined(*made, text[done:])


def day(iso: object) -> Markup:
    """A day in words, with its ISO form for machines."""
    return element("time", long_day(iso), datetime=str(iso)) if as_day(iso) else plain(str(iso))


def _pieces(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if isinstance(child, str):
            yield child if isinstance(child, Markup) else plain(child)
        else:
            yield from _pieces(child)


def _trimmed(address: str) -> str:
    while address and (address[-1] in _AFTER_ADDRESS or _is_unopened(address)):
        address = address[:-1]
    return address


def _is_unopened(address: str) -> bool:
    """Whether the address ends with a bracket that it has not opened."""
    opening = {")": "(", "]": "["}.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
