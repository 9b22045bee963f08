"""A mapping says what somebody else's columns and words mean; what it does not speak of is refused, and nothing given is lost."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from mineaction.policies.policy_yaml import parse_yaml
from mineaction.programme.record_mappings import packaged_mappings, record_mapping
from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.sources.given_rows import Stated
from mineaction.sources.record_mapping import RecordMapping, read_record_mapping
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.problem import Problem, ProblemError

TODAY = dt.date(2026, 1, 1)
WKT = "POLYGON ((3 1, 3.001 1, 3.001 1.001, 3 1))"


def mapping_of(text: str) -> tuple[RecordMapping | None, list[Problem]]:
    raw, problems = parse_yaml(text.encode(), "m.yaml", "a mapping")
    assert problems == []
    return read_record_mapping(raw, text.encode(), "m.yaml", RECORDED_KINDS)


def mapping(text: str) -> RecordMapping:
    read, problems = mapping_of(text)
    assert read is not None and problems == []
    return read


def facts(table: str, read: RecordMapping, path: str = "f.csv") -> Reading:
    return read_facts(table.encode(), path, ".csv", RECORDED_KINDS[read.kind], TODAY, mapping=read)


def refused(table: str, read: RecordMapping) -> list[tuple[str, str, str]]:
    with pytest.raises(ProblemError) as error:
        facts(table, read)
    return [(one.code, one.place, one.value) for one in error.value.problems]


HUE = f"""cha_id,org_internal_id,cha_identification_date,reporting_org_name,survey_method,areasize,status,startdate,wkt
CHA-1 ,x-1,2019-05-04,Org A,Technical Survey,12500,Suspended,2019-06-01,"{WKT}"
CHA-2,x-2,2019-05,Org A,TS,,Completed,,
"""


def test_an_ng_table_is_read_with_its_own_columns_and_what_has_no_field_stays_beside() -> None:
    told = facts(
        HUE.replace("areasize", "areasize,village_name,district_name,additional_information")
        .replace(",12500,", ",12500,V,D,,")
        .replace(",TS,,", ",TS,,,,,"),
        record_mapping("imsma_ng_confirmed_areas"),
    )
    assert [one.code for one in told.problems] == []
    first, second = (dict(one.fact.payload) for one in told.facts)
    assert json.loads(first.pop("extras")) == {"org_internal_id": "x-1", "startdate": "2019-06-01", "status": "Suspended"}
    assert first == {
        "local_id": "CHA-1", "organisation": "Org A", "type": "CHA", "identified_on": "2019-05-04", "reported_area_m2": "12500.00",
        "reported_area_given": "12500", "survey_method": "TS", "name": "V", "place_name": "D",
    }  # fmt: skip
    assert second["survey_method"] == "TS"
    assert told.facts[0].fact.geometry and not told.facts[1].fact.geometry


def test_a_word_that_means_nothing_certain_is_unknown_and_kept() -> None:
    table = f"""IMSMA_ID,ORGANISATI,MF_Name,Hazard_Cla,AREASQM,Shape_Area,Status_1,wkt
A-1,Org A,Hill,CHA,100,0.0001,Expired,"{WKT}"
A-2,Org A,Hill,SHA,100,0.0001,Open,"{WKT}"
"""
    told = facts(table, record_mapping("imsma_shapefile_hazards"))
    expired, is_open = (one.fact.payload for one in told.facts)
    assert "status" not in expired
    assert json.loads(expired["extras"]) == {"shape_area": "0.0001", "status_1": "Expired"}
    assert (is_open["status"], is_open["type"]) == ("open", "SHA")


def test_a_word_without_a_meaning_stops_the_whole_file_and_is_told_once() -> None:
    table = """HazReducLocalid,Organizacion,TipoOperacion,TipoDesminado,FechaFinalizacion,AreaDespejada
R-1,Org A,DH,Manual,2020-01-01,100
R-2,Org A,DH,Manual,2020-01-01,100
"""
    assert refused(table, record_mapping("daicma_releases")) == [
        ("mapping_word_missing", "f.csv, row 1, column tipooperacion", "DH"),
        ("mapping_word_missing", "f.csv, row 1, column tipodesminado", "Manual"),
    ]


def test_a_column_that_bears_the_name_of_a_field_is_that_field_only_where_the_mapping_says_so() -> None:
    told = facts("id,class,found,table,colour,name\n1,conf,2020,hazard,red,Hill\n", mapping(f"{MINE}same_names: true\n"))
    assert told.facts[0].fact.payload["name"] == "Hill"
    assert refused("id,class,found,table,colour,name\n1,conf,2020,hazard,red,Hill\n", mapping(MINE))[0][0] == "mapping_column_unspoken"


def test_links_are_taken_apart() -> None:
    table = 'imsma_id,imsma_links,organisation,type,identified_on,status\nA-1,"T-1, R-7",Org A,CHA,2020,Open\n'
    told = facts(table, record_mapping("imsma_core_hazards"))
    assert told.facts[0].fact.payload["links"] == "T-1;R-7"


MINE = """kind: hazardous_area
fields:
  local_id: id
  organisation: {value: Org A}
  type: {column: class, values: {conf: CHA}, several: {SHA: [susp, suspected]}}
  identified_on: found
