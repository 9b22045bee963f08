"""How is a file of the invented country written? CSV, GeoJSON, KML, XLSX, GeoPackage, zipped shapefile: the same bytes for the same rows.

No clock, no random order and no name of a machine goes into a file. Each says that it is invented, in its name and in every row.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from mineaction.sources.archives import packed

Cells = Mapping[str, str]
# The day that formats with a day of their own are given.
_DAY = "2000-01-01"
_DECIMALS = 6
# Columns whose names a shapefile would cut so that nobody knows which they were.
_NOT_IN_A_SHAPEFILE = ("reported_area_m2", "reported_area_given")
_DRIVERS = {".gpkg": ("GPKG", {}), ".shp": ("ESRI Shapefile", {"DBF_DATE_LAST_UPDATE": _DAY})}


def content_of(extension: str, name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    """The bytes of a file of these rows. A text stands in place of the outline of its row, where tables can hold one."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    told = [{column: row.get(column, "") for column in columns} for row in rows]
    return _WRITERS[extension](name, told, shapes, texts)


def _csv(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(_table(rows, shapes, texts))
    return out.getvalue().encode()


def _table(rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> list[list[str]]:
    """The header and the rows, with a column for the outlines if there is one."""
    outlines = [text or _wkt(shape) for shape, text in zip(shapes, texts, strict=True)]
    with_outline = any(outlines)
    header = [*rows[0], *(["wkt"] if with_outline else [])]
    return [header, *([*row.values(), *([outline] if with_outline else [])] for row, outline in zip(rows, outlines, strict=True))]


def _wkt(shape: Any) -> str:
    return "" if shape is None else str(shapely.to_wkt(shape, rounding_precision=_DECIMALS))


def _geojson(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {column: value for column, value in row.items() if value},
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "name": name, "features": features}, ensure_ascii=False, indent=1).encode()


def _kml(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>', f"<name>{name}</name>"]
    for row, shape in zip(rows, shapes, strict=True):
        data = "".join(f"<Data name={quoteattr(key)}><value>{escape(value)}</value></Data>" for key, value in row.items() if value)
        lines.append(f"<Placemark><ExtendedData>{data}</ExtendedData>{_kml_shape(shape)}</Placemark>")
    return "\n".join([*lines, "</Document></kml>", ""]).encode()


def _kml_shape(shape: Any) -> str:
    def ring(which: str, points: Any) -> str:
        written = " ".join(f"{x:.{_DECIMALS}f},{y:.{_DECIMALS}f}" for x, y in points)
        return f"<{which}><LinearRing><coordinates>{written}</coordinates></LinearRing></{which}>"

    polygons = []
    for one in shapely.get_parts(shape):
        holes = "".join(ring("innerBoundaryIs", own.coords) for own in one.interiors)
        polygons.append(f"<Polygon>{ring('outerBoundaryIs', one.exterior.coords)}{holes}</Polygon>")
    return polygons[0] if len(polygons) == 1 else f"<MultiGeometry>{''.join(polygons)}</MultiGeometry>" if polygons else ""


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _xlsx(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    """A workbook of one sheet whose cells are texts."""
    lines = [
        "<row>" + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in _table(rows, shapes, texts)
    ]
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_MEDIA}.{what}+xml"/>'
        for part, what in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": _relation(f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Invented" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation(f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
    }
    return packed({part: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for part, text in files.items()})


def _relation(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'


def _geopackage(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    return _by_gdal(".gpkg", name, rows, shapes)[f"{name}.gpkg"]


def _shapefile(name: str, rows: Sequence[Cells], shapes: Sequence[Any], texts: Sequence[str]) -> bytes:
    kept = [{key: value for key, value in row.items() if key not in _NOT_IN_A_SHAPEFILE} for row in rows]
    return packed(_by_gdal(".shp", name, kept, shapes))


def _by_gdal(extension: str, name: str, rows: Sequence[Cells], shapes: Sequence[Any]) -> dict[str, bytes]:
    """The files that the library for map files writes, by name."""
    import pyogrio
    from pyogrio import raw

    driver, options = _DRIVERS[extension]
    columns = list(rows[0])
    values = [np.array([row[column] or None for row in rows], dtype=object) for column in columns]
    outlines = np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{_DAY}T00:00:00.000Z"})
    with tempfile.TemporaryDirectory(prefix="mineaction-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are cut
        path = os.path.join(folder, f"{name}{extension}")
        raw.write(
            path, outlines, values, columns, driver=driver, geometry_type="MultiPolygon", crs="EPSG:4326", layer=name,
            promote_to_multi=True, encoding="UTF-8" if extension == ".shp" else None, layer_options=options,
        )  # fmt: skip
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        found = {}
        for entry in sorted(os.listdir(folder)):
            with open(os.path.join(folder, entry), "rb") as file:
                found[entry] = file.read()
        return found


_Writer = Callable[[str, Sequence[Cells], Sequence[Any], Sequence[str]], bytes]
_WRITERS: dict[str, _Writer] = {
    "csv": _csv,
    "geojson": _geojson,
    "kml": _kml,
    "xlsx": _xlsx,
    "gpkg": _geopackage,
    "zip": _shapefile,
}
