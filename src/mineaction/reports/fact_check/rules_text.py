"""Which rules does a sentence state? "The United States will not export APL except when necessary for ..." as a claimed rule.

Reads a subject, the words that forbid, permit or oblige, a list of acts, the weapon, the place or context, and exceptions; a list item is
read behind the sentence that opens its list. Refuses what it cannot put into the vocabulary: an exception in other words makes
the whole rule `unreadable`, which is said, instead of a rule without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mineaction.policies.rule_claims import RuleClaim
from mineaction.reports.fact_check.rule_grammar import Grammar, acts_of, facts_of, grammar
from mineaction.reports.fact_check.rule_limits import Limits, limits_of
from mineaction.reports.fact_check.states import States
from mineaction.terms.limits import MODAL_TO_ACT_WORDS_MAX

# Acts that are done to mines one has; for them "will" states a duty, for the others it states that they may be done.
ACTS_OF_DUTY = ("destroy",)
GROUPS = {
    "develop": "make", "produce": "make", "acquire": "make", "stockpile": "stockpile", "retain": "stockpile",
    "export": "transfer", "transfer": "transfer", "sell": "transfer", "use": "use",
    "assist": "assist", "encourage": "assist", "induce": "assist", "destroy": "destroy",
}  # fmt: skip
# Where the words of one rule end: a new rule of the same sentence begins.
_NEXT_RULE = re.compile(
    r";|,? nor (?=\w)"
    r"|,? (?:and|but|yet)(?: it| they| we| the [\w.]+(?: States| Government)?)? (?=(?:will|shall|may|must|can|undertakes?)\b)",
    re.IGNORECASE,
)
# "the use of mines", "policy concerning use of", "forces' use of": a noun, not an act that is forbidden or permitted here.
_IS_NOUN = re.compile(
    r"(?:\b(?:the|a|an|of|their|its|our|this|that|such|concerning|regarding|on|about|for|in|by|any|all|limit|curtail|curtailing)|'s?) $",
    re.IGNORECASE,
)
_OF = re.compile(r" of\b", re.IGNORECASE)
_VERB_AHEAD = re.compile(r"\b(?:not|nor|never|to|will|shall|may|must|can|or)(?: otherwise)? $", re.IGNORECASE)
_EFFORT = re.compile(
    r"\b(?:seek|endeavou?r|try|strive|aim|work|attempt|(?:make|undertake) (?:every |all |best |diligent )*efforts?)(?: toward)? to\b",
    re.IGNORECASE,
)
_LAW_SPEAKS = re.compile(r"\b(?:treaty|convention|agreement|protocol|law|statute|moratorium)\b[^,;]{0,40}$", re.IGNORECASE)
# "seeking a ban on": the ban is a noun.
_A_BAN = re.compile(r"\b(?:a|an|the|any|this|such|total|complete|global|worldwide|unilateral|permanent) $", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:steps?|efforts?|aims?|goals?|calls?|order|ways?|help(?:ed|s)?|taken) to $", re.IGNORECASE)
_ACTS_ASSISTED = re.compile(
    r"\bto (?:\w+, )*(?:use|stockpile|produce|transfer|develop|acquire|retain)\b"
    r"|\b(?:in|with) the (?:use|stockpiling|production|transfer)\b",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(r"(?<!U\.S\.), (?=\S)|\bthat (?=\S)|\bwhich (?=\S)|\bdeclaring (?=\S)", re.IGNORECASE)
# "would", "could": what may come to be, no rule.
_WEAK_MODAL = re.compile(r"\b(?:would|could|might|should|ought)\b", re.IGNORECASE)
# A rule under a condition of other words is not the rule without it.
_CONDITION = re.compile(r"\b(?:if|provided|as long as|so long as|on condition|until|when(?!ever))\b[^,;]*", re.IGNORECASE)
_QUESTION = re.compile(r"\?[\"')]*$")
# Before "undertake to", "seek to": the undertaking itself is denied.
_DENIED_UNDERTAKING = re.compile(
    r"\b(?:not|never|no longer|nor|neither|without|n't|(?:refus|declin)\w+ to|no (?:intention|plans?) to)(?: (?!(?:and|but)\b)\w+){0,3}\s*$"
    r"|n't(?: (?!(?:and|but)\b)\w+){0,3}\s*$",
    re.IGNORECASE,
)
# A day, a year or a period that limits a rule in time.
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = rf"(?:{_MONTH}(?: \d{{1,2}},?)? |\d{{1,2}} {_MONTH} )?(?:19|20)\d{{2}}"
_CLAUSE_OF_RULE = re.compile(r"\b(?:that|which)\b", re.IGNORECASE)
_TIME_LIMIT = re.compile(
    r"\b(?:(?:by|from|until|till|before|after|starting|beginning|effective|since|through|during|in|as of|as from|(?:no|not) later than)"
    r"(?: (?:in|on|from|with))?(?: the)?"
    r"(?: (?:end|beginning|start|middle|year|fiscal year|first half|second half|turn)(?: of)?)?(?: the)? )"
    rf"{_YEAR}\b"
    r"|\b(?:within|for|over|in) (?:the next |another )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a few|several)"
    r" (?:days|weeks|months|years|decades)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RuleInText:
    """A claimed rule with its place in the folded sentence. `words` are the parts two statements are compared by."""

    start: int
    end: int
    rule: RuleClaim
    group: str
    actor: str
    words: Mapping[str, str]
    unreadable: str = ""
    note: str = ""


def rules_in(sentence: str, intro: str, states: States) -> Iterator[RuleInText]:
    """The rules a folded sentence states, in its order; `intro` is the sentence that opens its list, or empty."""
    if _QUESTION.search(sentence):
        return
    words = grammar()
    opened = f"{intro.rstrip(' :*_')} " if intro else ""
    whole = opened + (sentence[:1].lower() + sentence[1:] if opened else sentence)
    found = sorted((*words.acts.finditer(whole), *words.nominal.finditer(whole)), key=lambda one: one.start())
    before = len(opened)
    previous: tuple[str, str] = ("", "duty")
    actor = states.subject_of(opened) if opened else ""
    for match in found:
        if match.start() < before:
            continue
        prefix = whole[before : match.start()]
        spoken = _modality((opened if before == len(opened) else "") + prefix, previous, match, words)
        stop = _end_of_rule(whole, match.end())
        if spoken is None:
            continue
        actor = states.subject_of(_until_modal(prefix, words)) or actor
        made = _rule(whole, before, match, stop, spoken, actor, words, states)
        dated = _TIME_LIMIT.search(_CLAUSE_OF_RULE.split(opened)[-1])
        if dated and not made.unreadable:
            made = replace(made, unreadable=f"'{dated.group()}'")
        previous, before = spoken, stop
        shift = len(opened)
        yield replace(made, start=max(made.start - shift, 0), end=made.end - shift)


def _until_modal(prefix: str, words: Grammar) -> str:
    first = words.modal.search(prefix)
    return prefix[: first.start()] if first else prefix


def _end_of_rule(whole: str, position: int) -> int:
    following = _NEXT_RULE.search(whole, position)
    end = following.start() if following else len(whole)
    while end > position and whole[end - 1] in " .;:,!\"'”’)":
        end -= 1
    return end


def _modality(prefix: str, previous: tuple[str, str], match: re.Match[str], words: Grammar) -> tuple[str, str] | None:
    """(modality, force) of the words before an act; None when they state no rule ("the use of mines harms ...")."""
    modals = list(words.modal.finditer(prefix))
    groups = match.groupdict()
    if groups.get("control"):
        return _governed(prefix, modals, is_forbidden=bool(groups.get("forbid")))
    if _IS_NOUN.search(prefix) or (
        _OF.match(match.string, match.end("acts")) and not _VERB_AHEAD.search(prefix) and " " not in match["acts"]
    ):
        return None
    if groups.get("them") and not previous[0]:
        return None
    tail = prefix[modals[-1].end() :] if modals else prefix
    if _WEAK_MODAL.search(tail):
        return None
    if modals and len(tail.split()) > MODAL_TO_ACT_WORDS_MAX and not re.search(r"(?:,|\b(?:and|or|nor|not|to)) $", tail):
        return None
    if not modals:
        if not previous[0]:
            return None
        if re.search(r"\bnor\s+(?:to )?$", prefix):
            return "forbid", "duty"
        return previous if re.search(r"^\s*(?:(?:and|or|,|;)\s*)+(?:to )?$", prefix) else None
    kind = modals[-1].lastgroup or ""
    is_negated = bool(re.search(r"\b(?:not|never|nor)\b", tail, re.IGNORECASE))
    is_duty = set(acts_of(match["acts"], words)) <= set(ACTS_OF_DUTY)
    if kind in ("oblige", "effort") and _DENIED_UNDERTAKING.search(prefix[: modals[-1].start()]):
        # No duty to use mines is not a duty not to; no duty to destroy is the opposite of one.
        return ("forbid", "duty") if is_duty or kind == "effort" else None
    if kind == "effort" or (_EFFORT.search(tail) and kind in ("affirm", "oblige")):
        return ("forbid", "duty") if is_negated else ("oblige", "best_effort")
    return _read_modal(kind, is_negated=is_negated, is_duty=is_duty)


def _governed(prefix: str, modals: list[re.Match[str]], *, is_forbidden: bool) -> tuple[str, str] | None:
    """A list of nouns: "will prohibit", "has authorized". What a treaty prohibits, and an infinitive of purpose, is no rule of policy."""
    if _LAW_SPEAKS.search(prefix) or _A_BAN.search(prefix) or (re.search(r"\bto $", prefix) and not modals) or _PURPOSE.search(prefix):
        return None
    if (modals and modals[-1].lastgroup == "forbid") or re.search(r"\b(?:not|never) $", prefix):
        is_forbidden = not is_forbidden
    return ("forbid" if is_forbidden else "permit"), "duty"


def _read_modal(kind: str, *, is_negated: bool, is_duty: bool) -> tuple[str, str]:
    if kind == "forbid":
        return ("forbid", "duty")
    if is_negated:
        return "forbid", "duty"
    if kind == "permit":
        return "permit", "duty"
    # "will destroy" and "undertakes to destroy" state a duty; "will use" states that it may be used.
    return ("oblige", "duty") if is_duty else ("permit", "duty")


def _rule(
    whole: str, before: int, match: re.Match[str], stop: int, spoken: tuple[str, str], actor: str, words: Grammar, states: States
) -> RuleInText:
    acts = acts_of(match["acts"], words)
    item = match.groupdict().get("item") or ""
    rest = whole[match.end() : stop]
    limits = limits_of(whole[before : match.start()], rest, acts, words.patterns.table("purposes"), states)
    where: dict[str, tuple[str, ...]] = {}
    wide = False
    for facts in facts_of(item, words):
        where |= {name: tuple(values) for name, values in facts[0].items()}
        wide = wide or facts[1]
    if match.groupdict().get("who"):
        where["underlying"] = ("prohibited",)
    modality, force = spoken
    if limits.only and modality == "permit":
        modality = "forbid"
    rule = RuleClaim(acts, modality, where | dict(limits.where), limits.exceptions, force)
    start = _start_of(whole, before, match.start(), words)
    parts = {
        "acts": match["acts"],
        "item": item,
        "object": whole[match.end("acts") : match.end("item")].strip() if item else "",
        "verb": whole[start : match.end("acts")].strip(" ,"),
        "place": limits.place_words,
        "exception": limits.exception_words,
        "reserve": limits.reserve_words,
        "rest": rest.strip(),
        "wide": "yes" if wide else "",
    }
    return RuleInText(
        start, stop, rule, _group_of(acts), actor, parts, _unreadable(limits, match, whole[before : match.start()], rest), limits.note
    )


def _unreadable(limits: Limits, match: re.Match[str], prefix: str, rest: str) -> str:
    is_named = re.search(r"\bprohibit|\bbanned\b|\bforbidden\b|\boutlawed\b", rest) or _ACTS_ASSISTED.search(rest)
    if match.groupdict().get("who") and not is_named:
        return "which act is assisted"
    condition = None if limits.exception_words else _CONDITION.search(rest)
    limit = condition or _TIME_LIMIT.search(rest) or _TIME_LIMIT.search(_CLAUSE_OF_RULE.split(prefix)[-1])
    return limits.unreadable or (f"'{limit.group().strip()}'" if limit else "")


def _start_of(whole: str, before: int, acts: int, words: Grammar) -> int:
    """Where the words of the rule begin: with the subject of its clause, with "nor", or with the list item."""
    modals = list(words.modal.finditer(whole, before, acts))
    start = before
    for cut in _CLAUSE_START.finditer(whole, before, modals[-1].start() if modals else acts):
        start = cut.end()
    while start < acts and whole[start] in " ,;.:\"'*_-":
        start += 1
    joining = re.match(r"(?:and|but|yet|or)\s+(?=\w)", whole[start:acts], re.IGNORECASE)
    return start + joining.end() if joining else start


def _group_of(acts: tuple[str, ...]) -> str:
    return next((GROUPS[act] for act in acts if act in GROUPS), "")
