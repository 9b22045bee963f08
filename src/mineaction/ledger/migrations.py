"""How does the file of a store become one of a newer format? By steps in their order, in one transaction, after a backup beside the store.

Each step is kept for ever, so that every store ever made can be opened. Facts keep their ids and batches their links: a step changes
tables, never what was told. When it was taken is written into the table `store`. Refuses a store of a newer format (`sqlite_file.opened`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import count
from typing import NamedTuple

from mineaction.ledger.schema import FORMAT, LEDGER_OBJECTS, TABLES, TRIGGERS
from mineaction.ledger.sqlite_file import connected, copy_store, opened
from mineaction.ledger.stored_facts import FACT_COLUMNS, fact_problems
from mineaction.terms.problem import ProblemError, problem


class Step(NamedTuple):
    """From the format before `format` to it. `change` works on the tables; triggers are away meanwhile and of today afterwards."""

    format: str
    change: Callable[[sqlite3.Connection], None]


# In order; the last one leads to `schema.FORMAT`. Format 1 is the first there is.
STEPS: tuple[Step, ...] = ()


def migrate(path: str, at: str, steps: Sequence[Step] = STEPS) -> tuple[str, str]:
    """The format the store had and, where that was an older one, the backup that was made before it was changed."""
    formats = [str(int(one.format) - 1) for one in steps] + [FORMAT]
    with closing(opened(path, formats)) as connection:
        held = str(connection.execute("SELECT value FROM store WHERE name = 'format'").fetchone()[0])
        due = [one for one in steps if int(one.format) > int(held)]
        if not due:
            return held, ""
        # One that is there was made before an attempt that was stopped.
        backup = next(name for number in count(1) if not os.path.lexists(name := f"{path}.format-{held}.backup-{number}"))
        copy_store(connection, backup, lambda _: None)
        with connected(path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                _take(connection, due, at)
                _refuse_changed(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    return held, backup


def _refuse_changed(connection: sqlite3.Connection) -> None:
    """A step that changed what was told is a mistake of this program, and is not kept."""
    rows = connection.execute(f"SELECT {FACT_COLUMNS} FROM fact")
    if found := [one for row in rows for one in fact_problems(row)]:
        raise ProblemError(found)


def _take(connection: sqlite3.Connection, due: Sequence[Step], at: str) -> None:
    for name, table in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if table in TABLES:
            connection.execute(f'DROP TRIGGER "{name}"')
    for step in due:
        step.change(connection)
        connection.execute("UPDATE store SET value = ? WHERE name = 'format'", (step.format,))
        connection.execute("INSERT INTO store VALUES (?, ?)", (f"format_{step.format}_since", at))
    for statement in TRIGGERS.values():
        connection.execute(statement)
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    if wrong := [name for name, statement in LEDGER_OBJECTS.items() if made.get(name) != statement]:
        raise ProblemError([problem("ledger_schema_altered", f"schema {name}", name) for name in wrong])
