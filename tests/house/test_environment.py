"""A fresh machine: each way to set up the environment gives the same pins, the second start is quick, the wheel is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.house import locks
from tests.house.guards import CHECKOUT

pytestmark = pytest.mark.slow

NEEDED = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "requirements", "scripts", "src")
SET_UP = "source scripts/environment.sh; ensure_environment; ensure_environment"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a set-up needs of this checkout, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for name in NEEDED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_compiled"))
        else:
            shutil.copy(source, folder / name)
    return folder


def bash(clone: Path, script: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Runs in the clone as a new log-in would: nothing of this test's own environment on PATH."""
    own = str(Path(sys.prefix) / "bin")
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if part != own)
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment = {**inherited, "PATH": path, "MINEACTION_PYTHON": str(Path(sys.base_prefix) / "bin" / "python3"), **changed}
    command = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def versions(clone: Path, environment: str = ".venv") -> dict[str, str]:
    listing = "import importlib.metadata as m; [print(d.name.lower(), d.version) for d in m.distributions()]"
    printed = subprocess.run([clone / environment / "bin/python", "-c", listing], capture_output=True, text=True, check=True).stdout
    return dict(line.split() for line in printed.splitlines())


def is_whole(clone: Path) -> bool:
    pinned = {pin.name: pin.version for pin in locks.pins((CHECKOUT / "requirements" / "base.lock").read_text(encoding="utf-8"))}
    there = versions(clone)
    door = subprocess.run([clone / ".venv/bin/mineaction", "--help"], cwd=clone, capture_output=True, check=False)
    return pinned.keys() | {"mineaction", "hatchling"} <= there.keys() and door.returncode == 0


def test_with_uv_on_the_path(clone: Path, tmp_path: Path) -> None:
    uv = shutil.which("uv") or str(CHECKOUT / ".tools" / "bin" / "uv")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").symlink_to(uv)
    result = bash(clone, f'PATH="{tmp_path}/bin:$PATH"; {SET_UP}')
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("Setting up .venv with uv") == 1, "the second start finds everything there"
    assert is_whole(clone)
    assert not (clone / ".tools").exists()


def test_without_uv_and_with_pip(clone: Path) -> None:
    hidden = 'command() { [ "$*" != "-v uv" ] && builtin command "$@"; }'
    result = bash(clone, f"{hidden}; {SET_UP}")
    assert result.returncode == 0, result.stderr
    assert "installing it into .tools" in result.stderr
    assert result.stderr.count("Setting up .venv with uv") == 1
    assert is_whole(clone)


def test_where_uv_cannot_be_had(clone: Path) -> None:
    result = bash(clone, SET_UP, MINEACTION_NO_UV="1")
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("Setting up .venv with venv and pip") == 1
    assert is_whole(clone)


def test_a_changed_pin_a_moved_clone_and_a_missing_interpreter_set_up_again(clone: Path) -> None:
    set_up_again = """
        source scripts/environment.sh; ensure_environment
        echo '# another reason' >> requirements/base.lock; is_installed base && exit 10
        ensure_environment; is_installed base build || exit 11
        mv "$PWD" "$PWD moved"; cd "$PWD moved"; source scripts/environment.sh; is_installed base && exit 12
        ensure_environment; .venv/bin/mineaction --help >/dev/null || exit 13
        rm .venv/bin/python; is_installed base && exit 14
        ensure_environment; is_installed base build || exit 15
    """
    result = bash(clone, set_up_again)
    assert result.returncode == 0, result.stderr


def test_engines_measured_beside_the_package_have_an_environment_with_their_pins_alone(clone: Path) -> None:
    result = bash(clone, "source scripts/environment.sh; ensure_peers bench-openfisca; ensure_peers bench-openfisca")
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("Setting up .bench/bench-openfisca") == 1, "the second start finds everything there"
    assert not (clone / ".venv").exists()
    pinned = {pin.name for pin in locks.pins((CHECKOUT / "requirements" / "bench-openfisca.lock").read_text(encoding="utf-8"))}
    there = {canonicalize_name(name) for name in versions(clone, ".bench/bench-openfisca")}
    assert "openfisca-core" in there
    assert there <= pinned


def test_a_package_with_other_bytes_than_pinned_is_refused(clone: Path) -> None:
    for lock in (clone / "requirements").glob("*.lock"):
        lock.write_text(re.sub(r"sha256:[0-9a-f]{64}", "sha256:" + "0" * 64, lock.read_text(encoding="utf-8")), encoding="utf-8")
    for way in ({"MINEACTION_NO_UV": "1"}, {}):
        result = bash(clone, "source scripts/environment.sh; ensure_environment", **way)
        assert result.returncode != 0
        assert "hash" in result.stderr.lower()


def test_the_wheel_holds_facts_texts_policies_cache_and_licence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = CHECKOUT / "src" / "mineaction"
    data = {path for path in (package / "data").rglob("*") if path.is_file()}
    law = set((package / "policies").rglob("*.yaml"))
    cache = {path for path in (package / "_compiled").rglob("*") if path.is_file()}
    assert data and law and cache
    assert {path.relative_to(CHECKOUT / "src").as_posix() for path in data | law | cache} <= names
    assert {"mineaction/py.typed", "mineaction-0.1.0.dist-info/licenses/LICENSE"} <= names
    assert not any(name.startswith(("tests", "docs", "benchmarks")) for name in names)
