"""DuckDB: a table file through CASE into another, by COPY. `python -m benchmarks.policy_peers.duckdb_file IN OUT`.

The same verdict with facts that may be missing as `polars_file.py`. A comparison with what is missing is neither true nor false, so that
no branch is taken; where that would not do, COALESCE says so.
"""

from __future__ import annotations

import sys

import duckdb

from benchmarks.policy_peers.duckdb_case import listed
from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER

POLICY = "us_apl_policy.2022"
KOREA_BEFORE = "us_apl_policy.2020"
ANSWERS: list[tuple[str, str]] = []


def answer(verdict: str, clauses: str = "") -> int:
    """A verdict and its clauses as the number of a place in two lists; DuckDB counts from 1."""
    if (verdict, clauses) not in ANSWERS:
        ANSWERS.append((verdict, clauses))
    return ANSWERS.index((verdict, clauses)) + 1


OPEN, SILENT = answer("undetermined"), answer("not_addressed")
OUTSIDE = """(item IN ('anti_vehicle_mine', 'booby_trap', 'cluster_munition', 'other')
              OR (item = 'anti_personnel_mine' AND initiation = 'command'))"""
MEANT = "(item = 'victim_activated_improvised_device' OR (item = 'anti_personnel_mine' AND initiation = 'victim'))"


def policy() -> str:
    """The policy as CASE."""
    return f"""CASE
    WHEN "on" < '2022-06-21' OR "on" >= '2025-12-02' THEN {answer("not_in_force")}
    WHEN actor IS NULL THEN {OPEN}
    WHEN actor <> 'USA' THEN {answer("not_bound")}
    WHEN act IN {listed(ASSIST)} THEN CASE WHEN context = 'korean_peninsula' OR {OUTSIDE} THEN {SILENT} ELSE {OPEN} END
    WHEN act NOT IN {listed((*MAKE, *TRANSFER, "use", "destroy"))} OR {OUTSIDE} THEN {SILENT}
    WHEN act = 'sell' AND counterparty = 'none' THEN {SILENT}
    WHEN act = 'destroy' AND purpose = 'defence' AND context = 'korean_peninsula' THEN {SILENT}
    WHEN NOT COALESCE({MEANT}, false) THEN {OPEN}
    WHEN act IN {listed(MAKE)} THEN {answer("prohibited", f"{POLICY}.1")}
    WHEN act IN {listed(TRANSFER)} THEN CASE
        WHEN purpose IS NULL OR (act = 'sell' AND counterparty IS NULL) THEN {OPEN}
        WHEN purpose = 'destruction' THEN {answer("permitted", f"{POLICY}.2.destruction")}
        WHEN purpose IN {listed(EXCEPTED)} THEN {answer("permitted", f"{POLICY}.2.activities")}
        ELSE {answer("prohibited", f"{POLICY}.2")} END
    WHEN act = 'use' THEN CASE
        WHEN place = 'elsewhere' THEN {answer("prohibited", f"{POLICY}.3")}
        WHEN place = 'korean_peninsula' AND persistence = 'persistent' THEN {answer("prohibited", f"{KOREA_BEFORE}.use_persistent")}
        WHEN place = 'korean_peninsula' AND persistence IS NOT NULL THEN {answer("permitted", f"{KOREA_BEFORE}.use")}
        WHEN place IS NULL AND persistence = 'persistent' THEN {answer("prohibited", f"{POLICY}.3;{KOREA_BEFORE}.use_persistent")}
        ELSE {OPEN} END
    WHEN COALESCE(purpose, 'defence') = 'defence' AND COALESCE(context, 'korean_peninsula') = 'korean_peninsula' THEN {OPEN}
    ELSE {answer("obliged", f"{POLICY}.5")} END"""


def main(given: str, out: str) -> None:
    """One query."""
    found = policy()
    verdicts, clauses = ([texts[number] for texts in ANSWERS] for number in (0, 1))
    duckdb.execute(f"""COPY (
        SELECT * EXCLUDE (found), {verdicts}[found] AS verdict, {clauses}[found] AS clauses
        FROM (SELECT *, {found} AS found FROM read_parquet('{given}'))
    ) TO '{out}' (FORMAT parquet, COMPRESSION snappy)""")


if __name__ == "__main__":
    main(*sys.argv[1:])
