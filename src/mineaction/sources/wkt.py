"""Which outline does a well-known text say: POLYGON or MULTIPOLYGON, longitude before latitude, WGS 84?

Refuses another kind of geometry, heights, and an SRID other than 4326; mends nothing.
"""

from __future__ import annotations

import re

from mineaction.terms.outline import canonical_outline
from mineaction.terms.problem import Problem, ProblemError, problem

_WHOLE = re.compile(
    r"\s*(?:SRID\s*=\s*(?P<srid>\d+)\s*;)?\s*(?P<kind>[A-Z]+)\s*(?P<more>ZM|Z|M)?\s*(?P<body>\(.*\)|EMPTY)\s*", re.IGNORECASE | re.DOTALL
)
# Nothing is tried twice: a text that fails does so in one pass.
_NUMBER = r"[-+]?+(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?+\d++)?+"
_POSITION = rf"\s*+{_NUMBER}\s++{_NUMBER}\s*+"
_ONE_POSITION, _POSITIONS = re.compile(_POSITION), re.compile(rf"{_POSITION}(?:,{_POSITION})*+")
_BRACKET = re.compile(r"[()]")
_KINDS_WITHOUT_AREA = frozenset(("POINT", "MULTIPOINT", "LINESTRING", "MULTILINESTRING"))
_WGS84 = "4326"
# How much of a text that is not understood is shown.
_SHOWN = 60

Rings = list[list[tuple[float, float]]]


def outline_from_wkt(text: str, place: str) -> tuple[bytes, list[Problem]]:
    """The canonical outline of the text, or why there is none."""
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        return b"", [problem("outline_broken", place, _short(text))]
    kind, body = whole["kind"].upper(), whole["body"]
    if (whole["srid"] or _WGS84) != _WGS84:
        return b"", [problem("coordinates_not_wgs84", place, f"EPSG:{whole['srid']}")]
    if kind in _KINDS_WITHOUT_AREA:
        return b"", [problem("outline_kind_wrong", place, kind)]
    if whole["more"]:
        return b"", [problem("outline_three_numbers", place, f"{kind} {whole['more']}")]
    if kind not in ("POLYGON", "MULTIPOLYGON") or not body.startswith("("):
        return b"", [problem("outline_broken", place, _short(text))]
    try:
        polygons = [_rings(body[1:-1], place)] if kind == "POLYGON" else [_rings(one, place) for one in _parts(body[1:-1], place)]
    except ProblemError as error:
        return b"", list(error.problems)
    return canonical_outline(polygons, place)


def _rings(text: str, place: str) -> Rings:
    return [_positions(ring, place) for ring in _parts(text, place)]


def _parts(text: str, place: str) -> list[str]:
    """What stands in each of the outer brackets, with one comma between two of them and nothing else."""
    found: list[str] = []
    depth = begins = ended = 0
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            if depth == 0:
                between, begins = text[ended : match.start()].strip(), match.end()
                if between != ("," if found else ""):
                    raise _not_understood(between or text[match.start() :], place)
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found.append(text[begins : match.start()])
                ended = match.end()
        if depth < 0:
            break
    if depth or not found or text[ended:].strip():
        raise _not_understood(text[ended:] or text, place)
    return found


def _positions(text: str, place: str) -> list[tuple[float, float]]:
    if _POSITIONS.fullmatch(text) is None:
        raise _not_understood(next(one for one in text.split(",") if _ONE_POSITION.fullmatch(one) is None), place)
    numbers = [float(one) for one in text.replace(",", " ").split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _not_understood(part: str, place: str) -> ProblemError:
    return ProblemError([problem("outline_broken", place, _short(part))])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
