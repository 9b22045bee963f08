"""Verify compares bytes and asks SQLite, for speed: it still finds every change of any value of the layer, and makes the ids facts have."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.ledger.geopackage import HEADER_BYTES, LAYER, LAYER_COLUMNS, SPATIAL_INDEX
from mineaction.ledger.layer import differences
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.ledger.stored_facts import PlainRows, fact_problems, row_of
from mineaction.terms.fact import Fact
from mineaction.terms.kinds import KINDS
from mineaction.terms.outline import canonical_outline
from tests.ledger.store_contract import area, record

ODD = 'a "quoted" \\ word,\nß, \x00 and after it'
FIELDS = {name: f"{name} 1" for name in KINDS[LAYER].field_names() if name not in ("local_id", "organisation", "type", "identified_on")}
OTHERWISE = {
    "another text": "{column} || 'x'",
    "one letter of it": "'x' || substr({column}, 2)",
    "nothing": "''",
    "a text where nothing is": "CASE {column} WHEN '' THEN 'x' ELSE '' END",
    "the same as bytes": "CAST({column} AS BLOB)",
    "more behind a zero": "{column} || char(0) || 'x'",
    "cut at a zero": "CASE instr({column}, char(0)) WHEN 0 THEN 'x' ELSE substr({column}, 1, instr({column}, char(0)) - 1) END",
    "the next column": '\'", "type": "\' || {column}',
}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A store with facts full and sparse, plain and not, with one ring, with two polygons and with none; its triggers are away."""
    path = str(tmp_path_factory.mktemp("layer") / "book.gpkg")
    make_store(path, "2" * 32)
    rings = [[(west, 0.0), (west + 1.0, 0.0), (west + 1.0, 1.0), (west, 0.0)] for west in (3.0, 6.0)]
    two = canonical_outline([[ring] for ring in rings], "here")[0]
    with SqliteStore(path) as store:
        full = area("HA-1", **FIELDS)
        record(store, full, area("HA-2", with_outline=False), area("HA-3", note=ODD), replace(area("HA-4"), geometry=two))
        for (name,) in store.ask("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (LAYER,)):
            store.connection.execute(f"DROP TRIGGER {name}")
        assert list(differences(store.connection, {1})) == []
        yield store.connection


def found(connection: sqlite3.Connection, statement: str, *values: object) -> bool:
    """Whether verify finds what this statement changes."""
    connection.execute("BEGIN")
    assert connection.execute(statement, values).rowcount == 1
    try:
        return any(differences(connection, {1}))
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("how", OTHERWISE)
@pytest.mark.parametrize("column", LAYER_COLUMNS)
def test_a_value_of_the_layer_that_is_another_is_found(connection: sqlite3.Connection, column: str, how: str) -> None:
    changed = OTHERWISE[how].format(column=column)
    differ = f"SELECT fid FROM {LAYER} WHERE {column} IS NOT {changed}"
    fids = [fid for (fid,) in connection.execute(differ).fetchall()]
    assert fids
    for fid in fids:
        assert found(connection, f"UPDATE {LAYER} SET {column} = {changed} WHERE fid = ?", fid)


def test_every_byte_of_a_geometry_of_the_layer_is_compared(connection: sqlite3.Connection) -> None:
    for fid, held in connection.execute(f"SELECT fid, geom FROM {LAYER} WHERE geom IS NOT NULL").fetchall():
        assert len(held) > HEADER_BYTES
        for at in range(len(held)):
            other = held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :]
            assert found(connection, f"UPDATE {LAYER} SET geom = ? WHERE fid = ?", other, fid), at
        for other in (held[:-1], held + b"\0", held[:HEADER_BYTES], b"", None, "text"):
            assert found(connection, f"UPDATE {LAYER} SET geom = ? WHERE fid = ?", other, fid)
    (bare,) = connection.execute(f"SELECT fid FROM {LAYER} WHERE geom IS NULL").fetchone()
    assert found(connection, f"UPDATE {LAYER} SET geom = ? WHERE fid = ?", held, bare)


@pytest.mark.parametrize("column", ["minx", "maxx", "miny", "maxy"])
@pytest.mark.parametrize("by", [-0.001, 0.001])
def test_every_side_of_a_box_of_the_index_is_compared(connection: sqlite3.Connection, column: str, by: float) -> None:
    for (fid,) in connection.execute(f"SELECT id FROM {SPATIAL_INDEX}").fetchall():
        assert found(connection, f"UPDATE {SPATIAL_INDEX} SET {column} = {column} + ? WHERE id = ?", by, fid)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
payloads = st.dictionaries(words, words, max_size=4)


def as_bytes(row: tuple[object, ...]) -> list[bytes]:
    return [one if isinstance(one, bytes) else str(one).encode() for one in row]


@given(st.lists(st.builds(Fact, words, words, payloads, words, words, words, st.binary(max_size=4)), min_size=1, max_size=4))
def test_a_plain_row_has_the_id_of_its_fact_and_any_other_is_read_as_a_fact(facts: list[Fact]) -> None:
    plain = PlainRows()
    for fact in facts:
        row = row_of(fact.fact_id, fact)
        _, kind, subject, payload, _, *others, _ = as_bytes(row)
        told = [text for item in fact.payload.items() if item[1] for text in item]
        is_plain = all(told[::2]) and bool(told) and not any(one in '"\\' or one < " " for text in told for one in text)
        assert plain.id_of(payload, kind, subject, others) == (fact.fact_id if is_plain else None)
        assert not fact_problems(row)


@pytest.mark.parametrize(
    "payload",
    [
        '{"a": "1", "a": "1"}',
        '{"b": "1", "a": "1"}',
        '{"a": "1","b": "1"}',
        '{"a": ""}',
        '{"a": "1"} ',
        '{"a"b": "1"}',
        '{"a\x1fb": "1"}',
        '{"a": 1}',
        '["a", "b"]',
        "{}",
        "",
    ],
)
def test_a_payload_that_is_written_otherwise_is_not_plain_and_none_that_was_recorded(payload: str) -> None:
    fact = Fact("hazardous_area", "s", {"a": "1"}, "Org A")
    assert PlainRows().id_of(payload.encode(), b"hazardous_area", b"s", [b"", b"", b"", b"Org A"]) is None
    if payload != "{}":
        row = list(row_of(fact.fact_id, fact))
        row[3] = payload
        assert [one.code for one in fact_problems(row)] == ["ledger_fact_altered"]
