"""Where do two wordings of the same rule differ, and what does each difference change?

Exceptions, force, object, reserve, limits and the commas around them are compared one by one. What a difference changes is asked of
the law: each text's own reading is the one under which its rule holds; a verdict that differs between the two readings is named.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mineaction.policies.rule_claims import RuleAnswer, RuleClaim
from mineaction.reports.fact_check.evidence import Claim, Evidence
from mineaction.reports.fact_check.patterns import packaged_patterns
from mineaction.reports.fact_check.rule_limits import KOREA

_NONE = "none"
_SAID = {"holds": "permitted", "fails": "prohibited"}
_ARTICLES = re.compile(r"\b(?:the|a|an|of)\b")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of substance: the words of both texts, and what it changes."""

    topic: str
    a: str
    b: str
    effect: str

    def as_dict(self) -> dict[str, str]:
        return {"topic": self.topic, "a": self.a, "b": self.b, "effect": self.effect}


@dataclass(frozen=True, slots=True)
class Law:
    """How to ask about the two rules: the actor and the day of the act."""

    evidence: Evidence
    actor: str
    day: dt.date | None

    def ask(self, rule: RuleClaim) -> RuleAnswer:
        """The law's answer; without an actor or a day there is none."""
        if not self.actor or self.day is None:
            return RuleAnswer("no_policy")
        return self.evidence.ask_rule(rule, self.actor, self.day, None)


def rule_differences(one: Claim, other: Claim, text_a: str, text_b: str, law: Law) -> Iterator[Difference]:
    """All differences of two rules on the same acts; `text_a` and `text_b` are their quotes, folded."""
    assert one.rule is not None and other.rule is not None, "rule claims have rules"
    topic = one.topic
    if (one.rule.acts, one.rule.modality, dict(one.rule.where)) != (other.rule.acts, other.rule.modality, dict(other.rule.where)):
        yield Difference(f"{topic}: rule", text_a, text_b, _verdicts(one.rule, other.rule, law))
    if one.rule.force != other.rule.force:
        yield Difference(
            f"{topic}: force", one.words.get("verb", ""), other.words.get("verb", ""), f"force: {one.rule.force} | {other.rule.force}"
        )
    yield from _exceptions(one, other, law)
    yield from _objects(one, other)
    yield from _reserves(one, other, law.evidence)
    yield from _commas(one, other, text_a, text_b, law)
    yield from _small_words(one, other)


def _verdicts(one: RuleClaim, other: RuleClaim, law: Law) -> str:
    said = [law.ask(rule).verdict for rule in (one, other)]
    return f"verdict: {said[0]} | {said[1]}" if said[0] != said[1] else f"rule: {_plain(one)} | {_plain(other)}"


def _plain(rule: RuleClaim) -> str:
    where = "; ".join(f"{name} {' or '.join(values)}" for name, values in rule.where.items())
    return f"{rule.modality} {', '.join(rule.acts)}{f' where {where}' if where else ''}"


def _exceptions(one: Claim, other: Claim, law: Law) -> Iterator[Difference]:
    assert one.rule is not None and other.rule is not None
    words = one.words.get("exception", ""), other.words.get("exception", "")
    purposes = _purposes(one.rule), _purposes(other.rule)
    if _sorted(one.rule) != _sorted(other.rule):
        yield Difference(f"{one.topic}: exception", words[0], words[1], _effect_of_purposes(one.rule, other.rule, purposes, law))
    joins = tuple(re.findall(r"(?:,\s*)?\b(?:and|or) (?=for|when)", one_words) for one_words in words)
    if joins[0] != joins[1] and all(joins):
        contested = _contested(one.rule, law) | _contested(other.rule, law)
        named = sorted(name for name in contested if "exception" in name or "necessary" in name)
        effect = f"none by default; readings that turn on it: {', '.join(named)}" if named else _NONE
        yield Difference(f"{one.topic}: joining word", "".join(joins[0]), "".join(joins[1]), effect)


def _purposes(rule: RuleClaim) -> frozenset[str]:
    return frozenset(value for one in rule.exceptions for value in one.get("purpose", ()))


def _sorted(rule: RuleClaim) -> list[list[tuple[str, tuple[str, ...]]]]:
    return sorted([sorted((name, tuple(sorted(values))) for name, values in one.items()) for one in rule.exceptions])


def _effect_of_purposes(one: RuleClaim, other: RuleClaim, purposes: tuple[frozenset[str], frozenset[str]], law: Law) -> str:
    """For each purpose only one text excepts: what the law says under the reading of either."""
    differing = sorted(purposes[0] ^ purposes[1])
    readings = law.ask(one), law.ask(other)
    act = one.acts[-1]
    effects = []
    for purpose in differing:
        probe = law.ask(RuleClaim((act,), "permit", {"purpose": (purpose,)}))
        said = [
            _SAID.get(probe.readings.get(answer.reading, ""), "undetermined") if answer.verdict == "holds" else "" for answer in readings
        ]
        if all(said):
            effects.append(f"verdict: {act} for {purpose} {said[0]} | {said[1]}")
        else:
            sides = ["excepted" if purpose in side else "not excepted" for side in purposes]
            effects.append(f"exception: {act} for {purpose} {sides[0]} | {sides[1]}")
    return "; ".join(effects) or _NONE


