"""What tells of a person is kept nowhere: not in the store, not in a file beside it, not in what is printed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from mineaction.cli import main
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.store import Recorded, Told
from mineaction.programme.recording import import_records
from mineaction.programme.store_checks import verify
from mineaction.programme.stores import backup, init
from mineaction.terms.problem import ProblemError
from tests.sources.made_files import as_xlsx, write_layer

CANARIES = ("Zacharias Canarywood", "1987-03-09", "+000 555 0142", "ID-77821-Q")
HEADER = "local_id,organisation,happened_on,accident_type,is_demining,killed_count,Victim_Name,date of birth,Téléphone,national id\n"
ROWS = (
    f"AC-1,Org,2020-05-01,mine,no,1,{','.join(CANARIES)}\n"
    f"AC-2,Org,2020-05-02,mine,no,0,,,{CANARIES[2]},\n"
    f"AC-3,Org,soon,mine,no,0,{','.join(CANARIES)}\n"
    "AC-4,Org,2020-05-03,mine,no,0,,,,\n"
    f"AC-5,Org,2020-05-03,mine,no,0,{','.join(CANARIES)},{CANARIES[0]}\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MINEACTION_STORE", raising=False)
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "accidents.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    init()
    return tmp_path


def held(folder: Path) -> bytes:
    """Every byte that was written, whatever the file."""
    return b"".join(path.read_bytes() for path in sorted((folder / "work").rglob("*")) if path.is_file())


def assert_no_canary(*where: str | bytes) -> None:
    for text in where:
        content = text.encode() if isinstance(text, str) else text
        for canary in (*CANARIES, *CANARIES[0].split()):
            for encoding in ("utf-8", "utf-16-le"):
                assert canary.encode(encoding) not in content, canary


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_file_with_columns_about_people_is_refused_and_every_column_named(
    folder: Path, as_json: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(folder)
    assert main(["import", "../given/accidents.csv", "--kind", "accident", "--problems", "wrong.csv", *as_json]) == 3
    shown = capsys.readouterr()
    text = shown.out + shown.err.replace("\n    ", " ")
    for name in ("victim_name", "date of birth", "téléphone", "national id"):
        assert f"column {name}" in text, name
    assert (shown.out + shown.err).count("personal_field_not_yet_supported") == 4
    assert held(folder) == before
    assert_no_canary(shown.out, shown.err)


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_with_those_columns_left_out_no_byte_of_them_is_kept_or_printed(
    folder: Path, as_json: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The journal of the store is looked at while the batch is written, since it is removed after it.
    journals: list[bytes] = []
    append = SqliteStore.append

    def looked_at(self: SqliteStore, told: Told) -> Recorded:
        made = append(self, told)
        journals.append(held(folder))
        return made

    monkeypatch.setattr(SqliteStore, "append", looked_at)
    words = [
        "import",
        "../given/accidents.csv",
        "--kind",
        "accident",
        "--problems",
        "wrong.csv",
        "--failed-rows",
        "failed.csv",
        "--without-personal",
    ]
    assert main([*words, *as_json]) == 0
    assert main([*words, *as_json, "--dry-run"]) == 0
    assert main(["history", "accident/Org/AC-1", *as_json]) == 0
    backup("copy.gpkg")
    shown = capsys.readouterr()
    assert "AC-1" in shown.out and len(journals) == 1
    assert_no_canary(shown.out, shown.err, held(folder), *journals)


def test_the_rows_are_told_by_number_and_are_facts_all_the_same(folder: Path) -> None:
    answer = import_records("../given/accidents.csv", kind="accident", without_personal=True, problems="wrong.csv")
    assert (answer["rows"], answer["facts"], answer["with_problems"]) == (5, 3, 2)
    assert answer["left_out_columns"] == ["victim_name", "date of birth", "téléphone", "national id"]
    assert [(one["code"], one["place"]) for one in answer["problems"]] == [
        ("impossible_date", "row 3, column happened_on"),
        ("fact_row_broken", "row 5"),
        ("personal_cells_left_out", "row 1"),
        ("personal_cells_left_out", "row 2"),
        ("personal_cells_left_out", "row 3"),
    ]
    assert "(téléphone)" in answer["problems"][3]["message"]
    assert Path("wrong.csv").read_text(encoding="utf-8").count("personal_cells_left_out") == 3
    told = verify()
    assert told["is_whole"] and told["facts"] == 3


def test_the_digest_of_the_file_shows_later_whether_a_file_is_the_one(folder: Path) -> None:
    import_records("../given/accidents.csv", kind="accident", without_personal=True)
    with SqliteStore("programme.gpkg") as store:
        (row,) = store.manifest().values()
    assert row["sha256"] == f"hash-only:{hashlib.sha256((HEADER + ROWS).encode()).hexdigest()}"


def test_people_within_a_property_of_geojson_refuse_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"local_id": "HA-1", "organisation": "Org", "type": "SHA", "identified_on": "2020"}
    features = [
        {"type": "Feature", "geometry": None, "properties": told},
        {"type": "Feature", "geometry": None, "properties": told | {"Victims": [{"name": CANARIES[0]}]}},
    ]
    Path("../given/a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    words = ["import", "../given/a.geojson", "--kind", "hazardous_area", "--problems", "wrong.csv"]
    assert main(words) == 3
    assert main([*words, "--without-personal"]) == 0
    shown = capsys.readouterr()
    assert "feature 2: The row has something in columns about people (victims)" in shown.out
    assert "personal_field_not_yet_supported" in shown.err
    assert_no_canary(shown.out, shown.err, held(folder))


def test_victims_beside_the_records_of_a_maxml_file_are_seen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hazard = "<Hazard><LocalID>HA-1</LocalID></Hazard>"
    report = f"<FieldReport>{hazard}<Victim><Name>{CANARIES[0]}</Name></Victim></FieldReport>"
    Path("../given/a.xml").write_text(f"<MineActionFieldReport>{report}</MineActionFieldReport>", encoding="utf-8")
    assert main(["import", "../given/a.xml", "--mapping", "maxml_hazards"]) == 3
    shown = capsys.readouterr()
    assert "element victim/name" in shown.err and "personal_field_not_yet_supported" in shown.err
    main(["import", "../given/a.xml", "--mapping", "maxml_hazards", "--without-personal"])
    shown = capsys.readouterr()
    assert_no_canary(shown.out, shown.err, held(folder))


def test_what_is_wrong_with_a_cell_about_people_is_not_told_with_its_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = ["local_id", "organisation", "type", "identified_on", "date of birth"]
    # A day that a spreadsheet may have made of the number of a year: told with its value in any other column.
    areas = [header, ["HA-1", "Org", "SHA", "2020-05-02", ("date", 2017)]]
    Path("../given/book.xlsx").write_bytes(as_xlsx({"Areas": areas}))
    assert main(["import", "../given/book.xlsx", "--kind", "hazardous_area", "--without-personal", "--problems", "wrong.csv"]) == 0
    shown = capsys.readouterr()
    assert "1 row: 1 fact" in shown.out
    for text in (shown.out.encode(), shown.err.encode(), held(folder)):
        assert b"1905-07-09" not in text


def test_people_on_another_sheet_or_layer_of_the_file_are_seen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    areas = [["local_id", "organisation", "type", "identified_on"], ["HA-1", "Org", "SHA", "2020-05-02"]]
    people = [["Victims of 2020"], [], ["No", "Victim name", "Village"], ["1", CANARIES[0], "X"]]
    Path("../given/book.xlsx").write_bytes(as_xlsx({"Areas": areas, "People": people}))
    write_layer(Path("../given/book.gpkg"), layer="Areas")
    write_layer(Path("../given/book.gpkg"), [{"victim_name": CANARIES[0]}], [None], layer="People", append=True)
    for name in ("book.xlsx", "book.gpkg"):
        words = ["import", f"../given/{name}", "--kind", "hazardous_area", "--layer", "Areas"]
        assert main(words) == 3
        assert main([*words, "--without-personal"]) == 0
    shown = capsys.readouterr()
    assert "book.xlsx, column victim name" in shown.err and "book.gpkg, field victim_name" in shown.err
    assert_no_canary(shown.out, shown.err, held(folder))
    assert verify()["is_whole"]


def test_a_mapping_keeps_nothing_about_people_among_what_it_has_no_field_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = "kind: accident\nsame_names: true\nfields: {note: victim_name}\nextras: all\n"
    Path("../given/m.yaml").write_text(mapping, encoding="utf-8")
    words = ["import", "../given/accidents.csv", "--mapping", "../given/m.yaml"]
    assert main(words) == 3
    main([*words, "--without-personal"])
    shown = capsys.readouterr()
    assert_no_canary(shown.out, shown.err, held(folder))


def test_a_file_without_such_columns_is_kept_as_it_was_given(folder: Path) -> None:
    content = HEADER.replace(",Victim_Name,date of birth,Téléphone,national id", "") + "AC-1,Org,2020,mine,no,1\n"
    Path("../given/plain.csv").write_text(content, encoding="utf-8")
    answer = import_records("../given/plain.csv", kind="accident", without_personal=True)
    assert answer["left_out_columns"] == [] and content.encode() in Path("programme.gpkg").read_bytes()


@pytest.mark.parametrize("kind", ["victim", "survivor"])
def test_a_kind_about_people_is_refused_by_name(folder: Path, kind: str) -> None:
    with pytest.raises(ProblemError) as raised:
        import_records("../given/accidents.csv", kind=kind)
    assert [(one.code, one.value) for one in raised.value.problems] == [("personal_field_not_yet_supported", kind)]
