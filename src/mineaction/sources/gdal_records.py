"""Which records does a GeoPackage, shapefile or file geodatabase hold: one a feature, its fields as cells, its geometry as outline?

GDAL reads them (through pyogrio), with the one driver that is meant and nothing that follows a reference. Fields that the format makes by
itself, such as the length of a shape, are left out. A shapefile that does not say its letters' encoding is refused where it matters.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mineaction.sources.archives import unpacked
from mineaction.sources.coordinate_systems import WGS84, System, system_for
from mineaction.sources.empty_shapes import empty_of_geopackage, empty_of_shapefile
from mineaction.sources.file_formats import SHAPEFILE_PARTS
from mineaction.sources.given_rows import GivenRow, Stated, chosen_layer
from mineaction.sources.shapes import Shape, on_grid, with_shape
from mineaction.sources.texts import text_of_value
from mineaction.sources.wkb import shape_from_wkb
from mineaction.terms.limits import TRANSFORMED_DECIMALS
from mineaction.terms.problem import Problem, ProblemError, on_one_line, problem

# Every other driver of the library: what opens addresses, other files' names, databases, or formats that are read here by other means.
_DRIVERS_LEFT_OUT = (
    "ADBC,AIVector,AmigoCloud,AVCBin,AVCE00,Carto,CSV,CSW,DGN,DXF,EDIGEO,EEDA,Elasticsearch,ESRIJSON,FlatGeobuf,GDALG,GeoJSON,"
    "GeoJSONSeq,GeoRSS,GML,GPSBabel,GPX,GTFS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,MapInfo File,MapML,MBTiles,MiraMonVector,MVT,"
    "NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,Selafin,SQLite,SXF,TopoJSON,VDV,"
    "VFK,VICAR,WAsP,WFS,XLSX"
)
# Fields a format keeps for itself, by driver: computed from the shape, or a number of the row.
_GEODATABASE = "OpenFileGDB"
_OF_THE_FORMAT = {_GEODATABASE: frozenset(("shape_length", "shape_area", "objectid"))}
_NO_SYSTEM = re.compile(r'\w+\["Undefined ')
_LANGUAGE_BYTE, _RECORD_COUNT = 29, slice(4, 8)
# Languages a table may name that say nothing: none, and the default that programs write whatever the encoding.
_LANGUAGES_UNSAID = (0x00, 0x57)


def geopackage_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every feature of the layer."""
    with open("given.gpkg", "wb") as file:
        file.write(content)
    yield from _features("given.gpkg", "GPKG", path, stated, lambda layer: empty_of_geopackage("given.gpkg", layer))


def shapefile_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every shape of an archive with a shapefile; of several one is chosen."""
    files = unpacked(content, path)
    names = {os.path.splitext(name)[0]: name for name in files if name.casefold().endswith(".shp")}
    if not names:
        raise ProblemError([problem("archive_without_records", path)])
    layer = chosen_layer([os.path.basename(one) for one in sorted(names)], stated.layer, path)
    stem = next(one for one in names if os.path.basename(one) == layer)
    parts = {part: held for name, held in files.items() for part in [_part_of(name, stem)] if part}
    for needed in (".dbf", ".shx"):
        if needed not in parts:
            raise ProblemError([problem("shapefile_part_missing", path, needed)])
    if ".cpg" not in parts and _has_letters_unsaid(parts[".dbf"]):
        raise ProblemError([problem("encoding_unsaid", path)])
    for part, held in parts.items():
        with open(f"given{part}", "wb") as file:
            file.write(held)
    shapes, rows = _count_of_shapes(parts[".shx"]), int.from_bytes(parts[".dbf"][_RECORD_COUNT], "little")
    if shapes != rows:
        raise ProblemError([problem("shapefile_counts_differ", path, shapes, rows=rows)])
    empty = empty_of_shapefile(parts[".shp"], parts[".shx"])
    yield from _features("given.shp", "ESRI Shapefile", path, stated._replace(layer=""), lambda _: empty)


def geodatabase_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every feature of the layer."""
    files = unpacked(content, path)
    folders = {os.path.dirname(name) for name in files if name.casefold().endswith(".gdbtable")}
    if len(folders) != 1:
        raise ProblemError([problem("archive_without_records" if not folders else "geodatabases_several", path, len(folders))])
    (folder,) = folders
    os.mkdir("given.gdb")
    for name, held in files.items():
        if os.path.dirname(name) == folder:
            with open(os.path.join("given.gdb", os.path.basename(name)), "wb") as file:
                file.write(held)
    yield from _features("given.gdb", _GEODATABASE, path, stated, lambda _: None)


