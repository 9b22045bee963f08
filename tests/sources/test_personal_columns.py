"""Which columns would tell of a person: found by name in several languages, and no field that is recorded is one of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mineaction.sources import personal_columns as room
from mineaction.sources.personal_columns import personal_columns, refuse_people
from mineaction.terms.kinds import RECORDED_KINDS
from mineaction.terms.problem import ProblemError

LIST = list(csv.DictReader(Path(room.__file__).with_suffix(".csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    "name",
    [
        "Victim_1.Name", "victimname", "VICTIM_NAM", "accVictimName", "accvictimlastname", "name of the victim", "Date of Birth",
        "DateOfBirth", "dateofbirt", "DOB", "home address", "Phone no.", "phone1", "National ID", "victims", "accident_narrative",
        "nom de la victime", "Prénom", "date_naissance", "TÉLÉPHONE", "nombre_víctima", "Apellidos", "cédula", "nome da vítima",
        "Фамилия потерпевшего", "ДАТА РОЖДЕНИЯ", "Ім'я", "Ім’я", "Прізвище", "اسم الضحية", "تاريخ الميلاد", "شماره تلفن", "datum rođenja",
    ],
)  # fmt: skip
def test_a_name_is_found_whatever_its_language_capitals_accents_digits_and_separators(name: str) -> None:
    assert list(personal_columns([name])) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "village", "name", "organisation", "victim_count", "number of victims", "killed", "injured_count", "device", "wounded_count",
        "date", "reported_by", "mobile_team", "name_of_organisation", "place_name", "approved_by", "место", "назва", "",
    ],
)  # fmt: skip
def test_counts_places_and_offices_are_not_taken_for_people(name: str) -> None:
    assert personal_columns([name]) == {}


def test_no_field_that_is_recorded_is_about_a_person() -> None:
    # The number of people with a disability: as a field of its kind it means that.
    alike = {"beneficiaries": {"with_disability": "health of a person"}}
    assert {kind.name: found for kind in RECORDED_KINDS.values() if (found := personal_columns(kind.field_names()))} == alike
    assert [kind.name for kind in RECORDED_KINDS.values() if personal_columns(kind.field_names(), kind.field_names())] == []


def test_a_field_of_the_kind_has_the_meaning_of_the_kind() -> None:
    assert personal_columns(["address", "phone"], ["address"]) == {"phone": "contact of a person"}


def test_every_entry_of_the_list_finds_itself_and_says_where_it_is_from() -> None:
    assert [row["words"] for row in LIST if not personal_columns([row["words"]])] == []
    assert {row["match"] for row in LIST} == {"part", "words", "whole"} and all(row["source_status"] and row["language"] for row in LIST)
    assert len({row["language"] + row["words"] for row in LIST}) == len(LIST)


@pytest.mark.parametrize("kind", ["victim", "Victims", "survivor", "victim_assistance", "casualties", "beneficiaries"])
def test_a_kind_about_people_is_refused(kind: str) -> None:
    with pytest.raises(ProblemError) as raised:
        refuse_people(kind)
    assert [(one.code, one.value) for one in raised.value.problems] == [("personal_field_not_yet_supported", kind)]
