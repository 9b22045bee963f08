"""What `import mineaction as ma` offers. A name added or removed here is a line of CHANGELOG.md."""

from __future__ import annotations

import importlib
import pkgutil

import mineaction

EXPORTED = (
    "ProblemError", "check_policies", "compare", "deadlines", "decide", "diff", "explain", "factcheck", "instruments", "new_policy",
    "open", "roadmap", "screen", "status", "timeline", "what_if",
)  # fmt: skip


def test_the_exported_names_are_these() -> None:
    assert tuple(sorted(mineaction.__all__)) == EXPORTED


def test_every_exported_name_can_be_called_and_says_what_it_answers() -> None:
    for name in EXPORTED:
        exported = getattr(mineaction, name)
        assert callable(exported) and exported.__doc__, name


def test_loading_the_rooms_changes_no_exported_name() -> None:
    for room in pkgutil.walk_packages(mineaction.__path__, "mineaction."):
        if not room.name.endswith("__main__"):
            importlib.import_module(room.name)
    assert [name for name in EXPORTED if not callable(getattr(mineaction, name))] == [], "a room of that name hides the function"


def test_the_package_lists_what_it_offers() -> None:
    assert tuple(dir(mineaction)) == EXPORTED