rows: {column: table, is: [hazard]}
extras: [colour]
"""  # fmt: skip


def test_a_row_of_another_kind_is_told_and_not_guessed() -> None:
    told = facts("id,class,found,table,colour\n1,conf,2020,hazard,red\n2,who knows,2020,task,\n", mapping(MINE))
    assert (told.rows, len(told.facts), told.with_problems) == (2, 1, 1)
    assert [(one.code, one.place, one.value) for one in told.problems] == [("row_of_another_kind", "row 2, column table", "task")]


def test_a_column_the_mapping_does_not_speak_of_stops_the_file() -> None:
    assert refused("id,class,found,table,colour,size\n1,conf,2020,hazard,,\n", mapping(MINE)) == [
        ("mapping_column_unspoken", "f.csv, column size", "size")
    ]


def test_a_column_the_file_does_not_have_stops_the_file() -> None:
    assert refused("id,class,table\n1,conf,hazard\n", mapping(MINE))[0] == ("table_column_missing", "f.csv", "found")


def test_an_outline_in_a_column_nobody_reads_stops_the_file() -> None:
    table = f'id,class,found,table,colour\n1,conf,2020,hazard,\n2,conf,2020,hazard,"{WKT}"\n'
    assert refused(table, mapping(MINE)) == [("mapping_outline_unread", "row 2, column colour", "colour")]


def test_a_problem_names_the_column_as_the_file_does() -> None:
    told = facts("id,class,found,table\n1,conf,last May,hazard\n", mapping(MINE))
    assert [(one.place, one.value) for one in told.problems] == [("row 1, column found", "last May")]


FORMS = """kind: land_release
fields:
  local_id: id
  organisation: {value: Org A}
  release_class: {value: cleared}
  method: {value: CLEARANCE}
  released_on: done
  reported_area_m2: {column: size, unit: ha}
  processed_m2: {column: lanes, times: 1000}
  depth_m: {column: depth_cm, times: 0.01}
