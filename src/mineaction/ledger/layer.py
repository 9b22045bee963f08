"""How does the layer of the map stay a copy of the facts that stand, and does it? Each batch changes the rows it touches and no other.

A fact leaves the layer when its batch is taken back or another supersedes it, and comes back when that ends. `made_anew` makes all of it
from the facts; `differences` says where the layer is no copy. Refuses to trust the layer: nothing is ever read from it into a fact.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any

from mineaction.ledger.geopackage import (
    HEADER_BYTES,
    LAYER,
    LAYER_COLUMNS,
    LAYER_TABLES,
    LAYER_TRIGGERS,
    SPATIAL_INDEX,
    header_of,
    is_registered,
    layer_table,
    layer_values,
    register_layer,
)  # fmt: skip
from mineaction.terms.fact import Fact
from mineaction.terms.limits import NAMES_ASKED_AT_ONCE
from mineaction.terms.outline import Bounds, bounds_of

# Fields of the layer that are columns of a fact; the others stand in its payload.
_OF_FACT = ("subject", "source", "fact_id")
# Degrees between two numbers of 24 binary digits below 256, and once more for rounding outward twice.
_WIDENED = 2.0**-14
_EXTENT = ("min_x", "max_x", "min_y", "max_y")


def add_to_layer(connection: sqlite3.Connection, facts: Iterable[Fact]) -> None:
    """Put these facts on the map, in the transaction that is open."""
    with _writable(connection):
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (LAYER,)).fetchone()
        rows, boxes = [], []
        for fid, fact in enumerate(facts, (found[0] if found else 0) + 1):
            box = bounds_of(fact.geometry) if fact.geometry else None
            rows.append((fid, header_of(box) + fact.geometry if box else None, *layer_values(fact)))
            if box:
                boxes.append((fid, *box))
        marks = ", ".join("?" * (len(LAYER_COLUMNS) + 2))
        connection.executemany(f"INSERT INTO {LAYER} (fid, geom, {', '.join(LAYER_COLUMNS)}) VALUES ({marks})", rows)
        connection.executemany(f"INSERT INTO {SPATIAL_INDEX} VALUES (?, ?, ?, ?, ?)", boxes)
        _widen(connection, [box[1:] for box in boxes])


def remove_from_layer(connection: sqlite3.Connection, fact_ids: Iterable[str]) -> None:
    """Take these facts off the map, in the transaction that is open."""
    with _writable(connection):
        for fact_id in fact_ids:
            connection.execute(f"DELETE FROM {SPATIAL_INDEX} WHERE id = (SELECT fid FROM {LAYER} WHERE fact_id = ?)", (fact_id,))
            connection.execute(f"DELETE FROM {LAYER} WHERE fact_id = ?", (fact_id,))
        connection.execute(f"UPDATE gpkg_contents SET {', '.join(f'{name} = NULL' for name in _EXTENT)} WHERE table_name = ?", (LAYER,))
        _widen(
            connection, [_box(header) for (header,) in connection.execute(f"SELECT substr(geom, 1, {HEADER_BYTES}) FROM {LAYER}") if header]
        )


def made_anew(connection: sqlite3.Connection, standing: Iterable[Fact]) -> None:
    """The layer with its columns of today and these facts, in the transaction that is open."""
    with _writable(connection):
        for name in (SPATIAL_INDEX, LAYER):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in LAYER_TABLES.values():
            connection.execute(statement)
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (LAYER,))
        register_layer(connection)
    add_to_layer(connection, standing)


def is_of_today(connection: sqlite3.Connection) -> bool:
    """Has the layer the columns, the index and the triggers that this version gives it?"""
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return all(made.get(name) == statement for name, statement in (LAYER_TABLES | LAYER_TRIGGERS).items())


def columns_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The columns of the layer in the file, from the subject to the id of the fact."""
    return tuple(name for _, name, *_ in connection.execute(f"PRAGMA table_info({LAYER})"))[2:]


def table_of_its_time(connection: sqlite3.Connection) -> str:
    """The statement of the layer's table as this program, or an older version with fewer fields, makes it."""
    held = columns_of(connection)
    return layer_table(name for name in LAYER_COLUMNS if name in held)


def on_the_map(connection: sqlite3.Connection, fact_ids: Iterable[str]) -> set[str]:
    """Those of these facts that are in the layer."""
    return {one for (one,) in _asked(connection, f"SELECT fact_id FROM {LAYER} WHERE fact_id IN", list(fact_ids))}


def told_among(connection: sqlite3.Connection, fact_ids: Iterable[str], active: Set[int]) -> set[str]:
    """Those of these facts that are of the kind of the layer and were told by one of these batches."""
    told = "SELECT fact_id, seq FROM entry JOIN fact USING (fact_id) WHERE kind = '" + LAYER + "' AND fact_id IN"
    return {fact_id for fact_id, seq in _asked(connection, told, list(fact_ids)) if seq in active}


def corrected_among(connection: sqlite3.Connection, fact_ids: Iterable[str], active: Set[int]) -> set[str]:
    """Those of these facts that a fact corrects which one of these batches told."""
    corrected = "SELECT supersedes, seq FROM fact JOIN entry USING (fact_id) WHERE supersedes <> '' AND supersedes IN"
    return {fact_id for fact_id, seq in _asked(connection, corrected, list(fact_ids)) if seq in active}


