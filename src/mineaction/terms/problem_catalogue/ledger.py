"""A store: made, opened, checked, signed: what can be wrong, and how to mend it."""

from __future__ import annotations

LEDGER: dict[str, tuple[str, str]] = {
    "store_missing": ("There is no store '{value}'.", "Make one with 'mineaction init {value}', or name another with --store."),
    "store_exists": ("'{value}' is there already.", "Choose another name: nothing is written over."),
    "store_not_ours": ("'{value}' is not a store of this program: {reason}.", "Give a file that 'mineaction init' made."),
    "store_busy": ("Another program is writing to '{value}'.", "Try again when it has ended; nothing was recorded."),
    "store_damaged": ("'{value}' cannot be read as a database: {reason}.", "Restore the last backup with 'mineaction restore'."),
    "store_refused": ("'{value}' could not be written: {reason}.", "Free space or mend the permission; nothing was recorded."),
    "batch_unknown": ("There is no batch '{value}'.", "Give a number from 1 to {last}, or the whole id of a batch."),
    "batch_reversed": (
        "Batch {value} was reversed by batch {by}.",
        "To let it stand again: mineaction reverse {by}.",
    ),
    "ledger_database_broken": ("The engine finds the store damaged: {value}.", "Restore the last backup with 'mineaction restore'."),
    "ledger_schema_altered": (
        "'{value}' of the store is not as this program made it.",
        "Restore the last backup; ask who changed the store.",
    ),
    "ledger_fact_altered": ("The fact does not match its id any more ({value}).", "Restore the last backup; ask who changed the store."),
    "ledger_fact_missing": ("Batch {value} tells of a fact that is gone.", "Restore the last backup; ask who changed the store."),
    "ledger_fact_added": ("The fact stands in no batch: nobody told it ({value}).", "Restore the last backup; ask who changed the store."),
    "ledger_file_altered": ("The file kept with batch {value} is not the one that was imported.", "Restore the last backup."),
    "ledger_batch_altered": ("Batch {value} does not match its id any more.", "Restore the last backup; ask who changed the store."),
    "ledger_root_altered": (
        "The facts of batch {value} are not those its root was made of.",
        "Restore the last backup; ask who changed the store.",
    ),
    "ledger_chain_broken": ("The chain breaks at batch {value}.", "Restore the last backup; ask who changed the store."),
    "ledger_layer_altered": (
        "The layer {value} is not the copy of the facts that it should be.",
        "Run 'mineaction rebuild': the layer is made anew from the facts, which are not touched by this.",
    ),
    "key_file_open": ("Others may read the key file '{value}' (mode {mode}).", "Run chmod 600 on it, or make a new key: it may be known."),
    "key_broken": ("'{value}' holds no Ed25519 key.", "Give a PEM file as 'mineaction checkpoint --key' makes it."),
    "checkpoint_broken": ("'{value}' is no checkpoint: {reason}.", "Give the file that 'mineaction checkpoint' wrote."),
    "checkpoint_signature_wrong": (
        "The checkpoint was not signed with this key, or was changed since.",
        "Compare the public key with the one you were given, and the checkpoint with your own copy.",
    ),
    "checkpoint_of_another_store": ("The checkpoint is one of another store ({value}).", "Give the checkpoint of this store."),
    "checkpoint_not_reached": (
        "The checkpoint covers {value} batches, the store holds {held}: the end was cut off.",
        "Restore a backup that is not older than the checkpoint.",
    ),
    "checkpoint_differs": (
        "Up to batch {value} the store is not what was signed: its history was made anew.",
        "Keep this file as evidence; restore a backup that matches the checkpoint.",
    ),
    "public_key_missing": ("A checkpoint was given without the key to check it.", "Name the public key with --public-key."),
    "store_unreachable": (
        "The server of '{value}' cannot be used: {reason}.",
        "See that it runs and that the address is right; then do the same again: what was recorded is recognised.",
    ),
    "store_address_wrong": (
        "The address of {value} cannot be read.",
        "Write postgresql://USER@HOST:PORT/DATABASE, and keep the password in PGPASSWORD or a file .pgpass rather than in the address.",
    ),
    "postgis_missing": (
        "The database '{value}' has no PostGIS: {reason}",
        "Install PostGIS on the server, then run CREATE EXTENSION postgis in the database, as its administrator.",
    ),
    "geopandas_missing": ("A GeoDataFrame needs the package {value}, which is not installed.", "Run pip install geopandas."),
    "psycopg_missing": ("A store on a server needs the package {value}, which is not installed.", "Run pip install 'mineaction[postgis]'."),
    "program_missing": (
        "The program {value} is not installed.",
        "Install the client programs of PostgreSQL, of the version of the server or a later one (Debian: postgresql-client).",
    ),
    "store_newer": (
        "The store has format {value}, and this program knows formats up to {known}.",
        "Install the version that made it or a later one; nothing was read or changed.",
    ),
    "store_older": (
        "The store has format {value}; this program writes and reads format {known}.",
        "Run 'mineaction rebuild': it makes a backup beside the store and brings it to the format of today.",
    ),
    "id_ambiguous": (
        "'{value}' is the id of {count} records: {candidates}.",
        "Name one of them as it is written here.",
    ),
    "area_unknown": ("Nothing was told of a hazardous area '{value}'.", "Give its id, or organisation/id. Nearest: {nearest}."),
}
