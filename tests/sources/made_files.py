"""Files of records in every format that is read, made of the same rows by the libraries that write them, and archives by hand."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from pyproj import Transformer

ROWS: tuple[dict[str, str], ...] = (
    {"local_id": "HA-1", "organisation": "Org Ä", "type": "SHA", "identified_on": "2020-05-02", "name": "Ünder the hill"},
    {"local_id": "HA-2", "organisation": "Org Ä", "type": "CHA", "identified_on": "2021-06-03", "name": 'Field, "north"'},
    {"local_id": "HA-3", "organisation": "Org Ä", "type": "CHA", "identified_on": "2021-07-04", "name": ""},
)
HOLED = shapely.Polygon(shapely.box(3, 1, 3.01, 1.01).exterior, [shapely.box(3.002, 1.002, 3.004, 1.004).exterior])
SHAPES: tuple[Any, ...] = (HOLED, shapely.MultiPolygon([shapely.box(4, 1, 4.01, 1.01), shapely.box(4.02, 1, 4.03, 1.01)]), None)
DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".gdb": "OpenFileGDB", ".kml": "LIBKML", ".geojson": "GeoJSON"}


def write_layer(
    path: Path,
    rows: Sequence[Mapping[str, Any]] = ROWS,
    shapes: Sequence[Any] = SHAPES,
    *,
    layer: str | None = None,
    crs: str | None = "EPSG:4326",
    geometry_type: str = "MultiPolygon",
    append: bool = False,
) -> Path:
    """A file of these rows and shapes, its format that of its name."""
    names = list(rows[0])
    columns = [np.array([row[name] for row in rows], dtype=_kind(rows[0][name])) for name in names]
    encoded = np.array([shapely.to_wkb(one) if one is not None else None for one in shapes], object)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            encoded,
            columns,
            names,
            driver=DRIVERS[path.suffix],
            geometry_type=geometry_type,
            crs=crs,
            layer=layer,
            promote_to_multi=geometry_type.startswith("Multi"),
            append=append,
            encoding="UTF-8" if path.suffix == ".shp" else None,
        )
    return path


def _kind(value: Any) -> Any:
    return {int: np.int64, float: np.float64}.get(type(value), object)


def moved(shape: Any, crs: str) -> Any:
    """The shape in another system."""
    across = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return shape and shapely.transform(shape, lambda at: np.column_stack(across.transform(at[:, 0], at[:, 1])))


def as_zip(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def files_of(folder: Path, below: str = "") -> dict[str, bytes]:
    """The files of a folder by name."""
    return {f"{below}{one.name}": one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()}


def as_csv(rows: Sequence[Mapping[str, str]] = ROWS, shapes: Sequence[Any] = SHAPES) -> bytes:
    """The rows as CSV with a column wkt."""
    lines = [",".join([*rows[0], "wkt"])]
    for row, shape in zip(rows, shapes, strict=True):
        cells = [*row.values(), shapely.to_wkt(shape, rounding_precision=-1) if shape is not None else ""]
        lines.append(",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells))
    return ("\n".join(lines) + "\n").encode()


def as_geojson(rows: Sequence[Mapping[str, Any]] = ROWS, shapes: Sequence[Any] = SHAPES, **members: Any) -> bytes:
    """The rows as GeoJSON."""
    features = [
        {"type": "Feature", "properties": dict(row), "geometry": shape and json.loads(shapely.to_geojson(shape))}
        for row, shape in zip(rows, shapes, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def as_xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[str] = ()) -> bytes:
    """A workbook: text as text, numbers as numbers, a tuple ('date', number of days) as a cell formatted as a date."""
    names = list(sheets)
    workbook = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/worksheet" Target="worksheets/s{n}.xml"/>' for n in range(1, len(names) + 1)
    )
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATION}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{workbook}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}'
        f'<Relationship Id="rs" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
        '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        cells = "".join(
            f'<row r="{r}">{"".join(_cell(f"{_letters(c)}{r}", value) for c, value in enumerate(row))}</row>'
            for r, row in enumerate(rows, 1)
        )
        joined = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
        tail = f"<mergeCells>{joined}</mergeCells>" if joined else ""
        files[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>{tail}</worksheet>'
    return as_zip({name: text.encode() for name, text in files.items()})


def _letters(column: int) -> str:
    return chr(ord("A") + column)


def _cell(at: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, tuple):
        kind, held = value
        return f'<c r="{at}" s="1"><v>{held}</v></c>' if kind == "date" else f'<c r="{at}" t="e"><v>{held}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
