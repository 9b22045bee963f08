"""Promise 14: it is the limits that stop a bomb. Without them it is unpacked, so that its test would go red."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mineaction.sources import archives
from mineaction.terms.problem import ProblemError
from tests.sources.made_files import as_zip

# Small enough to be unpacked here, and refused all the same.
BOMBS = {"archive_too_large": {"doc.kml": bytes(60_000_000)}, "archive_too_many_files": {f"{number}.kml": b"" for number in range(3_000)}}
LIMITS = ("INFLATED_BYTES_MAX", "INFLATED_RATIO_FROM_BYTES", "INFLATED_RATIO_MAX", "ARCHIVE_FILES_MAX", "ARCHIVE_LIST_BYTES_MAX")


@pytest.mark.parametrize(("code", "files"), BOMBS.items(), ids=BOMBS)
def test_without_the_limits_of_archives_a_bomb_is_unpacked(code: str, files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = as_zip(files)
    with pytest.raises(ProblemError, match=code):
        archives.unpacked(bomb, "a.kmz")
    for name in LIMITS:
        monkeypatch.setattr(archives, name, 10**12)
    assert archives.unpacked(bomb, "a.kmz") == files
