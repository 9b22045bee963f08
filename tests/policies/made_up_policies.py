"""A policy of a few clauses that nobody issued, read as a file is."""

from __future__ import annotations

from typing import Any

from mineaction.policies.clause import Variant
from mineaction.policies.policy_file import read_version
from mineaction.policies.variants import variant

Raw = dict[str, Any]
TEXT = {"kind": "paraphrase", "says": "Made up.", "citation": "nowhere"}
VERSION_ID = "made@2026-01-01"


def made_up(*written: Raw) -> Raw:
    return {
        "version": VERSION_ID,
        "title": "Made up",
        "in_force": {"from": "2026-01-01", "to": ""},
        "readings": {"only": {"default": True, "says": "As it stands."}},
        "clauses": [{"text": TEXT} | one for one in written],
    }


def read(raw: Raw) -> Variant:
    version, problems = read_version(raw, "made.yaml", lambda _: None)
    assert problems == []
    assert version is not None
    return variant(version, "", lambda _: version)
