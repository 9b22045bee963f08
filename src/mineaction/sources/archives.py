"""Which files does a zip archive hold, unpacked within limits: names that stay inside, sizes that are true, no archive within an archive?

Everything is checked on the list of files before anything is unpacked, and counted again while it is. Refuses links, encryption, names
that lead out, unusual packing, and whatever unfolds to more than `terms/limits.py` allows.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

from mineaction.terms.limits import (
    ARCHIVE_FILES_MAX,
    ARCHIVE_LIST_BYTES_MAX,
    INFLATED_BYTES_MAX,
    INFLATED_RATIO_FROM_BYTES,
    INFLATED_RATIO_MAX,
)
from mineaction.terms.problem import ProblemError, problem

_END, _END64_LOCATOR, _END64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_SEARCHED = 22 + 65_535
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ", b"Rar!")
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\|[\x00-\x1f]")
_ENCRYPTED = 0x1
_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What programs put into archives beside what a person meant.
_BESIDE = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")


def unpacked(content: bytes, path: str) -> dict[str, bytes]:
    """Every file of the archive by its name."""
    _refuse_long_list(content, path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _BESIDE.search(info.filename)]
            _refuse_list(infos, path)
            files: dict[str, bytes] = {}
            left = INFLATED_BYTES_MAX
            for info in infos:
                with archive.open(info) as file:
                    held = file.read(left + 1)
                left -= len(held)
                if left < 0:
                    raise ProblemError([problem("archive_too_large", path, INFLATED_BYTES_MAX, limit=INFLATED_BYTES_MAX)])
                if held.startswith(_ARCHIVES):
                    raise ProblemError([problem("archive_nested", path, info.filename)])
                files[info.filename] = held
            return files
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        struct.error,
        OSError,
        ValueError,
        LookupError,
        OverflowError,
    ) as error:
        raise ProblemError([problem("archive_broken", path, reason=str(error) or type(error).__name__)]) from None


def packed(files: Mapping[str, bytes]) -> bytes:
    """These files as one archive, the same bytes for the same files: in order of names, unpacked, dated 1980."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return out.getvalue()


def _refuse_long_list(content: bytes, path: str) -> None:
    """The list is read whole by whoever opens an archive, so its size is looked at first."""
    end = content.rfind(_END, max(0, len(content) - _END_SEARCHED))
    if end < 0 or len(content) < end + 22:
        raise ProblemError([problem("archive_broken", path, reason="its end is missing")])
    (size,) = struct.unpack_from("<I", content, end + 12)
    if end >= 76 and content[end - 20 : end - 16] == _END64_LOCATOR and content[end - 76 : end - 72] == _END64:
        (size,) = struct.unpack_from("<Q", content, end - 76 + 40)
    if size > ARCHIVE_LIST_BYTES_MAX:
        raise ProblemError([problem("archive_too_many_files", path, f"a list of {size} bytes", limit=ARCHIVE_FILES_MAX)])


def _refuse_list(infos: list[zipfile.ZipInfo], path: str) -> None:
    if len(infos) > ARCHIVE_FILES_MAX:
        raise ProblemError([problem("archive_too_many_files", path, f"{len(infos)} files", limit=ARCHIVE_FILES_MAX)])
    names = [info.filename for info in infos]
    if len({name.casefold() for name in names}) < len(names):
        twice = next(name for name in names if sum(other.casefold() == name.casefold() for other in names) > 1)
        raise ProblemError([problem("archive_broken", path, reason=f"the file '{twice}' stands twice")])
    total = sum(info.file_size for info in infos)
    if total > INFLATED_BYTES_MAX:
        raise ProblemError([problem("archive_too_large", path, total, limit=INFLATED_BYTES_MAX)])
    for info in infos:
        if _LEADS_OUT.search(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
            raise ProblemError([problem("archive_leads_out", path, info.filename)])
        if info.flag_bits & _ENCRYPTED:
            raise ProblemError([problem("archive_encrypted", path, info.filename)])
        if info.compress_type not in _PACKING:
            raise ProblemError([problem("archive_broken", path, reason=f"'{info.filename}' is packed in an unusual way")])
        if info.file_size > max(INFLATED_RATIO_FROM_BYTES, INFLATED_RATIO_MAX * info.compress_size):
            raise ProblemError([problem("archive_too_large", path, info.file_size, limit=INFLATED_RATIO_MAX * info.compress_size)])
