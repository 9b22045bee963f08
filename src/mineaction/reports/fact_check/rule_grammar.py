"""With which words does a sentence state a rule: acts, weapons, and the words that forbid, permit or oblige?

Made from the tables of `patterns.yaml`; where a rule begins and ends, and what limits it, is read in `rules_text.py` and `rule_limits.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mineaction.reports.fact_check.patterns import Patterns, packaged_patterns

_ANYONE = (
    r"(?:anyone|anybody|any(?: other)? (?:one|states?|party|persons?|actors?|countr(?:y|ies)|body)"
    r"|others|other (?:states|countries|actors|parties))"
)
_DETERMINERS = (
    r"(?:(?:of|any|all|its|their|our|these|such|new|additional|more|the|further|existing|remaining|excess|every|other|own|U\.S\.|US"
    r"|types?|stocks?|stockpiles?|either) )*"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The expressions a rule is read with, made from the words of `patterns.yaml`."""

    patterns: Patterns
    acts: re.Pattern[str]
    nominal: re.Pattern[str]
    modal: re.Pattern[str]
    forms: Mapping[str, re.Pattern[str]]
    items: tuple[tuple[re.Pattern[str], Mapping[str, Any], bool], ...]
    adjectives: tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]


@cache
def grammar() -> Grammar:
    """The grammar of the packaged words, made once."""
    patterns = packaged_patterns()
    acts, modals, governing = patterns.table("acts"), patterns.table("modals"), patterns.table("governing")
    verbs, items = "{verbs}", patterns.words["items"]
    joined = r"(?:\s?,\s?(?:(?:and|or|nor|otherwise|not|to) )*|,? (?:and|or|nor|and/or)(?: otherwise)?(?: not)?(?: to)? )"
    stocks = r"(?: stockpiles?| stocks| and (?:its|their) stockpiles?)?"
    weapon = rf"{_DETERMINERS}(?P<item>(?:{items}){stocks})"
    verb_list = rf"\b(?P<acts>{verbs}(?:{joined}{verbs})*)"
    noun_list = r"(?P<acts>{nouns}(?:(?:\s?,\s?| and | or |,? and (?:the )?|,? or (?:the )?){nouns})*)"
    controls = "|".join(f"(?P<{name}>{words})" for name, words in governing.items())
    modal = "|".join(f"(?P<{name}>{words})" for name, words in modals.items())
    return Grammar(
        patterns,
        patterns.compiled(rf"{verb_list} (?:{weapon}|(?P<who>{_ANYONE}\b)|(?P<them>them)\b)"),
        patterns.compiled(rf"\b(?P<control>{controls}) (?:on )?(?:the |all |any |its |our )*{noun_list} of {weapon}"),
        re.compile(rf"\b(?:{modal})(?=\s|$)", re.IGNORECASE),
        {name: re.compile(rf"(?:{one['verb']}|{one['noun']})", re.IGNORECASE) for name, one in acts.items()},
        tuple((re.compile(one["find"], re.IGNORECASE), one["facts"], bool(one.get("wide"))) for one in patterns.rows("items")),
        tuple((re.compile(rf"(?<![\w-])(?:{one['find']})\b", re.IGNORECASE), one["facts"]) for one in patterns.rows("adjectives")),
    )


def acts_of(words: str, words_of: Grammar) -> tuple[str, ...]:
    """The acts of the vocabulary that a list of act words names."""
    named = []
    for word in re.split(r"[^\w-]+", words.lower()):
        named += [name for name, form in words_of.forms.items() if form.fullmatch(word)]
    return tuple(dict.fromkeys(named))


def facts_of(item: str, words_of: Grammar) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """What the words for a weapon say about it, and whether they are wider than anti-personnel mines."""
    for find, facts, is_wide in words_of.items:
        if find.search(item):
            yield facts, is_wide
            break
    for find, facts in words_of.adjectives:
        if find.search(item):
            yield facts, False
            break


def weapon_acts(acts: str, item: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """A list of act words and the weapon they are about, in the vocabulary: for "the use and transfer of APL"."""
    where: dict[str, tuple[str, ...]] = {}
    for facts, _ in facts_of(item, grammar()):
        where |= {name: tuple(values) for name, values in facts.items()}
    return acts_of(acts, grammar()), where


def is_wide(words: str) -> bool:
    """Whether these words speak of landmines or weapons in general, wider than anti-personnel mines."""
    return any(wide for _, wide in facts_of(words, grammar()))
