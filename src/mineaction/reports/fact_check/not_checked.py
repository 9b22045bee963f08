"""Which words of a statement does no claim touch, and why?

Whole sentences and what is left of sentences with a claim are listed, so that what was not checked is visible; a list item's opening
sentence counts as touched when one of its items holds a rule. Front matter is no sentence and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mineaction.reports.fact_check.asserted import not_stated
from mineaction.reports.fact_check.claims import matches_of, repeats_of
from mineaction.reports.fact_check.evidence import Claim
from mineaction.reports.fact_check.patterns import packaged_patterns
from mineaction.reports.fact_check.rule_grammar import grammar
from mineaction.reports.fact_check.statement import Sentence, Statement
from mineaction.terms.limits import REST_OF_SENTENCE_WORDS_MIN

NO_CLAIM = "no checkable claim recognised"
REST_OF_SENTENCE = "the rest of a sentence in which another part is checked"
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def not_checked(statement: Statement, claims: Sequence[Claim]) -> Iterator[tuple[int, int, str]]:
    """Every place no claim touches, with the reason: whole sentences, and what is left of sentences with a claim."""
    opening = {id(statement.sentences[claim.sentence].intro) for claim in claims if claim.check == "rule" and claim.sentence >= 0}
    repeats = repeats_of(statement)
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
            yield (
                sentence.start,
                sentence.end,
                _why_none(sentence) + (f": it repeats {first.start}-{first.end}" if original != number else ""),
            )


def _why_none(sentence: Sentence) -> str:
    """The reason for a whole sentence: words of a claim that are not stated, or no such words."""
    intro = sentence.intro.text if sentence.intro else ""
    patterns = packaged_patterns()
    for pattern in patterns.claims:
        for match in matches_of(pattern, sentence.text, intro, patterns):
            why = not_stated(sentence.text, *match.span("quote"), pattern.check, intro)
            if why:
                return f"{NO_CLAIM}: {why}"
    act = grammar().acts.search(sentence.text)
    why = not_stated(sentence.text, *act.span(), "rule", intro) if act else ""
    return f"{NO_CLAIM}: {why}" if why else NO_CLAIM


def _rests(text: str, sentence: Sentence, touching: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """What is left of a sentence around its claims."""
    begin = sentence.start
    for start, end in (*touching, (sentence.end, sentence.end)):
        if start > begin:
            words = list(_WORD.finditer(text, begin, start))
            if len(words) >= REST_OF_SENTENCE_WORDS_MIN:
                yield words[0].start(), words[-1].end(), REST_OF_SENTENCE
        begin = max(begin, end)
