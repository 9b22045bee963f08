"""How is a verdict seen: a picture, a word and a colour together, never a colour alone.

The pictures are drawn once, in `verdicts.svg`, and referred to. Refuses to decide or rank verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mineaction.reports.fact_check_words import VERDICT_WORDS, counted, long_day, verdict_name
from mineaction.reports.page.markup import Markup, element, joined, raw

# In the order of the legend and of every count.
ORDER = tuple(VERDICT_WORDS)


def picture(verdict: str) -> Markup:
    """The picture of a verdict, hidden from those who hear the page: the word stands beside it."""
    name = _known(verdict)
    return raw(f'<svg class="picture {name}" aria-hidden="true"><use href="#verdict-{name}"/></svg>')


def badge(verdict: str, *, is_quiet: bool = False) -> Markup:
    """Picture and word."""
    kind = f"badge {_known(verdict)}{' quiet' if is_quiet else ''}"
    return element("span", picture(verdict), element("span", verdict_name(verdict)), class_=kind)


def spoken(claim: Mapping[str, Any]) -> str:
    """Both verdicts of a claim in one line of words."""
    return ", ".join(f"{verdict_name(one['verdict'])} {when_words(one)}" for one in (claim["as_of"], claim["on"]))


def when_words(answer: Mapping[str, Any]) -> str:
    """`on 21 June 2022`, or that the statement has no date."""
    return f"on {long_day(answer['date'])}" if answer.get("date") else "on its own date, which is not known"


def tally(counts: Mapping[str, int]) -> Markup:
    """How many claims have each verdict, in the order of the legend."""
    named = [one for one in ORDER if counts.get(one)] + [one for one in counts if one not in ORDER and counts[one]]
    items = [element("li", picture(one), " ", element("b", str(counts[one])), f" {verdict_name(one)}", class_=_known(one)) for one in named]
    return element("ul", joined(*items), class_="tally") if items else element("p", counted(0, "claim"))


def _known(verdict: str) -> str:
    return verdict if verdict in VERDICT_WORDS else "unknown"