def _part_of(name: str, stem: str) -> str:
    root, extension = os.path.splitext(name)
    extension = extension.casefold()
    return extension if root.casefold() == stem.casefold() and extension in SHAPEFILE_PARTS else ""


def _has_letters_unsaid(table: bytes) -> bool:
    return table[_LANGUAGE_BYTE : _LANGUAGE_BYTE + 1] in [bytes([one]) for one in _LANGUAGES_UNSAID] and bool(
        re.search(rb"[\x80-\xff]", table[32:])
    )


def _count_of_shapes(index: bytes) -> int:
    """A head of 100 bytes, then eight for each shape."""
    return max(0, len(index) - 100) // 8


def _features(name: str, driver: str, path: str, stated: Stated, empty_of: Callable[[str], frozenset[int] | None]) -> Iterator[GivenRow]:
    """The features of one layer; `empty_of` says which of a layer have no shape, where the file says so itself."""
    os.environ.update(OGR_SKIP=_DRIVERS_LEFT_OUT, CPL_VSIL_CURL_ALLOWED_EXTENSIONS=".none", GDAL_PAM_ENABLED="NO")
    import pyarrow as pa
    import pyogrio
    from pyogrio import errors, raw

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [str(one) for one, _ in pyogrio.list_layers(name)]
            if not layers:
                raise ProblemError([problem("table_empty", path)])
            layer = chosen_layer(layers, stated.layer, path)
            if pyogrio.read_info(name, layer=layer)["driver"] != driver:
                raise ProblemError([problem("gdal_broken", path, reason="it is of another format than its content begins with")])
            others = (pyogrio.read_info(name, layer=one)["fields"] for one in layers if one != layer)
            beside = tuple(dict.fromkeys(str(one) for fields in others for one in fields))
            empty = empty_of(layer)
            with raw.open_arrow(name, layer=layer, use_pyarrow=True, return_fids=True) as (meta, reader):
                system = system_for(_crs_of(meta), stated.crs, path) if meta["geometry_type"] else WGS84
                place = f"layer {layer}, feature " if len(layers) > 1 else "feature "
                number = 0
                for batch in reader:
                    for told in batch.to_pylist():
                        number += 1
                        row_id = told.pop(meta["fid_column"] or "OGC_FID")
                        encoded = told.pop(meta["geometry_name"] or "wkb_geometry", None)
                        row = _record(told, encoded, f"{place}{number}", driver, system)._replace(beside=beside)
                        is_damaged = encoded is None and meta["geometry_type"] and empty is not None and row_id not in empty
                        yield _damaged(row) if is_damaged else row
    except UnicodeDecodeError:
        raise ProblemError([problem("encoding_wrong", path)]) from None
    except (errors.DataSourceError, errors.DataLayerError, errors.GeometryError, errors.FeatureError, pa.ArrowException, OSError) as error:
        raise ProblemError([problem("gdal_broken", path, reason=on_one_line(error))]) from None


def _crs_of(meta: Mapping[str, Any]) -> str:
    """The system of the layer; a GeoPackage writes one of these names where it has none."""
    crs = str(meta["crs"] or "")
    return "" if _NO_SYSTEM.match(crs) else crs


def _damaged(row: GivenRow) -> GivenRow:
    where = f"{row.place}, geometry"
    return row._replace(problems=(*row.problems, problem("geometry_damaged", where)), outline_text="damaged")


def _record(told: Mapping[str, Any], encoded: bytes | None, place: str, driver: str, system: System) -> GivenRow:
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    for written, value in told.items():
        name = written.strip().casefold()
        if name in _OF_THE_FORMAT.get(driver, ()):
            continue
        if name in cells:
            problems.append(problem("record_key_twice", place, name))
        try:
            cells[name] = text_of_value(value).rstrip("\x00")
        except TypeError:
            problems.append(problem("record_value_nested", f"{place}, field {written}", written))
    row = GivenRow(place, "field", cells, problems=tuple(problems))
    held = encoded or b""

    def read(where: str) -> Shape:
        shape = shape_from_wkb(held, where) if held else Shape()
        return on_grid(shape, TRANSFORMED_DECIMALS) if driver == _GEODATABASE else shape

    return with_shape(row, "geometry", read, system, held.hex)
