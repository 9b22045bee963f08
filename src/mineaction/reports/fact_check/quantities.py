"""What does a number in a sentence mean: a value, how it is meant (`more than`, `about`, exactly), and how finely it is printed?

A bound is never an equality. `about` is read by the printed digits: the true value rounds to the number as printed. `nearly` is below the
number and above half of it: how near, is a judgement.
Refuses numbers that are not cardinal (years, ordinals, dates): those are left to the pattern that expects them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from mineaction.registers.fragility import Comparison, compares

BOUND_WORDS: dict[str, tuple[str, ...]] = {
    "more_than": ("more than", "over", "above", "in excess of", "exceeding", "upwards of", "greater than", "exceeds", "surpassing"),
    "at_least": ("at least", "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of"),
    "fewer_than": ("fewer than", "less than", "below", "under"),
    "at_most": ("at most", "no more than", "not more than", "up to", "a maximum of"),
    "almost": ("almost", "nearly", "close to", "just under", "not quite"),
    "about": ("about", "around", "approximately", "approx.", "roughly", "some", "circa", "ca."),
    "exact": ("exactly", "precisely", "all of", "a total of"),
}
# The bounds that compare with the number itself; the others mean a range around it.
_COMPARISONS: dict[str, Comparison] = {
    "more_than": "more_than", "at_least": "at_least", "fewer_than": "fewer_than", "at_most": "at_most", "exact": "exact",
}  # fmt: skip
_BOUND_OF = {word: bound for bound, words in BOUND_WORDS.items() for word in words}
_UNITS = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "k": 1_000,
}

_ONE_WORD = "|".join(sorted((*_UNITS, *_TENS, "hundred", "a hundred", "and"), key=len, reverse=True))
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Number words: "one hundred and sixty", "thirty-five", "a quarter of a million" is not read.
WORDS = rf"(?:{'|'.join((*_UNITS, *_TENS, 'a hundred'))})(?:[ -](?:{_ONE_WORD}|thousand))*"
SCALE = r"(?:\s?(?:thousand|million|billion|bn|mn|[mbk])\b)"
NUMBER = rf"(?:{DIGITS}){SCALE}?|{WORDS}{SCALE}?"
BOUND = "|".join(sorted((re.escape(word) for word in _BOUND_OF), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as worded. `step` is the size of its last printed digit."""

    value: Fraction
    bound: str
    step: Fraction
    # The lower end of "between ... and ...".
    least: Fraction | None = None

    def as_dict(self) -> dict[str, object]:
        ends = {"least": plain(self.least)} if self.least is not None else {}
        return {"bound": self.bound, **ends, "value": plain(self.value)}

    def __str__(self) -> str:
        if self.least is not None:
            return f"between {grouped(self.least)} and {grouped(self.value)}"
        words = "" if self.bound == "exact" else f"{self.bound.replace('_', ' ')} "
        return f"{words}{grouped(self.value)}"

    def holds_for(self, true_value: Fraction | int) -> bool:
        """Whether the wording fits that true value."""
        if self.least is not None:
            return self.least <= true_value <= self.value
        if self.bound == "almost":
            return self.value / 2 < true_value < self.value
        if self.bound not in _COMPARISONS:
            return self.is_rounding_of(true_value)
        return compares((true_value > self.value) - (true_value < self.value), _COMPARISONS[self.bound], 0)

    def is_rounding_of(self, true_value: Fraction | int) -> bool:
        """Whether that value, rounded, is the number as printed."""
        low, high = self._range
        return low <= Fraction(true_value) < high

    @property
    def _range(self) -> tuple[Fraction, Fraction]:
        """The values that round to the number as printed; `almost` means those below it."""
        return self.value - self.step / 2, self.value if self.bound == "almost" else self.value + self.step / 2

    def limits_of_a_count(self) -> tuple[tuple[Comparison, int], ...]:
        """The same for whole numbers: every comparison that must hold."""
        if self.least is not None:
            return ("at_least", math.ceil(self.least)), ("at_most", math.floor(self.value))
        if self.bound == "almost":
            return ("at_least", math.floor(self.value / 2) + 1), ("fewer_than", math.ceil(self.value))
        if self.bound not in _COMPARISONS:
            low, high = self._range
            return ("at_least", math.ceil(low)), ("fewer_than", math.ceil(high))
        rounded = math.ceil if self.bound in ("at_least", "fewer_than") else math.floor
        return ((_COMPARISONS[self.bound], rounded(self.value)),)

    @property
    def reading(self) -> str:
        """What had to be assumed about the wording, if anything."""
        if self.bound == "almost":
            return f"'almost {grouped(self.value)}' is read as below it; how near is near enough is a judgement"
        if self.bound == "about":
            return f"'{self.bound} {grouped(self.value)}' is read as a value that rounds to the number as printed"
        return ""


def quantity(number: str, bound: str | None, scale_of_all: str = "") -> Quantity | None:
    """The quantity in these words; None when they are not a number."""
    text = number.strip().lower().replace(",", "")
    match = re.fullmatch(r"(?P<number>[\d.]+|[a-z -]+?)\s?(?P<scale>thousand|million|billion|bn|mn|m|b|k)?", text)
    if match is None:
        return None
    scale = _SCALES[match["scale"] or scale_of_all] if match["scale"] or scale_of_all else 1
    digits = match["number"].strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        value = Fraction(digits) * scale
        decimals = len(digits.partition(".")[2])
        step = Fraction(scale, 10**decimals) if decimals else _last_digit(int(digits)) * scale
    else:
        worded = _in_words(digits)
        if worded is None:
            return None
        value, step = Fraction(worded) * scale, _last_digit(worded) * scale
    return Quantity(value, _BOUND_OF[" ".join(bound.lower().split())] if bound else "exact", Fraction(step))


def _in_words(text: str) -> int | None:
    total = group = 0
    for word in re.split(r"[ -]+", text):
        if word in _UNITS or word in _TENS:
            group += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            group = (group or 1) * 100
        elif word == "thousand":
            total, group = total + (group or 1) * 1_000, 0
        elif word not in ("and", "a", ""):
            return None
    return total + group


def _last_digit(value: int) -> int:
    """The size of the last digit that is not a trailing zero: 160 -> 10, 250,000 -> 10,000, 17 -> 1."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def printed_step(value: int) -> Fraction:
    """The step of a whole number as stored in the facts."""
    return Fraction(_last_digit(value))


def plain(value: Fraction | int) -> int | float:
    """As JSON has it."""
    number = Fraction(value)
    return int(number) if number.denominator == 1 else float(number)


def grouped(value: Fraction | int) -> str:
    """As people read it: 4,200,000,000."""
    number = plain(value)
    return f"{number:,}"
