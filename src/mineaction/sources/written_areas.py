"""How many square metres does a text such as `1.250,5 m2`, `3,2 ha` or `12 dunum` say, where it can be read one way only?

`1.250 m2` may be one or a thousand: it is refused. A dunum, jerib or feddan has another size in another country: refused. Hectares, square
kilometres and international acres (4,046.8564224 m2) are turned into square metres; what was written is kept by whoever asks.
"""

from __future__ import annotations

import re
from decimal import Decimal

from mineaction.terms.problem import Problem, problem

PLAIN = re.compile(r"\d{1,15}(\.\d+)?")
_WITH_UNIT = re.compile(r"(?P<number>[\d.,'’\s\u00a0\u2009\u202f]*\d)\s*(?P<unit>(?![eE]\d)[^\W\d_].*)?")
_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_GROUP_MARK = re.compile("[.,]")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
_METRES = {
    "m2": "1", "m²": "1", "sqm": "1", "sq m": "1", "sq. m": "1", "sq.m": "1", "sq.m.": "1", "sq. m.": "1", "m^2": "1", "mq": "1",
    "square metres": "1", "square meters": "1", "ha": "10000", "has": "10000", "hectare": "10000", "hectares": "10000",
    "hectárea": "10000", "hectáreas": "10000", "km2": "1000000", "km²": "1000000", "sqkm": "1000000", "sq km": "1000000",
    "acre": "4046.8564224", "acres": "4046.8564224",
}  # fmt: skip
_DIFFER = re.compile(
    r"(dun[ua]ms?|don[uo]ms?|dönüm|dulums?|jeribs?|jirib|feddans?|faddan|mu|rai|bigha|manzana|cuadra|stremma)", re.IGNORECASE
)


def area_written(text: str, place: str) -> tuple[str, list[Problem]]:
    """The square metres as a plain number; the text itself where it is none that is understood."""
    if PLAIN.fullmatch(text):
        return text, []
    whole = _WITH_UNIT.fullmatch(text)
    if whole is None:
        return text, []
    unit = " ".join((whole["unit"] or "m2").casefold().split())
    if _DIFFER.fullmatch(unit):
        return text, [problem("area_unit_differs", place, text, unit=unit)]
    if unit not in _METRES:
        return text, [problem("area_unit_unknown", place, text, unit=unit)]
    number = _number(whole["number"])
    if number is None:
        return text, [problem("area_number_ambiguous", place, text)]
    return format(number * Decimal(_METRES[unit]), "f"), []


def _number(text: str) -> Decimal | None:
    """The number, where only one is meant: of two kinds of mark the last is the decimal one, one mark before three digits may be either."""
    blanks, bare = bool(_BLANKS.search(text)), _BLANKS.sub("", text)
    marks = [one for one in bare if one in ".,"]
    if not marks:
        return Decimal(bare)
    if len(set(marks)) == 1:
        grouped = bool(_GROUPED.fullmatch(bare))
        if len(marks) > 1:
            return Decimal(bare.replace(marks[0], "")) if grouped else None
        if grouped and not blanks:
            return None
        return Decimal(bare.replace(",", "."))
    whole, decimals = bare.rsplit(marks[-1], 1)
    if marks.count(marks[-1]) > 1 or not (_GROUPED.fullmatch(whole) or whole.isdecimal()):
        return None
    return Decimal(f"{_GROUP_MARK.sub('', whole)}.{decimals or '0'}")