def differences(connection: sqlite3.Connection, active: Set[int]) -> Iterator[str]:
    """The ids of facts that the layer lacks, or that it shows and should not, or shows otherwise than they are.

    The facts themselves have to be whole: what they say is taken from the table.
    """
    stands = _standing(connection, active)
    yield from sorted(stands ^ {one for (one,) in connection.execute(f"SELECT fact_id FROM {LAYER}")}, key=str)
    indexed = {fid: box for fid, *box in connection.execute(f"SELECT id, minx, maxx, miny, maxy FROM {SPATIAL_INDEX}")}
    boxes = []
    for fact_id, fid, is_same, header, outline in connection.execute(_rows_beside_facts(connection)):
        bounds = bounds_of(outline) if outline else None
        if bounds:
            boxes.append(bounds)
        is_copy = header == (header_of(bounds) if bounds else None) and (is_same or _shows(connection, fact_id))
        if not is_copy or not _is_indexed(indexed.get(fid), bounds):
            yield fact_id
    if not is_registered(connection):
        yield LAYER
        return
    (extent,) = connection.execute(f"SELECT {', '.join(_EXTENT)} FROM gpkg_contents WHERE table_name = ?", (LAYER,))
    (broken,) = connection.execute("SELECT rtreecheck(?)", (SPATIAL_INDEX,)).fetchone()
    # A map program whose edit was refused may write the extent of the index over the one that was there.
    is_extent = _is_indexed(extent, _around(boxes)) if boxes else extent == (None,) * 4
    if not is_extent or len(indexed) != len(boxes) or broken != "ok":
        yield LAYER


def _standing(connection: sqlite3.Connection, active: Set[int]) -> set[str]:
    """The ids of the facts that should be on the map."""
    told = {fact_id for fact_id, seq in connection.execute("SELECT fact_id, seq FROM entry") if seq in active}
    told &= {fact_id for (fact_id,) in connection.execute("SELECT fact_id FROM fact WHERE kind = ?", (LAYER,))}
    corrections = connection.execute("SELECT fact_id, supersedes FROM fact WHERE supersedes <> '' AND +kind = ?", (LAYER,))
    return told - {corrected for fact_id, corrected in corrections if fact_id in told}


def _rows_beside_facts(connection: sqlite3.Connection) -> str:
    """Asks for each row of the layer whether it is the same as its fact, its header and the outline of the fact.

    SQLite reads a plain payload as Python does. One with a backslash is never said to be the same here: SQLite ends a text at a zero.
    """
    fields = [name for name in columns_of(connection) if name not in _OF_FACT]
    same = [
        *(f"l.{name} IS f.{name}" for name in _OF_FACT),
        f"coalesce(substr(l.geom, {HEADER_BYTES + 1}), x'') IS f.geometry",
        r"instr(f.payload, '\') = 0",
        *(f"l.{name} IS coalesce(json_extract(f.payload, '$.{name}'), '')" for name in fields),
    ]
    return f"""SELECT l.fact_id, l.fid, {" AND ".join(same)}, substr(l.geom, 1, {HEADER_BYTES}), f.geometry
        FROM {LAYER} l JOIN fact f USING (fact_id)"""


def _shows(connection: sqlite3.Connection, fact_id: str) -> bool:
    """Is the row of the layer what its fact says, read value by value?"""
    held = columns_of(connection)
    asked = f"""SELECT f.subject, f.source, f.geometry, f.payload, coalesce(substr(l.geom, {HEADER_BYTES + 1}), x''), l.{", l.".join(held)}
        FROM {LAYER} l JOIN fact f USING (fact_id) WHERE l.fact_id = ?"""
    ((subject, source, outline, payload, drawn, *shown),) = connection.execute(asked, (fact_id,))
    says = json.loads(payload) | {"subject": subject, "source": source, "fact_id": fact_id}
    return bool(drawn == outline and shown == [says.get(name, "") for name in held])


def _is_indexed(box: Sequence[float] | None, bounds: Bounds | None) -> bool:
    """The index holds each box in numbers of half the length, widened to a number next to it: never smaller, and hardly larger."""
    if bounds is None or box is None or None in box:
        return bounds is None and box is None
    west, east, south, north = bounds
    return -_WIDENED <= box[0] - west <= 0 <= box[1] - east <= _WIDENED and -_WIDENED <= box[2] - south <= 0 <= box[3] - north <= _WIDENED


def _around(boxes: Sequence[Sequence[float]]) -> Bounds:
    west, east, south, north = (pick(box[at] for box in boxes) for at, pick in enumerate((min, max, min, max)))
    return west, east, south, north


def _box(header: bytes) -> Bounds:
    west, east, south, north = struct.unpack_from("<4d", header, HEADER_BYTES - 32)
    return west, east, south, north


def _widen(connection: sqlite3.Connection, boxes: Sequence[Sequence[float]]) -> None:
    """The extent that map programs zoom to."""
    (held,) = connection.execute(f"SELECT {', '.join(_EXTENT)} FROM gpkg_contents WHERE table_name = ?", (LAYER,))
    known = [box for box in (held, *boxes) if box[0] is not None]
    around: Sequence[float | None] = _around(known) if known else (None,) * 4
    told = ", ".join(f"{name} = ?" for name in _EXTENT)
    connection.execute(
        f"UPDATE gpkg_contents SET {told}, last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?", (*around, LAYER)
    )


@contextmanager
def _writable(connection: sqlite3.Connection) -> Iterator[None]:
    """Without the triggers of the layer, a program's own among them; they are as they should be afterwards."""
    assert connection.in_transaction
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (LAYER,)).fetchall():
        connection.execute('DROP TRIGGER "{}"'.format(name.replace('"', '""')))
    yield
    for statement in LAYER_TRIGGERS.values():
        connection.execute(statement)


def _asked(connection: sqlite3.Connection, question: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(names), NAMES_ASKED_AT_ONCE):
        some = names[start : start + NAMES_ASKED_AT_ONCE]
        yield from connection.execute(f"{question} ({', '.join('?' * len(some))})", some)