def _contested(rule: RuleClaim, law: Law) -> set[str]:
    answer = law.ask(rule)
    return {name for name, said in answer.readings.items() if said != answer.verdict}


def _objects(one: Claim, other: Claim) -> Iterator[Difference]:
    """What is destroyed (used, transferred): the words for the weapon with their determiners, short and long names being one."""
    words = [_without_synonyms(claim.words.get("object", "")) for claim in (one, other)]
    if words[0] != words[1] and one.topic == "rule_destroy":
        sides = [_object_of(side) for side in words]
        yield Difference(f"{one.topic}: object", one.words["object"], other.words["object"], f"object: {sides[0]} | {sides[1]}")


def _without_synonyms(words: str) -> str:
    patterns = packaged_patterns()
    return " ".join(_ARTICLES.sub(" ", patterns.compiled("{apl}").sub("APL", words)).split())


def _object_of(words: str) -> str:
    every = "all " if re.search(r"\ball\b", words) else ""
    if re.search(r"\band (?:their|its) stock", words):
        return f"{every}mines and stockpiles"
    return f"{every}stockpiles" if "stock" in words else f"{every}mines"


def _reserves(one: Claim, other: Claim, evidence: Evidence) -> Iterator[Difference]:
    words = [claim.words.get("reserve", "") for claim in (one, other)]
    if _without_synonyms(words[0]) != _without_synonyms(words[1]):
        covers = [_defended(side, evidence) for side in words]
        yield Difference(f"{one.topic}: reserve", words[0], words[1], f"reserve: {covers[0]} | {covers[1]}")


def _defended(words: str, evidence: Evidence) -> str:
    """Which states a reserve is for: a peninsula is wider than one state on it."""
    if not words:
        return _NONE
    countries = evidence.facts.get("country", ())
    if "peninsula" in words.lower():
        return ", ".join(sorted(row["iso3"] for row in countries if row["on_korean_peninsula"] == "1"))
    return ", ".join(sorted(row["iso3"] for row in countries if row["official_name"] in words or row["name"] in words)) or words


def _commas(one: Claim, other: Claim, text_a: str, text_b: str, law: Law) -> Iterator[Difference]:
    """Whether the words of place or context are set off by commas, and with them limit the whole rule."""
    set_off = []
    for claim, text in ((one, text_a), (other, text_b)):
        place = claim.words.get("place", "")
        found = re.search(r"(,)?\s*" + re.escape(place) + r"\s*(,)?", text) if place else None
        set_off.append(bool(found and found.group(1) and found.group(2)) if found else None)
    if None in set_off or set_off[0] == set_off[1]:
        return
    assert one.rule is not None
    contested = sorted(name for name in _contested(one.rule, law) if "context" in name)
    effect = f"none by default; readings that turn on it: {', '.join(contested)}" if contested else _NONE
    phrases = [_around(claim.words["place"], text) for claim, text in ((one, text_a), (other, text_b))]
    yield Difference(f"{one.topic}: place phrase", phrases[0], phrases[1], effect)


def _around(place: str, text: str) -> str:
    """The phrase of place with the word before and after it, where the commas show."""
    found = re.search(r"\S+\s*" + re.escape(place) + r"\S*(?:\s\S+){0,2}", text)
    return found.group() if found else place


def _small_words(one: Claim, other: Claim) -> Iterator[Difference]:
    """Words left in one rule only, after what was compared above: "any"."""
    left = [_left_over(claim) for claim in (one, other)]
    only = [[word for word in side if word not in left[1 - number]] for number, side in enumerate(left)]
    if any(only) and left[0] and left[1]:
        yield Difference(f"{one.topic}: words", " ".join(only[0]), " ".join(only[1]), _NONE)


def _left_over(claim: Claim) -> Sequence[str]:
    rest = claim.words.get("rest", "")
    for name in ("place", "exception", "reserve"):
        rest = rest.replace(claim.words.get(name, "\0"), " ")
    return re.findall(r"[a-z]+", _ARTICLES.sub(" ", rest.lower()))


def wide_reading(rules: Sequence[Claim], law: Law) -> str:
    """What a place limit before a list would change if it governed the whole list: the readings of each rule inside that place."""
    changed: dict[str, list[str]] = {}
    for claim in rules:
        if claim.rule is None or claim.rule.modality != "forbid" or claim.rule.where:
            continue
        inside: Mapping[str, tuple[str, ...]] = {"place": (KOREA,)}
        answer = law.ask(RuleClaim(claim.rule.acts, "forbid", inside, claim.rule.exceptions))
        for name, said in answer.readings.items():
            if said != answer.verdict and answer.verdict == "holds" and "korea" in name:
                changed.setdefault(name, []).extend(claim.rule.acts)
    told = [f"{name}: {', '.join(acts)} on the Korean Peninsula no longer prohibited throughout" for name, acts in sorted(changed.items())]
    return f"none by default; reading {'; '.join(told)}" if told else _NONE
