"""Which shape does a well-known text say: POLYGON, MULTIPOLYGON or POINT, longitude before latitude?

`SRID=32638;` before it names its system. Heights are left out and told. Refuses lines and other kinds without area; mends nothing.
"""

from __future__ import annotations

import re

from mineaction.sources.shapes import Shape, heights_warning
from mineaction.terms.limits import OUTLINE_SHOWN_CHARACTERS_MAX
from mineaction.terms.problem import ProblemError, problem

_WHOLE = re.compile(
    r"\s*(?:SRID\s*=\s*(?P<srid>\d+)\s*;)?\s*(?P<kind>[A-Z]+)\s*(?P<more>ZM|Z|M)?\s*(?P<body>\(.*\)|EMPTY)\s*", re.IGNORECASE | re.DOTALL
)
# Nothing is tried twice: a text that fails does so in one pass.
_NUMBER = r"[-+]?+(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?+\d++)?+"
_POSITION = re.compile(rf"\s*+({_NUMBER})\s++({_NUMBER})((?:\s++{_NUMBER}){{0,2}})\s*+")
# Of these letters Python's own numbers are those of `_NUMBER`.
_PLAIN_LETTERS = re.compile(r"[-+.,0-9eE \t\r\n]*+")
_BRACKET = re.compile(r"[()]")
_KINDS_WITHOUT_AREA = frozenset(("MULTIPOINT", "LINESTRING", "MULTILINESTRING"))

Rings = list[list[tuple[float, float]]]


def shape_from_wkt(text: str, place: str) -> Shape:
    """The shape of the text; what is none is a ProblemError."""
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        raise _not_understood(text, place)
    kind, body, srid = whole["kind"].upper(), whole["body"], f"EPSG:{whole['srid']}" if whole["srid"] else ""
    if kind in _KINDS_WITHOUT_AREA:
        raise ProblemError([problem("outline_kind_wrong", place, kind)])
    if kind not in ("POINT", "POLYGON", "MULTIPOLYGON") or not body.startswith("("):
        raise _not_understood(text, place)
    heights: list[float] = []
    if kind == "POINT":
        match = _matched(body[1:-1], place)
        heights += map(float, match[3].split())
        return Shape(point=(match[1], match[2]), srid=srid, warnings=heights_warning(heights, place))
    bodies = [body[1:-1]] if kind == "POLYGON" else _parts(body[1:-1], place)
    polygons = [_rings(one, place, heights) for one in bodies]
    return Shape(polygons, srid=srid, warnings=heights_warning(heights, place))


def _rings(text: str, place: str, heights: list[float]) -> Rings:
    return [_positions(ring, place, heights) for ring in _parts(text, place)]


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


def _positions(text: str, place: str, heights: list[float]) -> list[tuple[float, float]]:
    if _PLAIN_LETTERS.fullmatch(text):  # nearly all: no heights
        try:
            return [(float(x), float(y)) for x, y in map(str.split, text.split(","))]
        except ValueError:
            pass  # read again below, which says what is wrong
    found = []
    for one in text.split(","):
        match = _matched(one, place)
        found.append((float(match[1]), float(match[2])))
        heights += map(float, match[3].split())
    return found


def _matched(text: str, place: str) -> re.Match[str]:
    match = _POSITION.fullmatch(text)
    if match is None:
        raise _not_understood(text, place)
    return match


def _not_understood(part: str, place: str) -> ProblemError:
    return ProblemError([problem("outline_broken", place, _short(part))])


def _short(text: str) -> str:
    return text if len(text) <= OUTLINE_SHOWN_CHARACTERS_MAX else f"{text[:OUTLINE_SHOWN_CHARACTERS_MAX]}..."
