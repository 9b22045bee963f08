"""A small reader of the pages under test: the tree of elements, refusing what is not well formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr"})


@dataclass(slots=True)
class Node:
    """An element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list[Node]:
        """Elements below this one, in order; `class_` names one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            one
            for one in self._below()
            if (not tag or one.tag == tag)
            and (not wanted or wanted in one.attributes.get("class", "").split())
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Node:
        (found,) = self.all(tag, **attributes)
        return found

    def text(self, without: str = "") -> str:
        """The text below, without elements of that class."""
        parts = [
            one if isinstance(one, str) else "" if without and without in one.attributes.get("class", "").split() else one.text(without)
            for one in self.children
        ]
        return "".join(parts)

    def _below(self) -> Iterator[Node]:
        for one in self.children:
            if isinstance(one, Node):
                yield one
                yield from one._below()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """The tree of a page in which every element is closed in its turn."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is not closed"
    return reader.root
