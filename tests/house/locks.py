"""Which requirement list a lock file was made from: the line at its head, and the comparison with pyproject.toml.

Used by requirements/lock to write the head, and by the test that proves, without network, that locks and pyproject.toml agree.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
HEAD = "# Made by requirements/lock from pyproject.toml ({name}); not edited by hand.\n# requirements sha256: {digest}\n"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version, for the machines its marker names (all of them when the marker is empty)."""

    name: str
    version: str
    marker: str
    hashes: int


def requirement_lists(checkout: Path) -> dict[str, list[str]]:
    """Lock name -> the requirements that pyproject.toml states for it."""
    project = _project(checkout)
    lists: dict[str, list[str]] = {"base": list(project["project"]["dependencies"])}
    lists |= {name: list(wanted) for name, wanted in project["project"].get("optional-dependencies", {}).items()}
    lists |= {name: list(wanted) for name, wanted in project.get("dependency-groups", {}).items()}
    return lists


def build_requirements(checkout: Path) -> list[str]:
    """What the build of the package asks for; the group `build` pins the same list."""
    return list(_project(checkout)["build-system"]["requires"])


def digest(checkout: Path, name: str) -> str:
    """SHA-256 over the sorted requirements of one lock and the Python versions they are for."""
    lines = [_project(checkout)["project"]["requires-python"], *sorted(requirement_lists(checkout)[name])]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def head(checkout: Path, name: str) -> str:
    """The comment every lock begins with."""
    return HEAD.format(name=name, digest=digest(checkout, name))


def pins(text: str) -> list[Pin]:
    """Every pin of a lock, in order, with the number of its hashes."""
    found: list[Pin] = []
    for line in text.splitlines():
        if matched := PIN.match(line):
            found.append(Pin(matched["name"], matched["version"], matched["marker"] or "", 0))
        elif line.strip().startswith("--hash=sha256:"):
            last = found[-1]
            found[-1] = Pin(last.name, last.version, last.marker, last.hashes + 1)
    return found


def _project(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def main(arguments: list[str]) -> None:
    """`groups` prints the names of all locks but base; `option NAME` says how uv is asked for one; `head NAME` writes its head."""
    if arguments == ["groups"]:
        print(" ".join(name for name in requirement_lists(CHECKOUT) if name != "base"))
        return
    command, name = arguments
    if command == "option":
        is_extra = name in _project(CHECKOUT)["project"].get("optional-dependencies", {})
        print(f"--extra {name}" if is_extra else f"--group {name}")
        return
    assert command == "head", command
    lock = CHECKOUT / "requirements" / f"{name}.lock"
    lock.write_text(head(CHECKOUT, name) + lock.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
