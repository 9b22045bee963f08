"""Every kind of record about work comes in from CSV and GeoJSON, and what it must have is asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from mineaction.sources.fact_rows import Reading, read_facts
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.kinds.assurance import ASSURANCE_KINDS
from mineaction.terms.kinds.work import WORK_KINDS

KINDS_HERE = (*WORK_KINDS, *ASSURANCE_KINDS)
TODAY = dt.date(2026, 1, 1)
SQUARE = [[30.0, 10.0], [30.01, 10.0], [30.01, 10.01], [30.0, 10.0]]
ROWS = {
    "organisation": "organisation=NMAA; official_name=National Mine Action Authority; type=authority; source=gazette",
    "accreditation": "local_id=AC-1; organisation=Op; type=operational; scope=CLEARANCE; state=granted; issued_on=2019-01-01; "
    "expires_on=2030-12-31; issued_by=NMAA",
    "task_order": "local_id=T-1; organisation=NMAA; operator=Op; hazards=HA-1; method=CLEARANCE; depth_m=0.2; state=issued; "
    "issued_on=2020-02-01; planned_end=2027-06",
    "activity": "local_id=ACT-1; organisation=Op; method=CLEARANCE; longitude=30.005; latitude=10.005; task=T-1; hazards=HA-1; "
    "state=ongoing; started_on=2020-03-01; assets=manual",
    "activity_report": "local_id=REP-1; organisation=Op; report_type=progress; activity=ACT-1; period_from=2020-03-01; "
    "period_to=2020-03-31",
    "device_found": "local_id=D-1; organisation=Op; found_on=2020-03-05; category=ap_mine; quantity=1; longitude=30.005; latitude=10.005; "
    "depth_m=0.1; condition=intact; origin=cleared_area; state=destroyed; disposed_on=2020-03-06; disposal_method=in_situ_detonation",
    "quality_visit": "local_id=V-1; organisation=NMAA; inspected=Op; visited_on=2020-04-01; activity=ACT-1; result=accepted; "
    "severity=minor; nonconformity=lane tape missing; measures=replaced",
    "sampling": "local_id=S-1; organisation=NMAA; inspected=Op; sampled_on=2020-06-01; sampled_m2=500; find_count=0; result=accepted",
    "handover": "local_id=HO-1; organisation=NMAA; task=T-1; handed_over_on=2020-07; received_by=village council; "
    "women=2; men=3; is_signed=yes",
    "approval": "of_kind=land_release; local_id=R-1; organisation=Op; decision=approved; decided_on=2020-06-15; decided_by=NMAA",
    "release_reversal": "local_id=R-1; organisation=Op; reversed_on=2021-02-01; reason=item found; evidence=V-2",
    "country_rule": "rule=approval_required; applies_to=cleared; value=yes; from=2019-01-01; reference=NMAS 08.30 clause 6; source=gazette",
    "beneficiaries": "local_id=B-1; organisation=Op; activity_class=land_release; reach=direct; stage=confirmed; basis=counted; "
    "women=10; girls=4; boys=5; men=9; counted_unique=yes; period_from=2020-01-01; period_to=2020-12-31",
}  # fmt: skip


def cells(kind: str) -> dict[str, str]:
    return {name: value for name, _, value in (one.partition("=") for one in ROWS[kind].replace("; ", ";").split(";"))}


def csv_read(kind: str, row: dict[str, str]) -> Reading:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    return read_facts(text.getvalue().encode(), "given.csv", ".csv", RECORDED_KINDS[kind], TODAY)


def outline(kind: str) -> str:
    return f"POLYGON (({', '.join(f'{x} {y}' for x, y in SQUARE)}))" if RECORDED_KINDS[kind].geometry else ""


def test_every_kind_of_work_has_a_row_here() -> None:
    assert set(ROWS) == {kind.name for kind in KINDS_HERE}


@pytest.mark.parametrize("kind", list(ROWS))
def test_a_row_of_every_kind_is_one_fact_from_either_format(kind: str) -> None:
    row = cells(kind)
    written = csv_read(kind, row | ({"wkt": outline(kind)} if outline(kind) else {}))
    assert written.problems == ()
    geometry = {"type": "Polygon", "coordinates": [SQUARE]} if outline(kind) else None
    feature = {"type": "Feature", "properties": row, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    drawn = read_facts(text.encode(), "given.geojson", ".geojson", RECORDED_KINDS[kind], TODAY)
    assert [one.fact.fact_id for one in drawn.facts] == [one.fact.fact_id for one in written.facts]
    assert len(written.facts) == 1


@pytest.mark.parametrize(("kind", "field"), [(kind.name, field.name) for kind in KINDS_HERE for field in kind.fields if field.required])
def test_what_a_record_must_have_is_asked_for(kind: str, field: str) -> None:
    found = csv_read(kind, cells(kind) | {field: ""})
    assert ("fact_field_missing", f"row 1, column {field}") in {(one.code, one.place) for one in found.problems}
    assert found.facts == ()


def test_a_decision_is_told_by_who_decided_and_not_by_who_sent_the_record() -> None:
    fact = csv_read("approval", cells("approval")).facts[0].fact
    assert fact.source == "NMAA"
    assert fact.subject == "approval/land_release/op/r-1/nmaa/2020-06-15"


def test_a_certificate_that_ends_before_it_begins_is_refused() -> None:
    found = csv_read("accreditation", cells("accreditation") | {"expires_on": "2018-12-31"})
    assert [(one.code, one.value) for one in found.problems] == [("fact_dates_reversed", "2019-01-01 to 2018-12-31")]


def test_an_outline_of_a_record_that_has_none_is_told_and_not_dropped() -> None:
    found = csv_read("approval", cells("approval") | {"wkt": outline("task_order")})
    assert [one.code for one in found.problems] == ["outline_not_of_kind"]
    assert found.facts == ()


def test_where_work_and_finds_lie_is_sealed_and_the_rest_of_work_is_for_those_who_do_it() -> None:
    tiers = {kind.name: {field.name: field.sensitivity for field in kind.fields} for kind in KINDS_HERE}
    assert set(tiers["device_found"].values()) == {"T3"}
    assert {tiers["activity"][name] for name in ("longitude", "latitude", "hazards")} == {"T3"}
    assert {tier for kind in ("task_order", "activity", "quality_visit", "approval") for tier in tiers[kind].values()} == {"T2", "T3"}
