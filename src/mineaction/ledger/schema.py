"""Which tables does the file of a store have? Facts, batches, what each batch told, the imported files; and triggers that keep them.

A row is added and never changed or removed. `INSERT OR REPLACE` removes a row without asking a trigger of removal, so a row that would
replace another is refused at insertion. The triggers stop slips and foreign programs; whoever owns the file can remove them, and `verify`
says so.
"""

from __future__ import annotations

FORMAT = "1"

KEPT = "facts are only added: correct one by importing a record that supersedes it, or use mineaction reverse"

TABLES = {
    # What the store says of itself: its format, and an id of its own.
    "store": "CREATE TABLE store (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    "fact": """CREATE TABLE fact (
    fact_id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL, sealed TEXT NOT NULL,
    geometry BLOB NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, source TEXT NOT NULL, supersedes TEXT NOT NULL)""",
    "file": "CREATE TABLE file (sha256 TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)",
    "batch": """CREATE TABLE batch (
    seq INTEGER NOT NULL PRIMARY KEY, batch_id TEXT NOT NULL UNIQUE, recorded_at TEXT NOT NULL, principal TEXT NOT NULL,
    mapping TEXT NOT NULL, file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL, reverses TEXT NOT NULL, root TEXT NOT NULL,
    link TEXT NOT NULL)""",
    "entry": """CREATE TABLE entry (
    seq INTEGER NOT NULL, ordinal INTEGER NOT NULL, fact_id TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (seq, ordinal))""",
}
INDEXES = {
    "fact_by_subject": "CREATE INDEX fact_by_subject ON fact (subject)",
    "fact_by_kind": "CREATE INDEX fact_by_kind ON fact (kind)",
    "fact_by_correction": "CREATE INDEX fact_by_correction ON fact (supersedes) WHERE supersedes <> ''",
    "entry_by_fact": "CREATE INDEX entry_by_fact ON entry (fact_id)",
}
_SAME_ROW = {
    "store": "name = NEW.name",
    "fact": "fact_id = NEW.fact_id",
    "file": "sha256 = NEW.sha256",
    "batch": "seq = NEW.seq OR batch_id = NEW.batch_id",
    "entry": "seq = NEW.seq AND ordinal = NEW.ordinal",
}
TRIGGERS = {
    f"{table}_{event}": f"CREATE TRIGGER {table}_{event} BEFORE {when} ON {table} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    for table, same in _SAME_ROW.items()
    for event, when in (("not_updated", "UPDATE"), ("not_deleted", "DELETE"))
} | {
    f"{table}_not_replaced": (
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    )
    for table, same in _SAME_ROW.items()
}
# In the order in which they can be made.
LEDGER_OBJECTS = TABLES | INDEXES | TRIGGERS
