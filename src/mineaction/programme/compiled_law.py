"""Where the law comes from: the packaged policy files, validated and kept as one JSON file so that a question starts quickly.

`compile_package.py` writes the cache, into a checkout and into the wheel. A cache whose policy files have changed since is not used: the
files are then compiled in memory, which is slower and never stale.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from typing import Any

from mineaction.ledger.packaged import packaged_book
from mineaction.policies import law as law_module
from mineaction.policies.law import Law, law_from
from mineaction.terms.problem import ProblemError, problem

Raw = dict[str, Any]

POLICIES = os.path.dirname(os.path.abspath(law_module.__file__))
COMPILED = os.path.join(os.path.dirname(POLICIES), "_compiled")
LAW_FILE = "law.json"


@cache
def packaged_law() -> Law:
    """Every packaged instrument, one value for the whole process."""
    try:
        with open(os.path.join(COMPILED, LAW_FILE), encoding="utf-8") as file:
            held: Raw = json.load(file)
        if held["sources_sha256"] == sources_digest():
            return law_from(held)
    except (OSError, ValueError, KeyError):
        pass  # no cache, or a torn one: what follows gives the same answers
    return law_from(compiled())


def compiled() -> Raw:
    """The packaged policy files, validated: `{"sources_sha256", "instruments": [{..., "versions": [...]}]}`."""
    # These need PyYAML, which a question does not.
    from mineaction.policies.policy_file import read_version
    from mineaction.policies.policy_yaml import parse_yaml
    from mineaction.policies.version_parts import parts

    instruments: list[Raw] = []
    problems = []
    for folder in sorted({os.path.dirname(name) for name in _files()}):
        header, found = parse_yaml(_bytes(f"{folder}/instrument.yaml"), f"{folder}/instrument.yaml")
        problems += found
        header["versions"] = []
        for name in _files():
            if os.path.dirname(name) == folder and not name.endswith("/instrument.yaml"):
                raw, found = parse_yaml(_bytes(name), name)
                version, wrong = (None, found) if found else read_version(raw, name, held_text)
                problems += wrong
                if version:
                    header["versions"] += parts(version.raw)
        instruments.append(header)
    if problems:
        raise ProblemError(problems)
    return {"sources_sha256": sources_digest(), "instruments": instruments}


def held_text(file: str) -> tuple[str, str] | None:
    """A packaged text, and how a clause may rest on it: `quote` from a verified copy, `excerpt` from one carried over by hand."""
    book = packaged_book()
    row = book.manifest().get(file)
    return (book.text(file), "quote" if row["byte_copy"] == "yes" else "excerpt") if row else None


def sources_digest() -> str:
    """SHA-256 over the name and the bytes of every packaged policy file."""
    whole = hashlib.sha256()
    for name in _files():
        whole.update(name.encode() + b"\0" + _bytes(name) + b"\0")
    return whole.hexdigest()


def _files() -> list[str]:
    folders = sorted(entry.name for entry in os.scandir(POLICIES) if entry.is_dir() and not entry.name.startswith("_"))
    return [
        f"{folder}/{name}" for folder in folders for name in sorted(os.listdir(os.path.join(POLICIES, folder))) if name.endswith(".yaml")
    ]


def _bytes(name: str) -> bytes:
    try:
        with open(os.path.join(POLICIES, name), "rb") as file:
            return file.read()
    except OSError as error:
        raise ProblemError([problem("packaged_data_broken", name, error.strerror or "cannot be read")]) from None
