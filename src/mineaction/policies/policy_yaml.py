"""What a YAML file written by hand holds: one mapping of texts, lists and true or false, with every line that is wrong.

Refused: what is not UTF-8 text, anchors, aliases, tags and merge keys (a few lines of them can unfold to gigabytes), a key that
stands twice in one place (one of the two would be lost), values too deep within each other. Numbers, dates and the words yes and no
stay the texts they are: nothing is turned into something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

from mineaction.terms.limits import POLICY_FILE_BYTES_MAX, POLICY_FILE_DEPTH_MAX
from mineaction.terms.problem import Problem, problem

Raw = dict[str, Any]

# Control characters apart from tab, line feed and carriage return: YAML has no place for them, and no text has.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
if TYPE_CHECKING:
    from yaml import SafeLoader as _FastestLoader
else:
    _FastestLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is not there on every machine


class _Loader(_FastestLoader):
    """Knows true, false and null; everything else is text."""


_Loader.yaml_implicit_resolvers = {}


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(?:~|null|)$"), ["~", "n", ""])


def parse_yaml(raw: bytes, place: str, kind: str = "a policy file", expected: str = "Write keys and values.") -> tuple[Raw, list[Problem]]:
    """The mapping a YAML file holds, or what is wrong with it; `kind` is what the file should be."""
    if len(raw) > POLICY_FILE_BYTES_MAX:
        return {}, [problem("file_too_large", place, len(raw), limit=POLICY_FILE_BYTES_MAX)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return {}, [problem("file_not_utf8", place, error.start)]
    if found := _CONTROL.search(raw):
        return {}, [problem("file_not_text", place, found.start())]
    try:
        if problems := list(_refused(text, place)):
            return {}, problems
        loaded = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{place}, line {mark.line + 1}" if mark else place
        return {}, [problem("yaml_broken", where, reason=getattr(error, "problem", None) or "it cannot be read")]
    if not isinstance(loaded, dict):
        what = {"NoneType": "nothing", "str": "a text", "list": "a list"}.get(type(loaded).__name__, "a value")
        return {}, [problem("yaml_value_wrong", place, what, field=kind, expected=expected)]
    return loaded, []


def _refused(text: str, place: str) -> Iterator[Problem]:
    """What must not be there, found by reading from event to event, before anything is built in memory."""
    inside: list[_Inside] = [_Inside(is_mapping=False)]
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.CollectionEndEvent):
            inside.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        is_merge = isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]
        if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None) or is_merge:
            yield problem("yaml_alias", f"{place}, line {line}", line)
            return
        if twice := inside[-1].takes(event):
            yield problem("yaml_key_twice", f"{place}, line {line}", twice)
        if isinstance(event, yaml.CollectionStartEvent):
            inside.append(_Inside(is_mapping=isinstance(event, yaml.MappingStartEvent)))
        if len(inside) > POLICY_FILE_DEPTH_MAX:
            yield problem("yaml_too_deep", f"{place}, line {line}", limit=POLICY_FILE_DEPTH_MAX)
            return


class _Inside:
    """A mapping or list whose end has not been read: which keys it had, and whether a key comes next."""

    def __init__(self, *, is_mapping: bool) -> None:
        self.is_mapping = self.is_key_next = is_mapping
        self.keys: set[str] = set()

    def takes(self, event: yaml.NodeEvent) -> str:
        """Go on by one value; the key, if it stood here before."""
        is_key, self.is_key_next = self.is_key_next, self.is_mapping and not self.is_key_next
        if not is_key or not isinstance(event, yaml.ScalarEvent):
            return ""
        is_new = event.value not in self.keys
        self.keys.add(event.value)
        return "" if is_new else str(event.value)
