"""The invented country: the same from one seed, its files say what was planned, and the system's answers are its truth."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mineaction.ledger.packaged import packaged_book
from mineaction.ledger.sqlite import SqliteStore
from mineaction.programme.demo.country import country
from mineaction.programme.demo.deliveries import Delivery, deliveries
from mineaction.programme.demo.demonstration import STORE, TOLD, TRUTH, demo, site_count
from mineaction.programme.demo.ground import MIDDLE
from mineaction.programme.demo.truth import TERMS
from mineaction.programme.hazard_statuses import hazard_statuses
from mineaction.programme.land_area import area
from mineaction.programme.land_areas import areas
from mineaction.programme.open_book import open as open_book
from mineaction.programme.record_kinds import kind_named
from mineaction.programme.store_checks import verify
from mineaction.registers.boundaries import distances_m, load_boundaries
from mineaction.terms.problem import ProblemError

SEED = 7
YEARS = 5
# The island reaches some twenty kilometres from its middle.
LAND_IS_FARTHER_M = 200_000.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "country"
    demo(seed=SEED, out=str(made), small=True)
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    return demo(seed=SEED, out=str(folder), small=True)


@pytest.fixture(scope="module")
def planned() -> dict[str, Delivery]:
    return {one.name: one for one in deliveries(country(SEED, site_count(small=True)).records, YEARS)}


@pytest.fixture(scope="module")
def true(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    return found


def test_the_same_seed_gives_the_same_bytes_and_the_same_chain(folder: Path, told: Mapping[str, Any], tmp_path: Path) -> None:
    again = demo(seed=SEED, out=str(tmp_path / "again"), small=True)
    files = sorted(one.name for one in folder.iterdir() if one.name != STORE)
    assert [one for one in files if (folder / one).read_bytes() != (tmp_path / "again" / one).read_bytes()] == []
    assert again["head"] == told["head"]
    assert {one.rpartition(".")[2] for one in files} >= {"csv", "geojson", "kml", "zip", "gpkg", "xlsx"}


def test_another_seed_is_another_country(told: Mapping[str, Any], tmp_path: Path) -> None:
    assert demo(seed=SEED + 1, out=str(tmp_path / "other"), small=True)["head"] != told["head"]


def test_what_is_there_is_kept_and_another_country_is_not_written_over_it(folder: Path, told: Mapping[str, Any]) -> None:
    assert told["is_new"] is False
    before = (folder / STORE).read_bytes()
    with pytest.raises(ProblemError) as raised:
        demo(seed=SEED + 1, out=str(folder), small=True)
    assert [one.code for one in raised.value.problems] == ["store_exists"]
    assert (folder / STORE).read_bytes() == before


def test_a_store_in_which_more_was_recorded_is_kept_and_told(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    (own / "more.csv").write_text("organisation,type\nInvented Office,community\n", encoding="utf-8")
    open_book(str(own / STORE)).import_file(str(own / "more.csv"), kind="organisation")
    told = demo(seed=SEED, out=str(own), small=True)
    assert (told["is_new"], told["is_as_made"]) == (False, False)
    assert told["books"][0]["digest"] != told["head"]


def test_the_country_of_an_older_program_is_made_anew_and_nothing_else_of_the_folder_is_touched(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    older = json.loads((own / TOLD).read_text(encoding="utf-8")) | {"made_by": "an older program"}
    (own / TOLD).write_text(json.dumps(older), encoding="utf-8")
    (own / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ProblemError):
        demo(seed=SEED, out=str(own), small=True)
    assert (own / "note.txt").read_text(encoding="utf-8") == "mine"
    (own / "note.txt").unlink()
    assert demo(seed=SEED, out=str(own), small=True)["is_new"]
    assert (own / TOLD).read_bytes() == (folder / TOLD).read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["own"]


def test_every_file_is_imported_as_planned(told: Mapping[str, Any], planned: Mapping[str, Delivery]) -> None:
    assert [one["file"] for one in told["files"]] == list(planned)
    for one in told["files"]:
        plan = planned[one["file"]]
        assert one["rows"] == one["facts"] + one["with_problems"] == len(plan.records)
        assert (one["facts"], one["codes"]) == (plan.facts, plan.codes), one["file"]
    assert told["with_problems"] > 10


def test_every_mistake_of_the_ground_is_told_by_its_code(folder: Path, true: Mapping[str, Any]) -> None:
    found = Counter(one["code"] for one in area("year", store=str(folder / STORE))["problems"])
    with SqliteStore(str(folder / STORE)) as held:
        by_subject = hazard_statuses(held, dt.date(2025, 1, 1)).by_subject
    found["closed_without_release"] = sum(one.code == "closed_without_release" for own in by_subject.values() for one in own.problems)
    assert found == Counter(one["code"] for one in true["mistakes"] if one["told"] == "in the account")


@pytest.mark.parametrize("until", [2004, 2014, 2024])
def test_the_balance_of_every_year_is_the_truth(folder: Path, true: Mapping[str, Any], until: int) -> None:
    told = area("year", until=f"{until}-12-31", store=str(folder / STORE))
    is_so = {row["year"]: row for row in true["by_year"]}
    for row in told["rows"]:
        for term in TERMS:
            assert row[f"{term}_m2"] == pytest.approx(is_so.get(row["year"], {}).get(f"{term}_m2", 0.0), abs=0.01), (row["year"], term)
    assert [row["year"] for row in told["rows"]][-1] <= until


def test_what_stands_beside_the_balance_is_the_truth(folder: Path, true: Mapping[str, Any]) -> None:
    told = area("class", store=str(folder / STORE))
    assert told["totals"]["remaining_m2"] == pytest.approx(true["remaining_m2"], abs=0.01)
    for name, m2 in true["beside"].items():
        assert m2 > 0 and told["beside"][name] == pytest.approx(m2, abs=0.01), name


@pytest.mark.parametrize("place", ["province", "district"])
def test_provinces_and_districts_add_up_to_the_country(folder: Path, place: str) -> None:
    told = area(place, store=str(folder / STORE))
    assert f"no_{place}" not in {row[place] for row in told["rows"]}
    assert len(told["rows"]) == {"province": 4, "district": 12}[place]
    assert sum(row["remaining_m2"] for row in told["rows"]) == pytest.approx(told["totals"]["remaining_m2"], abs=0.01)


def test_what_was_known_before_changes_with_late_reports(folder: Path) -> None:
    def known(day: str) -> float:
        return float(area(until="2009-12-31", known_at=day, store=str(folder / STORE))["totals"]["remaining_m2"])

    assert known("2010-12-31") != known("2025-12-31")
    assert known("2004-01-01") == 0


def test_areas_come_into_every_state_that_people_look_for(folder: Path) -> None:
    found = {one["status"] for one in areas(store=str(folder / STORE))["areas"]}
    assert found >= {"suspected_open", "confirmed_open", "in_progress", "closed", "released"}


def test_the_store_is_whole_and_a_batch_of_it_was_taken_back(folder: Path, told: Mapping[str, Any]) -> None:
    assert verify(str(folder / STORE))["is_whole"]
    assert [one["kind"] for one in told["files"] if one["is_reversed"]] == ["land_release"]


def test_everything_says_that_it_is_invented(folder: Path, planned: Mapping[str, Delivery]) -> None:
    assert all("invented" in one.name for one in folder.iterdir() if one.suffix not in (".json",) and one.name != STORE)
    for delivery in planned.values():
        for one in delivery.records:
            names = {name for name in one.fields if "organisation" in name or name in ("name", "village_name", "reporting_org_name")}
            assert all("nvented" in one.fields[name] for name in names if one.fields[name]), one.fields
            assert "nvented" in one.fields.get("source", one.fields.get("additional_information", ""))
    with SqliteStore(str(folder / STORE)) as held:
        for kind in held.kinds_told():
            assert all("nvented" in fact.source for fact in held.standing(kind_named(kind).name)), kind


def test_its_ground_lies_in_the_sea() -> None:
    boundaries = load_boundaries(packaged_book().places())
    assert distances_m(boundaries, boundaries.areas, MIDDLE, LAND_IS_FARTHER_M) == []
