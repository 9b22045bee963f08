"""Does a sentence state these words, or only suppose, deny, foresee or question them?

"If Poland joined ...", "it is not true that ...", "could have more than 160 parties" and "does not have more than 160 parties" hold the
words of a claim without making it. A claim read out of them would be turned round, so it is left out, and the reason is listed.
Refuses to work out what such a sentence does say.
"""

from __future__ import annotations

import re

from mineaction.reports.fact_check.quantities import BOUND

_SUPPOSED = re.compile(
    r"\b(?:if|whether|suppos(?:e|ing)|assum(?:e|ing)|imagin(?:e|ing)|as though|in case|in the event|provided that|on condition that)\b"
    r"|(?:^|[;:,] )(?:should|were|had) (?=\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:(?:is|was|be|are)(?: \w+)? (?:untrue|false|wrong|incorrect|inaccurate|misleading|mistaken|a myth|a lie)"
    r"|(?:not|never|hardly|isn't|wasn't)(?: \w+)?(?: the)? (?:true|case|correct|right|accurate|so|clear|known|certain)"
    r"|den(?:y|ies|ied|ying)|doubts?|disput(?:e|es|ed)|reject(?:s|ed)? the (?:claim|idea|notion)"
    r"|false(?:ly)? (?:claim\w*|say\w*|said|assert\w*)|wrong(?:ly)? (?:claim\w*|to say|say\w*|said)|unlikely|no evidence)"
    r"(?: to \w+)? that\b"
    r"|\b(?:no one|nobody|never|not) (?:\w+ )?(?:says?|said|claims?|claimed|believes?|thinks?|means?) (?:that )?"
    r"|\b(?:falsely|wrongly) (?:claims?|claimed|says?|said|asserts?)\b",
    re.IGNORECASE,
)
# Directly before the words: nothing but an adverb may stand between.
_FORESEEN = re.compile(
    r"\b(?:would|could|might|may|should|can|must|ought to|will|shall|(?:is|are) (?:going|expected|likely|about|set|due) to|cannot|can't)"
    r"(?: (?:\w+ly|also|soon|one day|still|then|never|not|now))*(?: (?:be|have|become))?\s*$",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:hop|wish|want|expect|plan|intend|aim|seek|try|trie|striv|propos|urg|call|push|work)\w*(?: on| for)? (?:that|to|toward|towards)"
    r"(?: (?:\w+ly|be|have|become))*\s*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|neither|nor|cannot|\w+n't|without|hardly|barely|scarcely|rather than|instead of|far from|short of"
    r"|fail(?:s|ed)? to|stopped|(?:less|fewer|lower) than|no|none of)\b(?! only\b)(?: [\w']+){0,4}\s*$",
    re.IGNORECASE,
)
# A denied verb denies all that follows it in its clause: every figure of "have never provided over ... in over ... countries".
_VERB_DENIED = re.compile(
    r"\b(?:not|never|no longer|cannot|\w+n't)\b(?! only\b)"
    r"(?: (?!(?:and|but) (?:has|have|had|is|are|was|were|will|also|it|we|they|the)\b)[\w'$%./-]+)*\s*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(not|never|no longer|cannot|\w+n't), [^,;:]{1,80}, ", re.IGNORECASE)
_WEAKENED = re.compile(
    r"\b(?:almost|nearly|virtually|practically|hardly|but|not|far from|short of|less than|fewer than)\s*$", re.IGNORECASE
)
_HAS_NEGATION = re.compile(r"\b(?:not|never|no longer|neither|nor|cannot|\w+n't|without)\b", re.IGNORECASE)
_MODAL_AHEAD = re.compile(r"\s*(?:all |both |also |soon )*(?:would|could|might|may|should|can|must|ought|will|shall|if)\b", re.IGNORECASE)
_EXCEPTION_AHEAD = re.compile(r",? (?:except|but|other than|apart from|with the exception|save)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?[\"')]*\s*$")
# Where a negation stops: at the next clause.
_CLAUSE = re.compile(
    r"[;:]|\.(?!\d)|, (?!(?:however|in fact|of course),)|\b(?:but|because|that|which|while|although|though|as)\b", re.IGNORECASE
)
_BOUNDS = re.compile(rf"\b(?:{BOUND})\b|\bnot all\b", re.IGNORECASE)

SUPPOSED = "it is supposed, foreseen or wished for, not stated"
DENIED = "it is denied, and what is denied is not read as a claim"
ASKED = "it is a question"
EXCEPTED = "it has an exception in words that are not read"
# Checks whose pattern reads its own negation.
_READ_THEIR_OWN = ("group_parties", "membership", "aim", "aim_denied", "alignment", "unchanged", "treaty_rule", "rule", "reported_use")
# Checks of what is or was so: a plan or a permission says nothing of it.
_OF_LAW = ("aim", "aim_denied", "alignment", "unchanged", "treaty_rule", "rule")


def not_stated(sentence: str, start: int, end: int, check: str, intro: str = "") -> str:
    """Why the words [start, end) of a folded sentence state no claim of this check; empty when they state one."""
    before, quote = f"{intro} {sentence[:start]}", sentence[start:end]
    if _QUESTION.search(sentence):
        return ASKED
    head = quote.split(" ", maxsplit=1)[0]
    if _SUPPOSED.search(f"{before}{head} ") or (check == "membership" and _SUPPOSED.search(quote)):
        return SUPPOSED
    if _DENIED.search(before):
        return DENIED
    if check in _OF_LAW:
        return ""
    if _FORESEEN.search(before) or _WISHED.search(before) or (check == "group_parties" and _MODAL_AHEAD.match(sentence[end:])):
        return SUPPOSED
    clause = _CLAUSE.split(_ASIDE.sub(r"\1 ", before))[-1]
    if check == "group_parties":
        if _EXCEPTION_AHEAD.match(sentence[end:]):
            return EXCEPTED
        return DENIED if _WEAKENED.search(clause) else ""
    if check in _READ_THEIR_OWN:
        return ""
    is_negated = _NEGATED.search(clause) or _VERB_DENIED.search(clause) or _HAS_NEGATION.search(_BOUNDS.sub("", quote))
    return DENIED if is_negated else ""
