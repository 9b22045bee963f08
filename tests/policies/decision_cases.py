"""The cases a lawyer can read, and how one of them is asked. Each file of `cases/` holds one question about one instrument.

A case is a sentence (`says`), the words of a question (`ask`, as `mineaction decide` takes them; `underlying` for the act that is
assisted) and what the instrument must answer (`expect`). A key that stands nowhere in `EXPECTED` fails the run.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mineaction.policies.law import Law
from mineaction.programme.decisions import decide

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]


def _ids(told: list[dict[str, Any]], key: str = "id") -> list[str]:
    return [one[key] for one in told]


# What a case may expect -> the same from a finding.
EXPECTED: dict[str, Any] = {
    "verdict": lambda told: told["verdict"],
    "version": lambda told: told["version"],
    "reason": lambda told: told["reason"],
    "if_bound": lambda told: told["if_bound"],
    "possible": lambda told: told["possible"],
    "clauses": lambda told: _ids(told["clauses"]),
    "duties": lambda told: _ids(told["duties"]),
    "to_do": lambda told: [act for one in told["duties"] for act in one["do"]],
    "statements": lambda told: _ids(told["statements"]),
    "missing": lambda told: sorted(" and ".join(names) for names in told["missing"]),
    "missing_law": lambda told: _ids(told["missing_law"], "clause"),
    "provisos": lambda told: told["provisos"],
    "notes": lambda told: told["notes"],
    "readings": lambda told: told["readings"],
    "claims": lambda told: [name for name in told["readings"] if name.startswith("claim: ")],
}
# Expected as parts of the sentences given, one part a sentence; an empty list expects no sentence.
IN_WORDS = ("provisos", "notes")


@cache
def cases() -> tuple[tuple[str, str, Case], ...]:
    """(file name, instrument, case) for every case, in the order of the files. Every value is read as the text it is."""
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        whole = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert set(whole) == {"question", "instrument", "cases"}, f"{path.name}: the keys are question, instrument, cases"
        found += [(path.stem, whole["instrument"], case) for case in whole["cases"]]
    return tuple(found)


def finding(instrument: str, case: Case, law: Law | None = None) -> dict[str, Any]:
    """The finding of one instrument about what a case asks."""
    told = decide(**case["ask"], law=law)
    return next(one for one in told["findings"] if one["instrument"] == instrument)


def differences(told: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    """What a finding has otherwise than expected; empty if the case holds."""
    found = {key: EXPECTED[key](told) for key in expect}
    return [f"{key}: expected {wanted}, found {found[key]}" for key, wanted in expect.items() if not _agrees(key, found[key], wanted)]


def _agrees(key: str, found: Any, wanted: Any) -> bool:
    if key == "readings":
        return all(found.get(name) == verdict for name, verdict in wanted.items())
    if key in IN_WORDS and wanted:
        return all(any(part in sentence for sentence in found) for part in wanted)
    return bool(found == (sorted(wanted) if key == "missing" else wanted))
