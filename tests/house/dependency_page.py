"""Writes docs/DEPENDENCIES.md: every pinned package with its licence, the day its file was published, and the file's size.

`requirements/lock` calls it with the uv it used. Dates and sizes are the package index's own, taken from a resolution that is thrown
away; licences are what the packages say of themselves. A test compares names and versions with the locks, without network.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.house import locks
from tests.house.guards import CHECKOUT

PAGE = CHECKOUT / "docs" / "DEPENDENCIES.md"
MEASURED_ONLY = "bench-"  # groups that are installed to be measured and serve nothing else
HEAD = """# Dependencies

What is installed, and for what. `base` is what the package needs at run time; the other groups serve the checkout: `test` and `lint`
(`./test`), `browser` (`./test --all`), `build` (the wheel), `tools` (uv, where the machine has none). A package with two versions has
one for each Python version or machine; the others in `requirements/*.lock` that no machine here installs are listed too. The groups
`bench-*` are left out: they hold the engines that `./bench` measures beside the package, each group in an environment of its own, and
docs/BENCHMARKS.md names their versions.

Written by `./requirements/lock`. Size is that of one file: the wheel for Linux on x86-64 where there are several.

| package | version | groups | licence | published | size |
|---|---|---|---|---|---:|
"""

# Preferred file of a package with one for each machine.
WHEEL_ORDER = ("-none-any.whl", "cp311-manylinux", "cp311-cp311-manylinux", "manylinux")


def pinned() -> dict[str, dict[str, list[str]]]:
    """Package -> version -> the locks that pin it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in locks.requirement_lists(CHECKOUT):
        if name.startswith(MEASURED_ONLY):
            continue
        for pin in locks.pins((CHECKOUT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")):
            found[pin.name][pin.version].append(name)
    return {name: dict(versions) for name, versions in sorted(found.items())}


def page(published: dict[tuple[str, str], tuple[str, int]], licences: dict[str, str]) -> str:
    """The whole page."""
    rows = []
    for name, versions in pinned().items():
        for version, groups in versions.items():
            day, size = published[(name, version)]
            rows.append(f"| {name} | {version} | {', '.join(groups)} | {licences[name]} | {day} | {max(1, round(size / 1000))} kB |\n")
    return HEAD + "".join(rows)


def publications(uv: str) -> dict[tuple[str, str], tuple[str, int]]:
    """(package, version) -> (day, bytes), from a resolution of the pins as they stand."""
    with tempfile.TemporaryDirectory() as folder:
        text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
        Path(folder, "pyproject.toml").write_text(text, encoding="utf-8")
        for name in ("README.md", "LICENSE"):
            shutil.copy(CHECKOUT / name, folder)
        constraints = [f"{name}=={version}" for name, versions in pinned().items() if len(versions) == 1 for version in versions]
        with Path(folder, "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[tool.uv]\nconstraint-dependencies = {constraints!r}\n")
        subprocess.run([uv, "lock", "--quiet", "--project", folder], check=True)
        packages = tomllib.loads(Path(folder, "uv.lock").read_text(encoding="utf-8"))["package"]
    return {(one["name"], one["version"]): _publication(one) for one in packages if "registry" in one["source"]}


def _publication(package: dict[str, Any]) -> tuple[str, int]:
    wheels = package.get("wheels", [])
    for ending in WHEEL_ORDER:
        for wheel in wheels:
            address = wheel["url"]
            fits = ending in address and ("x86_64" in address or "-any" in address)
            if fits:
                return str(wheel["upload-time"])[:10], int(wheel["size"])
    file = package.get("sdist") or wheels[0]
    return str(file["upload-time"])[:10], int(file["size"])


def licences(uv: str) -> dict[str, str]:
    """Package -> licence, read from the packages themselves in a folder that is thrown away."""
    first = {name: next(iter(versions)) for name, versions in pinned().items()}
    with tempfile.TemporaryDirectory() as folder:
        wanted = [f"{name}=={version}" for name, version in first.items()]
        subprocess.run([uv, "pip", "install", "--quiet", "--no-deps", "--python", sys.executable, "--target", folder, *wanted], check=True)
        distributions = importlib.metadata.distributions(path=[folder])
        return {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): _licence(one.metadata) for one in distributions}


def _licence(metadata: Any) -> str:
    if stated := metadata.get("License-Expression"):
        return str(stated)
    classified = [text.rpartition(" :: ")[2] for text in metadata.get_all("Classifier") or [] if text.startswith("License :: ")]
    return ", ".join(classified) or str(metadata.get("License") or "not stated").splitlines()[0]


if __name__ == "__main__":
    PAGE.write_text(page(publications(sys.argv[1]), licences(sys.argv[1])), encoding="utf-8")
