"""The declared patterns of claims and words of rules, read once from `patterns.yaml`. A pattern is compiled when it is first needed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mineaction.reports.fact_check.quantities import BOUND, NUMBER

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns.yaml")
_LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a claim is worded. `find` and the others are sources; `Patterns.compiled` makes them expressions."""

    id: str
    kind: str
    topic: str
    check: str
    find: str
    needs: str = ""
    unless: str = ""
    aim: str = ""
    treaty: bool = False
    case: bool = False


@dataclass(slots=True)
class Patterns:
    """Everything in the file. `raw` keeps the tables of words as they are."""

    raw: Mapping[str, Any]
    claims: tuple[Pattern, ...]
    words: dict[str, str]
    _compiled: dict[tuple[str, bool], re.Pattern[str]] = field(default_factory=dict)

    def compiled(self, source: str, *, case: bool = False) -> re.Pattern[str]:
        """The expression of a source, its {words} replaced; whatever the case unless `case`."""
        key = source, case
        if key not in self._compiled:
            self._compiled[key] = re.compile(self.expanded(source), 0 if case else re.IGNORECASE)
        return self._compiled[key]

    def expanded(self, source: str) -> str:
        # Twice: a word may be made of words.
        for _ in range(2):
            for name, words in self.words.items():
                source = source.replace("{" + name + "}", words)
        return source

    def table(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.raw[name]
        return found

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """A table of the file that is a list."""
        found: list[Mapping[str, Any]] = self.raw[name]
        return found

    def either(self, sources: list[str]) -> str:
        """One alternative of several sources, the longer first."""
        return "(?:" + "|".join(sorted(sources, key=len, reverse=True)) + ")"


@cache
def packaged_patterns() -> Patterns:
    """The patterns that come with the package."""
    import yaml

    # The C parser where PyYAML was built with it: the same result, several times faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with open(_FILE, encoding="utf-8") as file:
        raw = yaml.load(file, Loader=loader)
    words = {name: _LINE_BREAK.sub("", text) for name, text in raw["words"].items()}
    made = Patterns(raw, tuple(Pattern(**one) for one in raw["claims"]), words)
    words["number"] = NUMBER
    words["bound"] = BOUND
    words["nouns"] = made.either([one["noun"] for one in raw["acts"].values()])
    words["verbs"] = made.either([one["verb"] for one in raw["acts"].values()])
    words["items"] = (
        "(?:(?:" + "|".join(one["find"] for one in raw["adjectives"]) + ") )*(?:" + "|".join(one["find"] for one in raw["items"]) + ")"
    )
    words["groups"] = "(?:" + "|".join(one for one in raw["groups"].values()) + ")"
    return made
