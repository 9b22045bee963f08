"""Which records does a KML or KMZ file hold: one a Placemark, its extended data as cells, its polygons as outline?

KML is WGS 84, longitude first. Folders and styles are how it is drawn and say nothing of a record. A link to another file is refused:
nothing is fetched, and what lies behind it would be missing unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from mineaction.sources.archives import unpacked
from mineaction.sources.coordinate_systems import WGS84, same_system
from mineaction.sources.given_rows import GivenRow, Stated, chosen_layer, refuse_layer
from mineaction.sources.shapes import Shape, heights_warning, with_shape
from mineaction.sources.xml_tree import local_name, xml_tree
from mineaction.terms.limits import OUTLINE_SHOWN_CHARACTERS_MAX
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

_KIND_NAMES = {"LineString": "LINESTRING", "LinearRing": "LINESTRING", "Track": "LINESTRING", "MultiTrack": "LINESTRING", "Model": "MODEL"}
# What a Placemark says of its record beside its extended data, and the name of the cell.
_SAID = {"name": "name", "description": "description", "address": "address", "phoneNumber": "phonenumber"}
_TIMES = ("when", "begin", "end")

Ring = list[tuple[float, float]]


def kmz_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every Placemark of the document in the archive: doc.kml, or the only one; of several others one is chosen."""
    files = {name: held for name, held in unpacked(content, path).items() if name.casefold().endswith(".kml")}
    if not files:
        raise ProblemError([problem("archive_without_records", path)])
    whole = {name.casefold(): name for name in files}
    chosen = chosen_layer([whole["doc.kml"]] if "doc.kml" in whole and not stated.layer else sorted(files), stated.layer, path)
    yield from kml_records(files[chosen], f"{path}, {chosen}", stated._replace(layer=""))


def kml_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every Placemark in order."""
    refuse_layer(path, stated, "KML")
    if stated.crs and not same_system(stated.crs, "EPSG:4326", path):
        raise ProblemError([problem("crs_contradicts", path, stated.crs, crs="WGS 84")])
    root = xml_tree(content, path)
    if local_name(root) not in ("kml", "Document", "Folder", "Placemark"):
        raise ProblemError([problem("kml_broken", path, f"<{local_name(root)}>")])
    number = 0
    for element in root.iter():
        if local_name(element) == "NetworkLink":
            raise ProblemError([problem("kml_link", path, on_one_line("".join(element.itertext())))])
        if local_name(element) == "Placemark":
            number += 1
            yield _record(element, f"feature {number}")


def _record(element: Element, place: str) -> GivenRow:
    cells: dict[str, str] = {}
    problems: list[Problem] = []

    def add(name: str, text: str) -> None:
        key = name.strip().casefold()
        if cells.get(key):
            problems.append(problem("record_key_twice", place, key))
        cells[key] = text

    shapes: list[Element] = []
    for child in element:
        name = local_name(child)
        if name == "ExtendedData":
            _add_data(child, add)
        elif name in ("TimeStamp", "TimeSpan"):
            for moment in child:
                if local_name(moment) in _TIMES:
                    add(local_name(moment), (moment.text or "").strip())
        elif name in ("Polygon", "Point", "MultiGeometry", *_KIND_NAMES):
            shapes.append(child)
    for child in element:  # extended data comes before the label of the same name
        cell = _SAID.get(local_name(child), "")
        text = (child.text or "").strip()
        if cell and text and cells.get(cell, text) == text:
            cells[cell] = text
        elif cell and text:
            problems.append(problem("record_key_twice", place, cell))
    row = GivenRow(place, "property", cells, problems=tuple(problems))
    return with_shape(
        row,
        "geometry",
        lambda where: _shape(shapes, where),
        WGS84,
        lambda: " ".join(ElementTree.tostring(one, "unicode") for one in shapes),
    )


def _add_data(extended: Element, add: Callable[[str, str], None]) -> None:
    for one in extended.iter():
        name = one.get("name", "")
        if local_name(one) == "Data":
            value = next((child.text or "" for child in one if local_name(child) == "value"), "")
            add(name, value.strip())
        elif local_name(one) == "SimpleData":
            add(name, (one.text or "").strip())


def _shape(elements: list[Element], place: str) -> Shape:
    polygons: list[list[Ring]] = []
    points: list[tuple[str, str]] = []
    heights: list[float] = []
    todo = list(elements)
    while todo:
        element = todo.pop(0)
        name = local_name(element)
        if name == "MultiGeometry":
            todo = [*element, *todo]
        elif name == "Polygon":
            polygons.append(_rings(element, place, heights))
        elif name == "Point":
            numbers = next(iter(_tuples(element, place)), None)
            if numbers is None:
                raise ProblemError([problem("outline_broken", place, "a point without coordinates")])
            points.append((numbers[0], numbers[1]))
        elif name in _KIND_NAMES:
            raise ProblemError([problem("outline_kind_wrong", place, _KIND_NAMES[name])])
    if len(points) > 1 or (points and polygons):
        raise ProblemError([problem("outline_kind_wrong", place, "GEOMETRYCOLLECTION" if polygons else "MULTIPOINT")])
    return Shape(polygons, points[0] if points else None, warnings=heights_warning(heights, place))


def _rings(polygon: Element, place: str, heights: list[float]) -> list[Ring]:
    outer: list[Ring] = []
    holes: list[Ring] = []
    for boundary in polygon:
        side = local_name(boundary)
        if side not in ("outerBoundaryIs", "innerBoundaryIs"):
            continue
        for linear in boundary:
            if local_name(linear) == "LinearRing":
                ring: Ring = []
                for numbers in _tuples(linear, place):
                    ring.append((_number(numbers[0], place), _number(numbers[1], place)))
                    heights += [_number(one, place) for one in numbers[2:]]
                (outer if side == "outerBoundaryIs" else holes).append(ring)
    if len(outer) != 1:
        raise ProblemError([problem("outline_broken", place, f"a polygon with {len(outer)} outer boundaries")])
    return outer + holes


def _tuples(element: Element, place: str) -> Iterator[list[str]]:
    for child in element:
        if local_name(child) == "coordinates":
            for one in (child.text or "").split():
                numbers = one.split(",")
                if not 2 <= len(numbers) <= 3:
                    raise ProblemError([problem("outline_broken", place, one[:OUTLINE_SHOWN_CHARACTERS_MAX])])
                yield numbers


def _number(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ProblemError([problem("outline_broken", place, text[:OUTLINE_SHOWN_CHARACTERS_MAX])]) from None
