"""What act does somebody ask about? Words, states and places become facts of the vocabulary; what is not said stays unknown.

A word that fits nothing is a problem that names the nearest valid ones. A place whose scope is not certain stays unknown, with its
candidates in the echo: no default is ever taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mineaction.ledger.book import Book
from mineaction.registers.boundaries import load_boundaries
from mineaction.registers.countries import resolve_state
from mineaction.registers.places import Place, locate, read_position
from mineaction.terms.problem import Problem, problem
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE, ACTS_TOWARDS_ANOTHER, FIELDS, SHORT_FORMS, hint

Words = Mapping[str, str | None]
# Fields whose words are states or places, resolved with the packaged countries and boundaries.
_RESOLVED = ("counterparty", "place", "from_place")
# The scope of the country list under the name the field `counterparty` uses for it.
_COUNTERPARTY_SCOPES = {"korean_peninsula": "on_korean_peninsula", "elsewhere": "elsewhere"}


@dataclass(frozen=True, slots=True)
class Activity:
    """The facts that are known, the same for the act that is assisted (None if none was given), and what the answer prints."""

    actor: str
    facts: dict[str, str]
    underlying: dict[str, str] | None
    echo: dict[str, Any]
    place_state: str = ""  # the state on whose territory it happens, where one was named or found
    counterparty_state: str = ""  # the state on the other side, where one was named

    @property
    def state_asked(self) -> str:
        """The state whose acts under a treaty say whether the actor is bound: its own, or for an armed group that of the territory."""
        return self.place_state if self.facts.get("actor_kind") == "armed_group" else self.actor


def read_activity(words: Words, underlying: Words | None, at: str | None, book: Book, problems: list[Problem]) -> Activity:
    """The activity these words describe; every word that fits nothing is added to `problems`."""
    facts, echo = _facts(words, "", book, problems)
    actor = _actor(words.get("actor"), book, problems)
    echo["actor"] = actor or "unknown"
    if at is not None:
        _add_position(at, words, facts, echo, book, problems)
    problems += other_side_problems(facts)
    counterparty_state = _state("counterparty", echo, book)
    if actor and actor == counterparty_state and facts.get("actor_kind", "state") == "state":
        problems.append(problem("other_side_is_actor", "counterparty", actor))
    below = None
    if underlying and any(value is not None for value in underlying.values()):
        below, echo["underlying"] = _facts(underlying, "underlying.", book, problems)
        problems += _underlying_problems(facts, below)
        problems += other_side_problems(below, "underlying.")
    return Activity(actor, facts, below, echo, _state("place", echo, book), counterparty_state)


def other_side_problems(facts: Mapping[str, str], prefix: str = "") -> list[Problem]:
    """A sale or a transfer with nobody on the other side: a movement alone is no transfer of title and control (APMBC 2(4))."""
    if facts.get("act") in ACTS_TOWARDS_ANOTHER and facts.get("counterparty") == "none":
        return [problem("other_side_missing", f"{prefix}counterparty", facts["act"])]
    return []


def _state(name: str, echo: Mapping[str, Any], book: Book) -> str:
    """The state that a field was resolved to; empty if it is a scope, a point outside every state, or unknown."""
    word = str(echo.get(name, ""))
    return word if any(one["iso3"] == word for one in book.facts("country")) else ""


def _facts(words: Words, prefix: str, book: Book, problems: list[Problem]) -> tuple[dict[str, str], dict[str, Any]]:
    facts: dict[str, str] = {}
    echo: dict[str, Any] = {}
    for name, word in words.items():
        if word is None or name == "actor":
            continue
        if name not in FIELDS or name == "underlying":
            problems.append(problem("unknown_word", f"{prefix}{name}", name, field="an activity", nearest=hint(name, FIELDS)))
        elif name in _RESOLVED:
            _add_resolved(name, word, prefix, facts, echo, book, problems)
        else:
            _add_word(name, word, prefix, facts, problems)
    problems += _contradictions(words, prefix)
    for name in FIELDS:
        if name != "underlying" and name not in echo:
            echo[name] = facts.get(name, "unknown")
    return facts, echo


def _contradictions(words: Words, prefix: str) -> Iterator[Problem]:
    """A short form that says one thing about a fact, and the fact given as another."""
    for name, word in words.items():
        for field, said in _short_form(name, word or "").items():
            other = words.get(field)
            if field != name and other is not None and other.strip().casefold().replace("-", "_") not in (said, "unknown"):
                yield problem("facts_contradict", f"{prefix}{field}", other, other=word, field=field, said=said)


def _short_form(name: str, word: str) -> Mapping[str, str]:
    """The facts a short form states; none if the word is no short form."""
    return SHORT_FORMS.get(name, {}).get(word.strip().casefold().replace("_", "-"), {})


def _add_word(name: str, word: str, prefix: str, facts: dict[str, str], problems: list[Problem]) -> None:
    if short := _short_form(name, word):
        facts.update(short)
        return
    value = word.strip().casefold().replace("-", "_")
    if value == "unknown":
        return
    if value not in FIELDS[name].values:
        known = (*FIELDS[name].values, *SHORT_FORMS.get(name, ()))
        problems.append(problem("unknown_word", f"{prefix}{name}", word, field=name, nearest=hint(word, known, name)))
        return
    facts[name] = value


def _add_resolved(
    name: str, word: str, prefix: str, facts: dict[str, str], echo: dict[str, Any], book: Book, problems: list[Problem]
) -> None:
    plain = word.strip().casefold().replace("-", "_")
    if plain in ("unknown", *FIELDS[name].values):
        if plain != "unknown":
            facts[name] = plain
        echo[name] = plain
        return
    _add_place(name, _located(word, f"{prefix}{name}", book, problems), facts, echo)


def _located(word: str, option: str, book: Book, problems: list[Problem]) -> Place:
    found = locate(word, book.facts("country"), lambda: load_boundaries(book.places()), option)
    problems += found.problems
    return found


def _add_place(name: str, found: Place, facts: dict[str, str], echo: dict[str, Any]) -> None:
    echo[name] = found.iso3 or found.name or "unknown"
    echo[f"{name}_scope"] = found.scope or "unknown"
    echo[f"{name}_source"] = found.source
    if found.note:
        echo[f"{name}_note"] = found.note
    if found.scope is None:
        echo[f"{name}_candidates"] = list(found.candidates)
    else:
        facts[name] = _COUNTERPARTY_SCOPES[found.scope] if name == "counterparty" else found.scope


def _add_position(at: str, words: Words, facts: dict[str, str], echo: dict[str, Any], book: Book, problems: list[Problem]) -> None:
    if words.get("place") is not None:
        problems.append(problem("place_given_twice", "at", at))
        return
    echo["at"] = at
    position, found = read_position(at, "at")
    problems += found
    if position is not None:
        _add_place("place", locate(position, book.facts("country"), lambda: load_boundaries(book.places()), "at"), facts, echo)


def _actor(word: str | None, book: Book, problems: list[Problem]) -> str:
    if word is None or word.strip().casefold() == "unknown":
        return ""
    found = resolve_state(word, book.facts("country"), "actor")
    if isinstance(found, Problem):
        problems.append(found)
        return ""
    return found


def _underlying_problems(facts: Mapping[str, str], below: Mapping[str, str]) -> list[Problem]:
    if "act" in facts and facts["act"] not in ACTS_OF_ASSISTANCE:
        return [problem("underlying_without_assist", "underlying", facts["act"])]
    if below.get("act") in ACTS_OF_ASSISTANCE:
        return [problem("underlying_too_deep", "underlying.act", below["act"])]
    return []
