"""How does a file come to be there whole or not at all, for its owner alone, and never over another?

It is made beside the name it gets, as `NAME.mineaction-part`, and gets its name when it is on the disk. Whoever makes it holds a lock on
it: what a process that was stopped left behind is known by being unlocked, and whoever makes a file in that folder next clears it away.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress

from mineaction.terms.problem import ProblemError, problem

UNFINISHED = ".mineaction-part"
_OWNER_ALONE = stat.S_IRUSR | stat.S_IWUSR


def file_made_whole(path: str, fill: Callable[[str], None]) -> None:
    """A new file that `fill` writes; one that is there stays as it is."""
    unfinished = f"{path}{UNFINISHED}"
    try:
        _refuse_there(path)
        clear_unfinished(os.path.dirname(path) or ".")
        handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ALONE)
        try:
            _lock(handle)
            fill(unfinished)
            os.fsync(handle)
            _refuse_there(path)
            os.rename(unfinished, path)
            _folder_to_disk(os.path.dirname(path) or ".")
        finally:
            _remove(unfinished)
            os.close(handle)
    except FileExistsError:
        raise ProblemError([problem("store_busy", path, path)]) from None
    except OSError as error:
        raise ProblemError([problem("store_refused", path, path, reason=error.strerror or "unknown")]) from None
    except ValueError:  # a name with a NUL byte, which no file has
        raise ProblemError([problem("store_refused", path, path, reason="no file has such a name")]) from None


def clear_unfinished(folder: str) -> None:
    """Remove what nobody is making any more: it holds the same facts as what it was a copy of."""
    for name in os.listdir(folder):
        if name.endswith(UNFINISHED):
            path = os.path.join(folder, name)
            with suppress(OSError):  # another's, or gone meanwhile
                handle = os.open(path, os.O_RDWR)
                try:
                    if _lock(handle):
                        _remove(path)
                finally:
                    os.close(handle)


def _refuse_there(path: str) -> None:
    if os.path.lexists(path):
        raise ProblemError([problem("store_exists", path, path)])


def _remove(unfinished: str) -> None:
    for left in (unfinished, f"{unfinished}-journal"):
        with suppress(FileNotFoundError):
            os.remove(left)


def _lock(handle: int) -> bool:
    """Whether nobody else holds the file; it is ours then until it is closed."""
    if sys.platform == "win32":  # which lets nobody remove a file that is open
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _folder_to_disk(folder: str) -> None:
    if sys.platform == "win32":  # which opens no folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
