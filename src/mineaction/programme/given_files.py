"""The bytes of a file of records a user names, whole: a shapefile with the files beside it and a geodatabase folder become one archive.

What was given is kept with its batch, so that the archive of the same files is always the same bytes.
"""

from __future__ import annotations

import os

from mineaction.programme.files import read_bytes
from mineaction.sources.archives import packed
from mineaction.sources.file_formats import SHAPEFILE_BEGINNING, SHAPEFILE_PARTS
from mineaction.terms.limits import ARCHIVE_FILES_MAX, IMPORT_BYTES_MAX
from mineaction.terms.problem import ProblemError, problem


def read_given(path: str) -> tuple[bytes, str]:
    """The bytes, and the extension that says what they should be."""
    extension = os.path.splitext(path.rstrip("/\\"))[1].casefold()
    if extension == ".gdb" and os.path.isdir(path):
        return packed(_folder(path)), extension
    content = read_bytes(path, IMPORT_BYTES_MAX)
    if extension == ".shp" and content.startswith(SHAPEFILE_BEGINNING):
        return packed(_beside(path, content)), extension
    return content, extension


def paths_given(path: str) -> list[str]:
    """Every file that is read: the one named, the parts beside a shapefile, the files of a geodatabase folder."""
    extension = os.path.splitext(path.rstrip("/\\"))[1].casefold()
    if extension == ".gdb" and os.path.isdir(path):
        return [path, *(os.path.join(path, one) for one in os.listdir(path))]
    if extension == ".shp" and os.path.isfile(path):
        return [path, *_parts(path).values()]
    return [path]


def _folder(path: str) -> dict[str, bytes]:
    name = os.path.basename(path.rstrip("/\\"))
    with os.scandir(path) as entries:
        names = sorted(one.name for one in entries if one.is_file(follow_symlinks=False) and not one.name.casefold().endswith(".lock"))
    if len(names) > ARCHIVE_FILES_MAX:
        raise ProblemError([problem("archive_too_many_files", path, f"{len(names)} files", limit=ARCHIVE_FILES_MAX)])
    return _within_limit({f"{name}/{one}": os.path.join(path, one) for one in names}, path)


def _beside(path: str, content: bytes) -> dict[str, bytes]:
    stem = os.path.splitext(os.path.basename(path))[0]
    return _within_limit(_parts(path), path) | {f"{stem}.shp": content}


def _parts(path: str) -> dict[str, str]:
    folder, stem = os.path.dirname(path) or ".", os.path.splitext(os.path.basename(path))[0]
    parts = {}
    with os.scandir(folder) as entries:
        for one in entries:
            root, extension = os.path.splitext(one.name)
            if root.casefold() == stem.casefold() and extension.casefold() in SHAPEFILE_PARTS and one.is_file():
                parts[f"{stem}{extension.casefold()}"] = one.path
    return parts


def _within_limit(paths: dict[str, str], path: str) -> dict[str, bytes]:
    size = sum(os.path.getsize(one) for one in paths.values())
    if size > IMPORT_BYTES_MAX:
        raise ProblemError([problem("file_too_large", path, size, limit=IMPORT_BYTES_MAX)])
    return {name: read_bytes(one, IMPORT_BYTES_MAX) for name, one in paths.items()}
