"""Where does a stated rule not apply? Its place or context, its exceptions and its reserve, in the words of the vocabulary.

"outside (of) the context of the Korean Peninsula" limits the context, "outside the Korean Peninsula" the place. A place that is neither
on the peninsula nor the whole world lies elsewhere. Refuses exceptions in words it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mineaction.reports.fact_check.rule_purposes import Purpose, purpose_of
from mineaction.reports.fact_check.states import States
from mineaction.terms.vocabulary import ACTS_OF_ASSISTANCE

KOREA, ELSEWHERE = "korean_peninsula", "elsewhere"
_NAME = r"(?-i:[A-Z][\w.'-]*\w(?: (?:of (?:the )?)?[A-Z][\w.'-]*\w)*)"
_PLACE_NAME = rf"Korean [Pp]eninsula|its (?:own )?territory|{_NAME}"
_PLACE = re.compile(
    r"\b(?P<relation>anywhere(?: else)? (?:other than|except|but)(?: on| in)?|(?:anywhere )?outside(?: of)?|beyond"
    r"|elsewhere than(?: on| in)?|inside(?: of)?|within|throughout|only (?:on|in)|on|in)"
    rf" (?:the )?(?P<context>context of (?:the )?)?(?P<name>{_PLACE_NAME})",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r"outside|beyond|elsewhere|other than|except|but", re.IGNORECASE)
_EXCEPTION = re.compile(
    r",?\s*\b(?:except(?:ing)?|unless|save(?: where| when| for)?|other than|with the (?:sole )?exception of|apart from)\b(?P<words>.*)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r",?\s*\b(?:and|or)\s+(?=(?:for|when|in|on|where)\b)", re.IGNORECASE)
_RESERVE = re.compile(
    r"(?P<negated>not )?(?:(?:that|which) (?:is|are) )?(?P<not>not )?(?:required|needed|necessary|essential)"
    rf" for (?:the )?defen[cs]e of (?:the )?(?P<name>{_PLACE_NAME})",
    re.IGNORECASE,
)
_TO = re.compile(rf"\bto (?:the )?(?P<name>{_NAME})", re.IGNORECASE)
_TRANSFERS = ("export", "transfer", "sell")

Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits a rule, with the words that say so. `only`: the words say that it is so nowhere else."""

    where: Condition = field(default_factory=dict)
    exceptions: tuple[Condition, ...] = ()
    place_words: str = ""
    exception_words: str = ""
    reserve_words: str = ""
    only: bool = False
    unreadable: str = ""
    note: str = ""


def limits_of(prefix: str, rest: str, acts: tuple[str, ...], purposes: Mapping[str, str], states: States) -> Limits:
    """The limits in the words before the act and in those behind it."""
    where: dict[str, tuple[str, ...]] = {}
    exceptions: list[Condition] = []
    unreadable = exception_words = reserve_words = place_words = note = ""
    only = False
    reserve = _RESERVE.search(rest)
    if reserve:
        reserve_words = reserve.group()
        defended = (KOREA,) if _is_korean(reserve["name"], states) else ("other",)
        exceptions.append({"purpose": ("defence",), "context": defended})
        if not (reserve["not"] or reserve["negated"]):
            exceptions, unreadable = [], f"'{reserve_words}'"
        rest = rest[: reserve.start()] + rest[reserve.end() :]
    excepted = _EXCEPTION.search(rest)
    aim = Purpose() if set(acts) & set(ACTS_OF_ASSISTANCE) else purpose_of(rest[: excepted.start()] if excepted else rest, purposes, prefix)
    place = _PLACE.search(rest) if not excepted else _PLACE.search(rest[: excepted.start()])
    if excepted and not (place is None and _PLACE.match(rest[excepted.start() :].lstrip(" ,"))):
        exception_words = excepted.group().strip(" ,")
        read, unknown = _exceptions(excepted["words"], purposes, states)
        exceptions += read
        unreadable = unreadable or unknown
    place = place or _place_before(prefix)
    if place is not None:
        place_words = place.group()
        field_name = "context" if place["context"] else "place"
        only = "only" in place["relation"].lower() or bool(re.search(r"\bonly\s+(?:\w+\s+)?$", prefix))
        where[field_name] = _values(place, field_name, states)
        if only:
            where[field_name] = tuple(one for one in _all_values(field_name) if one not in where[field_name])
        if not _is_named(place["name"], states):
            note = f"'{place['name']}' is read as a place that is not on the Korean Peninsula"
    to = _TO.search(rest)
    if to and set(acts) & set(_TRANSFERS) and _is_named(to["name"], states):
        where["counterparty"] = ("on_korean_peninsula",) if _is_korean(to["name"], states) else ("elsewhere",)
    where |= aim.where
    unreadable = unreadable or aim.unreadable
    note = "; ".join(filter(None, (note, aim.note)))
    return Limits(where, tuple(exceptions), place_words, exception_words, reserve_words, only, unreadable, note)


def _place_before(prefix: str) -> re.Match[str] | None:
    """A place at the head of the clause ("Outside the Korean Peninsula, ..."), never the subject's own adjuncts."""
    return re.match(r"\s*" + _PLACE.pattern + r"(?=,)", prefix, re.IGNORECASE)


def _all_values(field_name: str) -> tuple[str, ...]:
    return (KOREA, ELSEWHERE) if field_name == "place" else (KOREA, "other")


def _values(place: re.Match[str], field_name: str, states: States) -> tuple[str, ...]:
    korea, elsewhere = _all_values(field_name)
    is_outside = bool(_OUTSIDE.search(place["relation"]))
    name = place["name"].lower()
    if "peninsula" in name or name == "korea":
        return (elsewhere,) if is_outside else (korea,)
    if is_outside:
        # Outside one Korean state lies the other, outside another place lies all of the peninsula.
        return korea, elsewhere
    return (korea,) if _is_korean(place["name"], states) else (elsewhere,)


def _is_korean(name: str, states: States) -> bool:
    return "korea" in name.lower() or states.code(name) in states.on_peninsula


def _is_named(name: str, states: States) -> bool:
    return "korea" in name.lower() or bool(states.code(name))


def _exceptions(words: str, purposes: Mapping[str, str], states: States) -> tuple[list[Condition], str]:
    """One condition for each part of the exception; parts in unknown words come back as they are."""
    read: list[Condition] = []
    for part in _PARTS.split(words):
        if not part.strip(" ,."):
            continue
        place = _PLACE.search(part)
        named = tuple(name for name, find in purposes.items() if re.search(rf"\b(?:{find})\b", part, re.IGNORECASE))
        condition: dict[str, tuple[str, ...]] = {}
        if place is not None:
            field_name = "context" if place["context"] else "place"
            condition[field_name] = _values(place, field_name, states)
        elif re.search(r"\bKorea", part):
            condition["place"] = (KOREA,)
        if "defence" in named and re.search(r"\bKorea", part):
            condition = {"context": (KOREA,)}
        if "technique_training_or_development" in named:
            # "training in detection techniques" is training: what it trains for is no purpose of its own.
            named = ("technique_training_or_development",)
        if named:
            condition["purpose"] = named
        if not condition:
            return read, f"'{part.strip(' ,.')}'"
        read.append(condition)
    return read, ""
