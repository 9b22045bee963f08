"""A fact's id follows from its content alone, on every machine, and from all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction.terms.fact import Fact, RecordedFact, canonical_bytes
from mineaction.terms.outline import canonical_outline

TEXTS = st.text(max_size=8)
PAYLOADS = st.dictionaries(TEXTS, TEXTS, max_size=4)
FACTS = st.builds(
    Fact,
    kind=TEXTS,
    subject=TEXTS,
    payload=PAYLOADS,
    source=TEXTS,
    valid_from=TEXTS,
    valid_to=TEXTS,
    geometry=st.binary(max_size=8),
    sealed=st.dictionaries(TEXTS, st.binary(max_size=8), max_size=3),
)


def told(fact: Fact) -> Fact:
    """The fact without its empty fields, which say nothing."""
    return replace(fact, payload={name: value for name, value in fact.payload.items() if value})


@given(FACTS)
def test_equal_content_has_an_equal_id(fact: Fact) -> None:
    assert replace(fact, payload=dict(fact.payload), sealed=dict(fact.sealed)).fact_id == fact.fact_id


@given(FACTS)
def test_the_order_in_which_fields_were_given_does_not_matter(fact: Fact) -> None:
    turned = replace(fact, payload=dict(reversed(fact.payload.items())), sealed=dict(reversed(fact.sealed.items())))
    assert turned.fact_id == fact.fact_id


@given(FACTS, FACTS)
def test_two_contents_never_share_their_bytes(one: Fact, other: Fact) -> None:
    assert (canonical_bytes(one) == canonical_bytes(other)) == (told(one) == told(other))


@given(FACTS, TEXTS)
def test_an_empty_field_says_nothing_so_that_a_field_added_later_changes_no_id(fact: Fact, name: str) -> None:
    assert replace(fact, payload={name: ""} | dict(fact.payload)).fact_id == fact.fact_id


@given(TEXTS, TEXTS, TEXTS)
def test_a_letter_that_moves_from_one_field_to_the_next_changes_the_id(a: str, b: str, c: str) -> None:
    texts = [
        Fact(kind=a + b, subject=c, payload={}, source=""),
        Fact(kind=a, subject=b + c, payload={}, source=""),
        Fact(kind=a, subject=b, payload={}, source=c),
        Fact(kind=a, subject=b, payload={"": c}, source=""),
        Fact(kind=a, subject=b, payload={c: "x"}, source=""),
        Fact(kind=a, subject=b, payload={}, source="", valid_from=c),
        Fact(kind=a, subject=b, payload={}, source="", valid_to=c),
        Fact(kind=a, subject=b, payload={}, source="", geometry=c.encode()),
        Fact(kind=a, subject=b, payload={}, source="", sealed={"": c.encode()}),
    ]
    distinct = [one for position, one in enumerate(texts) if told(one) not in map(told, texts[:position])]
    assert len({one.fact_id for one in distinct}) == len(distinct)


@given(FACTS, TEXTS, TEXTS)
def test_every_field_told_is_part_of_the_id(fact: Fact, name: str, value: str) -> None:
    told = replace(fact, payload={**fact.payload, name: value})
    assert (told.fact_id == fact.fact_id) == (fact.payload.get(name, "") == value)


@pytest.mark.parametrize("basis", ["act", "publication", "assumed", ""])
def test_when_it_became_known_is_no_part_of_the_id(basis: str) -> None:
    fact = Fact("treaty_event", "treaty_event/APMBC/POL/withdrawal_notified", {"date": "2025-08-20"}, "a source")
    envelopes = [RecordedFact(fact, None, basis, "row 1"), RecordedFact(fact, dt.date(2025, 8, 20), basis, "row 2")]
    assert {one.fact.fact_id for one in envelopes} == {fact.fact_id}


def test_the_id_of_a_known_record_never_changes() -> None:
    """Ids are written into answers and into other books: a change of the encoding is a new encoding version."""
    fact = Fact(
        "treaty_event", "treaty_event/APMBC/POL/withdrawal_notified", {"date": "2025-08-20", "iso3": "POL"}, "a source", "2025-08-20"
    )
    assert fact.fact_id == "599cffd55abec9260c41b8005e9a4e7cd3d3d1c0403c3b7e48c73bdbce375843"


def test_the_ids_of_records_with_outlines_and_their_batch_never_change() -> None:
    """Worked out faster, they are still the same."""
    ring = [(3.0, 1.0), (3.01, 1.0), (3.01, 1.01), (3.0, 1.0)]
    outline, problems = canonical_outline([[ring]], "here")
    assert problems == []
    told = {"local_id": 'HA "1" \\', "organisation": "Org \u00c4\u0645", "name": "", "note": "x" * 300}
    fact = Fact("hazardous_area", "hazardous_area/org/ha-1", told, "Org", "2020-05", "2021", outline, {"person": b"\x00\xff"})
    assert fact.fact_id == "208a923caa21e4e538dd1c0ed80fc667d47e002d233e1150ece33ee8f72179ee"


def test_a_recorded_fact_reads_its_fields_by_name_and_refuses_others() -> None:
    told = RecordedFact(Fact("country", "country/NAM", {"iso2": "NA", "note": ""}, "a source"), None, "", "row 1")
    assert told["iso2"] == "NA"
    assert told["note"] == ""
    with pytest.raises(KeyError):
        told["area"]


def test_a_fact_cannot_be_changed() -> None:
    fact = Fact("country", "country/NAM", {}, "a source")
    with pytest.raises(AttributeError):
        fact.source = "another"  # type: ignore[misc]
