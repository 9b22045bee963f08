"""Which records does a maXML file hold: one for each element of the kind asked for, such as Hazard, in its field reports?

maXML is the exchange format of IMSMA since 2002 (root MineActionFieldReport, FieldReport elements with FieldReportInfo). Exports deviate
from its schema, so it is read leniently: every element and attribute below the record becomes a column named by its path, whatever it is,
and what is said of the report stands beside under FieldReportInfo. A repeated element is numbered. Positions are the elements that have a
latitude and a longitude: one that stands alone is the point of the record, three or more of one type beside each other its outline; where
they could be several outlines or none, the record is a problem and nothing is guessed. A document type is refused: it can make a file of
a kilobyte into one of gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as Tree

from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.sources.xml_tree import local_name, xml_tree
from mineaction.terms.outline import Position, canonical_outline
from mineaction.terms.problem import Problem, ProblemError, problem

_ROOT, _REPORT, _INFO = "MineActionFieldReport", "FieldReport", "FieldReportInfo"
_LONGITUDE, _LATITUDE = ("longitude", "long", "lon", "x"), ("latitude", "lat", "y")


def maxml_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every record of the element that is stated as layer, in the order of the file."""
    root = xml_tree(content, path)
    if local_name(root) != _ROOT:
        raise ProblemError([problem("xml_not_maxml", path, local_name(root), root=_ROOT)])
    reports = [one for one in root if local_name(one) == _REPORT]
    elements = sorted({local_name(one) for report in reports for one in report} - {_INFO})
    element = stated.layer
    if element not in elements:
        code = "layer_unknown" if element else "layer_not_chosen"
        raise ProblemError([problem(code, path, element or len(elements), layers=", ".join(elements) or "no records")])
    number, beside = 0, _names(root)
    for at, report in enumerate(reports, 1):
        told = {}
        for info in (one for one in report if local_name(one) == _INFO):
            told = {f"{_INFO}/{name}".casefold(): text for name, text in _flat(info, "")}
        for record in (one for one in report.iter() if local_name(one) == element):
            number += 1
            yield _record(record, told, f"report {at}, {element} {number}")._replace(beside=beside)


def _names(root: Tree.Element) -> tuple[str, ...]:
    """Every name under which something stands, in a record or beside it: of an element, one under another, an attribute."""
    names: dict[str, None] = {}
    filled = (one for one in root.iter() if len(one) or one.attrib or (one.text or "").strip())
    for one in filled:
        own = local_name(one)
        names[own] = None
        for below in (*(local_name(child) for child in one), *(f"@{name.rpartition('}')[2]}" for name in one.attrib)):
            names[f"{own}/{below}"] = None
    return tuple(names)


def _record(record: Tree.Element, told: dict[str, str], place: str) -> GivenRow:
    cells: dict[str, str] = dict(told)
    for name, text in _flat(record, ""):
        cells[name.casefold()] = text
    rings, points, problems = _positions(record, place)
    geometry = b""
    if len(rings) == 1 and not problems:
        ring = rings[0] if rings[0][0] == rings[0][-1] else [*rings[0], rings[0][0]]
        geometry, problems = canonical_outline([[ring]], f"{place}, positions")
    elif len(rings) > 1:
        problems.append(problem("xml_outline_unclear", place, len(rings)))
    point = (repr(points[0][0]), repr(points[0][1])) if len(points) == 1 else None
    return GivenRow(place, "element", cells, geometry, tuple(problems), point=point, point_part="positions")


def _flat(element: Tree.Element, before: str) -> Iterator[tuple[str, str]]:
    """Path and text of everything below, repeated names numbered from the second on."""
    for name, text in element.attrib.items():
        yield f"{before}@{name.rpartition('}')[2]}", text.strip()
    seen: dict[str, int] = {}
    for child in element:
        name = local_name(child)
        seen[name] = seen.get(name, 0) + 1
        path = f"{before}{name}" if seen[name] == 1 else f"{before}{name}[{seen[name]}]"
        if (child.text or "").strip():
            yield path, (child.text or "").strip()
        yield from _flat(child, f"{path}/")


def _positions(record: Tree.Element, place: str) -> tuple[list[list[Position]], list[Position], list[Problem]]:
    """Runs of three and more positions beside each other, single positions, and what is no position.

    Positions that say different types of point (reference, turning ...) are no one ring: which of them are corners is not guessed.
    """
    rings: list[list[Position]] = []
    points: list[Position] = []
    problems: list[Problem] = []
    for parent in record.iter():
        beside = [one for one in parent if _is_position(one)]
        found = []
        for one in beside:
            longitude, latitude = _pair(one)
            try:
                found.append((float(longitude), float(latitude)))
            except ValueError:
                problems.append(problem("outline_broken", place, f"{longitude}, {latitude}"))
        types = {(local_name(one), *(text for name, text in _flat(one, "") if name.casefold().endswith("type"))) for one in beside}
        if len(found) > 1 and (len(types) > 1 or len(found) == 2):
            problems.append(problem("xml_outline_unclear", place, len(found)))
        elif len(found) > 1:
            rings.append(found)
        else:
            points += found
    return rings, points, problems


def _is_position(element: Tree.Element) -> bool:
    return all(_pair(element))


def _pair(element: Tree.Element) -> tuple[str, str]:
    texts = {local_name(child).casefold(): (child.text or "").strip() for child in element}
    texts |= {name.rpartition("}")[2].casefold(): text.strip() for name, text in element.attrib.items()}
    longitude, latitude = (next((texts[name] for name in names if texts.get(name)), "") for names in (_LONGITUDE, _LATITUDE))
    return longitude, latitude