dates: day-first
"""


def test_units_factors_and_the_order_of_dates_are_said_once_for_the_file() -> None:
    told = facts("id,done,size,lanes,depth_cm\n1,03/04/2021,1.5,2,13\n2,2021,7 m2,,\n", mapping(FORMS))
    assert told.problems == ()
    first, second = (one.fact.payload for one in told.facts)
    assert (first["released_on"], first["reported_area_m2"], first["reported_area_given"]) == ("2021-04-03", "15000.00", "1.5 ha")
    assert (first["processed_m2"], first["depth_m"]) == ("2000", "0.13")
    assert json.loads(first["extras"]) == {"depth_cm": "13", "lanes": "2"}, "a number that was turned into another is kept as written"
    assert (second["reported_area_m2"], second["reported_area_given"]) == ("7.00", "7 m2")


def test_what_the_command_says_of_dates_comes_before_the_mapping() -> None:
    read = mapping(FORMS)
    table = b"id,done,size,lanes,depth_cm\n1,03/04/2021,1,,\n"
    told = read_facts(table, "f.csv", ".csv", RECORDED_KINDS[read.kind], TODAY, Stated(dates="month-first"), read)
    assert told.facts[0].fact.payload["released_on"] == "2021-03-04"


def test_another_mapping_is_another_version() -> None:
    assert mapping(MINE).version == mapping(MINE).version != mapping(MINE + "\n").version


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fields: {local_id: id}", ("yaml_value_wrong", "m.yaml: kind")),
        ("kind: treaty_event\nfields: {local_id: id}", ("yaml_value_wrong", "m.yaml: kind")),
        ("kind: hazardous_area", ("yaml_value_wrong", "m.yaml: fields")),
        ("kind: hazardous_area\nfields: {colour: id}", ("yaml_key_unknown", "m.yaml: fields")),
        ("kind: hazardous_area\nfields: {local_id: {colum: id}}", ("yaml_key_unknown", "m.yaml: local_id")),
        ("kind: hazardous_area\nfields: {local_id: id}\nrows: {column: a}", ("yaml_value_wrong", "m.yaml: rows")),
        ("kind: hazardous_area\nfields: {local_id: id}\nextras: some", ("yaml_value_wrong", "m.yaml: extras")),
        ("kind: hazardous_area\nfields: {local_id: id}\nelement: [a]", ("yaml_value_wrong", "m.yaml: element")),
        ("kind: hazardous_area\nfields: {local_id: id}\ndates: backwards", ("dates_unknown", "m.yaml: dates")),
        ("kind: hazardous_area\nfields: {local_id: {column: id, times: many}}", ("yaml_value_wrong", "m.yaml: local_id: times")),
        ("kind: hazardous_area\nfields: {local_id: id}\ncrs: [1]", ("yaml_value_wrong", "m.yaml: crs")),
        ("kind: hazardous_area\nfields: {local_id: id}\nunits: m", ("yaml_key_unknown", "m.yaml")),
    ],
)  # fmt: skip
def test_each_slip_of_a_mapping_has_its_code_and_place(text: str, found: tuple[str, str]) -> None:
    assert found in [(one.code, one.place) for one in mapping_of(text)[1]]


@pytest.mark.parametrize("name", packaged_mappings())
def test_a_packaged_mapping_can_be_read_and_says_how_sure_it_is(name: str) -> None:
    assert record_mapping(name).fields


def test_an_unknown_mapping_names_those_that_are_there() -> None:
    with pytest.raises(ProblemError) as error:
        record_mapping("imsma")
    assert error.value.problems[0].code == "mapping_missing"
    assert "imsma_core_hazards" in str(error.value.problems[0])


def _xml(*hazards: str, info: str = "<Organisation>Org A</Organisation>") -> bytes:
    body = "".join(f"<Hazard>{one}</Hazard>" for one in hazards)
    report = f"<FieldReport><FieldReportInfo reportID='7'>{info}</FieldReportInfo>{body}</FieldReport>"
    return f"<MineActionFieldReport>{report}</MineActionFieldReport>".encode()


def maxml(content: bytes) -> Reading:
    read = record_mapping("maxml_hazards")
    return read_facts(content, "f.xml", ".xml", RECORDED_KINDS[read.kind], TODAY, mapping=read)


KNOWN = "<LocalId>A-1</LocalId><HazardType>CHA</HazardType><DateOfIdentification>2010-04-01</DateOfIdentification>"


def points(*positions: tuple[float, float], kind: str = "Point") -> str:
    return "".join(f"<{kind}><Longitude>{x}</Longitude><Latitude>{y}</Latitude></{kind}>" for x, y in positions)


def test_maxml_keeps_every_element_it_has_no_field_for() -> None:
    told = maxml(_xml(KNOWN + "<Fence height='2'>yes</Fence><Victim/><Fence>no</Fence>"))
    payload = dict(told.facts[0].fact.payload)
    assert json.loads(payload.pop("extras")) == {"fence": "yes", "fence/@height": "2", "fence[2]": "no", "fieldreportinfo/@reportid": "7"}
    assert payload == {"local_id": "A-1", "organisation": "Org A", "type": "CHA", "identified_on": "2010-04-01"}


def test_positions_of_one_type_beside_each_other_are_an_outline_and_one_alone_is_a_point() -> None:
    told = maxml(
        _xml(KNOWN + "<Perimeter>" + points((3, 1), (3.1, 1), (3.1, 1.1)) + "</Perimeter>" + points((3.05, 1.05), kind="Benchmark"))
    )
    fact = told.facts[0].fact
    assert fact.geometry
    assert (fact.payload["longitude"], fact.payload["latitude"]) == ("3.05", "1.05")


@pytest.mark.parametrize(
    "positions",
    [
        points((3, 1), (3.1, 1), (3.1, 1.1)) + points((3, 1), kind="Reference"),
        "<A>" + points((3, 1), (3.1, 1), (3.1, 1.1)) + "</A><B>" + points((4, 1), (4.1, 1), (4.1, 1.1)) + "</B>",
        points((3, 1), (3.1, 1)),
    ],
)
def test_positions_that_could_be_several_outlines_are_a_problem_and_nothing_is_guessed(positions: str) -> None:
    told = maxml(_xml(KNOWN + positions, KNOWN.replace("A-1", "A-2")))
    assert [one.code for one in told.problems] == ["xml_outline_unclear"]
    assert (told.rows, len(told.facts)) == (2, 1)


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_content_wrong"),
        (b"<MineActionFieldReport>", "xml_broken"),
        (b"<html/>", "xml_not_maxml"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><MineActionFieldReport/>", "xml_document_type"),
        (b"<!DOCTYPE a SYSTEM 'http://127.0.0.1/'><MineActionFieldReport/>", "xml_document_type"),
        (nested(201), "xml_broken"),
    ],
)
def test_xml_that_is_none_or_dangerous_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ProblemError) as error:
        maxml(content)
    assert [one.code for one in error.value.problems] == [code]


def test_a_report_told_as_another_kind_is_refused_by_its_rows_not_by_a_guess(tmp_path: Any) -> None:
    told = maxml(_xml(KNOWN.replace("CHA", "SHA"), "<LocalId>A-3</LocalId>"))
    assert (told.rows, len(told.facts)) == (2, 1)
    assert {one.code for one in told.problems} == {"fact_field_missing"}
