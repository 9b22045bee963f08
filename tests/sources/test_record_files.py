"""Table files: every row is read, in order, and what is no table is a problem with its place; a file is written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import csv, ipc, parquet

from mineaction.sources import csv_rows
from mineaction.sources.record_files import open_records
from mineaction.sources.table_writer import table_writer
from mineaction.terms.problem import ProblemError

TABLE = pa.table({"act": ["use", None, "use", "stockpile"], "n": [1, 2, 3, None], "note": ['a "b"', "x\ny", "", None]})


def written(path: Path, table: pa.Table = TABLE) -> Path:
    with table_writer(str(path), table.schema, table.schema) as write:
        for batch in table.to_batches(max_chunksize=3):
            write(batch)
    return path


def rows(path: Path, **options: Any) -> list[dict[str, Any]]:
    return [row for batch in open_records(str(path)).batches(**options) for row in batch.to_pylist()]


def codes(ask: Callable[[], object]) -> list[tuple[str, str, str]]:
    with pytest.raises(ProblemError) as told:
        ask()
    assert all(one.message and one.remedy for one in told.value.problems)
    return [(one.code, Path(one.place).name, one.value) for one in told.value.problems]


@pytest.mark.parametrize("name", ["a.parquet", "a.pq", "a.arrow", "a.feather", "a.ipc", "a.arrows"])
@pytest.mark.parametrize("words", [(), ("act", "note")])
@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_what_is_written_is_read_back_row_by_row(tmp_path: Path, name: str, words: tuple[str, ...], at_once: int) -> None:
    path = written(tmp_path / name)
    assert rows(path, as_words=words, rows_at_once=at_once) == TABLE.to_pylist()
    assert open_records(str(path)).schema.equals(TABLE.schema)


def test_a_csv_keeps_every_cell_as_the_text_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffid,act,note\r\n007,use,"one, ""two""\nthree"\r\n,stockpile,\r\n'.encode())
    expected = [{"id": "007", "act": "use", "note": 'one, "two"\nthree'}, {"id": "", "act": "stockpile", "note": ""}]
    assert rows(path) == expected == rows(path, as_words=["act"])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_blank_line_of_a_csv_is_a_row_of_empty_cells_so_that_rows_count_lines(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["id,act", "1,use", "", "", "4,fly", ""]).encode())
    assert [row["id"] or "" for row in rows(path)] == ["1", "", "", "4"]
    assert [row["id"] or "" for row in rows(path, as_words=["act", "id"])] == ["1", "", "", "4"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_separated_as_its_header_is(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(separator.join(["act", '"a,b;c"']) + "\n" + separator.join(["use", "x"]) + "\n", encoding="utf-8")
    assert rows(path) == [{"act": "use", "a,b;c": "x"}]


def test_a_long_csv_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("act,id\n" + "".join(f"{'use' if one % 3 else 'export'},{one}\n" for one in range(5_000)), encoding="utf-8")
    pieces = list(csv_rows.csv_batches(str(path), ["act"], 1_000, bytes_at_once=1 << 12))
    assert len(pieces) > 10
    assert [row["id"] for piece in pieces for row in piece.to_pylist()] == [str(one) for one in range(5_000)]
    assert {row["act"] for piece in pieces for row in piece.to_pylist()} == {"use", "export"}


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"", [("table_empty", "a.csv", "")]),
        ("a.csv", b"\n\n", [("table_empty", "a.csv", "")]),
        (
            "a.csv",
            b"act,id\nuse,1\nuse\nuse,2\nuse,3,4\n",
            [("fact_row_broken", "a.csv, row 2", "1"), ("fact_row_broken", "a.csv, row 4", "3")],
        ),
        ("a.csv", b'act,id\nuse,"1\nuse,2\n', [("csv_quote_open", "a.csv", "")]),
        ("a.csv", b"act,id\nuse,\xe9t\xe9\n", [("file_not_utf8", "a.csv", "11")]),
        ("a.csv", b"act,id\n" + b"use,1\n" * 200_000 + b"use,\xff\n", [("file_not_utf8", "a.csv", "1200011")]),
        ("a.csv", b"act,id\nuse,\x001\n", [("table_not_text", "a.csv", "11")]),
        ("a.csv", b"act,id\n" + b"use,1\n" * 200_000 + b"use,\x00\n", [("table_not_text", "a.csv", "1200011")]),
        ("a.csv", "act,id\nuse,1\n".encode("utf-16"), [("table_not_text", "a.csv", "3")]),
        ("a.csv", b"act,id,act\nuse,1,use\n", [("table_column_twice", "a.csv", "act")]),
        ("a.parquet", b"act,id\nuse,1\n", [("table_content_wrong", "a.parquet", "CSV")]),
        ("a.parquet", b"\0" * 64, [("table_content_unknown", "a.parquet", "Parquet")]),
        ("a.feather", b"\x93junk\xfe\xff", [("table_content_unknown", "a.feather", "Arrow IPC")]),
        ("a.parquet", b"\n\n", [("table_content_unknown", "a.parquet", "Parquet")]),
        ("a.csv", b"\0" * 64, [("table_not_text", "a.csv", "0")]),
        ("a.arrow", b"PAR1 and so on", [("table_content_wrong", "a.arrow", "Parquet")]),
        ("a.csv", b"ARROW1\0\0", [("table_content_wrong", "a.csv", "Arrow IPC")]),
        ("a.xlsx", b"PK", [("table_format_unknown", "a.xlsx", ".xlsx")]),
        ("table", b"act\n", [("table_format_unknown", "table", "nothing")]),
    ],
)
def test_what_is_no_table_is_a_problem_with_its_place(tmp_path: Path, name: str, content: bytes, found: list[tuple[str, str, str]]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert codes(lambda: rows(path)) == found


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.arrows"])
@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_torn_file_is_a_problem(tmp_path: Path, name: str, kept: float) -> None:
    large = pa.table({"act": [f"use {one}" for one in range(5_000)]})
    path = written(tmp_path / name, large)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert [code for code, _, _ in codes(lambda: rows(path))] == ["table_broken"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert codes(lambda: open_records(str(tmp_path / "a.csv"))) == [("file_missing", "a.csv", str(tmp_path / "a.csv"))]
    assert [code for code, _, _ in codes(lambda: open_records("a\0.csv"))] == ["file_missing"]
    (tmp_path / "b.csv").mkdir()
    assert [code for code, _, _ in codes(lambda: open_records(str(tmp_path / "b.csv")))] == ["file_missing"]


# --- writing


@pytest.mark.parametrize("ended", [KeyboardInterrupt, OSError(28, "No space left on device"), ProblemError])
def test_an_interruption_leaves_the_old_file_and_nothing_half(tmp_path: Path, ended: Any) -> None:
    path = tmp_path / "out.parquet"
    path.write_bytes(b"as it was")
    raised = ended([csv_problem()]) if ended is ProblemError else ended
    with pytest.raises((KeyboardInterrupt, ProblemError)), table_writer(str(path), TABLE.schema, TABLE.schema) as write:
        write(TABLE.to_batches()[0])
        raise raised
    assert path.read_bytes() == b"as it was" and [one.name for one in tmp_path.iterdir()] == ["out.parquet"]


def csv_problem() -> Any:
    from mineaction.terms.problem import problem

    return problem("csv_quote_open", "a.csv")


def test_a_place_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "no/such/folder.csv", "no/such/folder.parquet", "no/such/folder.arrow"):
        assert [code for code, _, _ in codes(lambda name=name: written(tmp_path / name))] == ["output_not_written"]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.arrows", "a.csv"])
def test_columns_read_as_dictionaries_are_held_as_the_text_they_were(tmp_path: Path, name: str) -> None:
    given = pa.table({"act": pa.array(["use", None, "use"]), "when": pa.array([1, 2, None], pa.timestamp("us", "Europe/Kyiv"))})
    words = given.set_column(0, "act", given["act"].dictionary_encode())
    with table_writer(str(tmp_path / name), words.schema, given.schema) as write:
        write(words.to_batches()[0])
    if name.endswith("csv"):
        assert csv.read_csv(tmp_path / name)["act"].to_pylist() == ["use", "", "use"]
        return
    assert open_records(str(tmp_path / name)).schema.equals(given.schema)
    assert rows(tmp_path / name) == given.to_pylist()


def test_an_arrow_file_takes_dictionaries_that_change_from_batch_to_batch(tmp_path: Path) -> None:
    kind = pa.schema([("act", pa.dictionary(pa.int8(), pa.string()))])
    batches = [
        pa.record_batch([pa.array(words).dictionary_encode().cast(kind[0].type)], schema=kind) for words in (["a", "b"], ["b", None], ["c"])
    ]
    with table_writer(str(tmp_path / "a.arrow"), kind, kind) as write:
        for batch in batches:
            write(batch)
    read = ipc.open_file(tmp_path / "a.arrow").read_all()
    assert read["act"].to_pylist() == ["a", "b", "b", None, "c"] and read.schema.equals(kind)


def test_a_parquet_file_without_dictionaries_is_read_as_it_is(tmp_path: Path) -> None:
    parquet.write_table(TABLE, tmp_path / "a.parquet", use_dictionary=False, row_group_size=2)
    assert rows(tmp_path / "a.parquet", as_words=["act"]) == TABLE.to_pylist()


def test_a_column_that_no_csv_holds_is_named_and_another_format_proposed(tmp_path: Path) -> None:
    made = pa.table({"act": ["use"], "sources": [["a", "b"]], "where": [{"x": 1}]})
    assert codes(lambda: written(tmp_path / "a.csv", made)) == [
        ("table_type_not_csv", "a.csv, column sources", "sources"),
        ("table_type_not_csv", "a.csv, column where", "where"),
    ]
    assert list(tmp_path.iterdir()) == []
    assert rows(written(tmp_path / "a.parquet", made)) == made.to_pylist()
