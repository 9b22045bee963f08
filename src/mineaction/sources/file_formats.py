"""Which format does a file of records have: what its name says, and what its content shows? The two must agree, and the content decides.

A file that holds another format than its name says is told so and not read. What parses binary files, archives or XML runs in a process of
its own, within limits (`limited.py`); text is read here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.terms.problem import ProblemError, problem

Reader = Callable[[bytes, str, Stated], Iterator[GivenRow]]


class Format(NamedTuple):
    """A format that is read: its name, where its reader stands (module, function), and what its content must look like."""

    name: str
    reader: tuple[str, str]
    holds: str
    is_limited: bool = True


_CSV = Format("CSV", ("csv_records", "csv_records"), "text", is_limited=False)
_GEOJSON = Format("GeoJSON", ("geojson_records", "geojson_records"), "JSON", is_limited=False)
_GEOPACKAGE = Format("GeoPackage", ("gdal_records", "geopackage_records"), "GeoPackage")
_SHAPEFILE = Format("shapefile", ("gdal_records", "shapefile_records"), "zip")
_GEODATABASE = Format("file geodatabase", ("gdal_records", "geodatabase_records"), "zip")
_KML = Format("KML", ("kml_records", "kml_records"), "XML")
_KMZ = Format("KMZ", ("kml_records", "kmz_records"), "zip")
_XLSX = Format("XLSX", ("xlsx_records", "xlsx_records"), "zip")
_MAXML = Format("maXML", ("maxml", "maxml_records"), "XML")
_ZIP = Format("zip with a shapefile or file geodatabase", ("zip_records", "zip_records"), "zip")

FORMATS = {
    ".csv": _CSV,
    ".geojson": _GEOJSON,
    ".json": _GEOJSON,
    ".gpkg": _GEOPACKAGE,
    ".shp": _SHAPEFILE,
    ".gdb": _GEODATABASE,
    ".kml": _KML,
    ".kmz": _KMZ,
    ".xlsx": _XLSX,
    ".xml": _MAXML,
    ".zip": _ZIP,
}
SHAPEFILE_BEGINNING = b"\x00\x00\x27\x0a"
SHAPEFILE_PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
# What a content begins with, and what it is then called.
_BEGINNINGS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected spreadsheet (XLS)"),
    (SHAPEFILE_BEGINNING, "lone .shp file"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"PAR1", "Parquet"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)
_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_APPLICATION_ID = slice(68, 72)
_SEEN = 1024


def format_of(extension: str, content: bytes, path: str) -> Format:
    """The format of the name, when the content agrees."""
    if extension not in FORMATS:
        raise ProblemError([problem("record_file_unknown", path, extension or "nothing", known=", ".join(FORMATS))])
    wanted, found = FORMATS[extension], held_in(content)
    # Text that is broken is told by its own reader, line by line.
    agrees = found == wanted.holds or (not wanted.is_limited and found in ("text", "something unknown", "nothing"))
    if not agrees:
        raise ProblemError([problem("table_content_wrong", path, found, expected=wanted.name)])
    return wanted


def read_with(reader: tuple[str, str], content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """The rows that the reader (module, function) gives; it is loaded only now."""
    module = importlib.import_module(f"mineaction.sources.{reader[0]}")
    return cast("Reader", getattr(module, reader[1]))(content, path, stated)


def held_in(content: bytes) -> str:
    """What the content is, by how it begins."""
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return name
    if content.startswith(_SQLITE):
        return "GeoPackage" if content[_APPLICATION_ID] in _GEOPACKAGE_IDS else "SQLite database that is no GeoPackage"
    head = content[:_SEEN].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "nothing"
    wide = head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<"))
    if wide or (head.startswith(b"<") and b"\x00" not in head):
        return "XML"
    if head.startswith(b"{") and b'"' in head:
        return "JSON"
    return "something unknown" if b"\x00" in head else "text"
