"""DuckDB: SQL CASE over ENUM columns of a table in memory, on every core. Rows come in any order, so each comes with its number."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.policy_peers.records import ASSIST, EXCEPTED, MAKE, TRANSFER, Column, Records

PACKAGE = "duckdb"
Engine = tuple[duckdb.DuckDBPyConnection, str]


def listed(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


def setup(records: Records) -> Engine:
    """The policy as one query that gives the code of the verdict."""
    code = {word: number for number, word in enumerate(records.verdicts)}
    query = f"""SELECT rowid AS record, (CASE
        WHEN day < {records.first} OR day >= {records.end} THEN {code["not_in_force"]}
        WHEN act IN {listed(ASSIST)} THEN
            CASE WHEN context = 'other' AND underlying = 'prohibited' THEN {code["prohibited"]} ELSE {code["not_addressed"]} END
        WHEN act NOT IN {listed((*MAKE, *TRANSFER, "use", "destroy"))} THEN {code["not_addressed"]}
        WHEN NOT (item = 'victim_activated_improvised_device'
                  OR (item = 'anti_personnel_mine' AND initiation IN ('victim', 'both'))) THEN {code["not_addressed"]}
        WHEN act = 'sell' AND counterparty = 'none' THEN {code["not_addressed"]}
        WHEN act = 'destroy' AND purpose = 'defence' AND context = 'korean_peninsula' THEN {code["not_addressed"]}
        WHEN item = 'anti_personnel_mine' AND initiation = 'both' THEN {code["undetermined"]}
        WHEN act IN {listed(MAKE)} THEN {code["prohibited"]}
        WHEN act IN {listed(TRANSFER)} THEN
            CASE WHEN purpose IN {listed(EXCEPTED)} THEN {code["permitted"]} ELSE {code["prohibited"]} END
        WHEN act = 'use' THEN
            CASE WHEN place = 'korean_peninsula' AND persistence = 'self_destructing_and_deactivating'
                 THEN {code["permitted"]} ELSE {code["prohibited"]} END
        ELSE {code["obliged"]} END)::UTINYINT AS verdict FROM records"""
    return duckdb.connect(), query


def prepared(engine: Engine, records: Records) -> None:
    """A table of the engine's own, facts as ENUM."""
    connection, _ = engine
    given = pa.table(
        {name: pa.DictionaryArray.from_arrays(pa.array(records.columns[name]), pa.array(words)) for name, words in records.words.items()}
        | {"day": pa.array(records.day)}
    )
    connection.register("given", given)
    facts = ", ".join(f"{name}::ENUM{listed(words)} AS {name}" for name, words in records.words.items())
    connection.execute(f"CREATE TABLE records AS SELECT {facts}, day FROM given")


def verdicts(engine: Engine, given: None) -> dict[str, Column]:
    connection, query = engine
    found: dict[str, Column] = connection.execute(query).fetchnumpy()
    return found


def in_order(found: dict[str, Column]) -> Column:
    """Sorted by number after the clock has stopped."""
    answers = np.empty_like(found["verdict"])
    answers[found["record"]] = found["verdict"]
    return answers


def when_place_is_missing() -> dict[str, str]:
    """A NULL in a column of text."""
    given = "FROM (SELECT NULL::VARCHAR AS place)"
    connection = duckdb.connect()
    forms = {
        "CASE WHEN place = 'korea'": "CASE WHEN place = 'korea' THEN 'permitted' ELSE 'prohibited' END",
        "CASE WHEN place <> 'korea'": "CASE WHEN place <> 'korea' THEN 'prohibited' ELSE 'permitted' END",
    }
    return {form: str(connection.execute(f"SELECT {query} {given}").fetchall()[0][0]) for form, query in forms.items()}
