"""Does a table say in every cell what the program says about the act of that cell, and the walk name the same duties?

The program answers for one act of each combination of classes of values; spread out over the values of each class, its answers are
compared with the table in every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from mineaction.policies import law as law_module
from mineaction.policies.clause import Variant
from mineaction.policies.policy_yaml import parse_yaml
from mineaction.policies.table import Table, compile_table
from mineaction.policies.unknowns import Answer
from mineaction.policies.walk import ready, walk_clauses
from mineaction.programme.compiled_law import packaged_law
from mineaction.terms.verdict import CELL_VERDICTS, UNDETERMINED
from mineaction.terms.vocabulary import FIELDS
from tests.policies.clingo_program import Program, program_of

Raw = dict[str, Any]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Agreement:
    """`acts` the program was asked about, the `cells` they stand for, those that `differ`, and acts whose duties differ.

    `told_apart`: fields of which a condition of the variant tells values apart that count as one here, so that one walk would not do.
    """

    acts: int
    cells: int
    differ: tuple[dict[str, str], ...]
    duties_differ: tuple[dict[str, str], ...]
    told_apart: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.differ and not self.duties_differ and not self.told_apart


def agreement(program: Program, variant: Variant, table: Table | None = None) -> Agreement:
    """Where `table` (by default the variant's own) and the walk differ from the program."""
    fields = tuple(name for name in FIELDS if name in {*program.fields, *variant.fields})
    told = table or compile_table(variant, fields)
    assert told.fields == fields
    # A field of which the program knows nothing makes no difference to it.
    classes = [program.classes(name) if name in program.fields else [list(FIELDS[name].values)] for name in fields]
    places = [{one[0]: place for place, one in enumerate(found)} for found in classes]
    shape = tuple(len(found) for found in classes)
    verdicts, sets = np.full(shape, NOBODY), np.full(shape, NOBODY)
    numbers: dict[frozenset[str], int] = {}
    duties_differ = []
    made_ready = ready(variant)
    told_apart = [name for name, found in zip(fields, classes, strict=True) if not _is_blind_to(found, name, variant)]
    acts = 0
    for act, opinion in program.acts():
        acts += 1
        full = {name: act.get(name, FIELDS[name].values[0]) for name in fields}
        cell = tuple(place[full[name]] for name, place in zip(fields, places, strict=True))
        (verdict,) = opinion.verdicts
        verdicts[cell] = CELL_VERDICTS.index(verdict)
        sets[cell] = numbers.setdefault(opinion.clauses, len(numbers))
        if frozenset(walk_clauses(*made_ready, full).duties) != opinion.duties:
            duties_differ.append(full)
    assert acts == verdicts.size and not (verdicts == NOBODY).any(), "one answer for each combination of classes"
    spread = np.ix_(*([_class_of(value, found) for value in FIELDS[name].values] for name, found in zip(fields, classes, strict=True)))
    own_sets = np.array([numbers.get(frozenset(one), len(numbers)) for one in told.sets])[told.clause_sets]
    differ = (verdicts[spread] != told.verdicts) | (sets[spread] != own_sets)
    named = tuple(told.act(tuple(int(one) for one in cell)) for cell in np.argwhere(differ))
    return Agreement(acts, told.verdicts.size, named, tuple(duties_differ), tuple(told_apart))


def _is_blind_to(classes: list[list[str]], name: str, variant: Variant) -> bool:
    """Whether no condition of the variant tells the values of one class apart."""
    tests = [one[name] for clause in ready(variant)[0] for one in (*clause.when, *clause.duty_when) if name in one]
    return all(len({value in test for value in found}) == 1 for test in tests for found in classes)


def _class_of(value: str, classes: list[list[str]]) -> int:
    return next(place for place, found in enumerate(classes) if value in found)


def check_unknown(program: Program, told: Answer, known: dict[str, str]) -> None:
    """The answer about an act of which only `known` is given is what the program says about all acts that fit."""
    opinion = program.opinion(known)
    assert set(told.possible) == opinion.verdicts
    assert told.verdict == (told.possible[0] if len(opinion.verdicts) == 1 else UNDETERMINED)
    assert set(told.clauses) == opinion.clauses
    assert set(told.duties) == opinion.duties


@cache
def policy_files() -> tuple[Raw, ...]:
    """The packaged policy files as they are written."""
    return tuple(
        parse_yaml(path.read_bytes(), path.name)[0]
        for path in sorted(Path(law_module.__file__).parent.glob("*/*.yaml"))
        if path.name != "instrument.yaml"
    )


@cache
def packaged_agreement(version_id: str, reading: str) -> Agreement:
    """The same for a packaged version, asked once."""
    return agreement(program_of(version_id, reading, policy_files()), packaged_law().variant(version_id, reading))
