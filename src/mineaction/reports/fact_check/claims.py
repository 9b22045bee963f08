"""Which checkable claims does a statement make, and which of its words make none?

Claims are found by declared patterns (`patterns.yaml`), by the reading of rules (`rules_text.py`), and in the date of the front matter.
A sentence that repeats an earlier one adds no claim: its place goes into the note of the first. Words no claim touches are listed,
so that what was not checked is visible; a list item's opening sentence counts as touched when one of its items holds a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mineaction.policies.rule_claims import RuleClaim
from mineaction.reports.fact_check.evidence import Claim
from mineaction.reports.fact_check.folding import fold
from mineaction.reports.fact_check.patterns import Pattern, Patterns, packaged_patterns
from mineaction.reports.fact_check.quantities import quantity
from mineaction.reports.fact_check.rule_grammar import is_wide, weapon_acts
from mineaction.reports.fact_check.rules_text import RuleInText, rules_in
from mineaction.reports.fact_check.statement import Sentence, Statement
from mineaction.reports.fact_check.states import States

NO_CLAIM = "no checkable claim recognised"
REST_OF_SENTENCE = "the rest of a sentence in which another part is checked"
# Fewer words left over in a sentence are joining words ("and", "the statement said"), not an assertion.
_REST_WORDS_MIN = 4
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_SPEAKER = re.compile(r"we|our (?:country|state)", re.IGNORECASE)
_PERMITS = re.compile(r"permit|allow|authori", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def find_claims(statement: Statement, states: States) -> list[Claim]:
    """Every claim of the statement, in the order of their places."""
    patterns = packaged_patterns()
    treaties = _treaties_named(statement, patterns)
    repeats = _repeats(statement)
    again: dict[int, list[Sentence]] = {}
    for number, first in repeats.items():
        if first != number:
            again.setdefault(first, []).append(statement.sentences[number])
    claims: list[Claim] = list(_front_matter_date(statement))
    for number, sentence in enumerate(statement.sentences):
        if repeats[number] == number:
            found = _claims_of(sentence, number, patterns, states, treaties)
            claims += [_with_repeats(claim, again.get(number, [])) for claim in found]
    return sorted(claims, key=lambda one: (one.start, one.end))


def _repeats(statement: Statement) -> dict[int, int]:
    """For each sentence the first one with the same words: itself, when it repeats none."""
    first_of: dict[str, int] = {}
    return {number: first_of.setdefault(_words_of(sentence), number) for number, sentence in enumerate(statement.sentences)}


def _words_of(sentence: Sentence) -> str:
    """What makes two sentences the same: their words and, for a list item, the sentence that opens the list."""
    return f"{sentence.intro.text if sentence.intro else ''}\n{sentence.text}".casefold()


def _treaties_named(statement: Statement, patterns: Patterns) -> list[str]:
    whole = " ".join((statement.title, *(sentence.text for sentence in statement.sentences)))
    return [treaty for treaty, find in patterns.table("treaties").items() if patterns.compiled(find).search(whole)]


def _claims_of(sentence: Sentence, number: int, patterns: Patterns, states: States, treaties: list[str]) -> list[Claim]:
    made: list[Claim] = []
    intro = sentence.intro.text if sentence.intro else ""
    for pattern in patterns.claims:
        for match in _matches(pattern, sentence.text, intro, patterns):
            claim = _claim(pattern, match, sentence, number, patterns, states, treaties)
            # The first pattern of a check that fits a place counts; the others are other wordings of the same claim.
            if claim is not None and not any(one.topic == claim.topic and one.start < claim.end and claim.start < one.end for one in made):
                made.append(claim)
    for rule in rules_in(sentence.text, intro, states):
        start, end = sentence.folded.origin(rule.start, rule.end)
        if not any(one.check in ("treaty_rule", "aim", "alignment") and one.start < end and start < one.end for one in made):
            made.append(_rule_claim(rule, start, end, number))
    return made


def _matches(pattern: Pattern, text: str, intro: str, patterns: Patterns) -> Iterator[re.Match[str]]:
    around = f"{intro} {text}"
    if pattern.needs and not patterns.compiled(pattern.needs).search(around):
        return
    if pattern.unless and patterns.compiled(pattern.unless).search(around):
        return
    yield from patterns.compiled(pattern.find, case=pattern.case).finditer(text)


def _claim(
    pattern: Pattern, match: re.Match[str], sentence: Sentence, number: int, patterns: Patterns, states: States, treaties: list[str]
) -> Claim | None:
    words = {name: text.strip() for name, text in match.groupdict().items() if text and text.strip() and name != "quote"}
    if pattern.aim:
        words["aim"] = pattern.aim
    if pattern.treaty:
        words["treaty_id"] = _treaty_of(words.get("treaty", ""), match.group("quote"), sentence, patterns, treaties)
    if words.get("subject") and not (states.named(words["subject"]) or _SPEAKER.fullmatch(words["subject"])):
        return None
    amount = None
    if words.get("number"):
        amount = quantity(words["number"], words.get("bound"))
        if amount is None:
            return None
    rule = None
    if words.get("acts"):
        acts, where = weapon_acts(words["acts"], words.get("item", ""))
        rule = RuleClaim(acts, "permit" if _PERMITS.match(words.get("verb", "")) else "forbid", where)
    start, end = _trimmed(sentence.text, *match.span("quote"))
    if end <= start:
        return None
    claimed: dict[str, object] = {
        "says": words.get("aim", pattern.id),
        **{name: text for name, text in words.items() if name not in ("number", "bound", "aim")},
    }
    if amount is not None:
        claimed |= amount.as_dict()
    words["sentence"] = sentence.text
    if pattern.aim and is_wide(match.group("quote")):
        words["is_wide"] = "yes"
    intro = sentence.intro.text if sentence.intro else ""
    origin = sentence.folded.origin(start, end)
    actor = (
        states.subject_of(sentence.text[: match.start("quote")])
        or states.subject_of(_head(match.group("quote")))
        or states.subject_of(intro)
    )
    return Claim(pattern.kind, pattern.topic, pattern.check, *origin, claimed, actor, amount, rule, words, "", number)


def _head(quote: str) -> str:
    """The quote up to its verb, where a subject may stand ("Since 1993, the United States has invested ...")."""
    return re.split(r"\b(?:has|have|is|are|will|was|invest|provid|contribut|spen)", quote, maxsplit=1)[0]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:*_":
        start += 1
    while end > start and text[end - 1] in " ,;:*_":
        end -= 1
    return start, end


def _treaty_of(words: str, quote: str, sentence: Sentence, patterns: Patterns, treaties: list[str]) -> str:
    """The id of the treaty meant: named in the claim, in its sentence, or the only one the statement names; empty if unclear."""
    for place in (words, quote, sentence.text):
        named = [treaty for treaty, find in patterns.table("treaties").items() if patterns.compiled(find).search(place)]
        if named:
            return str(named[0])
    return treaties[0] if len(treaties) == 1 else ""


def _rule_claim(rule: RuleInText, start: int, end: int, number: int) -> Claim:
    claimed: dict[str, object] = {
        "acts": list(rule.rule.acts),
        "modality": rule.rule.modality,
        "force": rule.rule.force,
        "where": {name: list(values) for name, values in rule.rule.where.items()},
        "exceptions": [{name: list(values) for name, values in one.items()} for one in rule.rule.exceptions],
    }
    words = {name: text for name, text in rule.words.items() if text} | ({"unreadable": rule.unreadable} if rule.unreadable else {})
    return Claim("rule", f"rule_{rule.group}", "rule", start, end, claimed, rule.actor, None, rule.rule, words, rule.note, number)


def _front_matter_date(statement: Statement) -> Iterator[Claim]:
    """The date in the front matter is a claim of its own: that the document, and the act it announces, are of that day."""
    head = statement.text[: statement.body]
    match = re.search(r"^date:\s*['\"]?(\d{4}-\d{2}-\d{2})", head, re.MULTILINE)
    if match:
        day = match.group(1)
        yield Claim(
            "date",
            "statement_date",
            "statement_date",
            *match.span(1),
            {"date": day},
            "",
            None,
            None,
            {"date": day, "title": statement.title},
        )


def _with_repeats(claim: Claim, repeats: list[Sentence]) -> Claim:
    if not repeats:
        return claim
    places = ", ".join(f"{one.start}-{one.end}" for one in repeats)
    return replace(claim, note="; ".join(filter(None, (claim.note, f"the sentence is repeated at {places}: the same claim"))))


def not_checked(statement: Statement, claims: Sequence[Claim]) -> Iterator[tuple[int, int, str]]:
    """Every place no claim touches, with the reason: whole sentences, and what is left of sentences with a claim."""
    opening = {id(statement.sentences[claim.sentence].intro) for claim in claims if claim.check == "rule" and claim.sentence >= 0}
    repeats = _repeats(statement)
    touched: dict[int, list[tuple[int, int]]] = {}
    for claim in claims:
        touched.setdefault(claim.sentence, []).append((claim.start, claim.end))
    for number, sentence in enumerate(statement.sentences):
        original = repeats[number]
        if original in touched:
            if original == number:
                yield from _rests(statement.text, sentence, sorted(touched[original]))
        elif id(sentence) not in opening:
            first = statement.sentences[original]
            yield sentence.start, sentence.end, NO_CLAIM + (f": it repeats {first.start}-{first.end}" if original != number else "")


def _rests(text: str, sentence: Sentence, touching: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """What is left of a sentence around its claims."""
    begin = sentence.start
    for start, end in (*touching, (sentence.end, sentence.end)):
        if start > begin:
            words = list(_WORD.finditer(text, begin, start))
            if len(words) >= _REST_WORDS_MIN:
                yield words[0].start(), words[-1].end(), REST_OF_SENTENCE
        begin = max(begin, end)


def place_of(text: str, quote: str) -> tuple[int, int] | None:
    """Where these words stand in the text, whatever white space, quotation marks and dashes; None when they do not."""
    whole = fold(text)
    wanted = _SPACE.sub(" ", fold(quote).text).strip()
    at = whole.text.find(wanted) if wanted else -1
    return whole.origin(at, at + len(wanted)) if at >= 0 else None
