"""Which checkable claims does a statement make?

Claims are found by declared patterns (`patterns.yaml`), by the reading of rules (`rules_text.py`), and in the date of the front matter.
A sentence that repeats an earlier one adds no claim: its place goes into the note of the first. Refuses words that are only supposed,
denied or asked (`asserted.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mineaction.policies.rule_claims import RuleClaim
from mineaction.reports.fact_check.asserted import not_stated
from mineaction.reports.fact_check.evidence import Claim
from mineaction.reports.fact_check.folding import fold
from mineaction.reports.fact_check.patterns import Pattern, Patterns, packaged_patterns
from mineaction.reports.fact_check.quantities import quantity
from mineaction.reports.fact_check.rule_grammar import is_wide, weapon_acts
from mineaction.reports.fact_check.rule_purposes import purpose_of
from mineaction.reports.fact_check.rules_text import RuleInText, rules_in
from mineaction.reports.fact_check.statement import Sentence, Statement
from mineaction.reports.fact_check.states import States

_SPEAKER = re.compile(r"we|our (?:country|state)", re.IGNORECASE)
_PERMITS = re.compile(r"permit|allow|authori", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_PARTIES_BEFORE = re.compile(r"\b(?:part(?:y|ies)|members?|join|ratif|acced|adher|belong)\w*\b", re.IGNORECASE)
_NO_VERB_AHEAD = re.compile(r"\s*(?:$|[^\w\s]|(?:and|but|among|included|as well|too|by|in|on|since|to|with|except)\b)", re.IGNORECASE)


def find_claims(statement: Statement, states: States) -> list[Claim]:
    """Every claim of the statement, in the order of their places."""
    patterns = packaged_patterns()
    treaties = _treaties_named(statement, patterns)
    repeats = repeats_of(statement)
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


def repeats_of(statement: Statement) -> dict[int, int]:
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
        for match in matches_of(pattern, sentence.text, intro, patterns):
            if not_stated(sentence.text, *match.span("quote"), pattern.check, intro) or not _is_about_parties(pattern, match):
                continue
            claim = _claim(pattern, match, sentence, number, patterns, states, treaties)
            # The first pattern of a check that fits a place counts; the others are other wordings of the same claim.
            if claim is not None and not any(_is_same(one, claim) for one in made):
                made.append(claim)
    for rule in rules_in(sentence.text, intro, states):
        if not_stated(sentence.text, rule.start, rule.end, "rule", intro):
            continue
        start, end = sentence.folded.origin(rule.start, rule.end)
        if not any(one.check in ("treaty_rule", "aim", "alignment") and one.start < end and start < one.end for one in made):
            made.append(_rule_claim(rule, start, end, number))
    return made


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same place. A state named as an exception of a group is no claim of its own."""
    overlap = one.start < other.end and other.start < one.end
    return overlap and (one.topic == other.topic or {one.check, other.check} == {"group_parties", "membership"})


def _is_about_parties(pattern: Pattern, match: re.Match[str]) -> bool:
    """Whether a group without a verb of its own is named among parties ("160 parties, including all of our allies"), not beside them."""
    if pattern.check != "group_parties" or match["says"]:
        return True
    return bool(_PARTIES_BEFORE.search(match.string[: match.start("how")]) and _NO_VERB_AHEAD.match(match.string[match.end("quote") :]))


def matches_of(pattern: Pattern, text: str, intro: str, patterns: Patterns) -> Iterator[re.Match[str]]:
    """Where the words of a pattern stand in a sentence; `intro` opens its list."""
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
        if amount is None or (not words.get("least") and _is_upper_end(match, patterns)):
            return None
        if words.get("least"):
            least = quantity(words["least"], None)
            if least is None:
                return None
            amount = replace(amount, bound="between", least=least.value)
    rule = None
    if words.get("acts"):
        acts, where = weapon_acts(words["acts"], words.get("item", ""))
        aim = purpose_of(match.string[match.end("item") :], patterns.table("purposes"))
        where |= aim.where
        if aim.unreadable:
            words["unreadable"] = aim.unreadable
        rule = RuleClaim(acts, "permit" if _PERMITS.match(words.get("verb", "")) else "forbid", where)
    start, end = _trimmed(sentence.text, *match.span("quote"))
    if end <= start:
        return None
    claimed: dict[str, object] = {
        "says": words.get("aim", pattern.id),
        **{name: text for name, text in words.items() if name not in ("number", "least", "bound", "aim")},
    }
    if amount is not None:
        claimed |= amount.as_dict()
    words |= {"sentence": sentence.text, "from": str(start), "to": str(end)}
    if pattern.aim and is_wide(match.group("quote")):
        words["is_wide"] = "yes"
    intro = sentence.intro.text if sentence.intro else ""
    origin = sentence.folded.origin(start, end)
    actor = (
        states.subject_of(sentence.text[: match.start("quote")])
        # In the words of a group a state is an exception, not the one who speaks.
        or (states.subject_of(_head(match.group("quote"))) if pattern.check != "group_parties" else "")
        or states.subject_of(intro)
    )
    return Claim(pattern.kind, pattern.topic, pattern.check, *origin, claimed, actor, amount, rule, words, "", number)


def _is_upper_end(match: re.Match[str], patterns: Patterns) -> bool:
    """Whether the number is only the second of a range ("between 90 and 100 countries", "90 to 100")."""
    before = match.string[: match.start("bound") if match.groupdict().get("bound") else match.start("number")]
    return bool(patterns.compiled(r"(?:\bbetween (?:{number}) and|(?:{number}) ?(?:to|or|-)) ?$").search(before))


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


def place_of(text: str, quote: str) -> tuple[int, int] | None:
    """Where these words stand in the text, whatever white space, quotation marks and dashes; None when they do not."""
    whole = fold(text)
    wanted = _SPACE.sub(" ", fold(quote).text).strip()
    at = whole.text.find(wanted) if wanted else -1
    return whole.origin(at, at + len(wanted)) if at >= 0 else None
