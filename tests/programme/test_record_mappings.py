"""The page of mappings tells of every mapping that comes with the program, and the example on it can be read."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from mineaction.policies.policy_yaml import parse_yaml
from mineaction.programme.record_mappings import packaged_mappings
from mineaction.programme.recording import import_records
from mineaction.programme.stores import init
from mineaction.sources.record_mapping import read_record_mapping
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.problem import ProblemError

PAGE = Path(__file__).parents[2] / "docs" / "MAPPINGS.md"
EXAMPLE = PAGE.parent / "examples" / "ng_areas.csv"


def test_the_page_tells_of_every_packaged_mapping() -> None:
    told = {name for row in re.findall(r"^\| (`.*?) \|", PAGE.read_text(), re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert told == set(packaged_mappings())


def test_the_mapping_on_the_page_can_be_read() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    raw, problems = parse_yaml(example.encode(), "page", "a mapping")
    assert problems == []
    assert read_record_mapping(raw, example.encode(), "page", RECORDED_KINDS)[1] == []


def test_the_same_file_under_another_mapping_is_another_batch(tmp_path: Path) -> None:
    store, mine = str(tmp_path / "s.gpkg"), tmp_path / "mine.yaml"
    init(store)
    packaged = Path(__file__).parents[2] / "src/mineaction/data/mappings/imsma_ng_confirmed_areas.yaml"
    mine.write_text(packaged.read_text() + "# copied\n")
    first = import_records(str(EXAMPLE), mapping="imsma_ng_confirmed_areas", store=store)
    again = import_records(str(EXAMPLE), mapping="imsma_ng_confirmed_areas", store=store)
    other = import_records(str(EXAMPLE), mapping=str(mine), store=store)
    assert (first["kind"], first["batch"], first["facts"]) == ("hazardous_area", 1, 2)
    assert (again["batch"], again["already_recorded"], other["batch"], other["already_recorded"]) == (1, True, 2, False)


def test_a_kind_is_named_or_comes_with_the_mapping_and_the_two_agree() -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for options, code in (({}, "kind_missing"), ({"mapping": "maxml_hazards", "kind": "land_release"}, "mapping_kind_other")):
        with pytest.raises(ProblemError) as error:
            import_records(str(EXAMPLE), at=at, **options)
        assert [one.code for one in error.value.problems] == [code]


def test_a_link_that_leads_nowhere_is_told_and_kept(tmp_path: Path) -> None:
    store, areas, releases = str(tmp_path / "s.gpkg"), tmp_path / "areas.csv", tmp_path / "releases.csv"
    init(store)
    areas.write_text("imsma_id,imsma_links,organisation,type,identified_on,status\nA-1,,Org A,CHA,2020,Open\n")
    header = "imsma_id,imsma_links,organisation,release_class,method,released_on\n"
    releases.write_text(f'{header}R-1,"A-1, R-2",Org A,cleared,CLEARANCE,2021\nR-2," a-1 ,A-9",Org A,cleared,CLEARANCE,2021\n')
    assert import_records(str(areas), mapping="imsma_core_hazards", store=store)["problems"] == []
    told = import_records(str(releases), mapping="imsma_core_releases", store=store)
    assert [(one["code"], one["place"], one["value"]) for one in told["problems"]] == [("link_dangling", "row 2", "A-9")]
    assert (told["facts"], told["warnings"]) == (2, 1)
