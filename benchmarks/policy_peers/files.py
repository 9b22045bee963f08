"""The task on files: writes the table of records as Parquet, and compares two tables of answers.

`python -m benchmarks.policy_peers.files write PATH ROWS` and `... compare OURS THEIRS`. All columns are plain text but the number of the
record; about one fact in twelve is missing. Clauses are compared where the verdict is certain: elsewhere ours lists every clause that may
decide, which nobody writes by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute

SEED = 20220621
ROWS_AT_ONCE = 1_000_000
FIRST, END = dt.date(2022, 6, 21), dt.date(2025, 12, 2)  # days of one version
MISSING = 1 / 12
IMPROVISED = "victim_activated_improvised_device"
CERTAIN = ("prohibited", "permitted", "obliged", "not_addressed")
WORDS = {
    "actor": ["USA", "USA", "USA", "FRA", "UKR"],
    "act": [
        "develop", "produce", "acquire", "stockpile", "retain", "export", "sell", "transfer", "use",
        "assist", "encourage", "induce", "destroy", "clear", "mark", "identify", "report", "legislate",
    ],
    "item": [
        "anti_personnel_mine", "anti_personnel_mine", "anti_personnel_mine", IMPROVISED,
        "anti_vehicle_mine", "booby_trap", "cluster_munition", "other",
    ],
    "initiation": ["victim", "command", "both"],
    "persistence": ["persistent", "self_destructing_and_deactivating"],
    "counterparty": ["none", "elsewhere", "on_korean_peninsula"],
    "place": ["elsewhere", "korean_peninsula"],
    "purpose": ["defence", "detection", "removal", "destruction", "technique_training_or_development", "other_training", "other"],
    "context": ["other", "korean_peninsula"],
}  # fmt: skip
ALWAYS_GIVEN = ("act",)
Numbers = npt.NDArray[np.int32]


def write(path: str, rows: int) -> None:
    """The table, seeded, in pieces so that it may be larger than memory."""
    chance = np.random.default_rng(SEED)
    days = [(FIRST + dt.timedelta(days=number)).isoformat() for number in range((END - FIRST).days)]
    names = ["record", "on", *WORDS]
    schema = pa.schema([("record", pa.int64()), *((name, pa.string()) for name in names[1:])])
    with pq.ParquetWriter(path, schema) as file:
        for start in range(0, rows, ROWS_AT_ONCE):
            count = min(ROWS_AT_ONCE, rows - start)
            arrays = [pa.array(np.arange(start, start + count)), texts(days, chance.integers(0, len(days), count, dtype=np.int32))]
            given = {name: chance.integers(0, len(words), count, dtype=np.int32) for name, words in WORDS.items()}
            # What its victim sets off is set off by its victim: a row that says otherwise contradicts itself.
            given["initiation"][given["item"] == WORDS["item"].index(IMPROVISED)] = WORDS["initiation"].index("victim")
            # A sale or a transfer has somebody on the other side; one to nobody is refused.
            towards = np.isin(given["act"], [WORDS["act"].index(one) for one in ("sell", "transfer")])
            nobody = given["counterparty"] == WORDS["counterparty"].index("none")
            given["counterparty"][towards & nobody] = WORDS["counterparty"].index("elsewhere")
            for name, numbers in given.items():
                words = WORDS[name]
                arrays.append(texts(words, numbers, None if name in ALWAYS_GIVEN else chance.random(count) < MISSING))
            file.write_table(pa.table(arrays, schema=schema))


def texts(words: list[str], numbers: Numbers, missing: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of plain text."""
    return compute.take(pa.array(words), pa.array(numbers, mask=missing))


def compare(ours: str, theirs: str) -> dict[str, int]:
    """Rows, verdicts that differ, and clauses that differ where the verdict is certain."""
    mine, other = read(ours, "benchmark_policy."), read(theirs, "")
    verdicts = compute.not_equal(mine["verdict"], other["verdict"])
    certain = compute.is_in(mine["verdict"], value_set=pa.array(CERTAIN))
    clauses = compute.and_(certain, compute.not_equal(mine["clauses"], other["clauses"]))
    counted = {name: compute.sum(one.cast(pa.int64())).as_py() or 0 for name, one in (("verdicts", verdicts), ("clauses", clauses))}
    empty = sum(table[name].null_count for table in (mine, other) for name in ("verdict", "clauses"))
    return {"rows": len(mine), "certain": compute.sum(certain.cast(pa.int64())).as_py() or 0, "empty": empty, **counted}


def read(path: str, prefix: str) -> pa.Table:
    """Verdict and clauses in the order of the records."""
    table = pq.read_table(path, columns=["record", f"{prefix}verdict", f"{prefix}clauses"]).rename_columns(["record", "verdict", "clauses"])
    order = compute.sort_indices(table["record"])
    # As numbers of words: text columns of this length would not fit into one array.
    return pa.table(
        {name: table[name].dictionary_encode().combine_chunks().dictionary_decode().take(order) for name in ("verdict", "clauses")}
    )


COMMANDS: dict[str, Callable[..., dict[str, int] | None]] = {"write": lambda path, rows: write(path, int(rows)), "compare": compare}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
