"""The records that every engine answers about: seeded, of the facts that one policy reads, a day each; and the right answers.

The answers are the table compiled from the clauses; a sample of them is walked clause by clause, which is what the clauses mean. A record
whose day the version does not govern is packed as the cell after the table's last one.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.measured_process import CHECKOUT
from mineaction.policies.packed import pack
from mineaction.policies.walk import walk
from mineaction.programme.compiled_tables import table_of
from mineaction.programme.policies import law_with
from mineaction.terms.verdict import NOT_IN_FORCE, VERDICTS
from mineaction.terms.vocabulary import FIELDS

VERSION = "benchmark_policy@2022-06-21"
TASK = CHECKOUT / "benchmarks" / "task_policy.yaml"
SEED = 20220621
FIRST_DAY, LAST_DAY = dt.date(2019, 1, 1), dt.date(2026, 1, 1)
WALKED = 20_000  # cells walked clause by clause; all of them take minutes
# Most records are about the mine the policy is about; the other facts are spread evenly.
ITEMS = {"anti_personnel_mine": 0.6, "victim_activated_improvised_device": 0.1}
ANOTHER_ITEM = (1 - sum(ITEMS.values())) / (len(FIELDS["item"].values) - len(ITEMS))

EPOCH = dt.date(1970, 1, 1)
Column = npt.NDArray[np.uint8]


def write(folder: Path, count: int) -> Column:
    """Writes the records for the engines and gives the right answers, which are written nowhere."""
    law = law_with(str(TASK))
    version = law.version(VERSION)
    table = table_of(law.variant(VERSION))
    columns, day = _facts(table.fields, count)
    first, end = (days_since_epoch(one) for one in (version.in_force_from, version.in_force_to))
    governed = (day >= first) & (day < end)
    flat = np.append(table.verdicts.ravel(), np.uint8(VERDICTS.index(NOT_IN_FORCE)))
    keys = np.where(governed, pack(table, columns), np.int32(flat.size - 1)).astype(np.int32)
    arrays: dict[str, npt.NDArray[Any]] = {**columns, "day": day, "keys": keys, "table": flat}
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    words = {name: list(FIELDS[name].values) for name in table.fields}
    meaning = {"words": words, "verdicts": list(VERDICTS), "first": first, "end": end}
    (folder / "meaning.json").write_text(json.dumps(meaning), encoding="utf-8")
    found: Column = flat[keys]
    return found


def walked_differently() -> int:
    """How many of a sample of the cells the clauses, walked one by one, answer otherwise than the table."""
    variant = law_with(str(TASK)).variant(VERSION)
    table = table_of(variant)
    places = np.random.default_rng(SEED).choice(table.verdicts.size, WALKED, replace=False)
    cells = zip(*np.unravel_index(places, table.verdicts.shape), strict=True)
    acts = (table.act(tuple(int(one) for one in cell)) for cell in cells)
    return sum(walk(variant, act).verdict != table.verdict(act) for act in acts)


def days_since_epoch(day: str) -> int:
    """A day as the number the records have."""
    return (dt.date.fromisoformat(day) - EPOCH).days


def _facts(fields: tuple[str, ...], count: int) -> tuple[dict[str, Column], npt.NDArray[np.int32]]:
    chance = np.random.default_rng(SEED)
    columns = {}
    for name in fields:
        values = FIELDS[name].values
        weights = [ITEMS.get(one, ANOTHER_ITEM) for one in values] if name == "item" else None
        columns[name] = chance.choice(len(values), count, p=weights).astype(np.uint8)
    day = chance.integers((FIRST_DAY - EPOCH).days, (LAST_DAY - EPOCH).days, count, dtype=np.int32)
    return columns, day
