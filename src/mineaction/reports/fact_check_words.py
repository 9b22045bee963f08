"""How is an answer of the fact check said in plain words: verdicts, days, figures, what is claimed?

For every door that shows an answer, page or terminal. Words only: no verdict is decided here, and nothing is rounded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_CODE_WORD = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
# From five digits on figures are grouped: fewer may be a year, which nobody writes as 1,993.
_GROUPED_FROM = 10_000
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """The name of a verdict and what it means, for a reader who knows nothing of the program."""

    name: str
    means: str


VERDICT_WORDS: dict[str, VerdictWords] = {
    "true": VerdictWords("true", "The facts or the law as encoded show that it is so on that day."),
    "supported": VerdictWords("supported", "The claimant's own figures agree; no independent rows prove it."),
    "partly_supported": VerdictWords("partly supported", "Part of the claim is borne out, part is not."),
    "false": VerdictWords("false", "The sentence was wrong on its own day, or its figure does not hold on the day asked about."),
    "superseded": VerdictWords("superseded", "It was so; a later act ended or changed it. What governs now stands beside it."),
    "stale": VerdictWords("stale", "An older figure repeated: a newer one was known on that day."),
    "unknown": VerdictWords("unknown", "The facts held cannot decide it; what is missing is named."),
    "not_verifiable": VerdictWords("not verifiable", "No register held here could decide it, or what it depends on is not given."),
}


def verdict_name(verdict: str) -> str:
    """The name of a verdict; one that is not known is shown as it stands."""
    return VERDICT_WORDS[verdict].name if verdict in VERDICT_WORDS else plain_word(verdict)


def plain_word(text: str) -> str:
    """`more_than` as `more than`; text that is not a code word stays as it is."""
    return text.replace("_", " ") if _CODE_WORD.fullmatch(text) else text


def figure(value: int | float) -> str:
    """A number as people read it: 5,090,000,000 and 1993."""
    return f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)


def said(value: object) -> str:
    """Any value of an answer on one line."""
    if value is None:
        return "no value"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, str):
        return plain_word(value)
    if is_nothing(value):
        return "none"
    if isinstance(value, Mapping):
        return "; ".join(f"{plain_word(str(name))}: {said(one)}" for name, one in value.items())
    if isinstance(value, Sequence):
        return ", ".join(f"({said(one)})" if isinstance(one, Mapping) and len(value) > 1 else said(one) for one in value)
    return str(value)


def claimed_words(claimed: Mapping[str, object]) -> str:
    """What is claimed on one line; a bound stands before its figure: `more than 4,200,000,000 USD`."""
    rest = dict(claimed)
    parts = []
    if "bound" in rest and "value" in rest:
        bound, value, unit = said(rest.pop("bound")), said(rest.pop("value")), rest.pop("unit", "")
        parts.append(" ".join(one for one in ("exactly" if bound == "exact" else bound, value, said(unit)) if one))
    parts += [f"{plain_word(name)}: {said(value)}" for name, value in rest.items() if value not in ("", None, [], {}, ())]
    return "; ".join(parts)


def is_nothing(value: object) -> bool:
    """Whether there is nothing to show; zero and `no` are something."""
    return value is None or (isinstance(value, str | Sequence | Mapping) and not value)


def long_day(iso: object) -> str:
    """`2022-06-21` as `21 June 2022`; what is not a day stays as it is."""
    day = as_day(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else str(iso)


def as_day(iso: object) -> dt.date | None:
    """The day in an ISO text."""
    try:
        return dt.date.fromisoformat(iso) if isinstance(iso, str) else None
    except ValueError:
        return None


def counted(count: int, one: str, many: str = "") -> str:
    """`1 claim`, `14 claims`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
