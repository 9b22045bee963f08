"""Where do two statements of the same act differ in substance? One row a difference, with the words of both and what it changes.

Claims are set side by side topic by topic; aligned rules by their parts, aligned aims and sums by declared aspects, figures by value. Then
come repeated sentences, a place limit that stands before a list, and spellings. Differences that change nothing have the effect `none`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mineaction.reports.fact_check.evidence import Answer, Asked, Claim, Evidence
from mineaction.reports.fact_check.fact_check import answers, claims_of
from mineaction.reports.fact_check.folding import folded
from mineaction.reports.fact_check.issuer import Origin
from mineaction.reports.fact_check.patterns import packaged_patterns
from mineaction.reports.fact_check.rule_differences import Difference, Law, rule_differences, wide_reading
from mineaction.reports.fact_check.statement import Statement
from mineaction.terms.verdict import DISCLAIMER

_NONE = "none"
# The parts of a claim that make it another claim when they differ.
_SUBSTANCE = (
    "value",
    "bound",
    "how",
    "group",
    "group_of",
    "group_named",
    "year",
    "manager",
    "publisher",
    "period",
    "direction",
    "rank",
    "share",
    "treaty_id",
    "extent",
    "outside",
    "date",
    "not",
    "place",
    "says",
)
# Two names of one thing.
_SAME = {"extent": re.compile(r"\b(?:the|of)\b"), "outside": re.compile(r"\bof\b"), "group": re.compile(r"\.")}


@dataclass(frozen=True, slots=True)
class _Side:
    """One statement with its claims and how to ask about them."""

    statement: Statement
    origin: Origin
    claims: Sequence[Claim]
    asked: Asked | None

    def of_topic(self, topic: str) -> list[Claim]:
        return [one for one in self.claims if one.topic == topic]

    def quote(self, claim: Claim) -> str:
        return " ".join(folded(self.statement.text[claim.start : claim.end]).split())

    def answer(self, claim: Claim) -> Answer | None:
        return answers(claim, self.asked)[0] if self.asked is not None else None


def compare_statements(a: tuple[str, bytes, bytes | None], b: tuple[str, bytes, bytes | None], *, evidence: Evidence) -> dict[str, Any]:
    """Two statements, each (name, bytes, bytes of the YAML beside it or None), compared: `{"differences": [...], "a", "b"}`."""
    sides = [_side(name, raw, sidecar, evidence) for name, raw, sidecar in (a, b)]
    found = list(_differences(sides[0], sides[1], evidence))
    return {
        "differences": [one.as_dict() for one in found],
        "a": _about(sides[0]),
        "b": _about(sides[1]),
        "books": [dict(one) for one in evidence.books],
        "disclaimer": DISCLAIMER,
    }


def _side(name: str, raw: bytes, sidecar: bytes | None, evidence: Evidence) -> _Side:
    statement, origin, claims = claims_of(raw, name, sidecar, None, None, evidence)
    asked = Asked(origin.dated, origin.dated, origin.issuer, name, None, evidence, text=statement.text) if origin.dated else None
    return _Side(statement, origin, claims, asked)


def _about(side: _Side) -> dict[str, Any]:
    dated = side.origin.dated.isoformat() if side.origin.dated else None
    return {
        "file": side.statement.name,
        "title": side.statement.title,
        "issuer": side.origin.issuer or None,
        "dated": dated,
        "claims": len(side.claims),
    }


def _differences(a: _Side, b: _Side, evidence: Evidence) -> Iterator[Difference]:
    topics = list(dict.fromkeys(one.topic for one in (*a.claims, *b.claims)))
    for topic in topics:
        in_a, in_b = a.of_topic(topic), b.of_topic(topic)
        for one, other in zip(in_a, in_b, strict=False):
            yield from _aligned(one, other, a, b, evidence)
        for claim in in_a[len(in_b) :]:
            yield Difference(topic, a.quote(claim), _phrase(topic, b), f"claim only in a{_verdict_of(claim, a)}")
        for claim in in_b[len(in_a) :]:
            yield Difference(topic, _phrase(topic, a), b.quote(claim), f"claim only in b{_verdict_of(claim, b)}")
    yield from _scope_before_list(a, b, evidence)
    yield from _repetitions(a, b)
    yield from _spellings(a, b)


def _verdict_of(claim: Claim, side: _Side) -> str:
    answer = side.answer(claim)
    return f" ({answer.verdict})" if answer else ""


def _phrase(topic: str, side: _Side) -> str:
    """Words of a text that come near a claim it does not make."""
    patterns = packaged_patterns()
    source = patterns.table("phrases").get(topic)
    for sentence in side.statement.sentences if source else ():
        found = patterns.compiled(str(source)).search(sentence.text)
        if found:
            return str(found.group("part"))
    return ""


def _aligned(one: Claim, other: Claim, a: _Side, b: _Side, evidence: Evidence) -> Iterator[Difference]:
    if one.check == "rule" and other.check == "rule":
        actor = one.actor or a.origin.issuer
        yield from rule_differences(one, other, a.quote(one), b.quote(other), Law(evidence, actor, _day(a, b)))
        return
    if _substance(one) != _substance(other):
        yield Difference(one.topic, a.quote(one), b.quote(other), _effect(one, other, a, b))
    if bool(one.words.get("is_wide")) != bool(other.words.get("is_wide")):
        sides = ["landmines, wider than the policy" if claim.words.get("is_wide") else "anti-personnel mines" for claim in (one, other)]
        yield Difference(f"{one.topic}: scope word", _weapon(a.quote(one)), _weapon(b.quote(other)), f"scope: {sides[0]} | {sides[1]}")
    patterns = packaged_patterns()
    for aspect, source in patterns.table("aspects").get(one.topic, {}).items():
        parts = []
        for claim in (one, other):
            found = patterns.compiled(source).search(claim.words.get("sentence", ""))
            parts.append(found.group("part").strip(" ,") if found else "")
        if _words(parts[0]) != _words(parts[1]):
            yield Difference(f"{one.topic}: {aspect}", parts[0], parts[1], _NONE)


def _day(a: _Side, b: _Side) -> dt.date | None:
    return a.origin.dated or b.origin.dated


def _substance(claim: Claim) -> dict[str, str]:
    parts = {}
    for name in _SUBSTANCE:
        value = str(claim.claimed.get(name, "")).casefold()
        parts[name] = " ".join((_SAME[name].sub(" ", value) if name in _SAME else value).split())
    if claim.rule is not None:
        parts["rule"] = repr((sorted(claim.rule.acts), claim.rule.modality, sorted(claim.rule.where.items())))
    if claim.quantity is not None or claim.kind == "quantity":
        # How a quantity came to be worded is not its substance.
        parts["says"] = ""
    return parts


def _effect(one: Claim, other: Claim, a: _Side, b: _Side) -> str:
    said = a.answer(one), b.answer(other)
    changed = {
        name: (value, _substance(other).get(name, ""))
        for name, value in _substance(one).items()
        if value != _substance(other).get(name, "")
    }
    words = "; ".join(f"{name}: {mine or 'none'} | {theirs or 'none'}" for name, (mine, theirs) in changed.items() if name != "rule")
    if said[0] is None or said[1] is None:
        return words or _NONE
    if said[0].verdict != said[1].verdict:
        return f"verdict: {said[0].verdict} | {said[1].verdict}"
    return f"{words or 'words'}; verdict {said[0].verdict} in both"


def _weapon(quote: str) -> str:
    found = packaged_patterns().compiled("{items}").search(quote)
    return found.group() if found else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _scope_before_list(a: _Side, b: _Side, evidence: Evidence) -> Iterator[Difference]:
    """A sentence limited to a place right before a list of rules: ground for reading the limit into the whole list."""
    found = [_scope_of_list(side) for side in (a, b)]
    if bool(found[0]) == bool(found[1]):
        return
    with_list = a if found[0] else b
    rules = [one for one in with_list.claims if one.check == "rule"]
    effect = wide_reading(rules, Law(evidence, with_list.origin.issuer or (rules[0].actor if rules else ""), _day(a, b)))
    words = [one or _alignment(side) for one, side in zip(found, (a, b), strict=True)]
    yield Difference("scope sentence before the list", words[0], words[1], effect)


def _scope_of_list(side: _Side) -> str:
    for claim in side.claims:
        if claim.check != "alignment" or not (claim.words.get("outside") or claim.words.get("outside_after")):
            continue
        following = side.statement.sentences[claim.sentence + 1 : claim.sentence + 2]
        opens = [one for one in following if any(other.intro is one for other in side.statement.sentences)]
        if opens:
            return f"{side.quote(claim)} ... {opens[0].text}"
    return ""


def _alignment(side: _Side) -> str:
    return next((side.quote(claim) for claim in side.claims if claim.check == "alignment"), "")


def _repetitions(a: _Side, b: _Side) -> Iterator[Difference]:
    repeated = [_repeated(side) for side in (a, b)]
    if repeated[0] != repeated[1]:
        yield Difference("repetition", "; ".join(repeated[0]), "; ".join(repeated[1]), f"{_NONE}: the same claims")


def _repeated(side: _Side) -> list[str]:
    counts = Counter(sentence.text for sentence in side.statement.sentences)
    return [text for text, count in counts.items() if count > 1]


def _spellings(a: _Side, b: _Side) -> Iterator[Difference]:
    found: Any = packaged_patterns().raw["spellings"]
    for forms in found:
        used = [[form for form in forms if re.search(rf"\b{form}\b", folded(side.statement.text), re.IGNORECASE)] for side in (a, b)]
        if used[0] != used[1]:
            yield Difference("spelling", ", ".join(used[0]), ", ".join(used[1]), _NONE)
