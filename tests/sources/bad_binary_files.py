"""Bad KML, archives, workbooks, GeoPackages, shapefiles and geodatabases: what is wrong, the file, and the codes it must be told with."""

from __future__ import annotations

import io
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely

from mineaction.sources.given_rows import Stated
from tests.sources.bad_text_files import GOOD, NOTHING, Bad, collection, csv_file, geojson
from tests.sources.made_files import as_xlsx, as_zip, files_of, write_layer

RING = "30,10 30.01,10 30.01,10.01 30,10.01 30,10"
POLYGON = f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
BOX = shapely.box(30, 10, 30.01, 10.01)


def kml(body: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'.encode()


def placemark(shape: str = POLYGON, more: str = "", **changed: str) -> str:
    data = "".join(f'<Data name="{name}"><value>{value}</value></Data>' for name, value in (GOOD | changed).items())
    return f"<Placemark>{more}<ExtendedData>{data}</ExtendedData>{shape}</Placemark>"


def ring(coordinates: str) -> str:
    return POLYGON.replace(RING, coordinates)


POINT = "<Point><coordinates>1,1</coordinates></Point>"


def several(*shapes: str) -> str:
    return f"<MultiGeometry>{''.join(shapes)}</MultiGeometry>"


def kml_bad(what: str, *codes: str, shape: str = POLYGON, more: str = "", stated: Stated = NOTHING, **changed: str) -> Bad:
    return Bad(what, "a.kml", kml(placemark(shape, more, **changed)), codes, False, stated)


def refused(what: str, name: str, content: bytes | Callable[[Path], bytes], *codes: str, stated: Stated = NOTHING) -> Bad:
    return Bad(what, name, content, codes, True, stated)


KMLS = [
    kml_bad("a line", "outline_kind_wrong", shape="<LineString><coordinates>30,10 31,11</coordinates></LineString>"),
    kml_bad("a point beside a polygon", "outline_kind_wrong", shape=several(POINT, POLYGON)),
    kml_bad("two points", "outline_kind_wrong", shape=several(POINT, POINT)),
    kml_bad("a point without coordinates", "outline_broken", shape="<Point/>"),
    kml_bad("a polygon without a ring", "outline_broken", shape="<Polygon/>"),
    kml_bad("no coordinates", "outline_without_area", shape=ring("")),
    kml_bad("blanks in a position", "outline_broken", shape=ring("30, 10 30.01, 10 30.01, 10.01 30, 10")),
    kml_bad("letters in a position", "outline_broken", shape=ring("30,a 30.01,10 30.01,10.01 30,10")),
    kml_bad("four numbers", "outline_broken", shape=ring("30,10,1,1 30.01,10 30.01,10.01 30,10")),
    kml_bad("NaN", "outline_off_the_earth", shape=ring("nan,10 30.01,10 30.01,10.01 nan,10")),
    kml_bad("an open ring", "outline_ring_open", shape=ring("30,10 30.01,10 30.01,10.01 30,10.01")),
    kml_bad("swapped axes", "outline_swapped", shape=ring("10,130 10.01,130 10.01,130.01 10,130")),
    kml_bad("heights", "heights_left_out", shape=ring("30,10,7 30.01,10,7 30.01,10.01,7 30,10,7")),
    kml_bad("two names that differ", "record_key_twice", more="<name>Hill</name>", name="Valley"),
    kml_bad("a bad cell", "unknown_code", type="X"),
    refused("a description", "a.kml", kml(placemark(more="<description>x</description>")), "record_column_unknown"),
    refused("another system stated", "a.kml", kml(placemark()), "crs_contradicts", stated=Stated(crs="EPSG:32636")),
    refused("a layer stated", "a.kml", kml(placemark()), "layer_unknown", stated=Stated(layer="x")),
    refused("a link", "a.kml", kml("<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"), "kml_link"),
    refused("a document type", "a.kml", kml(placemark(), "<!DOCTYPE kml>"), "xml_document_type"),
    refused("entities within entities", "a.kml", kml("&b;", '<!DOCTYPE k [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>'), "xml_document_type"),
    refused("an entity of a file", "a.kml", kml("&x;", '<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "xml_document_type"),
    refused("a document type of the web", "a.kml", kml("", '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd">'), "xml_document_type"),
    refused("a document type in UTF-16", "a.kml", '<?xml version="1.0"?><!DOCTYPE kml><kml/>'.encode("utf-16"), "xml_document_type"),
    refused("cut off", "a.kml", kml(placemark())[:-30], "xml_broken"),
    refused("two roots", "a.kml", kml() + b"<kml/>", "xml_broken"),
    refused("an entity nobody defined", "a.kml", kml("&nbsp;"), "xml_broken"),
    refused("an unknown encoding", "a.kml", kml("", '<?xml version="1.0" encoding="klingon"?>'), "xml_broken"),
    refused("bytes of another encoding", "a.kml", kml("<name>\u00fc</name>").replace(b"\xc3\xbc", b"\xfc"), "xml_broken"),
    refused("nested deep", "a.kml", b"<kml>" + b"<a>" * 100_000, "xml_broken"),
    refused("GPX", "a.kml", b'<?xml version="1.0"?><gpx version="1.1"/>', "kml_broken"),
    refused("a page of the web", "a.kml", b"<html><body/></html>", "kml_broken"),
    refused("nothing", "a.kml", b"", "table_content_wrong"),
    refused("text", "a.kml", csv_file(GOOD), "table_content_wrong"),
    refused("an archive", "a.kml", as_zip({"doc.kml": kml()}), "table_content_wrong"),
]  # fmt: skip


def lying(content: bytes, size: int) -> bytes:
    """The archive, its one file said to be of this size."""
    start = content.rindex(b"PK\x01\x02")
    return content[: start + 24] + struct.pack("<I", size) + content[start + 28 :]


def flagged(content: bytes, flag: int) -> bytes:
    start = content.rindex(b"PK\x01\x02")
    return content[: start + 8] + struct.pack("<H", flag) + content[start + 10 :]


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("doc.kml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    """Two files of one name: who reads which cannot be known."""
    return as_zip({"doc.kml": kml(), "Doc.KML": kml()})


def packed_as(method: int) -> bytes:
    return as_zip({"doc.kml": kml(placemark())}, method)


def kmz(what: str, content: bytes | Callable[[Path], bytes], *codes: str) -> Bad:
    return refused(what, "a.kmz", content, *codes)


GOOD_KMZ = as_zip({"doc.kml": kml(placemark())})
ARCHIVES = [
    kmz("a name that leads up", as_zip({"../doc.kml": kml()}), "archive_leads_out"),
    kmz("a name that leads up from within", as_zip({"a/../../doc.kml": kml()}), "archive_leads_out"),
    kmz("a name from the root", as_zip({"/doc.kml": kml()}), "archive_leads_out"),
    kmz("a name of another drive", as_zip({"C:doc.kml": kml()}), "archive_leads_out"),
    kmz("a link", linked(), "archive_leads_out"),
    kmz("a name in two cases", twice(), "archive_broken"),
    kmz("an archive within", as_zip({"doc.kml": kml(), "b.zip": as_zip({"x": b"y"})}), "archive_nested"),
    kmz("an archive within by another name", as_zip({"doc.kml": as_zip({"x": b"y"})}), "archive_nested"),
    kmz("gzip within", as_zip({"doc.kml": b"\x1f\x8b" + bytes(50)}), "archive_nested"),
    kmz("zeros, a thousand to one", lambda folder: as_zip({"doc.kml": bytes(60_000_000)}), "archive_too_large"),
    kmz("many zeros", lambda folder: as_zip({f"{n}.kml": bytes(900_000) for n in range(600)}), "archive_too_large"),
    kmz("a size said too large", lying(GOOD_KMZ, 600_000_000), "archive_too_large"),
    kmz("a size said too small", lying(GOOD_KMZ, 10), "archive_broken"),
    kmz("thousands of files", lambda folder: as_zip({f"{n}.kml": b"" for n in range(3_000)}, zipfile.ZIP_STORED), "archive_too_many_files"),
    kmz("a long list of files", lambda folder: as_zip({f"{n:0>200}.kml": b"" for n in range(6_000)}), "archive_too_many_files"),
    kmz("a password", flagged(GOOD_KMZ, 1), "archive_encrypted"),
    kmz("BZIP2", packed_as(zipfile.ZIP_BZIP2), "archive_broken"),
    kmz("LZMA", packed_as(zipfile.ZIP_LZMA), "archive_broken"),
    kmz("cut off", GOOD_KMZ[:-30], "archive_broken"),
    kmz("cut in the middle", GOOD_KMZ[: len(GOOD_KMZ) // 2], "archive_broken"),
    kmz("the head alone", GOOD_KMZ[:4], "archive_broken"),
    kmz("a flipped bit", GOOD_KMZ[:60] + bytes([GOOD_KMZ[60] ^ 16]) + GOOD_KMZ[61:], "archive_broken"),
    kmz("nothing inside", as_zip({}), "archive_without_records"),
    kmz("a picture alone", as_zip({"a.png": b"\x89PNG"}), "archive_without_records"),
    kmz("two documents", as_zip({"a.kml": kml(), "b.kml": kml()}), "layer_not_chosen"),
    kmz("a document type", as_zip({"doc.kml": kml("", "<!DOCTYPE kml>")}), "xml_document_type"),
    kmz("no archive", kml(placemark()), "table_content_wrong"),
    refused("a workbook", "a.zip", as_xlsx({"A": [["x"]]}), "table_content_wrong"),
    refused("a KMZ", "a.zip", GOOD_KMZ, "table_content_wrong"),
    refused("a text", "a.zip", as_zip({"readme.txt": b"x"}), "archive_without_records"),
    refused("a CSV", "a.zip", as_zip({"a.csv": csv_file(GOOD)}), "archive_without_records"),
    refused("no archive", "a.zip", b"Rar!\x1a\x07", "table_content_wrong"),
    refused("a quine of headers", "a.zip", b"PK\x05\x06" + bytes(18), "archive_without_records"),
]  # fmt: skip

HEADER = list(GOOD)
CELLS = list(GOOD.values())


def book(*rows: Sequence[Any], merged: Sequence[str] = (), **sheets: Sequence[Sequence[Any]]) -> bytes:
    return as_xlsx({"Areas": rows, **sheets}, merged)


def xlsx_bad(what: str, *codes: str, merged: Sequence[str] = (), **changed: Any) -> Bad:
    row = GOOD | changed
    return Bad(what, "a.xlsx", book(list(row), list(row.values()), merged=merged), codes)


def xlsx(what: str, content: bytes, *codes: str, stated: Stated = NOTHING) -> Bad:
    return refused(what, "a.xlsx", content, *codes, stated=stated)


def within(replaced: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A good workbook with some of its files changed."""
    with zipfile.ZipFile(io.BytesIO(book(HEADER, CELLS))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return as_zip({name: replaced.get(name, bytes)(held) for name, held in files.items()})


MERGED = book(HEADER, CELLS, ["HA-2", "", *CELLS[2:]], merged=["B2:B3"])
UTF_16_TYPE = "<!DOCTYPE x>".encode("utf-16-le")
LINE_OR_AREA = {"geometry_type": "Unknown"}
WORKBOOKS = [
    xlsx_bad("an error in a cell", "cell_is_error", note=("error", "#REF!")),
    xlsx_bad("a division by nothing", "cell_is_error", note=("error", "#DIV/0!")),
    xlsx_bad("a year shown as a date", "date_from_year_number", identified_on=("date", 2020)),
    xlsx_bad("the number of a date", "date_is_number", identified_on=43953),
    xlsx_bad("a date with a time", "date_with_time", identified_on=("date", 43953.5)),
    xlsx_bad("the first of January", "date_first_of_year", identified_on=("date", 43831)),
    xlsx_bad("a date as text", "date_order_unsaid", identified_on="02/05/2020"),
    xlsx_bad("a unit nobody knows", "area_unit_unknown", reported_area_m2="12 plots"),
    xlsx_bad("an area with a comma", "area_number_ambiguous", reported_area_m2="1,250"),
    xlsx_bad("a merged row", "cells_merged", merged=["A2:B2"]),
    xlsx_bad("a bad outline", "outline_broken", wkt="here"),
    xlsx_bad("a point in metres", "coordinates_projected", longitude=500000, latitude=3800000),
    xlsx_bad("an empty id", "fact_field_missing", local_id=""),
    xlsx_bad("a number as id with blanks", "id_with_blanks", local_id=" 7"),
    Bad("cells merged over rows", "a.xlsx", MERGED, ("cells_merged", "cells_merged", "fact_field_missing")),
    Bad("a row told twice", "a.xlsx", book(HEADER, CELLS, CELLS), ("fact_duplicate",)),
    xlsx("two sheets", book(HEADER, CELLS, Other=[["x"]]), "layer_not_chosen"),
    xlsx("a sheet that is not there", book(HEADER, CELLS), "layer_unknown", stated=Stated(layer="Sites")),
    xlsx("no row", book(), "table_empty"),
    xlsx("a title above the header", book(["Report"], HEADER, CELLS), "column_without_name") ,
    xlsx("a column without name", book([*HEADER, ""], [*CELLS, "x"]), "column_without_name"),
    xlsx("a column twice", book([*HEADER, "Type"], [*CELLS, "SHA"]), "table_column_twice"),
    xlsx("a column that is no field", book([*HEADER, "depth"], [*CELLS, 1]), "record_column_unknown"),
    xlsx("columns missing", book(["local_id", "type"], ["1", "SHA"]), "fact_column_missing", "fact_column_missing"),
    xlsx("no workbook inside", as_zip({"a.txt": b"x"}), "xlsx_broken"),
    xlsx("a Word document", as_zip({"word/document.xml": b"<x/>"}), "xlsx_broken"),
    xlsx("a workbook without sheets", within({"xl/workbook.xml": lambda held: held.replace(b"<sheet ", b"<shoot ")}), "xlsx_broken"),
    xlsx("a sheet cut off", within({"xl/worksheets/s1.xml": lambda held: held[:-60]}), "xml_broken"),
    xlsx("a sheet that is no XML", within({"xl/worksheets/s1.xml": lambda held: held.replace(b"<row", b"<row <")}), "xml_broken"),
    xlsx("a document type", within({"xl/workbook.xml": lambda held: b"<!DOCTYPE x>" + held}), "xml_document_type"),
    xlsx("a document type in UTF-16", within({"xl/workbook.xml": lambda held: UTF_16_TYPE + held}), "xml_document_type"),
    xlsx("zeros in a sheet", within({"xl/worksheets/s1.xml": lambda held: held + bytes(3_000_000)}), "archive_too_large"),
    xlsx("a protected workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_content_wrong"),
    xlsx("CSV", csv_file(GOOD), "table_content_wrong"),
    xlsx("nothing", b"", "table_content_wrong"),
    xlsx("a page of the web", b"<html><table></table></html>", "table_content_wrong"),
]  # fmt: skip


def gpkg(rows: Sequence[Mapping[str, Any]] = (GOOD,), shapes: Sequence[Any] = (BOX,), **options: Any) -> Callable[[Path], bytes]:
    return lambda folder: write_layer(folder / "a.gpkg", rows, shapes, **options).read_bytes()


def two_layers(folder: Path) -> bytes:
    write_layer(folder / "a.gpkg", (GOOD,), (BOX,), layer="one")
    return write_layer(folder / "a.gpkg", (GOOD,), (BOX,), layer="two", append=True).read_bytes()


def shape_files(
    folder: Path, rows: Sequence[Mapping[str, Any]] = (GOOD,), shapes: Sequence[Any] = (BOX,), **options: Any
) -> dict[str, bytes]:
    inner = folder / "inner"
    inner.mkdir()
    short = [{name[:10]: value for name, value in row.items() if name != "reported_area_m2"} for row in rows]
    write_layer(inner / "a.shp", short, shapes, **options)
    return files_of(inner)


def shp(change: Callable[[dict[str, bytes]], Mapping[str, bytes]], **options: Any) -> Callable[[Path], bytes]:
    return lambda folder: as_zip(change(shape_files(folder, **options)))


def without(*parts: str) -> Callable[[dict[str, bytes]], Mapping[str, bytes]]:
    return lambda files: {name: held for name, held in files.items() if not name.endswith(parts)}


def with_part(part: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], Mapping[str, bytes]]:
    return lambda files: {name: change(held) if name.endswith(part) else held for name, held in files.items()}


def with_second(files: dict[str, bytes]) -> Mapping[str, bytes]:
    """The same files again by another name."""
    return files | {f"b{name[1:]}": held for name, held in files.items()}


def of_another_file(table: bytes) -> bytes:
    """A table that says it has nine rows."""
    return table[:4] + b"\x09" + table[5:]


def elsewhere(index: bytes) -> bytes:
    """An index whose first shape begins behind the end of the file."""
    return index[:101] + b"\x7f" + index[102:]


def in_latin_letters(files: dict[str, bytes]) -> Mapping[str, bytes]:
    """A table in Windows letters that says it is in UTF-8."""
    return with_part(".dbf", lambda held: held.replace("\u00c4".encode(), b"\xc4 "))(files)


def with_geometry(expression: str) -> Callable[[Path], bytes]:
    """A GeoPackage whose geometry somebody changed."""

    def made(folder: Path) -> bytes:
        gpkg()(folder)
        with closing(sqlite3.connect(folder / "a.gpkg", isolation_level=None)) as held:
            for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'a'").fetchall():
                held.execute(f'DROP TRIGGER "{name}"')
            held.execute(f"UPDATE a SET geom = {expression}")
        return (folder / "a.gpkg").read_bytes()

    return made


def gdb(change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> Callable[[Path], bytes]:
    return lambda folder: as_zip(change(files_of(write_layer(folder / "a.gdb", (GOOD,), (BOX,)), "a.gdb/")))


LINE = shapely.LineString([(1, 1), (2, 2)])
WRONG = GOOD | {"type": "X"}
LAYERS = [
    refused("two layers", "a.gpkg", two_layers, "layer_not_chosen"),
    refused("a layer that is not there", "a.gpkg", two_layers, "layer_unknown", stated=Stated(layer="three")),
    refused("no system", "a.gpkg", gpkg(crs=None), "crs_missing"),
    refused("another system stated", "a.gpkg", gpkg(), "crs_contradicts", stated=Stated(crs="EPSG:32636")),
    refused("a column that is no field", "a.gpkg", gpkg([GOOD | {"depth": 1.5}]), "record_column_unknown"),
    refused("cut off", "a.gpkg", lambda folder: gpkg()(folder)[:5_000], "gdal_broken"),
    refused("zeros behind its head", "a.gpkg", lambda folder: gpkg()(folder)[:100] + bytes(90_000), "gdal_broken"),
    refused("a database that is no GeoPackage", "a.gpkg", b"SQLite format 3\x00" + bytes(100), "table_content_wrong"),
    refused("a shapefile", "a.gpkg", b"\x00\x00\x27\x0a" + bytes(100), "table_content_wrong"),
    refused("text", "a.gpkg", csv_file(GOOD), "table_content_wrong"),
    Bad("a bad cell and a line", "a.gpkg", gpkg([WRONG, GOOD], [BOX, LINE], **LINE_OR_AREA), ("unknown_code", "outline_kind_wrong")),
    Bad("heights", "a.gpkg", gpkg(shapes=[shapely.force_3d(BOX, 7)], geometry_type="MultiPolygon Z"), ("heights_left_out",)),
    Bad("degrees in metres", "a.gpkg", gpkg(shapes=[shapely.box(5e5, 1e6, 5.1e5, 1.1e6)]), ("coordinates_projected",)),
    refused("without .prj", "a.zip", shp(without(".prj")), "crs_missing"),
    refused("without .dbf", "a.zip", shp(without(".dbf")), "shapefile_part_missing"),
    refused("without .shx", "a.zip", shp(without(".shx")), "shapefile_part_missing"),
    refused("the .shp alone", "a.shp", shp(without(".dbf", ".shx", ".prj", ".cpg")), "shapefile_part_missing"),
    refused("letters without encoding", "a.zip", shp(without(".cpg"), rows=[GOOD | {"organisation": "\u00c4"}]), "encoding_unsaid"),
    refused("a .prj that is none", "a.zip", shp(with_part(".prj", lambda held: b"UTM 36 north")), "crs_missing"),
    refused("a .dbf of another file", "a.zip", shp(with_part(".dbf", of_another_file)), "shapefile_counts_differ"),
    Bad("a shape cut off", "a.zip", shp(with_part(".shp", lambda held: held[:150])), ("geometry_damaged",)),
    Bad("a shape of no kind", "a.zip", shp(with_part(".shp", lambda held: held[:108] + b"\x63" + held[109:])), ("geometry_damaged",)),
    Bad("an index that leads nowhere", "a.zip", shp(with_part(".shx", elsewhere)), ("geometry_damaged",)),
    Bad("a geometry that is none", "a.gpkg", with_geometry("x'4142'"), ("geometry_damaged",)),
    Bad("a geometry cut off", "a.gpkg", with_geometry("substr(geom, 1, 60)"), ("outline_broken",)),
    refused("letters in another encoding", "a.zip", shp(in_latin_letters, rows=[GOOD | {"organisation": "\u00c4"}]), "encoding_wrong"),
    refused("a .shp cut off", "a.zip", shp(with_part(".shp", lambda held: held[:60])), "gdal_broken"),
    refused("two shapefiles", "a.zip", shp(with_second), "layer_not_chosen"),
    refused("an .shp of text", "a.shp", csv_file(GOOD), "table_content_wrong"),
    Bad("a bad cell", "a.zip", shp(dict, rows=[WRONG]), ("unknown_code",)),
    Bad("the wrong order of axes", "a.zip", shp(dict, shapes=[shapely.box(10, 130, 10.01, 130.01)]), ("outline_swapped",)),
    refused("a geodatabase without its tables", "a.zip", as_zip({"a.gdb/gdb": b"", "a.gdb/a00000009.gdbtable": b""}), "gdal_broken"),
    refused("a geodatabase damaged", "a.zip", gdb(with_part("a00000004.gdbtable", lambda held: held[:50])), "gdal_broken"),
    refused("two geodatabases", "a.zip", gdb(with_second), "geodatabases_several"),
    refused("GeoJSON", "a.gdb", collection(geojson()), "table_content_wrong"),
]  # fmt: skip
BAD_BINARY_FILES = [*KMLS, *ARCHIVES, *WORKBOOKS, *LAYERS]
