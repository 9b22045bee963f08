"""Which mapping is meant: a file that somebody wrote, or one that comes with the program, by its name?"""

from __future__ import annotations

import os
from importlib.resources import files

from mineaction.policies.policy_yaml import parse_yaml
from mineaction.programme.files import read_bytes
from mineaction.sources.record_mapping import RecordMapping, read_record_mapping
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.problem import ProblemError, problem

_PACKAGED = files("mineaction") / "data" / "mappings"
_EXTENSION = ".yaml"


def packaged_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    return tuple(sorted(one.name.removesuffix(_EXTENSION) for one in _PACKAGED.iterdir() if one.name.endswith(_EXTENSION)))


def record_mapping(given: str) -> RecordMapping:
    """The mapping of this name or file."""
    if given in packaged_mappings():
        place, content = given, (_PACKAGED / f"{given}{_EXTENSION}").read_bytes()
    elif os.path.exists(given):
        place, content = given, read_bytes(given)
    else:
        raise ProblemError([problem("mapping_missing", "mapping", given, known=", ".join(packaged_mappings()))])
    raw, problems = parse_yaml(content, place, "a mapping", "Write keys and values; docs/MAPPINGS.md shows one.")
    if problems:
        raise ProblemError(problems)
    mapping, problems = read_record_mapping(raw, content, place, RECORDED_KINDS)
    if mapping is None or problems:
        raise ProblemError(problems)
    return mapping
