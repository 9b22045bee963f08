"""Files a user names: read up to a limit, written whole or not at all and never over what was given; a plain problem where that fails."""

from __future__ import annotations

import os
from collections.abc import Mapping

from mineaction.terms.limits import POLICY_FILE_BYTES_MAX
from mineaction.terms.problem import ProblemError, problem


def read_bytes(path: str, limit: int = POLICY_FILE_BYTES_MAX) -> bytes:
    """All bytes of the file; one that is larger than `limit` is refused before it is read."""
    try:
        size = os.path.getsize(path)
        if size > limit:
            raise ProblemError([problem("file_too_large", path, size, limit=limit)])
        with open(path, "rb") as file:
            return file.read(limit)
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    except ValueError:  # a name with a NUL byte, which no file has
        raise ProblemError([problem("file_missing", path, path, reason="no file has such a name")]) from None


def refuse_writing_over(out: str | os.PathLike[str] | None, name: str, given: Mapping[str, str]) -> None:
    """A file that is to be written, by the option `name`, is none of these files (path -> what it is), under whatever name."""
    if not out:
        return
    for path, words in given.items():
        is_same_file = os.path.exists(out) and os.path.exists(path) and os.path.samefile(out, path)
        if is_same_file or os.path.realpath(out) == os.path.realpath(path):
            raise ProblemError([problem("output_is_input", name, out, other=words)])


def write_text(path: str, text: str, *, is_private: bool = False) -> None:
    """Write a file beside its final name first, so that a reader never sees half of it; only a plain file is replaced.

    One that `is_private` can be read by its owner alone.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        raise ProblemError([problem("output_not_written", path, path, reason="it is there and is no plain file")])
    unfinished = f"{path}.{os.getpid()}.part"
    try:
        mode = 0o600 if is_private else 0o666
        with open(unfinished, "w", encoding="utf-8", newline="", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(text)
        os.replace(unfinished, path)
    except OSError as error:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        raise ProblemError([problem("output_not_written", path, path, reason=error.strerror or "unknown")]) from None
