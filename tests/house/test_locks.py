"""The pins, without network: made from pyproject.toml as it is, every one hashed, no address in them, no two that disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import dependency_page, locks
from tests.house.guards import CHECKOUT

NAMES = sorted(locks.requirement_lists(CHECKOUT))


def text_of(name: str) -> str:
    return (CHECKOUT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")


def test_there_is_one_lock_for_the_package_each_extra_and_each_group() -> None:
    assert sorted(path.stem for path in (CHECKOUT / "requirements").glob("*.lock")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_was_made_from_the_requirements_as_they_stand(name: str) -> None:
    assert text_of(name).startswith(locks.head(CHECKOUT, name)), "run ./requirements/lock"


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_pinned_within_its_bounds(name: str) -> None:
    pinned = defaultdict(list)
    for pin in locks.pins(text_of(name)):
        pinned[canonicalize_name(pin.name)].append(pin.version)
    for requirement in map(Requirement, locks.requirement_lists(CHECKOUT)[name]):
        versions = pinned[canonicalize_name(requirement.name)]
        assert versions, f"{requirement} has no pin"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_a_hashed_pin(name: str) -> None:
    pins = locks.pins(text_of(name))
    assert pins
    assert [pin.name for pin in pins if not pin.hashes] == []
    # What is neither a pin, nor a hash, nor a comment would be an address, a path or an option.
    other = [line for line in text_of(name).splitlines() if line.strip() and not re.match(r"#|[A-Za-z0-9._-]+==| +--hash=sha256:", line)]
    assert other == []
    assert "://" not in text_of(name)


def test_a_package_has_one_version_on_a_machine_whichever_locks_are_installed() -> None:
    versions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in NAMES:
        for pin in locks.pins(text_of(name)):
            for python in ("3.11", "3.12", "3.13"):
                here = {"python_version": python, "python_full_version": f"{python}.0"}
                if not pin.marker or Marker(pin.marker).evaluate(here):
                    versions[(canonicalize_name(pin.name), python)].add(pin.version)
    assert {key: found for key, found in versions.items() if len(found) > 1} == {}


def test_the_group_build_pins_what_the_build_asks_for() -> None:
    assert sorted(locks.requirement_lists(CHECKOUT)["build"]) == sorted(locks.build_requirements(CHECKOUT))


def test_the_file_that_records_registry_addresses_is_kept_out() -> None:
    assert "/uv.lock" in (CHECKOUT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert not (CHECKOUT / "uv.lock").exists()


def test_a_changed_requirement_changes_the_head(tmp_path: Path) -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(text.replace('"pytest>=8.2"', '"pytest>=8.3"'), encoding="utf-8")
    assert locks.digest(tmp_path, "test") != locks.digest(CHECKOUT, "test")
    assert locks.digest(tmp_path, "base") == locks.digest(CHECKOUT, "base")


def test_the_page_of_dependencies_lists_every_pin() -> None:
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([0-9]\S*) \|", dependency_page.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(name, version) for name, versions in dependency_page.pinned().items() for version in versions], (
        "run ./requirements/lock"
    )
