"""Which records does a zip archive hold: those of a shapefile, or of a file geodatabase? What else it may be is told by name."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction.sources.archives import unpacked
from mineaction.sources.gdal_records import geodatabase_records, shapefile_records
from mineaction.sources.given_rows import GivenRow, Stated
from mineaction.terms.problem import ProblemError, problem

_OTHERS = (("xl/workbook.xml", "XLSX"), (".kml", "KMZ"), ("word/document.xml", "Word document"))


def zip_records(content: bytes, path: str, stated: Stated) -> Iterator[GivenRow]:
    """Every record of the one of the two that is there."""
    names = [name.casefold() for name in unpacked(content, path)]
    if any(name.endswith(".gdbtable") for name in names):
        yield from geodatabase_records(content, path, stated)
    elif any(name.endswith(".shp") for name in names):
        yield from shapefile_records(content, path, stated)
    else:
        for ending, other in _OTHERS:
            if any(name.endswith(ending) for name in names):
                raise ProblemError([problem("table_content_wrong", path, other, expected="zip with a shapefile or file geodatabase")])
        raise ProblemError([problem("archive_without_records", path)])
